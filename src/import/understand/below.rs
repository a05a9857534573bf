//! Rows across a table that say one thing more of the recommendation above them: "Progress: 40 of 60 trained".

use super::dates;
use super::header::Header;
use super::headings::{Key, When, is_exact, known};
use super::record::Filled;
use crate::import::document::{Cell, Row};

/// A label has no more characters.
const LABEL: usize = 40;

/// What a row says of the recommendation above it. `is_paired` says that each recommendation has such a row, which then
/// needs no label.
pub(super) fn said(row: &Row, header: &Header, is_paired: bool) -> Option<Filled> {
    let width = header.width();
    let said: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank() && !cell.continues).collect();
    match said.as_slice() {
        [only] if is_across(only, width) => {
            let labelled = labelled(only);
            labelled.or_else(|| is_paired.then(|| filled(Key::Update(When::Now), "Update", only)))
        }
        // The label stands where others have their number.
        [label, value]
            if label.column == 0
                && value.across > 1
                && is_across(value, width - label.across.min(width - 1)) =>
        {
            let heading = label.text();
            key(&heading).map(|key| filled(key, heading.trim_end_matches(':'), value))
        }
        _ => None,
    }
}

/// Whether a row says no more than what the rows across the table below it hold.
pub(super) fn is_heading(row: &Row, header: &Header) -> bool {
    let said: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
    matches!(said.as_slice(), [only] if is_across(only, header.width()) && key(&only.text()).is_some())
}

/// Whether what stands first in a table looks as if it reported on what is above it: then it is the name of a section, and
/// so are the others.
pub(super) fn begins(rows: &[Row], header: &Header) -> bool {
    let first = rows.iter().find(|row| !row.cells.iter().all(Cell::is_blank) && !header.is_repeated_by(row));
    first.is_some_and(|row| said(row, header, false).is_some())
}

/// Whether each of two recommendations at least has one row across the table below it, and nothing else of that kind
/// stands between them: a section has it above.
pub(super) fn is_paired(rows: &[Row], header: &Header) -> bool {
    let is_one = |row: &&Row| {
        let mut said = row.cells.iter().filter(|cell| !cell.is_blank() && !cell.continues);
        said.next().is_some_and(|only| is_across(only, header.width())) && said.next().is_none()
    };
    let said = rows.iter().filter(|row| !row.cells.iter().all(Cell::is_blank) && !header.is_repeated_by(row));
    let rows: Vec<&Row> = said.skip_while(|row| is_heading(row, header)).collect();
    let alternate = rows.iter().enumerate().all(|(n, row)| is_one(row) == (n % 2 == 1));
    rows.len() >= 4 && rows.len().is_multiple_of(2) && alternate
}

/// Whether a cell covers a table of so many columns, or all but one of them.
pub(super) fn is_across(cell: &Cell, width: usize) -> bool {
    width > 1 && cell.across >= 3.min(width) && cell.across.saturating_add(1) >= width
}

/// What a cell says behind a label of its own.
fn labelled(cell: &Cell) -> Option<Filled> {
    let at = cell.paragraphs.iter().position(|paragraph| !paragraph.is_blank())?;
    let raw = cell.paragraphs[at].raw();
    // A label may have a line of its own.
    let rest = &cell.paragraphs[at + 1..];
    if rest.iter().any(|paragraph| !paragraph.is_blank())
        && raw.trim().chars().count() <= LABEL
        && let Some(key) = key(raw.trim().trim_end_matches(':'))
    {
        let heading = raw.trim().trim_end_matches(':').to_owned();
        return Some(Filled { key, heading, paragraphs: rest.to_vec(), colour: None });
    }
    let (label, rest) = raw.split_once(':').filter(|(label, _)| label.chars().count() <= LABEL)?;
    let key = key(label)?;
    let mut paragraphs = cell.paragraphs[at..].to_vec();
    paragraphs[0].drop_start(raw.len() - rest.trim_start().len());
    let is_said = paragraphs.iter().any(|paragraph| !paragraph.is_blank());
    is_said.then(|| Filled { key, heading: label.trim().to_owned(), paragraphs, colour: None })
}

fn filled(key: Key, heading: &str, cell: &Cell) -> Filled {
    Filled { key, heading: heading.to_owned(), paragraphs: cell.paragraphs.clone(), colour: None }
}

/// What a label means, where it is said of a recommendation and begins none. More words than the label has, or a day, are
/// the name of a section.
fn key(label: &str) -> Option<Key> {
    let is_timed = |key: &Key| matches!(key, Key::Update(when) if when.is_time());
    let is_one = |key: &Key| is_exact(label) || !dates::all(label).is_empty() || is_timed(key);
    known(label).filter(is_one).filter(|key| matches!(key, Key::Update(_) | Key::Evidence | Key::Mitigation))
}

#[cfg(test)]
mod tests {
    use crate::import::document::{Block, Cell, Document, Paragraph, Row, Table};
    use crate::import::files;
    use crate::import::understand::{Options, understand};

    /// The files and the account of a table of four columns. A row of one text stands across it, one of two has the
    /// second across the rest.
    fn told(rows: &[&[&str]]) -> String {
        const WIDTH: usize = 4;
        let row = |(n, row): (usize, &&[&str])| {
            let cell = |(at, text): (usize, &&str)| Cell {
                column: at,
                across: if at + 1 == row.len() { WIDTH - at } else { 1 },
                paragraphs: text.lines().map(Paragraph::plain).collect(),
                ..Cell::default()
            };
            let cells = row.iter().enumerate().map(cell).collect();
            Row { place: format!("row {}", n + 1), is_header: false, cells }
        };
        let rows = rows.iter().enumerate().map(row).collect();
        let table = Table { name: "table 1".to_owned(), rows };
        let document = Document { blocks: vec![Block::Table(table)], remarks: Vec::new() };
        let plan = understand(&document, &Options::default());
        let mut told: String = plan
            .recommendations
            .iter()
            .map(|one| {
                let updates: Vec<String> = one
                    .updates
                    .iter()
                    .map(|update| update.text.clone().unwrap_or_default().replace('\n', " | "))
                    .collect();
                format!("{}: theme {:?}, updates {updates:?}\n", one.id, one.theme)
            })
            .collect();
        assert!(files(&plan, "A plan").is_ok());
        let lines = plan.account.uncertain.iter().chain(&plan.account.left_out);
        lines.filter(|line| !line.contains("deadline")).for_each(|line| told.push_str(&format!("{line}\n")));
        told
    }

    const HEAD: &[&str] = &["No", "Recommendation", "Owner", "RAG"];
    const FIRST: &[&str] = &["1", "Update the template.", "NPCC", "Red"];
    const SECOND: &[&str] = &["2", "Train all leads.", "NPCC", "Green"];

    #[test]
    fn a_row_across_below_each_recommendation_reports_on_it() {
        insta::assert_snapshot!(
            "with_labels",
            told(&[HEAD, FIRST, &["Progress: drafted.\nSign-off slipped."], SECOND])
        );
        insta::assert_snapshot!(
            "beside_labels",
            told(&[HEAD, FIRST, &["Update", "Drafted."], SECOND, &["Update", "Half."]])
        );
        let alone = told(&[HEAD, FIRST, &["PROGRESS\nDrafted."], SECOND]);
        assert!(alone.starts_with("1: theme None, updates [\"Drafted.\"]"), "{alone}");
        insta::assert_snapshot!(
            "in_pairs",
            told(&[HEAD, &["Update"], FIRST, &["Drafted."], SECOND, &["Half of them."]])
        );
    }

    #[test]
    fn one_recommendation_with_a_row_below_it_is_no_form() {
        let rows: &[&[&str]] = &[
            &["No", "Recommendation", "Owner", "Deadline"],
            &["1", "Update the template.", "NPCC", "1 May 2027"],
            &["Progress March 2026: drafted."],
        ];
        assert_eq!(told(rows), "1: theme None, updates [\"drafted.\"]\n");
    }

    #[test]
    fn what_begins_a_table_like_a_report_is_a_section_and_so_are_the_others() {
        let rows: &[&[&str]] =
            &[HEAD, &["Response: how we come"], FIRST, &["Response: how we answer"], SECOND];
        let themes = "1: theme Some(\"Response: how we come\"), updates []\n2: theme Some(\"Response: how we answer\"), updates []\n";
        assert_eq!(told(rows), themes);
    }

    #[test]
    fn a_row_across_above_recommendations_is_a_section() {
        insta::assert_snapshot!(
            "sections",
            told(&[HEAD, &["Training"], FIRST, &["Progress towards equality: custody"], SECOND])
        );
    }
}
