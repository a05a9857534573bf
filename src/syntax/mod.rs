//! TOML as a tree that keeps every span and every key's order, whatever is wrong with the text.
//!
//! The lexer and the parser are `toml_parser`'s; the `toml` crate builds its own tables on the
//! same events. A tree of our own keeps the spans of keys and headers, borrows its strings from the
//! text, and costs a third of the time. What counts as TOML is the crate's answer: the tests hold
//! this tree to `toml` on every file of the TOML project's suite.

mod builder;
mod conflict;
mod fault;
mod open_list;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use std::borrow::Cow;
use toml::value::Datetime;

/// A file's text as a tree, with every fault of its syntax.
#[derive(Debug)]
pub struct Document<'a> {
    /// What could be read; where nothing could, an empty table.
    pub root: Table<'a>,
    /// Faults of the rules `syntax` and `conflict-marker`, by place, echoes held back.
    pub faults: Vec<Diagnostic>,
    /// Whether more than one value is in doubt for these faults: where it is not, [`lost`](Self::lost)
    /// has the keys.
    pub broken: bool,
    /// The keys of the file below which a merge left a conflict inside a string.
    pub lost: Vec<String>,
    /// Whether the text is free of escapes and of control characters other than line feeds and tabs.
    pub plain: bool,
}

/// A table: the file itself, `[header]`, `[[header]]`, `{ inline }`, or the `a` of `a.b = 1`.
#[derive(Debug, Default)]
pub struct Table<'a> {
    /// Its header, or its braces; the first key of a dotted one.
    pub span: Span,
    /// Keys and values in the order of the file.
    pub entries: Vec<Entry<'a>>,
    pub(crate) form: Form,
}

/// How a table came to be, which decides what may be added to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// Named on the way to another header only: the `a` of `[a.b]`.
    #[default]
    Implicit,
    /// `[header]` or `[[header]]`; the file itself.
    Header,
    /// The `a` of `a.b = 1`.
    Dotted,
    /// `{ ... }`.
    Inline,
}

/// A key and its value.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: Key<'a>,
    /// The value.
    pub value: Value<'a>,
}

/// A key, or one part of a dotted key.
#[derive(Clone, Debug)]
pub struct Key<'a> {
    /// The key without quotes.
    pub name: Cow<'a, str>,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A value and where it stands.
#[derive(Debug)]
pub struct Value<'a> {
    /// From its first to its last character, quotes and brackets included; for tables the header.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'a>,
}

/// The kinds of TOML value.
#[derive(Debug)]
pub enum Kind<'a> {
    /// A string of any of the four spellings; a line break in it is `\n`.
    String(Cow<'a, str>),
    /// An integer.
    Integer(i64),
    /// A float.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, a time, or both.
    Datetime(Datetime),
    /// `[ ... ]`.
    Array(Vec<Value<'a>>),
    /// A table of any form.
    Table(Table<'a>),
    /// `[[header]]`, each with what follows it.
    Tables(Vec<Table<'a>>),
    /// Something that is no TOML; a fault says why.
    Invalid,
}

impl Kind<'_> {
    /// What to call it in a message, with its article.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Boolean(_) => "a boolean",
            Self::Datetime(_) => "a date or time",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Tables(_) => "a list of tables",
            Self::Invalid => "not TOML",
        }
    }
}

impl<'a> Table<'a> {
    /// The entry of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Entry<'a>> {
        self.entries.iter().find(|e| e.key.name == name)
    }

    /// What it says, without places.
    pub(crate) fn to_toml(&self) -> toml::Table {
        self.entries.iter().map(|e| (e.key.name.clone().into_owned(), e.value.to_toml())).collect()
    }
}

/// One step on the way to a value: a key of a table, or the number (from 0) of a list's element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A table's key.
    Key(Cow<'static, str>),
    /// A list's element.
    Nth(usize),
}

/// The spans of what a path of steps leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The key, or the header of a table.
    pub key: Span,
    /// The value.
    pub value: Span,
}

impl Document<'_> {
    /// Where a path of steps leads, as far as it goes: a missing last step gives the table or list
    /// that it is missing from. An empty path, or one that leads nowhere, gives nothing. Elements of
    /// lists whose spans are in `dropped`, which is sorted, do not count.
    #[must_use]
    pub fn find(&self, path: &[Step], dropped: &[Span]) -> Option<Found> {
        let (first, rest) = path.split_first()?;
        let Step::Key(name) = first else { return None };
        let entry = self.root.get(name)?;
        Some(find_in(&entry.value, entry.key.span, rest, dropped))
    }
}

fn find_in(value: &Value<'_>, key: Span, path: &[Step], dropped: &[Span]) -> Found {
    let here = Found { key, value: value.span };
    let Some((first, rest)) = path.split_first() else { return here };
    let counts = |span: &Span| dropped.binary_search(span).is_err();
    match (first, &value.kind) {
        (Step::Key(name), Kind::Table(table)) => {
            table.get(name).map_or(here, |e| find_in(&e.value, e.key.span, rest, dropped))
        }
        (Step::Nth(n), Kind::Array(items)) => {
            let mut items = items.iter().filter(|v| counts(&v.span));
            items.nth(*n).map_or(here, |v| find_in(v, v.span, rest, dropped))
        }
        (Step::Nth(n), Kind::Tables(tables)) => {
            let mut tables = tables.iter().filter(|t| counts(&t.span));
            tables.nth(*n).map_or(here, |t| find_in_table(t, rest, dropped))
        }
        _ => here,
    }
}

fn find_in_table(table: &Table<'_>, path: &[Step], dropped: &[Span]) -> Found {
    let here = Found { key: table.span, value: table.span };
    match path.split_first() {
        Some((Step::Key(name), rest)) => {
            table.get(name).map_or(here, |e| find_in(&e.value, e.key.span, rest, dropped))
        }
        _ => here,
    }
}

/// Reads a text as TOML. Never fails: what is wrong is in the document's faults.
#[must_use]
pub fn parse(text: &str) -> Document<'_> {
    let conflicts = conflict::find(text);
    if conflicts.is_empty() {
        return read(text);
    }
    // One side of each conflict is blanked out, so that the rest of the file is read as it will
    // be. The tree then borrows from a text that ends here, so its strings become its own.
    let masked = conflict::mask(text, &conflicts);
    let Document { root, mut faults, mut broken, mut lost, plain } = read(&masked);
    for conflict in &conflicts {
        match root.entries.iter().find(|entry| entry.value.has_string_at(conflict.start())) {
            Some(entry) => lost.push(entry.key.name.clone().into_owned()),
            None => broken = true,
        }
    }
    faults.extend(conflicts.iter().map(conflict::Conflict::diagnostic));
    faults.sort_by_key(|d| d.span);
    Document { root: root.into_owned(), faults, broken, lost, plain }
}

fn read(text: &str) -> Document<'_> {
    let plain = builder::is_plain(text);
    let (mut root, mut errors) = builder::build(text, plain, &[]);
    let open_lists = if errors.is_empty() { Vec::new() } else { open_list::find(text) };
    if !open_lists.is_empty() {
        // Without the lines of these lists the rest of the file is read as it is meant.
        (root, errors) = builder::build(text, plain, &open_lists);
    }
    let mut faults = fault::tell(text, errors);
    faults.extend(open_lists.iter().map(open_list::OpenList::diagnostic));
    faults.sort_by_key(|d| d.span);
    Document { root, broken: !faults.is_empty(), faults, lost: Vec::new(), plain }
}

impl Table<'_> {
    fn into_owned(self) -> Table<'static> {
        let entries = self.entries.into_iter().map(|e| Entry {
            key: Key { name: Cow::Owned(e.key.name.into_owned()), span: e.key.span },
            value: e.value.into_owned(),
        });
        Table { span: self.span, entries: entries.collect(), form: self.form }
    }
}

impl Value<'_> {
    /// What it says, without places.
    pub(crate) fn to_toml(&self) -> toml::Value {
        match &self.kind {
            Kind::String(s) => toml::Value::String(s.clone().into_owned()),
            Kind::Integer(n) => toml::Value::Integer(*n),
            Kind::Float(n) => toml::Value::Float(*n),
            Kind::Boolean(b) => toml::Value::Boolean(*b),
            Kind::Datetime(d) => toml::Value::Datetime(*d),
            Kind::Array(items) => toml::Value::Array(items.iter().map(Value::to_toml).collect()),
            Kind::Tables(tables) => {
                toml::Value::Array(tables.iter().map(|t| toml::Value::Table(t.to_toml())).collect())
            }
            Kind::Table(table) => toml::Value::Table(table.to_toml()),
            // A file with such a value has a fault of syntax: nothing is made of what it says.
            Kind::Invalid => toml::Value::Boolean(false),
        }
    }

    /// Whether this place is inside a string here.
    fn has_string_at(&self, at: usize) -> bool {
        let in_table = |table: &Table<'_>| table.entries.iter().any(|e| e.value.has_string_at(at));
        match &self.kind {
            Kind::String(_) => self.span.range().contains(&at),
            Kind::Array(items) => items.iter().any(|value| value.has_string_at(at)),
            Kind::Table(table) => in_table(table),
            Kind::Tables(tables) => tables.iter().any(in_table),
            _ => false,
        }
    }

    fn into_owned(self) -> Value<'static> {
        let kind = match self.kind {
            Kind::String(s) => Kind::String(Cow::Owned(s.into_owned())),
            Kind::Integer(n) => Kind::Integer(n),
            Kind::Float(n) => Kind::Float(n),
            Kind::Boolean(b) => Kind::Boolean(b),
            Kind::Datetime(d) => Kind::Datetime(d),
            Kind::Array(items) => Kind::Array(items.into_iter().map(Value::into_owned).collect()),
            Kind::Table(table) => Kind::Table(table.into_owned()),
            Kind::Tables(tables) => Kind::Tables(tables.into_iter().map(Table::into_owned).collect()),
            Kind::Invalid => Kind::Invalid,
        };
        Value { span: self.span, kind }
    }
}

#[cfg(test)]
mod tests;
