//! Where the plans of a folder are.

use super::{Disk, Source};
use crate::visible::one_line;
use chrono::NaiveDate;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The root of the plans, and how to name what lies in it.
pub struct Root {
    /// The plans.
    pub source: Box<dyn Source>,
    /// The id of a plan that the root itself is: the folder's name.
    pub name: String,
    /// Its folder; of a revision, where it is in the work tree, or would be.
    folder: PathBuf,
    /// The revision that it is of; none for the work tree.
    pub revision: Option<Revision>,
    /// Where the program was started.
    here: PathBuf,
}

/// A revision of the plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its commit's name.
    pub id: String,
    /// The same, as short as people write it.
    pub short: String,
    /// The day on which it was made.
    pub date: NaiveDate,
    /// The first line of its message.
    pub subject: String,
}

/// Why there is no root.
#[derive(Debug)]
pub enum NoRoot {
    /// The folder to start from cannot be read.
    NoFolder(PathBuf, io::Error),
    /// The nearest `plans` is a symbolic link.
    Link(PathBuf),
    /// There is no `plans` at or above this folder, and no plan in it.
    NoPlans(PathBuf),
}

/// A folder that is not called `plans` is searched for plans so far and no further: it may be
/// somebody's whole disk.
const MAX_FOLDERS: usize = 1_000;

impl Root {
    /// The nearest `plans` at or above `start`; failing that, `start` itself. `here` is where the
    /// program was started; `start` is taken from there.
    ///
    /// # Errors
    /// Where `start` is no folder, `plans` is a symbolic link, or there are no plans.
    pub fn find(here: &Path, start: &Path) -> Result<Self, NoRoot> {
        let unreadable = |error| NoRoot::NoFolder(start.to_owned(), error);
        let folder = here.join(start).canonicalize().map_err(unreadable)?;
        if !folder.is_dir() {
            return Err(unreadable(io::ErrorKind::NotADirectory.into()));
        }
        for above in folder.ancestors() {
            let plans = above.join("plans");
            match fs::symlink_metadata(&plans) {
                Ok(found) if found.is_symlink() => return Err(NoRoot::Link(plans)),
                Ok(found) if found.is_dir() => return Ok(Self::at(here, plans)),
                _ => {}
            }
        }
        // A folder that nobody may open may well hold plans.
        fs::read_dir(&folder).map_err(unreadable)?;
        if holds_plans(&folder) { Ok(Self::at(here, folder)) } else { Err(NoRoot::NoPlans(folder)) }
    }

    fn at(here: &Path, root: PathBuf) -> Self {
        Self::new(here, root.clone(), Box::new(Disk::new(root)))
    }

    /// A folder of plans that `source` reads. `here` is where the program was started.
    #[must_use]
    pub fn new(here: &Path, folder: PathBuf, source: Box<dyn Source>) -> Self {
        let name = folder.file_name().map_or_else(|| "plan".to_owned(), |n| n.to_string_lossy().into_owned());
        let here = here.canonicalize().unwrap_or_else(|_| here.to_owned());
        Self { source, name, folder, here, revision: None }
    }

    /// The same, of a revision.
    #[must_use]
    pub fn of_revision(self, revision: Revision) -> Self {
        Self { revision: Some(revision), ..self }
    }

    /// Its folder; of a revision, where it is in the work tree, or would be.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The way from where the program was started to something in the root, as one would type it; on
    /// one line, whatever the names in it hold.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        let root = &self.folder;
        let way = relative(&self.here, &if path.is_empty() { root.clone() } else { root.join(path) });
        if way.is_empty() { ".".to_owned() } else { one_line(&way).into_owned() }
    }
}

/// Whether a folder is a plan or has one below it, near enough to be meant.
fn holds_plans(folder: &Path) -> bool {
    let mut level = vec![folder.to_owned()];
    let mut seen = 0;
    while !level.is_empty() && seen < MAX_FOLDERS {
        if level.iter().any(|f| fs::symlink_metadata(f.join(super::HEAD_FILE)).is_ok()) {
            return true;
        }
        seen += level.len();
        let below = level.iter().filter_map(|f| fs::read_dir(f).ok()).flatten().flatten();
        let folders = below.filter(|e| e.file_type().is_ok_and(|t| t.is_dir()));
        let shown = folders.filter(|e| !e.file_name().as_encoded_bytes().starts_with(b"."));
        level = shown.map(|e| e.path()).take(MAX_FOLDERS).collect();
    }
    false
}

/// The way from one absolute path to another.
fn relative(from: &Path, to: &Path) -> String {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common).filter_map(|c| match c {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    let way: Vec<String> = up.chain(down).collect();
    // A way that climbs far is harder to read than the whole path.
    if way.iter().filter(|p| *p == "..").count() > 3 {
        to.to_string_lossy().into_owned()
    } else {
        way.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_told_from_where_one_stands() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b", "/a/b/plans"), "plans");
        assert_eq!(way("/a/b/plans/x", "/a/b/plans"), "..");
        assert_eq!(way("/a/b", "/a/b"), "");
        assert_eq!(way("/a/c", "/a/b/plans"), "../b/plans");
        assert_eq!(way("/a/b/c/d/e/f", "/x/plans"), "/x/plans");
    }
}
