use super::*;
use crate::diagnostic::Finding;
use std::collections::BTreeSet;

fn names(findings: &[Finding]) -> BTreeSet<&str> {
    // What an exception accepts is there to show the exception.
    findings.iter().filter(|f| f.accepted.is_none()).map(|f| f.rule).collect()
}

/// What a rule finds in an example, as lines of `path:line:column message`, each with its help below.
pub(super) fn told(rule: &str, files: &[(&'static str, crate::store::Content)]) -> String {
    told_since(rule, &[], files)
}

/// The same of an example that stood otherwise before.
pub(super) fn told_since(
    rule: &str,
    before: &[(&'static str, crate::store::Content)],
    files: &[(&'static str, crate::store::Content)],
) -> String {
    let line = |f: Finding| {
        let at = f.location.map_or_else(String::new, |l| format!("{}:{}", l.start.line, l.start.column));
        format!("{}:{at} {}\n    {}\n", f.path, f.message, f.help.unwrap_or_default())
    };
    example::run_since(before, files).findings.into_iter().filter(|f| f.rule == rule).map(line).collect()
}

#[test]
fn the_registry_holds_every_file_of_the_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let other =
        ["mod", "added", "base", "example", "level", "locate", "numbers", "run", "tests", "vocabulary"];
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
        let outcome = example::run_since(rule.before, rule.bad);
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
        let findings = example::run_since(rule.before, rule.good).findings;
        assert_eq!(names(&findings), BTreeSet::new(), "{}: {findings:#?}", rule.name);
    }
}

#[test]
fn what_has_not_changed_passes_every_review() {
    for rule in RULES {
        let findings = example::run_since(rule.bad, rule.bad).findings;
        let review = findings.iter().filter(|f| find(f.rule).is_some_and(|r| r.group == Group::Review));
        assert_eq!(review.count(), 0, "{}: {findings:#?}", rule.name);
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

/// A plan whose every finding comes from the one slip that a test makes in it.
const SOUND_HEAD: &str = r#"title = "x"
answers_for = ["Force"]

[[owner]]
name = "Force"

[[owner]]
name = "Council"

[[rag]]
name = "Red"
colour = "red"
meaning = "Late."
outlook = "miss"

[[rag]]
name = "Green"
outlook = "meet"

[[status]]
name = "Complete"
phase = "done"

[[status]]
name = "Stopped"
phase = "dropped"

[[exception]]
rule = "done-without-evidence"
ids = ["2"]
reason = "The board saw it."
approved_by = "Board"
"#;
const SOUND_DONE: &str = r#"id = "1"
title = "x"
owners = ["Force"]
deadline = 2025-01-31
status = "Complete"
text = "x"

[[milestone]]
title = "Ask"
due = 2025-01-10
done = 2025-01-09

[[extension]]
from = 2024-12-31
to = 2025-01-31
reason = "More time."
approved_by = "Board"

[[extension]]
from = 2024-12-31
to = 2025-01-10
reason = "More time."
approved_by = "Board"
milestone = "Ask"

[[evidence]]
title = "Minute"
"#;
const SOUND_ACCEPTED: &str = r#"id = "2"
title = "x"
owners = ["Force"]
status = "Complete"
text = "x"
"#;
const SOUND_OPEN: &str = r#"id = "3"
title = "x"
owners = ["Force"]
deadline = 2025-12-31
rag = "Red"
mitigation = "More people."
text = "x"

[[update]]
date = 2024-06-30
text = "Begun."

[[update]]
date = 2025-03-20
text = "Under way."
"#;
const SOUND_PART: &str = r#"id = "3.1"
parent = "3"
title = "x"
rag = "Green"
text = "x"

[[update]]
date = 2025-03-20
text = "A part is under way."
"#;
const SOUND_DROPPED: &str = r#"id = "4"
title = "x"
owners = ["Force"]
status = "Stopped"
depends_on = ["1"]
text = "x"

[closure]
reason = "No longer asked for."
"#;
const SOUND_ELSEWHERE: &str = r#"id = "5"
title = "x"
owners = ["Council"]
deadline = 2025-01-31
text = "x"
"#;

/// What is found after `slip` has taken the place of `sound` in the first of the sound plan's files
/// that says it.
fn after_slip(sound: &str, slip: &str) -> Vec<&'static str> {
    let files = [
        ("plan.toml", SOUND_HEAD),
        ("01-x.toml", SOUND_DONE),
        ("02-x.toml", SOUND_ACCEPTED),
        ("03-x.toml", SOUND_OPEN),
        ("3.1-x.toml", SOUND_PART),
        ("04-x.toml", SOUND_DROPPED),
        ("05-x.toml", SOUND_ELSEWHERE),
    ];
    let where_it_is = files.iter().position(|(_, text)| text.contains(sound)).expect("the plan says so");
    let mut files = files.map(|(path, text)| (path, Content::Text(text)));
    let (path, Content::Text(text)) = files[where_it_is] else { unreachable!("all are texts") };
    files[where_it_is] = (path, Content::Text(text.replacen(sound, slip, 1).leak()));
    let findings = example::run(&files).findings;
    findings.iter().filter(|f| f.accepted.is_none()).map(|f| f.rule).collect()
}

#[test]
fn a_slip_sets_off_no_echo() {
    assert_eq!(after_slip("", ""), [""; 0], "the plan is to be sound");
    for (sound, slip, expected) in [
        // Recommendations.
        ("status = \"Complete\"", "status = [\"Complete\"]", "wrong-type"),
        ("done = 2025-01-09", "done = false", "wrong-type"),
        ("done = 2025-01-09", "done = \"9 Jan 2025\"", "wrong-type"),
        ("done = 2025-01-09", "dome = 2025-01-09", "unknown-key"),
        ("deadline = 2025-01-31", "deadline = \"31 Jan 2025\"", "wrong-type"),
        ("deadline = 2025-12-31", "deadlin = 2025-12-31", "unknown-key"),
        ("rag = \"Red\"", "rag = 3", "wrong-type"),
        ("parent = \"3\"", "parent = 3", "wrong-type"),
        ("approved_by = \"Board\"\n\n[[extension]]", "approved_by = 3\n\n[[extension]]", "wrong-type"),
        ("reason = \"More time.\"", "reson = \"More time.\"", "unknown-key"),
        ("reason = \"No longer asked for.\"", "reson = \"No longer asked for.\"", "unknown-key"),
        ("mitigation = ", "mitigaton = ", "unknown-key"),
        ("title = \"Minute\"", "titel = \"Minute\"", "unknown-key"),
        ("title = \"x\"\nowners", "titel = \"x\"\nowners", "unknown-key"),
        ("date = 2025-03-20", "date = \"20 Mar 2025\"", "wrong-type"),
        ("title = \"Ask\"", "title = 3", "wrong-type"),
        ("title = \"Ask\"\n", "", "missing-key"),
        ("owners = [\"Force\"]\ndeadline = 2025-12-31", "owners = 3\ndeadline = 2025-12-31", "wrong-type"),
        // plan.toml.
        ("meaning = \"Late.\"", "meaning = 1", "wrong-type"),
        ("colour = \"red\"", "colour = \"crimson\"", "wrong-type"),
        ("outlook = \"miss\"", "outlook = \"mis\"", "wrong-type"),
        ("outlook = \"meet\"", "outlok = \"meet\"", "unknown-key"),
        ("phase = \"done\"", "phase = \"don\"", "wrong-type"),
        ("phase = \"done\"", "fase = \"done\"", "unknown-key"),
        ("name = \"Complete\"", "name = 1", "wrong-type"),
        ("name = \"Red\"", "nam = \"Red\"", "unknown-key"),
        ("name = \"Council\"", "nome = \"Council\"", "unknown-key"),
        ("answers_for = [\"Force\"]", "answers_for = \"Force\"", "wrong-type"),
        ("answers_for = ", "answer_for = ", "unknown-key"),
        ("ids = [\"2\"]", "ids = [2]", "wrong-type"),
        ("ids = [\"2\"]\n", "ids = [\"2\"]\nuntil = \"soon\"\n", "wrong-type"),
    ] {
        assert_eq!(after_slip(sound, slip), [expected], "{slip}");
    }
}

#[test]
fn a_slip_in_a_word_s_meaning_hides_nothing_else() {
    // What breaks the rules by itself is told beside the slip.
    let head = SOUND_HEAD.replace("meaning = \"Late.\"", "meaning = 1");
    let head = head.replace("phase = \"done\"", "phase = \"don\"");
    let late = SOUND_OPEN.replace("deadline = 2025-12-31", "deadline = 2025-01-31");
    let files = [
        ("plan.toml", Content::Text(head.leak())),
        ("01-x.toml", Content::Text(SOUND_DONE)),
        ("02-x.toml", Content::Text(SOUND_ACCEPTED)),
        ("03-x.toml", Content::Text(late.replace("[\"Force\"]", "[\"Council\", \"Forse\"]").leak())),
    ];
    let findings = example::run(&files).findings;
    let rules: Vec<_> = findings.iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["unknown-owner", "overdue", "wrong-type", "wrong-type"], "{findings:#?}");
}

#[test]
fn a_conflict_inside_a_text_keeps_no_rule_from_the_rest_of_the_file() {
    let text = "<<<<<<< ours\nUnder way.\n=======\nNearly done.\n>>>>>>> theirs";
    let file = SOUND_OPEN.replace("\"Under way.\"", &format!("\"\"\"\n{text}\n\"\"\""));
    let file = file.replace("rag = \"Red\"", "rag = \"Bogus\"");
    let files = [
        ("plan.toml", Content::Text(SOUND_HEAD)),
        ("02-x.toml", Content::Text(SOUND_ACCEPTED)),
        ("03-x.toml", Content::Text(file.leak())),
    ];
    let findings = example::run(&files).findings;
    assert_eq!(names(&findings), BTreeSet::from(["conflict-marker", "unknown-rag"]), "{findings:#?}");
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
