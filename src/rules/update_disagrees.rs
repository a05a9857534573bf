//! `update-disagrees`: the last update reports another RAG or status than the recommendation.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "update-disagrees",
    group: Group::Consistency,
    level: Severity::Warning,
    summary: "The last update's RAG and status are the recommendation's.",
    why: "The recommendation shows where things stand, and counts are made from it. When the last update says \
          otherwise, one of the two was forgotten.",
    mend: "Set the recommendation's `rag` or `status` to what the last update reports. If things have changed \
           since, add an update that says so.",
    before: &[],
    bad: &[(
        "20-online.toml",
        Text(
            r#"id = "20"
title = "Recognise and respond to online stalking"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Red"
mitigation = "Cases with an online element go to the cyber team first."

text = "Train officers on online stalking."

[[update]]
date = 2025-01-20
text = "No trainer could be found."
rag = "Red"

[[update]]
date = 2025-03-10
text = "The regional unit lends two trainers from May."
rag = "Amber"
"#,
        ),
    )],
    good: &[(
        "20-online.toml",
        Text(
            r#"id = "20"
title = "Recognise and respond to online stalking"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Amber"

text = "Train officers on online stalking."

[[update]]
date = 2025-01-20
text = "No trainer could be found."
rag = "Red"

[[update]]
date = 2025-03-10
text = "The regional unit lends two trainers from May."
rag = "Amber"
"#,
        ),
    )],
    needs: &["update", "rag", "status"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for r in &context.plan.recommendations {
        let Some((i, update)) = r.updates.iter().enumerate().next_back() else { continue };
        let mut disagrees = |key: &'static str, stands: String, reported: &str| {
            let message = format!("{} {stands}, but its last update says {reported}", r.id);
            breaches.push(
                Breach::new(Place::of(r).key("update").nth(i).key(key), message)
                    .help(format!("set the recommendation's `{key}` to what holds, or add a newer update")),
            );
        };
        if let Some(reported) = update.rag.as_ref().filter(|rag| r.rag.as_ref() != Some(rag)) {
            let stands = r.rag.as_ref().map_or("is not rated".to_owned(), |rag| format!("is rated {rag}"));
            disagrees("rag", stands, reported.name());
        }
        if let Some(reported) = update.status.as_ref().filter(|status| r.status.as_ref() != Some(status)) {
            let stands =
                r.status.as_ref().map_or("has no status".to_owned(), |status| format!("is {status}"));
            disagrees("status", stands, reported.name());
        }
    }
    breaches
}
