use super::*;
use crate::diagnostic::Finding;
use std::collections::BTreeSet;

fn names(findings: &[Finding]) -> BTreeSet<&str> {
    findings.iter().map(|f| f.rule).collect()
}

#[test]
fn the_registry_holds_every_file_of_the_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let other = ["mod", "example", "locate", "run", "tests"];
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
        for finding in outcome.findings {
            assert_eq!(finding.severity, rule.level, "{}", rule.name);
            assert!(finding.help.is_some(), "{}: a finding without a remedy", rule.name);
        }
    }
}

#[test]
fn a_good_example_breaks_nothing() {
    for rule in RULES {
        let findings = example::run(rule.good).findings;
        assert!(findings.is_empty(), "{}: {findings:#?}", rule.name);
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
