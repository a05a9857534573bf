//! `plan set`: one recommendation, several, and whom is meant.

use super::{BY_HAND, by_hand, lines, text};
use crate::common::{HEAD, recommendation};
use insta::assert_snapshot;

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
     
     id = '7'
     title = "Title 7"
    +priority = "high"
     owners = [ "Force" ]   # alone
     deadline = 2025-03-27
     
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
fn what_is_broken_is_mended_step_by_step() {
    let plans = by_hand();
    let broken = "rag = \"Green\"\nstatus = \"On Track\"\ndeadline = 2025-01-01\n";
    let steps = "\n[[milestone]]\ntitle = \"Report\"\ndue = 2025-04-01\n\n[[extension]]\nfrom = 2024-01-01\nto = 2024-06-01\nreason = \"x\"\napproved_by = \"x\"\n";
    plans.write("plans/p/08-y.toml", format!("{}{steps}", recommendation("8", broken)).as_bytes());
    // The milestone is after the new deadline still, and the chain is broken elsewhere: no more than before.
    let extend = ["extend", "8", "--to", "2025-03-01", "--reason", "x", "--approved-by", "Board"];
    assert_snapshot!(plans.run(&extend), @"
    exit 0
    ---- out
    8  Title 8
      deadline  1 Jan 2025 → 1 Mar 2025 (+59 days; extension: x, approved by Board)
    ---- err
    note: 1 Mar 2025 has passed already (today is 28 Mar 2025)
    ");
    // The conflict is told in other words, and is the one that was there.
    assert!(plans.run(&["set", "8", "status="]).starts_with("exit 0"));
    assert!(plans.run(&["set", "8", "status=On Track"]).starts_with("exit 2"), "a conflict that is new");
    // A second fault of a kind is new, though it is told in the words of the first.
    let hidden = recommendation("8", "theme = \"a\u{200b}b\"");
    plans.write("plans/p/08-y.toml", hidden.as_bytes());
    assert_snapshot!(plans.run(&["set", "8", "origin=a\u{200b}b"]), @r#"
    exit 2
    ---- err
    error[control-character]: a character that does not show: U+200B (a space of no width)
      ╭▸ plans/p/08-y.toml:3:12
      │
    3 │ origin = "a\u{200b}b"
      │            ━━━━━━━━
      │
      ╰ help: delete it, or type the character that was meant; text copied from a web page or a Word file often brings it along

    error: this change breaks what the plan keeps to (with --force it is written all the same)
    "#);
    assert!(plans.run(&["set", "8", "priority=high"]).starts_with("exit 0"));
}

#[test]
fn what_breaks_a_rule_is_told_of_every_plan() {
    let plans = by_hand();
    plans.write("plans/q/plan.toml", HEAD.as_bytes());
    plans.write("plans/q/10-x.toml", recommendation("10", "").as_bytes());
    assert_snapshot!(plans.run(&["set", "id:8", "10", "rag=Green", "status=On Track"]), @r#"
    exit 2
    ---- err
    error[rag-status-conflict]: 8 is rated Green, which means done, but its status is On Track
      ╭▸ plans/p/08-y.toml:5:7
      │
    5 │ rag = "Green"
      │       ━━━━━━━
      │
      ╰ help: if it is done, set the RAG and the status that say so; if it is not, set neither

    error[rag-status-conflict]: 10 is rated Green, which means done, but its status is On Track
      ╭▸ plans/q/10-x.toml:4:7
      │
    4 │ rag = "Green"
      │       ━━━━━━━
      │
      ╰ help: if it is done, set the RAG and the status that say so; if it is not, set neither

    error: this change breaks what the plan keeps to (with --force it is written all the same)
    error: nothing was written
    "#);
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
fn what_nobody_can_mean_is_refused() {
    let plans = by_hand();
    for arguments in [
        &["update", "7", "-m", "x", "--date", "2027-01-01"][..],
        &["extend", "7", "--to", "2027-01-01", "--reason", "x", "--on", "2027-01-01"],
        &["close", "7", "--on", "2027-01-01"],
        &["set", "7", "rag=Red", "rag=Green"],
        &["set", "7", "rag", "amber"],
        &["set", "7", "owners=Force, Smith"],
        &["set", "7", "rag=Red", "RAG=Green"],
        &["set", "7", "depends-on=8", "depends_on=9"],
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
    assert_snapshot!(plans.run(&["set", "7", "owners=Force, Smith"]), @"
    exit 2
    ---- err
    error: unknown owner `Force, Smith`; there are: Force, Council (several are set off by semicolons); or register it in plan.toml with [[owner]]
    ");
}

#[test]
fn whoever_is_named_is_an_owner_afterwards() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["set", "7", "owners=Council", "owners+=The Force"]), @"
    exit 0
    ---- out
    7  Title 7
      owners  Force → Council, Force
    ");
    assert_snapshot!(plans.run(&["set", "7", "owners=Force, Council"]), @"
    exit 0
    ---- out
    7  Title 7
      owners  Council, Force → Force, Council
    ");
    let twice = recommendation("8", "").replace("[\"Force\"]", "[\"Force\", \"Council\", \"The Force\"]");
    plans.write("plans/p/08-y.toml", twice.as_bytes());
    assert_snapshot!(plans.run(&["set", "8", "owners-=Force"]), @"
    exit 0
    ---- out
    8  Title 8
      owners  Force, Council, Force → Council
    ");
    assert!(text(&plans, "08-y.toml").contains("owners = [\"Council\"]"));
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
    error: plans/p/10-w.toml could not be read; mend it first: line 1: this text is not closed, or holds what TOML forbids
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
fn everything_that_is_refused_is_told() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["set", "7", "id:8", "rag=Purple", "theme=x", "status=Doen"]), @"
    exit 2
    ---- err
    error: 7: unknown RAG level `Purple`; there are: Red, Green
    error: 7: unknown status `Doen`; there are: On Track, Complete
    error: id:8: unknown RAG level `Purple`; there are: Red, Green
    error: id:8: unknown status `Doen`; there are: On Track, Complete
    error: nothing was written
    ");
    assert_snapshot!(plans.run(&["set", "7", "77", "9", "rag=Red"]), @"
    exit 2
    ---- err
    error: unknown recommendation `77`; there are: 7, 8, 9
    error: 9 is also printed on 8: say `id:9` or `printed:9`
    ");
    plans.write("plans/p/07-again.toml", recommendation("7", "").as_bytes());
    assert_snapshot!(plans.run(&["set", "7", "rag=Red"]), @"
    exit 2
    ---- err
    error: 7 is the id of several files, and one of them needs another: plans/p/07-again.toml, plans/p/07-x.toml
    ");
    assert_snapshot!(plans.run(&["set", "id:8", "theme=", "--dry-run"]), @"
    exit 0
    ---- out
    plans/p/08-y.toml: nothing is to change
    ");
}

#[test]
fn columns_of_somebodys_own_keep_their_kind() {
    let plans = by_hand();
    let columns = "\n[custom]\nshare = 0.5\nagreed = true\nregions = [\"North\"]\n\"Board minute\" = \"1\"\n";
    let file = format!("{}{columns}", recommendation("8", ""));
    plans.write("plans/p/08-y.toml", file.as_bytes());
    let set = [
        "set",
        "id:8",
        "custom.share=0.75",
        "custom.agreed=No",
        "custom.regions+=East",
        "custom.Board minute=2",
    ];
    assert_snapshot!(plans.run(&set), @r#"
    exit 0
    ---- out
    8  Title 8
      custom.share         0.5 → 0.75
      custom.agreed        true → false
      custom.regions       ["North"] → ["North", "East"]
      custom.Board minute  1 → 2
    "#);
    assert_snapshot!(lines(&plans, "08-y.toml", &file), @r#"
    -"share = 0.5\n"
    -"agreed = true\n"
    -"regions = [\"North\"]\n"
    -"\"Board minute\" = \"1\"\n"
    +"share = 0.75\n"
    +"agreed = false\n"
    +"regions = [\"North\", \"East\"]\n"
    +"\"Board minute\" = \"2\"\n"
    "#);
}
