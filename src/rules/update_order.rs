//! `update-order`: the updates go back in time.

use super::{Breach, Check, Context, Group, Place, Rule, day};
use crate::diagnostic::Severity;
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "update-order",
    group: Group::Consistency,
    level: Severity::Error,
    summary: "Updates stand in the order of their dates, oldest first.",
    why: "The last update counts as the latest word. Out of order, an old report passes for the newest, and a \
          mistyped year stays unseen. Updates without a date keep their place.",
    mend: "Correct the date if it is mistyped. Otherwise move the update to its place.",
    before: &[],
    bad: &[(
        "11-profile.toml",
        Text(
            r#"id = "11"
title = "Know how much stalking there is"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Draw up a problem profile on stalking."

[[update]]
date = 2025-03-10
text = "The draft is with the partners."

[[update]]
date = 2025-02-10
text = "Data was asked for from three councils."
"#,
        ),
    )],
    good: &[(
        "11-profile.toml",
        Text(
            r#"id = "11"
title = "Know how much stalking there is"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Draw up a problem profile on stalking."

[[update]]
date = 2025-02-10
text = "Data was asked for from three councils."

[[update]]
date = 2025-03-10
text = "The draft is with the partners."
"#,
        ),
    )],
    needs: &["update"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for r in &context.plan.recommendations {
        let mut before: Option<NaiveDate> = None;
        for (i, update) in r.updates.iter().enumerate() {
            let Some(date) = update.date else { continue };
            // Compared with its neighbour alone, so that one wrong date is told once.
            if let Some(earlier) = before.filter(|earlier| *earlier > date) {
                let message = format!(
                    "this update of {} is of {}, but stands after one of {}",
                    r.id,
                    day(date),
                    day(earlier)
                );
                breaches.push(
                    Breach::new(Place::of(r).key("update").nth(i).key("date"), message)
                        .help("correct the date, or move the update: the oldest comes first"),
                );
            }
            before = Some(date);
        }
    }
    breaches
}
