//! Values in their canonical form.

use super::fmt::{Order, ranks};
use super::list::{self, Piece};
use super::value;
use crate::model::{Owner, same_word};
use crate::resolve::owner_called;
use crate::syntax::{Form, Kind, Value};
use std::collections::HashSet;
use std::sync::Arc;

/// The names by which owners go.
pub(super) struct Names<'n> {
    pub(super) owners: &'n [Arc<Owner>],
    /// The keys under which owners are named.
    pub(super) places: &'n [&'n [&'n str]],
}

impl Names<'_> {
    /// The registered name of an owner that a text under these keys means without a doubt, if that is
    /// not what it says.
    fn of(&self, path: &[&str], text: &str) -> Option<&str> {
        if self.owners.is_empty() || !self.places.contains(&path) {
            return None;
        }
        let owner = owner_called(text, self.owners).filter(|owner| owner.name != text)?;
        let is_its = |other: &&Arc<Owner>| other.answers_to(text) && other.name != owner.name;
        let is_certain = same_word(&owner.name, text) || !self.owners.iter().any(|other| is_its(&other));
        is_certain.then_some(&owner.name)
    }

    fn is_registered(&self, name: &str) -> bool {
        self.owners.iter().any(|owner| owner.name == name)
    }

    /// Which items of a list name an owner that an earlier one names.
    fn again(&self, path: &[&str], pieces: &[Piece<'_, '_>]) -> Vec<bool> {
        let mut seen = HashSet::new();
        let is_again = |piece: &Piece<'_, '_>| match &piece.value.kind {
            Kind::String(text) if self.places.contains(&path) => {
                let name = self.of(path, text).unwrap_or(text);
                self.is_registered(name) && !seen.insert(name.to_owned())
            }
            _ => false,
        };
        pieces.iter().map(is_again).collect()
    }

    /// The same for everything that a file says; an owner that is then named twice is named once.
    pub(super) fn rename(&self, meaning: &mut toml::Value, path: &mut Vec<String>) {
        match meaning {
            toml::Value::String(text) => {
                let keys: Vec<&str> = path.iter().map(String::as_str).collect();
                if let Some(name) = self.of(&keys, text) {
                    *text = name.to_owned();
                }
            }
            toml::Value::Array(items) => {
                items.iter_mut().for_each(|item| self.rename(item, path));
                let keys: Vec<&str> = path.iter().map(String::as_str).collect();
                if self.places.contains(&keys.as_slice()) {
                    let mut seen = HashSet::new();
                    items.retain(|item| {
                        item.as_str()
                            .filter(|name| self.is_registered(name))
                            .is_none_or(|name| seen.insert(name.to_owned()))
                    });
                }
            }
            // Owners are named at most this deep.
            toml::Value::Table(table) if path.len() < 2 => {
                for (key, inner) in table.iter_mut() {
                    path.push(key.clone());
                    self.rename(inner, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }
}

/// A key's value, `path` being its keys.
pub(super) fn value<'d>(
    text: &str,
    found: &'d Value<'_>,
    path: &mut Vec<&'d str>,
    order: Order,
    names: &Names<'_>,
) -> String {
    let raw = &text[found.span.range()];
    if let Kind::String(prose) = &found.kind
        && names.of(path, prose).is_none()
        && prose.contains('\n')
    {
        // Its first line begins below the quotes; the lines themselves stay as they are.
        let quotes = ["\"\"\"", "'''"].into_iter().find(|quotes| raw.starts_with(quotes));
        let Some(quotes) = quotes else { return value::prose(prose, "\n") };
        let lines = unix_lines(&raw[quotes.len()..]);
        return format!("{quotes}\n{}", lines.strip_prefix('\n').unwrap_or(&lines));
    }
    within(text, found, path, order, names)
}

/// A value that may stand within brackets, where strings keep their lines.
fn within<'d>(
    text: &str,
    found: &'d Value<'_>,
    path: &mut Vec<&'d str>,
    order: Order,
    names: &Names<'_>,
) -> String {
    let span = found.span.range();
    let raw = &text[span.clone()];
    let is_table = match &found.kind {
        Kind::String(s) => {
            let name = names.of(path, s);
            return name.map_or_else(|| unix_lines(raw), |name| value::replaced(raw, name, "\n", true));
        }
        Kind::Array(_) => false,
        Kind::Table(table) if table.form == Form::Inline => true,
        _ => return raw.to_owned(),
    };
    let pieces = list::pieces(text, found);
    let mut written = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        path.extend(&piece.keys);
        written.push(within(text, piece.value, path, order, names));
        path.truncate(path.len() - piece.keys.len());
    }
    if !list::comments(text, found).is_empty() {
        return in_its_lines(text, found, &pieces, &written);
    }
    if !is_table {
        let again = names.again(path, &pieces);
        let items = written.into_iter().zip(again).filter(|(_, again)| !again);
        return format!("[{}]", items.map(|(item, _)| item).collect::<Vec<_>>().join(", "));
    }
    let ranks = ranks(order(path), pieces.iter().filter_map(|piece| piece.keys.first().copied()));
    let mut pairs: Vec<(Option<usize>, String)> = Vec::with_capacity(pieces.len());
    for (piece, written) in pieces.iter().zip(written) {
        let keys: Vec<_> = piece.keys.iter().map(|name| value::key(name)).collect();
        let rank = piece.keys.first().and_then(|key| ranks.get(key)).copied();
        pairs.push((rank, format!("{} = {written}", keys.join("."))));
    }
    pairs.sort_by_key(|(rank, _)| *rank);
    let pairs: Vec<String> = pairs.into_iter().map(|(_, pair)| pair).collect();
    if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
}

/// What holds comments keeps its lines.
fn in_its_lines(text: &str, found: &Value<'_>, pieces: &[Piece<'_, '_>], written: &[String]) -> String {
    let span = found.span.range();
    let mut whole = String::with_capacity(span.len());
    let mut from = span.start;
    for (piece, written) in pieces.iter().zip(written) {
        let value = piece.value.span.range();
        push_lines(&mut whole, &text[from..value.start]);
        whole.push_str(written);
        from = value.end;
    }
    push_lines(&mut whole, &text[from..span.end]);
    whole
}

/// Adds what stands between two pieces, without white space at the ends of lines.
fn push_lines(whole: &mut String, between: &str) {
    let mut lines = between.split('\n').peekable();
    while let Some(line) = lines.next() {
        match lines.peek() {
            Some(_) => {
                whole.push_str(line.trim_end());
                whole.push('\n');
            }
            None => whole.push_str(line),
        }
    }
}

fn unix_lines(raw: &str) -> String {
    raw.replace("\r\n", "\n")
}
