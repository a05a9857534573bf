//! Which recommendations are meant, in which order and groups, and what is shown of each.

mod filter;
mod group;
mod item;
mod label;
mod mark;
mod order;
mod tally;

pub use filter::{Filter, Search, names};
pub use group::{GroupKey, GroupName, Grouping};
pub use item::{Detail, Item, More, Whole};
pub use label::{By, Label, Labels};
pub use mark::Mark;
pub use order::{SortKey, grouped, sort};
pub use tally::{Tally, tally};

/// How a blank RAG is named, and asked for.
pub const NOT_RATED: &str = "not rated";
/// How a blank status is named, and asked for.
pub const NOT_REPORTED: &str = "not reported";

#[cfg(test)]
mod tests;
