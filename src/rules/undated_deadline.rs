//! `undated-deadline`: a deadline has words and no date.

use super::{Breach, Check, Context, Group, Place, Rule, quoted};
use crate::diagnostic::Severity;
use crate::model::{Deadline, Phase};
use crate::standing;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "undated-deadline",
    group: Group::Consistency,
    level: Severity::Note,
    summary: "A deadline gives a date.",
    why: "What has no date can never be late: it is on no list of what is overdue or due soon. The plan shows \
          it under its own name, so that it is not forgotten.",
    mend: "If the source's words point to a day, or one can be agreed, write both: the date and the words. \
           Do not make a date up: without one, the words stand.",
    before: &[],
    bad: &[(
        "05-flag.toml",
        Text(
            r#"id = "5"
title = "Flag stalking early"
owners = ["OPCC"]
deadline = { wording = "before the new standards are published" }

text = "Include stalking in the standards for recording incidents."
"#,
        ),
    )],
    good: &[(
        "05-flag.toml",
        Text(
            r#"id = "5"
title = "Flag stalking early"
owners = ["OPCC"]
deadline = { date = 2025-09-30, wording = "before the new standards are published" }

text = "Include stalking in the standards for recording incidents."
"#,
        ),
    )],
    needs: &[],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        let undated = |due: &Option<Deadline>| match due {
            Some(Deadline::Undated { wording }) => Some(quoted(wording)),
            _ => None,
        };
        let own = undated(&r.deadline).filter(|_| !r.deadline_inherited);
        let own = own.map(|wording| {
            let message = format!("{} has a deadline without a date: {wording}", r.id);
            (Place::of(r).key("deadline"), message)
        });
        let open = r.milestones.iter().enumerate().filter(|(_, m)| m.is_open());
        let steps = open.filter_map(|(i, m)| {
            let wording = undated(&m.due)?;
            let message = format!("{} has a milestone without a date: {wording}", r.id);
            Some((Place::of(r).key("milestone").nth(i).key("due"), message))
        });
        let mut found = own.into_iter().chain(steps).peekable();
        if found.peek().is_some() && matches!(standing::phase(plan, r), Phase::Open | Phase::Elsewhere) {
            breaches.extend(found.map(|(place, message)| {
                Breach::new(place, message)
                    .help("if a date is agreed, write `{ date = 2025-09-30, wording = \"...\" }`")
            }));
        }
    }
    breaches
}
