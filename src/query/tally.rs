//! What a list says below its rows.

use super::Item;
use crate::model::Phase;

/// How many of the items stand how: what a list says below its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items that are no part of another.
    pub whole: usize,
    /// Parts; they count in nothing else but the number that follows.
    pub parts: usize,
    /// Parts that are overdue.
    pub parts_overdue: usize,
    /// Overdue.
    pub overdue: usize,
    /// With a deadline that gives no date.
    pub undated: usize,
    /// With neither deadline nor milestone.
    pub no_deadline: usize,
    /// Not held elsewhere, and without a RAG.
    pub not_rated: usize,
    /// Held elsewhere.
    pub elsewhere: usize,
}

/// Counts what a list shows.
#[must_use]
pub fn tally(items: &[&Item]) -> Tally {
    let mut tally = Tally::default();
    for item in items {
        let standing = &item.standing;
        if item.is_part {
            tally.parts += 1;
            tally.parts_overdue += usize::from(standing.overdue());
            continue;
        }
        tally.whole += 1;
        tally.overdue += usize::from(standing.overdue());
        tally.undated += usize::from(standing.undated);
        tally.no_deadline += usize::from(standing.no_deadline);
        tally.elsewhere += usize::from(standing.phase == Phase::Elsewhere);
        tally.not_rated += usize::from(item.rag.is_none() && standing.phase != Phase::Elsewhere);
    }
    tally
}
