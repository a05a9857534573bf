//! What each commit changed of the plans, recommendation by recommendation.

use super::interest::Interest;
use super::moves::{PlanChange, plans};
use super::versions::Versions;
use super::{Gap, Place, Step, steps};
use crate::diff::{self, Change, Field};
use crate::gaps::Gaps;
use crate::git::{Commit, FolderChange, GitError, Oid};
use crate::model::{Head, Id, PlanPlace, Recommendation};
use crate::resolve;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A recommendation of a plan, by the plan's folder; without an id the plan itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The plan's folder, from the root.
    pub folder: String,
    /// The recommendation.
    pub id: Option<Id>,
}

/// Whose history is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// That of every plan, and of all that is in them.
    Everything,
    /// That of these plans, by their folders, and of all that is in them.
    Plans(BTreeSet<String>),
    /// That of these recommendations.
    These(BTreeSet<Key>),
}

/// What a commit changed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The commit.
    pub commit: Arc<Commit>,
    /// What it changed, by plan and id.
    pub changes: Vec<Change>,
}

/// A history.
#[derive(Default)]
pub struct Log {
    /// The commits that changed something, later ones first.
    pub entries: Vec<Entry>,
    /// What could not be read on the way, later commits first.
    pub gaps: Vec<Gap>,
    /// The plans' folders and ids that there ever were.
    pub known: BTreeSet<Key>,
    /// All that was read. To give it back takes as long as much of the reading: whoever ends the program
    /// need not.
    versions: Versions,
}

/// The history of a commit's plans. A commit is told that changed what is wanted; a merge only for what it
/// has from none of its parents; of branches that came together again only those from which something
/// stayed.
///
/// # Errors
/// Where a commit or a tree cannot be read.
pub fn log(place: Place<'_>, tip: &Commit, wanted: Wanted) -> Result<Log, GitError> {
    let commits = place.repository.ancestry(tip)?;
    let steps = steps(place, &commits, |commit| &commit.parents)?;
    let ids: Option<BTreeSet<Id>> = match &wanted {
        Wanted::These(keys) => Some(keys.iter().filter_map(|key| key.id.clone()).collect()),
        _ => None,
    };
    // Of what nobody asks for only the number is kept, and the title, which tells plans apart.
    let versions = Versions::read(place.repository, &steps, |r| {
        if ids.as_ref().is_some_and(|ids| !ids.contains(&r.id)) {
            let title = std::mem::take(&mut r.title);
            *r = Recommendation::new("".into(), r.id.clone(), title, String::new());
        }
    });
    let last_whole = last_whole(&steps, &versions);
    let reader = Reader { place, versions: &versions, last_whole, ids };
    let told: Vec<Vec<Told>> =
        steps.par_iter().map(|step| step.changes.iter().map(|c| reader.told(step, c)).collect()).collect();
    let mut log = Log::default();
    let mut interests: HashMap<Oid, Interest> = HashMap::from([(tip.id, Interest::of(wanted))]);
    for (step, mut told) in steps.iter().zip(told) {
        for key in told.iter().flat_map(|told| told.changes.keys().chain(&told.others)) {
            if !log.known.contains(key) {
                log.known.insert(key.clone());
            }
        }
        let Some(interest) = interests.remove(&step.commit.id) else { continue };
        let gaps = told.first_mut().map(|told| std::mem::take(&mut told.gaps)).unwrap_or_default();
        log.gaps.extend(gaps.into_iter().filter(|(may_be, _)| interest.may_hold(may_be)).map(|(_, gap)| gap));
        let moved: Vec<Vec<Moved>> = told.iter_mut().map(|told| std::mem::take(&mut told.moved)).collect();
        let several = told.len() > 1;
        let of_merge = several.then(|| (0..told.len()).map(|n| interest.of_parent(n, &told)).collect());
        let own = own(told).into_iter().filter(|(key, _)| interest.holds(key));
        let changes: Vec<Change> = own.map(|(_, change)| change).collect();
        // What was there before a clone was cut off was not added by the commit that it was cut off at.
        if !changes.is_empty() && !step.commit.cut_off {
            log.entries.push(Entry { commit: Arc::clone(&step.commit), changes });
        }
        let of_parents: Vec<Interest> = of_merge.unwrap_or_else(|| vec![interest]);
        for ((parent, mut interest), moved) in step.commit.parents.iter().zip(of_parents).zip(moved) {
            for Moved { now, before } in moved {
                interest.rename(&now, &before);
            }
            match interests.get_mut(parent) {
                Some(other) => other.add(interest),
                None => drop(interests.insert(*parent, interest)),
            }
        }
    }
    log.versions = versions;
    Ok(log)
}

/// For each version that could not be read whole, the one before it that could.
fn last_whole(steps: &[Step], versions: &Versions) -> HashMap<Oid, Oid> {
    let mut last: HashMap<Oid, Oid> = HashMap::new();
    for change in steps.iter().rev().flat_map(|step| &step.changes).flatten() {
        let heads = change.head.iter().all(Option::is_some).then_some(change.head);
        for (sides, is_head) in
            change.files.iter().map(|file| (file.sides, false)).chain(heads.map(|heads| (heads, true)))
        {
            let [Some(before), Some(after)] = sides else { continue };
            let whole = |id| {
                if is_head { versions.head(id).is_ok() } else { versions.recommendation(id).is_ok() }
            };
            if whole(after) {
                continue;
            }
            let before = if whole(before) { Some(before) } else { last.get(&before).copied() };
            last.extend(before.map(|before| (after, before)));
        }
    }
    last
}

/// What a step tells since one parent.
#[derive(Default)]
pub(super) struct Told {
    pub(super) changes: BTreeMap<Key, Change>,
    /// What else there was, and nobody asks for.
    others: Vec<Key>,
    /// What could not be read, each with what it may be.
    gaps: Vec<(MayBe, Gap)>,
    /// The plans whose folders have other names now.
    moved: Vec<Moved>,
}

/// A plan's folder that has another name now.
struct Moved {
    now: String,
    before: String,
}

/// What a file that could not be read may be.
pub(super) struct MayBe {
    pub(super) folder: String,
    /// Its name and id, if that much was read; none: plan.toml.
    pub(super) file: Option<Gaps>,
}

/// Reads what steps changed.
struct Reader<'a> {
    place: Place<'a>,
    versions: &'a Versions,
    last_whole: HashMap<Oid, Oid>,
    /// The ids that are asked for; none: all.
    ids: Option<BTreeSet<Id>>,
}

/// One side of a plan in a step.
struct Side<'a> {
    head: Option<&'a Head>,
    by_id: BTreeMap<&'a Id, (&'a str, Oid, &'a Recommendation)>,
    unread: Gaps,
}

impl<'a> Reader<'a> {
    fn told(&self, step: &Step, changes: &'a [FolderChange]) -> Told {
        let mut told = Told::default();
        for plan in plans(changes, self.versions) {
            self.tell(step, plan, &mut told);
        }
        told
    }

    fn tell(&self, step: &Step, plan: PlanChange<'a>, told: &mut Told) {
        let PlanChange { before, after } = plan;
        let Some(named) = after.or(before) else { return };
        if let (Some(before), Some(after)) = (before, after)
            && before.folder != after.folder
        {
            told.moved.push(Moved { now: after.folder.clone(), before: before.folder.clone() });
        }
        if let Some(after) = after {
            self.add_gaps(step, after, told);
        }
        let old = before.map(|change| self.side(change, 0, after));
        let new = after.map(|change| self.side(change, 1, before));
        let folder = &named.folder;
        let place = Arc::new(PlanPlace { id: self.place.plan_id(folder), folder: folder.clone() });
        self.tell_head(&place, (before, old.as_ref()), (after, new.as_ref()), told);
        let ids = old.iter().chain(&new).flat_map(|side| side.by_id.keys().copied());
        let ids: BTreeSet<&Id> = ids.collect();
        for id in ids {
            let of = |side: &Option<Side<'a>>| {
                let side = side.as_ref()?;
                let (_, oid, r) = side.by_id.get(id)?;
                Some((*oid, *r, side.head))
            };
            let (was, is) = (of(&old), of(&new));
            // The same version under another name, or in another folder.
            if was.zip(is).is_some_and(|(was, is)| was.0 == is.0) {
                continue;
            }
            let missing = if was.is_none() { &old } else { &new };
            if (was.is_none() || is.is_none())
                && missing.as_ref().is_some_and(|side| side.unread.may_hold(id))
            {
                continue;
            }
            let key = Key { folder: folder.clone(), id: Some(id.clone()) };
            if self.ids.as_ref().is_some_and(|ids| !ids.contains(id)) {
                told.others.push(key);
                continue;
            }
            let change = change(&place, was.map(|(_, r, head)| (r, head)), is.map(|(_, r, head)| (r, head)));
            told.changes.extend(change.map(|change| (key, change)));
        }
    }

    /// What changed of plan.toml.
    fn tell_head(
        &self,
        place: &Arc<PlanPlace>,
        (before, old): (Option<&FolderChange>, Option<&Side<'_>>),
        (after, new): (Option<&FolderChange>, Option<&Side<'_>>),
        told: &mut Told,
    ) {
        let (was, is) = (old.and_then(|side| side.head), new.and_then(|side| side.head));
        let unreadable = |change: Option<&FolderChange>, n: usize| {
            change.is_some_and(|change| change.head[n].is_some_and(|id| self.versions.head(id).is_err()))
        };
        // What nobody can read now is told when it can be read again.
        if unreadable(after, 1) || (was.is_none() && before.is_some()) {
            return;
        }
        let same = before.zip(after).is_some_and(|(before, after)| before.head[0] == after.head[1]);
        let mut fields = if same { Vec::new() } else { diff::head(was, is) };
        if let (Some(before), Some(after)) = (before, after)
            && before.folder != after.folder
        {
            let (from, to) = (self.place.plan_id(&before.folder), self.place.plan_id(&after.folder));
            let (from, to) = (Some(diff::Value::Text(from)), Some(diff::Value::Text(to)));
            fields.insert(0, Field { key: "plan".into(), from, to });
        }
        let kind = match (before, after) {
            (None, _) => diff::Kind::Added,
            (_, None) => diff::Kind::Removed,
            _ => diff::Kind::Changed,
        };
        if kind == diff::Kind::Changed && fields.is_empty() {
            return;
        }
        let title = is.or(was).map(|head| head.title.clone()).unwrap_or_default();
        let key = Key { folder: place.folder.clone(), id: None };
        let change = Change { plan: Arc::clone(place), id: None, title, kind, fields };
        told.changes.insert(key, change);
    }

    /// One side of a plan: what could be read; of what could not, what was last read.
    fn side(&self, change: &'a FolderChange, n: usize, other: Option<&FolderChange>) -> Side<'a> {
        let head = change.head[n].and_then(|id| self.head(id));
        let mut side = Side { head, by_id: BTreeMap::new(), unread: Gaps::default() };
        for file in &change.files {
            let Some(id) = file.sides[n] else { continue };
            match self.versions.recommendation(id) {
                Ok(r) => drop(side.by_id.insert(&r.id, (&file.name, id, r))),
                Err(unread) if n == 1 => {
                    let id_read = unread.and_then(|unread| unread.id.clone());
                    side.unread.files.push((file.name.to_string(), id_read));
                }
                Err(_) => {
                    // What is mended is compared with what was last read.
                    let last = self.last_whole.get(&id);
                    if let Some((last, r)) =
                        last.and_then(|last| Some((*last, self.versions.recommendation(*last).ok()?)))
                    {
                        side.by_id.insert(&r.id, (&file.name, last, r));
                    }
                }
            }
        }
        // What became unreadable under its own name is neither gone nor come.
        let unread_there = |name: &str| {
            let file = other.and_then(|other| other.files.iter().find(|file| *file.name == *name));
            let id = file.and_then(|file| file.sides[1 - n]);
            n == 0 && id.is_some_and(|id| self.versions.recommendation(id).is_err())
        };
        side.by_id.retain(|_, (name, _, _)| !unread_there(name));
        side
    }

    /// A plan.toml; where it cannot be read, what it last said.
    fn head(&self, id: Oid) -> Option<&'a Head> {
        let last = || self.last_whole.get(&id).and_then(|last| self.versions.head(*last).ok());
        self.versions.head(id).ok().or_else(last)
    }

    /// What became unreadable in a step.
    fn add_gaps(&self, step: &Step, change: &FolderChange, told: &mut Told) {
        let mut add = |name: &str, file: Option<Gaps>, unread: Option<&super::versions::Unread>| {
            let path = crate::store::join(&change.folder, name);
            let message = unread.map(|u| u.message.clone()).unwrap_or_default();
            let lost = unread.is_some_and(|u| u.lost);
            let gap = Gap { commit: Arc::clone(&step.commit), path, message, lost };
            told.gaps.push((MayBe { folder: change.folder.clone(), file }, gap));
        };
        if change.head[0] != change.head[1]
            && let Some(Err(unread)) = change.head[1].map(|id| self.versions.head(id))
        {
            add(crate::store::HEAD_FILE, None, unread);
        }
        for file in change.files.iter().filter(|file| file.sides[0] != file.sides[1]) {
            let Some(Err(unread)) = file.sides[1].map(|id| self.versions.recommendation(id)) else {
                continue;
            };
            let id = unread.and_then(|unread| unread.id.clone());
            let files = vec![(file.name.to_string(), id)];
            add(&file.name, Some(Gaps { files, ..Gaps::default() }), unread);
        }
    }
}

/// What changed of a recommendation, each side with its plan's words.
fn change(
    place: &Arc<PlanPlace>,
    was: Option<(&Recommendation, Option<&Head>)>,
    is: Option<(&Recommendation, Option<&Head>)>,
) -> Option<Change> {
    let change = diff::one(place, was.map(|(r, _)| r), is.map(|(r, _)| r))?;
    // Owners alone answer to more than their names: only where one is spelt otherwise are they looked up.
    if change.fields.iter().all(|field| !matches!(&*field.key, "owners" | "answer")) {
        return Some(change);
    }
    let resolved = |side: Option<(&Recommendation, Option<&Head>)>| {
        side.map(|(r, head)| {
            let mut r = r.clone();
            if let Some(head) = head {
                resolve::words(&mut r, head);
            }
            r
        })
    };
    diff::one(place, resolved(was).as_ref(), resolved(is).as_ref())
}

/// What a commit changed by itself: of a merge only what it has from none of its parents.
fn own(mut told: Vec<Told>) -> BTreeMap<Key, Change> {
    let others = told.split_off(1.min(told.len()));
    let Some(first) = told.pop() else { return BTreeMap::new() };
    let mut changes = first.changes;
    for other in &others {
        changes.retain(|key, change| {
            let Some(same) = other.changes.get(key) else { return false };
            change.fields.retain(|field| same.fields.iter().any(|f| f.key == field.key && f.to == field.to));
            !change.fields.is_empty() || change.kind != diff::Kind::Changed
        });
    }
    changes
}
