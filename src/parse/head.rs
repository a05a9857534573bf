//! The text of a plan.toml to the head of a plan.

use super::keys;
use super::reader::Reader;
use super::{Parsed, hides_something};
use crate::diagnostic::Severity;
use crate::model::{
    Colour, Exception, Head, Level, Outlook, Owner, Phase, Policy, Publish, RagLevel, Status, Visibility,
};
use crate::source::Span;
use crate::syntax::{self, Table};
use std::sync::Arc;

/// Reads the text of a plan.toml.
#[must_use]
pub fn head(text: &str) -> Parsed<Head> {
    let mut document = syntax::parse(text);
    let mut reader = Reader::new(std::mem::take(&mut document.faults));
    let head = body(&document.root, &mut reader);
    reader.lose_all(&document.lost, keys::HEAD);
    let faults = reader.finish(text, &document);
    let Reader { dropped, lost, .. } = reader;
    let whole = !document.broken && lost.is_empty() && !faults.iter().any(hides_something);
    Parsed { value: (!document.broken).then_some(head), faults, whole, id: None, dropped, lost }
}

fn body(table: &Table<'_>, reader: &mut Reader) -> Head {
    let mut head = Head::default();
    for entry in &table.entries {
        let (key, value) = (&*entry.key.name, &entry.value);
        reader.watch(key, keys::HEAD, |reader| match key {
            "title" => head.title = reader.string(value).unwrap_or_default(),
            "organisation" => head.organisation = reader.string(value),
            "source" => head.source = reader.string(value),
            "published" => head.published = reader.date(value),
            "lead" => head.lead = reader.string(value),
            "governance" => head.governance = reader.string(value),
            "review_date" => head.review_date = reader.date(value),
            "priorities" => head.priorities = reader.strings(value),
            "answers_for" => head.answers_for = Some(reader.words(value)),
            "covers" => head.covers = Some(reader.id_ranges(value)),
            "numbering_note" => head.numbering_note = reader.string(value),
            "owner" => head.owners = reader.each(entry, owner),
            "rag" => head.rags = reader.each(entry, rag),
            "status" => head.statuses = reader.each(entry, status),
            "policy" => head.policy = reader.table(entry).map(|t| policy(reader, t)).unwrap_or_default(),
            "rules" => head.levels = reader.table(entry).map(|t| levels(reader, t)).unwrap_or_default(),
            "exception" => head.exceptions = reader.each(entry, exception),
            "publish" => head.publish = reader.table(entry).map(|t| publish(reader, t)).unwrap_or_default(),
            _ => reader.unknown_key(entry, keys::HEAD),
        });
    }
    if table.get("title").is_none() {
        let top = table.entries.first().map_or_else(Span::default, |entry| entry.key.span);
        reader.missing_key(Some(top), "this plan", "title", "`title = \"...\"`");
    }
    head
}

fn need<T>(reader: &mut Reader, table: &Table<'_>, owner: &str, key: &str, value: Option<T>) -> Option<T> {
    if value.is_none() && table.get(key).is_none() {
        reader.missing_key(Some(table.span), owner, key, &format!("`{key} = \"...\"`"));
    }
    value
}

fn owner(reader: &mut Reader, table: &Table<'_>) -> Option<Arc<Owner>> {
    let before = reader.doubts();
    let (mut name, mut aliases, mut member_of) = (None, Vec::new(), Vec::new());
    for entry in &table.entries {
        match &*entry.key.name {
            "name" => name = reader.string(&entry.value),
            "aliases" => aliases = reader.strings(&entry.value),
            "member_of" => member_of = reader.strings(&entry.value),
            _ => reader.unknown_key(entry, keys::OWNER),
        }
    }
    let name = need(reader, table, "this owner", "name", name);
    // Nobody can tell which words are this owner's, or whose it is a member.
    reader.doubt_only(before, "owner", None);
    let name = name?;
    Some(Arc::new(Owner { name, aliases, member_of }))
}

fn rag(reader: &mut Reader, table: &Table<'_>) -> Option<Arc<RagLevel>> {
    let before = reader.doubts();
    let (mut name, mut colour, mut meaning, mut outlook) = (None, None, None, None);
    for entry in &table.entries {
        let value = &entry.value;
        match &*entry.key.name {
            "name" => name = reader.string(value),
            "colour" => colour = reader.shown(|r| r.one_of(value, Colour::ALL, Colour::name)),
            "meaning" => meaning = reader.shown(|r| r.string(value)),
            "outlook" => outlook = reader.one_of(value, Outlook::ALL, Outlook::name),
            _ => reader.unknown_key(entry, keys::RAG),
        }
    }
    let name = need(reader, table, "this RAG level", "name", name);
    reader.doubt_only(before, "rag", name.as_ref());
    let name = name?;
    Some(Arc::new(RagLevel { name, colour, meaning, outlook }))
}

fn status(reader: &mut Reader, table: &Table<'_>) -> Option<Arc<Status>> {
    let before = reader.doubts();
    let (mut name, mut meaning, mut phase, mut outlook) = (None, None, None, None);
    // Elsewhere is found out, never stated.
    let phases = [Phase::Open, Phase::Done, Phase::Dropped];
    for entry in &table.entries {
        let value = &entry.value;
        match &*entry.key.name {
            "name" => name = reader.string(value),
            "meaning" => meaning = reader.shown(|r| r.string(value)),
            "phase" => phase = reader.one_of(value, &phases, Phase::name),
            "outlook" => outlook = reader.one_of(value, Outlook::ALL, Outlook::name),
            _ => reader.unknown_key(entry, keys::STATUS),
        }
    }
    let name = need(reader, table, "this status", "name", name);
    reader.doubt_only(before, "status", name.as_ref());
    let name = name?;
    Some(Arc::new(Status { name, meaning, phase: phase.unwrap_or(Phase::Open), outlook }))
}

fn policy(reader: &mut Reader, table: &Table<'_>) -> Policy {
    let mut policy = Policy::default();
    for entry in &table.entries {
        let value = &entry.value;
        match &*entry.key.name {
            "due_soon_days" => policy.due_soon_days = reader.days(value).unwrap_or(policy.due_soon_days),
            "stale_after_days" => {
                policy.stale_after_days = reader.days(value).unwrap_or(policy.stale_after_days)
            }
            _ => reader.unknown_key(entry, keys::POLICY),
        }
    }
    policy
}

fn levels(reader: &mut Reader, table: &Table<'_>) -> Vec<(String, Level)> {
    let words =
        [Level::At(Severity::Error), Level::At(Severity::Warning), Level::At(Severity::Note), Level::Off];
    let name = |level| match level {
        Level::At(severity) => severity.name(),
        Level::Off => "off",
    };
    let entries = table.entries.iter();
    entries
        .filter_map(|e| Some((e.key.name.clone().into_owned(), reader.one_of(&e.value, &words, name)?)))
        .collect()
}

/// An exception with a fault accepts nobody knows what: it is left out, and whatever breaks its rule
/// may have been accepted.
fn exception(reader: &mut Reader, table: &Table<'_>) -> Option<Exception> {
    let before = reader.doubts();
    let (mut rule, mut ids, mut reason, mut approved_by, mut until) = (None, Vec::new(), None, None, None);
    for entry in &table.entries {
        let value = &entry.value;
        match &*entry.key.name {
            "rule" => rule = reader.string(value),
            "ids" => ids = reader.id_ranges(value),
            "reason" => reason = reader.string(value),
            "approved_by" => approved_by = reader.string(value),
            "until" => until = reader.date(value),
            _ => reader.unknown_key(entry, keys::EXCEPTION),
        }
    }
    let rule = need(reader, table, "this exception", "rule", rule);
    let reason = need(reader, table, "this exception", "reason", reason);
    if reader.doubts() > before {
        reader.doubt_only(before, "exception", rule.as_ref());
        return None;
    }
    Some(Exception { rule: rule?, ids, reason: reason?, approved_by, until })
}

fn publish(reader: &mut Reader, table: &Table<'_>) -> Publish {
    let mut publish = Publish::default();
    for entry in &table.entries {
        let value = &entry.value;
        match &*entry.key.name {
            "default" => {
                publish.default = reader.one_of(value, Visibility::ALL, Visibility::name).unwrap_or_default();
            }
            "redact" => publish.redact = reader.strings(value),
            _ => reader.unknown_key(entry, keys::PUBLISH),
        }
    }
    publish
}
