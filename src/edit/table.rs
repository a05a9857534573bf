//! A new table at the place where its kind goes.

use super::EditError;
use super::layout::Layout;
use super::list;
use super::order::{of_recommendation, rank};
use super::splice::Splice;
use super::value::{Value, key};
use crate::syntax::Kind;

/// The splices that append a table to its list.
pub(super) fn append_to_list(
    layout: &Layout<'_, '_>,
    table: &str,
    entries: &[(&'static str, Value)],
) -> Vec<Splice> {
    if let Some(entry) = layout.root.get(table)
        && matches!(entry.value.kind, Kind::Array(_))
    {
        return list::add(layout, &entry.value, &inline(entries));
    }
    let entries: Vec<(&str, &Value)> = entries.iter().map(|(key, value)| (*key, value)).collect();
    vec![append(layout, table, true, &entries)]
}

/// The splices that put a table before the one of this number in its list. A comment above that one stays with
/// it.
pub(super) fn insert_into_list(
    layout: &Layout<'_, '_>,
    table: &str,
    nth: usize,
    entries: &[(&'static str, Value)],
) -> Result<Vec<Splice>, EditError> {
    let list = layout.root.get(table).ok_or(EditError::Astray)?;
    let next = match &list.value.kind {
        Kind::Array(_) => return list::insert(layout, &list.value, nth, &inline(entries)),
        Kind::Tables(tables) => tables.get(nth),
        _ => None,
    };
    let header = next.and_then(|next| layout.statement_at(next.span.range().start));
    let at = layout.block_start(header.ok_or(EditError::Astray)?);
    let ending = layout.ending(at);
    let mut lines = lines_of(table, true, entries.iter().map(|(key, value)| (*key, value)), ending);
    lines.push(String::new());
    Ok(vec![layout.lines_at(at, &lines)])
}

/// A table between braces.
fn inline(entries: &[(&'static str, Value)]) -> String {
    let entries: Vec<String> =
        entries.iter().map(|(name, value)| format!("{name} = {}", value.written(name, "\n", true))).collect();
    if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
}

/// The lines of a table under a header.
fn lines_of<'e>(
    table: &str,
    is_list: bool,
    entries: impl Iterator<Item = (&'e str, &'e Value)>,
    ending: &str,
) -> Vec<String> {
    let header = if is_list { format!("[[{table}]]") } else { format!("[{table}]") };
    let entries =
        entries.map(|(name, value)| format!("{} = {}", key(name), value.written(name, ending, false)));
    std::iter::once(header).chain(entries).collect()
}

/// A new table after the last of its kind, else before the first of a later kind, else at the end,
/// with a blank line before it.
pub(super) fn append(
    layout: &Layout<'_, '_>,
    table: &str,
    is_list: bool,
    entries: &[(&str, &Value)],
) -> Splice {
    let order = of_recommendation(&[]);
    let own = rank(order, table);
    let statements = &layout.statements;
    let kind = |i: usize| statements[i].header.first().and_then(|kind| rank(order, kind));
    let last_of_kind = (0..statements.len()).rev().find(|i| kind(*i).is_some() && kind(*i) == own);
    let first_later = || (0..statements.len()).find(|i| kind(*i).is_some_and(|kind| Some(kind) > own));
    let previous = match last_of_kind {
        Some(last) => Some(last),
        None => first_later().unwrap_or(statements.len()).checked_sub(1),
    };
    let at = match previous {
        Some(previous) => layout.after(previous),
        None if statements.is_empty() => layout.text.len(),
        None => layout.block_start(0),
    };
    let ending = layout.ending(at);
    let mut lines = lines_of(table, is_list, entries.iter().copied(), ending);
    let is_top = at == layout.top() || layout.text[..at].trim_start_matches(crate::source::BOM).is_empty();
    if !is_top && !ends_with_blank_line(&layout.text[layout.top()..at]) {
        lines.insert(0, String::new());
    }
    if previous.is_none() && !statements.is_empty() {
        lines.push(String::new());
    }
    layout.lines_at(at, &lines)
}

fn ends_with_blank_line(text: &str) -> bool {
    let lines = text.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text));
    lines.is_some_and(|text| text.rsplit('\n').next().is_none_or(|line| line.trim().is_empty()))
}
