//! What each commit changed of the plans, recommendation by recommendation.

use super::interest::Interest;
use super::reader::{MayBe, Moved, Reader, Told};
use super::versions::Versions;
use super::{Gap, Place, steps};
use crate::diff::{self, Change};
use crate::git::{Commit, GitError, Oid};
use crate::model::{Id, Recommendation};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A recommendation of a plan, by the plan's folder; without an id the plan itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The plan's folder, from the root.
    pub folder: Arc<str>,
    /// The recommendation.
    pub id: Option<Id>,
}

/// Whose history is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// That of every plan, and of all that is in them.
    Everything,
    /// That of these plans, by their folders, and of all that is in them.
    Plans(BTreeSet<Arc<str>>),
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
    let reader = Reader::new(place, &versions, &steps, ids);
    let told: Vec<Vec<Told>> = steps.par_iter().map(|step| reader.told(step)).collect();
    let mut log = Log::default();
    let mut interests: HashMap<Oid, Interest> = HashMap::from([(tip.id, Interest::of(wanted))]);
    for (step, mut told) in steps.iter().zip(told) {
        for key in told.iter().flat_map(|told| &told.changed) {
            if !log.known.contains(key) {
                log.known.insert(key.clone());
            }
        }
        let Some(interest) = interests.remove(&step.commit.id) else { continue };
        let gaps = own_gaps(&mut told).into_iter().filter(|(may_be, _)| interest.may_hold(may_be));
        log.gaps.extend(gaps.map(|(_, gap)| gap));
        let moved: Vec<Vec<Moved>> = told.iter_mut().map(|told| std::mem::take(&mut told.moved)).collect();
        let several = told.len() > 1;
        let of_merge = several.then(|| (0..told.len()).map(|n| interest.of_parent(n, &told)).collect());
        let own = own(told).into_iter().filter(|(key, _)| interest.holds(key));
        let changes: Vec<Change> = own.flat_map(|(_, changes)| changes).collect();
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

/// What a commit changed by itself: of a merge only what it has from none of its parents.
fn own(mut told: Vec<Told>) -> BTreeMap<Key, Vec<Change>> {
    let others = told.split_off(1.min(told.len()));
    let Some(first) = told.pop() else { return BTreeMap::new() };
    let mut changes = first.changes;
    for other in &others {
        changes.retain(|key, changes| {
            let Some(same) = other.changes.get(key) else { return false };
            for change in &mut *changes {
                let is_there = |field: &diff::Field| {
                    let mut fields = same.iter().flat_map(|change| &change.fields);
                    fields.any(|f| f.key == field.key && f.to == field.to)
                };
                change.fields.retain(is_there);
                // What came from another parent was there before.
                if same.iter().all(|same| same.kind != change.kind) {
                    change.kind = diff::Kind::Changed;
                }
            }
            changes.retain(|change| !change.fields.is_empty() || change.kind != diff::Kind::Changed);
            !changes.is_empty()
        });
    }
    changes
}

/// What became unreadable by a commit itself: of a merge what no parent has so.
fn own_gaps(told: &mut [Told]) -> Vec<(MayBe, Gap)> {
    let Some((first, others)) = told.split_first_mut() else { return Vec::new() };
    let mut gaps = std::mem::take(&mut first.gaps);
    gaps.retain(|(_, gap)| {
        others.iter().all(|other| other.gaps.iter().any(|(_, same)| same.path == gap.path))
    });
    gaps
}
