//! Slips of those who extend and close: what is empty, in several lines, done already, or open again.

use super::{by_hand, text};
use crate::common::{HEAD, recommendation};
use insta::assert_snapshot;

#[test]
fn what_a_flag_says_is_a_line_and_no_less() {
    let plans = by_hand();
    let to = ["--to", "2025-09-27"];
    let mut told = String::new();
    for arguments in [
        &["close", "8", "--by", ""][..],
        &["close", "8", "--by", "A\nB"],
        &["close", "8", "--evidence", " "],
        &["update", "8", "-m", "x", "--period", ""],
        &["update", "8", "-m", "x", "--by", "A\u{200b}"],
        &["extend", "7", to[0], to[1], "--reason", " \n "],
        &["extend", "7", to[0], to[1], "--reason", "x", "--approved-by", ""],
    ] {
        told.push_str(plans.run(arguments).split("\n\n").next().unwrap_or_default());
        told.push('\n');
    }
    assert_snapshot!(told.replace('\u{200b}', "<U+200B>"), @"
    exit 2
    ---- err
    error: invalid value '' for '--by <NAME>': it is empty
    exit 2
    ---- err
    error: invalid value 'A
    B' for '--by <NAME>': it is one line, and this is several
    exit 2
    ---- err
    error: invalid value ' ' for '--evidence <TITLE>': it is empty
    exit 2
    ---- err
    error: invalid value '' for '--period <PERIOD>': it is empty
    exit 2
    ---- err
    error: invalid value 'A<U+200B>' for '--by <NAME>': it holds a character that does not show: U+200B (a space of no width)
    exit 2
    ---- err
    error: invalid value ' 
     ' for '--reason <TEXT>': it is empty
    exit 2
    ---- err
    error: invalid value '' for '--approved-by <NAME>': it is empty
    ");
    let extend =
        ["extend", "7", to[0], to[1], "--reason", "The course\n  is late.\n", "--approved-by", "Board"];
    assert!(plans.run(&extend).starts_with("exit 0"));
    assert!(text(&plans, "07-x.toml").contains("reason = \"The course is late.\""));
}

#[test]
fn what_is_dropped_says_why() {
    let plans = by_hand();
    let head = format!("{HEAD}\n[[status]]\nname = \"Closed\"\nphase = \"dropped\"\n");
    plans.write("plans/p/plan.toml", head.as_bytes());
    assert_snapshot!(plans.run(&["close", "8", "--status", "closed"]), @r#"
    exit 2
    ---- err
    error: Closed means that 8 is no longer pursued: say why with --reason "..."
    "#);
    assert!(
        plans.run(&["close", "8", "--status", "Closed", "--reason", "Taken over."]).starts_with("exit 0")
    );
    plans.write(
        "plans/p/plan.toml",
        format!("{head}\n[rules]\ndropped-without-reason = \"off\"\n").as_bytes(),
    );
    assert!(plans.run(&["close", "id:9", "--status", "Closed"]).starts_with("exit 0"));
}

#[test]
fn what_is_open_again_is_closed_anew() {
    let plans = by_hand();
    assert!(plans.run(&["close", "8", "--by", "Board", "--evidence", "Minute"]).starts_with("exit 0"));
    assert_snapshot!(plans.run(&["set", "8", "status=On Track"]), @"
    exit 0
    ---- out
    8  Title 8
      status  Complete → On Track
    ---- err
    note: 8 is open again, and still says how it was closed: `plan set 8 closure=` takes it away
    ");
    assert_snapshot!(plans.run(&["close", "8", "--on", "2025-03-20"]), @"
    exit 0
    ---- out
    8  Title 8
      status   On Track → Complete
      closure  on 28 Mar 2025, by Board → on 20 Mar 2025
    ");
    assert!(!text(&plans, "08-y.toml").contains("Board"));
    assert_snapshot!(plans.run(&["update", "8", "-m", "x", "--status", "on track"]), @"
    exit 0
    ---- out
    8  Title 8
      status  Complete → On Track
      update  of 28 Mar 2025 added: status On Track
              x
    ---- err
    note: 8 is open again, and still says how it was closed: `plan set 8 closure=` takes it away
    ");
}

#[test]
fn what_is_done_is_not_moved() {
    let plans = by_hand();
    let steps = "\n[[milestone]]\ntitle = \"Report one\"\ndue = 2025-01-01\ndone = 2025-01-02\n\n[[milestone]]\ntitle = \"Report two\"\ndue = 2025-04-01\n";
    plans.write("plans/p/08-y.toml", format!("{}{steps}", recommendation("8", "")).as_bytes());
    let to = |title: &'static str| {
        ["extend", "8", "--milestone", title, "--to", "2025-06-01", "--reason", "x", "--approved-by", "Board"]
    };
    assert_snapshot!(plans.run(&to("report one")), @r#"
    exit 2
    ---- err
    error: the milestone "Report one" of 8 is done: --force moves it all the same
    "#);
    assert_snapshot!(plans.run(&to("report")), @"
    exit 2
    ---- err
    error: `report` may mean several milestones of 8; say which: `Report one`, `Report two`
    ");
    assert!(plans.run(&["close", "8", "--milestone", "two", "--evidence", "x"]).starts_with("exit 0"));
    assert_snapshot!(plans.run(&to("two")), @"
    exit 2
    ---- err
    error: 8 is closed (Complete), and nothing is due of it: --force moves the milestone all the same
    ");
    let past = ["extend", "7", "--to", "2025-03-01", "--reason", "x", "--approved-by", "Board", "--force"];
    assert_snapshot!(plans.run(&past), @"
    exit 0
    ---- out
    7  Title 7
      deadline  27 Mar 2025 → 1 Mar 2025 (−26 days; extension: x, approved by Board)
    ---- err
    note: 1 Mar 2025 has passed already (today is 28 Mar 2025)
    ");
}
