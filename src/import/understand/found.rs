//! What the tables and paragraphs of a document hold, before it becomes a plan.

use super::about::About;
use super::account::Account;
use super::passages::Passage;
use super::rows::Record;
use super::words::Words;

/// What the tables and paragraphs of a document hold.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) about: About,
    pub(super) records: Vec<Record>,
    pub(super) passages: Vec<Passage>,
    pub(super) words: Words,
    pub(super) account: Account,
}

/// A paragraph that is left out, shortened.
pub(super) fn paragraph_told(text: &str) -> String {
    const MOST: usize = 100;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push_str("...");
    }
    format!("the paragraph \"{short}\"")
}
