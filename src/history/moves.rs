//! Which plan is which other one, whose folder has another name now.

use super::versions::Versions;
use crate::git::FolderChange;
use crate::moved::{Sketch, moves};
use std::collections::{BTreeMap, BTreeSet};

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
    let mut moved = BTreeMap::new();
    if !gone.is_empty() && !come.is_empty() {
        let sketches = |changes: &[&FolderChange], side| -> Vec<Sketch> {
            changes.iter().map(|change| sketch(change, side, versions)).collect()
        };
        moved = moves(&sketches(&gone, 0), &sketches(&come, 1));
    }
    for (n, before) in gone.into_iter().enumerate() {
        let after = moved.get(&n).map(|n| come[*n]);
        plans.push(PlanChange { before: Some(before), after });
    }
    let found: BTreeSet<usize> = moved.into_values().collect();
    let new = come.into_iter().enumerate().filter(|(n, _)| !found.contains(n));
    plans.extend(new.map(|(_, after)| PlanChange { before: None, after: Some(after) }));
    plans
}

/// What tells one side of a folder from other plans.
fn sketch(change: &FolderChange, side: usize, versions: &Versions) -> Sketch {
    let head = change.head[side].and_then(|id| versions.head(id).ok());
    let files = || change.files.iter().filter_map(move |file| file.sides[side]);
    let recommendations = files().filter_map(|id| versions.recommendation(id).ok());
    Sketch::new(&change.folder, head, recommendations, change.head[side].into_iter().chain(files()))
}
