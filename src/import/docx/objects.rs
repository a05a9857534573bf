//! Drawings with text in them, and files that are embedded.

use super::body::Reader;
use crate::import::document::Paragraph;
use crate::import::xml::Element;

impl Reader {
    /// The text boxes in a drawing. What another program would show instead of one says the same again.
    pub(super) fn drawing(&mut self, element: &Element, boxes: &mut Vec<Paragraph>) {
        for child in element.elements() {
            match child.name.as_str() {
                "Fallback" if element.child("Choice").is_some() => {}
                "txbxContent" => {
                    let mut blocks = Vec::new();
                    self.blocks(child, &mut blocks);
                    boxes.extend(self.flat(blocks));
                }
                _ => self.drawing(child, boxes),
            }
        }
    }

    /// The name of a file that is embedded.
    pub(super) fn file(&mut self, object: &Element) -> Option<String> {
        let ole = object.child("OLEObject").or_else(|| object.child("objectEmbed"))?;
        let target = ole.attribute("id").and_then(|id| self.relations.get(id));
        let name = target.and_then(|target| target.target.rsplit('/').next()).unwrap_or_default();
        let name = match name.rsplit_once('.') {
            Some((_, ending)) if !ending.eq_ignore_ascii_case("bin") => name.to_owned(),
            _ => format!("embedded file ({})", ole.attribute("ProgID").unwrap_or("of an unknown kind")),
        };
        self.remarks.push(format!("the embedded file \"{name}\" is named, and not taken out"));
        Some(name)
    }
}
