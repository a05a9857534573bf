//! Excel workbooks: each visible sheet is a table.

mod rich;
mod shown;

use super::archive::Archive;
use super::delimited::COLUMNS;
use super::document::{Block, Cell, Document, Paragraph, Remark, Rgb, Row, Table};
use super::error::ImportError;
use super::markup;
use super::struck;
use crate::wording::count;
use calamine::{Data, DataType as _, Dimensions, Reader as _, SheetVisible, StyleRange, Xlsx};
use shown::shown;
use std::collections::BTreeMap;
use std::io::Cursor;

/// There may be so many cells with something in them.
const CELLS: usize = 2_000_000;

/// Reads an `.xlsx`, or an `.xlsm` without its macros.
///
/// # Errors
/// Where it is no workbook, is broken, or goes beyond a limit.
pub fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let mut archive = Archive::open(bytes)?;
    // The library trusts the archive.
    archive.read_all()?;
    let mut document = Document::default();
    for (part, remark) in [
        ("vbaproject.bin", "macros of the file are not read, and not run"),
        ("comments", "comments on cells are left out"),
        ("externallinks", "links to other workbooks are not followed: their last values are read"),
    ] {
        if archive.names().any(|name| name.contains(part)) {
            document.remarks.push(Remark::Read(remark.to_owned()));
        }
    }
    document.remarks.extend(shown_otherwise(&mut archive)?);
    let (rich, doubtful) = rich::texts(&mut archive)?;
    document.remarks.extend(doubtful.into_iter().map(|text| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Remark::Uncertain(format!(
            "\"{text}\" is struck through in part in some cells: it is read whole in all"
        ))
    }));
    let broken = |error: calamine::XlsxError| ImportError::broken(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut unknown = Vec::new();
    for sheet in sheets {
        if sheet.visible != SheetVisible::Visible {
            document.remarks.push(Remark::LeftOut(format!("the hidden sheet \"{}\"", sheet.name)));
            continue;
        }
        let styles = workbook.worksheet_style(&sheet.name).map_err(broken)?;
        let Some(cells) = cells(&mut workbook, &sheet.name, &styles, &mut unknown)? else {
            document.remarks.push(Remark::LeftOut(format!("\"{}\", which is no sheet of cells", sheet.name)));
            continue;
        };
        if cells.is_empty() {
            continue;
        }
        let merged = workbook.merge_cells_by_sheet_name(&sheet.name).map_err(broken)?;
        let links = workbook.hyperlinks_by_sheet_name(&sheet.name).map_err(broken)?;
        let links = links.into_iter().filter_map(|link| Some((link.range.start, link.target?))).collect();
        let found = Sheet { cells, styles, merged, links, rich: &rich };
        if found.area() > CELLS {
            let name = &sheet.name;
            return Err(ImportError::limit(format!("the sheet {name} spreads over more than {CELLS} cells")));
        }
        document.blocks.push(Block::Table(found.table(format!("sheet {}", sheet.name))));
    }
    document.remarks.extend(without_results(&unknown));
    struck::settle(&mut document);
    Ok(document)
}

/// What to say of what a sheet shows otherwise than it is read: rows and columns that are hidden, which whoever hid them
/// may not want in the plan, and colours that rules give.
fn shown_otherwise(archive: &mut Archive<'_>) -> Result<Vec<Remark>, ImportError> {
    let (mut hidden, mut has_rules) = (Vec::new(), false);
    let sheets: Vec<String> =
        archive.names().filter(|name| name.starts_with("xl/worksheets/")).map(str::to_owned).collect();
    for sheet in sheets.iter().filter(|name| name.ends_with(".xml")) {
        let Some(bytes) = archive.read_again(sheet)? else { continue };
        let text = String::from_utf8_lossy(&bytes);
        if text.split('<').any(|tag| places(tag).any(|place| !is_place(place))) {
            return Err(ImportError::broken(format!("{sheet}: a cell stands where no sheet has one")));
        }
        let is_hidden = |tag: &str| tag.contains("hidden=\"1\"") || tag.contains("hidden=\"true\"");
        let tags = text.split('<').map(|tag| tag.split('>').next().unwrap_or_default());
        hidden.extend(tags.filter(|tag| is_hidden(tag)).filter_map(line_of));
        has_rules |= text.contains("<conditionalFormatting");
    }
    let mut remarks = Vec::new();
    if !hidden.is_empty() {
        const MOST: usize = 8;
        let more = if hidden.len() > MOST { ", ..." } else { "" };
        hidden.truncate(MOST);
        remarks.push(Remark::Uncertain(format!(
            "hidden rows or columns ({}{more}) are read too: look whether they may be in the plan",
            hidden.join(", ")
        )));
    }
    if has_rules {
        let said =
            "colours that rules give to cells (conditional formatting) are not read: words and fills are";
        remarks.push(Remark::Read(said.to_owned()));
    }
    Ok(remarks)
}

/// What a tag calls the row, or the columns, that it is about: "row 7", "column C", "columns C to E".
fn line_of(tag: &str) -> Option<String> {
    let number = |key: &str| tag.split_once(key)?.1.split('"').next()?.parse::<u32>().ok();
    if tag.starts_with("row ") {
        return Some(format!("row {}", number(" r=\"")?));
    }
    let (from, to) = (number(" min=\"")?, number(" max=\"")?);
    let letters = |column: u32| reference((0, column.saturating_sub(1))).trim_end_matches('1').to_owned();
    match tag.starts_with("col ") {
        true if from == to => Some(format!("column {}", letters(from))),
        true => Some(format!("columns {} to {}", letters(from), letters(to))),
        false => None,
    }
}

/// The cells that a tag of a sheet names: `r="B7"`, `ref="A1:B7"`.
fn places(tag: &str) -> impl Iterator<Item = &str> {
    let tag = tag.split('>').next().unwrap_or_default();
    let is_of_cells =
        ["c ", "mergeCell ", "dimension ", "hyperlink "].iter().any(|name| tag.starts_with(name));
    let value = |key: &str| tag.split_once(key).and_then(|(_, rest)| rest.split('"').next());
    let value = value(" r=\"").or_else(|| value(" ref=\"")).filter(|_| is_of_cells);
    value.into_iter().flat_map(|value| value.split(':'))
}

/// Whether a sheet has a cell of that name: up to three letters, and seven figures.
fn is_place(place: &str) -> bool {
    let figures = place.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    place.len() - figures.len() <= 3 && figures.len() <= 7
}

type Place = (u32, u32);

/// The cells of a sheet that have something in them, by row and column; none where it is a chart. `unknown` takes
/// those whose formula has no result.
fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    styles: &StyleRange,
    unknown: &mut Vec<String>,
) -> Result<Option<BTreeMap<Place, String>>, ImportError> {
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return Ok(None) };
    let mut cells = BTreeMap::new();
    let broken = |error: calamine::XlsxError| ImportError::broken(error.to_string());
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
        let value: Data = cell.value.into();
        if value.is_empty() && cell.formula.is_some() {
            unknown.push(format!("{name}!{}", reference(cell.pos)));
            continue;
        }
        let format = styles.get(cell.pos).and_then(|style| style.number_format.as_ref());
        let format = format.map_or("", |format| format.format_code.as_str());
        let text = shown(&value, format);
        if text.is_empty() {
            continue;
        }
        if cells.len() >= CELLS {
            return Err(ImportError::limit(format!("the sheet {name} has more than {CELLS} cells")));
        }
        if cell.pos.1 as usize >= COLUMNS {
            return Err(ImportError::limit(format!("the sheet {name} has more than {COLUMNS} columns")));
        }
        cells.insert(cell.pos, text);
    }
    Ok(Some(cells))
}

/// What to say of formulas whose results the file does not keep.
fn without_results(cells: &[String]) -> Option<Remark> {
    const MOST: usize = 5;
    let first = cells.get(..MOST.min(cells.len())).filter(|first| !first.is_empty())?.join(", ");
    let more = if cells.len() > MOST { ", ..." } else { "" };
    let many = count(cells.len(), "formula has", "formulas have");
    Some(Remark::Uncertain(format!(
        "{many} no result in the file ({first}{more}): read as blank; open the file in Excel and save it"
    )))
}

/// A cell as a spreadsheet calls it: B7.
fn reference((row, column): Place) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = char::from_u32(u32::from(b'A') + (rest - 1) % 26).unwrap_or('?');
        letters.insert(0, letter);
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

/// A sheet as it was read.
struct Sheet<'w> {
    cells: BTreeMap<Place, String>,
    styles: StyleRange,
    merged: Vec<Dimensions>,
    links: BTreeMap<Place, String>,
    rich: &'w rich::Texts,
}

impl Sheet<'_> {
    /// Over how many cells its rows spread.
    fn area(&self) -> usize {
        let width = self.cells.keys().map(|(_, column)| *column as usize + 1).max().unwrap_or(0);
        let rows = self.cells.keys().map(|(row, _)| row).collect::<std::collections::BTreeSet<_>>().len();
        width.saturating_mul(rows)
    }

    fn table(&self, name: String) -> Table {
        let width = self.cells.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
        let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
        for (row, _) in self.cells.keys() {
            rows.entry(*row).or_insert_with(|| Row { place: format!("row {}", row + 1), ..Row::default() });
        }
        for (number, row) in &mut rows {
            let merged: Vec<&Dimensions> =
                self.merged.iter().filter(|m| (m.start.0..=m.end.0).contains(number)).collect();
            let mut column = 0;
            while column < width {
                let cell = self.cell(*number, column, &merged);
                column = column.saturating_add(u32::try_from(cell.across).unwrap_or(1));
                row.cells.push(cell);
            }
        }
        Table { name, rows: rows.into_values().collect() }
    }

    fn cell(&self, row: u32, column: u32, merged: &[&Dimensions]) -> Cell {
        let merged = merged.iter().find(|m| (m.start.1..=m.end.1).contains(&column));
        let font = self.styles.get((row, column)).and_then(|style| style.font.as_ref());
        let is_struck = font.is_some_and(calamine::Font::has_strikethrough);
        let text = self.cells.get(&(row, column));
        let mut paragraphs = text.map_or_else(Vec::new, |text| self.paragraphs(text, is_struck));
        if let Some(link) = self.links.get(&(row, column)) {
            paragraphs.iter_mut().flat_map(|p| &mut p.runs).for_each(|run| run.link = Some(link.clone()));
        }
        Cell {
            column: column as usize,
            across: merged.map_or(1, |m| (m.end.1 - column + 1) as usize),
            continues: merged.is_some_and(|m| m.start.0 < row),
            paragraphs,
            colour: self.colour(row, column),
        }
    }

    /// What a text says, and behind it what of it is struck through; `is_struck` says what the font of its cell is.
    fn paragraphs(&self, text: &str, is_struck: bool) -> Vec<Paragraph> {
        let of = |is_one: bool| match self.rich.get(text) {
            Some(parts) => {
                let parts = parts.iter().filter(|part| part.is_struck.unwrap_or(is_struck) == is_one);
                parts.map(|part| part.text.as_str()).collect()
            }
            None if is_one == is_struck => text.to_owned(),
            None => String::new(),
        };
        let mut struck = markup::paragraphs(&of(true));
        struck.iter_mut().flat_map(|p| &mut p.runs).for_each(|run| run.is_struck = true);
        let mut paragraphs = markup::paragraphs(&of(false));
        paragraphs.append(&mut struck);
        paragraphs
    }

    fn colour(&self, row: u32, column: u32) -> Option<Rgb> {
        let fill = self.styles.get((row, column))?.fill.as_ref()?;
        let colour = fill.get_color().filter(|_| fill.is_visible())?;
        Some(Rgb(colour.red, colour.green, colour.blue)).filter(|colour| !colour.is_white())
    }
}

#[cfg(test)]
mod tests;
