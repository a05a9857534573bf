//! XML as a tree, within limits. There are no entities but the five that every document has; a document
//! type is refused, and with it whatever could be fetched or expanded.

use super::error::ImportError;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;

/// Elements may be nested so deep.
const DEPTH: usize = 256;
/// There may be so many elements and texts.
const NODES: usize = 4_000_000;
/// An attribute that is longer is passed over: none that is read here is, and each that is may be copied many times.
const ATTRIBUTE: usize = 4096;

/// An element. Names are without their prefixes: those of the formats read here differ by name already.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Box<[(String, String)]>,
    pub(super) children: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The root of a document.
    pub(super) fn parse(part: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let broken = |error: &dyn std::fmt::Display| ImportError::broken(format!("{part}: {error}"));
        let text = decoded(bytes).map_err(|encoding| broken(&format!("it is not {encoding}")))?;
        let mut reader = Reader::from_str(text.trim_start_matches(crate::source::BOM));
        let mut open = vec![Self::default()];
        let mut nodes = 0_usize;
        loop {
            nodes += 1;
            if nodes > NODES {
                return Err(ImportError::limit(format!("{part} has more than {NODES} elements")));
            }
            match reader.read_event().map_err(|error| broken(&error))? {
                Event::Start(start) => {
                    if open.len() > DEPTH {
                        return Err(ImportError::limit(format!("{part} is nested more than {DEPTH} deep")));
                    }
                    open.push(Self::of(&start).map_err(|error| broken(&error))?);
                }
                Event::Empty(start) => {
                    let element = Self::of(&start).map_err(|error| broken(&error))?;
                    last(&mut open).children.push(Node::Element(element));
                }
                Event::End(_) => {
                    let Some(element) = open.pop() else { break };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(Node::Element(element)),
                        None => return Err(broken(&"an element ends that did not begin")),
                    }
                }
                Event::Text(piece) => {
                    last(&mut open).push_text(&piece.xml10_content());
                }
                Event::CData(piece) => {
                    last(&mut open).push_text(&piece.xml10_content());
                }
                Event::GeneralRef(reference) => {
                    let text = resolved(&reference).ok_or_else(|| broken(&"it has entities of its own"))?;
                    last(&mut open).push_text(&text);
                }
                Event::DocType(_) => {
                    return Err(ImportError::limit(format!("{part} has a document type of its own")));
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        if open.len() != 1 {
            return Err(broken(&"it ends in the middle of an element"));
        }
        let root = open.pop().into_iter().flat_map(|document| document.children);
        root.filter_map(Node::into_element).next().ok_or_else(|| broken(&"there is nothing in it"))
    }

    fn of(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            if attribute.value.len() > ATTRIBUTE {
                continue;
            }
            let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        let name = start.local_name().as_ref().to_owned();
        // Without room for more: there are millions of them.
        Ok(Self { name, attributes: attributes.into_boxed_slice(), children: Vec::new() })
    }

    fn push_text(&mut self, text: &str) {
        if let Some(Node::Text(last)) = self.children.last_mut() {
            last.push_str(text);
        } else {
            self.children.push(Node::Text(text.to_owned()));
        }
    }

    /// An attribute, by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The element to which these names lead from here.
    pub(super) fn find(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |here, name| here.child(name))
    }

    /// The `val` of the element to which these names lead.
    pub(super) fn value(&self, path: &[&str]) -> Option<&str> {
        self.find(path)?.attribute("val")
    }

    /// Whether a property that is on by being there is on.
    pub(super) fn is_on(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("val");
        Some(!matches!(value, Some("0" | "false" | "off" | "none")))
    }

    /// The texts below it, in their order.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for child in &self.children {
            match child {
                Node::Text(piece) => text.push_str(piece),
                Node::Element(element) => text.push_str(&element.text()),
            }
        }
        text
    }
}

impl Node {
    fn into_element(self) -> Option<Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }
}

/// The text of a part in the encoding that its first bytes show or its declaration names; of UTF-8 where there is
/// neither. If it is not in that encoding, the name of it.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, &'static str> {
    let encoding = match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => UTF_16BE,
        // Letters of one byte are not UTF-16, whatever the declaration says.
        _ => declared(bytes).map_or(UTF_8, Encoding::output_encoding),
    };
    match encoding.decode(bytes) {
        (text, _, false) => Ok(text),
        (_, encoding, true) => Err(encoding.name()),
    }
}

/// The encoding in `<?xml version="1.0" encoding="UTF-8"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let end = bytes.iter().take(200).position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(bytes.get(..end)?).ok()?.strip_prefix("<?xml")?;
    let (_, label) = declaration.split_once("encoding")?;
    let label = label.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(label[1..].split(quote).next()?.as_bytes())
}

/// The element that is open; the document itself is, when no other is.
fn last(open: &mut [Element]) -> &mut Element {
    let last = open.len() - 1;
    &mut open[last]
}

/// A character by its number, or one of the five entities that every document has.
fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character.to_string());
    }
    resolve_xml_entity(&reference.xml10_content()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(bytes: impl AsRef<[u8]>) -> Element {
        Element::parse("part", bytes.as_ref()).expect("it is well formed")
    }

    fn refused(bytes: impl AsRef<[u8]>) -> String {
        Element::parse("part", bytes.as_ref()).expect_err("it is refused").to_string()
    }

    fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn names_are_without_their_prefixes_and_text_is_whole() {
        let root = parsed(
            "\u{feff}<?xml version='1.0'?><w:p w:a=\"1 &amp; 2\"><!-- no --><w:t>a &lt; b&#x41;<![CDATA[ & <c>]]></w:t></w:p>",
        );
        assert_eq!((root.name.as_str(), root.attribute("a")), ("p", Some("1 & 2")));
        assert_eq!(root.child("t").map(Element::text).as_deref(), Some("a < bA & <c>"));
    }

    #[test]
    fn properties_are_on_by_being_there() {
        let root = parsed(r#"<p><a/><b val="0"/><c val="off"/><d val="true"/></p>"#);
        let on = ["a", "b", "c", "d", "e"].map(|name| root.is_on(name));
        assert_eq!(on, [Some(true), Some(false), Some(false), Some(true), None]);
    }

    #[test]
    fn utf_16_is_read_with_a_mark_and_without_and_so_is_what_a_declaration_names() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><p>Brontë – ☑</p>";
        let marked = format!("\u{feff}{text}");
        for bytes in [
            utf_16(&marked, u16::to_le_bytes),
            utf_16(&marked, u16::to_be_bytes),
            utf_16(text, u16::to_le_bytes),
            utf_16(text, u16::to_be_bytes),
            // What says that it is in UTF-16 in letters of one byte is not.
            text.as_bytes().to_vec(),
        ] {
            assert_eq!(parsed(bytes).text(), "Brontë – ☑");
        }
        let old = b"<?xml version='1.0' encoding='windows-1252'?><p>Bront\xeb \x96</p>";
        assert_eq!(parsed(old).text(), "Brontë –");
        insta::assert_snapshot!(refused(b"<p>Bront\xeb</p>"), @"the file is broken (part: it is not UTF-8): open it in the program that made it, and save it anew");
        let cut = utf_16(&marked, u16::to_le_bytes);
        insta::assert_snapshot!(refused(&cut[..cut.len() - 1]), @"the file is broken (part: it is not UTF-16LE): open it in the program that made it, and save it anew");
    }

    #[test]
    fn what_is_cut_off_or_crossed_is_broken() {
        for (broken, why) in [
            ("<p><t>text", "it ends in the middle of an element"),
            ("<p><t", "syntax error: tag not closed: `>` not found before end of input"),
            ("<p></t>", "ill-formed document: expected `</p>`, but `</t>` was found"),
            ("</p>", "ill-formed document: close tag `</p>` does not match any open tag"),
            ("<p>&own;</p>", "it has entities of its own"),
            ("<p a='&own;'/>", "unrecognized entity `own`"),
            ("", "there is nothing in it"),
            ("text", "there is nothing in it"),
        ] {
            let said = refused(broken);
            assert!(said.contains(why), "{broken}: {said}");
        }
    }

    #[test]
    fn limits_hold() {
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert_eq!(parsed(nested(DEPTH)).name, "a");
        assert!(refused(nested(DEPTH + 1)).starts_with("part is nested more than 256 deep"));
        assert!(
            refused("<!DOCTYPE p [<!ENTITY e 'x'>]><p>&e;</p>")
                .starts_with("part has a document type of its own")
        );
        // No attribute that is read is as long: what stands in one may be copied for each thing that refers to it.
        let long = format!("<p short=\"{}\" long=\"{}\"/>", "a".repeat(ATTRIBUTE), "a".repeat(ATTRIBUTE + 1));
        let root = parsed(long);
        assert_eq!(["short", "long"].map(|name| root.attribute(name).map(str::len)), [Some(ATTRIBUTE), None]);
    }
}
