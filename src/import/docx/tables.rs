//! Tables: their rows and cells, and what covers what.

use super::body::Reader;
use super::theme::fill;
use super::words::lost_words;
use crate::import::document::{Block, Cell, Paragraph, Remark, Rgb, Row, Run, Table};
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
                    element.elements().filter(|cell| cell.name == "tc").map(lost_words).collect();
                self.remarks.deleted.push(cells.join(" | "));
                continue;
            }
            let properties = element.child("trPr");
            let before = properties.and_then(|p| p.value(&["gridBefore"])).and_then(|n| n.parse().ok());
            let mut cells = Vec::new();
            self.cells(element, &mut before.unwrap_or(0), &mut cells);
            let is_header = properties.and_then(|p| p.is_on("tblHeader")).unwrap_or(false);
            // Of a row whose cells were all taken out nothing is left.
            if !cells.is_empty() {
                rows.push(Row { place: String::new(), is_header, cells });
            }
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
            if properties.is_some_and(|p| p.child("cellDel").is_some()) {
                self.remarks.deleted.push(lost_words(element));
                continue;
            }
            let across = properties.and_then(|p| p.value(&["gridSpan"])).and_then(|n| n.parse().ok());
            let across = across.unwrap_or(1).max(1);
            let merge =
                |name| properties.and_then(|p| p.child(name)).map(|m| m.attribute("val") != Some("restart"));
            let blocks = self.container(element);
            let mut paragraphs = self.flat(blocks);
            // Those of a table within are told after the cell around it, and those of a note after the note.
            if self.depth == 1 {
                paragraphs.append(&mut self.due_notes());
            }
            // Merged across in the way of old: the cell before covers this column too.
            if merge("hMerge") == Some(true)
                && let Some(last) = cells.last_mut()
            {
                last.across = last.across.saturating_add(across);
                last.paragraphs.append(&mut paragraphs);
            } else {
                let own = properties.and_then(|p| p.child("shd")).and_then(|shd| fill(shd, &self.theme));
                let colour = own.or_else(|| behind(&paragraphs));
                // Tracked changes may say what it is once they are accepted.
                let tracked = properties.and_then(|p| p.child("cellMerge")?.attribute("vMerge"));
                let continues = tracked.map(|to| to == "cont").or(merge("vMerge")).unwrap_or(false);
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
                    self.remarks.said.push(Remark::Read(format!(
                        "{} stands inside a cell: it is read as paragraphs",
                        table.name
                    )));
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

#[cfg(test)]
mod tests {
    use crate::import::docx::testing::{p, r, read};

    fn cell(properties: &str, text: &str) -> String {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    }

    fn table(rows: &[&[String]]) -> String {
        let rows = rows.iter().map(|cells| format!("<w:tr>{}</w:tr>", cells.concat()));
        format!("<w:tbl>{}</w:tbl>", rows.collect::<String>())
    }

    #[test]
    fn a_cell_covers_columns_and_rows() {
        let (restart, goes_on) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
        let wide = r#"<w:gridSpan w:val="2"/>"#;
        insta::assert_snapshot!(
            read(&table(&[
                &[cell(wide, "wide"), cell(restart, "tall")],
                &[cell("", "a"), cell("", "b"), cell(goes_on, "")],
                &[cell(r#"<w:hMerge w:val="restart"/>"#, "c"), cell("<w:hMerge/>", "d"), cell("", "e")],
            ])),
            @"
        | 0+1: wide | 2: tall |
        | 0: a | 1: b | 2^:  |
        | 0+1: c / d | 2: e |
        "
        );
        let late = format!(
            r#"<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{}</w:tr></w:tbl>"#,
            cell("", "late")
        );
        insta::assert_snapshot!(read(&late), @"| 1: late |");
    }

    #[test]
    fn cells_that_tracked_changes_take_out_are_left_out_and_said() {
        let change = |name: &str| format!(r#"<w:{name} w:id="1" w:author="A"/>"#);
        insta::assert_snapshot!(
            read(&table(&[
                &[cell("", "a"), cell(&change("cellDel"), "gone"), cell(&change("cellIns"), "new")],
                &[cell("", "a"), cell(&change("cellDel"), ""), cell("", "b")],
            ])),
            @r#"
        | 0: a | 1: new |
        | 0: a | 1: b |
        ! left out: the tracked deletion "gone"
        "#
        );
        let merge = |to: &str| format!(r#"<w:cellMerge w:id="1" w:vMerge="{to}" w:vMergeOrig="rest"/>"#);
        insta::assert_snapshot!(
            read(&table(&[&[cell(&merge("rest"), "a")], &[cell(&merge("cont"), "")]])),
            @"
        | 0: a |
        | 0^:  |
        "
        );
    }

    #[test]
    fn a_row_that_was_taken_out_is_said_and_one_that_was_put_in_is_a_row() {
        let deleted = format!("<w:del>{}</w:del>", r("x").replace("w:t>", "w:delText>"));
        let row = |change: &str, inside: &str| {
            format!(r#"<w:tr><w:trPr><w:{change} w:id="1"/></w:trPr>{inside}</w:tr>"#)
        };
        let gone = row("del", &(cell("", "1") + &format!("<w:tc><w:p>{deleted}</w:p></w:tc>")));
        insta::assert_snapshot!(read(&format!("<w:tbl>{gone}{}</w:tbl>", row("ins", &cell("", "2")))), @r#"
        | 0: 2 |
        ! left out: the tracked deletion "1 | x"
        "#);
    }

    #[test]
    fn a_table_in_a_cell_is_read_as_paragraphs() {
        let inner = table(&[&[cell("", "b"), cell("", "c")]]);
        let outer = format!("<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>", p("a"), p("d"));
        insta::assert_snapshot!(read(&outer), @"
        | 0: a / b / c / d |
        ! table 2 stands inside a cell: it is read as paragraphs
        ");
    }
}
