//! Runs of whole numbers that have no recommendation: found, and told, without counting through
//! them, so that the ids 1 and 4000000000 cost no more than 1 and 4.

use super::Context;
use crate::model::Recommendation;
use std::collections::BTreeSet;

/// A run of numbers, from the first to the last, both included.
pub(super) type Run = (u32, u32);

/// The numbers of the plan's recommendations, and of those that may be in files that could not be
/// read.
pub(super) fn there(context: &Context<'_>) -> BTreeSet<u32> {
    let number = |r: &Recommendation| r.id.number();
    context.plan.recommendations.iter().filter_map(number).chain(context.gaps.numbers()).collect()
}

/// The runs from `first` to `last` that are not there, in order.
pub(super) fn missing(first: u32, last: u32, there: &BTreeSet<u32>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut next = Some(first);
    for &number in there.range(first..=last) {
        if let Some(from) = next.filter(|from| *from < number) {
            runs.push((from, number - 1));
        }
        next = number.checked_add(1);
    }
    runs.extend(next.filter(|from| *from <= last).map(|from| (from, last)));
    runs
}

/// The same numbers in as few runs as there can be.
pub(super) fn merged(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    let mut merged: Vec<Run> = Vec::with_capacity(runs.len());
    for (first, last) in runs {
        match merged.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// A run in words: "4", "4 and 5", "4 to 6".
fn told((first, last): Run) -> String {
    match last - first {
        0 => format!("{first}"),
        1 => format!("{first} and {last}"),
        _ => format!("{first} to {last}"),
    }
}

/// The recommendations of a run: "recommendation 4", "recommendations 4 to 6".
pub(super) fn recommendations(run: Run) -> String {
    let plural = if run.0 == run.1 { "" } else { "s" };
    format!("recommendation{plural} {}", told(run))
}

/// That they are missing: "recommendation 4 is missing", "recommendations 4 to 6 are missing".
pub(super) fn are_missing(run: Run) -> String {
    let are = if run.0 == run.1 { "is" } else { "are" };
    format!("{} {are} missing", recommendations(run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_in_runs() {
        let there = BTreeSet::from([1, 4, 5, 8, u32::MAX]);
        assert_eq!(missing(1, 9, &there), [(2, 3), (6, 7), (9, 9)]);
        assert_eq!(missing(9, u32::MAX, &there), [(9, u32::MAX - 1)]);
        assert_eq!(missing(4, 5, &there), []);
        assert_eq!(merged(vec![(6, 9), (1, 2), (3, 3), (7, 8)]), [(1, 3), (6, 9)]);
        assert_eq!([(4, 4), (4, 5), (4, 6)].map(told), ["4", "4 and 5", "4 to 6"]);
    }
}
