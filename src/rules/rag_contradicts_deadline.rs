//! `rag-contradicts-deadline`: a recommendation past its deadline is rated as meeting it.

use super::{Breach, Check, Context, Group, Place, Rule, after, day};
use crate::diagnostic::Severity;
use crate::model::{Named, Outlook, Word};
use crate::standing::Standing;
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "rag-contradicts-deadline",
    group: Group::Clock,
    level: Severity::Error,
    summary: "An open recommendation that is past its deadline is not rated as meeting it.",
    why: "Once the deadline has passed, the rating cannot be true. A board that counts ratings is told that \
          all is well.",
    mend: "Rate it as it stands now. If the deadline was moved, record the move as an [[extension]] with its \
           reason, and set `deadline` to the new date.",
    before: &[],
    bad: &[
        (
            "plan.toml",
            Text(
                r#"title = "Flood risk: delivery plan"

[[owner]]
name = "County Council"

[[rag]]
name = "Red"
outlook = "miss"

[[rag]]
name = "Amber"
outlook = "meet"

[[status]]
name = "On Track"

[[status]]
name = "Complete"
phase = "done"
outlook = "met"

[rules]
overdue = "off"
"#,
            ),
        ),
        (
            "03-culverts.toml",
            Text(
                r#"id = "3"
title = "Inspect every culvert"
owners = ["County Council"]
deadline = 2025-03-27
rag = "Amber"

text = "Inspect every culvert under a main road."
"#,
            ),
        ),
    ],
    good: &[
        (
            "plan.toml",
            Text(
                r#"title = "Flood risk: delivery plan"

[[owner]]
name = "County Council"

[[rag]]
name = "Red"
outlook = "miss"

[[rag]]
name = "Amber"
outlook = "meet"

[[status]]
name = "On Track"

[[status]]
name = "Complete"
phase = "done"
outlook = "met"

[rules]
overdue = "off"
"#,
            ),
        ),
        (
            "03-culverts.toml",
            Text(
                r#"id = "3"
title = "Inspect every culvert"
owners = ["County Council"]
deadline = 2025-03-27
rag = "Red"
mitigation = "The eleven that are left are inspected by the end of April."

text = "Inspect every culvert under a main road."
"#,
            ),
        ),
    ],
    needs: &["status", "rag", "deadline", "milestone", "owners"],
    check: Check::Clock(check),
};

fn check(context: &Context<'_>, today: NaiveDate) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        let Some(rag) = r.rag.as_ref().and_then(Word::known) else { continue };
        if rag.outlook != Some(Outlook::Meet) {
            continue;
        }
        let standing = Standing::on(plan, r, today);
        if let Some(due) = standing.due.filter(|_| standing.overdue()) {
            let message =
                format!("{} is rated {}, which means on time, but was due on {}", r.id, rag.name(), day(due));
            breaches.push(
                Breach::new(Place::of(r).key("rag"), message)
                    .help("rate it as it stands now; if the deadline was moved, record an [[extension]]")
                    .since(after(due)),
            );
        }
    }
    breaches
}
