//! Recommendations whose text stands outside the tables, in paragraphs between them.

use super::found::{Found, heading_told, paragraph_told};
use super::headings::Key;
use super::record::{Filled, is_blank};
use crate::import::document::Paragraph;
use std::collections::{BTreeMap, BTreeSet};

/// Paragraphs outside any table that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage {
    /// The number that stands before them.
    pub(super) number: Option<String>,
    pub(super) paragraphs: Vec<Paragraph>,
    /// How many tables stand before them.
    after: usize,
    is_heading: bool,
    is_given: bool,
}

impl Passage {
    pub(super) fn new(number: Option<String>, paragraphs: Vec<Paragraph>, after: usize) -> Self {
        Self { number, paragraphs, after, is_heading: false, is_given: false }
    }

    pub(super) fn heading(text: String, after: usize) -> Self {
        Self { paragraphs: vec![Paragraph::plain(&text)], after, is_heading: true, ..Self::default() }
    }

    /// Whether a paragraph without a number goes on with it.
    pub(super) fn takes_more(&self, tables: usize) -> bool {
        !self.is_heading && self.after == tables
    }
}

/// Gives a form the number that the heading, or the paragraph, right above it has.
fn number_above(found: &mut Found, at: usize) {
    let record = &mut found.records[at];
    let above = found.passages.iter_mut().filter(|passage| passage.after == record.table);
    let Some(passage) = above.filter(|passage| passage.number.is_some() && !passage.is_given).last() else {
        return;
    };
    record.number.clone_from(&passage.number);
    let says_more = passage.paragraphs.iter().any(|paragraph| !paragraph.is_blank());
    // What it says besides its number is told as left out, or is the text of the form.
    passage.is_given = !says_more;
}

/// Gives each record that has no text the passage that has its number; where tables have no numbers, the passage
/// that stands right before its table.
pub(super) fn give(found: &mut Found) {
    let lacks_text =
        |cells: &[Filled]| !cells.iter().any(|cell| matches!(cell.key, Key::Text) && !is_blank(cell));
    let mut given = 0;
    let mut in_table: BTreeMap<usize, usize> = BTreeMap::new();
    for record in &found.records {
        *in_table.entry(record.table).or_default() += 1;
    }
    if found.passages.is_empty() {
        return;
    }
    for at in 0..found.records.len() {
        let record = &found.records[at];
        if record.is_form && record.number.is_none() {
            number_above(found, at);
        }
        let record = &found.records[at];
        if !lacks_text(&record.cells) {
            continue;
        }
        let alone = in_table.get(&record.table) == Some(&1);
        let free = |passage: &&mut Passage| !passage.is_heading && !passage.is_given;
        let near = |passage: &Passage| {
            // Before its table, right behind it, and then whatever else there is.
            let away = passage.after.abs_diff(record.table);
            (away > 0, passage.after > record.table, away)
        };
        let passages = found.passages.iter_mut().filter(free);
        let passage = match &record.number {
            Some(number) => passages.filter(|p| p.number.as_ref() == Some(number)).min_by_key(|p| near(p)),
            None if alone => passages.filter(|p| p.after == record.table).last(),
            None => None,
        };
        let Some(passage) = passage else { continue };
        passage.is_given = true;
        given += 1;
        let (number, paragraphs) = (passage.number.clone(), passage.paragraphs.clone());
        let record = &mut found.records[at];
        record.number = record.number.take().or(number);
        let heading = "the paragraphs outside the table".to_owned();
        record.cells.insert(0, Filled { key: Key::Text, heading, paragraphs, colour: None });
    }
    if given > 0 {
        found
            .account
            .understood
            .push(format!("{given} recommendations have their text from the paragraphs outside the tables"));
    }
    let used: Vec<String> = found
        .records
        .iter()
        .flat_map(|record| record.owner.iter().chain(&record.theme).map(|over| over.name.clone()))
        .chain(found.about.title.clone())
        .collect();
    let used: BTreeSet<String> = used.into_iter().collect();
    let told: BTreeSet<String> = found.account.left_out.iter().cloned().collect();
    for passage in found.passages.iter().filter(|passage| !passage.is_given) {
        let text = passage.paragraphs.iter().map(Paragraph::text).collect::<Vec<_>>().join(" ");
        let is_told = || {
            used.iter().any(|used| text.contains(used.as_str()))
                || told.contains(&heading_told(&text))
                || told.contains(&paragraph_told(&text))
        };
        if passage.is_heading && is_told() {
            continue;
        }
        let number = passage.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        let kind = if passage.is_heading { "the heading" } else { "the paragraph" };
        let told = paragraph_told(&format!("{number}{text}"));
        found.account.left_out.push(told.replacen("the paragraph", kind, 1));
    }
}
