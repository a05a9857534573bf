//! Footnotes and endnotes, which are told after what refers to them.

use super::body::Reader;
use super::package::Package;
use crate::import::document::{Paragraph, Run};
use crate::import::error::ImportError;
use crate::import::xml::{Element, Node};
use std::collections::{HashMap, VecDeque};

/// A note as it is referred to: by its kind and its id.
type Id = (&'static str, String);

/// The notes of a document.
#[derive(Default)]
pub(super) struct Notes {
    /// Those that nothing referred to yet.
    texts: HashMap<Id, Element>,
    numbers: HashMap<Id, usize>,
    /// Those that are still to be told, with their numbers.
    due: VecDeque<(usize, Element)>,
}

impl Notes {
    pub(super) fn of(package: &mut Package<'_>) -> Result<Self, ImportError> {
        let mut notes = Self::default();
        for (kind, name) in [("footnotes", "footnote"), ("endnotes", "endnote")] {
            for child in package.of_kind(kind)?.into_iter().flat_map(|root| root.children) {
                let Node::Element(note) = child else { continue };
                // The lines above notes are notes too, of a type of their own.
                let is_line = note.attribute("type").is_some_and(|kind| kind != "normal");
                if let Some(id) = note.attribute("id").filter(|_| !is_line) {
                    notes.texts.insert((name, id.to_owned()), note);
                }
            }
        }
        Ok(notes)
    }

    /// The number of a note that is referred to; it is told once, however often that is.
    pub(super) fn refer(&mut self, kind: &'static str, reference: &Element) -> Option<usize> {
        let id = (kind, reference.attribute("id")?.to_owned());
        if let Some(note) = self.texts.remove(&id) {
            let number = self.numbers.len() + 1;
            self.due.push_back((number, note));
            self.numbers.insert(id, number);
            return Some(number);
        }
        self.numbers.get(&id).copied()
    }
}

impl Reader {
    /// The notes that were referred to since the last of them was told, and those to which they refer. They queue:
    /// a file may have each note refer to another, and no stack is as deep.
    pub(super) fn due_notes(&mut self) -> Vec<Paragraph> {
        let mut told = Vec::new();
        while let Some((number, note)) = self.notes.due.pop_front() {
            self.depth += 1;
            let blocks = self.container(&note);
            self.depth -= 1;
            self.remarks.arrive(&note);
            let mut paragraphs = self.flat(blocks);
            if let Some(first) = paragraphs.first_mut() {
                first.runs.insert(0, Run { text: format!("[{number}] "), ..Run::default() });
            }
            told.append(&mut paragraphs);
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use crate::import::docx::testing::{Docx, p, r};

    fn to(kind: &str, id: &str) -> String {
        format!(r#"<w:r><w:{kind}Reference w:id="{id}"/></w:r>"#)
    }

    fn note(kind: &str, id: &str, text: &str) -> String {
        format!(r#"<w:{kind} w:id="{id}"><w:p><w:r><w:{kind}Ref/></w:r>{text}</w:p></w:{kind}>"#)
    }

    #[test]
    fn a_note_is_told_once_however_often_it_is_referred_to() {
        let body = format!(
            "<w:p>{}{}</w:p><w:tbl><w:tr><w:tc><w:p>{}{}{}{}</w:p></w:tc></w:tr></w:tbl>{}",
            r("First"),
            to("footnote", "2"),
            r("again"),
            to("footnote", "2"),
            r(" and"),
            to("endnote", "2"),
            p("After.")
        );
        let separators =
            r#"<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote>"#;
        let document = Docx::of(&body)
            .with("footnotes", &(separators.to_owned() + &note("footnote", "2", &r(" Of May."))))
            .with("endnotes", &note("endnote", "2", &r(" The end.")));
        insta::assert_snapshot!(document.read(), @"
        First[1]
        [1]  Of May.
        | 0: again[1] and[2] / [2]  The end. |
        After.
        ");
    }

    #[test]
    fn separators_and_notes_that_are_not_there_say_nothing() {
        let kinds = ["separator", "continuationSeparator", "continuationNotice"];
        let notes = kinds
            .map(|kind| format!(r#"<w:footnote w:id="{kind}" w:type="{kind}">{}</w:footnote>"#, p("line")));
        let body = kinds.map(|kind| to("footnote", kind)).concat() + &to("footnote", "9");
        let document =
            Docx::of(&format!("<w:p>{}{body}</w:p>", r("Text."))).with("footnotes", &notes.concat());
        insta::assert_snapshot!(document.read(), @"Text.");
    }

    #[test]
    fn notes_that_refer_to_notes_are_told_in_their_order_however_many_there_are() {
        let refers = |n: usize| {
            note(
                "footnote",
                &n.to_string(),
                &(r(&format!("note {n}")) + &to("footnote", &(n + 1).to_string())),
            )
        };
        let notes: String = (1..=20_000).map(refers).collect();
        // The last refers to itself.
        let notes = notes + &note("footnote", "20001", &to("footnote", "20001"));
        let text = Docx::of(&format!("<w:p>{}</w:p>", to("footnote", "1"))).with("footnotes", &notes).read();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..3], ["[1]", "[1] note 1[2]", "[2] note 2[3]"]);
        assert_eq!(lines.last(), Some(&"[20001] [20001]"));
    }
}
