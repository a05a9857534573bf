//! What stands in a document, in its order: paragraphs and tables, and what tracked changes leave of them.

use super::fields::Field;
use super::numbering::Numbering;
use super::package::{Package, Relation};
use super::styles::Styles;
use super::theme::Theme;
use crate::import::document::{Block, Paragraph};
use crate::import::error::ImportError;
use crate::import::lists;
use crate::import::xml::{Element, Node};
use std::collections::HashMap;

/// Reads a document's body in its order.
pub(super) struct Reader {
    pub(super) theme: Theme,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) relations: HashMap<String, Relation>,
    /// What footnotes and endnotes say, by their kind and id.
    pub(super) notes: HashMap<(&'static str, String), Element>,
    /// Notes that were referred to since the last of them was told, each with its number.
    pub(super) pending: Vec<Paragraph>,
    pub(super) noted: usize,
    pub(super) fields: Vec<Field>,
    pub(super) tables: usize,
    /// In how many tables and notes what is read now stands.
    pub(super) depth: usize,
    pub(super) deleted: Vec<String>,
    pub(super) hidden: Vec<String>,
    pub(super) struck: Vec<String>,
    pub(super) remarks: Vec<String>,
}

impl Reader {
    pub(super) fn new(package: &mut Package<'_>) -> Result<Self, ImportError> {
        let theme = Theme::of(package.of_kind("theme")?.as_ref());
        let styles = Styles::of(package.of_kind("styles")?.as_ref(), &theme);
        let numbering = Numbering::of(package.of_kind("numbering")?.as_ref());
        let mut notes = HashMap::new();
        for (kind, name) in [("footnotes", "footnote"), ("endnotes", "endnote")] {
            for child in package.of_kind(kind)?.into_iter().flat_map(|root| root.children) {
                if let Node::Element(note) = child
                    && let Some(id) = note.attribute("id").map(str::to_owned)
                {
                    notes.insert((name, id), note);
                }
            }
        }
        Ok(Self {
            theme,
            styles,
            numbering,
            relations: package.relations.clone(),
            notes,
            pending: Vec::new(),
            noted: 0,
            fields: Vec::new(),
            tables: 0,
            depth: 0,
            deleted: Vec::new(),
            hidden: Vec::new(),
            struck: Vec::new(),
            remarks: Vec::new(),
        })
    }

    /// Everything in the body.
    pub(super) fn body(&mut self, body: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.blocks(body, &mut blocks);
        for block in &mut blocks {
            if let Block::Table(table) = block {
                table
                    .rows
                    .iter_mut()
                    .flat_map(|row| &mut row.cells)
                    .for_each(|c| lists::settle(&mut c.paragraphs));
            }
        }
        blocks
    }

    /// What was left out, or is to be known.
    pub(super) fn remarks(&mut self) -> Vec<String> {
        let mut remarks = std::mem::take(&mut self.remarks);
        let struck = std::mem::take(&mut self.struck);
        remarks.extend(
            struck.iter().map(|text| format!("struck through, and read all the same: \"{}\"", text.trim())),
        );
        for (what, passages) in [
            ("tracked deletion", std::mem::take(&mut self.deleted)),
            ("hidden text", std::mem::take(&mut self.hidden)),
        ] {
            let told = passages.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
            remarks.extend(
                told.filter(|t| !t.is_empty()).map(|text| format!("left out: the {what} \"{text}\"")),
            );
        }
        remarks
    }

    pub(super) fn blocks(&mut self, parent: &Element, blocks: &mut Vec<Block>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => {
                    blocks.extend(self.paragraph(element).into_iter().map(Block::Paragraph));
                    if !self.is_in_table() {
                        blocks.extend(self.pending.drain(..).map(Block::Paragraph));
                    }
                }
                "tbl" => {
                    let table = self.table(element);
                    blocks.push(Block::Table(table));
                }
                "altChunk" => {
                    self.remarks.push("left out: a document that is embedded in the document".to_owned())
                }
                _ => {
                    if let Some(inner) = self.inside(element) {
                        self.blocks(inner, blocks);
                    }
                }
            }
        }
    }

    fn is_in_table(&self) -> bool {
        self.depth > 0
    }

    /// What stands inside an element that only marks something; nothing of what tracked changes took out.
    pub(super) fn inside<'e>(&mut self, element: &'e Element) -> Option<&'e Element> {
        match element.name.as_str() {
            "sdt" => {
                // What asks for words to be filled in is none of the document's own.
                let asks = element.find(&["sdtPr", "showingPlcHdr"]).is_some();
                element.child("sdtContent").filter(|_| !asks)
            }
            "customXml" | "smartTag" | "ins" | "moveTo" | "dir" | "bdo" => Some(element),
            "del" | "moveFrom" => {
                self.deleted.push(element.text());
                None
            }
            _ => None,
        }
    }
}
