//! `plan diff`: what changed between two revisions, or a revision and the work tree.

use crate::common::{HEAD, plan, recommendation, told};
use crate::repo::Repo;
use insta::assert_snapshot;

/// A fortnight of a plan: a deadline moves with its reason, a file gets another name, one recommendation is
/// completed, one is late, one is new, one is gone, and the plan's own words change.
pub(crate) fn fortnight() -> Repo {
    let mut repo = Repo::new();
    let path = |name: &str| format!("plans/force/{name}");
    let of = |id: &str, more: &str| recommendation(id, &format!("deadline = 2025-03-20\n{more}"));
    repo.write(&path("plan.toml"), HEAD);
    for (name, id) in [("01-a.toml", "1"), ("02-b.toml", "2"), ("03-c.toml", "3"), ("04-d.toml", "4")] {
        repo.write(&path(name), &of(id, ""));
    }
    repo.commit("2025-03-14", "Take over the plan");
    repo.write(
        &path("01-a.toml"),
        &(recommendation("1", "deadline = 2025-09-20\nstatus = \"On Track\"").replace("Text 1.", "The text of 1.")
            + "\n[[extension]]\nfrom = 2025-03-20\nto = 2025-09-20\non = 2025-03-17\nreason = \"The course is late.\"\napproved_by = \"Board\"\n"
            + "\n[[update]]\ndate = 2025-03-17\nstatus = \"On Track\"\ntext = \"The course was ordered.\"\n"),
    );
    repo.commit("2025-03-17", "Move the deadline of 1");
    repo.remove(&path("02-b.toml")).write(&path("02-renamed.toml"), &of("2", ""));
    repo.commit("2025-03-19", "Give the file of 2 a better name");
    repo.write(&path("03-c.toml"), &of("3", "rag = \"Green\"\nstatus = \"Complete\""));
    repo.write(&path("02-renamed.toml"), &of("2", "rag = \"Red\""));
    repo.remove(&path("04-d.toml")).write(&path("05-e.toml"), &recommendation("5", "deadline = 2026-03-20"));
    repo.write(&path("plan.toml"), &HEAD.replace("outlook = \"meet\"", "outlook = \"at-risk\""));
    repo.commit("2025-03-28", "Report to the board");
    repo
}

/// What a run in the repository gives, with no day set.
pub(crate) fn run(repo: &Repo, arguments: &[&str]) -> String {
    told(plan(repo.path(), arguments).env_remove("PLAN_AS_OF"))
}

#[test]
fn a_fortnight_can_be_followed() {
    let repo = fortnight();
    assert_snapshot!("fortnight", run(&repo, &["diff", "2025-03-14..HEAD"]));
    assert_snapshot!("fortnight_80", run(&repo, &["diff", "2025-03-14..HEAD", "--width", "80"]));
    assert_snapshot!("fortnight_markdown", run(&repo, &["diff", "HEAD~3", "HEAD", "--format", "markdown"]));
    assert_snapshot!("fortnight_csv", run(&repo, &["diff", "HEAD~3..", "--format", "csv"]));
    assert_snapshot!("fortnight_json", run(&repo, &["diff", "HEAD~3..", "--format", "json"]));
}

#[test]
fn a_renamed_file_is_no_change() {
    let repo = fortnight();
    assert_snapshot!(run(&repo, &["diff", "HEAD~2..HEAD~1", "--exit-code"]), @"
    exit 0
    ---- out
    Test plan
    17 Mar 2025 (57c2bf54) → 19 Mar 2025 (eac6f4e2)

    No update in the period (4): 1, 2, 3, 4

    Counts                17 Mar 2025  19 Mar 2025  Change
    Recommendations                 4            4
    Open                            4            4
    Due soon                        3            3
    Never updated                   3            3
    RAG: not rated                  4            4
    Status: On Track                1            1
    Status: not reported            3            3

    nothing changed in the files
    ");
}

#[test]
fn the_work_tree_is_compared_with_the_last_commit() {
    let mut repo = fortnight();
    let unchanged = told(&mut plan(repo.path(), &["diff", "--exit-code"]));
    assert!(unchanged.starts_with("exit 0") && unchanged.contains("nothing changed"), "{unchanged}");
    repo.write("plans/force/05-e.toml", &recommendation("5", "deadline = 2026-03-20\nrag = \"Red\""));
    assert_snapshot!(told(&mut plan(repo.path(), &["diff", "--exit-code"])), @"
    exit 1
    ---- out
    Test plan
    28 Mar 2025 (987a8e11) → 28 Mar 2025 (work tree)

    5  Title 5
      RAG  not rated → Red

    Now expected to miss the deadline (1): 5

    Counts                28 Mar 2025  28 Mar 2025  Change
    Recommendations                 4            4
    Open                            3            3
    Done                            1            1
    Overdue                         1            1
    Never updated                   2            2
    RAG: Red                        1            2      +1
    RAG: Green                      1            1
    RAG: not rated                  2            1      −1
    Status: On Track                1            1
    Status: Complete                1            1
    Status: not reported            2            2

    1 recommendation changed
    ");
    // A revision alone is compared with the work tree too.
    let older = told(&mut plan(repo.path(), &["diff", "HEAD~1", "--format", "csv"]));
    assert!(older.contains("force,5,Title 5,added,rag,,,Red"), "{older}");
}

#[test]
fn a_branch_is_compared_from_where_it_parted() {
    let mut repo = fortnight();
    let base = repo.git().head_id().expect("a commit").detach();
    repo.write("plans/force/06-f.toml", &recommendation("6", ""));
    let branch = repo.commit_after("2025-03-29", "Add the sixth", "refs/heads/side", [base]);
    repo.remove("plans/force/06-f.toml").write("plans/force/07-g.toml", &recommendation("7", ""));
    repo.commit("2025-03-30", "Add the seventh");
    let ids = |range: &str| {
        let out = run(&repo, &["diff", range, "--format", "csv", "-q"]);
        out.lines().filter(|l| l.contains("title")).skip(1).map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(ids("HEAD..side"), @"
    force,6,Title 6,added,title,,,Title 6
    force,7,Title 7,removed,title,,Title 7,
    ");
    assert_snapshot!(ids("HEAD...side"), @"force,6,Title 6,added,title,,,Title 6");
    assert_eq!(ids(&format!("main...{branch}")), ids("HEAD...side"));
    let orphan = repo.commit_after("2025-04-01", "Begin anew", "refs/heads/orphan", []);
    assert_snapshot!(run(&repo, &["diff", "HEAD...orphan"]).replace(&orphan.to_string()[..8], "ORPHAN"), @"
    exit 2
    ---- err
    error: 91110f7e and ORPHAN have no commit in common: name two revisions of one history
    ");
}

#[test]
fn a_plan_that_is_new_gone_or_moved() {
    let mut repo = fortnight();
    let file = recommendation("1", "");
    repo.write("plans/other/plan.toml", &HEAD.replace("Test plan", "Another plan"));
    repo.write("plans/other/01-x.toml", &file);
    repo.commit("2025-03-29", "Add a plan");
    assert_snapshot!(run(&repo, &["diff", "HEAD~1.."]), @r#"
    exit 0
    ---- out
    2 plans
    28 Mar 2025 (987a8e11) → 29 Mar 2025 (eeb9d51f)

    other

    plan "Another plan"  added
    1  Title 1  added

    No update in the period (3): force:1, force:2, force:5

    Counts                28 Mar 2025  29 Mar 2025  Change
    Recommendations                 4            5      +1
    Open                            3            4      +1
    Done                            1            1
    Overdue                         1            1
    No deadline                     ·            1      +1
    Never updated                   2            3      +1
    RAG: miss                       1            1
    RAG: met                        1            1
    RAG: not rated                  2            3      +1
    Status: open                    1            1
    Status: done                    1            1
    Status: not reported            2            3      +1

    1 recommendation added, 1 plan.toml added
    "#);
    repo.remove("plans/other/plan.toml").remove("plans/other/01-x.toml");
    repo.write("plans/north/other/plan.toml", &HEAD.replace("Test plan", "Another plan"));
    repo.write("plans/north/other/01-x.toml", &file.replace("Title 1", "First"));
    repo.commit("2025-03-30", "Move the plan");
    assert_snapshot!(run(&repo, &["diff", "HEAD~1..", "--plan", "north/other"]), @"
    exit 0
    ---- out
    Another plan
    29 Mar 2025 (eeb9d51f) → 30 Mar 2025 (540278c7)

    The plan itself
      plan   other → north/other

    1  First
      title  Title 1 → First

    No update in the period (1): 1

    Counts                29 Mar 2025  30 Mar 2025  Change
    Recommendations                 1            1
    Open                            1            1
    No deadline                     1            1
    Never updated                   1            1
    RAG: not rated                  1            1
    Status: not reported            1            1

    1 recommendation changed, 1 plan.toml changed
    ");
    assert_snapshot!(run(&repo, &["diff", "HEAD~1..HEAD~2", "--format", "csv"]), @"
    exit 0
    ---- out
    plan,id,title,kind,field,entry,from,to
    other,,Another plan,removed,title,,Another plan,
    other,,Another plan,removed,owner,Force,name: Force; aliases: The Force,
    other,,Another plan,removed,owner,Council,name: Council,
    other,,Another plan,removed,rag,Red,name: Red; outlook: miss,
    other,,Another plan,removed,rag,Green,name: Green; outlook: met,
    other,,Another plan,removed,status,On Track,name: On Track; phase: open; outlook: meet,
    other,,Another plan,removed,status,Complete,name: Complete; phase: done; outlook: met,
    other,1,Title 1,removed,title,,Title 1,
    other,1,Title 1,removed,owners,,Force,
    other,1,Title 1,removed,text,,Text 1.,
    ");
    assert_snapshot!(run(&repo, &["diff", "..HEAD", "--plan", "norht"]), @"
    exit 2
    ---- err
    error: unknown plan `norht`; there are: force, north/other
    ");
}

#[test]
fn only_what_is_asked_for_is_told() {
    let repo = fortnight();
    assert_snapshot!(run(&repo, &["diff", "HEAD~3..", "--id", "3"]), @"
    exit 0
    ---- out
    Test plan
    14 Mar 2025 (5b1e353f) → 28 Mar 2025 (987a8e11)

    3  Title 3
      RAG     not rated → Green
      status  not reported → Complete

    Completed (1): 3

    Counts                14 Mar 2025  28 Mar 2025  Change
    Recommendations                 1            1
    Open                            1            ·      −1
    Done                            ·            1      +1
    Due soon                        1            ·      −1
    Never updated                   1            ·      −1
    RAG: Green                      ·            1      +1
    RAG: not rated                  1            ·      −1
    Status: Complete                ·            1      +1
    Status: not reported            1            ·      −1

    1 recommendation changed (of those asked for)
    ");
    assert_snapshot!(run(&repo, &["diff", "HEAD~3..", "--owner", "Counsil"]), @"
    exit 2
    ---- err
    error: unknown owner `Counsil`: did you mean `Council`?
    ");
    let council = run(&repo, &["diff", "HEAD~3..", "--owner", "Council"]);
    assert!(council.contains("nothing changed in the files (of those asked for)"), "{council}");
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_is_made_of_it() {
    let mut repo = fortnight();
    repo.write("plans/force/03-c.toml", "id = \"3\"\ntitle = \n");
    repo.commit("2025-03-29", "Break a file");
    assert_snapshot!(run(&repo, &["diff", "HEAD~1..HEAD"]), @"
    exit 2
    ---- out
    Test plan
    28 Mar 2025 (987a8e11) → 29 Mar 2025 (ba3bfe01)

    No update in the period (3): 1, 2, 5

    Counts                28 Mar 2025  29 Mar 2025  Change
    Recommendations                 4            3      −1
    Open                            3            3
    Done                            1            ·      −1
    Overdue                         1            1
    Never updated                   2            2
    RAG: Red                        1            1
    RAG: Green                      1            ·      −1
    RAG: not rated                  2            2
    Status: On Track                1            1
    Status: Complete                1            ·      −1
    Status: not reported            2            2

    nothing changed in the files, in what could be read

    1 file could not be read: what is in it is missing here
    ---- err
    error: plans/force/03-c.toml could not be read: line 2: missing value
    ");
    assert_snapshot!(run(&repo, &["diff", "HEAD..HEAD~1", "--format", "csv"]), @"
    exit 2
    ---- out
    plan,id,title,kind,field,entry,from,to
    ---- err
    error: plans/force/03-c.toml could not be read: in ba3bfe01: line 2: missing value
    ");
    repo.write("plans/force/plan.toml", "title = ");
    repo.commit("2025-03-30", "Break plan.toml");
    assert_snapshot!(run(&repo, &["diff", "HEAD~1..HEAD"]), @"
    exit 2
    ---- out
    Test plan
    29 Mar 2025 (ba3bfe01) → 30 Mar 2025 (b5757566)

    nothing changed in the files, in what could be read

    3 files could not be read: what is in them is missing here
    ---- err
    error: plans/force/03-c.toml could not be read: in ba3bfe01: line 2: missing value
    error: plans/force/03-c.toml could not be read: line 2: missing value
    error: plans/force/plan.toml could not be read: line 1: missing value; its 3 recommendations are not shown
    ");
}

#[test]
fn what_is_asked_wrongly_is_refused_with_the_remedy() {
    let repo = fortnight();
    assert_snapshot!(run(&repo, &["diff", "HEAD..haed"]), @"
    exit 2
    ---- err
    error: unknown revision `haed`: did you mean `HEAD`?
    ");
    assert_snapshot!(run(&repo, &["diff", "--at", "HEAD"]), @"
    exit 2
    ---- err
    error: --at is for one revision: name two as `plan diff A..B`
    ");
    let empty = Repo::new();
    assert_snapshot!(run(&empty, &["diff"]), @"
    exit 2
    ---- err
    error: this repository has no commit yet
    ");
    let folder = tempfile::tempdir().expect("a folder");
    let alone = told(&mut plan(folder.path(), &["diff"]));
    assert!(alone.contains("is in no git repository"), "{alone}");
}

#[test]
fn before_the_first_plan_there_was_none() {
    let mut repo = Repo::new();
    repo.write("README", "x").commit("2025-03-01", "Begin");
    repo.write("plans/force/plan.toml", HEAD).write("plans/force/01-a.toml", &recommendation("1", ""));
    repo.commit("2025-03-02", "Add a plan");
    assert_snapshot!(run(&repo, &["diff", "HEAD~1.."]), @"
    exit 0
    ---- out
    Test plan
    1 Mar 2025 (303b6d92) → 2 Mar 2025 (3d5f0f55)

    The plan itself  added
    1  Title 1  added

    Counts                1 Mar 2025  2 Mar 2025  Change
    Recommendations                ·           1      +1
    Open                           ·           1      +1
    No deadline                    ·           1      +1
    Never updated                  ·           1      +1
    RAG: not rated                 ·           1      +1
    Status: not reported           ·           1      +1

    1 recommendation added, 1 plan.toml added
    ");
}

#[test]
fn whoever_was_renamed_is_found_under_every_name() {
    let mut repo = fortnight();
    let renamed = HEAD.replace(
        "name = \"Force\"\naliases = [\"The Force\"]",
        "name = \"Constabulary\"\naliases = [\"Force\"]",
    );
    repo.write("plans/force/plan.toml", &renamed);
    repo.commit("2025-03-29", "Rename the force");
    let counts = |owner: &str| {
        let told = run(&repo, &["diff", "HEAD~4..", "--owner", owner]);
        told.lines()
            .filter(|l| l.starts_with("Recommendations"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_snapshot!(counts("Constabulary"), @"Recommendations                 4            4");
    assert_eq!(counts("Force"), counts("Constabulary"));
    let trend = run(&repo, &["trend", "--owner", "Constabulary"]);
    assert!(trend.lines().filter(|l| l.contains("Mar 2025")).all(|l| l.contains("  4  ")), "{trend}");
}

#[test]
fn a_board_is_told_of_all_that_it_asks() {
    let mut repo = fortnight();
    let milestone = "\n[[milestone]]\ntitle = \"Ask\"\ndue = 2025-04-01\n";
    repo.write("plans/force/05-e.toml", &(recommendation("5", "deadline = 2026-03-20") + milestone));
    repo.commit("2025-03-29", "Add a milestone");
    repo.write("plans/force/03-c.toml", &recommendation("3", "deadline = 2025-05-20\nrag = \"Red\""));
    repo.commit("2025-04-02", "Open 3 again");
    let told = run(&repo, &["diff", "HEAD~1..", "--format", "markdown"]);
    let told = told.split("### ").skip(1).take(5).collect::<Vec<_>>().join("### ");
    assert_snapshot!(told, @r#"
    Milestones newly missed (1)

    - **5** Title 5 (Force): "Ask", due 1 Apr 2025

    ### Now expected to miss the deadline (1)

    - **3** Title 3 (Force): RAG Green → RAG Red

    ### Open again (1)

    - **3** Title 3 (Force): Complete → not reported

    ### Deadlines moved (1)

    - **3** Title 3 (Force): 20 Mar 2025 → 20 May 2025 (+61 days), no extension

    ### No update in the period (4)

    1, 2, 3, 5
    "#);
    assert_snapshot!(run(&repo, &["diff", "HEAD~1..", "--id", "3"]).lines().filter(|l| l.contains("): ")).collect::<Vec<_>>().join("\n"), @"
    Now expected to miss the deadline (1): 3
    Open again (1): 3
    Deadlines moved (1): 3 (no extension)
    No update in the period (1): 3
    ");
}

#[test]
fn an_extension_that_leads_elsewhere_is_no_reason() {
    let mut repo = fortnight();
    let extension = "\n[[extension]]\nfrom = 2026-03-20\nto = 2026-05-20\nreason = \"More time.\"\n";
    repo.write("plans/force/05-e.toml", &(recommendation("5", "deadline = 2026-06-20") + extension));
    let told = run(&repo, &["diff", "--as-of", "2025-03-29"]);
    assert_snapshot!(told.lines().skip(4).take(5).collect::<Vec<_>>().join("\n"), @"

    5  Title 5
      deadline   20 Mar 2026 → 20 Jun 2026 (+92 days; no extension leads there)
      extension  from 20 Mar 2026 to 20 May 2026 added: reason More time.
    ");
}

#[test]
fn ranges_and_days_that_are_written_otherwise_are_put_right() {
    let repo = fortnight();
    assert_snapshot!(run(&repo, &["diff", "2025-03-14..", "7"]), @"
    exit 2
    ---- err
    error: name one range, `A..B`, or two revisions, `A B`, not `2025-03-14.. 7`; a recommendation goes behind --id
    ");
    assert_snapshot!(run(&repo, &["diff", "28/03/2025"]), @"
    exit 2
    ---- err
    error: unknown revision `28/03/2025`: did you mean `2025-03-28`?
    ");
}

#[test]
fn a_moved_plan_is_told_the_same_in_both_directions() {
    let mut repo = fortnight();
    for name in ["plan.toml", "01-a.toml", "02-renamed.toml", "03-c.toml", "05-e.toml"] {
        let old = format!("plans/force/{name}");
        let text = std::fs::read_to_string(repo.path().join(&old)).expect("a file");
        let text = text.replace("Test plan", "The plan of the force");
        repo.remove(&old).write(&format!("plans/north/{name}"), &text);
    }
    for id in 6..=9 {
        repo.write(&format!("plans/north/0{id}-x.toml"), &recommendation(&id.to_string(), ""));
    }
    repo.commit("2025-03-29", "Move the plan");
    let kinds = |range: &str| {
        let told = run(&repo, &["diff", range, "--format", "csv"]);
        let rows = told.lines().filter(|l| l.contains(",title,") || l.contains(",plan,"));
        rows.map(|row| row.split(',').take(4).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(kinds("HEAD~1..HEAD"), @"
    plan,id,title,kind
    north,,The plan of the force,changed
    north,,The plan of the force,changed
    north,6,Title 6,added
    north,7,Title 7,added
    north,8,Title 8,added
    north,9,Title 9,added
    ");
    assert_snapshot!(kinds("HEAD..HEAD~1"), @"
    plan,id,title,kind
    force,,Test plan,changed
    force,,Test plan,changed
    force,6,Title 6,removed
    force,7,Title 7,removed
    force,8,Title 8,removed
    force,9,Title 9,removed
    ");
}

#[test]
fn a_submodule_is_neither_come_nor_gone() {
    use gix::objs::tree::EntryKind;
    let mut repo = fortnight();
    let commit = repo.git().head_id().expect("a commit").to_string();
    repo.stage("plans/other", EntryKind::Commit, &commit);
    repo.commit("2025-03-29", "Add a submodule");
    for (name, text) in [("plan.toml", HEAD), ("01-x.toml", &recommendation("1", ""))] {
        let path = repo.path().join("plans/other").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let told = run(&repo, &["diff", "--as-of", "2025-03-29"]);
    assert!(told.contains("nothing changed in the files, in what could be read"), "{told}");
    assert!(told.contains("plans/other could not be read: in"), "{told}");
}
