//! What a board has to speak of, from one meeting to the next.

use super::Chapter;
use crate::diff::{Difference, Moment};
use crate::model::{Assurance, Named, Outlook, Phase, Recommendation, Word};
use crate::standing::Standing;
use chrono::NaiveDate;

/// What a board has to speak of.
#[derive(Debug)]
pub struct Agenda {
    /// The last meeting.
    pub from: Moment,
    /// This one.
    pub to: Moment,
    /// What changed in between.
    pub difference: Difference,
    /// By which day it looks ahead: the next meeting.
    pub next: NaiveDate,
    /// Whether somebody said when that is; else it is taken to be as far ahead as the last one is back.
    pub next_is_given: bool,
}

/// What an owner claims to have delivered, and what a reviewer found of it.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The recommendation.
    pub recommendation: &'a Recommendation,
    /// What was found last; none: nobody looked.
    pub found: Option<&'a Assurance>,
}

/// What is claimed as delivered, or has been looked into: done by its status, or said to be by its RAG.
pub fn claims(chapter: &Chapter) -> impl Iterator<Item = Claim<'_>> {
    let is_claimed = |(r, standing): &(&Recommendation, &Standing)| {
        let said = r.rag.as_ref().and_then(Word::known).and_then(|level| level.outlook);
        let status = r.status.as_ref().and_then(Word::known).and_then(|status| status.outlook);
        let is_met = |outlook| outlook == Some(Outlook::Met);
        standing.phase == Phase::Done || is_met(said) || is_met(status) || !r.assurance.is_empty()
    };
    chapter
        .entries()
        .filter(is_claimed)
        .map(|(recommendation, _)| Claim { recommendation, found: latest(&recommendation.assurance) })
}

/// The last dated of them; without a date, the last.
fn latest(all: &[Assurance]) -> Option<&Assurance> {
    let dated = all.iter().filter(|a| a.on.is_some()).max_by_key(|a| a.on);
    dated.or(all.last())
}

impl Claim<'_> {
    /// What the owner says: its status, else its RAG.
    #[must_use]
    pub fn claimed(&self) -> Option<&str> {
        let r = self.recommendation;
        r.status.as_ref().map(name).or_else(|| r.rag.as_ref().map(name))
    }
}

fn name<T: Named>(word: &Word<T>) -> &str {
    word.name()
}
