//! `unused-exception`: an exception accepts nothing.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Exception, IdRange};
use crate::store::Content::Text;
use crate::visible::one_line;

pub(super) static RULE: Rule = Rule {
    name: "unused-exception",
    group: Group::Vocabulary,
    level: Severity::Warning,
    summary: "Every exception accepts a finding that there is.",
    why: "An exception that is no longer needed would accept the next breach too, which nobody has \
          looked at.",
    mend: "Delete the exception. If it was meant for something else, correct its rule or its ids.",
    before: &[],
    bad: &[
        (
            "plan.toml",
            Text(
                r#"title = "Stalking: delivery plan"

[[owner]]
name = "Chief Constables"

[[exception]]
rule = "overdue"
ids = ["7"]
reason = "The supplier has closed down; a new date follows when the contract is let again."
approved_by = "Vulnerability Board"
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
text = "The contract was let again."
"#,
            ),
        ),
    ],
    good: &[
        (
            "plan.toml",
            Text(
                r#"title = "Stalking: delivery plan"

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
text = "The contract was let again."
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::Exceptions(check),
};

fn check(context: &Context<'_>, unused: &[usize]) -> Vec<Breach> {
    let exceptions = &context.plan.head.exceptions;
    let unused = unused.iter().filter_map(|i| Some((*i, exceptions.get(*i)?)));
    let breach = |(i, exception): (usize, &Exception)| {
        let about = match exception.ids.as_slice() {
            [] => "the plan itself".to_owned(),
            [one @ IdRange::One(_)] => format!("id {}", one_line(&one.to_string())),
            several => {
                let ids: Vec<_> = several.iter().map(ToString::to_string).collect();
                format!("ids {}", one_line(&ids.join(", ")))
            }
        };
        let rule = &exception.rule;
        let message = format!("this exception accepts nothing: no finding of `{rule}` for {about}");
        Breach::new(Place::head().key("exception").nth(i).key("rule"), message)
            .help("delete this exception; if it is meant for something else, correct its rule or its ids")
    };
    unused.filter(|(_, e)| can_tell(context, e)).map(breach).collect()
}

/// Whether an unused exception is this rule's to tell: its rule can be accepted, its ids are there,
/// and none of them is in a file that could not be read.
fn can_tell(context: &Context<'_>, exception: &Exception) -> bool {
    let ids = &exception.ids;
    let here = || context.plan.recommendations.iter().any(|r| ids.iter().any(|range| range.contains(&r.id)));
    let acceptable = super::find(&exception.rule).is_some_and(|r| !r.group.levels_are_fixed());
    acceptable && (ids.is_empty() || (here() && !ids.iter().any(|range| context.gaps.may_hold_one_of(range))))
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use crate::store::Content::Text;

    #[test]
    fn what_another_finding_says_is_not_said_again() {
        let head = r#"title = "Stalking: delivery plan"

[[owner]]
name = "Chief Constables"

[[exception]]
rule = "overdue"
ids = ["7", "1-3"]
reason = "It may be overdue, for all that can be read of it."
approved_by = "Vulnerability Board"

[[exception]]
rule = "overdue"
ids = ["70"]
reason = "There is no such recommendation."
approved_by = "Vulnerability Board"

[[exception]]
rule = "stray-file"
reason = "This rule cannot be accepted."
approved_by = "Vulnerability Board"
"#;
        let files = [("plan.toml", Text(head)), ("02-search.toml", Text("title = Search\n"))];
        let findings = example::run(&files).findings;
        assert!(findings.iter().all(|f| f.rule != "unused-exception"), "{findings:#?}");
    }
}
