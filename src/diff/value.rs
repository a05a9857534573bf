//! What stands on one side of a difference, and what it is made of.

use crate::model::{
    Answer, Assurance, Closure, Deadline, Done, Evidence, Exception, Extension, Milestone, Owner, RagLevel,
    Status, Update, Word,
};
use crate::wording::{day, quoted, when};
use chrono::NaiveDate;
use std::sync::Arc;

/// What stands on one side of a difference.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A word or a line.
    Text(String),
    /// Prose in CommonMark.
    Prose(String),
    /// A day.
    Date(NaiveDate),
    /// A deadline or a forecast.
    Deadline(Deadline),
    /// Names or ids. Also the names of entries of which only the order changed.
    List(Vec<String>),
    /// A value of somebody's own column.
    Custom(toml::Value),
    /// A milestone.
    Milestone(Milestone),
    /// An extension.
    Extension(Extension),
    /// An owner's own answer.
    Answer(Answer),
    /// An update.
    Update(Update),
    /// An item of evidence.
    Evidence(Evidence),
    /// What a reviewer found.
    Assurance(Assurance),
    /// How it ended.
    Closure(Closure),
    /// An owner of the plan's vocabulary.
    Owner(Arc<Owner>),
    /// A level of the plan's RAG scale.
    Rag(Arc<RagLevel>),
    /// A status of the plan's vocabulary.
    Status(Arc<Status>),
    /// A breach that the plan accepts.
    Exception(Exception),
}

/// A part of an entry: what it is called, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What people call it.
    pub name: &'static str,
    /// What it says; none: nothing.
    pub said: Option<String>,
    /// Its date, for what has one.
    pub date: Option<NaiveDate>,
    /// Whether it is prose.
    pub prose: bool,
}

impl Part {
    fn new(name: &'static str, said: Option<String>) -> Self {
        Self { name, said, date: None, prose: false }
    }

    fn prose(name: &'static str, said: Option<&str>) -> Self {
        Self { prose: true, ..Self::new(name, said.map(str::to_owned)) }
    }

    fn deadline(name: &'static str, deadline: Option<&Deadline>) -> Self {
        Self { date: deadline.and_then(Deadline::date), ..Self::new(name, deadline.map(when)) }
    }

    fn date(name: &'static str, date: Option<NaiveDate>) -> Self {
        Self { date, ..Self::new(name, date.map(day)) }
    }
}

impl Value {
    /// What can be said in a word.
    pub(super) fn of(thing: &impl ToString) -> Self {
        Self::Text(thing.to_string())
    }

    /// A line; none where it is empty.
    pub(super) fn text(text: Option<&str>) -> Option<Self> {
        text.filter(|text| !text.is_empty()).map(|text| Self::Text(text.to_owned()))
    }

    /// Prose; none where it is empty.
    pub(super) fn prose(text: Option<&str>) -> Option<Self> {
        text.filter(|text| !text.is_empty()).map(|text| Self::Prose(text.to_owned()))
    }

    /// A list; none where it is empty.
    pub(super) fn list<T: ToString>(items: &[T]) -> Option<Self> {
        (!items.is_empty()).then(|| Self::List(items.iter().map(ToString::to_string).collect()))
    }

    /// Its date, for what is no more than that.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Deadline(deadline) => deadline.date(),
            _ => None,
        }
    }

    /// How an entry of a list is called among the others; none for what is no entry.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        let dated =
            |date: Option<NaiveDate>| date.map_or_else(|| "undated".to_owned(), |d| format!("of {}", day(d)));
        Some(match self {
            Self::Milestone(m) => quoted(&m.title),
            Self::Extension(e) => {
                let of = e.milestone.as_ref().map_or_else(String::new, |m| format!("of {} ", quoted(m)));
                format!("{of}from {} to {}", when(&e.from), when(&e.to))
            }
            Self::Answer(a) => format!("of {}", a.owner.name()),
            Self::Update(u) => dated(u.date),
            Self::Evidence(e) => quoted(&e.title),
            Self::Assurance(a) => format!("by {}", a.by),
            Self::Owner(o) => quoted(&o.name),
            Self::Rag(level) => quoted(&level.name),
            Self::Status(status) => quoted(&status.name),
            Self::Exception(e) => {
                let ids: Vec<String> = e.ids.iter().map(ToString::to_string).collect();
                let of = if ids.is_empty() { "the plan".to_owned() } else { ids.join(", ") };
                format!("to {} for {of}", e.rule)
            }
            _ => return None,
        })
    }

    /// What an entry says beside its name; empty for what is no entry. An entry and another of the same
    /// kind have the same parts in the same order.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        // Each is taken apart by name: a new field of the model does not compile until it is told here.
        match self {
            Self::Milestone(Milestone { title, due, done }) => {
                let (said, date) = match done {
                    Done::No => (None, None),
                    Done::Undated => (Some("on a day not recorded".to_owned()), None),
                    Done::On(date) => (Some(day(*date)), Some(*date)),
                };
                let done = Part { date, ..Part::new("done", said) };
                let title = Part::new("title", Some(title.clone()));
                vec![title, Part::deadline("due", due.as_ref()), wording(due.as_ref()), done]
            }
            Self::Extension(Extension { from, to, on, reason, approved_by, milestone }) => vec![
                Part::new("milestone", milestone.clone()),
                Part::deadline("from", Some(from)),
                Part::deadline("to", Some(to)),
                Part::date("on", *on),
                Part::new("reason", Some(reason.clone())),
                Part::new("approved by", approved_by.clone()),
            ],
            Self::Answer(Answer { owner, response, rag, status, on, text }) => vec![
                Part::new("owner", Some(owner.name().to_owned())),
                Part::new("response", response.clone()),
                Part::new("RAG", rag.as_ref().map(|w| w.name().to_owned())),
                Part::new("status", status.as_ref().map(|w| w.name().to_owned())),
                Part::date("on", *on),
                Part::prose("text", text.as_deref()),
            ],
            Self::Update(Update { date, period, by, text, rag, status, visibility }) => vec![
                Part::date("date", *date),
                Part::new("period", period.clone()),
                Part::new("by", by.clone()),
                Part::new("RAG", rag.as_ref().map(|w| w.name().to_owned())),
                Part::new("status", status.as_ref().map(|w| w.name().to_owned())),
                Part::new("visibility", visibility.map(|v| v.name().to_owned())),
                Part::prose("text", text.as_deref()),
            ],
            Self::Evidence(Evidence { title, reference, visibility }) => vec![
                Part::new("title", Some(title.clone())),
                Part::new("reference", reference.clone()),
                Part::new("visibility", visibility.map(|v| v.name().to_owned())),
            ],
            Self::Assurance(Assurance { status, by, on, note }) => vec![
                Part::new("finding", Some(status.clone())),
                Part::new("by", Some(by.clone())),
                Part::date("on", *on),
                Part::prose("note", note.as_deref()),
            ],
            Self::Closure(Closure { on, by, reason }) => {
                vec![Part::date("on", *on), Part::new("by", by.clone()), Part::new("reason", reason.clone())]
            }
            Self::Owner(owner) => {
                let Owner { name: title, aliases, member_of } = &**owner;
                let list = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
                vec![
                    name(title),
                    Part::new("aliases", list(aliases)),
                    Part::new("member of", list(member_of)),
                ]
            }
            Self::Rag(level) => {
                let RagLevel { name: title, colour, meaning, outlook } = &**level;
                vec![
                    name(title),
                    Part::new("colour", colour.map(|c| c.name().to_owned())),
                    Part::new("outlook", outlook.map(|o| o.name().to_owned())),
                    Part::prose("meaning", meaning.as_deref()),
                ]
            }
            Self::Status(status) => {
                let Status { name: title, meaning, phase, outlook } = &**status;
                vec![
                    name(title),
                    Part::new("phase", Some(phase.name().to_owned())),
                    Part::new("outlook", outlook.map(|o| o.name().to_owned())),
                    Part::prose("meaning", meaning.as_deref()),
                ]
            }
            Self::Exception(Exception { rule, ids, reason, approved_by, until }) => {
                let list: Vec<String> = ids.iter().map(ToString::to_string).collect();
                vec![
                    Part::new("rule", Some(rule.clone())),
                    Part::new("ids", (!list.is_empty()).then(|| list.join(", "))),
                    Part::new("reason", Some(reason.clone())),
                    Part::new("approved by", approved_by.clone()),
                    Part::date("until", *until),
                ]
            }
            Self::Text(_)
            | Self::Prose(_)
            | Self::Date(_)
            | Self::Deadline(_)
            | Self::List(_)
            | Self::Custom(_) => Vec::new(),
        }
    }

    /// Whether a part of an entry is already in its name.
    #[must_use]
    pub fn is_in_label(&self, part: &str) -> bool {
        let told: &[&str] = match self {
            Self::Milestone(_) | Self::Evidence(_) => &["title"],
            Self::Owner(_) | Self::Rag(_) | Self::Status(_) => &["name"],
            Self::Extension(_) => &["milestone", "from", "to"],
            Self::Answer(_) => &["owner"],
            Self::Update(_) => &["date"],
            Self::Assurance(_) => &["by"],
            Self::Exception(_) => &["rule", "ids"],
            _ => &[],
        };
        told.contains(&part)
    }
}

fn name(title: &str) -> Part {
    Part::new("name", Some(title.to_owned()))
}

/// The source's words for a date, where both are kept: a deadline without a date is its words.
fn wording(deadline: Option<&Deadline>) -> Part {
    let both = deadline.filter(|d| d.date().is_some()).and_then(Deadline::wording);
    Part::new("wording", both.map(quoted))
}

/// The names of owners, for a list of them.
pub(super) fn names(words: &[Word<Owner>]) -> Vec<String> {
    words.iter().map(|word| word.name().to_owned()).collect()
}
