//! What changed of plan.toml.

use super::entries::entries;
use super::value::{Value, names};
use super::{Field, Fields};
use crate::model::{Head, Level, Policy, Publish};

/// What is different between two states of plan.toml, in the canonical order of the keys; of one that is
/// only on one side, everything that it says.
#[must_use]
pub fn head(from: Option<&Head>, to: Option<&Head>) -> Vec<Field> {
    let nothing = Head::default();
    let (from, to, new) = (from.unwrap_or(&nothing), to.unwrap_or(&nothing), from.is_none() || to.is_none());
    // Taken apart by name: a new key of plan.toml does not compile until it is compared below.
    let Head {
        title,
        organisation,
        source,
        published,
        lead,
        governance,
        review_date,
        priorities,
        answers_for,
        answered: _,
        covers,
        numbering_note,
        owners,
        rags,
        statuses,
        policy: Policy { due_soon_days, stale_after_days },
        levels,
        exceptions,
        publish: Publish { default, redact },
    } = from;
    let mut fields = Fields::default();
    fields.push("title", Value::text(Some(title)), Value::text(Some(&to.title)));
    fields.push(
        "organisation",
        Value::text(organisation.as_deref()),
        Value::text(to.organisation.as_deref()),
    );
    fields.push("source", Value::text(source.as_deref()), Value::text(to.source.as_deref()));
    fields.push("published", published.map(Value::Date), to.published.map(Value::Date));
    fields.push("lead", Value::text(lead.as_deref()), Value::text(to.lead.as_deref()));
    fields.push("governance", Value::text(governance.as_deref()), Value::text(to.governance.as_deref()));
    fields.push("review_date", review_date.map(Value::Date), to.review_date.map(Value::Date));
    fields.push("priorities", Value::list(priorities), Value::list(&to.priorities));
    // An empty list answers for nobody; none, for everybody.
    let list = |list: Option<Vec<String>>| list.map(Value::List);
    fields.push(
        "answers_for",
        list(answers_for.as_deref().map(names)),
        list(to.answers_for.as_deref().map(names)),
    );
    let ranges = |ranges: &Vec<_>| ranges.iter().map(crate::model::IdRange::to_string).collect();
    fields.push("covers", list(covers.as_ref().map(ranges)), list(to.covers.as_ref().map(ranges)));
    fields.push(
        "numbering_note",
        Value::prose(numbering_note.as_deref()),
        Value::prose(to.numbering_note.as_deref()),
    );
    fields.0.extend(entries("owner", owners, &to.owners));
    fields.0.extend(entries("rag", rags, &to.rags));
    fields.0.extend(entries("status", statuses, &to.statuses));
    if !new {
        fields.push("policy.due_soon_days", number(*due_soon_days), number(to.policy.due_soon_days));
        fields.push("policy.stale_after_days", number(*stale_after_days), number(to.policy.stale_after_days));
    }
    rule_levels(&mut fields, levels, &to.levels);
    fields.0.extend(entries("exception", exceptions, &to.exceptions));
    if !new {
        fields.push("publish.default", Some(Value::of(default)), Some(Value::of(&to.publish.default)));
    }
    fields.push("publish.redact", Value::list(redact), Value::list(&to.publish.redact));
    fields.0
}

fn number(n: u32) -> Option<Value> {
    Some(Value::of(&n))
}

fn rule_levels(fields: &mut Fields, from: &[(String, Level)], to: &[(String, Level)]) {
    let level = |levels: &[(String, Level)], rule: &str| {
        let found = levels.iter().find(|(name, _)| name == rule);
        found.map(|(_, level)| match level {
            Level::Off => Value::Text("off".to_owned()),
            Level::At(severity) => Value::of(severity),
        })
    };
    let new = to.iter().filter(|(rule, _)| !from.iter().any(|(name, _)| name == rule));
    for (rule, _) in from.iter().chain(new) {
        fields.push(format!("rules.{rule}"), level(from, rule), level(to, rule));
    }
}
