//! Tables that say what the words of RAG, and of status, mean.

use super::account::Outcome;
use super::found::Found;
use super::header::{self, Header, Map};
use super::headings::{Key, plain};
use super::record::shown;
use super::words;
use crate::import::document::{Cell, Row, Table};
use std::ops::Range;

/// Whether a header is that of definitions, of RAG levels or else of statuses: a word, and what it means.
pub(super) fn are_of_rag(header: &Header, map: &Map) -> Option<bool> {
    let said = header.columns.iter().filter(|column| !column.text.is_empty());
    let keys: Vec<Option<Key>> = said.map(|column| header::key(&column.text, map)).collect();
    let is_rag = match keys.first()? {
        Some(Key::Rag(_)) => true,
        Some(Key::Status(_)) => false,
        _ => return None,
    };
    let rest = &keys[1..];
    let says_meaning = rest.contains(&Some(Key::Meaning));
    let has_rows = rest.iter().any(|key| matches!(key, Some(Key::Number | Key::Owner | Key::Deadline)));
    (!has_rows && rest.len() <= 3 && (says_meaning || rest.len() == 1)).then_some(is_rag)
}

/// Whether a row within a table begins another, of what words mean: "RAG | Meaning".
fn begin_with(row: &Row, map: &Map) -> bool {
    let cells: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
    if !(2..=4).contains(&cells.len()) {
        return false;
    }
    let said: Vec<String> = cells.into_iter().map(Cell::text).collect();
    let keys: Vec<Option<Key>> = said.iter().map(|text| header::key(text, map)).collect();
    matches!(keys.first(), Some(Some(Key::Rag(_) | Key::Status(_))))
        && (keys.contains(&Some(Key::Meaning)) || keys.len() == 2 && plain(&said[1]) == "description")
        && keys.iter().all(Option::is_some)
        && !keys.iter().any(|key| matches!(key, Some(Key::Number | Key::Owner | Key::Deadline)))
}

/// The rows of a table that say what words mean, with the header over them, where others stand around them. They end at a
/// blank row, and at one that says more, or says it elsewhere.
pub(super) fn within(table: &Table, map: &Map) -> Option<Range<usize>> {
    /// Of so many words is what is defined, at the most.
    const MOST: usize = 6;
    let start = table.rows.iter().position(|row| begin_with(row, map))?;
    let said = |row: &Row| row.cells.iter().filter(|cell| !cell.is_blank()).count();
    let place = |row: &Row| {
        row.cells.iter().find(|cell| !cell.is_blank() || cell.colour.is_some()).map(|cell| cell.column)
    };
    let (width, column) = (said(&table.rows[start]), place(&table.rows[start]));
    let mut defined: Vec<String> = Vec::new();
    let mut is_one = |row: &Row| {
        let first = row.cells.iter().find(|cell| Some(cell.column) == column);
        let word = first.map(Cell::text).unwrap_or_default();
        let is_number = word.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !word.is_empty();
        // What says nothing beside itself is a heading over what follows, save a word of a scale.
        let says = said(row) > 1
            || words::is_level(&word)
            || words::is_status(&word)
            || first.is_some_and(|cell| cell.colour.is_some());
        // No word means two things.
        let is_new = word.is_empty() || !defined.contains(&word);
        let is_short = word.split(' ').count() <= MOST;
        defined.push(word);
        (1..=width).contains(&said(row)) && place(row) == column && is_short && !is_number && says && is_new
    };
    let rows = table.rows[start + 1..].iter().take_while(|row| is_one(row)).count();
    (rows > 0).then_some(start..start + 1 + rows)
}

/// Takes the words that rows define. `heading` is what stands over them.
pub(super) fn take(
    found: &mut Found,
    map: &Map,
    (table, rows): (&Table, &[Row]),
    heading: Option<String>,
    of_rag: bool,
) -> Outcome {
    let (mut levels, mut statuses) = (Vec::new(), Vec::new());
    let mut headings: Vec<String> = heading.into_iter().collect();
    let mut of_rag = of_rag;
    for row in rows {
        let Some((first, rest)) = row.cells.split_first() else { continue };
        let word = first.text();
        let meaning = rest.iter().rev().find(|cell| !cell.is_blank());
        let meaning = meaning.map(|cell| cell.text()).unwrap_or_default();
        // A second header: the other words are defined below it.
        let is_header = matches!(header::key(&meaning, map), Some(Key::Meaning | Key::Update(_)));
        if let Some(key @ (Key::Rag(_) | Key::Status(_))) = header::key(&word, map).filter(|_| is_header) {
            of_rag = matches!(key, Key::Rag(_));
            headings.push(shown(row));
            continue;
        }
        let colour = row.cells.iter().find_map(|cell| cell.colour);
        let says = word.contains(char::is_alphanumeric);
        let is_kept;
        if of_rag && (says || colour.is_some()) {
            is_kept = found.words.define_level(&word, &meaning, colour);
            levels.push(word);
        } else if says {
            is_kept = found.words.define_status(&word, &meaning);
            statuses.push(word);
        } else {
            is_kept = meaning.is_empty();
        }
        if !is_kept {
            found.account.left_out.push(format!("{}, {}: \"{}\"", table.name, row.place, shown(row)));
        }
    }
    Outcome::Words { headings, levels, statuses }
}

/// Whether a table of two columns defines RAG levels without a header over them.
pub(super) fn are_bare_levels(table: &Table) -> bool {
    let is_level = |row: &Row| row.cells.len() == 2 && words::is_level(&row.cells[0].text());
    table.rows.len() >= 2 && table.rows.iter().all(is_level)
}
