//! Paragraphs and tables as they stand in a document.

use super::numbering::{Label, Numbering};
use super::package::{Package, Relation};
use super::styles::{Look, Styles};
use super::theme::{Theme, fill, highlight};
use crate::import::document::{Block, Cell, Item, Paragraph, Rgb, Row, Run, Table};
use crate::import::error::ImportError;
use crate::import::lists;
use crate::import::xml::{Element, Node};
use std::collections::HashMap;

/// Reads a document's body in its order.
pub(super) struct Reader {
    theme: Theme,
    styles: Styles,
    numbering: Numbering,
    relations: HashMap<String, Relation>,
    /// What footnotes and endnotes say, by their kind and id.
    notes: HashMap<(&'static str, String), Element>,
    /// Notes that were referred to since the last of them was told, each with its number.
    pending: Vec<Paragraph>,
    noted: usize,
    fields: Vec<Field>,
    tables: usize,
    /// In how many tables and notes what is read now stands.
    depth: usize,
    deleted: Vec<String>,
    hidden: Vec<String>,
    struck: Vec<String>,
    remarks: Vec<String>,
}

/// A field whose end is still to come.
#[derive(Default)]
struct Field {
    instruction: String,
    /// Whether what comes is what it shows.
    shows: bool,
}

/// A paragraph in the making: its lines, of which the first has the paragraph's number.
struct Lines {
    lines: Vec<Vec<Run>>,
}

/// How a run looks where it says nothing of its own, and where it leads.
#[derive(Clone, Default)]
struct Around {
    look: Look,
    link: Option<String>,
}

impl Lines {
    fn push(&mut self, run: Run) {
        if let Some(line) = self.lines.last_mut() {
            line.push(run);
        }
    }
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

    fn blocks(&mut self, parent: &Element, blocks: &mut Vec<Block>) {
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
    fn inside<'e>(&mut self, element: &'e Element) -> Option<&'e Element> {
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

    fn table(&mut self, element: &Element) -> Table {
        self.tables += 1;
        let name = format!("table {}", self.tables);
        // How a table's style shades it says nothing of what stands in it.
        let mut rows = Vec::new();
        self.depth += 1;
        self.rows(element, &mut rows);
        self.depth -= 1;
        for (n, row) in rows.iter_mut().enumerate() {
            row.place = format!("row {}", n + 1);
        }
        Table { name, rows }
    }

    fn rows(&mut self, parent: &Element, rows: &mut Vec<Row>) {
        for element in parent.elements() {
            if element.name != "tr" {
                if let Some(inner) = self.inside(element) {
                    self.rows(inner, rows);
                }
                continue;
            }
            if element.find(&["trPr", "del"]).is_some() {
                let cells: Vec<String> =
                    element.elements().filter(|cell| cell.name == "tc").map(Element::text).collect();
                self.deleted.push(cells.join(" | "));
                continue;
            }
            let properties = element.child("trPr");
            let before = properties.and_then(|p| p.value(&["gridBefore"])).and_then(|n| n.parse().ok());
            let mut cells = Vec::new();
            self.cells(element, &mut before.unwrap_or(0), &mut cells);
            let is_header = properties.and_then(|p| p.is_on("tblHeader")).unwrap_or(false);
            rows.push(Row { place: String::new(), is_header, cells });
        }
    }

    fn cells(&mut self, parent: &Element, column: &mut usize, cells: &mut Vec<Cell>) {
        for element in parent.elements() {
            if element.name != "tc" {
                if let Some(inner) = self.inside(element) {
                    self.cells(inner, column, cells);
                }
                continue;
            }
            let properties = element.child("tcPr");
            let across = properties.and_then(|p| p.value(&["gridSpan"])).and_then(|n| n.parse().ok());
            let across = across.unwrap_or(1).max(1);
            let merge =
                |name| properties.and_then(|p| p.child(name)).map(|m| m.attribute("val") != Some("restart"));
            let mut blocks = Vec::new();
            self.blocks(element, &mut blocks);
            let mut paragraphs = self.flat(blocks);
            paragraphs.append(&mut self.pending);
            // Merged across in the way of old: the cell before covers this column too.
            if merge("hMerge") == Some(true)
                && let Some(last) = cells.last_mut()
            {
                last.across = last.across.saturating_add(across);
                last.paragraphs.append(&mut paragraphs);
            } else {
                let own = properties.and_then(|p| p.child("shd")).and_then(|shd| fill(shd, &self.theme));
                let colour = own.or_else(|| behind(&paragraphs));
                let continues = merge("vMerge").unwrap_or(false);
                cells.push(Cell { column: *column, across, continues, paragraphs, colour });
            }
            *column = column.saturating_add(across);
        }
    }

    /// The paragraphs of a cell; those of a table inside it in their order.
    fn flat(&mut self, blocks: Vec<Block>) -> Vec<Paragraph> {
        let mut paragraphs = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => paragraphs.push(paragraph),
                Block::Table(table) => {
                    self.remarks
                        .push(format!("{} stands inside a cell: it is read as paragraphs", table.name));
                    let cells = table.rows.into_iter().flat_map(|row| row.cells);
                    paragraphs.extend(cells.flat_map(|cell| cell.paragraphs));
                }
            }
        }
        paragraphs
    }

    fn paragraph(&mut self, element: &Element) -> Vec<Paragraph> {
        let properties = element.child("pPr");
        let look = self.styles.paragraph(properties.and_then(|p| p.value(&["pStyle"])));
        let own = |path: &[&str]| properties.and_then(|p| p.value(path));
        let list = match own(&["numPr", "numId"]) {
            Some(list) => Some((list.to_owned(), None)),
            None => look.list.clone(),
        };
        let level = own(&["numPr", "ilvl"]).and_then(|level| level.parse().ok());
        let outline =
            own(&["outlineLvl"]).and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 9);
        let shading = properties.and_then(|p| p.child("shd")).and_then(|shd| fill(shd, &self.theme));
        let mut around = Around { look: look.clone(), link: None };
        around.look.colour = shading.or(look.colour);
        let mut lines = Lines { lines: vec![Vec::new()] };
        let mut boxes = Vec::new();
        self.inline(element, &around, &mut lines, &mut boxes);
        // A paragraph in which nothing stands may still have a colour.
        let is_bare = lines.lines.iter().all(Vec::is_empty);
        if let (true, Some(_)) = (is_bare, around.look.colour) {
            lines.push(Run { colour: around.look.colour, ..Run::default() });
        }
        let mut paragraphs: Vec<Paragraph> =
            lines.lines.into_iter().map(|runs| Paragraph { runs, ..Paragraph::default() }).collect();
        // Word counts and shows the number of an empty paragraph too.
        if let (Some((list, own_level)), Some(first)) = (list, paragraphs.first_mut()) {
            let depth = level.or(own_level).unwrap_or(0).min(8);
            let counted = self.numbering.next(&list, depth);
            let depth = look.nested.unwrap_or(depth).min(8);
            match counted {
                Some(Label::Bullet) => first.item = Some(Item { depth, is_numbered: false }),
                Some(Label::Number(label)) => {
                    first.item = Some(Item { depth, is_numbered: true });
                    first.label = Some(label);
                }
                None => {}
            }
        }
        if let Some(first) = paragraphs.first_mut() {
            first.heading = outline.map(|level| level + 1).or(look.heading);
        }
        paragraphs.extend(boxes);
        paragraphs
    }

    /// The runs inside a paragraph, a link, a field.
    fn inline(&mut self, parent: &Element, around: &Around, lines: &mut Lines, boxes: &mut Vec<Paragraph>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, around, lines, boxes),
                "hyperlink" => {
                    let target = element.attribute("id").and_then(|id| self.relations.get(id));
                    let link = target.filter(|target| target.is_outside).map(|target| target.target.clone());
                    let around = Around { link: link.or_else(|| around.link.clone()), ..around.clone() };
                    self.inline(element, &around, lines, boxes);
                }
                "fldSimple" => {
                    let link = element.attribute("instr").and_then(address);
                    let around = Around { link: link.or_else(|| around.link.clone()), ..around.clone() };
                    self.inline(element, &around, lines, boxes);
                }
                "oMath" | "oMathPara" => lines.push(Run { text: element.text(), ..Run::default() }),
                _ => {
                    if let Some(inner) = self.inside(element) {
                        self.inline(inner, around, lines, boxes);
                    }
                }
            }
        }
    }

    fn run(&mut self, element: &Element, around: &Around, lines: &mut Lines, boxes: &mut Vec<Paragraph>) {
        let properties = element.child("rPr");
        let on = |name| properties.and_then(|p| p.is_on(name));
        let style = properties.and_then(|p| p.value(&["rStyle"]));
        let style = self.styles.look(style);
        let shading = properties.and_then(|p| p.child("shd")).and_then(|shd| fill(shd, &self.theme));
        let marked = properties.and_then(|p| p.value(&["highlight"])).and_then(highlight);
        let look = Run {
            text: String::new(),
            bold: on("b").unwrap_or(style.bold || around.look.bold),
            italic: on("i").unwrap_or(style.italic || around.look.italic),
            link: self.link().or_else(|| around.link.clone()),
            colour: marked.or(shading).or(style.colour).or(around.look.colour),
            is_file: false,
        };
        let is_struck = on("strike").or(on("dstrike")).unwrap_or(false);
        let is_hidden = on("vanish").unwrap_or(style.hidden || around.look.hidden);
        for piece in element.elements() {
            let text = match piece.name.as_str() {
                "fldChar" => {
                    self.field(piece.attribute("fldCharType").unwrap_or_default());
                    continue;
                }
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                        field.instruction.push_str(&piece.text());
                    }
                    continue;
                }
                // What a field says to the program is nothing that one reads.
                _ if self.fields.iter().any(|field| !field.shows) => continue,
                "t" => piece.text(),
                "tab" | "ptab" => " ".to_owned(),
                "noBreakHyphen" => "-".to_owned(),
                "sym" => symbol(piece.attribute("char").unwrap_or_default()),
                "br" | "cr" => {
                    // A page or a column may break in the middle of a sentence.
                    match piece.attribute("type") {
                        Some("page" | "column") => lines.push(Run { text: " ".to_owned(), ..look.clone() }),
                        _ => lines.lines.push(Vec::new()),
                    }
                    continue;
                }
                "footnoteReference" => self.note("footnote", piece),
                "endnoteReference" => self.note("endnote", piece),
                "drawing" | "pict" | "AlternateContent" => {
                    self.drawing(piece, boxes);
                    continue;
                }
                "object" => {
                    self.drawing(piece, boxes);
                    if let Some(name) = self.file(piece) {
                        boxes.push(Paragraph {
                            runs: vec![Run { text: name, is_file: true, ..Run::default() }],
                            ..Paragraph::default()
                        });
                    }
                    continue;
                }
                _ => continue,
            };
            if is_struck && text.contains(char::is_alphanumeric) {
                self.struck.push(text.clone());
            }
            if is_hidden {
                self.hidden.push(text);
            } else {
                let link = self.link().or_else(|| look.link.clone());
                lines.push(Run { text, link, ..look.clone() });
            }
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Where the fields that are open lead.
    fn link(&self) -> Option<String> {
        self.fields.iter().rev().find_map(|field| address(&field.instruction))
    }

    /// The number of a note, which is told after what refers to it.
    fn note(&mut self, kind: &'static str, reference: &Element) -> String {
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

    /// The text boxes in a drawing. What another program would show instead of one says the same again.
    fn drawing(&mut self, element: &Element, boxes: &mut Vec<Paragraph>) {
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
    fn file(&mut self, object: &Element) -> Option<String> {
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

/// The colour that is behind all of a cell's text; where it has none, that of its paragraphs.
fn behind(paragraphs: &[Paragraph]) -> Option<Rgb> {
    let (said, blank): (Vec<&Run>, Vec<&Run>) =
        paragraphs.iter().flat_map(|p| &p.runs).partition(|run| !run.text.trim().is_empty());
    let mut runs = if said.is_empty() { blank } else { said }.into_iter();
    let first = runs.next()?.colour?;
    runs.all(|run| run.colour == Some(first)).then_some(first).filter(|colour| !colour.is_white())
}

/// The address in `HYPERLINK "..."`.
fn address(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim();
    let (_, rest) = rest.split_once('"')?;
    let (address, _) = rest.split_once('"')?;
    // `\l` leads to a place in the document itself.
    (!instruction.contains("\\l")).then(|| address.to_owned())
}

/// A character of a font of symbols; those that mean yes and no are written as such.
fn symbol(code: &str) -> String {
    match u32::from_str_radix(code, 16).unwrap_or(0) & 0xFF {
        0xFC | 0xFE => "\u{2713}".to_owned(),
        0xFB | 0xFD => "\u{2717}".to_owned(),
        0xE0 | 0xE8 => "\u{2192}".to_owned(),
        0xA7 | 0xB7 | 0x6E | 0x71 | 0xD8 => "\u{2022} ".to_owned(),
        _ => " ".to_owned(),
    }
}
