//! `--since`: what a change has done since a revision.

use crate::common::{HEAD, plan, recommendation, told};
use crate::repo::Repo;
use gix::ObjectId;
use insta::assert_snapshot;
use plan::git::Repository;
use std::fs;
use std::path::Path;

fn run(folder: &Path, arguments: &[&str]) -> String {
    told(&mut plan(folder, arguments))
}

fn validate(repo: &Repo, since: &str) -> String {
    run(repo.path(), &["validate", "--since", since])
}

/// A file of the plan `force`.
fn path(name: &str) -> String {
    format!("plans/force/{name}")
}

const UPDATE: &str = "\n[[update]]\ndate = 2025-02-01\ntext = \"The supplier has promised it for May.\"\n";

/// A plan of three recommendations, committed to main.
fn three() -> (Repo, ObjectId) {
    let mut repo = Repo::new();
    repo.write(&path("plan.toml"), HEAD);
    repo.write(&path("01-a.toml"), &(recommendation("1", "deadline = 2025-03-27") + UPDATE));
    repo.write(&path("02-b.toml"), &recommendation("2", "deadline = 2025-03-27\nstatus = \"On Track\""));
    repo.write(&path("03-c.toml"), &recommendation("3", ""));
    let first = repo.commit("2025-03-01", "Take over the plan");
    (repo, first)
}

/// Moves the deadline of 1 without a word.
fn slip(repo: &mut Repo) {
    repo.write(&path("01-a.toml"), &(recommendation("1", "deadline = 2025-09-27") + UPDATE));
}

/// The same, as it is told.
const SLIP: &str = "error[silent-extension]: 1 was due on 27 Mar 2025 and is now due on 27 Sep 2025";

/// Puts HEAD on a branch.
fn switch(repo: &Repo, branch: &str) {
    fs::write(repo.path().join(".git/HEAD"), format!("ref: refs/heads/{branch}\n")).expect("written");
}

/// What was done in silence: the slip, a word put in, a text, a status, and a file.
fn in_silence(repo: &mut Repo) {
    repo.write(&path("02-b.toml"), &recommendation("2", "deadline = 2025-03-27\nstatus = \"Complete\""));
    repo.commit("2025-03-10", "Report the second as done");
    let rewritten = UPDATE.replace("May", "August");
    repo.write(&path("01-a.toml"), &(recommendation("1", "deadline = 2025-09-27") + &rewritten));
    let second = recommendation("2", "deadline = 2025-03-27\nstatus = \"On Track\"");
    repo.write(&path("02-b.toml"), &second.replace("Text 2.", "Some of text 2."));
    repo.remove(&path("03-c.toml"));
}

#[test]
fn what_a_change_does_in_silence_is_told() {
    let (mut repo, _) = three();
    in_silence(&mut repo);
    assert_snapshot!(validate(&repo, "HEAD"));
    assert!(run(repo.path(), &["validate"]).starts_with("exit 0"), "without --since nothing is compared");
    assert_snapshot!(run(repo.path(), &["validate", "--since", "HEAD", "--format", "github"]));
    assert_snapshot!(run(
        repo.path(),
        &[
            "check",
            "--since",
            "HEAD",
            "--format",
            "json",
            "--only",
            "silent-extension",
            "--only",
            "recommendation-deleted"
        ]
    ));
    assert_snapshot!(run(&repo.path().join("plans/force"), &["validate", "--since", "HEAD", "02-b.toml"]));
}

#[test]
fn what_is_new_moved_or_renamed_is_no_loss() {
    let (mut repo, _) = three();
    let first = fs::read_to_string(repo.path().join(path("01-a.toml"))).expect("a file");
    repo.remove(&path("01-a.toml")).write(&path("01-other-words.toml"), &first);
    repo.write(&path("04-d.toml"), &recommendation("4", ""));
    repo.write("plans/council/plan.toml", &HEAD.replace("Test plan", "Another plan"));
    repo.write("plans/council/01-a.toml", &recommendation("1", "deadline = 2025-03-27"));
    assert_snapshot!(validate(&repo, "HEAD"), @"
    exit 0
    ---- out
    5 recommendations in 2 plans: no findings
    ");
    // The folder of the plan moves as a whole, and 1 slips on the way.
    for name in ["plan.toml", "01-other-words.toml", "02-b.toml", "03-c.toml", "04-d.toml"] {
        let text = fs::read_to_string(repo.path().join(path(name))).expect("a file");
        let text = text.replace(
            "Title 1\"\nowners = [\"Force\"]\ndeadline = 2025-03-27",
            "Title 1\"\nowners = [\"Force\"]\ndeadline = 2025-04-27",
        );
        repo.remove(&path(name)).write(&format!("plans/midlands/the-force/{name}"), &text);
    }
    assert_snapshot!(validate(&repo, "HEAD"), @"
    exit 1
    ---- out
    error[silent-extension]: 1 was due on 27 Mar 2025 and is now due on 27 Apr 2025 (31 days later), and no new [[extension]] says why
      ╭▸ plans/midlands/the-force/01-other-words.toml:4:12
      │
    4 │ deadline = 2025-04-27
      │            ━━━━━━━━━━
      │
      ╰ help: add an [[extension]] with `from = 2025-03-27`, `to = 2025-04-27` and its `reason`, or put the date back

    5 recommendations in 2 plans: 1 error
    ");
    // A plan that is gone is told once.
    repo.commit("2025-03-20", "Move the plan");
    for name in ["plan.toml", "01-a.toml"] {
        repo.remove(&format!("plans/council/{name}"));
    }
    assert_snapshot!(validate(&repo, "HEAD"), @r#"
    exit 1
    ---- out
    error[recommendation-deleted]: "Another plan" is gone, with 1 recommendation
     ╭▸ plans/council/plan.toml
     ╰ help: put its folder back: a plan that is finished stays, with what became of each recommendation

    4 recommendations in 1 plan: 1 error
    "#);
}

#[test]
fn where_nothing_stood_nothing_is_compared() {
    let mut repo = Repo::new();
    repo.write("README.md", "Plans.\n");
    repo.commit("2025-03-01", "Begin");
    repo.write(&path("plan.toml"), HEAD).write(&path("01-a.toml"), &recommendation("1", ""));
    assert_snapshot!(validate(&repo, "HEAD"), @"
    exit 0
    ---- out
    1 recommendation in 1 plan: no findings
    ---- err
    note: there is no plan in HEAD yet: nothing is compared
    ");
    fs::create_dir_all(repo.path().join("force/x")).expect("a folder");
    assert_eq!(run(repo.path(), &["validate", "--since", "HEAD", "-C", "force/x"]), validate(&repo, "HEAD"));
}

#[test]
fn what_was_done_elsewhere_meanwhile_is_nobodys_change_here() {
    let (mut repo, first) = three();
    repo.write(&path("02-b.toml"), &recommendation("2", "deadline = 2025-03-27\nstatus = \"Complete\""));
    let main = repo.commit("2025-03-10", "Report the second as done");
    // A branch was cut before, and does not know of it.
    repo.write(&path("02-b.toml"), &recommendation("2", "deadline = 2025-03-27\nstatus = \"On Track\""));
    repo.write(&path("04-d.toml"), &recommendation("4", ""));
    let branch = repo.commit_after("2025-03-12", "Add the fourth", "refs/heads/branch", [first]);
    switch(&repo, "branch");
    assert_snapshot!(validate(&repo, "main"), @"
    exit 0
    ---- out
    4 recommendations in 1 plan: no findings
    ---- err
    note: main has moved on since commit b8477f19 of 1 Mar 2025: changes are counted from there
    ");
    assert!(validate(&repo, &main.to_string()).contains("has moved on since commit"));
    assert!(!validate(&repo, "HEAD").contains("note:"));
    // What the branch does itself is told, committed or not.
    slip(&mut repo);
    assert!(validate(&repo, "main").contains(SLIP));
    repo.commit_after("2025-03-13", "Slip", "refs/heads/branch", [branch]);
    assert!(validate(&repo, "main").contains(SLIP));
    assert!(!validate(&repo, "HEAD").contains(SLIP));
    // Nothing in common: there is nothing to count from.
    repo.commit_after("2025-03-14", "Begin anew", "refs/heads/other", []);
    assert_snapshot!(validate(&repo, "other"), @"
    exit 2
    ---- err
    error: 5d87399a and d7ede98b have no commit in common: name two revisions of one history
    ");
    // Or it was never fetched.
    fs::write(repo.path().join(".git/shallow"), format!("{branch}\n{main}\n")).expect("written");
    fs::remove_file(repo.object(first)).expect("the object is a file");
    assert_snapshot!(validate(&repo, "main"), @"
    exit 2
    ---- err
    error: 83699940 and d7ede98b have no commit in common here, as this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow, gets the whole history
    ");
    assert_snapshot!(validate(&repo, "origin/main"), @"
    exit 2
    ---- err
    error: unknown revision `origin/main`: name a branch, a tag, a commit, or a day such as 2025-03-27 (this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow, gets the whole history)
    ");
}

#[test]
fn two_revisions_are_compared() {
    let (mut repo, first) = three();
    slip(&mut repo);
    let second = repo.commit("2025-03-10", "Slip");
    repo.write(&path("03-c.toml"), &recommendation("3", "rag = \"Bogus\""));
    let since = |since: &str, at: &str| run(repo.path(), &["validate", "--since", since, "--at", at]);
    assert_snapshot!(since("HEAD~1", "HEAD"), @"
    exit 1
    ---- out
    error[silent-extension]: 1 was due on 27 Mar 2025 and is now due on 27 Sep 2025 (184 days later), and no new [[extension]] says why
      ╭▸ plans/force/01-a.toml:4:12
      │
    4 │ deadline = 2025-09-27
      │            ━━━━━━━━━━
      │
      ╰ help: add an [[extension]] with `from = 2025-03-27`, `to = 2025-09-27` and its `reason`, or put the date back

    3 recommendations in 1 plan: 1 error
    ---- err
    note: plans as of commit 2af3b693 of 10 Mar 2025: Slip
    ");
    assert!(!since(&second.to_string(), "HEAD").contains("silent-extension"));
    // Asked for the wrong way round, there is nothing that the older has done since the younger.
    assert_snapshot!(since("HEAD", &first.to_string()), @"
    exit 0
    ---- out
    3 recommendations in 1 plan: no findings
    ---- err
    note: plans as of commit b8477f19 of 1 Mar 2025: Take over the plan
    note: HEAD has moved on since commit b8477f19 of 1 Mar 2025: changes are counted from there
    ");
}

#[test]
fn no_change_switches_its_own_review_off() {
    let (mut repo, _) = three();
    let exception = "\n[[exception]]\nrule = \"silent-extension\"\nids = [\"1\"]\nreason = \"The date was a slip of the pen.\"\napproved_by = \"Board\"\nuntil = 2025-03-27\n";
    let summary = |told: &str| {
        let heads = told.lines().filter(|line| line.contains("silent-extension") || line.contains("help:"));
        heads.map(|line| format!("{line}\n")).collect::<String>()
    };
    slip(&mut repo);
    repo.write(&path("plan.toml"), &format!("{HEAD}\n[rules]\nsilent-extension = \"off\"\n"));
    assert!(validate(&repo, "HEAD").contains(SLIP));
    repo.write(&path("plan.toml"), &format!("{HEAD}{exception}"));
    assert_snapshot!(summary(&validate(&repo, "HEAD")), @"
    error[silent-extension]: 1 was due on 27 Mar 2025 and is now due on 27 Sep 2025 (184 days later), and no new [[extension]] says why
      ╰ help: add an [[extension]] with `from = 2025-03-27`, `to = 2025-09-27` and its `reason`, or put the date back; an [[exception]] counts only for later changes than its own
    ");
    // Once it stands, it counts, by its last day where there is one today; and may go with what it accepts.
    repo.write(&path("01-a.toml"), &(recommendation("1", "deadline = 2025-03-27") + UPDATE));
    repo.commit("2025-03-20", "Accept what is to come");
    assert!(run(repo.path(), &["validate", "--strict"]).starts_with("exit 0"), "its rule has not run");
    slip(&mut repo);
    repo.write(&path("plan.toml"), HEAD);
    assert_snapshot!(validate(&repo, "HEAD"), @"
    exit 0
    ---- out
    accepted[silent-extension]: 1 was due on 27 Mar 2025 and is now due on 27 Sep 2025 (184 days later), and no new [[extension]] says why
      ╭▸ plans/force/01-a.toml:4:12
      │
    4 │ deadline = 2025-09-27
      │            ━━━━━━━━━━
      │
      ├ note: accepted: The date was a slip of the pen. (until 27 Mar 2025)
      ╰ help: add an [[extension]] with `from = 2025-03-27`, `to = 2025-09-27` and its `reason`, or put the date back

    3 recommendations in 1 plan: no findings; 1 accepted
    ");
    let check =
        |day| run(repo.path(), &["check", "--since", "HEAD", "--only", "silent-extension", "--as-of", day]);
    assert!(check("2025-03-27").starts_with("exit 0"));
    assert!(check("2025-03-28").contains(SLIP));
}

#[test]
fn what_a_change_does_is_always_new() {
    let (mut repo, _) = three();
    slip(&mut repo);
    let check = ["check", "--since", "HEAD", "--newly", "7d", "--as-of", "2025-03-28"];
    assert!(run(repo.path(), &check).contains(SLIP));
    assert_snapshot!(run(repo.path(), &["check", "--only", "silent-extension"]), @"
    exit 2
    ---- err
    error: `silent-extension` looks at what has changed: name a revision with --since
    ");
}

#[test]
fn what_the_revision_could_not_tell_is_named_and_not_compared() {
    let (mut repo, _) = three();
    let broken = "id = \"1\"\ntitle = Oops\n";
    let partly = recommendation("2", "deadline = \"27 March 2025\"").replace("Text 2.", "Another text.");
    repo.write(&path("01-a.toml"), broken).write(&path("02-b.toml"), &partly);
    repo.commit("2025-03-10", "Break two files");
    slip(&mut repo);
    repo.write(&path("02-b.toml"), &recommendation("2", "deadline = 2025-09-27"));
    assert_snapshot!(validate(&repo, "HEAD"), @r#"
    exit 0
    ---- out
    warning[wording-changed]: the text of 2 is not what it was
      ╭▸ plans/force/02-b.toml:5:8
      │
    5 │ text = "Text 2."
      │        ━━━━━━━━━
      │
      ╰ help: put the words of the report back; if they had been copied wrongly, compare these with it

    3 recommendations in 1 plan: 1 warning
    ---- err
    note: not compared with HEAD:plans/force/01-a.toml where it could not be read: line 2: text without quotes
    note: not compared with HEAD:plans/force/02-b.toml where it could not be read: line 4: a date was expected here, not a string
    "#);
    assert_snapshot!(run(repo.path(), &["validate", "--since", "HEAD", "--format", "json", "plans/force/01-a.toml"]), @r#"
    exit 0
    ---- out
    {
      "schema": "plan/validate/1",
      "as_of": null,
      "at": null,
      "unread": [
        {
          "path": "HEAD:plans/force/01-a.toml",
          "message": "line 2: text without quotes"
        }
      ],
      "findings": [],
      "counts": {
        "error": 0,
        "warning": 0,
        "note": 0,
        "accepted": 0
      }
    }
    ---- err
    note: not compared with HEAD:plans/force/01-a.toml where it could not be read: line 2: text without quotes
    "#);
    // Where its plan.toml cannot be read, there is no plan.
    repo.write(&path("plan.toml"), "title = Oops\n");
    repo.commit("2025-03-12", "Break the head");
    repo.write(&path("plan.toml"), HEAD).remove(&path("03-c.toml"));
    assert_snapshot!(validate(&repo, "HEAD"), @"
    exit 0
    ---- out
    2 recommendations in 1 plan: no findings
    ---- err
    note: not compared with HEAD:plans/force/plan.toml where it could not be read: line 1: text without quotes; nothing of this plan is compared
    ");
}

#[test]
fn what_git_does_not_give_is_an_error() {
    let (mut repo, _) = three();
    let file = {
        let tree = repo.git().head_tree().expect("a tree");
        tree.lookup_entry_by_path(path("03-c.toml")).expect("a tree").expect("a file").object_id()
    };
    fs::remove_file(repo.object(file)).expect("the object is a file");
    slip(&mut repo);
    assert_snapshot!(validate(&repo, "HEAD"), @"
    exit 2
    ---- out
    error[silent-extension]: 1 was due on 27 Mar 2025 and is now due on 27 Sep 2025 (184 days later), and no new [[extension]] says why
      ╭▸ plans/force/01-a.toml:4:12
      │
    4 │ deadline = 2025-09-27
      │            ━━━━━━━━━━
      │
      ╰ help: add an [[extension]] with `from = 2025-03-27`, `to = 2025-09-27` and its `reason`, or put the date back

    3 recommendations in 1 plan: 1 error
    ---- err
    error: HEAD:plans/force/03-c.toml could not be read: the git object 63c4287e4f5f066b76c85eacec81e224e9b46f77 is not in this repository; `git fsck` tells more
    ");
}

#[test]
fn what_is_no_revision_is_an_error() {
    let (repo, _) = three();
    assert_snapshot!(validate(&repo, "mian"), @"
    exit 2
    ---- err
    error: unknown revision `mian`: did you mean `main`?
    ");
    let plans = crate::common::Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    assert_snapshot!(plans.run(&["validate", "--since", "main"]), @"
    exit 2
    ---- err
    error: FOLDER is in no git repository: go to one, name it with -C, or make one with `git init`
    ");
    assert_snapshot!(run(Repo::new().write(&path("plan.toml"), HEAD).path(), &["validate", "--since", "main"]), @"
    exit 2
    ---- err
    error: this repository has no commit yet
    ");
}

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
