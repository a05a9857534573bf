//! Markdown tables, to paste into a pull request or a paper.

use super::table::{Heading, Rows};
use std::io::{self, Write};

/// Writes a table.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(out: &mut dyn Write, headings: &[Heading], rows: &dyn Rows) -> io::Result<()> {
    for heading in headings {
        write!(out, "| {} ", heading.text)?;
    }
    writeln!(out, "|")?;
    for heading in headings {
        write!(out, "|{}", if heading.right { "---:" } else { "---" })?;
    }
    writeln!(out, "|")?;
    for i in 0..rows.len() {
        for cell in rows.row(i) {
            write!(out, "| {} ", escape(&cell.line()))?;
        }
        writeln!(out, "|")?;
    }
    Ok(())
}

/// Plain text as Markdown that shows it as it is: no markup, no HTML, no broken table; wherever on a line it
/// stands.
///
/// What GitHub and others take for an address they take as it is written, with any backslash in it, up to a white
/// space or a `<`: behind a backslash that was taken so a `<` would begin HTML. It is written by its name.
#[must_use]
pub fn escape(text: &str) -> String {
    let line = crate::visible::one_line(text);
    let mut escaped = escape_within(line.trim_start_matches(' '));
    if let Some(at) = line_mark(&escaped) {
        escaped.insert(at, '\\');
    }
    escaped
}

/// The same of a piece of a line, before which others stand.
#[must_use]
pub fn escape_within(text: &str) -> String {
    let line = crate::visible::one_line(text);
    let mut escaped = String::with_capacity(line.len());
    for word in line.split_inclusive(' ') {
        let is_address = may_be_address(word);
        let mut before = None;
        for (at, c) in word.char_indices() {
            let after = word[at + c.len_utf8()..].chars().next();
            let within =
                || before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
            match c {
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '&' if begins_reference(&word[at..]) => escaped.push_str("&amp;"),
                // An address is shown, and followed, without the backslashes.
                '#' if is_address => escaped.push('#'),
                '_' if is_address && within() => escaped.push('_'),
                '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' if is_address => {
                    escaped.push_str(&reference(c));
                }
                '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' | '~' => escaped.extend(['\\', c]),
                c => escaped.push(c),
            }
            before = Some(c);
        }
    }
    escaped
}

/// Where a backslash keeps a text that stands at the beginning of a line from being an item of a list, a rule, or
/// what makes the line above a heading.
fn line_mark(text: &str) -> Option<usize> {
    let begins = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    match text.chars().next()? {
        '-' | '+' if begins(&text[1..]) => Some(0),
        '-' if text.starts_with("--") => Some(0),
        '=' if text.trim_start_matches('=').trim().is_empty() => Some(0),
        '0'..='9' => {
            let number = text.bytes().take_while(u8::is_ascii_digit).count();
            let is_item = text[number..].starts_with(['.', ')']) && begins(&text[number + 1..]);
            is_item.then_some(number)
        }
        _ => None,
    }
}

/// Whether some program takes this for an address and links it.
pub(crate) fn may_be_address(word: &str) -> bool {
    !addresses_in(word).is_empty()
}

/// Where things begin that some program takes for an address, in their order.
pub(crate) fn addresses_in(text: &str) -> Vec<usize> {
    let lower = text.to_ascii_lowercase();
    let marks = ["://", "www.", "mailto:", "xmpp:", "@"];
    let mut places: Vec<usize> =
        marks.iter().flat_map(|mark| lower.match_indices(mark).map(|(at, _)| at)).collect();
    places.sort_unstable();
    places
}

/// A character by its number.
pub(crate) fn reference(c: char) -> String {
    format!("&#{};", u32::from(c))
}

/// Whether a text begins with a character reference, `&lt;` or `&#60;`.
fn begins_reference(text: &str) -> bool {
    let name = text[1..].split_once(';').map(|(name, _)| name.trim_start_matches('#'));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Parser, Tag};

    #[test]
    fn markup_in_a_title_is_shown_not_run() {
        assert_eq!(escape("a|b *c* <script> [x](y)\n# d"), "a\\|b \\*c\\* &lt;script&gt; \\[x\\](y) \\# d");
        assert_eq!(escape("R&D &lt; &#x202E;"), "R&D &amp;lt; &amp;\\#x202E;");
    }

    #[test]
    fn what_looks_like_an_address_takes_no_backslash_with_it() {
        let hostile = escape("See https://e.example/<img src=https://evil.example/x onerror=alert(1)>");
        assert_eq!(hostile, "See https://e.example/&lt;img src=https://evil.example/x onerror=alert(1)&gt;");
        assert_eq!(escape("www.e.example/<script>"), "www.e.example/&lt;script&gt;");
        assert_eq!(escape("https://e.example/`a\\<b>"), "https://e.example/&#96;a&#92;&lt;b&gt;");
        assert_eq!(escape("https://e.example/a_b?c=1&d=2#e"), "https://e.example/a_b?c=1&d=2#e");
        assert_eq!(
            escape("a_b@e.example https://e.example/&lt;"),
            "a_b@e.example https://e.example/&amp;lt;"
        );
        assert_eq!(escape("https://e.example/*a|b*"), "https://e.example/&#42;a&#124;b&#42;");
    }

    #[test]
    fn nothing_begins_a_block_where_a_line_begins() {
        for (text, escaped) in [
            ("- a", "\\- a"),
            ("+ a", "\\+ a"),
            ("-", "\\-"),
            ("---", "\\---"),
            ("- - -", "\\- - -"),
            ("===", "\\==="),
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("1.1 a", "1.1 a"),
            ("-5 to +5", "-5 to +5"),
            ("> a", "&gt; a"),
            ("# a", "\\# a"),
            ("| a", "\\| a"),
            ("~~~ a", "\\~\\~\\~ a"),
            ("``` a", "\\`\\`\\` a"),
            ("    a", "a"),
        ] {
            assert_eq!(escape(text), escaped);
            // A paragraph, and nothing in it but text.
            let mut events = Parser::new(escaped);
            assert_eq!(events.next(), Some(Event::Start(Tag::Paragraph)), "{text}");
            assert!(events.all(|event| matches!(event, Event::Text(_) | Event::End(_))), "{text}");
        }
    }
}
