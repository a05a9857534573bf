//! Paragraphs to CommonMark that reads as they do: what was plain text stays plain text.

use super::document::{Item, Paragraph, Run};

/// The paragraphs as CommonMark. Those in which nothing can be read are left out.
pub(super) fn markdown(paragraphs: &[Paragraph]) -> String {
    let mut text = String::new();
    let mut lists = Lists::default();
    for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.is_blank()) {
        let line = line(paragraph);
        let was_item = !lists.open.is_empty();
        let line = match paragraph.item {
            Some(item) => lists.item(item, paragraph.label.as_deref(), &line),
            None => {
                lists.open.clear();
                let label = paragraph.label.as_deref().map(|label| format!("{} ", escaped(label, true)));
                format!("{}{line}", label.unwrap_or_default())
            }
        };
        if !text.is_empty() {
            text.push_str(if was_item && paragraph.item.is_some() { "\n" } else { "\n\n" });
        }
        text.push_str(&line);
    }
    text
}

/// Paragraphs as plain lines: what has no key here is shown as it stands, whatever signs are in it.
pub(super) fn plain(paragraphs: &[Paragraph]) -> String {
    let line = |paragraph: &Paragraph| {
        let sign = match (&paragraph.label, paragraph.item) {
            (Some(label), _) => format!("{label} "),
            (None, Some(item)) => format!("{}- ", "  ".repeat(item.depth)),
            (None, None) => String::new(),
        };
        let link = paragraph.runs.iter().find_map(|run| run.link.clone());
        let text = paragraph.text();
        let link = link.filter(|link| !text.contains(link.as_str())).map(|link| format!(" <{link}>"));
        format!("{sign}{text}{}", link.unwrap_or_default())
    };
    let lines = paragraphs.iter().filter(|paragraph| !paragraph.is_blank()).map(line);
    lines.collect::<Vec<_>>().join("\n")
}

/// A paragraph's text on one line of CommonMark, without its bullet or number.
pub(super) fn line(paragraph: &Paragraph) -> String {
    let pieces = pieces(&paragraph.runs);
    let mut text = String::new();
    for (n, piece) in pieces.iter().enumerate() {
        let next = pieces.get(n + 1).and_then(|next| next.text.chars().next());
        piece.write(&mut text, next);
    }
    text
}

/// Nobody reads a list nested deeper.
const DEEPEST: usize = 8;

/// The lists that are open, the outermost first: how wide the marker of each is, and how far it has counted.
#[derive(Default)]
struct Lists {
    open: Vec<(usize, u32, bool)>,
}

impl Lists {
    fn item(&mut self, item: Item, label: Option<&str>, line: &str) -> String {
        // Nobody can be nested deeper than one level below what is there.
        let depth = item.depth.min(self.open.len()).min(DEEPEST);
        self.open.truncate(depth + 1);
        let number = label.map(|label| label.trim_end_matches(['.', ')']));
        let counted = number.map(|number| number.parse::<u32>().ok());
        // A letter, or a number of several parts, is no number of a list here: it stays as words.
        let (is_numbered, words) = match (item.is_numbered, counted) {
            (true, Some(None)) => (false, format!("{} ", escaped(label.unwrap_or_default(), false))),
            (is_numbered, _) => (is_numbered, String::new()),
        };
        let last = self.open.get(depth).filter(|(.., numbered)| *numbered == is_numbered);
        let number = counted.flatten().unwrap_or_else(|| last.map_or(1, |(_, number, _)| number + 1));
        let marker = if is_numbered { format!("{number}. ") } else { "- ".to_owned() };
        let indent: usize = self.open.iter().take(depth).map(|(width, ..)| width).sum();
        self.open.truncate(depth);
        self.open.push((marker.len(), number, is_numbered));
        let start = if words.is_empty() && line.starts_with('\\') { "" } else { &words };
        format!("{}{marker}{start}{line}", " ".repeat(indent))
    }
}

/// A stretch of text that looks alike, its white space drawn together.
struct Piece {
    text: String,
    bold: bool,
    italic: bool,
    link: Option<String>,
}

fn pieces(runs: &[Run]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for run in runs {
        let alike = |piece: &&mut Piece| {
            (piece.bold, piece.italic, &piece.link) == (run.bold, run.italic, &run.link)
                || run.text.trim().is_empty()
        };
        match pieces.last_mut().filter(alike) {
            Some(piece) => piece.text.push_str(&run.text),
            None => pieces.push(Piece {
                text: run.text.clone(),
                bold: run.bold,
                italic: run.italic,
                link: run.link.clone(),
            }),
        }
    }
    let mut was_space = true;
    for piece in &mut pieces {
        let mut text = String::with_capacity(piece.text.len());
        for c in piece.text.chars() {
            let is_space = c.is_whitespace();
            if !is_space {
                text.push(c);
            } else if !was_space {
                text.push(' ');
            }
            was_space = is_space;
        }
        piece.text = text;
    }
    while let Some(last) = pieces.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        pieces.pop();
    }
    pieces
}

impl Piece {
    /// Writes the piece; `next` is what follows it.
    fn write(&self, text: &mut String, next: Option<char>) {
        let inner = self.text.trim();
        if inner.is_empty() {
            text.push_str(&self.text);
            return;
        }
        let (before, after) = (self.text.starts_with(' '), self.text.ends_with(' '));
        if before {
            text.push(' ');
        }
        let at_start = text.is_empty();
        let written = match self.link.as_deref().filter(|link| is_address(link)) {
            Some(link) if link == inner && link.starts_with("http") => format!("<{link}>"),
            Some(link) if link.contains(['(', ')', ' ']) => format!("[{}](<{link}>)", escaped(inner, false)),
            Some(link) => format!("[{}]({link})", escaped(inner, false)),
            None => escaped(inner, at_start),
        };
        let sign = match (self.bold, self.italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        let next = if after { Some(' ') } else { next };
        let sign = if holds(sign, text, &written, next) { sign } else { "" };
        text.push_str(sign);
        text.push_str(&written);
        text.push_str(sign);
        if after {
            text.push(' ');
        }
    }
}

/// Whether a link can be written as one.
fn is_address(link: &str) -> bool {
    !link.is_empty() && !link.contains(|c: char| c.is_control() || matches!(c, '<' | '>' | '\\'))
}

/// Whether the sign of emphasis is surely read as such between what is before and after it: not within a word, and
/// not where it runs into other signs.
fn holds(sign: &str, before: &str, inner: &str, next: Option<char>) -> bool {
    let joins = |outer: Option<char>, inner: Option<char>| match outer {
        None => true,
        Some(c) if c.is_whitespace() => true,
        Some(c) => ",.;:!?()\"'“”‘’/–—".contains(c) && inner.is_some_and(char::is_alphanumeric),
    };
    !sign.is_empty()
        && joins(before.chars().next_back(), inner.chars().next())
        && joins(next, inner.chars().next_back())
}

/// The text with a backslash before whatever CommonMark would take for more than text.
fn escaped(text: &str, at_start: bool) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    let mut before: Option<char> = None;
    let start = if at_start { sign_at_start(text) } else { None };
    let has_link = ["](", "]:", "]["].iter().any(|sign| text.contains(sign));
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let next = rest.chars().next();
        // What ends the piece may go on in the next.
        let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let hides = match c {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '`' => true,
            '*' => !(is_space(before) && is_space(next)) || at_start && at == 0,
            '_' => !(is_space(before) && is_space(next) || is_word(before) && is_word(next)),
            '[' => has_link,
            ']' => matches!(next, Some('(' | '[' | ':')),
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => is_entity(rest),
            '~' => next == Some('~') || before == Some('~'),
            _ => false,
        };
        if hides || start == Some(at) {
            written.push('\\');
        }
        written.push(c);
        before = Some(c);
    }
    written
}

/// Where in a line that begins as a heading, a quotation or a list does its sign is.
fn sign_at_start(text: &str) -> Option<usize> {
    let ends = |at: usize| text[at..].chars().next().is_none_or(char::is_whitespace);
    let first = text.chars().next()?;
    match first {
        '>' => Some(0),
        '-' | '+' if ends(1) => Some(0),
        '#' => {
            let signs = text.len() - text.trim_start_matches('#').len();
            (signs <= 6 && ends(signs)).then_some(0)
        }
        '~' if text.starts_with("~~~") => Some(0),
        '0'..='9' => {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let is_sign = text[digits..].starts_with(['.', ')']) && ends(digits + 1);
            // A year is no item of a list; what somebody numbered is.
            (is_sign && (3..=9).contains(&digits)).then_some(digits)
        }
        _ => None,
    }
}

/// Whether what follows an ampersand makes an entity of it.
fn is_entity(rest: &str) -> bool {
    let Some(end) = rest.bytes().take(34).position(|b| b == b';') else { return false };
    let name = &rest[..end];
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.len() <= 32 && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser, Tag};

    fn item(depth: usize, is_numbered: bool, text: &str) -> Paragraph {
        Paragraph { item: Some(Item { depth, is_numbered }), ..Paragraph::plain(text) }
    }

    #[test]
    fn lists_are_tight_and_paragraphs_apart() {
        let paragraphs = [
            Paragraph::plain("Make sure:"),
            item(0, false, "one;"),
            item(1, true, "in it"),
            item(1, true, "too"),
            item(3, false, "deep"),
            item(0, false, "two."),
            Paragraph::plain("."),
            Paragraph::plain("# After  * it_is [x](y) <b> R&A &amp; 1_2"),
            Paragraph { label: Some("(a)".to_owned()), ..item(0, true, "letters stay") },
            Paragraph { label: Some("4.".to_owned()), ..item(0, true, "numbers count") },
        ];
        insta::assert_snapshot!(markdown(&paragraphs), @r"
        Make sure:

        - one;
          1. in it
          2. too
             - deep
        - two.

        \# After * it_is \[x\](y) \<b> R&A \&amp; 1_2

        - (a) letters stay
        4. numbers count
        ");
    }

    #[test]
    fn emphasis_and_links_stay_where_they_can_be_read() {
        let run = |text: &str, bold, italic| Run { text: text.to_owned(), bold, italic, ..Run::default() };
        let link = |text: &str, link: &str| Run {
            text: text.to_owned(),
            link: Some(link.to_owned()),
            ..Run::default()
        };
        let told = |runs: Vec<Run>| line(&Paragraph { runs, ..Paragraph::default() });
        assert_eq!(
            told(vec![run("a ", false, false), run("bold ", true, false), run("b", false, false)]),
            "a **bold** b"
        );
        assert_eq!(told(vec![run("x", false, false), run("(y)", true, false)]), "x(y)");
        assert_eq!(told(vec![run("a", true, false), run("b", false, true)]), "ab");
        assert_eq!(
            told(vec![link("the rules", "https://x.org/a b"), run(".", false, false)]),
            "[the rules](<https://x.org/a b>)."
        );
        assert_eq!(told(vec![link("https://x.org", "https://x.org")]), "<https://x.org>");
    }

    /// What a reader of CommonMark sees: the text of each paragraph or item, and whether it is an item.
    fn seen(markdown: &str) -> Vec<String> {
        let mut seen = vec![String::new()];
        for event in Parser::new(markdown) {
            match event {
                Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    if let Some(last) = seen.last_mut() {
                        last.push_str(&text);
                    }
                }
                Event::Start(Tag::Item | Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_)) => {
                    seen.push(String::new());
                }
                _ => {}
            }
        }
        seen.retain(|text| !text.is_empty());
        seen
    }

    proptest! {
        #[test]
        fn what_was_plain_text_is_read_as_it_was(
            texts in proptest::collection::vec("[ a-c*_`\\[\\]()<>&;#:!|~+.=\\\\-]{0,12}[a-z]{1,3}[ *_`\\[\\]()<>&;#:\\\\.-]{0,4}", 1..5),
            depths in proptest::collection::vec(proptest::option::of(0..3_usize), 5),
        ) {
            let paragraphs: Vec<Paragraph> = texts.iter().zip(&depths).map(|(text, depth)| match depth {
                Some(depth) => item(*depth, false, text),
                None => Paragraph::plain(text),
            }).collect();
            let markdown = markdown(&paragraphs);
            let expected: Vec<String> = paragraphs.iter().map(Paragraph::text).collect();
            prop_assert_eq!(seen(&markdown), expected, "{}", markdown);
        }

        #[test]
        fn emphasis_never_changes_the_words(
            runs in proptest::collection::vec(("[ a-b(.*]{0,5}", any::<bool>(), any::<bool>()), 1..6),
        ) {
            let runs = runs.into_iter().map(|(text, bold, italic)| Run { text, bold, italic, ..Run::default() });
            let letter = Run { text: "x".to_owned(), ..Run::default() };
            let paragraph = Paragraph { runs: runs.chain([letter]).collect(), ..Paragraph::default() };
            let expected = vec![paragraph.text()];
            let markdown = markdown(std::slice::from_ref(&paragraph));
            prop_assert_eq!(seen(&markdown), expected, "{}", markdown);
        }
    }
}
