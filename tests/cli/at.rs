//! `--at`: plans as a revision has them.

use crate::common::{HEAD, plan, recommendation, told};
use crate::repo::Repo;
use gix::objs::tree::EntryKind;
use insta::assert_snapshot;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A month of a plan: two recommendations, then a status, then a third.
fn month() -> Repo {
    let mut repo = Repo::new();
    fill(&mut repo, "");
    repo
}

fn fill(repo: &mut Repo, folder: &str) {
    let path = |name: &str| format!("{folder}plans/force/{name}");
    let open = |id: &str, more: &str| recommendation(id, &format!("deadline = 2025-03-20\n{more}"));
    repo.write(&path("plan.toml"), HEAD);
    repo.write(&path("01-a.toml"), &open("1", "")).write(&path("02-b.toml"), &open("2", ""));
    repo.commit("2025-03-01", "Take over the plan");
    repo.write(&path("01-a.toml"), &open("1", "status = \"Complete\""));
    let second = repo.commit("2025-03-10", "Report the first as done");
    repo.tag("refs/tags/march-board", second);
    repo.write(&path("03-c.toml"), &open("3", ""));
    repo.commit("2025-03-25", "Add the third");
}

/// What a run in a folder gives, with no day set.
fn at(folder: &Path, arguments: &[&str]) -> String {
    let mut command: Command = plan(folder, arguments);
    told(command.env_remove("PLAN_AS_OF"))
}

#[test]
fn a_revision_is_read_as_of_its_own_day() {
    let repo = month();
    let list = ["list", "--columns", "id,deadline,status", "--at"];
    let list = |revision: &str| at(repo.path(), &[&list[..], &[revision]].concat());
    assert_snapshot!(list("HEAD"), @"
    exit 0
    ---- out
    Id  Deadline                     Status
    1   20 Mar 2025                  Complete
    2   20 Mar 2025, 5 days overdue  not reported
    3   20 Mar 2025, 5 days overdue  not reported

    3 recommendations: 2 overdue, 3 not rated
    ---- err
    note: plans as of commit 7adfdb0a of 25 Mar 2025: Add the third
    ");
    assert_snapshot!(list("march-board"), @"
    exit 0
    ---- out
    Id  Deadline               Status
    1   20 Mar 2025            Complete
    2   20 Mar 2025, due soon  not reported

    2 recommendations: 2 not rated
    ---- err
    note: plans as of commit 73cccd07 of 10 Mar 2025: Report the first as done
    ");
    assert_eq!(list("HEAD~1"), list("march-board"));
    assert_snapshot!(at(repo.path(), &["summary", "--at", "HEAD~2", "--as-of", "2025-04-01", "-q"]), @"
    exit 0
    ---- out
    Test plan
    as of 1 Apr 2025

    2 recommendations: 2 open

    Overdue                          2
    Milestones missed                0
    Due soon (within 30 days)        0
    Undated deadline                 0
    No deadline                      0
    Held elsewhere (no report held)  0
    Stale (no update for 90 days)    0
    Never updated                    2
    Updates undated                  0

    Status        Red  Green  not rated  Total
    On Track        ·      ·          ·      ·
    Complete        ·      ·          ·      ·
    not reported    ·      ·          2      2
    Total           ·      ·          2      2

    2 not rated. Implied by dates and status, after the plan's own definitions: Red 2
    ");
}

#[test]
fn a_day_stands_for_the_last_commit_by_then() {
    let repo = month();
    let count = |day: &str| at(repo.path(), &["list", "--columns", "id", "--at", day, "-q"]);
    assert_eq!(
        count("2025-03-10"),
        at(repo.path(), &["list", "--columns", "id", "--at", "march-board", "-q"])
    );
    assert_eq!(count("2025-03-24"), count("2025-03-10"));
    assert_ne!(count("2025-03-25"), count("2025-03-10"));
    assert_snapshot!(count("2025-02-28"), @"
    exit 2
    ---- err
    error: there is no commit by 28 Feb 2025: the history begins on 1 Mar 2025
    ");
    // A tag of that name goes before the day.
    repo.tag("refs/tags/2025-03-24", repo.git().head_id().expect("a commit").detach());
    assert_eq!(count("2025-03-24"), count("2025-03-25"));
}

#[test]
fn what_is_no_revision_is_an_error_with_the_remedy() {
    let repo = month();
    let list = |revision: &str| at(repo.path(), &["list", "--at", revision]);
    assert_snapshot!(list("march-bord"), @"
    exit 2
    ---- err
    error: unknown revision `march-bord`: did you mean `march-board`?
    ");
    assert_snapshot!(list("HEAD~7"), @"
    exit 2
    ---- err
    error: `HEAD` is there, and nothing is at `HEAD~7`; the history is shorter, or an object is missing or damaged: `git fsck` tells which
    ");
    assert_snapshot!(list("HEAD^{tree}"), @"
    exit 2
    ---- err
    error: `HEAD^{tree}` is no commit
    ");
    assert_snapshot!(list("main@{2024-01-01}"), @"
    exit 2
    ---- err
    error: nobody knows what main was then: its log here begins on 1 Mar 2025; a day alone, such as `2024-01-01`, asks the history instead
    ");
    assert_snapshot!(list("main@{yesterday}"), @"
    exit 2
    ---- err
    error: unknown revision `main@{yesterday}`: did you mean `main@{2025-03-27}`?
    ");
    assert_snapshot!(list(""), @"
    exit 2
    ---- err
    error: unknown revision ``: name a branch, a tag, a commit, or a day such as 2025-03-27
    ");
    assert_snapshot!(at(Repo::new().path(), &["list", "--at", "HEAD"]), @"
    exit 2
    ---- err
    error: this repository has no commit yet
    ");
    let nowhere = tempfile::TempDir::new().expect("a folder");
    let told = at(nowhere.path(), &["list", "--at", "HEAD"]);
    assert_snapshot!(told.replace(&*nowhere.path().to_string_lossy(), "FOLDER"), @"
    exit 2
    ---- err
    error: FOLDER is in no git repository: go to one, name it with -C, or make one with `git init`
    ");
}

#[test]
fn findings_are_placed_in_the_files_of_the_revision() {
    let mut repo = month();
    repo.write("plans/force/04-d.toml", "id = \"4\"\ntitel = \"x\"\n");
    repo.commit("2025-03-26", "Break something");
    repo.remove("plans/force/04-d.toml");
    assert!(at(repo.path(), &["validate"]).starts_with("exit 0"));
    assert_snapshot!(at(repo.path(), &["validate", "--at", "HEAD", "plans/force/04-d.toml"]), @r#"
    exit 1
    ---- out
    error[missing-key]: this recommendation has no `owners`
      ╭▸ plans/force/04-d.toml:1:1
      │
    1 │ id = "4"
      │ ━━
      │
      ╰ help: add who answers for it: `owners = ["..."]`

    error[missing-key]: this recommendation has no `text`
      ╭▸ plans/force/04-d.toml:1:1
      │
    1 │ id = "4"
      │ ━━
      │
      ╰ help: add the recommendation's own words: `text = """..."""`

    error[unknown-key]: unknown key `titel` in a recommendation
      ╭▸ plans/force/04-d.toml:2:1
      │
    2 │ titel = "x"
      │ ━━━━━
      │
      ╰ help: did you mean `title`?

    plans/force/04-d.toml: 3 errors
    ---- err
    note: plans as of commit 5b812408 of 26 Mar 2025: Break something
    "#);
    assert_snapshot!(at(repo.path(), &["check", "--at", "HEAD~1", "--format", "json", "--only", "overdue"]), @r#"
    exit 1
    ---- out
    {
      "schema": "plan/check/1",
      "as_of": "2025-03-25",
      "at": "7adfdb0afb93c66ebcd59bf6f65b78449efa3280",
      "unread": [],
      "findings": [
        {
          "rule": "overdue",
          "severity": "error",
          "message": "2 is 5 days overdue: it was due on 20 Mar 2025",
          "path": "force/02-b.toml",
          "line": 4,
          "column": 12,
          "end_line": 4,
          "end_column": 22,
          "help": "close it if it is done; if the deadline was moved, record an [[extension]]",
          "id": "2",
          "accepted": null
        },
        {
          "rule": "overdue",
          "severity": "error",
          "message": "3 is 5 days overdue: it was due on 20 Mar 2025",
          "path": "force/03-c.toml",
          "line": 4,
          "column": 12,
          "end_line": 4,
          "end_column": 22,
          "help": "close it if it is done; if the deadline was moved, record an [[extension]]",
          "id": "3",
          "accepted": null
        }
      ],
      "counts": {
        "error": 2,
        "warning": 0,
        "note": 0,
        "accepted": 0
      }
    }
    ---- err
    note: plans as of commit 7adfdb0a of 25 Mar 2025: Add the third
    "#);
    assert_snapshot!(at(repo.path(), &["validate", "--at", "HEAD~1", "plans/force/04-d.toml"]), @"
    exit 2
    ---- err
    note: plans as of commit 7adfdb0a of 25 Mar 2025: Add the third
    error: plans/force/04-d.toml is no file of a plan, and no folder that holds one
    ");
}

#[test]
fn links_and_submodules_are_named_and_not_read() {
    let mut repo = month();
    repo.stage("plans/force/05-e.toml", EntryKind::Link, "/etc/passwd");
    repo.stage("plans/other", EntryKind::Commit, "1111111111111111111111111111111111111111");
    repo.commit("2025-03-27", "Link to elsewhere");
    assert_snapshot!(at(repo.path(), &["list", "--at", "HEAD", "--columns", "id"]), @"
    exit 2
    ---- out
    Id
    1
    2
    3

    3 recommendations: 2 overdue, 3 not rated
    2 files or folders could not be read: what is in them is missing here
    ---- err
    note: plans as of commit e754a18e of 27 Mar 2025: Link to elsewhere
    error: plans/force/05-e.toml could not be read: a symbolic link: it could lead out of the plans, and is not followed
    error: plans/other could not be read: a submodule: what is in it is in another repository, and is not read from this one
    ");
    assert!(at(repo.path(), &["validate", "--at", "HEAD"]).starts_with("exit 1"));
}

#[test]
fn a_repository_of_any_shape_is_read() {
    let expected = at(month().path(), &["list", "--at", "HEAD"]);
    let without_commits = |told: &str| {
        told.lines().filter(|line| !line.starts_with("note: plans as of")).collect::<Vec<_>>().join("\n")
    };
    let expected = without_commits(&expected);
    let listed = |folder: &Path| without_commits(&at(folder, &["list", "--at", "HEAD"]));

    let mut bare = Repo::with(gix::create::Kind::Bare, gix::hash::Kind::Sha1);
    fill(&mut bare, "");
    assert_eq!(listed(bare.path()), expected, "bare");

    let mut longer = Repo::with(gix::create::Kind::WithWorktree, gix::hash::Kind::Sha256);
    fill(&mut longer, "");
    assert_eq!(listed(longer.path()), expected, "SHA-256");

    let mut deep = Repo::new();
    fill(&mut deep, "forces/leicestershire/");
    assert_eq!(listed(&deep.path().join("forces/leicestershire/plans/force")), expected, "in a folder");

    let packed = month();
    let head = packed.git().head_id().expect("a commit");
    fs::write(packed.path().join(".git/packed-refs"), format!("{head} refs/heads/main\n")).expect("written");
    fs::remove_file(packed.path().join(".git/refs/heads/main")).expect("the branch is a file");
    assert_eq!(listed(packed.path()), expected, "packed references");

    let main = month();
    let linked = tempfile::TempDir::new().expect("a folder");
    let kept = main.path().join(".git/worktrees/linked");
    fs::create_dir_all(&kept).expect("a folder can be made");
    for (name, content) in [
        ("HEAD", main.git().head_id().expect("a commit").to_string()),
        ("commondir", "../..".to_owned()),
        ("gitdir", linked.path().join(".git").to_string_lossy().into_owned()),
    ] {
        fs::write(kept.join(name), content + "\n").expect("written");
    }
    fs::write(linked.path().join(".git"), format!("gitdir: {}\n", kept.display())).expect("written");
    assert_eq!(listed(linked.path()), expected, "a linked work tree");
}

#[test]
fn what_the_history_lacks_is_named() {
    // A shallow clone: the first commits are not there.
    let repo = month();
    let head = repo.git().head_commit().expect("a commit");
    let first = head.parent_ids().next().expect("a parent").detach();
    fs::write(repo.path().join(".git/shallow"), format!("{}\n", head.id())).expect("written");
    fs::remove_file(repo.object(first)).expect("the object is a file");
    assert_snapshot!(at(repo.path(), &["list", "--at", "2025-03-02"]), @"
    exit 2
    ---- err
    error: this clone is shallow, and does not reach back to 2 Mar 2025: `git fetch --unshallow` gets the whole history
    ");

    // A file's content is damaged.
    let repo = month();
    let tree = repo.git().head_tree().expect("a tree");
    let file = tree.lookup_entry_by_path("plans/force/03-c.toml").expect("a tree").expect("a file");
    let id = file.object_id();
    let mut permissions = fs::metadata(repo.object(id)).expect("a file").permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a folder that only the test has")]
    permissions.set_readonly(false);
    fs::set_permissions(repo.object(id), permissions).expect("set");
    fs::write(repo.object(id), "garbage").expect("written");
    assert_snapshot!(at(repo.path(), &["list", "--at", "HEAD", "--columns", "id"]), @"
    exit 2
    ---- out
    Id
    1
    2

    2 recommendations: 1 overdue, 2 not rated
    1 file could not be read: what is in it is missing here
    ---- err
    note: plans as of commit 7adfdb0a of 25 Mar 2025: Add the third
    error: plans/force/03-c.toml could not be read: the git object f7b191bb9a0885c67cd5c095225549e6d244e26c is damaged: `git fsck` tells more
    ");
    fs::remove_file(repo.object(id)).expect("removed");
    assert_snapshot!(at(repo.path(), &["check", "--at", "HEAD", "--only", "overdue"]), @"
    exit 2
    ---- out
    error[overdue]: 2 is 5 days overdue: it was due on 20 Mar 2025
      ╭▸ plans/force/02-b.toml:4:12
      │
    4 │ deadline = 2025-03-20
      │            ━━━━━━━━━━
      │
      ╰ help: close it if it is done; if the deadline was moved, record an [[extension]]

    2 recommendations in 1 plan: 1 error
    ---- err
    note: plans as of commit 7adfdb0a of 25 Mar 2025: Add the third
    error: plans/force/03-c.toml could not be read: the git object f7b191bb9a0885c67cd5c095225549e6d244e26c is not in this repository; `git fsck` tells more
    ");
}

#[test]
fn nothing_that_a_repository_configures_is_run() {
    let mut repo = Repo::new();
    let marker = repo.path().join("ran");
    let command = format!("touch {}", marker.display());
    repo.write(".gitattributes", "*.toml filter=evil diff=evil\n");
    fill(&mut repo, "");
    let config = format!(
        "\n[core]\n\tfsmonitor = {command}\n\thooksPath = hooks\n[filter \"evil\"]\n\tsmudge = {command}\n\tclean = {command}\n[diff \"evil\"]\n\ttextconv = {command}\n"
    );
    let path = repo.path().join(".git/config");
    let before = fs::read_to_string(&path).expect("a configuration");
    fs::write(path, before + &config).expect("written");
    assert!(at(repo.path(), &["list", "--at", "HEAD"]).starts_with("exit 0"));
    assert!(!marker.exists());
}

#[test]
fn a_revision_has_its_own_day_whatever_day_the_environment_has() {
    let repo = month();
    let list = |arguments: &[&str]| told(&mut plan(repo.path(), &[&["summary", "-q"], arguments].concat()));
    let overdue = |told: &str| told.lines().find(|l| l.starts_with("Overdue")).map(str::to_owned);
    // The environment says 28 March, the day on which two are overdue.
    assert_eq!(overdue(&list(&[])).as_deref(), Some("Overdue                          2"));
    assert_eq!(
        overdue(&list(&["--at", "march-board"])).as_deref(),
        Some("Overdue                          0")
    );
    let asked = list(&["--at", "march-board", "--as-of", "2025-03-28"]);
    assert_eq!(overdue(&asked).as_deref(), Some("Overdue                          1"));
    let wrong = told(plan(repo.path(), &["summary"]).env("PLAN_AS_OF", "28/03/2025"));
    assert_snapshot!(wrong, @"
    exit 2
    ---- err
    error: invalid value '28/03/2025' in PLAN_AS_OF: write it as 2025-03-28
    ");
}

#[test]
fn a_reftable_is_named_with_the_remedy() {
    let repo = month();
    fs::create_dir(repo.path().join(".git/reftable")).expect("a folder");
    let real = repo.path().canonicalize().expect("a folder");
    let told = at(repo.path(), &["list", "--at", "HEAD"]).replace(&*real.to_string_lossy(), "FOLDER");
    assert_snapshot!(told, @"
    exit 2
    ---- err
    error: the git repository of FOLDER cannot be read: it keeps its branches in a reftable; `git refs migrate --ref-format=files` changes that
    ");
}

#[test]
fn a_commit_of_no_time_at_all_is_read_all_the_same() {
    let repo = month();
    for seconds in ["8210266876799", "-999999999999"] {
        let time = format!("{seconds} +1400");
        let author =
            gix::actor::SignatureRef { name: "Office".into(), email: "x@example.org".into(), time: &time };
        let parent = repo.git().head_id().expect("a commit").detach();
        let tree = repo.git().head_tree_id().expect("a tree").detach();
        repo.git().commit_as(author, author, "HEAD", "Far away", tree, [parent]).expect("a commit");
        for arguments in
            [&["list", "--at", "HEAD"][..], &["trend", "--by", "month"], &["log"], &["diff", "HEAD"]]
        {
            let told = at(repo.path(), arguments);
            assert!(told.starts_with("exit 0"), "{arguments:?}: {told}");
            assert!(told.len() < 20_000, "{arguments:?}: {} bytes", told.len());
        }
    }
}
