//! What a difference is between: two revisions, or one and the work tree.

use super::filter::parse_day;
use super::since::cut_off;
use super::ui::Ui;
use crate::diff::Moment;
use crate::store::Root;
use anyhow::{Result, bail};
use chrono::NaiveDate;

/// The two sides of a difference, each with its day.
pub(super) struct Sides {
    /// What it was.
    pub(super) before: Root,
    /// The same, as it is told.
    pub(super) from: Moment,
    /// What it is.
    pub(super) after: Root,
    /// The same, as it is told.
    pub(super) to: Moment,
}

/// Which revisions are asked for: nothing, `A`, `A..B`, `A...B`, or `A B`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked<'a> {
    /// A revision and the work tree.
    WorkTree(&'a str),
    /// Two revisions.
    Two(&'a str, &'a str),
    /// A revision, and where it and another parted.
    Parted(&'a str, &'a str),
}

impl<'a> Asked<'a> {
    fn of(revisions: &'a [String]) -> Self {
        let or_head = |revision: &'a str| if revision.is_empty() { "HEAD" } else { revision };
        match revisions {
            [] => Self::WorkTree("HEAD"),
            [one] => match (one.split_once("..."), one.split_once("..")) {
                (Some((a, b)), _) => Self::Parted(or_head(a), or_head(b)),
                (None, Some((a, b))) => Self::Two(or_head(a), or_head(b)),
                (None, None) => Self::WorkTree(one),
            },
            [a, b, ..] => Self::Two(a, b),
        }
    }
}

/// The sides that are asked for.
pub(super) fn find(ui: &Ui, revisions: &[String]) -> Result<Sides> {
    if ui.at().is_some() {
        bail!("--at is for one revision: name two as `plan diff A..B`");
    }
    if let [a, b] = revisions
        && [a, b].iter().any(|revision| revision.contains(".."))
    {
        bail!(
            "name one range, `A..B`, or two revisions, `A B`, not `{a} {b}`; a recommendation goes behind --id"
        );
    }
    let place = ui.place()?;
    let asked = Asked::of(revisions);
    let (before, after) = match asked {
        Asked::WorkTree(a) => (place.repository.find(a)?, None),
        Asked::Two(a, b) => (place.repository.find(a)?, Some(place.repository.find(b)?)),
        Asked::Parted(a, b) => {
            let (a, b) = (place.repository.find(a)?, place.repository.find(b)?);
            (place.parted(&a, &b)?, Some(b))
        }
    };
    let (from, before) = (moment(&before), place.root_or_empty(&before)?);
    let (to, after) = match after {
        Some(after) => {
            let mut to = moment(&after);
            let root = place.root_or_empty(&after)?;
            to.date = ui.today(&root);
            (to, root)
        }
        None => {
            let root = ui.root()?;
            let date = ui.today(&root);
            (Moment { commit: None, name: "work tree".to_owned(), date }, root)
        }
    };
    Ok(Sides { before, from, after, to })
}

/// A revision, and the plans that are read, on their day. A revision that is asked for by a day is of that day,
/// as a meeting was: its files are those of the last commit by then.
pub(super) fn since(ui: &Ui, revision: &str, after: Root, today: NaiveDate) -> Result<Sides> {
    let place = ui.place()?;
    let commit = place.repository.find(revision).or_else(|error| cut_off(&place.repository, error))?;
    let before = place.root_or_empty(&commit)?;
    let mut from = moment(&commit);
    if let Ok(day) = parse_day(revision.trim()) {
        from.date = day;
    }
    let (commit, name) = match &after.revision {
        Some(revision) => (Some(revision.id.clone()), revision.short.clone()),
        None => (None, "work tree".to_owned()),
    };
    Ok(Sides { before, from, after, to: Moment { commit, name, date: today } })
}

fn moment(commit: &crate::git::Commit) -> Moment {
    Moment { commit: Some(commit.id.to_string()), name: commit.short(), date: commit.date() }
}
