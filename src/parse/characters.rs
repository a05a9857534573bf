//! Characters that do not show: found in the text as it stands, and in strings that spell them.

use crate::diagnostic::Diagnostic;
use crate::source::{BOM, Span, line_end};
use crate::syntax::{Document, Kind, Table, Value};
use crate::visible::{describe, is_hidden, may_hide};

/// A file tells at most so many of its lines; the last says how many more there are.
const MAX_TOLD: usize = 100;

const HELP: &str = "delete it, or type the character that was meant; text copied from a web page or \
                    a Word file often brings it along";

/// A `control-character` finding for each line that holds a hidden character, and for each string
/// that spells one with an escape.
pub(super) fn check(text: &str, document: &Document<'_>, faults: &mut Vec<Diagnostic>) {
    if document.plain && !may_hide(text) {
        return;
    }
    let mut found = Vec::new();
    // Up to where the line that was told last runs, and how many were.
    let mut lines_told = (None, 0);
    let body = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    for (at, c) in text[body..].char_indices().filter(|(_, c)| is_hidden(*c)) {
        let at = at + body;
        if c == '\r' && text[at + 1..].starts_with('\n') {
            continue;
        }
        if lines_told.0.is_none_or(|end| at > end) {
            lines_told = (Some(line_end(text, at)), lines_told.1 + 1);
            if lines_told.1 <= MAX_TOLD {
                found.push(fault(Span::new(at, at + c.len_utf8()), c));
            }
        }
    }
    if let (Some(last), Some(more)) =
        (found.last_mut(), lines_told.1.checked_sub(MAX_TOLD).filter(|n| *n > 0))
    {
        last.message = format!("{}, and others on {more} lines below", last.message);
    }
    in_table(&document.root, text, &mut found);
    // The parser tells of raw control characters too, in its own way.
    let hidden = |span: Span| text[span.range()].starts_with(is_hidden);
    faults.retain(|f| f.rule != "syntax" || !f.span.is_some_and(hidden));
    faults.extend(found);
}

fn fault(span: Span, c: char) -> Diagnostic {
    Diagnostic::new("control-character", span, format!("a character that does not show: {}", describe(c)))
        .help(HELP)
}

fn in_table(table: &Table<'_>, text: &str, found: &mut Vec<Diagnostic>) {
    for entry in &table.entries {
        spelt(&entry.key.name, entry.key.span, text, found);
        in_value(&entry.value, text, found);
    }
}

fn in_value(value: &Value<'_>, text: &str, found: &mut Vec<Diagnostic>) {
    match &value.kind {
        Kind::String(s) => spelt(s, value.span, text, found),
        Kind::Array(items) => items.iter().for_each(|v| in_value(v, text, found)),
        Kind::Table(t) => in_table(t, text, found),
        Kind::Tables(tables) => tables.iter().for_each(|t| in_table(t, text, found)),
        _ => {}
    }
}

/// A string whose text holds a hidden character that its spelling does not: it is written as an
/// escape.
fn spelt(string: &str, span: Span, text: &str, found: &mut Vec<Diagnostic>) {
    let raw = text.get(span.range()).unwrap_or_default();
    if !raw.contains('\\') {
        return;
    }
    if let Some(c) = string.chars().find(|c| is_hidden(*c) && !raw.contains(*c)) {
        let at = span.start as usize + raw.find('\\').unwrap_or(0);
        found.push(fault(Span::new(at, at + 1), c));
    }
}
