//! Words that may never reach a public page: whether it holds them, and where.
//!
//! They are looked for in the page as it is written, and in what a reader sees of it: in any case, through
//! markup, entities and whatever Unicode has for the same letters. A word is found within a longer one too: a
//! page that is stopped for nothing costs a minute, and one that goes out cannot be taken back.

use crate::model::{Deadline, Named, Plan, Word};
use crate::wording::day;
use html5gum::{DefaultEmitter, Token, Tokenizer};
use pulldown_cmark::{Event, Parser};
use unicode_normalization::UnicodeNormalization as _;

/// A word that was found, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where: a recommendation and what of it, or what stands around it.
    pub place: String,
    /// The word.
    pub word: String,
}

/// A text of a plan, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Where it stands: "12: the update of 2 Jun 2026".
    pub place: String,
    /// The text.
    pub text: String,
}

/// The words as they are looked for; none where one holds nothing that can be looked for.
#[must_use]
pub fn words(words: &[String]) -> Option<Vec<Wanted>> {
    let wanted = |word: &String| {
        let folded = fold(word).trim().to_owned();
        (!folded.is_empty()).then(|| Wanted { word: word.trim().to_owned(), folded })
    };
    words.iter().map(wanted).collect()
}

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    word: String,
    folded: String,
}

/// Looks for the words in a page, with what a reader sees of it, and in the fields that it was made of.
#[must_use]
pub fn look(wanted: &[Wanted], page: &str, fields: &[Field]) -> Vec<Found> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let seen = views(page);
    let mut found = Vec::new();
    for Wanted { word, folded } in wanted {
        let in_fields = fields.iter().filter(|field| {
            let folded_field = [fold(&field.text), fold(&plain(&field.text))];
            folded_field.iter().any(|text| text.contains(folded))
        });
        let places: Vec<String> = in_fields.map(|field| field.place.clone()).collect();
        if places.is_empty() {
            found.extend(
                seen.iter()
                    .find_map(|text| around(text, folded))
                    .map(|place| Found {
                        place: format!("in the page, at “{place}”"), word: word.clone()
                    }),
            );
        }
        found.extend(places.into_iter().map(|place| Found { place, word: word.clone() }));
    }
    found
}

/// What stands around a word in a text.
fn around(text: &str, word: &str) -> Option<String> {
    let at = text.find(word)?;
    let before = text[..at].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev();
    let after = text[at + word.len()..].chars().take(24);
    Some(before.chain(word.chars()).chain(after).collect::<String>().trim().to_owned())
}

/// A page as it is written, and as it is read: with its elements keeping words apart, and without.
fn views(page: &str) -> Vec<String> {
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let (mut apart, mut joined, mut closed, mut hidden) =
        (String::new(), String::new(), String::new(), Vec::new());
    for token in Tokenizer::new_with_emitter(page, emitter).flatten() {
        match token {
            Token::String(text) => {
                let text = read(&text.value);
                [&mut apart, &mut joined, &mut closed].into_iter().for_each(|view| view.push_str(&text));
            }
            Token::StartTag(tag) => {
                apart.push(' ');
                if !INLINE.contains(&read(&tag.name).as_str()) {
                    joined.push(' ');
                }
                for value in tag.attributes.values().map(|value| read(&value.value)) {
                    hidden.push(percent_decoded(&value));
                    hidden.push(value);
                }
            }
            Token::EndTag(tag) => {
                apart.push(' ');
                if !INLINE.contains(&read(&tag.name).as_str()) {
                    joined.push(' ');
                }
            }
            Token::Comment(comment) => hidden.push(read(&comment.value)),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    [page.to_owned(), apart, joined, closed].into_iter().chain(hidden).map(|text| fold(&text)).collect()
}

/// An address as whoever follows it reads it: `%20` is a space.
fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A page in Markdown as HTML, as whoever shows it would.
#[must_use]
pub fn as_read(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(markdown, pulldown_cmark::Options::all()));
    html
}

/// Elements that keep no words apart.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "time",
    "u", "wbr",
];

/// What a reader sees of a text in CommonMark.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                plain.push_str(&text);
            }
            Event::Start(tag) if !is_inline(tag.to_end()) => plain.push(' '),
            Event::End(tag) if !is_inline(tag) => plain.push(' '),
            Event::SoftBreak | Event::HardBreak | Event::Rule => plain.push(' '),
            _ => {}
        }
    }
    plain
}

fn is_inline(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image)
}

/// A text in the one form in which words are compared: what does not show is left out, letters that mean the
/// same are the same, in lower case, and each run of white space is one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let shown: String = unescaped(text).nfkc().filter(|c| !is_ignorable(*c)).collect();
    // By way of capitals: ß is SS there, and ſ is S.
    let lower = shown.to_uppercase().to_lowercase();
    let same = lower.nfkc().map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ad}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201f}' | '\u{2033}' => '"',
        'ς' => 'σ',
        c => c,
    });
    let mut folded = String::with_capacity(text.len());
    for c in same {
        if !c.is_whitespace() {
            folded.push(c);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded
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

/// Characters that show nothing of their own, after Unicode's list of what may be left out.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// Every text of a plan that a page may show, each with its place. `name` is said before the places of a plan
/// among several.
#[must_use]
pub fn fields(plan: &Plan, name: Option<&str>) -> Vec<Field> {
    let head = &plan.head;
    let mut fields = Vec::new();
    let mut add = |place: String, text: &str| {
        let place = name.map_or_else(|| place.clone(), |name| format!("{name}: {place}"));
        fields.push(Field { place, text: text.to_owned() });
    };
    add("plan.toml: title".to_owned(), &head.title);
    for (key, text) in [("organisation", &head.organisation), ("source", &head.source)] {
        text.iter().for_each(|text| add(format!("plan.toml: {key}"), text));
    }
    for level in &head.rags {
        add("plan.toml: the name of a RAG level".to_owned(), level.name());
    }
    for status in &head.statuses {
        add("plan.toml: the name of a status".to_owned(), status.name());
    }
    for r in &plan.recommendations {
        let id = &r.id;
        let mut of = |what: &str, text: &str| add(format!("{id}: {what}"), text);
        of("id", id.as_str());
        r.printed_id.iter().for_each(|printed| of("printed_id", printed.as_str()));
        of("title", &r.title);
        of("text", &r.text);
        r.owners.iter().for_each(|owner| of("owners", owner.name()));
        r.deadline.iter().filter_map(Deadline::wording).for_each(|text| of("deadline", text));
        r.rag.iter().for_each(|word| of("rag", word.name()));
        r.status.iter().for_each(|word| of("status", word.name()));
        for milestone in &r.milestones {
            of("a milestone's title", &milestone.title);
            milestone.due.iter().filter_map(Deadline::wording).for_each(|text| of("a milestone's due", text));
        }
        for (n, update) in r.updates.iter().enumerate() {
            let place = match update.date {
                Some(date) => format!("the update of {}", day(date)),
                None => format!("public update {}", n + 1),
            };
            let words = [update.rag.as_ref().map(Word::name), update.status.as_ref().map(Word::name)];
            let texts = [update.text.as_deref(), update.period.as_deref()].into_iter().chain(words);
            texts.flatten().for_each(|text| of(&place, text));
        }
        for evidence in &r.evidence {
            of("evidence", &evidence.title);
            evidence.reference.iter().for_each(|text| of("evidence", text));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where a page is stopped that says this.
    fn stopped(word: &str, page: &str) -> bool {
        let wanted = words(&[word.to_owned()]).expect("a word");
        !look(&wanted, page, &[]).is_empty()
    }

    #[test]
    fn a_word_is_found_however_it_is_written() {
        for page in [
            "project kestrel",
            "PROJECT KESTREL",
            "Project\n\t Kestrel",
            "Project&nbsp;Kestrel",
            "Project <b>Kes</b>trel",
            "<td>Project</td><td>Kestrel</td>",
            "Project&#32;&#x4b;estrel",
            "Project Kes&shy;trel",
            "Project Kes\u{200b}trel",
            "Project Kes\\u{200b}trel",
            "Project Kes\u{202e}\u{2066}trel",
            "Ｐｒｏｊｅｃｔ Ｋｅｓｔｒｅｌ",
            "𝐏𝐫𝐨𝐣𝐞𝐜𝐭 𝓚𝓮𝓼𝓽𝓻𝓮𝓵",
            "<p title='Project Kestrel'>",
            "<a href=\"https://example.org/project%20k%65strel\">",
            "<!-- Project Kestrel -->",
            "<script>var a = 'Project Kestrel'</script>",
            "Project Kestrel’s",
        ] {
            assert!(stopped("Project Kestrel", page), "{page}");
        }
        assert!(stopped("STRASSE", "Straße") && stopped("Straße", "strasse"));
        assert!(stopped("O'Neil", "O’Neil") && stopped("follow-up", "follow‑up"));
        assert!(!stopped("Project Kestrel", "<p>Project</p> of another bird, the kestrel"));
    }

    #[test]
    fn a_word_of_nothing_cannot_be_looked_for() {
        assert_eq!(words(&[" \u{200b}".to_owned()]), None);
        assert_eq!(words(&[]), Some(Vec::new()));
    }

    #[test]
    fn a_field_is_read_as_its_readers_see_it() {
        let field = |text: &str| Field { place: "7: text".to_owned(), text: text.to_owned() };
        let wanted = words(&["signaller B".to_owned()]).expect("a word");
        for text in ["signaller **B**", "signal*ler* B", "signaller\nB", "[signaller](x) B", "signaller\\\nB"]
        {
            let found = look(&wanted, "", &[field(text)]);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].place, "7: text");
        }
    }

    proptest! {
        /// What hides a word from the eye of a program does not hide it from this.
        #[test]
        fn what_does_not_show_hides_nothing(
            hidden in proptest::collection::vec(proptest::sample::select(vec![
                "", "\u{200b}", "\u{ad}", "\u{202e}", "<b>", "</i>", "<span class=x>", "\\u{2066}", "&zwj;", "\u{fe0f}",
            ]), 7),
            upper in any::<u8>(),
        ) {
            let letters = "kestrel".chars().enumerate();
            let page: String = letters
                .flat_map(|(n, c)| {
                    let c = if upper & (1 << n) == 0 { c.to_ascii_uppercase() } else { c };
                    [hidden[n].to_owned(), c.to_string()]
                })
                .collect();
            prop_assert!(stopped("Kestrel", &page), "{}", page);
        }

        #[test]
        fn folding_what_is_folded_changes_nothing(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
