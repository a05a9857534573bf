//! CSV, and text with other separators between its cells.

use super::document::{Block, Cell, Document, Remark, Row, Table};
use super::error::ImportError;
use super::markup;
use std::collections::BTreeMap;

/// There may be so many columns.
pub(super) const COLUMNS: usize = 1_000;

/// Reads a CSV file. The separator is the one of comma, semicolon and tab that fits its first rows best, or that the
/// file tells. What `plan` put before a cell to keep a spreadsheet from running it is taken away again.
///
/// # Errors
/// Where it has more columns than any plan.
pub fn read(text: &str) -> Result<Document, ImportError> {
    // The line by which Excel is told the separator.
    let (told, text, first) = match text.split_once('\n') {
        Some((line, rest)) if line.to_lowercase().starts_with("sep=") => {
            (line.as_bytes().get(4).copied().filter(|sign| *sign != b'\r'), rest, 2)
        }
        _ => (None, text, 1),
    };
    // Of two that are as good, the one that CSV is named after.
    let separators = [b'\t', b';', b','];
    let separator = told.or_else(|| separators.into_iter().max_by_key(|sign| fit(text, *sign)));
    let separator = separator.unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut table = Table { name: "the table".to_owned(), rows: Vec::new() };
    let mut lines = Lines { text, at: 0, line: first };
    let mut begins = first;
    let mut remarks = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| ImportError::broken(error.to_string()))?;
        if record.len() > COLUMNS {
            return Err(ImportError::limit(format!("it has {} columns", record.len())));
        }
        let at = record.position().and_then(|position| usize::try_from(position.byte()).ok());
        let line = lines.of(at.unwrap_or(lines.at));
        begins = line;
        remarks.extend(record.iter().flat_map(|cell| markup::left_out(&format!("line {line}"), cell)));
        let cell = |(column, text): (usize, &str)| Cell {
            column,
            across: 1,
            // A line may also end in CR alone.
            paragraphs: markup::paragraphs(&unguarded(text).replace("\r\n", "\n").replace('\r', "\n")),
            colour: markup::colour(text),
            ..Cell::default()
        };
        let cells = record.iter().enumerate().map(cell).collect();
        table.rows.push(Row { place: format!("line {line}"), is_header: false, cells });
    }
    if is_open(text, begins + 1 - first) {
        remarks.push(Remark::Uncertain(format!(
            "a quotation mark in the row of line {begins} is never closed: all that follows it is one cell"
        )));
    }
    Ok(Document { blocks: vec![Block::Table(table)], remarks })
}

/// The lines of a text, gone through once. The library's own count is one too low where a line ends as in Windows.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which a row begins that follows the last one that was asked for.
    fn of(&mut self, byte: usize) -> u64 {
        let bytes = self.text.as_bytes();
        // Of a line's end the second half is still to come, and so are blank lines.
        let ends = bytes.iter().skip(byte).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let to = (byte + ends).min(bytes.len());
        let passed = &bytes[self.at.min(to)..to];
        let alone = passed
            .iter()
            .zip(passed.iter().skip(1).chain([&0]))
            .filter(|(a, b)| **a == b'\r' && **b != b'\n');
        let ended = passed.iter().filter(|byte| **byte == b'\n').count() + alone.count();
        self.line += ended as u64;
        self.at = to;
        self.line
    }
}

/// Whether a quotation mark is open at the end of a text whose last row begins at a line: they come in pairs, and the
/// row has lines below it.
fn is_open(text: &str, begins: u64) -> bool {
    let lines = text.trim_end().lines().count() as u64;
    text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 && lines > begins
}

/// How well a separator fits: in how many of the first rows there are as many cells, and how many those are. A title
/// above the table, and the sentences in it, have commas of their own.
fn fit(text: &str, separator: u8) -> (usize, usize) {
    const ROWS: usize = 30;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for record in reader.records().take(ROWS).flatten().filter(|record| record.len() > 1) {
        *widths.entry(record.len()).or_default() += 1;
    }
    widths.into_iter().map(|(width, rows)| (rows, width)).max().unwrap_or_default()
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
    fn a_quotation_mark_that_is_never_closed_is_told() {
        let remarks = |text: &str| {
            read(text).expect("it is read").remarks.iter().map(Remark::to_string).collect::<String>()
        };
        insta::assert_snapshot!(remarks("No,Text\n1,\"Do it\n2,Do that\n"), @"uncertain: a quotation mark in the row of line 2 is never closed: all that follows it is one cell");
        assert_eq!(remarks("No,Text\n1,\"Do\nit\"\n2,a 5\" pipe\n"), "");
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
        insta::assert_snapshot!(told("sep=;\nRec;Owner\n1;A, B\n"), @"
        line 2: Rec | Owner
        line 3: 1 | A, B
        ");
        // Lines end as in Windows, cells have lines, and a row is blank.
        insta::assert_snapshot!(told("Rec,Owner\r\n1,\"A\r\nB\rC\"\r\n\r\n2,C\r\n"), @"
        line 1: Rec | Owner
        line 2: 1 | A B C
        line 6: 2 | C
        ");
        insta::assert_snapshot!(told("A, b, c: the plan\nRec;Owner;By;RAG\n1;NPCC;x;Red\n"), @"
        line 1: A, b, c: the plan
        line 2: Rec | Owner | By | RAG
        line 3: 1 | NPCC | x | Red
        ");
        insta::assert_snapshot!(told("Rec\tOwner\n1\tNPCC\n"), @"
        line 1: Rec | Owner
        line 2: 1 | NPCC
        ");
    }
}
