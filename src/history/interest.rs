//! Of what a reader of a history wants to know whence it came, on the way back through merges.

use super::log::{Key, Wanted};
use super::reader::{MayBe, Told};
use crate::gaps::Gaps;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Of what a reader wants to know whence it came.
#[derive(Clone, Debug)]
pub(super) struct Interest {
    base: Wanted,
    /// What is not wanted although the base has it: it came another way.
    but: BTreeSet<Key>,
    /// What is wanted although the base does not have it.
    and: BTreeSet<Key>,
}

impl Interest {
    pub(super) fn of(wanted: Wanted) -> Self {
        Self { base: wanted, but: BTreeSet::new(), and: BTreeSet::new() }
    }

    pub(super) fn holds(&self, key: &Key) -> bool {
        self.and.contains(key) || (self.base_holds(key) && !self.but.contains(key))
    }

    fn base_holds(&self, key: &Key) -> bool {
        match &self.base {
            Wanted::Everything => true,
            Wanted::Plans(folders) => folders.contains(&key.folder),
            Wanted::These(keys) => keys.contains(key),
        }
    }

    /// Whether a file that could not be read may be something of it.
    pub(super) fn may_hold(&self, may_be: &MayBe) -> bool {
        let is = |key: &Key| {
            let of_file = |file: &Gaps| key.id.as_ref().is_some_and(|id| file.may_hold(id));
            key.folder == may_be.folder && may_be.file.as_ref().map_or(key.id.is_none(), of_file)
        };
        let base = match &self.base {
            Wanted::Everything => true,
            Wanted::Plans(folders) => folders.contains(&may_be.folder),
            Wanted::These(keys) => keys.iter().any(is),
        };
        base || self.and.iter().any(is)
    }

    /// What of it is to be asked of one of a merge's parents: what is the same there; what is the same with
    /// none, of all. What no parent has otherwise came by the first.
    pub(super) fn of_parent(&self, n: usize, told: &[Told]) -> Self {
        let mut interest = if n == 0 { self.clone() } else { Self::of(Wanted::These(BTreeSet::new())) };
        let changed: BTreeSet<&Key> = told.iter().flat_map(|told| &told.changed).collect();
        for key in changed {
            let same_with = told.iter().position(|told| !told.changed.contains(key));
            if same_with.is_none_or(|same| same == n) && self.holds(key) {
                interest.but.remove(key);
                if !interest.base_holds(key) {
                    interest.and.insert(key.clone());
                }
            } else {
                interest.and.remove(key);
                if interest.base_holds(key) {
                    interest.but.insert(key.clone());
                }
            }
        }
        interest
    }

    pub(super) fn rename(&mut self, now: &Arc<str>, before: &Arc<str>) {
        let renamed = |keys: &BTreeSet<Key>| {
            let folder = |key: &Key| Arc::clone(if key.folder == *now { before } else { &key.folder });
            keys.iter().map(|key| Key { folder: folder(key), id: key.id.clone() }).collect::<BTreeSet<_>>()
        };
        match &mut self.base {
            Wanted::Everything => {}
            Wanted::Plans(folders) => {
                if folders.remove(now) {
                    folders.insert(Arc::clone(before));
                }
            }
            Wanted::These(keys) => *keys = renamed(keys),
        }
        self.but = renamed(&self.but);
        self.and = renamed(&self.and);
    }

    /// What either wants.
    pub(super) fn add(&mut self, other: Self) {
        let excluded: BTreeSet<Key> = self.but.union(&other.but).cloned().collect();
        let but = excluded.into_iter().filter(|key| !self.holds(key) && !other.holds(key)).collect();
        self.and.extend(other.and);
        let base = std::mem::replace(&mut self.base, Wanted::Everything);
        self.base = match (base, other.base) {
            (Wanted::Everything, _) | (_, Wanted::Everything) => Wanted::Everything,
            (Wanted::Plans(folders), Wanted::Plans(more)) => {
                Wanted::Plans(folders.into_iter().chain(more).collect())
            }
            (Wanted::Plans(folders), Wanted::These(keys)) | (Wanted::These(keys), Wanted::Plans(folders)) => {
                self.and.extend(keys);
                Wanted::Plans(folders)
            }
            (Wanted::These(keys), Wanted::These(more)) => {
                Wanted::These(keys.into_iter().chain(more).collect())
            }
        };
        self.but = but;
    }
}
