//! Data to text, a file a format. Nothing here reads, computes or writes to a stream that it was
//! not given.

pub mod change;
pub mod columns;
pub mod csv;
pub mod diff;
pub mod findings;
pub mod github;
pub mod json;
pub mod markdown;
pub mod show;
pub mod style;
pub mod summary;
pub mod table;

use crate::model::Deadline;
use crate::visible::escape;
use crate::wording::day;
use std::borrow::Cow;

/// How text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are written.
    pub colour: bool,
    /// How wide the terminal is; none where the text goes into a file or a pipe, which keeps every
    /// row on its line.
    pub width: Option<usize>,
}

/// A text wrapped and indented; only indented where there is no width. Words are never broken: a
/// path or an address must stay whole to be copied.
#[must_use]
pub fn wrap(text: &str, width: Option<usize>, indent: &str) -> String {
    wrap_below(text, width, indent, indent)
}

/// As [`wrap`], with another indent below the first line.
#[must_use]
pub fn wrap_below(text: &str, width: Option<usize>, first: &str, rest: &str) -> String {
    let Some(width) = width else { return format!("{first}{text}") };
    let options = textwrap::Options::new(width.max(30))
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

/// A deadline in words: its date, and the source's wording where it was kept.
#[must_use]
pub fn deadline(deadline: &Deadline) -> Cow<'_, str> {
    match deadline {
        Deadline::On(date) => day(*date).into(),
        Deadline::Worded { date, wording } => format!("{} (“{wording}”)", day(*date)).into(),
        Deadline::Undated { wording } => format!("“{wording}”").into(),
    }
}

/// Prose as it was written, each line wrapped below its own indent or bullet.
fn prose(text: &str, width: Option<usize>, indent: &str) -> String {
    let line = |line: &str| {
        let body = line.trim_start();
        if body.is_empty() {
            return String::new();
        }
        let first = format!("{indent}{}", &line[..line.len() - body.len()]);
        let rest = format!("{first}{}", " ".repeat(bullet(body)));
        wrap_below(body, width, &first, &rest)
    };
    escape(text.trim_end()).lines().map(line).collect::<Vec<_>>().join("\n")
}

/// How wide a list's bullet or number is with the space behind it; 0 where there is none.
fn bullet(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = &line[digits..];
    match digits {
        0 if ["- ", "* ", "+ "].iter().any(|b| mark.starts_with(b)) => 2,
        1..=9 if mark.starts_with(". ") || mark.starts_with(") ") => digits + 2,
        _ => 0,
    }
}
