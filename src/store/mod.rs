//! Where plans are kept: folders found, files read, plans put together one at a time.
//!
//! A [`Source`] lists folders and reads files, and that is all it does; the disk is one kind.

mod disk;
mod load;
mod memory;
mod root;

pub use disk::Disk;
pub use load::{Fault, Loaded, Purpose, load, load_each};
pub use memory::{Content, Memory};
pub use root::{NoRoot, Root};

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
    /// Its name.
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
    /// A pipe, a socket, a device, or a name that is not Unicode.
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
                Err(error) => listing.failures.push(Unread { path, message: error.to_string() }),
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
    let is_plan = matches!(head, Some(EntryKind::File | EntryKind::Link | EntryKind::Other));
    let (mut files, mut not_files) = (Vec::new(), Vec::new());
    for Entry { name, kind } in entries {
        let at = join(&path, &name);
        if name.starts_with('.') {
            continue;
        }
        let toml = name.len() > 5 && name.ends_with(".toml");
        if toml && kind != EntryKind::File {
            not_files.push(name.clone());
        }
        match kind {
            EntryKind::Link => listing.findings.push(symlink(at)),
            EntryKind::Folder if toml => {
                let message = "a folder stands where a file is expected";
                listing.findings.push(stray(at, message, "rename the folder, or move it out of the plans"));
            }
            EntryKind::Folder => below.push(at),
            EntryKind::File if name == HEAD_FILE => {}
            EntryKind::File if !toml && name.to_ascii_lowercase().ends_with(".toml") => {
                let message = "the end of this file's name is not written `.toml`, so that nobody reads it";
                listing.findings.push(stray(at, message, "rename it: its name ends in `.toml`"));
            }
            EntryKind::File if name.to_ascii_lowercase().ends_with(".toml.txt") => {
                let message = "this file's name ends in `.txt`, so that nobody reads it";
                let help =
                    "rename it: its name ends in `.toml` (Notepad adds `.txt` unless the type is All files)";
                listing.findings.push(stray(at, message, help));
            }
            EntryKind::File if !toml => {}
            EntryKind::File if is_plan => files.push(name.into()),
            EntryKind::File if name.eq_ignore_ascii_case(HEAD_FILE) => {
                let message = "this would make the folder a plan, were its name written `plan.toml`";
                listing.findings.push(stray(at, message, "rename it: `plan.toml`, all in lower case"));
            }
            EntryKind::File => {
                let message = "this file belongs to no plan: its folder has no plan.toml";
                let help = "move it into a plan's folder, or make this folder a plan with a plan.toml";
                listing.findings.push(stray(at, message, help));
            }
            EntryKind::Other if toml => {
                let message = "this is no regular file, or its name is not Unicode";
                listing.findings.push(stray(at, message, "remove it, or rename it"));
            }
            EntryKind::Other => {}
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

fn structural(rule: &'static str, path: String, message: &str, help: &str) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        message: message.to_owned(),
        help: Some(help.to_owned()),
        path,
        location: None,
        id: None,
        accepted: None,
        since: None,
    }
}

fn stray(path: String, message: &str, help: &str) -> Finding {
    structural("stray-file", path, message, help)
}

fn symlink(path: String) -> Finding {
    structural(
        "symlink",
        path,
        "a symbolic link: it could lead out of the plans, and is not followed",
        "put the file itself here",
    )
}

#[cfg(test)]
mod tests;
