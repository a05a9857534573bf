//! `plan import`: the account that it gives, the files that it writes, and what it refuses.

mod rows;
mod trackers;

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
    error: invalid value 'Who=boss' for '--map <HEADING=KEY>': no column holds `boss`: it may hold number, text, title, owner, lead, update, update.date, rag, status, deadline, forecast, issued, closed, evidence, priority, parent, theme, origin, response, mitigation, custom.NAME, skip

    For more information, try '--help'.
    ");
}

#[test]
fn a_column_with_no_heading_is_called_by_its_place() {
    let rows = "No,,Recommendation,Due,,RAG,\n\
                1,Head of Housing,Publish a policy on repairs.,1 May 2025,Not yet costed,Red,\n\
                2,Head of Repairs,Inspect every block each year.,1 June 2025,,Amber,\n";
    let plans = Plans::new(&[("t.csv", rows.as_bytes())]);
    insta::assert_snapshot!(
        "by_place",
        plans.run(&["import", "t.csv", "--as", "q", "--map", "Column 2=owners", "--dry-run"])
    );
    insta::assert_snapshot!("by_place_asked", plans.run(&["import", "t.csv", "--as", "q"]));
}

#[test]
fn nothing_is_written_over_what_is_there() {
    let plans = Plans::one(&[]);
    plans.write("t.csv", b"No,Recommendation,Owner\n1,Do it,NPCC\n");
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "p"]), @"
    exit 2
    ---- err
    error: there is a plan p already, in plans/p: another name goes behind --as, or remove that folder first
    ");
    // A file that is none of the plan's own is no obstacle; the plan that is there stays as it is.
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "q", "-q"]), @"exit 0");
    insta::assert_snapshot!(plans.run(&["import", "t.csv", "--as", "q"]), @"
    exit 2
    ---- err
    error: there is a plan q already, in plans/q: another name goes behind --as, or remove that folder first
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
fn what_is_imported_is_canonical_whatever_it_lacks() {
    let tables = [
        "No,Recommendation,Owner,Status\n1,Do it,NPCC,Parked\n",
        "No,Recommendation,Owner,RAG\n1,Do it,NPCC,Red\n",
        "No,Recommendation,Owner\n1,Do it,NPCC\n",
    ];
    for table in tables {
        let plans = Plans::new(&[("t.csv", table.as_bytes())]);
        plans.run(&["import", "t.csv", "--as", "p", "-q"]);
        let told = plans.run(&["fmt", "--check"]);
        assert!(told.starts_with("exit 0"), "{told}");
    }
}
