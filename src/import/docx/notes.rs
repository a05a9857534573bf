//! Footnotes and endnotes, which are told after what refers to them.

use super::body::Reader;
use crate::import::document::Run;
use crate::import::xml::Element;

impl Reader {
    /// The number of a note, which is told after what refers to it.
    pub(super) fn note(&mut self, kind: &'static str, reference: &Element) -> String {
        let id = reference.attribute("id").unwrap_or_default().to_owned();
        // Taken out while it is read: a note that refers to itself is told once.
        let Some(note) = self.notes.remove(&(kind, id)) else { return String::new() };
        self.noted += 1;
        let number = self.noted;
        let mut blocks = Vec::new();
        self.depth += 1;
        self.blocks(&note, &mut blocks);
        self.depth -= 1;
        let mut paragraphs = self.flat(blocks);
        if let Some(first) = paragraphs.first_mut() {
            first.runs.insert(0, Run { text: format!("[{number}] "), ..Run::default() });
        }
        self.pending.extend(paragraphs);
        format!("[{number}]")
    }
}
