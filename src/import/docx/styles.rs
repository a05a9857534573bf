//! Styles of paragraphs, of characters and of tables, each with what it has of the style that it is based on.

use super::theme::{Theme, fill, highlight};
use crate::import::document::Rgb;
use crate::import::xml::Element;
use std::collections::HashMap;

/// A style may be based on another, which is based on another, so many times.
const BASES: usize = 32;

/// What styles give to what is written in them.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    paragraph: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: Option<bool>,
    struck: Option<bool>,
    colour: Option<Rgb>,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<usize>,
    nested: Option<usize>,
}

/// What a paragraph, or a run, has of its style.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) hidden: bool,
    pub(super) struck: bool,
    pub(super) colour: Option<Rgb>,
    /// The level of a heading, from 1.
    pub(super) heading: Option<u8>,
    /// The list that it is in, and the level there.
    pub(super) list: Option<(String, Option<usize>)>,
    /// How deep its items are nested, where the style says so by its name.
    pub(super) nested: Option<usize>,
}

/// The level of Word's own styles of lists, each of which is a list by itself: "List Bullet 2".
fn level_of(name: &str) -> Option<usize> {
    let lower = name.to_lowercase();
    let rest = lower.strip_prefix("list bullet ").or_else(|| lower.strip_prefix("list number "))?;
    rest.parse::<usize>().ok()?.checked_sub(1)
}

impl Styles {
    pub(super) fn of(styles: Option<&Element>, theme: &Theme) -> Self {
        let mut all = Self::default();
        for element in styles.into_iter().flat_map(Element::elements).filter(|e| e.name == "style") {
            let Some(id) = element.attribute("styleId") else { continue };
            let is_default = element.attribute("default").is_some_and(|on| matches!(on, "1" | "true" | "on"));
            if is_default && element.attribute("type") == Some("paragraph") {
                all.paragraph = Some(id.to_owned());
            }
            let run = element.child("rPr");
            let on = |name| run.and_then(|run| run.is_on(name));
            let shades = [
                element.find(&["tcPr", "shd"]),
                element.find(&["pPr", "shd"]),
                element.find(&["rPr", "shd"]),
            ];
            let colour = shades.into_iter().flatten().find_map(|shd| fill(shd, theme));
            let number = element.find(&["pPr", "numPr"]);
            let style = Style {
                based_on: element.value(&["basedOn"]).map(str::to_owned),
                bold: on("b"),
                italic: on("i"),
                hidden: on("vanish"),
                struck: on("strike").or(on("dstrike")),
                colour: colour.or_else(|| highlight(element.value(&["rPr", "highlight"])?)),
                outline: element.value(&["pPr", "outlineLvl"]).and_then(|level| level.parse().ok()).or_else(
                    || {
                        // The title of a document is no heading to Word, and is one to whoever reads it.
                        let name = element.value(&["name"])?;
                        name.eq_ignore_ascii_case("title").then_some(0)
                    },
                ),
                list: number.and_then(|number| number.value(&["numId"])).map(str::to_owned),
                level: number.and_then(|number| number.value(&["ilvl"])).and_then(|level| level.parse().ok()),
                nested: element.value(&["name"]).and_then(level_of),
            };
            all.styles.insert(id.to_owned(), style);
        }
        all
    }

    /// What the style of this id gives; of none, that of paragraphs that name none.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Look {
        self.look(id.or(self.paragraph.as_deref()))
    }

    /// What the style of this id gives.
    pub(super) fn look(&self, id: Option<&str>) -> Look {
        let mut whole = Style::default();
        let mut next = id;
        for _ in 0..BASES {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            whole.bold = whole.bold.or(style.bold);
            whole.italic = whole.italic.or(style.italic);
            whole.hidden = whole.hidden.or(style.hidden);
            whole.struck = whole.struck.or(style.struck);
            whole.colour = whole.colour.or(style.colour);
            whole.outline = whole.outline.or(style.outline);
            whole.nested = whole.nested.or(style.nested);
            if whole.list.is_none() {
                whole.list.clone_from(&style.list);
                whole.level = whole.level.or(style.level);
            }
            next = style.based_on.as_deref();
        }
        Look {
            bold: whole.bold.unwrap_or(false),
            italic: whole.italic.unwrap_or(false),
            hidden: whole.hidden.unwrap_or(false),
            struck: whole.struck.unwrap_or(false),
            colour: whole.colour,
            heading: whole.outline.filter(|level| *level < 9).map(|level| level + 1),
            list: whole.list.map(|list| (list, whole.level)),
            nested: whole.nested,
        }
    }
}
