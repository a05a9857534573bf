//! `number-gap`: the numbers of the recommendations leave one out, and no `covers` says why.

use super::{Breach, Check, Context, Group, Place, Rule, numbers};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

/// A remedy lists the ids that there are in at most so many runs.
const MAX_RUNS: usize = 6;

pub(super) static RULE: Rule = Rule {
    name: "number-gap",
    group: Group::Identity,
    level: Severity::Warning,
    summary: "The numbers of the recommendations run on without a gap, unless `covers` in plan.toml says \
              which ones there are.",
    why: "A number that is left out may be a recommendation that was forgotten, or a file that was lost.",
    mend: "Add the recommendation that is missing. If the report leaves that number out, say in plan.toml \
           which ids there are: `covers = [\"1-6\", \"8-29\"]`. Then each of those must be there, and no \
           other is missed.",
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
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
            ),
        ),
        (
            "09-publish-figures.toml",
            Text(
                r#"id = "9"
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
    good: &[
        (
            "plan.toml",
            Text(
                r#"title = "Stalking: delivery plan"
covers = ["7", "9"]

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
            "09-publish-figures.toml",
            Text(
                r#"id = "9"
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
    let plan = context.plan;
    // An empty list promises nothing; one that could not be read may promise anything.
    let covers = plan.head.covers.as_ref().is_some_and(|covers| !covers.is_empty());
    if covers || context.gaps.head_doubts("covers") {
        return Vec::new();
    }
    let whole = || plan.recommendations.iter().filter(|r| r.parent.is_none()).filter_map(|r| r.id.number());
    let (Some(first), Some(last)) = (whole().min(), whole().max()) else { return Vec::new() };
    let gaps = numbers::missing(first, last, &numbers::there(context));
    let help = remedy(first, last, &gaps);
    let place = || Place::head().key("title");
    gaps.into_iter().map(|run| Breach::new(place(), numbers::are_missing(run)).help(help.clone())).collect()
}

/// How to say which ids there are: those between the gaps.
fn remedy(first: u32, last: u32, gaps: &[numbers::Run]) -> String {
    let starts = std::iter::once(first).chain(gaps.iter().map(|gap| gap.1 + 1));
    let ends = gaps.iter().map(|gap| gap.0 - 1).chain([last]);
    let run =
        |(from, to): (u32, u32)| if from == to { format!("\"{from}\"") } else { format!("\"{from}-{to}\"") };
    let runs: Vec<String> = starts.zip(ends).map(run).collect();
    if runs.len() > MAX_RUNS {
        return "add what is missing, or list in plan.toml, under `covers`, the ids that there are"
            .to_owned();
    }
    format!("add what is missing, or say in plan.toml which ids there are: `covers = [{}]`", runs.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn gaps_are_told_in_runs_without_counting_through_them() {
        let file = |name, text| (name, Text(text));
        let files = [
            file("01-a.toml", "id = \"1\"\ntitle = \"A\"\nowners = [\"OPCC\"]\ntext = \"A.\"\n"),
            file("03-b.toml", "broken\n"),
            file("05-c.toml", "id = \"5\"\nparent = \"1\"\ntitle = \"C\"\ntext = \"C.\"\n"),
            file("08-d.toml", "id = \"8\"\ntitle = \"D\"\nowners = [\"OPCC\"]\ntext = \"D.\"\n"),
            file(
                "4000000000-e.toml",
                "id = \"4000000000\"\ntitle = \"E\"\nowners = [\"OPCC\"]\ntext = \"E.\"\n",
            ),
            file("4100000000-f.toml", "id = \"4100000000\"\nparent = \"1\"\ntitle = \"F\"\ntext = \"F.\"\n"),
            file("sr-2-g.toml", "id = \"SR 2\"\ntitle = \"G\"\nowners = [\"OPCC\"]\ntext = \"G.\"\n"),
        ];
        insta::assert_snapshot!(told(RULE.name, &files), @r#"
        plan.toml:1:9 recommendation 2 is missing
            add what is missing, or say in plan.toml which ids there are: `covers = ["1", "3", "5", "8", "4000000000"]`
        plan.toml:1:9 recommendation 4 is missing
            add what is missing, or say in plan.toml which ids there are: `covers = ["1", "3", "5", "8", "4000000000"]`
        plan.toml:1:9 recommendations 6 and 7 are missing
            add what is missing, or say in plan.toml which ids there are: `covers = ["1", "3", "5", "8", "4000000000"]`
        plan.toml:1:9 recommendations 9 to 3999999999 are missing
            add what is missing, or say in plan.toml which ids there are: `covers = ["1", "3", "5", "8", "4000000000"]`
        "#);
    }
}
