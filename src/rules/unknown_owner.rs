//! `unknown-owner`: an owner that plan.toml does not have.

use super::vocabulary::Vocabulary;
use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "unknown-owner",
    group: Group::Vocabulary,
    level: Severity::Error,
    summary: "Every owner is one that plan.toml registers.",
    why: "A misspelt owner is a second owner to whoever counts: the recommendation is missing from the \
          list of the body that answers for it.",
    mend: "Write the name as plan.toml has it. If the owner is new, add an [[owner]] with its name to \
           plan.toml. If it is another spelling that turns up often, add it to the `aliases` of its owner.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Cheif Constables"]
deadline = 2025-09-27

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
    let head = &context.plan.head;
    let aliases = head.owners.iter().flat_map(|o| o.aliases.iter().map(|a| (a.as_str(), o.name.as_str())));
    let owners = Vocabulary::new(context, ("owner", "owners", "owner"), &head.owners).aliases(aliases);
    let mut breaches = Vec::new();
    for (i, owner) in head.answers_for.iter().flatten().enumerate() {
        breaches.extend(owners.unknown(owner, || Place::head().key("answers_for").nth(i)));
    }
    for r in &context.plan.recommendations {
        // An owner that a part inherits is told where its parent names it.
        let own = if r.owners_inherited { &[] } else { r.owners.as_slice() };
        for (i, owner) in own.iter().enumerate() {
            breaches.extend(owners.unknown(owner, || Place::of(r).key("owners").nth(i)));
        }
        for (i, answer) in r.answers.iter().enumerate() {
            let place = || Place::of(r).key("answer").nth(i).key("owner");
            breaches.extend(owners.unknown(&answer.owner, place));
        }
    }
    breaches
}
