//! The elements of HTML, one after the other, to paragraphs.

use super::is_among;
use super::looks::Looks;
use crate::import::document::{Item, Paragraph, Run};
use crate::import::lists;
use html5gum::{Token, Tokenizer};

/// Those that only mark the text in them.
const INLINE: &str = "del font img o:p s span strike sub sup u";

/// Paragraphs in the making.
#[derive(Default)]
pub(super) struct Page {
    pub(super) done: Vec<Paragraph>,
    open: Paragraph,
    /// The lists that are open, and whether each is numbered.
    lists: Vec<bool>,
    /// Whether the items of the list have elements of their own.
    has_items: bool,
    /// Whether what comes is an item without one.
    is_item: bool,
    bold: usize,
    italic: usize,
    links: Vec<Option<String>>,
    /// Whether anything was written since the last link began.
    linked: bool,
    /// In how many elements that hold no text for people this is.
    mute: usize,
    /// How what comes looks.
    pub(super) looks: Looks,
}

impl Page {
    fn end(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        if self.is_item && open.item.is_none() {
            open.item = self.item();
        }
        if open.text().is_empty() {
            self.open.item = open.item;
        } else {
            self.done.push(open);
        }
    }

    fn item(&self) -> Option<Item> {
        let is_numbered = *self.lists.last()?;
        Some(Item { depth: self.lists.len() - 1, is_numbered })
    }

    fn text(&mut self, text: &str) {
        if self.mute > 0 {
            return;
        }
        if self.looks.strike(text) {
            return;
        }
        for piece in text.split_inclusive(lists::is_plain_bullet) {
            let (words, bullet) = match piece.chars().next_back() {
                Some(last) if lists::is_plain_bullet(last) => {
                    (&piece[..piece.len() - last.len_utf8()], Some(last))
                }
                _ => (piece, None),
            };
            self.words(words);
            if let Some(bullet) = bullet {
                let was = std::mem::take(&mut self.is_item);
                self.is_item = was && !self.open.text().is_empty();
                self.end();
                self.is_item = was;
                // Which bullet it is says how deep the item is nested.
                self.words(&bullet.to_string());
            }
        }
    }

    fn words(&mut self, text: &str) {
        let words = text.replace(['\n', '\r', '\t', '\u{a0}'], " ");
        self.linked |= !words.trim().is_empty();
        self.open.runs.push(Run {
            text: words,
            bold: self.bold > 0,
            italic: self.italic > 0,
            link: self.links.last().cloned().flatten(),
            ..Run::default()
        });
    }

    fn start(&mut self, name: &str, link: Option<String>) {
        match name {
            "b" | "strong" => self.bold += 1,
            "i" | "em" => self.italic += 1,
            "a" => {
                self.links.push(link);
                self.linked = false;
            }
            "script" | "style" => self.mute += 1,
            "ul" | "ol" => {
                self.end();
                self.lists.push(name == "ol");
                (self.has_items, self.is_item) = (false, true);
            }
            "li" => {
                self.end();
                (self.has_items, self.is_item) = (true, false);
                self.open.item = self.item().or(Some(Item { depth: 0, is_numbered: false }));
            }
            name if is_among(INLINE, name) => {}
            _ => {
                self.end();
                // A paragraph within a list, and in none of its items, comes after it: somebody forgot to end it.
                if !self.has_items && self.is_item {
                    self.lists.pop();
                    self.is_item = false;
                }
            }
        }
    }

    fn stop(&mut self, name: &str) {
        match name {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "i" | "em" => self.italic = self.italic.saturating_sub(1),
            "a" => {
                // A link without a word on it is its address.
                let address = self.links.last().cloned().flatten().filter(|_| !self.linked);
                if let Some(address) = address {
                    self.words(&address);
                }
                self.links.pop();
            }
            "script" | "style" => self.mute = self.mute.saturating_sub(1),
            "ul" | "ol" => {
                self.end();
                self.lists.pop();
                self.open.item = None;
                (self.has_items, self.is_item) = (!self.lists.is_empty(), false);
            }
            name if is_among(INLINE, name) => {}
            _ => self.end(),
        }
    }
}

/// What a text in HTML holds.
pub(super) fn of_html(text: &str) -> Page {
    let mut page = Page::default();
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for token in Tokenizer::new(text).flatten() {
        match token {
            Token::String(piece) => page.text(&read(&piece.value)),
            Token::StartTag(tag) => {
                let said = |name: &[u8]| tag.attributes.get(name).map(|value| read(&value.value));
                let name = read(&tag.name);
                page.looks.start(&name, &said(b"style").unwrap_or_default(), said(b"bgcolor").as_deref());
                page.start(&name, said(b"href"));
                // What a picture shows is said for whoever does not see it.
                if let Some(shown) = said(b"alt").filter(|_| *tag.name == *b"img") {
                    page.text(&format!("(picture: {})", shown.trim()));
                }
            }
            Token::EndTag(tag) => {
                page.looks.stop(&read(&tag.name));
                page.stop(&read(&tag.name));
            }
            _ => {}
        }
    }
    page.end();
    page
}
