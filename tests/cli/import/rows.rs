//! What becomes of rows: which are recommendations, and what each says.

use crate::common::Plans;

/// Imports a text, and gives what `list` then says and what was uncertain.
pub(super) fn imported(name: &str, text: &str, more: &[&str]) -> String {
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
    insta::assert_snapshot!(imported("t.csv", quarters, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,Amber,
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
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
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
      - plan.toml asks what is meant by the status "Complete – awaiting sign off", "Closed"
    "#);
}

#[test]
fn totals_and_notes_below_a_table_are_no_recommendations() {
    let notes = "Ref,Recommendation,Owner,RAG\n1,Train,NPCC,Red\n2,Buy,NPCC,Green\nTotal,2,,\nNote: RAG is the board's.,,,\n,Both are late,,\n";
    insta::assert_snapshot!(imported("t.csv", notes, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,Red,
    2,Buy,NPCC,,,Green,
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

#[test]
fn a_banner_over_a_table_is_no_owner() {
    let banner = "OFFICIAL - SENSITIVE,,\nRef,Recommendation,RAG\n1,Train,Red\n";
    insta::assert_snapshot!(imported("t.csv", banner, &["--owner", "Head of Crime"]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,Head of Crime,,,Red,
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
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
    insta::assert_snapshot!(imported("t.txt", &format!("{table}{sections}"), &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,,
    2,Buy,NPCC,,,,
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
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
      - the table: "What we will do" may be text too, as "Recommendation" is: it is kept as custom.what_we_will_do
      - the table, line 3: it has no text, and what "What we will do" says is taken for it
      - the table, line 4: it has no text
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

#[test]
fn tables_that_count_or_name_people_are_none_of_the_plan() {
    let text = "Ref\tRecommendation\tOwner\n1\tTrain.\tNPCC\n2\tBuy.\tNPCC\n\nName\tRole\tTelephone\nThe chair\tChairs\t101\n\n\
        RAG\tNumber\nRed\t3\nGreen\t10\n";
    insta::assert_snapshot!(imported("t.txt", text, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,,
    2,Buy,NPCC,,,,
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

#[test]
fn a_heading_over_one_table_is_no_theme() {
    let table = |owner: &str| format!("Ref\tRecommendation\tOwner\n1\tTrain.\t{owner}\n\n");
    let one = format!("Annex B\t\t\n{}", table("NPCC"));
    insta::assert_snapshot!(themes(&one), @"
    id,theme
    1,
    ");
    let two = format!(
        "The plan\t\t\nLast updated 3 May 2026\t\t\n{}Custody\t\t\n{}Courts\t\t\n{}",
        table("NPCC"),
        table("OPCC").replace("1\t", "2\t"),
        table("CPS").replace("1\t", "3\t")
    );
    insta::assert_snapshot!(themes(&two), @r#"
    id,theme
    1,
    2,Custody
    3,Courts
      - the headings over the tables are kept as themes: "Custody", "Courts"
      - the heading "Last updated 3 May 2026" over the recommendations
    "#);
}

/// Imports a text, and gives each id with its theme, and what the account says of headings.
fn themes(text: &str) -> String {
    let plans = Plans::new(&[("t.txt", text.as_bytes())]);
    let told = plans.run(&["import", "t.txt", "--as", "p"]);
    let headings: Vec<&str> = told.lines().filter(|line| line.contains("heading")).collect();
    let rows = plans.run(&["list", "--format", "csv", "-q", "--columns", "id,theme"]);
    format!("{}{}", rows.trim_start_matches("exit 0\n---- out\n"), headings.join("\n"))
}

#[test]
fn a_letter_that_may_mean_something_else_is_told() {
    let letters = "Ref,Recommendation,Owner,RAG\n1,Train,NPCC,R\n2,Buy,NPCC,P\n3,Hire,NPCC,A/G\n";
    insta::assert_snapshot!(imported("t.csv", letters, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,Red,
    2,Buy,NPCC,,,Purple,
    3,Hire,NPCC,,,Amber/Green,
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
      - the RAG "P" is read as Purple
      - plan.toml asks what is meant by the RAG "Purple"
    "#);
}

#[test]
fn a_form_may_begin_with_its_recommendation_across_it() {
    let form = |n: u32, text: &str| {
        format!("Recommendation {n}: {text}\t\nLead agency\tNPCC\nDue\t1/5/2027\nUpdate\tBegan.\n\n")
    };
    let text = format!("{}{}", form(4, "Train all."), form(7, "Buy one."));
    insta::assert_snapshot!(imported("t.txt", &text, &[]), @"
    id,title,owners,due,forecast,rag,status
    4,Train all,NPCC,2027-05-01,,,
    7,Buy one,NPCC,2027-05-01,,,
      - no row is printed 5, 6
    ");
}

#[test]
fn several_forms_stand_in_one_table() {
    let form = |n: u32, text: &str| {
        format!(
            "No:\t{n}\tOwner\tNPCC\nRecommendation\t{text}\t\t\nDue\t1/5/2027\tStatus\tOngoing\nDue\t1/6/2027\tGrade:\t\nUpdate\t\t\t\n\tBegan.\t\t\n"
        )
    };
    let text = format!("{}{}", form(2, "Train."), form(3, "Buy."));
    insta::assert_snapshot!(imported("t.txt", &text, &[]), @"
    id,title,owners,due,forecast,rag,status
    2,Train,NPCC,2027-05-01,,,Ongoing
    3,Buy,NPCC,2027-05-01,,,Ongoing
    ");
    insta::assert_snapshot!(file("t.txt", &text, "02-train.toml"), @r#"
    id = "2"
    title = "Train"
    owners = ["NPCC"]
    deadline = 2027-05-01
    status = "Ongoing"
    custom.due = "1/6/2027"

    text = """
    Train."""

    [[update]]
    text = """
    Began."""
    "#);
}

/// Imports a text, and gives one of the files.
fn file(name: &str, text: &str, file: &str) -> String {
    told_of(name, text, file, &[])
}

#[test]
fn several_days_of_a_forecast_stay_in_words() {
    let table = "Ref,Recommendation,Owner,Due,Revised date\n1,Train,NPCC,1/5/2026,\"Phase 1: 1/6/2026; Phase 2: 1/9/2026\"\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2026-05-01,Phase 1: 1/6/2026; Phase 2: 1/9/2026,,
      - the table, line 2: its forecast stays in words: "Phase 1: 1/6/2026; Phase 2: 1/9/2026"
    "#);
}

#[test]
fn days_of_a_column_with_the_month_first_are_not_guessed() {
    let table = "Ref,Recommendation,Owner,Due,Issued\n1,Train,NPCC,03/27/26,04/03/2025\n2,Buy,NPCC,03/04/26,\n3,Hire,NPCC,4 May 2026,\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,,,,
    2,Buy,NPCC,,,,
    3,Hire,NPCC,2026-05-04,,,
      - days in "Due" have the month first: those that can be read either way stay in words
      - the table, line 2: its deadline stays in words: "03/27/26"
      - the table, line 3: its deadline stays in words: "03/04/26"
    "#);
}

#[test]
fn parts_belong_to_what_they_are_parts_of() {
    let table =
        "Ref,Recommendation,Owner,Due\n7,Train,NPCC,1/5/2026\n7.1,Buy,,\n7a,Hire,NPCC,\n8.1,Sell,NPCC,\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @"
    id,title,owners,due,forecast,rag,status
    7,Train,NPCC,2026-05-01,,,
    7.1,Buy,NPCC,2026-05-01,,,
    7a,Hire,NPCC,,,,
    8.1,Sell,NPCC,,,,
      - there may be parts, which `parent` makes: 7a of 7
    ");
    insta::assert_snapshot!(imported("t.csv", table, &["--number-by", "position"]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2026-05-01,,,
    2,Buy,NPCC,2026-05-01,,,
    3,Hire,NPCC,,,,
    4,Sell,NPCC,,,,
      - there may be parts, which `parent` makes: 7a of 7
    ");
}

#[test]
fn a_row_that_may_be_several_is_told() {
    let table = "Ref\tRecommendation\tOwner\n\"1 2\"\tTrain.\tNPCC\n3\t<p>Buy.</p><p>4. Hire.</p>\tNPCC\n";
    insta::assert_snapshot!(imported("t.txt", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    """1 2""",Train,NPCC,,,,
    3,Buy,NPCC,,,,
      - table 1, line 3: 4 stands in its text too: it may be several, and is kept as one
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

#[test]
fn two_columns_that_are_said_to_be_one_are_told() {
    let table = "Ref,Recommendation,Owner,By when,End,Progress,Notes\n1,Train,NPCC,1/5/2026,1/6/2026,Began.,Went on.\n";
    let maps = ["--map", "By when=deadline", "--map", "End=deadline", "--map", "Notes=update"];
    insta::assert_snapshot!(imported("t.csv", table, &maps), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2026-05-01,,,
      - the table: "End" is said to be deadline too, as "By when" is: it is kept as custom.end
    "#);
    let plans = Plans::new(&[("t.csv", table.as_bytes())]);
    plans.run(&[["import", "t.csv", "--as", "p", "-q"].as_slice(), &maps].concat());
    insta::assert_snapshot!(plans.run(&["show", "1"]), @"
    exit 0
    ---- out
    1  Train  p

    Owner       NPCC
    Deadline    1 May 2026
    RAG         not rated
    Status      not reported
    Phase       open, updates undated
    custom.end  1/6/2026
    File        plans/p/01-train.toml

    Train

    Update
      undated
        Began.

        Went on.
    ");
}

#[test]
fn days_beside_names_are_no_names() {
    let table = "Ref,Recommendation,Owner / by when\n1,Train,\"Fleet Manager\n30/09/2026\"\n2,Buy,Head of HR (until 31/03/2026)\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,Fleet Manager,2026-09-30,,,
    2,Buy,Head of HR,,,,
      - the table, line 4: what "Owner / by when" says besides names, "(until 31/03/2026)", is kept as custom.owner_as_written
    "#);
    let beside =
        "Ref,Recommendation,Owner,Due\n1,Train,\"Head of HR\n31/3/26\",1/5/2026\n2,Buy,Lead: DCC,1/5/2026\n";
    insta::assert_snapshot!(imported("t.csv", beside, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,Head of HR,2026-05-01,,,
    2,Buy,DCC,2026-05-01,,,
      - the table, line 2: what "Owner" says besides names, "31/3/26", is kept as custom.owner_as_written
      - the table, line 4: what "Owner" says besides names, "Lead:", is kept as custom.owner_as_written
    "#);
}

#[test]
fn forms_are_told_apart_by_their_numbers() {
    let form = |n: u32| {
        format!(
            "Recommendation {n}\t\nText\tDo thing {n} for all.\nLead officer\tHead of {n}\nResponse\tAccepted in part\nDeadline\t{n}/5/2027\nProgress\tBegan.\n"
        )
    };
    insta::assert_snapshot!(imported("t.txt", &format!("{}{}", form(1), form(2)), &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Do thing 1 for all,Head of 1,2027-05-01,,,
    2,Do thing 2 for all,Head of 2,2027-05-02,,,
    ");
    let described = |n: u32| {
        format!("Recommendation\t{n}\nDescription\tDo thing {n} for all.\nOwner\tNPCC\nDue\t{n}/5/2027\n\n")
    };
    insta::assert_snapshot!(imported("t.txt", &format!("{}{}", described(1), described(2)), &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Do thing 1 for all,NPCC,2027-05-01,,,
    2,Do thing 2 for all,NPCC,2027-05-02,,,
    ");
    let across = "Recommendation 3\tDo it well.\t\t\nOwner\tNPCC\tDue date\t3/5/2027\nRisk to delivery\tCapacity\tDate closed\t\n";
    insta::assert_snapshot!(imported("t.txt", across, &[]), @"
    id,title,owners,due,forecast,rag,status
    3,Do it well,NPCC,2027-05-03,,,
    ");
}

#[test]
fn a_rating_is_one_whatever_it_is_of() {
    let table = "Ref,Recommendation,Owner,Due,Progress RAG,Assurance RAG,RAG commentary\n1,Train,NPCC,1/5/2027,Amber,Red,Late.\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2027-05-01,,Amber,
      - the table: "Assurance RAG" may be rag too, as "Progress RAG" is: it is kept as custom.assurance_rag
    "#);
}

#[test]
fn an_update_has_the_day_that_another_column_says() {
    let table = "Ref,Recommendation,Owner,Due,Last comment,Comment date,Parent\n1,Train,NPCC,1/5/2027,Began.,02/05/2026 09:14,\n2,Buy,NPCC,1/5/2027,,2026-05-20 16:00,1\n";
    insta::assert_snapshot!(file("t.csv", table, "01-train.toml"), @r#"
    id = "1"
    title = "Train"
    owners = ["NPCC"]
    deadline = 2027-05-01

    text = """
    Train"""

    [[update]]
    date = 2026-05-02
    text = """
    Began."""
    "#);
    insta::assert_snapshot!(file("t.csv", table, "02-buy.toml"), @r#"
    id = "2"
    parent = "1"
    title = "Buy"
    owners = ["NPCC"]
    deadline = 2027-05-01
    custom.updated = "2026-05-20"

    text = """
    Buy"""
    "#);
    let words = "Ref,Recommendation,Owner,Due,Update\n1,Train,NPCC,1/5/2027,05/10/2026\n";
    insta::assert_snapshot!(file("t.csv", words, "01-train.toml"), @r#"
    id = "1"
    title = "Train"
    owners = ["NPCC"]
    deadline = 2027-05-01
    custom.updated = "2026-10-05"

    text = """
    Train"""
    "#);
}

#[test]
fn what_was_revised_is_the_deadline_where_nothing_else_is() {
    let both =
        "Ref,Recommendation,Owner,Original target date,Current target date\n1,Train,NPCC,1/5/2027,1/9/2027\n";
    insta::assert_snapshot!(imported("t.csv", both, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2027-05-01,2027-09-01,,
    ");
    let one = "Ref,Recommendation,Owner,Revised date,Date completed\n1,Train,NPCC,1/5/2027,1/4/2027\n";
    insta::assert_snapshot!(imported("t.csv", one, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2027-05-01,,,
      - the table, line 2: it has the day on which it ended, and no status that ends it
    ");
}

#[test]
fn a_row_that_says_that_it_goes_on_does() {
    let table = "Ref\tRecommendation\tOwner\tDue\n2\tCheck every\tNPCC\t1/5/2027\n2 (cont.)\thome visit.\tNPCC\t\n3\tBuy.\tNPCC\t1/6/2027\n";
    insta::assert_snapshot!(imported("t.txt", table, &[]), @"
    id,title,owners,due,forecast,rag,status
    2,Check every home visit,NPCC,2027-05-01,,,
    3,Buy,NPCC,2027-06-01,,,
    ");
}

#[test]
fn later_rows_of_a_sheet_are_what_was_reported_later() {
    let table = "ID,Recommendation,Owner,Due,Date,Update,RAG\n1,Train all,NPCC,1/5/2027,3 Mar 2026,Began.,Amber\n,,,,4 Jun 2026,95% trained.,Green\n,,,,,Sent to the board.,\n2,Buy,OPCC,1/5/2027,3 Mar 2026,Ordered.,Red\n";
    insta::assert_snapshot!(imported("t.csv", table, &["--map", "Date=update.date"]), @"
    id,title,owners,due,forecast,rag,status
    1,Train all,NPCC,2027-05-01,,Green,
    2,Buy,OPCC,2027-05-01,,Red,
    ");
    insta::assert_snapshot!(told_of("t.csv", table, "01-train-all.toml", &["--map", "Date=update.date"]), @r#"
    id = "1"
    title = "Train all"
    owners = ["NPCC"]
    deadline = 2027-05-01
    rag = "Green"

    text = """
    Train all"""

    [[update]]
    date = 2026-03-03
    text = """
    Began."""
    rag = "Amber"

    [[update]]
    date = 2026-06-04
    text = """
    95% trained."""
    rag = "Green"

    [[update]]
    text = """
    Sent to the board."""
    "#);
}

/// Imports a text in a way, and gives one of the files.
pub(super) fn told_of(name: &str, text: &str, file: &str, more: &[&str]) -> String {
    let plans = Plans::new(&[(name, text.as_bytes())]);
    plans.run(&[&["import", name, "--as", "p", "-q"], more].concat());
    std::fs::read_to_string(plans.path().join("plans/p").join(file)).expect("the file is there")
}

#[test]
fn what_nobody_filled_in_is_blank_and_what_tells_of_the_file_is_no_title() {
    let table = "Generated: 01/06/2026 08:00,,,\nFilter: Owner = ALL,,,\nRef,Recommendation,Owner,Status,Due\n1,Train,NPCC,Choose an item.,1/5/2027\nTotal records: 1\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2027-05-01,,,
    ");
    let head = told_of("t.csv", table, "plan.toml", &[]);
    assert!(head.starts_with("title = \"t\"\n"), "{head}");
}

#[test]
fn a_table_that_is_nearly_the_plan_is_told() {
    let text = "Ref\tRecommendation\tOwner\tDue\n1\tTrain.\tNPCC\t1/5/2027\n\nIn between.\n\nRef\tProject\tSRO\tRAG\n1\tDepot\tNPCC\tRed\n";
    insta::assert_snapshot!(imported("t.txt", text, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,NPCC,2027-05-01,,,
      - table 2 is left out, for no column of it is known to say what is to be done: --map "Project=text" makes it part of the plan
    "#);
}

#[test]
fn a_total_names_nobody_and_a_day_of_either_kind_is_none() {
    let table = "Ref,Recommendation,Owner,Due,Issued\nTotal care 1,Train,NPCC,1/5/2027,03/27/2025\n2,Buy,OPCC,1/5/2027,03/04/2025\nTotal,2,,,\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    2,Buy,OPCC,2027-05-01,,,
    Total care 1,Train,NPCC,2027-05-01,,,
      - days in "Issued" have the month first: those that can be read either way stay in words
      - the table, line 2: "03/27/2025" is no certain day: it is kept as custom.issued
      - the table, line 3: "03/04/2025" is no certain day: it is kept as custom.issued
    "#);
}

#[test]
fn what_tells_of_the_past_or_doubts_itself_is_no_deadline() {
    let table = "Ref,Recommendation,Owner\n\
        1,\"By 1 May 2019, numbers had doubled. Recruit more.\",NPCC\n\
        2,\"By 1 May 2027 (to be agreed), train all.\",NPCC\n\
        3,\"By Friday 27 March 2027, train all.\",NPCC\n\
        4,\"By Saturday 27 March 2027, train all.\",NPCC\n\
        5,\"By 22 November 2027 (56 days from publication), train all.\",NPCC\n\
        6,\"Train all (or if not, by 2 June 2027).\",NPCC\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Numbers had doubled,NPCC,,,,
    2,Train all,NPCC,,,,
    3,Train all,NPCC,,,,
    4,Train all,NPCC,2027-03-27,,,
    5,Train all,NPCC,2027-11-22,,,
    6,"Train all (or if not, by 2 June 2027)",NPCC,,,,
      - the table, line 2: its text says "By 1 May 2019", which may be its deadline: none is taken
      - the table, line 3: its deadline stays in words: "By 1 May 2027 (to be agreed)"
      - the table, line 4: its deadline stays in words: "By Friday 27 March 2027"
      - the table, line 7: its text says "by 2 June 2027", which may be its deadline: none is taken
    "#);
    let cells = "Ref,Recommendation,Owner,Due\n1,A,NPCC,1 May 2027 (TBC)\n2,B,NPCC,1 May 2027 (six months from publication)\n";
    insta::assert_snapshot!(imported("t.csv", cells, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,A,NPCC,,,,
    2,B,NPCC,2027-05-01,,,
      - the table, line 2: its deadline stays in words: "1 May 2027 (TBC)"
    "#);
}

#[test]
fn a_form_loses_no_line() {
    let form = "No\tto be numbered later, when all of them are agreed by everybody\nRecommendation\tTrain all.\nOwner\tNPCC\nDue\t1/5/2027\nCriteria\tMust be met.\n";
    insta::assert_snapshot!(file("t.txt", form, "01-train-all.toml"), @r#"
    id = "1"
    title = "Train all"
    owners = ["NPCC"]
    deadline = 2027-05-01
    custom.no = "to be numbered later, when all of them are agreed by everybody"
    custom.criteria = "Must be met."

    text = """
    Train all."""
    "#);
}

#[test]
fn a_row_that_goes_on_makes_no_rating_up() {
    let table = "Ref\tRecommendation\tOwner\tRAG\tStatus\tDue\n2\tCheck every\tNPCC\tA\tOpen\t1/5/2027\n2 (cont.)\thome visit.\tOPCC\tR\tOpen\t\n";
    insta::assert_snapshot!(imported("t.txt", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    2,Check every home visit,NPCC,2027-05-01,,Amber,Open
      - table 1, line 3: "OPCC" in "Owner" differs from what stands above it, and is left out
      - table 1, line 3: "R" in "RAG" differs from what stands above it, and is left out
    "#);
}

#[test]
fn a_doubt_in_a_rating_is_told() {
    let table = "Ref,Recommendation,Owner,Due,RAG\n1,A,NPCC,1/5/2027,R?\n2,B,NPCC,1/5/2027,Amber ↑\n3,C,NPCC,1/5/2027,(Green)\n4,D,NPCC,1/5/2027,AMBER/RED\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,A,NPCC,2027-05-01,,Red,
    2,B,NPCC,2027-05-01,,Amber,
    3,C,NPCC,2027-05-01,,(Green),
    4,D,NPCC,2027-05-01,,Amber/Red,
      - the table, line 2: "R?" in "RAG" is read as Red, without its ?
      - the table, line 3: "Amber ↑" in "RAG" is read as Amber, without its ↑
      - plan.toml asks what is meant by the RAG "(Green)"
    "#);
}

#[test]
fn days_of_updates_are_not_guessed_where_the_month_comes_first() {
    let table = "Ref,Recommendation,Owner,Due,Update\n1,A,NPCC,1/5/2027,\"03/14/2026: Began.\n04/05/2026: Went on.\"\n2,B,NPCC,1/5/2027,\"14/03/2026: Began.\n05/04/2026: Went on.\"\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,A,NPCC,2027-05-01,,,
    2,B,NPCC,2027-05-01,,,
      - the table, line 2: days in "Update" have the month first: they stay in its words
      - the table, line 4: its update of 14 Mar 2026 is of a day to come
      - the table, line 4: its update of 5 Apr 2026 is of a day to come
    "#);
    insta::assert_snapshot!(file("t.csv", table, "01-a.toml"), @r#"
    id = "1"
    title = "A"
    owners = ["NPCC"]
    deadline = 2027-05-01

    text = """
    A"""

    [[update]]
    text = """
    03/14/2026: Began.

    04/05/2026: Went on."""
    "#);
}

#[test]
fn what_stands_for_an_owner_or_a_number_and_is_none_is_told() {
    let owners = "No,Recommendation,Owner,RAG,Update\n\
        1,Train all,Owner to be confirmed,R,\"14/03/2025 - Begun.\n16/03/2025 Approved.\n17/03/2025 to 19/03/2025 we met.\"\n\
        2,Write to all,N/A - all staff,G,16/03/2025 Approved.\n\
        3,Set up a unit,Head of Crime (TBC),A,\n\
        4,Check,Head of Crime?,A,\n\
        5,Report,Head A; TBC,A,\n\
        6,Buy,Lead – Head of HR. Supported by: Head of IT,A,\n\
        7 (closed),Ask,Head A,A,\n\
        N/A,Tell,Head A,A,\n\
        8-9,Say,Head A,A,\n\
        10*,See,Head A,A,\n";
    let plans = Plans::new(&[("t.csv", owners.as_bytes())]);
    let told = plans.run(&["import", "t.csv", "--as", "p"]);
    let told: Vec<&str> = told.lines().skip_while(|line| !line.starts_with("Understood")).collect();
    let read = |path: &str| std::fs::read_to_string(plans.path().join(path)).expect("the file is there");
    insta::assert_snapshot!(told.join("\n"), @r#"
    Understood
      - 10 titles, each: the opening words of its text, for the document gives none
      - the plan's title: the file's name, for the document gives none

    Uncertain: look at these
      - the table, line 10: "7 (closed)" stands where its number does, and is kept as that
      - the table, line 11: "N/A" stands where its number does, and is kept as that
      - the table, line 12: "8-9" stands where its number does, and is kept as that
      - the table, line 13: "10*" stands where its number does, and is kept as that
      - the table, line 2: "17/03/2025 to 19/03/2025 we met" in "Update" may be of another time than the update in which it stands
      - the table, line 2: it names no owner ("Owner to be confirmed")
      - the table, line 5: it names no owner ("N/A - all staff")
      - the table, line 6: what "Owner" says besides names, "(TBC)", is kept as custom.owner_as_written
      - the table, line 7: what "Owner" says besides names, "?", is kept as custom.owner_as_written
      - the table, line 8: what "Owner" says besides names, "TBC", is kept as custom.owner_as_written
      - the table, line 9: what "Owner" says besides names, "Lead –; Supported by:", is kept as custom.owner_as_written
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"

    made plans/p with plan.toml and 10 files

    Next:
      plan validate plans/p   2 errors, 1 warning
      plan summary --plan p
    2 recommendations name no owner, and are in no list until somebody is written there (or import it anew with --owner "...")
    In plan.toml, see to the words of RAG and status, and name whom the plan answers for.
    "#);
    insta::assert_snapshot!(read("plans/p/01-train-all.toml"), @r#"
    id = "1"
    title = "Train all"
    rag = "Red"

    text = """
    Train all"""

    [[update]]
    date = 2025-03-14
    text = """
    Begun."""

    [[update]]
    date = 2025-03-16
    text = """
    Approved.

    17/03/2025 to 19/03/2025 we met."""
    "#);
    insta::assert_snapshot!(read("plans/p/02-write-to-all.toml"), @r#"
    id = "2"
    title = "Write to all"
    rag = "Green"

    text = """
    Write to all"""

    [[update]]
    text = """
    16/03/2025 Approved."""
    "#);
    insta::assert_snapshot!(read("plans/p/05-report.toml"), @r#"
    id = "5"
    title = "Report"
    owners = ["Head A"]
    rag = "Amber"
    custom.owner_as_written = "Head A; TBC"

    text = """
    Report"""
    "#);
}

#[test]
fn where_words_lead_to_is_kept_whatever_they_stand_for() {
    let table = "No,Title,Recommendation,Owner,RAG,Update\n\
        \"<a href='https://a.example/1'>1</a>\",\"<a href='https://a.example/t'>Train</a>\",\
        \"Do <!-- by May? --> <a href='https://a.example/x'>this</a> as <img src='a.png' alt='the chart'> shows.\",\
        \"<a href='https://a.example/o'>DCC</a>\",R,\"See <a href='https://a.example/u'></a>.\"\n";
    insta::assert_snapshot!(told_of("t.csv", table, "01-train.toml", &[]), @r#"
    id = "1"
    title = "Train"
    owners = ["DCC"]
    rag = "Red"
    custom.number_link = "https://a.example/1"
    custom.title_link = "https://a.example/t"
    custom.owner_link = "https://a.example/o"

    text = """
    Do [this](https://a.example/x) as (picture: the chart) shows."""

    [[update]]
    text = """
    See <https://a.example/u>."""
    "#);
    insta::assert_snapshot!(imported("t.csv", table, &[]), @r#"
    id,title,owners,due,forecast,rag,status
    1,Train,DCC,,,Red,
      - no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

#[test]
fn later_rows_of_paper_that_say_again_how_it_stands_are_later_reports() {
    let table = "ID\tRecommendation\tResponsible\tBy when\tDate of update\tUpdate\tStatus\n\
        7\tMap all demand.\tHead of Change\t31 Aug 2026\t12 Jan 2026\tScoping finished.\tOn track\n\
        \t\t\t\t9 Feb 2026\tData extracted from\tOn track\n\
        \t\t\t\t\tthe control room.\t\n\
        \t\tNow: DCC\t\t16 Mar 2026\tSupplier withdrew.\tDelayed\n\
        8\tReview cover.\tHead of Custody\t30 Nov 2026\t12 Jan 2026\tNot begun.\tNot started\n";
    insta::assert_snapshot!(told_of("t.txt", table, "07-map-all-demand.toml", &[]), @r#"
    id = "7"
    title = "Map all demand"
    owners = ["Head of Change", "Now: DCC"]
    deadline = 2026-08-31

    text = """
    Map all demand."""

    [[answer]]
    owner = "Head of Change"
    status = "On track"
    on = 2026-02-09

    [[answer]]
    owner = "Now: DCC"
    status = "Delayed"
    on = 2026-03-16
    text = """
    Supplier withdrew."""

    [[update]]
    date = 2026-01-12
    by = "Head of Change"
    text = """
    Scoping finished."""
    status = "On track"

    [[update]]
    date = 2026-02-09
    by = "Head of Change"
    text = """
    Data extracted from the control room."""
    status = "On track"
    "#);
    insta::assert_snapshot!(imported("t.txt", table, &[]), @"
    id,title,owners,due,forecast,rag,status
    7,Map all demand,Head of Change; Now: DCC,2026-08-31,,,
    8,Review cover,Head of Custody,2026-11-30,,,Not started
    ");
}

#[test]
fn short_texts_that_end_in_a_number_are_no_numbers() {
    let table = "No,Recommendation,Owner,Deadline\n\
        1,Recruit cohort 1,NPCC,31/05/2026\n2,Recruit cohort 2,NPCC,30/06/2026\n";
    insta::assert_snapshot!(imported("t.csv", table, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Recruit cohort 1,NPCC,2026-05-31,,,
    2,Recruit cohort 2,NPCC,2026-06-30,,,
    ");
}

#[test]
fn rows_without_numbers_keep_an_owner_whom_the_row_above_names_too() {
    let table = "Recommendation\tOwner\tTarget date\tRAG\n\
        Train all staff.\tHead of Crime\t30/06/2026\tA\n\
        Buy cameras.\tHead of Crime\t31/03/2026\tG\n\
        Review the rota.\tHead of Crime\t\t\n\
        Ask all.\tHead of HR\t31/03/2026\tG\n";
    insta::assert_snapshot!(imported("t.txt", table, &[]), @"
    id,title,owners,due,forecast,rag,status
    1,Train all staff,Head of Crime,2026-06-30,,Amber,
    2,Buy cameras,Head of Crime,2026-03-31,,Green,
    3,Review the rota,Head of Crime,,,,
    4,Ask all,Head of HR,2026-03-31,,Green,
    ");
}
