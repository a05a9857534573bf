//! Tables that are one recommendation each: a label and a value a row.

use super::columns::{Column, Why};
use super::header::{self, Map};
use super::headings::{Key, plain};
use super::numbers;
use super::rows::{Filled, Record};
use crate::import::document::{Row, Table};

/// The recommendation that a table of labels and values is, the `number`th of the document.
pub(super) fn read(table: &Table, map: &Map, number: usize) -> Option<(Vec<Column>, Record)> {
    let mut lines = Vec::new();
    for row in &table.rows {
        let said: Vec<_> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
        match said.as_slice() {
            [] => {}
            [label] => lines.push((label.text(), None)),
            [label, value] => lines.push((label.text(), Some(*value))),
            _ => return None,
        }
    }
    let keys: Vec<Option<Key>> = lines.iter().map(|(label, _)| header::key(label, map)).collect();
    let has = |is: fn(&Key) -> bool| keys.iter().flatten().any(is);
    let known = keys.iter().flatten().count();
    let is_about = has(|key| matches!(key, Key::Text | Key::Number | Key::Update(_)));
    let stands = has(|key| matches!(key, Key::Status(_) | Key::Rag(_) | Key::Deadline | Key::Update(_)));
    if known < 3 || known * 2 < lines.len() || !is_about || !stands {
        return None;
    }
    let place = |row: &Row| format!("{}, {}", table.name, row.place);
    let first = table.rows.first().map(place).unwrap_or_default();
    let mut columns: Vec<Column> = Vec::new();
    let mut record = Record { place: first, table: number, is_form: true, ..Record::default() };
    for ((label, value), key) in lines.into_iter().zip(keys) {
        let why = if key.is_some() { Why::Heading } else { Why::NoKey };
        let key = key.unwrap_or_else(|| Key::Custom(plain(&label).replace(' ', "_")));
        columns.push(Column { heading: label.clone(), key: key.clone(), why });
        let Some(cell) = value else { continue };
        if key == Key::Number {
            record.number = numbers::of_cell(&cell.text());
            continue;
        }
        let mut paragraphs = cell.paragraphs.clone();
        if key == Key::Text && record.number.is_none() {
            record.number = numbers::take(&mut paragraphs);
        }
        record.cells.push(Filled { key, heading: label, paragraphs, colour: cell.colour });
    }
    Some((columns, record))
}
