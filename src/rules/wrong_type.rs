//! `wrong-type`: a value is not of the kind that its key asks for.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "wrong-type",
    group: Group::Reading,
    level: Severity::Error,
    summary: "Every value is of the kind that its key asks for: text, a date, a list.",
    why: "A date between quotes is text like any other: it cannot be compared with today, and the \
          deadline would be lost.",
    mend: "Write it as the finding says: text between double quotes, dates as 2025-09-27 without quotes, \
           lists between square brackets. A deadline that gives no date keeps its words: \
           `deadline = { wording = \"by the end of the year\" }`.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = "2025-09-27"

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
