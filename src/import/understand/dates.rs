//! Days in prose: only what is certain is a date, and all else stays in its own words.
//!
//! The day stands before the month, as in Britain; a year of two digits is of this century.

use chrono::{Datelike as _, Months, NaiveDate, Weekday};
use std::ops::Range;
use winnow::Parser;
use winnow::ascii::{Caseless, digit1};
use winnow::combinator::{alt, opt, terminated};
use winnow::error::ContextError;
use winnow::token::{one_of, take_while};

/// A day that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) at: Range<usize>,
    pub(super) date: NaiveDate,
    /// Whether the words say another thing than a day: "the end of 2024".
    pub(super) is_worded: bool,
}

type Input<'t> = &'t str;
type Failed = winnow::error::ErrMode<ContextError>;

/// Every day in a text, in its order.
pub(super) fn all(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let rest = &text[from..];
        let before = text[..from].chars().next_back();
        let begins = !before.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '/' | '.' | '-') && !rest.starts_with(char::is_whitespace)
        });
        let mut input = rest;
        if begins && let Ok((date, is_worded)) = day.parse_next(&mut input) {
            let end = text.len() - input.len();
            // Of a day that is no such day of the week, nobody can tell which of the two is meant.
            found.extend(date.map(|date| Found { at: from..end, date, is_worded }));
            from = end;
            continue;
        }
        from += rest.chars().next().map_or(1, char::len_utf8);
    }
    found
}

/// The day that a text is, and nothing else but a word that introduces it: "By 27 March 2025."
pub(super) fn whole(text: &str) -> Option<Found> {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    let found = all(text);
    let [one] = found.as_slice() else { return None };
    let (before, after) = (text[..one.at.start].trim().to_lowercase(), text[one.at.end..].trim());
    let introduces =
        ["", "by", "on", "due", "due by", "deadline", "deadline:", "by the"].contains(&before.as_str());
    (introduces && after.is_empty()).then(|| one.clone())
}

/// In which order day and month stand in a date of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The day surely stands first: 27/03/25.
    DayFirst,
    /// The month surely does: 03/27/25.
    MonthFirst,
    /// Either may: 03/04/25.
    Either,
}

/// The orders of the dates of figures in a text.
pub(super) fn orders(text: &str) -> Vec<Order> {
    let figures = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-'));
    figures.filter_map(order).collect()
}

fn order(figures: &str) -> Option<Order> {
    let parts: Vec<&str> = figures.trim_end_matches(['.', '-']).split(['/', '.', '-']).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let of = |part: &str| part.parse::<u32>().ok().filter(|n| (1..=31).contains(n) && part.len() <= 2);
    let (first, second) = (of(first)?, of(second)?);
    match (first, second) {
        _ if !matches!(year.len(), 2 | 4) => None,
        (1..=12, 13..) => Some(Order::MonthFirst),
        (13.., 1..=12) => Some(Order::DayFirst),
        (1..=12, 1..=12) if first != second => Some(Order::Either),
        _ => None,
    }
}

/// A day, or none where it is not the day of the week that stands before it; and whether it is worded.
fn day(input: &mut Input<'_>) -> Result<(Option<NaiveDate>, bool), Failed> {
    let is_on = |(weekday, date): (Option<Weekday>, NaiveDate)| {
        (Some(date).filter(|date| weekday.is_none_or(|weekday| date.weekday() == weekday)), false)
    };
    alt((
        iso.map(|date| (Some(date), false)),
        numeric.map(|date| (Some(date), false)),
        (opt(weekday), day_month_year).map(is_on),
        (opt(weekday), month_day_year).map(is_on),
        end_of.map(|date| (Some(date), true)),
    ))
    .parse_next(input)
}

/// 2025-03-27, with a time behind it or without.
fn iso(input: &mut Input<'_>) -> Result<NaiveDate, Failed> {
    let (year, _, month, _, day) =
        (digits(4..=4), '-', digits(1..=2), '-', digits(1..=2)).parse_next(input)?;
    let _ = opt(time).parse_next(input)?;
    ends(input)?;
    date(year, month, day)
}

/// The time behind a day: " 09:14", "T09:14:30".
fn time(input: &mut Input<'_>) -> Result<(), Failed> {
    (one_of([' ', 'T']), digits(1..=2), ':', digits(2..=2), opt((':', digits(2..=2))))
        .void()
        .parse_next(input)
}

/// 27/03/2025, 27.03.25, 27-3-2025
fn numeric(input: &mut Input<'_>) -> Result<NaiveDate, Failed> {
    let whole = *input;
    let (day, between) = (digits(1..=2), one_of(['/', '.', '-'])).parse_next(input)?;
    let (month, _, year) = (digits(1..=2), between, year).parse_next(input)?;
    // 1.2.25 is a version, or a chapter, as soon as a day.
    if between == '.' && whole.len() - input.len() == "1.2.25".len() {
        return Err(failed());
    }
    let _ = opt(time).parse_next(input)?;
    ends(input)?;
    date(year, month, day)
}

/// 27 March 2025, 27th of March, 2025, 30-Jun-22
fn day_month_year(input: &mut Input<'_>) -> Result<NaiveDate, Failed> {
    let day = terminated(digits(1..=2), opt((space, ordinal))).parse_next(input)?;
    let (_, _, month, _) = (between, opt((Caseless("of"), space)), month, between).parse_next(input)?;
    let year = year(input)?;
    ends(input)?;
    date(year, month, day)
}

/// March 27, 2025
fn month_day_year(input: &mut Input<'_>) -> Result<NaiveDate, Failed> {
    let (month, _, day) =
        (month, between, terminated(digits(1..=2), opt((space, ordinal)))).parse_next(input)?;
    let (_, _, year) = (opt(','), space, digits(4..=4)).parse_next(input)?;
    ends(input)?;
    date(year, month, day)
}

/// The end of March 2025, the end of 2024: the last day of it.
fn end_of(input: &mut Input<'_>) -> Result<NaiveDate, Failed> {
    let _ = (opt((Caseless("the"), space)), Caseless("end"), space, opt((Caseless("of"), space)))
        .parse_next(input)?;
    let month = opt(terminated(month, between)).parse_next(input)?;
    let year = digits(4..=4).parse_next(input)?;
    // The end of 2024/25 is that of some other year than the calendar's.
    if input.starts_with(['/', '-', '–']) {
        return Err(failed());
    }
    ends(input)?;
    let first = date(year, month.unwrap_or(12), 1)?;
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).ok_or_else(failed)
}

fn weekday(input: &mut Input<'_>) -> Result<Weekday, Failed> {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = take_while(3.., |c: char| c.is_ascii_alphabetic()).parse_next(input)?.to_lowercase();
    let at = days.iter().position(|day| day.starts_with(&word)).ok_or_else(failed)?;
    (opt(','), space).void().parse_next(input)?;
    u8::try_from(at).ok().and_then(|at| Weekday::try_from(at).ok()).ok_or_else(failed)
}

/// The months, in their order.
pub(super) const MONTHS: &str =
    "january february march april may june july august september october november december";

fn month(input: &mut Input<'_>) -> Result<u32, Failed> {
    let word = take_while(3.., |c: char| c.is_ascii_alphabetic()).parse_next(input)?.to_lowercase();
    let is = |name: &str| name == word || name[..3] == word || (name == "september" && word == "sept");
    let number = MONTHS.split(' ').position(is).ok_or_else(failed)?;
    let _ = opt('.').parse_next(input)?;
    u32::try_from(number + 1).map_err(|_| failed())
}

fn ordinal(input: &mut Input<'_>) -> Result<(), Failed> {
    alt((Caseless("st"), Caseless("nd"), Caseless("rd"), Caseless("th"))).void().parse_next(input)
}

/// A year of four digits, or of two: 25 is 2025.
fn year(input: &mut Input<'_>) -> Result<u32, Failed> {
    let text = digit1.parse_next(input)?;
    match (text.len(), text.parse::<u32>()) {
        (4, Ok(year)) => Ok(year),
        // 98 is 1998 as soon as 2098.
        (2, Ok(year)) if year < 50 => Ok(2000 + year),
        _ => Err(failed()),
    }
}

fn digits<'t>(many: std::ops::RangeInclusive<usize>) -> impl Parser<Input<'t>, u32, Failed> {
    take_while(many, |c: char| c.is_ascii_digit()).try_map(str::parse)
}

fn space(input: &mut Input<'_>) -> Result<(), Failed> {
    take_while(0.., |c: char| c.is_whitespace()).void().parse_next(input)
}

/// What stands between the parts of a date: white space, a hyphen, a comma, a full stop.
fn between(input: &mut Input<'_>) -> Result<(), Failed> {
    take_while(0..=3, |c: char| c.is_whitespace() || matches!(c, '-' | ',' | '.' | '/'))
        .void()
        .parse_next(input)
}

/// A date ends where no letter and no digit follows, nor a further part of a number.
fn ends(input: &mut Input<'_>) -> Result<(), Failed> {
    let mut rest = input.chars();
    let goes_on = match rest.next() {
        Some(c) if c.is_alphanumeric() => true,
        Some('/' | '-') => rest.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    if goes_on { Err(failed()) } else { Ok(()) }
}

fn date(year: u32, month: u32, day: u32) -> Result<NaiveDate, Failed> {
    let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    date.filter(|date| (1900..=2199).contains(&date.year())).ok_or_else(failed)
}

fn failed() -> Failed {
    winnow::error::ErrMode::Backtrack(ContextError::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let one = |found: &Found| {
            format!(
                "{}{} in \"{}\"",
                found.date,
                if found.is_worded { " (worded)" } else { "" },
                &text[found.at.clone()]
            )
        };
        let all: Vec<String> = all(text).iter().map(one).collect();
        format!("{text}: {}\n", if all.is_empty() { "none".to_owned() } else { all.join("; ") })
    }

    #[test]
    fn days_are_read_the_british_way_and_nothing_is_guessed() {
        let texts = [
            "By 27 March 2025, to work",
            "By 27/03/25",
            "27.3.2025",
            "27-03-2025 and 2025-03-28",
            "30-Jun-22",
            "27 th March 2025",
            "27th of March, 2025",
            "Thursday 27 March 2025 or Fri, 28 Mar 25",
            "Friday 27 March 2025",
            "March 27, 2025",
            "Sept. 3 2025",
            "2025-03-27 10:30",
            "02/05/2026 09:14",
            "Before the end of 2024, begin",
            "by end March 2025",
            "end of 2024/25",
            "Q3 2025",
            "March 26 earliest",
            "March 2025",
            "27 March",
            "the 2024-2025 session",
            "03/27/25",
            "31/02/2025",
            "ADR 444/12/25/3",
            "version 1.2.25",
            "12/21",
            "27/03/2025/4",
            "1 May 2025may",
        ];
        insta::assert_snapshot!(texts.iter().map(|text| told(text)).collect::<String>(), @r#"
        By 27 March 2025, to work: 2025-03-27 in "27 March 2025"
        By 27/03/25: 2025-03-27 in "27/03/25"
        27.3.2025: 2025-03-27 in "27.3.2025"
        27-03-2025 and 2025-03-28: 2025-03-27 in "27-03-2025"; 2025-03-28 in "2025-03-28"
        30-Jun-22: 2022-06-30 in "30-Jun-22"
        27 th March 2025: 2025-03-27 in "27 th March 2025"
        27th of March, 2025: 2025-03-27 in "27th of March, 2025"
        Thursday 27 March 2025 or Fri, 28 Mar 25: 2025-03-27 in "Thursday 27 March 2025"; 2025-03-28 in "Fri, 28 Mar 25"
        Friday 27 March 2025: none
        March 27, 2025: 2025-03-27 in "March 27, 2025"
        Sept. 3 2025: 2025-09-03 in "Sept. 3 2025"
        2025-03-27 10:30: 2025-03-27 in "2025-03-27 10:30"
        02/05/2026 09:14: 2026-05-02 in "02/05/2026 09:14"
        Before the end of 2024, begin: 2024-12-31 (worded) in "the end of 2024"
        by end March 2025: 2025-03-31 (worded) in "end March 2025"
        end of 2024/25: none
        Q3 2025: none
        March 26 earliest: none
        March 2025: none
        27 March: none
        the 2024-2025 session: none
        03/27/25: none
        31/02/2025: none
        ADR 444/12/25/3: none
        version 1.2.25: none
        12/21: none
        27/03/2025/4: none
        1 May 2025may: none
        "#);
    }

    #[test]
    fn a_cell_is_a_date_or_it_is_words() {
        let texts = [
            "27 March 2025",
            "By 27/03/25.",
            "Due by 2025-03-27",
            "27 March 2025 (six months)",
            "after 27 March 2025",
            "TBC",
        ];
        let told = texts.iter().map(|text| format!("{text}: {:?}\n", whole(text).map(|found| found.date)));
        insta::assert_snapshot!(told.collect::<String>(), @"
        27 March 2025: Some(2025-03-27)
        By 27/03/25.: Some(2025-03-27)
        Due by 2025-03-27: Some(2025-03-27)
        27 March 2025 (six months): None
        after 27 March 2025: None
        TBC: None
        ");
    }

    #[test]
    fn figures_that_may_have_the_month_first_are_told() {
        let told = [
            "03/27/25",
            "27/03/25",
            "03/04/2025",
            "4.4.25",
            "by 3-4-25.",
            "1.2",
            "12/21",
            "2025-03-04",
            "13/13/25",
        ]
        .map(|text| format!("{text}: {:?}\n", orders(text)));
        insta::assert_snapshot!(told.concat(), @"
        03/27/25: [MonthFirst]
        27/03/25: [DayFirst]
        03/04/2025: [Either]
        4.4.25: []
        by 3-4-25.: [Either]
        1.2: []
        12/21: []
        2025-03-04: []
        13/13/25: []
        ");
    }

    proptest::proptest! {
        #[test]
        fn a_date_in_any_text_is_found_where_it_stands(before in "[A-Za-z ,.]{0,12}", day in 1..=28u32, month in 1..=12u32, year in 2000..2100i32, after in "(, | |\\. |;)?[a-z ]{0,8}") {
            let date = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
            let text = format!("{before} {} {}", date.format("%-d %B %Y"), after.trim_start());
            let found = all(&text);
            proptest::prop_assert!(found.iter().any(|found| found.date == date), "{text}: {found:?}");
        }

        #[test]
        fn any_text_is_searched_without_a_panic(text in "\\PC{0,40}", dated in "([0-9]{1,4}[-/. ]|[A-Z][a-z]{2,4} |end of ){0,5}") {
            let _ = (all(&text), all(&dated), whole(&format!("{dated}{text}")));
        }
    }
}
