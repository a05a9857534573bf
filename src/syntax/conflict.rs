//! Conflict markers that a merge left behind, outside strings and inside.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// One conflict: an ordered triple of `<<<<<<<`, `=======` and `>>>>>>>` at the start of lines.
#[derive(Debug)]
pub(super) struct Conflict {
    /// The `<<<<<<<` line.
    open: Span,
    /// From the line that ends the first side (`|||||||` or `=======`) to the end of `>>>>>>>`.
    other_side: Span,
    /// The `>>>>>>>` line.
    close: Span,
}

impl Conflict {
    /// Where its first line starts.
    pub(super) fn start(&self) -> usize {
        self.open.range().start
    }

    pub(super) fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new("conflict-marker", self.open, "a merge left a conflict here")
            .label(self.close, "the conflict ends here")
            .help(
                "keep the lines of one side, or a mixture that is true, and delete the lines with \
                 `<<<<<<<`, `=======` and `>>>>>>>`; then `git add` the file",
            )
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Open,
    Base,
    Middle,
    Close,
}

fn marker(line: &str) -> Option<Marker> {
    let (marker, middle) = match line.as_bytes().first()? {
        b'<' => (Marker::Open, false),
        b'|' => (Marker::Base, false),
        b'=' => (Marker::Middle, true),
        b'>' => (Marker::Close, false),
        _ => return None,
    };
    let rest = line.trim_start_matches(char::from(line.as_bytes()[0]));
    // Git writes seven of the character, then a space and a name; `=======` stands alone.
    let exact = line.len() - rest.len() == 7;
    (exact && if middle { rest.is_empty() } else { rest.is_empty() || rest.starts_with(' ') })
        .then_some(marker)
}

/// Every conflict in the text, in order.
pub(super) fn find(text: &str) -> Vec<Conflict> {
    if memchr::memmem::find(text.as_bytes(), b"<<<<<<<").is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut open, mut other) = (None, None);
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']).trim_start_matches(crate::source::BOM);
        let start = offset + line.find(content).unwrap_or(0);
        let here = Span::new(start, start + content.len());
        match (marker(content), open, other) {
            (Some(Marker::Open), ..) => (open, other) = (Some((here, false)), None),
            (Some(Marker::Base), Some((_, false)), None) => other = Some(here),
            (Some(Marker::Middle), Some((at, false)), _) => {
                open = Some((at, true));
                other = other.or(Some(here));
            }
            (Some(Marker::Close), Some((at, true)), Some(from)) => {
                found.push(Conflict { open: at, other_side: from.to(here), close: here });
                (open, other) = (None, None);
            }
            _ => {}
        }
        offset += line.len();
    }
    found
}

/// The text with the markers and the second side of every conflict blanked out, byte for byte, so
/// that the rest is read at its own place.
pub(super) fn mask(text: &str, conflicts: &[Conflict]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for span in conflicts.iter().flat_map(|c| [c.open, c.other_side]) {
        masked.push_str(&text[done..span.range().start]);
        let blank = |b: u8| if matches!(b, b'\n' | b'\r') { char::from(b) } else { ' ' };
        masked.extend(text[span.range()].bytes().map(blank));
        done = span.range().end;
    }
    masked.push_str(&text[done..]);
    masked
}
