//! Numbers that Word counts and that stand in no text.

use crate::import::xml::Element;
use std::collections::HashMap;
use std::rc::Rc;

/// Levels of a list, as many as the format has.
const LEVELS: usize = 9;
/// No label goes on after so many characters.
const LABEL: usize = 60;

/// The lists of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    shapes: HashMap<String, Rc<[Level]>>,
    lists: HashMap<String, List>,
    /// How far lists of one shape are counted: they count on from each other.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1.%2`
    text: String,
    /// Whether all numbers in the text are decimal.
    is_legal: bool,
    /// It begins anew after any of so many levels from the outermost; where nothing is said, after each above it.
    restarts: Option<usize>,
}

#[derive(Debug, Default)]
struct List {
    shape: String,
    /// Levels that this list counts anew, or has a shape of its own for.
    own: HashMap<usize, (Option<u32>, Option<Level>)>,
    is_begun: [bool; LEVELS],
}

/// What stands before a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A bullet.
    Bullet,
    /// A number: `3.`
    Number(String),
}

impl Numbering {
    pub(super) fn of(numbering: Option<&Element>) -> Self {
        let mut all = Self::default();
        // By the style that it defines the shape; and the shapes that are those of a style.
        let mut of_style: HashMap<&str, Rc<[Level]>> = HashMap::new();
        let mut linked: Vec<(&str, &str)> = Vec::new();
        for element in numbering.into_iter().flat_map(Element::elements) {
            match element.name.as_str() {
                "abstractNum" => {
                    let Some(id) = element.attribute("abstractNumId") else { continue };
                    let mut levels = vec![Level::default(); LEVELS];
                    for level in element.elements().filter(|e| e.name == "lvl") {
                        if let Some(place) = number(level).and_then(|n| levels.get_mut(n)) {
                            *place = Level::of(level);
                        }
                    }
                    let levels: Rc<[Level]> = levels.into();
                    if let Some(style) = element.value(&["styleLink"]) {
                        of_style.insert(style, Rc::clone(&levels));
                    }
                    linked.extend(element.value(&["numStyleLink"]).map(|style| (id, style)));
                    all.shapes.insert(id.to_owned(), levels);
                }
                "num" => {
                    let Some(id) = element.attribute("numId") else { continue };
                    let shape = element.value(&["abstractNumId"]).unwrap_or_default().to_owned();
                    let own = element.elements().filter(|e| e.name == "lvlOverride").filter_map(|own| {
                        let start = own.value(&["startOverride"]).and_then(|start| start.parse().ok());
                        Some((number(own)?, (start, own.child("lvl").map(Level::of))))
                    });
                    all.lists.insert(id.to_owned(), List { shape, own: own.collect(), ..List::default() });
                }
                _ => {}
            }
        }
        for (id, style) in linked {
            if let Some(levels) = of_style.get(style) {
                all.shapes.insert(id.to_owned(), Rc::clone(levels));
            }
        }
        all
    }

    /// What stands before the next paragraph of a list at a level; nothing where the document has no such list.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<Label> {
        let list = self.lists.get_mut(list)?;
        let shape = self.shapes.get(&list.shape)?;
        let own = |at: usize| list.own.get(&at).and_then(|(_, level)| level.as_ref()).or(shape.get(at));
        let this = own(level)?;
        if this.format == "bullet" {
            return Some(Label::Bullet);
        }
        let counts = self.counts.entry(list.shape.clone()).or_default();
        let anew = list.own.get(&level).and_then(|(start, _)| *start).filter(|_| !list.is_begun[level]);
        list.is_begun[level] = true;
        let next = anew.or_else(|| counts[level]?.checked_add(1)).unwrap_or(this.start);
        counts[level] = Some(next);
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restarts = own(below).and_then(|below| below.restarts).unwrap_or(below);
            if level < restarts {
                *count = None;
            }
        }
        if this.format == "none" {
            return None;
        }
        let mut text = String::new();
        let mut rest = this.text.chars();
        while let Some(c) = rest.next() {
            if text.len() > LABEL {
                break;
            }
            let digit = (c == '%').then(|| rest.clone().next()?.to_digit(10)).flatten();
            let Some(at) = digit.and_then(|digit| (digit as usize).checked_sub(1)) else {
                text.push(c);
                continue;
            };
            rest.next();
            if let Some(level) = own(at) {
                let format = if this.is_legal { "decimal" } else { &level.format };
                text.push_str(&written(counts[at].unwrap_or(level.start), format));
            }
        }
        let text = text.trim();
        (!text.is_empty()).then(|| Label::Number(text.to_owned()))
    }
}

impl Level {
    fn of(level: &Element) -> Self {
        Self {
            start: level.value(&["start"]).and_then(|start| start.parse().ok()).unwrap_or(0),
            format: level.value(&["numFmt"]).unwrap_or("decimal").to_owned(),
            text: level.value(&["lvlText"]).unwrap_or_default().to_owned(),
            is_legal: level.is_on("isLgl").unwrap_or(false),
            restarts: level.value(&["lvlRestart"]).and_then(|levels| levels.parse().ok()),
        }
    }
}

fn number(level: &Element) -> Option<usize> {
    level.attribute("ilvl")?.parse().ok().filter(|level| *level < LEVELS)
}

/// A number in a format.
fn written(n: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(n),
        "upperLetter" => letters(n).to_uppercase(),
        "lowerRoman" => roman(n),
        "upperRoman" => roman(n).to_uppercase(),
        "decimalZero" => format!("{n:02}"),
        "none" => String::new(),
        _ => n.to_string(),
    }
}

/// a, b, ..., z, aa, bb, ...
fn letters(n: u32) -> String {
    let Some(before) = n.checked_sub(1) else { return n.to_string() };
    let letter = char::from_u32(u32::from(b'a') + before % 26).unwrap_or('?');
    String::from(letter).repeat((before / 26 + 1).min(40) as usize)
}

fn roman(n: u32) -> String {
    const PARTS: &[(u32, &str)] = &[
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if n == 0 || n >= 4000 {
        return n.to_string();
    }
    let mut rest = n;
    let mut text = String::new();
    for (value, sign) in PARTS {
        while rest >= *value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let all: Vec<String> =
            [("lowerLetter", 27), ("upperRoman", 1994), ("decimalZero", 7), ("decimal", 12)]
                .iter()
                .map(|(format, n)| written(*n, format))
                .collect();
        assert_eq!(all, ["aa", "MCMXCIV", "07", "12"]);
    }

    #[test]
    fn lists_of_one_shape_count_on_and_a_level_begins_anew() {
        let xml = br#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="4">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2)"/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num>
            <w:num w:numId="3"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="21"/></w:lvlOverride></w:num>
            </w:numbering>"#;
        let asked =
            [("1", 0), ("1", 1), ("1", 1), ("2", 0), ("2", 1), ("3", 0), ("3", 0), ("3", 2), ("9", 0)];
        let told = ["1.", "1.i)", "1.ii)", "2.", "2.i)", "21.", "22.", "bullet", "none"];
        assert_eq!(labels(xml, &asked), told);
    }

    /// What stands before paragraphs of these lists at these levels.
    fn labels(xml: &[u8], asked: &[(&str, usize)]) -> Vec<String> {
        let root = Element::parse("numbering", xml).expect("it is well formed");
        let mut numbering = Numbering::of(Some(&root));
        let label = |(list, level): &(&str, usize)| match numbering.next(list, *level) {
            Some(Label::Number(text)) => text,
            Some(Label::Bullet) => "bullet".to_owned(),
            None => "none".to_owned(),
        };
        asked.iter().map(label).collect()
    }

    #[test]
    fn a_list_of_a_style_has_the_levels_of_the_list_that_defines_the_style() {
        let xml = br#"<w:numbering xmlns:w="w">
            <w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Actions"/></w:abstractNum>
            <w:abstractNum w:abstractNumId="2"><w:styleLink w:val="Actions"/>
            <w:lvl w:ilvl="0"><w:start w:val="3"/><w:lvlText w:val="Action %1"/></w:lvl></w:abstractNum>
            <w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Nowhere"/></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num></w:numbering>"#;
        assert_eq!(labels(xml, &[("1", 0), ("1", 0), ("2", 0)]), ["Action 3", "Action 4", "none"]);
    }

    #[test]
    fn a_legal_number_is_decimal_all_through() {
        let xml = br#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1">
            <w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
        assert_eq!(labels(xml, &[("1", 0), ("1", 1), ("1", 2)]), ["IV", "IV.a", "4.1.1"]);
    }

    #[test]
    fn a_level_begins_anew_after_the_levels_that_it_names() {
        let xml = br#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:lvlRestart w:val="0"/><w:lvlText w:val="R%2"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:lvlRestart w:val="1"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
        let asked = [0, 1, 2, 1, 2, 0, 1, 2].map(|level| ("1", level));
        assert_eq!(labels(xml, &asked), ["1", "R1", "1)", "R2", "2)", "2", "R3", "1)"]);
    }

    #[test]
    fn no_label_is_longer_than_one_can_read() {
        let text = "%1".repeat(1000);
        let xml = format!(
            r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="7"/>
            <w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#
        );
        assert!(labels(xml.as_bytes(), &[("1", 0)])[0].chars().count() <= LABEL + 40);
    }
}
