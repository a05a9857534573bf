//! Which words of a text changed.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// A run of words of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the old.
    Removed(String),
    /// Only in the new.
    Added(String),
}

/// More pairs of words than this are not compared: two texts of so many different words have no more in
/// common than their subject, and finding it would take seconds.
const MOST_PAIRS: usize = 4_000_000;

/// A text as the words of another: what is in both, and what is in one only, in the order of reading.
/// White space alone makes no difference.
#[must_use]
pub fn words(from: &str, to: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (split(from), split(to));
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let ends = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - ends, new.len() - ends);
    let mut pieces = Pieces::default();
    pieces.push(ChangeTag::Equal, &old[..same]);
    let (old_part, new_part) = (&old[same..old_end], &new[same..new_end]);
    if old_part.len().saturating_mul(new_part.len()) > MOST_PAIRS {
        pieces.push(ChangeTag::Delete, old_part);
        pieces.push(ChangeTag::Insert, new_part);
    } else {
        for op in capture_diff_slices(Algorithm::Patience, old_part, new_part) {
            for (tag, words) in op.iter_slices(old_part, new_part) {
                pieces.push(tag, words);
            }
        }
    }
    pieces.push(ChangeTag::Equal, &old[old_end..]);
    pieces.0
}

fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, tag: ChangeTag, words: &[&str]) {
        if words.is_empty() {
            return;
        }
        let words = words.join(" ");
        match (tag, self.0.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Same(text)))
            | (ChangeTag::Delete, Some(Piece::Removed(text)))
            | (ChangeTag::Insert, Some(Piece::Added(text))) => {
                text.push(' ');
                text.push_str(&words);
            }
            (ChangeTag::Equal, _) => self.0.push(Piece::Same(words)),
            (ChangeTag::Delete, _) => self.0.push(Piece::Removed(words)),
            (ChangeTag::Insert, _) => self.0.push(Piece::Added(words)),
        }
    }
}

/// Whether one text may be the other, reworded: at least half of the words of the longer are in both.
pub(super) fn alike(a: &str, b: &str) -> bool {
    use std::collections::BTreeMap;
    let (a, b) = (split(a), split(b));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &a {
        *counts.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in &b {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    shared > 0 && 2 * shared >= a.len().max(b.len())
}
