//! Texts of which a part is struck through. The library gives the text of a cell, and not how its parts look.

use crate::import::archive::Archive;
use crate::import::error::ImportError;
use crate::import::xml::Element;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Where a workbook keeps the texts of its cells.
const TEXTS: &str = "xl/sharedStrings.xml";

/// By the whole text: what of it is struck through, and the rest.
pub(super) type Struck = BTreeMap<String, Rich>;

/// A text in two.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rich {
    pub(super) rest: String,
    pub(super) struck: String,
}

/// The texts of a workbook of which a part is struck through. One that stands there again without is in none.
///
/// # Errors
/// Where a part of the file is broken, or goes beyond a limit.
pub(super) fn struck(archive: &mut Archive<'_>) -> Result<Struck, ImportError> {
    let mut all: BTreeMap<String, Option<Rich>> = BTreeMap::new();
    let sheets = archive.names().filter(|name| name.starts_with("xl/worksheets/") && name.ends_with(".xml"));
    let parts: Vec<String> = sheets.map(str::to_owned).chain([TEXTS.to_owned()]).collect();
    for part in parts {
        let Some(bytes) = archive.read_again(&part)? else { continue };
        if memchr::memmem::find(&bytes, b"strike").is_none() {
            continue;
        }
        if part == TEXTS {
            let texts = Element::parse(&part, &bytes)?;
            texts.elements().filter(|element| element.name == "si").for_each(|text| take(text, &mut all));
            continue;
        }
        // Some programs write a text into its cell.
        let sheet = String::from_utf8_lossy(&bytes);
        for text in sheet.split("<is>").skip(1).filter_map(|rest| rest.split("</is>").next()) {
            take(&Element::parse(&part, format!("<is>{text}</is>").as_bytes())?, &mut all);
        }
    }
    Ok(all.into_iter().filter_map(|(text, rich)| Some((text, rich?))).collect())
}

/// Takes down a text.
fn take(text: &Element, all: &mut BTreeMap<String, Option<Rich>>) {
    let mut rich = Rich::default();
    let mut whole = String::new();
    for piece in text.elements() {
        // What is beside them says how a text is pronounced.
        let said = match piece.name.as_str() {
            "t" => piece.text(),
            "r" => piece.child("t").map(Element::text).unwrap_or_default(),
            _ => continue,
        };
        let is_struck = piece.child("rPr").and_then(|look| look.is_on("strike")).unwrap_or(false);
        whole.push_str(&said);
        if is_struck { &mut rich.struck } else { &mut rich.rest }.push_str(&said);
    }
    let found = Some(rich).filter(|rich| !rich.struck.is_empty());
    match all.entry(whole.trim().to_owned()) {
        Entry::Vacant(entry) => _ = entry.insert(found),
        Entry::Occupied(mut entry) if *entry.get() != found => _ = entry.insert(None),
        Entry::Occupied(_) => {}
    }
}
