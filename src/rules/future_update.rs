//! `future-update`: something is said to have been done on a day that is still to come.

use super::{Breach, Check, Context, Group, Place, Rule, day};
use crate::diagnostic::Severity;
use crate::model::Done;
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "future-update",
    group: Group::Clock,
    level: Severity::Error,
    summary: "No update, finished milestone or closure is dated later than today.",
    why: "An update says what was done. A date that is still to come is mistyped, or the text is a promise; \
          either way it makes the recommendation look fresh for longer than it is.",
    mend: "Correct the date. If it is something still to be done, make it a [[milestone]].",
    before: &[],
    bad: &[(
        "23-screening.toml",
        Text(
            r#"id = "23"
title = "Screen crimes early for stalking"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Screen every crime that may be stalking."

[[update]]
date = 2025-05-20
text = "Screening runs in two of the four areas."
"#,
        ),
    )],
    good: &[(
        "23-screening.toml",
        Text(
            r#"id = "23"
title = "Screen crimes early for stalking"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Screen every crime that may be stalking."

[[update]]
date = 2025-03-20
text = "Screening runs in two of the four areas."
"#,
        ),
    )],
    needs: &[],
    check: Check::Clock(check),
};

fn check(context: &Context<'_>, today: NaiveDate) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for r in &context.plan.recommendations {
        for (i, update) in r.updates.iter().enumerate() {
            if let Some(date) = update.date.filter(|date| *date > today) {
                let message = format!("{} has an update of {}, which is still to come", r.id, day(date));
                breaches.push(
                    Breach::new(Place::of(r).key("update").nth(i).key("date"), message)
                        .help("correct the date; what is still to be done is a [[milestone]]"),
                );
            }
        }
    }
    for r in &context.plan.recommendations {
        let done = r.milestones.iter().enumerate().filter_map(|(i, m)| match m.done {
            Done::On(date) => {
                Some((Place::of(r).key("milestone").nth(i).key("done"), "a milestone as done", date))
            }
            Done::No | Done::Undated => None,
        });
        let closed = r.closure.as_ref().and_then(|c| c.on);
        let closed = closed.map(|date| (Place::of(r).key("closure").key("on"), "itself as closed", date));
        for (place, what, date) in done.chain(closed).filter(|(.., date)| *date > today) {
            let message = format!("{} reports {what} on {}, which is still to come", r.id, day(date));
            breaches.push(
                Breach::new(place, message).help("correct the date; what is still to be done has none yet"),
            );
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn what_is_reported_done_or_closed_on_a_day_to_come_is_told_and_today_is_not() {
        let file = r#"id = "7"
title = "x"
owners = ["OPCC"]
status = "Closed"
text = "x"

[[milestone]]
title = "Ask"
done = 2025-03-29

[[milestone]]
title = "Report"
done = 2025-03-28

[closure]
on = 2025-03-29
reason = "x"
"#;
        insta::assert_snapshot!(told(RULE.name, &[("07-x.toml", Text(file))]), @"
        07-x.toml:9:8 7 reports a milestone as done on 29 Mar 2025, which is still to come
            correct the date; what is still to be done has none yet
        07-x.toml:16:6 7 reports itself as closed on 29 Mar 2025, which is still to come
            correct the date; what is still to be done has none yet
        ");
    }
}
