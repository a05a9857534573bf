//! `plan new`.

use super::{by_hand, text};
use insta::assert_snapshot;

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
    let shown = ["new", "--id", "a/7", "--title", "x\u{200b}", "--owner", "Force", "-m", "x", "--dry-run"];
    assert_snapshot!(plans.run(&shown), @r#"
    exit 2
    ---- err
    error[control-character]: a character that does not show: U+200B (a space of no width)
      ╭▸ plans/p/a-7-x.toml:2:11
      │
    2 │ title = "x\u{200b}"
      │           ━━━━━━━━
      │
      ╰ help: delete it, or type the character that was meant; text copied from a web page or a Word file often brings it along

    error: this change breaks what the plan keeps to (with --force it is written all the same)
    "#);
}
