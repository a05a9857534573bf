//! What a document means: paragraphs and tables to a plan, and an account of it.
//!
//! Nothing is guessed. What is certain becomes a key; what is not stays in its own words, and the account says so.

mod about;
pub mod account;
mod actions;
mod below;
mod colours;
mod columns;
mod dates;
mod deadlines;
mod definitions;
mod fill;
mod forms;
mod found;
mod header;
pub mod headings;
mod join;
mod numbers;
mod over;
mod owners;
mod passages;
mod record;
mod rows;
mod tables;
mod titles;
mod unsaid;
mod when;
mod words;
mod written;

pub use about::About;
pub use account::{Account, Others, Outcome, TableAccount};
pub use columns::{Column, Why};
pub use headings::Key;
pub use owners::OwnerFound;
pub use words::{LevelFound, StatusFound};

use super::document::{Document, Remark};
use crate::model::Recommendation;
use chrono::NaiveDate;
use header::Map;

/// What somebody says about the document.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What headings mean.
    pub map: Vec<(String, Key)>,
    /// Who owns what names no owner.
    pub owner: Option<String>,
    /// Whether ids are the places of the rows, from 1; the printed numbers are then kept beside them.
    pub by_position: bool,
    /// The day on which it is read: what a later month says is no report yet.
    pub today: Option<NaiveDate>,
}

/// A plan out of a document, and the account of it.
#[derive(Debug)]
pub struct Understood {
    /// What the document says about the plan.
    pub about: About,
    /// Who owns recommendations, in the order in which they come.
    pub owners: Vec<OwnerFound>,
    /// Its RAG levels, in the order of the scale.
    pub levels: Vec<LevelFound>,
    /// Its statuses.
    pub statuses: Vec<StatusFound>,
    /// Why printed numbers differ from ids, where they do.
    pub numbering_note: Option<String>,
    /// The recommendations, in the order of the document, with words that are not looked up yet.
    pub recommendations: Vec<Recommendation>,
    /// What was made of it.
    pub account: Account,
}

/// Whether a word is one of a list, with a space between each two.
fn is_among(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split(' ').any(|known| known == word)
}

/// Understands a document.
#[must_use]
pub fn understand(document: &Document, options: &Options) -> Understood {
    let map: &Map = &options.map;
    let mut found = tables::read(document, map);
    passages::give(&mut found);
    found.keep_what_is_used();
    for remark in &document.remarks {
        let (lines, said) = match remark {
            Remark::Read(said) => (&mut found.account.understood, said),
            Remark::Uncertain(said) => (&mut found.account.uncertain, said),
            Remark::LeftOut(said) => (&mut found.account.left_out, said),
        };
        lines.push(said.clone());
    }
    fill::fill(found, options)
}

#[cfg(test)]
mod tests;
