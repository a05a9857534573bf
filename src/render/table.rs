//! Tables for people: fitted to a terminal, or plain for a file or a pipe.

use super::Look;
use super::style::Tone;
use anstyle::{AnsiColor, Color as StyleColor, Effects};
use comfy_table::{
    Attribute, Cell as TableCell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table,
    TableStyle, Width,
};
use comfy_table::{ContentLineStyle, LineStyle};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// One cell: what it says, what it adds, and in which tone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub main: String,
    /// What it adds: below in a terminal, behind a comma in a line.
    pub aside: Option<String>,
    /// In which tone.
    pub tone: Tone,
}

impl Cell {
    /// A cell in the ordinary tone.
    #[must_use]
    pub fn new(main: impl Into<String>) -> Self {
        Self { main: main.into(), ..Self::default() }
    }

    /// The same, in another tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The same, with what it adds.
    #[must_use]
    pub fn aside(mut self, aside: impl Into<String>) -> Self {
        self.aside = Some(aside.into());
        self
    }

    /// On one line.
    #[must_use]
    pub fn line(&self) -> Cow<'_, str> {
        match &self.aside {
            Some(aside) => format!("{}, {aside}", self.main).into(),
            None => Cow::Borrowed(&self.main),
        }
    }
}

/// How a column behaves when there is not enough room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is as wide as what it holds.
    Whole,
    /// It gives way, but not below so many characters.
    AtLeast(u16),
    /// It gives way half as soon, since it is what people read.
    Prose(u16),
}

/// A column's heading and behaviour.
#[derive(Clone, Debug)]
pub struct Heading {
    /// What stands above it.
    pub text: Cow<'static, str>,
    /// How it gives way.
    pub fit: Fit,
    /// Whether it holds numbers.
    pub right: bool,
}

/// Rows that are made as they are needed: a hundred thousand need not be held as text.
pub trait Rows: Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// The cells of one.
    fn row(&self, index: usize) -> Vec<Cell>;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Rows for Vec<Vec<Cell>> {
    fn len(&self) -> usize {
        self.len()
    }

    fn row(&self, index: usize) -> Vec<Cell> {
        self[index].clone()
    }
}

/// Columns two spaces apart, a rule below the headings, a blank line between rows of several lines.
const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

/// Writes a table.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(out: &mut dyn Write, look: Look, headings: &[Heading], rows: &dyn Rows) -> io::Result<()> {
    match look.width {
        Some(width) => fitted(out, look.colour, width, headings, rows),
        None => plain(out, look.colour, headings, rows),
    }
}

fn fitted(
    out: &mut dyn Write,
    colour: bool,
    width: usize,
    headings: &[Heading],
    rows: &dyn Rows,
) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width.max(20)).unwrap_or(u16::MAX));
    if colour {
        table.enforce_styling()
    } else {
        table.force_no_tty()
    };
    table.set_header(headings.iter().map(|h| TableCell::new(&h.text).add_attribute(Attribute::Bold)));
    let cells: Vec<Vec<Cell>> =
        (0..rows.len()).map(|i| rows.row(i).into_iter().map(clipped).collect()).collect();
    let tall = cells.iter().flatten().any(|c| c.aside.is_some());
    for row in &cells {
        table.add_row(row.iter().map(table_cell));
    }
    if tall {
        table.style_mut().row_separator = LineStyle::none().fill(' ').junction(' ');
    }
    let last = headings.len().saturating_sub(1);
    let (widths, gap) = widths(width, headings, &cells);
    for (i, (heading, column)) in headings.iter().zip(table.column_iter_mut()).enumerate() {
        // The table draws one space between columns itself.
        let padding = if i == last { 0 } else { gap - 1 };
        column.set_padding((0, padding));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(widths[i] + padding)));
        if heading.right {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A cell that fits a screen: a title of a million characters would fill hundreds of them. A pipe
/// gets it whole.
fn clipped(mut cell: Cell) -> Cell {
    const MOST: usize = 1_000;
    for text in std::iter::once(&mut cell.main).chain(&mut cell.aside) {
        if let Some((end, _)) = text.char_indices().nth(MOST) {
            text.truncate(end);
            text.push('…');
        }
    }
    cell
}

/// How wide each column is: as wide as what it holds where there is room; else the widest give way
/// first, none below what it must have or below its longest word of ordinary length.
/// Columns are two spaces apart, or one where that alone makes room.
fn widths(width: usize, headings: &[Heading], rows: &[Vec<Cell>]) -> (Vec<u16>, u16) {
    const LONG_WORD: usize = 16;
    let mut natural: Vec<usize> = headings.iter().map(|h| h.text.width()).collect();
    let mut least: Vec<usize> = natural.clone();
    for row in rows {
        for ((cell, natural), least) in row.iter().zip(&mut natural).zip(&mut least) {
            for line in std::iter::once(&cell.main).chain(&cell.aside) {
                *natural = (*natural).max(line.width());
                let words = line.split(' ').map(UnicodeWidthStr::width);
                *least = (*least).max(words.filter(|w| *w <= LONG_WORD).max().unwrap_or(0));
            }
        }
    }
    for ((heading, natural), least) in headings.iter().zip(&natural).zip(&mut least) {
        *least = match heading.fit {
            Fit::Whole => *natural,
            Fit::AtLeast(n) | Fit::Prose(n) => (*least).max(usize::from(n)).min(*natural),
        };
    }
    let gaps = headings.len().saturating_sub(1);
    let gap = if least.iter().sum::<usize>() + 2 * gaps > width { 1 } else { 2 };
    let room = width.saturating_sub(gap * gaps);
    // Where even that is too much, words are broken: a table that is wider than its terminal cannot
    // be read at all.
    let floor = (1..=width).rev().find(|most| least.iter().map(|l| l.min(most)).sum::<usize>() <= room);
    least.iter_mut().for_each(|l| *l = (*l).min(floor.unwrap_or(1)));
    let share = |heading: &Heading| if matches!(heading.fit, Fit::Prose(_)) { 2 } else { 1 };
    let capped = |cap: usize| {
        let columns = headings.iter().zip(natural.iter().zip(&least));
        columns.map(move |(heading, (natural, least))| (*natural).min(cap * share(heading)).max(*least))
    };
    let widest = natural.iter().copied().max().unwrap_or(0);
    let cap = (1..=widest).rev().find(|cap| capped(*cap).sum::<usize>() <= room).unwrap_or(1);
    let mut widths: Vec<usize> = capped(cap).collect();
    // What the last step down freed goes to the first column that can use it.
    let mut spare = room.saturating_sub(widths.iter().sum());
    for (width, natural) in widths.iter_mut().zip(&natural) {
        let more = spare.min(natural - *width);
        (*width, spare) = (*width + more, spare - more);
    }
    let widths = widths.into_iter().map(|w| u16::try_from(w.max(1)).unwrap_or(u16::MAX)).collect();
    (widths, if gap == 1 { 1 } else { 2 })
}

fn table_cell(cell: &Cell) -> TableCell {
    let content = match &cell.aside {
        Some(aside) => format!("{}\n{aside}", cell.main),
        None => cell.main.clone(),
    };
    let style = cell.tone.style();
    let mut made = TableCell::new_owned(content);
    if let Some(StyleColor::Ansi(colour)) = style.get_fg_color() {
        made = made.fg(terminal_colour(colour));
    }
    let effects = [
        (Effects::BOLD, Attribute::Bold),
        (Effects::DIMMED, Attribute::Dim),
        (Effects::ITALIC, Attribute::Italic),
    ];
    for (effect, attribute) in effects {
        if style.get_effects().contains(effect) {
            made = made.add_attribute(attribute);
        }
    }
    made
}

fn terminal_colour(colour: AnsiColor) -> Color {
    match colour {
        AnsiColor::Red => Color::DarkRed,
        AnsiColor::BrightRed => Color::Red,
        AnsiColor::Yellow => Color::DarkYellow,
        AnsiColor::Green => Color::DarkGreen,
        AnsiColor::BrightGreen => Color::Green,
        AnsiColor::Blue => Color::DarkBlue,
        AnsiColor::Magenta => Color::DarkMagenta,
        AnsiColor::BrightBlack => Color::DarkGrey,
        _ => Color::Reset,
    }
}

/// One line a row, every word of it, columns aligned.
fn plain(out: &mut dyn Write, colour: bool, headings: &[Heading], rows: &dyn Rows) -> io::Result<()> {
    /// So many rows are made at a time, on every processor, and written before the next.
    const CHUNK: usize = 1024;
    let least = || headings.iter().map(|h| h.text.width()).collect::<Vec<_>>();
    let wider = |mut widths: Vec<usize>, others: &[usize]| {
        widths.iter_mut().zip(others).for_each(|(width, other)| *width = (*width).max(*other));
        widths
    };
    let of_row = |i| rows.row(i).iter().map(|cell| cell.line().width()).collect::<Vec<_>>();
    let few = rows.len() < 512;
    let widths = if few {
        (0..rows.len()).fold(least(), |widths, i| wider(widths, &of_row(i)))
    } else {
        let row = |widths, i| wider(widths, &of_row(i));
        (0..rows.len()).into_par_iter().fold(least, row).reduce(least, |a, b| wider(a, &b))
    };
    let titles: Vec<Cell> = headings.iter().map(|h| Cell::new(h.text.as_ref()).tone(Tone::Strong)).collect();
    let line = |cells: &[Cell]| line(colour, headings, &widths, cells);
    out.write_all(line(&titles).as_bytes())?;
    for from in (0..rows.len()).step_by(CHUNK) {
        let chunk = from..(from + CHUNK).min(rows.len());
        let lines: Vec<String> = if few {
            chunk.map(|i| line(&rows.row(i))).collect()
        } else {
            chunk.into_par_iter().map(|i| line(&rows.row(i))).collect()
        };
        for line in lines {
            out.write_all(line.as_bytes())?;
        }
    }
    Ok(())
}

fn line(colour: bool, headings: &[Heading], widths: &[usize], cells: &[Cell]) -> String {
    let mut line = String::with_capacity(widths.iter().sum::<usize>() + 2 * widths.len());
    let mut gap = 0;
    for ((cell, width), heading) in cells.iter().zip(widths).zip(headings) {
        let text = cell.line();
        let pad = width.saturating_sub(text.width());
        let (before, after) = if heading.right { (pad, 0) } else { (0, pad) };
        if text.is_empty() {
            gap += width + 2;
            continue;
        }
        // Spaces are written only before something: no line ends in them.
        line.extend(std::iter::repeat_n(' ', gap + before));
        if colour {
            line.push_str(&cell.tone.paint(&text, true))
        } else {
            line.push_str(&text)
        }
        gap = after + 2;
    }
    line.push('\n');
    line
}
