//! What is made of tables whose cells cover others, or have colours: CSV has neither.

use super::*;
use crate::import::document::{Block, Cell, Paragraph, Rgb, Row, Table};
use crate::import::files;

/// A table of these rows. A cell that is `^` goes on with the one above; one that begins with `#C6EFCE` has that colour.
pub(super) fn table(rows: &[&[&str]]) -> Document {
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
pub(super) fn told(rows: &[&[&str]]) -> String {
    told_of(&table(rows))
}

/// As [`told`], of any document.
pub(super) fn told_of(document: &Document) -> String {
    let plan = understand(document, &Options::default());
    let files = files(&plan, "A plan").expect("they can be written");
    let mut told: String = files.iter().skip(1).map(|file| format!("{}\n", file.text)).collect();
    for (what, lines) in [("uncertain", &plan.account.uncertain), ("left out", &plan.account.left_out)] {
        lines.iter().for_each(|line| told.push_str(&format!("{what}: {line}\n")));
    }
    told
}

#[test]
fn below_a_time_letters_and_colours_are_ratings() {
    // From the newest to the oldest, in letters, in colours alone, and of days.
    let rows: &[&[&str]] = &[
        &["No", "Recommendation", "Owner", "Mar 2026", "Feb-26", "01/01/2026", "Trend", "Risk map"],
        &["1", "Train all.", "DCC", "G", "#FFC000", "R", "\u{2191}", "#FF0000"],
        &["2", "Write.", "DCC", "A", "#00B050", "A", "-", "#00B050"],
    ];
    insta::assert_snapshot!(told(rows), @r#"
    id = "1"
    title = "Train all"
    owners = ["DCC"]
    rag = "Green"

    text = """
    Train all."""

    [[update]]
    date = 2026-01-01
    rag = "Red"

    [[update]]
    period = "Feb-26"
    rag = "Amber"

    [[update]]
    period = "Mar 2026"
    rag = "Green"

    id = "2"
    title = "Write"
    owners = ["DCC"]
    rag = "Amber"

    text = """
    Write."""

    [[update]]
    date = 2026-01-01
    rag = "Amber"

    [[update]]
    period = "Feb-26"
    rag = "Green"

    [[update]]
    period = "Mar 2026"
    rag = "Amber"

    uncertain: no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    left out: table 1: the signs of "Trend" where nothing else is written: ↑
    left out: table 1: the colours of "Risk map" where nothing is written
    "#);
    // Bars of one colour show when something is done.
    let rows: &[&[&str]] = &[
        &["No", "Recommendation", "Owner", "Aug-26", "Sep-26"],
        &["1", "Train all.", "DCC", "#92D050", "#92D050"],
        &["2", "Write.", "DCC", "", "#92D050"],
    ];
    let told_of_bars = told(rows);
    assert!(
        !told_of_bars.contains("rag =") && told_of_bars.contains("the colours of \"Aug-26\""),
        "{told_of_bars}"
    );
    // Elsewhere letters are anything.
    let rows: &[&[&str]] = &[
        &["No", "Recommendation", "Owner", "Group"],
        &["1", "Train all.", "DCC", "G"],
        &["2", "Write.", "DCC", "A"],
    ];
    insta::assert_snapshot!(told(rows), @r#"
    id = "1"
    title = "Train all"
    owners = ["DCC"]
    custom.group = "G"

    text = """
    Train all."""

    id = "2"
    title = "Write"
    owners = ["DCC"]
    custom.group = "A"

    text = """
    Write."""

    uncertain: no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
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

#[test]
fn what_stands_beside_nobody_is_kept() {
    let rows: &[&[&str]] = &[
        &["No", "Recommendation", "Owner", "Response", "RAG", "Status", "Update", "Theatre"],
        &["1", "Train all.", "TBC", "Accepted", "Red", "Open", "Alpha.", "East"],
        &["^", "^", "N/A", "Rejected", "Green", "", "", "West"],
    ];
    insta::assert_snapshot!(told(rows), @r#"
    id = "1"
    title = "Train all"
    custom.theatre = "East"

    text = """
    Train all."""

    [[update]]
    by = "TBC"
    text = """
    Alpha."""

    [[update]]
    by = "TBC"
    text = """
    Response: Accepted"""
    rag = "Red"
    status = "Open"

    [[update]]
    by = "N/A"
    text = """
    Response: Rejected

    Theatre: West"""
    rag = "Green"

    uncertain: table 1, row 3: "N/A" is no owner: what it says became an update
    uncertain: table 1, row 3: what "Theatre" says of N/A stands in the text of its answer
    uncertain: table 1, row 2: it names no owner ("TBC")
    uncertain: no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

#[test]
fn a_response_that_covers_all_is_given_for_all() {
    let rows: &[&[&str]] = &[
        &["No", "Recommendation", "Owner", "Response", "RAG", "Due"],
        &["1", "Train all.", "NPCC", "Accepted", "Red", "1/5/2027"],
        &["^", "^", "OPCC", "^", "Green", "^"],
    ];
    insta::assert_snapshot!(told(rows), @r#"
    id = "1"
    title = "Train all"
    owners = ["NPCC", "OPCC"]
    deadline = 2027-05-01
    response = "Accepted"

    text = """
    Train all."""

    [[answer]]
    owner = "NPCC"
    rag = "Red"

    [[answer]]
    owner = "OPCC"
    rag = "Green"
    "#);
}

#[test]
fn columns_of_one_name_lose_nothing() {
    let rows: &[&[&str]] = &[
        &["No", "Recommendation", "Owner", "Notes about it", "Notes about it", "Issued", "Custom issued"],
        &["1", "", "NPCC", "alpha beta gamma delta", "epsilon zeta eta", "in spring", "later"],
    ];
    let mut rows = rows.to_vec();
    rows[0] = &["No", "Recommendation", "Owner", "Remarks x", "Remarks x", "Issued", "issued"];
    insta::assert_snapshot!(told(&rows), @r#"
    id = "1"
    title = "Alpha beta gamma delta"
    owners = ["NPCC"]
    custom.issued = "in spring"
    custom.remarks_x_2 = "epsilon zeta eta"
    custom.issued_2 = "later"

    text = """
    alpha beta gamma delta"""

    uncertain: table 1: "issued" may be issued too, as "Issued" is: it is kept as custom.issued
    uncertain: table 1, row 2: it has no text, and what "Remarks x" says is taken for it
    uncertain: table 1, row 2: "in spring" is no certain day: it is kept as custom.issued
    uncertain: no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    "#);
}

#[test]
fn what_stands_above_a_header_is_named() {
    let rows: &[&[&str]] = &[
        &["Delivery plan", "", ""],
        &["Prepared for trustees", "", ""],
        &["Shading shows zebra", "", ""],
        &["Last seen by the committee", "", ""],
        &["No", "Recommendation", "Owner"],
        &["1", "Train.", "NPCC"],
    ];
    insta::assert_snapshot!(told(rows), @r#"
    id = "1"
    title = "Train"
    owners = ["NPCC"]

    text = """
    Train."""

    uncertain: no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    left out: table 1, row 2: "Prepared for trustees"
    left out: table 1, row 3: "Shading shows zebra"
    left out: the heading "Last seen by the committee" over the recommendations
    "#);
}

/// All that is said of a plan: its files, and the account.
fn all(plan: &Understood) -> String {
    let files = files(plan, "A plan").expect("they can be written");
    let mut told: String = files.into_iter().map(|file| file.text).collect();
    let account = &plan.account;
    account
        .understood
        .iter()
        .chain(&account.uncertain)
        .chain(&account.left_out)
        .for_each(|line| told.push_str(line));
    account.tables.iter().for_each(|table| told.push_str(&format!("{:?}", table.outcome)));
    told
}

proptest::proptest! {
    /// Every word of every line of a form likewise, whatever its labels are and however often.
    #[test]
    fn no_word_of_a_form_is_lost(
        labels in proptest::collection::vec(proptest::sample::select(vec![
            "No", "Recommendation", "Owner", "Lead", "Due", "Deadline", "RAG", "Status", "Update", "Response", "Evidence",
            "Issued", "Date closed", "Theme", "Theatre", "Criteria", "Meaning", "Definition", "Parent", "Title", "Priority",
            "Update date", "Revised date",
        ]), 3..14),
        wide in proptest::bool::ANY,
    ) {
        let mut labels = labels;
        labels.extend(["Owner", "Update", "Recommendation"]);
        let values: Vec<String> = labels.iter().enumerate().map(|(n, label)| match *label {
            "Owner" => "NPCC".to_owned(),
            "RAG" | "Status" | "Priority" => format!("w{n}x"),
            _ => format!("Here w{n}x stands."),
        }).collect();
        let pairs: Vec<[&str; 2]> = labels.iter().zip(&values).map(|(label, value)| [*label, value.as_str()]).collect();
        let rows: Vec<Vec<&str>> = pairs.chunks(if wide { 2 } else { 1 }).map(|pairs| pairs.concat()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let told = all(&understand(&table(&rows), &Options::default()));
        for word in (0..labels.len()).filter(|n| labels[*n] != "Owner").map(|n| format!("w{n}x")) {
            proptest::prop_assert!(told.contains(&word), "{word} of {rows:#?}\n{told}");
        }
    }

    /// Every word of every row is in a file, or the account names it.
    #[test]
    fn no_word_of_a_table_is_lost(
        heads in proptest::sample::subsequence(
            vec!["Due", "RAG", "Status", "Update", "Response", "Evidence", "Issued", "Date closed", "Theme", "Lead",
                 "Priority", "Theatre", "Notes", "Comments", "Revised date", "Parent", "Title", ""],
            0..9,
        ),
        shapes in proptest::collection::vec((0..8_usize, 0..6_usize, proptest::num::u32::ANY), 1..6),
        has_number in proptest::bool::ANY,
        paged in proptest::bool::ANY,
    ) {
        let mut header: Vec<String> = if has_number { vec!["No".to_owned()] } else { Vec::new() };
        header.extend(["Recommendation".to_owned(), "Owner".to_owned()]);
        header.extend(heads.iter().map(|head| (*head).to_owned()));
        let mut rows = vec![header.clone()];
        let mut words: Vec<String> = Vec::new();
        for (n, (number, owner, filled)) in shapes.iter().enumerate() {
            let mut row: Vec<String> = Vec::new();
            for (at, head) in header.iter().enumerate() {
                let word = format!("w{n}x{at}");
                let is_filled = filled & (1 << at) != 0;
                let cell = match head.as_str() {
                    "No" => match number {
                        0 => "^".to_owned(),
                        1 => String::new(),
                        2 => "TBC".to_owned(),
                        7 => "6 (cont.)".to_owned(),
                        number => number.to_string(),
                    },
                    "Owner" => ["NPCC", "TBC", "OPCC / CPS", "", "N/A", "Head of HR"][*owner].to_owned(),
                    "Recommendation" if *number == 0 && has_number => "^".to_owned(),
                    _ if !is_filled => String::new(),
                    "Due" | "Issued" | "Date closed" | "Revised date" => format!("after {word} comes"),
                    "RAG" | "Status" | "Priority" => word.clone(),
                    _ => format!("Here {word} stands."),
                };
                if cell.contains(&word) {
                    words.push(word);
                }
                row.push(cell);
            }
            rows.push(row);
        }
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let mut document = table(&rows);
        if !paged && let Some(Block::Table(table)) = document.blocks.first_mut() {
            table.name = "sheet Plan".to_owned();
        }
        let plan = understand(&document, &Options::default());
        let told = all(&plan);
        for word in words {
            proptest::prop_assert!(told.contains(&word), "{word} of {rows:#?}\n{told}");
        }
    }
}

#[test]
fn a_line_below_a_heading_says_who_owns_the_section() {
    let mut document = Document { blocks: Vec::new(), remarks: Vec::new() };
    let sections = [
        ("Leadership", "Owner: Chief Executive", "Train all."),
        ("Workforce", "Responsible lead: Director of People", "Recruit."),
        ("Finance", "Owner: to be appointed", "Save."),
    ];
    for (n, (heading, line, text)) in sections.into_iter().enumerate() {
        let heading = Paragraph { heading: Some(1), ..Paragraph::plain(heading) };
        let said = "This section covers what is asked of them.";
        document
            .blocks
            .extend([heading, Paragraph::plain(said), Paragraph::plain(line)].map(Block::Paragraph));
        document.blocks.push(Block::Paragraph(Paragraph::plain("Support: call the helpline at any hour")));
        let number = (n + 1).to_string();
        document.blocks.extend(table(&[&["No", "Recommendation", "RAG"], &[&number, text, "Green"]]).blocks);
    }
    insta::assert_snapshot!(told_of(&document), @r#"
    id = "1"
    title = "Train all"
    theme = "Leadership"
    owners = ["Chief Executive"]
    rag = "Green"

    text = """
    Train all."""

    id = "2"
    title = "Recruit"
    theme = "Workforce"
    owners = ["Director of People"]
    rag = "Green"

    text = """
    Recruit."""

    id = "3"
    title = "Save"
    theme = "Finance"
    rag = "Green"

    text = """
    Save."""

    uncertain: table 1, row 2: it names no owner ("to be appointed")
    uncertain: no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    left out: the paragraph "This section covers what is asked of them. Support: call the helpline at any hour"
    left out: the paragraph "This section covers what is asked of them. Support: call the helpline at any hour"
    left out: the paragraph "This section covers what is asked of them. Support: call the helpline at any hour"
    "#);
    // A title above them is one.
    let title = Block::Paragraph(Paragraph { heading: Some(1), ..Paragraph::plain("Improvement in 2027") });
    document.blocks.insert(0, title);
    let plan = understand(&document, &Options::default());
    assert_eq!(plan.about.title.as_deref(), Some("Improvement in 2027"));
    assert_eq!(plan.about.lead, None);
    assert_eq!(plan.recommendations[0].theme.as_deref(), Some("Leadership"));
    // Where a column names owners, the lines say nothing of a row.
    let owned = table(&[&["No", "Recommendation", "Owner", "RAG"], &["1", "Train all.", "DCC", "Green"]]);
    document.blocks.truncate(5);
    document.blocks.extend(owned.blocks);
    insta::assert_snapshot!(told_of(&document), @r#"
    id = "1"
    title = "Train all"
    owners = ["DCC"]
    rag = "Green"

    text = """
    Train all."""

    uncertain: no recommendation has a deadline: where a column has them, --map "Heading=deadline"
    left out: the paragraph "Leadership"
    left out: the paragraph "This section covers what is asked of them."
    left out: the paragraph "Support: call the helpline at any hour"
    "#);
}

#[test]
fn a_heading_over_each_of_several_tables_is_a_theme() {
    let mut document =
        Document { blocks: vec![Block::Paragraph(Paragraph::plain("Action plan"))], remarks: Vec::new() };
    for (heading, text) in
        [("Priority 1: Early help", "Train all."), ("Priority 2: Voice of the child", "Ask them.")]
    {
        document.blocks.push(Block::Paragraph(Paragraph { heading: Some(1), ..Paragraph::plain(heading) }));
        document.blocks.extend(table(&[&["Action", "Lead", "RAG"], &[text, "DCS", "Green"]]).blocks);
    }
    let told = told_of(&document);
    let themes: Vec<&str> =
        told.lines().filter(|line| line.contains("theme") || line.contains("left out")).collect();
    assert_eq!(themes, ["theme = \"Priority 1: Early help\"", "theme = \"Priority 2: Voice of the child\""]);
}
