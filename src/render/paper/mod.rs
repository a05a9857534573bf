//! A plan's own text, in CommonMark, as Markdown to paste into a paper: nothing in it runs or is fetched, and
//! nothing looks like a part of the paper.
//!
//! Whoever shows the paper reads it as CommonMark or as GitHub does, which knows tables, and links what looks like
//! an address. A text is mended until both find nothing amiss.

mod blocks;
mod edits;
mod references;

pub(super) use references::destination;

use super::links::is_safe;
use crate::render::markdown::{self, addresses_in};
use crate::visible::{escape, is_hidden, push_escaped};
use edits::{Edits, is_escaped};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// After so many passes nobody has written a text in earnest.
const PASSES: usize = 8;

/// How a paper is read.
fn readers() -> [Options; 2] {
    let github = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    [Options::empty(), github]
}

/// A text as Markdown, in which HTML and links that lead elsewhere are text, pictures are links, headings are bold,
/// and no reference leads out of it or into it.
pub(super) fn markdown(text: &str) -> String {
    let mut text = without_hidden_references(&without_tabs(&escape(text.trim())));
    // What is mended in one construct may become part of another.
    for _ in 0..PASSES {
        text = closed(text);
        let mut edits = Edits::default();
        readers().into_iter().for_each(|reader| amiss(&text, reader, &mut edits));
        if edits.is_empty() {
            return text;
        }
        text = edits.made_in(&text).trim().to_owned();
    }
    // Line by line as it stands.
    text.lines().map(markdown::escape).collect::<Vec<_>>().join("\n")
}

/// The same, with so much before each of its lines: below an item of a list, quoted or not.
pub(super) fn below(text: &str, before: &str) -> String {
    let told = markdown(text);
    let lines: Vec<String> =
        told.lines().map(|line| format!("{before}{line}").trim_end().to_owned()).collect();
    lines.join("\n")
}

/// The text with spaces for its tabs: how far a tab reaches hangs on where the text stands in a paper, and with it
/// whether a line is code.
fn without_tabs(text: &str) -> String {
    const WIDTH: usize = 4;
    let mut told = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        let width = if c == '\t' { WIDTH - column % WIDTH } else { 1 };
        match c {
            '\t' => told.extend(std::iter::repeat_n(' ', width)),
            c => told.push(c),
        }
        column = if c == '\n' { 0 } else { column + width };
    }
    told
}

/// The text in which no character reference stands for a character that does not show.
fn without_hidden_references(text: &str) -> String {
    /// So long is the longest name of a character.
    const LONGEST: usize = 34;
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        told.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST).position(|b| b == b';').map_or(1, |end| end + 1);
        let meant = Parser::new(&rest[..end]).find_map(|event| match event {
            Event::Text(meant) => Some(meant),
            _ => None,
        });
        match meant.filter(|meant| end > 1 && meant.contains(is_hidden)) {
            Some(meant) => meant
                .chars()
                .for_each(|c| if is_hidden(c) { push_escaped(&mut told, c) } else { told.push(c) }),
            None => told.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    told.push_str(rest);
    told
}

/// The text with the end of a code block that was never ended: what follows in a paper would be code, and the next
/// code block of another text would end it.
fn closed(mut text: String) -> String {
    const AFTER: &str = "after";
    let followed = format!("{text}\n\n{AFTER}");
    let mut open = None;
    for (event, range) in Parser::new(&followed).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => open = Some(range.start),
            Event::End(TagEnd::CodeBlock) if range.end < followed.len() => open = None,
            _ => {}
        }
    }
    if let Some(at) = open {
        let mark = followed[at..].chars().next().unwrap_or('`');
        let fence: String = followed[at..].chars().take_while(|c| *c == mark).collect();
        text.push('\n');
        text.push_str(&fence);
    }
    text
}

/// What a reader of this kind finds amiss.
fn amiss(text: &str, reader: Options, edits: &mut Edits) {
    let parser = Parser::new_ext(text, reader);
    // Another text of the same paper may refer to what this one defines, and the other way round.
    let definitions: Vec<(Range<usize>, bool)> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| (definition.span.clone(), is_safe(&definition.dest)))
        .collect();
    let mut refers = false;
    let mut depth = 0_usize;
    let mut last_heading = None;
    let mut code: Vec<Range<usize>> = Vec::new();
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut heading: Option<(Range<usize>, Option<Range<usize>>)> = None;
    let mut block_of_code = false;
    for (event, range) in parser.into_offset_iter() {
        if let (Some((_, inner)), false) = (&mut heading, matches!(event, Event::End(TagEnd::Heading(_)))) {
            let begun = inner.as_ref().map_or(range.start, |inner| inner.start);
            *inner = Some(begun..range.end);
        }
        let all = |marks: &[char]| {
            let found = text[range.clone()].match_indices(marks).map(|(at, _)| range.start + at);
            found.collect::<Vec<_>>()
        };
        match &event {
            Event::Html(_) | Event::InlineHtml(_) => {
                all(&['<']).into_iter().for_each(|at| edits.by_number(text, at));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if !is_safe(dest_url) => {
                let open = all(&['[', '<']).into_iter().filter(|at| !is_escaped(text, *at));
                open.for_each(|at| edits.by_number(text, at));
            }
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                code.push(range.clone());
            }
            Event::Start(
                Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. },
            ) if !matches!(link_type, LinkType::Inline) => {
                refers = true;
                references::resolve(text, &range, *link_type, (dest_url, title), edits);
            }
            Event::Code(_) => code.push(range.clone()),
            Event::Start(Tag::CodeBlock(_)) => {
                block_of_code = true;
                code.push(range.clone());
            }
            Event::End(TagEnd::CodeBlock) => block_of_code = false,
            Event::Text(_) if !block_of_code => words.push(range.clone()),
            Event::Start(Tag::Heading { .. }) => heading = Some((range.clone(), None)),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((whole, inner)) = heading.take() {
                    blocks::heading(text, &whole, inner, last_heading, edits);
                    last_heading = Some(blocks::end(text, &whole));
                }
            }
            Event::Rule if depth == 0 => blocks::rule(text, range.start, edits),
            Event::Start(Tag::FootnoteDefinition(_)) => {
                depth += 1;
                // The numbers of notes are of one text, and would be those of the paper.
                let at = text[range.clone()].find('[').map_or(range.start, |at| range.start + at);
                edits.add(at..at, "\\");
            }
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition) => depth -= 1,
            _ => {}
        }
    }
    // They come in their order, and none within another.
    let is_code = |at: usize| {
        let before = code.partition_point(|code| code.start <= at);
        code[..before].last().is_some_and(|code| code.contains(&at))
    };
    // Whoever shows a picture would fetch it: it is a link after an exclamation mark.
    let pictures = text.match_indices("![").map(|(at, _)| at);
    pictures.filter(|at| !is_code(*at) && !is_escaped(text, *at)).for_each(|at| edits.by_number(text, at));
    // What may be a tag to somebody else.
    let is_tag = |at: usize| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
    };
    let mut marks = words.iter().flat_map(|words| words.clone().filter(|at| text.as_bytes()[*at] == b'<'));
    marks.by_ref().filter(|at| is_tag(*at)).for_each(|at| edits.by_number(text, at));
    references::brackets(text, words.iter().cloned().flatten().filter(|at| !is_code(*at)), edits);
    // What nothing refers to any more goes, and what may not be a link is shown.
    for (span, is_safe) in definitions {
        match is_safe {
            true if refers => {}
            true => edits.add(references::definition(text, span), ""),
            false => edits.by_number(text, span.start),
        }
    }
    addresses(text, is_code, edits);
}

/// What looks like an address is one as it is written, to the next white space: a backslash in it escapes nothing,
/// and a backtick begins no code.
fn addresses(text: &str, is_code: impl Fn(usize) -> bool, edits: &mut Edits) {
    let mut from = 0;
    for at in addresses_in(text) {
        // What stands in code is none; another may begin where the code ends.
        if at < from || is_code(at) {
            continue;
        }
        let end = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
        from = end;
        for (inner, c) in text[at..end].char_indices().map(|(n, c)| (at + n, c)) {
            if c == '<' || (c == '`' && !is_escaped(text, inner)) {
                edits.by_number(text, inner);
            }
        }
    }
}

#[cfg(test)]
mod tests;
