//! Which recommendations are meant, in which order, and what is shown of each.

mod filter;
mod item;
mod mark;
mod order;
mod tally;

pub use filter::{Filter, Search, names};
pub use item::{Detail, Item, More, Whole};
pub use mark::Mark;
pub use order::{GroupKey, SortKey, sort};
pub use tally::{Tally, tally};

/// How a blank RAG is named, and asked for.
pub const NOT_RATED: &str = "not rated";
/// How a blank status is named, and asked for.
pub const NOT_REPORTED: &str = "not reported";

#[cfg(test)]
mod tests;
