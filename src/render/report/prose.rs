//! A plan's own text, in CommonMark, as HTML in which nothing runs and nothing is fetched.
//!
//! HTML in it is shown as text. Links lead to the web, to an address, or to something beside the page; all others
//! are shown with where they would lead. A picture is a link to it: a page fetches nothing.

use super::direction::of_block;
use super::html::Html;
use crate::render::links::is_safe;
use crate::visible::{escape, one_line};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html::push_html};
use std::borrow::Cow;

/// Where a link stands that was begun.
enum Open {
    /// It is a link.
    Link,
    /// It is text, and where it leads is told after it.
    Inert(String),
    /// It is within another, and text alone.
    Inner,
}

/// What CommonMark made of a text, in which a character reference may have become a character that does not show.
fn shown(text: CowStr<'_>) -> CowStr<'_> {
    match escape(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(shown) => shown.into(),
    }
}

/// A text as HTML.
pub(super) fn html(text: &str) -> Html {
    let text = escape(text);
    let mut links: Vec<Open> = Vec::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    let raw = |html: &'static str| Event::InlineHtml(CowStr::Borrowed(html));
    let dir = of_block(&text);
    let block = |tag: String| Event::InlineHtml(format!("<{tag}{dir}>").into());
    for event in Parser::new(&text) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => events.push(Event::Text(shown(html))),
            Event::Text(text) => events.push(Event::Text(shown(text))),
            Event::Code(code) => events.push(Event::Code(shown(code))),
            Event::Start(Tag::HtmlBlock | Tag::Paragraph) if !dir.is_empty() => {
                events.push(block("p".to_owned()))
            }
            Event::Start(Tag::List(None)) if !dir.is_empty() => events.push(block("ul".to_owned())),
            Event::Start(Tag::List(Some(first))) if !dir.is_empty() => {
                events.push(block(if first == 1 {
                    "ol".to_owned()
                } else {
                    format!("ol start=\"{first}\"")
                }));
            }
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            // A page has headings of its own, among which a text's would be out of order.
            Event::Start(Tag::Heading { .. }) => events.push(block("p class=\"head\"".to_owned())),
            Event::End(TagEnd::Heading(_)) => events.push(raw("</p>\n")),
            Event::Start(Tag::CodeBlock(_)) => {
                events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
            }
            Event::Start(Tag::Link { dest_url, title, id, link_type }) => {
                if links.iter().any(|open| matches!(open, Open::Link)) {
                    links.push(Open::Inner);
                } else if is_safe(&dest_url) {
                    links.push(Open::Link);
                    let title = shown(title);
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
                    let title = shown(title);
                    events.push(Event::Start(Tag::Link { dest_url, title, id, link_type }));
                    events.push(Event::Text("picture: ".into()));
                } else {
                    links.push(Open::Inert(dest_url.into_string()));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => match links.pop() {
                Some(Open::Link) => events.push(Event::End(TagEnd::Link)),
                Some(Open::Inert(link)) => events.push(Event::Text(shown(format!(" ({link})").into()))),
                Some(Open::Inner) | None => {}
            },
            event => events.push(event),
        }
    }
    let mut html = String::with_capacity(text.len() * 5 / 4);
    push_html(&mut html, events.into_iter());
    Html::new(html)
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
    use crate::render::paper::markdown;
    use crate::visible::is_hidden;
    use insta::assert_snapshot;
    use proptest::prelude::*;

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
    fn a_character_that_does_not_show_is_shown_by_number_when_it_is_written_as_one() {
        let text = "a &#x202E;gpj.exe b &#27;[31m &#x85; &#xFEFF; `&#x202E;` [l](https://e.org '&#8203;t') \
            [m](https://e.org/&#x202E;x) [n](&#x202E;:x) <b title='&#x202E;'>";
        assert_eq!(
            html(text).to_string(),
            "<p>a \\u{202e}gpj.exe b \\u{1b}[31m \\u{85} \\u{feff} <code>&amp;#x202E;</code> \
             <a href=\"https://e.org\" title=\"\\u{200b}t\">l</a> m (https://e.org/\\u{202e}x) n (\\u{202e}:x) \
             &lt;b title='&amp;#x202E;'&gt;</p>\n"
        );
    }

    #[test]
    fn blocks_run_as_their_text_does() {
        let text = "# \u{5d0} 1\n\n\u{5d0} 2.\n\nOne.\n\n- \u{5d0}\n- b\n\n3. \u{5d0}";
        assert_eq!(
            html(text).to_string(),
            "<p class=\"head\" dir=\"auto\">\u{5d0} 1</p>\n<p dir=\"auto\">\u{5d0} 2.</p>\n<p dir=\"auto\">One.</p>\n\
             <ul dir=\"auto\">\n<li>\u{5d0}</li>\n<li>b</li>\n</ul>\n<ol start=\"3\" dir=\"auto\">\n<li>\u{5d0}</li>\n</ol>\n"
        );
    }

    #[test]
    fn a_link_to_another_host_says_by_what_scheme() {
        assert_eq!(html("[b](//evil.example/x)").to_string(), "<p>b (//evil.example/x)</p>\n");
    }

    proptest! {
        /// Whatever a text says, its HTML has only elements that this makes, without handlers, and no address
        /// but such as may be a link; and all of it shows.
        #[test]
        fn only_harmless_elements_come_out(text in proptest::collection::vec(proptest::sample::select(vec![
            "<", ">", "\"", "'", "script", "img src=x ", "onerror=", "</style>", "<!--", "-->", "[a](", ")", "javascript:", "data:",
            "\n", "\n\n", " ", "`", "```", "*", "&lt;", "&#x3c;", "![", "]", "(", "\\", "#", "- ", "<svg onload=x>", "x", "\u{202e}", ":", "<a href=",
            "&#x202E;", "&#27;", "&#x85;", "&ZeroWidthSpace;", "&lrm;", "&#", "&", "x202e;", "//", "https://e.example/", "\r", "\u{5e9}", "1. ", "7. ",
        ]), 0..24)) {
            let text = text.concat();
            let html = html(&text).to_string();
            prop_assert!(!html.contains(is_hidden), "{:?}", html);
            for token in html5gum::Tokenizer::new(&html).flatten() {
                if let html5gum::Token::String(text) = &token {
                    prop_assert!(!String::from_utf8_lossy(&text.value).contains(is_hidden), "{:?}", html);
                }
                let html5gum::Token::StartTag(tag) = token else { continue };
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let own = ["p", "em", "strong", "code", "pre", "a", "ul", "ol", "li", "blockquote", "hr", "br"];
                prop_assert!(own.contains(&name.as_str()), "{}: {}", name, html);
                for (key, value) in &tag.attributes {
                    let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(&value.value));
                    prop_assert!(["href", "title", "class", "start", "dir"].contains(&&*key), "{}: {}", key, html);
                    prop_assert!(key != "href" || is_safe(&value), "{}: {}", value, html);
                    prop_assert!(!value.contains(is_hidden), "{:?}", html);
                }
            }
        }
    }
}
