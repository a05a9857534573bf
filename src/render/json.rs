//! JSON, as [`crate::wire`] has it.

use serde::Serialize;
use std::io::{self, Write};

/// Writes a document, indented, with a line break at its end.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn document(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)
}

/// Writes a value on a line of its own.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)
}
