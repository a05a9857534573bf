//! `too-large`: a file is larger than any recommendation.

use super::{Check, Group, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::{OfSize, Text};

pub(super) static RULE: Rule = Rule {
    name: "too-large",
    group: Group::Reading,
    level: Severity::Error,
    summary: "No file is larger than 1 MiB (about a million letters).",
    why: "A recommendation is a few pages of text. A larger file is something else that came here by \
          mistake, such as a document or a picture under the wrong name, and it is not read.",
    mend: "Keep documents where documents are kept, and name them here as [[evidence]]. Split what is \
           truly several recommendations into a file each.",
    before: &[],
    bad: &[("07-search.toml", OfSize(3 << 20))],
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
text = "The supplier has sent its offer."

[[evidence]]
title = "Offer for the change to the crime recording system"
ref = "Procurement file 2025/114"
"#,
        ),
    )],
    needs: &[],
    check: Check::WhileReading,
};
