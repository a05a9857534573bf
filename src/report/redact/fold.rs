//! The form in which words are compared: what does not show is left out, letters that are the same or look the
//! same are the same, and each run of white space is one space.

use crate::visible::shows_nothing;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::skeleton;

/// What keeps two texts apart that are looked through together; no folded text holds it.
pub(super) const APART: char = '\n';

/// A text as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// By what its letters are: А and а are one letter, whatever they look like.
    pub(super) letters: Form,
    /// By what they look like: Cyrillic А and Greek Η are Latin A and H.
    pub(super) looks: Form,
}

/// A folded text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) text: String,
    /// Where something stood that shows nothing, or that is no letter and looks like one: words may begin there.
    seams: Vec<usize>,
}

impl Form {
    /// Whether a word may begin at a place. Where there are no capitals there may be no spaces either, and a figure may be
    /// that of a note.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        !self.text[..at].ends_with(char::is_lowercase) || self.seams.binary_search(&at).is_ok()
    }

    fn seam(&mut self) {
        if self.seams.last() != Some(&self.text.len()) {
            self.seams.push(self.text.len());
        }
    }
}

impl Folded {
    /// Several texts, of which no word spans two.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut folded = Self::default();
        for text in texts {
            if !folded.letters.text.is_empty() {
                folded.letters.text.push(APART);
                folded.looks.text.push(APART);
            }
            push(&unescaped(text), &mut folded);
        }
        folded
    }

    /// Both forms, or the one where they are the same.
    pub(super) fn forms(&self) -> impl Iterator<Item = &Form> {
        let other = (self.looks.text != self.letters.text).then_some(&self.looks);
        std::iter::once(&self.letters).chain(other)
    }
}

fn push(text: &str, folded: &mut Folded) {
    let mut is_blank = false;
    // Each character by itself, so that a word is the same whatever stands around it.
    for c in text.nfkd() {
        if c.is_whitespace() {
            if !is_blank {
                folded.letters.text.push(' ');
                folded.looks.text.push(' ');
            }
            is_blank = true;
            continue;
        }
        if is_combining_mark(c) {
            continue;
        }
        if shows_nothing(c) {
            folded.letters.seam();
            folded.looks.seam();
            continue;
        }
        is_blank = false;
        if c.is_ascii() {
            folded.letters.text.push(c.to_ascii_lowercase());
            folded.looks.text.push(c.to_ascii_lowercase());
            continue;
        }
        // By way of capitals: ß is SS there, and ς is Σ.
        for lower in c.to_uppercase().flat_map(char::to_lowercase) {
            push_look(lower, &mut folded.letters.text, 'l');
        }
        push_look(c, &mut folded.looks.text, 'i');
        if !c.is_alphanumeric() {
            folded.letters.seam();
            folded.looks.seam();
        }
    }
}

/// Writes what a letter looks like, in lower case; a stroke that may be an l or an i as this of the two.
fn push_look(c: char, into: &mut String, stroke: char) {
    let sign = match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' => Some('-'),
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' => Some('\''),
        '\u{201c}' | '\u{201d}' | '\u{201f}' | '\u{2033}' => Some('"'),
        // Letters in circles and squares, white on black, and those of which flags are made.
        '\u{1f150}'..='\u{1f169}' => letter(c, '\u{1f150}'),
        '\u{1f170}'..='\u{1f189}' => letter(c, '\u{1f170}'),
        '\u{1f1e6}'..='\u{1f1ff}' => letter(c, '\u{1f1e6}'),
        c if c.is_ascii() => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    if let Some(sign) = sign {
        into.push(sign);
        return;
    }
    if matches!(c, 'ß' | 'ẞ') {
        into.push_str("ss");
        return;
    }
    let is_capital = c.is_uppercase();
    let like: String = skeleton(c.encode_utf8(&mut [0; 4])).filter(|c| !is_combining_mark(*c)).collect();
    // That is how Unicode's list writes an m.
    if like == "rn" {
        into.push('m');
        return;
    }
    for like in like.chars() {
        match like {
            // A stroke is a capital I as well as a small l: a capital says which, and nothing else does.
            'l' => into.push(if is_capital { 'i' } else { stroke }),
            like => match small_capital(like) {
                Some(letter) => into.push(letter),
                None => into.extend(like.to_lowercase()),
            },
        }
    }
}

/// The letter of an alphabet of signs that begins there.
fn letter(c: char, a: char) -> Option<char> {
    let n = u32::from(c).checked_sub(u32::from(a))?;
    ('a'..='z').nth(usize::try_from(n).ok()?)
}

/// The letter of which this is the small capital, which Unicode's list leaves as it is.
fn small_capital(c: char) -> Option<char> {
    const SMALL: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ";
    const LETTERS: &str = "abcdefghijklmnopqrstuvwyz";
    match c {
        'ĸ' => Some('k'),
        'ʍ' => Some('m'),
        // As a Greek beta looks.
        'ß' | 'ẞ' => Some('b'),
        c if c.is_ascii() => None,
        c => SMALL.chars().position(|small| small == c).and_then(|n| LETTERS.chars().nth(n)),
    }
}

/// Characters that do not show are written by number on a page, `\u{200b}`; here they are themselves again.
fn unescaped(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\u{") {
        let (before, from) = rest.split_at(at);
        told.push_str(before);
        let number = from[3..].split_once('}').filter(|(number, _)| number.len() <= 6);
        let c = number.and_then(|(number, _)| u32::from_str_radix(number, 16).ok()).and_then(char::from_u32);
        match (c, number) {
            (Some(c), Some((_, after))) => {
                told.push(c);
                rest = after;
            }
            _ => {
                told.push_str("\\u{");
                rest = &from[3..];
            }
        }
    }
    told.push_str(rest);
    told
}

/// A folded text without anything but letters and digits, and where words begin and end in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Closed {
    pub(super) text: String,
    breaks: Vec<usize>,
}

impl Closed {
    pub(super) fn of(folded: &Form) -> Self {
        let mut closed = Self { text: String::with_capacity(folded.text.len()), breaks: vec![0] };
        let mut is_within = false;
        let mut seams = folded.seams.iter().copied().peekable();
        for (at, c) in folded.text.char_indices() {
            let is_letter = c.is_alphanumeric();
            let is_seam = seams.next_if(|seam| *seam <= at).is_some();
            if (is_letter != is_within || is_seam) && closed.breaks.last() != Some(&closed.text.len()) {
                closed.breaks.push(closed.text.len());
            }
            is_within = is_letter;
            if is_letter || c == APART {
                closed.text.push(c);
            }
        }
        closed.breaks.push(closed.text.len());
        closed
    }

    /// Whether a place is where words begin and end.
    pub(super) fn is_break(&self, at: usize) -> bool {
        self.breaks.binary_search(&at).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn looks(text: &str) -> String {
        Folded::of([text]).looks.text
    }

    #[test]
    fn letters_that_look_the_same_are_the_same() {
        for (text, folded) in [
            ("Vulcаn", "vulcan"),
            ("Ор", "op"),
            ("ΗΙLL", "hill"),
            ("Késtrel", "kestrel"),
            ("K̶e̷s̸t̵r̲e̊l", "kestrel"),
            ("ᴋᴇꜱᴛʀᴇʟ", "kestrel"),
            ("КЕЅТRЕL", "kestrel"),
            ("ｋｅｓｔｒｅｌ 𝓀𝑒𝓈𝓉𝓇𝑒𝓁 Ⓚⓔⓢⓣⓡⓔⓛ", "kestrel kestrel kestrel"),
            ("🅺🅴🆂🆃🆁🅴🅻", "kestrel"),
            ("Łódź Ørsted Straße ﬁ", "lodz orsted strasse fi"),
            ("a\u{a0}\u{3000}\tb", "a b"),
        ] {
            assert_eq!(looks(text), folded, "{text}");
        }
    }

    #[test]
    fn a_letter_is_the_same_in_any_case() {
        let letters = |text: &str| Folded::of([text]).letters;
        for (upper, lower) in
            [("ΟΔΟΣ", "οδος"), ("ВУЛКАН", "вулкан"), ("ŒUVRE", "œuvre"), ("STRASSE", "straße")]
        {
            assert_eq!(letters(upper), letters(lower), "{upper}");
        }
        assert_eq!(letters("ς"), letters("σ"));
    }

    #[test]
    fn what_is_no_letter_is_left_out_and_words_begin_where_it_was() {
        let closed = Closed::of(&Folded::of(["op. hawthorn_x", "b"]).letters);
        assert_eq!(closed.text, "ophawthornx\nb");
        assert_eq!(closed.breaks, [0, 2, 10, 11, 12, 13]);
    }

    proptest! {
        /// What stands around a word does not change it.
        #[test]
        fn a_word_is_the_same_wherever_it_stands(
            before in r"[^\\{}\n]{0,6}", word in r"[^\\{}\n]{1,6}", after in r"[^\\{}\n]{0,6}",
        ) {
            let (whole, part) = (Folded::of([format!("{before}{word}{after}").as_str()]), Folded::of([word.as_str()]));
            prop_assert!(whole.letters.text.contains(part.letters.text.trim()), "{:?} in {:?}", part.letters, whole.letters);
            prop_assert!(whole.looks.text.contains(part.looks.text.trim()), "{:?} in {:?}", part.looks, whole.looks);
            prop_assert!(!whole.letters.text.contains(APART));
        }
    }
}
