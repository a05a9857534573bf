//! How the plans stood at each point in time.

use super::moves::plans;
use super::state::{State, slim};
use super::versions::Versions;
use super::{Gap, Place, Step, steps};
use crate::git::{Commit, FolderChange, GitError};
use crate::model::Colour;
use crate::query::{By, Filter};
use crate::summary::Counts;
use chrono::{Datelike as _, Days, Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// How far apart the points of a trend are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A point for each commit that changed the plans.
    Commit,
    /// A point at the end of each day.
    Day,
    /// A point at the end of each week, on Sunday.
    Week,
    /// A point at the end of each month.
    Month,
}

impl Period {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// What shows the time from one day to another in a table that can be read.
    #[must_use]
    pub fn fit_for(from: NaiveDate, to: NaiveDate, commits: usize) -> Self {
        match (to - from).num_days() {
            _ if (1..=12).contains(&commits) => Self::Commit,
            ..32 => Self::Day,
            32..183 => Self::Week,
            _ => Self::Month,
        }
    }

    /// The last day of the period that a day is in.
    fn end(self, day: NaiveDate) -> NaiveDate {
        let end = match self {
            Self::Commit | Self::Day => Some(day),
            Self::Week => {
                day.checked_add_days(Days::new(u64::from(6 - day.weekday().num_days_from_monday())))
            }
            Self::Month => {
                let next = day.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
                next.and_then(|next| next.pred_opt())
            }
        };
        end.unwrap_or(NaiveDate::MAX)
    }
}

/// How the plans stood at one time.
#[derive(Clone, Debug)]
pub struct Point {
    /// The day as of which dates are counted.
    pub date: NaiveDate,
    /// The last commit by then that changed the plans.
    pub commit: Arc<Commit>,
    /// Whole recommendations.
    pub total: usize,
    /// Still to be done.
    pub open: usize,
    /// Done.
    pub done: usize,
    /// No longer pursued.
    pub dropped: usize,
    /// Reported by another body.
    pub elsewhere: usize,
    /// Open and past the due date.
    pub overdue: usize,
    /// Files that could not be read: what is in them is in no count.
    pub unread: usize,
    /// By reported RAG.
    pub rag: Counts,
    /// By status.
    pub status: Counts,
}

/// How the plans stood over time.
#[derive(Debug, Default)]
pub struct Trend {
    /// The points, earlier ones first.
    pub points: Vec<Point>,
    /// What could not be read on the way, earlier commits first.
    pub gaps: Vec<Gap>,
    /// The colours of the RAG levels by name, as the last commit has them.
    pub colours: BTreeMap<String, Colour>,
    /// How far apart the points are.
    pub period: Option<Period>,
    /// By what RAG is counted: where there was more than one plan, at any time, by what words mean.
    pub by: By,
}

/// Which points a trend has.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// How far apart they are; none: as fits the time.
    pub period: Option<Period>,
    /// The first day.
    pub since: Option<NaiveDate>,
    /// The last day: what was committed later is left out.
    pub until: Option<NaiveDate>,
    /// Today: the last point's day, where no commit is later.
    pub today: NaiveDate,
}

/// How a commit's plans stood over time: on the line of first parents, at the end of each period to the one
/// that `today` is in. Parts are counted in nothing; of what `filter` leaves out nothing is counted.
///
/// # Errors
/// Where a commit or a tree cannot be read.
pub fn trend(place: Place<'_>, tip: &Commit, filter: &Filter, times: Times) -> Result<Trend, GitError> {
    let Times { period, since, until, today } = times;
    let commits = place.repository.first_parents(tip)?;
    let mut steps = steps(place, &commits, |commit| &commit.parents[..commit.parents.len().min(1)])?;
    steps.reverse();
    steps.retain(|step| until.is_none_or(|until| step.commit.date() <= until));
    let versions = Versions::read(place.repository, &steps, slim);
    let filter = &Filter { owners: versions.known_as(&filter.owners), ..filter.clone() };
    let wanted = wanted(place, &steps, &versions, filter);
    let several = most_plans(&steps, &wanted) > 1;
    let mut state = State::new(place, &versions, filter, By::over(several));
    let touched = steps.iter().filter(|step| step.changes.iter().any(|changes| !changes.is_empty()));
    let days = touched.map(|step| step.commit.date()).filter(|day| since.is_none_or(|since| *day >= since));
    let (first, count) = days.fold((None, 0), |(first, n), day| (first.or(Some(day)), n + 1));
    let first = since.or(first).unwrap_or(today);
    let period = period.unwrap_or_else(|| Period::fit_for(first, today, count));
    let mut trend = Trend { period: Some(period), by: By::over(several), ..Trend::default() };
    // Nor does one that was ahead take anybody into the future.
    let today = today.max(since.unwrap_or(today));
    // The last commit that changed something, and the end of the period that it is in.
    let mut last: Option<(Arc<Commit>, NaiveDate)> = None;
    let is_told = |day: NaiveDate| since.is_none_or(|since| day >= since);
    for step in &steps {
        let changes = step.changes.iter().flatten().filter(|change| wanted.contains(&change.folder));
        let changes: Vec<&FolderChange> = changes.collect();
        if changes.is_empty() {
            continue;
        }
        // A clock that was wrong takes nobody back in time.
        let date = step.commit.date().min(today);
        let day = last.as_ref().map_or(date, |(_, end)| date.max(start(period, *end)));
        if let Some((commit, end)) = &mut last {
            while period != Period::Commit && *end < day {
                if is_told(*end) {
                    trend.points.push(state.point(commit, *end));
                }
                *end = end.succ_opt().map_or(NaiveDate::MAX, |next| period.end(next));
            }
        }
        for change in changes {
            state.apply(change, &step.commit, &mut trend.gaps);
        }
        if period == Period::Commit && is_told(step.commit.date()) {
            trend.points.push(state.point(&step.commit, step.commit.date()));
        }
        last = Some((Arc::clone(&step.commit), period.end(day)));
    }
    if let Some((commit, mut end)) = last.filter(|_| period != Period::Commit) {
        let until = today;
        while end < until {
            if is_told(end) {
                trend.points.push(state.point(&commit, end));
            }
            end = end.succ_opt().map_or(NaiveDate::MAX, |next| period.end(next));
        }
        trend.points.push(state.point(&commit, end.min(until)));
    }
    trend.gaps.retain(|gap| is_told(gap.commit.date()));
    trend.colours = state.colours();
    Ok(trend)
}

/// The first day that is still in the period that ends then, or after it.
fn start(period: Period, end: NaiveDate) -> NaiveDate {
    let start = match period {
        Period::Commit | Period::Day => Some(end),
        Period::Week => end.checked_sub_days(Days::new(6)),
        Period::Month => end.with_day(1),
    };
    start.unwrap_or(end)
}

/// The folders, now and before, of the plans that are asked for.
fn wanted(place: Place<'_>, steps: &[Step], versions: &Versions, filter: &Filter) -> HashSet<String> {
    let folders = steps.iter().flat_map(|step| &step.changes).flatten().map(|change| &change.folder);
    let mut wanted: HashSet<String> =
        folders.filter(|folder| filter.wants_plan(&place.plan_id(folder))).cloned().collect();
    if filter.plans.is_empty() {
        return wanted;
    }
    for step in steps.iter().rev() {
        for plan in step.changes.iter().flat_map(|changes| plans(changes, versions)) {
            if let (Some(before), Some(after)) = (plan.before, plan.after)
                && wanted.contains(&after.folder)
            {
                wanted.insert(before.folder.clone());
            }
        }
    }
    wanted
}

/// How many of these folders were plans at the same time, at most.
fn most_plans(steps: &[Step], wanted: &HashSet<String>) -> usize {
    let mut plans: BTreeSet<&String> = BTreeSet::new();
    let mut most = 0;
    for step in steps {
        for change in step.changes.iter().flatten().filter(|change| wanted.contains(&change.folder)) {
            if change.head[1].is_some() {
                plans.insert(&change.folder)
            } else {
                plans.remove(&change.folder)
            };
        }
        most = most.max(plans.len());
    }
    most
}
