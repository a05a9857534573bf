//! A plan's own text, in CommonMark, as HTML in which nothing runs and nothing is fetched, and as Markdown of
//! which the same is true.
//!
//! HTML in it is shown as text. Links lead to the web, to an address, or to something beside the page; all others
//! are shown with where they would lead. A picture is a link to it: a page fetches nothing.

use super::html::Html;
use crate::visible::{escape, one_line};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html::push_html};

/// Where a link may lead, apart from places beside the page.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Whether something may be a link.
pub(super) fn is_safe(link: &str) -> bool {
    let strange = |c: char| c.is_control() || c.is_whitespace();
    if link.is_empty() || link.contains(strange) {
        return false;
    }
    match link.find([':', '/', '?', '#', '\\']) {
        Some(at) if link[at..].starts_with(':') => SCHEMES.iter().any(|s| link[..at].eq_ignore_ascii_case(s)),
        Some(at) => !link[at..].starts_with('\\'),
        None => true,
    }
}

/// Whether something is an address on the web or of somebody, and no mere path.
pub(super) fn is_address(link: &str) -> bool {
    is_safe(link)
        && SCHEMES
            .iter()
            .any(|s| link.get(..=s.len()).is_some_and(|l| l.eq_ignore_ascii_case(&format!("{s}:"))))
}

/// Where a link stands that was begun.
enum Open {
    /// It is a link.
    Link,
    /// It is text, and where it leads is told after it.
    Inert(String),
    /// It is within another, and text alone.
    Inner,
}

/// A text as HTML.
pub(super) fn html(text: &str) -> Html {
    let text = escape(text);
    let mut links: Vec<Open> = Vec::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    let raw = |html: &'static str| Event::InlineHtml(CowStr::Borrowed(html));
    for event in Parser::new(&text) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => events.push(Event::Text(html)),
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            // A page has headings of its own, among which a text's would be out of order.
            Event::Start(Tag::Heading { .. }) => events.push(raw("<p class=\"head\">")),
            Event::End(TagEnd::Heading(_)) => events.push(raw("</p>\n")),
            Event::Start(Tag::CodeBlock(_)) => {
                events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
            }
            Event::Start(Tag::Link { dest_url, title, id, link_type }) => {
                if links.iter().any(|open| matches!(open, Open::Link)) {
                    links.push(Open::Inner);
                } else if is_safe(&dest_url) {
                    links.push(Open::Link);
                    events.push(Event::Start(Tag::Link { dest_url, title, id, link_type }));
                } else {
                    links.push(Open::Inert(dest_url.into_string()));
                }
            }
            Event::Start(Tag::Image { dest_url, title, id, link_type }) => {
                if links.iter().any(|open| matches!(open, Open::Link)) {
                    links.push(Open::Inner);
                } else if is_safe(&dest_url) {
                    links.push(Open::Link);
                    events.push(Event::Start(Tag::Link { dest_url, title, id, link_type }));
                    events.push(Event::Text("picture: ".into()));
                } else {
                    links.push(Open::Inert(dest_url.into_string()));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => match links.pop() {
                Some(Open::Link) => events.push(Event::End(TagEnd::Link)),
                Some(Open::Inert(link)) => events.push(Event::Text(format!(" ({link})").into())),
                Some(Open::Inner) | None => {}
            },
            event => events.push(event),
        }
    }
    let mut html = String::with_capacity(text.len() * 5 / 4);
    push_html(&mut html, events.into_iter());
    Html::new(html)
}

/// A text as Markdown, in which HTML and links that lead elsewhere are text, and pictures are links.
pub(super) fn markdown(text: &str) -> String {
    let mut text = closed(escape(text.trim()).into_owned());
    // What a mark takes out of one construct may become part of another.
    for _ in 0..PASSES {
        let marks = harmful(&text);
        if marks.is_empty() {
            return text;
        }
        text = with_backslashes(&text, &marks);
    }
    // Without these there is neither HTML nor a link nor a picture.
    let all: Vec<usize> = text.match_indices(['<', '[', '!']).map(|(at, _)| at).collect();
    with_backslashes(&text, &all)
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

/// After so many passes nobody has written a text in earnest.
const PASSES: usize = 8;

/// Where HTML, pictures and links that lead elsewhere begin, as places in the text.
fn harmful(text: &str) -> Vec<usize> {
    let parser = Parser::new(text);
    // Another text of the same paper may refer to what this one defines, and the other way round.
    let definitions =
        parser.reference_definitions().iter().filter(|(_, definition)| !is_safe(&definition.dest));
    let mut marks: Vec<usize> = definitions.map(|(_, definition)| definition.span.start).collect();
    let mut pictures: Vec<usize> = text.match_indices("![").map(|(at, _)| at).collect();
    for (event, range) in parser.into_offset_iter() {
        let all = |marked: &[char]| {
            let found = text[range.clone()].match_indices(marked).map(|(at, _)| range.start + at);
            found.collect::<Vec<_>>()
        };
        match event {
            Event::Html(_) | Event::InlineHtml(_) => marks.extend(all(&['<'])),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if !is_safe(&dest_url) => {
                marks.extend(all(&['[', '<']));
            }
            // What is code is shown as it stands.
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => pictures.retain(|at| !range.contains(at)),
            _ => {}
        }
    }
    // Whoever shows a picture would fetch it: it is a link after an exclamation mark.
    let is_escaped = |at: usize| !slashes(text, at).is_multiple_of(2);
    marks.extend(pictures.into_iter().filter(|at| !is_escaped(*at)));
    marks.retain(|at| !is_escaped(*at));
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// How many backslashes stand before a place.
fn slashes(text: &str, at: usize) -> usize {
    text[..at].bytes().rev().take_while(|b| *b == b'\\').count()
}

/// The text with a backslash before each of these places that has none yet.
fn with_backslashes(text: &str, places: &[usize]) -> String {
    let mut told = String::with_capacity(text.len() + places.len());
    let mut from = 0;
    for &at in places {
        told.push_str(&text[from..at]);
        // A backslash that is there already would make the next one a letter.
        if slashes(text, at).is_multiple_of(2) {
            told.push('\\');
        }
        from = at;
    }
    told.push_str(&text[from..]);
    told
}

/// A plan's word or title on one line, with nothing in it that does not show.
pub(super) fn line(text: &str) -> String {
    one_line(text).trim().to_owned()
}

/// The same between quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", line(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[test]
    fn a_link_leads_to_the_web_to_an_address_or_beside_the_page() {
        for link in [
            "https://example.org/a?b=c:d",
            "HTTP://example.org",
            "mailto:a@example.org",
            "evidence/a.md",
            "#r-07",
            "?a=b:c",
        ] {
            assert!(is_safe(link), "{link}");
        }
        for link in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "\u{1}javascript:x",
            "blob:x",
            "",
            "javascript&colon;:x",
            "\\\\host\\x",
        ] {
            assert!(!is_safe(link), "{link}");
        }
        assert!(is_address("https://example.org") && !is_address("evidence/a.md") && !is_address("https"));
    }

    #[test]
    fn a_text_is_rendered_and_nothing_in_it_runs() {
        let text = "# Heading\n\nSome *words*, `code` and a [link](https://example.org \"t\").\n\n- one\n- two\n\n\
            <script>alert(1)</script>\n\nAn <img src=x onerror=alert(1)> and [a](javascript:alert(1)), \
            <javascript:alert(2)>, ![alt](https://example.org/a.png), ![b](data:image/png,x), \
            [![c](d.png)](e).\n\n```evil\" onload=x\n</code></pre>\n```\n\u{202e}over";
        assert_snapshot!("html", html(text).to_string());
        assert_snapshot!("markdown", markdown(text));
    }

    #[test]
    fn a_code_block_ends_where_its_text_does() {
        assert_eq!(markdown("````x\ncode"), "````x\ncode\n````");
        assert_eq!(markdown("~~~\ncode\n~~~"), "~~~\ncode\n~~~");
        assert_eq!(markdown("- ```\n  code"), "- ```\n  code");
        let paper = format!("{}\n\n{}", markdown("```\ncode"), markdown("```\n<script>\n```"));
        assert!(
            !Parser::new(&paper).any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_))),
            "{paper}"
        );
    }

    proptest! {
        /// Whatever a text says, its HTML has only elements that this makes, without handlers, and no address
        /// but such as may be a link.
        #[test]
        fn only_harmless_elements_come_out(text in proptest::collection::vec(proptest::sample::select(vec![
            "<", ">", "\"", "'", "script", "img src=x ", "onerror=", "</style>", "<!--", "-->", "[a](", ")", "javascript:", "data:",
            "\n", "\n\n", " ", "`", "```", "*", "&lt;", "&#x3c;", "![", "]", "(", "\\", "#", "- ", "<svg onload=x>", "x", "\u{202e}", ":", "<a href=",
        ]), 0..24)) {
            let text = text.concat();
            let html = html(&text).to_string();
            for token in html5gum::Tokenizer::new(&html).flatten() {
                let html5gum::Token::StartTag(tag) = token else { continue };
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let own = ["p", "em", "strong", "code", "pre", "a", "ul", "ol", "li", "blockquote", "hr", "br"];
                prop_assert!(own.contains(&name.as_str()), "{}: {}", name, html);
                for (key, value) in &tag.attributes {
                    let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(&value.value));
                    prop_assert!(["href", "title", "class", "start"].contains(&&*key), "{}: {}", key, html);
                    prop_assert!(key != "href" || is_safe(&value), "{}: {}", value, html);
                }
            }
            // What is made harmless once stays so: nothing in it is HTML or leads elsewhere.
            for event in Parser::new(&markdown(&text)) {
                match event {
                    Event::Html(_) | Event::InlineHtml(_) => prop_assert!(false, "{}", markdown(&text)),
                    Event::Start(Tag::Image { .. }) => prop_assert!(false, "{}", markdown(&text)),
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        prop_assert!(is_safe(&dest_url), "{}", markdown(&text));
                    }
                    _ => {}
                }
            }
        }
    }
}
