//! How dates, numbers and a plan's own words are put into sentences.

use crate::model::Deadline;
use crate::visible::one_line;
use chrono::NaiveDate;

/// A date as people write it: 27 Mar 2025.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// A deadline as people say it: its date; without one, the source's words.
#[must_use]
pub fn when(deadline: &Deadline) -> String {
    match deadline {
        Deadline::On(date) | Deadline::Worded { date, .. } => day(*date),
        Deadline::Undated { wording } => quoted(wording),
    }
}

/// A plan's own words, on one line and between quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).trim())
}

/// A number of days in words: "1 day", "606 days".
#[must_use]
pub fn days(count: impl Into<i64>) -> String {
    let count = count.into();
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// The day after.
#[must_use]
pub fn after(date: NaiveDate) -> Option<NaiveDate> {
    date.succ_opt()
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
