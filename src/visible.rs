//! Characters that do not show, or that change how their neighbours show: what they are, and how
//! to show them all the same.

use std::borrow::Cow;
use std::fmt::Write as _;

/// How a character that shows nothing of its own comes to be in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unseen {
    /// Nobody writes it in earnest: it steers a terminal or the direction of text, or keeps two words from being
    /// the same.
    Hidden,
    /// Some script or emoji needs it.
    Joining,
}

/// The one list of characters that show nothing of their own: those that Unicode calls ignorable, those that
/// leave a blank and are no space, and control characters. A line break and a tab are part of prose.
fn unseen(c: char) -> Option<Unseen> {
    match c {
        '\n' | '\t' => None,
        // Left-to-right and right-to-left marks, embeddings, overrides and isolates.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(Unseen::Hidden)
        }
        // Line and paragraph separators; a byte order mark that is not at the head.
        '\u{2028}' | '\u{2029}' | '\u{feff}' => Some(Unseen::Hidden),
        // Spaces of no width, which keep two words from being the same.
        '\u{200b}' | '\u{2060}' | '\u{180e}' => Some(Unseen::Hidden),
        // A hyphen that shows at the end of a line alone, joiners, fillers, blanks, variants, tags.
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180d}'
        | '\u{180f}'
        | '\u{200c}'
        | '\u{200d}'
        | '\u{2061}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Some(Unseen::Joining),
        // What Unicode keeps out of all text.
        '\u{fdd0}'..='\u{fdef}' => Some(Unseen::Joining),
        c if u32::from(c) & 0xfffe == 0xfffe => Some(Unseen::Joining),
        c => c.is_control().then_some(Unseen::Hidden),
    }
}

/// Whether a character is a control character, steers the direction of text, or is a space of no width. A line
/// break and a tab are neither: they are part of prose.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    unseen(c) == Some(Unseen::Hidden)
}

/// Whether a character shows nothing of its own: one that [`is_hidden`] finds, or one that some script or emoji
/// needs and that tells no two words apart.
#[must_use]
pub fn shows_nothing(c: char) -> bool {
    unseen(c).is_some()
}

/// Whether a text may hold a hidden character: whether any of its bytes is a control character, or
/// begins a character of a block that holds hidden ones. A pound sign or a dash is no reason. Most
/// texts are cleared here, many bytes at a time.
#[must_use]
pub fn may_hide(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A fold, not `any`: without the early exit it runs sixteen bytes at a time.
    let controls =
        bytes.iter().fold(false, |so, b| so | ((*b < 0x20) & (*b != b'\n') & (*b != b'\t')) | (*b == 0x7f));
    // 0xC2 begins U+0080 to U+00BF, of which those below U+00A0 are hidden; 0xD8 and 0xE1 begin
    // characters of scripts that are rare here.
    let blocks = || {
        let mut found = memchr::memchr3_iter(0xc2, 0xd8, 0xe1, bytes);
        found.any(|i| bytes[i] != 0xc2 || bytes.get(i + 1).is_some_and(|b| *b < 0xa0))
    };
    // 0xE2 begins dashes and curly quotes too, and 0xEF the byte order mark.
    let marks = || memchr::memchr2_iter(0xe2, 0xef, bytes).any(|i| text[i..].starts_with(is_hidden));
    controls || blocks() || marks()
}

/// The text with every hidden character written as `\u{1b}`, so that nothing in it can reach a
/// terminal raw. Line breaks and tabs stay.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !may_hide(text) || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) { push_escaped(&mut shown, c) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// The text on one line: as [`escape`], with each run of white space a single space.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_none() {
        return escape(text);
    }
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Cow::Owned(escape(&joined).into_owned())
}

/// Writes a character by its number.
pub fn push_escaped(into: &mut String, c: char) {
    // Writing to a string does not fail.
    let _ = write!(into, "\\u{{{:x}}}", u32::from(c));
}

/// The character by its number and, where people know it by one, its name.
#[must_use]
pub fn describe(c: char) -> String {
    let name = match c {
        '\0' => " (NUL)",
        '\u{7}' => " (bell)",
        '\u{8}' => " (backspace)",
        '\r' => " (carriage return)",
        '\u{1b}' => " (escape, which steers terminals)",
        '\u{7f}' => " (delete)",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            " (it changes the direction of text)"
        }
        '\u{feff}' => " (a byte order mark that is not at the head of the file)",
        '\u{200b}' | '\u{2060}' | '\u{180e}' => " (a space of no width)",
        '\u{2028}' | '\u{2029}' => " (a line separator that most programs do not see)",
        _ => "",
    };
    format!("U+{:04X}{name}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hidden_characters_are_shown_by_number() {
        assert_eq!(escape("a\u{1b}[31mb\u{202e}c\u{9b}"), "a\\u{1b}[31mb\\u{202e}c\\u{9b}");
        assert_eq!(escape("plain é\n\ttext"), "plain é\n\ttext");
        assert_eq!(one_line("  a\n\n b\tc\r\n"), "a b c");
    }

    #[test]
    fn what_is_hidden_is_among_what_shows_nothing() {
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        assert!(all.filter(|c| is_hidden(*c)).all(shows_nothing));
        for c in [
            '\u{fdd1}',
            '\u{ffff}',
            '\u{1fffe}',
            '\u{ad}',
            '\u{200c}',
            '\u{200d}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{e0067}',
        ] {
            assert!(shows_nothing(c) && !is_hidden(c), "{c:?}");
        }
        for c in ['\u{200b}', '\u{2060}', '\u{feff}', '\u{202e}', '\u{1b}', '\u{85}'] {
            assert!(is_hidden(c), "{c:?}");
        }
        assert!(!['a', ' ', '\n', '\t', '\u{a0}', '\u{301}'].into_iter().any(shows_nothing));
    }

    proptest! {
        /// Looking at bytes may be over-careful, never careless.
        #[test]
        fn what_is_hidden_is_never_overlooked(text in "[a-z£–\u{80}-\u{a0}\u{61c}\u{180e}\u{200b}-\u{2069}\u{feff}\r\n]{0,6}") {
            prop_assert!(may_hide(&text) || !text.contains(is_hidden));
        }

        #[test]
        fn nothing_hidden_is_left(text in any::<String>()) {
            prop_assert!(!escape(&text).contains(is_hidden));
            prop_assert!(!one_line(&text).contains(|c| is_hidden(c) || c == '\n'));
        }
    }
}
