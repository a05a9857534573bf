//! `conflict-marker`: a merge left a conflict in a file.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "conflict-marker",
    group: Group::Reading,
    level: Severity::Error,
    summary: "No file holds a conflict that a merge left behind.",
    why: "Two people changed the same lines, and git could not tell whose change holds. Until somebody \
          decides, the file says both things, and neither can be reported.",
    mend: "Find out which of the two is true. Keep those lines, and delete the others together with \
           the lines of `<`, `=` and `>` signs. Then run `git add` on the file.",
    // In pieces, so that git does not take this file for one with a conflict.
    before: &[],
    bad: &[(
        "07-search.toml",
        Text(concat!(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
"#,
            "<<<<<<< HEAD\n",
            "deadline = 2025-09-27\n",
            "=======\n",
            "deadline = 2025-12-31\n",
            ">>>>>>> board-decision\n",
            r#"
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
deadline = 2025-12-31

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
