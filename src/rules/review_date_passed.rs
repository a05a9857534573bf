//! `review-date-passed`: the plan was to be reviewed by now.

use super::{Breach, Check, Context, Group, Place, Rule, after, day};
use crate::diagnostic::Severity;
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "review-date-passed",
    group: Group::Clock,
    level: Severity::Warning,
    summary: "The plan's review date is still to come.",
    why: "A plan that nobody reviews grows old as a whole: owners, deadlines and words no longer fit.",
    mend: "Review the plan, and set `review_date` in plan.toml to the day by which it is to be reviewed next.",
    before: &[],
    bad: &[(
        "plan.toml",
        Text(
            r#"title = "Road safety: delivery plan"
organisation = "County Council"
review_date = 2025-02-28
"#,
        ),
    )],
    good: &[(
        "plan.toml",
        Text(
            r#"title = "Road safety: delivery plan"
organisation = "County Council"
review_date = 2025-08-31
"#,
        ),
    )],
    needs: &[],
    check: Check::Clock(check),
};

fn check(context: &Context<'_>, today: NaiveDate) -> Vec<Breach> {
    let passed = context.plan.head.review_date.filter(|date| *date < today);
    let breach = passed.map(|date| {
        let message = format!("this plan was to be reviewed by {}", day(date));
        Breach::new(Place::head().key("review_date"), message)
            .help("review the plan, and set `review_date` to the day of the next review")
            .since(after(date))
    });
    breach.into_iter().collect()
}
