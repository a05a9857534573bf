//! The numbers of recommendations, as the document prints them.

use super::written::is_nobody;
use crate::import::document::Paragraph;

/// The number that a cell of the column of numbers gives: without the word and the full stop around it.
pub(super) fn of_cell(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = after_word(&text).unwrap_or(&text).trim();
    let inner = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .filter(|inner| !inner.contains(['(', ')']));
    let rest = inner.unwrap_or(rest);
    let number = rest.trim_end_matches(['.', ':', '-', '–', ' ']);
    // A bracket that was opened in it belongs to it: "AC/2026/03 (i)".
    let number = if number.contains('(') { number } else { number.trim_end_matches(')') };
    (number.contains(char::is_alphanumeric) && number.chars().count() <= 40).then(|| number.to_owned())
}

/// Whether a text says something in words, and is not a number alone.
pub(super) fn of_words(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .count()
        > 1
}

/// Whether what stands where a number does may say something else: "N/A", "9 (closed)", "5-6", "7 & 8", "3*".
pub(super) fn is_doubtful(number: &str) -> bool {
    let words = |is: fn(char) -> bool| number.split(move |c: char| !is(c)).filter(|word| !word.is_empty());
    let is_among = |word: &str| ["closed", "new", "old", "complete", "completed", "deleted"].contains(&word);
    let says = words(char::is_alphabetic).any(|word| is_among(&word.to_lowercase()));
    let sides = number.split_once('-').or_else(|| number.split_once('–'));
    let small = |side: &str| side.trim().parse::<u32>().ok().filter(|n| *n < 1_000);
    let is_range = sides.and_then(|(from, to)| Some(small(from)? < small(to)?)).unwrap_or(false);
    let has_sign =
        number.contains(['*', '?', '&', '+']) || words(char::is_alphabetic).any(|word| word == "and");
    is_nobody(number) || says || is_range || has_sign
}

/// The number that stands before a text, and the text after it: "12. Bring forward", "Recommendation 3: Do".
pub(super) fn before_text(text: &str) -> Option<(String, usize)> {
    let start = text.len() - text.trim_start().len();
    let trimmed = &text[start..];
    let (skipped, has_word) = match after_word(trimmed) {
        Some(rest) => (trimmed.len() - rest.len(), true),
        None => (0, false),
    };
    let rest = &trimmed[skipped..];
    let letter = usize::from(
        !has_word && rest.starts_with('R') && rest[1..].starts_with(|c: char| c.is_ascii_digit()),
    );
    let body = &rest[letter..];
    // "(1) Do", "R1 Do".
    if let Some((number, follows)) = body.strip_prefix('(').and_then(|body| body.split_once(") "))
        && !number.is_empty()
        && number.len() <= 4
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_alphanumeric())
    {
        return Some((number.to_owned(), text.len() - follows.trim_start().len()));
    }
    if let (1, Some((number, follows))) = (letter, rest.split_once(' '))
        && number[1..].bytes().all(|b| b.is_ascii_digit())
        && follows.starts_with(char::is_uppercase)
    {
        return Some((number.to_owned(), text.len() - follows.len()));
    }
    let number = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let digits = body[..number].trim_end_matches('.');
    // No report has so many.
    if digits.len() > 12 || digits.is_empty() || digits.starts_with('.') || digits.contains("..") {
        return None;
    }
    // A letter may be a part of it: 12a.
    let mut end = letter + digits.len();
    if rest[end..].starts_with(|c: char| c.is_ascii_lowercase())
        && !rest[end + 1..].starts_with(char::is_alphanumeric)
    {
        end += 1;
    }
    let after = &rest[end..];
    // A dash that is set off: "4 – Improve", and not "4 - 6 weeks".
    let dash = after.strip_prefix(" – ").or_else(|| after.strip_prefix(" - "));
    if let Some(follows) = dash.filter(|follows| follows.starts_with(char::is_uppercase)) {
        return Some((rest[..end].to_owned(), text.len() - follows.len()));
    }
    let sign = after.len() - after.trim_start_matches(['.', ')', ':', '–', '-']).len();
    let follows = &after[sign..];
    let has_sign = sign > 0 || has_word;
    // 1.5 million, 27.03.25: what is no number of a row has no sign and no space behind it.
    if !has_sign || !(follows.is_empty() || follows.starts_with(char::is_whitespace)) {
        return None;
    }
    let skip = start + skipped + end + sign;
    Some((rest[..end].to_owned(), skip + (follows.len() - follows.trim_start().len())))
}

/// Takes the number from before the first of these paragraphs, whether it is typed there or counted by the program.
pub(super) fn take(paragraphs: &mut [Paragraph]) -> Option<String> {
    let first = paragraphs.iter_mut().find(|paragraph| !paragraph.is_blank())?;
    if let Some(label) = first.label.take_if(|label| label.contains(|c: char| c.is_ascii_digit())) {
        first.item = None;
        return of_cell(&label);
    }
    let (number, skip) = before_text(&first.raw())?;
    first.drop_start(skip);
    Some(number)
}

/// Takes a number of several levels from before the first of these paragraphs, where no stop is behind it and a sentence
/// is: "4.1 Repair the cells".
pub(super) fn take_levelled(paragraphs: &mut [Paragraph]) -> Option<String> {
    let first = paragraphs.iter_mut().find(|paragraph| !paragraph.is_blank())?;
    let raw = first.raw();
    let (number, rest) = raw.trim_start().split_once(char::is_whitespace)?;
    let levels: Vec<&str> = number.split('.').collect();
    let is_number = levels
        .iter()
        .all(|level| (1..=3).contains(&level.len()) && level.bytes().all(|b| b.is_ascii_digit()));
    let rest = rest.trim_start();
    if !is_number || !(2..=4).contains(&levels.len()) || !rest.starts_with(char::is_uppercase) {
        return None;
    }
    let (number, skip) = (number.to_owned(), raw.len() - rest.len());
    first.drop_start(skip);
    Some(number)
}

/// Takes the number of a part of `whole` from before the first of these paragraphs: "1.2 Deliver the training", "1.2.
/// Deliver it". Another may be that of another recommendation, and stays.
pub(super) fn take_of_part(paragraphs: &mut [Paragraph], whole: &str) -> Option<String> {
    let first = paragraphs.iter().find(|paragraph| !paragraph.is_blank())?;
    let number = peek(first).or_else(|| take_levelled(&mut [first.clone()]))?;
    if !is_of_part(&number, whole) {
        return None;
    }
    take(paragraphs).or_else(|| take_levelled(paragraphs))
}

/// Whether a number is that of a part: 1.2 of 1, and of "COC 1".
pub(super) fn is_of_part(number: &str, whole: &str) -> bool {
    let last = whole.rsplit([' ', '-', '/']).next().unwrap_or(whole);
    [whole, last].iter().any(|of| number.strip_prefix(of).is_some_and(|rest| rest.starts_with('.')))
}

/// The number before a paragraph, without taking it.
pub(super) fn peek(paragraph: &Paragraph) -> Option<String> {
    take(&mut [paragraph.clone()])
}

/// What follows "Recommendation", "Rec." or "No." where that stands before a digit.
fn after_word(text: &str) -> Option<&str> {
    const WORDS: &[&str] =
        &["recommendation", "recommendations", "rec", "number", "no", "ref", "action", "item"];
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let word = text[..letters].to_lowercase();
    let rest = text[letters..].trim_start_matches(['.', ' ', ':', '#', '\u{a0}']);
    let is_one = WORDS.contains(&word.as_str()) && rest.len() < text.len() - letters;
    (is_one && rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_several_levels_need_no_stop() {
        let told = [
            "4.1 Repair the cells",
            "12.3.4 A",
            "4 Repair",
            "4.1 million",
            "4.1. Repair",
            "2026.1 X",
            "4..1 X",
        ]
        .map(|text| format!("{text}: {:?}\n", take_levelled(&mut [Paragraph::plain(text)])));
        insta::assert_snapshot!(told.concat(), @r#"
        4.1 Repair the cells: Some("4.1")
        12.3.4 A: Some("12.3.4")
        4 Repair: None
        4.1 million: None
        4.1. Repair: None
        2026.1 X: None
        4..1 X: None
        "#);
    }

    #[test]
    fn what_may_be_no_number_is_known() {
        for doubtful in ["N/A", "9 (closed)", "5-6", "7 & 8", "3*", "1 and 2", "TBC", "12 NEW"] {
            assert!(is_doubtful(doubtful), "{doubtful}");
        }
        for sure in ["7", "7.1", "12a", "2026-03", "AC/2026/03 (i)", "SR (25/26) 01", "R-4", "Annex A", "iv"]
        {
            assert!(!is_doubtful(sure), "{sure}");
        }
    }

    #[test]
    fn numbers_are_found_before_texts_and_in_cells() {
        let texts = [
            "1. Bring forward",
            "  11. By 27 March",
            "Recommendation 3: Do",
            "Rec. 7.1 Do",
            "R12. Do",
            "12a) Do",
            "4 – Do",
            "(1) Do",
            "(2a) Do",
            "(see 4) Do",
            "R1 Do",
            "R1 and R2",
            "4 - 6 weeks",
            "1.5 million people",
            "27.03.25",
            "2 people should",
            "Do 3.",
            "No. 5",
        ];
        let told = texts.iter().map(|text| {
            let found = before_text(text).map(|(number, skip)| format!("{number} | {}", &text[skip..]));
            format!("{text}: {}\n", found.unwrap_or("-".to_owned()))
        });
        insta::assert_snapshot!(told.collect::<String>(), @"
        1. Bring forward: 1 | Bring forward
          11. By 27 March: 11 | By 27 March
        Recommendation 3: Do: 3 | Do
        Rec. 7.1 Do: 7.1 | Do
        R12. Do: R12 | Do
        12a) Do: 12a | Do
        4 – Do: 4 | Do
        (1) Do: 1 | Do
        (2a) Do: 2a | Do
        (see 4) Do: -
        R1 Do: R1 | Do
        R1 and R2: -
        4 - 6 weeks: -
        1.5 million people: -
        27.03.25: -
        2 people should: -
        Do 3.: -
        No. 5: 5 |
        ");
        let cells = [
            "7.",
            "(1)",
            "AC/2026/03 (i)",
            "4)",
            "Recommendation 12",
            "012/21",
            "SR (25/26) 01",
            "Rec 4:",
            "-",
            "No 9",
        ];
        let told: Vec<String> = cells.iter().map(|cell| of_cell(cell).unwrap_or("-".to_owned())).collect();
        assert_eq!(told, ["7", "1", "AC/2026/03 (i)", "4", "12", "012/21", "SR (25/26) 01", "4", "-", "9"]);
    }
}
