//! What the tables and paragraphs of a document hold, before it becomes a plan.

use super::about::About;
use super::account::Account;
use super::passages::Passage;
use super::record::Record;
use super::words::Words;
use crate::wording::count;
use std::collections::BTreeSet;

/// What the tables and paragraphs of a document hold.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) about: About,
    pub(super) records: Vec<Record>,
    pub(super) passages: Vec<Passage>,
    pub(super) words: Words,
    pub(super) account: Account,
}

/// A heading over recommendations that is left out.
pub(super) fn heading_told(text: &str) -> String {
    format!("the heading \"{text}\" over the recommendations")
}

impl Found {
    /// Takes what became an owner, or a theme, out of what is left out.
    pub(super) fn keep_what_is_used(&mut self) {
        let over = self.records.iter().flat_map(|record| record.owner.iter().chain(&record.theme));
        let used: BTreeSet<String> = over.map(|over| paragraph_told(&over.name)).collect();
        self.account.left_out.retain(|told| !used.contains(told));
    }
}

/// A paragraph that is left out: its opening words, and how many more there are.
pub(super) fn paragraph_told(text: &str) -> String {
    const MOST: usize = 100;
    let mut short = String::new();
    let mut words = text.split_whitespace();
    for word in words.by_ref() {
        if !short.is_empty() {
            short.push(' ');
        }
        // A single word may have no end.
        short.extend(word.chars().take(MOST));
        if short.chars().count() >= MOST {
            break;
        }
    }
    match words.count() {
        0 => format!("the paragraph \"{short}\""),
        more => format!("the paragraph \"{short}...\" ({})", count(more, "more word", "more words")),
    }
}
