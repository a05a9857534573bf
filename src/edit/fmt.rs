//! The canonical form of a file: what `fmt` writes, and what git compares best.
//!
//! Keys and tables stand in the order of the format; one that is not of the format stays behind the one
//! that it follows. A comment goes with the key below it; one that is directly below a key and set off from the
//! next by a blank line goes with the one above.

use super::EditError;
use super::layout::{Layout, What};
use super::meaning::same;
use super::order::{of_head, of_recommendation, rank};
use super::value::key;
use super::written::{Names, value};
use crate::model::{Head, Owner};
use crate::parse;
use crate::syntax;
use std::collections::HashMap;
use std::sync::Arc;

/// The order of the keys of the table to which these keys lead.
pub(super) type Order = fn(&[&str]) -> &'static [&'static str];

/// The canonical form of a recommendation's text. With a head, owners are written by the names that it
/// registers.
///
/// # Errors
///
/// Where the text has a fault of syntax.
pub fn recommendation(text: &str, head: Option<&Head>) -> Result<String, EditError> {
    let owners: &[Arc<Owner>] = head.map_or(&[], |head| head.owners.as_slice());
    canonical(text, of_recommendation, &Names { owners, places: &[&["owners"], &["answer", "owner"]] })
}

/// The canonical form of a plan.toml's text. The owners that it answers for are written by their names.
///
/// # Errors
///
/// Where the text has a fault of syntax.
pub fn head(text: &str) -> Result<String, EditError> {
    let head = parse::head(text).value.unwrap_or_default();
    canonical(text, of_head, &Names { owners: &head.owners, places: &[&["answers_for"]] })
}

fn canonical(text: &str, order: Order, names: &Names<'_>) -> Result<String, EditError> {
    let document = syntax::parse(text);
    EditError::of_faults(text, &document)?;
    let layout = Layout::new(text, &document);
    let mut page = Page { layout: &layout, order, names, text: String::with_capacity(text.len()) };
    page.write();
    let written = page.text;
    let mut meaning = toml::Value::Table(document.root.to_toml());
    names.rename(&mut meaning, &mut Vec::new());
    let again = syntax::parse(&written);
    // In a list with comments an owner may still be named twice.
    let mut after = toml::Value::Table(again.root.to_toml());
    names.rename(&mut after, &mut Vec::new());
    if !again.faults.is_empty() || !same(&meaning, &after) {
        return Err(EditError::Astray);
    }
    drop(again);
    Ok(written)
}

/// A text as it is being written.
struct Page<'l, 'd, 'a, 'n> {
    layout: &'l Layout<'d, 'a>,
    order: Order,
    names: &'l Names<'n>,
    text: String,
}

/// A header, if there is one, and the keys under it, as numbers of statements.
struct Section {
    header: Option<usize>,
    pairs: Vec<usize>,
}

impl Page<'_, '_, '_, '_> {
    fn write(&mut self) {
        let layout = self.layout;
        let statements = &layout.statements;
        // What is set off from the first key by a blank line is about the file.
        let first = if statements.is_empty() { layout.top() } else { layout.block_start(0) };
        self.paragraphs(&layout.text[layout.top()..first]);
        self.blank_line();
        for section in self.sections() {
            if let Some(header) = section.header {
                self.blank_line();
                self.comments(header);
                self.header(header);
            }
            for at in section.pairs {
                let statement = &statements[at];
                let is_text =
                    matches!(&statement.what, What::Pair { keys, .. } if keys.as_slice() == ["text"]);
                if is_text && statement.header.is_empty() {
                    self.blank_line();
                }
                self.comments(at);
                self.pair(at);
            }
        }
        let end = statements.len();
        let rest = end.checked_sub(1).map_or(layout.gap(end).start, |last| layout.after(last));
        let rest = &layout.text[rest..];
        if !rest.trim().is_empty() {
            self.blank_line();
            self.paragraphs(rest);
        }
        // A comment at the head alone was set off from nothing.
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// The sections in canonical order, and the keys of each.
    fn sections(&self) -> Vec<Section> {
        let statements = &self.layout.statements;
        let mut sections = vec![Section { header: None, pairs: Vec::new() }];
        for (i, statement) in statements.iter().enumerate() {
            match (statement.is_header(), sections.last_mut()) {
                (false, Some(section)) => section.pairs.push(i),
                _ => sections.push(Section { header: Some(i), pairs: Vec::new() }),
            }
        }
        for section in &mut sections {
            let path: &[&str] = section.header.map_or(&[], |header| &*statements[header].header);
            self.sort(path, &mut section.pairs);
        }
        let kind = |section: &Section| section.header.and_then(|i| statements[i].header.first().copied());
        let ranks = ranks((self.order)(&[]), sections[1..].iter().filter_map(kind));
        sections[1..].sort_by_key(|section| kind(section).and_then(|kind| ranks.get(kind).copied()));
        sections
    }

    /// Sorts the keys of a table by their first parts, and those of one first part by their second.
    fn sort(&self, path: &[&str], pairs: &mut [usize]) {
        let statements = &self.layout.statements;
        let own = ranks((self.order)(path), pairs.iter().filter_map(|i| statements[*i].key()));
        let mut inner = path.to_vec();
        let mut place = |i: &usize| {
            let What::Pair { keys, .. } = &statements[*i].what else { return (None, None) };
            let first = keys.first().and_then(|key| own.get(*key)).copied();
            inner.truncate(path.len());
            inner.extend(keys.first());
            (first, keys.get(1).and_then(|key| rank((self.order)(&inner), key)))
        };
        pairs.sort_by_cached_key(|i| place(i));
    }

    fn header(&mut self, at: usize) {
        let layout = self.layout;
        let statement = &layout.statements[at];
        let keys: Vec<_> = statement.header.iter().map(|name| key(name)).collect();
        let name = keys.join(".");
        let is_list = matches!(statement.what, What::Header { list: true });
        let line = if is_list { format!("[[{name}]]") } else { format!("[{name}]") };
        self.text.push_str(&line);
        self.end_of(at);
    }

    fn pair(&mut self, at: usize) {
        let layout = self.layout;
        let statement = &layout.statements[at];
        let What::Pair { keys, value: found } = &statement.what else { return };
        let names: Vec<_> = keys.iter().map(|name| key(name)).collect();
        let mut path: Vec<&str> = statement.header.to_vec();
        path.extend(keys);
        self.text.push_str(&names.join("."));
        self.text.push_str(" = ");
        let written = value(layout.text, found, &mut path, self.order, self.names);
        self.text.push_str(&written);
        self.end_of(at);
    }

    /// The comment behind a statement, the end of its line, and the comments below that are its own.
    fn end_of(&mut self, at: usize) {
        let layout = self.layout;
        let statement = &layout.statements[at];
        if let Some(comment) = layout.trailing_comment(statement) {
            self.text.push(' ');
            self.text.push_str(comment);
        }
        self.text.push('\n');
        let own = &layout.text[layout.gap(at + 1).start..layout.after(at)];
        if !own.trim().is_empty() {
            self.lines(own);
            // Without it they would be the next one's.
            self.blank_line();
        }
    }

    /// The comments above a statement that are not those of the one before it.
    fn comments(&mut self, at: usize) {
        let layout = self.layout;
        let start = at.checked_sub(1).map_or_else(|| layout.block_start(0), |before| layout.after(before));
        self.lines(&layout.text[start..layout.gap(at).end]);
    }

    /// Comments without the blank lines between them.
    fn lines(&mut self, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// Comments with the blank lines between them.
    fn paragraphs(&mut self, text: &str) {
        let mut is_first = true;
        for line in text.lines().map(str::trim) {
            match line {
                "" if is_first => {}
                "" => self.blank_line(),
                line => {
                    self.text.push_str(line);
                    self.text.push('\n');
                    is_first = false;
                }
            }
        }
    }

    fn blank_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

/// The place of each key: its own in the order; of one that has none there, that of the key before it
/// where it first stands.
pub(super) fn ranks<'k>(order: &[&str], names: impl Iterator<Item = &'k str>) -> HashMap<&'k str, usize> {
    let mut ranks = HashMap::new();
    let mut last = 0;
    for name in names {
        last = *ranks.entry(name).or_insert_with(|| rank(order, name).map_or(last, |rank| rank + 1));
    }
    ranks
}
