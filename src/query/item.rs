//! What a list shows of a recommendation.

use super::GroupName;
use crate::model::{
    Deadline, Id, Named, Owner, Phase, Plan, PlanPlace, RagLevel, Recommendation, Status, Visibility, Word,
};
use crate::standing::Standing;
use chrono::NaiveDate;
use std::sync::Arc;

/// What a list shows of a recommendation. Kept small: a national list has a hundred thousand.
#[derive(Clone, Debug)]
pub struct Item {
    /// The plan.
    pub plan: Arc<PlanPlace>,
    /// The id.
    pub id: Id,
    /// Whether it is a part of another.
    pub is_part: bool,
    /// The title.
    pub title: Box<str>,
    /// Who answers for it.
    pub owners: Box<[Word<Owner>]>,
    /// The reported RAG.
    pub rag: Option<Word<RagLevel>>,
    /// The place of the reported RAG in the plan's scale.
    pub rag_rank: u16,
    /// The reported status.
    pub status: Option<Word<Status>>,
    /// The place of the status in the plan's vocabulary.
    pub status_rank: u16,
    /// The deadline.
    pub deadline: Option<Deadline>,
    /// Today's view of it.
    pub standing: Standing,
    /// What only some lists show.
    more: Option<Box<More>>,
}

/// How much of each recommendation a list keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What the usual table shows.
    Usual,
    /// All of it.
    Whole,
}

/// What only some lists show.
#[derive(Clone, Debug, Default)]
pub struct More {
    /// The file's path from the root.
    pub path: String,
    /// The number that the source printed.
    pub printed_id: Option<Id>,
    /// The recommendation that it is a part of.
    pub parent: Option<Id>,
    /// The day on which it was made.
    pub issued: Option<NaiveDate>,
    /// When the owner expects it.
    pub forecast: Option<Deadline>,
    /// Whether the owner accepts it.
    pub response: Option<Box<str>>,
    /// The day on which it was completed.
    pub completed_on: Option<NaiveDate>,
    /// What it belongs to.
    pub theme: Option<Box<str>>,
    /// How much it matters.
    pub priority: Option<Box<str>>,
    /// How many updates it has.
    pub updates_count: usize,
    /// The groups under which a list shows it; none where it is not grouped.
    pub groups: Box<[GroupName]>,
    /// Columns that have no key, if there are any.
    pub custom: Option<Box<toml::Table>>,
}

static NOTHING: std::sync::LazyLock<More> = std::sync::LazyLock::new(More::default);

impl Item {
    /// What a list shows of `r`.
    #[must_use]
    pub fn new(plan: &Plan, r: &Recommendation, standing: Standing, detail: Detail) -> Self {
        let more = (detail == Detail::Whole).then(|| {
            let completed_on = r.closure.as_ref().and_then(|c| c.on);
            Box::new(More {
                path: crate::store::join(&plan.place.folder, &r.file),
                printed_id: r.printed_id.clone(),
                parent: r.parent.clone(),
                issued: r.issued,
                forecast: r.forecast.clone(),
                response: r.response.as_deref().map(Into::into),
                completed_on: completed_on.filter(|_| standing.phase == Phase::Done),
                theme: r.theme.as_deref().map(Into::into),
                priority: r.priority.as_deref().map(Into::into),
                updates_count: r.updates.len(),
                groups: Box::default(),
                custom: (!r.custom.is_empty()).then(|| Box::new(r.custom.clone())),
            })
        });
        Self {
            plan: Arc::clone(&plan.place),
            id: r.id.clone(),
            is_part: r.parent.is_some(),
            title: r.title.as_str().into(),
            owners: r.owners.clone().into_boxed_slice(),
            rag_rank: rank(&plan.head.rags, r.rag.as_ref(), standing.phase),
            rag: r.rag.clone(),
            status_rank: rank(&plan.head.statuses, r.status.as_ref(), standing.phase),
            status: r.status.clone(),
            deadline: r.deadline.clone(),
            standing,
            more,
        }
    }

    /// The same, in these groups.
    #[must_use]
    pub fn in_groups(mut self, groups: Box<[GroupName]>) -> Self {
        self.more.get_or_insert_default().groups = groups;
        self
    }

    /// What only some lists show: nothing, where the item was made for the usual table.
    #[must_use]
    pub fn more(&self) -> &More {
        self.more.as_deref().unwrap_or(&NOTHING)
    }
}

/// A word's place in its vocabulary: unregistered words after the registered, then blanks, and last
/// what is held elsewhere.
fn rank<T: Named>(vocabulary: &[Arc<T>], word: Option<&Word<T>>, phase: Phase) -> u16 {
    const UNREGISTERED: u16 = u16::MAX - 2;
    match word {
        None if phase == Phase::Elsewhere => u16::MAX,
        None => u16::MAX - 1,
        Some(Word::Unregistered(_)) => UNREGISTERED,
        Some(Word::Known { word, .. }) => {
            let place = vocabulary.iter().position(|w| Arc::ptr_eq(w, word));
            place
                .and_then(|place| u16::try_from(place).ok())
                .map_or(UNREGISTERED, |p| p.min(UNREGISTERED - 1))
        }
    }
}

/// A recommendation with what its plan adds to it.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// How it stands.
    pub item: &'a Item,
    /// What its file says.
    pub recommendation: &'a Recommendation,
    /// The ids of its parts.
    pub parts: &'a [String],
    /// What an unmarked update or item of evidence is.
    pub visibility: Visibility,
    /// The file's path, as one would type it.
    pub path: &'a str,
    /// The day.
    pub today: NaiveDate,
}
