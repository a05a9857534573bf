//! Tables: their rows and cells, and what covers what.

use super::body::Reader;
use super::theme::fill;
use crate::import::document::{Block, Cell, Paragraph, Rgb, Row, Run, Table};
use crate::import::xml::Element;

impl Reader {
    pub(super) fn table(&mut self, element: &Element) -> Table {
        self.tables += 1;
        let name = format!("table {}", self.tables);
        // How a table's style shades it says nothing of what stands in it.
        let mut rows = Vec::new();
        self.depth += 1;
        self.rows(element, &mut rows);
        self.depth -= 1;
        for (n, row) in rows.iter_mut().enumerate() {
            row.place = format!("row {}", n + 1);
        }
        Table { name, rows }
    }

    fn rows(&mut self, parent: &Element, rows: &mut Vec<Row>) {
        for element in parent.elements() {
            if element.name != "tr" {
                if let Some(inner) = self.inside(element) {
                    self.rows(inner, rows);
                }
                continue;
            }
            if element.find(&["trPr", "del"]).is_some() {
                let cells: Vec<String> =
                    element.elements().filter(|cell| cell.name == "tc").map(Element::text).collect();
                self.deleted.push(cells.join(" | "));
                continue;
            }
            let properties = element.child("trPr");
            let before = properties.and_then(|p| p.value(&["gridBefore"])).and_then(|n| n.parse().ok());
            let mut cells = Vec::new();
            self.cells(element, &mut before.unwrap_or(0), &mut cells);
            let is_header = properties.and_then(|p| p.is_on("tblHeader")).unwrap_or(false);
            rows.push(Row { place: String::new(), is_header, cells });
        }
    }

    fn cells(&mut self, parent: &Element, column: &mut usize, cells: &mut Vec<Cell>) {
        for element in parent.elements() {
            if element.name != "tc" {
                if let Some(inner) = self.inside(element) {
                    self.cells(inner, column, cells);
                }
                continue;
            }
            let properties = element.child("tcPr");
            let across = properties.and_then(|p| p.value(&["gridSpan"])).and_then(|n| n.parse().ok());
            let across = across.unwrap_or(1).max(1);
            let merge =
                |name| properties.and_then(|p| p.child(name)).map(|m| m.attribute("val") != Some("restart"));
            let mut blocks = Vec::new();
            self.blocks(element, &mut blocks);
            let mut paragraphs = self.flat(blocks);
            paragraphs.append(&mut self.pending);
            // Merged across in the way of old: the cell before covers this column too.
            if merge("hMerge") == Some(true)
                && let Some(last) = cells.last_mut()
            {
                last.across = last.across.saturating_add(across);
                last.paragraphs.append(&mut paragraphs);
            } else {
                let own = properties.and_then(|p| p.child("shd")).and_then(|shd| fill(shd, &self.theme));
                let colour = own.or_else(|| behind(&paragraphs));
                let continues = merge("vMerge").unwrap_or(false);
                cells.push(Cell { column: *column, across, continues, paragraphs, colour });
            }
            *column = column.saturating_add(across);
        }
    }

    /// The paragraphs of a cell; those of a table inside it in their order.
    pub(super) fn flat(&mut self, blocks: Vec<Block>) -> Vec<Paragraph> {
        let mut paragraphs = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => paragraphs.push(paragraph),
                Block::Table(table) => {
                    self.remarks
                        .push(format!("{} stands inside a cell: it is read as paragraphs", table.name));
                    let cells = table.rows.into_iter().flat_map(|row| row.cells);
                    paragraphs.extend(cells.flat_map(|cell| cell.paragraphs));
                }
            }
        }
        paragraphs
    }
}

/// The colour that is behind all of a cell's text; where it has none, that of its paragraphs.
fn behind(paragraphs: &[Paragraph]) -> Option<Rgb> {
    let (said, blank): (Vec<&Run>, Vec<&Run>) =
        paragraphs.iter().flat_map(|p| &p.runs).partition(|run| !run.text.trim().is_empty());
    let mut runs = if said.is_empty() { blank } else { said }.into_iter();
    let first = runs.next()?.colour?;
    runs.all(|run| run.colour == Some(first)).then_some(first).filter(|colour| !colour.is_white())
}
