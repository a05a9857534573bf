//! A file's text to what it says, and every fault on the way; never stops at the first.
//!
//! Words (owners, RAG, status) come out unregistered: [`crate::resolve`] looks them up.

mod characters;
pub(crate) mod dates;
mod head;
pub mod keys;
mod reader;
mod recommendation;

pub use head::head;
pub use recommendation::recommendation;

use crate::diagnostic::Diagnostic;
use crate::model::Id;
use crate::source::Span;

/// What a file says.
#[derive(Debug)]
pub struct Parsed<T> {
    /// What could be read; none after a fault of syntax, or without an id.
    pub value: Option<T>,
    /// Every fault, by place.
    pub faults: Vec<Diagnostic>,
    /// Whether all of it was read: if not, a view of it would hide something.
    pub whole: bool,
    /// The id, also where no value could be made.
    pub id: Option<Id>,
    /// Elements of lists that are not in the value, because they have faults: places count without
    /// them.
    pub dropped: Vec<Span>,
    /// What the value is without, because of faults.
    pub lost: Vec<Lost>,
}

/// A key that is there, or was meant to be, and whose value could not be read whole. Whatever would
/// be said for lack of it is no more than an echo of the fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The key of the file: "status", "milestone".
    pub key: &'static str,
    /// For a table of plan.toml, the word or the rule that it is about, where that was read.
    pub name: Option<String>,
}

/// Whether a fault leaves a part of the file unread. Keys that nobody knows and characters that do
/// not show are wrong, but everything else in the file was read.
pub(crate) fn hides_something(fault: &Diagnostic) -> bool {
    !matches!(fault.rule, "unknown-key" | "control-character")
}

#[cfg(test)]
mod tests;
