//! What a reader makes of a file, whatever its format: paragraphs and tables, in the order of the document.

use crate::visible::is_hidden;
use std::fmt;

/// A file as it was read: what stands in it, and what the reader has to say about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Paragraphs and tables, in the order in which one reads them.
    pub blocks: Vec<Block>,
    /// What the reader left out, or took in a way that somebody should know.
    pub remarks: Vec<Remark>,
}

/// What a reader has to say of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// How something was read.
    Read(String),
    /// Something that was read, and at which somebody should look.
    Uncertain(String),
    /// Something that was left out.
    LeftOut(String),
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(said) => f.write_str(said),
            Self::Uncertain(said) => write!(f, "uncertain: {said}"),
            Self::LeftOut(said) => write!(f, "left out: {said}"),
        }
    }
}

/// A paragraph or a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph outside any table.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A table: a sheet of a workbook, a table of a document, lines of tab-separated text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it is called where it stands: "table 2", "sheet Plan".
    pub name: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Where it stands: "row 3", "line 45".
    pub place: String,
    /// Whether the document says that it is a header, repeated on every page.
    pub is_header: bool,
    /// Its cells from the left. What a cell of a row above covers is a cell of its own, which `continues`.
    pub cells: Vec<Cell>,
}

/// A cell of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The first column that it covers, from 0.
    pub column: usize,
    /// How many columns it covers, from 1.
    pub across: usize,
    /// Whether it is the lower part of a cell that covers several rows.
    pub continues: bool,
    /// What stands in it.
    pub paragraphs: Vec<Paragraph>,
    /// The colour with which it is filled; none for none, and for white.
    pub colour: Option<Rgb>,
}

/// A paragraph, or an item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// Its text, in pieces that look alike.
    pub runs: Vec<Run>,
    /// Whether it is an item of a list.
    pub item: Option<Item>,
    /// The number before it that is not in its text: `3.`
    pub label: Option<String>,
    /// Of a heading its level, from 1.
    pub heading: Option<u8>,
}

/// An item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// How deep it is nested, from 0.
    pub depth: usize,
    /// Whether it is numbered.
    pub is_numbered: bool,
}

/// A piece of text that looks alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The text, without line breaks.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is in italics.
    pub italic: bool,
    /// Where it leads to.
    pub link: Option<String>,
    /// The colour behind it.
    pub colour: Option<Rgb>,
    /// Whether it is the name of a file that is embedded here.
    pub is_file: bool,
    /// Whether it is struck through.
    pub is_struck: bool,
}

/// A colour.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl fmt::Debug for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Document {
    /// Takes out the characters that do not show, and that no file of a plan may hold; how many there were.
    pub(super) fn clean(&mut self) -> usize {
        let mut taken = 0;
        let mut clean = |paragraph: &mut Paragraph| {
            for run in &mut paragraph.runs {
                if run.text.contains(is_hidden) {
                    taken += run.text.chars().filter(|c| is_hidden(*c)).count();
                    run.text.retain(|c| !is_hidden(c));
                }
            }
        };
        for block in &mut self.blocks {
            match block {
                Block::Paragraph(paragraph) => clean(paragraph),
                Block::Table(table) => {
                    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                    cells.flat_map(|cell| &mut cell.paragraphs).for_each(&mut clean);
                }
            }
        }
        taken
    }
}

impl Rgb {
    /// `FF0000`, with or without a `#`.
    #[must_use]
    pub fn of_hex(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('#');
        if text.len() != 6 || !text.is_ascii() {
            return None;
        }
        let part = |from: usize| u8::from_str_radix(&text[from..from + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Whether it is no colour that anybody sees on paper.
    #[must_use]
    pub fn is_white(self) -> bool {
        self == Self(255, 255, 255)
    }
}

impl Run {
    /// Another text that looks like this one.
    fn with(&self, text: &str) -> Self {
        let Self { text: _, bold, italic, link, colour, is_file, is_struck } = self;
        Self {
            text: text.to_owned(),
            bold: *bold,
            italic: *italic,
            link: link.clone(),
            colour: *colour,
            is_file: *is_file,
            is_struck: *is_struck,
        }
    }
}

impl Paragraph {
    /// A paragraph of plain text.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { runs: vec![Run { text: text.to_owned(), ..Run::default() }], ..Self::default() }
    }

    /// Its text as one reads it, white space drawn together.
    #[must_use]
    pub fn text(&self) -> String {
        self.raw().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Takes so many bytes away from the start of its runs; they end between two characters.
    pub fn drop_start(&mut self, bytes: usize) {
        let mut left = bytes;
        for run in &mut self.runs {
            let taken = left.min(run.text.len());
            run.text.drain(..taken);
            left -= taken;
            if left == 0 {
                break;
            }
        }
    }

    /// The paragraph in pieces, cut at these places of its text; they are in order, and between two characters.
    #[must_use]
    pub fn cut(&self, places: &[usize]) -> Vec<Self> {
        let more = || Self { item: self.item, heading: self.heading, ..Self::default() };
        let mut pieces = vec![Self { label: self.label.clone(), ..more() }];
        let mut places = places.iter().copied().peekable();
        let mut at = 0;
        for run in &self.runs {
            let mut text = run.text.as_str();
            while let Some(place) = places.next_if(|place| *place < at + text.len()) {
                let (before, after) = text.split_at(place.saturating_sub(at));
                if let Some(piece) = pieces.last_mut() {
                    piece.runs.push(run.with(before));
                }
                pieces.push(more());
                at += before.len();
                text = after;
            }
            at += text.len();
            if let Some(piece) = pieces.last_mut() {
                piece.runs.push(run.with(text));
            }
        }
        pieces
    }

    /// The end of its text as one reads it, of so many bytes at the most, or a few more.
    #[must_use]
    pub fn end(&self, bytes: usize) -> String {
        let mut from = self.runs.len();
        let mut length = 0;
        while from > 0 && length < bytes {
            from -= 1;
            length += self.runs[from].text.len();
        }
        let all: String = self.runs[from..].iter().map(|run| run.text.as_str()).collect();
        let start = all.len().saturating_sub(bytes);
        let start = (start..=all.len()).find(|at| all.is_char_boundary(*at)).unwrap_or(all.len());
        all[start..].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text of its runs as it stands there, white space and all.
    #[must_use]
    pub fn raw(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether nothing can be read in it: no letter and no digit.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        !self.runs.iter().any(|run| run.text.contains(char::is_alphanumeric))
    }
}

impl Cell {
    /// The first column behind it.
    #[must_use]
    pub fn end(&self) -> usize {
        self.column.saturating_add(self.across)
    }

    /// Its text as one reads it, the paragraphs on one line.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self.paragraphs.iter().map(Paragraph::text).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join(" ")
    }

    /// Whether nothing can be read in it: no letter and no digit.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.paragraphs.iter().all(Paragraph::is_blank)
    }
}
