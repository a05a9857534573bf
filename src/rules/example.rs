//! The examples of the rules: small trees of files that `plan explain` shows and the tests run.

use super::{Outcome, Run, Since, examine};
use crate::model::Plan;
use crate::store::{Content, Loaded, Memory, Purpose, find_plans, load_each};
use chrono::NaiveDate;

/// The plan.toml of an example that brings none.
pub const HEAD: &str = r#"title = "Example plan"

[[owner]]
name = "Chief Constables"
aliases = ["Chief Constable"]

[[owner]]
name = "OPCC"

[[rag]]
name = "Red"
colour = "red"
outlook = "miss"

[[rag]]
name = "Amber"
colour = "amber"
outlook = "meet"

[[rag]]
name = "Green"
colour = "green"
outlook = "met"

[[status]]
name = "On Track"
outlook = "meet"

[[status]]
name = "Delayed"

[[status]]
name = "Complete"
phase = "done"
outlook = "met"

[[status]]
name = "Closed"
phase = "dropped"
outlook = "miss"
"#;

/// The day on which the examples are examined: 28 March 2025, the day after the deadline of most.
pub const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2025, 3, 28) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The name of the folder that an example is.
pub const NAME: &str = "example";

fn tree(files: &[(&'static str, Content)]) -> Memory {
    let own_head = files.iter().any(|(path, _)| *path == "plan.toml");
    let head = [("plan.toml", Content::Text(HEAD))];
    Memory::new(head.into_iter().take(usize::from(!own_head)).chain(files.iter().copied()))
}

/// What `plan check` finds in an example.
#[must_use]
pub fn run(files: &[(&'static str, Content)]) -> Outcome {
    run_since(&[], files)
}

/// What `plan check --since` finds in an example that stood otherwise before; where nothing did, what
/// `plan check` finds.
#[must_use]
pub fn run_since(before: &[(&'static str, Content)], files: &[(&'static str, Content)]) -> Outcome {
    let (then, now) = (tree(before), tree(files));
    let since = Since { source: &then, root_name: NAME };
    let since = (!before.is_empty()).then_some(since);
    let run = Run { today: Some(TODAY), since, ..Run::default() };
    examine(&now, NAME, &run).unwrap_or_default()
}

/// The plan that an example is, if it can be read.
#[must_use]
pub fn plan(files: &[(&'static str, Content)]) -> Option<Plan> {
    let source = tree(files);
    let listing = find_plans(&source, NAME).ok()?;
    load_each(&source, listing.plans, Purpose::Rules, |l: Loaded| l.plan).into_iter().next().flatten()
}
