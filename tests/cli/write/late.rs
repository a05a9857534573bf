//! `plan update` where it comes late: what may be newer stands.

use super::{by_hand, text};
use crate::common::{Plans, recommendation};
use insta::assert_snapshot;

/// A recommendation with these lines, and this update.
fn with(standing: &str, update: &str) -> Plans {
    let plans = by_hand();
    let file = format!("{}\n[[update]]\n{update}text = \"x\"\n", recommendation("8", standing));
    plans.write("plans/p/08-y.toml", file.as_bytes());
    plans
}

#[test]
fn what_may_be_newer_than_a_report_stands() {
    let january = "date = 2025-01-10\nrag = \"Green\"\n";
    let undated = "rag = \"Green\"\n";
    let (february, none) = (&["--date", "2025-02-10"][..], &["--undated"][..]);
    for (standing, update, when, replaced) in [
        // It was reported before; it is what an update says that is no newer.
        ("rag = \"Green\"", january, february, true),
        ("rag = \"Green\"", january, &["--date", "2025-01-10"], true),
        ("rag = \"Green\"", undated, february, true),
        ("rag = \"Green\"", undated, none, true),
        ("", "", february, true),
        ("", "", none, true),
        // Today's is the newest, wherever the other comes from.
        ("rag = \"Green\"", "", &[], true),
        // It was set by hand.
        ("rag = \"Green\"", "", february, false),
        ("rag = \"Green\"", "date = 2025-01-10\nrag = \"Red\"\n", february, false),
        ("rag = \"Green\"", "", none, false),
        // It was reported later, or on a day.
        ("rag = \"Green\"", january, none, false),
        ("rag = \"Green\"", january, &["--date", "2025-01-02"], false),
    ] {
        let plans = with(standing, update);
        let told = plans.run(&[&["update", "8", "-m", "y", "--rag", "red", "--force"], when].concat());
        let file = text(&plans, "08-y.toml");
        let is_red = file.split("[[update]]").next().is_some_and(|top| top.contains("rag = \"Red\""));
        assert_eq!(is_red, replaced, "{standing} {update} {when:?}: {told}\n{file}");
        assert_eq!(told.contains("the RAG stands as it was"), !replaced, "{told}");
        assert!(file.matches("rag = \"Red\"").count() > usize::from(replaced), "the update says it: {file}");
    }
    let plans = with("rag = \"Red\"\nstatus = \"On Track\"", "");
    assert_snapshot!(plans.run(&["update", "8", "-m", "y", "--status", "Complete", "--undated", "--force"]), @"
    exit 0
    ---- out
    8  Title 8
      update  undated added: status Complete
              y
    ---- err
    note: 8 is On Track, but its last update says Complete (the plan now warns of this: update-disagrees)
    note: the status stands as it was, for it was set by hand, nobody knows when: `plan set 8 status=...` changes it
    ");
}

#[test]
fn everything_that_is_refused_of_a_report_is_told() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["update", "8", "-m", "y", "--rag", "Yellow", "--status", "Foo"]), @"
    exit 2
    ---- err
    error: unknown RAG level `Yellow`; there are: Red, Green
    error: unknown status `Foo`; there are: On Track, Complete
    ");
}
