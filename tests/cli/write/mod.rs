//! The commands that change a plan: what they write, what they refuse, and that nothing else changes.

mod broken;
mod canonical;
mod late;
mod new;
mod report;
mod set;
mod slips;

use crate::common::{Plans, recommendation};
use std::fs;

/// A recommendation as somebody wrote it by hand, comments and all.
const BY_HAND: &str = "# Reviewed in March.\r\n\r\nid = '7'\r\ntitle = \"Title 7\"\r\nowners = [ \"Force\" ]   # alone\r\ndeadline = 2025-03-27\r\n\r\n# What is asked for\r\ntext = '''Ask\r\nthem.'''\r\n\r\n[[milestone]]\r\ntitle = \"Agree the course\"\r\ndue = 2025-03-01\r\n";

fn by_hand() -> Plans {
    let plans =
        Plans::one(&[("07-x.toml", BY_HAND), ("08-y.toml", &recommendation("8", "printed_id = \"9\""))]);
    plans.write("plans/p/09-z.toml", recommendation("9", "").as_bytes());
    plans
}

fn text(plans: &Plans, name: &str) -> String {
    fs::read_to_string(plans.path().join("plans/p").join(name)).expect("a file")
}

/// The lines that a command takes away and adds, with what ends them.
fn lines(plans: &Plans, name: &str, old: &str) -> String {
    let new = text(plans, name);
    let diff = similar::TextDiff::from_lines(old, &new);
    let told = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    told.map(|change| format!("{}{:?}\n", change.tag(), change.value())).collect()
}
