//! How a repository came to be as it is: its commits in order, and what each changed.

use super::{Commit, GitError, Oid, Repository, broken, told, unreadable};
use crate::store::{HEAD_FILE, join};
use gix::bstr::{BStr, ByteSlice as _};
use gix::object::tree::EntryKind;
use gix::objs::TreeRefIter;
use gix::objs::tree::EntryRef;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

/// What changed of the files of one folder from one tree to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderChange {
    /// The folder's path from the root of the plans.
    pub folder: String,
    /// Its plan.toml before and after.
    pub head: [Option<Content>; 2],
    /// Every other file whose name ends in `.toml` that is not the same before and after; where plan.toml
    /// came or went, all of them.
    pub files: Vec<FileChange>,
}

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its name; where that is not Unicode, as much of it as can be shown.
    pub name: Arc<str>,
    /// Its content before and after.
    pub sides: [Option<Content>; 2],
}

/// What stands under a name where a file is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Content {
    /// The name of the object.
    pub id: Oid,
    /// What is said of it, where it is no file that can be read.
    pub other: Option<&'static str>,
}

impl Repository {
    /// A commit and all that it came from, each before its parents, later ones first.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn ancestry(&self, tip: &Commit) -> Result<Vec<Commit>, GitError> {
        let cut = self.cut_off_at()?;
        let mut commits: HashMap<Oid, Commit> = HashMap::new();
        let mut waiting = vec![tip.id];
        while let Some(id) = waiting.pop() {
            if commits.contains_key(&id) {
                continue;
            }
            let commit = self.commit_within(id, &cut)?;
            waiting.extend(&commit.parents);
            commits.insert(id, commit);
        }
        Ok(in_order(commits, tip.id))
    }

    /// A commit and its first parents, later ones first.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn first_parents(&self, tip: &Commit) -> Result<Vec<Commit>, GitError> {
        let cut = self.cut_off_at()?;
        let mut commits = vec![self.commit_within(tip.id, &cut)?];
        while let Some(parent) = commits.last().and_then(|commit| commit.parents.first().copied()) {
            commits.push(self.commit_within(parent, &cut)?);
        }
        Ok(commits)
    }

    /// A commit without the parents that a shallow clone does not have.
    fn commit_within(&self, id: Oid, cut: &HashSet<Oid>) -> Result<Commit, GitError> {
        let mut commit = self.commit(id)?;
        if cut.contains(&id) {
            commit.parents.clear();
            commit.cut_off = true;
        }
        Ok(commit)
    }

    /// The commits where a shallow clone was cut off.
    fn cut_off_at(&self) -> Result<HashSet<Oid>, GitError> {
        self.with(|repo| {
            let shallow = repo.shallow_commits().map_err(|error| {
                GitError::Unreadable(format!("where this clone was cut off cannot be read: {}", told(&error)))
            })?;
            Ok(shallow
                .into_iter()
                .flat_map(|commits| commits.iter().map(|id| Oid(*id)).collect::<Vec<_>>())
                .collect())
        })
    }

    /// What changed of the plans' files from one tree to another; none is a tree that holds nothing.
    /// Hidden files are passed over; what is no file where one is expected is told as what it is.
    ///
    /// # Errors
    /// Where a tree cannot be read.
    pub fn folder_changes(&self, from: Option<Oid>, to: Option<Oid>) -> Result<Vec<FolderChange>, GitError> {
        self.with(|repo| {
            let mut changes = Vec::new();
            let mut below = vec![(String::new(), [from, to])];
            let mut buffers = [Vec::new(), Vec::new()];
            while let Some((folder, sides)) = below.pop() {
                if sides[0] == sides[1] {
                    continue;
                }
                let [before, after] = &mut buffers;
                let before = entries(repo, sides[0], before)?;
                let after = entries(repo, sides[1], after)?;
                let mut pairs = paired(&before, &after, false);
                let [was, is] = head(&pairs);
                if was.is_some() != is.is_some() {
                    pairs = paired(&before, &after, true);
                }
                let change = of_folder(&folder, &pairs);
                if !change.files.is_empty() || change.head[0] != change.head[1] {
                    changes.push(change);
                }
                for pair in pairs {
                    // A folder that is called as a file is no place for plans.
                    let inner_tree =
                        |side: Side| side.filter(|(kind, _)| *kind == Kind::Folder).map(|(_, id)| id);
                    let inner = if pair.is_toml() { [None; 2] } else { pair.sides.map(inner_tree) };
                    if inner[0] != inner[1]
                        && let Some(name) = pair.named()
                    {
                        below.push((join(&folder, name), inner));
                    }
                }
            }
            changes.sort_by(|a, b| a.folder.cmp(&b.folder));
            Ok(changes)
        })
    }
}

/// Commits, each after all that follow it, later ones first where that leaves a choice.
fn in_order(mut commits: HashMap<Oid, Commit>, tip: Oid) -> Vec<Commit> {
    let mut children: HashMap<Oid, usize> = HashMap::new();
    for parent in commits.values().flat_map(|commit| &commit.parents) {
        *children.entry(*parent).or_default() += 1;
    }
    let mut ordered = Vec::with_capacity(commits.len());
    let mut ready = BinaryHeap::new();
    ready.push((i64::MAX, std::cmp::Reverse(0), tip));
    while let Some((_, _, id)) = ready.pop() {
        let Some(commit) = commits.remove(&id) else { continue };
        for (n, parent) in commit.parents.iter().enumerate() {
            let left = children.get_mut(parent).map(|left| {
                *left -= 1;
                *left
            });
            if left == Some(0)
                && let Some(found) = commits.get(parent)
            {
                // Of the same second the first parent comes first.
                ready.push((found.time.timestamp(), std::cmp::Reverse(n), *parent));
            }
        }
        ordered.push(commit);
    }
    ordered
}

/// What an entry is to the plans.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    Link,
    Submodule,
}

/// An entry of a tree: its kind, and its content's name.
type Side = Option<(Kind, Oid)>;

/// A name before and after.
struct Pair<'a> {
    name: &'a BStr,
    sides: [Side; 2],
}

impl Pair<'_> {
    /// Its name, if plans can have such a name.
    fn named(&self) -> Option<&str> {
        self.name.to_str().ok().filter(|name| !name.starts_with('.'))
    }

    /// Whether a file is expected under its name.
    fn is_toml(&self) -> bool {
        self.name.ends_with(b".toml") && !self.name.starts_with(b".")
    }

    fn contents(&self) -> [Option<Content>; 2] {
        let unnamable = self.name.to_str().is_err();
        let content = |(kind, id)| {
            let other = match kind {
                _ if unnamable => Some("its name is not Unicode"),
                Kind::File => None,
                Kind::Folder => Some("a folder stands where a file is expected"),
                Kind::Link => Some("a symbolic link, which is not followed"),
                Kind::Submodule => Some("a submodule stands where a file is expected"),
            };
            Content { id, other }
        };
        self.sides.map(|side| side.map(content))
    }
}

/// The entries of a tree, whose bytes are kept in a buffer.
fn entries<'a>(
    repo: &gix::Repository,
    id: Option<Oid>,
    buffer: &'a mut Vec<u8>,
) -> Result<Vec<EntryRef<'a>>, GitError> {
    use gix::objs::Find as _;
    let Some(id) = id else { return Ok(Vec::new()) };
    let found = repo.objects.try_find(&id.0, buffer).map_err(|_| broken(id))?;
    match found {
        Some(object) => {
            let entries: Result<Vec<_>, _> = TreeRefIter::from_bytes(object.data, id.0.kind()).collect();
            entries.map_err(|_| broken(id))
        }
        // Asked for once more, for the remedy.
        None => match repo.find_tree(id.0) {
            Ok(_) => Err(broken(id)),
            Err(error) => Err(unreadable(repo, id, &error)),
        },
    }
}

/// The entries that differ, and plan.toml in any case, by name; all of them where `all` says so. Trees are
/// sorted, with a slash behind the names of folders; a name that is a file before and a folder after is there
/// twice.
fn paired<'a>(before: &[EntryRef<'a>], after: &[EntryRef<'a>], all: bool) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    let (mut b, mut a) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let order = match (b.peek(), a.peek()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(b), Some(a)) => b.cmp(a),
        };
        let old = if order == Ordering::Greater { None } else { b.next() };
        let new = if order == Ordering::Less { None } else { a.next() };
        let Some(name) = old.or(new).map(|entry| entry.filename) else { break };
        let same = old.zip(new).is_some_and(|(old, new)| old.oid == new.oid && old.mode == new.mode);
        if all || !same || name == HEAD_FILE {
            pairs.push(Pair { name, sides: [old.and_then(side), new.and_then(side)] });
        }
    }
    pairs
}

fn side(entry: &EntryRef<'_>) -> Side {
    let kind = match entry.mode.kind() {
        EntryKind::Tree => Kind::Folder,
        EntryKind::Blob | EntryKind::BlobExecutable => Kind::File,
        EntryKind::Link => Kind::Link,
        EntryKind::Commit => Kind::Submodule,
    };
    Some((kind, Oid(entry.oid.to_owned())))
}

/// The plan.toml of a folder, before and after.
fn head(pairs: &[Pair<'_>]) -> [Option<Content>; 2] {
    // A folder of that name makes no plan.
    let sides = pairs.iter().filter(|pair| pair.name == HEAD_FILE).map(|pair| {
        let is_folder = pair.sides.map(|side| side.is_some_and(|(kind, _)| kind == Kind::Folder));
        let [before, after] = pair.contents();
        [before.filter(|_| !is_folder[0]), after.filter(|_| !is_folder[1])]
    });
    sides.fold([None, None], |all, one| [all[0].or(one[0]), all[1].or(one[1])])
}

/// What of the entries of a folder is a plan's.
fn of_folder(folder: &str, pairs: &[Pair<'_>]) -> FolderChange {
    let head = head(pairs);
    let everything = head[0].is_some() != head[1].is_some();
    let file = |pair: &Pair<'_>| {
        if !pair.is_toml() || pair.name == HEAD_FILE {
            return None;
        }
        let (name, sides) = (pair.name.to_str_lossy(), pair.contents());
        (sides[0] != sides[1] || (everything && sides[0].is_some()))
            .then(|| FileChange { name: (*name).into(), sides })
    };
    // No folder without a plan.toml has recommendations.
    let mut files: Vec<FileChange> =
        if head == [None, None] { Vec::new() } else { pairs.iter().filter_map(file).collect() };
    // What gave way to something else of its name is one change, not one that came and one that went.
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|later, earlier| {
        let same = later.name == earlier.name;
        if same {
            let [before, after] = later.sides;
            earlier.sides = [earlier.sides[0].or(before), earlier.sides[1].or(after)];
        }
        same
    });
    FolderChange { folder: folder.to_owned(), head, files }
}
