//! Why a text was not changed.

use crate::source::position;
use crate::syntax::Document;
use crate::visible::one_line;
use std::fmt;

/// Why a text was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The text has a fault of syntax; changing what cannot be read is guesswork.
    Faulty {
        /// The line of the fault, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// There is no such key in the format.
    UnknownKey {
        /// The key as it was asked for.
        key: String,
    },
    /// What stands under a key cannot be changed in this way.
    WrongType {
        /// The key.
        key: String,
        /// What is there, with its article.
        found: String,
    },
    /// There is no such table, or no such item of a list.
    NotThere {
        /// The key.
        key: String,
        /// What was looked for under it.
        wanted: String,
    },
    /// The changed text would hold a conflict of a merge, in what was to be written.
    Conflict,
    /// The changed text would not say what was asked for, or would say something else besides.
    Astray,
}

impl EditError {
    /// The first fault of a document, if it has one.
    pub(super) fn of_faults(text: &str, document: &Document<'_>) -> Result<(), Self> {
        let Some(fault) = document.faults.first() else { return Ok(()) };
        let line = position(text, fault.span.map_or(0, |span| span.range().start)).line;
        Err(Self::Faulty { line, message: fault.message.clone() })
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faulty { line, message } => {
                write!(f, "line {line} has to be mended before this file is changed: {message}")
            }
            Self::UnknownKey { key } => write!(f, "there is no key `{}`", one_line(key)),
            Self::WrongType { key, found } => {
                write!(f, "`{}` is {found} here, which cannot be changed in this way", one_line(key))
            }
            Self::NotThere { key, wanted } => {
                write!(f, "`{}` has no {}", one_line(key), one_line(wanted))
            }
            Self::Conflict => f.write_str(
                "what is to be written holds a conflict that a merge left (<<<<<<<, =======, >>>>>>>): settle it first",
            ),
            Self::Astray => {
                f.write_str("this file is written in a way that cannot be changed safely; edit it by hand")
            }
        }
    }
}

impl std::error::Error for EditError {}
