//! For tests of the reader: Word documents made in memory, and what was read of one as text.

use crate::import::document::{Block, Cell, Document, Paragraph, Run};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What documents call the namespaces that the tests write in.
const NAMESPACES: &str = r#"xmlns:w="w" xmlns:r="r" xmlns:mc="mc" xmlns:v="v" xmlns:o="o" xmlns:wp="wp" xmlns:wps="wps" xmlns:w14="w14""#;

/// A Word document in the making.
pub(super) struct Docx {
    parts: Vec<(String, Vec<u8>)>,
    relations: String,
}

impl Docx {
    /// With this in its body.
    pub(super) fn of(body: &str) -> Self {
        let main = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
        let types = "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
        Self { parts: Vec::new(), relations: String::new() }
            .part("[Content_Types].xml", types)
            .part(
                "_rels/.rels",
                relations(r#"<Relationship Id="d" Type="o/officeDocument" Target="word/document.xml"/>"#),
            )
            .part("word/document.xml", main)
    }

    /// With the part of a kind: `styles`, `numbering`, `footnotes`.
    pub(super) fn with(self, kind: &str, inside: &str) -> Self {
        let part = format!("<w:{kind} {NAMESPACES}>{inside}</w:{kind}>");
        self.part(&format!("word/{kind}.xml"), part).related(kind, kind, &format!("{kind}.xml"))
    }

    /// With a part; in place of the one of that name.
    pub(super) fn part(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.parts.retain(|(other, _)| other != name);
        self.parts.push((name.to_owned(), bytes.as_ref().to_vec()));
        self
    }

    /// With something that its text refers to by an id.
    pub(super) fn related(mut self, id: &str, kind: &str, target: &str) -> Self {
        let mode = if target.contains(':') { r#" TargetMode="External""# } else { "" };
        let _ =
            write!(self.relations, r#"<Relationship Id="{id}" Type="o/{kind}" Target="{target}"{mode}/>"#);
        self
    }

    /// Packed.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let of_main = ("word/_rels/document.xml.rels".to_owned(), relations(&self.relations).into_bytes());
        for (name, bytes) in self.parts.iter().chain([&of_main]) {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part begins");
            zip.write_all(bytes).expect("a part is written");
        }
        zip.finish().expect("an archive").into_inner()
    }

    /// What is read of it: a line a paragraph or row, then a line a remark.
    pub(super) fn read(&self) -> String {
        match super::read(&self.bytes()) {
            Ok(document) => shown(&document),
            Err(error) => format!("error: {error}"),
        }
    }
}

/// What is read of a document with this in its body.
pub(super) fn read(body: &str) -> String {
    Docx::of(body).read()
}

/// A paragraph of plain text, as XML.
pub(super) fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A run of plain text, as XML.
pub(super) fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn relations(inside: &str) -> String {
    format!("<Relationships>{inside}</Relationships>")
}

fn shown(document: &Document) -> String {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(of_paragraph(paragraph)),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(of_cell).collect();
                    lines.push(format!("| {} |", cells.join(" | ")));
                }
            }
        }
    }
    lines.extend(document.remarks.iter().map(|remark| format!("! {remark}")));
    lines.join("\n")
}

/// Its paragraphs, after the column where it begins; with how many it covers, and whether it goes on from above.
fn of_cell(cell: &Cell) -> String {
    let across = if cell.across > 1 { format!("+{}", cell.across - 1) } else { String::new() };
    let goes_on = if cell.continues { "^" } else { "" };
    let paragraphs: Vec<String> = cell.paragraphs.iter().map(of_paragraph).collect();
    format!("{}{across}{goes_on}: {}", cell.column, paragraphs.join(" / "))
}

fn of_paragraph(paragraph: &Paragraph) -> String {
    let heading = paragraph.heading.map(|level| "#".repeat(level.into()) + " ").unwrap_or_default();
    let label = match (paragraph.item, &paragraph.label) {
        (_, Some(label)) => format!("{label} "),
        (Some(_), None) => "- ".to_owned(),
        (None, None) => String::new(),
    };
    let depth = "  ".repeat(paragraph.item.map_or(0, |item| item.depth));
    format!("{heading}{depth}{label}{}", paragraph.runs.iter().map(of_run).collect::<String>())
}

fn of_run(run: &Run) -> String {
    match &run.link {
        Some(link) => format!("[{}]({link})", run.text),
        None if run.is_file => format!("<{}>", run.text),
        None => run.text.clone(),
    }
}
