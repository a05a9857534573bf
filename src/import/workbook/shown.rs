//! The value of a cell as its sheet shows it.

use calamine::{Data, DataType as _};
use chrono::{Datelike as _, NaiveTime};
use ssfmt::{FormatOptions, NumberFormat};

/// No format that a program writes is longer.
const LONGEST: usize = 255;
/// Beyond, what shows every number its own way writes powers of ten, and no id is told by those.
const PLAIN: f64 = 1e11;

/// A cell's value as text: numbers as its format shows them, dates as 2025-03-27, times as 12:00.
pub(super) fn shown(value: &Data, format: &str) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::DateTime(moment) if moment.is_duration() => {
            formatted(moment.as_f64(), format).unwrap_or_else(|| value.to_string())
        }
        // Whoever types a month gets its first day; another day was meant.
        Data::DateTime(_) | Data::DateTimeIso(_)
            if is_of_months(format) && value.as_date().is_none_or(|day| day.day() == 1) =>
        {
            value.as_date().map_or_else(|| value.to_string(), |day| day.format("%b %Y").to_string())
        }
        Data::DateTime(_) | Data::DateTimeIso(_) => moment(value),
        Data::Float(_) | Data::Int(_) => number(value, format),
        other => other.to_string(),
    }
}

/// Whether a format shows the month and the year of a date, and no day: "Apr-26" is all that a reader sees.
fn is_of_months(format: &str) -> bool {
    // What stands in brackets is a language, what stands in quotes or behind a backslash is text.
    let mut codes = String::new();
    let mut chars = format.split(';').next().unwrap_or_default().chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => drop(chars.by_ref().find(|c| *c == ']')),
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '\\' => drop(chars.next()),
            c => codes.extend(c.to_lowercase()),
        }
    }
    codes.contains('m') && codes.contains('y') && !codes.contains(['d', 'h', 's'])
}

fn moment(value: &Data) -> String {
    match (value.as_datetime(), value.as_date()) {
        (Some(moment), _) if moment.date().year() < 1900 => moment.format("%H:%M").to_string(),
        (Some(moment), _) if moment.time() != NaiveTime::MIN => moment.format("%Y-%m-%d %H:%M").to_string(),
        (_, Some(day)) => day.to_string(),
        _ => value.to_string(),
    }
}

fn number(value: &Data, format: &str) -> String {
    let number = value.as_f64().unwrap_or_default();
    let is_general = format.is_empty() || format.eq_ignore_ascii_case("general");
    let shown = match is_general {
        // A whole number is written as one, whatever the sheet keeps it as.
        true if number.fract() == 0.0 || number.abs() >= PLAIN => None,
        true => formatted(number, "General"),
        false => formatted(number, format),
    };
    shown.unwrap_or_else(|| value.to_string())
}

/// A number in a format; none where the format says nothing of it, and where it is none that can be read.
fn formatted(number: f64, format: &str) -> Option<String> {
    // The library fails where `General` stands among other signs.
    let is_mixed = format != "General" && format.to_ascii_lowercase().contains("general");
    if format.len() > LONGEST || is_mixed {
        return None;
    }
    let shown = NumberFormat::parse(format).ok()?.format(number, &FormatOptions::default());
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    shown.contains(|c: char| c.is_ascii_digit()).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    #[test]
    fn numbers_are_written_as_the_sheet_shows_them() {
        let told = [
            (7.0, "General"),
            (0.1 + 0.2, "General"),
            (1_234_567_890_123.0, "General"),
            (7.0, ""),
            (7.0, "\"R\"0"),
            (7.0, "000"),
            (12.0, "\"AC/\"0000\"/26\""),
            (7.1, "0.00"),
            (0.255, "0%"),
            (1234.5, "_-£* #,##0.00_-"),
            (-3.0, "[Red]0;[Blue]-0"),
            (7.0, ";;;"),
            (7.0, "\"none\""),
            (7.0, "é General"),
            (7.0, "[nonsense"),
        ]
        .map(|(number, format)| format!("{format} {number}: {}\n", shown(&Data::Float(number), format)));
        insta::assert_snapshot!(told.concat(), @r#"
        General 7: 7
        General 0.30000000000000004: 0.3
        General 1234567890123: 1234567890123
         7: 7
        "R"0 7: R7
        000 7: 007
        "AC/"0000"/26" 12: AC/0012/26
        0.00 7.1: 7.10
        0% 0.255: 26%
        _-£* #,##0.00_- 1234.5: £1,234.50
        [Red]0;[Blue]-0 -3: -3
        ;;; 7: 7
        "none" 7: 7
        é General 7: 7
        [nonsense 7: 7
        "#);
    }

    #[test]
    fn times_are_written_as_the_sheet_shows_them() {
        let at =
            |number: f64, kind: ExcelDateTimeType| Data::DateTime(ExcelDateTime::new(number, kind, false));
        let told = [
            (at(45_743.0, ExcelDateTimeType::DateTime), "dd/mm/yyyy"),
            (at(45_717.0, ExcelDateTimeType::DateTime), "[$-809]mmm\\-yy;@"),
            (at(45_743.0, ExcelDateTimeType::DateTime), "mmm\\-yy"),
            (at(45_743.5, ExcelDateTimeType::DateTime), "dd/mm/yyyy hh:mm"),
            (at(0.5, ExcelDateTimeType::DateTime), "hh:mm"),
            (at(1.25, ExcelDateTimeType::TimeDelta), "[h]:mm"),
        ]
        .map(|(value, format)| format!("{format}: {}\n", shown(&value, format)));
        insta::assert_snapshot!(told.concat(), @r"
        dd/mm/yyyy: 2025-03-27
        [$-809]mmm\-yy;@: Mar 2025
        mmm\-yy: 2025-03-27
        dd/mm/yyyy hh:mm: 2025-03-27 12:00
        hh:mm: 12:00
        [h]:mm: 30:00
        ");
    }

    proptest::proptest! {
        #[test]
        fn no_format_stops_the_program(
            format in "([0#?.,%/\\\\_*@;éx -]|E[+]|\\[(Red|h|mm|>1|\\$£-809)\\]|\"[a-z]?\"|General|[ymdhs]{1,5}|AM/PM){0,12}|\\PC{0,20}",
            number in proptest::num::f64::ANY,
        ) {
            let _ = shown(&Data::Float(number), &format);
            let _ = shown(
                &Data::DateTime(ExcelDateTime::new(number, ExcelDateTimeType::TimeDelta, false)),
                &format,
            );
        }
    }
}
