//! `duplicate-id`: two recommendations have one id.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Id, Recommendation};
use crate::store::Content::Text;
use crate::visible::one_line;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-id",
    group: Group::Identity,
    level: Severity::Error,
    summary: "Every id belongs to one recommendation, and is no other name of another.",
    why: "Whoever asks for 7 must get 7, and not one of two. Totals would count a recommendation twice.",
    mend: "If both files are the same recommendation, keep one and delete the other. If they are two, \
           give one of them its own id. Where the source prints a number twice, give the second another \
           id and keep the printed number as `printed_id`.",
    before: &[],
    bad: &[
        (
            "07-publish-figures.toml",
            Text(
                r#"id = "7"
title = "Publish figures on stalking apart from harassment"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Publish the number of stalking crimes apart from harassment."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."
"#,
            ),
        ),
        (
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
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
            ),
        ),
        (
            "08-publish-figures.toml",
            Text(
                r#"id = "8"
printed_id = "7"
title = "Publish figures on stalking apart from harassment"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Publish the number of stalking crimes apart from harassment."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    let mut ids: HashMap<String, &Recommendation> = HashMap::new();
    let mut first: Option<&Recommendation> = None;
    for r in &plan.recommendations {
        // They are sorted by id: those of one id stand together.
        let other = first.filter(|first| first.id == r.id).unwrap_or_else(|| {
            first = Some(r);
            ids.entry(as_asked_for(&r.id)).or_insert(r)
        });
        if !std::ptr::eq(other, r) {
            breaches.push(same_id(r, other));
        }
    }
    let mut aliases: HashMap<String, &Recommendation> = HashMap::new();
    for r in &plan.recommendations {
        for (i, alias) in r.aliases.iter().enumerate().filter(|(_, alias)| **alias != r.id) {
            let key = as_asked_for(alias);
            let (what, other) = match ids.get(&key) {
                Some(other) => ("the id", *other),
                None => ("also an alias", *aliases.entry(key).or_insert(r)),
            };
            if !std::ptr::eq(other, r) {
                let (alias, file) = (alias.to_string(), one_line(&other.file));
                let message = format!("the alias `{}` is {what} of {file}", one_line(&alias));
                let place = Place::of(r).key("aliases").nth(i);
                breaches.push(Breach::new(place, message).help("delete the alias, or give it another name"));
            }
        }
    }
    breaches
}

fn same_id(r: &Recommendation, first: &Recommendation) -> Breach {
    let (id, other, file) = (r.id.to_string(), first.id.to_string(), one_line(&first.file));
    let place = Place::of(r).key("id");
    if r.id == first.id {
        let message = format!("the id `{}` is already that of {file}", one_line(&id));
        return Breach::new(place, message)
            .help("give one of the two another id; if they are the same recommendation, keep one file");
    }
    let message = format!("the id `{}` is too like `{}`, that of {file}", one_line(&id), one_line(&other));
    Breach::new(place, message).help("give one of the two another id: they are asked for in any case")
}

/// An id as whoever asks for it may write it: in any case, and a number without its leading noughts.
fn as_asked_for(id: &Id) -> String {
    id.number().map_or_else(|| id.as_str().to_lowercase(), |n| n.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn each_later_file_and_each_alias_is_told() {
        let seven = "id = \"7\"\ntitle = \"Search\"\nowners = [\"OPCC\"]\ntext = \"Search.\"\n";
        let eight = "id = \"8\"\ntitle = \"Count\"\naliases = [\"8\", \"A8\", \"7\"]\nowners = [\"OPCC\"]\n\
                     text = \"Count.\"\n";
        let like =
            "id = \"sr 1\"\ntitle = \"Ask\"\naliases = [\"a8\"]\nowners = [\"OPCC\"]\ntext = \"Ask.\"\n";
        let nought = seven.replace("\"7\"", "\"007\"");
        let files = [
            ("07-a.toml", Text(seven)),
            ("07-b.toml", Text(seven)),
            ("07-c.toml", Text(seven)),
            ("007-e.toml", Text(nought.leak())),
            ("08-d.toml", Text(eight)),
            ("sr-1-a.toml", Text(like)),
            ("sr-1-b.toml", Text(like.replace("sr 1", "SR 1").leak())),
        ];
        insta::assert_snapshot!(told(RULE.name, &files), @"
        07-a.toml:1:6 the id `7` is too like `007`, that of 007-e.toml
            give one of the two another id: they are asked for in any case
        07-b.toml:1:6 the id `7` is already that of 07-a.toml
            give one of the two another id; if they are the same recommendation, keep one file
        07-c.toml:1:6 the id `7` is already that of 07-a.toml
            give one of the two another id; if they are the same recommendation, keep one file
        08-d.toml:3:23 the alias `7` is the id of 007-e.toml
            delete the alias, or give it another name
        sr-1-a.toml:1:6 the id `sr 1` is too like `SR 1`, that of sr-1-b.toml
            give one of the two another id: they are asked for in any case
        sr-1-a.toml:3:12 the alias `a8` is also an alias of 08-d.toml
            delete the alias, or give it another name
        sr-1-b.toml:3:12 the alias `a8` is also an alias of 08-d.toml
            delete the alias, or give it another name
        ");
    }
}
