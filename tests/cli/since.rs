//! `--since`: what a change has done since a revision.

use crate::common::{HEAD, recommendation};
use crate::repo::Repo;
use plan::git::Repository;
use std::fs;

#[test]
fn where_histories_part_is_found() {
    let mut repo = Repo::new();
    repo.write("plans/force/plan.toml", HEAD);
    let first = repo.commit("2025-03-01", "Take over the plan");
    repo.write("plans/force/01-a.toml", &recommendation("1", ""));
    let main = repo.commit("2025-03-03", "Add the first");
    repo.write("plans/force/02-b.toml", &recommendation("2", ""));
    let branch = repo.commit_after("2025-03-02", "Add the second", "refs/heads/branch", [first]);
    repo.commit_after("2025-03-04", "Merge main", "refs/heads/branch", [branch, main]);
    let later = repo.commit_after("2025-03-05", "Move on", "refs/heads/main", [main]);
    let other = repo.commit_after("2025-03-01", "Begin anew", "refs/heads/other", []);

    let names = ["main", "branch", "branch~1", "other"];
    let git = Repository::discover(repo.path()).expect("a repository");
    let [on_main, on_branch, before, unrelated] = names.map(|name| git.find(name).expect("a commit").id);
    assert_eq!(on_main.to_string(), later.to_string());
    assert_eq!(unrelated.to_string(), other.to_string());
    let base = |a, b| git.merge_base(a, b).expect("a history").map(|id| id.to_string());
    assert_eq!(base(on_main, before), Some(first.to_string()));
    assert_eq!(base(on_branch, on_main), Some(main.to_string()), "a merge brings it forward");
    assert_eq!(base(on_branch, before), Some(before.to_string()));
    assert_eq!(base(on_main, on_main), Some(later.to_string()));
    assert_eq!(base(on_main, unrelated), None);

    // A clone that was cut off above it knows of none.
    fs::write(repo.path().join(".git/shallow"), format!("{main}\n{branch}\n")).expect("written");
    fs::remove_file(repo.object(first)).expect("the object is a file");
    assert_eq!(base(on_main, before), None);
    assert_eq!(base(on_branch, on_main), Some(main.to_string()), "so far it goes");
}
