//! What refers to something that a text defines elsewhere: in a paper of many texts another may define the same.

use super::edits::{Edits, is_escaped};
use crate::render::markdown::{escape_within, may_be_address};
use pulldown_cmark::LinkType;
use std::ops::Range;

/// An address as a link has it between parentheses: no character in it stands for another, or ends it.
pub(in crate::render) fn destination(link: &str) -> String {
    let mut destination = String::with_capacity(link.len());
    for c in link.chars() {
        match c {
            '&' => destination.push_str("&amp;"),
            '<' => destination.push_str("%3C"),
            '>' => destination.push_str("%3E"),
            '(' => destination.push_str("%28"),
            ')' => destination.push_str("%29"),
            '`' => destination.push_str("%60"),
            '|' => destination.push_str("%7C"),
            c => destination.push(c),
        }
    }
    destination
}

/// A link by reference as one that says itself where it leads.
pub(super) fn resolve(
    text: &str,
    range: &Range<usize>,
    link_type: LinkType,
    (link, title): (&str, &str),
    edits: &mut Edits,
) {
    // Of `[a][]` the parser may count the second pair in, or not.
    let empty = if link_type == LinkType::Collapsed && text[range.end..].starts_with("[]") { 2 } else { 0 };
    let range = range.start..range.end + empty;
    let told = &text[range.clone()];
    let bracket = match link_type {
        LinkType::Shortcut => told.len().checked_sub("]".len()),
        LinkType::Collapsed => told.len().checked_sub("][]".len()),
        _ => {
            let mut brackets = told.rmatch_indices('[').map(|(at, _)| at);
            brackets.find(|at| !is_escaped(told, *at)).and_then(|at| at.checked_sub("]".len()))
        }
    };
    let Some(bracket) = bracket.filter(|at| told[*at..].starts_with(']')) else {
        edits.by_number(text, range.start);
        return;
    };
    let title = match title {
        "" => String::new(),
        title => format!(" \"{}\"", escape_within(title).replace('"', "&quot;")),
    };
    edits.add(range.start + bracket..range.end, format!("]({}{title})", destination(link)));
}

/// A definition with the end of its line, where it has the line to itself.
pub(super) fn definition(text: &str, span: Range<usize>) -> Range<usize> {
    let before = &text[..span.start];
    let is_alone = before.is_empty() || before.ends_with('\n');
    let has_end = text[span.clone()].ends_with('\n') || !text[span.end..].starts_with('\n');
    if is_alone && !has_end { span.start..span.end + 1 } else { span }
}

/// Brackets of what is no reference, at these places among others, so that none is made of it by a definition elsewhere.
/// The boxes of a list of tasks are left: no definition is called by nothing, and an `x` is no name.
pub(super) fn brackets(text: &str, places: impl Iterator<Item = usize>, edits: &mut Edits) {
    let last = text.rfind(']').unwrap_or(0);
    // A word may have as many brackets as a text has letters: it is looked at once.
    let mut word = 0..0;
    let mut is_address = false;
    for at in places.filter(|at| *at < last && text.as_bytes()[*at] == b'[' && !is_escaped(text, *at)) {
        if ["[ ]", "[x]", "[X]"].iter().any(|task| text[at..].starts_with(task)) {
            continue;
        }
        if !word.contains(&at) {
            let start = text[..at].trim_end_matches(|c: char| !c.is_whitespace()).len();
            let end = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
            is_address = may_be_address(&text[start..end]);
            word = start..end;
        }
        // What looks like an address is one as it is written, with any backslash.
        if is_address {
            edits.by_number(text, at);
        } else {
            edits.add(at..at + 1, "\\[");
        }
    }
}
