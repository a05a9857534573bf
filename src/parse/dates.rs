//! Dates as people write them: read only to say how the format writes them, never to be taken.

use chrono::{Datelike as _, NaiveDate};

/// How people here write dates; the day stands before the month.
const FORMS: &[&str] = &[
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%Y/%m/%d",
    "%d/%m/%y",
];

/// The date that a text is, and nothing else: "27 March 2025", "27/03/2025", "27th Mar 2025".
pub(crate) fn plain(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches(['.', ',']);
    let ordinal = |word: &str| {
        let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = matches!(&word[number.len()..], "st" | "nd" | "rd" | "th");
        if suffix && !number.is_empty() { number.to_owned() } else { word.to_owned() }
    };
    let words: Vec<String> = text.split_whitespace().map(ordinal).collect();
    let text = words.join(" ");
    // `%Y` also takes 25 for the year 25.
    let of_our_time = |date: &NaiveDate| date.year() >= 1000;
    FORMS.iter().find_map(|form| NaiveDate::parse_from_str(&text, form).ok().filter(of_our_time))
}

/// Reads 2025-03-27.
///
/// # Errors
/// How to write it, where it is written otherwise; where it is no day at all, how days are written.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    text.trim().parse().map_err(|_| match plain(text) {
        Some(day) => format!("write it as {day}"),
        None => "write a day that there is as YYYY-MM-DD: 2025-03-27".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_recognised_the_british_way() {
        for text in [
            "2025-03-27",
            "2025-3-27",
            "27/03/2025",
            "27.3.2025",
            "27 March 2025",
            "27th Mar 2025",
            "27/03/25",
        ] {
            assert_eq!(plain(text).map(|d| d.to_string()).as_deref(), Some("2025-03-27"), "{text}");
        }
        for text in ["by 27 March 2025", "March 2025", "TBC", "", "31/02/2025"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
