//! How elements of HTML look, as far as it says something: struck through, and the colour behind them.

use super::is_among;
use crate::import::document::Rgb;

/// Elements that nothing ends.
const VOID: &str = "br hr img";

/// Nobody nests elements deeper in what is struck through.
const DEEPEST: usize = 100;

/// How what comes looks.
#[derive(Default)]
pub(super) struct Looks {
    /// The elements that are open from the first one on that is struck through, and whether each is.
    open: Vec<(String, bool)>,
    /// What was struck through.
    pub(super) struck: Vec<String>,
    /// The colour behind the first element that has one.
    pub(super) colour: Option<Rgb>,
}

impl Looks {
    /// An element begins.
    pub(super) fn start(&mut self, name: &str, style: &str, background: Option<&str>) {
        let is_struck = is_among("del s strike", name)
            || declared(style, "text-decoration").any(|value| value.contains("line-through"));
        let is_within = is_struck || !self.open.is_empty();
        if is_within && !is_among(VOID, name) && self.open.len() < DEEPEST {
            self.open.push((name.to_owned(), is_struck));
        }
        let mut behind = declared(style, "background").chain(background);
        let behind = behind.find_map(|value| value.split_whitespace().find_map(colour_of));
        self.colour = self.colour.or(behind);
    }

    /// An element ends.
    pub(super) fn stop(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.truncate(at);
        }
    }

    /// Whether a text is struck through, which is kept.
    pub(super) fn strike(&mut self, text: &str) -> bool {
        let is_struck = self.open.iter().any(|(_, is_struck)| *is_struck);
        if is_struck && text.contains(char::is_alphanumeric) {
            self.struck.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        is_struck
    }
}

/// The values of a style that has this property, or one whose name begins with it and a hyphen.
fn declared<'s>(style: &'s str, property: &'s str) -> impl Iterator<Item = &'s str> {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).filter_map(move |(name, value)| {
        let rest = name.trim().strip_prefix(property)?;
        (rest.is_empty() || rest.starts_with('-')).then_some(value.trim())
    })
}

/// A colour as CSS writes those of office programs: `#f00`, `#ff0000`, `red`.
fn colour_of(value: &str) -> Option<Rgb> {
    const NAMED: &[(&str, &str)] = &[
        ("red", "ff0000"),
        ("orange", "ffa500"),
        ("amber", "ffbf00"),
        ("gold", "ffd700"),
        ("yellow", "ffff00"),
        ("lime", "00ff00"),
        ("green", "008000"),
        ("blue", "0000ff"),
        ("purple", "800080"),
    ];
    let value = value.to_ascii_lowercase();
    let named = NAMED.iter().find(|(name, _)| *name == value).map(|(_, hex)| (*hex).to_owned());
    let short = value
        .strip_prefix('#')
        .filter(|hex| hex.len() == 3)
        .map(|hex| hex.chars().flat_map(|c| [c, c]).collect());
    Rgb::of_hex(&named.or(short).unwrap_or(value)).filter(|rgb| !rgb.is_white())
}
