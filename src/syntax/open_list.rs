//! Lists that were never closed. The parser would read all that follows as their elements.

use crate::diagnostic::Diagnostic;
use crate::source::{Span, line_start};
use std::ops::Range;
use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// A list whose closing bracket is missing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OpenList {
    /// Its opening bracket.
    open: Span,
    /// From the line of its key to the line that shows that it was to end before: another key, or a
    /// header.
    pub(super) lines: Range<usize>,
}

impl OpenList {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new("syntax", self.open, "the list that opens here is not closed")
            .help("put `]` after its last element")
    }
}

/// The brackets and braces that are open, with their places.
type Open = Vec<(TokenKind, Span)>;

/// Every such list of a text that the parser found fault with, in order.
pub(super) fn find(text: &str) -> Vec<OpenList> {
    let tokens = Source::new(text).lex().into_vec();
    let mut found = Vec::new();
    // The open brackets of the value at hand, and where the line of its key starts.
    let (mut open, mut from): (Open, usize) = (Open::new(), 0);
    for line in tokens.split(|token| token.kind() == TokenKind::Newline) {
        let line: Vec<&Token> = line.iter().filter(|token| says_something(token.kind())).collect();
        let Some(first) = line.first() else { continue };
        let start = line_start(text, first.span().start());
        if let (Some((TokenKind::LeftSquareBracket, bracket)), true) =
            (open.first().copied(), begins_anew(text, &line, &open))
        {
            found.push(OpenList { open: bracket, lines: from..start });
            open.clear();
        }
        if open.is_empty() {
            from = start;
            if first.kind() == TokenKind::LeftSquareBracket {
                continue;
            }
        }
        line.iter().for_each(|token| follow(&mut open, token));
    }
    found
}

fn says_something(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Whitespace | TokenKind::Comment | TokenKind::Eof)
}

fn follow(open: &mut Open, token: &Token) {
    let span = Span::new(token.span().start(), token.span().end());
    match token.kind() {
        kind @ (TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket) => open.push((kind, span)),
        TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => drop(open.pop()),
        _ => {}
    }
}

/// Whether a line is a header or a key with its value, where a list's elements are expected.
fn begins_anew(text: &str, line: &[&Token], open: &Open) -> bool {
    let in_list = open.last().is_some_and(|(kind, _)| *kind == TokenKind::LeftSquareBracket);
    in_list && (is_header(text, line) || is_key(line))
}

fn is_key(line: &[&Token]) -> bool {
    let key = line.iter().take_while(|token| {
        use TokenKind::{Atom, BasicString, Dot, LiteralString};
        matches!(token.kind(), Atom | BasicString | LiteralString | Dot)
    });
    let length = key.count();
    length > 0 && line.get(length).is_some_and(|token| token.kind() == TokenKind::Equals)
}

/// `[name]` or `[[name]]`, and no list of numbers or of `true`.
fn is_header(text: &str, line: &[&Token]) -> bool {
    let at = |token: &Token| &text[token.span().start()..token.span().end()];
    let name: Vec<&str> = line.iter().filter(|t| t.kind() == TokenKind::Atom).map(|t| at(t)).collect();
    let bare = |kind: TokenKind| {
        use TokenKind::{Atom, Dot, LeftSquareBracket, RightSquareBracket};
        matches!(kind, Atom | Dot | LeftSquareBracket | RightSquareBracket)
    };
    line.first().is_some_and(|t| t.kind() == TokenKind::LeftSquareBracket)
        && line.iter().all(|t| bare(t.kind()))
        && name.iter().all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))
        && !matches!(name.as_slice(), [] | ["true" | "false" | "inf" | "nan"])
}
