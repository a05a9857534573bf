//! Several things that are wrong at once, each of which is told.

use anyhow::Result;
use std::fmt;

/// Several things that are wrong: an error whose messages are told one by one.
#[derive(Debug)]
struct Faults(Vec<String>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for Faults {}

/// Goes on where nothing is wrong.
///
/// # Errors
/// All that is.
pub(super) fn none_of(faults: Vec<String>) -> Result<()> {
    if faults.is_empty() { Ok(()) } else { Err(of(faults)) }
}

/// The error of these faults.
pub(super) fn of(faults: Vec<String>) -> anyhow::Error {
    Faults(faults).into()
}

/// The messages of an error: several of several faults, else one.
pub(super) fn told(error: &anyhow::Error, one: impl Fn(&anyhow::Error) -> String) -> Vec<String> {
    match error.downcast_ref::<Faults>() {
        Some(Faults(faults)) => faults.clone(),
        None => vec![one(error)],
    }
}
