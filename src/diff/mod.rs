//! What changed between two states of a plan, in the plan's own terms. Pure.
//!
//! Recommendations are matched by plan and id, whatever their files are called. Every struct of the
//! model is taken apart here by name, so that the compiler refuses a new field of which no difference
//! would tell.

mod entries;
mod fields;
mod head;
mod review;
mod value;
mod words;

pub use fields::recommendation;
pub use head::head;
pub use review::{Notable, Turn, What, missing, review};
pub use value::{Part, Value};
pub use words::{Piece, words};

use crate::gaps::Gaps;
use crate::model::{Id, Plan, PlanPlace, Recommendation};
use crate::summary::Summary;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is different between two states of the plans.
#[derive(Debug)]
pub struct Difference {
    /// What changed, by plan and id.
    pub changes: Vec<Change>,
    /// What a board asks of the time between.
    pub notable: Vec<Notable>,
    /// The counts before.
    pub before: Summary,
    /// The counts after.
    pub after: Summary,
}

/// One side of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The commit; none: the work tree.
    pub commit: Option<String>,
    /// What people call it.
    pub name: String,
    /// The day as of which dates are counted.
    pub date: NaiveDate,
}

/// What changed of one recommendation, or of a plan itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The plan, as it is called now; of one that is gone, as it was.
    pub plan: Arc<PlanPlace>,
    /// The recommendation; none: the plan itself.
    pub id: Option<Id>,
    /// Its title now; of one that is gone, as it was.
    pub title: String,
    /// What happened to it.
    pub kind: Kind,
    /// What is different, in the canonical order of the keys.
    pub fields: Vec<Field>,
}

/// What happened to a recommendation or a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there before and after.
    Changed,
}

impl Kind {
    /// Its name in JSON and CSV.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A field that is different: of what is in both, never twice the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key in the file: `status`, `custom.theatre`, `milestone`, of which there is one field for each
    /// that is different.
    pub key: Cow<'static, str>,
    /// What it was; none: nothing.
    pub from: Option<Value>,
    /// What it is; none: nothing.
    pub to: Option<Value>,
}

/// Fields in the order in which they are found.
#[derive(Debug, Default)]
struct Fields(Vec<Field>);

impl Fields {
    /// Adds a field if its two sides differ.
    fn push(&mut self, key: impl Into<Cow<'static, str>>, from: Option<Value>, to: Option<Value>) {
        if from != to {
            self.0.push(Field { key: key.into(), from, to });
        }
    }
}

/// One state of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What could not be read of it: nothing that may be in it is told as added or removed.
    pub gaps: &'a Gaps,
}

/// What changed from one state of a plan to another: of the plan itself, then of each recommendation,
/// sorted by id. Of a plan that is only on one side everything is added or removed.
#[must_use]
pub fn plan(from: Option<Side<'_>>, to: Option<Side<'_>>) -> Vec<Change> {
    let Some(named) = to.or(from) else { return Vec::new() };
    let place = &named.plan.place;
    let mut changes = Vec::new();
    let mut heads = head(from.map(|side| &side.plan.head), to.map(|side| &side.plan.head));
    if let (Some(from), Some(to)) = (from, to)
        && from.plan.id() != to.plan.id()
    {
        let (from, to) = (Value::of(&from.plan.id()), Value::of(&to.plan.id()));
        heads.insert(0, Field { key: "plan".into(), from: Some(from), to: Some(to) });
    }
    let kind = kind(from.is_some(), to.is_some());
    if kind != Kind::Changed || !heads.is_empty() {
        let (plan, title) = (Arc::clone(place), named.plan.head.title.clone());
        changes.push(Change { plan, id: None, title, kind, fields: heads });
    }
    for (before, after) in pairs(from, to) {
        changes.extend(one(place, before, after).filter(|change| is_certain(change, from, to)));
    }
    changes
}

/// What changed of one recommendation; none where nothing did.
#[must_use]
pub fn one(
    plan: &Arc<PlanPlace>,
    from: Option<&Recommendation>,
    to: Option<&Recommendation>,
) -> Option<Change> {
    let named = to.or(from)?;
    let nothing = Recommendation::new("".into(), named.id.clone(), String::new(), String::new());
    let fields = recommendation(from.unwrap_or(&nothing), to.unwrap_or(&nothing));
    let kind = kind(from.is_some(), to.is_some());
    (kind != Kind::Changed || !fields.is_empty()).then(|| Change {
        plan: Arc::clone(plan),
        id: Some(named.id.clone()),
        title: named.title.clone(),
        kind,
        fields,
    })
}

fn kind(before: bool, after: bool) -> Kind {
    match (before, after) {
        (false, true) => Kind::Added,
        (true, false) => Kind::Removed,
        _ => Kind::Changed,
    }
}

/// Whether what seems to be added or removed may not rather be there, unread.
fn is_certain(change: &Change, from: Option<Side<'_>>, to: Option<Side<'_>>) -> bool {
    let missing_in = match change.kind {
        Kind::Added => from,
        Kind::Removed => to,
        Kind::Changed => None,
    };
    !missing_in.is_some_and(|side| change.id.as_ref().is_some_and(|id| side.gaps.may_hold(id)))
}

/// The recommendations of two sides by id, in its order. Of an id that stands in several files, those of
/// one name belong together, the others in their order.
fn pairs<'a>(
    from: Option<Side<'a>>,
    to: Option<Side<'a>>,
) -> Vec<(Option<&'a Recommendation>, Option<&'a Recommendation>)> {
    let mut by_id: BTreeMap<&Id, (Vec<&Recommendation>, Vec<&Recommendation>)> = BTreeMap::new();
    for r in from.iter().flat_map(|side| &side.plan.recommendations) {
        by_id.entry(&r.id).or_default().0.push(r);
    }
    for r in to.iter().flat_map(|side| &side.plan.recommendations) {
        by_id.entry(&r.id).or_default().1.push(r);
    }
    let mut pairs = Vec::with_capacity(by_id.len());
    for (_, (mut before, mut after)) in by_id {
        if before.len() > 1 || after.len() > 1 {
            let files: BTreeMap<&str, usize> = before.iter().zip(0..).map(|(r, n)| (&*r.file, n)).collect();
            let same: Vec<(usize, usize)> =
                after.iter().zip(0..).filter_map(|(r, n)| Some((*files.get(&*r.file)?, n))).collect();
            for (b, a) in &same {
                pairs.push((Some(before[*b]), Some(after[*a])));
            }
            let mut n = 0..;
            before.retain(|_| n.next().is_some_and(|n| same.iter().all(|(b, _)| *b != n)));
            let mut n = 0..;
            after.retain(|_| n.next().is_some_and(|n| same.iter().all(|(_, a)| *a != n)));
        }
        let longest = before.len().max(after.len());
        pairs.extend((0..longest).map(|n| (before.get(n).copied(), after.get(n).copied())));
    }
    pairs
}

#[cfg(test)]
mod tests;
