//! A text and what is to change of it, to the changed text. Pure.
//!
//! The text is never written anew from what it says: pieces of it give way to others, at the places
//! where the parser found them, so that every comment, blank line, line ending and quotation mark of
//! the rest stays as it was, byte for byte. What comes out is parsed, and is held to say exactly what was
//! asked for and what it said before.

mod act;
mod error;
pub mod fmt;
mod layout;
mod list;
mod meaning;
mod order;
mod place;
mod set;
mod splice;
mod table;
mod value;
mod written;

pub use error::EditError;
pub use value::Value;
pub(crate) use value::{dotted_key, parts as parts_of_key};

use crate::syntax;
use act::Act;
use layout::Layout;
use meaning::Meaning;
use splice::{Splice, Splices};

/// One thing to change of a recommendation's file.
///
/// A `key` is one of the recommendation's own, as it would be typed: `rag`, `custom.theatre`,
/// `closure.on`. Whether a value is the right one for it is for who asks to know.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A key becomes this value, whether it is there or not.
    Set {
        /// The key.
        key: String,
        /// The value.
        value: Value,
    },
    /// A key goes, if it is there. Lists of tables cannot go.
    Unset {
        /// The key.
        key: String,
    },
    /// A list gets one item more, unless it has it.
    AddTo {
        /// The list's key.
        key: String,
        /// The item.
        item: String,
    },
    /// A list loses an item; with the last, the key goes.
    RemoveFrom {
        /// The list's key.
        key: String,
        /// The item, as it is written.
        item: String,
    },
    /// One more `[[table]]`, after the others.
    Append {
        /// Its name: `update`, `milestone`, ...
        table: &'static str,
        /// Its keys, which are put into canonical order.
        entries: Vec<(&'static str, Value)>,
    },
    /// One more `[[table]]`, before another of its kind.
    Insert {
        /// Its name: `update`.
        table: &'static str,
        /// Before which one, from 0, of those that the model has.
        before: usize,
        /// Its keys, which are put into canonical order.
        entries: Vec<(&'static str, Value)>,
    },
    /// A key of one of a list of tables becomes this value: a milestone's `done`.
    SetIn {
        /// The name of the list: `milestone`.
        table: &'static str,
        /// Which one, from 0, of those that the model has.
        nth: usize,
        /// The key.
        key: &'static str,
        /// The value.
        value: Value,
    },
    /// A key of one of a list of tables goes, if it is there.
    UnsetIn {
        /// The name of the list: `milestone`.
        table: &'static str,
        /// Which one, from 0, of those that the model has.
        nth: usize,
        /// The key.
        key: &'static str,
    },
    /// Keys of a table that there is one of become these values; other keys of it stay.
    SetTable {
        /// Its name: `closure`.
        table: &'static str,
        /// Its keys.
        entries: Vec<(&'static str, Value)>,
    },
}

/// The text with these changes, made one after the other.
///
/// # Errors
///
/// Where the text has a fault of syntax, a change asks for what cannot be there, or the outcome would not say
/// exactly what was asked for. There is never a text that is half changed.
pub fn apply(text: &str, changes: &[Change]) -> Result<String, EditError> {
    let document = syntax::parse(text);
    EditError::of_faults(text, &document)?;
    let acts = act::of(text, &document, changes)?;
    let mut meaning = Meaning::of(&document.root);
    for act in &acts {
        meaning.change(act)?;
    }
    drop(document);
    let mut changed = text.to_owned();
    let mut rest = acts.as_slice();
    while !rest.is_empty() {
        let (next, done) = pass(&changed, rest)?;
        changed = next;
        rest = &rest[done..];
    }
    let document = syntax::parse(&changed);
    if document.faults.iter().any(|fault| fault.rule == "conflict-marker") {
        return Err(EditError::Conflict);
    }
    if !document.faults.is_empty() || !meaning.is_that_of(&document.root) {
        return Err(EditError::Astray);
    }
    drop(document);
    Ok(changed)
}

/// Does as many of these acts as stay clear of each other, at least one, and says how many those are.
/// Each pass reads the text once: ticking a thousand milestones takes one.
fn pass(text: &str, acts: &[Act]) -> Result<(String, usize), EditError> {
    let document = syntax::parse(text);
    if !document.faults.is_empty() {
        return Err(EditError::Astray);
    }
    let layout = Layout::new(text, &document);
    let mut splices = Splices::default();
    let mut done = 0;
    for act in acts {
        // What is put in further up the file is to go, too.
        if let Act::Unset(path) = act
            && acts[..done].iter().any(|before| before.is_within(path))
        {
            break;
        }
        let new = match splices_of(&layout, act) {
            // What cannot be done now may be possible once those before it are done.
            Err(_) if done > 0 => break,
            // Nor can it be known that there is nothing to be done.
            Ok(new) if new.is_empty() && done > 0 => break,
            new => new?,
        };
        if !splices.add(new) {
            break;
        }
        done += 1;
    }
    Ok((splices.apply(text), done))
}

/// What one act does to the text as it stands.
fn splices_of(layout: &Layout<'_, '_>, act: &Act) -> Result<Vec<Splice>, EditError> {
    match act {
        Act::Set(path, value) => set::set(layout, path, value),
        Act::Unset(path) => set::unset(layout, path),
        Act::AddTo(path, item) => list::add_to(layout, path, item),
        Act::RemoveFrom(path, item) => list::remove_from(layout, path, item),
        Act::Append(table, entries) => Ok(table::append_to_list(layout, table, entries)),
        Act::Insert(table, nth, entries) => table::insert_into_list(layout, table, *nth, entries),
    }
}

#[cfg(test)]
mod tests;
