//! `closed-item-reopened`: what was done or dropped is open again.

use super::{Base, Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Phase, Word};
use crate::standing;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "closed-item-reopened",
    group: Group::Review,
    level: Severity::Warning,
    summary: "What is done or dropped stays so.",
    why: "A board that was told that something is done looks at it no more. If it is open again, that is \
          news, and not to be found out from the next count.",
    mend: "If it is open again, say why in a new [[update]], and tell those who were told that it is done. \
           If not, put the status back.",
    before: &[(
        "10-training.toml",
        Text(
            r#"id = "10"
title = "Update stalking training"
owners = ["Chief Constables"]
deadline = 2025-09-27
status = "Complete"

text = "Review training on stalking, and update it."

[[update]]
date = 2025-02-14
text = "Every officer has had the new training."

[[evidence]]
title = "Training records, February 2025"
"#,
        ),
    )],
    bad: &[(
        "10-training.toml",
        Text(
            r#"id = "10"
title = "Update stalking training"
owners = ["Chief Constables"]
deadline = 2025-09-27
status = "On Track"

text = "Review training on stalking, and update it."

[[update]]
date = 2025-02-14
text = "Every officer has had the new training."

[[evidence]]
title = "Training records, February 2025"
"#,
        ),
    )],
    good: &[(
        "10-training.toml",
        Text(
            r#"id = "10"
title = "Update stalking training"
owners = ["Chief Constables"]
deadline = 2025-09-27
status = "Complete"

text = "Review training on stalking, and update it."

[[update]]
date = 2025-02-14
text = "Every officer has had the new training."

[[update]]
date = 2025-03-20
text = "The course is looked at again every spring."

[[evidence]]
title = "Training records, February 2025"
"#,
        ),
    )],
    needs: &["status"],
    check: Check::Review(check),
};

fn check(context: &Context<'_>, base: &Base) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (then, now) in base.pairs(context.plan) {
        let closed = |phase| matches!(phase, Phase::Done | Phase::Dropped);
        let Some(was) = then.status.as_ref().filter(|_| closed(standing::phase(&base.plan, then))) else {
            continue;
        };
        let (place, is) = match &now.status {
            // What it means, nobody knows: that is told of the word.
            Some(Word::Unregistered(_)) => continue,
            _ if closed(standing::phase(context.plan, now)) => continue,
            Some(status) if status.name() == was.name() => (
                Place::of(now).key("status"),
                format!("plan.toml no longer closes what is {}", status.name()),
            ),
            Some(status) => (Place::of(now).key("status"), format!("its status is {}", status.name())),
            None => (Place::of(now).key("id"), "it has no status".to_owned()),
        };
        let message = format!("{} was reported {}, and is open again: {is}", now.id, was.name());
        breaches.push(
            Breach::new(place, message)
                .help("if it is open again, say why in a new [[update]]; if not, put back what closed it"),
        );
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::super::tests::told_since;
    use super::*;

    fn told(was: &str, is: &str) -> String {
        let file = |status: &str| {
            let file = format!("id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\n{status}\ntext = \"x\"\n");
            Text(file.leak())
        };
        told_since(RULE.name, &[("07-a.toml", file(was))], &[("07-b.toml", file(is))])
    }

    #[test]
    fn only_what_was_closed_and_is_not_is_told() {
        let (done, dropped, open) = ("status = \"Complete\"", "status = \"Closed\"", "status = \"Delayed\"");
        for (was, is) in
            [(done, dropped), (dropped, done), (open, done), ("", open), (open, ""), (done, done)]
        {
            assert_eq!(told(was, is), "", "{was} to {is}");
        }
        insta::assert_snapshot!(told(dropped, open), @"
        07-b.toml:4:10 7 was reported Closed, and is open again: its status is Delayed
            if it is open again, say why in a new [[update]]; if not, put back what closed it
        ");
        insta::assert_snapshot!(told(done, ""), @"
        07-b.toml:1:6 7 was reported Complete, and is open again: it has no status
            if it is open again, say why in a new [[update]]; if not, put back what closed it
        ");
        // What is wrong with the word itself is told of the word, now and then.
        for broken in ["status = \"Complet\"", "status = 1"] {
            assert_eq!(told(done, broken), "");
            assert_eq!(told(broken, open), "");
        }
    }

    #[test]
    fn what_a_word_means_is_what_counts() {
        let file = (
            "07-a.toml",
            Text("id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\nstatus = \"Complete\"\ntext = \"x\"\n"),
        );
        let head = |from: &str, to: &str| ("plan.toml", Text(example::HEAD.replacen(from, to, 1).leak()));
        let was = [head("", ""), file];
        insta::assert_snapshot!(told_since(RULE.name, &was, &[head("phase = \"done\"\n", ""), file]), @"
        07-a.toml:4:10 7 was reported Complete, and is open again: plan.toml no longer closes what is Complete
            if it is open again, say why in a new [[update]]; if not, put back what closed it
        ");
        assert_eq!(told_since(RULE.name, &was, &[head("phase = \"done\"\n", "phase = \"don\"\n"), file]), "");
    }
}
