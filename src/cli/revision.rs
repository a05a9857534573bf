//! The root of the plans in a revision.

use crate::git::Repository;
use crate::store::{Revision, Root};
use anyhow::{Context as _, Result, bail};
use std::path::Path;
use std::sync::Arc;

/// The nearest `plans` at or above `start` as a revision has it; failing that, `start` itself. `here`
/// is where the program was started; `start` is taken from there.
pub(super) fn root(here: &Path, start: &Path, revision: &str) -> Result<Root> {
    let folder = here.join(start).canonicalize();
    let folder = folder.with_context(|| format!("cannot look for plans in {}", start.display()))?;
    let repository = Arc::new(Repository::discover(&folder)?);
    let commit = repository.find(revision)?;
    let work_tree = repository.work_tree().and_then(|path| path.canonicalize().ok());
    let top = work_tree.unwrap_or_else(|| repository.path().to_owned());
    // A bare repository has no folder to be in: its plans are looked for from the top.
    let inside = folder.strip_prefix(&top).unwrap_or(Path::new(""));
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let path = repository.root_of_plans(&commit, &parts.join("/"))?;
    let Some(tree) = repository.tree(&commit, &path)? else {
        bail!("there is no folder {} in {}", if path.is_empty() { "." } else { &path }, commit.short());
    };
    let root = Root::new(here, top.join(&path), Box::new(tree));
    let (id, date) = (commit.id.to_string(), commit.date());
    Ok(root.of_revision(Revision { id, date, short: commit.short(), subject: commit.subject }))
}
