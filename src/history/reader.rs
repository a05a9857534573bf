//! What one commit changed of the plans since each of its parents.

use super::log::Key;
use super::moves::{PlanChange, plans};
use super::versions::{Unread, Versions};
use super::{Gap, Place, Step};
use crate::diff::{self, Change, Field, Kind, Value};
use crate::gaps::Gaps;
use crate::git::{Content, FolderChange, Oid};
use crate::model::{Head, Id, PlanPlace, Recommendation};
use crate::resolve;
use crate::store::{HEAD_FILE, join};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What a step tells since one parent.
#[derive(Default)]
pub(super) struct Told {
    /// What is not the same as with this parent.
    pub(super) changed: BTreeSet<Key>,
    /// What changed of it; of a merge, of what is the same with no parent.
    pub(super) changes: BTreeMap<Key, Vec<Change>>,
    /// What could not be read, each with what it may be.
    pub(super) gaps: Vec<(MayBe, Gap)>,
    /// The plans whose folders have other names now.
    pub(super) moved: Vec<Moved>,
}

/// A plan's folder that has another name now.
pub(super) struct Moved {
    pub(super) now: Arc<str>,
    pub(super) before: Arc<str>,
}

/// What a file that could not be read may be.
pub(super) struct MayBe {
    pub(super) folder: Arc<str>,
    /// Its name and id, if that much was read; none: plan.toml.
    pub(super) file: Option<Gaps>,
}

/// Reads what steps changed.
pub(super) struct Reader<'a> {
    place: Place<'a>,
    versions: &'a Versions,
    /// For what could not be read before a step, by commit, parent and path: what was last read of it.
    last: HashMap<(Oid, usize, String), Content>,
    /// The ids that are asked for; none: all.
    ids: Option<BTreeSet<Id>>,
}

/// One side of a plan in a step.
struct Side<'a> {
    head: Option<&'a Head>,
    by_id: BTreeMap<&'a Id, Vec<Version<'a>>>,
    unread: Gaps,
}

/// A recommendation as one side has it.
#[derive(Clone, Copy)]
struct Version<'a> {
    name: &'a str,
    content: Content,
    recommendation: &'a Recommendation,
    head: Option<&'a Head>,
}

/// A plan's two sides, and what is not the same.
struct Pairs<'a> {
    place: Arc<PlanPlace>,
    head: Option<Change>,
    by_id: Vec<(&'a Id, Vec<Pair<'a>>)>,
}

type Pair<'a> = (Option<Version<'a>>, Option<Version<'a>>);

impl<'a> Reader<'a> {
    pub(super) fn new(
        place: Place<'a>,
        versions: &'a Versions,
        steps: &[Step],
        ids: Option<BTreeSet<Id>>,
    ) -> Self {
        Self { place, versions, last: last_read(steps, versions), ids }
    }

    /// What a step changed since each parent.
    pub(super) fn told(&self, step: &Step) -> Vec<Told> {
        let mut told = Vec::new();
        let mut all = Vec::new();
        for (n, changes) in step.changes.iter().enumerate() {
            let mut of_parent = Told::default();
            let plans = plans(changes, self.versions).into_iter();
            let pairs: Vec<Pairs<'_>> =
                plans.filter_map(|plan| self.pairs(step, n, plan, &mut of_parent)).collect();
            for pairs in &pairs {
                let folder: Arc<str> = pairs.place.folder.as_str().into();
                let key = |id: Option<&Id>| Key { folder: Arc::clone(&folder), id: id.cloned() };
                of_parent.changed.extend(pairs.head.as_ref().map(|_| key(None)));
                of_parent.changed.extend(pairs.by_id.iter().map(|(id, _)| key(Some(id))));
            }
            told.push(of_parent);
            all.push(pairs);
        }
        // Only what is the same with no parent is a merge's own: only that is compared.
        for (n, pairs) in all.into_iter().enumerate() {
            let mut changes = BTreeMap::new();
            for pairs in pairs {
                self.compare(pairs, &told, &mut changes);
            }
            told[n].changes = changes;
        }
        told
    }

    fn compare(&self, pairs: Pairs<'_>, told: &[Told], into: &mut BTreeMap<Key, Vec<Change>>) {
        let Pairs { place, head, by_id } = pairs;
        let folder: Arc<str> = place.folder.as_str().into();
        let is_own = |key: &Key| told.iter().all(|told| told.changed.contains(key));
        let key = Key { folder: Arc::clone(&folder), id: None };
        if let Some(head) = head.filter(|_| is_own(&key)) {
            into.insert(key, vec![head]);
        }
        for (id, pairs) in by_id {
            let key = Key { folder: Arc::clone(&folder), id: Some(id.clone()) };
            if !is_own(&key) || self.ids.as_ref().is_some_and(|ids| !ids.contains(id)) {
                continue;
            }
            let changes: Vec<Change> =
                pairs.into_iter().filter_map(|(was, is)| change(&place, was, is)).collect();
            if !changes.is_empty() {
                into.insert(key, changes);
            }
        }
    }

    /// What of a plan is not the same.
    fn pairs<'s>(&self, step: &Step, n: usize, plan: PlanChange<'s>, told: &mut Told) -> Option<Pairs<'s>>
    where
        'a: 's,
    {
        let PlanChange { before, after } = plan;
        let named = after.or(before)?;
        if let (Some(before), Some(after)) = (before, after)
            && before.folder != after.folder
        {
            let (now, before) = (after.folder.as_str().into(), before.folder.as_str().into());
            told.moved.push(Moved { now, before });
        }
        if let Some(after) = after {
            self.add_gaps(step, after, told);
        }
        let at = (step.commit.id, n);
        let old = before.map(|change| self.before(at, change, after));
        let new = after.map(|change| self.after(at, change));
        let folder = &named.folder;
        let place = Arc::new(PlanPlace { id: self.place.plan_id(folder), folder: folder.clone() });
        let heads = (old.as_ref().and_then(|side| side.head), new.as_ref().and_then(|side| side.head));
        let head = self.head_change(&place, (before, heads.0), (after, heads.1));
        let ids = old.iter().chain(&new).flat_map(|side| side.by_id.keys().copied());
        let ids: BTreeSet<&Id> = ids.collect();
        let by_id = ids.into_iter().filter_map(|id| {
            let versions = |side: &Option<Side<'s>>| {
                side.as_ref().and_then(|side| side.by_id.get(id)).cloned().unwrap_or_default()
            };
            let unread = |side: &Option<Side<'s>>| side.as_ref().is_some_and(|side| side.unread.may_hold(id));
            let mut pairs = paired(versions(&old), versions(&new));
            pairs.retain(|(was, is)| match (was, is) {
                // The same version under another name, or in another folder.
                (Some(was), Some(is)) => was.content != is.content,
                (None, _) => !unread(&old),
                (_, None) => !unread(&new),
            });
            (!pairs.is_empty()).then_some((id, pairs))
        });
        Some(Pairs { place, head, by_id: by_id.collect() })
    }

    /// What changed of plan.toml.
    fn head_change(
        &self,
        place: &Arc<PlanPlace>,
        (before, was): (Option<&FolderChange>, Option<&Head>),
        (after, is): (Option<&FolderChange>, Option<&Head>),
    ) -> Option<Change> {
        let unreadable = |change: Option<&FolderChange>, n: usize| {
            change.is_some_and(|change| change.head[n].is_some_and(|id| self.versions.head(id).is_err()))
        };
        // What nobody can read now is told when it can be read again.
        if unreadable(after, 1) || (was.is_none() && before.is_some()) {
            return None;
        }
        let same = before.zip(after).is_some_and(|(before, after)| before.head[0] == after.head[1]);
        let mut fields = if same { Vec::new() } else { diff::head(was, is) };
        if let (Some(before), Some(after)) = (before, after)
            && before.folder != after.folder
        {
            let (from, to) = (self.place.plan_id(&before.folder), self.place.plan_id(&after.folder));
            let (from, to) = (Some(Value::Text(from)), Some(Value::Text(to)));
            fields.insert(0, Field { key: "plan".into(), from, to });
        }
        let kind = match (before, after) {
            (None, _) => Kind::Added,
            (_, None) => Kind::Removed,
            _ => Kind::Changed,
        };
        let title = is.or(was).map(|head| head.title.clone()).unwrap_or_default();
        let told = kind != Kind::Changed || !fields.is_empty();
        told.then(|| Change { plan: Arc::clone(place), id: None, title, kind, fields })
    }

    /// What was there; of what could not be read, what was last read of it.
    fn before<'s>(&self, at: (Oid, usize), change: &'s FolderChange, after: Option<&FolderChange>) -> Side<'s>
    where
        'a: 's,
    {
        let mut side = Side::new(self.head(at, change, 0));
        let now: BTreeMap<&str, Content> =
            after.iter().flat_map(|c| &c.files).filter_map(|f| Some((&*f.name, f.sides[1]?))).collect();
        for file in &change.files {
            let Some(content) = file.sides[0] else { continue };
            // What became unreadable under its own name is neither gone nor come.
            if now.get(&*file.name).is_some_and(|now| self.versions.recommendation(*now).is_err()) {
                continue;
            }
            match self.versions.recommendation(content) {
                Ok(r) => side.add(&file.name, content, r),
                Err(unread) => match self.last_of(at, &join(&change.folder, &file.name)) {
                    // What is mended is compared with what was last read.
                    Some((last, r)) => side.add(&file.name, last, r),
                    // What git does not give may have been anything.
                    None if unread.is_some_and(|unread| unread.lost) => side.miss(&file.name, unread),
                    None => {}
                },
            }
        }
        side
    }

    /// What is there.
    fn after<'s>(&self, at: (Oid, usize), change: &'s FolderChange) -> Side<'s>
    where
        'a: 's,
    {
        let mut side = Side::new(self.head(at, change, 1));
        for file in &change.files {
            let Some(content) = file.sides[1] else { continue };
            match self.versions.recommendation(content) {
                Ok(r) => side.add(&file.name, content, r),
                Err(unread) => side.miss(&file.name, unread),
            }
        }
        side
    }

    fn last_of(&self, (commit, parent): (Oid, usize), path: &str) -> Option<(Content, &'a Recommendation)> {
        let last = *self.last.get(&(commit, parent, path.to_owned()))?;
        Some((last, self.versions.recommendation(last).ok()?))
    }

    /// A plan.toml; where it cannot be read, what it last said.
    fn head(&self, (commit, parent): (Oid, usize), change: &FolderChange, n: usize) -> Option<&'a Head> {
        let read = change.head[n].and_then(|content| self.versions.head(content).ok());
        let last = || {
            let path = join(&change.folder, HEAD_FILE);
            self.last.get(&(commit, parent, path)).and_then(|last| self.versions.head(*last).ok())
        };
        read.or_else(last)
    }

    /// What became unreadable in a step.
    fn add_gaps(&self, step: &Step, change: &FolderChange, told: &mut Told) {
        let mut add = |name: &str, file: Option<Gaps>, unread: Option<&Unread>| {
            let path = join(&change.folder, name);
            let message = unread.map(|u| u.message.clone()).unwrap_or_default();
            let lost = unread.is_some_and(|u| u.lost);
            let gap = Gap { commit: Arc::clone(&step.commit), path, message, lost };
            told.gaps.push((MayBe { folder: change.folder.as_str().into(), file }, gap));
        };
        if change.head[0] != change.head[1]
            && let Some(Err(unread)) = change.head[1].map(|id| self.versions.head(id))
        {
            add(HEAD_FILE, None, unread);
        }
        for file in change.files.iter().filter(|file| file.sides[0] != file.sides[1]) {
            let Some(Err(unread)) = file.sides[1].map(|id| self.versions.recommendation(id)) else {
                continue;
            };
            // It is what it was, if that much cannot be read.
            let before = || self.versions.recommendation(file.sides[0]?).ok().map(|r| r.id.clone());
            let id = unread.and_then(|unread| unread.id.clone()).or_else(before);
            let files = vec![(file.name.to_string(), id)];
            add(&file.name, Some(Gaps { files, ..Gaps::default() }), unread);
        }
    }
}

impl<'a> Side<'a> {
    fn new(head: Option<&'a Head>) -> Self {
        Self { head, by_id: BTreeMap::new(), unread: Gaps::default() }
    }

    fn add(&mut self, name: &'a str, content: Content, recommendation: &'a Recommendation) {
        let version = Version { name, content, recommendation, head: self.head };
        self.by_id.entry(&recommendation.id).or_default().push(version);
    }

    fn miss(&mut self, name: &str, unread: Option<&Unread>) {
        self.unread.files.push((name.to_owned(), unread.and_then(|unread| unread.id.clone())));
    }
}

/// Which version of one id is which: of several files those of one name, the others in their order.
fn paired<'a>(mut was: Vec<Version<'a>>, mut is: Vec<Version<'a>>) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    if was.len() > 1 || is.len() > 1 {
        is.retain(|is| match was.iter().position(|was| was.name == is.name) {
            Some(n) => {
                pairs.push((Some(was.remove(n)), Some(*is)));
                false
            }
            None => true,
        });
    }
    let longest = was.len().max(is.len());
    pairs.extend((0..longest).map(|n| (was.get(n).copied(), is.get(n).copied())));
    pairs
}

/// For what could not be read before a step, what was last read under its name. Steps are later ones first.
fn last_read(steps: &[Step], versions: &Versions) -> HashMap<(Oid, usize, String), Content> {
    let mut last = HashMap::new();
    // As of the step that is looked at: what a version under a path took the place of.
    let mut state: HashMap<(String, Content), Content> = HashMap::new();
    for step in steps.iter().rev() {
        for (n, change) in step.changes.iter().enumerate().flat_map(|(n, c)| c.iter().map(move |c| (n, c))) {
            let files = change.files.iter().map(|file| (&*file.name, file.sides, false));
            for (name, [before, after], is_head) in files.chain([(HEAD_FILE, change.head, true)]) {
                let Some(before) = before else { continue };
                let whole = |content| match is_head {
                    true => versions.head(content).is_ok(),
                    false => versions.recommendation(content).is_ok(),
                };
                let (was_whole, is_whole) = (whole(before), after.is_none_or(whole));
                if was_whole && is_whole {
                    continue;
                }
                let path = join(&change.folder, name);
                let good = match was_whole {
                    true => Some(before),
                    false => state.get(&(path.clone(), before)).copied(),
                };
                let Some(good) = good else { continue };
                if !was_whole {
                    last.insert((step.commit.id, n, path.clone()), good);
                }
                if let Some(after) = after.filter(|_| !is_whole) {
                    state.insert((path, after), good);
                }
            }
        }
    }
    last
}

/// What changed of a recommendation, each side with its plan's words.
fn change(place: &Arc<PlanPlace>, was: Option<Version<'_>>, is: Option<Version<'_>>) -> Option<Change> {
    let change = diff::one(place, was.map(|v| v.recommendation), is.map(|v| v.recommendation))?;
    // Owners alone answer to more than their names: only where one is spelt otherwise are they looked up.
    if change.fields.iter().all(|field| !matches!(&*field.key, "owners" | "answer")) {
        return Some(change);
    }
    let resolved = |version: Option<Version<'_>>| {
        version.map(|Version { recommendation, head, .. }| {
            let mut r = recommendation.clone();
            if let Some(head) = head {
                resolve::words(&mut r, head);
            }
            r
        })
    };
    diff::one(place, resolved(was).as_ref(), resolved(is).as_ref())
}
