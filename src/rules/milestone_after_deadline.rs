//! `milestone-after-deadline`: a step is due after the whole.

use super::{Breach, Check, Context, Group, Place, Rule, day, quoted};
use crate::diagnostic::Severity;
use crate::model::Deadline;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "milestone-after-deadline",
    group: Group::Consistency,
    level: Severity::Error,
    summary: "A milestone is due no later than the recommendation's deadline.",
    why: "A recommendation cannot be met by its deadline when one of its steps is due later: one of the two \
          dates is wrong, or the deadline was moved and nobody said so.",
    mend: "Correct the date that is wrong. If the deadline was moved, record the move as an [[extension]] \
           with its reason, and set `deadline` to the new date.",
    before: &[],
    bad: &[(
        "12-risk.toml",
        Text(
            r#"id = "12"
title = "Manage risk in every stalking case"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Assess and manage the risk in every case of stalking."

[[milestone]]
title = "Bring in the screening tool"
due = 2025-11-30
"#,
        ),
    )],
    good: &[(
        "12-risk.toml",
        Text(
            r#"id = "12"
title = "Manage risk in every stalking case"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Assess and manage the risk in every case of stalking."

[[milestone]]
title = "Bring in the screening tool"
due = 2025-07-31
"#,
        ),
    )],
    needs: &["milestone", "deadline"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for r in &context.plan.recommendations {
        let Some(deadline) = r.deadline.as_ref().and_then(Deadline::date) else { continue };
        for (i, milestone) in r.milestones.iter().enumerate() {
            let Some(due) = milestone.due_date().filter(|due| *due > deadline) else { continue };
            let message = format!(
                "{} has its deadline on {}, but its milestone {} is due later, on {}",
                r.id,
                day(deadline),
                quoted(&milestone.title),
                day(due)
            );
            breaches.push(
                Breach::new(Place::of(r).key("milestone").nth(i).key("due"), message).help(
                    "correct the date that is wrong; if the deadline was moved, record an [[extension]]",
                ),
            );
        }
    }
    breaches
}
