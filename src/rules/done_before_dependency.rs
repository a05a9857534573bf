//! `done-before-dependency`: a recommendation is reported done before one that it depends on.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Phase, Recommendation};
use crate::standing;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "done-before-dependency",
    group: Group::Consistency,
    level: Severity::Warning,
    summary: "A recommendation is not done before those that it depends on.",
    why: "If it could be done first, it did not depend on the other; if it does depend on it, it cannot be \
          done yet. One that another body reports is left out, since nothing is known of it here.",
    mend: "Correct the status that is out of date, or take the id out of `depends_on`.",
    before: &[],
    bad: &[
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27
status = "Complete"
depends_on = ["8"]

text = "Make stalking crimes searchable in the new recording system."

[[evidence]]
title = "Search guide for officers"
"#,
            ),
        ),
        (
            "08-system.toml",
            Text(
                r#"id = "8"
title = "Bring in the new recording system"
owners = ["Chief Constables"]
deadline = 2025-09-27
status = "On Track"

text = "Replace the crime recording system."
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
status = "On Track"
depends_on = ["8"]

text = "Make stalking crimes searchable in the new recording system."

[[evidence]]
title = "Search guide for officers"
"#,
            ),
        ),
        (
            "08-system.toml",
            Text(
                r#"id = "8"
title = "Bring in the new recording system"
owners = ["Chief Constables"]
deadline = 2025-09-27
status = "On Track"

text = "Replace the crime recording system."
"#,
            ),
        ),
    ],
    needs: &["status"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        if r.depends_on.is_empty() || standing::phase(plan, r) != Phase::Done {
            continue;
        }
        for (i, id) in r.depends_on.iter().enumerate() {
            let open = |other: &&Recommendation| {
                standing::phase(plan, other) == Phase::Open && !context.gaps.doubts(plan, other, RULE.needs)
            };
            if plan.get(id).filter(open).is_some() {
                let message = format!("{} is reported done, but {id}, on which it depends, is open", r.id);
                breaches.push(Breach::new(Place::of(r).key("depends_on").nth(i), message).help(format!(
                    "correct the status of {} or {id}, or take {id} out of `depends_on`",
                    r.id
                )));
            }
        }
    }
    breaches
}
