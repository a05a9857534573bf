//! Words that may never reach a public page: whether it holds them, and where.
//!
//! They are looked for in every text that the page was made of, and in the page itself, as it is written and in
//! what a reader sees of it: in any case, through markup, character references, percent-encoding and whatever
//! Unicode has that looks the same. A word of several parts is found however they are joined, and a word within a
//! longer one too: a page that is stopped for nothing costs a minute, and one that goes out cannot be taken back.
//!
//! A page has words of its own: its headings, its months, what it says of itself. They are told from those of the
//! plan by the same page of a plan without words: what stands there too is the page's own.

mod blank;
mod fields;
mod fold;
mod read;

pub use blank::blank;
pub use fields::{Field, fields};

use aho_corasick::AhoCorasick;
use blank::is_blank;
use fold::{APART, Closed, Folded};
use read::View;
use unicode_normalization::UnicodeNormalization as _;

/// A word that was found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// The word.
    pub word: String,
}

/// Where a word was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this of the fields.
    Field(usize),
    /// In no field, but in the page that is made of them, with what stands around it.
    Page(String),
}

/// A page as it is written.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// As HTML.
    Html(&'a str),
    /// As Markdown.
    Markdown(&'a str),
}

/// Below so many letters, the parts of a word are looked for in one piece only where it is a word of its own: "Mr
/// A" is not in "from range".
const FEW_LETTERS: usize = 6;

/// The words that are looked for, all at once.
#[derive(Debug)]
pub struct Wanted {
    words: Vec<String>,
    /// The words as they are, and which each is.
    folded: AhoCorasick,
    of_folded: Vec<Sought>,
    /// The words of several parts, in one piece, and which each is.
    closed: AhoCorasick,
    of_closed: Vec<Sought>,
}

/// A word as it is looked for.
#[derive(Clone, Copy, Debug)]
struct Sought {
    /// Which it is.
    word: usize,
    /// How long the initial is with which it begins: of what is set off behind it, it is found only where a word begins.
    initial: Option<usize>,
    /// Whether it is found only as a word of its own.
    is_alone: bool,
}

impl Wanted {
    /// The words as they are looked for; none where one holds nothing that can be looked for.
    #[must_use]
    pub fn new(words: &[String]) -> Option<Self> {
        let (mut folded, mut of_folded): (Vec<String>, Vec<Sought>) = Default::default();
        let (mut closed, mut of_closed): (Vec<String>, Vec<Sought>) = Default::default();
        for (n, word) in words.iter().enumerate() {
            let forms = Folded::of([word.as_str()]);
            for form in forms.forms() {
                if form.text.trim().is_empty() {
                    return None;
                }
                let is_letters = *form == forms.letters;
                let initial = initial(word).map(|first| {
                    let Folded { letters, looks } = Folded::of([first.as_str()]);
                    if is_letters { letters.text.len() } else { looks.text.len() }
                });
                let sought = Sought { word: n, initial, is_alone: false };
                folded.push(form.text.trim().to_owned());
                of_folded.push(sought);
                let whole = Closed::of(form).text;
                if parts(word) > 1 && !whole.is_empty() {
                    // Where there are no capitals there may be no spaces either.
                    let is_uncased = whole.chars().all(|c| c.is_alphabetic() && !c.is_lowercase());
                    let is_alone = whole.chars().count() < FEW_LETTERS && !is_uncased;
                    of_closed.push(Sought { is_alone, ..sought });
                    closed.push(whole);
                }
            }
        }
        let (folded, closed) = (AhoCorasick::new(folded).ok()?, AhoCorasick::new(closed).ok()?);
        let words = words.iter().map(|word| word.trim().to_owned()).collect();
        Some(Self { words, folded, of_folded, closed, of_closed })
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How often each word is in texts of which none spans two, and what stands around it first.
    fn count<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Vec<Hits> {
        let mut hits = vec![Hits::default(); self.words.len()];
        let folded = Folded::of(texts);
        for form in folded.forms() {
            for found in self.folded.find_overlapping_iter(&form.text) {
                let Sought { word, initial, .. } = self.of_folded[found.pattern()];
                if initial.is_none() || form.may_begin(found.start()) {
                    hits[word].add(&form.text, found.range());
                }
            }
            if self.of_closed.is_empty() {
                continue;
            }
            let closed = Closed::of(form);
            for found in self.closed.find_overlapping_iter(&closed.text) {
                let Sought { word, initial, is_alone } = self.of_closed[found.pattern()];
                let is_word = || closed.is_break(found.start()) && closed.is_break(found.end());
                // "R Green" is not in "owner: green", where a word ends behind the r; it is in "dcirgreen".
                let is_within = || {
                    let before = &closed.text[..found.start()];
                    !closed.is_break(found.start()) && before.ends_with(char::is_lowercase)
                };
                let is_other =
                    initial.is_some_and(|length| closed.is_break(found.start() + length) && is_within());
                if !is_other && (!is_alone || is_word()) {
                    hits[word].add(&closed.text, found.range());
                }
            }
        }
        hits
    }

    /// Looks for the words in the fields that a page was made of, and in the page: what the page of a plan
    /// without words has as often is the page's own.
    #[must_use]
    pub fn look(&self, fields: &[Field], page: Written<'_>, own: Written<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        let mut is_found = vec![false; self.words.len()];
        for (place, field) in fields.iter().enumerate() {
            let readings = read::readings(&field.text);
            let hits = self.count(readings.iter().map(String::as_str));
            for (n, _) in hits.iter().enumerate().filter(|(_, hits)| hits.count > 0) {
                is_found[n] = true;
                found.push(Found { place: Place::Field(place), word: self.words[n].clone() });
            }
        }
        for (page, own) in views(page).iter().zip(views(own)) {
            let hits = self.count(page.iter().map(String::as_str));
            let own = self.count(own.iter().flat_map(|text| text.split(is_blank)));
            for (n, (hits, own)) in hits.into_iter().zip(own).enumerate() {
                if hits.count > own.count && !is_found[n] {
                    is_found[n] = true;
                    found.push(Found { place: Place::Page(hits.around), word: self.words[n].clone() });
                }
            }
        }
        found
    }
}

/// How often a word was found, and what stands around it.
#[derive(Clone, Debug, Default)]
struct Hits {
    count: usize,
    around: String,
}

impl Hits {
    fn add(&mut self, text: &str, at: std::ops::Range<usize>) {
        /// So many letters tell the place.
        const NEAR: usize = 24;
        self.count += 1;
        if self.around.is_empty() {
            let before =
                text[..at.start].char_indices().rev().take_while(|(_, c)| *c != APART).take(NEAR).last();
            let after = text[at.end..].chars().take_while(|c| *c != APART).take(NEAR).map(char::len_utf8);
            let around = before.map_or(at.start, |(from, _)| from)..at.end + after.sum::<usize>();
            self.around = text[around].trim().to_owned();
        }
    }
}

fn views(page: Written<'_>) -> Vec<View> {
    match page {
        Written::Html(html) => read::page(html),
        Written::Markdown(markdown) => read::paper(markdown),
    }
}

/// Of how many parts a word is: "Op Hawthorn", "O'Neil", "OpHawthorn" and "B12" are of two.
fn parts(word: &str) -> usize {
    let mut parts = 0;
    let mut before = None;
    for c in word.chars().filter(|c| !crate::visible::shows_nothing(*c)) {
        let begins = match before {
            None => true,
            Some(before) => {
                kind(before) != kind(c) && !(kind(before) == Kind::Upper && kind(c) == Kind::Lower)
            }
        };
        if kind(c) != Kind::Other && begins {
            parts += 1;
        }
        before = Some(c);
    }
    parts
}

/// The initial with which a name begins: a capital letter that white space, or a full stop, sets off, as in "R Green".
/// That of "O'Neil" is none.
fn initial(word: &str) -> Option<String> {
    let word: String = word.nfc().collect();
    let mut chars = word.trim_start().chars();
    let first = chars.next().filter(|c| c.is_uppercase())?;
    let rest = chars.as_str();
    let is_set_off = rest.starts_with(char::is_whitespace) || rest.starts_with('.');
    (is_set_off && rest.contains(char::is_alphabetic)).then(|| first.to_string())
}

#[derive(PartialEq, Eq)]
enum Kind {
    Upper,
    Lower,
    Digit,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        c if c.is_uppercase() => Kind::Upper,
        c if c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) => Kind::Lower,
        c if c.is_numeric() => Kind::Digit,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests;
