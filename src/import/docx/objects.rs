//! Drawings with text in them, and files that are embedded.

use super::body::{Reader, alternative};
use super::words::{cut, drawn_together};
use crate::import::document::{Paragraph, Remark};
use crate::import::xml::Element;

/// A name goes on for so many characters.
const NAME: usize = 200;

impl Reader {
    /// The text boxes in a drawing. What another program would show instead of one says the same again.
    pub(super) fn drawing(&mut self, element: &Element, boxes: &mut Vec<Paragraph>) {
        for child in element.elements() {
            match child.name.as_str() {
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.drawing(chosen, boxes);
                    }
                }
                "txbxContent" => {
                    let blocks = self.container(child);
                    boxes.extend(self.flat(blocks));
                }
                _ => self.drawing(child, boxes),
            }
        }
    }

    /// The best name that there is of a file that is embedded: of its part, in its package, under its icon.
    pub(super) fn file(&mut self, object: &Element) -> Option<String> {
        let ole = object.child("OLEObject").or_else(|| object.child("objectEmbed"))?;
        let target = ole.attribute("id").and_then(|id| self.relations.get(id));
        let of_part = target.and_then(|target| file_name(&target.target));
        let packaged = target.and_then(|target| self.packaged.get(&target.target)).cloned();
        let name = of_part.or(packaged).or_else(|| title(object));
        let name = name.map(|name| cut(&drawn_together(&name), NAME));
        let said = match (&name, target.is_some_and(|target| target.is_outside)) {
            (Some(name), false) => format!("the embedded file \"{name}\" is named, and not taken out"),
            (Some(name), true) => {
                format!("the file \"{name}\", which stands elsewhere, is named, and not fetched")
            }
            (None, _) => "an embedded file without a name is not taken out".to_owned(),
        };
        self.remarks.said.push(Remark::Read(said));
        Some(name.unwrap_or_else(|| {
            format!("embedded file ({})", ole.attribute("ProgID").unwrap_or("of an unknown kind"))
        }))
    }
}

/// The name of a file on a path; none where its ending says nothing of what it is.
pub(super) fn file_name(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next()?.replace("%20", " ");
    let (_, ending) = name.rsplit_once('.')?;
    (!ending.eq_ignore_ascii_case("bin")).then_some(name)
}

/// What somebody, or a program, wrote of a drawing for whoever does not see it.
fn title(element: &Element) -> Option<String> {
    element.elements().find_map(|child| {
        let own = match child.name.as_str() {
            "shape" => &["alt"][..],
            "imagedata" => &["title"],
            "docPr" => &["descr", "title"],
            _ => &[],
        };
        let own = own.iter().filter_map(|name| child.attribute(name)).find(|text| !text.trim().is_empty());
        own.map(str::to_owned).or_else(|| title(child))
    })
}

#[cfg(test)]
mod tests {
    use crate::import::docx::testing::Docx;

    fn object(shape: &str, ole: &str) -> String {
        format!(
            r#"<w:p><w:r><w:object>{shape}<o:OLEObject Type="Embed" ProgID="Package" {ole}/></w:object></w:r></w:p>"#
        )
    }

    #[test]
    fn an_embedded_file_has_the_best_name_that_there_is() {
        let icon = r#"<v:shape alt="Minutes of May.pdf"><v:imagedata o:title=""/></v:shape>"#;
        let titled = r#"<v:shape><v:imagedata r:id="i" o:title="The minutes"/></v:shape>"#;
        let drawn =
            r#"<w:drawing><wp:inline><wp:docPr name="Object 1" descr="A letter"/></wp:inline></w:drawing>"#;
        let body = object(icon, r#"r:id="named""#)
            + &object(icon, r#"r:id="bin""#)
            + &object(titled, r#"r:id="bin""#)
            + &object(drawn, r#"r:id="bin""#)
            + &object("", r#"r:id="bin""#)
            + &object("", r#"r:id="away""#);
        let document = Docx::of(&body)
            .related("named", "package", "embeddings/Microsoft_Word_Document.docx")
            .related("bin", "oleObject", "embeddings/oleObject1.bin")
            .related("away", "oleObject", "file:///\\\\server\\share\\plan.xlsx");
        insta::assert_snapshot!(document.read(), @r#"

        <Microsoft_Word_Document.docx>

        <Minutes of May.pdf>

        <The minutes>

        <A letter>

        <embedded file (Package)>

        <plan.xlsx>
        ! the embedded file "Microsoft_Word_Document.docx" is named, and not taken out
        ! the embedded file "Minutes of May.pdf" is named, and not taken out
        ! the embedded file "The minutes" is named, and not taken out
        ! the embedded file "A letter" is named, and not taken out
        ! an embedded file without a name is not taken out
        ! the file "plan.xlsx", which stands elsewhere, is named, and not fetched
        "#);
    }

    #[test]
    fn the_text_of_a_box_stands_behind_its_paragraph() {
        let body = r#"<w:p><w:r><w:drawing><wp:inline><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></wps:txbx></wp:inline></w:drawing><w:t>around</w:t></w:r></w:p>"#;
        insta::assert_snapshot!(Docx::of(body).read(), @"
        around
        boxed
        ");
    }
}
