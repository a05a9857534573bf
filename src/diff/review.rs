//! What a board asks of the time between two meetings.

use super::{Side, pairs};
use crate::model::{
    Deadline, Id, Named, Outlook, Phase, Plan, PlanPlace, RagLevel, Recommendation, Status, Update, Word,
};
use crate::standing::{Standing, missed_milestones};
use crate::wording::when;
use chrono::NaiveDate;
use std::sync::Arc;

/// A recommendation of which a board is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Notable {
    /// The plan.
    pub plan: Arc<PlanPlace>,
    /// The recommendation.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// What the board is told.
    pub what: What,
}

/// What a board is told of a recommendation.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It was not overdue, and is.
    NewlyOverdue {
        /// By when it was due.
        due: NaiveDate,
        /// How many days ago that was.
        days: u32,
    },
    /// Its reported RAG, its status or its forecast says that it will not be done by its deadline, and none said so
    /// before.
    Missing {
        /// What says so now.
        said: String,
        /// What was said before; none: nothing.
        before: Option<String>,
    },
    /// A milestone of it was not missed, and is.
    MilestoneMissed {
        /// The milestone.
        title: String,
        /// By when it was due.
        due: NaiveDate,
    },
    /// It was done or no longer pursued, and is open.
    Reopened {
        /// What became of its status.
        status: Turn,
    },
    /// It was not done, and is.
    Completed {
        /// What became of its status.
        status: Turn,
        /// On which day, where that was recorded.
        on: Option<NaiveDate>,
    },
    /// It was pursued, and no longer is.
    Dropped {
        /// What became of its status.
        status: Turn,
        /// Why, where that was recorded.
        reason: Option<String>,
    },
    /// The date by which it is due is another, or was given or taken away.
    Moved {
        /// What it was; none: there was none.
        from: Option<Deadline>,
        /// What it is; none: there is none.
        to: Option<Deadline>,
        /// The reason in the extension that moved it.
        reason: Option<String>,
    },
    /// It is open, was there before, and has no update that it did not have then.
    NoUpdate {
        /// The day of its last dated update.
        last: Option<NaiveDate>,
    },
}

/// What a status was and is; none: nothing was reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Before.
    pub from: Option<String>,
    /// Now.
    pub to: Option<String>,
}

/// What a board asks of the time between two states of a plan, each with its day. Of what `shows` does not
/// let through nothing is told.
#[must_use]
pub fn review(
    from: (Side<'_>, NaiveDate),
    to: (Side<'_>, NaiveDate),
    shows: impl Fn(&Plan, &Recommendation, &Standing) -> bool,
) -> Vec<Notable> {
    let ((before, then), (after, today)) = (from, to);
    let mut notable = Vec::new();
    for (old, new) in pairs(Some(before), Some(after)) {
        let Some(new) = new else { continue };
        let now = Standing::on(after.plan, new, today);
        if !shows(after.plan, new, &now) || (old.is_none() && before.gaps.may_hold(&new.id)) {
            continue;
        }
        let old = old.map(|old| (old, Standing::on(before.plan, old, then)));
        let told = told(old.as_ref().map(|(old, standing)| (*old, standing)), (new, &now), (then, today));
        // Within a day no update is expected.
        let period = today > then;
        for what in told.into_iter().filter(|what| period || !matches!(what, What::NoUpdate { .. })) {
            notable.push(Notable {
                plan: Arc::clone(&after.plan.place),
                id: new.id.clone(),
                title: new.title.clone(),
                owners: new.owners.iter().map(|w| w.name().to_owned()).collect(),
                what,
            });
        }
    }
    notable
}

fn told(
    old: Option<(&Recommendation, &Standing)>,
    new: (&Recommendation, &Standing),
    (then, today): (NaiveDate, NaiveDate),
) -> Vec<What> {
    let (r, now) = new;
    let was = old.map(|(_, standing)| standing);
    let phase = was.map(|standing| standing.phase);
    let status = |r: &Recommendation| r.status.as_ref().map(|w| w.name().to_owned());
    let turn = || Turn { from: old.and_then(|(old, _)| status(old)), to: status(r) };
    let mut told = Vec::new();
    if let (Some(days), Some(due)) = (now.days_overdue, now.due)
        && !was.is_some_and(Standing::overdue)
    {
        told.push(What::NewlyOverdue { due, days });
    }
    if let Some(said) = missing(r, now)
        && old.is_none_or(|(old, standing)| missing(old, standing).is_none())
    {
        // Said of the same: a forecast is no other word for what was rated.
        let before = if said_to_miss(r).is_some() { reported } else { forecast };
        let before = old.and_then(|(old, _)| before(old)).filter(|before| *before != said);
        told.push(What::Missing { said, before });
    }
    let missed =
        |r, phase, day| missed_milestones(phase, r, day).map(|(n, due)| (r.milestones[n].title.clone(), due));
    let before: Vec<(String, NaiveDate)> =
        old.map(|(old, standing)| missed(old, standing.phase, then).collect()).unwrap_or_default();
    for (title, due) in missed(r, now.phase, today).filter(|milestone| !before.contains(milestone)) {
        told.push(What::MilestoneMissed { title, due });
    }
    if now.phase == Phase::Open && matches!(phase, Some(Phase::Done | Phase::Dropped)) {
        told.push(What::Reopened { status: turn() });
    }
    if now.phase == Phase::Done && phase != Some(Phase::Done) {
        told.push(What::Completed { status: turn(), on: r.closure.as_ref().and_then(|c| c.on) });
    }
    if now.phase == Phase::Dropped && phase != Some(Phase::Dropped) {
        let reason = r.closure.as_ref().and_then(|c| c.reason.clone());
        told.push(What::Dropped { status: turn(), reason });
    }
    if let Some((old, standing)) = old {
        told.extend(moved((old, standing), new));
        let (before, after) = (updates_by(old, then), updates_by(r, today));
        let added = after.len() > before.len() || after.last() != before.last();
        if now.phase == Phase::Open && !added {
            told.push(What::NoUpdate { last: after.iter().filter_map(|u| u.date).max() });
        }
    }
    told
}

/// The updates there were on a day: one of a later day is none yet.
fn updates_by(r: &Recommendation, day: NaiveDate) -> Vec<&Update> {
    r.updates.iter().filter(|u| u.date.is_none_or(|date| date <= day)).collect()
}

/// How the date moved by which it is due, which a part may have of its parent and anything of a milestone.
fn moved(old: (&Recommendation, &Standing), new: (&Recommendation, &Standing)) -> Option<What> {
    let (old, was) = old;
    let (r, now) = new;
    let both_undated = was.due.is_none() && now.due.is_none();
    if was.due == now.due && (!both_undated || old.deadline == r.deadline) {
        return None;
    }
    let said = |r: &Recommendation, due: Option<NaiveDate>| {
        let own = r.deadline.clone().filter(|d| d.date() == due || due.is_none());
        own.or(due.map(Deadline::On))
    };
    let mut new_ones = r.extensions.iter().filter(|e| !old.extensions.contains(e));
    let reason = new_ones.rfind(|e| e.to.date() == now.due).map(|e| e.reason.clone());
    Some(What::Moved { from: said(old, was.due), to: said(r, now.due), reason })
}

/// What says that it will not be done by its deadline: the reported RAG, else the status, else a forecast that is
/// later. Of what is done nothing does.
#[must_use]
pub fn missing(r: &Recommendation, standing: &Standing) -> Option<String> {
    let later = || {
        let by = r.forecast.as_ref().and_then(Deadline::date).zip(standing.due);
        forecast(r).filter(|_| by.is_some_and(|(forecast, due)| forecast > due))
    };
    said_to_miss(r).or_else(later).filter(|_| standing.phase == Phase::Open)
}

/// What is forecast.
fn forecast(r: &Recommendation) -> Option<String> {
    r.forecast.as_ref().map(|forecast| format!("forecast {}", when(forecast)))
}

/// The reported RAG, else the status, where it says so.
fn said_to_miss(r: &Recommendation) -> Option<String> {
    let rag = r
        .rag
        .as_ref()
        .filter(|w| w.known().and_then(|level: &Arc<RagLevel>| level.outlook) == Some(Outlook::Miss));
    let status =
        r.status.as_ref().filter(|w| w.known().and_then(|s: &Arc<Status>| s.outlook) == Some(Outlook::Miss));
    rag.map(|w| said("RAG", w)).or_else(|| status.map(|w| said("status", w)))
}

/// What was reported: the RAG, else the status.
fn reported(r: &Recommendation) -> Option<String> {
    let rag = r.rag.as_ref().map(|w| said("RAG", w));
    rag.or_else(|| r.status.as_ref().map(|w| said("status", w)))
}

fn said<T: Named>(what: &str, word: &Word<T>) -> String {
    format!("{what} {}", word.name())
}
