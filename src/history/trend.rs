//! How the plans stood at each point in time.

use super::moves::plans;
use super::versions::Versions;
use super::{Gap, Place, Step, steps};
use crate::git::{Commit, FolderChange, GitError, Oid};
use crate::model::{Colour, Head, Named, Outlook, Phase, Plan, PlanPlace, Recommendation};
use crate::query::{By, Filter, Label, Labels};
use crate::resolve;
use crate::standing::{self, Standing};
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
            _ if commits <= 12 => Self::Commit,
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
}

/// How a commit's plans stood over time: on the line of first parents, at the end of each period to the one
/// that `today` is in. Parts are counted in nothing; of what `filter` leaves out nothing is counted.
///
/// # Errors
/// Where a commit or a tree cannot be read.
pub fn trend(
    place: Place<'_>,
    tip: &Commit,
    filter: &Filter,
    period: Option<Period>,
    since: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Trend, GitError> {
    let commits = place.repository.first_parents(tip)?;
    let mut steps = steps(place, &commits, |commit| &commit.parents[..commit.parents.len().min(1)])?;
    steps.reverse();
    let versions = Versions::read(place.repository, &steps, slim);
    let wanted = wanted(place, &steps, &versions, filter);
    let several = plans_at_end(&steps).iter().filter(|folder| wanted.contains(folder.as_str())).count() > 1;
    let mut state = State::new(place, &versions, filter, By::over(several));
    let touched = steps.iter().filter(|step| step.changes.iter().any(|changes| !changes.is_empty()));
    let days = touched.map(|step| step.commit.date()).filter(|day| since.is_none_or(|since| *day >= since));
    let (first, count) = days.fold((None, 0), |(first, n), day| (first.or(Some(day)), n + 1));
    let first = since.or(first).unwrap_or(today);
    let period = period.unwrap_or_else(|| Period::fit_for(first, today, count));
    let mut trend = Trend { period: Some(period), ..Trend::default() };
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
        let day =
            last.as_ref().map_or(step.commit.date(), |(_, end)| step.commit.date().max(start(period, *end)));
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
        let until = today.max(commit.date());
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

/// Takes from a recommendation what says nothing of how it stands: there are many versions.
fn slim(r: &mut Recommendation) {
    r.text = String::new();
    r.updates.truncate(1);
    r.updates.iter_mut().for_each(|update| update.text = None);
    r.extensions = Vec::new();
    r.evidence = Vec::new();
    r.assurance = Vec::new();
    r.answers.iter_mut().for_each(|answer| answer.text = None);
    r.milestones.iter_mut().for_each(|milestone| milestone.title = String::new());
    r.custom = toml::Table::new();
    r.mitigation = None;
    r.closure = None;
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

/// The folders that are plans after the last step.
fn plans_at_end(steps: &[Step]) -> BTreeSet<&String> {
    let mut plans = BTreeSet::new();
    for change in steps.iter().flat_map(|step| &step.changes).flatten() {
        if change.head[1].is_some() {
            plans.insert(&change.folder)
        } else {
            plans.remove(&change.folder)
        };
    }
    plans
}

/// What counts of one recommendation.
#[derive(Clone)]
struct Row {
    phase: Phase,
    due: Option<NaiveDate>,
    rag: Label,
    status: Label,
}

/// A plan at one time.
#[derive(Default)]
struct PlanState {
    head: Option<Oid>,
    files: BTreeMap<Arc<str>, Oid>,
    rows: BTreeMap<Arc<str>, Row>,
    unread: usize,
}

/// All plans at one time, and what they come to. Each step takes out what it changes and puts in what it is.
struct State<'a> {
    place: Place<'a>,
    versions: &'a Versions,
    filter: &'a Filter,
    by: By,
    plans: BTreeMap<&'a str, PlanState>,
    phases: BTreeMap<Phase, usize>,
    /// How many that are open are due on each day.
    due: BTreeMap<NaiveDate, usize>,
    rag: Counts,
    status: Counts,
}

impl<'a> State<'a> {
    fn new(place: Place<'a>, versions: &'a Versions, filter: &'a Filter, by: By) -> Self {
        let (plans, phases, due) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (rag, status) = (Counts::new(), Counts::new());
        Self { place, versions, filter, by, plans, phases, due, rag, status }
    }

    fn apply(&mut self, change: &'a FolderChange, commit: &Arc<Commit>, gaps: &mut Vec<Gap>) {
        let mut plan = self.plans.remove(change.folder.as_str()).unwrap_or_default();
        let mut anew: Vec<Arc<str>> = Vec::new();
        for file in &change.files {
            let after = file.sides[1].filter(|_| change.head[1].is_some());
            match after {
                Some(id) => drop(plan.files.insert(Arc::clone(&file.name), id)),
                None => drop(plan.files.remove(&file.name)),
            }
            anew.push(Arc::clone(&file.name));
        }
        if plan.head != change.head[1] {
            plan.head = change.head[1];
            anew = plan.files.keys().chain(plan.rows.keys()).cloned().collect();
            anew.sort();
            anew.dedup();
            self.tell_gap(
                change.head[1].and_then(|id| self.versions.head(id).err()),
                change,
                crate::store::HEAD_FILE,
                commit,
                gaps,
            );
        }
        for name in &anew {
            if let Some(row) = plan.rows.remove(name) {
                self.count(row, false);
            }
        }
        if let Some(Ok(head)) = plan.head.map(|id| self.versions.head(id)) {
            for (name, row) in self.rows(&change.folder, head, &plan, &anew) {
                self.count(row.clone(), true);
                plan.rows.insert(name, row);
            }
        }
        for file in change.files.iter().filter(|file| file.sides[0] != file.sides[1]) {
            let unread = file.sides[1].and_then(|id| self.versions.recommendation(id).err());
            self.tell_gap(unread, change, &file.name, commit, gaps);
        }
        let head_unread = plan.head.is_some_and(|id| self.versions.head(id).is_err());
        let files_unread =
            plan.files.values().filter(|id| self.versions.recommendation(**id).is_err()).count();
        plan.unread = if head_unread { 1 + plan.files.len() } else { files_unread };
        if plan.head.is_some() {
            self.plans.insert(&change.folder, plan);
        }
    }

    /// What some files of a plan come to; parts and what is not asked for come to nothing.
    fn rows(&self, folder: &str, head: &Head, plan: &PlanState, names: &[Arc<str>]) -> Vec<(Arc<str>, Row)> {
        let shell = self.shell(folder, head);
        let labels = Labels::of(&shell, self.by);
        let narrowed =
            !(self.filter.owners.is_empty() && self.filter.themes.is_empty() && self.filter.ids.is_empty());
        let within = Filter { plans: Vec::new(), ..self.filter.clone() };
        let search = narrowed.then(|| within.on(&shell, NaiveDate::MIN));
        let row = |name: &Arc<str>| {
            let mut r = self.versions.recommendation(*plan.files.get(name)?).ok()?.clone();
            resolve::words(&mut r, &shell.head);
            let is_asked = |search: &crate::query::Search<'_>| {
                search.matches(&r, &Standing::on(&shell, &r, NaiveDate::MIN))
            };
            let counts = r.parent.is_none() && search.as_ref().is_none_or(is_asked);
            counts.then(|| {
                let (phase, due) = (standing::phase(&shell, &r), standing::due(&r));
                (Arc::clone(name), Row { phase, due, rag: labels.rag(&r), status: labels.status(&r) })
            })
        };
        names.iter().filter_map(row).collect()
    }

    /// A plan that holds nothing but its words.
    fn shell(&self, folder: &str, head: &Head) -> Plan {
        let place = PlanPlace { id: self.place.plan_id(folder), folder: folder.to_owned() };
        Plan { place: Arc::new(place), head: head.clone(), recommendations: Vec::new() }
    }

    fn count(&mut self, row: Row, comes: bool) {
        let Row { phase, due, rag, status } = row;
        add(&mut self.phases, phase, comes);
        if phase == Phase::Open
            && let Some(due) = due
        {
            add(&mut self.due, due, comes);
        }
        if phase != Phase::Elsewhere {
            add(&mut self.rag, rag, comes);
            add(&mut self.status, status, comes);
        }
    }

    fn tell_gap(
        &self,
        unread: Option<Option<&super::versions::Unread>>,
        change: &FolderChange,
        name: &str,
        commit: &Arc<Commit>,
        gaps: &mut Vec<Gap>,
    ) {
        let Some(unread) = unread else { return };
        let path = crate::store::join(&change.folder, name);
        let message = unread.map(|u| u.message.clone()).unwrap_or_default();
        gaps.push(Gap { commit: Arc::clone(commit), path, message, lost: unread.is_some_and(|u| u.lost) });
    }

    fn point(&self, commit: &Arc<Commit>, date: NaiveDate) -> Point {
        let phase = |phase| self.phases.get(&phase).copied().unwrap_or(0);
        Point {
            date,
            commit: Arc::clone(commit),
            total: self.phases.values().sum(),
            open: phase(Phase::Open),
            done: phase(Phase::Done),
            dropped: phase(Phase::Dropped),
            elsewhere: phase(Phase::Elsewhere),
            overdue: self.due.range(..date).map(|(_, n)| n).sum(),
            unread: self.plans.values().map(|plan| plan.unread).sum(),
            rag: self.rag.clone(),
            status: self.status.clone(),
        }
    }

    /// The colours of the RAG levels, by the name under which they are counted.
    fn colours(&self) -> BTreeMap<String, Colour> {
        let of_outlook = |outlook| match outlook {
            Outlook::Miss => Colour::Red,
            Outlook::AtRisk => Colour::Amber,
            Outlook::Meet | Outlook::Met => Colour::Green,
        };
        if self.by == By::Meanings {
            return Outlook::ALL.iter().map(|o| (o.name().to_owned(), of_outlook(*o))).collect();
        }
        let heads = self.plans.values().filter_map(|plan| self.versions.head(plan.head?).ok());
        let levels = heads.flat_map(|head| &head.rags);
        levels
            .filter_map(|level| {
                Some((level.name().to_owned(), level.colour.or(level.outlook.map(of_outlook))?))
            })
            .collect()
    }
}

/// Counts one more, or one less; what is not there is not in the counts.
fn add<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K, comes: bool) {
    use std::collections::btree_map::Entry;
    match counts.entry(key) {
        Entry::Vacant(entry) => {
            if comes {
                entry.insert(1);
            }
        }
        Entry::Occupied(mut entry) => {
            let n = entry.get_mut();
            *n = if comes { *n + 1 } else { n.saturating_sub(1) };
            if *n == 0 {
                entry.remove();
            }
        }
    }
}
