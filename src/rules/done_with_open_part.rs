//! `done-with-open-part`: a recommendation is reported done while a part of it is open.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::Phase;
use crate::standing;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "done-with-open-part",
    group: Group::Consistency,
    level: Severity::Error,
    summary: "A recommendation that is done has no open part.",
    why: "Totals count whole recommendations. One that is counted as done while a part of it is still to \
          do makes the plan look further on than it is.",
    mend: "If the part is done, set its status. If it is not, the whole is not done either: give it a \
           status that says so.",
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

text = "Change recording systems, and tell officers how to use them."

[[evidence]]
title = "Release note of the crime recording system"
"#,
            ),
        ),
        (
            "7.1-guidance.toml",
            Text(
                r#"id = "7.1"
parent = "7"
title = "Tell officers how to search"
status = "On Track"

text = "Publish guidance on searching for stalking crimes."
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

text = "Change recording systems, and tell officers how to use them."

[[evidence]]
title = "Release note of the crime recording system"
"#,
            ),
        ),
        (
            "7.1-guidance.toml",
            Text(
                r#"id = "7.1"
parent = "7"
title = "Tell officers how to search"
status = "On Track"

text = "Publish guidance on searching for stalking crimes."
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
    for part in &plan.recommendations {
        let Some(whole) = part.parent.as_ref().and_then(|id| plan.get(id)) else { continue };
        let in_doubt = context.gaps.doubts(plan, part, RULE.needs);
        let open = standing::phase(plan, part) == Phase::Open && !in_doubt;
        if open && standing::phase(plan, whole) == Phase::Done {
            let message = format!("{} is reported done, but its part {} is open", whole.id, part.id);
            let help =
                format!("set the status of {} if it is done; else give {} an open status", part.id, whole.id);
            breaches.push(Breach::new(Place::of(whole).key("status"), message).help(help));
        }
    }
    breaches
}
