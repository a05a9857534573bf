//! The JSON documents: a contract, with structs of its own and never the model's.
//!
//! Absent scalars are null, absent lists `[]`, paths run from the root, lines and columns count
//! from 1 in characters, ends are exclusive. A document's `schema` names its form; a change that a
//! reader could trip over gives it a new number.

use crate::diagnostic::Finding;
use crate::model::{
    Answer, Assurance, Closure, Deadline, Done, Evidence, Extension, Milestone, Named, Update, Visibility,
    Word,
};
use crate::query::{GroupKey, Item, Label, Whole};
use crate::rules::Counts as FindingCounts;
use crate::store;
use crate::summary::{Counts, Groups, Summary};
use chrono::NaiveDate;
use serde::Serialize;

/// What every document begins with.
#[derive(Debug, Serialize)]
pub struct Document<'a, B> {
    schema: &'static str,
    as_of: Option<NaiveDate>,
    at: Option<&'a str>,
    unread: Vec<Unread<'a>>,
    #[serde(flatten)]
    body: B,
}

#[derive(Debug, Serialize)]
struct Unread<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a, B: Serialize> Document<'a, B> {
    /// A document of that schema, of what is at a root on that day, naming what could not be read.
    #[must_use]
    pub fn new(
        schema: &'static str,
        root: &'a store::Root,
        as_of: Option<NaiveDate>,
        unread: &'a [store::Unread],
        body: B,
    ) -> Self {
        let at = root.revision.as_ref().map(|revision| revision.id.as_str());
        let unread = unread.iter().map(|u| Unread { path: &u.path, message: &u.message }).collect();
        Self { schema, as_of, at, unread, body }
    }
}

/// The body of `plan/list/1` and `plan/show/1`.
#[derive(Debug, Serialize)]
pub struct Items<T> {
    /// The recommendations.
    pub items: T,
}

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
            updates: r.updates.iter().map(|u| UpdateItem::new(u, visibility)).collect(),
            evidence: r.evidence.iter().map(|e| EvidenceItem::new(e, visibility)).collect(),
            assurance: r.assurance.iter().map(Into::into).collect(),
            closure: r.closure.as_ref().map(Into::into),
        }
    }
}

#[derive(Debug, Serialize)]
struct DeadlineItem<'a> {
    date: Option<NaiveDate>,
    wording: Option<&'a str>,
}

impl<'a> From<&'a Deadline> for DeadlineItem<'a> {
    fn from(deadline: &'a Deadline) -> Self {
        Self { date: deadline.date(), wording: deadline.wording() }
    }
}

#[derive(Debug, Serialize)]
struct MilestoneItem<'a> {
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
struct ExtensionItem<'a> {
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
struct AnswerItem<'a> {
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
struct UpdateItem<'a> {
    date: Option<NaiveDate>,
    period: Option<&'a str>,
    by: Option<&'a str>,
    text: Option<&'a str>,
    rag: Option<&'a str>,
    status: Option<&'a str>,
    visibility: &'static str,
}

impl<'a> UpdateItem<'a> {
    fn new(u: &'a Update, default: Visibility) -> Self {
        let Update { date, period, by, text, rag, status, visibility } = u;
        Self {
            date: *date,
            period: period.as_deref(),
            by: by.as_deref(),
            text: text.as_deref(),
            rag: rag.as_ref().map(Word::name),
            status: status.as_ref().map(Word::name),
            visibility: visibility.unwrap_or(default).name(),
        }
    }
}

#[derive(Debug, Serialize)]
struct EvidenceItem<'a> {
    title: &'a str,
    r#ref: Option<&'a str>,
    visibility: &'static str,
}

impl<'a> EvidenceItem<'a> {
    fn new(e: &'a Evidence, default: Visibility) -> Self {
        let Evidence { title, reference, visibility } = e;
        Self { title, r#ref: reference.as_deref(), visibility: visibility.unwrap_or(default).name() }
    }
}

#[derive(Debug, Serialize)]
struct AssuranceItem<'a> {
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
struct ClosureItem<'a> {
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

fn value(custom: &toml::Value) -> serde_json::Value {
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

/// The body of `plan/summary/1`.
#[derive(Debug, Serialize)]
pub struct SummaryBody<'a> {
    total: usize,
    parts: usize,
    parts_open: usize,
    parts_overdue: usize,
    open: usize,
    done: usize,
    dropped: usize,
    elsewhere: usize,
    overdue: usize,
    milestones_missed: usize,
    due_soon: usize,
    undated: usize,
    no_deadline: usize,
    stale: usize,
    never_updated: usize,
    updates_undated: usize,
    rag: Vec<Count<'a>>,
    implied_rag: Vec<Count<'a>>,
    status: Vec<Count<'a>>,
    matrix: Vec<MatrixCell<'a>>,
    groups: Vec<GroupItem<'a>>,
}

#[derive(Debug, Serialize)]
struct Count<'a> {
    name: Option<&'a str>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct MatrixCell<'a> {
    rag: Option<&'a str>,
    status: Option<&'a str>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct GroupItem<'a> {
    by: &'static str,
    name: Option<&'a str>,
    total: usize,
    parts: usize,
    sole: usize,
    joint: usize,
    collective: usize,
    open: usize,
    overdue: usize,
    rag: Vec<Count<'a>>,
    status: Vec<Count<'a>>,
}

fn counts(counts: &Counts) -> Vec<Count<'_>> {
    counts.iter().map(|(label, count)| Count { name: label.name(), count: *count }).collect()
}

impl<'a> SummaryBody<'a> {
    /// A summary, broken down if it was.
    #[must_use]
    pub fn new(summary: &'a Summary, by: Option<GroupKey>, groups: &'a Groups) -> Self {
        let s = summary;
        let cell = |((rag, status), count): (&'a (Label, Label), &usize)| MatrixCell {
            rag: rag.name(),
            status: status.name(),
            count: *count,
        };
        Self {
            total: s.total,
            parts: s.parts,
            parts_open: s.parts_open,
            parts_overdue: s.parts_overdue,
            open: s.open,
            done: s.done,
            dropped: s.dropped,
            elsewhere: s.elsewhere,
            overdue: s.overdue,
            milestones_missed: s.milestones_missed,
            due_soon: s.due_soon,
            undated: s.undated,
            no_deadline: s.no_deadline,
            stale: s.stale,
            never_updated: s.never_updated,
            updates_undated: s.updates_undated,
            rag: counts(&s.rag),
            implied_rag: counts(&s.implied_rag),
            status: counts(&s.status),
            matrix: s.matrix.iter().map(cell).collect(),
            groups: by
                .map(|by| groups.iter().map(|(name, g)| group(by, name.name(), g)).collect())
                .unwrap_or_default(),
        }
    }
}

fn group<'a>(by: GroupKey, name: Option<&'a str>, group: &'a crate::summary::Group) -> GroupItem<'a> {
    GroupItem {
        by: by.name(),
        name,
        total: group.summary.total,
        parts: group.summary.parts,
        sole: group.sole,
        joint: group.joint,
        collective: group.collective,
        open: group.summary.open,
        overdue: group.summary.overdue,
        rag: counts(&group.summary.rag),
        status: counts(&group.summary.status),
    }
}

/// The body of `plan/validate/1` and `plan/check/1`.
#[derive(Debug, Serialize)]
pub struct Findings<'a> {
    findings: Vec<FindingItem<'a>>,
    counts: CountsItem,
}

#[derive(Debug, Serialize)]
struct FindingItem<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
    id: Option<&'a str>,
    accepted: Option<AcceptedItem<'a>>,
}

#[derive(Debug, Serialize)]
struct AcceptedItem<'a> {
    reason: &'a str,
    until: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct CountsItem {
    error: usize,
    warning: usize,
    note: usize,
    accepted: usize,
}

impl<'a> Findings<'a> {
    /// Findings and how many there are of each level.
    #[must_use]
    pub fn new(findings: &'a [Finding], counts: FindingCounts) -> Self {
        let FindingCounts { error, warning, note, accepted } = counts;
        let item = |f: &'a Finding| {
            let (start, end) = (f.location.as_ref().map(|l| l.start), f.location.as_ref().map(|l| l.end));
            FindingItem {
                rule: f.rule,
                severity: f.severity.name(),
                message: &f.message,
                path: &f.path,
                line: start.map(|p| p.line),
                column: start.map(|p| p.column),
                end_line: end.map(|p| p.line),
                end_column: end.map(|p| p.column),
                help: f.help.as_deref(),
                id: f.id.as_deref(),
                accepted: f.accepted.as_ref().map(|a| AcceptedItem { reason: &a.reason, until: a.until }),
            }
        };
        Self {
            findings: findings.iter().map(item).collect(),
            counts: CountsItem { error, warning, note, accepted },
        }
    }
}
