//! Why a file was not read, with the remedy.

use std::fmt;

/// Why a file was not read, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// It is of a kind that is not read.
    Kind {
        /// What it is, with its article.
        what: &'static str,
        /// What to do instead.
        remedy: &'static str,
    },
    /// It goes beyond a limit, as no honest plan does.
    Limit {
        /// What is too much, as a whole sentence.
        what: String,
    },
    /// It is broken.
    Broken {
        /// In what way.
        what: String,
    },
}

impl ImportError {
    pub(super) fn kind(what: &'static str, remedy: &'static str) -> Self {
        Self::Kind { what, remedy }
    }

    pub(super) fn limit(what: impl Into<String>) -> Self {
        Self::Limit { what: what.into() }
    }

    pub(super) fn broken(what: impl Into<String>) -> Self {
        Self::Broken { what: what.into() }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind { what, remedy } => write!(f, "this is {what}: {remedy}"),
            Self::Limit { what } => write!(f, "{what}, which no plan needs: nothing was read"),
            Self::Broken { what } => {
                write!(
                    f,
                    "the file is broken ({what}): open it in the program that made it, and save it anew"
                )
            }
        }
    }
}

impl std::error::Error for ImportError {}
