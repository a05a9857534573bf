//! XML as a tree, within limits. There are no entities but the five that every document has; a document
//! type is refused, and with it whatever could be fetched or expanded.

use super::error::ImportError;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements may be nested so deep.
const DEPTH: usize = 256;
/// There may be so many elements and texts.
const NODES: usize = 4_000_000;

/// An element. Names are without their prefixes: those of the formats read here differ by name already.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
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
        let text = std::str::from_utf8(bytes).map_err(|_| broken(&"it is not UTF-8"))?;
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
            let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(Self { name: start.local_name().as_ref().to_owned(), attributes, children: Vec::new() })
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
