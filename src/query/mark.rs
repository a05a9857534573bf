//! What may be true of a recommendation on a day.

use crate::model::{Phase, Recommendation};
use crate::standing::{Freshness, Standing};
use chrono::NaiveDate;

/// What may be true of a recommendation on a day: each can be asked for, and whatever of it a
/// summary counts can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Open and past its due date.
    Overdue,
    /// Open and past the date that it was first due.
    PastOriginal,
    /// With an open milestone past its date, of what is open or done.
    MilestoneMissed,
    /// Open, not overdue, and due within the policy's days.
    DueSoon,
    /// With a deadline that gives no date.
    Undated,
    /// With neither deadline nor milestone.
    NoDeadline,
    /// Not held elsewhere, and without a RAG.
    Unrated,
    /// Open, and last updated longer ago than the policy allows.
    Stale,
    /// Open, and without any update.
    NeverUpdated,
    /// Open, with updates of which none has a date.
    UpdatesUndated,
}

impl Mark {
    /// What it is called where somebody reads what was asked for.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::PastOriginal => "past the first deadline",
            Self::MilestoneMissed => "milestone missed",
            Self::DueSoon => "due soon",
            Self::Undated => "deadline undated",
            Self::NoDeadline => "no deadline",
            Self::Unrated => "not rated",
            Self::Stale => "stale",
            Self::NeverUpdated => "never updated",
            Self::UpdatesUndated => "updates undated",
        }
    }

    /// Whether it is true of `r`, standing so on `today`.
    #[must_use]
    pub fn is_on(self, r: &Recommendation, standing: &Standing, today: NaiveDate) -> bool {
        match self {
            Self::Overdue => standing.overdue(),
            Self::PastOriginal => {
                let first = standing.original_due.or(standing.due);
                standing.phase == Phase::Open && first.is_some_and(|day| day < today)
            }
            Self::MilestoneMissed => standing.milestones_missed > 0,
            Self::DueSoon => standing.due_soon,
            Self::Undated => standing.undated,
            Self::NoDeadline => standing.no_deadline,
            Self::Unrated => r.rag.is_none() && standing.phase != Phase::Elsewhere,
            Self::Stale => standing.freshness == Freshness::Stale,
            Self::NeverUpdated => standing.freshness == Freshness::NeverUpdated,
            Self::UpdatesUndated => standing.freshness == Freshness::UpdatesUndated,
        }
    }
}
