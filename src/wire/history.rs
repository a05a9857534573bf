//! Histories: what each commit changed, and how the plans stood over time.

use super::change::ChangeItem;
use super::counts::{Count, counts};
use crate::git::Commit;
use crate::history::{Entry, Gap, Point, Trend};
use chrono::NaiveDate;
use serde::Serialize;

/// The body of `plan/log/1`.
#[derive(Debug, Serialize)]
pub struct Log<'a> {
    shallow: bool,
    entries: Vec<EntryItem<'a>>,
    gaps: Vec<GapItem<'a>>,
}

/// What a commit changed of one recommendation, or of a plan itself.
#[derive(Debug, Serialize)]
struct EntryItem<'a> {
    commit: String,
    author: &'a str,
    date: NaiveDate,
    subject: &'a str,
    #[serde(flatten)]
    change: ChangeItem<'a>,
}

#[derive(Debug, Serialize)]
struct GapItem<'a> {
    commit: String,
    author: &'a str,
    date: NaiveDate,
    subject: &'a str,
    path: &'a str,
    message: &'a str,
}

impl<'a> From<&'a Gap> for GapItem<'a> {
    fn from(gap: &'a Gap) -> Self {
        let Gap { commit, path, message, lost: _ } = gap;
        let Commit { author, subject, .. } = &**commit;
        Self { commit: commit.id.to_string(), author, date: commit.date(), subject, path, message }
    }
}

impl<'a> Log<'a> {
    /// A history; `shallow` says that the repository does not reach back to its beginning.
    #[must_use]
    pub fn new(entries: &'a [Entry], gaps: &'a [Gap], shallow: bool) -> Self {
        let of_commit = |Entry { commit, changes }: &'a Entry| {
            changes.iter().map(|change| EntryItem {
                commit: commit.id.to_string(),
                author: &commit.author,
                date: commit.date(),
                subject: &commit.subject,
                change: change.into(),
            })
        };
        let entries = entries.iter().flat_map(of_commit).collect();
        Self { shallow, entries, gaps: gaps.iter().map(Into::into).collect() }
    }
}

/// The body of `plan/trend/1`.
#[derive(Debug, Serialize)]
pub struct TrendBody<'a> {
    by: Option<&'static str>,
    shallow: bool,
    points: Vec<PointItem<'a>>,
    gaps: Vec<GapItem<'a>>,
}

#[derive(Debug, Serialize)]
struct PointItem<'a> {
    date: NaiveDate,
    commit: String,
    total: usize,
    open: usize,
    done: usize,
    dropped: usize,
    elsewhere: usize,
    overdue: usize,
    unread: usize,
    rag: Vec<Count<'a>>,
    status: Vec<Count<'a>>,
}

impl<'a> From<&'a Point> for PointItem<'a> {
    fn from(point: &'a Point) -> Self {
        let Point { date, commit, total, open, done, dropped, elsewhere, overdue, unread, rag, status } =
            point;
        Self {
            date: *date,
            commit: commit.id.to_string(),
            total: *total,
            open: *open,
            done: *done,
            dropped: *dropped,
            elsewhere: *elsewhere,
            overdue: *overdue,
            unread: *unread,
            rag: counts(rag),
            status: counts(status),
        }
    }
}

impl<'a> TrendBody<'a> {
    /// A trend; `shallow` says that the repository does not reach back to its beginning.
    #[must_use]
    pub fn new(trend: &'a Trend, shallow: bool) -> Self {
        Self {
            by: trend.period.map(crate::history::Period::name),
            shallow,
            points: trend.points.iter().map(Into::into).collect(),
            gaps: trend.gaps.iter().map(Into::into).collect(),
        }
    }
}
