//! `unknown-rag`: a RAG that is not on the plan's scale.

use super::vocabulary::Vocabulary;
use super::{Breach, Check, Context, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "unknown-rag",
    group: Group::Vocabulary,
    level: Severity::Error,
    summary: "Every RAG is a level of the scale in plan.toml, written as it is there.",
    why: "The scale says what each level means in this plan. A level that is not on it means nothing, \
          and could be counted neither as good nor as bad.",
    mend: "Write the level as plan.toml has it, capital letters included. If the scale lacks a level, \
           add a [[rag]] to plan.toml with its name and what it means.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Ambre"
status = "On Track"

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
status = "On Track"

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    needs: &[],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let scale = Vocabulary::new(context, ("RAG", "RAG levels", "rag"), &plan.head.rags);
    let mut breaches = scale.repeated();
    breaches.extend(scale.unknown_in(
        &plan.recommendations,
        |r| r.rag.as_ref(),
        |a| a.rag.as_ref(),
        |u| u.rag.as_ref(),
    ));
    breaches
}
