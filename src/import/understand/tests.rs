//! What is made of tables whose cells cover others, or have colours: CSV has neither.

use super::*;
use crate::import::document::{Block, Cell, Paragraph, Rgb, Row, Table};
use crate::import::files;

/// A table of these rows. A cell that is `^` goes on with the one above; one that begins with `#C6EFCE` has that colour.
fn table(rows: &[&[&str]]) -> Document {
    let cell = |(column, text): (usize, &&str)| {
        let (colour, words) = match text.strip_prefix('#').and_then(|rest| rest.split_at_checked(6)) {
            Some((hex, rest)) => (Rgb::of_hex(hex), rest.trim_start()),
            None => (None, *text),
        };
        let continues = words == "^";
        let paragraphs = if continues { Vec::new() } else { words.lines().map(Paragraph::plain).collect() };
        Cell { column, across: 1, continues, paragraphs, colour }
    };
    let row = |(n, row): (usize, &&[&str])| Row {
        place: format!("row {}", n + 1),
        is_header: false,
        cells: row.iter().enumerate().map(cell).collect(),
    };
    let rows = rows.iter().enumerate().map(row).collect();
    Document { blocks: vec![Block::Table(Table { name: "table 1".to_owned(), rows })], remarks: Vec::new() }
}

/// The files of the recommendations that a table becomes, and what is uncertain and left out.
fn told(rows: &[&[&str]]) -> String {
    let plan = understand(&table(rows), &Options::default());
    let files = files(&plan, "A plan").expect("they can be written");
    let mut told: String = files.iter().skip(1).map(|file| format!("{}\n", file.text)).collect();
    for (what, lines) in [("uncertain", &plan.account.uncertain), ("left out", &plan.account.left_out)] {
        lines.iter().for_each(|line| told.push_str(&format!("{what}: {line}\n")));
    }
    told
}

#[test]
fn every_owner_below_one_number_answers_with_all_that_its_row_says() {
    let rows: &[&[&str]] = &[
        &["No", "Recommendation", "Owner", "Due", "Response", "RAG", "Update", "Evidence", "Theatre"],
        &["1", "Train all.", "NPCC", "1/5/2026", "Accepted", "Green", "Begun.", "Plan.docx", "East"],
        &[
            "^",
            "^",
            "OPCC",
            "1/6/2026",
            "Rejected",
            "Red",
            "3/3/2026: One.\n4/4/2026: Two.\nSoon.",
            "Notes.pdf",
            "East",
        ],
        &["^", "^", "CPS", "^", "", "", "5/5/2026: Done.", "", "West"],
    ];
    insta::assert_snapshot!(told(rows), @r#"
    id = "1"
    title = "Train all"
    owners = ["NPCC", "OPCC", "CPS"]
    deadline = 2026-05-01
    custom.theatre = "East"

    text = """
    Train all."""

    [[answer]]
    owner = "NPCC"
    response = "Accepted"
    rag = "Green"
    text = """
    Begun."""

    [[answer]]
    owner = "OPCC"
    response = "Rejected"
    rag = "Red"
    on = 2026-04-04
    text = """
    Due: 1/6/2026"""

    [[answer]]
    owner = "CPS"
    on = 2026-05-05
    text = """
    Done.

    Theatre: West"""

    [[update]]
    date = 2026-03-03
    by = "OPCC"
    text = """
    One."""

    [[update]]
    date = 2026-04-04
    by = "OPCC"
    text = """
    Two.

    Soon."""

    [[evidence]]
    title = "Plan.docx"

    [[evidence]]
    title = "Notes.pdf"

    uncertain: table 1, row 3: what "Due" says of OPCC stands in the text of its answer
    uncertain: table 1, row 4: what "Theatre" says of CPS stands in the text of its answer
    "#);
}

#[test]
fn the_colour_of_a_row_is_no_rating() {
    let rows: &[&[&str]] = &[
        &["No", "Recommendation", "Owner", "RAG", "Previous RAG"],
        &["1", "Train.", "NPCC", "", ""],
        &["#C6EFCE 2", "#C6EFCE Buy.", "#C6EFCE NPCC", "#C6EFCE", "#C6EFCE"],
        &["3", "Hire.", "NPCC", "#C6EFCE", "#FF0000"],
        &["#C6EFCE 4", "#C6EFCE Sell.", "#C6EFCE NPCC", "#FF0000", "#C6EFCE Amber"],
        &["#C6EFCE", "#C6EFCE", "#C6EFCE", "#C6EFCE", "#C6EFCE"],
    ];
    insta::assert_snapshot!(told(rows), @r#"
    id = "1"
    title = "Train"
    owners = ["NPCC"]

    text = """
    Train."""

    id = "2"
    title = "Buy"
    owners = ["NPCC"]

    text = """
    Buy."""

    id = "3"
    title = "Hire"
    owners = ["NPCC"]
    rag = "Green"

    text = """
    Hire."""

    [[update]]
    period = "Previous"
    rag = "Red"

    id = "4"
    title = "Sell"
    owners = ["NPCC"]
    rag = "Red"

    text = """
    Sell."""

    [[update]]
    period = "Previous"
    rag = "Amber"

    uncertain: 1 row is shaded across: that colour is not taken for RAG
    uncertain: no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

/// A merged cell may say that it covers more columns than there can be.
#[test]
fn a_cell_that_covers_everything_stops_nothing() {
    let mut document = table(&[&["No", "Recommendation", "Owner"], &["1", "Train.", "NPCC"]]);
    let rows = document.blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(&mut table.rows),
        Block::Paragraph(_) => None,
    });
    for cell in rows.flatten().filter_map(|row| row.cells.last_mut()) {
        cell.across = usize::MAX;
    }
    let plan = understand(&document, &Options::default());
    assert_eq!(plan.recommendations.len(), 1);
}
