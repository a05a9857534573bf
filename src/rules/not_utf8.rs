//! `not-utf8`: a file is in another encoding than UTF-8.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::{Bytes, Text};

pub(super) static RULE: Rule = Rule {
    name: "not-utf8",
    group: Group::Reading,
    level: Severity::Error,
    summary: "Every file is saved as UTF-8.",
    why: "The same byte is another letter in another encoding. A file in the wrong one would show \
          garbled names and prices, so it is not read at all.",
    mend: "Open the file in the program that wrote it, and save it again with the encoding UTF-8. In \
           Notepad: File, Save as, Encoding.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Bytes(
            b"id = \"7\"
title = \"Make every stalking crime searchable\"
owners = [\"Chief Constables\"]
deadline = 2025-09-27

text = \"Seek changes to crime recording systems, at a cost of no more than \xa320,000.\"

[[update]]
date = 2025-03-01
text = \"The supplier has been asked for a date.\"
",
        ),
    )],
    good: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems, at a cost of no more than £20,000."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    needs: &[],
    check: Check::WhileReading,
};
