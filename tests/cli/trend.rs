//! `plan trend`: how the plans stood over time.

use crate::common::{HEAD, recommendation};
use crate::diff::{fortnight, run};
use crate::log::json;
use crate::repo::Repo;
use insta::assert_snapshot;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

#[test]
fn a_fortnight_is_shown_by_commit_day_week_and_month() {
    let repo = fortnight();
    let trend = |arguments: &[&str]| run(&repo, &[&["trend", "--as-of", "2025-04-02"], arguments].concat());
    assert_snapshot!("trend_commits", trend(&[]));
    assert_snapshot!("trend_100", trend(&["--width", "100"]));
    assert_snapshot!("trend_week_80", trend(&["--width", "80", "--by", "week"]));
    assert_snapshot!(trend(&["--by", "day", "--since", "2025-03-19"]), @"
    exit 0
    ---- out
    Date         Total  Open  Done  Overdue  Red  Green  not rated
    19 Mar 2025      4     4     ·        ·    ·      ·          4
    20 Mar 2025      4     4     ·        ·    ·      ·          4
    21 Mar 2025      4     4     ·        3    ·      ·          4
    22 Mar 2025      4     4     ·        3    ·      ·          4
    23 Mar 2025      4     4     ·        3    ·      ·          4
    24 Mar 2025      4     4     ·        3    ·      ·          4
    25 Mar 2025      4     4     ·        3    ·      ·          4
    26 Mar 2025      4     4     ·        3    ·      ·          4
    27 Mar 2025      4     4     ·        3    ·      ·          4
    28 Mar 2025      4     3     1        1    1      1          2
    29 Mar 2025      4     3     1        1    1      1          2
    30 Mar 2025      4     3     1        1    1      1          2
    31 Mar 2025      4     3     1        1    1      1          2
    1 Apr 2025       4     3     1        1    1      1          2
    2 Apr 2025       4     3     1        1    1      1          2
    ");
    assert_snapshot!(trend(&["--by", "month", "--format", "csv"]), @"
    exit 0
    ---- out
    date,commit,total,open,done,dropped,elsewhere,overdue,unread,rag: Red,rag: Green,rag: not rated,status: On Track,status: Complete,status: not reported
    2025-03-31,987a8e11b66d0a499e957adeef624e1d08d35ce5,4,3,1,0,0,1,0,1,1,2,1,1,2
    2025-04-02,987a8e11b66d0a499e957adeef624e1d08d35ce5,4,3,1,0,0,1,0,1,1,2,1,1,2
    ");
    assert_snapshot!(trend(&["--by", "month", "--format", "markdown"]), @"
    exit 0
    ---- out
    | Date | Total | Open | Done | Overdue | Red | Green | not rated |
    |---|---:|---:|---:|---:|---:|---:|---:|
    | 31 Mar 2025 | 4 | 3 | 1 | 1 | 1 | 1 | 2 |
    | 2 Apr 2025 | 4 | 3 | 1 | 1 | 1 | 1 | 2 |
    ");
    assert_snapshot!("trend_json", trend(&["--by", "month", "--format", "json"]));
}

#[test]
fn a_point_says_what_a_summary_of_its_commit_does() {
    let mut repo = fortnight();
    // A part, another body's, and a file that cannot be read.
    repo.write(
        "plans/force/plan.toml",
        &HEAD.replacen("title = \"Test plan\"", "title = \"x\"\nanswers_for = [\"Force\"]", 1),
    );
    repo.write(
        "plans/force/5.1-p.toml",
        "id = \"5.1\"\nparent = \"5\"\ntitle = \"x\"\ndeadline = 2025-01-01\ntext = \"x\"\n",
    );
    repo.write(
        "plans/force/06-o.toml",
        &recommendation("6", "deadline = 2025-01-01").replace("Force", "Council"),
    );
    repo.commit("2025-03-29", "Say whose it is");
    repo.write("plans/force/01-a.toml", "id = ");
    repo.commit("2025-03-30", "Break a file");
    let trend = json(&repo, &["trend", "--by", "commit"]);
    let points = trend["points"].as_array().expect("points");
    assert_eq!(points.len(), 6, "what renamed a file changed no count, and is a point all the same");
    assert_eq!(trend["gaps"].as_array().map(Vec::len), Some(1));
    assert_eq!((&points[4]["unread"], &points[5]["unread"]), (&0.into(), &1.into()));
    points.iter().for_each(|point| compare(&repo, point, true));
    repo.write("plans/other/plan.toml", &HEAD.replace("Red", "Rot"));
    repo.write("plans/other/01-x.toml", &recommendation("1", "rag = \"Rot\""));
    repo.commit("2025-03-31", "Add a plan");
    repo.remove("plans/other/plan.toml").remove("plans/other/01-x.toml");
    repo.commit("2025-04-01", "Take it away");
    // Two plans are summed up by what their words mean, and so is the time before and after.
    let trend = json(&repo, &["trend", "--by", "commit"]);
    let points = trend["points"].as_array().expect("points");
    assert_eq!(points.len(), 8);
    for (n, point) in points.iter().enumerate() {
        compare(&repo, point, n == 6);
    }
}

/// Holds a point to the summary of its commit.
fn compare(repo: &Repo, point: &Value, words: bool) {
    let commit = point["commit"].as_str().expect("a commit");
    let summary = json(repo, &["summary", "--at", commit]);
    for count in ["total", "open", "done", "dropped", "elsewhere", "overdue"] {
        assert_eq!(point[count], summary[count], "{count} at {commit}");
    }
    let told = |value: &Value| {
        let counts = value.as_array().expect("counts").iter();
        let counts = counts.map(|c| (c["name"].to_string(), c["count"].as_u64().unwrap_or(0)));
        counts.filter(|(_, n)| *n > 0).collect::<BTreeMap<_, _>>()
    };
    for counts in ["rag", "status"].into_iter().filter(|_| words) {
        assert_eq!(told(&point[counts]), told(&summary[counts]), "{counts} at {commit}");
    }
}

#[test]
fn only_the_line_of_first_parents_is_shown() {
    let mut repo = fortnight();
    let base = repo.git().head_id().expect("a commit").detach();
    repo.write("plans/force/06-f.toml", &recommendation("6", ""));
    let side = repo.commit_after("2025-03-29", "Add the sixth", "refs/heads/side", [base]);
    repo.remove("plans/force/06-f.toml").write("plans/force/07-g.toml", &recommendation("7", ""));
    let main = repo.commit("2025-03-30", "Add the seventh");
    repo.write("plans/force/06-f.toml", &recommendation("6", ""));
    repo.commit_after("2025-03-31", "Merge", "HEAD", [main, side]);
    let trend = json(&repo, &["trend", "--by", "commit"]);
    let points = trend["points"].as_array().expect("points").iter();
    let told: Vec<_> =
        points.map(|p| (p["date"].as_str().unwrap_or_default(), p["total"].as_u64())).collect();
    assert_eq!(told[3..], [("2025-03-28", Some(4)), ("2025-03-30", Some(5)), ("2025-03-31", Some(6))]);
}

#[test]
fn what_is_asked_for_is_counted_and_a_slip_is_refused() {
    let repo = fortnight();
    assert_snapshot!(run(&repo, &["trend", "--id", "3"]), @"
    exit 0
    ---- out
    Date         Commit    Total  Open  Done  Overdue  Green  not rated
    14 Mar 2025  5b1e353f      1     1     ·        ·      ·          1
    17 Mar 2025  57c2bf54      1     1     ·        ·      ·          1
    19 Mar 2025  eac6f4e2      1     1     ·        ·      ·          1
    28 Mar 2025  987a8e11      1     ·     1        ·      1          ·
    ");
    assert_snapshot!(run(&repo, &["trend", "--owner", "Counsil"]), @"
    exit 2
    ---- err
    error: unknown owner `Counsil`: did you mean `Council`?
    ");
    assert_snapshot!(run(&repo, &["trend", "--plan", "forse"]), @"
    exit 2
    ---- err
    error: unknown plan `forse`: did you mean `force`?
    ");
    assert_snapshot!(run(&repo, &["trend", "--since", "nonsense"]), @"
    exit 2
    ---- err
    error: unknown revision `nonsense`: name a branch, a tag, a commit, or a day such as 2025-03-27
    ");
    let council = run(&repo, &["trend", "--owner", "Council"]);
    assert!(council.contains("28 Mar 2025  987a8e11      ·     ·        ·"), "{council}");
}

#[test]
fn a_plan_whose_folder_moved_is_one_plan() {
    let mut repo = fortnight();
    for name in ["plan.toml", "01-a.toml", "02-renamed.toml", "03-c.toml", "05-e.toml"] {
        let old = format!("plans/force/{name}");
        let text = fs::read_to_string(repo.path().join(&old)).expect("a file");
        repo.remove(&old).write(&format!("plans/north/force/{name}"), &text);
    }
    repo.commit("2025-03-29", "Move the plan");
    let totals = |arguments: &[&str]| {
        let trend = json(&repo, &[&["trend", "--by", "commit"], arguments].concat());
        trend["points"].as_array().expect("points").iter().map(|p| p["total"].as_u64()).collect::<Vec<_>>()
    };
    assert_eq!(totals(&["--plan", "north/force"]), vec![Some(4); 5]);
    assert_eq!(totals(&[]), vec![Some(4); 5]);
}

#[test]
fn gaps_shallow_clones_and_empty_histories_are_said() {
    let mut repo = fortnight();
    repo.write("plans/force/plan.toml", "title = ");
    repo.commit("2025-03-29", "Break plan.toml");
    assert_snapshot!(run(&repo, &["trend", "--by", "commit"]), @"
    exit 0
    ---- out
    Date         Commit    Total  Open  Done  Overdue  Unread  Red  Green  not rated
    14 Mar 2025  5b1e353f      4     4     ·        ·       ·    ·      ·          4
    17 Mar 2025  57c2bf54      4     4     ·        ·       ·    ·      ·          4
    19 Mar 2025  eac6f4e2      4     4     ·        ·       ·    ·      ·          4
    28 Mar 2025  987a8e11      4     3     1        1       ·    1      1          2
    29 Mar 2025  0f8e3df6      ·     ·     ·        ·       5    ·      ·          ·

    Could not be read on the way
      29 Mar 2025  0f8e3df6  Planning Office: Break plan.toml
        force/plan.toml: line 1: missing value
    What such a commit changed in a file is told by the one that mended it.
    ");
    let parent = repo.git().rev_parse_single("HEAD~1").expect("a commit").detach();
    fs::write(repo.path().join(".git/shallow"), format!("{parent}\n")).expect("a file");
    assert_snapshot!(run(&repo, &["trend", "--by", "commit"]), @"
    exit 0
    ---- out
    Date         Commit    Total  Open  Done  Overdue  Unread  Red  Green  not rated
    28 Mar 2025  987a8e11      4     3     1        1       ·    1      1          2
    29 Mar 2025  0f8e3df6      ·     ·     ·        ·       5    ·      ·          ·

    Could not be read on the way
      29 Mar 2025  0f8e3df6  Planning Office: Break plan.toml
        force/plan.toml: line 1: missing value
    What such a commit changed in a file is told by the one that mended it.
    ---- err
    note: this clone is shallow, and what came before is missing here: `git fetch --unshallow` gets the whole history
    ");
    let empty = Repo::new();
    assert_snapshot!(run(&empty, &["trend"]), @"
    exit 2
    ---- err
    error: this repository has no commit yet
    ");
}

#[test]
fn a_trend_goes_from_one_day_to_another() {
    let repo = fortnight();
    let trend = |arguments: &[&str]| run(&repo, &[&["trend"], arguments].concat());
    assert_snapshot!(trend(&["--since", "2025-04-10", "--as-of", "2025-04-12"]), @"
    exit 0
    ---- out
    Date         Total  Open  Done  Overdue  Red  Green  not rated
    10 Apr 2025      4     3     1        1    1      1          2
    11 Apr 2025      4     3     1        1    1      1          2
    12 Apr 2025      4     3     1        1    1      1          2
    ");
    assert_snapshot!(trend(&["--since", "2025-04-10", "--as-of", "2025-04-12", "--by", "commit"]), @"
    exit 0
    ---- out
    Date  Commit  Total  Open  Overdue
    no commit changed the plans in that time
    ");
    assert_snapshot!(trend(&["--by", "week", "--as-of", "2025-03-20"]), @"
    exit 0
    ---- out
    Date         Total  Open  Overdue  not rated
    16 Mar 2025      4     4        ·          4
    20 Mar 2025      4     4        ·          4
    ");
}

#[test]
fn a_folder_that_gives_way_to_a_file_of_its_name_is_that_file() {
    let mut repo = fortnight();
    repo.remove("plans/force/03-c.toml").write("plans/force/03-c.toml/x", "a folder");
    repo.commit("2025-03-29", "Make a folder of a file");
    fs::remove_dir_all(repo.path().join("plans/force/03-c.toml")).expect("a folder");
    repo.remove("plans/force/03-c.toml/x").write("plans/force/03-c.toml", &recommendation("3", ""));
    repo.commit("2025-03-30", "And a file of the folder");
    let trend = json(&repo, &["trend", "--by", "commit", "--since", "2025-03-28"]);
    let points = trend["points"].as_array().expect("points").iter();
    let told: Vec<_> = points.map(|p| (p["total"].as_u64(), p["unread"].as_u64())).collect();
    assert_eq!(told, [(Some(4), Some(0)), (Some(3), Some(1)), (Some(4), Some(0))]);
}
