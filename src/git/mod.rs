//! The one module that knows git: a repository's commits and trees, read in process.
//!
//! A repository is not trusted. Only its objects, its references and its own configuration are read;
//! no hook, no filter and no program that it names is ever run, and what it belongs to does not matter.

mod history;
mod revision;
mod tree;

pub use history::{Content, FileChange, FolderChange};
pub use tree::Tree;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone as _};
use gix::bstr::ByteSlice as _;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// So many bytes of what others are kept as differences from stay at hand, on each thread: a history reads
/// the trees of one folder again and again, with those of others in between.
const CACHE: usize = 32 << 20;

/// A repository that is open for reading.
pub struct Repository {
    shared: gix::ThreadSafeRepository,
    /// Handles that wait for a thread that reads.
    idle: Mutex<Vec<gix::Repository>>,
}

/// The name of an object: a commit, a tree, or a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(gix::ObjectId);

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: Oid,
    /// The commits that it follows; more than one for a merge.
    pub parents: Vec<Oid>,
    /// When it was made, by the clock and in the time zone of whoever made it.
    pub time: DateTime<FixedOffset>,
    /// Who wrote it.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
    /// Whether a shallow clone was cut off here, so that what it follows is not to be had.
    pub cut_off: bool,
    tree: Oid,
}

impl Commit {
    /// The day on which it was made, where it was made.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.time.date_naive()
    }

    /// Its name, as short as people write it.
    #[must_use]
    pub fn short(&self) -> String {
        self.id.0.to_hex_with_len(8).to_string()
    }
}

/// Why something in git could not be read.
#[derive(Debug)]
pub enum GitError {
    /// There is no repository at or above a folder.
    NoRepository(PathBuf),
    /// There is one, and it cannot be opened; with the reason.
    Unreadable(String),
    /// There is no such revision; with the nearest names.
    UnknownRevision(String, Vec<String>),
    /// The revision is there, and is no commit.
    NoCommit(String),
    /// Nothing is known of a time so far back; with the reason.
    TooOld(String),
    /// An object that should be there is not, or is not whole; with the reason.
    Object(String),
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRepository(folder) => {
                write!(
                    f,
                    "{} is in no git repository: go to one, name it with -C, or make one with `git init`",
                    folder.display()
                )
            }
            Self::UnknownRevision(asked, near) if near.is_empty() => {
                write!(
                    f,
                    "unknown revision `{asked}`: name a branch, a tag, a commit, or a day such as 2025-03-27"
                )
            }
            Self::UnknownRevision(asked, near) => {
                write!(f, "unknown revision `{asked}`: did you mean `{}`?", near.join("` or `"))
            }
            Self::NoCommit(asked) => write!(f, "`{asked}` is no commit"),
            Self::Unreadable(reason) | Self::TooOld(reason) | Self::Object(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for GitError {}

/// A git error in one line: the chain of its causes, without those that repeat what was said.
fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !told.contains(&text) {
            told = format!("{told}: {text}");
        }
        cause = error.source();
    }
    told.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

impl fmt::Debug for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Repository").field(&self.shared.path()).finish()
    }
}

impl Repository {
    /// The repository that a folder is in: of a work tree, a linked one, or bare.
    ///
    /// # Errors
    /// Where there is none, or it is of a kind that cannot be read.
    pub fn discover(folder: &Path) -> Result<Self, GitError> {
        let options = || {
            let isolated = gix::open::Options::isolated().strict_config(false);
            isolated.config_overrides([format!("core.deltaBaseCacheLimit={CACHE}")])
        };
        let trust = gix::sec::trust::Mapping { full: options(), reduced: options() };
        let found = gix::ThreadSafeRepository::discover_opts(
            folder,
            gix::discover::upwards::Options::default(),
            trust,
        );
        match found {
            Ok(shared) if shared.to_thread_local().common_dir().join("reftable").is_dir() => {
                Err(GitError::Unreadable(format!(
                    "the git repository of {} cannot be read{REFTABLE}",
                    folder.display()
                )))
            }
            Ok(shared) => Ok(Self { shared, idle: Mutex::default() }),
            Err(_) if is_none(folder) => Err(GitError::NoRepository(folder.to_owned())),
            Err(error) => Err(GitError::Unreadable(format!(
                "the git repository of {} cannot be read: {}",
                folder.display(),
                told(&error)
            ))),
        }
    }

    /// Where its work tree is; none for a bare repository.
    #[must_use]
    pub fn work_tree(&self) -> Option<&Path> {
        self.shared.work_dir()
    }

    /// Its own folder: `.git`, or the whole of a bare repository.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.shared.path()
    }

    /// Whether the history ends where a shallow clone was cut off.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.with(|repo| repo.is_shallow().unwrap_or(false))
    }

    /// Where the histories of two commits part: the last commit that both of them are, or follow; none
    /// where they share none, or a shallow clone was cut off above it.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn merge_base(&self, a: Oid, b: Oid) -> Result<Option<Oid>, GitError> {
        self.with(|repo| {
            let base = repo.merge_base(a.0, b.0).map_err(|error| {
                GitError::Object(format!(
                    "nobody can tell where the histories of {a} and {b} part: {}",
                    told(&error)
                ))
            })?;
            Ok(base.map(|id| Oid(id.detach())))
        })
    }

    /// Does something with a handle of this thread's own.
    fn with<T>(&self, f: impl FnOnce(&gix::Repository) -> T) -> T {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let repo = idle.unwrap_or_else(|| self.shared.to_thread_local());
        let answer = f(&repo);
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(repo);
        }
        answer
    }

    /// The commit of that name.
    ///
    /// # Errors
    /// Where it is not there, or is not whole.
    pub fn commit(&self, id: Oid) -> Result<Commit, GitError> {
        self.with(|repo| {
            let object = repo.find_commit(id.0).map_err(|error| unreadable(repo, id, &error))?;
            let commit = object.decode().map_err(|_| broken(id))?;
            let committer = commit.committer().map_err(|_| broken(id))?;
            let author = commit.author().map_err(|_| broken(id))?;
            let time = committer.time().map_err(|_| broken(id))?;
            Ok(Commit {
                id,
                parents: commit.parents().map(Oid).collect(),
                time: local(time),
                author: author.name.to_str_lossy().into_owned(),
                subject: commit.message().summary().to_str_lossy().into_owned(),
                cut_off: false,
                tree: Oid(commit.tree()),
            })
        })
    }
}

/// The first second of the year 1, and the last of 9999, in UTC and with a day to spare for any zone: no
/// calendar here goes further, and a record that does is of no time at all.
const TIMES: std::ops::RangeInclusive<i64> = -62_135_510_400..=253_402_214_400;

/// A moment on the clock of whoever recorded it; one that no calendar has is the nearest that it does.
fn local(time: gix::date::Time) -> DateTime<FixedOffset> {
    let zone = FixedOffset::east_opt(time.offset);
    let zone = zone.or(FixedOffset::east_opt(0)).expect("an offset of nought is one");
    let seconds = time.seconds.clamp(*TIMES.start(), *TIMES.end());
    zone.timestamp_opt(seconds, 0).single().unwrap_or_else(|| DateTime::UNIX_EPOCH.with_timezone(&zone))
}

fn broken(id: Oid) -> GitError {
    GitError::Object(format!("the git object {id} is damaged: `git fsck` tells more"))
}

/// Why an object cannot be read. One that is missing may never have been fetched.
fn unreadable(repo: &gix::Repository, id: Oid, error: &gix::Error) -> GitError {
    if !error.is_not_found() {
        return broken(id);
    }
    let config = repo.config_snapshot();
    let partial =
        config.string("extensions.partialClone").is_some()
            || config.plumbing().sections_by_name("remote").into_iter().flatten().any(|remote| {
                remote.value("promisor").is_some() || remote.value("partialclonefilter").is_some()
            });
    let remedy = if partial {
        "this is a partial clone, and it was not fetched: `git fetch --refetch --no-filter` gets everything"
    } else if repo.is_shallow().unwrap_or(false) {
        "this is a shallow clone: `git fetch --unshallow` gets the whole history"
    } else {
        "`git fsck` tells more"
    };
    GitError::Object(format!("the git object {id} is not in this repository; {remedy}"))
}

/// Whether there is no sign of a repository at or above a folder.
fn is_none(folder: &Path) -> bool {
    let bare = |folder: &Path| folder.join("HEAD").is_file() && folder.join("objects").is_dir();
    !folder.ancestors().any(|above| above.join(".git").exists() || bare(above))
}

/// What to do about a repository that keeps its references in a way that is not read here.
const REFTABLE: &str =
    ": it keeps its branches in a reftable; `git refs migrate --ref-format=files` changes that";
