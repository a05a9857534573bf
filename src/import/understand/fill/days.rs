//! The days of a recommendation: when it was issued and ended, and by when it is to be done.

use super::{Filling, keep};
use crate::import::understand::dates::{self, Order};
use crate::import::understand::deadlines::{self, Due};
use crate::import::understand::headings::Key;
use crate::import::understand::record::{Filled, Record, is_blank, text};
use crate::model::{Closure, Deadline, Done, Milestone, Recommendation};
use chrono::Datelike as _;
use std::collections::BTreeSet;

/// The years that anybody plans in.
const USUAL: std::ops::RangeInclusive<i32> = 1990..=2099;

/// The columns of days in which one at least has the month first, and none the day, so that others may.
pub(super) fn month_first(records: &[Record]) -> BTreeSet<String> {
    let with = |order: Order| -> BTreeSet<String> {
        let is_one = |cell: &&Filled| {
            matches!(cell.key, Key::Deadline | Key::Forecast | Key::Issued | Key::Closed)
                && dates::orders(&text(cell)).contains(&order)
        };
        let cells = records.iter().flat_map(|record| &record.cells).filter(is_one);
        cells.map(|cell| cell.heading.clone()).collect()
    };
    with(Order::MonthFirst).difference(&with(Order::DayFirst)).cloned().collect()
}

impl Filling<'_> {
    /// When it was issued, and when it ended.
    pub(super) fn days(&mut self, r: &mut Recommendation) {
        for (key, name) in [(Key::Issued, "issued"), (Key::Closed, "closed")] {
            let Some(cell) = self.cell(&key) else { continue };
            let text = text(cell).split_whitespace().collect::<Vec<_>>().join(" ");
            let is_sure = !self.is_either(cell);
            match dates::whole(&text).filter(|found| !found.is_worded && is_sure) {
                Some(found) if key == Key::Issued => r.issued = Some(found.date),
                Some(found) => r.closure = Some(Closure { on: Some(found.date), by: None, reason: None }),
                None => {
                    self.unsure(&format!("\"{text}\" is no certain day: it is kept as custom.{name}"));
                    keep(r, name, toml::Value::String(text));
                }
            }
        }
    }

    /// By when it is to be done: as its column says, else as its text does.
    pub(super) fn due(&mut self, r: &mut Recommendation, body: &[String]) {
        let mut found = match self.cell(&Key::Deadline) {
            Some(cell) => self.said_by(cell),
            None => deadlines::of_text(body),
        };
        if found.is_empty()
            && let Some(day) = body.iter().find_map(|text| deadlines::named(text))
        {
            self.unsure(&format!("its text says \"{day}\", which may be its deadline: none is taken"));
        }
        if found.len() > 1 {
            let told = format!("{}: {} deadlines became milestones", self.record.place, found.len());
            self.account.understood.push(told);
            r.milestones = found
                .into_iter()
                .map(|due| Milestone { title: due.what, due: Some(due.deadline), done: Done::No })
                .collect();
        } else {
            r.deadline = found.pop().map(|due| due.deadline);
        }
        self.in_words("deadline", r.deadline.as_ref());
        r.forecast = self.cell(&Key::Forecast).and_then(|cell| {
            let mut found = self.said_by(cell);
            match found.len() {
                0 | 1 => found.pop().map(|due| due.deadline),
                // There is one forecast: of several days none is surely it.
                _ => Some(deadlines::undated(&text(cell))),
            }
        });
        self.in_words("forecast", r.forecast.as_ref());
    }

    /// What a cell of days says.
    fn said_by(&self, cell: &Filled) -> Vec<Due> {
        let text = text(cell);
        match self.is_either(cell) {
            true => vec![Due { deadline: deadlines::undated(&text), what: String::new() }],
            false => deadlines::of_cell(&text),
        }
    }

    /// Whether nobody can tell the day from the month in a cell, for others of its column have the month first.
    fn is_either(&self, cell: &Filled) -> bool {
        self.month_first.contains(&cell.heading) && dates::orders(&text(cell)).contains(&Order::Either)
    }

    fn in_words(&mut self, what: &str, deadline: Option<&Deadline>) {
        if let Some(date) = deadline.and_then(Deadline::date).filter(|date| !USUAL.contains(&date.year())) {
            self.unsure(&format!("its {what} is in the year {}", date.year()));
        }
        if let Some(Deadline::Undated { wording }) = deadline {
            self.unsure(&format!("its {what} stays in words: \"{wording}\""));
        }
    }

    fn cell(&self, key: &Key) -> Option<&Filled> {
        self.record.cells.iter().find(|cell| cell.key == *key && !is_blank(cell))
    }
}
