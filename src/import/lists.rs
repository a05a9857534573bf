//! Lists that somebody typed: a bullet or a number, and then words.

use super::document::{Item, Paragraph};

/// What people put before an item, from the keyboard or as a program does.
const BULLETS: &[char] = &[
    '•', '◦', '▪', '▫', '■', '□', '●', '○', '➤', '➢', '➲', '►', '▸', '‣', '⁃', '∙', '·', '❖', '❑', '❒', '✓',
    '–', '—', '-', '*', '>', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}',
];

/// Whether a character is a bullet wherever it stands in a line: nobody writes it in a sentence.
pub(super) fn is_plain_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '◦'
            | '▪'
            | '▫'
            | '●'
            | '➤'
            | '➢'
            | '➲'
            | '►'
            | '▸'
            | '‣'
            | '⁃'
            | '❖'
            | '❑'
            | '❒'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{f0d8}'
    )
}

/// The bullet before a text, and the text. What looks alike may end with the bullet: `next` is what comes then.
fn bullet<'t>(text: &'t str, next: &str, in_list: bool) -> Option<(char, &'t str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let after = if rest.is_empty() { next } else { rest };
    let is_one =
        BULLETS.contains(&first) && (is_plain_bullet(first) || after.starts_with(char::is_whitespace));
    // The circle of the second level of Word, as it is copied.
    let is_circle = first == 'o'
        && rest.starts_with([' ', '\t', '\u{a0}'])
        && (in_list || rest.trim_start().starts_with(char::is_uppercase));
    (is_one || is_circle).then(|| (first, rest.trim_start()))
}

/// Makes items of the paragraphs that have a bullet typed before them, nested by their bullets: one that was not
/// seen before is of a list within the last.
pub(super) fn settle(paragraphs: &mut [Paragraph]) {
    let mut open: Vec<char> = Vec::new();
    for paragraph in paragraphs {
        // Alone a sign is no bullet: somebody ticks, or rates, with it.
        if paragraph.text().chars().count() < 2 {
            continue;
        }
        let mut runs = paragraph.runs.iter_mut().skip_while(|run| run.text.trim().is_empty());
        let Some(run) = runs.next() else { continue };
        let next = runs.find(|run| !run.text.is_empty()).map_or("", |run| run.text.as_str());
        let typed = bullet(&run.text, next, !open.is_empty())
            .filter(|(sign, _)| paragraph.item.is_none() || is_plain_bullet(*sign));
        let Some((sign, rest)) = typed else {
            open.clear();
            continue;
        };
        let depth = match open.iter().position(|other| *other == sign) {
            Some(depth) => {
                open.truncate(depth + 1);
                depth
            }
            None => {
                open.push(sign);
                open.len() - 1
            }
        };
        run.text = rest.to_owned();
        let outer = paragraph.item.map_or(0, |item| item.depth);
        paragraph.item = Some(Item { depth: outer + depth, is_numbered: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::Run;

    fn settled(paragraphs: &[&[&str]]) -> Vec<(Option<usize>, String)> {
        let run = |text: &&str| Run { text: (*text).to_owned(), ..Run::default() };
        let paragraph =
            |runs: &&[&str]| Paragraph { runs: runs.iter().map(run).collect(), ..Paragraph::default() };
        let mut paragraphs: Vec<Paragraph> = paragraphs.iter().map(paragraph).collect();
        settle(&mut paragraphs);
        paragraphs.iter().map(|p| (p.item.map(|item| item.depth), p.text())).collect()
    }

    #[test]
    fn a_bullet_before_words_makes_an_item_whatever_it_looks_like() {
        let told =
            settled(&[&["■", " ", "one"], &["➢", "two"], &["\u{2751}\tthree"], &["- ", "four"], &["➢ five"]]);
        let told: Vec<_> = told.iter().map(|(depth, text)| (*depth, text.as_str())).collect();
        assert_eq!(
            told,
            [(Some(0), "one"), (Some(1), "two"), (Some(2), "three"), (Some(3), "four"), (Some(1), "five")]
        );
    }

    #[test]
    fn a_sign_by_itself_or_before_no_space_is_none() {
        let told = settled(&[&["●"], &["-5"], &["■", "x"], &["onward"]]);
        assert!(told.iter().all(|(depth, _)| depth.is_none()), "{told:?}");
    }
}
