//! The parts of a document, and what they call each other by.

use super::ole;
use crate::import::archive::Archive;
use crate::import::error::ImportError;
use crate::import::xml::Element;
use std::collections::HashMap;

/// A document's parts.
pub(super) struct Package<'b> {
    archive: Archive<'b>,
    main: String,
    /// What the main part refers to.
    pub(super) relations: Relations,
}

/// What a part refers to, in the order in which it says so.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    all: Vec<Relation>,
    /// The place of each, by its id.
    places: HashMap<String, usize>,
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
        let main = relations.of_kind("officedocument").next();
        let main = main.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target.clone());
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

    pub(super) fn part(&mut self, name: &str) -> Result<Option<Element>, ImportError> {
        let Some(bytes) = self.archive.read(name)? else { return Ok(None) };
        Element::parse(name, &bytes).map(Some)
    }

    /// The part of a kind that the document has one of: `styles`, `numbering`, `theme`.
    pub(super) fn of_kind(&mut self, kind: &str) -> Result<Option<Element>, ImportError> {
        let Some(target) = self.targets(kind).into_iter().next() else { return Ok(None) };
        self.part(&target)
    }

    /// The names of the parts of a kind.
    pub(super) fn targets(&self, kind: &str) -> Vec<String> {
        let inside = self.relations.of_kind(kind).filter(|relation| !relation.is_outside);
        inside.map(|relation| relation.target.clone()).collect()
    }

    /// The names of files that are packed into parts that have none themselves, by the part.
    pub(super) fn packaged(&mut self) -> HashMap<String, String> {
        let mut names = HashMap::new();
        let objects = ["oleobject", "package"].into_iter().flat_map(|kind| self.relations.of_kind(kind));
        let is_nameless =
            |target: &str| target.rsplit('.').next().is_some_and(|e| e.eq_ignore_ascii_case("bin"));
        for object in objects.filter(|object| !object.is_outside && is_nameless(&object.target)) {
            let start = self.archive.start(&object.target);
            if let Some(name) = start.and_then(|bytes| ole::label(&bytes)) {
                names.insert(object.target.clone(), name);
            }
        }
        names
    }

    /// Whether the file brings macros along.
    pub(super) fn has_macros(&self) -> bool {
        self.archive.names().any(|name| name.ends_with("vbaproject.bin"))
    }
}

impl Relations {
    /// What is referred to by an id.
    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.all.get(*self.places.get(id)?)
    }

    /// What is referred to as being of a kind.
    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Relation> {
        self.all.iter().filter(move |relation| relation.kind == kind)
    }
}

/// What a part refers to; of the archive itself where it has no name.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Relations, ImportError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{slash}_rels/{file}.rels");
    let Some(bytes) = archive.read(&name)? else { return Ok(Relations::default()) };
    let root = Element::parse(&name, &bytes)?;
    let mut relations = Relations::default();
    for element in root.elements() {
        let kind = element.attribute("Type").and_then(|kind| kind.rsplit('/').next()).map(str::to_lowercase);
        let (Some(kind), Some(target)) = (kind, element.attribute("Target")) else { continue };
        let is_outside = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
        let target = if is_outside { target.to_owned() } else { resolved(folder, target) };
        let place = relations.all.len();
        relations.places.entry(element.attribute("Id").unwrap_or_default().to_owned()).or_insert(place);
        relations.all.push(Relation { kind, target, is_outside });
    }
    Ok(relations)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::docx::testing::{Docx, p};

    #[test]
    fn a_name_leads_from_its_folder_and_never_out_of_the_archive() {
        for (folder, target, name) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "./parts/../styles.xml", "word/styles.xml"),
            ("word", "../custom/item.xml", "custom/item.xml"),
            ("word", "/custom/item.xml", "custom/item.xml"),
            ("word", "../../../etc/passwd", "etc/passwd"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", "", "word"),
        ] {
            assert_eq!(resolved(folder, target), name, "{folder} {target}");
        }
    }

    fn of_main(relations: &str) -> Docx {
        Docx::of(&p("where it is")).part("_rels/.rels", format!("<Relationships>{relations}</Relationships>"))
    }

    fn to(target: &str) -> String {
        format!(r#"<Relationship Id="{target}" Type="http://x/officeDocument" Target="{target}"/>"#)
    }

    #[test]
    fn the_main_part_is_the_first_that_is_named_or_stands_in_its_place() {
        let other = "<d><body><p><r><t>elsewhere</t></r></p></body></d>";
        for _ in 0..20 {
            let several =
                of_main(&(to("/text/main.xml") + &to("word/document.xml"))).part("text/main.xml", other);
            assert_eq!(several.read(), "elsewhere");
        }
        assert_eq!(of_main("").read(), "where it is");
        assert_eq!(of_main(&to("WORD\\Document.xml")).read(), "where it is");
        let gone = of_main(&to("word/gone.xml")).read();
        assert!(gone.contains("it holds no Word document"), "{gone}");
        let outside = of_main(
            r#"<Relationship Id="d" Type="officeDocument" Target="http://x/d.xml" TargetMode="External"/>"#,
        );
        assert!(outside.read().contains("it holds no Word document"));
        let bodiless = Docx::of("").part("word/document.xml", "<d/>").read();
        assert!(bodiless.contains("its Word document has no body"), "{bodiless}");
    }

    #[test]
    fn of_two_things_with_one_id_the_first_is_meant() {
        let body = r#"<w:p><w:hyperlink r:id="l"><w:r><w:t>there</w:t></w:r></w:hyperlink></w:p>"#;
        let document = Docx::of(body).related("l", "hyperlink", "https://a.b/").related(
            "l",
            "hyperlink",
            "https://c.d/",
        );
        assert_eq!(document.read(), "[there](https://a.b/)");
    }

    #[test]
    fn a_part_may_be_in_utf_16() {
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><d><body><p><r><t>Brontë</t></r></p></body></d>";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Docx::of("").part("word/document.xml", bytes).read(), "Brontë");
    }
}
