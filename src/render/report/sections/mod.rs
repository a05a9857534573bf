//! The sections of a page: what stands in them, in no format yet.

mod attention;
mod bars;
mod by_owner;
mod ratings;
mod registers;
mod standing;
mod time;

pub(super) use attention::{
    EXPECTED_TO_MISS, attention, due_by, expected_to_miss, milestones, overdue, updated,
};
pub(super) use by_owner::by_owner;
pub(super) use ratings::ratings;
pub(super) use registers::{elsewhere, register, slips};
pub(super) use standing::{comparison, standing};
pub(super) use time::{deadlines, over_time};

use super::Book;
use super::part::{Cell, Head};
use super::prose::line;
use crate::model::Recommendation;
use crate::report::Audience;
use crate::standing::Standing;

impl Book<'_> {
    fn is_internal(&self) -> bool {
        self.page.audience == Audience::Internal
    }

    /// The recommendations of all plans: the plan's place, the recommendation's place in it, and itself.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, usize, &Recommendation, &Standing)> {
        let chapters = self.page.chapters.iter().enumerate();
        chapters.flat_map(|(c, chapter)| chapter.entries().enumerate().map(move |(n, (r, s))| (c, n, r, s)))
    }

    /// The cells that say which recommendation is meant: its plan where there are several, its number, its title.
    pub(super) fn which(&self, c: usize, n: usize) -> Vec<Cell> {
        let r = &self.page.chapters[c].plan.recommendations[n];
        let anchor = &self.anchors[c][n];
        let plan = self.several.then(|| Cell::text(self.name(c)));
        let id = Cell::text(line(r.id.as_str())).link(anchor);
        let part = r.parent.as_ref().map(|parent| format!("part of {}", line(parent.as_str())));
        plan.into_iter().chain([id, Cell::text(line(&r.title)).aside(part.unwrap_or_default())]).collect()
    }

    /// What stands above those cells.
    pub(super) fn which_heads(&self) -> Vec<Head> {
        let plan = self.several.then(|| Head::text("Plan"));
        plan.into_iter().chain([Head::text("No."), Head::text("Recommendation")]).collect()
    }
}
