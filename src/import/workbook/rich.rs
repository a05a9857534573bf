//! Texts of which a part is struck through. The library gives the text of a cell, and not how its parts look.

use crate::import::archive::Archive;
use crate::import::error::ImportError;
use crate::import::xml::Element;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Where a workbook keeps the texts of its cells.
const TEXTS: &str = "xl/sharedStrings.xml";

/// By the whole text: its parts.
pub(super) type Texts = BTreeMap<String, Vec<Part>>;

/// A part of a text, and whether it is struck through; where it says nothing of that, it is as its cell is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) is_struck: Option<bool>,
}

/// The texts of a workbook whose parts look different, and those of them that stand there several times and not always
/// with the same parts struck through: nobody can tell which is which.
///
/// # Errors
/// Where a part of the file is broken, or goes beyond a limit.
pub(super) fn texts(archive: &mut Archive<'_>) -> Result<(Texts, Vec<String>), ImportError> {
    let mut all = All::default();
    let sheets = archive.names().filter(|name| name.starts_with("xl/worksheets/") && name.ends_with(".xml"));
    let parts: Vec<String> = sheets.map(str::to_owned).chain([TEXTS.to_owned()]).collect();
    for part in parts {
        let Some(bytes) = archive.read_again(&part)? else { continue };
        let has = |what: &[u8]| memchr::memmem::find(&bytes, what).is_some();
        if part == TEXTS {
            // Of a text with no parts nothing is struck but by its cell.
            if has(b"rPr") {
                let texts = Element::parse(&part, &bytes)?;
                texts.elements().filter(|element| element.name == "si").for_each(|text| all.take(text));
            }
            continue;
        }
        // Some programs write a text into its cell.
        if has(b"<is>") && has(b"rPr") {
            let sheet = String::from_utf8_lossy(&bytes);
            for text in sheet.split("<is>").skip(1).filter_map(|rest| rest.split("</is>").next()) {
                all.take(&Element::parse(&part, format!("<is>{text}</is>").as_bytes())?);
            }
        }
    }
    let (texts, doubtful) = (all.texts, all.doubtful);
    let sure = texts.into_iter().filter(|(text, parts)| parts.len() > 1 && !doubtful.contains(text));
    Ok((sure.collect(), doubtful.iter().cloned().collect()))
}

/// The texts as they are taken down.
#[derive(Default)]
struct All {
    texts: Texts,
    doubtful: BTreeSet<String>,
}

impl All {
    fn take(&mut self, text: &Element) {
        let mut parts: Vec<Part> = Vec::new();
        for piece in text.elements() {
            // What is beside them says how a text is pronounced.
            let said = match piece.name.as_str() {
                "t" => piece.text(),
                "r" => piece.child("t").map(Element::text).unwrap_or_default(),
                _ => continue,
            };
            let look = piece.child("rPr");
            let is_struck = look.map(|look| look.is_on("strike").unwrap_or(false));
            match parts.last_mut().filter(|last| last.is_struck == is_struck) {
                Some(last) => last.text.push_str(&said),
                None => parts.push(Part { text: said, is_struck }),
            }
        }
        let whole: String = parts.iter().map(|part| part.text.as_str()).collect();
        let whole = whole.trim().to_owned();
        let is_struck = |parts: &[Part]| parts.iter().any(|part| part.is_struck == Some(true));
        match self.texts.entry(whole) {
            Entry::Vacant(entry) => _ = entry.insert(parts),
            Entry::Occupied(entry) => {
                if *entry.get() != parts && (is_struck(entry.get()) || is_struck(&parts)) {
                    self.doubtful.insert(entry.key().clone());
                }
            }
        }
    }
}
