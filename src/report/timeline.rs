//! When what is due: deadlines by month, quarter or year.

use super::{Audience, Chapter, is_silent};
use crate::model::{Phase, Recommendation};
use crate::standing::Standing;
use chrono::{Datelike as _, NaiveDate};

/// How far something with a date is, on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Open and past its date.
    Overdue,
    /// Open, with its date to come.
    Open,
    /// Done.
    Done,
    /// No longer pursued.
    Dropped,
    /// Reported by another body.
    Elsewhere,
    /// Of which the public is told nothing.
    Silent,
}

impl Stage {
    /// All of them, in the order in which they are drawn.
    pub const ALL: [Self; 6] =
        [Self::Overdue, Self::Open, Self::Done, Self::Dropped, Self::Elsewhere, Self::Silent];

    /// How far a recommendation is that stands so, as far as those know for whom a page is.
    #[must_use]
    pub fn of(r: &Recommendation, standing: &Standing, audience: Audience) -> Self {
        match standing.phase {
            Phase::Open if audience == Audience::Public && is_silent(r) => Self::Silent,
            Phase::Open if standing.overdue() => Self::Overdue,
            Phase::Open => Self::Open,
            Phase::Done => Self::Done,
            Phase::Dropped => Self::Dropped,
            Phase::Elsewhere => Self::Elsewhere,
        }
    }
}

/// What is due in a month, a quarter, a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// What people call the time: "Mar 2025", "Q1 2025", "2025".
    pub label: String,
    /// How many of each stage are due in it, in the order of [`Stage::ALL`].
    pub counts: [usize; Stage::ALL.len()],
    /// Whether today is in it.
    pub holds_today: bool,
}

/// Deadlines in time. Whole recommendations are counted, parts are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The time from the first to the last, and today, without a gap.
    pub bins: Vec<Bin>,
    /// How many are not on it, since nothing gives them a date.
    pub without: usize,
}

/// More bins than these nobody tells apart.
const MOST: i32 = 24;

impl Timeline {
    /// The deadlines of some plans, on a day.
    #[must_use]
    pub fn of(chapters: &[Chapter], audience: Audience, today: NaiveDate) -> Self {
        let entries = chapters.iter().flat_map(Chapter::entries).filter(|(r, _)| r.parent.is_none());
        let (mut due, mut without) = (Vec::new(), 0);
        for (r, standing) in entries {
            match standing.due {
                Some(date) => due.push((date, Stage::of(r, standing, audience))),
                None => without += 1,
            }
        }
        let dates = due.iter().map(|(date, _)| *date);
        let Some((first, last)) = dates.clone().min().zip(dates.max()) else {
            return Self { bins: Vec::new(), without };
        };
        let (first, last) = (first.min(today), last.max(today));
        let fits = |months: i32| number(last, months) - number(first, months) < MOST;
        // As many years as it takes: a slip of the finger may be due in 2925.
        let months = [1, 3, 12].into_iter().find(|months| fits(*months)).unwrap_or_else(|| {
            let years = last.year() - first.year() + 1;
            12 * (years / MOST + 1)
        });
        let (from, to) = (number(first, months), number(last, months));
        let mut bins: Vec<Bin> = (from..=to)
            .map(|n| Bin {
                label: label(n, months),
                counts: [0; Stage::ALL.len()],
                holds_today: n == number(today, months),
            })
            .collect();
        for (date, stage) in due {
            let place = usize::try_from(number(date, months) - from).unwrap_or(0);
            if let Some(bin) = bins.get_mut(place) {
                bin.counts[stage as usize] += 1;
            }
        }
        Self { bins, without }
    }
}

/// The number of the bin that a day is in.
fn number(day: NaiveDate, months: i32) -> i32 {
    let month = day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0);
    month.div_euclid(months)
}

/// What a bin is called.
fn label(number: i32, months: i32) -> String {
    let month = number * months;
    let (year, month0) = (month.div_euclid(12), month.rem_euclid(12));
    match months {
        1 => {
            let first = NaiveDate::from_ymd_opt(year, u32::try_from(month0).unwrap_or(0) + 1, 1);
            first.map_or_else(String::new, |day| day.format("%b %Y").to_string())
        }
        3 => format!("Q{} {year}", month0 / 3 + 1),
        12 => year.to_string(),
        months => format!("{year}–{}", year + months / 12 - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_called_as_people_call_the_time() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        let called = |date, months| label(number(date, months), months);
        assert_eq!(called(day(2025, 3, 27), 1), "Mar 2025");
        assert_eq!(called(day(2025, 3, 27), 3), "Q1 2025");
        assert_eq!(called(day(2025, 12, 31), 3), "Q4 2025");
        assert_eq!(called(day(2025, 3, 27), 12), "2025");
        assert_eq!(called(day(2025, 3, 27), 60), "2025–2029");
    }
}
