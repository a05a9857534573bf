//! A folder of a revision, read like one on the disk.

use super::{Commit, GitError, Oid, Repository, unreadable};
use crate::source::MAX_BYTES;
use crate::store::{Entry, EntryKind, Size, Source, join};
use gix::bstr::ByteSlice as _;
use gix::object::tree::EntryKind as TreeEntryKind;
use gix::objs::{Find as _, TreeRefIter};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// A folder of a commit: what lies in it is listed once, and its files are read as they are asked for.
#[derive(Debug)]
pub struct Tree {
    repository: Arc<Repository>,
    /// What each folder holds, by its path from the root.
    folders: BTreeMap<String, Vec<(Entry, Oid)>>,
}

impl Repository {
    /// A folder of a commit; none where the commit has no such folder.
    ///
    /// # Errors
    /// Where a tree on the way, or below, cannot be read.
    pub fn tree(self: &Arc<Self>, commit: &Commit, folder: &str) -> Result<Option<Tree>, GitError> {
        let Some(id) = self.folder(commit, folder)? else { return Ok(None) };
        let mut folders = BTreeMap::new();
        let mut below = vec![(String::new(), id)];
        while let Some((path, id)) = below.pop() {
            let entries = self.entries(id)?;
            let inner = entries.iter().filter(|(entry, _)| entry.kind == EntryKind::Folder);
            // Hidden folders are passed over unread, as on the disk.
            let inner = inner.filter(|(entry, _)| !entry.name.starts_with('.'));
            below.extend(inner.map(|(entry, id)| (join(&path, &entry.name), *id)));
            folders.insert(path, entries);
        }
        Ok(Some(Tree { repository: Arc::clone(self), folders }))
    }

    /// The nearest `plans` of a commit at or above a folder; failing that, the folder itself.
    ///
    /// # Errors
    /// Where `plans` is a symbolic link, or a tree on the way cannot be read.
    pub fn root_of_plans(&self, commit: &Commit, folder: &str) -> Result<String, GitError> {
        let above = std::iter::successors(Some(folder), |path| {
            (!path.is_empty()).then(|| path.rsplit_once('/').map_or("", |(above, _)| above))
        });
        for above in above {
            let plans = join(above, "plans");
            match self.kind_at(commit, &plans)? {
                Some(EntryKind::Folder) => return Ok(plans),
                Some(EntryKind::Link) => {
                    let reason =
                        format!("{plans} is a symbolic link in {}, and is not followed", commit.short());
                    return Err(GitError::Object(reason));
                }
                _ => {}
            }
        }
        Ok(folder.to_owned())
    }

    /// What is at a path of a commit; none where nothing is.
    fn kind_at(&self, commit: &Commit, path: &str) -> Result<Option<EntryKind>, GitError> {
        if path.is_empty() {
            return Ok(Some(EntryKind::Folder));
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(id) = self.folder(commit, folder)? else { return Ok(None) };
        Ok(self.entries(id)?.into_iter().find(|(entry, _)| entry.name == name).map(|(entry, _)| entry.kind))
    }

    /// The tree at a path of a commit.
    pub(crate) fn folder(&self, commit: &Commit, path: &str) -> Result<Option<Oid>, GitError> {
        let mut id = commit.tree;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let entries = self.entries(id)?;
            let inner = entries.into_iter().find(|(e, _)| e.kind == EntryKind::Folder && e.name == part);
            let Some((_, inner)) = inner else { return Ok(None) };
            id = inner;
        }
        Ok(Some(id))
    }

    /// What a tree holds.
    pub(super) fn entries(&self, id: Oid) -> Result<Vec<(Entry, Oid)>, GitError> {
        self.with(|repo| {
            let tree = repo.find_tree(id.0).map_err(|error| unreadable(repo, id, &error))?;
            let mut entries = Vec::new();
            for entry in TreeRefIter::from_bytes(&tree.data, id.0.kind()) {
                let entry = entry.map_err(|_| super::broken(id))?;
                let name = entry.filename.to_str_lossy().into_owned();
                let unicode = entry.filename.to_str().is_ok();
                let kind = match entry.mode.kind() {
                    TreeEntryKind::Tree if !unicode => EntryKind::Unnamable { folder: true },
                    TreeEntryKind::Blob | TreeEntryKind::BlobExecutable if !unicode => {
                        EntryKind::Unnamable { folder: false }
                    }
                    TreeEntryKind::Tree => EntryKind::Folder,
                    TreeEntryKind::Blob | TreeEntryKind::BlobExecutable => EntryKind::File,
                    TreeEntryKind::Link => EntryKind::Link,
                    TreeEntryKind::Commit => EntryKind::Submodule,
                };
                entries.push((Entry { name, kind }, Oid(entry.oid.to_owned())));
            }
            Ok(entries)
        })
    }

    /// Reads a file's content into `into`, as [`Source::read`] does.
    pub(crate) fn read_blob(&self, id: Oid, into: &mut Vec<u8>) -> Result<Size, GitError> {
        self.with(|repo| {
            let header = repo.find_header(id.0).map_err(|error| unreadable(repo, id, &error))?;
            if header.size() > MAX_BYTES {
                return Ok(Size::TooLarge);
            }
            let found = repo.objects.try_find(&id.0, into);
            let object = found.map_err(|_| super::broken(id))?;
            let length = object.map(|object| object.data.len());
            length.map(Size::Whole).ok_or_else(|| {
                GitError::Object(format!(
                    "the git object {id} is not in this repository; `git fsck` tells more"
                ))
            })
        })
    }
}

impl Source for Tree {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let entries = self.folders.get(folder).ok_or(io::ErrorKind::NotFound)?;
        Ok(entries.iter().map(|(entry, _)| entry.clone()).collect())
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> io::Result<Size> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let entries = self.folders.get(folder).ok_or(io::ErrorKind::NotFound)?;
        let found = entries.iter().find(|(entry, _)| entry.kind == EntryKind::File && entry.name == name);
        let (_, id) = found.ok_or(io::ErrorKind::NotFound)?;
        self.repository.read_blob(*id, into).map_err(io::Error::other)
    }
}
