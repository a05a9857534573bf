//! Plain text, in which a line with tabs is a row of a table. Cells may hold HTML.

use super::document::{Block, Cell, Document, Row, Table};
use super::markup;

/// Reads plain text. A blank line ends a table, as the end of a page does: whether what follows belongs to it is
/// for who knows its columns.
#[must_use]
pub fn read(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut table = Table::default();
    let mut tables = 0;
    let mut remarks = Vec::new();
    let mut end = |table: &mut Table, blocks: &mut Vec<Block>| {
        if !table.rows.is_empty() {
            tables += 1;
            table.name = format!("table {tables}");
            blocks.push(Block::Table(std::mem::take(table)));
        }
    };
    for (n, line) in text.lines().enumerate() {
        remarks.extend(markup::left_out(&format!("line {}", n + 1), line));
        if line.trim().is_empty() {
            end(&mut table, &mut blocks);
        } else if !line.contains('\t') {
            end(&mut table, &mut blocks);
            blocks.extend(markup::paragraphs(line).into_iter().map(Block::Paragraph));
        } else if line.contains(char::is_alphanumeric) {
            let cell = |(column, text): (usize, &str)| Cell {
                column,
                across: 1,
                paragraphs: markup::paragraphs(text),
                colour: markup::colour(text),
                ..Cell::default()
            };
            let cells = line.split('\t').enumerate().map(cell).collect();
            table.rows.push(Row { place: format!("line {}", n + 1), is_header: false, cells });
        }
        // What else has tabs is drawn: a line of hyphens below a header, or of nothing.
    }
    end(&mut table, &mut blocks);
    Document { blocks, remarks }
}
