//! Paragraphs, and the runs in them.

use super::body::{Reader, alternative};
use super::fields::{address, with_place};
use super::numbering::Label;
use super::styles::Look;
use super::symbols::{UNKNOWN, is_shape, symbol, typed};
use super::theme::{fill, highlight};
use super::words::words;
use crate::import::document::{Item, Paragraph, Rgb, Run};
use crate::import::xml::Element;

/// Addresses may take so many bytes: each piece of a text that leads somewhere has its own.
const LINKED: usize = 32 << 20;

/// What stands in a paragraph: its lines, of which the first has the paragraph's number, and boxes beside them.
pub(super) struct Content {
    lines: Vec<Vec<Run>>,
    boxes: Vec<Paragraph>,
}

/// How a run looks where it says nothing of its own, and where it leads.
#[derive(Clone, Default)]
struct Around {
    look: Look,
    link: Option<String>,
}

/// How the pieces of a run look.
struct Voice<'e> {
    look: Run,
    font: &'e str,
    /// The colour of its letters.
    ink: Option<Rgb>,
    is_hidden: bool,
}

impl Default for Content {
    fn default() -> Self {
        Self { lines: vec![Vec::new()], boxes: Vec::new() }
    }
}

impl Content {
    fn push(&mut self, run: Run) {
        if let Some(line) = self.lines.last_mut() {
            line.push(run);
        }
    }

    /// Whether nothing at all stands in it.
    pub(super) fn is_bare(&self) -> bool {
        self.lines.iter().all(Vec::is_empty) && self.boxes.is_empty()
    }
}

impl Reader {
    /// Reads what stands in a paragraph, after what stood there before.
    pub(super) fn content(&mut self, element: &Element, content: &mut Content) {
        let look = self.styles.paragraph(element.child("pPr").and_then(|p| p.value(&["pStyle"])));
        let mut around = Around { look, link: None };
        around.look.colour = self.behind(element).or(around.look.colour);
        // A text box stands in a paragraph, and its own fields are not those around it.
        let fields = std::mem::take(&mut self.fields);
        self.inline(element, &around, content);
        self.fields = fields;
    }

    /// The colour that a paragraph has behind it by itself.
    fn behind(&self, element: &Element) -> Option<Rgb> {
        fill(element.find(&["pPr", "shd"])?, &self.theme)
    }

    /// A paragraph of what stands in it: a paragraph a line, and those of its boxes.
    pub(super) fn paragraph(&mut self, element: &Element, mut content: Content) -> Vec<Paragraph> {
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
        // A paragraph in which nothing stands may still have a colour.
        let colour = self.behind(element).or(look.colour);
        if content.lines.iter().all(Vec::is_empty) && colour.is_some() {
            content.push(Run { colour, ..Run::default() });
        }
        let mut paragraphs: Vec<Paragraph> =
            content.lines.into_iter().map(|runs| Paragraph { runs, ..Paragraph::default() }).collect();
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
        paragraphs.extend(content.boxes);
        paragraphs
    }

    /// The runs inside a paragraph, a link, a field.
    fn inline(&mut self, parent: &Element, around: &Around, content: &mut Content) {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, around, content),
                "hyperlink" => {
                    let target = element.attribute("id").and_then(|id| self.relations.get(id));
                    let target = target.filter(|target| target.is_outside);
                    let link = target.map(|target| with_place(&target.target, element.attribute("anchor")));
                    let around = Around { link: link.or_else(|| around.link.clone()), ..around.clone() };
                    self.inline(element, &around, content);
                }
                "fldSimple" => {
                    let link = element.attribute("instr").and_then(address);
                    let around = Around { link: link.or_else(|| around.link.clone()), ..around.clone() };
                    self.inline(element, &around, content);
                }
                "oMath" | "oMathPara" => content.push(Run { text: element.text(), ..Run::default() }),
                "subDoc" => self.taken_in(element),
                _ => {
                    if let Some(inner) = self.inside(element) {
                        self.inline(inner, around, content);
                    }
                }
            }
        }
    }

    fn run(&mut self, element: &Element, around: &Around, content: &mut Content) {
        let properties = element.child("rPr");
        let on = |name| properties.and_then(|p| p.is_on(name));
        let style = properties.and_then(|p| p.value(&["rStyle"]));
        let style = self.styles.look(style);
        let shading = properties.and_then(|p| p.child("shd")).and_then(|shd| fill(shd, &self.theme));
        let marked = properties.and_then(|p| p.value(&["highlight"])).and_then(highlight);
        let fonts = properties.and_then(|p| p.child("rFonts"));
        let font = fonts.and_then(|fonts| fonts.attribute("ascii").or_else(|| fonts.attribute("hAnsi")));
        let look = Run {
            bold: on("b").unwrap_or(style.bold || around.look.bold),
            italic: on("i").unwrap_or(style.italic || around.look.italic),
            colour: marked.or(shading).or(style.colour).or(around.look.colour),
            is_struck: on("strike").or(on("dstrike")).unwrap_or(style.struck || around.look.struck),
            ..Run::default()
        };
        let ink = properties.and_then(|p| p.value(&["color"])).and_then(Rgb::of_hex);
        let voice = Voice {
            look,
            font: font.unwrap_or_default(),
            // Black is what all letters are.
            ink: ink.filter(|ink| *ink != Rgb(0, 0, 0)),
            is_hidden: on("vanish").unwrap_or(style.hidden || around.look.hidden),
        };
        self.pieces(element, &voice, around, content);
    }

    fn pieces(&mut self, parent: &Element, voice: &Voice<'_>, around: &Around, content: &mut Content) {
        for piece in parent.elements() {
            let text = match piece.name.as_str() {
                "fldChar" => match piece.attribute("fldCharType") {
                    Some("begin") => {
                        self.fields.begin(piece);
                        continue;
                    }
                    Some("separate") => {
                        self.fields.separate();
                        continue;
                    }
                    Some("end") => self.fields.end().unwrap_or_default(),
                    _ => continue,
                },
                "instrText" => {
                    self.fields.instruct(&piece.text());
                    continue;
                }
                // What a field says to the program is nothing that one reads.
                _ if self.fields.are_silent() => continue,
                "t" => self.typed(voice.font, &piece.text()),
                "tab" | "ptab" => " ".to_owned(),
                "noBreakHyphen" => "-".to_owned(),
                "sym" | "symEx" => self.symbol(piece).to_string(),
                "br" | "cr" => {
                    // A page or a column may break in the middle of a sentence.
                    match piece.attribute("type") {
                        Some("page" | "column") => " ".to_owned(),
                        _ => {
                            content.lines.push(Vec::new());
                            continue;
                        }
                    }
                }
                "footnoteReference" => self.note("footnote", piece),
                "endnoteReference" => self.note("endnote", piece),
                "ruby" => {
                    // How a word is read stands above it.
                    if let Some(base) = piece.child("rubyBase") {
                        self.inline(base, around, content);
                    }
                    match piece.child("rt").map(words) {
                        Some(reading) if !reading.is_empty() => format!(" ({reading})"),
                        _ => continue,
                    }
                }
                "AlternateContent" => {
                    let Some(chosen) = alternative(piece) else { continue };
                    self.pieces(chosen, voice, around, content);
                    continue;
                }
                "drawing" | "pict" => {
                    self.drawing(piece, &mut content.boxes);
                    continue;
                }
                "object" => {
                    self.drawing(piece, &mut content.boxes);
                    if let Some(name) = self.file(piece) {
                        let runs = vec![Run { text: name, is_file: true, ..Run::default() }];
                        content.boxes.push(Paragraph { runs, ..Paragraph::default() });
                    }
                    continue;
                }
                _ => continue,
            };
            self.show(text, voice, around, content);
        }
    }

    fn show(&mut self, text: String, voice: &Voice<'_>, around: &Around, content: &mut Content) {
        if text.is_empty() {
            return;
        }
        if voice.is_hidden {
            self.remarks.hidden.push(text);
            return;
        }
        self.fields.show(&text);
        let link = self.fields.link().or(around.link.as_ref());
        self.linked += link.map_or(0, String::len);
        let link = link.filter(|_| self.linked <= LINKED).cloned();
        // A shape says by its colour what words say by what is behind them.
        let ink = voice.ink.filter(|_| is_shape(&text));
        content.push(Run { text, link, colour: voice.look.colour.or(ink), ..voice.look.clone() });
    }

    /// The number of a note, as one refers to it.
    fn note(&mut self, kind: &'static str, reference: &Element) -> String {
        self.notes.refer(kind, reference).map(|number| format!("[{number}]")).unwrap_or_default()
    }

    /// What was typed in a font.
    fn typed(&mut self, font: &str, text: &str) -> String {
        let symbols = &mut self.remarks.symbols;
        typed(font, text, |code| _ = symbols.insert((font.to_owned(), format!("{code:04X}"))))
    }

    /// A symbol that stands in no text.
    fn symbol(&mut self, element: &Element) -> char {
        let font = element.attribute("font").unwrap_or_default();
        let code = element.attribute("char").unwrap_or_default();
        let found = u32::from_str_radix(code, 16).ok().and_then(|code| symbol(font, code));
        found.unwrap_or_else(|| {
            self.remarks.symbols.insert((font.to_owned(), code.to_owned()));
            UNKNOWN
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::import::document::{Block, Rgb};
    use crate::import::docx::testing::{Docx, p, r, read};

    #[test]
    fn the_reading_of_a_ruby_stands_behind_its_base() {
        let ruby = format!(
            "<w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>",
            r("kan"),
            r("base")
        );
        insta::assert_snapshot!(read(&format!("<w:p>{}<w:r>{ruby}</w:r>{}</w:p>", r("A "), r("."))), @"A base (kan).");
    }

    #[test]
    fn of_alternatives_the_first_with_something_in_it_is_read_wherever_it_stands() {
        let either = |choice: &str, fallback: &str| {
            format!(
                r#"<mc:AlternateContent><mc:Choice Requires="x">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"#
            )
        };
        insta::assert_snapshot!(read(&either(&p("chosen"), &p("other"))), @"chosen");
        insta::assert_snapshot!(read(&either("", &p("other"))), @"other");
        insta::assert_snapshot!(read(&format!("<w:p>{}</w:p>", either(&r("chosen"), &r("other")))), @"chosen");
        let in_run = either("<w:t>chosen</w:t>", "<w:t>other</w:t>");
        insta::assert_snapshot!(read(&format!("<w:p><w:r>{in_run}</w:r></w:p>")), @"chosen");
        let shape = |text: &str| format!("<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>", p(text));
        let drawn = either(&shape("chosen"), &shape("other"));
        insta::assert_snapshot!(read(&format!("<w:p><w:r>{drawn}</w:r></w:p>")), @"

        chosen
        ");
        let drawn = either("", &shape("other"));
        insta::assert_snapshot!(read(&format!("<w:p><w:r>{drawn}</w:r></w:p>")), @"

        other
        ");
        let emoji = r#"<mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F7E2"/></mc:Choice><mc:Fallback><w:t>green</w:t></mc:Fallback></mc:AlternateContent>"#;
        insta::assert_snapshot!(read(&format!("<w:p><w:r>{emoji}</w:r></w:p>")), @"🟢");
    }

    #[test]
    fn controls_show_what_was_chosen_and_nothing_that_asks() {
        let control = |properties: &str, text: &str| {
            format!(
                "<w:p><w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
                r(text)
            )
        };
        insta::assert_snapshot!(read(&control(r#"<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>"#, "☒")), @"☒");
        insta::assert_snapshot!(read(&control("<w:dropDownList/>", "Done")), @"Done");
        insta::assert_snapshot!(read(&control("<w:showingPlcHdr/><w:dropDownList/>", "Choose an item.")), @"");
    }

    #[test]
    fn a_shape_has_the_colour_in_which_it_is_drawn() {
        let cell = |colour: &str, text: &str| {
            let look = format!(r#"<w:rPr><w:color w:val="{colour}"/></w:rPr>"#);
            format!("<w:tc><w:p><w:r>{look}{text}</w:r></w:p></w:tc>")
        };
        let light = r#"<w:sym w:font="Wingdings" w:char="F06C"/>"#;
        let unsaid = cell("auto", light) + &cell("000000", light) + &cell("FF0000", "<w:t>Late</w:t>");
        let cells = cell("FF0000", light) + &unsaid;
        let document = Docx::of(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"));
        let read = crate::import::docx::read(&document.bytes()).expect("it is read");
        let Some(Block::Table(table)) = read.blocks.first() else { panic!("it is a table") };
        let colours: Vec<_> = table.rows[0].cells.iter().map(|cell| cell.colour).collect();
        assert_eq!(colours, [Some(Rgb(255, 0, 0)), None, None, None]);
    }

    #[test]
    fn a_line_break_begins_a_line_and_the_end_of_a_page_does_not() {
        let broken = r#"<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type="page"/><w:t>c</w:t><w:tab/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t></w:r></w:p>"#;
        insta::assert_snapshot!(read(broken), @"
        a
        b c d-e
        ");
    }
}
