use super::*;
use crate::diagnostic::Finding;
use std::collections::BTreeSet;

fn names(findings: &[Finding]) -> BTreeSet<&str> {
    // What an exception accepts is there to show the exception.
    findings.iter().filter(|f| f.accepted.is_none()).map(|f| f.rule).collect()
}

/// What a rule finds in an example, as lines of `path:line:column message`, each with its help below.
pub(super) fn told(rule: &str, files: &[(&'static str, crate::store::Content)]) -> String {
    let line = |f: Finding| {
        let at = f.location.map_or_else(String::new, |l| format!("{}:{}", l.start.line, l.start.column));
        format!("{}:{at} {}\n    {}\n", f.path, f.message, f.help.unwrap_or_default())
    };
    example::run(files).findings.into_iter().filter(|f| f.rule == rule).map(line).collect()
}

#[test]
fn the_registry_holds_every_file_of_the_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let other = ["mod", "example", "locate", "numbers", "run", "tests", "vocabulary"];
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of the rules")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter_map(|name| Some(name.strip_suffix(".rs")?.replace('_', "-")))
        .filter(|name| !other.contains(&name.as_str()))
        .collect();
    let registered: BTreeSet<String> = RULES.iter().map(|r| r.name.to_owned()).collect();
    assert_eq!(registered, files);
    assert_eq!(registered.len(), RULES.len(), "a name stands twice");
}

#[test]
fn a_bad_example_breaks_its_rule_and_no_other() {
    for rule in RULES {
        let outcome = example::run(rule.bad);
        assert_eq!(
            names(&outcome.findings),
            BTreeSet::from([rule.name]),
            "{}: {:#?}",
            rule.name,
            outcome.findings
        );
        for finding in outcome.findings.iter().filter(|f| f.accepted.is_none()) {
            assert_eq!(finding.severity, rule.level, "{}", rule.name);
            assert!(finding.help.is_some(), "{}: a finding without a remedy", rule.name);
            let placed = finding.location.is_some() || rule.group <= Group::Identity;
            assert!(placed, "{}: a finding without a line", rule.name);
        }
    }
}

#[test]
fn a_good_example_breaks_nothing() {
    for rule in RULES {
        let findings = example::run(rule.good).findings;
        assert_eq!(names(&findings), BTreeSet::new(), "{}: {findings:#?}", rule.name);
    }
}

#[test]
fn every_rule_says_why_and_how_to_mend() {
    for rule in RULES {
        for text in [rule.summary, rule.why, rule.mend] {
            assert!(text.ends_with('.') && !text.contains("  "), "{}: {text:?}", rule.name);
        }
    }
}

#[test]
fn a_breach_is_told_at_its_own_place_past_what_could_not_be_read() {
    let file = r#"id = "7"
title = "Make every stalking crime searchable"
owners = [7, "Chief Constables", "Zebra"]
text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."

[[answer]]
status = "On Track"

[[answer]]
owner = "OPCC"
status = "On Trak"
"#;
    let findings = example::run(&[("07-search.toml", crate::store::Content::Text(file))]).findings;
    let lines = |rule| {
        let of_rule = findings.iter().filter(move |f: &&Finding| f.rule == rule);
        let place = of_rule.filter_map(|f| f.location.as_ref()).map(|l| (l.start.line, l.start.column));
        place.collect::<Vec<_>>()
    };
    assert_eq!(lines("unknown-owner"), [(3, 34)]);
    assert_eq!(lines("unknown-status"), [(15, 10)]);
}

#[test]
fn a_word_that_could_not_be_read_sets_off_no_echoes() {
    use crate::store::Content::Text;
    let head = "title = \"x\"\nreview_date = \"soon\"\n[[owner]]\nname = \"OPCC\"\n[[status]]\nname = \"Complete\"\n";
    let file = "id = \"7\"\ntitle = \"x\"\nowners = [\"CPS\"]\nstatus = \"Complete\"\ntext = \"x\"\n";
    let with = |lines: &str| Text(format!("{head}{lines}").leak());
    let found = |lines| {
        let findings = example::run(&[("plan.toml", with(lines)), ("07-x.toml", Text(file))]).findings;
        findings.iter().map(|f| f.rule).collect::<Vec<_>>()
    };
    assert_eq!(found("phase = \"don\""), ["wrong-type", "wrong-type"]);
    // A fault elsewhere in plan.toml hides nothing.
    assert_eq!(found("phase = \"dropped\""), ["unknown-owner", "dropped-without-reason", "wrong-type"]);
}

#[test]
fn what_a_part_is_due_by_is_at_its_parents_name() {
    let whole = "id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ndeadline = 2025-03-27\nstatus = \"Closed\"\ntext = \"x\"\n\n[closure]\nreason = \"x\"\n";
    let part =
        "id = \"7.1\"\nparent = \"7\"\ntitle = \"x\"\nrag = \"Red\"\nmitigation = \"x\"\ntext = \"x\"\n";
    let files = [("07-x.toml", Content::Text(whole)), ("7.1-x.toml", Content::Text(part))];
    let findings = example::run(&files).findings;
    assert_eq!(names(&findings), BTreeSet::from(["overdue"]));
    assert_eq!(findings[0].location.as_ref().map(|l| l.start.line), Some(2));
}
