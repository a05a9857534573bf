//! The lines that a change of a file takes away and adds, as `git diff` shows them.

use super::Look;
use super::style::Tone;
use crate::source::BOM;
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
    // What both have is no difference: a byte order mark, and line endings of one kind.
    let (old, new) = match (old.strip_prefix(BOM), new.strip_prefix(BOM)) {
        (Some(old), Some(new)) => (old, new),
        _ => (old, new),
    };
    let is_crlf = |text: &str| !text.replace("\r\n", "").contains('\n');
    let both = is_crlf(old) && is_crlf(new);
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
        let shows_end = line.starts_with(['+', '-']) && !both;
        let line = line.strip_suffix('\r').filter(|_| !shows_end).unwrap_or(line);
        writeln!(out, "{}", tone.paint(&escape(line), look.colour))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> String {
        let mut told = Vec::new();
        write(&mut told, Look { colour: false, width: None }, "x", old, new)
            .expect("a buffer can be written to");
        String::from_utf8(told).expect("it is text")
    }

    #[test]
    fn the_end_of_a_line_shows_where_it_is_what_changes() {
        let unix = told("a\nb\nc\n", "a\nB\nc\n");
        assert_eq!(told("\u{feff}a\r\nb\r\nc\r\n", "\u{feff}a\r\nB\r\nc\r\n"), unix);
        let mixed = told("a\r\nb\r\nc\n", "a\r\nb\nc\n");
        assert!(mixed.contains("\n a\n-b\\u{d}\n+b\n c\n"), "{mixed}");
        assert!(told("\u{feff}a\n", "a\n").contains("-\\u{feff}a"));
        assert!(told("a\n\r\n", "a\n\n").contains("-\\u{d}\n+\n"));
    }
}
