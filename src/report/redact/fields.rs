//! Every text of a plan that a public page may show, each with its place.

use crate::model::{Deadline, Named, Plan, Word};
use crate::syntax::Step;
use crate::wording::day;
use std::borrow::Cow;

/// A text of a plan, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The plan's place among those of the page.
    pub plan: usize,
    /// The recommendation's place in the plan; none for plan.toml.
    pub recommendation: Option<usize>,
    /// The way to it in its file.
    pub path: Vec<Step>,
    /// What it is: "12: the update of 2 Jun 2026".
    pub place: String,
    /// Whether it is in an update or an item of evidence, which can be marked as internal.
    pub is_marked: bool,
    /// The text.
    pub text: String,
}

fn key(name: &'static str) -> Step {
    Step::Key(Cow::Borrowed(name))
}

/// Every text of a plan.
#[must_use]
pub fn fields(plan: &Plan, nth: usize) -> Vec<Field> {
    let mut fields = of_head(plan, nth);
    for (place, r) in plan.recommendations.iter().enumerate() {
        let id = &r.id;
        let mut of = |what: &str, path: Vec<Step>, text: &str| {
            let is_marked =
                matches!(path.first(), Some(Step::Key(key)) if key == "update" || key == "evidence");
            fields.push(Field {
                plan: nth,
                recommendation: Some(place),
                path,
                place: format!("{id}: {what}"),
                is_marked,
                text: text.to_owned(),
            });
        };
        of("id", vec![key("id")], id.as_str());
        r.printed_id.iter().for_each(|id| of("printed_id", vec![key("printed_id")], id.as_str()));
        of("title", vec![key("title")], &r.title);
        of("text", vec![key("text")], &r.text);
        for (n, owner) in r.owners.iter().enumerate() {
            of("owners", vec![key("owners"), Step::Nth(n)], owner.name());
        }
        let deadline = r.deadline.iter().filter_map(Deadline::wording);
        deadline.for_each(|text| of("deadline", vec![key("deadline"), key("wording")], text));
        r.rag.iter().for_each(|word| of("rag", vec![key("rag")], word.name()));
        r.status.iter().for_each(|word| of("status", vec![key("status")], word.name()));
        for (n, milestone) in r.milestones.iter().enumerate() {
            let path = |name| vec![key("milestone"), Step::Nth(n), key(name)];
            of("a milestone's title", path("title"), &milestone.title);
            let due = milestone.due.iter().filter_map(Deadline::wording);
            due.for_each(|text| of("a milestone's due", [path("due"), vec![key("wording")]].concat(), text));
        }
        for (n, update) in r.updates.iter().enumerate() {
            let what = match update.date {
                Some(date) => format!("the update of {}", day(date)),
                None => format!("public update {}", n + 1),
            };
            let texts = [
                ("text", update.text.as_deref()),
                ("period", update.period.as_deref()),
                ("rag", update.rag.as_ref().map(Word::name)),
                ("status", update.status.as_ref().map(Word::name)),
            ];
            for (name, text) in texts {
                text.iter().for_each(|text| of(&what, vec![key("update"), Step::Nth(n), key(name)], text));
            }
        }
        for (n, evidence) in r.evidence.iter().enumerate() {
            let path = |name| vec![key("evidence"), Step::Nth(n), key(name)];
            of("evidence", path("title"), &evidence.title);
            evidence.reference.iter().for_each(|text| of("evidence", path("ref"), text));
        }
    }
    fields
}

fn of_head(plan: &Plan, nth: usize) -> Vec<Field> {
    let head = &plan.head;
    let mut fields = Vec::new();
    let mut add = |place: &str, path: Vec<Step>, text: &str| {
        let (place, text) = (place.to_owned(), text.to_owned());
        fields.push(Field { plan: nth, recommendation: None, path, place, is_marked: false, text });
    };
    add("title", vec![key("title")], &head.title);
    head.organisation.iter().for_each(|text| add("organisation", vec![key("organisation")], text));
    head.source.iter().for_each(|text| add("source", vec![key("source")], text));
    for (n, level) in head.rags.iter().enumerate() {
        add("the name of a RAG level", vec![key("rag"), Step::Nth(n), key("name")], level.name());
    }
    for (n, status) in head.statuses.iter().enumerate() {
        add("the name of a status", vec![key("status"), Step::Nth(n), key("name")], status.name());
    }
    fields
}
