//! `unapproved-exception`: a breach is accepted, and nobody is named who accepted it.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;
use crate::visible::one_line;

pub(super) static RULE: Rule = Rule {
    name: "unapproved-exception",
    group: Group::Vocabulary,
    level: Severity::Warning,
    summary: "Every exception says who approved it.",
    why: "An exception takes a finding out of the count. Somebody has to answer for that, and a reader \
          has to know whom to ask.",
    mend: "Add `approved_by` with the board or the post that accepted the breach. If nobody did, delete \
           the exception.",
    before: &[],
    bad: &[
        (
            "plan.toml",
            Text(
                r#"title = "Stalking: delivery plan"

[[owner]]
name = "Chief Constables"

[[rag]]
name = "Red"
outlook = "miss"

[[exception]]
rule = "overdue"
ids = ["7"]
reason = "The supplier has closed down; a new date follows when the contract is let again."
"#,
            ),
        ),
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-03-27
rag = "Red"
mitigation = "A manual search is run every week until the system is changed."

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The contract is to be let again."
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

[[rag]]
name = "Red"
outlook = "miss"

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
deadline = 2025-03-27
rag = "Red"
mitigation = "A manual search is run every week until the system is changed."

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The contract is to be let again."
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let exceptions = context.plan.head.exceptions.iter().enumerate();
    let unapproved = exceptions.filter(|(_, e)| e.approved_by.is_none());
    let breach = |(i, exception): (usize, &crate::model::Exception)| {
        let message =
            format!("nobody is named who approved this exception to `{}`", one_line(&exception.rule));
        Breach::new(Place::head().key("exception").nth(i), message)
            .help("add who accepted the breach: `approved_by = \"...\"`")
    };
    unapproved.map(breach).collect()
}
