//! `exception-lapsed`: an exception was accepted only until a day that has passed.

use super::{Breach, Check, Context, Group, Place, Rule, after, day};
use crate::diagnostic::Severity;
use crate::store::Content::Text;
use crate::visible::one_line;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "exception-lapsed",
    group: Group::Clock,
    level: Severity::Error,
    summary: "No exception is past its last day.",
    why: "Whoever accepted the breach did so for a time. After that day it no longer counts as accepted, and \
          somebody has to decide again.",
    mend: "Delete the exception if it is not needed any more. Otherwise have it approved again, and set \
           `until` to the day that was agreed.",
    before: &[],
    bad: &[
        (
            "plan.toml",
            Text(
                r#"title = "Flood risk: delivery plan"

[[owner]]
name = "County Council"

[[rag]]
name = "Amber"
outlook = "meet"

[[status]]
name = "On Track"

[[status]]
name = "Complete"
phase = "done"
outlook = "met"

[[exception]]
rule = "overdue"
ids = ["3"]
reason = "The road was closed until the end of January."
approved_by = "Flood Board"
until = 2025-01-31
"#,
            ),
        ),
        (
            "03-culverts.toml",
            Text(
                r#"id = "3"
title = "Inspect every culvert"
owners = ["County Council"]
deadline = 2025-06-30
rag = "Amber"
status = "On Track"

text = "Inspect every culvert under a main road."

[[extension]]
from = 2024-12-31
to = 2025-06-30
on = 2025-02-03
reason = "The road was closed until the end of January."
approved_by = "Flood Board"
"#,
            ),
        ),
    ],
    good: &[
        (
            "plan.toml",
            Text(
                r#"title = "Flood risk: delivery plan"

[[owner]]
name = "County Council"

[[rag]]
name = "Amber"
outlook = "meet"

[[status]]
name = "On Track"

[[status]]
name = "Complete"
phase = "done"
outlook = "met"
"#,
            ),
        ),
        (
            "03-culverts.toml",
            Text(
                r#"id = "3"
title = "Inspect every culvert"
owners = ["County Council"]
deadline = 2025-06-30
rag = "Amber"
status = "On Track"

text = "Inspect every culvert under a main road."

[[extension]]
from = 2024-12-31
to = 2025-06-30
on = 2025-02-03
reason = "The road was closed until the end of January."
approved_by = "Flood Board"
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::Clock(check),
};

fn check(context: &Context<'_>, today: NaiveDate) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (i, exception) in context.plan.head.exceptions.iter().enumerate() {
        let Some(until) = exception.until.filter(|until| *until < today) else { continue };
        let ids: Vec<String> = exception.ids.iter().map(ToString::to_string).collect();
        let about = if ids.is_empty() { "this plan".to_owned() } else { ids.join(", ") };
        let rule = one_line(&exception.rule);
        let message =
            format!("the exception from `{rule}` for {about} has lapsed: it held until {}", day(until));
        breaches.push(
            Breach::new(Place::head().key("exception").nth(i).key("until"), message)
                .help("delete it if it is not needed any more; else have it approved again, and set `until`")
                .since(after(until)),
        );
    }
    breaches
}
