//! `missing-key`: something that must be said is not.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "missing-key",
    group: Group::Reading,
    level: Severity::Error,
    summary: "Every recommendation has its id, title, owners and text, and nothing is left blank.",
    why: "These are what makes a recommendation: without an owner nobody answers for it, without its \
          text nobody can say whether it is done. Empty quotes say nothing, and look as if they did.",
    mend: "Add the line that is named. Where a key is optional and there is nothing to say, delete its \
           line instead of leaving the quotes empty.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
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

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    needs: &[],
    check: Check::WhileReading,
};
