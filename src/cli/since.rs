//! `--since`: the revision that the plans are held against.

use super::Exit;
use super::ui::Ui;
use crate::git::{GitError, Repository};
use crate::rules::{self, Stood};
use crate::store::{Root, Unread, join};
use crate::wording::day;
use anyhow::{Result, bail};

/// The plans as they stood at a revision.
pub(super) struct Since {
    root: Root,
    /// What the revision is called.
    name: String,
    /// The way to the plans from the top of the repository.
    folder: String,
}

/// Finds the plans as they stood at a revision; where that has moved on since the plans that are read
/// were cut off from it, at the commit where the two parted: what was done there since is nobody's change
/// here.
pub(super) fn find(ui: &Ui, revision: &str) -> Result<Since> {
    let place = ui.place()?;
    let repository = &*place.repository;
    let asked = repository.find(revision).or_else(|error| cut_off(repository, error))?;
    let read = match ui.at() {
        Some(at) => Some(repository.find(at)?),
        None => repository.head()?,
    };
    let base = match &read {
        Some(read) => place.parted(&asked, read)?,
        None => asked.clone(),
    };
    let mut name = revision.trim().to_owned();
    if base.id != asked.id {
        let (short, day) = (base.short(), day(base.date()));
        ui.note(&format!(
            "{name} has moved on since commit {short} of {day}: changes are counted from there"
        ));
        name = short;
    }
    let folder = repository.root_of_plans(&base, &place.inside)?;
    Ok(Since { root: place.root_or_empty(&base)?, name, folder })
}

/// Says of a revision that is not there that it may never have been fetched.
pub(super) fn cut_off<T>(repository: &Repository, error: GitError) -> Result<T> {
    if matches!(error, GitError::UnknownRevision(..)) && repository.is_shallow() {
        bail!(
            "{error} (this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow, gets \
             the whole history)"
        );
    }
    Err(error.into())
}

impl Since {
    /// The same, for the rules.
    pub(super) fn plans(&self) -> rules::Since<'_> {
        rules::Since { source: &*self.root.source, root_name: &self.root.name }
    }

    /// What of it could not be read. What was not read whole is told here: it was so before, is no fault of
    /// the change, and is not compared.
    pub(super) fn lost(&self, ui: &Ui, stood: &Stood) -> Lost {
        if stood.plans == 0 {
            ui.note(&format!("there is no plan in {} yet: nothing is compared", self.name));
        }
        let named = |u: &Unread| {
            let path = format!("{}:{}", self.name, join(&self.folder, &u.path));
            Unread { path, message: u.message.clone() }
        };
        let lost = Lost {
            unread: stood.unread.iter().map(named).collect(),
            failures: stood.failures.iter().map(named).collect(),
        };
        for Unread { path, message } in &lost.unread {
            ui.note(&format!("not compared with {path} where it could not be read: {message}"));
        }
        lost
    }
}

/// What of a revision could not be read, named as git names it: `main:plans/force/07-search.toml`.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// What was not read whole.
    pub(super) unread: Vec<Unread>,
    /// What git would not give.
    pub(super) failures: Vec<Unread>,
}

impl Lost {
    /// Names what git would not give; the command has then not been done wholly.
    pub(super) fn exit(&self, ui: &Ui) -> Exit {
        for Unread { path, message } in &self.failures {
            ui.error(&format!("{path} could not be read: {message}"));
        }
        if self.failures.is_empty() { Exit::Done } else { Exit::Failed }
    }
}
