//! `unknown-rule`: plan.toml sets the level of a rule, or accepts its breaches, and there is no such
//! rule, or its level is fixed.

use super::{Breach, Check, Context, Group, Place, RULES, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;
use crate::suggest::nearest;
use crate::visible::one_line;

pub(super) static RULE: Rule = Rule {
    name: "unknown-rule",
    group: Group::Vocabulary,
    level: Severity::Error,
    summary: "Every rule that [rules] and [[exception]] name exists, and may be set or accepted.",
    why: "A level set for a misspelt rule changes nothing: whoever set it would believe that it holds. \
          The rules of reading and identity cannot be set, since all others stand on them.",
    mend: "Correct the name: `plan explain` lists every rule. For a rule whose level is fixed, delete the \
           line, and mend what the rule finds.",
    before: &[],
    bad: &[
        (
            "plan.toml",
            Text(
                r#"title = "Stalking: delivery plan"

[[owner]]
name = "Chief Constables"

[rules]
over-due = "warning"
"#,
            ),
        ),
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
            ),
        ),
    ],
    good: &[
        (
            "plan.toml",
            Text(
                r#"title = "Stalking: delivery plan"

[[owner]]
name = "Chief Constables"

[rules]
overdue = "warning"
"#,
            ),
        ),
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let head = &context.plan.head;
    let levels = head.levels.iter().filter_map(|(name, _)| {
        let place = || Place::head().key("rules").named(name).key_only();
        let fixed = || {
            Breach::new(place(), format!("the level of `{name}` is fixed"))
                .help("delete this line: the other rules stand on what this one asks for")
        };
        unknown(name, place, fixed)
    });
    let exceptions = head.exceptions.iter().enumerate().filter_map(|(i, exception)| {
        let name = &exception.rule;
        let place = || Place::head().key("exception").nth(i).key("rule");
        let fixed = || {
            Breach::new(place(), format!("a breach of `{name}` cannot be accepted"))
                .help("delete this exception, and mend what the rule finds")
        };
        unknown(name, place, fixed)
    });
    levels.chain(exceptions).collect()
}

/// What is wrong with the name of a rule: it is that of none, or of one whose level is fixed.
fn unknown(name: &str, place: impl Fn() -> Place, fixed: impl Fn() -> Breach) -> Option<Breach> {
    match super::find(name) {
        Some(rule) if rule.group.levels_are_fixed() => Some(fixed()),
        Some(_) => None,
        None => {
            let help = match nearest(name, RULES.iter().map(|r| r.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`plan explain` lists every rule".to_owned(),
            };
            Some(Breach::new(place(), format!("there is no rule `{}`", one_line(name))).help(help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn every_name_of_a_rule_is_looked_up() {
        let head = r#"title = "Forces"

[rules]
overdue = "off"
syntax = "note"
"duplicate_id" = "error"
zebra = "off"

[[exception]]
rule = "stray-file"
reason = "It has to stay."
approved_by = "Vulnerability Board"

[[exception]]
rule = "overdu"
reason = "It has to stay."
approved_by = "Vulnerability Board"
"#;
        insta::assert_snapshot!(told(RULE.name, &[("plan.toml", Text(head))]), @r#"
        plan.toml:5:1 the level of `syntax` is fixed
            delete this line: the other rules stand on what this one asks for
        plan.toml:6:1 there is no rule `duplicate_id`
            did you mean `duplicate-id`?
        plan.toml:7:1 there is no rule `zebra`
            `plan explain` lists every rule
        plan.toml:10:8 a breach of `stray-file` cannot be accepted
            delete this exception, and mend what the rule finds
        plan.toml:15:8 there is no rule `overdu`
            did you mean `overdue`?
        "#);
    }
}
