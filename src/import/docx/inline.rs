//! Paragraphs, and the runs in them.

use super::body::Reader;
use super::fields::address;
use super::numbering::Label;
use super::styles::Look;
use super::symbols::symbol;
use super::theme::{fill, highlight};
use crate::import::document::{Item, Paragraph, Run};
use crate::import::xml::Element;

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
    pub(super) fn paragraph(&mut self, element: &Element) -> Vec<Paragraph> {
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
}
