//! What changed: of a difference, and of a history.

use super::counts::CountsBody;
use super::item::{
    AnswerItem, AssuranceItem, ClosureItem, DeadlineItem, EvidenceItem, ExtensionItem, MilestoneItem,
    UpdateItem, value,
};
use crate::diff::{Change, Difference, Field, Moment, Notable, Value, What};
use crate::model::{Colour, Deadline, Exception, Outlook, Owner, RagLevel, Status};
use chrono::NaiveDate;
use serde::Serialize;

/// The body of `plan/diff/1`.
#[derive(Debug, Serialize)]
pub struct Changes<'a> {
    from: MomentItem<'a>,
    to: MomentItem<'a>,
    changes: Vec<ChangeItem<'a>>,
    notable: Vec<NotableItem<'a>>,
    before: CountsBody<'a>,
    after: CountsBody<'a>,
}

#[derive(Debug, Serialize)]
struct MomentItem<'a> {
    commit: Option<&'a str>,
    date: NaiveDate,
}

#[derive(Debug, Serialize)]
pub(super) struct ChangeItem<'a> {
    plan: &'a str,
    id: Option<&'a str>,
    title: &'a str,
    kind: &'static str,
    fields: Vec<FieldItem<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct FieldItem<'a> {
    field: &'a str,
    from: Option<ValueItem<'a>>,
    to: Option<ValueItem<'a>>,
}

/// One side of a field: text, a date, a deadline, a list, or an entry with all that it says.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum ValueItem<'a> {
    Text(&'a str),
    Date(NaiveDate),
    Deadline(DeadlineItem<'a>),
    List(&'a [String]),
    Custom(serde_json::Value),
    Milestone(MilestoneItem<'a>),
    Extension(ExtensionItem<'a>),
    Answer(AnswerItem<'a>),
    Update(UpdateItem<'a>),
    Evidence(EvidenceItem<'a>),
    Assurance(AssuranceItem<'a>),
    Closure(ClosureItem<'a>),
    Owner(OwnerItem<'a>),
    Rag(RagItem<'a>),
    Status(StatusItem<'a>),
    Exception(ExceptionItem<'a>),
}

#[derive(Debug, Serialize)]
struct OwnerItem<'a> {
    name: &'a str,
    aliases: &'a [String],
    member_of: &'a [String],
}

#[derive(Debug, Serialize)]
struct RagItem<'a> {
    name: &'a str,
    colour: Option<&'static str>,
    meaning: Option<&'a str>,
    outlook: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct StatusItem<'a> {
    name: &'a str,
    meaning: Option<&'a str>,
    phase: &'static str,
    outlook: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct ExceptionItem<'a> {
    rule: &'a str,
    ids: Vec<String>,
    reason: &'a str,
    approved_by: Option<&'a str>,
    until: Option<NaiveDate>,
}

impl<'a> From<&'a Value> for ValueItem<'a> {
    fn from(side: &'a Value) -> Self {
        match side {
            Value::Text(text) | Value::Prose(text) => Self::Text(text),
            Value::Date(date) => Self::Date(*date),
            Value::Deadline(deadline) => Self::Deadline(deadline.into()),
            Value::List(items) => Self::List(items),
            Value::Custom(custom) => Self::Custom(value(custom)),
            Value::Milestone(milestone) => Self::Milestone(milestone.into()),
            Value::Extension(extension) => Self::Extension(extension.into()),
            Value::Answer(answer) => Self::Answer(answer.into()),
            Value::Update(update) => Self::Update(UpdateItem::new(update, None)),
            Value::Evidence(evidence) => Self::Evidence(EvidenceItem::new(evidence, None)),
            Value::Assurance(assurance) => Self::Assurance(assurance.into()),
            Value::Closure(closure) => Self::Closure(closure.into()),
            Value::Owner(owner) => {
                let Owner { name, aliases, member_of } = &**owner;
                Self::Owner(OwnerItem { name, aliases, member_of })
            }
            Value::Rag(level) => {
                let RagLevel { name, colour, meaning, outlook } = &**level;
                let (colour, outlook) = (colour.map(Colour::name), outlook.map(Outlook::name));
                Self::Rag(RagItem { name, colour, meaning: meaning.as_deref(), outlook })
            }
            Value::Status(status) => {
                let Status { name, meaning, phase, outlook } = &**status;
                let (phase, outlook) = (phase.name(), outlook.map(Outlook::name));
                Self::Status(StatusItem { name, meaning: meaning.as_deref(), phase, outlook })
            }
            Value::Exception(exception) => {
                let Exception { rule, ids, reason, approved_by, until } = exception;
                let ids = ids.iter().map(ToString::to_string).collect();
                let approved_by = approved_by.as_deref();
                Self::Exception(ExceptionItem { rule, ids, reason, approved_by, until: *until })
            }
        }
    }
}

impl<'a> From<&'a Field> for FieldItem<'a> {
    fn from(field: &'a Field) -> Self {
        let Field { key, from, to } = field;
        Self { field: key, from: from.as_ref().map(Into::into), to: to.as_ref().map(Into::into) }
    }
}

impl<'a> From<&'a Change> for ChangeItem<'a> {
    fn from(change: &'a Change) -> Self {
        let Change { plan, id, title, kind, fields } = change;
        Self {
            plan: &plan.id,
            id: id.as_ref().map(|id| id.as_str()),
            title,
            kind: kind.name(),
            fields: fields.iter().map(Into::into).collect(),
        }
    }
}

/// A recommendation of which a board is told, and what.
#[derive(Debug, Serialize)]
struct NotableItem<'a> {
    plan: &'a str,
    id: &'a str,
    title: &'a str,
    what: &'static str,
    date: Option<NaiveDate>,
    from: Option<ValueItem<'a>>,
    to: Option<ValueItem<'a>>,
    reason: Option<&'a str>,
}

impl<'a> From<&'a Notable> for NotableItem<'a> {
    fn from(notable: &'a Notable) -> Self {
        let Notable { plan, id, title, owners: _, what } = notable;
        let item = |what| Self {
            plan: &plan.id,
            id: id.as_str(),
            title,
            what,
            date: None,
            from: None,
            to: None,
            reason: None,
        };
        let deadline =
            |deadline: &'a Option<Deadline>| deadline.as_ref().map(|d| ValueItem::Deadline(d.into()));
        match what {
            What::NewlyOverdue { due, days: _ } => Self { date: Some(*due), ..item("newly-overdue") },
            What::Missing { said, before } => {
                let before = before.as_deref().map(ValueItem::Text);
                Self { from: before, to: Some(ValueItem::Text(said)), ..item("missing") }
            }
            What::MilestoneMissed { title, due } => {
                Self { date: Some(*due), to: Some(ValueItem::Text(title)), ..item("milestone-missed") }
            }
            What::Reopened { status: _ } => item("reopened"),
            What::Completed { status: _, on } => Self { date: *on, ..item("completed") },
            What::Dropped { status: _, reason } => Self { reason: reason.as_deref(), ..item("dropped") },
            What::Moved { from, to, reason } => {
                let (from, to) = (deadline(from), deadline(to));
                Self { from, to, reason: reason.as_deref(), ..item("deadline-moved") }
            }
            What::NoUpdate { last } => Self { date: *last, ..item("no-update") },
        }
    }
}

impl<'a> Changes<'a> {
    /// What is different between two moments.
    #[must_use]
    pub fn new(from: &'a Moment, to: &'a Moment, difference: &'a Difference) -> Self {
        let Difference { changes, notable, before, after } = difference;
        let moment = |moment: &'a Moment| MomentItem { commit: moment.commit.as_deref(), date: moment.date };
        Self {
            from: moment(from),
            to: moment(to),
            changes: changes.iter().map(Into::into).collect(),
            notable: notable.iter().map(Into::into).collect(),
            before: before.into(),
            after: after.into(),
        }
    }
}
