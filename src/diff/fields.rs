//! What changed of a recommendation, field by field.

use super::entries::entries;
use super::value::Value;
use super::{Field, Fields};
use crate::model::{Named, Recommendation, Word};

/// What is different between two states of a recommendation, in the canonical order of the keys. What a
/// part inherits is its parent's; the name of the file says nothing; a word spelt as an alias of what it
/// was is the same word.
#[must_use]
pub fn recommendation(from: &Recommendation, to: &Recommendation) -> Vec<Field> {
    // Taken apart by name: a new field of the model does not compile until it is compared below.
    let Recommendation {
        file: _,
        id: _,
        printed_id,
        parent,
        aliases,
        title,
        theme,
        priority,
        origin,
        owners,
        owners_inherited,
        lead,
        issued,
        deadline,
        deadline_inherited,
        forecast,
        response,
        rag,
        status,
        mitigation,
        depends_on,
        custom,
        text,
        milestones,
        extensions,
        answers,
        updates,
        evidence,
        assurance,
        closure,
    } = from;
    let mut fields = Fields::default();
    fields.push("printed_id", printed_id.as_ref().map(Value::of), to.printed_id.as_ref().map(Value::of));
    fields.push("parent", parent.as_ref().map(Value::of), to.parent.as_ref().map(Value::of));
    fields.push("aliases", Value::list(aliases), Value::list(&to.aliases));
    fields.push("title", Value::text(Some(title)), Value::text(Some(&to.title)));
    fields.push("theme", Value::text(theme.as_deref()), Value::text(to.theme.as_deref()));
    fields.push("priority", Value::text(priority.as_deref()), Value::text(to.priority.as_deref()));
    fields.push("origin", Value::text(origin.as_deref()), Value::text(to.origin.as_deref()));
    let own = |owners: &'_ [Word<_>], inherited: bool| if inherited { Vec::new() } else { owners.to_vec() };
    let (owners, now) = (own(owners, *owners_inherited), own(&to.owners, to.owners_inherited));
    if owners.len() != now.len() || owners.iter().zip(&now).any(|(a, b)| differ(a, b)) {
        let names = |owners: &[Word<_>]| owners.iter().map(|w| w.name().to_owned()).collect::<Vec<_>>();
        fields.push("owners", Value::list(&names(&owners)), Value::list(&names(&now)));
    }
    fields.push("lead", Value::text(lead.as_deref()), Value::text(to.lead.as_deref()));
    fields.push("issued", issued.map(Value::Date), to.issued.map(Value::Date));
    let now = to.deadline.clone().filter(|_| !to.deadline_inherited).map(Value::Deadline);
    fields.push("deadline", deadline.clone().filter(|_| !deadline_inherited).map(Value::Deadline), now);
    fields.push("forecast", forecast.clone().map(Value::Deadline), to.forecast.clone().map(Value::Deadline));
    fields.push("response", Value::text(response.as_deref()), Value::text(to.response.as_deref()));
    word(&mut fields, "rag", rag.as_ref(), to.rag.as_ref());
    word(&mut fields, "status", status.as_ref(), to.status.as_ref());
    fields.push("mitigation", Value::prose(mitigation.as_deref()), Value::prose(to.mitigation.as_deref()));
    fields.push("depends_on", Value::list(depends_on), Value::list(&to.depends_on));
    custom_values(&mut fields, "custom", custom, &to.custom);
    fields.push("text", Value::prose(Some(text)), Value::prose(Some(&to.text)));
    fields.0.extend(entries("milestone", milestones, &to.milestones));
    fields.0.extend(entries("extension", extensions, &to.extensions));
    fields.0.extend(entries("answer", answers, &to.answers));
    fields.0.extend(entries("update", updates, &to.updates));
    fields.0.extend(entries("evidence", evidence, &to.evidence));
    fields.0.extend(entries("assurance", assurance, &to.assurance));
    fields.push("closure", closure.clone().map(Value::Closure), to.closure.clone().map(Value::Closure));
    fields.0
}

/// Whether two words name different things: neither spelt the same nor registered as the same.
pub(super) fn differ<T: Named>(a: &Word<T>, b: &Word<T>) -> bool {
    a.name() != b.name() && a.as_written() != b.as_written()
}

fn word<T: Named>(fields: &mut Fields, key: &'static str, from: Option<&Word<T>>, to: Option<&Word<T>>) {
    let same = matches!((from, to), (Some(from), Some(to)) if !differ(from, to));
    if !same {
        fields.push(key, Value::text(from.map(Word::name)), Value::text(to.map(Word::name)));
    }
}

/// Each value of somebody's own columns, those in tables under their whole name.
fn custom_values(fields: &mut Fields, path: &str, from: &toml::Table, to: &toml::Table) {
    let names = from.keys().chain(to.keys().filter(|name| !from.contains_key(*name)));
    let none = toml::Table::new();
    for name in names {
        let key = format!("{path}.{name}");
        match (from.get(name), to.get(name)) {
            (Some(toml::Value::Table(from)), Some(toml::Value::Table(to))) => {
                custom_values(fields, &key, from, to);
            }
            (Some(toml::Value::Table(from)), None) => custom_values(fields, &key, from, &none),
            (None, Some(toml::Value::Table(to))) => custom_values(fields, &key, &none, to),
            (from, to) => fields.push(key, from.cloned().map(Value::Custom), to.cloned().map(Value::Custom)),
        }
    }
}
