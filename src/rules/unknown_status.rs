//! `unknown-status`: a status that is not one of the plan's.

use super::vocabulary::Vocabulary;
use super::{Breach, Check, Context, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "unknown-status",
    group: Group::Vocabulary,
    level: Severity::Error,
    summary: "Every status is one of those in plan.toml, written as it is there.",
    why: "plan.toml says of each status whether it leaves the work open, done or dropped. A status \
          that is not there counts as open, whatever it was meant to say.",
    mend: "Write the status as plan.toml has it, capital letters included. If the plan lacks one, add a \
           [[status]] to plan.toml with its name, and its phase if that is not open.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Amber"
status = "on track"

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
rag = "Amber"
status = "On Track"

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
    let plan = context.plan;
    let statuses = Vocabulary::new(context, ("status", "statuses", "status"), &plan.head.statuses);
    let mut breaches = statuses.repeated();
    breaches.extend(statuses.unknown_in(
        &plan.recommendations,
        |r| r.status.as_ref(),
        |a| a.status.as_ref(),
        |u| u.status.as_ref(),
    ));
    breaches
}
