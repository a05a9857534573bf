//! `rag-status-conflict`: of RAG and status, one says done and the other does not.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Named, Outlook, Phase, RagLevel, Status, Word};
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "rag-status-conflict",
    group: Group::Consistency,
    level: Severity::Error,
    summary: "RAG and status agree on whether a recommendation is done.",
    why: "Where the scale has a level for what is done, that level and a status that means done say the \
          same thing. When only one of them says it, readers who count by RAG and readers who count by \
          status get different numbers. What is left blank never conflicts.",
    mend: "Find out whether it is done. If it is, set both the RAG and the status that say so. If it is \
           not, set neither.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Green"
status = "On Track"

text = "Seek changes to crime recording systems."
"#,
        ),
    )],
    good: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Amber"
status = "On Track"

text = "Seek changes to crime recording systems."
"#,
        ),
    )],
    needs: &["rag", "status"],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let plan = context.plan;
    let mut breaches = Vec::new();
    // Where no level means done, as where Green means "on schedule", nothing can conflict.
    if !plan.head.rags.iter().any(|level| level.outlook == Some(Outlook::Met)) {
        return breaches;
    }
    let help = "if it is done, set the RAG and the status that say so; if it is not, set neither";
    for r in &plan.recommendations {
        if let Some(conflict) = conflict(r.rag.as_ref(), r.status.as_ref()) {
            let message = format!("{} is rated {conflict}", r.id);
            breaches.push(Breach::new(Place::of(r).key("rag"), message).help(help));
        }
        for (i, answer) in r.answers.iter().enumerate() {
            if let Some(conflict) = conflict(answer.rag.as_ref(), answer.status.as_ref()) {
                let message = format!("the answer of {} to {} is rated {conflict}", answer.owner, r.id);
                let place = Place::of(r).key("answer").nth(i).key("rag");
                breaches.push(Breach::new(place, message).help(help));
            }
        }
    }
    breaches
}

/// How the two contradict each other, if they do.
fn conflict(rag: Option<&Word<RagLevel>>, status: Option<&Word<Status>>) -> Option<String> {
    let (rag, status) = (rag?.known()?, status?.known()?);
    let (rag_name, status_name) = (rag.name(), status.name());
    match (rag.outlook == Some(Outlook::Met), status.phase == Phase::Done) {
        (true, false) => Some(format!("{rag_name}, which means done, but its status is {status_name}")),
        (false, true) => Some(format!("{rag_name}, but its status, {status_name}, means done")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;
    use crate::store::Content;

    const SCHEDULE: &str = r#"title = "Example plan"

[[owner]]
name = "OPCC"

[[rag]]
name = "Green"
outlook = "meet"

[[status]]
name = "Complete"
phase = "done"
"#;

    fn told(files: &[(&'static str, Content)]) -> String {
        let findings = example::run(files).findings.into_iter().filter(|f| f.rule == RULE.name);
        let line = |f: crate::diagnostic::Finding| {
            let line = f.location.expect("a place").start.line;
            format!("{line}: {}", f.message)
        };
        findings.map(line).collect::<Vec<_>>().join("\n")
    }

    /// A recommendation with these lines before its text.
    fn file(id: &str, lines: &str) -> Content {
        let file = format!("id = \"{id}\"\ntitle = \"x\"\nowners = [\"OPCC\"]\n{lines}\ntext = \"x\"\n");
        Text(file.leak())
    }

    #[test]
    fn either_side_alone_conflicts_and_a_blank_or_an_unknown_word_does_not() {
        let files = [
            ("01-x.toml", file("1", "rag = \"Green\"")),
            ("02-x.toml", file("2", "status = \"Complete\"")),
            ("03-x.toml", file("3", "rag = \"Teal\"\nstatus = \"Complete\"")),
            ("04-x.toml", file("4", "rag = \"Green\"\nstatus = \"Finished\"")),
            ("05-x.toml", file("5", "rag = \"Amber\"\nstatus = \"Complete\"")),
            ("06-x.toml", file("6", "rag = \"Green\"\nstatus = \"Closed\"")),
            ("07-x.toml", file("7", "rag = \"Green\"\nstatus = \"Complete\"")),
        ];
        insta::assert_snapshot!(told(&files), @"
        4: 5 is rated Amber, but its status, Complete, means done
        4: 6 is rated Green, which means done, but its status is Closed
        ");
    }

    #[test]
    fn an_answer_conflicts_at_its_own_place() {
        let answer = r#"id = "1"
title = "x"
owners = ["OPCC"]
text = "x"

[[answer]]
owner = "OPCC"
rag = "Green"
status = "On Track"
"#;
        insta::assert_snapshot!(told(&[("01-x.toml", Text(answer))]), @"8: the answer of OPCC to 1 is rated Green, which means done, but its status is On Track");
    }

    #[test]
    fn a_scale_without_a_level_for_done_conflicts_with_nothing() {
        let files = [
            ("plan.toml", Text(SCHEDULE)),
            ("01-x.toml", file("1", "rag = \"Green\"\nstatus = \"Complete\"")),
        ];
        assert_eq!(told(&files), "");
    }
}
