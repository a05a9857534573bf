//! `plan update`, `plan extend` and `plan close`.

use super::{BY_HAND, by_hand, lines, text};
use crate::common::{plan, recommendation};
use insta::assert_snapshot;
use std::io::Write as _;
use std::process::Stdio;

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
    ---- err
    note: 7 is rated Red, and nothing says what is being done about it (the plan now warns of this: miss-without-mitigation)
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
fn a_text_is_taken_as_it_is() {
    let plans = by_hand();
    assert!(plans.run(&["update", "8", "-m", "    code\n\n- x"]).starts_with("exit 0"));
    assert!(text(&plans, "08-y.toml").contains("\n    code\n\n- x"));
    assert!(plans.run(&["update", "8", "-m", "- an item"]).starts_with("exit 0"));
    let told = plans.run(&["update", "8", "-m", "x", "--rag", ""]);
    assert!(told.starts_with("exit 2") && told.contains("says nothing"), "{told}");
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
    ---- err
    note: "Agree the course" in 7 was extended to 1 Jun 2025, and nothing says who approved it (the plan now warns of this: unapproved-extension)
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
    error: 7 has no milestone `coarse`; there are: `Agree the course`
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
    note: --all-milestones ticks what is open, or --milestone one of: `Agree the course`
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
fn a_late_update_goes_to_its_place() {
    let plans = by_hand();
    for (day, status) in [("2025-01-10", "On Track"), ("2025-03-10", "Complete")] {
        let said = ["update", "8", "-m", "Said.", "--date", day, "--status", status, "--force"];
        assert!(plans.run(&said).starts_with("exit 0"));
    }
    let before = text(&plans, "08-y.toml");
    let late = [
        "update",
        "8",
        "-m",
        "Late.",
        "--date",
        "2025-02-10",
        "--status",
        "on track",
        "--rag",
        "Red",
        "--force",
    ];
    assert_snapshot!(plans.run(&late), @"
    exit 0
    ---- out
    8  Title 8
      RAG     not rated → Red
      update  of 10 Feb 2025 added: RAG Red, status On Track
              Late.
    ---- err
    note: the status stands as it was, for a later update reports it: `plan set 8 status=...` changes it
    ");
    assert_snapshot!(lines(&plans, "08-y.toml", &before), @r#"
    +"rag = \"Red\"\n"
    +"date = 2025-02-10\n"
    +"text = \"\"\"\n"
    +"Late.\"\"\"\n"
    +"rag = \"Red\"\n"
    +"status = \"On Track\"\n"
    +"\n"
    +"[[update]]\n"
    "#);
    assert!(!plans.run(&["validate"]).contains("update-order"));
}

#[test]
fn what_is_closed_is_due_no_more() {
    let plans = by_hand();
    assert!(plans.run(&["close", "7", "--all-milestones"]).starts_with("exit 0"));
    let extend = ["extend", "7", "--to", "2025-09-27", "--reason", "x", "--approved-by", "Board"];
    assert_snapshot!(plans.run(&extend), @"
    exit 2
    ---- err
    error: 7 is closed (Complete), and nothing is due of it: --force moves its deadline all the same
    ");
    assert!(plans.run(&[&extend[..], &["--force"]].concat()).starts_with("exit 0"));
}

#[test]
fn a_milestone_is_meant_without_a_doubt() {
    let plans = by_hand();
    let steps = "\n[[milestone]]\ntitle = \"Report\"\ndue = 2025-01-01\ndone = 2025-01-02\n\n[[milestone]]\ntitle = \"Report\"\ndue = 2025-04-01\n\n[[milestone]]\ntitle = \"Report again\"\n";
    plans.write("plans/p/08-y.toml", format!("{}{steps}", recommendation("8", "")).as_bytes());
    let to =
        |title: &'static str| ["extend", "8", "--milestone", title, "--to", "2025-06-01", "--reason", "x"];
    for title in ["report", "rep", "again", "Reprot", "x"] {
        assert_snapshot!(format!("milestone-{title}"), plans.run(&[&to(title)[..], &["--dry-run"]].concat()));
    }
    plans.write(
        "plans/p/08-y.toml",
        format!("{}{}", recommendation("8", ""), steps.replace("done = 2025-01-02\n", "")).as_bytes(),
    );
    assert_snapshot!(plans.run(&to("report")), @"
    exit 2
    ---- err
    error: 2 milestones of 8 are called `Report`: give them titles that differ
    ");
}

#[test]
fn a_deadline_in_lines_of_its_own_moves_too() {
    let plans = by_hand();
    let file = "id = \"8\"\ntitle = \"T\"\nowners = [\"Force\"]\ndeadline.wording = \"In the spring\" # as printed\ntext = \"x\"\n\n[[update]]\ntext = \"y\"\n";
    plans.write("plans/p/08-y.toml", file.as_bytes());
    let extend = ["extend", "8", "--to", "2025-09-27", "--reason", "Dated.", "--approved-by", "Board"];
    assert_snapshot!(plans.run(&extend), @"
    exit 0
    ---- out
    8  T
      deadline  “In the spring” → 27 Sep 2025 (extension: Dated, approved by Board)
    ");
    assert_snapshot!(lines(&plans, "08-y.toml", file), @r##"
    -"deadline.wording = \"In the spring\" # as printed\n"
    +"# as printed\n"
    +"deadline = 2025-09-27\n"
    +"[[extension]]\n"
    +"from = { wording = \"In the spring\" }\n"
    +"to = 2025-09-27\n"
    +"on = 2025-03-28\n"
    +"reason = \"Dated.\"\n"
    +"approved_by = \"Board\"\n"
    +"\n"
    "##);
    plans.write(
        "plans/p/08-y.toml",
        b"id = \"8\"\ntitle = \"T\"\nowners = [\"Force\"]\nclosure.by = \"Board\"\n\ntext = \"x\"\n",
    );
    let before = text(&plans, "08-y.toml");
    assert_snapshot!(plans.run(&["close", "8", "--by", "Chair", "--force"]), @"
    exit 0
    ---- out
    8  T
      status   not reported → Complete
      closure  by Board → on 28 Mar 2025, by Chair
    ---- err
    note: 8 is reported done, and nothing shows it (the plan now warns of this: done-without-evidence)
    ");
    assert_snapshot!(lines(&plans, "08-y.toml", &before), @r#"
    -"closure.by = \"Board\"\n"
    +"closure.by = \"Chair\"\n"
    +"closure.on = 2025-03-28\n"
    +"status = \"Complete\"\n"
    "#);
}
