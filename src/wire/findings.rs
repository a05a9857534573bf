//! What `validate` and `check` found.

use crate::diagnostic::Finding;
use crate::rules::Counts as FindingCounts;
use chrono::NaiveDate;
use serde::Serialize;

/// The body of `plan/validate/1` and `plan/check/1`.
#[derive(Debug, Serialize)]
pub struct Findings<'a> {
    findings: Vec<FindingItem<'a>>,
    counts: CountsItem,
}

#[derive(Debug, Serialize)]
struct FindingItem<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
    id: Option<&'a str>,
    accepted: Option<AcceptedItem<'a>>,
}

#[derive(Debug, Serialize)]
struct AcceptedItem<'a> {
    reason: &'a str,
    until: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct CountsItem {
    error: usize,
    warning: usize,
    note: usize,
    accepted: usize,
}

impl<'a> Findings<'a> {
    /// Findings and how many there are of each level.
    #[must_use]
    pub fn new(findings: &'a [Finding], counts: FindingCounts) -> Self {
        let FindingCounts { error, warning, note, accepted } = counts;
        let item = |f: &'a Finding| {
            let (start, end) = (f.location.as_ref().map(|l| l.start), f.location.as_ref().map(|l| l.end));
            FindingItem {
                rule: f.rule,
                severity: f.severity.name(),
                message: &f.message,
                path: &f.path,
                line: start.map(|p| p.line),
                column: start.map(|p| p.column),
                end_line: end.map(|p| p.line),
                end_column: end.map(|p| p.column),
                help: f.help.as_deref(),
                id: f.id.as_deref(),
                accepted: f.accepted.as_ref().map(|a| AcceptedItem { reason: &a.reason, until: a.until }),
            }
        };
        Self {
            findings: findings.iter().map(item).collect(),
            counts: CountsItem { error, warning, note, accepted },
        }
    }
}
