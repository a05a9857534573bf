//! `plan import`: the account that it gives, the files that it writes, and what it refuses.

use super::common::{Plans, plan, repository, told};
use std::fs;

/// Imports one of the documents that are kept, in a folder of its own.
fn kept(name: &str, more: &[&str]) -> (Plans, String) {
    let plans = Plans::new(&[]);
    let document = repository().join("tests/documents/fixtures").join(name);
    fs::copy(document, plans.path().join(name)).expect("the document is copied");
    let told = plans.run(&[&["import", name, "--as", "it"], more].concat());
    (plans, told)
}

/// Every file of a folder, one below the other.
fn files(plans: &Plans, folder: &str) -> String {
    let entries = fs::read_dir(plans.path().join(folder)).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let one = |path: &std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        format!("==== {name}\n{}", fs::read_to_string(path).expect("a text"))
    };
    paths.iter().map(one).collect()
}

const TRACKER: &str = "Ref,Recommendation,Owner,Due,RAG,Progress,Theatre\n\
    1,\"Train managers. Then train their deputies, all of them, and record who was trained and when.\",Head of HR/NPCC,31/03/2027,A,\"05/10/2026: A course was bought.\n02/11/2026: It began.\",East\n\
    2,Review contracts,Head of Finance,Q3 2027,Green - slipped once,,West\n";

#[test]
fn a_word_table_in_text_is_accounted_for() {
    let (_, told) = kept("seed.txt", &["--number-by", "position", "--width", "100"]);
    insta::assert_snapshot!(told);
}

#[test]
fn a_word_document_of_another_layout_is_accounted_for() {
    let (plans, told) = kept("layouts.docx", &["--width", "100"]);
    insta::assert_snapshot!(told);
    insta::assert_snapshot!("layouts_files", files(&plans, "plans/it"));
}

#[test]
fn a_workbook_is_accounted_for() {
    let (_, told) = kept("seed.xlsx", &[]);
    insta::assert_snapshot!(told);
}

#[test]
fn a_tracker_becomes_files_that_are_canonical() {
    let plans = Plans::new(&[("tracker.csv", TRACKER.as_bytes())]);
    insta::assert_snapshot!(plans.run(&["import", "tracker.csv", "--as", "audit/2026"]));
    insta::assert_snapshot!("tracker_files", files(&plans, "plans/audit/2026"));
    insta::assert_snapshot!(plans.run(&["fmt", "--check"]), @"
    exit 0
    ---- out
    3 files: 0 would change
    ");
}

#[test]
fn a_dry_run_shows_the_files_and_writes_none() {
    let plans = Plans::new(&[("tracker.csv", b"No,Recommendation,Owner,Status\n1,Do it,NPCC,Parked\n")]);
    insta::assert_snapshot!(plans.run(&["import", "tracker.csv", "--as", "p", "--dry-run"]));
    assert!(!plans.path().join("plans").exists());
}

#[test]
fn a_heading_means_what_somebody_says() {
    let plans = Plans::new(&[("t.csv", b"No,What they want,Who,Colour,Page\n1,Do it,NPCC,Red,12\n")]);
    insta::assert_snapshot!(plans.run(&[
        "import",
        "t.csv",
        "--as",
        "p",
        "--map",
        "What they want=text",
        "--map",
        "colour=rag",
        "--map",
        "Page=skip",
    ]));
    insta::assert_snapshot!(plans.run(&["list", "--columns", "id,title,owners,rag"]), @"
    exit 0
    ---- out
    Id  Title  Owner  RAG
    1   Do it  NPCC   Red

    1 recommendation: 1 without a deadline
    ");
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "q", "--map", "Wat they want=text"]), @r#"
    exit 2
    ---- err
    error: no column is headed "Wat they want": there is What they want
    "#);
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "q", "--map", "Who=boss"]), @"
    exit 2
    ---- err
    error: invalid value 'Who=boss' for '--map <HEADING=KEY>': no column holds `boss`: it may hold number, text, title, owner, lead, update, rag, status, deadline, forecast, issued, closed, evidence, priority, theme, origin, response, mitigation, custom.NAME, skip

    For more information, try '--help'.
    ");
}

#[test]
fn nothing_is_written_over_what_is_there() {
    let plans = Plans::one(&[]);
    plans.write("t.csv", b"No,Recommendation,Owner\n1,Do it,NPCC\n");
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "p"]), @"
    exit 2
    ---- err
    error: there is a plan p already, in plans/p: another name goes behind --as
    ");
    // A file that is none of the plan's own is no obstacle; the plan that is there stays as it is.
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "q", "-q"]), @"exit 0");
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "q"]), @"
    exit 2
    ---- err
    error: there is a plan q already, in plans/q: another name goes behind --as
    ");
    insta::assert_snapshot!(plans.run(&["-C", "plans/q", "import", "../../t.csv", "--as", "r", "-q"]), @"exit 0");
    assert!(plans.path().join("plans/r/plan.toml").exists());
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "../x"]), @"
    exit 2
    ---- err
    error: invalid value '../x' for '--as <ID>': write a name of letters, digits and hyphens: audit-2026

    For more information, try '--help'.
    ");
}

#[test]
fn what_cannot_be_read_is_named_with_the_remedy() {
    let plans = Plans::new(&[
        ("notes.txt", b"Nothing but words.\n"),
        ("folder/x", b""),
        ("words.csv", b"a,b\n1,2\n"),
    ]);
    for file in ["nowhere.docx", "folder", "notes.txt", "words.csv"] {
        insta::assert_snapshot!(file, plans.run(&["import", file, "--as", "p"]));
    }
    let pdf: &[u8] = b"%PDF-1.7\n...";
    plans.write("plan.docx", pdf);
    insta::assert_snapshot!(plans.run(&["import", "plan.docx", "--as", "p"]), @"
    exit 2
    ---- err
    error: cannot import plan.docx: this is a PDF, in which there are no tables, only places on a page: ask for the Word or Excel file that it was made from
    ");
    insta::assert_snapshot!(plans.run(&["import", "plan.docx"]), @"
    exit 2
    ---- err
    error: the following required arguments were not provided:
      --as <ID>

    Usage: plan import --as <ID> <FILE>

    For more information, try '--help'.
    ");
    assert!(!plans.path().join("plans").exists());
}

#[test]
fn a_revision_is_not_written_to() {
    let plans = Plans::one(&[]);
    plans.write("t.csv", b"No,Recommendation,Owner\n1,Do it,NPCC\n");
    insta::assert_snapshot!(plans.run(&["--at", "HEAD", "import", "t.csv", "--as", "q"]), @"
    exit 2
    ---- err
    error: --at is for reading: what is past stays as it was
    ");
}

/// What `list` writes as CSV comes back, cells that a spreadsheet would have run and all.
#[test]
fn a_list_in_csv_comes_back() {
    let more = "priority = \"=1+1\"\ntheme = \"@home\"";
    let plans = Plans::one(&[("01-a.toml", &super::common::recommendation("1", more))]);
    let list = plan(plans.path(), &["list", "--format", "csv", "-q"]).output().expect("a list");
    plans.write("list.csv", &list.stdout);
    insta::assert_snapshot!(told(&mut plan(plans.path(), &["import", "list.csv", "--as", "back"])));
    insta::assert_snapshot!("list_files", files(&plans, "plans/back"));
}

/// Imports a text, and gives what `list` then says and what was uncertain.
fn imported(name: &str, text: &str, more: &[&str]) -> String {
    let plans = Plans::new(&[(name, text.as_bytes())]);
    let told = plans.run(&[&["import", name, "--as", "p"], more].concat());
    let uncertain =
        told.lines().skip_while(|line| !line.starts_with("Uncertain")).take_while(|l| !l.is_empty());
    let uncertain: Vec<&str> = uncertain.skip(1).collect();
    let errors: Vec<&str> = told.lines().filter(|line| line.starts_with("error")).collect();
    let rows =
        plans.run(&["list", "--format", "csv", "-q", "--columns", "id,title,owners,due,forecast,rag,status"]);
    let rows = rows.trim_start_matches("exit 0\n---- out\n");
    format!("{rows}{}\n{}", uncertain.join("\n"), errors.join("\n"))
}

#[test]
fn rows_of_a_word_table_with_words_of_their_own_stay_apart() {
    let table = "Recommendation\tResponsible officer\tTarget date\tRAG\n\
        R1 Review the rota.\tHead of Crime\t30/06/2026\tA\n\
        R2 Buy cameras\t\t31 March 2026\tG\n\
        for all vans.\t\t\t\n";
    insta::assert_snapshot!(imported("t.txt", table, &[]), @"
    exit 2
    ---- out
    id,title,owners,due,forecast,rag,status
    R1,Review the rota,Head of Crime,2026-06-30,,Amber,
    ---- err
    error: plans/p/r2-buy-cameras-for-all-vans.toml could not be read: line 1: this recommendation has no `owners`
      - table 1, line 3: it names no owner
    ");
    // Without anybody who owns them nothing is written; with --owner everything is.
    let table =
        "Recommendation\tWho it concerns\tTarget date\n1. Review.\tAll\t1/2/2027\n2. Buy.\tAll\t1/3/2027\n";
    insta::assert_snapshot!(imported("t.txt", table, &["-q"]), @r#"
    exit 2
    ---- err
    error: there is no folder `plans` at or above FOLDER, and no plan in it: go to your plans, or name their folder with -C
      - table 1, line 2: it names no owner
      - table 1, line 3: it names no owner
    ---- err
    error: nothing names who owns the recommendations, and every one has an owner: say which column does, --map "Who it concerns=owners", or who owns them all, --owner "..."
    error: nothing names who owns the recommendations, and every one has an owner: say which column does, --map "Who it concerns=owners", or who owns them all, --owner "..."
    "#);
    insta::assert_snapshot!(imported("t.txt", table, &["--owner", "Head of Crime"]), @"
    id,title,owners,due,forecast,rag,status
    1,Review,Head of Crime,2027-02-01,,,
    2,Buy,Head of Crime,2027-03-01,,,
    ");
}

#[test]
fn the_newest_of_several_ratings_is_how_it_stands() {
    let columns = "Ref,Recommendation,Owner,Original due date,Revised due date,Previous RAG,Current RAG\n\
        1,Train,NPCC,01/05/2026,01/09/2026,Red,Green\n";
    insta::assert_snapshot!(imported("t.csv", columns, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2026-05-01,2026-09-01,Green,
    ");
    let quarters = "Ref,Recommendation,Owner,Q1 RAG,Q1 update,Q2 RAG,Q2 update\n1,Train,NPCC,Red,Began.,Amber,Went on.\n";
    insta::assert_snapshot!(imported("t.csv", quarters, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,Amber,
    ");
}

#[test]
fn a_word_with_more_behind_it_is_not_that_word() {
    let words = "Ref,Recommendation,Owner,RAG,Status\n\
        1,A,NPCC,🔴,Complete – awaiting sign off\n\
        2,B,NPCC,🟢 Green,Complete (12/05/2026)\n\
        3,C,NPCC,●,✔\n\
        4,D,NPCC,Red (was Amber),Closed\n";
    insta::assert_snapshot!(imported("t.csv", words, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,A,NPCC,,,Red,Complete – awaiting sign off
    2,B,NPCC,,,Green,Complete
    3,C,NPCC,,,,
    4,D,NPCC,,,Red,Closed
      - the table, line 4: nobody can tell what ● in "RAG" means
      - the table, line 4: nobody can tell what ✔ in "Status" means
      - the table, line 5: "Red (was Amber)" in "RAG" is read as Red, and the rest of it as an update
      - plan.toml asks what is meant by the status "Complete – awaiting sign off", "Closed"
    "#);
}

#[test]
fn totals_and_notes_below_a_table_are_no_recommendations() {
    let notes = "Ref,Recommendation,Owner,RAG\n1,Train,NPCC,Red\n2,Buy,NPCC,Green\nTotal,2,,\nNote: RAG is the board's.,,,\n,Both are late,,\n";
    insta::assert_snapshot!(imported("t.csv", notes, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,Red,
    2,Buy,NPCC,,,Green,
    ");
}

#[test]
fn a_banner_over_a_table_is_no_owner() {
    let banner = "OFFICIAL - SENSITIVE,,\nRef,Recommendation,RAG\n1,Train,Red\n";
    insta::assert_snapshot!(imported("t.csv", banner, &["--owner", "Head of Crime"]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,Head of Crime,,,Red,
    ");
}

#[test]
fn a_form_is_a_recommendation_whatever_words_stand_in_it() {
    let form = |n: u32, text: &str| {
        format!(
            "Recommendation {n}\n\nRecommendation\t{text}\nLead agency\tNPCC\nTarget date\t1/5/2027\nStatus\tIn progress\nProgress\tBegan.\n\n"
        )
    };
    insta::assert_snapshot!(imported("t.txt", &format!("{}{}", form(2, "Train."), form(3, "Buy.")), &[]), @"
    id,title,owners,due,forecast,rag,status
    2,Train,NPCC,2027-05-01,,,In progress
    3,Buy,NPCC,2027-05-01,,,In progress
    ");
}

#[test]
fn two_things_are_not_said_of_one_heading() {
    let plans = Plans::new(&[("t.csv", b"No,Recommendation,Owner,Lead\n1,Do it,NPCC,All\n")]);
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "q", "--map", "Lead=skip", "--map", "Lead=owners"]), @r#"
    exit 2
    ---- err
    error: --map says twice what "Lead" means
    "#);
}

#[test]
fn what_stands_across_the_table_below_its_rows_is_a_note() {
    let table = "Ref\tRecommendation\tOwner\n1\tTrain\tNPCC\n";
    let sections = "Theme: People\t\t\n2\tBuy\tNPCC\nAll figures are the board's.\t\t\n";
    insta::assert_snapshot!(imported("t.txt", &format!("{table}{sections}"), &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,,
    2,Buy,NPCC,,,,
    ");
}

#[test]
fn names_that_windows_keeps_for_itself_are_refused() {
    let plans = Plans::new(&[("t.csv", b"No,Recommendation,Owner\n1,Do it,NPCC\n")]);
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "con"]), @"
    exit 2
    ---- err
    error: invalid value 'con' for '--as <ID>': Windows has no folder of that name: con-plan

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "forces/com1"]), @"
    exit 2
    ---- err
    error: invalid value 'forces/com1' for '--as <ID>': Windows has no folder of that name: com1-plan

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "constables", "-q"]), @"exit 0");
}

#[test]
fn a_row_without_a_text_has_it_from_the_column_that_says_most() {
    let table = "Ref,Recommendation,What we will do,Owner\n1,Work together on it.,,Board\n1.1,,Set up a joint panel by May.,NPCC\n1.2,,,NPCC\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    exit 2
    ---- out
    id,title,owners,due,forecast,rag,status
    1,Work together on it,Board,,,,
    1.1,Set up a joint panel by May,NPCC,,,,
    ---- err
    error: plans/p/1.2-1-2.toml could not be read: line 1: this recommendation has no `text`
      - the table, line 3: it has no text, and what "What we will do" says is taken for it
      - the table, line 4: it has no text
    "#);
}

#[test]
fn tables_that_count_or_name_people_are_none_of_the_plan() {
    let text = "Ref\tRecommendation\tOwner\n1\tTrain.\tNPCC\n2\tBuy.\tNPCC\n\nName\tRole\tTelephone\nThe chair\tChairs\t101\n\n\
        RAG\tNumber\nRed\t3\nGreen\t10\n";
    insta::assert_snapshot!(imported("t.txt", text, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,,
    2,Buy,NPCC,,,,
    ");
}
