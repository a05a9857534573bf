//! A file's text, spans in it, and the lines and columns that people count.

use std::ops::Range;

/// A range of bytes in a file's text. Files are at most [`MAX_BYTES`] long, so 32 bits suffice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset one past the last byte.
    pub end: u32,
}

/// The largest file that is read: 1 MiB. A larger one is a `too-large` finding.
pub const MAX_BYTES: u64 = 1 << 20;

impl Span {
    /// The span from `start` to `end`, in bytes.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The empty span at `at`.
    #[must_use]
    pub fn at(at: usize) -> Self {
        Self::new(at, at)
    }

    /// As a range, to index a text with.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `offset` lies in it.
    #[must_use]
    pub fn contains(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }
}

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path from the root of the plans, with `/` between the parts.
    pub path: String,
    /// Its text, a byte order mark included.
    pub text: String,
    /// Elements of lists that were not read for their faults.
    pub dropped: Vec<Span>,
}

/// A place in a text as people count it: lines from 1, columns from 1 in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters (Unicode scalar values). A byte order mark is none.
    pub column: usize,
}

/// The byte order mark that some editors put at the head of a UTF-8 file.
pub const BOM: char = '\u{feff}';

/// The line and column of a byte offset. An offset past the end, or within a character, counts as
/// the nearest place before it.
#[must_use]
pub fn position(text: &str, offset: usize) -> Position {
    let offset = text.floor_char_boundary(offset);
    let before = &text[..offset];
    let line_start = line_start(text, offset);
    let column = before[line_start..].trim_start_matches(BOM).chars().count();
    Position { line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1, column: column + 1 }
}

/// The offset at which the line of `offset` begins.
#[must_use]
pub fn line_start(text: &str, offset: usize) -> usize {
    text[..text.floor_char_boundary(offset)].rfind('\n').map_or(0, |i| i + 1)
}

/// The offset at which the line of `offset` ends, its line ending excluded.
#[must_use]
pub fn line_end(text: &str, offset: usize) -> usize {
    let from = text.floor_char_boundary(offset);
    let end = text[from..].find('\n').map_or(text.len(), |i| from + i);
    if end > from && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_a_byte_order_mark_is_none() {
        let text = "\u{feff}id = \"é\"\r\nrag = 1\r\n";
        let place = |needle: &str| {
            let p = position(text, text.find(needle).expect("the needle is in the text"));
            (p.line, p.column)
        };
        assert_eq!(place("id"), (1, 1));
        assert_eq!(place("é"), (1, 7));
        assert_eq!(place("rag"), (2, 1));
        assert_eq!(position(text, usize::MAX), Position { line: 3, column: 1 });
    }

    #[test]
    fn a_line_ends_before_its_line_ending() {
        let text = "one\r\ntwo\nthree";
        assert_eq!(&text[line_start(text, 1)..line_end(text, 1)], "one");
        assert_eq!(&text[line_start(text, 6)..line_end(text, 6)], "two");
        assert_eq!(&text[line_start(text, 10)..line_end(text, 10)], "three");
    }
}
