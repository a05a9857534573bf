//! What stands between brackets: the items of a list, the keys of an inline table.

use super::act::Part;
use super::layout::Layout;
use super::place::{self, Held};
use super::splice::Splice;
use super::{EditError, set, value};
use crate::source::line_end;
use crate::syntax::{Form, Kind, Table, Value};
use std::ops::Range;

/// An item of a list, or a key of an inline table with its value.
pub(super) struct Piece<'d, 'a> {
    /// The key, each part of a dotted one; of an item none.
    pub(super) keys: Vec<&'d str>,
    pub(super) value: &'d Value<'a>,
    /// From the first character of the key, or the item, to the last of the value.
    pub(super) at: Range<usize>,
}

/// What was found on the way from one piece to the next.
#[derive(Default)]
struct Between {
    comma: Option<usize>,
    comments: Vec<Range<usize>>,
    /// Whether a line ends here.
    breaks: bool,
    end: usize,
}

/// Reads white space, commas and comments.
fn between(text: &str, from: usize, to: usize) -> Between {
    let mut found = Between { end: from, ..Between::default() };
    let bytes = text.as_bytes();
    while found.end < to {
        match bytes[found.end] {
            b' ' | b'\t' | b'\r' => {}
            b'\n' => found.breaks = true,
            b',' => found.comma = Some(found.end),
            b'#' => {
                let end = line_end(text, found.end).min(to);
                found.comments.push(found.end..end);
                found.end = end;
                continue;
            }
            _ => break,
        }
        found.end += 1;
    }
    found
}

/// The pieces of a list or an inline table by place; of anything else none.
pub(super) fn pieces<'d, 'a>(text: &str, value: &'d Value<'a>) -> Vec<Piece<'d, 'a>> {
    let mut pieces = Vec::new();
    match &value.kind {
        Kind::Array(items) => {
            let piece = |value: &'d Value<'a>| Piece { keys: Vec::new(), value, at: value.span.range() };
            pieces.extend(items.iter().map(piece));
        }
        Kind::Table(table) if table.form == Form::Inline => {
            flatten(table, &mut Vec::new(), &mut pieces);
            pieces.sort_by_key(|p| p.at.start);
            let mut from = value.span.range().start + 1;
            for piece in &mut pieces {
                piece.at.start = between(text, from, piece.at.start).end;
                from = piece.at.end;
            }
        }
        _ => {}
    }
    pieces
}

fn flatten<'d, 'a>(table: &'d Table<'a>, keys: &mut Vec<&'d str>, pieces: &mut Vec<Piece<'d, 'a>>) {
    for entry in &table.entries {
        keys.push(&entry.key.name);
        match &entry.value.kind {
            Kind::Table(inner) if inner.form == Form::Dotted => flatten(inner, keys, pieces),
            _ => {
                let (keys, value) = (keys.clone(), &entry.value);
                pieces.push(Piece { keys, value, at: entry.value.span.range() });
            }
        }
        keys.pop();
    }
}

/// Every comment inside a value.
pub(super) fn comments<'t>(text: &'t str, value: &Value<'_>) -> Vec<&'t str> {
    let mut found = Vec::new();
    collect(text, value, &mut found);
    found
}

fn collect<'t>(text: &'t str, value: &Value<'_>, found: &mut Vec<&'t str>) {
    let is_open = match &value.kind {
        Kind::Array(_) => true,
        Kind::Table(table) => table.form == Form::Inline,
        _ => false,
    };
    if !is_open {
        return;
    }
    let span = value.span.range();
    let mut from = span.start + 1;
    let take = |from, to, found: &mut Vec<&'t str>| {
        found.extend(between(text, from, to).comments.into_iter().map(|c| text[c].trim_end()));
    };
    for piece in pieces(text, value) {
        take(from, piece.at.start, found);
        collect(text, piece.value, found);
        from = piece.at.end;
    }
    take(from, span.end - 1, found);
}

/// Whether the pieces of a value all stand on the line on which it opens.
pub(super) fn is_on_one_line(text: &str, value: &Value<'_>, pieces: &[Piece<'_, '_>]) -> bool {
    let span = value.span.range();
    let mut from = span.start + 1;
    for piece in pieces {
        if between(text, from, piece.at.start).breaks {
            return false;
        }
        from = piece.at.end;
    }
    !between(text, from, span.end - 1).breaks
}

/// Adds a text to a list that does not have it.
pub(super) fn add_to(layout: &Layout<'_, '_>, path: &[Part], item: &str) -> Result<Vec<Splice>, EditError> {
    let place = place::find(layout, path).ok_or(EditError::Astray)?;
    let list = match place.found {
        None => return set::insert(layout, &place, &super::Value::List(vec![item.to_owned()])),
        Some(Held::Value(list)) => list,
        Some(_) => return Err(EditError::Astray),
    };
    let pieces = pieces(layout.text, list);
    if pieces.iter().any(|piece| is(piece.value, item)) {
        return Ok(vec![layout.as_it_is(list.span)]);
    }
    let manner = pieces.last().map_or("", |last| &layout.text[last.at.clone()]);
    Ok(add(layout, list, &value::replaced(manner, item, "\n", true)))
}

/// Takes a text out of a list; with the last, the key.
pub(super) fn remove_from(
    layout: &Layout<'_, '_>,
    path: &[Part],
    item: &str,
) -> Result<Vec<Splice>, EditError> {
    let place = place::find(layout, path).ok_or(EditError::Astray)?;
    let Some(Held::Value(list)) = place.found else { return Err(EditError::Astray) };
    let gone: Vec<bool> = pieces(layout.text, list).iter().map(|piece| is(piece.value, item)).collect();
    match gone.iter().filter(|gone| **gone).count() {
        // It went with a change that is not made yet, which is for the next pass to see.
        0 => Err(EditError::Astray),
        n if n == gone.len() => set::unset(layout, path),
        _ => Ok(remove(layout, list, &gone)),
    }
}

fn is(value: &Value<'_>, text: &str) -> bool {
    matches!(&value.kind, Kind::String(s) if s == text)
}

/// Adds a piece at the end, in the manner of those that are there.
pub(super) fn add(layout: &Layout<'_, '_>, value: &Value<'_>, new: &str) -> Vec<Splice> {
    let text = layout.text;
    let span = value.span.range();
    let (open, close) = (span.start + 1, span.end - 1);
    let pieces = pieces(text, value);
    let one_line = is_on_one_line(text, value, &pieces);
    let at = |at: usize, text: String| Splice { at: at..at, text };
    let ending = layout.ending(close);
    let Some(last) = pieces.last() else {
        if one_line {
            let space = if matches!(value.kind, Kind::Table(_)) { " " } else { "" };
            return vec![Splice { at: open..close, text: format!("{space}{new}{space}") }];
        }
        // Only comments stand here, and the bracket is on a line of its own.
        let indent = indent(layout, span.start, None);
        return vec![at(layout.line_start(close), format!("{indent}{new},{ending}"))];
    };
    if one_line {
        return vec![at(last.at.end, format!(", {new}"))];
    }
    let indent = indent(layout, span.start, Some(last.at.start));
    let rest = between(text, last.at.end, close);
    let end = line_end(text, rest.comma.map_or(last.at.end, |comma| comma + 1));
    if close <= end {
        return vec![at(last.at.end, format!(",{ending}{indent}{new}"))];
    }
    match rest.comma {
        Some(_) => vec![at(end, format!("{ending}{indent}{new},"))],
        None if end == last.at.end => vec![at(end, format!(",{ending}{indent}{new}"))],
        None => vec![at(last.at.end, ",".to_owned()), at(end, format!("{ending}{indent}{new}"))],
    }
}

/// Puts a piece before the one of this number, in its manner.
pub(super) fn insert(
    layout: &Layout<'_, '_>,
    value: &Value<'_>,
    nth: usize,
    new: &str,
) -> Result<Vec<Splice>, EditError> {
    let pieces = pieces(layout.text, value);
    let at = pieces.get(nth).ok_or(EditError::Astray)?.at.start;
    let line = layout.line_start(at);
    // Alone at the beginning of its line, it gets a line above.
    let space = match &layout.text[line..at] {
        white if white.trim().is_empty() => format!("{}{white}", layout.ending(at)),
        _ => " ".to_owned(),
    };
    Ok(vec![Splice { at: at..at, text: format!("{new},{space}") }])
}

/// The white space before a piece on a line of its own.
fn indent(layout: &Layout<'_, '_>, open: usize, last: Option<usize>) -> String {
    let text = layout.text;
    let white = |at: usize| {
        let line = &text[layout.line_start(at)..at];
        line[..line.len() - line.trim_start_matches([' ', '\t']).len()].to_owned()
    };
    match last {
        Some(last) if layout.line_start(last) > open => white(last),
        _ => format!("{}    ", white(open)),
    }
}

/// Takes pieces out; at least one stays.
pub(super) fn remove(layout: &Layout<'_, '_>, value: &Value<'_>, gone: &[bool]) -> Vec<Splice> {
    let text = layout.text;
    let pieces = pieces(text, value);
    let close = value.span.range().end - 1;
    let one_line = is_on_one_line(text, value, &pieces);
    let Some(last_kept) = gone.iter().rposition(|gone| !gone) else { return Vec::new() };
    let mut splices = Vec::new();
    for (i, piece) in pieces.iter().enumerate().filter(|(i, _)| gone.get(*i) == Some(&true)) {
        let next = pieces.get(i + 1).map_or(close, |next| next.at.start);
        let is_tail = i > last_kept;
        if one_line {
            let at = if is_tail { pieces[i - 1].at.end..piece.at.end } else { piece.at.start..next };
            splices.push(Splice { at, text: String::new() });
            continue;
        }
        let after = between(text, piece.at.end, next);
        let has_comma = after.comma.is_some();
        match after.comma {
            // A comment stands before the comma, and stays.
            Some(comma) if after.comments.first().is_some_and(|comment| comment.start < comma) => {
                splices.push(Splice { at: piece.at.clone(), text: String::new() });
                splices.push(Splice { at: comma..comma + 1, text: String::new() });
            }
            comma => {
                let end = comma.map_or(piece.at.end, |comma| comma + 1);
                splices.push(line_of(layout, piece, end..next));
            }
        }
        if is_tail && !has_comma {
            // There was no comma after the last: there is none after what is the last now.
            let kept = pieces[last_kept].at.end;
            let comma = between(text, kept, pieces[last_kept + 1].at.start).comma;
            splices.extend(comma.map(|comma| Splice { at: comma..comma + 1, text: String::new() }));
        }
    }
    splices
}

/// Takes out a piece and its comma up to `rest.start`, with the whole line if it has one to itself; a
/// comment on that line stays.
fn line_of(layout: &Layout<'_, '_>, piece: &Piece<'_, '_>, rest: Range<usize>) -> Splice {
    let text = layout.text;
    let start = layout.line_start(piece.at.start);
    let rest_of = text[rest.clone()].trim_start_matches([' ', '\t']);
    let after = rest.end - rest_of.len();
    // Looked at from the piece, for many may stand on one line.
    let white = text[..piece.at.start].trim_end_matches([' ', '\t']).len();
    if white <= start && rest_of.starts_with(['\n', '\r']) {
        return Splice { at: start..layout.next_line(after), text: String::new() };
    }
    Splice { at: piece.at.start..after, text: String::new() }
}
