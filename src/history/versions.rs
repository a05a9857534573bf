//! Every version of the plans' files, each read and parsed once, whichever commits have it.

use super::Step;
use crate::git::{Content, FolderChange, GitError, Repository};
use crate::model::{Head, Id, Recommendation};
use crate::ownership::known_as;
use crate::resolve;
use crate::store::{self, NotRead, Size};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::io;

/// What a version of a file says, or why it could not be read.
type Version<T> = Result<T, Unread>;

/// Why a version could not be read.
#[derive(Debug)]
pub(super) struct Unread {
    /// The recommendation that it is, if that much was read.
    pub(super) id: Option<Id>,
    /// Why.
    pub(super) message: String,
    /// Whether git did not give it.
    pub(super) lost: bool,
}

/// Every version of the plans' files.
#[derive(Default)]
pub(super) struct Versions {
    recommendations: HashMap<Content, Version<Recommendation>>,
    heads: HashMap<Content, Version<Head>>,
}

impl Versions {
    /// Reads every version that some step has, on all processors. Of each recommendation is kept what `keep`
    /// leaves of it.
    pub(super) fn read(
        repository: &Repository,
        steps: &[Step],
        keep: impl Fn(&mut Recommendation) + Sync,
    ) -> Self {
        let changes = || steps.iter().flat_map(|step| &step.changes).flatten();
        let heads = distinct(changes().flat_map(|change| change.head));
        let mut files: Vec<(&str, Option<Content>)> = changes().flat_map(recommendations_of).collect();
        // Versions of one file are often kept as what differs from each other: read one after the other, each
        // is at hand for the next.
        files.sort_by_key(|(name, _)| *name);
        let files = distinct(files.into_iter().map(|(_, id)| id));
        let recommendations = files.par_iter().map_init(Vec::new, |buffer, id| {
            let version = read(repository, *id, buffer, store::recommendation);
            let kept = version.map(|mut r| {
                keep(&mut r);
                r
            });
            (*id, kept)
        });
        let heads = heads.par_iter().map_init(Vec::new, |buffer, id| {
            let version = read(repository, *id, buffer, store::head);
            let resolved = version.map(|mut head| {
                resolve::own_words(&mut head);
                head
            });
            (*id, resolved)
        });
        Self { recommendations: recommendations.collect(), heads: heads.collect() }
    }

    /// What a version of a recommendation's file says.
    pub(super) fn recommendation(&self, id: Content) -> Result<&Recommendation, Option<&Unread>> {
        self.recommendations.get(&id).map_or(Err(None), |version| version.as_ref().map_err(Some))
    }

    /// Owners with every name that some version of a plan.toml has for them: whoever was renamed is found
    /// under the old name too.
    pub(super) fn known_as(&self, owners: &[String]) -> Vec<String> {
        known_as(owners, self.heads.values().filter_map(|head| head.as_ref().ok()))
    }

    /// What a version of plan.toml says.
    pub(super) fn head(&self, id: Content) -> Result<&Head, Option<&Unread>> {
        self.heads.get(&id).map_or(Err(None), |version| version.as_ref().map_err(Some))
    }
}

/// The versions of recommendations that a folder has where it is a plan.
fn recommendations_of(change: &FolderChange) -> impl Iterator<Item = (&str, Option<Content>)> {
    let is_plan = change.head.map(|head| head.is_some());
    change.files.iter().flat_map(move |file| {
        let [before, after] = file.sides;
        [before.filter(|_| is_plan[0]), after.filter(|_| is_plan[1])].map(|id| (&*file.name, id))
    })
}

/// Each once, in the order in which they are met.
fn distinct(ids: impl Iterator<Item = Option<Content>>) -> Vec<Content> {
    let mut seen = HashSet::new();
    ids.flatten().filter(|id| seen.insert(*id)).collect()
}

fn read<T>(
    repository: &Repository,
    content: Content,
    buffer: &mut Vec<u8>,
    parse: impl Fn(io::Result<Size>, &[u8]) -> Result<T, NotRead>,
) -> Version<T> {
    if let Some(other) = content.other {
        return Err(Unread { id: None, message: other.to_owned(), lost: false });
    }
    match repository.read_blob(content.id, buffer) {
        Ok(size) => {
            parse(Ok(size), buffer).map_err(|NotRead { id, message }| Unread { id, message, lost: false })
        }
        Err(error) => Err(of_git(&error)),
    }
}

fn of_git(error: &GitError) -> Unread {
    Unread { id: None, message: error.to_string(), lost: true }
}
