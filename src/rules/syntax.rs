//! `syntax`: a file is not valid TOML.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "syntax",
    group: Group::Reading,
    level: Severity::Error,
    summary: "Every file is valid TOML: `key = value` lines, with text between quotes.",
    why: "A file that breaks the rules of TOML cannot be read, so what it says would be missing from \
          every count and every page.",
    mend: "Go to the line that is named. Most often quotes, a bracket or a comma is missing there, or \
           the same key stands twice. Text over several lines goes between `\"\"\"` and \
           `\"\"\"`.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = Make every stalking crime searchable
owners = ["Chief Constables"]
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
