//! No word of a document is lost: each is in a file of the plan, or the account names it.

use crate::expected::Imported;
use plan::import::document::{Block, Cell, Document};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The words of the tables of a document that are not in the plan, or not as often: of cells that say a sentence each
/// time, of the others, which may be one owner or one header again and again, once. How dates are written may change:
/// they are compared elsewhere.
pub(crate) fn lost(folder: &Path, name: &str) -> Vec<String> {
    let bytes = fs::read(folder.join(name)).expect("the document can be read");
    let document = plan::import::read(name, &bytes).expect("it is read");
    let imported = Imported::of(folder, name, false).expect("it is imported");
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    for text in imported.texts.iter().chain([&imported.account]) {
        count(text, &mut there);
    }
    let (mut sentences, mut all) = (BTreeMap::new(), BTreeMap::new());
    for text in cells(&document) {
        count(&text, &mut all);
        if text.split(' ').count() > 4 {
            count(&text, &mut sentences);
        }
    }
    let times = |word: &str| sentences.get(word).copied().unwrap_or(1);
    let is_lost =
        |word: &&String| there.get(*word).copied().unwrap_or(0) < times(word) && !is_of_a_date(word);
    all.keys().filter(is_lost).map(|word| format!("{word} ({} times)", times(word))).collect()
}

fn cells(document: &Document) -> Vec<String> {
    let of_block = |block: &Block| match block {
        Block::Paragraph(_) => Vec::new(),
        Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).map(Cell::text).collect(),
    };
    document.blocks.iter().flat_map(of_block).collect()
}

fn count(text: &str, words: &mut BTreeMap<String, usize>) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
}

/// Whether a word is a part of how dates are written in words.
fn is_of_a_date(word: &str) -> bool {
    const PARTS: &[&str] = &["by", "st", "nd", "rd", "th", "of", "due"];
    const MONTHS: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_day = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    is_day || PARTS.contains(&word) || MONTHS.iter().any(|month| word.starts_with(month) && word.len() <= 9)
}
