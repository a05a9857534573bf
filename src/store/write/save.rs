//! Makes changes: every file ready first, then each in its place.

use super::system::System;
use super::{Change, Failure, Locked, Reason, at, folder_at, locking, regular};
use crate::source::MAX_BYTES;
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

/// How the name of a temporary file begins and ends: hidden, and nothing that a reader would look at.
const BEGIN: &str = ".plan-";
const END: &str = ".tmp";

/// Changes on their way to the disk.
pub(super) struct Saving<'a> {
    pub(super) locked: &'a Locked<'a>,
    pub(super) system: &'a dyn System,
    pub(super) changes: &'a [Change],
}

impl<'a> Saving<'a> {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.look()?;
        if !self.changes.is_empty() {
            self.sweep();
        }
        let numbered = self.changes.iter().enumerate();
        let ready = numbered.map(|(n, change)| self.prepare(n, change)).collect::<Result<Vec<_>, _>>()?;
        // Before the first file, so that nothing is changed; and again before each, which may be later.
        ready.iter().try_for_each(|ready| self.unchanged(ready.change))?;
        for (n, ready) in ready.into_iter().enumerate() {
            let put = self.unchanged(ready.change).and_then(|()| self.put(ready));
            if let Err(failure) = put {
                // What is new is to last; what has failed already is the one thing to tell.
                let _ = self.sync_folders();
                return Err(self.after(failure.reason, n));
            }
        }
        self.sync_folders()
    }

    /// What can be said before anything is written.
    fn look(&self) -> Result<(), Failure> {
        let root = self.locked.root;
        for (folder, lock) in &self.locked.folders {
            // Where git made the folder anew, somebody else may have the lock of the new one.
            let gone = Reason::Gone { path: root.shown(folder) };
            let still = locking::is_of(lock, &folder_at(root, folder)?);
            still.is_ok_and(|still| still).then_some(()).ok_or(gone)?;
        }
        let mut paths = BTreeSet::new();
        for change in self.changes {
            let path = self.shown(change);
            if !paths.insert(&change.path) {
                return Err(Reason::Twice { path }.into());
            }
            if change.text.len() as u64 > MAX_BYTES {
                return Err(Reason::TooLarge { path }.into());
            }
            self.unchanged(change)?;
        }
        Ok(())
    }

    /// Removes what killed programs left. What cannot be removed harms nobody.
    fn sweep(&self) {
        let folders = self.locked.folders.keys().filter_map(|f| fs::read_dir(at(self.locked.root, f)).ok());
        for entry in folders.flatten().flatten() {
            let name = entry.file_name();
            let ours = name.to_str().is_some_and(is_temporary);
            if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = self.system.remove(&entry.path());
            }
        }
    }

    /// The new text, on the disk, beside the file that it is for.
    fn prepare(&self, n: usize, change: &'a Change) -> Result<Ready<'a>, Failure> {
        let failed = |error| Reason::failed("written", self.shown(change), error);
        let target = self.locked.file_at(&change.path)?;
        let old = change.old.as_ref().map(|_| self.writable(&target, change)).transpose()?;
        let temporary = target.with_file_name(temporary_name(n));
        let mut file = self.system.create(&temporary, old.is_some()).map_err(failed)?;
        let temporary = Temporary { system: self.system, path: temporary, renamed: false };
        if let Some(old) = &old {
            self.system.keep(&file, old).map_err(failed)?;
        }
        self.system.write(&mut file, change.text.as_bytes()).map_err(failed)?;
        self.system.sync(&file).map_err(failed)?;
        drop(file);
        // A disk may say that it has written and have done so in part.
        if fs::read(&temporary.path).map_err(failed)? != change.text.as_bytes() {
            return Err(failed(io::Error::other("the disk does not give back what was written")).into());
        }
        Ok(Ready { change, target, temporary })
    }

    /// The file that is to be replaced, if one may write it. Renaming asks only whether one may write
    /// the folder.
    fn writable(&self, target: &Path, change: &Change) -> Result<Metadata, Failure> {
        let failed = |error| Failure::from(Reason::failed("written", self.shown(change), error));
        let found = fs::symlink_metadata(target).map_err(failed)?;
        regular(&found, || self.shown(change))?;
        if found.permissions().readonly() {
            return Err(Reason::ReadOnly { path: self.shown(change) }.into());
        }
        fs::File::options().append(true).open(target).map_err(failed)?;
        Ok(found)
    }

    /// Whether a file is still what was read, or still not there.
    fn unchanged(&self, change: &Change) -> Result<(), Failure> {
        let target = self.locked.file_at(&change.path)?;
        let there = fs::symlink_metadata(target);
        let missing = there.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        match &change.old {
            None if missing => Ok(()),
            None => match there {
                Ok(_) => Err(Reason::Exists { path: self.shown(change) }.into()),
                Err(error) => Err(Reason::failed("written", self.shown(change), error).into()),
            },
            Some(_) if missing => Err(Reason::Gone { path: self.shown(change) }.into()),
            Some(old) => match self.locked.text_of(&change.path) {
                Ok(text) if text == *old => Ok(()),
                Ok(_) => Err(Reason::Changed { path: self.shown(change) }.into()),
                // What cannot be read as text any more is not what was read.
                Err(failure)
                    if matches!(failure.reason, Reason::NotUtf8 { .. } | Reason::TooLarge { .. }) =>
                {
                    Err(Reason::Changed { path: self.shown(change) }.into())
                }
                Err(failure) => Err(failure),
            },
        }
    }

    /// Puts a file in its place, in one step.
    fn put(&self, ready: Ready<'_>) -> Result<(), Failure> {
        let Ready { change, target, mut temporary } = ready;
        let failed = |error| Failure::from(Reason::failed("written", self.shown(change), error));
        if change.old.is_none() {
            // Renaming would replace what somebody has put there meanwhile; a second name does not.
            match self.system.link(&temporary.path, &target) {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(Reason::Exists { path: self.shown(change) }.into());
                }
                // Some disks know no second names. The lock keeps other writers away.
                Err(_) => self.unchanged(change)?,
            }
        }
        self.system.rename(&temporary.path, &target).map_err(failed)?;
        temporary.renamed = true;
        Ok(())
    }

    /// Waits until the new names are on the disk.
    fn sync_folders(&self) -> Result<(), Failure> {
        let folders = self.changes.iter().map(|c| c.path.rsplit_once('/').map_or("", |(folder, _)| folder));
        for folder in folders.collect::<BTreeSet<_>>() {
            self.system.sync_folder(&at(self.locked.root, folder)).map_err(|error| {
                let reason = Reason::Unsynced { folder: self.locked.root.shown(folder), error };
                self.after(reason, self.changes.len())
            })?;
        }
        Ok(())
    }

    /// The failure that came when the first `done` files were in their places.
    fn after(&self, reason: Reason, done: usize) -> Failure {
        let (new, old) = self.changes.split_at(done);
        let shown = |changes: &[Change]| changes.iter().map(|c| self.shown(c)).collect();
        Failure { reason, new: shown(new), old: shown(old) }
    }

    fn shown(&self, change: &Change) -> String {
        self.locked.root.shown(&change.path)
    }
}

/// A file that waits beside the one that it is for.
struct Ready<'a> {
    change: &'a Change,
    target: PathBuf,
    temporary: Temporary<'a>,
}

/// A temporary file, removed with this value unless it has another name now.
struct Temporary<'a> {
    system: &'a dyn System,
    path: PathBuf,
    renamed: bool,
}

impl Drop for Temporary<'_> {
    fn drop(&mut self) {
        if !self.renamed {
            // What cannot be removed is hidden, and swept by the next writer.
            let _ = self.system.remove(&self.path);
        }
    }
}

fn temporary_name(n: usize) -> String {
    format!("{BEGIN}{}-{n}{END}", process::id())
}

fn is_temporary(name: &str) -> bool {
    let number = name.strip_prefix(BEGIN).and_then(|name| name.strip_suffix(END));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    number.and_then(|n| n.split_once('-')).is_some_and(|(pid, n)| digits(pid) && digits(n))
}
