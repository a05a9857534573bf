//! Data to text, a file a format. Nothing here reads, computes or writes to a stream that it was
//! not given.

pub mod columns;
pub mod csv;
pub mod findings;
pub mod github;
pub mod json;
pub mod markdown;
pub mod show;
pub mod style;
pub mod summary;
pub mod table;

use crate::model::Deadline;
use chrono::NaiveDate;
use std::borrow::Cow;

/// How text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are written.
    pub colour: bool,
    /// How wide the terminal is; none where the text goes into a file or a pipe, which keeps every
    /// row on its line.
    pub width: Option<usize>,
}

/// A date as people write it: 27 Mar 2025.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    crate::rules::day(date)
}

/// "1 thing", "2 things".
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// A number with its thousands set off: 100,000.
#[must_use]
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A deadline in words: its date, and the source's wording where it was kept.
#[must_use]
pub fn deadline(deadline: &Deadline) -> Cow<'_, str> {
    match deadline {
        Deadline::On(date) => day(*date).into(),
        Deadline::Worded { date, wording } => format!("{} (“{wording}”)", day(*date)).into(),
        Deadline::Undated { wording } => format!("“{wording}”").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_off() {
        assert_eq!(
            [0, 999, 1000, 100_000, 1_234_567].map(thousands),
            ["0", "999", "1,000", "100,000", "1,234,567"]
        );
    }
}
