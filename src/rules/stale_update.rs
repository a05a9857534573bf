//! `stale-update`: nothing has been said of an open recommendation for too long.

use super::{Breach, Check, Context, Group, Place, Rule, after, day, days};
use crate::diagnostic::Severity;
use crate::standing::{self, Freshness, Standing};
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "stale-update",
    group: Group::Clock,
    level: Severity::Warning,
    summary: "An open recommendation has a recent update.",
    why: "A board that reads an old update takes it for how things are. `stale_after_days` under [policy] in \
          plan.toml says how old is too old: 90 days where it says nothing. What has no dated update at all \
          is counted apart.",
    mend: "Ask the owner how it stands, and add an [[update]] with today's date, even if little has changed.",
    before: &[],
    bad: &[(
        "14-rights.toml",
        Text(
            r#"id = "14"
title = "Give stalking victims their rights"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Complete a needs assessment with every victim."

[[update]]
date = 2024-11-15
text = "A superintendent now leads on this."
"#,
        ),
    )],
    good: &[(
        "14-rights.toml",
        Text(
            r#"id = "14"
title = "Give stalking victims their rights"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Complete a needs assessment with every victim."

[[update]]
date = 2024-11-15
text = "A superintendent now leads on this."

[[update]]
date = 2025-03-21
text = "Four victims in five had an assessment in February."
"#,
        ),
    )],
    needs: &["status", "update", "owners", "policy"],
    check: Check::Clock(check),
};

fn check(context: &Context<'_>, today: NaiveDate) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in &plan.recommendations {
        let standing = Standing::on(plan, r, today);
        let Some(last) = standing.last_update.filter(|_| standing.freshness == Freshness::Stale) else {
            continue;
        };
        let age = days((today - last).num_days());
        let message = format!("{} was last updated {age} ago, on {}", r.id, day(last));
        let nth = r.updates.iter().rposition(|update| update.date == Some(last)).unwrap_or_default();
        breaches.push(
            Breach::new(Place::of(r).key("update").nth(nth).key("date"), message)
                .help("ask the owner how it stands, and add an [[update]] with today's date")
                .since(after(standing::stale_after(plan, last))),
        );
    }
    breaches
}
