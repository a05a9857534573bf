//! The header of a table: where it is, and what stands over each column.

use super::headings::{Key, known, plain};
use crate::import::document::{Cell, Row, Table};

/// A header is looked for in so many rows: a sheet may have a title, and who leads, above it.
const ROWS: usize = 15;

/// The header of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// The row that it begins with, from 0.
    pub(super) at: usize,
    /// How many rows it has.
    pub(super) rows: usize,
    /// What stands over each column.
    pub(super) columns: Vec<Heading>,
}

/// What stands over a column, and which columns of the table's grid it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) text: String,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What somebody says on the command line that headings mean.
pub(super) type Map = [(String, Key)];

/// What a heading means: what was said of it, else what is known.
pub(super) fn key(heading: &str, map: &Map) -> Option<Key> {
    let words = plain(heading);
    let said = map.iter().find(|(name, _)| plain(name) == words);
    said.map(|(_, key)| key.clone()).or_else(|| known(heading))
}

/// Looks for the header of a table.
pub(super) fn find(table: &Table, map: &Map) -> Option<Header> {
    let rows = table.rows.iter().take(ROWS).enumerate();
    let (at, row) = rows.into_iter().find(|(_, row)| is_header(row, map))?;
    let below = table.rows.get(at + 1).filter(|below| is_second(row, below));
    // A word below that is there once says enough; one that stands below several needs what it stands below.
    let said: Vec<String> =
        below.map_or(Vec::new(), |below| below.cells.iter().map(|cell| plain(&cell.text())).collect());
    let is_enough =
        |text: &str| known(text).is_some() && said.iter().filter(|word| **word == plain(text)).count() == 1;
    let mut columns: Vec<Heading> = Vec::new();
    for cell in &row.cells {
        let text = cell.text();
        let heading = |text: String, cell: &Cell| Heading { text, from: cell.column, to: cell.end() };
        let under: Vec<&Cell> = below.map_or(Vec::new(), |below| {
            below.cells.iter().filter(|under| is_under(under, cell) && !under.is_blank()).collect()
        });
        if cell.across > 1 && under.len() > 1 {
            columns.extend(under.into_iter().map(|under| match under.text() {
                own if is_enough(&own) => heading(own, under),
                own => heading(format!("{text} {own}"), under),
            }));
        } else {
            columns.push(heading(text, cell));
        }
    }
    Some(Header { at, rows: if below.is_some() { 2 } else { 1 }, columns })
}

fn is_under(under: &Cell, cell: &Cell) -> bool {
    (cell.column..cell.end()).contains(&under.column)
}

/// Whether a row stands over columns: short words, of which two at least are known.
fn is_header(row: &Row, map: &Map) -> bool {
    let texts: Vec<String> = row.cells.iter().filter(|cell| !cell.is_blank()).map(Cell::text).collect();
    if texts.len() < 2 || texts.iter().any(|text| text.chars().count() > 80) {
        return false;
    }
    let mut keys: Vec<Key> = texts.iter().filter_map(|text| key(text, map)).collect();
    keys.sort();
    keys.dedup();
    let is_said = |text: &String| map.iter().any(|(name, _)| plain(name) == plain(text));
    texts.iter().any(is_said)
        || row.is_header && !keys.is_empty()
        || keys.len() >= 3
        || keys.len() == 2 && texts.len() <= 5
}

/// Whether the row below goes on with a header: it stands under what covers several columns, and nowhere else.
fn is_second(row: &Row, below: &Row) -> bool {
    let spans: Vec<&Cell> = row.cells.iter().filter(|cell| cell.across > 1 && !cell.is_blank()).collect();
    let said: Vec<&Cell> = below.cells.iter().filter(|cell| !cell.is_blank() && !cell.continues).collect();
    let under = |cell: &&Cell| spans.iter().any(|span| is_under(cell, span));
    said.len() > 1 && said.iter().all(under) && said.iter().all(|cell| cell.text().chars().count() <= 40)
}

impl Header {
    /// Whether a row says the same again.
    pub(super) fn is_repeated_by(&self, row: &Row) -> bool {
        let texts: Vec<String> = row.cells.iter().map(|cell| plain(&cell.text())).collect();
        let own: Vec<String> = self.columns.iter().map(|column| plain(&column.text)).collect();
        let said: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
        said.len() >= 2
            && said
                .iter()
                .all(|text| own.contains(text) || text.len() >= 4 && own.iter().any(|o| o.starts_with(*text)))
    }

    /// The cells of a row that stand under each column.
    pub(super) fn cells<'r>(&self, row: &'r Row) -> Vec<Vec<&'r Cell>> {
        let mut under: Vec<Vec<&Cell>> = vec![Vec::new(); self.columns.len()];
        // As many cells as there are columns: each is under its own, however the program drew its edges.
        if row.cells.len() == self.columns.len() {
            for (column, cell) in row.cells.iter().enumerate() {
                under[column].push(cell);
            }
            return under;
        }
        for cell in &row.cells {
            let overlap = |heading: &Heading| {
                let (from, to) = (heading.from.max(cell.column), heading.to.min(cell.end()));
                to.saturating_sub(from)
            };
            // Of several that it covers, the first: its words stand on the left.
            let best = (0..self.columns.len())
                .filter(|at| overlap(&self.columns[*at]) > 0)
                .max_by_key(|at| (overlap(&self.columns[*at]).min(1), usize::MAX - at));
            let best = if cell.across > 1 && cell.across <= 3 {
                (0..self.columns.len())
                    .max_by_key(|at| (overlap(&self.columns[*at]), usize::MAX - at))
                    .filter(|at| overlap(&self.columns[*at]) > 0)
            } else {
                best
            };
            if let Some(at) = best {
                under[at].push(cell);
            }
        }
        under
    }

    /// How many columns of the grid it covers.
    pub(super) fn width(&self) -> usize {
        self.columns.iter().map(|column| column.to).max().unwrap_or(0)
    }
}
