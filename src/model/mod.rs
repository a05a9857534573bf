//! What a plan is: types that hold the design's invariants, without spans, dates of today, or I/O.
//!
//! The parser gives these types with every word [`Unregistered`](Word::Unregistered); only
//! [`crate::resolve`] makes a [`Plan`], and looks each word up in the plan's own vocabulary.

mod deadline;
mod id;
mod words;

pub use deadline::Deadline;
pub use id::{Id, IdRange, file_name, natural_cmp, slug};
pub(crate) use words::same_word;
pub use words::{Colour, Named, Outlook, Owner, Phase, RagLevel, Status, Visibility, Word};

use crate::diagnostic::Severity;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

/// Which plan, and where it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPlace {
    /// The plan's id: its folder's path from the root, with `/`; the folder's name where the root is
    /// the plan.
    pub id: String,
    /// The folder's path from the root; "" where the root is the plan.
    pub folder: String,
}

/// A plan: its head and its recommendations, every word looked up.
#[derive(Debug)]
pub struct Plan {
    /// Which plan it is.
    pub place: Arc<PlanPlace>,
    /// What plan.toml says.
    pub head: Head,
    /// The recommendations that could be read, sorted by id; of one id, by file name.
    pub recommendations: Vec<Recommendation>,
}

/// What plan.toml says.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The plan's title.
    pub title: String,
    /// The body whose plan it is.
    pub organisation: Option<String>,
    /// The report that it answers.
    pub source: Option<String>,
    /// The day that report was published.
    pub published: Option<NaiveDate>,
    /// Who leads the plan.
    pub lead: Option<String>,
    /// The board that it is reported to.
    pub governance: Option<String>,
    /// The day by which it is to be reviewed.
    pub review_date: Option<NaiveDate>,
    /// The body's priorities that it serves.
    pub priorities: Vec<String>,
    /// The owners whose standing this plan reports; none: everybody's.
    pub answers_for: Option<Vec<Word<Owner>>>,
    /// Every name that it answers for through them, once [`crate::ownership`] was asked.
    pub(crate) answered: OnceLock<HashSet<Box<str>>>,
    /// The ids that must be here; none: whichever are.
    pub covers: Option<Vec<IdRange>>,
    /// Why printed numbers differ from ids.
    pub numbering_note: Option<String>,
    /// The owners, in the order of the file.
    pub owners: Vec<Arc<Owner>>,
    /// The RAG levels, in the order of the scale.
    pub rags: Vec<Arc<RagLevel>>,
    /// The statuses, in the order of the file.
    pub statuses: Vec<Arc<Status>>,
    /// How long is soon, and how long is stale.
    pub policy: Policy,
    /// The level of each rule that the plan sets, in the order of the file.
    pub levels: Vec<(String, Level)>,
    /// Breaches that the plan accepts.
    pub exceptions: Vec<Exception>,
    /// What may reach the public.
    pub publish: Publish,
}

/// How long is soon, and how long is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What is due within so many days is due soon.
    pub due_soon_days: u32,
    /// What has had no dated update for more than so many days is stale.
    pub stale_after_days: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self { due_soon_days: 30, stale_after_days: 90 }
    }
}

/// A rule's level in `[rules]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The rule does not run.
    Off,
    /// Its findings weigh so much.
    At(Severity),
}

/// A breach that the plan accepts: its finding stays visible, and weighs nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The rule's name.
    pub rule: String,
    /// The recommendations; none: the plan itself.
    pub ids: Vec<IdRange>,
    /// Why the breach is accepted.
    pub reason: String,
    /// Who accepted it.
    pub approved_by: Option<String>,
    /// The last day on which it holds.
    pub until: Option<NaiveDate>,
}

/// What may reach the public.
#[derive(Clone, Debug, Default)]
pub struct Publish {
    /// What an unmarked update or item of evidence is.
    pub default: Visibility,
    /// Words that may never reach a public page.
    pub redact: Vec<String>,
}

/// One recommendation, as its file says; a part has its parent's owners and deadline where it
/// states none.
#[derive(Clone, Debug)]
pub struct Recommendation {
    /// The file's name, within the plan's folder.
    pub file: Arc<str>,
    /// Its number in the report that the plan answers.
    pub id: Id,
    /// The number that the source printed, where that is another.
    pub printed_id: Option<Id>,
    /// The recommendation of which this is a part.
    pub parent: Option<Id>,
    /// Other names that it goes by.
    pub aliases: Vec<Id>,
    /// What is to be done, in a line.
    pub title: String,
    /// What it belongs to.
    pub theme: Option<String>,
    /// How much it matters, in the body's own words.
    pub priority: Option<String>,
    /// Where it comes from.
    pub origin: Option<String>,
    /// Who answers for it.
    pub owners: Vec<Word<Owner>>,
    /// Whether the owners are its parent's.
    pub owners_inherited: bool,
    /// Who leads the work.
    pub lead: Option<String>,
    /// The day on which it was made.
    pub issued: Option<NaiveDate>,
    /// By when it is to be done.
    pub deadline: Option<Deadline>,
    /// Whether the deadline is its parent's.
    pub deadline_inherited: bool,
    /// When the owner expects it to be done. Moves no deadline.
    pub forecast: Option<Deadline>,
    /// Whether the owner accepts it, in the body's own words.
    pub response: Option<String>,
    /// The reported RAG; none: not rated.
    pub rag: Option<Word<RagLevel>>,
    /// The reported status; none: not reported.
    pub status: Option<Word<Status>>,
    /// The way back from a missing outlook.
    pub mitigation: Option<String>,
    /// What must be done before it.
    pub depends_on: Vec<Id>,
    /// Columns of somebody's tracker that have no key here.
    pub custom: toml::Table,
    /// The recommendation itself, in CommonMark.
    pub text: String,
    /// Steps with a deadline of their own.
    pub milestones: Vec<Milestone>,
    /// The slip register, oldest first.
    pub extensions: Vec<Extension>,
    /// Where joint owners stand apart.
    pub answers: Vec<Answer>,
    /// What was done, oldest first.
    pub updates: Vec<Update>,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// What reviewers found.
    pub assurance: Vec<Assurance>,
    /// How it ended.
    pub closure: Option<Closure>,
}

/// A step with a deadline of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What is to be done.
    pub title: String,
    /// By when.
    pub due: Option<Deadline>,
    /// Whether it is done.
    pub done: Done,
}

/// Whether a milestone is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is open.
    No,
    /// It is done, on a day that nobody recorded.
    Undated,
    /// It was done on this day.
    On(NaiveDate),
}

impl Milestone {
    /// Whether it is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.done == Done::No
    }

    /// The date by which it is due, if it has one.
    #[must_use]
    pub fn due_date(&self) -> Option<NaiveDate> {
        self.due.as_ref().and_then(Deadline::date)
    }
}

/// A deadline that was moved, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Extension {
    /// The deadline before.
    pub from: Deadline,
    /// The deadline after.
    pub to: Deadline,
    /// The day on which it was moved.
    pub on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who agreed.
    pub approved_by: Option<String>,
    /// The title of the milestone that it moves; none: the recommendation's deadline.
    pub milestone: Option<String>,
}

/// What one of several owners answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whose answer.
    pub owner: Word<Owner>,
    /// Whether that owner accepts the recommendation.
    pub response: Option<String>,
    /// The RAG that it reports.
    pub rag: Option<Word<RagLevel>>,
    /// The status that it reports.
    pub status: Option<Word<Status>>,
    /// The day of the answer.
    pub on: Option<NaiveDate>,
    /// What it says, in CommonMark.
    pub text: Option<String>,
}

/// What was done or said at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The day; an update without one never counts as fresh.
    pub date: Option<NaiveDate>,
    /// The reporting period.
    pub period: Option<String>,
    /// Who reports.
    pub by: Option<String>,
    /// What was done, in CommonMark.
    pub text: Option<String>,
    /// The RAG reported with it.
    pub rag: Option<Word<RagLevel>>,
    /// The status reported with it.
    pub status: Option<Word<Status>>,
    /// Who may read it; none: the plan's default.
    pub visibility: Option<Visibility>,
}

/// A document, a link, or a path inside the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub title: String,
    /// Where it is: a reference number, a link, or a path.
    pub reference: Option<String>,
    /// Who may know of it; none: the plan's default.
    pub visibility: Option<Visibility>,
}

/// What a reviewer found, apart from what the owner reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assurance {
    /// What was found, in the reviewer's words.
    pub status: String,
    /// Who reviewed.
    pub by: String,
    /// When.
    pub on: Option<NaiveDate>,
    /// What else there is to say.
    pub note: Option<String>,
}

/// How a recommendation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// When.
    pub on: Option<NaiveDate>,
    /// Who closed it.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Recommendation {
    /// A recommendation with only what is required; everything else absent.
    #[must_use]
    pub fn new(file: Arc<str>, id: Id, title: String, text: String) -> Self {
        Self {
            file,
            id,
            printed_id: None,
            parent: None,
            aliases: Vec::new(),
            title,
            theme: None,
            priority: None,
            origin: None,
            owners: Vec::new(),
            owners_inherited: false,
            lead: None,
            issued: None,
            deadline: None,
            deadline_inherited: false,
            forecast: None,
            response: None,
            rag: None,
            status: None,
            mitigation: None,
            depends_on: Vec::new(),
            custom: toml::Table::new(),
            text,
            milestones: Vec::new(),
            extensions: Vec::new(),
            answers: Vec::new(),
            updates: Vec::new(),
            evidence: Vec::new(),
            assurance: Vec::new(),
            closure: None,
        }
    }

    /// The extensions of the recommendation's own deadline, oldest first, with their places.
    pub fn own_extensions(&self) -> impl DoubleEndedIterator<Item = (usize, &Extension)> {
        self.extensions.iter().enumerate().filter(|(_, e)| e.milestone.is_none())
    }
}

impl Plan {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.place.id
    }

    /// The first recommendation of that id.
    #[must_use]
    pub fn get(&self, id: &Id) -> Option<&Recommendation> {
        let at = self.recommendations.partition_point(|r| r.id < *id);
        self.recommendations.get(at).filter(|r| r.id == *id)
    }

    /// The parts of each recommendation that has parts, as places in `recommendations`.
    #[must_use]
    pub fn parts(&self) -> BTreeMap<&Id, Vec<usize>> {
        let mut parts: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
        for (i, r) in self.recommendations.iter().enumerate() {
            if let Some(parent) = &r.parent {
                parts.entry(parent).or_default().push(i);
            }
        }
        parts
    }

    /// The whole recommendation that an id belongs to: itself, or the parent of its parents.
    #[must_use]
    pub fn whole<'a>(&'a self, recommendation: &'a Recommendation) -> &'a Recommendation {
        let mut here = recommendation;
        // A cycle of parents is a finding; here it only must not go round for ever.
        for _ in 0..self.recommendations.len() {
            match here.parent.as_ref().and_then(|p| self.get(p)) {
                Some(parent) => here = parent,
                None => break,
            }
        }
        here
    }
}
