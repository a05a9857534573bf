//! Trackers as analysts have them, with what stands in them that is no plan.

use super::rows::{imported, told_of};
use crate::common::Plans;

/// Imports a text as of a day, and gives the whole account, and the files of the recommendations.
fn whole(text: &str) -> String {
    whole_of("t.csv", text, "2026-01-15", &[])
}

fn whole_of(name: &str, text: &str, day: &str, more: &[&str]) -> String {
    let plans = Plans::new(&[(name, text.as_bytes())]);
    let told = plans.run(&[&["import", name, "--as", "p", "--as-of", day], more].concat());
    let mut paths: Vec<_> = std::fs::read_dir(plans.path().join("plans/p"))
        .map_or_else(|_| Vec::new(), |all| all.flatten().map(|file| file.path()).collect());
    paths.retain(|path| !path.ends_with("plan.toml"));
    paths.sort();
    let files = paths.iter().map(|path| std::fs::read_to_string(path).expect("the file is there"));
    let account = told.split("\nmade plans").next().unwrap_or_default();
    format!("{account}\n{}", files.collect::<Vec<_>>().join("\n"))
}

#[test]
fn what_trackers_really_hold_is_read_or_told() {
    let text = "Ref,Recommendation,Owner,Deadline,RAG,Update\n\
        1,Alpha should be done,\"Supt Jones,CI Patel\",########,<s>R</s>G,\"<s>10/12/2025 - will miss</s><br>12/01/2026 09:15 - on track\"\n\
        2,Beta should be done,\"Supt Jones,TBC\",31/03/1926,\"<div style=\"\"background-color:#ff0000\"\">&nbsp;</div>\",\"01/12/2025 - First. 15/12/2025 - Second. 05/01/2026 - Third.\"\n\
        3,Gamma,HR & OD,\"???\",Red → Amber,\"1 December 2025: First\n\
        15 December: Second\"\n\
        4,Delta,Jane Doe;#John Roe,31/03/2027,A,\"10/12/2025: board set the go-live for\n\
        12/01/2026 but this slipped\"\n\
        5,Epsilon,#REF!,31/03/2027,A,\"01/04/2026 target for publication\"\n\
        6,Eta,Supt Jones + CI Patel,31/03/2027,A,\n\
        ,,,,,\n\
        RAG,Meaning,,,,\n\
        R,Will miss deadline,,,,\n\
        A,At risk,,,,\n\
        G,On track,,,,\n";
    insta::assert_snapshot!("really_held", whole(text));
}

#[test]
fn what_is_planned_is_no_report() {
    let text = "ID,Recommendation,Owner,Feb-26,Jul-26\n\
        1,Alpha should be done,Supt A,,Complete\n\
        2,Beta should be done,Supt A,In progress,Complete\n";
    insta::assert_snapshot!(whole(text), @r#"
    exit 0
    ---- out
    t.csv: 2 recommendations, 1 owner, 3 updates

    Tables
      the table (3 rows): the plan: 2 recommendations
        ID              → number
        Recommendation  → text
        Owner           → owners
        Feb-26          → status of an update for Feb-26, by what stands in it
        Jul-26          → status of an update for Jul-26, by what stands in it

    Understood
      - 2 titles, each: the opening words of its text, for the document gives none
      - the plan's title: the file's name, for the document gives none

    Uncertain: look at these
      - "Jul-26" is still to come: what stands there is kept as an update, and is not how anything stands
      - "Feb-26" is still to come: what stands there is kept as an update, and is not how anything stands
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"

    id = "1"
    title = "Alpha should be done"
    owners = ["Supt A"]

    text = """
    Alpha should be done"""

    [[update]]
    period = "Jul-26"
    status = "Complete"

    id = "2"
    title = "Beta should be done"
    owners = ["Supt A"]

    text = """
    Beta should be done"""

    [[update]]
    period = "Feb-26"
    status = "In progress"

    [[update]]
    period = "Jul-26"
    status = "Complete"
    "#);
}

#[test]
fn a_section_beside_one_that_says_that_it_is_an_owner_is_one() {
    let text = "No,Recommendation,Deadline,RAG\n\
        Owner: PCC,,,\n\
        1,Gamma should be done,31/03/2026,G\n\
        Home Office,,,\n\
        2,Delta should be done,30/04/2026,R\n";
    insta::assert_snapshot!(imported("t.csv", text, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Gamma should be done,PCC,2026-03-31,,Green,
    2,Delta should be done,Home Office,2026-04-30,,Red,
      - no column names owners: they are taken from what stands over the recommendations, "Home Office"
    "#);
    let lead = "Delivery plan 2026,,,\n\
        Owner: Chief Constable,,,\n\
        No,Recommendation,Deadline,RAG\n\
        1,Alpha should be done,31/03/2026,G\n\
        Owner: PCC,,,\n\
        2,Gamma should be done,31/03/2026,G\n";
    insta::assert_snapshot!(whole(lead), @r#"
    exit 0
    ---- out
    t.csv: 2 recommendations, 1 owner, 0 updates

    Tables
      the table (6 rows): the plan: 2 recommendations
        No              → number
        Recommendation  → text
        Deadline        → deadline
        RAG             → rag
        1 section: owner "PCC"

    Understood
      - 2 titles, each: the opening words of its text, for the document gives none
      - the document says of the plan: lead "Chief Constable"

    Uncertain: look at these
      - the table, line 4: it names no owner

    id = "1"
    title = "Alpha should be done"
    deadline = 2026-03-31
    rag = "Green"

    text = """
    Alpha should be done"""

    id = "2"
    title = "Gamma should be done"
    owners = ["PCC"]
    deadline = 2026-03-31
    rag = "Green"

    text = """
    Gamma should be done"""
    "#);
}

#[test]
fn the_remedy_for_a_table_that_is_nearly_the_plan_works() {
    let text = "No,Recommendation,Force champion\n\
        1,Alpha should be done,Supt A\n";
    insta::assert_snapshot!(imported("t.csv", text, &[]), @r#"
    exit 2
    ---- err
    error: there is no folder `plans` at or above FOLDER, and no plan in it: go to your plans, or name their folder with -C
      - the table is left out, for no column of it is known to say who owns it, by when, or how it stands: --map "Force champion=owners" makes it part of the plan
    ---- err
    error: there is no table of recommendations in t.csv: one column of it lacks a meaning: --map "Force champion=owners"
    error: there is no table of recommendations in t.csv: one column of it lacks a meaning: --map "Force champion=owners"
    "#);
    insta::assert_snapshot!(imported("t.csv", text, &["--map", "Force champion=owners"]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Alpha should be done,Supt A,,,,
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

#[test]
fn what_was_before_comes_first() {
    let text = "Ref,Recommendation,Owner,RAG,Update,Previous RAG\n\
        1,Alpha should be done,Supt A,Green,first text,Amber\n\
        ,,,Amber,12/01/2026: second text,\n";
    insta::assert_snapshot!(told_of("t.csv", text, "01-alpha-should-be-done.toml", &[]), @r#"
    id = "1"
    title = "Alpha should be done"
    owners = ["Supt A"]
    rag = "Amber"

    text = """
    Alpha should be done"""

    [[update]]
    period = "Previous"
    rag = "Amber"

    [[update]]
    text = """
    first text"""
    rag = "Green"

    [[update]]
    date = 2026-01-12
    text = """
    second text"""
    rag = "Amber"
    "#);
}

#[test]
fn a_key_takes_only_its_own_rows() {
    let between = "No,Recommendation,Owner,RAG,Update\n\
        1,Train staff,NPCC,Red,Started\n\
        ,,,,\n\
        RAG,Meaning\n\
        Red,Late\n\
        Green,On track\n\
        Prepared by the PMO of the force on 3 May 2026\n\
        ,,,,\n\
        2,Buy kit for all,Home Office,Green,Contract let\n\
        3,Sell kit for all,Home Office,Red,Contract lost\n";
    insta::assert_snapshot!("key_between", whole(between));
    let above = "Custody action plan,,,,\n\
        RAG,Meaning\n\
        Red,Late\n\
        Green,On track\n\
        ,,,,\n\
        No,Recommendation,Owner,RAG,Update\n\
        1,Train staff,NPCC,Red,Started\n";
    insta::assert_snapshot!("key_above", whole(above));
}

#[test]
fn only_a_time_makes_letters_ratings() {
    let text = "No,Recommendation,Owner,District 1,District 2,Phase 1,Phase 2,Oct,Nov,Dec,Jan\n\
        1,Train staff in it,NPCC,R,A,Complete,Not started,R,A,A,G\n\
        2,Train all in it,NPCC,A,R,Complete,Complete,R,A,A,A\n";
    insta::assert_snapshot!("only_times", whole(text));
}

#[test]
fn what_may_be_of_another_time_is_told() {
    let text = "Ref,Recommendation,Owner,Q3 2026 RAG,Q4 2026 RAG,Update\n\
        1,Train staff in it,NPCC,R,A,\"01/10/2025: Board set the dates. 31/03/2027 - pilot.\"\n\
        2,Train all in it,Vacant (was Head of IT),A,R,\"Dates for training:\n\
        12/01/2027 London\n\
        14/02/2027 Leeds\"\n\
        3,Do it for all,To Be Independent Ltd,A,R,\"01/12/2025 Board met\n\
        15/12/2025 meeting held with CPS\n\
        20/01/2026 Signed off\"\n\
        4,Do it,See recommendation 2,A,R,\"01/12/2025: One.\n\
        December 2025: Second.\"\n";
    insta::assert_snapshot!("another_time", whole_of("t.csv", text, "2026-11-25", &["--owner", "DCC"]));
}

#[test]
fn rows_of_paper_without_a_number_go_on_or_answer() {
    let text = "No\tRecommendation\tOwner\tRAG\tUpdate\n\
        1\tTrain staff.\tNPCC\tAmber\tThe board met in May and agreed that the\n\
        \t\t\tAmber\ttraining would be given by the College from June.\n\
        2\tTrain all.\tKent Police\tComplete\tAll trained.\n\
        \t\tEssex Police\tOpen\tHalf trained.\n";
    insta::assert_snapshot!("go_on_or_answer", whole_of("t.txt", text, "2026-11-25", &[]));
}

#[test]
fn the_plainer_of_two_headings_counts() {
    let text = "No,Task,Rationale,Recommendation,Owner,Progress update\n\
        1,The task,Staff lack skills,Train staff in it,NPCC,12/01/2026: begun\n";
    insta::assert_snapshot!("plainer", whole(text));
}

#[test]
fn a_key_ends_where_something_else_begins() {
    let again = "Status,Recommendation,Owner,Deadline\n\
        Open,Train staff,NPCC,31/03/2027\n\
        Status,Meaning,,\n\
        Open,Work has begun,,\n\
        Closed,All done,,\n\
        Open,Buy new body cameras,,\n\
        Closed,Sell kit,Home Office,\n";
    insta::assert_snapshot!("key_again", whole(again));
    let section = "No,Recommendation,Deadline,RAG\n\
        NPCC,,,\n\
        1,Gamma should be done,31/03/2026,G\n\
        RAG,Meaning,,\n\
        Red,Late,,\n\
        Green,On track,,\n\
        Home Office,,,\n\
        2,Delta should be done,30/04/2026,R\n\
        CPS,,,\n\
        3,Eta should be done,30/04/2026,R\n";
    insta::assert_snapshot!("key_section", whole(section));
    let two = "No,Recommendation,Owner,RAG,Update\n\
        1,Train staff,NPCC,Amber,Board met\n\
        ,,,Green,all trained now\n\
        RAG,Meaning,,,\n\
        Red,Late,,,\n\
        ,,,,\n\
        Status,Meaning,,,\n\
        Open,In hand,,,\n";
    insta::assert_snapshot!("key_twice", whole(two));
}

#[test]
fn a_month_is_rated_by_most_of_its_words_and_in_the_order_of_its_year() {
    let text = "Ref,Recommendation,Owner,Oct,Nov\n\
        1,Train staff,NPCC,R,G\n\
        2,Buy kit,CPS,A,Complete\n\
        3,Sell kit,CPS,G,G\n";
    insta::assert_snapshot!("mostly_levels", whole(text));
    let text = "Ref,Recommendation,Owner,Oct-24,Nov-24,Dec-24,Jan-25\n\
        1,Train staff,NPCC,A,A,G,\n2,Buy kit,NPCC,R,A,,\n3,Sell kit,NPCC,G,G,Complete,\n\
        4,Ask all,NPCC,Not started,Slow start; vacancy,On track: draft out,A note\n";
    insta::assert_snapshot!("months_alike", whole(text));
    let gantt = "Ref,Recommendation,Owner,Oct-24,Nov-24\n1,Train staff,NPCC,Start,G\n2,Buy kit,NPCC,x,x\n";
    let told = whole(gantt);
    assert!(!told.contains("\nrag ="), "{told}");
    let text = "Ref,Recommendation,Owner,Oct 2025/26,Dec 2025/26,Jan 2025/26,Feb 2025/26\n\
        1,Train staff,NPCC,R,R,A,G\n\
        2,Train all staff,NPCC lead to be confirmed,R,R,A,A\n\
        3,Train us,Awaiting appointment,R,R,A,A\n";
    insta::assert_snapshot!("financial_year", whole_of("t.csv", text, "2026-02-15", &[]));
}

#[test]
fn each_owner_of_paper_answers_once_and_reports_later_as_itself() {
    let text = "No\tRecommendation\tOwner\tStatus\tUpdate\n\
        1\tTrain all.\tKent Police\tComplete\tAll trained.\n\
        \t\tEssex Police\tOpen\tHalf trained.\n\
        \t\tSussex Police\t\tNone trained.\n\
        2\tTrain staff.\tNPCC\tOpen\tBoard met.\n\
        \t\tNPCC\tComplete\tAll trained now.\n\
        \t\tEssex Police\t\tNone trained.\n";
    insta::assert_snapshot!("answers_of_paper", whole_of("t.txt", text, "2026-02-15", &[]));
}

#[test]
fn lists_of_days_are_no_entries() {
    let text = "No,Recommendation,Owner,Update\n\
        1,Train staff,NPCC,\"Training dates:\n\
        05/12/2025 Leeds\n\
        06/12/2025 York\"\n\
        2,Buy,NPCC,\"01/10/2025: We fixed it\n\
        31/10/2025 remains the deadline\n\
        05/11/2025: Done.\"\n\
        3,Sell,NPCC,\"01/10/2025 - 05/10/2025: course held\n\
        06/11/2025: second\"\n";
    insta::assert_snapshot!("lists_of_days", whole_of("t.csv", text, "2026-02-15", &[]));
}

/// What each column of a table with these headings and one row is taken for.
fn columns(headings: &str, row: &str) -> String {
    let told = whole(&format!("{headings}\n{row}\n"));
    told.lines().filter(|line| line.contains("→")).map(|line| format!("{}\n", line.trim())).collect()
}

#[test]
fn a_heading_with_the_word_of_a_key_in_it_is_not_always_one() {
    let told = [
        columns(
            "No,Recommendation,Owner email,Owner,Days to deadline,Deadline",
            "1,Do it now,a@b.example,NPCC,-45,1 May 2025",
        ),
        columns(
            "No,Recommendation,Owner,How will progress be measured?,Progress",
            "1,Do it now,NPCC,By audits of files,Begun",
        ),
        columns("No,Recommendation,Owner,Evidence required,Risk", "1,Do it now,NPCC,A signed policy,High"),
        columns(
            "No,Recommendation,Owner,Original Implementation Date,Revised Implementation Date",
            "1,Do it now,NPCC,1 May 2025,1 June 2025",
        ),
        columns("Ref,HMICFRS Recommendation / AFI,Action,Action by", "1,Do it now,Recruit six more,NPCC"),
    ];
    insta::assert_snapshot!("headings_like_keys", told.join("\n"));
    // However short it is, beside a number it is none.
    assert!(columns("No,Recommendation,Owner", "1,Do it 1,NPCC").contains("Recommendation  → text"));
}

#[test]
fn a_day_in_a_text_that_may_be_its_deadline_is_told() {
    let told = whole(
        "No,Recommendation,Owner\n\
         1,\"Following the report of 5 May 2024, the force should train staff by 30 June 2027.\",DCC\n\
         2,Staff trained before 31 March 2025 should be retrained.,DCC\n\
         3,\"By 1 May 2027, publish.\",DCC\n\
         4,Close the site that was opened on 12 June 2026.,DCC\n",
    );
    let lines: Vec<&str> = told.lines().filter(|line| line.contains("deadline")).map(str::trim).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    - the table, line 2: its text says "by 30 June 2027", which may be its deadline: none is taken
    - the table, line 3: its text says "before 31 March 2025", which may be its deadline: none is taken
    deadline = 2027-05-01
    "#);
}

#[test]
fn a_tick_says_what_its_column_is_called() {
    let table = "No,Recommendation,Owner,Due,Not started,In progress,Complete,R,A,G\n\
        1,Train all,DCC,1 May 2027,,X,,,x,\n\
        2,Write it,DCC,1 May 2027,\u{2713},,,,,Y\n\
        3,Stop it,DCC,1 May 2027,,,\u{2714}\u{fe0f},,,\u{2713}\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train all,DCC,2027-05-01,,Amber,In progress
    2,Write it,DCC,2027-05-01,,Green,Not started
    3,Stop it,DCC,2027-05-01,,Green,Complete
    ");
    assert!(
        columns("No,Recommendation,Owner,Accepted", "1,Do it now,NPCC,Y")
            .contains("Accepted        → response")
    );
}
