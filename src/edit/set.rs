//! A key's value put in, put in the place of another, or taken out.

use super::EditError;
use super::act::{Part, dotted};
use super::layout::{Layout, Statement, What};
use super::list;
use super::meaning::same;
use super::order::{of_recommendation, rank};
use super::place::{Held, Place, Within, find};
use super::splice::Splice;
use super::table;
use super::value::{self, Value};
use crate::syntax::{Kind, Table, Value as Found};

/// Sets a key.
pub(super) fn set(layout: &Layout<'_, '_>, path: &[Part], new: &Value) -> Result<Vec<Splice>, EditError> {
    let place = find(layout, path).ok_or(EditError::Astray)?;
    match place.found {
        None => insert(layout, &place, new),
        Some(Held::Value(old)) => Ok(replace(layout, &place, old, new)),
        Some(Held::Table(old)) => replace_dotted(layout, path, &place, old, new),
        Some(Held::Tables) => Err(EditError::Astray),
    }
}

/// Puts a value in the place of another, in its manner.
fn replace(layout: &Layout<'_, '_>, place: &Place<'_, '_, '_>, old: &Found<'_>, new: &Value) -> Vec<Splice> {
    if same(&old.to_toml(), &new.to_toml()) {
        return vec![layout.as_it_is(old.span)];
    }
    let span = old.span.range();
    let ending = layout.ending(span.start);
    let in_braces = matches!(place.within, Within::Braces(_));
    let raw = &layout.text[span.clone()];
    let at = |text: String| Splice { at: span.clone(), text };
    match (&old.kind, new) {
        (Kind::String(_), Value::String(text)) => {
            let last = place.keys.last().copied().unwrap_or_default();
            let one_line = !raw.starts_with("\"\"\"") && !raw.starts_with("'''");
            // A line that grows into more than a line of prose is written as prose.
            if last == "text" && one_line && !in_braces && text.chars().count() > LINE {
                return vec![at(value::prose(text, ending))];
            }
            vec![at(value::replaced(raw, text, ending, in_braces))]
        }
        (Kind::Table(table), Value::Deadline(_)) if parts_of(table, new).is_some() => {
            let parts = parts_of(table, new).unwrap_or_default();
            parts.into_iter().map(|(part, new)| replace_part(layout, part, &new, true)).collect()
        }
        (Kind::Array(_), Value::List(items)) if !items.is_empty() => {
            let pieces = list::pieces(layout.text, old);
            if list::is_on_one_line(layout.text, old, &pieces) {
                return vec![at(new.written("", ending, in_braces))];
            }
            let mut splices = keep_comments(layout, old);
            splices.push(at(lines(layout, old, items, ending)));
            splices
        }
        _ => {
            let key = place.keys.last().copied().unwrap_or_default();
            let mut splices = keep_comments(layout, old);
            splices.push(at(new.written(key, ending, in_braces)));
            splices
        }
    }
}

/// Prose of so many characters may stand on one line, as the line it is.
const LINE: usize = 80;

/// A list over several lines, as it would be written in the place of another one.
fn lines(layout: &Layout<'_, '_>, old: &Found<'_>, items: &[String], ending: &str) -> String {
    let statement = layout.statement_at(old.span.range().start).map(|i| &layout.statements[i]);
    let indent = statement.map_or("", |s| layout.indent(s));
    let items: Vec<String> =
        items.iter().map(|item| format!("{indent}    {},{ending}", value::basic(item))).collect();
    format!("[{ending}{}{indent}]", items.concat())
}

/// The values of a deadline's table, each with what it is to become, if its keys stay the same.
fn parts_of<'d, 'a>(table: &'d Table<'a>, new: &Value) -> Option<Vec<(&'d Found<'a>, Value)>> {
    let Value::Deadline(deadline) = new else { return None };
    let date = deadline.date().map(|date| ("date", Value::Date(date)));
    let wording = deadline.wording().map(|wording| ("wording", Value::from(wording)));
    let new: Vec<(&str, Value)> = date.into_iter().chain(wording).collect();
    if table.entries.len() != new.len() || deadline.wording().is_none() {
        return None;
    }
    new.into_iter().map(|(key, value)| Some((&table.get(key)?.value, value))).collect()
}

/// Sets a deadline whose date and wording stand on lines of their own: line by line, or all of them as one.
fn replace_dotted(
    layout: &Layout<'_, '_>,
    path: &[Part],
    place: &Place<'_, '_, '_>,
    old: &Table<'_>,
    new: &Value,
) -> Result<Vec<Splice>, EditError> {
    if let Some(parts) = parts_of(old, new) {
        return Ok(parts.into_iter().map(|(part, new)| replace_part(layout, part, &new, false)).collect());
    }
    match place.within {
        Within::Lines { header } => {
            let mut splices = without_table(layout, header, place);
            for mut line in insert(layout, place, new)? {
                // The blank line above a header goes with it: what was to stand there stands in its place.
                if let Some(gone) = splices.iter().find(|gone| gone.at.contains(&line.at.start)) {
                    line.at = gone.at.start..gone.at.start;
                }
                splices.push(line);
            }
            Ok(splices)
        }
        Within::Braces(_) => {
            Err(EditError::WrongType { key: dotted(path), found: "a table of its own".to_owned() })
        }
    }
}

/// Puts a date or a wording in the place of another.
fn replace_part(layout: &Layout<'_, '_>, old: &Found<'_>, new: &Value, in_braces: bool) -> Splice {
    if same(&old.to_toml(), &new.to_toml()) {
        return layout.as_it_is(old.span);
    }
    let at = old.span.range();
    let ending = layout.ending(at.start);
    let text = match new {
        Value::String(text) => value::replaced(&layout.text[at.clone()], text, ending, in_braces),
        other => other.written("", ending, in_braces),
    };
    Splice { at, text }
}

/// The comments inside a value that goes, as lines above its statement.
fn keep_comments(layout: &Layout<'_, '_>, old: &Found<'_>) -> Vec<Splice> {
    let comments = list::comments(layout.text, old);
    let Some(statement) = layout.statement_at(old.span.range().start).map(|i| &layout.statements[i]) else {
        return Vec::new();
    };
    if comments.is_empty() {
        return Vec::new();
    }
    let indent = layout.indent(statement);
    let lines: Vec<String> = comments.iter().map(|comment| format!("{indent}{comment}")).collect();
    vec![layout.lines_at(statement.lines.start, &lines)]
}

/// Puts a key in where none is.
pub(super) fn insert(
    layout: &Layout<'_, '_>,
    place: &Place<'_, '_, '_>,
    new: &Value,
) -> Result<Vec<Splice>, EditError> {
    let names: Vec<_> = place.keys.iter().map(|key| value::key(key)).collect();
    let name = names.join(".");
    let last = if place.keys.first() == Some(&"custom") { "" } else { place.keys.last().unwrap_or(&"") };
    let order = of_recommendation(&place.table);
    let own = place.keys.first().copied().unwrap_or_default();
    match place.within {
        Within::Braces(held) => {
            let written = format!("{name} = {}", new.written(last, "\n", true));
            let pieces = list::pieces(layout.text, held);
            let later = |key: &str| rank(order, key).filter(|r| rank(order, own).is_some_and(|own| *r > own));
            let next = pieces.iter().filter_map(|p| Some((later(p.keys.first()?)?, p)));
            match next.min_by_key(|(rank, _)| *rank) {
                Some((_, next)) if list::is_on_one_line(layout.text, held, &pieces) => {
                    Ok(vec![Splice { at: next.at.start..next.at.start, text: format!("{written}, ") }])
                }
                _ => Ok(list::add(layout, held, &written)),
            }
        }
        Within::Lines { header: None } if own == "closure" && layout.root.get(own).is_none() => {
            let key = place.keys.last().copied().unwrap_or_default();
            Ok(vec![table::append(layout, own, false, &[(key, new)])])
        }
        Within::Lines { header } => {
            let (at, indent, blank) = line_for(layout, header, own, order);
            let ending = layout.ending(at);
            let line = format!("{indent}{name} = {}", new.written(last, ending, false));
            let lines = match blank {
                Blank::None => vec![line],
                Blank::Before => vec![String::new(), line],
                Blank::After => vec![line, String::new()],
            };
            Ok(vec![layout.lines_at(at, &lines)])
        }
    }
}

/// On which side of a new line a blank one goes.
enum Blank {
    None,
    Before,
    After,
}

/// Where the line of a new key goes, with its indentation.
fn line_for<'a>(
    layout: &Layout<'_, 'a>,
    header: Option<usize>,
    own: &str,
    order: &[&str],
) -> (usize, &'a str, Blank) {
    let section = layout.section_at(header);
    let key = |i: &usize| layout.statements[*i].key();
    let below = |i: usize| {
        let statement = &layout.statements[i];
        (statement.lines.end, layout.indent(statement), Blank::None)
    };
    if let Some(sibling) = section.clone().rev().find(|i| key(i) == Some(own)) {
        return below(sibling);
    }
    let own_rank = rank(order, own);
    let later = |i: usize| {
        let rank = rank(order, layout.statements[i].key()?)?;
        own_rank.is_some_and(|own| rank > own).then_some((rank, i))
    };
    if let Some((_, next)) = section.clone().filter_map(later).min() {
        let is_text = header.is_none() && key(&next) == Some("text");
        if is_text && next > section.start {
            return below(next - 1);
        }
        let blank = if is_text { Blank::After } else { Blank::None };
        return (layout.block_start(next), layout.indent(&layout.statements[next]), blank);
    }
    match (section.clone().next_back(), header) {
        (Some(last), None) if own == "text" => {
            let (at, indent, _) = below(last);
            (at, indent, Blank::Before)
        }
        (Some(last), _) => below(last),
        // The header is all there is.
        (None, Some(_)) => below(section.start - 1),
        (None, None) if layout.statements.is_empty() => (layout.text.len(), "", Blank::None),
        (None, None) => (layout.block_start(0), "", Blank::After),
    }
}

/// Takes a key out. A comment on its line gets a line of its own.
pub(super) fn unset(layout: &Layout<'_, '_>, path: &[Part]) -> Result<Vec<Splice>, EditError> {
    let Some(place) = find(layout, path) else { return Ok(Vec::new()) };
    match (place.found, place.within) {
        (None, _) => Ok(Vec::new()),
        (Some(Held::Tables), _) => Err(EditError::Astray),
        (Some(held), Within::Braces(braces)) => {
            let pieces = list::pieces(layout.text, braces);
            let gone: Vec<bool> = pieces.iter().map(|p| p.keys.starts_with(&place.keys)).collect();
            if gone.iter().all(|gone| *gone) {
                let splice = Splice { at: braces.span.range(), text: "{}".to_owned() };
                return Ok(keep_comments(layout, braces).into_iter().chain([splice]).collect());
            }
            let mut splices = list::remove(layout, braces, &gone);
            if let Held::Value(value) = held {
                splices.extend(keep_comments(layout, value));
            }
            Ok(splices)
        }
        (Some(Held::Value(value)), Within::Lines { .. }) => {
            let at = layout.statement_at(value.span.range().start).ok_or(EditError::Astray)?;
            Ok(vec![without(layout, at)])
        }
        (Some(Held::Table(_)), Within::Lines { header }) => Ok(without_table(layout, header, &place)),
    }
}

/// What stays of a statement that goes: its comments.
fn comments_of(layout: &Layout<'_, '_>, statement: &Statement<'_, '_>) -> Vec<String> {
    let inside = match &statement.what {
        What::Pair { value, .. } => list::comments(layout.text, value),
        What::Header { .. } => Vec::new(),
    };
    let comments = inside.into_iter().chain(layout.trailing_comment(statement));
    comments.map(|comment| format!("{}{comment}", layout.indent(statement))).collect()
}

fn without(layout: &Layout<'_, '_>, at: usize) -> Splice {
    let statement = &layout.statements[at];
    let comments = comments_of(layout, statement);
    let kept = layout.lines_at(statement.lines.start, &comments);
    Splice { at: statement.lines.clone(), text: kept.text }
}

/// Takes out a table that has lines of its own: dotted keys, or a header with what follows it.
fn without_table(layout: &Layout<'_, '_>, header: Option<usize>, place: &Place<'_, '_, '_>) -> Vec<Splice> {
    let section = layout.section_at(header);
    let mut path = place.table.clone();
    path.extend(&place.keys);
    let dotted = |statement: &Statement<'_, '_>| match &statement.what {
        What::Pair { keys, .. } => keys.starts_with(&place.keys),
        What::Header { .. } => false,
    };
    let mut splices: Vec<Splice> =
        section.clone().filter(|i| dotted(&layout.statements[*i])).map(|i| without(layout, i)).collect();
    // Headers below one of a list of tables come before the next of that list.
    for i in section.end..layout.statements.len() {
        let statement = &layout.statements[i];
        if header.is_some() && *statement.header == *place.table {
            break;
        }
        if !statement.header.starts_with(&path) {
            continue;
        }
        let mut splice = without(layout, i);
        let gap = layout.gap(i);
        if statement.is_header() && layout.text[gap.clone()].trim().is_empty() {
            splice.at.start = gap.start;
        }
        splices.push(splice);
    }
    splices
}
