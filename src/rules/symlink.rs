//! `symlink`: a symbolic link stands where a file is expected.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::{Link, Text};

pub(super) static RULE: Rule = Rule {
    name: "symlink",
    group: Group::Reading,
    level: Severity::Error,
    summary: "Every file is a file of its own, and no link to one elsewhere.",
    why: "A link can lead to a file outside the plans: what it says would then change without a trace in \
          the plan's history. So links are not followed, and what they lead to is not read.",
    mend: "Delete the link, and put a copy of the file itself in its place.",
    before: &[],
    bad: &[
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
        ("08-publish-figures.toml", Link),
    ],
    good: &[
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
        (
            "08-publish-figures.toml",
            Text(
                r#"id = "8"
title = "Publish figures on stalking apart from harassment"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Publish the number of stalking crimes apart from harassment."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::WhileReading,
};

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn what_a_link_leads_to_is_not_said_to_be_missing() {
        let head = "title = \"Stalking\"\ncovers = [\"8\"]\n";
        let findings = example::run(&[("plan.toml", Text(head)), ("08-publish-figures.toml", Link)]).findings;
        assert_eq!(findings.len(), 1, "{findings:#?}");
    }
}
