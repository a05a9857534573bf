//! A recommendation as its rows say it, before it is one.

use super::headings::Key;
use super::over::Over;
use crate::import::document::{Cell, Paragraph, Rgb, Row};
use std::collections::BTreeSet;

/// A recommendation as it stands in the rows of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// Where it stands: "table 2, row 5".
    pub(super) place: String,
    /// Which table of the document, from 0.
    pub(super) table: usize,
    /// The number that is printed for it.
    pub(super) number: Option<String>,
    /// What stands in its columns, by the place of the column.
    pub(super) cells: Vec<Filled>,
    /// The owner under whose heading it stands.
    pub(super) owner: Option<Over>,
    /// The theme under whose heading it stands.
    pub(super) theme: Option<Over>,
    /// Whether it is a table by itself, which has its number from what stands above it.
    pub(super) is_form: bool,
    /// Of what it is a part, by its place among the records, where its rows say so.
    pub(super) part_of: Option<usize>,
    /// Whether its number was counted, and is printed nowhere.
    pub(super) is_counted: bool,
    /// What rows across the table say of it below its actions.
    pub(super) below: Vec<Filled>,
    /// What is to be done about it, a row each.
    pub(super) actions: Vec<Action>,
    /// What several owners say under one number.
    pub(super) answers: Vec<Lower>,
    /// What was reported after it, in rows that say nothing else.
    pub(super) later: Vec<Lower>,
}

/// A row that belongs to the record above it.
#[derive(Clone, Debug)]
pub(super) struct Lower {
    /// Where it stands.
    pub(super) place: String,
    pub(super) cells: Vec<Filled>,
}

/// A row below a record that says what else is to be done.
#[derive(Clone, Debug)]
pub(super) struct Action {
    pub(super) row: Lower,
    /// The headings of the cells above that cover this row too.
    pub(super) covered: BTreeSet<String>,
}

/// What stands in a column of a record.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub(super) key: Key,
    pub(super) heading: String,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) colour: Option<Rgb>,
}

/// The addresses to which what a cell says leads, each once.
pub(super) fn links(cell: &Filled) -> Vec<String> {
    let mut links: Vec<String> =
        cell.paragraphs.iter().flat_map(|p| &p.runs).filter_map(|run| run.link.clone()).collect();
    let said = text(cell);
    links.retain(|link| !said.contains(link.as_str()));
    links.dedup();
    links
}

/// Whether nothing can be read in a cell.
pub(super) fn is_blank(cell: &Filled) -> bool {
    cell.paragraphs.iter().all(Paragraph::is_blank)
}

/// The text of a cell, its paragraphs on lines.
pub(super) fn text(cell: &Filled) -> String {
    let lines =
        cell.paragraphs.iter().map(Paragraph::text).filter(|line| line.contains(char::is_alphanumeric));
    lines.collect::<Vec<_>>().join("\n")
}

/// A row on one line.
pub(super) fn shown(row: &Row) -> String {
    let texts = row.cells.iter().map(Cell::text).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" | ")
}
