//! CSV, and text with other separators between its cells.

use super::document::{Block, Cell, Document, Row, Table};
use super::error::ImportError;
use super::markup;

/// There may be so many columns.
pub(super) const COLUMNS: usize = 1_000;

/// Reads a CSV file. The separator is the one of comma, semicolon and tab that its first line has most of. What
/// `plan` put before a cell to keep a spreadsheet from running it is taken away again.
///
/// # Errors
/// Where it has more columns than any plan.
pub fn read(text: &str) -> Result<Document, ImportError> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let separators = [b',', b';', b'\t'];
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    // Of two that are there equally often, the one that CSV is named after.
    let separator = separators.into_iter().rev().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut table = Table { name: "the table".to_owned(), rows: Vec::new() };
    for record in reader.records() {
        let record = record.map_err(|error| ImportError::broken(error.to_string()))?;
        if record.len() > COLUMNS {
            return Err(ImportError::limit(format!("it has {} columns", record.len())));
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |(column, text): (usize, &str)| Cell {
            column,
            across: 1,
            paragraphs: markup::paragraphs(unguarded(text)),
            ..Cell::default()
        };
        let cells = record.iter().enumerate().map(cell).collect();
        table.rows.push(Row { place: format!("line {line}"), is_header: false, cells });
    }
    Ok(Document { blocks: vec![Block::Table(table)], remarks: Vec::new() })
}

/// The text of a cell that was kept from being run as a formula by an apostrophe.
fn unguarded(text: &str) -> &str {
    let rest = text.trim_start_matches('\'');
    let guards = rest.len() < text.len() && rest.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if guards { &text[1..] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_from_being_run_comes_back() {
        for text in ["=1+1", "'=1", "'tis", "-", "a=b", "''", "", "'''@x"] {
            assert_eq!(unguarded(&crate::render::csv::neutral(text)), text);
        }
    }

    #[test]
    fn the_separator_is_found() {
        let told = |text: &str| {
            let document = read(text).expect("it is read");
            let Some(Block::Table(table)) = document.blocks.first() else { return String::new() };
            let rows = table.rows.iter().map(|row| {
                let cells: Vec<String> = row.cells.iter().map(Cell::text).collect();
                format!("{}: {}\n", row.place, cells.join(" | "))
            });
            rows.collect()
        };
        insta::assert_snapshot!(told("Rec,Owner\n\"1, one\ntwo\",'=NPCC\n"), @"
        line 1: Rec | Owner
        line 2: 1, one two | =NPCC
        ");
        insta::assert_snapshot!(told("Rec;Owner;By, when\n1;NPCC;x\n"), @"
        line 1: Rec | Owner | By, when
        line 2: 1 | NPCC | x
        ");
        insta::assert_snapshot!(told("Rec\tOwner\n1\tNPCC\n"), @"
        line 1: Rec | Owner
        line 2: 1 | NPCC
        ");
    }
}
