//! A plan's own text, in CommonMark, as Markdown to paste into a paper: nothing in it runs or is fetched, and
//! nothing looks like a part of the paper.
//!
//! Whoever shows the paper reads it as CommonMark or as GitHub does, which knows tables, and links what looks like
//! an address. A text is mended until both find nothing amiss.

use super::links::is_safe;
use crate::render::markdown::{self, addresses_in, reference};
use crate::visible::{escape, is_hidden, push_escaped};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
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
/// and no line is a rule.
pub(super) fn markdown(text: &str) -> String {
    let mut text = without_hidden_references(&without_tabs(&escape(text.trim())));
    // What is mended in one construct may become part of another.
    for _ in 0..PASSES {
        text = closed(text);
        let mut edits = Edits::default();
        readers().into_iter().for_each(|reader| amiss(&text, reader, &mut edits));
        if edits.0.is_empty() {
            return text;
        }
        text = edits.made_in(&text);
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

/// What is to be written in the place of what.
#[derive(Default)]
struct Edits(BTreeMap<usize, (usize, String)>);

impl Edits {
    fn add(&mut self, range: Range<usize>, instead: impl Into<String>) {
        self.0.entry(range.start).or_insert((range.end, instead.into()));
    }

    /// A character by its number; with the backslash before it, if there is one.
    fn by_number(&mut self, text: &str, at: usize) {
        let Some(c) = text[at..].chars().next() else { return };
        let name = if c == '<' { "&lt;".to_owned() } else { reference(c) };
        self.add(at - usize::from(is_escaped(text, at))..at + c.len_utf8(), name);
    }

    /// The text as it is with them; of two that overlap the first is made, and the other in the next pass.
    fn made_in(self, text: &str) -> String {
        let mut told = String::with_capacity(text.len() + 8 * self.0.len());
        let mut from = 0;
        for (start, (end, instead)) in self.0 {
            if start >= from {
                told.push_str(&text[from..start]);
                told.push_str(&instead);
                from = end;
            }
        }
        told.push_str(&text[from..]);
        told
    }
}

/// Whether a backslash stands before a place, and is none itself.
fn is_escaped(text: &str, at: usize) -> bool {
    !text[..at].bytes().rev().take_while(|b| *b == b'\\').count().is_multiple_of(2)
}

/// What a reader of this kind finds amiss.
fn amiss(text: &str, reader: Options, edits: &mut Edits) {
    let parser = Parser::new_ext(text, reader);
    // Another text of the same paper may refer to what this one defines, and the other way round.
    let definitions =
        parser.reference_definitions().iter().filter(|(_, definition)| !is_safe(&definition.dest));
    for (_, definition) in definitions {
        edits.by_number(text, definition.span.start);
    }
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
                    bold(text, &whole, inner, edits);
                }
            }
            Event::Rule => edits.add(range.start..range.start, "\\"),
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

/// A heading as a line of bold text: a paper has headings of its own, among which a text's would pass for one.
fn bold(text: &str, whole: &Range<usize>, inner: Option<Range<usize>>, edits: &mut Edits) {
    let end = whole.start + text[whole.clone()].trim_end().len();
    let inner = inner.filter(|inner| inner.start >= whole.start && inner.end <= end && !inner.is_empty());
    let plain = |inner: &Range<usize>| {
        let words = &text[inner.clone()];
        !words.contains('*') && !words.starts_with(char::is_whitespace) && !words.ends_with([' ', '\\', '\n'])
    };
    match inner {
        Some(inner) if plain(&inner) => {
            let next = text[end..].strip_prefix('\n');
            let goes_on = next.is_some_and(|next| next.starts_with(char::is_alphanumeric));
            edits.add(whole.start..inner.start, "**");
            edits.add(inner.end..end, if goes_on { "**\\" } else { "**" });
        }
        // The line of signs below it, or the sign before it.
        Some(inner) if inner.start == whole.start => {
            let below = text[inner.end..end].rfind('\n').map_or(inner.end, |at| inner.end + at);
            if let Some(at) = text[below..end].find(['=', '-']) {
                edits.add(below + at..below + at, "\\");
            }
        }
        _ => edits.add(whole.start..whole.start, "\\"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a reader of any kind would run, fetch, follow, or take for a part of the paper.
    fn harm(paper: &str) -> Option<String> {
        for reader in readers() {
            for event in Parser::new_ext(paper, reader) {
                let is_harm = match &event {
                    Event::Html(_) | Event::InlineHtml(_) | Event::Rule => true,
                    Event::Start(Tag::Image { .. } | Tag::Heading { .. }) => true,
                    Event::Start(Tag::Link { dest_url, .. }) => !is_safe(dest_url),
                    Event::Text(text) => text.contains(is_hidden),
                    _ => false,
                };
                if is_harm {
                    return Some(format!("{event:?}"));
                }
            }
        }
        // As it is where what looks like an address takes all up to a white space or `<`: no tag follows.
        for at in addresses_in(paper) {
            let end =
                paper[at..].find(|c: char| c.is_whitespace() || c == '<').map_or(paper.len(), |n| at + n);
            if paper[end..].starts_with("<img") || paper[end..].starts_with("<svg") {
                let within = Parser::new(paper).into_offset_iter().any(|(event, range)| {
                    matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) && range.contains(&at)
                });
                if !within {
                    return Some(paper[at..].to_owned());
                }
            }
        }
        None
    }

    #[test]
    fn a_code_block_ends_where_its_text_does() {
        assert_eq!(markdown("````x\ncode"), "````x\ncode\n````");
        assert_eq!(markdown("~~~\ncode\n~~~"), "~~~\ncode\n~~~");
        assert_eq!(markdown("- ```\n  code"), "- ```\n  code");
        let paper = format!("{}\n\n{}", markdown("```\ncode"), markdown("```\n<script>\n```"));
        assert_eq!(harm(&paper), None, "{paper}");
    }

    #[test]
    fn what_looks_like_an_address_brings_no_tag_to_life() {
        for (text, told) in [
            ("https://e.example/\\<img src=x>", "https://e.example/&lt;img src=x>"),
            ("https://e.example/<img src=x>", "https://e.example/&lt;img src=x>"),
            ("https://e.example/`<img src=x>`", "https://e.example/&#96;&lt;img src=x>`"),
            ("www.e.example/`<script>`", "www.e.example/&#96;&lt;script>&#96;"),
            ("a < b, `<b>` and <https://e.example/>", "a < b, `<b>` and <https://e.example/>"),
            ("`curl https://e.example/x`", "`curl https://e.example/x`"),
            ("[a](https://e.example/a_b)", "[a](https://e.example/a_b)"),
            (
                "https://e.example/![x](https://e.example/y)",
                "https://e.example/&#33;[x](https://e.example/y)",
            ),
        ] {
            assert_eq!(markdown(text), told);
        }
        // The second backtick begins code for one reader, and ends it for another.
        let told = markdown("https://e.example/` ` `<img src=x>`");
        assert!(!told.contains("/`"), "{told}");
        // GitHub ends a cell within code.
        let told = markdown("| a | b |\n|---|---|\n| `x | <img src=x onerror=alert(1)>` |");
        assert!(!told.contains("<img"), "{told}");
    }

    #[test]
    fn a_text_makes_no_part_of_the_paper() {
        for (text, told) in [
            ("# Board has approved\n\n## Overdue", "**Board has approved**\n\n**Overdue**"),
            ("# Approved #\nby all", "**Approved**\\\nby all"),
            ("Approved\n===\n\nOverdue\n---\nnone", "**Approved**\n\n**Overdue**\\\nnone"),
            ("> # Approved\n\n- # Due", "> **Approved**\n\n- **Due**"),
            ("# An *end*\n\n#", "\\# An *end*\n\n\\#"),
            ("An *end*\n---", "An *end*\n\\---"),
            ("a\n\n---\n\n* * *", "a\n\n\\---\n\n\\* * *"),
            ("<h2>Overdue</h2>", "&lt;h2>Overdue&lt;/h2>"),
        ] {
            assert_eq!(markdown(text), told, "{text}");
            assert_eq!(harm(&markdown(text)), None, "{text}");
        }
    }

    #[test]
    fn no_character_that_does_not_show_is_written_by_its_number() {
        let told =
            markdown("a &#x202E;b &#27;[31m &#x85; &#xFEFF; &ZeroWidthSpace; &lrm; &amp; &lt; &#65; & ; &x");
        assert_eq!(
            told,
            "a \\u{202e}b \\u{1b}[31m \\u{85} \\u{feff} \\u{200b} \\u{200e} &amp; &lt; &#65; & ; &x"
        );
    }

    #[test]
    fn code_behind_a_tab_stays_code_below_an_item() {
        for text in [
            "Note:\n\n\t<img src=x onerror=alert(1)>",
            "Good\n\t# Approved",
            "Approved\n\t===",
            "a\n\n\t[a](javascript:x)",
            "a\n\n\t![a](https://e.example/x.png)",
        ] {
            for before in ["  ", "    > "] {
                let told = format!("- a\n  - b\n\n{}\n", below(text, before));
                assert_eq!(harm(&told), None, "{told}");
            }
        }
    }

    proptest! {
        /// Whatever a text says, and whatever another text of the paper does.
        #[test]
        fn nothing_in_a_paper_does_harm(texts in proptest::collection::vec(proptest::collection::vec(proptest::sample::select(vec![
            "<", ">", "\"", "'", "<script>", "<img src=x ", "onerror=", "<!--", "-->", "[a](", ")", "javascript:", "data:",
            "\n", "\n\n", " ", "`", "```", "``", "*", "&lt;", "&#x3c;", "![", "]", "(", "\\", "#", "# ", "- ", "<svg onload=x>", "x", ":",
            "https://e.example/", "www.e.example", "a@e.example", "|", "\n|---|---|\n", "~~", "_", "===", "---", "\n    ", "> ", "1. ",
            "[a]: //e.example\n", "&#x202E;", "&#27;", "&zwj;", "//", "[^1]: ", "\t", "+++",
        ]), 0..20), 1..3)) {
            for text in texts.iter().map(|text| text.concat()) {
                let told = markdown(&text);
                prop_assert_eq!(harm(&told), None, "{}", told);
                // As it stands below an item of a list, and quoted there.
                for before in ["  ", "    > "] {
                    let told = format!("- a\n  - b\n\n{}\n", below(&text, before));
                    prop_assert_eq!(harm(&told), None, "{}", told);
                }
            }
        }

        #[test]
        fn what_is_made_harmless_stays_as_it_is(text in "[a-z<>#`|\\[\\]()!:/ \n*_=-]{0,30}") {
            let told = markdown(&text);
            prop_assert_eq!(harm(&told), None, "{}", told);
        }
    }
}
