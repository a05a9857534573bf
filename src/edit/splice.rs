//! Pieces of text to put in the place of others.

use std::collections::BTreeMap;
use std::ops::Range;

/// What stands at `at` becomes `text`.
#[derive(Debug)]
pub(super) struct Splice {
    pub(super) at: Range<usize>,
    pub(super) text: String,
}

/// Splices of one text that do not touch each other, by place.
#[derive(Default)]
pub(super) struct Splices(BTreeMap<usize, Splice>);

impl Splices {
    /// Adds the splices of one change, unless one of them touches those of another: it was made
    /// without regard for that one.
    pub(super) fn add(&mut self, new: Vec<Splice>) -> bool {
        if new.iter().any(|splice| self.touches(&splice.at)) {
            return false;
        }
        for splice in new {
            match self.0.entry(splice.at.start) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(splice);
                }
                // Two splices of one change at one place: in their order.
                std::collections::btree_map::Entry::Occupied(mut there) => {
                    let there = there.get_mut();
                    there.at.end = there.at.end.max(splice.at.end);
                    there.text.push_str(&splice.text);
                }
            }
        }
        true
    }

    fn touches(&self, at: &Range<usize>) -> bool {
        self.0.range(..=at.end).next_back().is_some_and(|(_, last)| last.at.end >= at.start)
    }

    /// The text with every splice in place.
    pub(super) fn apply(self, text: &str) -> String {
        let more = self.0.values().map(|splice| splice.text.len()).sum::<usize>();
        let mut new = String::with_capacity(text.len() + more);
        let mut done = 0;
        for splice in self.0.into_values() {
            new.push_str(text.get(done..splice.at.start).unwrap_or_default());
            new.push_str(&splice.text);
            done = splice.at.end;
        }
        new.push_str(text.get(done..).unwrap_or_default());
        new
    }
}
