//! `file-name`: a file's name does not begin with its recommendation's id.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Recommendation, slug};
use crate::store::Content::Text;
use crate::visible::one_line;
use std::collections::HashSet;

/// A name that is made from a title has so many of its words.
const TITLE_WORDS: usize = 5;

pub(super) static RULE: Rule = Rule {
    name: "file-name",
    group: Group::Identity,
    level: Severity::Error,
    summary: "The name of a recommendation's file begins with its id, as in `07-search.toml`.",
    why: "People look for a recommendation by the names in the folder. A name with another number sends \
          them to the wrong file.",
    mend: "Rename the file as the finding says. In a name the id is in lower case, a whole number has at \
           least two digits, and a hyphen stands for each other sign: 7 is `07`, 012/21 is `012-21`. If \
           the name is right and the id is wrong, correct the id.",
    before: &[],
    bad: &[(
        "08-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    good: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    needs: &[],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let recommendations = &context.plan.recommendations;
    let misnamed: Vec<_> = recommendations.iter().filter(|r| !fits(stem(r), &slug(r.id.as_str()))).collect();
    if misnamed.is_empty() {
        return Vec::new();
    }
    let unread = context.gaps.files.iter().map(|(file, _)| file.as_str());
    let taken: HashSet<&str> = recommendations.iter().map(|r| &*r.file).chain(unread).collect();
    misnamed.into_iter().map(|r| breach(r, &taken)).collect()
}

fn breach(r: &Recommendation, taken: &HashSet<&str>) -> Breach {
    let id = r.id.to_string();
    let (id, slug) = (one_line(&id), slug(r.id.as_str()));
    let place = Place::of(r).key("id");
    if slug.is_empty() {
        let message =
            format!("no file can be named after the id `{id}`: it has no digit and no letter a to z");
        return Breach::new(place, message)
            .help("give the recommendation an id with a digit or a letter in it");
    }
    let name = [renumbered(stem(r), &slug), Some(titled(&r.title, &slug))]
        .into_iter()
        .flatten()
        .find(|name| !taken.contains(name.as_str()));
    let help = match name {
        Some(name) => format!("rename it to {name}; if its name is right, correct the id"),
        None => format!("give it a name that begins with {slug}-; if its name is right, correct the id"),
    };
    let message = format!("the file of recommendation {id} is named {}", one_line(&r.file));
    Breach::new(place, message).help(help)
}

fn stem(r: &Recommendation) -> &str {
    r.file.strip_suffix(".toml").unwrap_or(&r.file)
}

/// Whether a name without its ending begins with the slug.
fn fits(stem: &str, slug: &str) -> bool {
    let rest = stem.strip_prefix(slug).filter(|_| !slug.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The name with the slug in place of the numbers that it begins with; none where it begins with a
/// word.
fn renumbered(stem: &str, slug: &str) -> Option<String> {
    let parts = words(stem);
    let numeric = |part: &&String| part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    // Of "20-mph-zones" only as many parts are the id as the id has.
    let numbers = parts.iter().take(slug.split('-').count()).take_while(numeric).count();
    (numbers > 0).then(|| named(slug, &parts[numbers..]))
}

/// A name from the first words of a title.
fn titled(title: &str, slug: &str) -> String {
    let mut parts = words(title);
    parts.truncate(TITLE_WORDS);
    named(slug, &parts)
}

fn named(slug: &str, parts: &[String]) -> String {
    let hyphen = if parts.is_empty() { "" } else { "-" };
    format!("{slug}{hyphen}{}.toml", parts.join("-"))
}

/// The words that a name may hold: lower case, of `a-z 0-9 .` alone.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let parts = lower.split(|c| !matches!(c, 'a'..='z' | '0'..='9' | '.')).map(|p| p.trim_matches('.'));
    parts.filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_name_begins_with_the_slug_and_a_hyphen_or_ends_with_it() {
        assert!(fits("07-search", "07") && fits("07", "07") && fits("7.1-search", "7.1"));
        assert!(!fits("7-search", "07") && !fits("07search", "07") && !fits("071-search", "07"));
        assert!(!fits("SR-1-search", "sr-1") && !fits("-search", ""));
    }

    #[test]
    fn the_right_name_keeps_the_words_of_the_wrong_one() {
        let new = |stem, id: &str| renumbered(stem, &slug(id));
        assert_eq!(new("8-search", "7").as_deref(), Some("07-search.toml"));
        assert_eq!(new("08-20-mph-zones", "7").as_deref(), Some("07-20-mph-zones.toml"));
        assert_eq!(new("07 Make Searchable", "7").as_deref(), Some("07-make-searchable.toml"));
        assert_eq!(new("012-22-search", "012/21").as_deref(), Some("012-21-search.toml"));
        assert_eq!(new("08", "7").as_deref(), Some("07.toml"));
        assert_eq!(new("search", "7"), None);
        let title = titled("Publish figures (monthly) on stalking, apart from harassment", "07");
        assert_eq!(title, "07-publish-figures-monthly-on-stalking.toml");
        assert_eq!(titled("Ж", "07"), "07.toml");
    }

    #[test]
    fn no_name_is_told_that_is_taken_and_none_for_an_id_without_letters() {
        let seven = "id = \"7\"\ntitle = \"Search\"\nowners = [\"OPCC\"]\ntext = \"Search.\"\n";
        let dots = "id = \"..\"\ntitle = \"Count\"\nowners = [\"OPCC\"]\ntext = \"Count.\"\n";
        let files =
            [("07-search.toml", Text("id = 7 8\n")), ("08-search.toml", Text(seven)), ("x.toml", Text(dots))];
        insta::assert_snapshot!(told(RULE.name, &files), @r#"
        08-search.toml:1:6 the file of recommendation 7 is named 08-search.toml
            give it a name that begins with 07-; if its name is right, correct the id
        x.toml:1:6 no file can be named after the id `..`: it has no digit and no letter a to z
            give the recommendation an id with a digit or a letter in it
        "#);
    }
}
