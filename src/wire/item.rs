//! Recommendations: a list's, and whole.

use crate::model::{
    Answer, Assurance, Closure, Deadline, Done, Evidence, Extension, Milestone, Named, Update, Visibility,
    Word,
};
use crate::query::{Item, Whole};
use chrono::NaiveDate;
use serde::Serialize;

/// The recommendations of a list, made one at a time as they are written.
#[derive(Debug)]
pub struct List<'a>(pub &'a [&'a Item]);

impl Serialize for List<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|item| ListItem::from(*item)))
    }
}

/// A recommendation in `plan/list/1`.
#[derive(Debug, Serialize)]
pub struct ListItem<'a> {
    plan: &'a str,
    id: &'a str,
    printed_id: Option<&'a str>,
    parent: Option<&'a str>,
    title: &'a str,
    owners: Vec<&'a str>,
    issued: Option<NaiveDate>,
    deadline: Option<NaiveDate>,
    deadline_wording: Option<&'a str>,
    due: Option<NaiveDate>,
    next_due: Option<NaiveDate>,
    original_due: Option<NaiveDate>,
    forecast: Option<NaiveDate>,
    forecast_wording: Option<&'a str>,
    overdue: bool,
    days_overdue: Option<u32>,
    rag: Option<&'a str>,
    implied_rag: Option<&'a str>,
    implied_outlook: Option<&'static str>,
    status: Option<&'a str>,
    phase: &'static str,
    response: Option<&'a str>,
    completed_on: Option<NaiveDate>,
    last_update: Option<NaiveDate>,
    updates_count: usize,
    theme: Option<&'a str>,
    priority: Option<&'a str>,
    custom: serde_json::Value,
    path: &'a str,
}

impl<'a> From<&'a Item> for ListItem<'a> {
    fn from(item: &'a Item) -> Self {
        let (more, standing) = (item.more(), &item.standing);
        Self {
            plan: &item.plan.id,
            id: item.id.as_str(),
            printed_id: more.printed_id.as_ref().map(|id| id.as_str()),
            parent: more.parent.as_ref().map(|id| id.as_str()),
            title: &item.title,
            owners: item.owners.iter().map(Word::name).collect(),
            issued: more.issued,
            deadline: item.deadline.as_ref().and_then(Deadline::date),
            deadline_wording: item.deadline.as_ref().and_then(Deadline::wording),
            due: standing.due,
            next_due: standing.next_due,
            original_due: standing.original_due,
            forecast: more.forecast.as_ref().and_then(Deadline::date),
            forecast_wording: more.forecast.as_ref().and_then(Deadline::wording),
            overdue: standing.overdue(),
            days_overdue: standing.days_overdue,
            rag: item.rag.as_ref().map(Word::name),
            implied_rag: standing.implied_rag.as_ref().map(|level| level.name()),
            implied_outlook: standing.implied_outlook.map(|o| o.name()),
            status: item.status.as_ref().map(Word::name),
            phase: standing.phase.name(),
            response: more.response.as_deref(),
            completed_on: more.completed_on,
            last_update: standing.last_update,
            updates_count: more.updates_count,
            theme: more.theme.as_deref(),
            priority: more.priority.as_deref(),
            custom: more.custom.as_deref().map_or_else(|| serde_json::json!({}), table),
            path: &more.path,
        }
    }
}

/// A recommendation in `plan/show/1`: the list's fields, and all the rest.
#[derive(Debug, Serialize)]
pub struct ShowItem<'a> {
    #[serde(flatten)]
    list: ListItem<'a>,
    parts: Vec<&'a str>,
    owners_inherited: bool,
    deadline_inherited: bool,
    aliases: Vec<&'a str>,
    origin: Option<&'a str>,
    lead: Option<&'a str>,
    mitigation: Option<&'a str>,
    depends_on: Vec<&'a str>,
    text: &'a str,
    milestones: Vec<MilestoneItem<'a>>,
    extensions: Vec<ExtensionItem<'a>>,
    answers: Vec<AnswerItem<'a>>,
    updates: Vec<UpdateItem<'a>>,
    evidence: Vec<EvidenceItem<'a>>,
    assurance: Vec<AssuranceItem<'a>>,
    closure: Option<ClosureItem<'a>>,
}

impl<'a> ShowItem<'a> {
    /// The whole of a recommendation. Visibility is told as it holds, also where it is the plan's
    /// default.
    #[must_use]
    pub fn new(whole: &Whole<'a>) -> Self {
        let Whole { item, recommendation: r, parts, visibility, .. } = *whole;
        Self {
            list: item.into(),
            parts: parts.iter().map(String::as_str).collect(),
            owners_inherited: r.owners_inherited,
            deadline_inherited: r.deadline_inherited,
            aliases: r.aliases.iter().map(|a| a.as_str()).collect(),
            origin: r.origin.as_deref(),
            lead: r.lead.as_deref(),
            mitigation: r.mitigation.as_deref(),
            depends_on: r.depends_on.iter().map(|d| d.as_str()).collect(),
            text: &r.text,
            milestones: r.milestones.iter().map(Into::into).collect(),
            extensions: r.extensions.iter().map(Into::into).collect(),
            answers: r.answers.iter().map(Into::into).collect(),
            updates: r.updates.iter().map(|u| UpdateItem::new(u, Some(visibility))).collect(),
            evidence: r.evidence.iter().map(|e| EvidenceItem::new(e, Some(visibility))).collect(),
            assurance: r.assurance.iter().map(Into::into).collect(),
            closure: r.closure.as_ref().map(Into::into),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct DeadlineItem<'a> {
    date: Option<NaiveDate>,
    wording: Option<&'a str>,
}

impl<'a> From<&'a Deadline> for DeadlineItem<'a> {
    fn from(deadline: &'a Deadline) -> Self {
        Self { date: deadline.date(), wording: deadline.wording() }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct MilestoneItem<'a> {
    title: &'a str,
    due: Option<NaiveDate>,
    due_wording: Option<&'a str>,
    done: bool,
    done_on: Option<NaiveDate>,
}

impl<'a> From<&'a Milestone> for MilestoneItem<'a> {
    fn from(m: &'a Milestone) -> Self {
        let Milestone { title, due, done } = m;
        let done_on = if let Done::On(date) = done { Some(*date) } else { None };
        Self {
            title,
            due: due.as_ref().and_then(Deadline::date),
            due_wording: due.as_ref().and_then(Deadline::wording),
            done: !m.is_open(),
            done_on,
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct ExtensionItem<'a> {
    from: DeadlineItem<'a>,
    to: DeadlineItem<'a>,
    on: Option<NaiveDate>,
    reason: &'a str,
    approved_by: Option<&'a str>,
    milestone: Option<&'a str>,
}

impl<'a> From<&'a Extension> for ExtensionItem<'a> {
    fn from(e: &'a Extension) -> Self {
        let Extension { from, to, on, reason, approved_by, milestone } = e;
        Self {
            from: from.into(),
            to: to.into(),
            on: *on,
            reason,
            approved_by: approved_by.as_deref(),
            milestone: milestone.as_deref(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct AnswerItem<'a> {
    owner: &'a str,
    response: Option<&'a str>,
    rag: Option<&'a str>,
    status: Option<&'a str>,
    on: Option<NaiveDate>,
    text: Option<&'a str>,
}

impl<'a> From<&'a Answer> for AnswerItem<'a> {
    fn from(a: &'a Answer) -> Self {
        let Answer { owner, response, rag, status, on, text } = a;
        Self {
            owner: owner.name(),
            response: response.as_deref(),
            rag: rag.as_ref().map(Word::name),
            status: status.as_ref().map(Word::name),
            on: *on,
            text: text.as_deref(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct UpdateItem<'a> {
    date: Option<NaiveDate>,
    period: Option<&'a str>,
    by: Option<&'a str>,
    text: Option<&'a str>,
    rag: Option<&'a str>,
    status: Option<&'a str>,
    visibility: Option<&'static str>,
}

impl<'a> UpdateItem<'a> {
    /// An update; where `default` is given, its visibility as it holds.
    pub(super) fn new(u: &'a Update, default: Option<Visibility>) -> Self {
        let Update { date, period, by, text, rag, status, visibility } = u;
        Self {
            date: *date,
            period: period.as_deref(),
            by: by.as_deref(),
            text: text.as_deref(),
            rag: rag.as_ref().map(Word::name),
            status: status.as_ref().map(Word::name),
            visibility: visibility.or(default).map(Visibility::name),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct EvidenceItem<'a> {
    title: &'a str,
    r#ref: Option<&'a str>,
    visibility: Option<&'static str>,
}

impl<'a> EvidenceItem<'a> {
    /// An item of evidence; where `default` is given, its visibility as it holds.
    pub(super) fn new(e: &'a Evidence, default: Option<Visibility>) -> Self {
        let Evidence { title, reference, visibility } = e;
        Self { title, r#ref: reference.as_deref(), visibility: visibility.or(default).map(Visibility::name) }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct AssuranceItem<'a> {
    status: &'a str,
    by: &'a str,
    on: Option<NaiveDate>,
    note: Option<&'a str>,
}

impl<'a> From<&'a Assurance> for AssuranceItem<'a> {
    fn from(a: &'a Assurance) -> Self {
        let Assurance { status, by, on, note } = a;
        Self { status, by, on: *on, note: note.as_deref() }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct ClosureItem<'a> {
    on: Option<NaiveDate>,
    by: Option<&'a str>,
    reason: Option<&'a str>,
}

impl<'a> From<&'a Closure> for ClosureItem<'a> {
    fn from(c: &'a Closure) -> Self {
        let Closure { on, by, reason } = c;
        Self { on: *on, by: by.as_deref(), reason: reason.as_deref() }
    }
}

/// TOML as JSON: dates as they are written, everything else as what it is.
fn table(custom: &toml::Table) -> serde_json::Value {
    serde_json::Value::Object(custom.iter().map(|(k, v)| (k.clone(), value(v))).collect())
}

pub(super) fn value(custom: &toml::Value) -> serde_json::Value {
    match custom {
        toml::Value::String(s) => s.as_str().into(),
        toml::Value::Integer(n) => (*n).into(),
        // JSON has no infinities; their TOML spelling says more than null would.
        toml::Value::Float(n) => {
            serde_json::Number::from_f64(*n).map_or_else(|| n.to_string().into(), serde_json::Value::Number)
        }
        toml::Value::Boolean(b) => (*b).into(),
        toml::Value::Datetime(d) => d.to_string().into(),
        toml::Value::Array(items) => items.iter().map(value).collect(),
        toml::Value::Table(t) => table(t),
    }
}
