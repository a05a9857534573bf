//! Data to text, a file a format. Nothing here reads, computes or writes to a stream that it was
//! not given.

pub mod account;
pub mod change;
pub mod columns;
pub mod csv;
pub mod diff;
pub mod findings;
pub mod github;
pub mod json;
mod links;
pub mod log;
pub mod markdown;
mod paper;
pub mod report;
pub mod show;
pub mod style;
pub mod summary;
pub mod table;
pub mod trend;
pub mod unified;

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

/// Prose as it was written; where there is a width, the lines of a paragraph are joined and wrapped anew, each
/// below its own indent or bullet.
fn prose(text: &str, width: Option<usize>, indent: &str) -> String {
    let told = escape(text.trim_end());
    let mut paragraphs: Vec<String> = Vec::new();
    for line in told.lines() {
        match paragraphs.last_mut().filter(|last| width.is_some() && goes_on(last, line)) {
            Some(last) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            None => paragraphs.push(line.to_owned()),
        }
    }
    let wrapped = paragraphs.iter().map(|line| {
        let body = line.trim_start();
        if body.is_empty() {
            return String::new();
        }
        let first = format!("{indent}{}", &line[..line.len() - body.len()]);
        let rest = format!("{first}{}", " ".repeat(bullet(body)));
        wrap_below(body, width, &first, &rest)
    });
    wrapped.collect::<Vec<_>>().join("\n")
}

/// Whether a line goes on with the paragraph of the one above: neither a blank line nor CommonMark's marks of
/// something new or of a line that ends where it does stand between them.
fn goes_on(above: &str, line: &str) -> bool {
    let (body, before) = (line.trim_start(), above.trim_start());
    let new = bullet(body) > 0 || body.starts_with(['#', '>', '|', '`', '~']) || body.starts_with("---");
    let is_heading = before.starts_with(['#', '|', '`', '~']);
    let code = line.len() - body.len() >= 4 && bullet(before) == 0;
    !body.is_empty()
        && !before.is_empty()
        && !new
        && !is_heading
        && !code
        && !above.ends_with(['\\'])
        && !above.ends_with("  ")
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
