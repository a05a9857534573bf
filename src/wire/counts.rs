//! Counts, in total and by group.

use crate::query::{GroupKey, Label};
use crate::summary::{Counts, Groups, Summary};
use serde::Serialize;

/// The body of `plan/summary/1`.
#[derive(Debug, Serialize)]
pub struct SummaryBody<'a> {
    #[serde(flatten)]
    counts: CountsBody<'a>,
    groups: Vec<GroupItem<'a>>,
}

/// The counts of a summary.
#[derive(Debug, Serialize)]
pub struct CountsBody<'a> {
    total: usize,
    parts: usize,
    parts_open: usize,
    parts_overdue: usize,
    open: usize,
    done: usize,
    dropped: usize,
    elsewhere: usize,
    overdue: usize,
    milestones_missed: usize,
    due_soon: usize,
    undated: usize,
    no_deadline: usize,
    stale: usize,
    never_updated: usize,
    updates_undated: usize,
    rag: Vec<Count<'a>>,
    implied_rag: Vec<Count<'a>>,
    status: Vec<Count<'a>>,
    matrix: Vec<MatrixCell<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Count<'a> {
    name: Option<&'a str>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct MatrixCell<'a> {
    rag: Option<&'a str>,
    status: Option<&'a str>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct GroupItem<'a> {
    by: &'static str,
    name: Option<&'a str>,
    total: usize,
    parts: usize,
    sole: usize,
    joint: usize,
    collective: usize,
    open: usize,
    overdue: usize,
    rag: Vec<Count<'a>>,
    status: Vec<Count<'a>>,
}

pub(super) fn counts(counts: &Counts) -> Vec<Count<'_>> {
    counts.iter().map(|(label, count)| Count { name: label.name(), count: *count }).collect()
}

impl<'a> SummaryBody<'a> {
    /// A summary, broken down if it was.
    #[must_use]
    pub fn new(summary: &'a Summary, by: Option<GroupKey>, groups: &'a Groups) -> Self {
        let groups = by.map(|by| groups.iter().map(|(name, g)| group(by, name.name(), g)).collect());
        Self { counts: summary.into(), groups: groups.unwrap_or_default() }
    }
}

impl<'a> From<&'a Summary> for CountsBody<'a> {
    fn from(s: &'a Summary) -> Self {
        let cell = |((rag, status), count): (&'a (Label, Label), &usize)| MatrixCell {
            rag: rag.name(),
            status: status.name(),
            count: *count,
        };
        Self {
            total: s.total,
            parts: s.parts,
            parts_open: s.parts_open,
            parts_overdue: s.parts_overdue,
            open: s.open,
            done: s.done,
            dropped: s.dropped,
            elsewhere: s.elsewhere,
            overdue: s.overdue,
            milestones_missed: s.milestones_missed,
            due_soon: s.due_soon,
            undated: s.undated,
            no_deadline: s.no_deadline,
            stale: s.stale,
            never_updated: s.never_updated,
            updates_undated: s.updates_undated,
            rag: counts(&s.rag),
            implied_rag: counts(&s.implied_rag),
            status: counts(&s.status),
            matrix: s.matrix.iter().map(cell).collect(),
        }
    }
}

fn group<'a>(by: GroupKey, name: Option<&'a str>, group: &'a crate::summary::Group) -> GroupItem<'a> {
    GroupItem {
        by: by.name(),
        name,
        total: group.summary.total,
        parts: group.summary.parts,
        sole: group.sole,
        joint: group.joint,
        collective: group.collective,
        open: group.summary.open,
        overdue: group.summary.overdue,
        rag: counts(&group.summary.rag),
        status: counts(&group.summary.status),
    }
}
