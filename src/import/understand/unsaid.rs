//! What a column shows without a word: signs and colours, for which there is no key. `########` is what a spreadsheet
//! writes of a column that is too narrow.

use super::colours;
use super::columns::Column;
use super::header::Header;
use super::headings::Key;
use super::record::{Filled, Record, is_blank};
use crate::import::document::{Cell, Paragraph, Row};
use std::collections::BTreeSet;

/// What columns show and no file has, a line each. A rating's signs and colours are for who reads ratings.
pub(super) fn told(
    name: &str,
    header: &Header,
    columns: &[Column],
    body: &[Row],
    records: &[Record],
) -> Vec<String> {
    let is_read = |key: &Key| matches!(key, Key::Rag(_) | Key::Status(_) | Key::Skip);
    let others = columns.iter().enumerate().filter(|(_, column)| !is_read(&column.key));
    let lines = others.filter_map(|(at, column)| {
        let cells = body.iter().flat_map(|row| header.cells(row)[at].clone());
        let signs: String =
            signs(cells).into_iter().collect::<BTreeSet<String>>().into_iter().collect::<Vec<_>>().join(" ");
        let is_own = matches!(column.key, Key::Custom(_));
        let is_shaded =
            is_own && records.iter().flat_map(|record| &record.cells).any(|cell| is_shaded(cell, column));
        let heading = &column.heading;
        match (signs.is_empty(), is_shaded) {
            (true, false) => None,
            (true, true) => Some(format!("{name}: the colours of \"{heading}\" where nothing is written")),
            (false, false) => {
                Some(format!("{name}: the signs of \"{heading}\" where nothing else is written: {signs}"))
            }
            (false, true) => Some(format!(
                "{name}: the colours and signs of \"{heading}\" where nothing else is written: {signs}"
            )),
        }
    });
    lines.collect()
}

fn is_shaded(cell: &Filled, column: &Column) -> bool {
    cell.key == column.key && is_blank(cell) && cell.colour.is_some_and(|rgb| colours::of(rgb).is_some())
}

/// The signs of cells that have neither letter nor digit; what stands for nothing, as a dash does, is none.
fn signs<'c>(cells: impl Iterator<Item = &'c Cell>) -> Vec<String> {
    const NOTHING: &str = "-–—_.…·•*,:;'\"/\\()[]|";
    let texts =
        cells.filter(|cell| cell.is_blank()).flat_map(|cell| cell.paragraphs.iter().map(Paragraph::raw));
    texts
        .map(|text| text.chars().filter(|c| !c.is_whitespace() && !NOTHING.contains(*c)).collect::<String>())
        .filter(|text| !text.is_empty())
        .collect()
}
