//! The repository's own plan holds what its source says.

use crate::common::{real, repository};
use std::fs;

fn summary(arguments: &[&str]) -> serde_json::Value {
    let all = [&["summary", "--format", "json"], arguments].concat();
    let told = real(&all);
    let (_, json) = told.split_once("---- out\n").expect("results");
    serde_json::from_str(json).expect("results are JSON")
}

#[test]
fn its_counts_are_those_of_the_source() {
    let all = summary(&[]);
    for (name, count) in [
        ("total", 29),
        ("parts", 0),
        ("open", 14),
        ("done", 2),
        ("dropped", 0),
        ("elsewhere", 13),
        ("overdue", 13),
        ("milestones_missed", 1),
        ("due_soon", 0),
        ("undated", 4),
        ("no_deadline", 1),
        ("stale", 0),
        ("never_updated", 0),
        ("updates_undated", 14),
    ] {
        assert_eq!(all[name], count, "{name}");
    }
    let not_rated = all["rag"].as_array().expect("a list").last().expect("blanks").clone();
    assert_eq!(not_rated, serde_json::json!({"name": null, "count": 16}));
    assert_eq!(summary(&["--owner", "Chief Constables"])["overdue"], 12);
    assert_eq!(summary(&["--owner", "Chief Constables"])["total"], 15);
    assert_eq!(summary(&["--owner", "Chief Constables", "--sole"])["total"], 12);
    assert_eq!(summary(&["--owner", "Home Office"])["overdue"], 0);
}

#[test]
fn what_the_source_leaves_blank_is_absent() {
    let folder = repository().join("plans/stalking-super-complaint");
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("the plan's folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a file of the plan");
        let table: toml::Table = text.parse().expect("TOML");
        if path.ends_with("plan.toml") {
            continue;
        }
        files += 1;
        assert!(!table.contains_key("rag"), "{}", path.display());
        for update in table.get("update").and_then(toml::Value::as_array).into_iter().flatten() {
            assert!(update.get("date").is_none(), "{}", path.display());
        }
    }
    assert_eq!(files, 29);
}
