//! `extension-chain`: the extensions do not lead from one to the next and to today's deadline.

use super::{Breach, Check, Context, Group, Place, Rule, day, quoted, when};
use crate::diagnostic::Severity;
use crate::model::{Deadline, Extension, Recommendation};
use crate::store::Content::Text;
use chrono::NaiveDate;

pub(super) static RULE: Rule = Rule {
    name: "extension-chain",
    group: Group::Consistency,
    level: Severity::Error,
    summary: "Each extension begins where the one before it ended, and the last one ends at the deadline.",
    why: "The extensions are the register of how a deadline slipped. If one does not begin where the one \
          before it ended, or the last does not end at the deadline that stands, a move is missing or a \
          date is wrong, and nobody can say how late the work really is.",
    mend: "Correct the date that is wrong, or add the [[extension]] that is missing. Keep the oldest first. \
           An extension that names a milestone moves that milestone's date, and any other moves `deadline`.",
    before: &[],
    bad: &[(
        "10-training.toml",
        Text(
            r#"id = "10"
title = "Update stalking training"
owners = ["Chief Constables"]
deadline = 2025-12-31

text = "Review training on stalking, and update it."

[[extension]]
from = 2025-03-27
to = 2025-09-27
on = 2025-02-14
reason = "The national course is published in summer."
approved_by = "Vulnerability Board"
"#,
        ),
    )],
    good: &[(
        "10-training.toml",
        Text(
            r#"id = "10"
title = "Update stalking training"
owners = ["Chief Constables"]
deadline = 2025-12-31

text = "Review training on stalking, and update it."

[[extension]]
from = 2025-03-27
to = 2025-09-27
on = 2025-02-14
reason = "The national course is published in summer."
approved_by = "Vulnerability Board"

[[extension]]
from = 2025-09-27
to = 2025-12-31
on = 2025-03-14
reason = "The trainers are free from October."
approved_by = "Vulnerability Board"
"#,
        ),
    )],
    needs: &["extension", "deadline", "milestone"],
    check: Check::Content(check),
};

/// The end, so far, of the extensions of the deadline or of one milestone.
struct Chain<'a> {
    milestone: Option<&'a str>,
    last: (usize, &'a Extension),
    last_on: Option<NaiveDate>,
}

fn check(context: &Context<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for r in &context.plan.recommendations {
        let mut chains: Vec<Chain<'_>> = Vec::new();
        for (i, extension) in r.extensions.iter().enumerate() {
            let milestone = extension.milestone.as_deref();
            // A milestone that is not there is a dangling reference.
            if milestone.is_some_and(|title| r.milestones.iter().all(|m| m.title != title)) {
                continue;
            }
            match chains.iter_mut().find(|c| c.milestone == milestone) {
                Some(chain) => link(r, chain, i, extension, &mut breaches),
                None => chains.push(Chain { milestone, last: (i, extension), last_on: extension.on }),
            }
        }
        breaches.extend(chains.iter().filter_map(|chain| end(r, chain)));
    }
    breaches
}

/// Adds an extension to its chain, and tells where it does not fit.
fn link<'a>(
    r: &Recommendation,
    chain: &mut Chain<'a>,
    i: usize,
    extension: &'a Extension,
    breaches: &mut Vec<Breach>,
) {
    let place = || Place::of(r).key("extension").nth(i);
    let before = chain.last.1;
    if !before.to.is_same(&extension.from) {
        let message = format!(
            "this extension of {} begins at {}, but the one before it ended at {}",
            moved(r, chain.milestone),
            when(&extension.from),
            when(&before.to)
        );
        breaches.push(
            Breach::new(place().key("from"), message).help(
                "correct the date that is wrong, or add the [[extension]] that is missing between them",
            ),
        );
    }
    if let (Some(earlier), Some(on)) = (chain.last_on, extension.on)
        && on < earlier
    {
        let message = format!(
            "this extension of {} was made on {}, but stands after one made on {}",
            moved(r, chain.milestone),
            day(on),
            day(earlier)
        );
        breaches.push(
            Breach::new(place().key("on"), message)
                .help("correct the date, or move the extension: the oldest comes first"),
        );
    }
    chain.last = (i, extension);
    chain.last_on = extension.on.or(chain.last_on);
}

/// Tells where the last extension does not end at the date that stands.
fn end(r: &Recommendation, chain: &Chain<'_>) -> Option<Breach> {
    let current: Vec<&Deadline> = match chain.milestone {
        // A part moves no deadline that is its parent's.
        None if r.deadline_inherited => return None,
        None => r.deadline.iter().collect(),
        Some(title) => {
            r.milestones.iter().filter(|m| m.title == title).filter_map(|m| m.due.as_ref()).collect()
        }
    };
    let (i, last) = chain.last;
    if current.iter().any(|date| date.is_same(&last.to)) {
        return None;
    }
    let subject = match chain.milestone {
        None => format!("the deadline of {}", r.id),
        Some(title) => format!("the date of {}", moved(r, Some(title))),
    };
    let stands = current.first().map_or_else(|| "not set".to_owned(), |date| when(date));
    let message = format!("{subject} is {stands}, but its last extension ends at {}", when(&last.to));
    let help = match (chain.milestone, current.is_empty()) {
        (None, true) => "set `deadline`; or, if a milestone was moved, name it with `milestone`",
        (Some(_), true) => "set the milestone's `due`",
        (_, false) => "correct the date that is wrong, or add the [[extension]] that is missing",
    };
    Some(Breach::new(Place::of(r).key("extension").nth(i).key("to"), message).help(help))
}

/// What a chain moves.
fn moved(r: &Recommendation, milestone: Option<&str>) -> String {
    milestone.map_or_else(|| r.id.to_string(), |title| format!("{} in {}", quoted(title), r.id))
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    /// What the rule says of a recommendation that ends so, each with its line.
    fn told(rest: &'static str) -> String {
        let findings = example::run(&[("01-x.toml", Text(rest))]).findings.into_iter();
        let ours = findings.filter(|f| f.rule == RULE.name);
        let line = |f: crate::diagnostic::Finding| {
            let line = f.location.expect("a place").start.line;
            format!("{line}: {}", f.message)
        };
        ours.map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_gap_between_two_and_a_date_that_goes_back_are_told() {
        insta::assert_snapshot!(told(r#"id = "1"
title = "x"
owners = ["OPCC"]
deadline = 2025-12-31
text = "x"

[[extension]]
from = 2025-03-27
to = 2025-09-27
on = 2025-03-01
reason = "x"

[[extension]]
from = 2025-06-27
to = 2025-10-31
reason = "x"

[[extension]]
from = 2025-10-31
to = 2025-12-31
on = 2025-02-01
reason = "x"
"#), @"
14: this extension of 1 begins at 27 Jun 2025, but the one before it ended at 27 Sep 2025
21: this extension of 1 was made on 1 Feb 2025, but stands after one made on 1 Mar 2025
");
    }

    #[test]
    fn each_milestone_has_a_chain_of_its_own_and_one_that_is_not_there_has_none() {
        insta::assert_snapshot!(told(r#"id = "1"
title = "x"
owners = ["OPCC"]
deadline = 2025-12-31
text = "x"

[[milestone]]
title = "Survey"
due = 2025-11-30

[[milestone]]
title = "Report"

[[extension]]
from = 2025-03-27
to = 2025-10-31
reason = "x"
milestone = "Survey"

[[extension]]
from = 2025-06-27
to = 2025-12-31
reason = "x"

[[extension]]
from = 2025-06-27
to = 2025-07-31
reason = "x"
milestone = "Surveys"

[[extension]]
from = 2025-10-31
to = 2025-11-30
reason = "x"
milestone = "Survey"

[[extension]]
from = 2025-06-27
to = 2025-07-31
reason = "x"
milestone = "Report"
"#), @r#"39: the date of "Report" in 1 is not set, but its last extension ends at 31 Jul 2025"#);
    }

    #[test]
    fn words_stand_for_a_date_only_where_one_side_has_none() {
        insta::assert_snapshot!(told(r#"id = "1"
title = "x"
owners = ["OPCC"]
deadline = { date = 2025-09-27, wording = "by autumn" }
text = "x"

[[extension]]
from = { wording = "in spring" }
to = { wording = "in summer" }
reason = "x"

[[extension]]
from = { date = 2025-07-01, wording = "in summer" }
to = { date = 2025-08-31, wording = "by September" }
reason = "Sooner than thought."

[[extension]]
from = 2025-08-31
to = 2025-09-27
reason = "x"
"#), @"");
        insta::assert_snapshot!(told(r#"id = "1"
title = "x"
owners = ["OPCC"]
deadline = { wording = "in summer" }
text = "x"

[[extension]]
from = 2025-03-27
to = 2025-09-27
reason = "x"
"#), @r#"9: the deadline of 1 is "in summer", but its last extension ends at 27 Sep 2025"#);
    }

    #[test]
    fn an_extension_needs_a_deadline_but_not_a_parents() {
        insta::assert_snapshot!(told(r#"id = "1"
title = "x"
owners = ["OPCC"]
text = "x"

[[extension]]
from = 2025-03-27
to = 2025-09-27
reason = "x"
"#), @"8: the deadline of 1 is not set, but its last extension ends at 27 Sep 2025");
        let whole = "id = \"1\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ndeadline = 2025-12-31\ntext = \"x\"\n";
        let part = "id = \"1.1\"\nparent = \"1\"\ntitle = \"x\"\ntext = \"x\"\n\n[[extension]]\nfrom = 2025-03-27\nto = 2025-09-27\nreason = \"x\"\napproved_by = \"x\"\n";
        assert_eq!(example::run(&[("01-x.toml", Text(whole)), ("1.1-x.toml", Text(part))]).findings, []);
    }
}
