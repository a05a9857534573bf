//! `unrated`: a recommendation past its deadline has no RAG.

use super::{Breach, Check, Context, Group, Place, Rule, after, day};
use crate::diagnostic::Severity;
use crate::standing::Standing;
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "unrated",
    group: Group::Clock,
    level: Severity::Warning,
    summary: "An open recommendation that is past its deadline has a RAG.",
    why: "A blank is neither good news nor bad. Once the deadline has passed, somebody has to say how it \
          stands, or the count of ratings leaves out the very ones that are late.",
    mend: "Ask the owner for a rating, and set `rag`. Close it if it is done.",
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
name = "Delayed"

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
            "04-pumps.toml",
            Text(
                r#"id = "4"
title = "Test every pump"
owners = ["County Council"]
deadline = 2025-03-27
status = "Delayed"

text = "Test every pumping station before winter."
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
name = "Delayed"

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
            "04-pumps.toml",
            Text(
                r#"id = "4"
title = "Test every pump"
owners = ["County Council"]
deadline = 2025-03-27
rag = "Red"
status = "Delayed"
mitigation = "A mobile pump stands by until the last test."

text = "Test every pumping station before winter."
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
    for r in plan.recommendations.iter().filter(|r| r.rag.is_none()) {
        let standing = Standing::on(plan, r, today);
        if let Some(due) = standing.due.filter(|_| standing.overdue()) {
            let message = format!("{} has no RAG, and was due on {}", r.id, day(due));
            breaches.push(
                Breach::new(Place::of_due(r), message)
                    .help("ask the owner for a rating, and set `rag`; close it if it is done")
                    .since(after(due)),
            );
        }
    }
    breaches
}
