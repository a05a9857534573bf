//! What stands in a document, in its order: paragraphs and tables, and what tracked changes leave of them.

use super::fields::Fields;
use super::inline::Content;
use super::notes::Notes;
use super::numbering::Numbering;
use super::objects::file_name;
use super::package::{Package, Relations};
use super::remarks::Remarks;
use super::styles::Styles;
use super::theme::Theme;
use super::words::lost_words;
use crate::import::document::{Block, Remark};
use crate::import::error::ImportError;
use crate::import::lists;
use crate::import::xml::Element;
use std::collections::HashMap;

/// Reads a document's body in its order.
pub(super) struct Reader {
    pub(super) theme: Theme,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) relations: Relations,
    /// The names of files that are packed into parts without a name, by the part.
    pub(super) packaged: HashMap<String, String>,
    pub(super) notes: Notes,
    pub(super) fields: Fields,
    pub(super) tables: usize,
    /// In how many tables and notes what is read now stands.
    pub(super) depth: usize,
    /// How many bytes of addresses there are in what was read.
    pub(super) linked: usize,
    pub(super) remarks: Remarks,
}

/// Blocks in the making.
#[derive(Default)]
struct Flow<'e> {
    blocks: Vec<Block>,
    /// What stands in a paragraph that goes on in the next, and the first paragraph of which anything is left: the
    /// whole is in its list, and is a heading as it is.
    open: Option<(Content, &'e Element)>,
}

impl Reader {
    pub(super) fn new(package: &mut Package<'_>) -> Result<Self, ImportError> {
        let theme = Theme::of(package.of_kind("theme")?.as_ref());
        let styles = Styles::of(package.of_kind("styles")?.as_ref(), &theme);
        let numbering = Numbering::of(package.of_kind("numbering")?.as_ref());
        let notes = Notes::of(package)?;
        Ok(Self {
            theme,
            styles,
            numbering,
            relations: package.relations.clone(),
            packaged: package.packaged(),
            notes,
            fields: Fields::default(),
            tables: 0,
            depth: 0,
            linked: 0,
            remarks: Remarks::default(),
        })
    }

    /// Everything in the body.
    pub(super) fn body(&mut self, body: &Element) -> Vec<Block> {
        self.remarks.arrive(body);
        let mut blocks = self.container(body);
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

    /// What stands in a body, a cell, a note, a text box.
    pub(super) fn container(&mut self, element: &Element) -> Vec<Block> {
        let mut flow = Flow::default();
        self.blocks(element, &mut flow);
        self.close(&mut flow);
        flow.blocks
    }

    fn blocks<'e>(&mut self, parent: &'e Element, flow: &mut Flow<'e>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => {
                    let open = flow.open.take().filter(|(content, _)| !content.is_bare());
                    let (mut content, first) = open.unwrap_or_else(|| (Content::default(), element));
                    self.content(element, &mut content);
                    if is_unmarked(element) {
                        flow.open = Some((content, first));
                    } else {
                        self.end_paragraph(content, first, flow);
                    }
                }
                "tbl" => {
                    self.close(flow);
                    let table = self.table(element);
                    flow.blocks.push(Block::Table(table));
                }
                "altChunk" => self.taken_in(element),
                _ => {
                    if let Some(inner) = self.inside(element) {
                        self.blocks(inner, flow);
                    }
                }
            }
        }
    }

    /// Ends a paragraph that has nothing to go on in; of one that was taken out whole nothing is left.
    fn close<'e>(&mut self, flow: &mut Flow<'e>) {
        if let Some((content, element)) = flow.open.take()
            && !content.is_bare()
        {
            self.end_paragraph(content, element, flow);
        }
    }

    fn end_paragraph<'e>(&mut self, content: Content, element: &'e Element, flow: &mut Flow<'e>) {
        flow.blocks.extend(self.paragraph(element, content).into_iter().map(Block::Paragraph));
        if self.depth == 0 {
            flow.blocks.extend(self.due_notes().into_iter().map(Block::Paragraph));
        }
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
            "AlternateContent" => alternative(element),
            "del" => {
                self.remarks.deleted.push(lost_words(element));
                None
            }
            "moveFrom" => {
                self.remarks.moved.push(lost_words(element));
                None
            }
            _ => None,
        }
    }

    /// Says of a document that this one takes in, what it is.
    pub(super) fn taken_in(&mut self, element: &Element) {
        let target = element.attribute("id").and_then(|id| self.relations.get(id));
        let said = match target.and_then(|target| file_name(&target.target)) {
            Some(name) => {
                let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
                let kind = match ending.as_str() {
                    "docx" | "docm" | "dotx" | "doc" => "Word document",
                    "htm" | "html" | "xhtml" | "mht" | "mhtml" => "web page",
                    "rtf" => "Rich Text file",
                    "txt" => "text",
                    _ => "document",
                };
                format!("the {kind} \"{name}\"")
            }
            None => "a document without a name".to_owned(),
        };
        self.remarks.said.push(Remark::LeftOut(format!("{said}, which the document takes in")));
    }
}

/// Of what a document has for programs of different ages, what is read: the first that has something in it.
pub(super) fn alternative(element: &Element) -> Option<&Element> {
    let mut chosen = element.elements().filter(|e| e.name == "Choice" && e.elements().next().is_some());
    chosen.next().or_else(|| element.child("Fallback"))
}

/// Whether tracked changes took out the end of a paragraph.
fn is_unmarked(paragraph: &Element) -> bool {
    let mark = paragraph.find(&["pPr", "rPr"]);
    mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some())
}

#[cfg(test)]
mod tests {
    use crate::import::docx::testing::{Docx, p, r, read};

    fn change(kind: &str, inside: &str) -> String {
        format!(r#"<w:{kind} w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z">{inside}</w:{kind}>"#)
    }

    fn gone(text: &str) -> String {
        change("del", &format!("<w:r><w:delText>{text}</w:delText></w:r>"))
    }

    /// A paragraph whose mark a tracked change took out.
    fn unmarked(properties: &str, inside: &str, by: &str) -> String {
        format!(
            r#"<w:p><w:pPr>{properties}<w:rPr><w:{by} w:id="1" w:author="A"/></w:rPr></w:pPr>{inside}</w:p>"#
        )
    }

    #[test]
    fn words_that_tracked_changes_took_out_are_left_out_and_said() {
        let body = format!("<w:p>{}{}{}</w:p>", r("It is "), gone("March"), change("ins", &r("May")));
        insta::assert_snapshot!(read(&body), @r#"
        It is May
        ! left out: the tracked deletion "March"
        "#);
        // What a field in it says to the program is nothing that one reads.
        let field =
            r#"<w:r><w:delInstrText> PAGE </w:delInstrText></w:r><w:r><w:delText>7</w:delText></w:r>"#;
        insta::assert_snapshot!(read(&format!("<w:p>{}</w:p>", change("del", field))), @r#"

        ! left out: the tracked deletion "7"
        "#);
    }

    #[test]
    fn a_paragraph_whose_mark_was_taken_out_goes_on_in_the_next() {
        let heading = |level: &str, inside: &str| {
            format!(r#"<w:p><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>{inside}</w:p>"#)
        };
        insta::assert_snapshot!(read(&(unmarked(r#"<w:outlineLvl w:val="0"/>"#, &r("Mend "), "del") + &heading("1", &r("it.")) + &p("After."))), @"
        # Mend it.
        After.
        ");
        // One that was taken out whole leaves nothing behind, not even its number.
        let whole = unmarked(r#"<w:outlineLvl w:val="0"/>"#, &gone("Old."), "del");
        insta::assert_snapshot!(read(&(whole.clone() + &whole + &heading("1", &r("New.")))), @r#"
        ## New.
        ! left out: the tracked deletion "Old."
        ! left out: the tracked deletion "Old."
        "#);
        // With nothing to go on in, what is left of it stands for itself.
        let table =
            format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("a"), unmarked("", &r("b"), "del"));
        insta::assert_snapshot!(read(&(unmarked("", &r("Before."), "del") + &table + &unmarked("", "", "del"))), @"
        Before.
        | 0: a / b |
        ");
        insta::assert_snapshot!(read(&(unmarked("", &r("a"), "ins") + &p("b"))), @"
        a
        b
        ");
    }

    #[test]
    fn what_was_moved_is_read_where_it_arrived_and_said_only_where_it_did_not() {
        let range = |kind: &str, inside: &str| {
            format!(r#"<w:{kind}RangeStart w:id="1" w:name="move1"/>{inside}<w:{kind}RangeEnd w:id="1"/>"#)
        };
        let from = range("moveFrom", &change("moveFrom", &r("It moved.")));
        let to = range("moveTo", &(change("moveTo", &r("It ")) + &change("moveTo", &r("moved."))));
        let away = unmarked("", &from, "moveFrom");
        insta::assert_snapshot!(read(&format!("{away}{}<w:p>{to}</w:p>", p("It stayed."))), @"
        It stayed.
        It moved.
        ");
        insta::assert_snapshot!(read(&(away + &p("It stayed."))), @r#"
        It stayed.
        ! left out: "It moved.", which was moved to where it does not stand
        "#);
    }

    #[test]
    fn properties_as_they_were_before_a_change_say_nothing() {
        let before = r#"<w:pPr><w:outlineLvl w:val="0"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>"#;
        let run = r#"<w:r><w:rPr><w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>Text.</w:t></w:r>"#;
        let section = r#"<w:sectPr><w:sectPrChange w:id="1"><w:sectPr/></w:sectPrChange></w:sectPr>"#;
        let body = format!(
            r#"<w:p><w:pPr><w:pPrChange w:id="1">{before}</w:pPrChange></w:pPr>{run}</w:p>{}{section}"#,
            p("After.")
        );
        insta::assert_snapshot!(read(&body), @"
        Text.
        After.
        ");
    }

    #[test]
    fn documents_that_a_document_takes_in_are_named() {
        let body = r#"<w:altChunk r:id="web"/><w:altChunk r:id="word"/><w:altChunk r:id="gone"/><w:p><w:subDoc r:id="part"/></w:p>"#;
        let document = Docx::of(body)
            .related("web", "aFChunk", "afchunk1.htm")
            .related("word", "aFChunk", "parts/annex.docx")
            .related("part", "subDocument", "file:///c:/plans/Annex%20B.docx");
        insta::assert_snapshot!(document.read(), @r#"

        ! left out: the web page "afchunk1.htm", which the document takes in
        ! left out: the Word document "annex.docx", which the document takes in
        ! left out: a document without a name, which the document takes in
        ! left out: the Word document "Annex B.docx", which the document takes in
        "#);
    }

    #[test]
    fn hidden_text_is_left_out_and_so_is_struck_text_beside_other_text() {
        let run = |property: &str, text: &str| {
            format!("<w:r><w:rPr><w:{property}/></w:rPr><w:t>{text}</w:t></w:r>")
        };
        let body = format!("<w:p>{}{}{}</w:p>", run("vanish", "secret"), run("strike", "old "), r("new"));
        insta::assert_snapshot!(read(&body), @r#"
        new
        ! left out: the hidden text "secret"
        ! left out: struck through: "old"
        "#);
        // A style may say it, and a run that it is not so.
        let styles = r#"<w:style w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>"#;
        let styled = |more: &str| format!(r#"<w:rPr><w:rStyle w:val="Gone"/>{more}</w:rPr>"#);
        let runs = [("", "old "), (r#"<w:strike w:val="0"/>"#, "new")]
            .map(|(more, text)| format!("<w:r>{}<w:t>{text}</w:t></w:r>", styled(more)));
        let document = Docx::of(&format!("<w:p>{}</w:p>", runs.concat())).with("styles", styles);
        insta::assert_snapshot!(document.read(), @r#"
        new
        ! left out: struck through: "old"
        "#);
        // Alone it may be all that there is: a row that is done with.
        let cell = |inside: &str| format!("<w:tc><w:p>{inside}</w:p></w:tc>");
        let rows = [
            [run("strike", "1"), run("dstrike", "Do it")],
            [r("2"), run("strike", "Supt Old") + "</w:p><w:p>" + &r("Supt New")],
            [r("3"), run("strike", "Do that")],
        ];
        let rows: String = rows
            .iter()
            .map(|row| format!("<w:tr>{}</w:tr>", row.iter().map(|c| cell(c)).collect::<String>()))
            .collect();
        insta::assert_snapshot!(read(&format!("<w:tbl>{rows}</w:tbl>")), @r#"
        | 0: 1 | 1: Do it |
        | 0: 2 | 1: Supt New |
        | 0: 3 | 1: Do that |
        ! uncertain: table 1, row 1 is struck through, and read all the same
        ! left out: table 1, row 2: struck through: "Supt Old"
        ! uncertain: table 1, row 3: struck through, and read all the same: "Do that"
        "#);
    }

    #[test]
    fn what_is_nested_as_deep_as_may_be_is_read() {
        for (begin, end) in [
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
            (
                "<w:p><w:ins><w:r><w:AlternateContent><w:Choice><w:pict><w:txbxContent>",
                "</w:txbxContent></w:pict></w:Choice></w:AlternateContent></w:r></w:ins></w:p>",
            ),
        ] {
            let times = 240 / begin.matches('<').count();
            let text = read(&(begin.repeat(times) + &p("within") + &end.repeat(times)));
            assert!(text.contains("within"), "{begin}: {text}");
        }
    }
}
