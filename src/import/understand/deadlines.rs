//! By when, out of the wording: of a cell that says it, and of a text in which it stands. Never a guess: what is
//! not certain stays in its own words.

use super::dates::{self, Found};
use super::is_among;
use crate::model::Deadline;

/// A deadline in a text, and what is to be done by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) deadline: Deadline,
    /// The opening words of what is to be done by then.
    pub(super) what: String,
}

/// What a cell of a column of deadlines says: one deadline, or several; none where it is blank.
pub(super) fn of_cell(text: &str) -> Vec<Due> {
    let text = text.trim();
    if !text.contains(char::is_alphanumeric) {
        return Vec::new();
    }
    if let Some(found) = dates::whole(text).filter(|found| !found.is_worded) {
        return vec![Due { deadline: Deadline::On(found.date), what: String::new() }];
    }
    let parts: Vec<&str> = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_dated = |part: &&str| dates::all(part).len() == 1 && is_certain(unlabelled(part));
    if parts.len() > 1 && parts.iter().all(is_dated) {
        return parts.into_iter().map(part_of_cell).collect();
    }
    let found = dates::all(text);
    let deadline = match found.as_slice() {
        [one] if is_certain(text) => worded(one, text),
        _ => undated(text),
    };
    vec![Due { deadline, what: String::new() }]
}

/// A part of a cell without the label of what is due: "Phase 1: 27 March 2025", "full roll-out by 27 June 2025".
fn unlabelled(part: &str) -> &str {
    const NOT: &str = "was now original originally revised previously formerly extended";
    let label = part.split_once(':');
    let label = label.or_else(|| part.find(" by ").map(|at| (&part[..at], &part[at..])));
    match label {
        Some((label, rest)) if !label.to_lowercase().split(' ').any(|word| is_among(NOT, word)) => rest,
        _ => part,
    }
}

/// One of several deadlines in a cell: "Phase 1 by 27 March 2025".
fn part_of_cell(part: &str) -> Due {
    let found = dates::all(part);
    let deadline = match found.as_slice() {
        [one] if dates::whole(part).is_some_and(|found| !found.is_worded) => Deadline::On(one.date),
        [one] if is_certain(unlabelled(part)) => worded(one, part),
        _ => undated(part),
    };
    let before = found.first().map_or(part, |one| &part[..one.at.start]);
    let words = before.trim().trim_end_matches(|c: char| !c.is_alphanumeric());
    let words = words.strip_suffix(" by").or(words.strip_suffix("By")).unwrap_or(words);
    let what = if words.trim().is_empty() || words.eq_ignore_ascii_case("by") { part } else { words.trim() };
    Due { deadline, what: what.to_owned() }
}

/// Words that introduce a day by which, and nothing else.
const BY: &str = "at be business by close date deadline due end implemented in is latest midnight month of on or the \
     target to year";

/// Whether the one day in a wording is surely the day by which: nothing else is said of it but in brackets, and that
/// says only how the day was reckoned.
fn is_certain(text: &str) -> bool {
    let all = dates::all(text);
    let [found] = all.as_slice() else { return false };
    let mut depth = 0_usize;
    let (mut plain, mut aside) = (String::new(), String::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if found.at.contains(&at) && depth > 0 => return false,
            _ if found.at.contains(&at) => {}
            c if depth == 0 => plain.extend(c.to_lowercase()),
            c => aside.extend(c.to_lowercase()),
        }
    }
    for words in ["no later than", "not later than", "on or before", "before"] {
        plain = plain.replace(words, "by");
    }
    let said = |word: &str| word.is_empty() || is_among(BY, word);
    text.len() <= 200
        && is_reckoning(&aside)
        && !text.contains(['?', '+'])
        && plain.split(|c: char| !c.is_alphanumeric()).all(said)
}

/// Whether what stands in brackets beside a day says only how it was reckoned: "56 days from publication".
fn is_reckoning(text: &str) -> bool {
    const WORDS: &str = "a after an and calendar date day days eighteen from five four eight half in inspection month \
         months nine of one our per quarter report seven since six publication published ten the three twelve two week \
         weeks within working year years";
    let said = |word: &str| word.is_empty() || is_among(WORDS, word) || is_among(dates::MONTHS, word);
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).all(|word| said(word) || is_number(word))
}

/// Whether what follows a day in a sentence tells of what was, and asks for nothing.
fn is_told(rest: &str) -> bool {
    const WAS: &str = "had was were did failed knew been fell rose";
    const ASKS: &str = "should must will shall need needs ensure";
    let has = |words: &str| {
        rest.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| is_among(words, word))
    };
    has(WAS) && !has(ASKS)
}

fn worded(found: &Found, wording: &str) -> Deadline {
    Deadline::Worded { date: found.date, wording: tidy(wording).into() }
}

/// A deadline in words only.
pub(super) fn undated(wording: &str) -> Deadline {
    Deadline::Undated { wording: tidy(wording).into() }
}

fn tidy(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches([',', '.', ';', ':']).to_owned()
}

/// The first day by which anything was or is to be done in a text: "by 30 June 2027". Whether the recommendation is, nobody
/// can tell but a reader.
pub(super) fn named(text: &str) -> Option<String> {
    let by = |found: &Found| {
        let before = text[..found.at.start].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        ["by", "before"].contains(&word.to_lowercase().as_str()).then(|| {
            let from = before.len() - word.len();
            text[from..found.at.end].split_whitespace().collect::<Vec<_>>().join(" ")
        })
    };
    dates::all(text).iter().find_map(by)
}

/// What a text says of its own deadlines: each with a day, as they stand; where there is none, the words that say
/// when without one.
pub(super) fn of_text(paragraphs: &[String]) -> Vec<Due> {
    let mut all: Vec<Due> = Vec::new();
    for text in paragraphs {
        for (at, sentence) in sentences(text) {
            for (deadline, end) in dated(sentence) {
                let what = opening(&text[at + end..]);
                if !all.iter().any(|due| due.deadline.date() == deadline.date()) {
                    all.push(Due { deadline, what });
                }
            }
        }
    }
    let is_asked = |(_, end): &(Deadline, usize)| {
        let first = paragraphs.first().map_or("", |first| &first[*end..]);
        !sentences(first).first().is_some_and(|(_, rest)| is_told(rest))
    };
    if all.is_empty()
        && let Some(first) = paragraphs.first()
        && let Some((deadline, end)) = worded_start(first).filter(is_asked).or_else(|| in_period(first))
    {
        all.push(Due { deadline, what: opening(&first[end..]) });
    }
    all
}

/// The sentences of a text, each with its place. A full stop ends one where a capital letter follows it.
fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(". ") {
        let next = text[at + 2..].trim_start().chars().next();
        if next.is_some_and(char::is_uppercase) {
            all.push((from, &text[from..=at]));
            from = at + 2;
        }
    }
    all.push((from, &text[from..]));
    all
}

/// What stands before a day without the label of an item that ends it: "the force should: (a)", "b)".
fn without_label(lead: &str) -> &str {
    let Some(inner) = lead.strip_suffix([')', '.']) else { return lead };
    let start = inner.len() - inner.chars().rev().take_while(|c| c.is_ascii_alphanumeric()).count();
    let is_label =
        (1..=3).contains(&(inner.len() - start)) && !inner[..start].ends_with(char::is_alphanumeric);
    let before = inner[..start].trim_end_matches('(').trim_end();
    if is_label && (before.is_empty() || before.ends_with([';', ':', ',', '.'])) { before } else { lead }
}

/// The words that say by which day, at the start of a sentence or set off within it, and where each ends.
fn dated(sentence: &str) -> Vec<(Deadline, usize)> {
    const SIGNS: &[&str] =
        &["by", "before", "on or before", "no later than", "not later than", "by no later than", "by the"];
    let mut all: Vec<(Deadline, usize)> = Vec::new();
    for found in dates::all(sentence) {
        let before = sentence[..found.at.start].trim_end();
        let from = (before.len().saturating_sub(40)..=before.len()).find(|at| before.is_char_boundary(*at));
        let lower = before[from.unwrap_or(0)..].to_lowercase();
        let ends = |sign: &&&str| {
            lower
                .strip_suffix(**sign)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with(char::is_whitespace))
        };
        let Some(sign) = SIGNS.iter().filter(ends).max_by_key(|sign| sign.len()) else { continue };
        let Some(start) = before.len().checked_sub(sign.len()).filter(|at| before.is_char_boundary(*at))
        else {
            continue;
        };
        let lead = without_label(before[..start].trim_end());
        // At the start, behind a comma, or behind what obliges; "and" goes on with what did. Elsewhere it tells of
        // something else.
        let word = lead.rsplit([' ', ',']).next().unwrap_or_default().to_lowercase();
        let obliges = ["should", "must", "will", "shall"].contains(&word.as_str());
        let goes_on = word == "and" && !all.is_empty();
        if !(lead.is_empty() || lead.ends_with([',', ':', ';', '–']) || obliges || goes_on) {
            continue;
        }
        let mut end = found.at.end;
        let rest = &sentence[end..];
        // What tells of the past is due no more, and what stands in brackets is not the sentence's own.
        let is_aside = lead.rfind('(') > lead.rfind(')');
        if is_aside || lead.is_empty() && is_told(rest) {
            continue;
        }
        // What stands in brackets behind it belongs to it.
        if rest.trim_start().starts_with('(')
            && let Some(close) = rest.find(')')
        {
            end += close + 1;
            // "By 1 May 2025 (to be agreed)" is not certain.
            if !is_reckoning(rest[..close].trim_start().trim_start_matches('(')) {
                all.push((undated(&sentence[start..end]), end));
                continue;
            }
        }
        let wording = &sentence[start..end];
        let is_plain = end == found.at.end && sign.eq_ignore_ascii_case("by") && !found.is_worded;
        let deadline = if is_plain { Deadline::On(found.date) } else { worded(&found, wording) };
        all.push((deadline, end));
    }
    all
}

/// The opening words of a text, up to its first comma, where they say when without a day.
fn worded_start(text: &str) -> Option<(Deadline, usize)> {
    let end = comma(text)?;
    let wording = text[..end].trim();
    let lower = wording.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next()?;
    let has = |known: &str| lower.split(|c: char| !c.is_alphanumeric()).any(|word| is_among(known, word));
    let has_time = || has(TIMES) || has(dates::MONTHS);
    let has_digit = lower.contains(|c: char| c.is_ascii_digit());
    const TIMES: &str = "end start beginning close spring summer autumn winter month months year years week weeks \
     day days quarter q1 q2 q3 q4 session publication";
    let is_time = match first {
        "before" | "prior" | "until" => true,
        "by" => has_time() || has_digit,
        "within" => has_time(),
        "from" => has("onward onwards on") || has_time() && has_digit,
        "no" | "not" => lower.starts_with("no later than") || lower.starts_with("not later than"),
        "as" => lower.starts_with("as soon as"),
        "immediately" | "urgently" => lower.split_whitespace().count() <= 3,
        _ => false,
    };
    (is_time && wording.split_whitespace().count() <= 25).then(|| (undated(wording), end))
}

/// The first comma that is in no brackets.
fn comma(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// "in the 2024-2025 parliamentary session", in the first sentence of a text.
fn in_period(text: &str) -> Option<(Deadline, usize)> {
    const PERIODS: &[&str] = &[
        "parliamentary session",
        "financial year",
        "academic year",
        "session of parliament",
        "spending review",
    ];
    let (_, sentence) = *sentences(text).first()?;
    let lower = sentence.to_ascii_lowercase();
    for period in PERIODS {
        let Some(at) = lower.find(period) else { continue };
        let Some(start) = ["in the ", "during the ", "within the ", "in this ", "in the next "]
            .iter()
            .filter_map(|sign| lower[..at].rfind(sign))
            .max()
        else {
            continue;
        };
        let end = at + period.len();
        let between = &lower[start..at];
        let names = between.contains(|c: char| c.is_ascii_digit())
            || ["this", "next", "current", "coming", "forthcoming"].iter().any(|word| between.contains(word));
        if names && between.split_whitespace().count() <= 5 {
            return Some((undated(&sentence[start..end]), end));
        }
    }
    None
}

/// The opening words of what follows a deadline: "Publish on their force website an action plan".
fn opening(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    super::titles::opening(text.strip_prefix("to ").unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::{day, quoted};

    fn told(all: &[Due]) -> String {
        let one = |due: &Due| {
            let date = due.deadline.date().map(day).unwrap_or("undated".to_owned());
            let words = due.deadline.wording().map(quoted).unwrap_or_default();
            format!("{date} {words} [{}]", due.what)
        };
        if all.is_empty() { "none".to_owned() } else { all.iter().map(one).collect::<Vec<_>>().join("; ") }
    }

    #[test]
    fn cells_say_by_when() {
        let cells = [
            "27/03/25",
            "By 27 March 2025",
            "By 22 November 2024 (56 days from publication)",
            "Before the end of 2024",
            "Q3 2025",
            "March 26 earliest",
            "From 1 April 2025",
            "from the next data release onwards",
            "TBC",
            "-",
            "27 March 2025; 27 June 2025",
            "Phase 1: 27 March 2025; full roll-out by 27 June 2025",
            "27 March 2025 (was 1 January 2025)",
            "Was: 1 May 2026\nNow: 1 Aug 2026",
            "Completed 12/05/2026",
            "Extended to 1 May 2026",
            "Ongoing (reviewed 1 May 2025)",
            "On hold until 1 May 2026",
            "Board meeting 3 March 2025",
            "Not by 1 May 2024",
            "1 May 2025 + 6 months",
            "No later than 1 May 2025",
            "To be implemented by 1 May 2025",
            "12/05/98",
            "31 March 2026 (six months after publication)",
        ];
        let told = cells.iter().map(|cell| format!("{cell}: {}\n", told(&of_cell(cell))));
        insta::assert_snapshot!(told.collect::<String>(), @r#"
        27/03/25: 27 Mar 2025  []
        By 27 March 2025: 27 Mar 2025  []
        By 22 November 2024 (56 days from publication): 22 Nov 2024 "By 22 November 2024 (56 days from publication)" []
        Before the end of 2024: 31 Dec 2024 "Before the end of 2024" []
        Q3 2025: undated "Q3 2025" []
        March 26 earliest: undated "March 26 earliest" []
        From 1 April 2025: undated "From 1 April 2025" []
        from the next data release onwards: undated "from the next data release onwards" []
        TBC: undated "TBC" []
        -: none
        27 March 2025; 27 June 2025: 27 Mar 2025  [27 March 2025]; 27 Jun 2025  [27 June 2025]
        Phase 1: 27 March 2025; full roll-out by 27 June 2025: 27 Mar 2025 "Phase 1: 27 March 2025" [Phase 1]; 27 Jun 2025 "full roll-out by 27 June 2025" [full roll-out]
        27 March 2025 (was 1 January 2025): undated "27 March 2025 (was 1 January 2025)" []
        Was: 1 May 2026
        Now: 1 Aug 2026: undated "Was: 1 May 2026 Now: 1 Aug 2026" []
        Completed 12/05/2026: undated "Completed 12/05/2026" []
        Extended to 1 May 2026: undated "Extended to 1 May 2026" []
        Ongoing (reviewed 1 May 2025): undated "Ongoing (reviewed 1 May 2025)" []
        On hold until 1 May 2026: undated "On hold until 1 May 2026" []
        Board meeting 3 March 2025: undated "Board meeting 3 March 2025" []
        Not by 1 May 2024: undated "Not by 1 May 2024" []
        1 May 2025 + 6 months: undated "1 May 2025 + 6 months" []
        No later than 1 May 2025: 1 May 2025 "No later than 1 May 2025" []
        To be implemented by 1 May 2025: 1 May 2025 "To be implemented by 1 May 2025" []
        12/05/98: undated "12/05/98" []
        31 March 2026 (six months after publication): 31 Mar 2026 "31 March 2026 (six months after publication)" []
        "#);
    }

    #[test]
    fn texts_say_by_when() {
        let texts = [
            "By 27 March 2025, to work together on it.",
            "By 22 November 2024 (56 days from publication), write to all.",
            "Before the end of 2024, begin to publish figures.",
            "From the next data release onwards, publish it apart.",
            "Before publishing the standards (NSIR&A, new), find a way.",
            "Bring forward legislation in the 2024-2025 parliamentary session that would help.",
            "By working with partners, the force should improve.",
            "Forces should, by 1 May 2026, have a lead.",
            "The report of 27 September 2024 found gaps. Review them.",
            "Within six months, all forces should review it.",
            "It was published by the Home Office by chance on 3 May 2023. Do more.",
            "For its current programme: evaluate it.",
            "The inspection found that by 3 May 2023 the force had failed.",
            "By 1 May 2026, review it and by 1 June 2026 report.",
            "b) by 30 September 2025, do Y",
            "The force should: (a) by 1 May 2026 do X; (b) by 1 June 2026 do Y",
            "It was said (page 3) by 1 May 2026.",
        ];
        let told = texts.iter().map(|text| format!("{text}: {}\n", told(&of_text(&[(*text).to_owned()]))));
        insta::assert_snapshot!(told.collect::<String>(), @r#"
        By 27 March 2025, to work together on it.: 27 Mar 2025  [Work together on it]
        By 22 November 2024 (56 days from publication), write to all.: 22 Nov 2024 "By 22 November 2024 (56 days from publication)" [Write to all]
        Before the end of 2024, begin to publish figures.: 31 Dec 2024 "Before the end of 2024" [Begin to publish figures]
        From the next data release onwards, publish it apart.: undated "From the next data release onwards" [Publish it apart]
        Before publishing the standards (NSIR&A, new), find a way.: undated "Before publishing the standards (NSIR&A, new)" [Find a way]
        Bring forward legislation in the 2024-2025 parliamentary session that would help.: undated "in the 2024-2025 parliamentary session" [That would help]
        By working with partners, the force should improve.: none
        Forces should, by 1 May 2026, have a lead.: 1 May 2026  [Have a lead]
        The report of 27 September 2024 found gaps. Review them.: none
        Within six months, all forces should review it.: undated "Within six months" [All forces should review it]
        It was published by the Home Office by chance on 3 May 2023. Do more.: none
        For its current programme: evaluate it.: none
        The inspection found that by 3 May 2023 the force had failed.: none
        By 1 May 2026, review it and by 1 June 2026 report.: 1 May 2026  [Review it and by 1 June 2026 report]; 1 Jun 2026  [Report]
        b) by 30 September 2025, do Y: 30 Sep 2025  [Do Y]
        The force should: (a) by 1 May 2026 do X; (b) by 1 June 2026 do Y: 1 May 2026  [Do X; (b) by 1 June 2026 do Y]; 1 Jun 2026  [Do Y]
        It was said (page 3) by 1 May 2026.: none
        "#);
        let two = [
            "By 22 November 2024 (56 days), publish a plan.",
            "By 27 March 2025 provide an update to the NPCC.",
        ];
        insta::assert_snapshot!(super::tests::told(&of_text(&two.map(str::to_owned))), @r#"22 Nov 2024 "By 22 November 2024 (56 days)" [Publish a plan]; 27 Mar 2025  [Provide an update to the NPCC]"#);
    }
}
