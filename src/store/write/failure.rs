//! Why a change was not made, or not wholly, in words.

use crate::store::plain_error;
use std::fmt::{self, Display};
use std::io;
use std::time::Duration;

/// A change that was not made, or not wholly. Paths are as one would type them.
#[derive(Debug)]
pub struct Failure {
    /// What went wrong.
    pub reason: Reason,
    /// The files that are new all the same. None: nothing was changed.
    pub new: Vec<String>,
    /// The files that are as they were, where others are new.
    pub old: Vec<String>,
}

/// What went wrong with a change.
#[derive(Debug)]
pub enum Reason {
    /// Somebody else had the lock for too long.
    Held {
        /// The plan's folder.
        folder: String,
        /// How long it was waited for.
        waited: Duration,
    },
    /// The plans are of a revision.
    Past,
    /// The path leads out of the root.
    Outside {
        /// The path.
        path: String,
    },
    /// The file is in no folder that is locked.
    NotLocked {
        /// The file.
        path: String,
    },
    /// One file is to be changed twice.
    Twice {
        /// The file.
        path: String,
    },
    /// The file, or a folder on the way to it, is a symbolic link.
    Link {
        /// The link.
        path: String,
    },
    /// It is a folder, a pipe, a device.
    NotAFile {
        /// What it was taken for.
        path: String,
    },
    /// The file is not UTF-8.
    NotUtf8 {
        /// The file.
        path: String,
    },
    /// The file is, or would be, larger than [`crate::source::MAX_BYTES`].
    TooLarge {
        /// The file.
        path: String,
    },
    /// The file is marked read-only.
    ReadOnly {
        /// The file.
        path: String,
    },
    /// There is a file already where one is to be made.
    Exists {
        /// The file.
        path: String,
    },
    /// Somebody who takes no lock changed the file since it was read.
    Changed {
        /// The file.
        path: String,
    },
    /// Somebody who takes no lock removed the file since it was read.
    Gone {
        /// The file.
        path: String,
    },
    /// The system did not do it.
    Failed {
        /// What was tried: "could not be" this.
        tried: &'static str,
        /// On what.
        path: String,
        /// Why not.
        error: io::Error,
    },
    /// All was written, but the system does not say that it is on the disk.
    Unsynced {
        /// The plan's folder.
        folder: String,
        /// Why not.
        error: io::Error,
    },
}

impl Reason {
    pub(super) fn failed(tried: &'static str, path: String, error: io::Error) -> Self {
        Self::Failed { tried, path, error }
    }

    /// What to do.
    fn remedy(&self) -> Option<&'static str> {
        match self {
            Self::Held { .. } => Some(
                "it may still be at work, or wait or be suspended in another terminal: let it finish or end it, then try again",
            ),
            Self::Past => Some("leave --at out, to change them as they are now"),
            Self::Outside { .. } => Some("name a file in the plans"),
            Self::NotLocked { .. } | Self::Twice { .. } => Some("this is a fault of the program: report it"),
            Self::Link { .. } => Some("put the file or folder itself in its place"),
            Self::NotAFile { .. } => Some("move it away"),
            Self::NotUtf8 { .. } => Some("save the file as UTF-8"),
            Self::TooLarge { .. } => Some("move what is long into a document, and name that as evidence"),
            Self::ReadOnly { .. } => Some("if it is to be changed, make it writable first"),
            Self::Exists { .. } => Some("change that one, or move it away"),
            Self::Changed { .. } => Some("save or close it in your editor, then try again"),
            Self::Gone { .. } => {
                Some("see whether it was moved, or another branch was checked out, then try again")
            }
            Self::Failed { error, .. } | Self::Unsynced { error, .. } => remedy(error.kind()),
        }
    }
}

/// What to do about what the system says.
fn remedy(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::PermissionDenied => {
            Some("ask whoever owns it, and its folder, to let you write there")
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            Some("the disk is read-only: copy the repository to another one")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Some("make room on the disk, then try again")
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            Some("see whether the plan was moved, or another branch was checked out, then try again")
        }
        _ => None,
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { folder, waited } => {
                write!(
                    f,
                    "the plan in {folder} is locked by another `plan` command, and was not free within {waited:?}"
                )
            }
            Self::Past => {
                f.write_str("the plans are read as they were at a revision, which nobody can write")
            }
            Self::Outside { path } => write!(f, "{path} is not in the plans"),
            Self::NotLocked { path } => write!(f, "{path} is in no plan that is locked"),
            Self::Twice { path } => write!(f, "{path} would be written twice in one change"),
            Self::Link { path } => write!(f, "{path} is a symbolic link, which could lead anywhere"),
            Self::NotAFile { path } => write!(f, "{path} is no regular file"),
            Self::NotUtf8 { path } => write!(f, "{path} is not UTF-8"),
            Self::TooLarge { path } => write!(f, "{path} is, or would be, larger than 1 MiB"),
            Self::ReadOnly { path } => write!(f, "{path} is read-only"),
            Self::Exists { path } => write!(f, "{path} is there already"),
            Self::Changed { path } => write!(f, "{path} was changed by somebody else meanwhile"),
            Self::Gone { path } => write!(f, "{path} was removed by somebody else meanwhile"),
            Self::Failed { tried, path, error } => {
                write!(f, "{path} could not be {tried}: {}", plain_error(error))
            }
            Self::Unsynced { folder, error } => {
                let why = plain_error(error);
                write!(f, "the disk does not say that it has kept what was written in {folder}: {why}")
            }
        }
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reason, new, old } = self;
        write!(f, "{reason}; ")?;
        let be = |files: &[String]| if files.len() == 1 { "is" } else { "are" };
        match (new.as_slice(), old.as_slice()) {
            ([], _) => f.write_str("nothing was changed")?,
            (new, []) => write!(f, "{} {} new", new.join(", "), be(new))?,
            (new, old) => {
                write!(f, "{} {} new, ", new.join(", "), be(new))?;
                write!(f, "{} {} as before", old.join(", "), be(old))?;
            }
        }
        reason.remedy().map_or(Ok(()), |remedy| write!(f, " ({remedy})"))
    }
}

impl std::error::Error for Failure {}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        Self { reason, new: Vec::new(), old: Vec::new() }
    }
}
