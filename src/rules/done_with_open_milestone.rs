//! `done-with-open-milestone`: a recommendation is reported done while a step of it is open.

use super::{Breach, Check, Context, Group, Place, Rule, quoted, when};
use crate::diagnostic::Severity;
use crate::model::Phase;
use crate::standing;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "done-with-open-milestone",
    group: Group::Consistency,
    level: Severity::Error,
    summary: "A recommendation that is done has no open milestone.",
    why: "A milestone is a promise with a date of its own. Once the whole is reported done, nobody looks \
          for what was still promised under it.",
    mend: "If the milestone is done, give it a `done` date, or `done = true` where nobody noted the day. If \
           it is still to come, the recommendation is not done yet: give it a status that says so.",
    before: &[],
    bad: &[(
        "28-action-plan.toml",
        Text(
            r#"id = "28"
title = "Publish an action plan and report progress"
owners = ["Chief Constables"]
status = "Complete"

text = "Publish an action plan, and tell the NPCC how far it has got."

[[milestone]]
title = "Publish the action plan"
due = 2024-11-22
done = 2024-11-20

[[milestone]]
title = "Report progress to the NPCC"
due = 2025-03-31

[[evidence]]
title = "Action plan, as published on the force website"
"#,
        ),
    )],
    good: &[(
        "28-action-plan.toml",
        Text(
            r#"id = "28"
title = "Publish an action plan and report progress"
owners = ["Chief Constables"]
status = "Complete"

text = "Publish an action plan, and tell the NPCC how far it has got."

[[milestone]]
title = "Publish the action plan"
due = 2024-11-22
done = 2024-11-20

[[milestone]]
title = "Report progress to the NPCC"
due = 2025-03-31
done = 2025-03-24

[[evidence]]
title = "Action plan, as published on the force website"
"#,
        ),
    )],
    needs: &["status", "milestone"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        if r.milestones.is_empty() || standing::phase(plan, r) != Phase::Done {
            continue;
        }
        for (i, milestone) in r.milestones.iter().enumerate().filter(|(_, m)| m.is_open()) {
            let due = milestone.due.as_ref().map(|due| format!(" (due: {})", when(due)));
            let message = format!(
                "{} is reported done, but its milestone {}{} is open",
                r.id,
                quoted(&milestone.title),
                due.unwrap_or_default()
            );
            breaches.push(Breach::new(Place::of(r).key("milestone").nth(i).key("title"), message).help(
                "set the milestone's `done` if it is done; else give the recommendation an open status",
            ));
        }
    }
    breaches
}
