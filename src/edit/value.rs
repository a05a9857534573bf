//! Values as TOML writes them.

use crate::model::Deadline;
use crate::syntax::{self, Kind};
use chrono::{Datelike as _, NaiveDate};
use std::borrow::Cow;
use toml::value::{Date, Datetime};

/// A value to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, on one line or prose. White space at the end of a `text`, and of whatever has several
    /// lines, is left out.
    String(String),
    /// A date.
    Date(NaiveDate),
    /// A deadline: a date, or an inline table where its source has words for it.
    Deadline(Deadline),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number that need not be whole; one that is infinite, or none, has no place in a plan.
    Float(f64),
    /// A list of texts, each on one line.
    List(Vec<String>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<Deadline> for Value {
    fn from(deadline: Deadline) -> Self {
        Self::Deadline(deadline)
    }
}

impl Value {
    /// The value as it is written under a key: line breaks are `\n`, and prose has no white space at
    /// its end.
    pub(super) fn settled(&self, key: &str) -> Self {
        match self {
            Self::String(text) => {
                let text = unix_lines(text);
                let prose = key == "text" || text.contains('\n');
                Self::String(if prose { text.trim_end().to_owned() } else { text.into_owned() })
            }
            Self::Deadline(Deadline::Worded { date, wording }) => {
                Self::Deadline(Deadline::Worded { date: *date, wording: unix_lines(wording).into() })
            }
            Self::Deadline(Deadline::Undated { wording }) => {
                Self::Deadline(Deadline::Undated { wording: unix_lines(wording).into() })
            }
            Self::List(items) => Self::List(items.iter().map(|item| unix_lines(item).into_owned()).collect()),
            Self::Date(_)
            | Self::Deadline(Deadline::On(_))
            | Self::Boolean(_)
            | Self::Integer(_)
            | Self::Float(_) => self.clone(),
        }
    }

    /// What it says.
    pub(super) fn to_toml(&self) -> toml::Value {
        let string = |text: &str| toml::Value::String(text.to_owned());
        match self {
            Self::String(text) => string(text),
            Self::Date(date) => toml::Value::Datetime(datetime(*date)),
            Self::Deadline(Deadline::On(date)) => toml::Value::Datetime(datetime(*date)),
            Self::Deadline(worded) => {
                let mut table = toml::Table::new();
                if let Some(date) = worded.date() {
                    table.insert("date".to_owned(), toml::Value::Datetime(datetime(date)));
                }
                if let Some(wording) = worded.wording() {
                    table.insert("wording".to_owned(), string(wording));
                }
                toml::Value::Table(table)
            }
            Self::Boolean(b) => toml::Value::Boolean(*b),
            Self::Integer(n) => toml::Value::Integer(*n),
            Self::Float(n) => toml::Value::Float(*n),
            Self::List(items) => toml::Value::Array(items.iter().map(|item| string(item)).collect()),
        }
    }

    /// How it is written where nothing stands yet. `ending` ends the lines of prose, which there is
    /// none of within brackets.
    pub(super) fn written(&self, key: &str, ending: &str, within_brackets: bool) -> String {
        match self {
            Self::String(text) if within_brackets => basic(text),
            Self::String(text) if key == "text" || text.contains('\n') => {
                Style::Prose { literal: false, opened: true }.write(text, ending)
            }
            Self::String(text) => basic(text),
            Self::Date(date) | Self::Deadline(Deadline::On(date)) => date.to_string(),
            Self::Deadline(Deadline::Worded { date, wording }) => {
                format!("{{ date = {date}, wording = {} }}", basic(wording))
            }
            Self::Deadline(Deadline::Undated { wording }) => format!("{{ wording = {} }}", basic(wording)),
            Self::Boolean(b) => b.to_string(),
            Self::Integer(n) => n.to_string(),
            Self::Float(n) => toml::Value::Float(*n).to_string(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| basic(item)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }
}

/// A date of TOML; one of a year that TOML cannot write gives another, which no file then holds.
fn datetime(date: NaiveDate) -> Datetime {
    let small = |n: u32| u8::try_from(n).unwrap_or_default();
    let year = u16::try_from(date.year()).unwrap_or(u16::MAX);
    let date = Date { year, month: small(date.month()), day: small(date.day()) };
    Datetime { date: Some(date), time: None, offset: None }
}

/// Line breaks as `\n`: a carriage return before one is part of it.
pub(super) fn unix_lines(text: &str) -> Cow<'_, str> {
    if !text.contains("\r\n") {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let last = lines.len() - 1;
    let ends = lines.iter().enumerate();
    let lines: Vec<&str> =
        ends.map(|(i, line)| if i < last { line.trim_end_matches('\r') } else { *line }).collect();
    Cow::Owned(lines.join("\n"))
}

/// How a string is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `"..."` or `'...'`.
    Line { literal: bool },
    /// `"""..."""` or `'''...'''`, which begin with a line break if `opened`.
    Prose { literal: bool, opened: bool },
}

/// The string that takes the place of `old`, in its quoting where the text allows.
pub(super) fn replaced(old: &str, text: &str, ending: &str, within_brackets: bool) -> String {
    let style = Style::of(old);
    let is_prose = matches!(style, Style::Prose { .. });
    if text.contains('\n') && !is_prose {
        return if within_brackets { basic(text) } else { prose(text, ending) };
    }
    style.write(text, ending)
}

/// Text between three quotes.
pub(super) fn prose(text: &str, ending: &str) -> String {
    Style::Prose { literal: false, opened: true }.write(text, ending)
}

/// Text on one line, between double quotes.
pub(super) fn basic(text: &str) -> String {
    format!("\"{}\"", escaped(text, false, "\\n"))
}

impl Style {
    fn of(raw: &str) -> Self {
        let literal = raw.starts_with('\'');
        match raw.strip_prefix("\"\"\"").or_else(|| raw.strip_prefix("'''")) {
            // An empty string of one line begins with two quotes, and ends there.
            Some(rest) => Self::Prose { literal, opened: rest.starts_with(['\n', '\r']) },
            None => Self::Line { literal },
        }
    }

    fn write(self, text: &str, ending: &str) -> String {
        let hides = |c: char| c != '\t' && c != '\n' && (c < ' ' || c == '\u{7f}');
        match self {
            Self::Line { literal } if literal && !text.contains(['\'', '\n']) && !text.contains(hides) => {
                format!("'{text}'")
            }
            Self::Line { .. } => basic(text),
            Self::Prose { literal, opened } => {
                let open = if opened || text.contains('\n') { ending } else { "" };
                if literal && !text.contains("'''") && !text.ends_with('\'') && !text.contains(hides) {
                    return format!("'''{open}{}'''", text.replace('\n', ending));
                }
                format!("\"\"\"{open}{}\"\"\"", escaped(text, true, ending))
            }
        }
    }
}

/// The text with whatever may not stand between double quotes spelt out.
fn escaped(text: &str, within_prose: bool, line_break: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    let mut quotes = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let run = std::mem::take(&mut quotes);
        match c {
            // Three in a row would end the text, and so would one at its end.
            '"' if within_prose && run < 2 && chars.peek().is_some() => {
                quotes = run + 1;
                written.push('"');
            }
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str(line_break),
            '\t' if within_prose => written.push('\t'),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            c if c < ' ' || c == '\u{7f}' => written.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => written.push(c),
        }
    }
    written
}

/// A key, between quotes only where it needs them.
pub(super) fn key(name: &str) -> Cow<'_, str> {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { Cow::Borrowed(name) } else { Cow::Owned(basic(name)) }
}

/// The keys on a way as one key, which TOML reads as these.
pub(crate) fn dotted_key<'k>(keys: impl Iterator<Item = &'k str>) -> String {
    keys.map(key).collect::<Vec<_>>().join(".")
}

/// The parts of a key as somebody types it: as TOML would read it, or else parted at its full stops.
pub(crate) fn parts(typed: &str) -> Vec<String> {
    let text = format!("{} = 0", typed.trim());
    let document = syntax::parse(&text);
    let mut parts = Vec::new();
    let mut table = &document.root;
    while document.faults.is_empty() && table.entries.len() == 1 {
        let entry = &table.entries[0];
        parts.push(entry.key.name.clone().into_owned());
        match &entry.value.kind {
            Kind::Table(inner) => table = inner,
            Kind::Integer(0) => return parts,
            _ => break,
        }
    }
    typed.split('.').map(|part| part.trim().to_owned()).collect()
}
