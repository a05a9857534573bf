//! `control-character`: a character that does not show.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "control-character",
    group: Group::Reading,
    level: Severity::Error,
    summary: "No text holds a character that does not show, or that turns the direction of text.",
    why: "Such a character makes two names that look alike differ, can hide words from a reviewer, or \
          can make a line read otherwise than it is written.",
    mend: "Delete the character that is named, or type the words again. It often comes along with text \
           that is copied from a web page or a Word file.",
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(concat!(
            r#"id = "7"
title = "Make every stalking "#,
            "\u{200e}",
            r#"crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#
        )),
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
