//! `unknown-key`: a key that nobody knows.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "unknown-key",
    group: Group::Reading,
    level: Severity::Error,
    summary: "Every key is one that the program knows, or stands under `custom`.",
    why: "What stands under a misspelt key is not read: a status under `stattus` would look like no \
          status at all. So a key that is not known is never passed over.",
    mend: "Correct the spelling. Columns of your own tracker that have no key here go under `custom`, \
           say `custom.theatre = \"East\"`.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27
rag = "Amber"
stattus = "On Track"

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
rag = "Amber"
status = "On Track"

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
