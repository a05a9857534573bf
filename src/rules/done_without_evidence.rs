//! `done-without-evidence`: a recommendation is reported done, and nothing shows it.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::Phase;
use crate::standing;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "done-without-evidence",
    group: Group::Consistency,
    level: Severity::Warning,
    summary: "A recommendation that is done names what shows it.",
    why: "An inspector asks for proof, often years later and of somebody new in the post. What shows that the \
          work was done is easy to name on the day that it is finished.",
    mend: "Add an [[evidence]] with a title: the policy, the minute, the audit or the page that shows it. \
           `ref` says where it is kept.",
    before: &[],
    bad: &[(
        "17-allocation.toml",
        Text(
            r#"id = "17"
title = "Update the policy on who investigates"
owners = ["Chief Constables"]
deadline = 2025-03-27
rag = "Green"
status = "Complete"

text = "Bring the policy on case allocation up to date."
"#,
        ),
    )],
    good: &[(
        "17-allocation.toml",
        Text(
            r#"id = "17"
title = "Update the policy on who investigates"
owners = ["Chief Constables"]
deadline = 2025-03-27
rag = "Green"
status = "Complete"

text = "Bring the policy on case allocation up to date."

[[evidence]]
title = "Case allocation policy, version 4"
ref = "https://example.org/policies/case-allocation"
"#,
        ),
    )],
    needs: &["status", "evidence"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        if r.evidence.is_empty() && standing::phase(plan, r) == Phase::Done {
            breaches.push(
                Breach::new(
                    Place::of(r).key("status"),
                    format!("{} is reported done, and nothing shows it", r.id),
                )
                .help("add [[evidence]], and below it `title = \"...\"`: a document, a minute or a link"),
            );
        }
    }
    breaches
}
