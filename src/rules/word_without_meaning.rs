//! `word-without-meaning`: a plan's RAG levels or statuses mean nothing to the program.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::Phase;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "word-without-meaning",
    group: Group::Vocabulary,
    level: Severity::Warning,
    summary: "Some RAG level has an outlook, and some status a phase other than open.",
    why: "The program never looks at a word such as \"Complete\" or \"Red\", only at what plan.toml says \
          that it means. Where no status means done, nothing is ever done, and what is complete will be \
          told as overdue.",
    mend: "Give the levels an `outlook` (miss, at-risk, meet or met), and the status of what is finished \
           `phase = \"done\"`.",
    before: &[],
    bad: &[(
        "plan.toml",
        Text(
            r#"title = "Audit actions"

[[owner]]
name = "Head of Finance"

[[rag]]
name = "Green"

[[status]]
name = "Complete"
"#,
        ),
    )],
    good: &[(
        "plan.toml",
        Text(
            r#"title = "Audit actions"

[[owner]]
name = "Head of Finance"

[[rag]]
name = "Green"
outlook = "meet"

[[status]]
name = "Complete"
phase = "done"
"#,
        ),
    )],
    needs: &[],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let head = &context.plan.head;
    let mut breaches = Vec::new();
    let gaps = context.gaps;
    if !gaps.head_doubts("rag")
        && !head.rags.is_empty()
        && head.rags.iter().all(|level| level.outlook.is_none())
    {
        let message = "no RAG level has an `outlook`: none of them means anything to the program";
        breaches.push(Breach::new(Place::head().key("rag").nth(0).key("name"), message).help(
            "say what each means for the deadline: `outlook = \"miss\"`, \"at-risk\", \"meet\" or \"met\"",
        ));
    }
    if !gaps.head_doubts("status")
        && !head.statuses.is_empty()
        && head.statuses.iter().all(|status| status.phase == Phase::Open)
    {
        let message = "no status has a `phase` other than open: nothing can ever be done";
        breaches.push(
            Breach::new(Place::head().key("status").nth(0).key("name"), message)
                .help("give the status of what is finished `phase = \"done\"`"),
        );
    }
    breaches
}
