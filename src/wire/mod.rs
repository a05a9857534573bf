//! The JSON documents: a contract, with structs of its own and never the model's.
//!
//! Absent scalars are null, absent lists `[]`, paths run from the root, lines and columns count
//! from 1 in characters, ends are exclusive. A document's `schema` names its form; a change that a
//! reader could trip over gives it a new number.

mod change;
mod counts;
mod findings;
mod history;
mod item;

pub use change::Changes;
pub use counts::{CountsBody, SummaryBody};
pub use findings::Findings;
pub use history::{Log, TrendBody};
pub use item::{List, ListItem, ShowItem};

use crate::store;
use chrono::NaiveDate;
use serde::Serialize;

/// What every document begins with.
#[derive(Debug, Serialize)]
pub struct Document<'a, B> {
    schema: &'static str,
    as_of: Option<NaiveDate>,
    at: Option<&'a str>,
    unread: Vec<Unread<'a>>,
    #[serde(flatten)]
    body: B,
}

#[derive(Debug, Serialize)]
struct Unread<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a, B: Serialize> Document<'a, B> {
    /// A document of that schema, of what is at a root on that day, naming what could not be read.
    #[must_use]
    pub fn new(
        schema: &'static str,
        root: &'a store::Root,
        as_of: Option<NaiveDate>,
        unread: &'a [store::Unread],
        body: B,
    ) -> Self {
        let at = root.revision.as_ref().map(|revision| revision.id.as_str());
        let unread = unread.iter().map(|u| Unread { path: &u.path, message: &u.message }).collect();
        Self { schema, as_of, at, unread, body }
    }
}

/// The body of `plan/list/1` and `plan/show/1`.
#[derive(Debug, Serialize)]
pub struct Items<T> {
    /// The recommendations.
    pub items: T,
}
