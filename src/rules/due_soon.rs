//! `due-soon`: an open recommendation is due within the days that the plan calls soon.

use super::{Breach, Check, Context, Group, Place, Rule, day, days};
use crate::diagnostic::Severity;
use crate::standing::Standing;
use crate::store::Content::Text;
use chrono::{Days, NaiveDate};

pub(super) static RULE: Rule = Rule {
    name: "due-soon",
    group: Group::Clock,
    level: Severity::Warning,
    summary: "No open recommendation is due within the days that the plan calls soon.",
    why: "While there are still days left, an owner can act, or ask for more time. `due_soon_days` under \
          [policy] in plan.toml says how many days are soon: 30 where it says nothing.",
    mend: "Close it if it is done. If more time is needed, ask for it now, and record what is agreed as an \
           [[extension]] with its reason.",
    before: &[],
    bad: &[(
        "16-commissioning.toml",
        Text(
            r#"id = "16"
title = "Review commissioning together"
owners = ["Chief Constables", "OPCC"]
deadline = 2025-04-11
rag = "Amber"
status = "On Track"

text = "Review together which services are commissioned."
"#,
        ),
    )],
    good: &[(
        "16-commissioning.toml",
        Text(
            r#"id = "16"
title = "Review commissioning together"
owners = ["Chief Constables", "OPCC"]
deadline = 2025-04-11
rag = "Green"
status = "Complete"

text = "Review together which services are commissioned."

[[evidence]]
title = "Commissioning review, March 2025"
"#,
        ),
    )],
    needs: &["status", "deadline", "milestone", "owners", "policy"],
    check: Check::Clock(check),
};

fn check(context: &Context<'_>, today: NaiveDate) -> Vec<Breach> {
    let plan = context.plan;
    let soon = Days::new(u64::from(plan.head.policy.due_soon_days));
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        let standing = Standing::on(plan, r, today);
        let Some(due) = standing.due.filter(|_| standing.due_soon) else { continue };
        let message = match (due - today).num_days() {
            0 => format!("{} is due today, {}", r.id, day(due)),
            left => format!("{} is due in {}, on {}", r.id, days(left), day(due)),
        };
        breaches.push(
            Breach::new(Place::of_due(r), message)
                .help("close it if it is done; if more time is needed, ask now, and record an [[extension]]")
                .since(due.checked_sub_days(soon)),
        );
    }
    breaches
}
