//! `unapproved-extension`: a deadline was moved, and nobody is named who agreed.

use super::{Breach, Check, Context, Group, Place, Rule, quoted, when};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "unapproved-extension",
    group: Group::Consistency,
    level: Severity::Warning,
    summary: "An extension says who approved it.",
    why: "A deadline belongs to those who set it. One that the owner moves alone is not an agreed deadline.",
    mend: "Add `approved_by` with the board or the role that agreed. If nobody has agreed yet, ask before \
           the date is moved; until then, say what is expected with `forecast`.",
    before: &[],
    bad: &[(
        "10-training.toml",
        Text(
            r#"id = "10"
title = "Update stalking training"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Review training on stalking, and update it."

[[extension]]
from = 2025-03-27
to = 2025-09-27
on = 2025-02-14
reason = "The national course is published in summer."
"#,
        ),
    )],
    good: &[(
        "10-training.toml",
        Text(
            r#"id = "10"
title = "Update stalking training"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Review training on stalking, and update it."

[[extension]]
from = 2025-03-27
to = 2025-09-27
on = 2025-02-14
reason = "The national course is published in summer."
approved_by = "Vulnerability Board"
"#,
        ),
    )],
    needs: &["extension"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for r in &context.plan.recommendations {
        for (i, extension) in r.extensions.iter().enumerate().filter(|(_, e)| e.approved_by.is_none()) {
            let milestone = extension.milestone.as_ref().map(|title| format!("{} in ", quoted(title)));
            let message = format!(
                "{}{} was extended to {}, and nothing says who approved it",
                milestone.unwrap_or_default(),
                r.id,
                when(&extension.to)
            );
            breaches.push(
                Breach::new(Place::of(r).key("extension").nth(i), message)
                    .help("add `approved_by = \"...\"`: the board or the role that agreed"),
            );
        }
    }
    breaches
}
