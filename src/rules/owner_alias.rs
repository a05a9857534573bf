//! `owner-alias`: an owner is written otherwise than plan.toml registers it.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Owner, Word};
use crate::store::Content::Text;
use crate::visible::one_line;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub(super) static RULE: Rule = Rule {
    name: "owner-alias",
    group: Group::Vocabulary,
    level: Severity::Warning,
    summary: "Every owner is written by its registered name, once, and no two owners share a name or an alias.",
    why: "The program knows that the two spellings are one owner. Whoever searches the files, or reads \
          them on paper, does not; one that is named twice reads as two. And a spelling that two owners \
          share could mean either.",
    mend: "Write the registered name, and write it once; `plan fmt` does both. Where two owners share a \
           spelling, leave it to one of them in plan.toml.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constable"]
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
    let head = &context.plan.head;
    let mut breaches = shared(&head.owners);
    for (i, owner) in head.answers_for.iter().flatten().enumerate() {
        breaches.extend(otherwise(owner, || Place::head().key("answers_for").nth(i)));
    }
    for r in &context.plan.recommendations {
        // An owner that a part inherits is told where its parent names it.
        let own = if r.owners_inherited { &[] } else { r.owners.as_slice() };
        let mut seen = HashSet::new();
        for (i, owner) in own.iter().enumerate() {
            let place = || Place::of(r).key("owners").nth(i);
            breaches.extend(otherwise(owner, place));
            if !seen.insert(owner.name()) {
                let message = format!("the owner `{}` is named twice", one_line(owner.name()));
                breaches.push(Breach::new(place(), message).help("name it once"));
            }
        }
        for (i, answer) in r.answers.iter().enumerate() {
            breaches.extend(otherwise(&answer.owner, || Place::of(r).key("answer").nth(i).key("owner")));
        }
    }
    breaches
}

/// An owner that is written otherwise than by its name.
fn otherwise(owner: &Word<Owner>, place: impl FnOnce() -> Place) -> Option<Breach> {
    let Word::Known { word, written: Some(written) } = owner else { return None };
    let name = one_line(&word.name);
    let message = format!("`{}` is another spelling of the owner `{name}`", one_line(written));
    Some(Breach::new(place(), message).help(format!("write the registered name, `{name}`")))
}

/// Every name and alias that an earlier owner has too, in any case.
fn shared(owners: &[Arc<Owner>]) -> Vec<Breach> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut breaches = Vec::new();
    for (i, owner) in owners.iter().enumerate() {
        let here = || Place::head().key("owner").nth(i);
        let aliases = owner.aliases.iter().enumerate();
        let spellings = std::iter::once((&owner.name, None)).chain(aliases.map(|(n, a)| (a, Some(n))));
        for (text, alias) in spellings {
            let other = *first.entry(text.to_lowercase()).or_insert(i);
            if other == i {
                continue;
            }
            let place = match alias {
                Some(n) => here().key("aliases").nth(n),
                None => here().key("name"),
            };
            let other = &owners[other].name;
            let message = if *other == owner.name {
                format!("the owner `{}` is registered twice", one_line(other))
            } else {
                let (text, name) = (one_line(text), one_line(&owner.name));
                format!("`{text}` could be `{}` or `{name}`", one_line(other))
            };
            breaches.push(Breach::new(place, message).help("leave it to one of the two"));
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn an_owner_that_is_named_twice_is_told() {
        let file = "id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\", \"Chief Constables\", \"OPCC\", \"Chief Constable\"]\ntext = \"x\"\n";
        insta::assert_snapshot!(told(RULE.name, &[("07-x.toml", Text(file))]), @"
        07-x.toml:3:39 the owner `OPCC` is named twice
            name it once
        07-x.toml:3:47 `Chief Constable` is another spelling of the owner `Chief Constables`
            write the registered name, `Chief Constables`
        07-x.toml:3:47 the owner `Chief Constables` is named twice
            name it once
        ");
    }

    #[test]
    fn a_spelling_that_two_owners_share_is_told_at_the_second() {
        let head = r#"title = "Forces"
owner = [
    { name = "OPCC", aliases = ["opcc", "PCC"] },
    { name = "NPCC", aliases = ["Pcc"] },
    { name = "OPCC" },
]
"#;
        insta::assert_snapshot!(told(RULE.name, &[("plan.toml", Text(head))]), @r#"
        plan.toml:4:33 `Pcc` could be `OPCC` or `NPCC`
            leave it to one of the two
        plan.toml:5:14 the owner `OPCC` is registered twice
            leave it to one of the two
        "#);
    }
}
