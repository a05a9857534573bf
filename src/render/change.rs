//! Changes in words: what a difference and a history say of one recommendation.

mod write;

pub use write::{as_markdown, text};

use super::style::Tone;
use crate::diff::{Change, Field, Kind, Part, Piece, Value, words};
use crate::model::{Deadline, Extension};
use crate::query::{NOT_RATED, NOT_REPORTED};
use crate::visible::one_line;
use crate::wording::{day, days, quoted, when};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A field that changed, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The field's key.
    pub key: Cow<'static, str>,
    /// What people call the field.
    pub name: String,
    /// What happened to it, on one line.
    pub said: String,
    /// In which tone.
    pub tone: Tone,
    /// The prose that came, went or was reworded.
    pub below: Option<Below>,
}

/// Prose below a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Below {
    /// As it stands.
    Prose(String),
    /// As it was reworded.
    Words(Vec<Piece>),
}

/// A line of text longer than this is compared word by word.
const LONG: usize = 60;

/// What changed of recommendations and plans, each with its lines. Where a whole plan came or went, what was
/// in it is named and no more.
#[must_use]
pub fn all_lines(changes: &[Change]) -> Vec<(&Change, Vec<Line>)> {
    let of_plans = changes.iter().filter(|change| change.id.is_none());
    let plans: BTreeMap<&str, Kind> = of_plans.map(|change| (change.plan.id.as_str(), change.kind)).collect();
    let with_plan = |change: &Change| {
        change.kind != Kind::Changed && plans.get(change.plan.id.as_str()) == Some(&change.kind)
    };
    let told =
        |change: &Change| if change.id.is_some() && with_plan(change) { Vec::new() } else { lines(change) };
    changes.iter().map(|change| (change, told(change))).collect()
}

/// What changed of a recommendation or a plan, a line each.
#[must_use]
pub fn lines(change: &Change) -> Vec<Line> {
    let whole = change.kind == Kind::Changed;
    let told = change.fields.iter().filter(|field| match (change.kind, &change.id) {
        (Kind::Changed, _) => true,
        // What is gone is told by how it stood; all that it said is in the revision that had it.
        (Kind::Removed, Some(_)) => matches!(&*field.key, "owners" | "deadline" | "rag" | "status"),
        (Kind::Added, Some(_)) => field.key != "title",
        // The words of a whole plan would hide what else changed.
        (Kind::Added | Kind::Removed, None) => {
            matches!(&*field.key, "organisation" | "source" | "lead" | "governance")
        }
    });
    let moved = if whole { moved_by_extensions(change) } else { BTreeSet::new() };
    let is_told_with_its_date = |field: &Field| match (&field.from, &field.to) {
        (None, Some(Value::Extension(e))) => moved.contains(&e.milestone.as_deref()),
        _ => false,
    };
    let told = told.filter(|field| !is_told_with_its_date(field));
    told.map(|field| line(field, change)).collect()
}

fn line(field: &Field, change: &Change) -> Line {
    let plain = |said: String| said_of(field, change, said, None);
    let shown = |value: &Value| one_line(&short(value)).into_owned();
    match (change.kind, &field.from, &field.to) {
        (_, Some(Value::List(_)), Some(Value::List(now))) if is_order(field) => {
            plain(format!("in another order: {}", one_line(&now.join(", "))))
        }
        (_, from, to) if [from, to].into_iter().flatten().any(|value| value.label().is_some()) => {
            entry(field, change)
        }
        (
            Kind::Changed,
            Some(Value::Prose(from) | Value::Text(from)),
            Some(Value::Prose(to) | Value::Text(to)),
        ) if is_prose(field) || (from.len().max(to.len()) > LONG && field.key != "title") => {
            let below = Some(Below::Words(words(from, to)));
            Line { below, ..plain(reworded(from, to).to_owned()) }
        }
        (Kind::Added, None, Some(Value::Prose(text))) if !text.trim().contains('\n') => {
            plain(one_line(text.trim()).into_owned())
        }
        (_, None, Some(Value::Prose(text))) => {
            let said = if change.kind == Kind::Changed { "added" } else { "" };
            Line { below: Some(Below::Prose(text.clone())), ..plain(said.to_owned()) }
        }
        (_, Some(Value::Prose(text)), None) => {
            Line { below: Some(Below::Prose(text.clone())), ..plain("removed".to_owned()) }
        }
        (Kind::Added, _, Some(value)) => plain(shown(value)),
        (Kind::Removed, Some(value), _) => plain(shown(value)),
        (_, Some(Value::Closure(_)), _) | (_, _, Some(Value::Closure(_))) => closure(field, plain),
        (_, from, to) => {
            let blank = || blank(field).to_owned();
            let side = |value: &Option<Value>| value.as_ref().map_or_else(blank, shown);
            let moved = moved(field, change);
            plain(format!("{} → {}{moved}", side(from), side(to)))
        }
    }
}

fn said_of(field: &Field, change: &Change, said: String, below: Option<Below>) -> Line {
    Line { key: field.key.clone(), name: name(field, change), said, tone: Tone::Plain, below }
}

/// Texts that differ in white space alone are not reworded.
fn reworded(from: &str, to: &str) -> &'static str {
    if from.split_whitespace().eq(to.split_whitespace()) {
        "laid out anew, no word changed"
    } else {
        "reworded"
    }
}

fn is_prose(field: &Field) -> bool {
    matches!((&field.from, &field.to), (Some(Value::Prose(_)), _) | (_, Some(Value::Prose(_))))
}

/// Whether a list of entries stands for their order.
fn is_order(field: &Field) -> bool {
    matches!(
        &*field.key,
        "milestone"
            | "extension"
            | "answer"
            | "update"
            | "evidence"
            | "assurance"
            | "owner"
            | "rag"
            | "status"
            | "exception"
    )
}

/// What people call a field.
fn name(field: &Field, change: &Change) -> String {
    let of_plan = change.id.is_none();
    match &*field.key {
        "rag" if of_plan => "RAG level".to_owned(),
        "rag" => "RAG".to_owned(),
        "printed_id" => "printed as".to_owned(),
        "parent" => "part of".to_owned(),
        "aliases" => "also known as".to_owned(),
        key if key.starts_with("rules.") || key.starts_with("custom.") => one_line(key).into_owned(),
        key => key.replace('_', " ").replace("policy.", "policy: ").replace("publish.", "publish: "),
    }
}

/// What stands for nothing.
fn blank(field: &Field) -> &'static str {
    match &*field.key {
        "rag" => NOT_RATED,
        "status" => NOT_REPORTED,
        "deadline" => "no deadline",
        key if key.starts_with("rules.") => "as the rule has it",
        _ => "none",
    }
}

/// A value on a line.
fn short(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Prose(text) => text.clone(),
        Value::Date(date) => day(*date),
        Value::Deadline(deadline) => super::deadline(deadline).into_owned(),
        Value::List(items) if items.is_empty() => "nobody".to_owned(),
        Value::List(items) => items.join(", "),
        Value::Custom(toml::Value::String(text)) => text.clone(),
        Value::Custom(value) => value.to_string(),
        entry => said(entry, |part| part.said.clone()),
    }
}

/// A value as a spreadsheet has it: days as 2025-03-27.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::Date(date) => date.to_string(),
        Value::Deadline(deadline) => iso(deadline),
        Value::List(items) => items.join("; "),
        value if value.label().is_some() || matches!(value, Value::Closure(_)) => {
            said(value, |part| part.date.map(|date| date.to_string()).or_else(|| part.said.clone()))
        }
        value => short(value),
    }
}

/// How a spreadsheet calls an entry among the others: a title without its quotes.
pub(super) fn entry_name(entry: &Value) -> Option<String> {
    match entry {
        Value::Update(update) => {
            return Some(update.date.map_or_else(|| "undated".to_owned(), |d| d.to_string()));
        }
        Value::Extension(e) => return Some(format!("{} to {}", iso(&e.from), iso(&e.to))),
        _ => {}
    }
    let label = entry.label()?;
    let title = label.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    Some(title.map_or_else(|| label.clone(), str::to_owned))
}

/// A deadline's date as 2025-03-27; without one its wording.
fn iso(deadline: &Deadline) -> String {
    let wording = || deadline.wording().unwrap_or_default().to_owned();
    deadline.date().map_or_else(wording, |date| date.to_string())
}

/// All parts of an entry on a line.
fn said(entry: &Value, part: impl Fn(&Part) -> Option<String>) -> String {
    let parts = entry.parts();
    let told = parts.iter().filter_map(|p| Some(format!("{}: {}", p.name, part(p)?.trim())));
    told.collect::<Vec<_>>().join("; ")
}

/// "(+184 days; extension: the course is late, approved by the board)", after a date that moved.
fn moved(field: &Field, change: &Change) -> String {
    let date = |value: &Option<Value>| value.as_ref().and_then(Value::date);
    let apart = apart(date(&field.from), date(&field.to));
    if field.key != "deadline" {
        return if apart.is_empty() { apart } else { format!(" ({apart})") };
    }
    let extensions = extensions(change, None, date(&field.to));
    let without = if apart.is_empty() || !extensions.is_empty() { "" } else { without(change, None) };
    told_apart(&apart, &extensions, without)
}

/// What is said of a date that moved and to which no new extension leads.
fn without(change: &Change, milestone: Option<&str>) -> &'static str {
    let elsewhere = new_extensions(change).any(|e| e.milestone.as_deref() == milestone);
    if elsewhere { "no extension leads there" } else { "no extension" }
}

fn told_apart(apart: &str, extensions: &[String], without: &str) -> String {
    let parts = std::iter::once(apart).chain(extensions.iter().map(String::as_str)).chain([without]);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

/// "+184 days".
fn apart(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if to > from => format!("+{}", days((to - from).num_days())),
        (Some(from), Some(to)) if to < from => format!("−{}", days((from - to).num_days())),
        _ => String::new(),
    }
}

/// So many extensions are told beside the date that they moved.
const MOST: usize = 8;

/// The new extensions that led to a date, of the deadline or of a milestone.
fn extensions(change: &Change, milestone: Option<&str>, to: Option<NaiveDate>) -> Vec<String> {
    let new = new_extensions(change).filter(|e| e.milestone.as_deref() == milestone);
    let new: Vec<&Extension> = new.collect();
    let leads_there = new.last().is_some_and(|last| last.to.date() == to);
    if new.len() > MOST && leads_there {
        // A line is no place for more.
        let last = new.last().map(|last| one_line(last.reason.trim()).into_owned()).unwrap_or_default();
        return vec![format!("{} extensions, the last: {last}", new.len())];
    }
    let said = |e: &&Extension| {
        let by = e
            .approved_by
            .as_ref()
            .map_or_else(|| "approval not recorded".to_owned(), |by| format!("approved by {}", one_line(by)));
        format!("extension: {}, {by}", one_line(e.reason.trim().trim_end_matches('.')))
    };
    if leads_there { new.iter().map(said).collect() } else { Vec::new() }
}

fn new_extensions(change: &Change) -> impl Iterator<Item = &Extension> {
    change.fields.iter().filter_map(|field| match (&field.from, &field.to) {
        (None, Some(Value::Extension(extension))) => Some(extension),
        _ => None,
    })
}

/// The milestones, and the deadline itself, that moved to where their new extensions lead: these are told beside
/// the date.
fn moved_by_extensions(change: &Change) -> BTreeSet<Option<&str>> {
    let mut leads: BTreeMap<Option<&str>, Option<NaiveDate>> = BTreeMap::new();
    for extension in new_extensions(change) {
        leads.insert(extension.milestone.as_deref(), extension.to.date());
    }
    let moved = change.fields.iter().filter_map(|field| match (&field.from, &field.to) {
        (_, Some(Value::Deadline(to))) if field.key == "deadline" => Some((None, to.date())),
        (Some(Value::Milestone(from)), Some(Value::Milestone(to))) if from.due != to.due => {
            Some((Some(to.title.as_str()), to.due_date()))
        }
        _ => None,
    });
    moved.filter(|(of, to)| leads.get(of) == Some(to)).map(|(of, _)| of).collect()
}

/// An entry that came, went or changed.
fn entry(field: &Field, change: &Change) -> Line {
    let (told, verb) = match (&field.from, &field.to) {
        (Some(from), None) => (from, "removed"),
        (None, Some(to)) => (to, "added"),
        (Some(from), Some(to)) => return changed_entry(field, change, from, to),
        (None, None) => {
            return said_of(field, change, String::new(), None);
        }
    };
    let mut parts = Vec::new();
    let mut below = None;
    for part in told.parts() {
        match part.said {
            Some(text) if part.prose => below = Some(Below::Prose(text)),
            Some(text) if !told.is_in_label(part.name) => {
                parts.push(format!("{} {}", part.name, one_line(text.trim())));
            }
            _ => {}
        }
    }
    let verb = if change.kind == Kind::Added { "" } else { verb };
    let label = one_line(&told.label().unwrap_or_default()).into_owned();
    let head = if verb.is_empty() { label } else { format!("{label} {verb}") };
    let said = if parts.is_empty() { head } else { format!("{head}: {}", parts.join(", ")) };
    said_of(field, change, said, below)
}

/// "“Agree the course”: done 3 Jun 2025; due 1 Mar 2025 → 1 Jun 2025 (+92 days)".
fn changed_entry(field: &Field, change: &Change, from: &Value, to: &Value) -> Line {
    let mut parts = Vec::new();
    let mut below = None;
    for (old, new) in from.parts().into_iter().zip(to.parts()).filter(|(old, new)| old != new) {
        let named = if matches!(new.name, "name" | "title") { "renamed" } else { new.name };
        let text = |part: &Part| one_line(part.said.as_deref().unwrap_or_default().trim()).into_owned();
        parts.push(match (&old.said, &new.said) {
            (Some(a), Some(b)) if new.prose => {
                below = Some(Below::Words(words(a, b)));
                format!("{named} {}", reworded(a, b))
            }
            (None, Some(b)) if new.prose => {
                below = Some(Below::Prose(b.clone()));
                format!("{named} added")
            }
            (Some(a), None) if new.prose => {
                below = Some(Below::Prose(a.clone()));
                format!("{named} removed")
            }
            (None, Some(_)) => format!("{named} {}", text(&new)),
            (Some(_), None) => format!("no longer {named} {}", text(&old)),
            _ => format!("{named} {} → {}{}", text(&old), text(&new), moved_part(to, change, &old, &new)),
        });
    }
    let label = one_line(&from.label().unwrap_or_default()).into_owned();
    said_of(field, change, format!("{label}: {}", parts.join("; ")), below)
}

/// By how much a date of an entry moved, and why.
fn moved_part(entry: &Value, change: &Change, old: &Part, new: &Part) -> String {
    let apart = apart(old.date, new.date);
    match entry {
        Value::Milestone(m) if new.name == "due" => {
            let extensions = extensions(change, Some(&m.title), new.date);
            let told = apart.is_empty() || !extensions.is_empty();
            told_apart(&apart, &extensions, if told { "" } else { without(change, Some(&m.title)) })
        }
        _ => told_apart(&apart, &[], ""),
    }
}

/// How it ended, or that it is open again.
fn closure(field: &Field, plain: impl Fn(String) -> Line) -> Line {
    let parts = |value: &Value| {
        let told = value.parts().into_iter().filter_map(|part| Some((part.name, part.said?)));
        let told = told.map(|(name, said)| format!("{name} {}", one_line(said.trim())));
        told.collect::<Vec<_>>().join(", ")
    };
    match (&field.from, &field.to) {
        (None, Some(to)) => plain(parts(to)),
        (Some(from), None) => plain(format!("taken back: {}", parts(from))),
        (Some(from), Some(to)) => plain(format!("{} → {}", parts(from), parts(to))),
        (None, None) => plain(String::new()),
    }
}

/// A deadline that moved: "27 Mar 2025 → 27 Sep 2025 (+184 days)".
#[must_use]
pub fn moved_deadline(from: Option<&Deadline>, to: Option<&Deadline>) -> String {
    let said = |deadline: Option<&Deadline>| deadline.map_or_else(|| "no deadline".to_owned(), when);
    let date = |deadline: Option<&Deadline>| deadline.and_then(Deadline::date);
    let apart = told_apart(&apart(date(from), date(to)), &[], "");
    format!("{} → {}{apart}", said(from), said(to))
}

/// How a recommendation or a plan is headed.
#[must_use]
pub fn heading(change: &Change, several_plans: bool) -> String {
    match &change.id {
        Some(id) => format!("{}  {}", one_line(id.as_str()), one_line(&change.title)),
        None if several_plans => format!("plan {}", quoted(&change.title)),
        None => "The plan itself".to_owned(),
    }
}
