//! The parser's errors as findings: sorted, without echoes, each with its remedy.

use crate::diagnostic::Diagnostic;
use crate::source::{Span, line_end, line_start};
use toml_parser::{Expected, ParseError};

/// Tells the errors by place, one a line: what follows the first on a line is its echo.
pub(super) fn tell(text: &str, mut errors: Vec<ParseError>) -> Vec<Diagnostic> {
    if errors.is_empty() {
        return Vec::new();
    }
    let place = |e: &ParseError| e.unexpected().or(e.context()).map_or((0, 0), |s| (s.start(), s.end()));
    errors.sort_by_key(place);
    // A file of a million brackets has a million errors on one line: only the first is looked at.
    let mut told_to = None;
    errors.retain(|e| {
        let (start, _) = place(e);
        let first = told_to.is_none_or(|end| start > end);
        if first {
            told_to = Some(line_end(text, start));
        }
        first
    });
    let mut faults: Vec<Diagnostic> = errors.iter().map(|e| diagnostic(text, e)).collect();
    faults.sort_by_key(|d| d.span);
    if let Some(open) = unclosed_string(text) {
        // Everything after the quotes that were left open is read inside out.
        faults.retain(|d| d.span.is_none_or(|s| s.start < open.string.start));
        faults.push(open.diagnostic());
    }
    faults
}

fn diagnostic(text: &str, error: &ParseError) -> Diagnostic {
    let unexpected = error.unexpected().map(|s| Span::new(s.start(), s.end()));
    let context = error.context().map(|s| Span::new(s.start(), s.end()));
    let span = unexpected.or(context).unwrap_or_default();
    let at = visible(text, span);
    if let Some(slip) = slip(text, error.description(), span) {
        return slip;
    }
    let description = match error.description() {
        "string values must be quoted" if span.start == span.end => "missing value",
        other => other,
    };
    let repeated = description.ends_with("is said twice") || description.contains("is already there");
    let mut message = plain_words(description).to_owned();
    let expected: Vec<_> = error.expected().unwrap_or_default().iter().filter_map(name).collect();
    if message == description && !expected.is_empty() && description != "missing value" {
        message = format!("{message}; expected {}", expected.join(", "));
    }
    let mut fault = Diagnostic::new("syntax", at, message);
    if let Some(first) = context.filter(|first| repeated && *first != at) {
        fault = fault.label(first, "the first is here");
    }
    match remedy(description, repeated) {
        Some(help) => fault.help(help),
        None => fault.help("see https://toml.io/en/v1.0.0 for what TOML allows"),
    }
}

/// The slips that people make most, told in their own terms from the line on which they stand.
fn slip(text: &str, description: &str, span: Span) -> Option<Diagnostic> {
    let start = span.range().start;
    let (from, to) = (line_start(text, start), line_end(text, start));
    let line = text.get(from..to)?;
    let at = |needle: usize, length: usize| Span::new(from + needle, from + needle + length);
    let tell =
        |span: Span, message: &str, help: String| Some(Diagnostic::new("syntax", span, message).help(help));
    if let Some((i, quote)) = line.char_indices().find(|(_, c)| matches!(c, '“' | '”' | '„' | '‘' | '’'))
        && !line[..i].contains(['"', '\'', '#'])
    {
        let help = "they come from Word; type straight quotes in their place: \"...\"".to_owned();
        return tell(at(i, quote.len_utf8()), "curly quotes, which TOML does not know", help);
    }
    let key_end = line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ')));
    if let Some(i) = key_end.filter(|i| line[*i..].starts_with(':') && !line[..*i].trim().is_empty()) {
        return tell(at(i, 1), "`:` stands where `=` is expected", "write key = value".to_owned());
    }
    let value_at =
        line.find('=').map(|i| i + 1 + (line[i + 1..].len() - line[i + 1..].trim_start().len()))?;
    let value = line[value_at..].split(" #").next().unwrap_or_default().trim_end();
    let bare = value.starts_with(|c: char| c.is_alphanumeric()) && start <= from + value_at + value.len();
    if let Some(date) = crate::parse::dates::plain(value).filter(|_| bare) {
        let help = format!("write the date as {date}, without quotes");
        return tell(at(value_at, value.len()), "a date that is not written as TOML writes dates", help);
    }
    if bare && value.starts_with(char::is_alphabetic) && description != "key with no value" {
        let help = "put the text between double quotes: \"...\"".to_owned();
        return tell(at(value_at, value.len()), "text without quotes", help);
    }
    let quotes = value.bytes().filter(|b| *b == b'"').count();
    if value.starts_with('"') && value.contains('\\') && description.contains("escape")
        || description.contains("unicode value digits")
    {
        let help = "write \\\\ for a backslash, or put the text between single quotes: 'C:\\...'".to_owned();
        return tell(visible(text, span), "a backslash begins a special character", help);
    }
    if description == "unexpected key or value" && (quotes > 2 || value.starts_with('\'')) {
        let help =
            "the quote within the text ended it: write it as \\\", or put the text between \"\"\" and \"\"\""
                .to_owned();
        return tell(visible(text, span), "something follows the end of this text", help);
    }
    None
}

/// The span, at least one character long, and within one line.
fn visible(text: &str, span: Span) -> Span {
    let start = text.floor_char_boundary(span.range().start);
    let end = text.floor_char_boundary(span.range().end).min(line_end(text, start));
    if end > start {
        return Span::new(start, end);
    }
    let next = text[start..].chars().next().filter(|c| *c != '\n' && *c != '\r');
    Span::new(start, start + next.map_or(0, char::len_utf8))
}

fn name(expected: &Expected) -> Option<String> {
    match expected {
        Expected::Literal("\n") => Some("the end of the line".to_owned()),
        Expected::Literal(text) => Some(format!("`{text}`")),
        Expected::Description(text) => Some((*text).to_owned()),
        _ => None,
    }
}

/// The parser's description where an analyst would not know its words.
fn plain_words(description: &str) -> &str {
    match description {
        "string values must be quoted" => "text without quotes",
        "invalid basic string" | "invalid literal string" => {
            "this text is not closed, or holds what TOML forbids"
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            "this text holds what TOML forbids"
        }
        "key with no value" => "a key without a value",
        "unclosed array" => "this list is not closed",
        "missing comma between array elements" => "no comma between two things of a list",
        "unclosed table" | "unclosed array table" => "this header is not closed",
        "cannot recurse further; max recursion depth met" => "lists or tables nested too deep",
        other => other,
    }
}

fn remedy(description: &str, repeated: bool) -> Option<&'static str> {
    Some(match description {
        _ if repeated => "keep one of the two; where both are meant, use a list or another key",
        "string values must be quoted" => "put the text between double quotes: \"...\"",
        "invalid basic string" | "invalid literal string" => {
            "close the string on its own line; text over several lines goes between \"\"\" and \"\"\""
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            "close the text with \"\"\" and write \\\\ where a backslash is meant"
        }
        "key with no value" | "missing value for key" | "missing value" => {
            "write key = value; where there is nothing to say, delete the line"
        }
        "invalid key-value pair" | "invalid key" | "unexpected key or value" | "extra `=`" => {
            "one key = value a line; text over several lines goes between \"\"\" and \"\"\""
        }
        "unclosed table" | "unclosed array table" | "invalid table" | "missing table open" => {
            "a table's header is [name], and a repeated one [[name]], alone on its line"
        }
        "unclosed array" | "missing comma between array elements" => "write [\"one\", \"two\"]",
        "this day or time does not exist" => "write the date as YYYY-MM-DD, without quotes",
        "cannot recurse further; max recursion depth met" => {
            "no key of a plan nests lists or tables this deep"
        }
        _ => return None,
    })
}

/// Quotes that were opened and not closed where they should have been.
struct Unclosed {
    string: Span,
    next: Option<Span>,
}

impl Unclosed {
    fn diagnostic(&self) -> Diagnostic {
        let fault = Diagnostic::new("syntax", self.string, "the text that opens here is not closed")
            .help("put \"\"\" after the last word of the text");
        match self.next {
            Some(next) => fault.label(next, "these quotes were to open the next text, and close this one"),
            None => fault,
        }
    }
}

/// The first multi-line string that runs to the end of the file, or ends at quotes that stand after
/// `key =` and so were meant to open the next one.
fn unclosed_string(text: &str) -> Option<Unclosed> {
    let source = toml_parser::Source::new(text);
    for token in source.lex() {
        use toml_parser::lexer::TokenKind;
        if !matches!(token.kind(), TokenKind::MlBasicString | TokenKind::MlLiteralString) {
            continue;
        }
        let (start, end) = (token.span().start(), token.span().end());
        let quotes = &text[start..start + 3];
        let string = Span::new(start, start + 3);
        let Some(inner) = text[start + 3..end].strip_suffix(quotes) else {
            return Some(Unclosed { string, next: None });
        };
        let last_line = inner.rsplit('\n').next().unwrap_or_default();
        let key = last_line.strip_suffix(' ').unwrap_or(last_line).strip_suffix('=').map(str::trim);
        let is_key = |k: &str| {
            !k.is_empty() && k.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        };
        if inner.contains('\n') && key.is_some_and(is_key) {
            return Some(Unclosed { string, next: Some(Span::new(end - 3, end)) });
        }
    }
    None
}
