//! By when something is to be done, as exactly as its source says and no more.

use chrono::NaiveDate;

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Deadline {
    /// A date.
    On(NaiveDate),
    /// A date, and the source's words for it where they are not plainly that date.
    Worded {
        /// The date.
        date: NaiveDate,
        /// The source's words.
        wording: Box<str>,
    },
    /// The source's words, which give no date.
    Undated {
        /// The source's words.
        wording: Box<str>,
    },
}

impl Deadline {
    /// The date, if there is one.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::On(date) | Self::Worded { date, .. } => Some(*date),
            Self::Undated { .. } => None,
        }
    }

    /// Whether two deadlines are one: by their dates where both have one, else by their words.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self.date(), other.date()) {
            (Some(a), Some(b)) => a == b,
            _ => self.wording() == other.wording(),
        }
    }

    /// The source's words, if they were kept.
    #[must_use]
    pub fn wording(&self) -> Option<&str> {
        match self {
            Self::On(_) => None,
            Self::Worded { wording, .. } | Self::Undated { wording } => Some(wording),
        }
    }
}
