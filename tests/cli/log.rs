//! `plan log`: what each commit changed.

use crate::common::{HEAD, plan, recommendation, told};
use crate::diff::{fortnight, run};
use crate::repo::Repo;
use gix::ObjectId;
use insta::assert_snapshot;
use serde_json::Value;
use std::fs;

/// What `plan log` says of each commit, a line each.
fn subjects(repo: &Repo, arguments: &[&str]) -> String {
    let out = run(repo, &[&["log", "--format", "csv", "-q"], arguments].concat());
    let rows = out.lines().filter(|line| line.contains("Planning Office"));
    let told = rows.map(|row| row.splitn(4, ',').nth(3).unwrap_or_default().to_owned());
    told.collect::<Vec<_>>().join("\n")
}

fn head(repo: &Repo) -> ObjectId {
    repo.git().head_id().expect("a commit").detach()
}

#[test]
fn a_recommendation_can_be_followed() {
    let repo = fortnight();
    assert_snapshot!("log_1", run(&repo, &["log", "1"]));
    assert_snapshot!("log_1_markdown", run(&repo, &["log", "1", "--format", "markdown"]));
    assert_snapshot!("log_80", run(&repo, &["log", "--width", "80"]));
    assert_snapshot!("log_json", run(&repo, &["log", "3", "--format", "json"]));
}

#[test]
fn a_renamed_file_is_followed_and_told_by_nobody() {
    let repo = fortnight();
    assert_snapshot!(subjects(&repo, &["2"]), @"
    Report to the board,force,2,Title 2,changed,rag,,,Red
    Take over the plan,force,2,Title 2,added,title,,,Title 2
    Take over the plan,force,2,Title 2,added,owners,,,Force
    Take over the plan,force,2,Title 2,added,deadline,,,2025-03-20
    Take over the plan,force,2,Title 2,added,text,,,Text 2.
    ");
}

#[test]
fn what_is_gone_can_be_asked_for() {
    let repo = fortnight();
    assert_snapshot!(subjects(&repo, &["4", "--field", "deadline"]), @"
    Report to the board,force,4,Title 4,removed,deadline,,2025-03-20,
    Take over the plan,force,4,Title 4,added,deadline,,,2025-03-20
    ");
    assert_snapshot!(run(&repo, &["log", "44"]), @"
    exit 2
    ---- err
    error: unknown recommendation `44`; there are: 1, 2, 3, 4, 5
    ");
    assert_snapshot!(run(&repo, &["log", "force:9"]), @"
    exit 2
    ---- err
    error: unknown recommendation `force:9`: did you mean `force:1` (or `force:2`, `force:3`, `force:4`, `force:5`)?
    ");
}

#[test]
fn fields_and_times_narrow_it_down() {
    let repo = fortnight();
    assert_snapshot!(subjects(&repo, &["--field", "status"]), @"
    Report to the board,force,,Test plan,changed,status,On Track,name: On Track; phase: open; outlook: meet,name: On Track; phase: open; outlook: at-risk
    Report to the board,force,3,Title 3,changed,status,,,Complete
    Move the deadline of 1,force,1,Title 1,changed,status,,,On Track
    Take over the plan,force,,Test plan,added,status,On Track,,name: On Track; phase: open; outlook: meet
    Take over the plan,force,,Test plan,added,status,Complete,,name: Complete; phase: done; outlook: met
    ");
    assert_snapshot!(subjects(&repo, &["--since", "2025-03-18", "--field", "rag"]), @"
    Report to the board,force,2,Title 2,changed,rag,,,Red
    Report to the board,force,3,Title 3,changed,rag,,,Green
    ");
    assert_eq!(subjects(&repo, &["--since", "HEAD~1"]), subjects(&repo, &["--since", "2025-03-28"]));
    assert_eq!(
        subjects(&repo, &["--since", "2d", "--as-of", "2025-03-30"]),
        subjects(&repo, &["--since", "2025-03-28"])
    );
    assert_snapshot!(run(&repo, &["log", "-n", "1", "--since", "2025-03-18", "3"]), @"
    exit 0
    ---- out
    3  Title 3

    28 Mar 2025  987a8e11  Planning Office: Report to the board
      RAG     not rated → Green
      status  not reported → Complete
    ");
    assert_snapshot!(run(&repo, &["log", "1", "--since", "2025-03-20"]), @"
    exit 0
    ---- out
    1  Title 1

    no commit changed it in that time
    ");
    assert_snapshot!(run(&repo, &["log", "--field", "stauts"]), @"
    exit 2
    ---- err
    error: invalid value 'stauts' for '--field <FIELD>': unknown field `stauts`: did you mean `status`?

    For more information, try '--help'.
    ");
    assert_snapshot!(run(&repo, &["log", "--since", "yesteryear"]), @"
    exit 2
    ---- err
    error: unknown revision `yesteryear`: name a branch, a tag, a commit, or a day such as 2025-03-27
    ");
    // As a revision has it.
    assert!(!subjects(&repo, &["--at", "HEAD~1"]).contains("Report to the board"));
}

/// Two branches: on one 1 is rated and 2 gets a status, on the other 2 is rated.
fn branches() -> (Repo, [ObjectId; 2]) {
    let mut repo = Repo::new();
    let path = |id: &str| format!("plans/force/0{id}-x.toml");
    repo.write("plans/force/plan.toml", HEAD);
    repo.write(&path("1"), &recommendation("1", "")).write(&path("2"), &recommendation("2", ""));
    let base = repo.commit("2025-03-01", "Begin");
    repo.write(&path("1"), &recommendation("1", "rag = \"Red\""));
    repo.write(&path("2"), &recommendation("2", "status = \"On Track\""));
    let ours = repo.commit("2025-03-02", "Ours");
    repo.write(&path("1"), &recommendation("1", ""));
    repo.write(&path("2"), &recommendation("2", "rag = \"Green\""));
    let theirs = repo.commit_after("2025-03-03", "Theirs", "refs/heads/theirs", [base]);
    (repo, [ours, theirs])
}

#[test]
fn a_merge_is_told_for_what_is_its_own() {
    let path = "plans/force/02-x.toml";
    let merged = |two: &str| {
        let (mut repo, parents) = branches();
        repo.write("plans/force/01-x.toml", &recommendation("1", "rag = \"Red\""));
        repo.write(path, &recommendation("2", two));
        repo.commit_after("2025-03-04", "Merge", "HEAD", parents);
        subjects(&repo, &[])
    };
    // Each side's change is told where it was made, and not once more.
    assert_snapshot!(merged("rag = \"Green\"\nstatus = \"On Track\""), @"
    Theirs,force,2,Title 2,changed,rag,,,Green
    Ours,force,1,Title 1,changed,rag,,,Red
    Ours,force,2,Title 2,changed,status,,,On Track
    Begin,force,,Test plan,added,title,,,Test plan
    Begin,force,,Test plan,added,owner,Force,,name: Force; aliases: The Force
    Begin,force,,Test plan,added,owner,Council,,name: Council
    Begin,force,,Test plan,added,rag,Red,,name: Red; outlook: miss
    Begin,force,,Test plan,added,rag,Green,,name: Green; outlook: met
    Begin,force,,Test plan,added,status,On Track,,name: On Track; phase: open; outlook: meet
    Begin,force,,Test plan,added,status,Complete,,name: Complete; phase: done; outlook: met
    Begin,force,1,Title 1,added,title,,,Title 1
    Begin,force,1,Title 1,added,owners,,,Force
    Begin,force,1,Title 1,added,text,,,Text 1.
    Begin,force,2,Title 2,added,title,,,Title 2
    Begin,force,2,Title 2,added,owners,,,Force
    Begin,force,2,Title 2,added,text,,,Text 2.
    ");
    // What neither side has is the merge's.
    assert_snapshot!(merged("rag = \"Red\"\nstatus = \"On Track\""), @"
    Merge,force,2,Title 2,changed,rag,,,Red
    Theirs,force,2,Title 2,changed,rag,,,Green
    Ours,force,1,Title 1,changed,rag,,,Red
    Ours,force,2,Title 2,changed,status,,,On Track
    Begin,force,,Test plan,added,title,,,Test plan
    Begin,force,,Test plan,added,owner,Force,,name: Force; aliases: The Force
    Begin,force,,Test plan,added,owner,Council,,name: Council
    Begin,force,,Test plan,added,rag,Red,,name: Red; outlook: miss
    Begin,force,,Test plan,added,rag,Green,,name: Green; outlook: met
    Begin,force,,Test plan,added,status,On Track,,name: On Track; phase: open; outlook: meet
    Begin,force,,Test plan,added,status,Complete,,name: Complete; phase: done; outlook: met
    Begin,force,1,Title 1,added,title,,,Title 1
    Begin,force,1,Title 1,added,owners,,,Force
    Begin,force,1,Title 1,added,text,,,Text 1.
    Begin,force,2,Title 2,added,title,,,Title 2
    Begin,force,2,Title 2,added,owners,,,Force
    Begin,force,2,Title 2,added,text,,,Text 2.
    ");
    // Of what a merge did not take over nothing is told.
    assert_snapshot!(merged("status = \"On Track\""), @"
    Ours,force,1,Title 1,changed,rag,,,Red
    Ours,force,2,Title 2,changed,status,,,On Track
    Begin,force,,Test plan,added,title,,,Test plan
    Begin,force,,Test plan,added,owner,Force,,name: Force; aliases: The Force
    Begin,force,,Test plan,added,owner,Council,,name: Council
    Begin,force,,Test plan,added,rag,Red,,name: Red; outlook: miss
    Begin,force,,Test plan,added,rag,Green,,name: Green; outlook: met
    Begin,force,,Test plan,added,status,On Track,,name: On Track; phase: open; outlook: meet
    Begin,force,,Test plan,added,status,Complete,,name: Complete; phase: done; outlook: met
    Begin,force,1,Title 1,added,title,,,Title 1
    Begin,force,1,Title 1,added,owners,,,Force
    Begin,force,1,Title 1,added,text,,,Text 1.
    Begin,force,2,Title 2,added,title,,,Title 2
    Begin,force,2,Title 2,added,owners,,,Force
    Begin,force,2,Title 2,added,text,,,Text 2.
    ");
}

#[test]
fn a_branch_that_is_no_more_tells_nothing_and_its_parts_that_are_do() {
    let (mut repo, [ours, theirs]) = branches();
    repo.write("plans/force/01-x.toml", &recommendation("1", ""));
    repo.write("plans/force/02-x.toml", &recommendation("2", "rag = \"Green\""));
    repo.commit_after("2025-03-04", "Merge", "HEAD", [ours, theirs]);
    repo.write("plans/force/01-x.toml", &recommendation("1", "status = \"Complete\""));
    repo.commit("2025-03-05", "Complete 1");
    assert_snapshot!(subjects(&repo, &[]), @"
    Complete 1,force,1,Title 1,changed,status,,,Complete
    Theirs,force,2,Title 2,changed,rag,,,Green
    Begin,force,,Test plan,added,title,,,Test plan
    Begin,force,,Test plan,added,owner,Force,,name: Force; aliases: The Force
    Begin,force,,Test plan,added,owner,Council,,name: Council
    Begin,force,,Test plan,added,rag,Red,,name: Red; outlook: miss
    Begin,force,,Test plan,added,rag,Green,,name: Green; outlook: met
    Begin,force,,Test plan,added,status,On Track,,name: On Track; phase: open; outlook: meet
    Begin,force,,Test plan,added,status,Complete,,name: Complete; phase: done; outlook: met
    Begin,force,1,Title 1,added,title,,,Title 1
    Begin,force,1,Title 1,added,owners,,,Force
    Begin,force,1,Title 1,added,text,,,Text 1.
    Begin,force,2,Title 2,added,title,,,Title 2
    Begin,force,2,Title 2,added,owners,,,Force
    Begin,force,2,Title 2,added,text,,,Text 2.
    ");
    assert_snapshot!(subjects(&repo, &["1"]), @"
    Complete 1,force,1,Title 1,changed,status,,,Complete
    Begin,force,1,Title 1,added,title,,,Title 1
    Begin,force,1,Title 1,added,owners,,,Force
    Begin,force,1,Title 1,added,text,,,Text 1.
    ");
}

#[test]
fn a_file_that_was_broken_is_a_gap_and_what_changed_meanwhile_is_told_when_it_is_mended() {
    let mut repo = fortnight();
    let path = "plans/force/03-c.toml";
    repo.write(path, "id = \"3\"\nstatus = \n");
    repo.commit("2025-03-29", "Break a file");
    repo.write(path, &recommendation("3", "deadline = 2025-03-20\nrag = \"Red\"\nstatus = \"Complete\""));
    repo.commit("2025-03-30", "Mend the file");
    assert_snapshot!(run(&repo, &["log", "3", "-n", "2"]), @"
    exit 0
    ---- out
    3  Title 3

    30 Mar 2025  b884ab48  Planning Office: Mend the file
      RAG  Green → Red

    28 Mar 2025  987a8e11  Planning Office: Report to the board
      RAG     not rated → Green
      status  not reported → Complete

    Could not be read on the way
      29 Mar 2025  8edcdf85  Planning Office: Break a file
        force/03-c.toml: line 2: missing value
    What such a commit changed in a file is told by the one that mended it.
    ");
    assert_snapshot!(subjects(&repo, &["1"]), @"
    Move the deadline of 1,force,1,Title 1,changed,deadline,,2025-03-20,2025-09-20
    Move the deadline of 1,force,1,Title 1,changed,status,,,On Track
    Move the deadline of 1,force,1,Title 1,changed,text,,Text 1.,The text of 1.
    Move the deadline of 1,force,1,Title 1,changed,extension,2025-03-20 to 2025-09-20,,from: 2025-03-20; to: 2025-09-20; on: 2025-03-17; reason: The course is late.; approved by: Board
    Move the deadline of 1,force,1,Title 1,changed,update,2025-03-17,,date: 2025-03-17; status: On Track; text: The course was ordered.
    Take over the plan,force,1,Title 1,added,title,,,Title 1
    Take over the plan,force,1,Title 1,added,owners,,,Force
    Take over the plan,force,1,Title 1,added,deadline,,,2025-03-20
    Take over the plan,force,1,Title 1,added,text,,,Text 1.
    ");
    let json: Value = serde_json::from_str(
        run(&repo, &["log", "--format", "json"]).trim_start_matches("exit 0\n---- out\n"),
    )
    .expect("JSON");
    assert_eq!(json["gaps"].as_array().map(Vec::len), Some(1));
    // plan.toml likewise.
    repo.write("plans/force/plan.toml", "title = ");
    repo.commit("2025-03-31", "Break plan.toml");
    repo.write("plans/force/plan.toml", &HEAD.replace("Test plan", "The plan"));
    repo.commit("2025-04-01", "Mend plan.toml");
    assert_snapshot!(run(&repo, &["log", "--since", "2025-03-31"]), @r#"
    exit 0
    ---- out
    1 Apr 2025  cff32cdd  Planning Office: Mend plan.toml
      The plan itself
        title   Test plan → The plan
        status  "On Track": outlook at-risk → meet

    Could not be read on the way
      31 Mar 2025  6537390e  Planning Office: Break plan.toml
        force/plan.toml: line 1: missing value
    What such a commit changed in a file is told by the one that mended it.
    "#);
}

#[test]
fn a_plan_whose_folder_moved_is_followed() {
    let mut repo = fortnight();
    let names = ["plan.toml", "01-a.toml", "02-renamed.toml", "03-c.toml", "05-e.toml"];
    for name in names {
        let old = format!("plans/force/{name}");
        let text = fs::read_to_string(repo.path().join(&old)).expect("a file");
        repo.remove(&old).write(&format!("plans/north/force/{name}"), &text);
    }
    repo.commit("2025-03-29", "Move the plan");
    repo.write(
        "plans/north/force/03-c.toml",
        &recommendation("3", "deadline = 2025-03-20\nrag = \"Red\"\nstatus = \"Complete\""),
    );
    repo.commit("2025-03-30", "Rate 3 anew");
    assert_snapshot!(subjects(&repo, &["3"]), @"
    Rate 3 anew,north/force,3,Title 3,changed,rag,,Green,Red
    Report to the board,force,3,Title 3,changed,rag,,,Green
    Report to the board,force,3,Title 3,changed,status,,,Complete
    Take over the plan,force,3,Title 3,added,title,,,Title 3
    Take over the plan,force,3,Title 3,added,owners,,,Force
    Take over the plan,force,3,Title 3,added,deadline,,,2025-03-20
    Take over the plan,force,3,Title 3,added,text,,,Text 3.
    ");
    assert_snapshot!(subjects(&repo, &["--plan", "north/force", "--field", "plan", "--field", "rag"]), @"
    Rate 3 anew,north/force,3,Title 3,changed,rag,,Green,Red
    Move the plan,north/force,,Test plan,changed,plan,,force,north/force
    Report to the board,force,2,Title 2,changed,rag,,,Red
    Report to the board,force,3,Title 3,changed,rag,,,Green
    Take over the plan,force,,Test plan,added,rag,Red,,name: Red; outlook: miss
    Take over the plan,force,,Test plan,added,rag,Green,,name: Green; outlook: met
    ");
    // The folder of the plans itself.
    for name in names {
        let old = format!("plans/north/force/{name}");
        let text = fs::read_to_string(repo.path().join(&old)).expect("a file");
        repo.remove(&old).write(&format!("work/plans/north/force/{name}"), &text);
    }
    repo.commit("2025-03-31", "Move the plans");
    fs::create_dir_all(repo.path().join("work")).expect("a folder");
    let told =
        told(plan(&repo.path().join("work"), &["log", "3", "--format", "csv"]).env_remove("PLAN_AS_OF"));
    let told: Vec<&str> = told.lines().filter_map(|l| l.splitn(4, ',').nth(3)).collect();
    assert_snapshot!(told.join("\n"), @"
    subject,plan,id,title,kind,field,entry,from,to
    Rate 3 anew,north/force,3,Title 3,changed,rag,,Green,Red
    Report to the board,force,3,Title 3,changed,rag,,,Green
    Report to the board,force,3,Title 3,changed,status,,,Complete
    Take over the plan,force,3,Title 3,added,title,,,Title 3
    Take over the plan,force,3,Title 3,added,owners,,,Force
    Take over the plan,force,3,Title 3,added,deadline,,,2025-03-20
    Take over the plan,force,3,Title 3,added,text,,,Text 3.
    ");
}

#[test]
fn of_several_plans_one_must_be_said() {
    let mut repo = fortnight();
    repo.write("plans/other/plan.toml", &HEAD.replace("Test plan", "Another plan"));
    repo.write("plans/other/01-x.toml", &recommendation("1", ""));
    repo.commit("2025-03-29", "Add a plan");
    assert_snapshot!(run(&repo, &["log", "1"]), @"
    exit 2
    ---- err
    error: 1 may mean several recommendations; say which: force:1, other:1
    ");
    assert_snapshot!(run(&repo, &["log", "other:1"]), @"
    exit 0
    ---- out
    1  Title 1

    29 Mar 2025  eeb9d51f  Planning Office: Add a plan
      added
      owners  Force
      text    Text 1.
    ");
    assert_snapshot!(run(&repo, &["log", "--plan", "others"]), @"
    exit 2
    ---- err
    error: unknown plan `others`: did you mean `other`?
    ");
    assert_snapshot!(run(&repo, &["log", "-n", "2", "--field", "rag", "--field", "title"]), @r#"
    exit 0
    ---- out
    29 Mar 2025  eeb9d51f  Planning Office: Add a plan
      plan "Another plan"  added
      other:1  Title 1  added

    28 Mar 2025  987a8e11  Planning Office: Report to the board
      force:2  Title 2
        RAG  not rated → Red
      force:3  Title 3
        RAG  not rated → Green
      force:4  Title 4  removed
      force:5  Title 5  added
    "#);
}

#[test]
fn a_shallow_clone_says_that_it_is() {
    let repo = fortnight();
    let parent = repo.git().rev_parse_single("HEAD~1").expect("a commit").detach();
    fs::write(repo.path().join(".git/shallow"), format!("{parent}\n")).expect("a file");
    let told = run(&repo, &["log", "3"]);
    assert_snapshot!(told, @"
    exit 0
    ---- out
    3  Title 3

    28 Mar 2025  987a8e11  Planning Office: Report to the board
      RAG     not rated → Green
      status  not reported → Complete
    ---- err
    note: this clone is shallow, and what came before is missing here: `git fetch --unshallow` gets the whole history
    ");
    assert!(run(&repo, &["log", "--format", "json", "-q"]).contains("\"shallow\": true"));
}

#[test]
fn what_git_does_not_give_is_named_and_the_rest_is_told() {
    let repo = fortnight();
    let blob = repo.git().rev_parse_single("HEAD~2:plans/force/01-a.toml").expect("a file").detach();
    fs::remove_file(repo.object(blob)).expect("a file");
    let told = run(&repo, &["log", "1"]).replace(&blob.to_string(), "BLOB");
    assert_snapshot!(told, @"
    exit 2
    ---- out
    1  Title 1

    14 Mar 2025  5b1e353f  Planning Office: Take over the plan
      added
      owners    Force
      deadline  20 Mar 2025
      text      Text 1.

    Could not be read on the way
      17 Mar 2025  57c2bf54  Planning Office: Move the deadline of 1
        force/01-a.toml: the git object BLOB is not in this repository; `git fsck` tells more
    What such a commit changed in a file is told by the one that mended it.
    ---- err
    error: plans/force/01-a.toml could not be read in 57c2bf54: the git object BLOB is not in this repository; `git fsck` tells more
    ");
}

#[test]
fn where_there_is_no_history_that_is_said() {
    let mut empty = Repo::new();
    assert_snapshot!(run(&empty, &["log"]), @"
    exit 2
    ---- err
    error: this repository has no commit yet
    ");
    empty.write("README", "x").commit("2025-03-01", "Begin");
    let told = run(&empty, &["log"]);
    assert_snapshot!(told.replace(&head(&empty).to_string()[..8], "COMMIT"), @"
    exit 2
    ---- err
    error: there is no plan in the history of COMMIT: a plan is a folder with a plan.toml
    ");
}

/// What a command says as JSON.
pub(crate) fn json(repo: &Repo, arguments: &[&str]) -> Value {
    let out = run(repo, &[arguments, &["--format", "json", "-q"]].concat());
    let text = out.split_once("---- out\n").map_or(out.as_str(), |(_, text)| text);
    serde_json::from_str(text.split("---- err").next().unwrap_or_default()).expect("JSON")
}

#[test]
fn a_log_says_of_each_commit_what_a_difference_from_its_parent_does() {
    let (mut repo, parents) = branches();
    repo.write("plans/force/01-x.toml", &recommendation("1", "rag = \"Red\""));
    let both = "rag = \"Green\"\nstatus = \"On Track\"";
    repo.write("plans/force/02-x.toml", &recommendation("2", both));
    repo.commit_after("2025-03-04", "Merge", "HEAD", parents);
    repo.remove("plans/force/02-x.toml").write("plans/force/03-x.toml", &recommendation("3", "custom.a = 1"));
    repo.commit("2025-03-05", "Swap");
    for repo in [repo, fortnight()] {
        let log = json(&repo, &["log"]);
        let entries = log["entries"].as_array().expect("entries");
        let mut compared = 0;
        for commit in repo.git().head_id().expect("a commit").ancestors().all().expect("commits") {
            let commit = commit.expect("a commit");
            let parents: Vec<_> = commit.parent_ids().collect();
            let [parent] = parents.as_slice() else { continue };
            let range = format!("{parent}..{}", commit.id);
            let difference = json(&repo, &["diff", &range]);
            let of_commit = entries.iter().filter(|e| e["commit"] == commit.id.to_string().as_str());
            let told: Vec<Value> = of_commit
                .map(|entry| {
                    let mut entry = entry.as_object().expect("an entry").clone();
                    ["commit", "author", "date", "subject"].iter().for_each(|key| drop(entry.remove(*key)));
                    Value::Object(entry)
                })
                .collect();
            assert_eq!(Value::Array(told), difference["changes"], "{}", commit.id);
            compared += 1;
        }
        assert!(compared >= 3);
    }
}

#[test]
fn what_came_by_a_merge_came_since_the_merge() {
    let (mut repo, parents) = branches();
    repo.write("plans/force/01-x.toml", &recommendation("1", "rag = \"Red\""));
    repo.commit_after("2025-03-10", "Merge", "HEAD", parents);
    // Committed on 3 March, and merged on the 10th.
    assert_snapshot!(subjects(&repo, &["--since", "2025-03-05"]), @"Theirs,force,2,Title 2,changed,rag,,,Green");
    assert_snapshot!(run(&repo, &["log", "-n", "0"]), @"
    exit 2
    ---- err
    error: invalid value '0' for '--number <N>': 0 is not in 1..=4294967295

    For more information, try '--help'.
    ");
    assert_snapshot!(run(&repo, &["log", "2025-03-01.."]), @"
    exit 2
    ---- err
    error: unknown recommendation `2025-03-01..`; there are: 1, 2 (a time goes behind --since)
    ");
    assert_eq!(
        subjects(&repo, &["--since", "8d", "--at", "HEAD"]),
        subjects(&repo, &["--since", "2025-03-02"])
    );
}

#[test]
fn a_plan_can_be_asked_for_under_the_name_that_it_had() {
    let mut repo = fortnight();
    for name in ["plan.toml", "01-a.toml", "02-renamed.toml", "03-c.toml", "05-e.toml"] {
        let old = format!("plans/force/{name}");
        let text = fs::read_to_string(repo.path().join(&old)).expect("a file");
        repo.remove(&old).write(&format!("plans/north/{name}"), &text);
    }
    repo.commit("2025-03-29", "Move the plan");
    let told = subjects(&repo, &["--plan", "force", "--field", "rag"]);
    assert!(told.starts_with("Report to the board,force,2"), "{told}");
    assert!(run(&repo, &["trend", "--plan", "force"]).contains("28 Mar 2025"));
}

#[test]
fn two_files_that_were_broken_alike_are_told_apart() {
    let mut repo = fortnight();
    let empty = |repo: &mut Repo, path: &str, day: &str| {
        repo.write(path, "");
        repo.commit(day, "Empty a file");
    };
    empty(&mut repo, "plans/force/01-a.toml", "2025-03-29");
    empty(&mut repo, "plans/force/03-c.toml", "2025-03-30");
    repo.write("plans/force/01-a.toml", &recommendation("1", "deadline = 2025-09-20\nrag = \"Red\""));
    repo.commit("2025-03-31", "Mend the first");
    empty(&mut repo, "plans/force/01-a.toml", "2025-04-01");
    repo.write("plans/force/01-a.toml", &recommendation("1", "deadline = 2025-09-20\nrag = \"Green\""));
    repo.commit("2025-04-02", "Mend it again");
    assert_snapshot!(subjects(&repo, &["--since", "2025-03-29", "--field", "rag", "--field", "status"]), @"
    Mend it again,force,1,Title 1,changed,rag,,Red,Green
    Mend the first,force,1,Title 1,changed,rag,,,Red
    Mend the first,force,1,Title 1,changed,status,,On Track,
    ");
    assert!(!subjects(&repo, &["--since", "2025-03-29"]).contains("removed"));
}

#[test]
fn what_broke_on_a_branch_is_a_gap_of_that_branch() {
    let (mut repo, [ours, theirs]) = branches();
    repo.write("plans/force/02-x.toml", "broken = ");
    let broken = repo.commit_after("2025-03-04", "Break it", "refs/heads/theirs", [theirs]);
    repo.write("plans/force/02-x.toml", &recommendation("2", "rag = \"Red\""));
    let mended = repo.commit_after("2025-03-05", "Mend it", "refs/heads/theirs", [broken]);
    repo.write("plans/force/01-x.toml", &recommendation("1", "rag = \"Red\""));
    repo.write("plans/force/02-x.toml", &recommendation("2", "status = \"On Track\"\nrag = \"Red\""));
    repo.commit_after("2025-03-06", "Merge", "HEAD", [ours, mended]);
    let log = json(&repo, &["log"]);
    let gaps: Vec<_> = log["gaps"].as_array().expect("gaps").iter().map(|g| g["subject"].as_str()).collect();
    assert_eq!(gaps, [Some("Break it")]);
    assert_snapshot!(subjects(&repo, &["2", "--field", "rag"]), @"
    Mend it,force,2,Title 2,changed,rag,,Green,Red
    Theirs,force,2,Title 2,changed,rag,,,Green
    ");
}

#[test]
fn a_merge_that_changes_what_a_branch_added_changes_it() {
    let (mut repo, [ours, theirs]) = branches();
    repo.write("plans/force/03-x.toml", &recommendation("3", ""));
    let added = repo.commit_after("2025-03-04", "Add 3", "refs/heads/theirs", [theirs]);
    repo.write("plans/force/03-x.toml", &recommendation("3", "status = \"On Track\""));
    repo.commit_after("2025-03-06", "Merge", "HEAD", [ours, added]);
    assert_snapshot!(subjects(&repo, &["3"]), @"
    Merge,force,3,Title 3,changed,status,,,On Track
    Add 3,force,3,Title 3,added,title,,,Title 3
    Add 3,force,3,Title 3,added,owners,,,Force
    Add 3,force,3,Title 3,added,text,,,Text 3.
    ");
}

#[test]
fn a_file_that_becomes_something_else_is_a_gap_and_not_gone() {
    use gix::objs::tree::EntryKind;
    let mut repo = fortnight();
    repo.remove("plans/force/01-a.toml").stage("plans/force/01-a.toml", EntryKind::Link, "03-c.toml");
    repo.commit("2025-03-29", "Link a file");
    repo.remove("plans/force/03-c.toml").write("plans/force/03-c.toml/x", "a folder");
    repo.commit("2025-03-30", "Make a folder of a file");
    let path = "plans/force/02-renamed.toml";
    let commit = head(&repo).to_string();
    repo.remove(path).stage(path, EntryKind::Commit, &commit);
    repo.commit("2025-03-31", "Put a submodule there");
    assert_snapshot!(run(&repo, &["log", "--since", "2025-03-29"]), @"
    exit 0
    ---- out

    Could not be read on the way
      31 Mar 2025  bf127690  Planning Office: Put a submodule there
        force/02-renamed.toml: a submodule stands where a file is expected
      30 Mar 2025  ecbca0b2  Planning Office: Make a folder of a file
        force/03-c.toml: a folder stands where a file is expected
      29 Mar 2025  34a361a2  Planning Office: Link a file
        force/01-a.toml: a symbolic link, which is not followed
    What such a commit changed in a file is told by the one that mended it.
    no commit changed it in that time
    ");
    let trend = json(&repo, &["trend", "--by", "commit"]);
    let unread: Vec<_> =
        trend["points"].as_array().expect("points").iter().map(|p| p["unread"].as_u64()).collect();
    assert_eq!(unread, [Some(0), Some(0), Some(0), Some(0), Some(1), Some(2), Some(3)]);
}

#[test]
fn a_plan_that_was_taken_away_and_put_back_is_told_whole() {
    let mut repo = fortnight();
    repo.remove("plans/force/plan.toml");
    repo.commit("2025-03-29", "Take plan.toml away");
    repo.write("plans/force/plan.toml", HEAD);
    repo.commit("2025-03-30", "Put it back");
    assert_snapshot!(run(&repo, &["log", "--since", "2025-03-29"]), @"
    exit 0
    ---- out
    30 Mar 2025  c6502bdb  Planning Office: Put it back
      The plan itself  added
      1  Title 1  added
      2  Title 2  added
      3  Title 3  added
      5  Title 5  added

    29 Mar 2025  1f32a848  Planning Office: Take plan.toml away
      The plan itself  removed
      1  Title 1  removed
      2  Title 2  removed
      3  Title 3  removed
      5  Title 5  removed
    ");
    let totals = json(&repo, &["trend", "--by", "commit", "--since", "2025-03-28"]);
    let totals: Vec<_> =
        totals["points"].as_array().expect("points").iter().map(|p| p["total"].as_u64()).collect();
    assert_eq!(totals, [Some(4), Some(0), Some(4)]);
}
