//! Titles where the document has none: the opening words of a text.

/// A title has at most so many characters.
const MOST: usize = 64;

/// Words that lead on to others.
const LOOSE: &[&str] = &[
    "a", "an", "and", "any", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on", "or", "so",
    "that", "the", "their", "to", "when", "where", "which", "with",
];

/// The title of a text that has none: its opening words, after what it says of the deadline. The same words where
/// nothing else is left.
pub(super) fn of(text: &str) -> String {
    opening(after_deadline(text))
}

/// The opening words of a text, with a capital letter; with `...` where it goes on.
pub(super) fn opening(text: &str) -> String {
    // More than these words no title has.
    let text = text.split_whitespace().take(MOST).collect::<Vec<_>>().join(" ");
    let text = without_notes(&text);
    let sentence = sentence(&text);
    let mut title = String::new();
    for word in sentence.split(' ') {
        if !title.is_empty() && title.chars().count() + word.chars().count() + 1 > MOST {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    let end = |text: &str| text.trim_end_matches([',', ';', ':', '.', '(', '-', '–', ' ']).len();
    let is_cut = end(&title) < end(sentence);
    title.truncate(end(&title));
    if is_cut {
        // Nobody stops at such a word.
        while let Some((rest, _)) = title.rsplit_once(' ').filter(|(_, word)| LOOSE.contains(word)) {
            title.truncate(end(rest));
        }
        title.push_str("...");
    }
    let mut chars = title.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => title,
    }
}

/// A text without the signs of notes: "within one hour.[1]".
fn without_notes(text: &str) -> String {
    let mut rest = text;
    let mut bare = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once('[') {
        let sign = after
            .split_once(']')
            .filter(|(sign, _)| (1..=3).contains(&sign.len()) && sign.bytes().all(|b| b.is_ascii_digit()));
        bare.push_str(before);
        match sign {
            Some((_, after)) => rest = after,
            None => {
                bare.push('[');
                rest = after;
            }
        }
    }
    bare + rest
}

/// The first sentence.
fn sentence(text: &str) -> &str {
    let end = text.match_indices(". ").find(|(at, _)| {
        // An abbreviation, "Op. Soteria", ends no sentence: the word before it is short.
        let word = text[..*at].rsplit(' ').next().unwrap_or_default();
        word.chars().count() > 3
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// What follows "By 27 March 2025," at the start of a text, and the "to" behind it.
fn after_deadline(text: &str) -> &str {
    let lower = text.to_lowercase();
    let begins =
        ["by ", "before ", "from ", "within ", "no later than ", "not later than ", "until ", "prior to "];
    let is_time = begins.iter().any(|word| lower.starts_with(word));
    let has_digit = |words: &str| words.contains(|c: char| c.is_ascii_digit());
    let Some((when, rest)) = text.split_once(", ").filter(|_| is_time && text.len() == lower.len()) else {
        return text;
    };
    if when.split_whitespace().count() > 12 || !(has_digit(when) || when.ends_with("onwards")) {
        return text;
    }
    let rest = rest.trim_start();
    rest.strip_prefix("to ").filter(|rest| !rest.is_empty()).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_opening_words() {
        let texts = [
            "By 27 March 2025, to review the impact of the principal crime rule on the identification of stalking.",
            "Before the end of 2024, begin publishing figures.",
            "Before publishing it, find a way",
            "Do it.",
            "By 22 November 2024 (56 days from publication), write to all.",
            "Train Op. Soteria teams. Then more.",
            "Übung macht den Meister",
        ];
        let told = texts.iter().map(|text| format!("{}\n", of(text)));
        insta::assert_snapshot!(told.collect::<String>(), @"
        Review the impact of the principal crime rule...
        Begin publishing figures
        Before publishing it, find a way
        Do it
        Write to all
        Train Op. Soteria teams
        Übung macht den Meister
        ");
    }
}
