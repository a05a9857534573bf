//! Writes plan files: under a lock, whole or not at all. Nothing else writes them.
//!
//! A change begins with [`lock`], reads what it is to change with [`Locked::read`], and ends with
//! [`Locked::save`]. What holds of it:
//!
//! - Two writers never lose an update: between reading and writing, nobody else has the lock. It is a
//!   lock on the plan's folder itself, so that nothing is left behind, whatever happens to the program.
//!   Where the folder is on another machine, the lock may hold among the programs of one machine only.
//! - Editors and git take no lock. A file that is no longer what was read is not replaced; that is
//!   looked at right before, and leaves them the moment between looking and renaming.
//! - A file is old or new, never another, whenever the program or the machine stops: the new text goes
//!   into a hidden file beside the old, to the disk, and is then renamed. Of several files all are
//!   ready before the first is renamed.
//! - Hidden files that a killed program left are passed over by every reader, and swept by the next
//!   writer: the lock says that nobody is still at them.
//! - A file keeps its mode and, where the system lets it, its owner and group. A second name (a hard
//!   link) of the old file goes on to mean the old file; access lists are the folder's defaults.
//! - Symbolic links are refused, as readers refuse them, and a file that one may not write is not
//!   replaced, though renaming could.
//!
//! Whoever waits for a person, in an editor or at a prompt, does so before locking.

mod failure;
mod locking;
mod save;
mod system;

pub use failure::{Failure, Reason};

use super::{Root, Size, join};
use save::Saving;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};
use system::Real;

/// How long a command waits for another that writes. Writing takes milliseconds.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Plans that nobody else changes as long as this lives.
pub struct Locked<'a> {
    root: &'a Root,
    /// The folders, and the locks on them; closing these unlocks.
    folders: BTreeMap<String, File>,
}

/// A file as it was read under the lock.
#[derive(Debug)]
pub struct Current {
    path: String,
    text: String,
}

impl Current {
    /// Its path from the root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it holds, a byte order mark included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The change that gives it another text. The same text is no change: the file is left alone.
    #[must_use]
    pub fn with(self, text: String) -> Change {
        Change { path: self.path, old: Some(self.text), text }
    }
}

/// What is to become of a file.
#[derive(Debug)]
pub struct Change {
    path: String,
    /// What it held; none where it is to be made.
    old: Option<String>,
    text: String,
}

impl Change {
    /// A new file, at a path from the root. It never takes the place of another.
    #[must_use]
    pub fn create(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), old: None, text: text.into() }
    }

    /// The file's path from the root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it is to hold.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    fn alters(&self) -> bool {
        self.old.as_ref() != Some(&self.text)
    }
}

/// Locks plans, by their folders' paths from the root, against everybody else who would write them;
/// always in the order of the paths, so that two commands never wait for each other.
///
/// # Errors
/// Where a folder is none, is behind a symbolic link, or is locked by somebody else for longer than
/// `patience`; where the root is of a revision, which nobody can write.
pub fn lock<'a, 'f>(
    root: &'a Root,
    folders: impl IntoIterator<Item = &'f str>,
    patience: Duration,
) -> Result<Locked<'a>, Failure> {
    if root.revision.is_some() {
        return Err(Reason::Past.into());
    }
    let folders: BTreeSet<String> = folders.into_iter().map(str::to_owned).collect();
    let deadline = Instant::now() + patience;
    let lock = |folder: String| {
        let path = folder_at(root, &folder)?;
        let failed = |error| Reason::failed("locked", root.shown(&folder), error);
        match locking::wait(&path, deadline).map_err(failed)? {
            Some(lock) => Ok((folder, lock)),
            None => Err(Reason::Held { folder: root.shown(&folder), waited: patience }.into()),
        }
    };
    let folders = folders.into_iter().map(lock).collect::<Result<_, Failure>>()?;
    Ok(Locked { root, folders })
}

impl Locked<'_> {
    /// Reads a file of one of the plans.
    ///
    /// # Errors
    /// Where it is no regular file of UTF-8 in a folder that is locked, or is larger than
    /// [`crate::source::MAX_BYTES`].
    pub fn read(&self, path: &str) -> Result<Current, Failure> {
        Ok(Current { path: path.to_owned(), text: self.text_of(path)? })
    }

    /// Makes the changes: all, or, where the system fails between two files, those that the failure names. The
    /// lock ends here: a further change begins with reading anew.
    ///
    /// # Errors
    /// A file that is not as it was read, may not be written, or is there already; whatever the system does not do.
    pub fn save(self, changes: Vec<Change>) -> Result<(), Failure> {
        let changes: Vec<Change> = changes.into_iter().filter(Change::alters).collect();
        Saving { locked: &self, system: &Real, changes: &changes }.run()
    }

    /// The place of a file in a folder that is locked.
    fn file_at(&self, path: &str) -> Result<PathBuf, Failure> {
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        if path.ends_with('/') || !self.folders.contains_key(folder) {
            return Err(Reason::NotLocked { path: self.root.shown(path) }.into());
        }
        let folder = folder_at(self.root, folder)?;
        // The name is the last of the parts that were looked at.
        let name = parts(self.root, path)?.last().ok_or(Reason::NotLocked { path: self.root.shown(path) })?;
        Ok(folder.join(name))
    }

    /// What a file holds, without following a link.
    fn text_of(&self, path: &str) -> Result<String, Failure> {
        let shown = || self.root.shown(path);
        let failed = |error| Failure::from(Reason::failed("read", shown(), error));
        let place = self.file_at(path)?;
        regular(&fs::symlink_metadata(place).map_err(failed)?, shown)?;
        let mut bytes = Vec::new();
        match self.root.source.read(path, &mut bytes).map_err(failed)? {
            Size::TooLarge => return Err(Reason::TooLarge { path: shown() }.into()),
            Size::Whole(length) => bytes.truncate(length),
        }
        String::from_utf8(bytes).map_err(|_| Reason::NotUtf8 { path: shown() }.into())
    }
}

/// A folder of the root, with no link on the way there.
fn folder_at(root: &Root, folder: &str) -> Result<PathBuf, Failure> {
    let mut way = String::new();
    let mut place = root.folder().to_owned();
    let mut parts = parts(root, folder)?;
    loop {
        let found = fs::symlink_metadata(&place)
            .map_err(|error| Reason::failed("opened", root.shown(&way), error))?;
        if found.is_symlink() {
            return Err(Reason::Link { path: root.shown(&way) }.into());
        }
        if !found.is_dir() {
            return Err(
                Reason::failed("opened", root.shown(&way), io::ErrorKind::NotADirectory.into()).into()
            );
        }
        let Some(part) = parts.next() else { return Ok(place) };
        way = join(&way, part);
        place.push(part);
    }
}

/// The names that a path from the root consists of, none of which leads up or elsewhere.
fn parts<'p>(root: &Root, path: &'p str) -> Result<impl Iterator<Item = &'p str>, Failure> {
    let parts = || path.split('/').filter(|_| !path.is_empty());
    let plain = |part: &str| {
        let mut components = Path::new(part).components();
        matches!((components.next(), components.next()), (Some(Component::Normal(name)), None) if name == part)
    };
    if parts().all(plain) { Ok(parts()) } else { Err(Reason::Outside { path: root.shown(path) }.into()) }
}

/// Where a path from the root is on the disk.
fn at(root: &Root, path: &str) -> PathBuf {
    if path.is_empty() { root.folder().to_owned() } else { root.folder().join(path) }
}

/// Refuses what is no regular file.
fn regular(found: &fs::Metadata, shown: impl Fn() -> String) -> Result<(), Failure> {
    match found {
        found if found.is_symlink() => Err(Reason::Link { path: shown() }.into()),
        found if !found.is_file() => Err(Reason::NotAFile { path: shown() }.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
