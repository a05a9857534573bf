use crate::common::{invented, plan, real, repository};
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
