//! As of when a column reports, by what stands over it.

use super::headings::plain;
use super::{dates, is_among};
use chrono::{Datelike as _, NaiveDate};

/// As of when a column reports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// As the document stands.
    Now,
    /// As of a day: "Status at 30-Jun-22".
    On(NaiveDate),
    /// For a period that is no day: "Progress (Q1 2025/26)".
    In(String),
}

impl When {
    /// As it stands behind the name of a key.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Now => String::new(),
            Self::On(date) => format!(" of {}", crate::wording::day(*date)),
            Self::In(period) => format!(" for {period}"),
        }
    }

    /// Whether it is a time that anybody would know: a day, a month, a quarter of a year.
    pub(super) fn is_time(&self) -> bool {
        match self {
            Self::Now => false,
            Self::On(_) => true,
            Self::In(period) => {
                let words = plain(period);
                self.order().is_some() || words.split(' ').any(|word| month_of(word).is_some())
            }
        }
    }

    /// The year and the month that it is about, or begins with; none where it says no year.
    pub(super) fn order(&self) -> Option<(i32, u32, u32)> {
        match self {
            Self::Now => None,
            Self::On(date) => Some((date.year(), date.month(), date.day())),
            Self::In(period) => in_order(period),
        }
    }
}

/// Whether what is reported of a time is of one after that day.
pub(super) fn is_ahead(when: &When, today: NaiveDate) -> bool {
    let of_today = match when {
        When::On(_) => (today.year(), today.month(), today.day()),
        When::In(_) | When::Now => (today.year(), today.month(), 32),
    };
    when.order().is_some_and(|order| order > of_today)
}

/// Whether a period is only said to be before this one: "Previous", "at last meeting".
pub(super) fn is_past(period: &str) -> bool {
    let words = plain(period);
    let past = ["prev", "previous", "prior", "last", "original", "initial", "baseline"];
    in_order(period).is_none() && words.split(' ').any(|word| past.contains(&word))
}

/// The month that a word names.
pub(super) fn month_of(word: &str) -> Option<u32> {
    let at = dates::MONTHS.split(' ').position(|month| word == month || word == &month[..3])?;
    u32::try_from(at + 1).ok()
}

/// The year and the month of a period, or in which it begins, in words that name both: "Jan 2026", "Mar-26", "Q1 2025/26".
fn in_order(period: &str) -> Option<(i32, u32, u32)> {
    let words: Vec<String> = period
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_year = |word: &&String| matches!(word.len(), 2 | 4) && word.bytes().all(|b| b.is_ascii_digit());
    let year: i32 = words.iter().find(is_year)?.parse().ok()?;
    let year = if year < 100 { 2000 + year } else { year };
    // "2025/26": a year that begins in April.
    let is_financial = words.iter().filter(|word| is_year(word)).count() > 1;
    let quarter = |word: &String| {
        word.strip_prefix('q').and_then(|n| n.parse::<u32>().ok()).filter(|n| (1..5).contains(n))
    };
    let (year, month) = match (words.iter().find_map(|word| month_of(word)), words.iter().find_map(quarter)) {
        (Some(month), _) if is_financial && month < 4 => (year + 1, month),
        (Some(month), _) => (year, month),
        (None, Some(quarter)) if is_financial && quarter == 4 => (year + 1, 1),
        (None, Some(quarter)) if is_financial => (year, 3 * quarter + 1),
        (None, Some(quarter)) => (year, 3 * quarter - 2),
        (None, None) => return None,
    };
    // The day does not matter: what is about a month comes behind what is about a day of it.
    Some((year, month, 32))
}

/// As of when: the one day in a heading, or the words of it that name a time which is not now.
pub(super) fn when(heading: &str) -> When {
    if let [one] = dates::all(heading).as_slice() {
        return When::On(one.date);
    }
    const OF_KEY: &str = "rag brag rating status update updates progress position commentary comment comments narrative \
                          action taken response report at as of the for to in on date force";
    const NOT_NOW: &str = "prev previous prior last original initial baseline quarter q1 q2 q3 q4 week month";
    let words =
        heading.split(|c: char| !c.is_alphanumeric() && c != '/' && c != '-').filter(|word| !word.is_empty());
    let rest: Vec<&str> = words.filter(|word| !is_among(OF_KEY, &word.to_lowercase())).collect();
    let names_time = |word: &&str| {
        let word = word.to_lowercase();
        is_among(NOT_NOW, &word) || month_of(&word).is_some() || word.contains(|c: char| c.is_ascii_digit())
    };
    // The last comment is the newest; the last rating was before this one.
    let is_newest = matches!(rest.as_slice(), [last] if last.eq_ignore_ascii_case("last"))
        && !plain(heading).split(' ').any(|word| ["rag", "brag", "rating", "status"].contains(&word));
    if rest.iter().any(names_time) && !is_newest { When::In(rest.join(" ")) } else { When::Now }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_with_a_year_have_an_order() {
        let times = [
            "Jan 2026",
            "Mar-26",
            "September 2026",
            "Q1 2025/26",
            "Q4 2025/26",
            "Prev",
            "Q2",
            "July",
            "Oct 2025/26",
            "Jan 2025/26",
        ];
        let told = times.map(|time| format!("{time}: {:?}\n", When::In(time.to_owned()).order()));
        insta::assert_snapshot!(told.concat(), @"
        Jan 2026: Some((2026, 1, 32))
        Mar-26: Some((2026, 3, 32))
        September 2026: Some((2026, 9, 32))
        Q1 2025/26: Some((2025, 4, 32))
        Q4 2025/26: Some((2026, 1, 32))
        Prev: None
        Q2: None
        July: None
        Oct 2025/26: Some((2025, 10, 32))
        Jan 2025/26: Some((2026, 1, 32))
        ");
    }
}
