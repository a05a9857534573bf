//! Ids: how they sort, the slug that a file's name begins with, and ranges of them.

use std::cmp::Ordering;
use std::fmt;

/// A recommendation's number in its source: "7", "7.1", "012/21", "SR (25/26) 01".
///
/// Ids sort as people count: 7, 7.1, 10.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Id(Box<str>);

impl Id {
    /// The id of that text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, where it is a whole number and nothing else.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        let digits = self.0.bytes().all(|b| b.is_ascii_digit());
        if digits { self.0.parse().ok() } else { None }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        natural_cmp(&self.0, &other.0).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares as people do: runs of digits by their value, all else by character.
#[must_use]
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a.first(), b.first()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (m, rest_a) = leading_number(a);
                let (n, rest_b) = leading_number(b);
                match m.len().cmp(&n.len()).then_with(|| m.cmp(n)) {
                    Ordering::Equal => (a, b) = (rest_a, rest_b),
                    unequal => return unequal,
                }
            }
            (Some(x), Some(y)) if x == y => (a, b) = (&a[1..], &b[1..]),
            (Some(x), Some(y)) => return x.cmp(y),
        }
    }
}

/// The digits at the head, without leading zeros, and the rest.
fn leading_number(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let zeros = digits.iter().take_while(|b| **b == b'0').count();
    (&digits[zeros.min(digits.len() - 1)..], rest)
}

/// The slug with which a recommendation's file name begins: lower case, each run of characters
/// other than `a-z 0-9 .` a hyphen, a whole number padded to two digits.
#[must_use]
pub fn slug(id: &str) -> String {
    if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{id:0>2}");
    }
    let mut slug = String::with_capacity(id.len());
    for c in id.chars().flat_map(char::to_lowercase) {
        if matches!(c, 'a'..='z' | '0'..='9' | '.') {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    // A name that began with a dot would be a hidden file, which nobody reads; with a hyphen, a flag.
    slug.trim_end_matches('-').trim_start_matches(['-', '.']).to_owned()
}

/// An id, or a range of whole numbers: "7", "1-29".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdRange {
    /// One id.
    One(Id),
    /// All whole numbers from the first to the last, both included.
    Numbers(u32, u32),
}

/// A range holds at most so many numbers: a slip of the finger must not ask for four billion.
const MAX_RANGE: u32 = 10_000;

impl IdRange {
    /// Reads "7", "012/21" or "1-29", also with the dash that Word makes of the hyphen. Numbers with
    /// a leading nought are parts of an id such as "24-05", not the ends of a range.
    ///
    /// # Errors
    /// Where a range runs backwards, or holds more than 10,000 numbers.
    pub fn parse(text: &str) -> Result<Self, String> {
        let number = |s: &str| Id::new(s.trim()).number().filter(|_| !s.trim().starts_with('0'));
        match text.split_once(['-', '–', '—']).and_then(|(a, b)| Some((number(a)?, number(b)?))) {
            Some((first, last)) if first > last => Err(format!("the range {text} runs backwards")),
            Some((first, last)) if last - first >= MAX_RANGE => {
                Err(format!("the range {text} holds more than {MAX_RANGE} ids"))
            }
            Some((first, last)) => Ok(Self::Numbers(first, last)),
            None => Ok(Self::One(Id::new(text.trim()))),
        }
    }

    /// Whether the id is in it.
    #[must_use]
    pub fn contains(&self, id: &Id) -> bool {
        match self {
            Self::One(one) => one == id,
            Self::Numbers(first, last) => id.number().is_some_and(|n| (*first..=*last).contains(&n)),
        }
    }

    /// Every id in it.
    #[must_use]
    pub fn ids(&self) -> Vec<Id> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::Numbers(first, last) => (*first..=*last).map(|n| Id::new(&n.to_string())).collect(),
        }
    }
}

impl fmt::Display for IdRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(id) => id.fmt(f),
            Self::Numbers(first, last) => write!(f, "{first}-{last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_sort_as_people_count() {
        let mut ids = ["10", "7.1", "7", "012/21", "7.10", "9", "7.2", "SR 2", "SR 10", "07"].map(Id::new);
        ids.sort();
        let sorted: Vec<_> = ids.iter().map(Id::as_str).collect();
        assert_eq!(sorted, ["07", "7", "7.1", "7.2", "7.10", "9", "10", "012/21", "SR 2", "SR 10"]);
    }

    #[test]
    fn slugs_are_the_designs() {
        let slugs = ["7", "012/21", "SR (25/26) 01", "7.1", "100", "A–B", "..", "(a)"].map(slug);
        assert_eq!(slugs, ["07", "012-21", "sr-25-26-01", "7.1", "100", "a-b", "", "a"]);
    }

    #[test]
    fn a_range_is_of_whole_numbers() {
        assert_eq!(IdRange::parse("1-29"), Ok(IdRange::Numbers(1, 29)));
        assert_eq!(IdRange::parse("1 – 29"), Ok(IdRange::Numbers(1, 29)));
        assert_eq!(IdRange::parse("24-05"), Ok(IdRange::One(Id::new("24-05"))));
        assert_eq!(IdRange::parse("SR-1"), Ok(IdRange::One(Id::new("SR-1"))));
        assert_eq!(IdRange::parse("9-1"), Err("the range 9-1 runs backwards".to_owned()));
        assert!(IdRange::parse("1-4000000000").is_err());
        assert!(IdRange::Numbers(1, 29).contains(&Id::new("29")));
        assert!(!IdRange::Numbers(1, 29).contains(&Id::new("7.1")));
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in "[0-9a.]{0,4}", b in "[0-9a.]{0,4}", c in "[0-9a.]{0,4}") {
            let (a, b, c) = (Id::new(&a), Id::new(&b), Id::new(&c));
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
            if a <= b && b <= c {
                prop_assert!(a <= c);
            }
        }
    }
}
