//! Which plan is which other one, whose folder has another name now.

use super::versions::Versions;
use crate::diff::is_moved;
use crate::git::FolderChange;
use crate::model::{Head, Id};

/// One plan in a step: its folder before and after. Of a plan that came or went one side is missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlanChange<'a> {
    pub(super) before: Option<&'a FolderChange>,
    pub(super) after: Option<&'a FolderChange>,
}

/// The plans that a step changes.
pub(super) fn plans<'a>(changes: &'a [FolderChange], versions: &Versions) -> Vec<PlanChange<'a>> {
    let mut plans = Vec::new();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for change in changes {
        match change.head {
            [Some(_), Some(_)] => plans.push(PlanChange { before: Some(change), after: Some(change) }),
            [Some(_), None] => gone.push(change),
            [None, Some(_)] => come.push(change),
            [None, None] => {}
        }
    }
    for after in come {
        let was = gone.iter().position(|before| is_same(before, after, versions));
        plans.push(PlanChange { before: was.map(|n| gone.remove(n)), after: Some(after) });
    }
    plans.extend(gone.into_iter().map(|before| PlanChange { before: Some(before), after: None }));
    plans
}

/// Whether a plan that went is the one that came.
fn is_same(before: &FolderChange, after: &FolderChange, versions: &Versions) -> bool {
    let (Some(was), Some(is)) = (side(before, 0, versions), side(after, 1, versions)) else {
        return before.head[0] == after.head[1];
    };
    is_moved((was.0, &was.1), (is.0, &is.1))
}

/// The head of one side of a folder and the ids below it.
fn side<'a>(change: &FolderChange, side: usize, versions: &'a Versions) -> Option<(&'a Head, Vec<Id>)> {
    let head = versions.head(change.head[side]?).ok()?;
    let ids = change.files.iter().filter_map(|file| versions.recommendation(file.sides[side]?).ok());
    Some((head, ids.map(|r| r.id.clone()).collect()))
}
