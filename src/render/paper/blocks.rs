//! Headings and rules of a text, among those of the paper.

use super::edits::Edits;
use std::ops::Range;

/// Where a line begins that a place is in.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// Whether a line says nothing, within a quotation or not.
fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '>']).is_empty()
}

/// The line above one that begins there; empty: there is none.
fn above(text: &str, start: usize) -> &str {
    text[..start].lines().next_back().unwrap_or_default()
}

/// The line below one that ends there or in white space behind.
fn below(text: &str, end: usize) -> &str {
    text[end..].split('\n').nth(1).unwrap_or_default()
}

/// Where a block ends, without the white space behind it.
pub(super) fn end(text: &str, whole: &Range<usize>) -> usize {
    whole.start + text[whole.clone()].trim_end().len()
}

/// A heading as a line of bold text: a paper has headings of its own, among which a text's would pass for one. It is a
/// paragraph of its own, and no part of one that stands before or behind it.
pub(super) fn heading(
    text: &str,
    whole: &Range<usize>,
    inner: Option<Range<usize>>,
    last: Option<usize>,
    edits: &mut Edits,
) {
    let (line, end) = (line_start(text, whole.start), end(text, whole));
    let prefix = &text[line..whole.start];
    let within: String = prefix.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
    let blank = within.trim_end();
    let begins_item = !is_blank(prefix);
    // The heading above it has made room.
    let has_room = is_blank(above(text, line)) || last.is_some_and(|last| text[last..line].trim().is_empty());
    let before = if begins_item || has_room { String::new() } else { format!("{blank}\n") };
    let behind = if is_blank(below(text, end)) { String::new() } else { format!("\n{blank}") };
    let inner = inner.filter(|inner| inner.start >= whole.start && inner.end <= end && !inner.is_empty());
    let plain = |inner: &Range<usize>| {
        let words = &text[inner.clone()];
        !words.contains('*') && !words.starts_with(char::is_whitespace) && !words.ends_with([' ', '\\', '\n'])
    };
    match inner {
        Some(inner) if plain(&inner) => {
            edits.add(line..inner.start, format!("{before}{prefix}**"));
            edits.add(inner.end..end, format!("**{behind}"));
        }
        // The line of signs below it, or the sign before it.
        Some(inner) if inner.start == whole.start => {
            let below = text[inner.end..end].rfind('\n').map_or(inner.end, |at| inner.end + at);
            if let Some(at) = text[below..end].find(['=', '-']) {
                edits.add(below + at..end, format!("\\{}{behind}", &text[below + at..end]));
            }
        }
        _ => {
            edits.add(line..whole.start, format!("{before}{prefix}\\"));
            if !behind.is_empty() {
                edits.add(end..end, behind);
            }
        }
    }
}

/// A rule between blank lines, of signs that make no line above it a heading there.
pub(super) fn rule(text: &str, at: usize, edits: &mut Edits) {
    const RULE: &str = "---";
    let start = line_start(text, at);
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let before = if is_blank(above(text, start)) { "" } else { "\n" };
    let behind = if is_blank(below(text, end)) { "" } else { "\n" };
    let told = format!("{before}{RULE}{behind}");
    if text[start..end] != told {
        edits.add(start..end, told);
    }
}
