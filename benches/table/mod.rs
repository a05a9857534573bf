//! What was measured, as a table: a row for each work, beside another one and a goal where there is one.

use crate::measure::{Work, alone, alternate, median};
use anyhow::Result;
use std::time::Duration;

/// What is asked of the ratio of our time to the other's.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    AtMost(f64),
    TimesFaster(f64),
    None,
}

impl Goal {
    /// Goals are about large corpora: what holds for a thousand is told only.
    pub(crate) fn only_if(self, holds: bool) -> Self {
        if holds { self } else { Self::None }
    }

    fn name(self) -> String {
        match self {
            Self::AtMost(ratio) => format!("≤ {ratio}"),
            Self::TimesFaster(times) => format!("≥ {times} × faster"),
            Self::None => String::new(),
        }
    }

    /// What is told of a goal where there was nothing to compare with.
    fn unknown(self) -> &'static str {
        if matches!(self, Self::None) { "" } else { "not known" }
    }

    fn told(self, ratio: f64) -> (String, &'static str) {
        let met = |met: bool| if met { "yes" } else { "**no**" };
        match self {
            Self::AtMost(limit) => (format!("{ratio:.2}"), met(ratio <= limit)),
            Self::TimesFaster(times) => (format!("{:.1} × faster", 1.0 / ratio), met(1.0 / ratio >= times)),
            Self::None => (format!("{ratio:.2}"), ""),
        }
    }
}

/// Its rows: the work, its corpus and median, the other's name and median, the ratio, the goal, whether it is met.
#[derive(Default)]
pub(crate) struct Table(Vec<[String; 8]>);

impl Table {
    /// Times a work beside another one, or alone where that is not installed.
    pub(crate) fn pair(
        &mut self,
        corpus: &str,
        ours: &Work,
        theirs: &Work,
        runs: usize,
        goal: Goal,
    ) -> Result<()> {
        if !theirs.is_installed() {
            let times = alone(ours, runs)?;
            self.row(
                [ours.name(), corpus.to_owned(), middle(&times)],
                &theirs.name(),
                ["not installed".to_owned(), String::new(), goal.name(), goal.unknown().to_owned()],
            );
            return Ok(());
        }
        let (a, b) = alternate(ours, theirs, runs)?;
        let ratio = median(a.iter().zip(&b).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()));
        let (ratio, met) = goal.told(ratio);
        self.row(
            [ours.name(), corpus.to_owned(), middle(&a)],
            &theirs.name(),
            [middle(&b), ratio, goal.name(), met.to_owned()],
        );
        Ok(())
    }

    /// Puts in what a work took that is compared with nothing.
    pub(crate) fn alone(&mut self, corpus: &str, name: &str, times: &[Duration]) {
        let nothing = [const { String::new() }; 4];
        self.row([name.to_owned(), corpus.to_owned(), middle(times)], "", nothing);
    }

    fn row(&mut self, [work, corpus, ours]: [String; 3], against: &str, rest: [String; 4]) {
        let code = |name: &str| if name.is_empty() { String::new() } else { format!("`{name}`") };
        let work = if work.starts_with("plan") { code(&work) } else { work };
        let [theirs, ratio, goal, met] = rest;
        self.0.push([work, corpus, ours, code(against), theirs, ratio, goal, met]);
    }

    pub(crate) fn print(&self) {
        println!("| work | corpus | median | against | median | ratio | goal | met |");
        println!("|---|---|---:|---|---:|---:|---|---|");
        for row in &self.0 {
            println!("| {} |", row.join(" | "));
        }
    }
}

fn middle(times: &[Duration]) -> String {
    let seconds = median(times.iter().map(Duration::as_secs_f64));
    if seconds < 1.0 { format!("{:.1} ms", seconds * 1e3) } else { format!("{seconds:.2} s") }
}

/// In units of a million.
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// 100000 as 100,000.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let grouped: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    grouped.join(",")
}
