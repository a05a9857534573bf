//! Changes as acts on places of the file.

use super::value::{Value, parts, unix_lines};
use super::{Change, EditError, order};
use crate::parse;
use crate::source::Span;
use crate::syntax::{Document, Kind, Value as Found};
use std::collections::HashMap;

/// One part of the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Key(String),
    /// The number, from 0, of a table among those that the file has.
    Nth(usize),
}

/// The way to a value.
pub(super) type Path = Vec<Part>;

/// The keys of a new table, in canonical order, and their values.
type Entries = Vec<(&'static str, Value)>;

/// A change, its key taken apart, its value as it will be read again.
#[derive(Debug)]
pub(super) enum Act {
    Set(Path, Value),
    Unset(Path),
    AddTo(Path, String),
    RemoveFrom(Path, String),
    Append(&'static str, Entries),
    /// Before the table of this number among those that the file has.
    Insert(&'static str, usize, Entries),
}

impl Act {
    /// Whether it is about something on this way.
    pub(super) fn is_within(&self, way: &[Part]) -> bool {
        match self {
            Self::Set(path, _) | Self::Unset(path) | Self::AddTo(path, _) | Self::RemoveFrom(path, _) => {
                path.starts_with(way)
            }
            Self::Append(..) | Self::Insert(..) => false,
        }
    }
}

/// A way as people write it: `custom.theatre`, `milestone.done`.
pub(super) fn dotted(path: &[Part]) -> String {
    keys(path).join(".")
}

/// The keys on a way.
pub(super) fn keys<'p>(path: &'p [Part]) -> Vec<&'p str> {
    let key = |part: &'p Part| match part {
        Part::Key(key) => Some(key.as_str()),
        Part::Nth(_) => None,
    };
    path.iter().filter_map(key).collect()
}

/// The acts that changes of this text come to.
pub(super) fn of(text: &str, document: &Document<'_>, changes: &[Change]) -> Result<Vec<Act>, EditError> {
    let mut numbers = Numbers { text, document, dropped: None, kept: HashMap::new() };
    let mut acts = Vec::with_capacity(changes.len());
    for change in changes {
        match change {
            Change::Set { key, value } => acts.push(set(path(key)?, value)),
            Change::Unset { key } => acts.push(Act::Unset(path(key)?)),
            Change::AddTo { key, item } => acts.push(Act::AddTo(path(key)?, unix_lines(item).into_owned())),
            Change::RemoveFrom { key, item } => {
                acts.push(Act::RemoveFrom(path(key)?, unix_lines(item).into_owned()))
            }
            Change::SetIn { table, nth, key, value } => {
                acts.push(set(numbers.path(table, *nth, key)?, value));
            }
            Change::UnsetIn { table, nth, key } => acts.push(Act::Unset(numbers.path(table, *nth, key)?)),
            Change::SetTable { table, entries } => {
                for (key, value) in entries {
                    acts.push(set(known(vec![(*table).to_owned(), (*key).to_owned()])?, value));
                }
            }
            Change::Append { table, entries } => {
                acts.push(Act::Append(table, settled(table, entries)?));
            }
            Change::Insert { table, before, entries } => {
                let entries = settled(table, entries)?;
                acts.push(Act::Insert(table, numbers.number(table, *before)?, entries));
            }
        }
    }
    Ok(acts)
}

/// The keys of one of a list of tables, in canonical order.
fn settled(table: &'static str, entries: &[(&'static str, Value)]) -> Result<Entries, EditError> {
    if table == "closure" || order::of_recommendation(&[table]).is_empty() {
        return Err(EditError::UnknownKey { key: table.to_owned() });
    }
    let mut settled = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let rank = known_in(table, key)?;
        settled.push((rank, (*key, value.settled(key))));
    }
    settled.sort_by_key(|(rank, _)| *rank);
    Ok(settled.into_iter().map(|(_, entry)| entry).collect())
}

fn set(path: Path, value: &Value) -> Act {
    let last = keys(&path).last().copied().unwrap_or_default().to_owned();
    // A column of somebody's tracker is called text by chance.
    let prose = if path.len() > 1 && path[0] == Part::Key("custom".to_owned()) { "" } else { &last };
    let value = value.settled(prose);
    Act::Set(path, value)
}

fn path(typed: &str) -> Result<Path, EditError> {
    known(parts(typed))
}

/// A way through keys that a recommendation has.
fn known(parts: Vec<String>) -> Result<Path, EditError> {
    let names: Vec<&str> = parts.iter().map(String::as_str).collect();
    let is_known = match names.as_slice() {
        ["custom", ..] => names.iter().skip(1).all(|name| !name.is_empty()),
        [table @ ("closure" | "deadline" | "forecast"), key] => {
            order::of_recommendation(&[table]).contains(key)
        }
        [key] => order::of_recommendation(&[]).contains(key),
        _ => false,
    };
    if !is_known {
        return Err(EditError::UnknownKey { key: parts.join(".") });
    }
    Ok(parts.into_iter().map(Part::Key).collect())
}

fn known_in(table: &str, key: &str) -> Result<usize, EditError> {
    order::rank(order::of_recommendation(&[table]), key)
        .ok_or_else(|| EditError::UnknownKey { key: format!("{table}.{key}") })
}

/// Which table of the file is the nth that the model has.
struct Numbers<'d, 'a> {
    text: &'a str,
    document: &'d Document<'a>,
    /// Found when the first number is asked for.
    dropped: Option<Vec<Span>>,
    kept: HashMap<&'static str, Vec<usize>>,
}

impl Numbers<'_, '_> {
    fn path(&mut self, table: &'static str, nth: usize, key: &'static str) -> Result<Path, EditError> {
        known_in(table, key)?;
        let number = self.number(table, nth)?;
        Ok(vec![Part::Key(table.to_owned()), Part::Nth(number), Part::Key(key.to_owned())])
    }

    fn number(&mut self, table: &'static str, nth: usize) -> Result<usize, EditError> {
        let text = self.text;
        let dropped =
            self.dropped.get_or_insert_with(|| parse::recommendation("edited.toml".into(), text).dropped);
        let document = self.document;
        let kept = self.kept.entry(table).or_insert_with(|| {
            let spans: Vec<Span> = match document.root.get(table).map(|entry| &entry.value.kind) {
                Some(Kind::Tables(tables)) => tables.iter().map(|table| table.span).collect(),
                Some(Kind::Array(items)) => items.iter().map(|item: &Found<'_>| item.span).collect(),
                _ => Vec::new(),
            };
            let spans = spans.iter().enumerate();
            spans.filter(|(_, span)| dropped.binary_search(span).is_err()).map(|(i, _)| i).collect()
        });
        kept.get(nth).copied().ok_or_else(|| EditError::NotThere {
            key: table.to_owned(),
            wanted: format!("number {}", nth + 1),
        })
    }
}
