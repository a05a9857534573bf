//! `plan new`.

use super::{by_hand, text};
use insta::assert_snapshot;
use std::io::Write as _;
use std::process::Stdio;

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
    error: unknown owner `Forse`: did you mean `Force`? Else register it in plan.toml with [[owner]]
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
    let shown = ["new", "--id", "a/7", "--title", "x", "--owner", "Force", "-m", "x\u{200b}", "--dry-run"];
    assert_snapshot!(plans.run(&shown), @r#"
    exit 2
    ---- err
    error[control-character]: a character that does not show: U+200B (a space of no width)
      ╭▸ plans/p/a-7-x.toml:5:10
      │
    5 │ text = "x\u{200b}"
      │          ━━━━━━━━
      │
      ╰ help: delete it, or type the character that was meant; text copied from a web page or a Word file often brings it along

    error: this change breaks what the plan keeps to (with --force it is written all the same)
    "#);
}

#[test]
fn a_name_is_one_that_every_system_takes() {
    let plans = by_hand();
    let new = |id: &'static str, title: &str| {
        plans.run(&["new", "--id", id, "--title", title, "--owner", "Force", "-m", "x"])
    };
    assert!(new("../x", "Words").contains("plans/p/x-words.toml"));
    assert!(new("50", &"x".repeat(300)).starts_with("exit 0"));
    assert_snapshot!(new("§", "Words"), @"
    exit 2
    ---- err
    error: an id holds a digit, or a letter of a-z: its file's name begins with them
    ");
    assert_snapshot!(plans.run(&["init", "--plan", "../evil"]).split("\n\n").next().unwrap_or_default(), @"
    exit 2
    ---- err
    error: invalid value '../evil' for '--plan <NAME>': write a name of letters, digits and hyphens: evil
    ");
}

#[test]
fn a_text_is_read_from_standard_input_where_that_is_said() {
    let plans = by_hand();
    let mut command = crate::common::plan(plans.path(), &["update", "8", "-m", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it runs");
    child.stdin.take().expect("piped").write_all(b"Piped in.\n").expect("it reads");
    assert!(child.wait().expect("it ends").success());
    assert!(text(&plans, "08-y.toml").contains("Piped in."));
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_written_is_not_said_to_be_nothing() {
    let plans = by_hand();
    let full = || std::fs::File::options().write(true).open("/dev/full").expect("a full disk");
    let mut told = String::new();
    for arguments in
        [&["set", "id:8", "theme=x"][..], &["new", "--title", "x", "--owner", "Force", "-m", "x"], &["fmt"]]
    {
        let output = crate::common::plan(plans.path(), arguments).stdout(full()).output().expect("it runs");
        told.push_str(&format!("{:?} {}", output.status.code(), String::from_utf8_lossy(&output.stderr)));
    }
    assert_snapshot!(told, @"
    Some(2) error: it is written, but that could not be told: No space left on device
    Some(2) error: plans/p/10-x.toml is written, but that could not be told: No space left on device
    Some(2) error: 5 files: 2 changed, but that could not be told: No space left on device
    ");
}
