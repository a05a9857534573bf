//! `stray-file`: a `.toml` file that belongs to no plan.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "stray-file",
    group: Group::Identity,
    level: Severity::Error,
    summary: "Every `.toml` file lies in the folder of a plan, beside its plan.toml.",
    why: "A recommendation that lies in another folder is in no list and no count, though it looks as if \
          it were.",
    mend: "Move the file into the folder of its plan. If its folder is to be a plan of its own, add a \
           plan.toml there. If it is not wanted, delete it: git keeps the old versions.",
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
        (
            "drafts/08-publish-figures.toml",
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
