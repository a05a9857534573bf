//! The lines that a change of a file takes away and adds, as `git diff` shows them.

use super::Look;
use super::style::Tone;
use crate::visible::escape;
use std::io::{self, Write};

/// Lines around a change that are shown with it.
const AROUND: usize = 3;

/// Writes how a file differs from what it was; of one that does not, that it does not.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(out: &mut impl Write, look: Look, path: &str, old: &str, new: &str) -> io::Result<()> {
    if old == new {
        return writeln!(out, "{}: nothing is to change", escape(path));
    }
    let diff = similar::TextDiff::from_lines(old, new);
    let told = diff.unified_diff().context_radius(AROUND).header(path, path).to_string();
    // Not by `lines`: a carriage return is a difference too.
    for line in told.strip_suffix('\n').unwrap_or(&told).split('\n') {
        let tone = match line.chars().next() {
            Some('+') => Tone::Good,
            Some('-') => Tone::Bad,
            Some('@') => Tone::Quiet,
            _ => Tone::Plain,
        };
        writeln!(out, "{}", tone.paint(&escape(line), look.colour))?;
    }
    Ok(())
}
