//! Where plans are kept: folders found, files read, plans put together one at a time.
//!
//! A [`Source`] lists folders and reads files, and that is all it does; the disk is one kind. What is
//! to be written goes through [`mod@write`], and only to the disk.

mod create;
mod disk;
mod load;
mod memory;
mod overlay;
mod root;
pub mod write;

pub use create::{NewFile, NotMade, create};
pub use disk::Disk;
pub use load::{Fault, Loaded, NotRead, Purpose, head, load, load_each, plain_error, recommendation};
pub use memory::{Content, Memory};
pub use overlay::Overlay;
pub use root::{NoRoot, Revision, Root};

use crate::diagnostic::{Finding, Severity};
use crate::model::PlanPlace;
use rayon::prelude::*;
use std::io;
use std::sync::Arc;

/// The file that makes a folder a plan.
pub const HEAD_FILE: &str = "plan.toml";

/// Where plans are kept. Paths run from the root, with `/` between the parts; the root is "".
pub trait Source: Sync {
    /// What a folder holds, in any order.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// Reads a file into the beginning of `into`, which grows where it must and is never cleared: one
    /// buffer serves thousands of small files, and clearing it would cost more than reading them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    fn read(&self, path: &str, into: &mut Vec<u8>) -> io::Result<Size>;
}

/// Whether a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// It was read to its end, and has so many bytes.
    Whole(usize),
    /// It is larger than [`crate::source::MAX_BYTES`], and was not read.
    TooLarge,
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name; where that is not Unicode, as much of it as can be shown.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What something in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, to whatever.
    Link,
    /// A folder, or anything else that is no link, with a name that is not Unicode: no path here can
    /// name it.
    Unnamable {
        /// Whether it is a folder.
        folder: bool,
    },
    /// Another repository, of which a revision names only the commit.
    Submodule,
    /// A pipe, a socket, a device.
    Other,
}

/// What could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// The path from the root.
    pub path: String,
    /// Why.
    pub message: String,
}

/// The plans under a root, and what lies there besides.
#[derive(Debug, Default)]
pub struct Listing {
    /// The plans, sorted by id.
    pub plans: Vec<Folder>,
    /// Symbolic links and stray files.
    pub findings: Vec<Finding>,
    /// Folders that could not be read.
    pub failures: Vec<Unread>,
}

/// A plan's folder.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Which plan it is.
    pub place: Arc<PlanPlace>,
    /// Whether its plan.toml is a file that can be read.
    pub has_head: bool,
    /// The names of its recommendations' files, sorted.
    pub files: Vec<Arc<str>>,
    /// The names of what stands where such a file is expected, and is none: links, folders.
    pub not_files: Vec<String>,
}

impl Folder {
    /// The path from the root of a file in this folder.
    #[must_use]
    pub fn path_of(&self, file: &str) -> String {
        join(&self.place.folder, file)
    }
}

/// Two parts of a path, one below the other.
#[must_use]
pub fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Finds every plan under the root. `root_name` is the id of a plan that the root itself is.
///
/// # Errors
/// Where the root cannot be read.
pub fn find_plans(source: &dyn Source, root_name: &str) -> io::Result<Listing> {
    let mut listing = Listing::default();
    let mut level = vec![(String::new(), source.list("")?)];
    while !level.is_empty() {
        let mut below = Vec::new();
        for (path, entries) in level {
            sort_out(&mut listing, root_name, path, entries, &mut below);
        }
        let read = |path: String| {
            let entries = source.list(&path);
            (path, entries)
        };
        // The folders of one depth are read at the same time; below a few, that costs more than
        // it gives.
        let answers: Vec<_> = if below.len() > 16 {
            below.into_par_iter().map(read).collect()
        } else {
            below.into_iter().map(read).collect()
        };
        level = Vec::with_capacity(answers.len());
        for (path, entries) in answers {
            match entries {
                Ok(entries) => level.push((path, entries)),
                Err(error) => listing.failures.push(Unread { path, message: plain_error(&error) }),
            }
        }
    }
    listing.plans.sort_by(|a, b| a.place.id.cmp(&b.place.id));
    listing.findings.sort_by(|a, b| a.path.cmp(&b.path));
    listing.failures.sort();
    Ok(listing)
}

/// Puts what one folder holds where it belongs.
fn sort_out(
    listing: &mut Listing,
    root_name: &str,
    path: String,
    entries: Vec<Entry>,
    below: &mut Vec<String>,
) {
    let head = entries.iter().find(|e| e.name == HEAD_FILE).map(|e| e.kind);
    let is_plan = head.is_some_and(|kind| kind != EntryKind::Folder);
    let (mut files, mut not_files) = (Vec::new(), Vec::new());
    for Entry { name, kind } in entries.into_iter().filter(|e| !e.name.starts_with('.')) {
        if kind != EntryKind::File && name.ends_with(TOML) {
            not_files.push(name.clone());
        }
        match role(&name, kind, is_plan) {
            Role::Recommendation => files.push(name.into()),
            Role::Folder => below.push(join(&path, &name)),
            Role::Misplaced(misplaced) => listing.findings.push(misplaced.at(join(&path, &name))),
            Role::None => {}
        }
    }
    if is_plan {
        files.sort();
        not_files.sort();
        let id = if path.is_empty() { root_name.to_owned() } else { path.clone() };
        listing.plans.push(Folder {
            place: Arc::new(PlanPlace { id, folder: path }),
            has_head: head == Some(EntryKind::File),
            files,
            not_files,
        });
    }
}

/// How the name of a file ends that is read.
const TOML: &str = ".toml";

/// What something in a folder is to the plans.
enum Role {
    /// A recommendation's file.
    Recommendation,
    /// A folder to look into.
    Folder,
    /// What looks as if it were part of a plan, and is not read.
    Misplaced(&'static Misplaced),
    /// plan.toml, which the folder's plan knows of, and what is nothing to the plans: notes, pictures.
    None,
}

fn role(name: &str, kind: EntryKind, is_plan: bool) -> Role {
    let toml = name.ends_with(TOML);
    match kind {
        EntryKind::File => role_of_file(name, is_plan),
        EntryKind::Link => Role::Misplaced(&LINK),
        EntryKind::Folder if toml => Role::Misplaced(&FOLDER_NAMED_AS_A_FILE),
        EntryKind::Folder => Role::Folder,
        EntryKind::Unnamable { folder: true } => Role::Misplaced(&UNNAMABLE_FOLDER),
        EntryKind::Unnamable { folder: false } if toml => Role::Misplaced(&UNNAMABLE_FILE),
        EntryKind::Submodule => Role::Misplaced(&SUBMODULE),
        EntryKind::Other if toml => Role::Misplaced(&NO_REGULAR_FILE),
        EntryKind::Unnamable { .. } | EntryKind::Other => Role::None,
    }
}

fn role_of_file(name: &str, is_plan: bool) -> Role {
    if name == HEAD_FILE {
        Role::None
    } else if is_plan && name.ends_with(TOML) {
        Role::Recommendation
    } else if !is_plan && name.eq_ignore_ascii_case(HEAD_FILE) {
        Role::Misplaced(&HEAD_IN_CAPITALS)
    } else if name.ends_with(TOML) {
        Role::Misplaced(&WITHOUT_A_PLAN)
    } else if ends_in(name, TOML) {
        Role::Misplaced(&END_IN_CAPITALS)
    } else if ends_in(name, ".toml.txt") {
        Role::Misplaced(&END_IN_TXT)
    } else {
        Role::None
    }
}

/// Whether a name ends so, in capitals or not.
fn ends_in(name: &str, end: &str) -> bool {
    let (name, end) = (name.as_bytes(), end.as_bytes());
    name.len() >= end.len() && name[name.len() - end.len()..].eq_ignore_ascii_case(end)
}

/// What is said of something that looks as if it were part of a plan, and is not read.
struct Misplaced {
    rule: &'static str,
    message: &'static str,
    help: &'static str,
}

const LINK: Misplaced = Misplaced {
    rule: "symlink",
    message: "a symbolic link: it could lead out of the plans, and is not followed",
    help: "put the file itself here",
};
const FOLDER_NAMED_AS_A_FILE: Misplaced = Misplaced::stray(
    "a folder stands where a file is expected",
    "rename the folder, or move it out of the plans",
);
const UNNAMABLE_FOLDER: Misplaced = Misplaced::stray(
    "the name of this folder is not Unicode, so that nobody reads what is in it",
    "rename the folder, with its letters in UTF-8",
);
const UNNAMABLE_FILE: Misplaced = Misplaced::stray(
    "the name of this file is not Unicode, so that nobody reads it",
    "rename it, with its letters in UTF-8",
);
const SUBMODULE: Misplaced = Misplaced::stray(
    "a submodule: what is in it is in another repository, and is not read from this one",
    "look into it where it is checked out, with -C",
);
const NO_REGULAR_FILE: Misplaced = Misplaced::stray("this is no regular file", "remove it, or rename it");
const HEAD_IN_CAPITALS: Misplaced = Misplaced::stray(
    "this would make the folder a plan, were its name written `plan.toml`",
    "rename it: `plan.toml`, all in lower case",
);
const WITHOUT_A_PLAN: Misplaced = Misplaced::stray(
    "this file belongs to no plan: its folder has no plan.toml",
    "move it into a plan's folder, or make this folder a plan with a plan.toml",
);
const END_IN_CAPITALS: Misplaced = Misplaced::stray(
    "the end of this file's name is not written `.toml`, so that nobody reads it",
    "rename it: its name ends in `.toml`",
);
const END_IN_TXT: Misplaced = Misplaced::stray(
    "this file's name ends in `.txt`, so that nobody reads it",
    "rename it: its name ends in `.toml` (Notepad adds `.txt` unless the type is All files)",
);

impl Misplaced {
    const fn stray(message: &'static str, help: &'static str) -> Self {
        Self { rule: "stray-file", message, help }
    }

    /// The finding that says so of what is at that path.
    fn at(&self, path: String) -> Finding {
        Finding {
            rule: self.rule,
            severity: Severity::Error,
            message: self.message.to_owned(),
            help: Some(self.help.to_owned()),
            path,
            location: None,
            id: None,
            keys: Vec::new(),
            accepted: None,
            since: None,
        }
    }
}

#[cfg(test)]
mod tests;
