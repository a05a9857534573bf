//! The commands that change a plan: what they write, what they refuse, and that nothing else changes.

use crate::common::{HEAD, Plans, plan, recommendation, repository};
use insta::assert_snapshot;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

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

#[test]
fn setting_a_key_changes_its_line_and_no_other() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["set", "7", "status=on track", "owners+=council", "custom.theatre=East"]), @"
    exit 0
    ---- out
    7  Title 7
      owners          Force → Force, Council
      status          not reported → On Track
      custom.theatre  none → East
    ");
    assert_snapshot!(lines(&plans, "07-x.toml", BY_HAND), @r#"
    -"owners = [ \"Force\" ]   # alone\r\n"
    +"owners = [ \"Force\", \"Council\" ]   # alone\r\n"
    +"status = \"On Track\"\r\n"
    +"custom.theatre = \"East\"\r\n"
    "#);
    let before = text(&plans, "07-x.toml");
    assert_snapshot!(plans.run(&["set", "7", "status=", "owners-=Council"]), @"
    exit 0
    ---- out
    7  Title 7
      owners  Force, Council → Force
      status  On Track → not reported
    ");
    assert_snapshot!(lines(&plans, "07-x.toml", &before), @r#"
    -"owners = [ \"Force\", \"Council\" ]   # alone\r\n"
    +"owners = [ \"Force\" ]   # alone\r\n"
    -"status = \"On Track\"\r\n"
    "#);
    let now = text(&plans, "07-x.toml");
    assert!(plans.run(&["set", "7", "status="]).contains("nothing is to change"));
    assert_eq!(text(&plans, "07-x.toml"), now);
}

#[test]
fn several_are_set_or_none() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["set", "7", "8", "priority=high", "rag=Purple"]), @"
    exit 2
    ---- err
    error: 7: unknown RAG level `Purple`; there are: Red, Green
    error: 8: unknown RAG level `Purple`; there are: Red, Green
    error: nothing was written
    ");
    assert_eq!(text(&plans, "07-x.toml"), BY_HAND);
    assert_snapshot!(plans.run(&["set", "7", "id:8", "priority=high", "--dry-run"]), @r#"
    exit 0
    ---- out
    --- plans/p/07-x.toml
    +++ plans/p/07-x.toml
    @@ -2,6 +2,7 @@
     \u{d}
     id = '7'\u{d}
     title = "Title 7"\u{d}
    +priority = "high"\u{d}
     owners = [ "Force" ]   # alone\u{d}
     deadline = 2025-03-27\u{d}
     \u{d}
    --- plans/p/08-y.toml
    +++ plans/p/08-y.toml
    @@ -1,5 +1,6 @@
     id = "8"
     title = "Title 8"
    +priority = "high"
     owners = ["Force"]
     printed_id = "9"
     text = "Text 8."
    "#);
    assert_eq!(text(&plans, "07-x.toml"), BY_HAND);
    assert_snapshot!(plans.run(&["set", "7", "8", "priority=high", "-q"]), @"exit 0");
    assert!(text(&plans, "08-y.toml").contains("priority = \"high\"\n"));
}

#[test]
fn what_would_break_a_rule_is_refused_unless_it_was_broken() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["set", "7", "rag=Green", "status=On Track"]), @r#"
    exit 2
    ---- err
    error[rag-status-conflict]: 7 is rated Green, which means done, but its status is On Track
      ╭▸ plans/p/07-x.toml:7:7
      │
    7 │ rag = "Green"
      │       ━━━━━━━
      │
      ╰ help: if it is done, set the RAG and the status that say so; if it is not, set neither

    error: this change breaks what the plan keeps to (with --force it is written all the same)
    "#);
    assert_eq!(text(&plans, "07-x.toml"), BY_HAND);
    assert!(plans.run(&["set", "7", "rag=Green", "status=On Track", "--force"]).starts_with("exit 0"));
    // It is broken now, and another change does not break it anew.
    assert!(plans.run(&["set", "7", "theme=Training"]).starts_with("exit 0"));
}

#[test]
fn what_is_meant_must_be_said() {
    let plans = by_hand();
    plans.write("plans/q/plan.toml", HEAD.as_bytes());
    plans.write("plans/q/07-x.toml", recommendation("7", "").as_bytes());
    for arguments in [
        &["set", "7", "rag=Red"][..],
        &["set", "9", "rag=Red"],
        &["set", "77", "rag=Red"],
        &["set", "rag=Red"],
        &["set", "p:7"],
        &["set", "p:7", "deadline=2025-09-27"],
        &["set", "p:7", "rag=Red", "--at", "HEAD"],
        &["set", "7", "rag=Red", "--plan", "r"],
        &["new", "--title", "x", "--owner", "Force", "-m", "x"],
    ] {
        let told = plans.run(arguments);
        assert!(told.starts_with("exit 2"), "{arguments:?}: {told}");
    }
    assert_snapshot!(plans.run(&["set", "9", "rag=Red"]), @"
    exit 2
    ---- err
    error: 9 is also printed on 8: say `id:9` or `printed:9`
    ");
    assert_snapshot!(plans.run(&["set", "7", "rag=Red"]), @"
    exit 2
    ---- err
    error: 7 may mean several recommendations; say which: p:7, q:7
    ");
    assert!(plans.run(&["set", "printed:9", "rag=Red"]).starts_with("exit 0"));
    assert!(text(&plans, "08-y.toml").contains("rag = \"Red\""));
    assert_eq!(text(&plans, "09-z.toml"), recommendation("9", ""));
}

#[test]
fn an_update_is_added_with_what_it_reports() {
    let plans = by_hand();
    let told =
        plans.run(&["update", "7", "-m", "The course\nis ordered.", "--rag", "red", "--by", "Head of HR"]);
    assert_snapshot!(told, @"
    exit 0
    ---- out
    7  Title 7
      RAG     not rated → Red
      update  of 28 Mar 2025 added: by Head of HR, RAG Red
              The course
              is ordered.
    ");
    assert_snapshot!(lines(&plans, "07-x.toml", BY_HAND), @r#"
    +"rag = \"Red\"\r\n"
    +"\r\n"
    +"[[update]]\r\n"
    +"date = 2025-03-28\r\n"
    +"by = \"Head of HR\"\r\n"
    +"text = \"\"\"\r\n"
    +"The course\r\n"
    +"is ordered.\"\"\"\r\n"
    +"rag = \"Red\"\r\n"
    "#);
    assert_snapshot!(plans.run(&["update", "7", "-m", " \n"]), @"
    exit 2
    ---- err
    error: the text is empty, and nothing was written
    ");
    // From standard input, as it is.
    let mut child = plan(plans.path(), &["update", "8", "--undated", "--visibility", "public"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("piped").write_all(b"Said \"\"\" and \\.\r\nMore.\r\n\r\n").expect("it reads");
    assert!(child.wait().expect("it ends").success());
    assert_snapshot!(lines(&plans, "08-y.toml", &recommendation("8", "printed_id = \"9\"")), @r#"
    +"\n"
    +"[[update]]\n"
    +"text = \"\"\"\n"
    +"Said \"\"\\\" and \\\\.\n"
    +"More.\"\"\"\n"
    +"visibility = \"public\"\n"
    "#);
}

#[test]
fn a_deadline_moves_with_its_reason() {
    let plans = by_hand();
    let extend =
        ["extend", "7", "--to", "2025-09-27", "--reason", "The course is late.", "--approved-by", "Board"];
    assert_snapshot!(plans.run(&extend), @"
    exit 0
    ---- out
    7  Title 7
      deadline  27 Mar 2025 → 27 Sep 2025 (+184 days; extension: The course is late, approved by Board)
    ");
    assert_snapshot!(lines(&plans, "07-x.toml", BY_HAND), @r#"
    -"deadline = 2025-03-27\r\n"
    +"deadline = 2025-09-27\r\n"
    +"\r\n"
    +"[[extension]]\r\n"
    +"from = 2025-03-27\r\n"
    +"to = 2025-09-27\r\n"
    +"on = 2025-03-28\r\n"
    +"reason = \"The course is late.\"\r\n"
    +"approved_by = \"Board\"\r\n"
    "#);
    assert_snapshot!(plans.run(&extend), @"
    exit 2
    ---- err
    error: 7 is due on 27 Sep 2025 already
    ");
    let before = text(&plans, "07-x.toml");
    let milestone =
        ["extend", "7", "--milestone", "course", "--to", "2025-06-01", "--reason", "x", "--on", "2025-03-01"];
    assert_snapshot!(plans.run(&milestone), @r#"
    exit 0
    ---- out
    7  Title 7
      milestone  "Agree the course": due 1 Mar 2025 → 1 Jun 2025 (+92 days; extension: x, approval not recorded)
    "#);
    assert_snapshot!(lines(&plans, "07-x.toml", &before), @r#"
    -"due = 2025-03-01\r\n"
    +"due = 2025-06-01\r\n"
    +"\r\n"
    +"[[extension]]\r\n"
    +"from = 2025-03-01\r\n"
    +"to = 2025-06-01\r\n"
    +"on = 2025-03-01\r\n"
    +"reason = \"x\"\r\n"
    +"milestone = \"Agree the course\"\r\n"
    "#);
    assert_snapshot!(plans.run(&["extend", "8", "--to", "2025-06-01", "--reason", "x"]), @"
    exit 2
    ---- err
    error: 8 has no deadline yet: `plan set 8 deadline=...` gives it one
    ");
    assert_snapshot!(plans.run(&["extend", "7", "--to", "2025-06-01", "--reason", "x", "--milestone", "coarse"]), @"
    exit 2
    ---- err
    error: 7 has no one milestone `coarse`; there are: `Agree the course`
    ");
}

#[test]
fn a_recommendation_is_closed_in_one_go() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["close", "7"]), @r#"
    exit 2
    ---- err
    error[done-with-open-milestone]: 7 is reported done, but its milestone "Agree the course" (due: 1 Mar 2025) is open
       ╭▸ plans/p/07-x.toml:14:9
       │
    14 │ title = "Agree the course"
       │         ━━━━━━━━━━━━━━━━━━
       │
       ╰ help: set the milestone's `done` if it is done; else give the recommendation an open status

    error: this change breaks what the plan keeps to (with --force it is written all the same)
    "#);
    let close = ["close", "7", "--all-milestones", "--by", "Board", "--evidence", "Minute", "--ref", "M/1"];
    assert_snapshot!(plans.run(&close), @r#"
    exit 0
    ---- out
    7  Title 7
      status     not reported → Complete
      milestone  "Agree the course": done 28 Mar 2025
      evidence   "Minute" added: reference M/1
      closure    on 28 Mar 2025, by Board
    "#);
    assert_snapshot!(lines(&plans, "07-x.toml", BY_HAND), @r#"
    +"status = \"Complete\"\r\n"
    +"done = 2025-03-28\r\n"
    +"\r\n"
    +"[[evidence]]\r\n"
    +"title = \"Minute\"\r\n"
    +"ref = \"M/1\"\r\n"
    +"\r\n"
    +"[closure]\r\n"
    +"on = 2025-03-28\r\n"
    +"by = \"Board\"\r\n"
    "#);
    assert_snapshot!(plans.run(&["close", "8", "--status", "On Track"]), @"
    exit 2
    ---- err
    error: the status On Track closes nothing: what has it is open still
    ");
    assert!(!plans.run(&["validate"]).contains("error"));
}

#[test]
fn a_new_recommendation_gets_the_next_number_and_a_name() {
    let plans = by_hand();
    let new = [
        "new",
        "--title",
        "Train \"all\" managers",
        "--owner",
        "the force",
        "--deadline",
        "2027-06-30",
        "-m",
        "Train.\n\n- yearly",
    ];
    assert_snapshot!(plans.run(&new), @"
    exit 0
    ---- out
    plans/p/10-train-all-managers.toml
    ");
    assert_snapshot!(text(&plans, "10-train-all-managers.toml"), @r#"
    id = "10"
    title = 'Train "all" managers'
    owners = ["Force"]
    deadline = 2027-06-30

    text = """
    Train.

    - yearly"""
    "#);
    assert_snapshot!(plans.run(&["new", "--id", "7", "--title", "x", "--owner", "Force", "-m", "x"]), @"
    exit 2
    ---- err
    error: 7 is there already: Title 7
    ");
    assert_snapshot!(plans.run(&["new", "--title", "x", "--owner", "Forse", "-m", "x"]), @"
    exit 2
    ---- err
    error: unknown owner `Forse`: the plan knows Force
    ");
    assert_snapshot!(plans.run(&["new", "--title", "x", "--owner", "Force"]), @"
    exit 2
    ---- err
    error: every recommendation has a text, and this is empty: nothing was written
    ");
    assert_snapshot!(plans.run(&["new", "--id", "7.1", "--parent", "7", "--title", "Brief", "-m", "Brief.", "-N"]), @r#"
    exit 0
    ---- out
    --- plans/p/7.1-brief.toml
    +++ plans/p/7.1-brief.toml
    @@ -0,0 +1,5 @@
    +id = "7.1"
    +parent = "7"
    +title = "Brief"
    +
    +text = "Brief."
    "#);
}

#[test]
fn fmt_shows_or_writes_the_canonical_form() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["fmt", "--check", "plans/p/07-x.toml"]), @r#"
    exit 1
    ---- out
    --- plans/p/07-x.toml
    +++ plans/p/07-x.toml
    @@ -1,14 +1,15 @@
    -# Reviewed in March.\u{d}
    -\u{d}
    -id = '7'\u{d}
    -title = "Title 7"\u{d}
    -owners = [ "Force" ]   # alone\u{d}
    -deadline = 2025-03-27\u{d}
    -\u{d}
    -# What is asked for\u{d}
    -text = '''Ask\u{d}
    -them.'''\u{d}
    -\u{d}
    -[[milestone]]\u{d}
    -title = "Agree the course"\u{d}
    -due = 2025-03-01\u{d}
    +# Reviewed in March.
    +
    +id = '7'
    +title = "Title 7"
    +owners = ["Force"] # alone
    +deadline = 2025-03-27
    +
    +# What is asked for
    +text = '''
    +Ask
    +them.'''
    +
    +[[milestone]]
    +title = "Agree the course"
    +due = 2025-03-01
    1 file: 1 would change
    "#);
    assert_eq!(text(&plans, "07-x.toml"), BY_HAND);
    assert_snapshot!(plans.run(&["fmt"]), @"
    exit 0
    ---- out
    4 files: 2 changed
    ");
    assert_snapshot!(text(&plans, "07-x.toml"), @r#"
    # Reviewed in March.

    id = '7'
    title = "Title 7"
    owners = ["Force"] # alone
    deadline = 2025-03-27

    # What is asked for
    text = '''
    Ask
    them.'''

    [[milestone]]
    title = "Agree the course"
    due = 2025-03-01
    "#);
    assert!(plans.run(&["fmt", "--check"]).starts_with("exit 0"));
    plans.write("plans/p/08-y.toml", b"id = ");
    assert_snapshot!(plans.run(&["fmt"]), @"
    exit 2
    ---- out
    4 files: 0 changed
    ---- err
    error: plans/p/08-y.toml: line 1 has to be mended before this file is changed: missing value
    ");
}

#[test]
fn the_plans_that_come_with_it_are_canonical() {
    for folder in [repository(), repository().join("tests")] {
        let told = crate::common::told(&mut plan(&folder, &["fmt", "--check"]));
        assert!(told.starts_with("exit 0") && told.contains(" 0 would change"), "{told}");
    }
}

#[test]
fn what_nobody_can_mean_is_refused() {
    let plans = by_hand();
    for arguments in [
        &["update", "7", "-m", "x", "--date", "2027-01-01"][..],
        &["extend", "7", "--to", "2027-01-01", "--reason", "x", "--on", "2027-01-01"],
        &["close", "7", "--on", "2027-01-01"],
        &["set", "7", "rag=Red", "rag=Green"],
        &["set", "7", "rag", "amber"],
        &["set", "7", "owners=Force, Council"],
    ] {
        let told = plans.run(arguments);
        assert!(told.starts_with("exit 2"), "{arguments:?}: {told}");
        assert_eq!(text(&plans, "07-x.toml"), BY_HAND, "{arguments:?}");
    }
    assert_snapshot!(plans.run(&["update", "7", "-m", "x", "--date", "2027-01-01"]), @"
    exit 2
    ---- err
    error: --date 2027-01-01 is still to come (today is 2025-03-28)
    ");
    assert_snapshot!(plans.run(&["set", "7", "rag=Red", "rag=Green"]), @"
    exit 2
    ---- err
    error: `rag` is set twice: which is meant?
    ");
    assert_snapshot!(plans.run(&["set", "7", "owners=Force, Council"]), @"
    exit 2
    ---- err
    error: unknown owner `Force, Council`; there are: Force, Council (several are set off by semicolons)
    ");
}

#[test]
fn an_owner_takes_over_and_what_was_closed_is_opened_again() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["set", "7", "owners-=Force", "owners+=Council"]), @"
    exit 0
    ---- out
    7  Title 7
      owners  Force → Council
    ");
    assert!(plans.run(&["close", "7", "--all-milestones", "-q"]).starts_with("exit 0"));
    assert_snapshot!(plans.run(&["close", "7", "--evidence", "Minute"]), @"
    exit 2
    ---- err
    error: 7 is closed already: correct the file, or close it anew with --force
    ");
    assert_snapshot!(plans.run(&["set", "7", "status=On Track", "closure="]), @"
    exit 0
    ---- out
    7  Title 7
      status   Complete → On Track
      closure  taken back: on 28 Mar 2025
    ");
    assert!(!text(&plans, "07-x.toml").contains("[closure]"));
}

#[test]
fn what_cannot_be_read_is_named_where_it_may_be_meant() {
    let plans = by_hand();
    plans.write("plans/p/10-w.toml", b"id = \"10");
    assert_snapshot!(plans.run(&["set", "10", "theme=x"]), @"
    exit 2
    ---- err
    error: plans/p/10-w.toml could not be read: line 1: this text is not closed, or holds what TOML forbids
    error: unknown recommendation `10`; there are: 7, 8, 9
    ");
    assert!(plans.run(&["set", "7", "theme=x"]).starts_with("exit 0"));
}

#[test]
fn a_part_keeps_the_owners_that_it_has_of_its_parent() {
    let plans = by_hand();
    plans.write("plans/p/7.1-p.toml", b"id = \"7.1\"\nparent = \"7\"\ntitle = \"x\"\n\ntext = \"x\"\n");
    assert!(plans.run(&["set", "7.1", "owners+=Council"]).starts_with("exit 0"));
    assert!(text(&plans, "7.1-p.toml").contains("owners = [\"Force\", \"Council\"]"));
}

#[test]
fn a_text_is_taken_as_it_is() {
    let plans = by_hand();
    assert!(plans.run(&["update", "8", "-m", "    code\n\n- x"]).starts_with("exit 0"));
    assert!(text(&plans, "08-y.toml").contains("\n    code\n\n- x"));
    assert!(plans.run(&["update", "8", "-m", "- an item"]).starts_with("exit 0"));
    let told = plans.run(&["update", "8", "-m", "x", "--rag", ""]);
    assert!(told.starts_with("exit 2") && told.contains("says nothing"), "{told}");
}
