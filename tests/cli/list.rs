use crate::common::{HEAD, Plans, invented, plan, real, recommendation, repository};
use insta::assert_snapshot;

#[test]
fn one_owners_recommendations_in_a_narrow_terminal() {
    assert_snapshot!(real(&["list", "--owner", "Chief Constables", "--width", "80"]));
}

#[test]
fn the_whole_plan_in_a_wide_terminal() {
    assert_snapshot!(real(&["list", "--width", "120"]));
}

#[test]
fn a_pipe_gets_every_row_and_word_on_one_line() {
    assert_snapshot!(real(&["list"]));
}

#[test]
fn an_alias_in_any_case_is_the_owner() {
    let name = real(&["list", "--owner", "Chief Constables", "--format", "ndjson"]);
    let alias = real(&["list", "--owner", "chief constable", "--format", "ndjson"]);
    assert_eq!(name, alias);
    assert_eq!(name.lines().filter(|l| l.starts_with('{')).count(), 15);
}

#[test]
fn sole_leaves_out_joint_and_collective() {
    let rows = |flags: &[&str]| {
        let all: Vec<&str> = ["list", "--format", "ndjson"].iter().chain(flags).copied().collect();
        real(&all).lines().filter(|l| l.starts_with('{')).count()
    };
    assert_eq!(rows(&["--owner", "Chief Constables", "--sole"]), 12);
    assert_eq!(rows(&["--owner", "OPCC"]), 4);
    assert_eq!(rows(&["--owner", "OPCC", "--owner", "MOJ"]), 5);
    assert_eq!(rows(&["--owner", "OPCC", "--overdue"]), 3);
    assert_eq!(rows(&["--owner", "Home Office", "--overdue"]), 0);
    assert_eq!(rows(&["--undated"]), 4);
    assert_eq!(rows(&["--unrated"]), 16);
    assert_eq!(rows(&["--phase", "elsewhere"]), 13);
    assert_eq!(rows(&["--phase", "open", "--phase", "done"]), 16);
    assert_eq!(rows(&["--status", "complete"]), 2);
    assert_eq!(rows(&["--rag", "not rated"]), 16);
    assert_eq!(rows(&["--implied-rag", "red"]), 13);
    assert_eq!(rows(&["--implied-rag", "Green"]), 1);
    assert_eq!(rows(&["--due-before", "2025-01-01"]), 2);
    assert_eq!(rows(&["--due-after", "2025-03-27"]), 2);
    assert_eq!(rows(&["--due-within", "1y"]), 1);
    assert_eq!(rows(&["--text", "tiny check"]), 1);
    assert_eq!(rows(&["--id", "7", "--id", "stalking-super-complaint:8"]), 2);
    assert_eq!(rows(&["--stale"]), 0);
    assert_eq!(rows(&["--past-original"]), 13);
}

#[test]
fn what_no_plan_knows_is_an_error_with_the_nearest_names() {
    assert_snapshot!(real(&["list", "--owner", "Chef Constable"]), @"
    exit 2
    ---- err
    error: unknown owner `Chef Constable`: did you mean `Chief Constables`?
    ");
    assert_snapshot!(real(&["list", "--owner", "Ofsted"]), @"
    exit 2
    ---- err
    error: unknown owner `Ofsted`; there are: Chief Constables, OPCC, NPCC, Home Office, MOJ, CPS, Bodies subject to recommendations
    ");
    assert_snapshot!(real(&["list", "--status", "On Trak"]), @r"
    exit 2
    ---- err
    error: unknown status `On Trak`: did you mean `On Track`?
    ");
    assert_snapshot!(real(&["list", "--rag", "Purple"]), @"
    exit 2
    ---- err
    error: unknown RAG level `Purple`; there are: Red, Amber, Green
    ");
    assert_snapshot!(real(&["list", "--plan", "stalking"]), @r"
    exit 2
    ---- err
    error: unknown plan `stalking`: did you mean `stalking-super-complaint`?
    ");
    assert_snapshot!(real(&["list", "--id", "77"]), @"
    exit 2
    ---- err
    error: unknown recommendation `77`; there are: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29
    ");
}

#[test]
fn json_is_the_contract() {
    assert_snapshot!(real(&["list", "--id", "9", "--id", "28", "--format", "json"]));
}

#[test]
fn csv_has_a_column_a_field() {
    assert_snapshot!(real(&["list", "--owner", "MOJ", "--format", "csv"]));
}

#[test]
fn markdown_can_be_pasted() {
    assert_snapshot!(real(&["list", "--owner", "OPCC", "--format", "markdown"]));
}

#[test]
fn groups_columns_and_order_are_the_readers_choice() {
    let arguments =
        ["list", "--group-by", "owner", "--columns", "id,title,due", "--sort", "deadline", "--reverse"];
    assert_snapshot!(real(&arguments));
}

#[test]
fn a_table_shows_each_column_that_the_file_for_spreadsheets_has() {
    let csv = |column: &str| {
        let told = output(&["list", "--format", "csv", "--columns", column]);
        told.lines().skip(1).any(|value| !value.trim_matches('"').is_empty())
    };
    let columns = output(&["list", "--format", "csv"]);
    let columns: Vec<&str> = columns.lines().next().expect("a heading").split(',').collect();
    assert!(columns.contains(&"theme"), "{columns:?}");
    for column in columns {
        assert!(csv(column), "the invented plan uses every key, but not {column}");
        let table = output(&["list", "--columns", column]);
        let rows = table.lines().skip(1).take_while(|line| !line.contains(" recommendations"));
        assert!(rows.clone().any(|row| !row.trim().is_empty()), "{column}:\n{table}");
    }
    // Sorted and grouped by what the usual table does not show.
    let themes = output(&["list", "--group-by", "theme"]);
    assert!(!themes.starts_with("no theme (15)"), "{themes}");
    let sorted = output(&["list", "--sort", "theme"]);
    assert_ne!(sorted, output(&["list"]));
}

/// What the program prints of the invented plan.
fn output(arguments: &[&str]) -> String {
    let out = plan(&repository().join("tests"), arguments)
        .env("PLAN_AS_OF", "2026-06-30")
        .output()
        .expect("it runs");
    assert!(out.status.success(), "{arguments:?}");
    String::from_utf8(out.stdout).expect("it is UTF-8")
}

#[test]
fn a_list_can_be_sorted_by_the_name_of_a_column() {
    for (column, key) in [
        ("due", "deadline"),
        ("owners", "owner"),
        ("implied_rag", "implied-rag"),
        ("last_update", "updated"),
        ("last-update", "updated"),
    ] {
        assert_eq!(output(&["list", "--sort", column]), output(&["list", "--sort", key]), "{column}");
    }
}

#[test]
fn a_plan_with_every_key_and_parts() {
    assert_snapshot!(invented(&["list", "--width", "120"]));
}

#[test]
fn every_key_is_in_json() {
    assert_snapshot!(invented(&["list", "--format", "json"]));
}

#[test]
fn several_plans_have_a_column_of_their_own() {
    let first = recommendation("1", "rag = \"Red\"\nmitigation = \"More people.\"");
    let plans = Plans::one(&[("01-a.toml", &first)]);
    let other = include_str!("../../plans/stalking-super-complaint/plan.toml");
    plans.write("plans/deep/er/plan.toml", other.as_bytes());
    let own = recommendation("1", "status = \"On Track\"").replace("Force", "OPCC");
    plans.write("plans/deep/er/01-b.toml", own.as_bytes());
    assert_snapshot!(plans.run(&["list"]), @"
    exit 0
    ---- out
    Plan     Id  Title    Owner  Deadline     RAG                       Status
    deep/er  1   Title 1  OPCC   no deadline  not rated, implied Amber  On Track
    p        1   Title 1  Force  no deadline  Red                       not reported

    2 recommendations: 2 without a deadline, 1 not rated
    ");
    assert_snapshot!(plans.run(&["show", "1"]), @"
    exit 2
    ---- err
    error: 1 is in several plans; say which: deep/er:1, p:1
    ");
    assert_snapshot!(plans.run(&["list", "--plan", "p", "--format", "csv", "--columns", "plan,id"]), @"
    exit 0
    ---- out
    plan,id
    p,1
    ");
}

/// Two plans that share the word Amber, which stands at another place and means another thing in
/// each: at risk in `a`, on its way in `b`.
fn two_scales() -> Plans {
    let head = |words: &[(&str, &str)], under_way: &str| {
        let level = |(name, outlook): &(&str, &str)| format!("[[rag]]\nname = \"{name}\"\n{outlook}\n");
        let levels: String = words.iter().map(level).collect();
        format!(
            "title = \"x\"\nanswers_for = [\"Force\"]\n[[owner]]\nname = \"Force\"\nmember_of = [\"All\"]\n\
             [[owner]]\nname = \"Council\"\n[[owner]]\nname = \"All\"\n{levels}\
             [[status]]\nname = \"Shut\"\nphase = \"dropped\"\noutlook = \"miss\"\n\
             [[status]]\nname = \"Under way\"\noutlook = \"{under_way}\"\n"
        )
    };
    let a = head(&[("Red", "outlook = \"miss\""), ("Amber", "outlook = \"at-risk\"")], "meet");
    let b =
        head(&[("Amber", "outlook = \"meet\""), ("Black", ""), ("Crimson", "outlook = \"miss\"")], "at-risk");
    let plans = Plans::new(&[]);
    for (plan, head, words) in [("a", a, ["Red", "Amber", "Puce"]), ("b", b, ["Amber", "Black", "Crimson"])] {
        plans.write(&format!("plans/{plan}/plan.toml"), head.as_bytes());
        for (i, word) in words.iter().enumerate() {
            let status = if i == 1 { "status = \"Shut\"" } else { "status = \"Under way\"" };
            let id = (i + 1).to_string();
            let file = recommendation(&id, &format!("rag = \"{word}\"\n{status}"));
            plans.write(&format!("plans/{plan}/0{id}-x.toml"), file.as_bytes());
        }
        let joint = recommendation("4", "").replace("[\"Force\"]", "[\"All\", \"Force\"]");
        plans.write(&format!("plans/{plan}/04-x.toml"), joint.as_bytes());
        let other = recommendation("5", "").replace("Force", "Council");
        plans.write(&format!("plans/{plan}/05-x.toml"), other.as_bytes());
    }
    plans
}

#[test]
fn over_several_plans_words_are_grouped_and_sorted_by_what_they_mean() {
    let plans = two_scales();
    let list =
        |more: &[&str]| plans.run(&[&["list", "--columns", "plan,id,owners,rag,status"][..], more].concat());
    assert_snapshot!(list(&["--group-by", "rag"]), @"
    exit 0
    ---- out
    miss (2)

    Plan  Id  Owner  RAG      Status
    a     1   Force  Red      Under way
    b     3   Force  Crimson  Under way

    at-risk (1)

    Plan  Id  Owner  RAG                 Status
    a     2   Force  Amber, implied Red  Shut

    meet (1)

    Plan  Id  Owner  RAG    Status
    b     1   Force  Amber  Under way

    no outlook (1)

    Plan  Id  Owner  RAG                     Status
    b     2   Force  Black, implied Crimson  Shut

    Puce (1)

    Plan  Id  Owner  RAG   Status
    a     3   Force  Puce  Under way

    not rated (2)

    Plan  Id  Owner       RAG        Status
    a     4   All, Force  not rated  not reported
    b     4   All, Force  not rated  not reported

    held elsewhere (2)

    Plan  Id  Owner    RAG  Status
    a     5   Council  –    held elsewhere
    b     5   Council  –    held elsewhere

    10 recommendations: 10 without a deadline, 2 not rated, 2 held elsewhere
    ");
    assert_snapshot!(list(&["--group-by", "status"]), @"
    exit 0
    ---- out
    open (4)

    Plan  Id  Owner  RAG      Status
    a     1   Force  Red      Under way
    a     3   Force  Puce     Under way
    b     1   Force  Amber    Under way
    b     3   Force  Crimson  Under way

    dropped (2)

    Plan  Id  Owner  RAG                     Status
    a     2   Force  Amber, implied Red      Shut
    b     2   Force  Black, implied Crimson  Shut

    not reported (2)

    Plan  Id  Owner       RAG        Status
    a     4   All, Force  not rated  not reported
    b     4   All, Force  not rated  not reported

    held elsewhere (2)

    Plan  Id  Owner    RAG  Status
    a     5   Council  –    held elsewhere
    b     5   Council  –    held elsewhere

    10 recommendations: 10 without a deadline, 2 not rated, 2 held elsewhere
    ");
    assert_snapshot!(list(&["--sort", "rag"]), @"
    exit 0
    ---- out
    Plan  Id  Owner       RAG                     Status
    a     1   Force       Red                     Under way
    b     3   Force       Crimson                 Under way
    a     2   Force       Amber, implied Red      Shut
    b     1   Force       Amber                   Under way
    b     2   Force       Black, implied Crimson  Shut
    a     3   Force       Puce                    Under way
    a     4   All, Force  not rated               not reported
    b     4   All, Force  not rated               not reported
    a     5   Council     –                       held elsewhere
    b     5   Council     –                       held elsewhere

    10 recommendations: 10 without a deadline, 2 not rated, 2 held elsewhere
    ");
    assert_snapshot!(list(&["--sort", "status"]), @"
    exit 0
    ---- out
    Plan  Id  Owner       RAG                     Status
    a     1   Force       Red                     Under way
    a     3   Force       Puce                    Under way
    b     1   Force       Amber                   Under way
    b     3   Force       Crimson                 Under way
    a     2   Force       Amber, implied Red      Shut
    b     2   Force       Black, implied Crimson  Shut
    a     4   All, Force  not rated               not reported
    b     4   All, Force  not rated               not reported
    a     5   Council     –                       held elsewhere
    b     5   Council     –                       held elsewhere

    10 recommendations: 10 without a deadline, 2 not rated, 2 held elsewhere
    ");
    assert_snapshot!(list(&["--sort", "implied-rag"]), @"
    exit 0
    ---- out
    Plan  Id  Owner       RAG                     Status
    a     2   Force       Amber, implied Red      Shut
    b     2   Force       Black, implied Crimson  Shut
    b     1   Force       Amber                   Under way
    b     3   Force       Crimson                 Under way
    a     1   Force       Red                     Under way
    a     3   Force       Puce                    Under way
    a     4   All, Force  not rated               not reported
    a     5   Council     –                       held elsewhere
    b     4   All, Force  not rated               not reported
    b     5   Council     –                       held elsewhere

    10 recommendations: 10 without a deadline, 2 not rated, 2 held elsewhere
    ");
    // One plan goes by its own words.
    assert_snapshot!(list(&["--group-by", "rag", "--plan", "b"]), @"
    exit 0
    ---- out
    Amber (1)

    Plan  Id  Owner  RAG    Status
    b     1   Force  Amber  Under way

    Black (1)

    Plan  Id  Owner  RAG                     Status
    b     2   Force  Black, implied Crimson  Shut

    Crimson (1)

    Plan  Id  Owner  RAG      Status
    b     3   Force  Crimson  Under way

    not rated (1)

    Plan  Id  Owner       RAG        Status
    b     4   All, Force  not rated  not reported

    held elsewhere (1)

    Plan  Id  Owner    RAG  Status
    b     5   Council  –    held elsewhere

    5 recommendations: 5 without a deadline, 1 not rated, 1 held elsewhere
    ");
}

#[test]
fn a_joint_item_stands_under_each_owner_and_a_collectives_under_the_collective() {
    let list = two_scales().run(&["list", "--group-by", "owner", "--columns", "plan,id,owners"]);
    assert_snapshot!(list, @"
    exit 0
    ---- out
    All (2)

    Plan  Id  Owner
    a     4   All, Force
    b     4   All, Force

    Council (2)

    Plan  Id  Owner
    a     5   Council
    b     5   Council

    Force (8)

    Plan  Id  Owner
    a     1   Force
    a     2   Force
    a     3   Force
    a     4   All, Force
    b     1   Force
    b     2   Force
    b     3   Force
    b     4   All, Force

    10 recommendations: 10 without a deadline, 2 not rated, 2 held elsewhere
    ");
}

#[test]
fn a_list_and_a_summary_have_the_same_groups() {
    let plans = two_scales();
    for (key, plan) in ["rag", "status", "phase", "plan", "theme"].iter().flat_map(|k| [(k, "a"), (k, "*")]) {
        let only: &[&str] = if plan == "a" { &["--plan", "a"] } else { &[] };
        let list = plans.run(&[&["list", "--group-by", key, "--columns", "id"], only].concat());
        let named = list.lines().filter_map(|line| line.strip_suffix(')')?.rsplit_once(" ("));
        let named: Vec<String> = named.map(|(name, count)| format!("{name}: {count}")).collect();
        let summary = plans.run(&[&["summary", "--by", key, "--format", "json"], only].concat());
        let summary = summary.strip_prefix("exit 0\n---- out\n").expect("it runs");
        let summary: serde_json::Value = serde_json::from_str(summary).expect("it is JSON");
        let blank = match *key {
            "rag" => "not rated",
            "status" => "not reported",
            _ => "no theme",
        };
        let group =
            |g: &serde_json::Value| format!("{}: {}", g["name"].as_str().unwrap_or(blank), g["total"]);
        let groups: Vec<String> = summary["groups"].as_array().expect("a list").iter().map(group).collect();
        assert_eq!(named, groups, "{key}, {plan}");
    }
}

#[test]
fn what_has_no_owner_is_held_by_nobody_else() {
    // A part of what cannot be read inherits no owner.
    let part = "id = \"1.1\"\ntitle = \"Part\"\nparent = \"1\"\ntext = \"Text.\"\n";
    let plans = Plans::one(&[("01-a.toml", "id = "), ("1.1-b.toml", part)]);
    plans.write("plans/p/plan.toml", format!("answers_for = [\"Force\"]\n{HEAD}").as_bytes());
    assert_snapshot!(plans.run(&["list"]), @"
    exit 2
    ---- out
    Id   Title  Owner  Deadline     RAG        Status
    1.1  Part          no deadline  not rated  not reported

    0 recommendations; and 1 part
    1 file could not be read: what is in it is missing here
    ---- err
    error: plans/p/01-a.toml could not be read: line 1: missing value
    ");
}

#[test]
fn a_deadline_in_words_is_shown_before_the_milestone_that_is_due() {
    let file = |id: &str, due: &str| {
        let lines = "deadline = { wording = \"When the law is passed\" }\nstatus = \"On Track\"";
        format!("{}[[milestone]]\ntitle = \"m\"\n{due}", recommendation(id, lines))
    };
    let plans = Plans::one(&[
        ("01-a.toml", &file("1", "due = 2025-03-27")),
        ("02-b.toml", &file("2", "due = 2025-04-27")),
        ("03-c.toml", &file("3", "due = 2026-03-27")),
        ("04-d.toml", &file("4", "due = 2025-03-27\n[[milestone]]\ntitle = \"n\"\ndue = 2026-03-27")),
        ("05-e.toml", &file("5", "")),
    ]);
    assert_snapshot!(plans.run(&["list", "--columns", "id,deadline"]), @"
    exit 0
    ---- out
    Id  Deadline
    1   When the law is passed, milestone 27 Mar 2025, 1 day overdue
    2   When the law is passed, milestone 27 Apr 2025, due soon
    3   When the law is passed, milestone 27 Mar 2026
    4   When the law is passed, milestone 27 Mar 2026, 1 missed
    5   When the law is passed, undated

    5 recommendations: 1 overdue, 5 undated, 5 not rated
    ");
}
