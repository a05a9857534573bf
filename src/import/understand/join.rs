//! What the end of a page cut, put together again: a sentence, an item of a list, a cell.

use crate::import::document::{Item, Paragraph, Run};

/// So much of the end of a paragraph says whether it goes on.
const END: usize = 200;

/// How what stands on the next page was put to what stood before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seam {
    /// A sentence goes on: these are the words around the seam.
    Joined(String),
    /// A sentence had no end, and what follows may go on with it or not: kept apart.
    Unsure(String),
    /// A number was taken for the sign of a further item of the list before it.
    Item(String),
    /// Another word than the one before it, of which there can be one: what was said, by what heading.
    Other(String),
}

/// Puts the paragraphs of a cell of the next page behind those of the cell that it goes on with.
pub(super) fn append(into: &mut Vec<Paragraph>, more: Vec<Paragraph>) -> Vec<Seam> {
    let mut seams = Vec::new();
    let mut is_first = true;
    for mut paragraph in more {
        if paragraph.is_blank() {
            continue;
        }
        let last = into.iter_mut().rev().find(|paragraph| !paragraph.is_blank());
        if let (Some(last), true) = (last, std::mem::take(&mut is_first)) {
            match goes_on(last, &paragraph) {
                Some(true) => {
                    seams.push(Seam::Joined(around(last, &paragraph)));
                    last.runs.push(Run { text: " ".to_owned(), ..Run::default() });
                    last.runs.append(&mut paragraph.runs);
                    continue;
                }
                Some(false) => {}
                None => seams.push(Seam::Unsure(around(last, &paragraph))),
            }
        }
        if let Some(item) = into.last().and_then(|last| last.item)
            && let Some(number) = take_number(&mut paragraph, item)
        {
            paragraph.item = Some(Item { depth: 0, is_numbered: item.is_numbered });
            seams.push(Seam::Item(format!("{number} {}", start(&paragraph.text(), 6))));
        }
        into.push(paragraph);
    }
    seams
}

/// Whether a paragraph goes on with the sentence of the one before; none where nobody can tell.
fn goes_on(last: &Paragraph, next: &Paragraph) -> Option<bool> {
    // An item has a sign of its own, and so has what is numbered: they begin.
    if next.label.is_some() || next.heading.is_some() || number(&next.text()).is_some() {
        return Some(false);
    }
    let (last, text) = (last.end(END), next.text());
    let end = last.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']);
    if end.ends_with(['.', '!', '?', '…', ':', ';']) {
        return Some(next.item.is_none() && is_fragment(&text));
    }
    let is_small =
        text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_lowercase() || c.is_numeric());
    if next.item.is_some() {
        return if is_small && is_open(end) { Some(true) } else { Some(false) };
    }
    match (is_small, is_open(end)) {
        (_, true) | (true, _) => Some(true),
        (false, false) => None,
    }
}

/// Whether a text is no sentence but what follows from the one before it: "Making it easier for officers to ask."
fn is_fragment(text: &str) -> bool {
    const RESULTS: &[&str] = &[
        "allowing",
        "enabling",
        "ensuring",
        "freeing",
        "giving",
        "helping",
        "leading",
        "letting",
        "making",
        "meaning",
        "providing",
        "resulting",
    ];
    const VERBS: &[&str] = &[
        "am", "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "must",
        "shall", "should", "was", "were", "will", "would",
    ];
    let sentence = text.split(". ").next().unwrap_or_default().to_lowercase();
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next().is_some_and(|first| RESULTS.contains(&first)) && !words.any(|word| VERBS.contains(&word))
}

/// Whether a text ends with a word, or a sign, that no sentence ends with.
fn is_open(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "each", "every", "for",
        "from", "has", "have", "how", "in", "into", "is", "its", "may", "must", "nor", "of", "on", "or",
        "our", "should", "so", "than", "that", "the", "their", "these", "this", "those", "to", "was", "we",
        "were", "when", "where", "which", "while", "who", "whose", "will", "with", "within", "would",
    ];
    if text.ends_with([',', '-', '–', '—', '(', '/', '&']) {
        return true;
    }
    text.rsplit(' ').next().is_some_and(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

/// The number that somebody typed before a paragraph: `2.`
pub(super) fn number(text: &str) -> Option<&str> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    ((1..=3).contains(&digits) && rest.starts_with(". ")).then(|| &text[..=digits])
}

/// Takes the number from before a paragraph, typed or counted by the program, where the list before has none.
fn take_number(paragraph: &mut Paragraph, list: Item) -> Option<String> {
    if !list.is_numbered
        && let Some(label) = paragraph.label.take_if(|label| label.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some(label);
    }
    let number = number(&paragraph.text())?.to_owned();
    let run = paragraph.runs.iter_mut().find(|run| !run.text.trim().is_empty())?;
    run.text = run.text.trim_start().strip_prefix(number.as_str())?.to_owned();
    Some(number)
}

/// The words on both sides of a seam.
fn around(last: &Paragraph, next: &Paragraph) -> String {
    let text = last.end(END);
    let words: Vec<&str> = text.split(' ').collect();
    let end = words[words.len().saturating_sub(4)..].join(" ");
    format!("{end} | {}", start(&next.text(), 4))
}

fn start(text: &str, words: usize) -> String {
    text.split(' ').take(words).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(last: &[Paragraph], more: &[&str]) -> String {
        let mut all = last.to_vec();
        let seams = append(&mut all, more.iter().map(|text| Paragraph::plain(text)).collect());
        let line = |p: &Paragraph| format!("{}{}", if p.item.is_some() { "* " } else { "" }, p.text());
        let lines: Vec<String> = all.iter().map(line).collect();
        format!("{}\n{seams:?}", lines.join("\n"))
    }

    #[test]
    fn what_a_page_cut_is_put_together() {
        let plain = Paragraph::plain;
        let item = |text: &str| Paragraph {
            item: Some(Item { depth: 0, is_numbered: false }),
            ..Paragraph::plain(text)
        };
        insta::assert_snapshot!(joined(&[plain("Guidance that helps")], &["the police choose.", "More."]), @r#"
        Guidance that helps the police choose.
        More.
        [Joined("Guidance that helps | the police choose.")]
        "#);
        insta::assert_snapshot!(joined(&[plain("As the")], &["Home Office says."]), @r#"
        As the Home Office says.
        [Joined("As the | Home Office says.")]
        "#);
        insta::assert_snapshot!(joined(&[plain("It is done.")], &["then more"]), @"
        It is done.
        then more
        []
        ");
        insta::assert_snapshot!(joined(&[plain("It is done.")], &["Making it easier to ask."]), @r#"
        It is done. Making it easier to ask.
        [Joined("It is done. | Making it easier to")]
        "#);
        insta::assert_snapshot!(joined(&[plain("It is done.")], &["Making it easy is hard."]), @"
        It is done.
        Making it easy is hard.
        []
        ");
        insta::assert_snapshot!(joined(&[plain("Op Soteria")], &["Training is given."]), @r#"
        Op Soteria
        Training is given.
        [Unsure("Op Soteria | Training is given.")]
        "#);
        insta::assert_snapshot!(joined(&[plain("Such as:"), item("audits to ensure")], &["that all is well.", "2. How it is led."]), @r#"
        Such as:
        * audits to ensure that all is well.
        * How it is led.
        [Joined("audits to ensure | that all is well."), Item("2. How it is led.")]
        "#);
    }
}
