//! How plans came to be as they are: what each commit changed of them, and how they stood in between.
//!
//! A history is read once: the commits in order, what each changed of the files, and every version of a
//! file that it brought, parsed once whichever commits have it. Trees that are the same are passed over by
//! name. What could not be read in some revision is a [`Gap`] there, and no reason to stop.

mod interest;
mod log;
mod moves;
mod reader;
mod state;
mod trend;
mod versions;

pub use log::{Entry, Key, Log, Wanted, log};
pub use trend::{Period, Point, Times, Trend, trend};

use crate::git::{Commit, FolderChange, GitError, Oid, Repository};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// A file that could not be read whole in some revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The commit that has it so.
    pub commit: Arc<Commit>,
    /// The file's path from the root of the plans.
    pub path: String,
    /// Why.
    pub message: String,
    /// Whether git did not give it: what it says is then not known to anybody.
    pub lost: bool,
}

/// Where a history is read.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The repository.
    pub repository: &'a Repository,
    /// Where plans are looked for in it, as the way from the top of the repository.
    pub inside: &'a str,
    /// The id of a plan that the root itself is.
    pub root_name: &'a str,
}

impl Place<'_> {
    /// The id of the plan in a folder.
    fn plan_id(&self, folder: &str) -> String {
        if folder.is_empty() { self.root_name.to_owned() } else { folder.to_owned() }
    }

    /// What a commit's folder of plans is called by git; none where it has none.
    fn tree(&self, commit: &Commit) -> Result<Option<Oid>, GitError> {
        let root = self.repository.root_of_plans(commit, self.inside)?;
        self.repository.folder(commit, &root)
    }
}

/// A commit, and what changed of the plans' files since each of its parents; since nothing, where it has
/// none.
struct Step {
    commit: Arc<Commit>,
    changes: Vec<Vec<FolderChange>>,
}

/// What each commit changed. `follows` are the commits that each is compared with.
fn steps<'a>(
    place: Place<'_>,
    commits: &'a [Commit],
    follows: impl Fn(&'a Commit) -> &'a [Oid] + Sync,
) -> Result<Vec<Step>, GitError> {
    let trees: Vec<Option<Oid>> = commits.par_iter().map(|c| place.tree(c)).collect::<Result<_, _>>()?;
    let by_id: HashMap<Oid, Option<Oid>> = commits.iter().map(|c| c.id).zip(trees.iter().copied()).collect();
    let step = |(commit, tree): (&'a Commit, &Option<Oid>)| {
        let since = |from: Option<Oid>| place.repository.folder_changes(from, *tree);
        let parents = follows(commit).iter();
        let mut changes: Vec<Vec<FolderChange>> =
            parents.map(|parent| since(by_id.get(parent).copied().flatten())).collect::<Result<_, _>>()?;
        if changes.is_empty() {
            changes.push(since(None)?);
        }
        Ok(Step { commit: Arc::new(commit.clone()), changes })
    };
    commits.par_iter().zip(&trees).map(step).collect()
}
