//! What readers, and the programs that they read with, make of a text: its markup, its character references and
//! what is percent-encoded in it are each taken for what they mean.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// A way to look at a page: texts, of which no word spans two.
pub(super) type View = Vec<String>;

/// Elements that keep no words apart.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "code", "del", "em", "i", "ins", "mark", "s", "small", "span", "strong", "sub",
    "sup", "time", "u", "wbr",
];

/// Attributes that say how a page looks, in words that no plan has a part in.
const LOOKS: &[&str] = &["class", "style"];

/// What HTML holds.
#[derive(Default)]
struct Held {
    /// Its text, each element by itself.
    apart: String,
    /// The same, with what stands on one line in one piece.
    joined: String,
    /// The same, as if there were no element.
    closed: String,
    /// Attributes and comments.
    hidden: Vec<String>,
}

fn held(html: &str) -> Held {
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut held = Held::default();
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        let tag = match token {
            Token::String(text) => {
                let text = read(&text.value);
                held.apart.push_str(&text);
                held.joined.push_str(&text);
                held.closed.push_str(&text);
                continue;
            }
            Token::Comment(comment) => {
                held.hidden.push(read(&comment.value));
                continue;
            }
            Token::StartTag(tag) => {
                let shown = |name: &[u8]| !LOOKS.iter().any(|looks| looks.as_bytes() == name);
                let values = tag.attributes.iter().filter(|(name, _)| shown(name));
                held.hidden.extend(values.map(|(_, value)| read(&value.value)));
                tag.name
            }
            Token::EndTag(tag) => tag.name,
            Token::Doctype(_) | Token::Error(_) => continue,
        };
        held.apart.push(' ');
        if !INLINE.iter().any(|name| name.as_bytes() == &**tag) {
            held.joined.push(' ');
        }
    }
    held
}

/// A page in HTML as it is looked at.
pub(super) fn page(html: &str) -> Vec<View> {
    let Held { apart, joined, closed: _, hidden } = held(html);
    let views = [vec![apart], vec![joined], hidden];
    let decoded = views.clone().map(|view| view.iter().map(|text| percent_decoded(text)).collect());
    views.into_iter().chain(decoded).collect()
}

/// A page in Markdown: as it is written, and as whoever shows it would.
pub(super) fn paper(markdown: &str) -> Vec<View> {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(markdown, Options::all()));
    std::iter::once(vec![markdown.to_owned()]).chain(page(&html)).collect()
}

/// A text of a plan as it is written, and all that can be made of it.
pub(super) fn readings(text: &str) -> BTreeSet<String> {
    /// What is made of it again: a reference to `&` that makes another reference.
    const ROUNDS: usize = 3;
    let mut all = BTreeSet::from([text.to_owned()]);
    let mut new = vec![text.to_owned()];
    for _ in 0..ROUNDS {
        let made: Vec<String> = new.iter().flat_map(|text| made_of(text)).collect();
        new = made.into_iter().filter(|text| all.insert(text.clone())).collect();
    }
    all
}

/// What a text is once its markup is taken for what it means.
fn made_of(text: &str) -> Vec<String> {
    let mut made = Vec::new();
    if text.contains(['*', '_', '~', '`', '[', '\\', '<', '&', '^', '|', '#', '>']) {
        made.extend(common_mark(text));
    }
    if text.contains(['<', '&']) {
        let Held { apart, joined: _, closed, hidden } = held(text);
        made.extend([apart, closed]);
        made.extend(hidden);
    }
    if text.contains(['%', '+']) {
        made.push(percent_decoded(text));
    }
    made
}

/// What a reader sees of a text in CommonMark, and where its links lead.
fn common_mark(text: &str) -> Vec<String> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let (mut plain, mut links) = (String::new(), Vec::new());
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::Html(html) => {
                plain.push(' ');
                links.push(html.into_string());
            }
            Event::InlineHtml(html) => links.push(html.into_string()),
            Event::Start(tag) => {
                if let Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } = &tag {
                    links.extend([dest_url.to_string(), title.to_string()]);
                }
                if let Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(language)) = &tag {
                    links.push(language.to_string());
                }
                if !is_inline(tag.to_end()) {
                    plain.push(' ');
                }
            }
            Event::End(tag) if !is_inline(tag) => plain.push(' '),
            Event::SoftBreak | Event::HardBreak | Event::Rule => plain.push(' '),
            _ => {}
        }
    }
    links.push(plain);
    links
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// An address as whoever follows it reads it: `%20` is a space, and so is `+` in what is asked for.
fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
