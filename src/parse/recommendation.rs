//! The text of a recommendation's file to a recommendation.

use super::keys;
use super::reader::Reader;
use super::{Parsed, hides_something};
use crate::model::{
    Answer, Assurance, Closure, Deadline, Done, Evidence, Extension, Id, Milestone, Recommendation, Update,
    Visibility,
};
use crate::source::Span;
use crate::syntax::{self, Kind, Table, Value};
use std::sync::Arc;

/// Reads the text of a recommendation's file, `file` being its name.
#[must_use]
pub fn recommendation(file: Arc<str>, text: &str) -> Parsed<Recommendation> {
    let mut document = syntax::parse(text);
    let mut reader = Reader::new(std::mem::take(&mut document.faults));
    let value = body(file, &document.root, &mut reader);
    reader.lose_all(&document.lost, keys::RECOMMENDATION);
    let faults = reader.finish(text, &document);
    let id = value.as_ref().map(|r| r.id.clone());
    let Reader { dropped, lost, .. } = reader;
    let whole = !document.broken && lost.is_empty() && !faults.iter().any(hides_something);
    Parsed { value: value.filter(|_| !document.broken), faults, whole, id, dropped, lost }
}

fn body(file: Arc<str>, table: &Table<'_>, reader: &mut Reader) -> Option<Recommendation> {
    let mut r = Recommendation::new(file, Id::new(""), String::new(), String::new());
    // A key whose value has a fault of its own is there all the same.
    let (mut id, mut title, mut owners, mut text) = (false, false, false, false);
    for entry in &table.entries {
        let (key, value) = (&*entry.key.name, &entry.value);
        reader.watch(key, keys::RECOMMENDATION, |reader| match key {
            "id" => {
                id = true;
                if let Some(id) = reader.id(value) {
                    r.id = id;
                }
            }
            "printed_id" => r.printed_id = reader.id(value),
            "parent" => r.parent = reader.id(value),
            "aliases" => r.aliases = reader.ids(value),
            "title" => {
                title = true;
                r.title = reader.string(value).unwrap_or_default();
            }
            "theme" => r.theme = reader.string(value),
            "priority" => r.priority = reader.string(value),
            "origin" => r.origin = reader.string(value),
            "owners" => {
                r.owners = reader.words(value);
                owners = !matches!(&value.kind, Kind::Array(items) if items.is_empty());
            }
            "lead" => r.lead = reader.string(value),
            "issued" => r.issued = reader.date(value),
            "deadline" => r.deadline = reader.deadline(value),
            "forecast" => r.forecast = reader.deadline(value),
            "response" => r.response = reader.string(value),
            "rag" => r.rag = reader.word(value),
            "status" => r.status = reader.word(value),
            "mitigation" => r.mitigation = reader.string(value),
            "depends_on" => r.depends_on = reader.ids(value),
            "custom" => r.custom = reader.table(entry).map(Table::to_toml).unwrap_or_default(),
            "text" => {
                text = true;
                r.text = reader.string(value).unwrap_or_default();
            }
            "milestone" => r.milestones = reader.each(entry, milestone),
            "extension" => r.extensions = reader.each(entry, extension),
            "answer" => r.answers = reader.each(entry, answer),
            "update" => r.updates = reader.each(entry, update),
            "evidence" => r.evidence = reader.each(entry, evidence),
            "assurance" => r.assurance = reader.each(entry, assurance),
            "closure" => r.closure = reader.table(entry).map(|t| closure(reader, t)),
            _ => reader.unknown_key(entry, keys::RECOMMENDATION),
        });
    }
    let this = "this recommendation";
    let first = table.get("id").or(table.entries.first());
    let top = Some(first.map_or_else(Span::default, |entry| entry.key.span));
    if !id {
        reader.missing_key(top, this, "id", "its number in the report, say `id = \"7\"`");
    }
    if !title {
        reader.missing_key(top, this, "title", "a line that says what is to be done: `title = \"...\"`");
    }
    if !owners && table.get("parent").is_none() {
        reader.missing_key(top, this, "owners", "who answers for it: `owners = [\"...\"]`");
    }
    if !text {
        reader.missing_key(top, this, "text", "the recommendation's own words: `text = \"\"\"...\"\"\"`");
    }
    (!r.id.as_str().is_empty()).then_some(r)
}

/// A required key of a repeated table: its fault is told where it is missing altogether.
fn required<T>(
    reader: &mut Reader,
    table: &Table<'_>,
    owner: &str,
    key: &str,
    value: Option<T>,
    example: &str,
) -> Option<T> {
    if value.is_none() && table.get(key).is_none() {
        reader.missing_key(Some(table.span), owner, key, example);
    }
    value
}

fn milestone(reader: &mut Reader, table: &Table<'_>) -> Option<Milestone> {
    let (mut title, mut due, mut done) = (None, None, Done::No);
    for entry in &table.entries {
        match &*entry.key.name {
            "title" => title = reader.string(&entry.value),
            "due" => due = reader.deadline(&entry.value),
            "done" => done = reader.done(&entry.value),
            _ => reader.unknown_key(entry, keys::MILESTONE),
        }
    }
    let title = required(reader, table, "this milestone", "title", title, "`title = \"...\"`")?;
    Some(Milestone { title, due, done })
}

fn extension(reader: &mut Reader, table: &Table<'_>) -> Option<Extension> {
    let (mut from, mut to): (Option<Deadline>, Option<Deadline>) = (None, None);
    let (mut on, mut reason, mut approved_by, mut milestone) = (None, None, None, None);
    for entry in &table.entries {
        let value: &Value<'_> = &entry.value;
        match &*entry.key.name {
            "from" => from = reader.deadline(value),
            "to" => to = reader.deadline(value),
            "on" => on = reader.date(value),
            "reason" => reason = reader.string(value),
            "approved_by" => approved_by = reader.string(value),
            "milestone" => milestone = reader.string(value),
            _ => reader.unknown_key(entry, keys::EXTENSION),
        }
    }
    let this = "this extension";
    let from = required(reader, table, this, "from", from, "the deadline before: `from = 2025-03-27`");
    let to = required(reader, table, this, "to", to, "the deadline after: `to = 2025-09-27`");
    let reason = required(reader, table, this, "reason", reason, "why it was moved: `reason = \"...\"`");
    Some(Extension { from: from?, to: to?, on, reason: reason?, approved_by, milestone })
}

fn answer(reader: &mut Reader, table: &Table<'_>) -> Option<Answer> {
    let (mut owner, mut response, mut rag, mut status, mut on, mut text) =
        (None, None, None, None, None, None);
    for entry in &table.entries {
        let value = &entry.value;
        match &*entry.key.name {
            "owner" => owner = reader.word(value),
            "response" => response = reader.shown(|r| r.string(value)),
            "rag" => rag = reader.word(value),
            "status" => status = reader.word(value),
            "on" => on = reader.shown(|r| r.date(value)),
            "text" => text = reader.shown(|r| r.string(value)),
            _ => reader.unknown_key(entry, keys::ANSWER),
        }
    }
    let owner = required(reader, table, "this answer", "owner", owner, "whose it is: `owner = \"...\"`")?;
    Some(Answer { owner, response, rag, status, on, text })
}

fn update(reader: &mut Reader, table: &Table<'_>) -> Option<Update> {
    let (mut date, mut period, mut by, mut text) = (None, None, None, None);
    let (mut rag, mut status, mut shown) = (None, None, None);
    for entry in &table.entries {
        let value = &entry.value;
        match &*entry.key.name {
            "date" => date = reader.date(value),
            "period" => period = reader.shown(|r| r.string(value)),
            "by" => by = reader.shown(|r| r.string(value)),
            "text" => text = reader.string(value),
            "rag" => rag = reader.word(value),
            "status" => status = reader.word(value),
            "visibility" => shown = visibility(reader, value),
            _ => reader.unknown_key(entry, keys::UPDATE),
        }
    }
    if ["text", "rag", "status"].iter().all(|key| table.get(key).is_none()) {
        reader.missing_key(
            Some(table.span),
            "this update",
            "text",
            "what was done: `text = \"\"\"...\"\"\"`",
        );
    }
    Some(Update { date, period, by, text, rag, status, visibility: shown })
}

fn evidence(reader: &mut Reader, table: &Table<'_>) -> Option<Evidence> {
    let (mut title, mut reference, mut shown) = (None, None, None);
    for entry in &table.entries {
        match &*entry.key.name {
            "title" => title = reader.string(&entry.value),
            "ref" => reference = reader.shown(|r| r.string(&entry.value)),
            "visibility" => shown = visibility(reader, &entry.value),
            _ => reader.unknown_key(entry, keys::EVIDENCE),
        }
    }
    let title = required(reader, table, "this item of evidence", "title", title, "`title = \"...\"`")?;
    Some(Evidence { title, reference, visibility: shown })
}

fn assurance(reader: &mut Reader, table: &Table<'_>) -> Option<Assurance> {
    let (mut status, mut by, mut on, mut note) = (None, None, None, None);
    for entry in &table.entries {
        match &*entry.key.name {
            "status" => status = reader.string(&entry.value),
            "by" => by = reader.string(&entry.value),
            "on" => on = reader.date(&entry.value),
            "note" => note = reader.string(&entry.value),
            _ => reader.unknown_key(entry, keys::ASSURANCE),
        }
    }
    let this = "this assurance";
    let status = required(reader, table, this, "status", status, "what was found: `status = \"...\"`");
    let by = required(reader, table, this, "by", by, "who reviewed: `by = \"...\"`");
    Some(Assurance { status: status?, by: by?, on, note })
}

fn closure(reader: &mut Reader, table: &Table<'_>) -> Closure {
    let mut closure = Closure { on: None, by: None, reason: None };
    for entry in &table.entries {
        match &*entry.key.name {
            "on" => closure.on = reader.date(&entry.value),
            "by" => closure.by = reader.string(&entry.value),
            "reason" => closure.reason = reader.string(&entry.value),
            _ => reader.unknown_key(entry, keys::CLOSURE),
        }
    }
    closure
}

fn visibility(reader: &mut Reader, value: &Value<'_>) -> Option<Visibility> {
    reader.shown(|r| r.one_of(value, Visibility::ALL, Visibility::name))
}
