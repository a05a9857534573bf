use crate::common::{HEAD, Plans, invented, plan, real, recommendation, repository};
use insta::assert_snapshot;

#[test]
fn the_real_plan() {
    assert_snapshot!(real(&["summary", "--width", "80"]));
}

#[test]
fn by_owner() {
    assert_snapshot!(real(&["summary", "--by", "owner", "--owner", "Chief Constables", "--width", "100"]));
}

#[test]
fn json_is_the_contract() {
    assert_snapshot!(real(&["summary", "--by", "owner", "--format", "json"]));
}

#[test]
fn markdown_and_csv() {
    assert_snapshot!(real(&["summary", "--format", "markdown"]));
    assert_snapshot!(real(&["summary", "--by", "status", "--format", "csv"]));
}

#[test]
fn parts_are_counted_apart() {
    assert_snapshot!(invented(&["summary", "--by", "id", "--width", "120"]));
}

#[test]
fn whatever_a_summary_counts_can_be_listed() {
    let invented = |arguments: &[&str]| -> serde_json::Value {
        let mut run = plan(&repository().join("tests"), arguments);
        let out = run.env("PLAN_AS_OF", "2026-06-30").args(["--format", "json"]).output().expect("it runs");
        serde_json::from_slice(&out.stdout).expect("it is JSON")
    };
    let summary = invented(&["summary"]);
    for (flag, figure) in [
        ("--overdue", "overdue"),
        ("--milestone-missed", "milestones_missed"),
        ("--due-soon", "due_soon"),
        ("--undated", "undated"),
        ("--no-deadline", "no_deadline"),
        ("--stale", "stale"),
        ("--never-updated", "never_updated"),
        ("--updates-undated", "updates_undated"),
    ] {
        let items = invented(&["list", flag])["items"].as_array().expect("a list").clone();
        let whole = items.iter().filter(|item| item["parent"].is_null()).count();
        assert_eq!(Some(whole as u64), summary[figure].as_u64(), "{flag}: {summary}");
        assert!(whole > 0, "the invented plan has every key, but none for {flag}");
    }
}

#[test]
fn of_a_long_vocabulary_a_table_tells_what_is_reported() {
    let with = |levels: usize, statuses: usize| {
        let level = |n| format!("[[rag]]\nname = \"R{n}\"\n");
        let status = |n| format!("[[status]]\nname = \"S{n}\"\n");
        let words: String = (0..levels).map(level).chain((0..statuses).map(status)).collect();
        let plans = Plans::one(&[
            ("01-a.toml", &recommendation("1", "rag = \"R7\"\nstatus = \"S3\"")),
            ("02-b.toml", &recommendation("2", "rag = \"R9\"\nstatus = \"On Track\"")),
        ]);
        plans.write("plans/p/plan.toml", format!("{HEAD}{words}").as_bytes());
        plans
    };
    let long = with(29, 40);
    assert_snapshot!(long.run(&["summary"]), @"
    exit 0
    ---- out
    Test plan
    as of 28 Mar 2025

    2 recommendations: 2 open

    Overdue                          0
    Milestones missed                0
    Due soon (within 30 days)        0
    Undated deadline                 0
    No deadline                      2
    Held elsewhere (no report held)  0
    Stale (no update for 90 days)    0
    Never updated                    2
    Updates undated                  0

    Status        R7  R9  not rated  Total
    On Track       ·   1          ·      1
    S3             1   ·          ·      1
    not reported   ·   ·          ·      ·
    Total          1   1          ·      2

    Left out, as nothing is counted under them: 29 RAG levels, 40 statuses

    Implied by dates and status, after the plan's own definitions: nothing
    ");
    assert_snapshot!(long.run(&["summary", "--format", "markdown"]), @"
    exit 0
    ---- out
    ## Test plan

    as of 28 Mar 2025

    2 recommendations: 2 open

    |  |  |
    |---|---:|
    | Overdue | 0 |
    | Milestones missed | 0 |
    | Due soon (within 30 days) | 0 |
    | Undated deadline | 0 |
    | No deadline | 2 |
    | Held elsewhere (no report held) | 0 |
    | Stale (no update for 90 days) | 0 |
    | Never updated | 2 |
    | Updates undated | 0 |

    | Status | R7 | R9 | not rated | Total |
    |---|---:|---:|---:|---:|
    | On Track | · | 1 | · | 1 |
    | S3 | 1 | · | · | 1 |
    | not reported | · | · | · | · |
    | Total | 1 | 1 | · | 2 |

    Left out, as nothing is counted under them: 29 RAG levels, 40 statuses

    Implied by dates and status, after the plan's own definitions: nothing
    ");
    // Thirty words can be read: each is told, also where nothing is reported with it.
    let told = with(28, 28).run(&["summary"]);
    assert!(told.contains(" R27 ") && told.contains("\nS27 ") && !told.contains("Left out"), "{told}");
    // A program gets every word.
    let csv = long.run(&["summary", "--format", "csv"]);
    assert_eq!(csv.lines().filter(|line| line.contains(",status,,")).count(), 43, "{csv}");
}
