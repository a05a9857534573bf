//! The plans at one time, and what they come to.

use super::trend::Point;
use super::versions::{Unread, Versions};
use super::{Gap, Place};
use crate::git::{Commit, Content, FolderChange};
use crate::model::{Colour, Head, Named, Outlook, Phase, Plan, PlanPlace, Recommendation};
use crate::query::{By, Filter, Label, Labels, Search};
use crate::resolve;
use crate::standing::{self, Standing};
use crate::store::{HEAD_FILE, join};
use crate::summary::Counts;
use chrono::NaiveDate;
use std::collections::{BTreeMap, btree_map};
use std::sync::Arc;

/// Takes from a recommendation what says nothing of how it stands: there are many versions.
pub(super) fn slim(r: &mut Recommendation) {
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
    head: Option<Content>,
    files: BTreeMap<Arc<str>, Content>,
    rows: BTreeMap<Arc<str>, Row>,
    unread: usize,
}

/// All plans at one time, and what they come to. Each step takes out what it changes and puts in what it is.
pub(super) struct State<'a> {
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
    pub(super) fn new(place: Place<'a>, versions: &'a Versions, filter: &'a Filter, by: By) -> Self {
        let (plans, phases, due) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (rag, status) = (Counts::new(), Counts::new());
        Self { place, versions, filter, by, plans, phases, due, rag, status }
    }

    pub(super) fn apply(&mut self, change: &'a FolderChange, commit: &Arc<Commit>, gaps: &mut Vec<Gap>) {
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
                HEAD_FILE,
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
            let is_asked =
                |search: &Search<'_>| search.matches(&r, &Standing::on(&shell, &r, NaiveDate::MIN));
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
        unread: Option<Option<&Unread>>,
        change: &FolderChange,
        name: &str,
        commit: &Arc<Commit>,
        gaps: &mut Vec<Gap>,
    ) {
        let Some(unread) = unread else { return };
        let path = join(&change.folder, name);
        let message = unread.map(|u| u.message.clone()).unwrap_or_default();
        gaps.push(Gap { commit: Arc::clone(commit), path, message, lost: unread.is_some_and(|u| u.lost) });
    }

    pub(super) fn point(&self, commit: &Arc<Commit>, date: NaiveDate) -> Point {
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
    pub(super) fn colours(&self) -> BTreeMap<String, Colour> {
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
    match counts.entry(key) {
        btree_map::Entry::Vacant(entry) => {
            if comes {
                entry.insert(1);
            }
        }
        btree_map::Entry::Occupied(mut entry) => {
            let n = entry.get_mut();
            *n = if comes { *n + 1 } else { n.saturating_sub(1) };
            if *n == 0 {
                entry.remove();
            }
        }
    }
}
