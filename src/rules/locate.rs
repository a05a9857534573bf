//! A place in a plan's terms, or a span in a file, to lines, columns, and the source to show.

use crate::diagnostic::{Excerpt, Label, Location};
use crate::source::{SourceFile, Span, line_end, line_start, position};
use crate::syntax::{Document, Found, Step};
use crate::visible::{is_hidden, push_escaped};

/// A line is shown whole up to so many bytes, and cut around what is underlined past it.
const LONG_LINE: usize = 400;
/// How much of a long line is shown before what is underlined.
const BEFORE: usize = 80;
/// A second place is shown if it is no further away than so many lines.
const NEAR: usize = 200;

/// The span to underline for a path of keys.
pub(super) fn span_of(
    file: &SourceFile,
    document: &Document<'_>,
    path: &[Step],
    key_only: bool,
) -> Option<Span> {
    let Found { key, value } = document.find(path, &file.dropped)?;
    let one_line = !file.text.get(value.range()).unwrap_or_default().contains('\n');
    Some(if key_only || !one_line { key } else { value })
}

/// Lines and columns, and the source around them.
pub(super) fn location(text: &str, span: Span, labels: &[Label]) -> Location {
    let start = position(text, span.range().start);
    let end = position(text, span.range().end);
    let near = |l: &&Label| position(text, l.span.range().start).line.abs_diff(start.line) <= NEAR;
    let labels: Vec<&Label> = labels.iter().filter(near).collect();
    Location { start, end, excerpt: excerpt(text, span, &labels) }
}

/// The whole lines from the first place to the last, made fit to be shown: hidden characters
/// spelt out, long lines cut, every place moved along with its text.
fn excerpt(text: &str, span: Span, labels: &[&Label]) -> Excerpt {
    let all = labels.iter().fold(span, |all, l| all.to(l.span));
    let from = line_start(text, all.range().start);
    let to = line_end(text, all.range().end.max(all.range().start));
    let mut places: Vec<usize> = labels
        .iter()
        .flat_map(|l| [l.span, span])
        .chain([span])
        .flat_map(|s| [s.range().start, s.range().end])
        .collect();
    places.sort_unstable();
    places.dedup();
    let mut shown = String::new();
    let mut moved: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    let mut at = from;
    for line in text[from..to].split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let (line_at, line_to) = (at, at + line.len());
        at = line_to;
        let here: Vec<usize> = places.iter().copied().filter(|p| (line_at..line_to).contains(p)).collect();
        let window = window(text, line_at, content.len(), here.first().copied());
        let mut next = 0;
        let mut reached = |offset: usize, length: usize, moved: &mut Vec<(usize, usize)>| {
            while let Some(place) = here.get(next).filter(|p| **p <= offset) {
                moved.push((*place, length));
                next += 1;
            }
        };
        if window.start > line_at {
            shown.push('…');
        }
        for (i, c) in text[window.clone()].char_indices() {
            reached(window.start + i, shown.len(), &mut moved);
            if is_hidden(c) { push_escaped(&mut shown, c) } else { shown.push(c) }
        }
        reached(usize::MAX, shown.len(), &mut moved);
        if window.end < line_at + content.len() {
            shown.push('…');
        }
        if line.len() > content.len() && at < to {
            shown.push('\n');
        }
    }
    let place =
        |offset: usize| moved.iter().find(|(from, _)| *from == offset).map_or(shown.len(), |(_, to)| *to);
    let moved_span = |s: Span| Span::new(place(s.range().start), place(s.range().end));
    let labels = labels.iter().map(|l| Label { span: moved_span(l.span), text: l.text.clone() }).collect();
    let span = moved_span(span);
    Excerpt { first_line: position(text, from).line, span, labels, text: shown }
}

/// The part of a line that is shown.
fn window(text: &str, line_at: usize, length: usize, place: Option<usize>) -> std::ops::Range<usize> {
    let end = line_at + length;
    if length <= LONG_LINE {
        return line_at..end;
    }
    let from = place.unwrap_or(line_at).saturating_sub(BEFORE).clamp(line_at, end);
    let from = text.floor_char_boundary(from).max(line_at);
    from..text.floor_char_boundary((from + LONG_LINE).min(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_line_is_cut_around_its_place() {
        let text = format!("first\n{}needle{}\n", "a".repeat(1000), "b".repeat(1000));
        let start = text.find("needle").expect("it is there");
        let at = location(&text, Span::new(start, start + 6), &[]);
        assert_eq!((at.start.line, at.start.column), (2, 1001));
        assert_eq!(&at.excerpt.text[at.excerpt.span.range()], "needle");
        assert!(at.excerpt.text.len() < 420);
    }

    #[test]
    fn hidden_characters_are_spelt_and_the_underline_moves_with_them() {
        let text = "a\u{1b}b needle\n";
        let at = location(text, Span::new(4, 10), &[]);
        assert_eq!(at.excerpt.text, "a\\u{1b}b needle");
        assert_eq!(&at.excerpt.text[at.excerpt.span.range()], "needle");
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_can_be_shown(text in any::<String>(), a in 0..40_usize, b in 0..40_usize) {
            let (a, b) = (text.floor_char_boundary(a), text.floor_char_boundary(b));
            let at = location(&text, Span::new(a.min(b), a.max(b)), &[Label { span: Span::at(b), text: String::new() }]);
            prop_assert!(at.excerpt.text.get(at.excerpt.span.range()).is_some());
            prop_assert!(!at.excerpt.text.contains(is_hidden));
        }
    }
}
