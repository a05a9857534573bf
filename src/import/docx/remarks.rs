//! What is to be said of a document beside what is read of it.

use super::words::{drawn_together, words};
use crate::import::document::Remark;
use crate::import::xml::Element;
use std::collections::{BTreeSet, HashSet};

/// So many symbols are named, of those that are not known.
const SYMBOLS: usize = 20;

/// Passages that were left out, or read in a way that somebody should know.
#[derive(Default)]
pub(super) struct Remarks {
    /// What is to be said as it stands.
    pub(super) said: Vec<Remark>,
    pub(super) deleted: Vec<String>,
    pub(super) hidden: Vec<String>,
    /// What was moved to somewhere else.
    pub(super) moved: Vec<String>,
    /// What was moved to where it stands.
    arrived: Vec<String>,
    /// Symbols that are not known, by their font and code.
    pub(super) symbols: BTreeSet<(String, String)>,
}

impl Remarks {
    /// Takes down what was moved into an element that is read.
    pub(super) fn arrive(&mut self, element: &Element) {
        for child in element.elements() {
            if child.name == "moveTo" { self.arrived.push(words(child)) } else { self.arrive(child) }
        }
    }

    /// What was moved, and did not arrive.
    fn lost(&self) -> Vec<&String> {
        // Either end may be cut into pieces of its own.
        let bare = |pieces: &[String]| pieces.concat().split_whitespace().collect::<String>();
        if bare(&self.moved) == bare(&self.arrived) {
            return Vec::new();
        }
        let arrived: HashSet<&String> = self.arrived.iter().collect();
        self.moved.iter().filter(|text| !text.is_empty() && !arrived.contains(text)).collect()
    }

    /// A line each.
    pub(super) fn lines(&self) -> Vec<Remark> {
        let mut lines = self.said.clone();
        for (what, passages) in [("tracked deletion", &self.deleted), ("hidden text", &self.hidden)] {
            let told = passages.iter().map(|text| drawn_together(text)).filter(|text| !text.is_empty());
            lines.extend(told.map(|text| Remark::LeftOut(format!("the {what} \"{text}\""))));
        }
        lines.extend(
            self.lost()
                .iter()
                .map(|text| format!("\"{text}\", which was moved to where it does not stand"))
                .map(Remark::LeftOut),
        );
        if !self.symbols.is_empty() {
            let named = self.symbols.iter().take(SYMBOLS).map(|(font, code)| format!("{code} of {font}"));
            let named = named.collect::<Vec<_>>().join(", ");
            let more = if self.symbols.len() > SYMBOLS { ", and others" } else { "" };
            lines.push(Remark::LeftOut(format!("what symbols show that stand as \u{25a1}: {named}{more}")));
        }
        lines
    }
}
