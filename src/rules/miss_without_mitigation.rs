//! `miss-without-mitigation`: a recommendation will miss its deadline, and nothing is done about it.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Named, Outlook, Phase, Word};
use crate::standing;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "miss-without-mitigation",
    group: Group::Consistency,
    level: Severity::Warning,
    summary: "An open recommendation that is rated as missing its deadline says what is being done about it.",
    why: "Such a rating tells a board that something is going wrong. Without the way back, the board cannot \
          tell whether it has to act.",
    mend: "Add `mitigation`: what is being done to get back on course, or to limit the harm of the delay. \
           If the rating is out of date, correct it.",
    before: &[],
    bad: &[(
        "18-quality.toml",
        Text(
            r#"id = "18"
title = "Raise the quality of investigations"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Red"
status = "Delayed"

text = "Make sure that there are enough detectives for stalking cases."
"#,
        ),
    )],
    good: &[(
        "18-quality.toml",
        Text(
            r#"id = "18"
title = "Raise the quality of investigations"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Red"
status = "Delayed"
mitigation = "Cases go to trained officers first, and twelve detectives join in May."

text = "Make sure that there are enough detectives for stalking cases."
"#,
        ),
    )],
    needs: &["rag", "mitigation"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        let Some(rag) = r.rag.as_ref().and_then(Word::known) else { continue };
        if rag.outlook != Some(Outlook::Miss) || r.mitigation.is_some() {
            continue;
        }
        if standing::phase(plan, r) == Phase::Open {
            let message =
                format!("{} is rated {}, and nothing says what is being done about it", r.id, rag.name());
            breaches.push(
                Breach::new(Place::of(r).key("rag"), message).help(
                    "add `mitigation = \"...\"`: the way back, or how the harm of the delay is limited",
                ),
            );
        }
    }
    breaches
}
