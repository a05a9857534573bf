//! The parts of a document, and what they call each other by.

use crate::import::archive::Archive;
use crate::import::error::ImportError;
use crate::import::xml::Element;
use std::collections::HashMap;

/// A document's parts.
pub(super) struct Package<'b> {
    archive: Archive<'b>,
    main: String,
    /// What the main part refers to, by its id there.
    pub(super) relations: HashMap<String, Relation>,
}

/// What a part refers to.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// The last part of its type: `styles`, `hyperlink`.
    kind: String,
    /// A part's name in the archive, or an address outside.
    pub(super) target: String,
    pub(super) is_outside: bool,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ImportError> {
        let mut archive = Archive::open(bytes)?;
        let relations = relations(&mut archive, "")?;
        let main = relations.into_values().find(|relation| relation.kind == "officedocument");
        let main = main.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
        if !archive.has(&main) {
            return Err(ImportError::broken("it holds no Word document"));
        }
        let relations = self::relations(&mut archive, &main)?;
        Ok(Self { archive, main, relations })
    }

    /// The element that holds the document's paragraphs and tables.
    pub(super) fn main(&mut self) -> Result<Element, ImportError> {
        let root = self.part(&self.main.clone())?.unwrap_or_default();
        let body = root.children.into_iter().find_map(|child| match child {
            crate::import::xml::Node::Element(element) if element.name == "body" => Some(element),
            _ => None,
        });
        body.ok_or_else(|| ImportError::broken("its Word document has no body"))
    }

    fn part(&mut self, name: &str) -> Result<Option<Element>, ImportError> {
        let Some(bytes) = self.archive.read(name)? else { return Ok(None) };
        Element::parse(name, &bytes).map(Some)
    }

    /// The part of a kind that the document has one of: `styles`, `numbering`, `theme`.
    pub(super) fn of_kind(&mut self, kind: &str) -> Result<Option<Element>, ImportError> {
        let found = self.relations.values().find(|relation| relation.kind == kind && !relation.is_outside);
        let Some(target) = found.map(|relation| relation.target.clone()) else { return Ok(None) };
        self.part(&target)
    }

    /// What is in the file and no part of the plan.
    pub(super) fn remarks(&mut self) -> Result<Vec<String>, ImportError> {
        let mut remarks = Vec::new();
        if self.archive.names().any(|name| name.ends_with("vbaproject.bin")) {
            remarks.push("macros of the file are not read, and not run".to_owned());
        }
        let mut parts: Vec<(&str, String)> = Vec::new();
        for (kind, what) in [("header", "page header"), ("footer", "page footer"), ("comments", "comments")] {
            let of_kind = self.relations.values().filter(|r| r.kind == kind && !r.is_outside);
            parts.extend(of_kind.map(|relation| (what, relation.target.clone())));
        }
        parts.sort();
        for (what, target) in parts {
            let Some(part) = self.part(&target)? else { continue };
            let text = part.text();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.contains(char::is_alphanumeric) {
                remarks.push(format!("left out: the {what} \"{text}\""));
            }
        }
        Ok(remarks)
    }
}

/// What a part refers to; of the archive itself where it has no name.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<HashMap<String, Relation>, ImportError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{slash}_rels/{file}.rels");
    let Some(bytes) = archive.read(&name)? else { return Ok(HashMap::new()) };
    let root = Element::parse(&name, &bytes)?;
    let relation = |element: &Element| {
        let kind = element.attribute("Type")?.rsplit('/').next()?.to_lowercase();
        let is_outside = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
        let target = element.attribute("Target")?;
        let target = if is_outside { target.to_owned() } else { resolved(folder, target) };
        Some((element.attribute("Id")?.to_owned(), Relation { kind, target, is_outside }))
    };
    Ok(root.elements().filter_map(relation).collect())
}

/// The name in the archive of what is named from a folder in it.
fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in from.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
