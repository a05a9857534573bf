//! `milestone-overdue`: an open milestone is past its date.

use super::{Breach, Check, Context, Group, Place, Rule, after, day, days, quoted};
use crate::diagnostic::Severity;
use crate::standing;
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "milestone-overdue",
    group: Group::Clock,
    level: Severity::Error,
    summary: "An open milestone is not past its date.",
    why: "A missed step is the first sign that a deadline will be missed. It counts also where the \
          recommendation is reported done.",
    mend: "If it is done, give it a `done` date. If its date was moved, record the move as an [[extension]] \
           with the milestone's title and the reason, and set `due` to the new date.",
    before: &[],
    bad: &[(
        "15-services.toml",
        Text(
            r#"id = "15"
title = "Review services for stalking victims"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Review which services are commissioned for victims of stalking."

[[milestone]]
title = "Ask victims what they need"
due = 2025-03-14
"#,
        ),
    )],
    good: &[(
        "15-services.toml",
        Text(
            r#"id = "15"
title = "Review services for stalking victims"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Review which services are commissioned for victims of stalking."

[[milestone]]
title = "Ask victims what they need"
due = 2025-03-14
done = 2025-03-12
"#,
        ),
    )],
    needs: &["status", "milestone", "owners"],
    check: Check::Clock(check),
};

fn check(context: &Context<'_>, today: NaiveDate) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    for r in plan.recommendations.iter().filter(|r| !r.milestones.is_empty()) {
        let phase = standing::phase(plan, r);
        for (i, due) in standing::missed_milestones(phase, r, today) {
            let message = format!(
                "{} has a milestone {} overdue: {} was due on {}",
                r.id,
                days((today - due).num_days()),
                quoted(&r.milestones[i].title),
                day(due)
            );
            breaches.push(
                Breach::new(Place::of(r).key("milestone").nth(i).key("due"), message)
                    .help(
                        "set its `done` if it is done; if its date was moved, record an [[extension]] of it",
                    )
                    .since(after(due)),
            );
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    fn told(file: &'static str) -> String {
        let findings = example::run(&[("01-x.toml", Text(file))]).findings;
        let line = |f: &crate::diagnostic::Finding| {
            let line = f.location.as_ref().expect("a place").start.line;
            format!("{line} {}: {}", f.rule, f.message)
        };
        findings.iter().filter(|f| f.rule.contains("overdue")).map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_milestone_that_an_open_recommendation_is_due_by_is_told_beside_it() {
        insta::assert_snapshot!(told(r#"id = "1"
title = "x"
owners = ["OPCC"]
rag = "Amber"
text = "x"

[[milestone]]
title = "Ask"
due = 2025-01-31

[[milestone]]
title = "Report"
due = 2025-03-27
"#), @r#"
        9 milestone-overdue: 1 has a milestone 56 days overdue: "Ask" was due on 31 Jan 2025
        13 milestone-overdue: 1 has a milestone 1 day overdue: "Report" was due on 27 Mar 2025
        13 overdue: 1 is 1 day overdue: it was due on 27 Mar 2025
        "#);
    }

    #[test]
    fn a_milestone_of_what_is_done_counts_and_today_does_not() {
        insta::assert_snapshot!(told(r#"id = "1"
title = "x"
owners = ["OPCC"]
status = "Complete"
text = "x"

[[milestone]]
title = "Ask"
due = 2025-03-28

[[milestone]]
title = "Report"
due = 2025-03-27
"#), @r#"13 milestone-overdue: 1 has a milestone 1 day overdue: "Report" was due on 27 Mar 2025"#);
    }

    #[test]
    fn a_milestone_of_what_is_dropped_is_expected_no_more() {
        let dropped = r#"id = "1"
title = "x"
owners = ["OPCC"]
status = "Closed"
text = "x"

[[milestone]]
title = "Ask"
due = 2025-01-31
"#;
        assert_eq!(told(dropped), "");
    }
}
