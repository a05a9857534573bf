//! `missing-recommendation`: an id that plan.toml's `covers` promises is not there.

use super::{Breach, Check, Context, Group, Place, Rule, numbers};
use crate::diagnostic::Severity;
use crate::model::{Id, IdRange, slug};
use crate::store::Content::Text;
use crate::visible::one_line;
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    name: "missing-recommendation",
    group: Group::Identity,
    level: Severity::Error,
    summary: "Every recommendation that `covers` in plan.toml names is there.",
    why: "A recommendation that was left out is in no count, and nobody notices. `covers` says which \
          ones the report made, so that none can be forgotten or lost.",
    mend: "Add a file for the recommendation, or get back the one that was deleted. If the report has no \
           such recommendation, correct `covers`.",
    before: &[],
    bad: &[
        (
            "plan.toml",
            Text(
                r#"title = "Stalking: delivery plan"
covers = ["7-8"]

[[owner]]
name = "Chief Constables"
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
            "plan.toml",
            Text(
                r#"title = "Stalking: delivery plan"
covers = ["7-8"]

[[owner]]
name = "Chief Constables"
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
        (
            "08-publish-figures.toml",
            Text(
                r#"id = "8"
title = "Publish figures on stalking apart from harassment"
owners = ["Chief Constables"]
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
    let Some(covers) = &context.plan.head.covers else { return Vec::new() };
    let there = numbers::there(context);
    let (mut runs, mut others) = (Vec::new(), BTreeSet::new());
    for range in covers {
        match range {
            IdRange::Numbers(first, last) => runs.extend(numbers::missing(*first, *last, &there)),
            IdRange::One(id) if context.plan.get(id).is_some() || context.gaps.may_hold(id) => {}
            IdRange::One(id) => match id.number().filter(|n| n.to_string() == id.as_str()) {
                Some(number) => runs.push((number, number)),
                None => {
                    others.insert(id);
                }
            },
        }
    }
    let runs = numbers::merged(runs).into_iter().map(|run| {
        let begins = slug(&run.0.to_string());
        let help = match run.1 - run.0 {
            0 => format!("add its file, whose name begins with {begins}-, or correct `covers`"),
            _ => format!("add a file for each, beginning with {begins}-, or correct `covers`"),
        };
        Breach::new(place(), numbers::are_missing(run)).help(help)
    });
    let others = others.into_iter().map(|id: &Id| {
        let message = format!("recommendation {} is missing", one_line(id.as_str()));
        let help =
            format!("add its file, whose name begins with {}-, or correct `covers`", slug(id.as_str()));
        Breach::new(place(), message).help(help)
    });
    runs.chain(others).collect()
}

fn place() -> Place {
    Place::head().key("covers")
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    fn missing(head: &'static str, files: &[&'static str]) -> Vec<String> {
        let files = files.iter().map(|name| {
            let text = match *name {
                "02-a.toml" => "id = \"2\"\ntitle = \"A\"\nowners = [\"B\"]\ntext = \"A.\"\n",
                "7.1-b.toml" => "id = \"7.1\"\nparent = \"7\"\ntitle = \"B\"\ntext = \"B.\"\n",
                _ => "broken\n",
            };
            (*name, Text(text))
        });
        let files: Vec<_> = std::iter::once(("plan.toml", Text(head))).chain(files).collect();
        let findings = example::run(&files).findings.into_iter();
        findings.filter(|f| f.rule == RULE.name).map(|f| f.message).collect()
    }

    #[test]
    fn neighbours_are_told_together_and_what_cannot_be_read_is_not_missing() {
        let head = "title = \"A\"\ncovers = [\"1-6\", \"7\", \"5-7\", \"012/21\", \"7.1\", \"SR 1\"]\n";
        assert_eq!(
            missing(head, &["02-a.toml", "7.1-b.toml", "012-21-c.toml", "4-d.toml"]),
            [
                "recommendation 1 is missing",
                "recommendation 3 is missing",
                "recommendation SR 1 is missing",
                "recommendations 5 to 7 are missing"
            ]
        );
    }

    #[test]
    fn nothing_is_missing_where_nothing_is_promised() {
        assert!(missing("title = \"A\"\n", &["02-a.toml"]).is_empty());
        assert!(missing("title = \"A\"\ncovers = [\"2\"]\n", &["02-a.toml"]).is_empty());
        assert!(missing("title = \"A\"\ncovers = []\n", &["02-a.toml"]).is_empty());
    }
}
