//! How a recommendation stands on a date: the design's words, in code, in one place.

use crate::model::{Deadline, Outlook, Phase, Plan, RagLevel, Recommendation, Word};
use crate::ownership;
use chrono::{Days, NaiveDate};
use std::sync::Arc;

/// How a recommendation stands on a date.
#[derive(Clone, Debug)]
pub struct Standing {
    /// How far it is.
    pub phase: Phase,
    /// By when it is due: the deadline's date; without one, the latest milestone's.
    pub due: Option<NaiveDate>,
    /// What is due first of what is still to be done: the earliest of the open milestones and, for
    /// an open recommendation, `due`.
    pub next_due: Option<NaiveDate>,
    /// The deadline's date before its first extension.
    pub original_due: Option<NaiveDate>,
    /// How many days it is overdue, if it is: open, and due before the date. From 1.
    pub days_overdue: Option<u32>,
    /// Whether it is open, not overdue, and due within the policy's days.
    pub due_soon: bool,
    /// How many open milestones were due before the date, of what is open or done.
    pub milestones_missed: u32,
    /// Whether it has a deadline that gives no date.
    pub undated: bool,
    /// Whether it has neither a deadline nor a milestone.
    pub no_deadline: bool,
    /// How fresh what was said of it is.
    pub freshness: Freshness,
    /// The day of the last dated update.
    pub last_update: Option<NaiveDate>,
    /// What its dates and status say of the deadline, by the plan's own definitions.
    pub implied_outlook: Option<Outlook>,
    /// The RAG level with that outlook, where exactly one has it.
    pub implied_rag: Option<Arc<RagLevel>>,
}

/// How fresh what was said of a recommendation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It is not open, so that nothing is expected.
    NotExpected,
    /// Its last dated update is within the policy's days.
    Fresh,
    /// Its last dated update is older.
    Stale,
    /// It has no update.
    NeverUpdated,
    /// It has updates, and none has a date.
    UpdatesUndated,
}

impl Standing {
    /// How `r`, a recommendation of `plan`, stands on the date.
    #[must_use]
    pub fn on(plan: &Plan, r: &Recommendation, today: NaiveDate) -> Self {
        let phase = phase(plan, r);
        let open = phase == Phase::Open;
        let due = due(r);
        let days_overdue = due.filter(|d| open && *d < today).map(|d| days_between(d, today));
        let soon = i64::from(plan.head.policy.due_soon_days);
        let due_soon = open && due.is_some_and(|d| d >= today && (d - today).num_days() <= soon);
        let last_update = last_update(r);
        let implied_outlook = implied_outlook(phase, due, r, today);
        Self {
            phase,
            due,
            next_due: open_milestones(r).chain(due.filter(|_| open)).min(),
            original_due: original_due(r),
            days_overdue,
            due_soon,
            milestones_missed: u32::try_from(missed_milestones(phase, r, today).count()).unwrap_or(u32::MAX),
            undated: r.deadline.as_ref().is_some_and(|d| d.date().is_none()),
            no_deadline: r.deadline.is_none() && r.milestones.is_empty(),
            freshness: freshness(plan, phase, r, last_update, today),
            last_update,
            implied_outlook,
            implied_rag: implied_outlook.and_then(|o| only_level(plan, o)).cloned(),
        }
    }

    /// Whether it is open and past its due date.
    #[must_use]
    pub fn overdue(&self) -> bool {
        self.days_overdue.is_some()
    }
}

/// How many days there are from one day to a later one.
fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

/// How far a recommendation is: its status's phase. Without a status it is held *elsewhere* where
/// the plan answers for none of its owners and nothing is reported of it; else open.
#[must_use]
pub fn phase(plan: &Plan, r: &Recommendation) -> Phase {
    match &r.status {
        Some(Word::Known { word, .. }) => word.phase,
        Some(Word::Unregistered(_)) => Phase::Open,
        None => {
            let reported = r.rag.is_some()
                || !r.updates.is_empty()
                || r.answers.iter().any(|a| a.rag.is_some() || a.status.is_some());
            if reported || ownership::answered_for(&plan.head, r) { Phase::Open } else { Phase::Elsewhere }
        }
    }
}

/// By when it is due: the deadline's date; without one, the latest milestone's, done or not.
#[must_use]
pub fn due(r: &Recommendation) -> Option<NaiveDate> {
    let own = r.deadline.as_ref().and_then(Deadline::date);
    own.or_else(|| due_milestone(r).map(|(_, due)| due))
}

/// The milestone, by place, that gives a recommendation its due date: where the deadline has none,
/// the latest, done or not.
#[must_use]
pub fn due_milestone(r: &Recommendation) -> Option<(usize, NaiveDate)> {
    if r.deadline.as_ref().and_then(Deadline::date).is_some() {
        return None;
    }
    let milestones = r.milestones.iter().enumerate();
    milestones.filter_map(|(i, m)| Some((i, m.due_date()?))).max_by_key(|(_, due)| *due)
}

/// The deadline's date before its first extension.
#[must_use]
pub fn original_due(r: &Recommendation) -> Option<NaiveDate> {
    r.own_extensions().next().and_then(|(_, e)| e.from.date())
}

/// The due dates of the milestones that are open.
fn open_milestones(r: &Recommendation) -> impl Iterator<Item = NaiveDate> {
    r.milestones.iter().filter(|m| m.is_open()).filter_map(|m| m.due_date())
}

/// The open milestones that were due before the date, by place, of what is open or done.
pub fn missed_milestones(
    phase: Phase,
    r: &Recommendation,
    today: NaiveDate,
) -> impl Iterator<Item = (usize, NaiveDate)> {
    let counts = matches!(phase, Phase::Open | Phase::Done);
    let milestones = r.milestones.iter().enumerate().filter(move |(_, m)| counts && m.is_open());
    milestones.filter_map(|(i, m)| Some((i, m.due_date()?))).filter(move |(_, due)| *due < today)
}

/// The day of the last dated update.
#[must_use]
pub fn last_update(r: &Recommendation) -> Option<NaiveDate> {
    r.updates.iter().filter_map(|u| u.date).max()
}

/// The day after which an open recommendation of the plan last updated on `date` is stale.
#[must_use]
pub fn stale_after(plan: &Plan, date: NaiveDate) -> NaiveDate {
    let days = Days::new(u64::from(plan.head.policy.stale_after_days));
    date.checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

fn freshness(
    plan: &Plan,
    phase: Phase,
    r: &Recommendation,
    last: Option<NaiveDate>,
    today: NaiveDate,
) -> Freshness {
    match last {
        _ if phase != Phase::Open => Freshness::NotExpected,
        Some(date) if today > stale_after(plan, date) => Freshness::Stale,
        Some(_) => Freshness::Fresh,
        None if r.updates.is_empty() => Freshness::NeverUpdated,
        None => Freshness::UpdatesUndated,
    }
}

/// What dates and status say: done is met, or nothing while a milestone is open; open and past its
/// due is missed, as is a forecast after the due; else the status's own outlook.
fn implied_outlook(
    phase: Phase,
    due: Option<NaiveDate>,
    r: &Recommendation,
    today: NaiveDate,
) -> Option<Outlook> {
    let forecast = || r.forecast.as_ref().and_then(Deadline::date);
    match phase {
        Phase::Done if r.milestones.iter().any(|m| m.is_open()) => None,
        Phase::Done => Some(Outlook::Met),
        Phase::Open if due.is_some_and(|d| d < today) => Some(Outlook::Miss),
        Phase::Open if due.is_some_and(|d| forecast().is_some_and(|f| f > d)) => Some(Outlook::Miss),
        Phase::Open | Phase::Dropped => r.status.as_ref().and_then(Word::known).and_then(|s| s.outlook),
        Phase::Elsewhere => None,
    }
}

/// The RAG level with that outlook, where exactly one has it.
#[must_use]
pub fn only_level(plan: &Plan, outlook: Outlook) -> Option<&Arc<RagLevel>> {
    let mut levels = plan.head.rags.iter().filter(|l| l.outlook == Some(outlook));
    levels.next().filter(|_| levels.next().is_none())
}

#[cfg(test)]
mod tests;
