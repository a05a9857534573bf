//! The root of the plans in a revision.

use crate::git::{Commit, Repository};
use crate::store::{Memory, Revision, Root};
use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where in which repository a command looks for plans.
pub(super) struct Place {
    pub(super) repository: Arc<Repository>,
    /// Where the program was started.
    here: PathBuf,
    /// Where the work tree is, or would be.
    top: PathBuf,
    /// The way from the top to where plans are looked for.
    pub(super) inside: String,
}

impl Place {
    /// The repository that a folder is in. `here` is where the program was started; `start` is taken from
    /// there.
    pub(super) fn find(here: &Path, start: &Path) -> Result<Self> {
        let folder = here.join(start).canonicalize();
        let folder = folder.with_context(|| format!("cannot look for plans in {}", start.display()))?;
        let repository = Arc::new(Repository::discover(&folder)?);
        let work_tree = repository.work_tree().and_then(|path| path.canonicalize().ok());
        let top = work_tree.unwrap_or_else(|| repository.path().to_owned());
        // A bare repository has no folder to be in: its plans are looked for from the top.
        let inside = folder.strip_prefix(&top).unwrap_or(Path::new(""));
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let inside = parts.join("/");
        Ok(Self { repository, here: here.to_owned(), top, inside })
    }

    /// The plans of a commit: the nearest `plans` at or above the folder, failing that the folder itself;
    /// none where the commit has no such folder.
    pub(super) fn root(&self, commit: &Commit) -> Result<Option<Root>> {
        let path = self.repository.root_of_plans(commit, &self.inside)?;
        let Some(tree) = self.repository.tree(commit, &path)? else { return Ok(None) };
        let root = Root::new(&self.here, self.top.join(&path), Box::new(tree));
        Ok(Some(root.of_revision(revision(commit))))
    }

    /// The same; a root that holds nothing where the commit has no such folder.
    pub(super) fn root_or_empty(&self, commit: &Commit) -> Result<Root> {
        if let Some(root) = self.root(commit)? {
            return Ok(root);
        }
        let root = Root::new(&self.here, self.top.join(&self.inside), Box::new(Memory::new([])));
        Ok(root.of_revision(revision(commit)))
    }

    /// The commit where the histories of two others part.
    pub(super) fn parted(&self, a: &Commit, b: &Commit) -> Result<Commit> {
        match self.repository.merge_base(a.id, b.id)? {
            Some(id) => Ok(self.repository.commit(id)?),
            None if self.repository.is_shallow() => bail!(
                "{} and {} have no commit in common here, as this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow, gets the whole history",
                a.short(),
                b.short()
            ),
            None => bail!(
                "{} and {} have no commit in common: name two revisions of one history",
                a.short(),
                b.short()
            ),
        }
    }
}

fn revision(commit: &Commit) -> Revision {
    let (id, date) = (commit.id.to_string(), commit.date());
    Revision { id, date, short: commit.short(), subject: commit.subject.clone() }
}

/// The nearest `plans` at or above `start` as a revision has it; failing that, `start` itself. `here`
/// is where the program was started; `start` is taken from there.
pub(super) fn root(here: &Path, start: &Path, revision: &str) -> Result<Root> {
    let place = Place::find(here, start)?;
    let commit = place.repository.find(revision)?;
    place.root(&commit)?.with_context(|| {
        let folder = if place.inside.is_empty() { "." } else { &place.inside };
        format!("there is no folder {folder} in {}", commit.short())
    })
}
