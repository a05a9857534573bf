//! `dropped-without-reason`: a recommendation is no longer pursued, and nobody says why.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Phase, Word};
use crate::standing;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "dropped-without-reason",
    group: Group::Consistency,
    level: Severity::Error,
    summary: "A recommendation that is dropped says why.",
    why: "Whoever made the recommendation, and the public, will ask why it is not being taken forward. The \
          reason is known on the day of the decision and hard to find a year later.",
    mend: "Add a [closure] with the reason, and with who decided and when if that is known. If it is still \
           being pursued, give it a status that says so.",
    before: &[],
    bad: &[(
        "24-screening.toml",
        Text(
            r#"id = "24"
title = "Try out automatic screening of crimes"
owners = ["Chief Constables"]
deadline = 2025-09-27
status = "Closed"

text = "Test whether software can find stalking among recorded crimes."
"#,
        ),
    )],
    good: &[(
        "24-screening.toml",
        Text(
            r#"id = "24"
title = "Try out automatic screening of crimes"
owners = ["Chief Constables"]
deadline = 2025-09-27
status = "Closed"

text = "Test whether software can find stalking among recorded crimes."

[closure]
on = 2025-02-14
by = "Vulnerability Board"
reason = "A national trial covers it; a second one here would cost much and add little."
"#,
        ),
    )],
    needs: &["status", "closure"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        let reason = r.closure.as_ref().and_then(|closure| closure.reason.as_ref());
        if reason.is_some() || standing::phase(plan, r) != Phase::Dropped {
            continue;
        }
        let status = r.status.as_ref().map_or("dropped", Word::name);
        let place = Place::of(r).key(if r.closure.is_some() { "closure" } else { "status" });
        breaches.push(
            Breach::new(place, format!("{} is {status}, and nothing says why", r.id))
                .help("add [closure], and below it `reason = \"...\"`"),
        );
    }
    breaches
}
