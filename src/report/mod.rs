//! What a page says of plans, as data: counts, a time line, a board's agenda, and every recommendation. Pure.
//!
//! A page for the public is made of the plan that [`public::plan`] gives, and of nothing else.

mod agenda;
pub mod public;
pub mod redact;
#[cfg(test)]
mod tests;
mod timeline;

pub use agenda::{Agenda, Claim, claims};
pub use timeline::{Bin, Stage, Timeline};

use crate::history::{Point, Trend};
use crate::model::{Named as _, Owner, Plan, Recommendation};
use crate::ownership::Membership;
use crate::query::{By, GroupKey};
use crate::standing::Standing;
use crate::store::Unread;
use crate::summary::{Counter, Groups, Summary, merge, merge_groups};
use chrono::NaiveDate;
use std::sync::Arc;

/// For whom a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Those who work with the plan, and their board.
    Internal,
    /// Everybody.
    Public,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// For whom it is.
    pub audience: Audience,
    /// The day as of which dates are counted.
    pub today: NaiveDate,
    /// Where its plans come from.
    pub origin: Origin,
    /// What filters ask for, in words; none where they leave nothing out.
    pub asked: Vec<String>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// How the plans stand: one by its own words, several by what their words mean.
    pub counts: Counted,
    /// When what is due.
    pub timeline: Timeline,
    /// How they stood over time.
    pub trend: Option<Trend>,
    /// What a board has to speak of.
    pub agenda: Option<Agenda>,
    /// The plans.
    pub chapters: Vec<Chapter>,
}

impl Page {
    /// The page as it would be if its plans had no words: what it says then are its own.
    #[must_use]
    pub fn blank(&self) -> Self {
        let blank = |chapter: &Chapter| Chapter::whole(redact::blank(&chapter.plan), self.today);
        let chapters: Vec<Chapter> = self.chapters.iter().map(blank).collect();
        Self {
            audience: self.audience,
            today: self.today,
            origin: self.origin.clone(),
            asked: self.asked.clone(),
            unread: self.unread.clone(),
            counts: total(&chapters),
            timeline: Timeline::of(&chapters, self.audience, self.today),
            trend: None,
            agenda: None,
            chapters,
        }
    }
}

/// Where the plans of a page come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A commit.
    Commit {
        /// Its name, as short as people write it.
        short: String,
        /// The day on which it was made.
        date: NaiveDate,
        /// Whether the files had changes that are not in it.
        changed: bool,
    },
    /// Files that no commit holds yet.
    Files,
}

/// Counts, in total and by owner.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// In total.
    pub summary: Summary,
    /// By owner.
    pub owners: Groups,
}

/// One plan of a page.
#[derive(Debug)]
pub struct Chapter {
    /// The plan, with the recommendations that are shown.
    pub plan: Plan,
    /// How each of them stands, in their order.
    pub standings: Vec<Standing>,
    /// The owners of each, through collectives too, by their places in [`Self::owners`].
    pub shares: Vec<Vec<usize>>,
    /// Everybody who owns something that is shown.
    pub owners: Vec<String>,
    /// How the plan stands, by its own words.
    pub counts: Counted,
}

impl Chapter {
    /// The recommendations of a plan that are shown: of those for which `shown` has a true, in their order.
    #[must_use]
    pub fn new(plan: Plan, shown: &[bool], audience: Audience, today: NaiveDate) -> Self {
        let mut plan = match audience {
            Audience::Internal => plan,
            Audience::Public => public::plan(&plan),
        };
        let mut is_shown = shown.iter();
        plan.recommendations.retain(|_| is_shown.next().copied().unwrap_or(false));
        Self::whole(plan, today)
    }

    /// A plan of which all is shown.
    fn whole(plan: Plan, today: NaiveDate) -> Self {
        let standings: Vec<Standing> =
            plan.recommendations.iter().map(|r| Standing::on(&plan, r, today)).collect();
        let counts = count(&plan, &standings, By::Words);
        let (owners, shares) = owners(&plan);
        Self { plan, standings, shares, owners, counts }
    }

    /// The recommendations that are shown, each with how it stands.
    pub fn entries(&self) -> impl Iterator<Item = (&Recommendation, &Standing)> {
        self.plan.recommendations.iter().zip(&self.standings)
    }

    /// How the plan stands, by what its words mean.
    #[must_use]
    pub fn by_meaning(&self) -> Counted {
        count(&self.plan, &self.standings, By::Meanings)
    }
}

/// Whether nothing is reported of a recommendation: no RAG, no status, no update.
#[must_use]
pub fn is_silent(r: &Recommendation) -> bool {
    r.rag.is_none() && r.status.is_none() && r.updates.is_empty()
}

/// The counts of several plans together.
#[must_use]
pub fn total(chapters: &[Chapter]) -> Counted {
    match chapters {
        [only] => only.counts.clone(),
        several => by_meanings(several),
    }
}

/// The counts of plans together, by what their words mean.
fn by_meanings(chapters: &[Chapter]) -> Counted {
    let mut total = Counted::default();
    for Counted { summary, owners } in chapters.iter().map(Chapter::by_meaning) {
        merge(&mut total.summary, summary);
        merge_groups(&mut total.owners, owners);
    }
    total
}

/// A trend that ends with how the plans stand today: what fell due since the last point is overdue, and what was
/// not committed yet counts.
#[must_use]
pub fn until_today(mut trend: Trend, chapters: &[Chapter], date: NaiveDate) -> Trend {
    if let Some(last) = trend.points.last().filter(|last| last.date < date) {
        let commit = Arc::clone(&last.commit);
        // In the words in which the earlier points are counted: there may have been several plans then.
        let today = match (trend.by, chapters) {
            (By::Words, [only]) => only.counts.summary.clone(),
            _ => by_meanings(chapters).summary,
        };
        let Summary { total, open, done, dropped, elsewhere, overdue, rag, status, .. } = today;
        let unread = last.unread;
        let point =
            Point { date, commit, total, open, done, dropped, elsewhere, overdue, unread, rag, status };
        trend.points.push(point);
    }
    trend
}

fn count(plan: &Plan, standings: &[Standing], by: By) -> Counted {
    let mut counter = Counter::new(plan, by, Some(GroupKey::Owner));
    plan.recommendations.iter().zip(standings).for_each(|(r, standing)| counter.add(r, standing));
    let (summary, owners) = counter.finish();
    Counted { summary, owners }
}

/// Everybody who owns something in a plan, the registered owners first; and who owns each recommendation.
fn owners(plan: &Plan) -> (Vec<String>, Vec<Vec<usize>>) {
    let membership = Membership::of(&plan.head);
    let names_of = |r: &Recommendation| {
        let registered = membership.shares(r).into_iter().map(|(place, _)| {
            let owner: &Arc<Owner> = &plan.head.owners[place];
            (place, owner.name().to_owned())
        });
        let others = r.owners.iter().filter(|o| o.known().is_none());
        registered.chain(others.map(|o| (usize::MAX, o.name().to_owned()))).collect::<Vec<_>>()
    };
    let each: Vec<Vec<(usize, String)>> = plan.recommendations.iter().map(names_of).collect();
    let mut all: Vec<(usize, String)> = each.iter().flatten().cloned().collect();
    all.sort();
    all.dedup();
    let place = |name: &(usize, String)| all.binary_search(name).ok();
    let shares = each.iter().map(|names| names.iter().filter_map(place).collect()).collect();
    (all.iter().map(|(_, name)| name.clone()).collect(), shares)
}
