//! `overdue`: an open recommendation is past its deadline.

use super::{Breach, Check, Context, Group, Place, Rule, after, day};
use crate::diagnostic::Severity;
use crate::standing::Standing;
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "overdue",
    group: Group::Clock,
    level: Severity::Error,
    summary: "An open recommendation is not past its deadline.",
    why: "A deadline that passes without a word is how plans slip. The day itself still counts as in \
          time. What another body reports is not overdue here.",
    mend: "Close it if it is done. If the deadline was moved, record the move as an [[extension]] with \
           its reason, and set `deadline` to the new date.",
    before: &[],
    bad: &[(
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

text = "Seek changes to crime recording systems."

[[extension]]
from = 2025-03-27
to = 2025-09-27
reason = "The supplier delivers in summer."
approved_by = "Vulnerability Board"

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    needs: &["status", "deadline", "milestone", "owners"],
    check: Check::Clock(check),
};

fn check(context: &Context<'_>, today: NaiveDate) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        let standing = Standing::on(plan, r, today);
        if let (Some(days), Some(due)) = (standing.days_overdue, standing.due) {
            let message = format!("{} is {} overdue: it was due on {}", r.id, super::days(days), day(due));
            breaches.push(
                Breach::new(Place::of_due(r), message)
                    .help("close it if it is done; if the deadline was moved, record an [[extension]]")
                    .since(after(due)),
            );
        }
    }
    breaches
}
