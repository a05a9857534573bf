//! What of a text is to be written otherwise.

use crate::render::markdown::reference;
use std::collections::BTreeMap;
use std::ops::Range;

/// What is to be written in the place of what.
#[derive(Default)]
pub(super) struct Edits(BTreeMap<usize, (usize, String)>);

impl Edits {
    pub(super) fn add(&mut self, range: Range<usize>, instead: impl Into<String>) {
        self.0.entry(range.start).or_insert((range.end, instead.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A character by its number; with the backslash before it, if there is one.
    pub(super) fn by_number(&mut self, text: &str, at: usize) {
        let Some(c) = text[at..].chars().next() else { return };
        let name = if c == '<' { "&lt;".to_owned() } else { reference(c) };
        self.add(at - usize::from(is_escaped(text, at))..at + c.len_utf8(), name);
    }

    /// The text as it is with them; of two that overlap the first is made, and the other in the next pass.
    pub(super) fn made_in(self, text: &str) -> String {
        let mut told = String::with_capacity(text.len() + 8 * self.0.len());
        let mut from = 0;
        for (start, (end, instead)) in self.0 {
            if start >= from {
                told.push_str(&text[from..start]);
                told.push_str(&instead);
                from = end;
            }
        }
        told.push_str(&text[from..]);
        told
    }
}

/// Whether a backslash stands before a place, and is none itself.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    !text[..at].bytes().rev().take_while(|b| *b == b'\\').count().is_multiple_of(2)
}
