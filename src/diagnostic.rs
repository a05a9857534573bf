//! What is wrong with a file, as data: no rendering, no I/O.

use crate::source::{Position, Span};
use chrono::NaiveDate;
use std::fmt;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For information; never changes the exit status.
    Note,
    /// Doubtful; changes the exit status under `--strict`.
    Warning,
    /// Wrong; the exit status is 1.
    Error,
}

impl Severity {
    /// Its name in `plan.toml`, in JSON and on the terminal.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where, in the same file.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
}

/// A fault found while one file was read, at its place in that file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the rule that is broken.
    pub rule: &'static str,
    /// Where in the file; none for the file as a whole.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
}

impl Diagnostic {
    /// A fault of `rule` at `span`.
    #[must_use]
    pub fn new(rule: &'static str, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self { rule, span: span.into(), message: message.into(), help: None, labels: Vec::new() }
    }

    /// The same, with how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with another place that explains it.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }
}

/// A finding as it is told: its level settled, its place counted in lines, its source line kept,
/// so that it stands without the file that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// Its level, after `[rules]` in plan.toml.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// The file's path from the root.
    pub path: String,
    /// Where in the file; none for a file as a whole.
    pub location: Option<Location>,
    /// The recommendation that it is about.
    pub id: Option<String>,
    /// The keys that lead to its place; none for what was found while the file was read.
    pub keys: Vec<String>,
    /// The exception that accepts it, if one does.
    pub accepted: Option<Accepted>,
    /// The day on which it became true, for rules that look at the date.
    pub since: Option<NaiveDate>,
}

/// The exception that accepts a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Why the breach is accepted.
    pub reason: String,
    /// The last day on which it is.
    pub until: Option<NaiveDate>,
}

/// Where a finding is, with the lines to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The first character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
    /// The source around it, whole lines cut to a length that can be shown.
    pub excerpt: Excerpt,
}

/// The piece of source that is shown with a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text shown.
    pub text: String,
    /// The line number, from 1, of its first line.
    pub first_line: usize,
    /// What is underlined, within the text.
    pub span: Span,
    /// Other places to point at, within the text.
    pub labels: Vec<Label>,
}
