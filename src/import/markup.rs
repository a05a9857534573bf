//! Cells that hold HTML, and cells that hold plain lines, to paragraphs.

use super::document::{Item, Paragraph, Run};
use super::lists;
use html5gum::{Token, Tokenizer};

/// The elements that are read as such. Whatever else stands between angle brackets, an address say, is text.
const KNOWN: &str = "a b blockquote br div em font h1 h2 h3 h4 h5 h6 hr i img li ol p s script span strong style sub sup table tbody td th thead tr u ul";

/// Whether an element is one of them.
fn is_known(name: &str) -> bool {
    KNOWN.split(' ').any(|known| known == name)
}

/// The paragraphs that a cell's text comes to.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs = if is_html(text) { of_html(text) } else { text.lines().flat_map(of_line).collect() };
    lists::settle(&mut paragraphs);
    paragraphs.retain(|paragraph: &Paragraph| !paragraph.text().is_empty());
    paragraphs
}

/// Whether a text has an element that is known.
fn is_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let after = rest[name.len()..].chars().next();
        is_known(&name.to_ascii_lowercase()) && after.is_some_and(|c| matches!(c, '>' | '/' | ' '))
    })
}

/// A line, and the items of a list that stand in it one behind the other.
fn of_line(line: &str) -> Vec<Paragraph> {
    let mut starts: Vec<usize> = line.match_indices(lists::is_plain_bullet).map(|(at, _)| at).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    starts.push(line.len());
    starts.windows(2).map(|at| Paragraph::plain(line[at[0]..at[1]].trim())).collect()
}

/// Paragraphs in the making.
#[derive(Default)]
struct Page {
    done: Vec<Paragraph>,
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
    /// In how many elements that hold no text for people this is.
    mute: usize,
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
            "a" => self.links.push(link),
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
            "span" | "font" | "u" | "s" | "sub" | "sup" | "img" => {}
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
                self.links.pop();
            }
            "script" | "style" => self.mute = self.mute.saturating_sub(1),
            "ul" | "ol" => {
                self.end();
                self.lists.pop();
                self.open.item = None;
                (self.has_items, self.is_item) = (!self.lists.is_empty(), false);
            }
            "span" | "font" | "u" | "s" | "sub" | "sup" | "img" => {}
            _ => self.end(),
        }
    }
}

fn of_html(text: &str) -> Vec<Paragraph> {
    let mut page = Page::default();
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for token in Tokenizer::new(text).flatten() {
        match token {
            Token::String(piece) => page.text(&read(&piece.value)),
            Token::StartTag(tag) => {
                let name = read(&tag.name);
                if is_known(&name) {
                    let link = tag.attributes.get(b"href".as_slice()).map(|href| read(&href.value));
                    page.start(&name, link);
                } else {
                    page.text(&format!("<{name}>"));
                }
            }
            Token::EndTag(tag) => {
                let name = read(&tag.name);
                if is_known(&name) {
                    page.stop(&name);
                } else {
                    page.text(&format!("</{name}>"));
                }
            }
            _ => {}
        }
    }
    page.end();
    page.done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let line = |p: &Paragraph| match p.item {
            Some(item) => format!(
                "{}{} {}",
                "  ".repeat(item.depth),
                if item.is_numbered { '#' } else { '*' },
                p.text()
            ),
            None => p.text(),
        };
        paragraphs(text).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn html_becomes_paragraphs_and_items() {
        insta::assert_snapshot!(told("<p>Make sure:</p> <ul style=\"x\"> • One. • Two<u>fold</u>. <p>After it.</p>"), @"
        Make sure:
        * One.
        * Twofold.
        After it.
        ");
        insta::assert_snapshot!(told("<ul> How it is organised. <p>2. How it helps.</p>"), @"
        * How it is organised.
        2. How it helps.
        ");
        insta::assert_snapshot!(told("A<ol><li>one<ul><li>in it</li></ul></li><li>two</li></ol>B &amp; C R&A <joe@x.org> a < b"), @"
        A
        # one
          * in it
        # two
        B & C R&A <joe@x.org> a < b
        ");
        insta::assert_snapshot!(told("<script>alert(1)</script><b>x</b><br>y<div>z</div>"), @"
        x
        y
        z
        ");
    }

    #[test]
    fn plain_lines_become_paragraphs_and_items() {
        insta::assert_snapshot!(told("Do:\n• one • two\n  o Nested\n- three\nEnd - of it\n\n1. stays"), @"
        Do:
        * one
        * two
          * Nested
            * three
        End - of it
        1. stays
        ");
    }
}
