//! What the commands that read a history have in common.

use super::Exit;
use super::filter::{parse_day, parse_span};
use super::revision::Place;
use super::ui::Ui;
use crate::git::{Commit, Repository};
use crate::history::{self, Gap};
use crate::store::Root;
use anyhow::{Context as _, Result};
use chrono::NaiveDate;

/// From when on a history is told.
pub(super) enum Time {
    /// This day.
    Day(NaiveDate),
    /// What this commit does not have.
    Commit(Commit),
}

/// A history: where it is, and the commit that it led to.
pub(super) struct Past {
    place: Place,
    /// The commit that the history led to.
    pub(super) tip: Commit,
    /// Its plans.
    pub(super) root: Root,
}

impl Past {
    /// The history of HEAD, or of the revision that is asked for.
    pub(super) fn find(ui: &Ui) -> Result<Self> {
        let place = ui.place()?;
        let tip = match ui.at() {
            Some(revision) => place.repository.find(revision)?,
            None => place.repository.head()?.context("this repository has no commit yet")?,
        };
        let root = place.root_or_empty(&tip)?;
        Ok(Self { place, tip, root })
    }

    pub(super) fn repository(&self) -> &Repository {
        &self.place.repository
    }

    /// Where the history is read.
    pub(super) fn place(&self) -> history::Place<'_> {
        history::Place {
            repository: &self.place.repository,
            inside: &self.place.inside,
            root_name: &self.root.name,
        }
    }

    /// The id of the plan in a folder.
    pub(super) fn plan_id<'a>(&'a self, folder: &'a str) -> &'a str {
        if folder.is_empty() { &self.root.name } else { folder }
    }

    /// Whether the history does not reach back to its beginning.
    pub(super) fn is_shallow(&self) -> bool {
        self.place.repository.is_shallow()
    }

    /// Says so.
    pub(super) fn say_if_shallow(&self, ui: &Ui) {
        if self.is_shallow() {
            ui.note(
                "this clone is shallow, and what came before is missing here: `git fetch --unshallow` gets the whole history",
            );
        }
    }

    /// A day, a time back from today, or a revision.
    pub(super) fn day_of(&self, text: &str, ui: &Ui) -> Result<Time> {
        if let Ok(day) = parse_day(text) {
            return Ok(Time::Day(day));
        }
        match self.repository().find(text) {
            Ok(commit) => Ok(Time::Commit(commit)),
            Err(error) => match parse_span(text) {
                Ok(span) => Ok(Time::Day(span.before(self.today(ui)))),
                Err(_) => Err(error.into()),
            },
        }
    }

    /// Today: of a revision that was asked for its own day.
    pub(super) fn today(&self, ui: &Ui) -> NaiveDate {
        if ui.at().is_some() { ui.today(&self.root) } else { ui.day() }
    }

    /// Names what could not be read on the way, where the results have no place for it.
    pub(super) fn note_gaps(&self, ui: &Ui, gaps: &[Gap]) {
        for gap in gaps.iter().filter(|gap| !gap.lost) {
            let path = self.root.shown(&gap.path);
            ui.note(&format!("{path} could not be read in {}: {}", gap.commit.short(), gap.message));
        }
    }

    /// Names what git did not give; the command has then not been done wholly.
    pub(super) fn lost(&self, ui: &Ui, gaps: &[Gap]) -> Exit {
        let mut exit = Exit::Done;
        for gap in gaps.iter().filter(|gap| gap.lost) {
            let path = self.root.shown(&gap.path);
            ui.error(&format!("{path} could not be read in {}: {}", gap.commit.short(), gap.message));
            exit = Exit::Failed;
        }
        exit
    }
}
