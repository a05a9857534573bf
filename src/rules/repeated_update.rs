//! `repeated-update`: one paragraph stands under several recommendations.

use super::{Breach, Check, Context, Group, Place, Rule, quoted};
use crate::diagnostic::Severity;
use crate::model::Recommendation;
use crate::store::Content::Text;
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

pub(super) static RULE: Rule = Rule {
    name: "repeated-update",
    group: Group::Consistency,
    level: Severity::Warning,
    summary: "A paragraph of an update stands under one recommendation only.",
    why: "A paragraph that was copied says nothing of the recommendation in hand, and hides that little was \
          done for it. When it is corrected in one place, it stays wrong in the others.",
    mend: "Keep it where it belongs. Under the others, say what was done for them, or name the \
           recommendation under which it stands.",
    before: &[],
    bad: &[
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-10
text = "Every stalking crime is now screened on the day that it is recorded."
"#,
            ),
        ),
        (
            "08-risk.toml",
            Text(
                r#"id = "8"
title = "Assess risk every time"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Assess the risk to the victim in every case."

[[update]]
date = 2025-03-10
text = "Every stalking crime is now screened on the day that it is recorded."
"#,
            ),
        ),
    ],
    good: &[
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-10
text = "Every stalking crime is now screened on the day that it is recorded."
"#,
            ),
        ),
        (
            "08-risk.toml",
            Text(
                r#"id = "8"
title = "Assess risk every time"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Assess the risk to the victim in every case."

[[update]]
date = 2025-03-10
text = "The screening under recommendation 7 now asks about risk, too."
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::Content(check),
};

/// Shorter paragraphs, in characters, are common phrases ("Work continues.").
const SHORT: usize = 40;
/// So many words of the paragraph are quoted.
const QUOTED: usize = 8;
/// So many of the other recommendations are named.
const NAMED: usize = 3;

fn check(context: &Context<'_>) -> Vec<Breach> {
    let recommendations = &context.plan.recommendations;
    let mut told: Vec<Told<'_>> = Vec::new();
    let mut places: HashMap<Cow<'_, str>, usize> = HashMap::new();
    for (n, r) in recommendations.iter().enumerate() {
        // Two files of one id are one finding already.
        if n > 0 && recommendations[n - 1].id == r.id {
            continue;
        }
        for (i, update) in r.updates.iter().enumerate() {
            for paragraph in update.text.as_deref().into_iter().flat_map(paragraphs).flat_map(items) {
                if paragraph.len() < SHORT {
                    continue;
                }
                let words = folded(paragraph);
                if words.chars().count() < SHORT {
                    continue;
                }
                match places.entry(words) {
                    Entry::Vacant(entry) => {
                        told.push(Told { paragraph, first: n, later: Vec::new() });
                        entry.insert(told.len() - 1);
                    }
                    Entry::Occupied(entry) => told[*entry.get()].again(n, i),
                }
            }
        }
    }
    breaches(&told, recommendations)
}

/// One for each update that repeats something, and for each set of others that say it.
fn breaches(told: &[Told<'_>], recommendations: &[Recommendation]) -> Vec<Breach> {
    // In the order in which they are met: how many paragraphs, and the first of them.
    let mut repeats: BTreeMap<(usize, usize, String), (usize, &str)> = BTreeMap::new();
    for told in told {
        for (n, update) in &told.later {
            let others = told.others(*n, recommendations);
            repeats.entry((*n, *update, others)).or_insert((0, told.paragraph)).0 += 1;
        }
    }
    let breach = |((n, update, others), (count, paragraph)): ((usize, usize, String), (usize, &str))| {
        let r = &recommendations[n];
        let quoted = quoted(&head(paragraph));
        let message = match count {
            1 => format!("{} repeats a paragraph of {others}: {quoted}", r.id),
            _ => format!("{} repeats {count} paragraphs of {others}, the first: {quoted}", r.id),
        };
        Breach::new(Place::of(r).key("update").nth(update).key("text"), message)
            .help("say what was done for this one, or name the recommendation under which it stands")
    };
    repeats.into_iter().map(breach).collect()
}

/// A paragraph, and the recommendations under which it stands.
struct Told<'a> {
    paragraph: &'a str,
    first: usize,
    /// Each with the number of the update.
    later: Vec<(usize, usize)>,
}

impl Told<'_> {
    /// Under the same recommendation once more is no repetition.
    fn again(&mut self, n: usize, update: usize) {
        if self.later.last().map_or(self.first, |(last, _)| *last) != n {
            self.later.push((n, update));
        }
    }

    /// Where else it stands: "7", "7 and 8", "7, 8, 9 and 4 more".
    fn others(&self, n: usize, recommendations: &[Recommendation]) -> String {
        let all = std::iter::once(self.first).chain(self.later.iter().map(|(n, _)| *n));
        let ids = all.filter(|other| *other != n).take(NAMED).map(|n| recommendations[n].id.to_string());
        let mut ids: Vec<String> = ids.collect();
        let more = self.later.len() - ids.len();
        let last = if more > 0 { Some(format!("{more} more")) } else { ids.pop() };
        let last = last.unwrap_or_default();
        if ids.is_empty() { last } else { format!("{} and {last}", ids.join(", ")) }
    }
}

/// A paragraph with its white space folded: the same as another if its words are.
fn folded(paragraph: &str) -> Cow<'_, str> {
    let bytes = paragraph.as_bytes();
    if memchr::memchr2(b'\n', b'\t', bytes).is_none() && memchr::memmem::find(bytes, b"  ").is_none() {
        Cow::Borrowed(paragraph)
    } else {
        Cow::Owned(paragraph.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// The items of a paragraph that is a list, without their markers; else the paragraph itself.
fn items(paragraph: &str) -> Vec<&str> {
    if marker(paragraph) == 0 {
        return vec![paragraph];
    }
    let lines = paragraph.split_inclusive('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len();
        Some((start, line))
    });
    let starts = lines.filter_map(|(start, line)| {
        let marker = marker(line);
        (marker > 0).then_some((start, start + marker))
    });
    let starts: Vec<(usize, usize)> = starts.collect();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([paragraph.len()]);
    starts.iter().zip(ends).map(|((_, start), end)| paragraph[*start..end].trim_ascii()).collect()
}

/// How long the marker of a list's item is with which a line begins, what indents it included: of
/// "- one", "2. two".
fn marker(line: &str) -> usize {
    let indent = line.len() - line.trim_ascii_start().len();
    let marker = line.split_ascii_whitespace().next().unwrap_or_default();
    let number = marker.strip_suffix(['.', ')']).unwrap_or_default();
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    if matches!(marker, "-" | "*" | "+") || numbered { indent + marker.len() } else { 0 }
}

/// A text's first words.
fn head(text: &str) -> String {
    let mut words = text.split_ascii_whitespace();
    let head = words.by_ref().take(QUOTED).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { format!("{head} ...") } else { head }
}

/// A text's paragraphs: what stands between its blank lines.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let (mut start, mut line) = (0, 0);
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
    ends.filter_map(move |end| {
        let blank = text[line..end].trim_ascii().is_empty();
        let paragraph = &text[start..if blank { line } else { end }];
        line = (end + 1).min(text.len());
        if !blank && end < text.len() {
            return None;
        }
        start = line;
        Some(paragraph.trim_ascii())
    })
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    const FILES: [&str; 5] = ["01-x.toml", "02-x.toml", "03-x.toml", "04-x.toml", "05-x.toml"];

    /// What the rule says of recommendations 1 to 5 with these updates.
    fn told(updates: &[&[&str]]) -> String {
        let tree = FILES.iter().zip(updates).map(|(name, texts)| (*name, Text(file(&name[1..2], texts))));
        let findings = example::run(&tree.collect::<Vec<_>>()).findings;
        let line = |f: &crate::diagnostic::Finding| {
            let line = f.location.as_ref().expect("a place").start.line;
            format!("{}:{line}: {}", f.path, f.message)
        };
        findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn file(id: &str, updates: &[&str]) -> &'static str {
        let mut file = format!("id = \"{id}\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"x\"\n");
        for text in updates {
            file.push_str(&format!("\n[[update]]\ntext = \"\"\"\n{text}\"\"\"\n"));
        }
        file.leak()
    }

    const LONG: &str = "Every stalking offence now goes through screening, and then to a team.";

    #[test]
    fn each_later_recommendation_is_told_once_with_the_others() {
        let again = format!("Another paragraph.\n \n{}\n\nA third.", LONG.replace(' ', "\n"));
        insta::assert_snapshot!(
            told(&[&[LONG, LONG], &[&again, LONG], &[], &["Short.", LONG], &[LONG]]),
            @r#"
            02-x.toml:7: 2 repeats a paragraph of 1, 4 and 5: "Every stalking offence now goes through screening, and ..."
            04-x.toml:11: 4 repeats a paragraph of 1, 2 and 5: "Every stalking offence now goes through screening, and ..."
            05-x.toml:7: 5 repeats a paragraph of 1, 2 and 4: "Every stalking offence now goes through screening, and ..."
            "#
        );
    }

    #[test]
    fn of_many_others_some_are_named() {
        let all = told(&[&[LONG], &[LONG], &[LONG], &[LONG], &[LONG]]);
        insta::assert_snapshot!(all.lines().last().unwrap_or_default(), @r#"05-x.toml:7: 5 repeats a paragraph of 1, 2, 3 and 1 more: "Every stalking offence now goes through screening, and ...""#);
    }

    #[test]
    fn short_paragraphs_and_other_letters_are_passed_over() {
        let short = "A paragraph of thirty-nine characters..";
        let capitals = LONG.to_uppercase();
        assert_eq!(short.len(), 39);
        assert_eq!(told(&[&[short, LONG], &[short, &capitals]]), "");
    }

    #[test]
    fn items_of_lists_are_paragraphs_whatever_their_marker() {
        let other = "The same is asked of every other team that meets a victim of stalking.";
        let list =
            format!("Done so far:\n\n- {LONG}\n- short\n- {}", other.replace("asked of", "asked\n  of"));
        let numbered =
            format!("12. {LONG}\n13. Something else altogether, and at some length too.\n14) {other}");
        insta::assert_snapshot!(
            told(&[&[&list], &[&numbered], &[other]]),
            @r#"
        02-x.toml:7: 2 repeats a paragraph of 1 and 3: "The same is asked of every other team ..."
        02-x.toml:7: 2 repeats a paragraph of 1: "Every stalking offence now goes through screening, and ..."
        03-x.toml:7: 3 repeats a paragraph of 1 and 2: "The same is asked of every other team ..."
        "#
        );
    }

    #[test]
    fn a_paragraph_of_forty_characters_counts() {
        let text = "A paragraph of forty characters, no more";
        assert_eq!(text.len(), 40);
        assert_eq!(told(&[&[text], &[text]]).lines().count(), 1);
    }
}
