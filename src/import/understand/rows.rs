//! Rows to records: which rows are a recommendation, which go on with the one before, and which are none.

use super::account::Others;
use super::actions;
use super::below;
use super::columns::{Column, Why, is_ticked};
use super::header::Header;
use super::headings::Key;
use super::join::{self, Seam};
use super::over::{Over, addressed};
use super::record::{Action, Filled, Lower, Record, is_blank, links, shown, text};
use super::{colours, numbers, words};
use crate::import::document::{Cell, Paragraph, Rgb, Row, Table};

/// What there is to say of the rows of a table.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) records: Vec<Record>,
    pub(super) others: Others,
    /// Whether each recommendation has a row across the table below it.
    is_paired: bool,
    /// Whether rows across the table are sections, though they may begin as a report does.
    has_sections: bool,
    /// Whether texts begin with numbers of several levels and no stop: "4.1 Repair the cells".
    is_levelled: bool,
    /// After how many recommendations each section begins.
    sections_after: Vec<usize>,
    /// Rows that are left out, with the reason.
    pub(super) left_out: Vec<String>,
    pub(super) seams: Vec<(String, Seam)>,
    /// How many rows are shaded across where a rating might be a colour.
    pub(super) banded: usize,
}

/// A cell that covers several rows is said of each where it is no longer than this, in bytes.
const MOST_MERGED: usize = 2_000;

/// What rows of one plan are read by.
pub(super) struct Reading<'a> {
    pub(super) header: &'a Header,
    pub(super) columns: &'a [Column],
    /// Whether a row may go on on the next page, as in Word and in text made of it; in a sheet it does not.
    pub(super) is_paged: bool,
    /// The owner and the theme of the headings above.
    pub(super) owner: Option<Over>,
    pub(super) theme: Option<Over>,
    /// Whether section rows are owners, where they do not say what they are: nothing else names any.
    pub(super) sections_are_owners: bool,
    /// Which table of the document, from 0.
    pub(super) table: usize,
}

impl Reading<'_> {
    /// Reads the rows of a table from one on; `before` is the record that they may go on with.
    pub(super) fn rows(&mut self, table: &Table, from: usize, before: Option<&mut Record>) -> Rows {
        let mut rows = Rows {
            is_paired: below::is_paired(&table.rows[from..], self.header),
            is_levelled: self.is_levelled(&table.rows[from..]),
            has_sections: below::begins(&table.rows[from..], self.header),
            ..Rows::default()
        };
        let mut before = before;
        for row in &table.rows[from..] {
            let place = format!("{}, {}", table.name, row.place);
            self.row(row, place, &mut rows, &mut before);
        }
        // What no recommendation follows is no section: it is a note below the table.
        while rows.sections_after.last() == Some(&rows.records.len()) && !rows.records.is_empty() {
            rows.sections_after.pop();
            rows.left_out.extend(
                rows.others.sections.pop().map(|told| format!("{}, below its rows: {told}", table.name)),
            );
        }
        rows
    }

    fn row(&mut self, row: &Row, place: String, rows: &mut Rows, before: &mut Option<&mut Record>) {
        let is_sign = |cell: &Cell| cell.paragraphs.iter().any(|p| p.raw().contains(words::is_sign));
        // A row that is shaded from one end to the other says no more than one without any colour.
        let first = row.cells.first().and_then(|cell| cell.colour);
        if row.cells.iter().all(|cell| cell.is_blank() && cell.colour == first && !is_sign(cell)) {
            rows.others.blank += 1;
            return;
        }
        if self.header.is_repeated_by(row) {
            rows.others.headers += 1;
            return;
        }
        if self.is_total(row) {
            rows.left_out.push(format!("{place}: \"{}\"", shown(row)));
            return;
        }
        let last = rows.records.last_mut().or(before.as_deref_mut());
        if let Some(last) = last
            && !rows.has_sections
            && let Some(more) = below::said(row, self.header, rows.is_paired)
        {
            rows.others.continued += 1;
            if last.actions.is_empty() {
                go_on(last, vec![more], &place, &mut rows.seams);
            } else {
                last.below.push(more);
            }
            return;
        }
        if rows.is_paired && rows.records.is_empty() && below::is_heading(row, self.header) {
            rows.others.headers += 1;
            return;
        }
        if let Some(text) = self.section(row) {
            rows.others.sections.push(self.enter(&text));
            rows.sections_after.push(rows.records.len());
            return;
        }
        let under = self.header.cells(row);
        let goes_down = |key: &Key| {
            let at = self.columns.iter().position(|column| column.key == *key);
            at.is_some_and(|at| under[at].iter().any(|cell| cell.continues && cell.is_blank()))
        };
        let is_below = goes_down(&Key::Number) || !self.has(&Key::Number) && goes_down(&Key::Text);
        // What stands under no column is named, so that nothing is lost.
        let is_under = |cell: &Cell| under.iter().flatten().any(|other| std::ptr::eq(*other, cell));
        let apart: Vec<String> =
            row.cells.iter().filter(|cell| !cell.is_blank() && !is_under(cell)).map(Cell::text).collect();
        if !apart.is_empty() {
            rows.left_out.push(format!("{place}, under no column: \"{}\"", apart.join(" | ")));
        }
        let goes_on_as = self.continued(&under);
        rows.banded += usize::from(self.is_banded(&under));
        let mut filled = self.filled(&under);
        let number = self.number(&mut filled, rows.is_levelled);
        if number.is_none()
            && let Some(said) = self.no_number(&under)
        {
            rows.left_out.push(format!("{place}, where a number is expected: \"{said}\""));
        }
        let last = rows.records.last_mut().or(before.as_deref_mut());
        let Some(last) = last else {
            if filled.iter().any(|cell| is_about(&cell.key)) {
                rows.records.push(self.record(place, number, filled));
            } else {
                rows.left_out.push(format!("{place}: \"{}\"", shown(row)));
            }
            return;
        };
        if number.is_none() && !(is_below && self.is_action(&filled, last)) {
            self.without_same_owner(&mut filled, last);
        }
        let is_later = number.is_none() && self.is_later(&filled, last);
        if goes_on_as.is_some() && goes_on_as == last.number {
            rows.others.continued += 1;
            // Who owns it is said again, and is no more of a name.
            let is_other =
                |cell: &Filled| !last.cells.iter().any(|c| c.key == cell.key && text(c) == text(cell));
            let owners = filled.extract_if(.., |cell| cell.key == Key::Owner);
            let others = owners.filter(|cell| !is_blank(cell) && is_other(cell));
            rows.seams.extend(others.map(|cell| (place.clone(), Seam::Other(quoted(&cell)))));
            go_on(last, filled, &place, &mut rows.seams);
        } else if is_below || number.is_none() && self.is_another_owners(&filled, last) {
            rows.others.continued += 1;
            self.below(last, &under, filled, &place, &mut rows.seams);
        } else if is_later && !(self.is_paged && is_cut(&filled, last)) {
            rows.others.continued += 1;
            last.later.push(Lower { place, cells: filled });
        } else if !is_later && self.is_new(number.as_deref(), &filled, last) {
            self.merged_down(&under, last, &mut filled);
            rows.records.push(self.record(place, number, filled));
        } else if !self.is_paged {
            rows.left_out.push(format!("{place}: \"{}\"", shown(row)));
        } else {
            // The number is none of a row: it stays before its paragraph.
            let filled = if number.is_some() { self.filled(&under) } else { filled };
            rows.others.continued += 1;
            go_on(last, filled, &place, &mut rows.seams);
        }
    }

    /// The number that a row says it goes on with: "2 (cont.)".
    fn continued(&self, under: &[Vec<&Cell>]) -> Option<String> {
        let at = self.columns.iter().position(|column| column.key == Key::Number)?;
        let said = under[at].iter().map(|cell| cell.text()).collect::<Vec<_>>().join(" ");
        let (number, word) = said.rsplit_once([' ', '('])?;
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        let is_one = ["cont", "contd", "cont'd", "continued"].contains(&word.as_str());
        numbers::of_cell(number).filter(|_| is_one)
    }

    /// What a cell that covers several rows says of each: of the lower ones what it says of the first.
    fn merged_down(&self, under: &[Vec<&Cell>], last: &Record, filled: &mut Vec<Filled>) {
        for (column, cells) in self.columns.iter().zip(under) {
            let goes_down = cells.iter().any(|cell| cell.continues && cell.is_blank());
            let same = |cell: &&Filled| cell.key == column.key && cell.heading == column.heading;
            // What covers several rows is a name or a word; a text of that length is said once.
            let is_short = |above: &&Filled| text(above).len() <= MOST_MERGED;
            if let (true, Some(above)) = (goes_down, last.cells.iter().find(same).filter(is_short)) {
                filled.push(above.clone());
            }
        }
    }

    fn has(&self, key: &Key) -> bool {
        self.columns.iter().any(|column| column.key == *key)
    }

    /// Whether a row begins a recommendation.
    fn is_new(&self, number: Option<&str>, filled: &[Filled], last: &Record) -> bool {
        let says = |key: &Key| filled.iter().any(|cell| cell.key == *key && !is_blank(cell));
        // A page cuts sentences, not dates and ratings: what is there in both rows is said of two.
        if self.is_paged && filled.iter().any(|cell| is_said_again(cell, last)) {
            return true;
        }
        if says(&Key::Owner) {
            return number.is_some() || says(&Key::Text) || says(&Key::Title) || !self.is_paged;
        }
        // In a sheet whose rows have numbers, one without and with little else is a note below them.
        if !self.is_paged && self.has(&Key::Number) && number.is_none() && filled.len() == 1 {
            return false;
        }
        match number {
            // Where owners have a column, a row without one begins only with the number that comes next.
            Some(number) if self.is_paged && self.has(&Key::Owner) && !self.has(&Key::Number) => {
                comes_next(last.number.as_deref(), number)
            }
            Some(_) => true,
            None => !self.is_paged && (says(&Key::Text) || says(&Key::Title)),
        }
    }

    /// Takes out of a row of a paper with numbers, which has none and no text, the owner that is said again of what is
    /// reported later.
    fn without_same_owner(&self, filled: &mut Vec<Filled>, last: &Record) {
        let says = |is: fn(&Key) -> bool| filled.iter().any(|cell| is(&cell.key) && !is_blank(cell));
        let is_report = says(|key| matches!(key, Key::Update(_)));
        let is_text = says(|key| matches!(key, Key::Text | Key::Title));
        let is_answered = last.answers.iter().any(|lower| owner(&lower.cells).is_some());
        if self.is_paged && self.has(&Key::Number) && is_report && !is_text && !is_answered {
            let own = owner(&last.cells);
            filled.retain(|cell| cell.key != Key::Owner || is_blank(cell) || Some(text(cell)) != own);
        }
    }

    /// Whether a row of a paper with numbers, which has none, says what another owner reports.
    fn is_another_owners(&self, filled: &[Filled], last: &Record) -> bool {
        let says = |is: fn(&Key) -> bool| filled.iter().any(|cell| is(&cell.key) && !is_blank(cell));
        self.is_paged
            && self.has(&Key::Number)
            && says(|key| *key == Key::Owner)
            && says(|key| matches!(key, Key::Update(_)))
            && !says(|key| matches!(key, Key::Text | Key::Title))
            && (!last.answers.is_empty()
                || !last.later.is_empty()
                || filled.iter().any(|cell| is_said_again(cell, last)))
    }

    /// Whether a row says nothing but what was reported later of the recommendation above it. On paper it may be the rest
    /// of a sentence, save where it says again when, or how it stands.
    fn is_later(&self, filled: &[Filled], last: &Record) -> bool {
        let says = |is: fn(&Key) -> bool| filled.iter().any(|cell| is(&cell.key) && !is_blank(cell));
        let is_other = says(|key| matches!(key, Key::Text | Key::Title | Key::Owner));
        let is_counted = !self.is_paged || self.has(&Key::Number);
        let may_be = !self.is_paged || filled.iter().any(|cell| is_said_again(cell, last));
        may_be && !is_other && is_counted && says(|key| matches!(key, Key::Update(_)))
    }

    fn record(&self, place: String, number: Option<String>, cells: Vec<Filled>) -> Record {
        Record {
            place,
            table: self.table,
            number,
            cells,
            owner: self.owner.clone(),
            theme: self.theme.clone(),
            ..Record::default()
        }
    }

    /// What stands in a row's columns, in the order of the columns; blank ones are left out.
    fn filled(&self, under: &[Vec<&Cell>]) -> Vec<Filled> {
        let mut all = Vec::new();
        let band = self.band(under);
        for (column, cells) in self.columns.iter().zip(under) {
            let colour = cells.iter().find_map(|cell| cell.colour).filter(|colour| band != Some(*colour));
            let paragraphs: Vec<Paragraph> = match column.why {
                // A tick says what the column is called.
                Why::Ticked if cells.iter().any(|cell| is_ticked(cell)) => {
                    vec![Paragraph::plain(&column.heading)]
                }
                _ => cells.iter().flat_map(|cell| cell.paragraphs.clone()).collect(),
            };
            let is_sign = is_rating(&column.key)
                && paragraphs.iter().any(|paragraph| paragraph.raw().contains(words::is_sign));
            let is_counted =
                column.key == Key::Number && paragraphs.iter().any(|paragraph| paragraph.label.is_some());
            let is_blank = paragraphs.iter().all(|p| p.is_blank() || asks(p)) && !is_sign && !is_counted;
            if column.key != Key::Skip && (!is_blank || colour.is_some()) {
                let (key, heading) = (column.key.clone(), column.heading.clone());
                all.push(Filled { key, heading, paragraphs, colour });
            }
        }
        all
    }

    /// The colour of a row that is shaded from one end to the other, as every second one often is: it is the row's, and
    /// no rating.
    fn band(&self, under: &[Vec<&Cell>]) -> Option<Rgb> {
        let others = self.columns.iter().zip(under).filter(|(column, _)| !is_rating(&column.key));
        let mut colours = others
            .flat_map(|(_, cells)| cells.iter().filter(|cell| !cell.is_blank()).map(|cell| cell.colour));
        let first = colours.next()??;
        colours.all(|colour| colour == Some(first)).then_some(first)
    }

    /// Whether a rating is nothing but the colour of its row.
    fn is_banded(&self, under: &[Vec<&Cell>]) -> bool {
        let Some(band) = self.band(under).filter(|band| colours::of(*band).is_some()) else { return false };
        let is_one = |cell: &&Cell| cell.is_blank() && cell.colour == Some(band);
        let mut ratings = self.columns.iter().zip(under).filter(|(column, _)| is_rating(&column.key));
        ratings.any(|(_, cells)| cells.iter().any(&is_one))
    }

    /// What the column of numbers says that is no number.
    fn no_number(&self, under: &[Vec<&Cell>]) -> Option<String> {
        let at = self.columns.iter().position(|column| column.key == Key::Number)?;
        let said: Vec<String> = under[at].iter().map(|cell| cell.text()).collect();
        Some(said.join(" ")).filter(|said| said.contains(char::is_alphanumeric))
    }

    /// The number of a row, taken out of its cells.
    fn number(&self, filled: &mut Vec<Filled>, is_levelled: bool) -> Option<String> {
        if let Some(at) = filled.iter().position(|cell| cell.key == Key::Number) {
            let mut cell = filled.remove(at);
            let label = cell.paragraphs.iter_mut().find_map(|paragraph| paragraph.label.take());
            filled.extend(linked(&cell));
            return numbers::of_cell(&text(&cell)).or_else(|| numbers::of_cell(&label?));
        }
        if self.has(&Key::Number) {
            return None;
        }
        let cell = filled.iter_mut().find(|cell| matches!(cell.key, Key::Text | Key::Title))?;
        numbers::take(&mut cell.paragraphs)
            .or_else(|| is_levelled.then(|| numbers::take_levelled(&mut cell.paragraphs))?)
    }

    /// Whether the texts of rows without a column of numbers begin with numbers of several levels, two at least, and
    /// hardly one does not: alone it may as well be a quantity.
    fn is_levelled(&self, rows: &[Row]) -> bool {
        let Some(at) = self.columns.iter().position(|column| matches!(column.key, Key::Text | Key::Title))
        else {
            return false;
        };
        let said = rows.iter().filter(|row| !self.header.is_repeated_by(row) && self.section(row).is_none());
        let texts: Vec<Vec<Paragraph>> = said
            .map(|row| self.header.cells(row)[at].iter().flat_map(|cell| cell.paragraphs.clone()).collect())
            .filter(|paragraphs: &Vec<Paragraph>| !paragraphs.iter().all(Paragraph::is_blank))
            .collect();
        let levelled =
            texts.iter().filter(|text| numbers::take_levelled(&mut text.to_vec()).is_some()).count();
        !self.has(&Key::Number) && levelled > 1 && levelled * 10 >= texts.len() * 8
    }

    /// A row below a number that covers several: what another owner says, or more of the same.
    fn below(
        &self,
        last: &mut Record,
        under: &[Vec<&Cell>],
        filled: Vec<Filled>,
        place: &str,
        seams: &mut Vec<(String, Seam)>,
    ) {
        let is_owner = |cell: &Filled| cell.key == Key::Owner && !is_blank(cell);
        let is_action = self.is_action(&filled, last);
        if is_action && self.is_paged && actions::goes_on(&filled) || !is_action && !last.actions.is_empty() {
            go_on(last, filled, place, seams);
        } else if is_action {
            let is_covered = |cells: &[&Cell]| cells.iter().any(|cell| cell.continues);
            let columns = self.columns.iter().zip(under).filter(|(_, cells)| is_covered(cells));
            let covered = columns.map(|(column, _)| column.heading.clone()).collect();
            last.actions.push(Action { row: Lower { place: place.to_owned(), cells: filled }, covered });
        } else if filled.iter().any(is_owner) {
            last.answers.push(Lower { place: place.to_owned(), cells: filled });
        } else {
            go_on(last, filled, place, seams);
        }
    }

    /// Whether a row below a recommendation says what else is to be done about it.
    fn is_action(&self, filled: &[Filled], last: &Record) -> bool {
        let is_said = |heading: &str| {
            self.columns.iter().any(|column| column.heading == heading && column.why == Why::Said)
        };
        actions::is_one(filled, last, is_said)
    }

    /// Whether a row counts the others, or notes something below them: it begins so where others have their number.
    fn is_total(&self, row: &Row) -> bool {
        let Some(first) = row.cells.iter().find(|cell| !cell.is_blank()) else { return false };
        let text = first.text().to_lowercase();
        let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let notes = ["note:", "notes:", "key:", "source:", "nb:", "n.b."];
        let is_one =
            ["total", "totals", "grand"].contains(&word) || notes.iter().any(|note| text.starts_with(note));
        let leads = self.columns.first().is_some_and(|column| matches!(column.key, Key::Number | Key::Text))
            || ["total", "totals", "grand total"].contains(&text.trim_end_matches(':'));
        leads
            && is_one
            && first.column == 0
            && !first.continues
            && (row.cells.len() > 1 || first.across == 1)
            && self.is_bare(row)
    }

    /// Whether a row names nobody who owns it, and no day.
    fn is_bare(&self, row: &Row) -> bool {
        let under = self.header.cells(row);
        let says = |key: &Key| {
            let at = self.columns.iter().position(|column| column.key == *key);
            at.is_some_and(|at| under[at].iter().any(|cell| !cell.is_blank()))
        };
        !says(&Key::Owner) && !says(&Key::Deadline)
    }

    /// What a row says that is one cell across the table: the section that begins with it.
    fn section(&self, row: &Row) -> Option<String> {
        let said: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank() && !cell.continues).collect();
        let [only] = said.as_slice() else { return None };
        let text = only.text();
        let is_merged = below::is_across(only, self.header.width());
        let first = self.columns.first().map(|column| &column.key);
        let is_lone = only.column == 0 && first == Some(&Key::Number) && numbers_nothing(&text);
        ((is_merged || is_lone) && text.chars().count() <= 200).then_some(text)
    }

    /// Enters a section, and says what it was taken for.
    fn enter(&mut self, text: &str) -> String {
        let (owner, name) = addressed(text);
        if owner.unwrap_or(self.sections_are_owners) {
            self.owner = Some(Over { name: name.clone(), is_thought: owner.is_none() });
            format!("owner \"{name}\"")
        } else {
            self.theme = Some(Over { name: name.clone(), is_thought: false });
            format!("theme \"{name}\"")
        }
    }
}

/// Whether a table without a header may go on with another: its first row has a number, or no owner. What names
/// somebody, and numbers nothing, is a table of its own.
pub(super) fn may_go_on(header: &Header, columns: &[Column], table: &Table) -> bool {
    let Some(row) = table.rows.iter().find(|row| !row.cells.iter().all(Cell::is_blank)) else { return true };
    let under = header.cells(row);
    let said = |key: &Key| {
        let at = columns.iter().position(|column| column.key == *key)?;
        let cell = under[at].iter().find(|cell| !cell.is_blank())?;
        Some(cell.paragraphs.clone())
    };
    let number = match said(&Key::Number) {
        Some(paragraphs) => {
            numbers::of_cell(&joined(&paragraphs)).filter(|n| n.contains(|c: char| c.is_ascii_digit()))
        }
        None => said(&Key::Text).and_then(|mut paragraphs| numbers::take(&mut paragraphs)),
    };
    number.is_some() || said(&Key::Owner).is_none() && said(&Key::Number).is_none()
}

fn joined(paragraphs: &[Paragraph]) -> String {
    paragraphs.iter().map(Paragraph::text).collect::<Vec<_>>().join(" ")
}

/// Puts what stands in a row behind what stands in the record that it goes on with.
fn go_on(last: &mut Record, filled: Vec<Filled>, place: &str, seams: &mut Vec<(String, Seam)>) {
    // A row that goes on below several answers, or later reports, goes on with the last of them.
    let below = last.actions.last_mut().map(|action| &mut action.row);
    let below = below.or(last.later.last_mut()).or(last.answers.last_mut());
    let cells = below.map_or(&mut last.cells, |lower| &mut lower.cells);
    for more in filled {
        let same = |cell: &&mut Filled| cell.heading == more.heading && cell.key == more.key;
        if let Some(cell) = cells.iter_mut().find(same) {
            // A page cuts sentences; two ratings are no third.
            if is_rating(&cell.key) && !is_blank(cell) && !is_blank(&more) {
                if text(cell) != text(&more) {
                    seams.push((place.to_owned(), Seam::Other(quoted(&more))));
                }
                continue;
            }
            let added = join::append(&mut cell.paragraphs, more.paragraphs);
            seams.extend(added.into_iter().map(|seam| (place.to_owned(), seam)));
            cell.colour = cell.colour.or(more.colour);
        } else if !is_blank(&more) || more.colour.is_some() {
            cells.push(more);
        }
    }
}

/// Whether a cell of a word or two, a date or a rating says once more what the record has already.
fn is_said_again(cell: &Filled, last: &Record) -> bool {
    let is_short = |cell: &Filled| match cell.key {
        Key::Deadline
        | Key::Forecast
        | Key::Issued
        | Key::Closed
        | Key::Reported
        | Key::Rag(_)
        | Key::Status(_)
        | Key::Priority => true,
        Key::Custom(_) | Key::Lead | Key::Response => text(cell).split_whitespace().count() <= 6,
        _ => false,
    };
    let same = |other: &&Filled| other.key == cell.key && other.heading == cell.heading && !is_blank(other);
    !is_blank(cell) && is_short(cell) && last.cells.iter().find(same).is_some_and(is_short)
}

/// Whether a number is the whole number after another.
fn comes_next(last: Option<&str>, number: &str) -> bool {
    let last = last.and_then(|last| last.parse::<u32>().ok());
    last.and_then(|last| last.checked_add(1)) == number.parse().ok()
}

/// Whether a text in a column of numbers is none.
fn numbers_nothing(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_digit()) || text.split(' ').count() > 4
}

/// Whether a paragraph is what Word shows where nobody chose or typed anything yet.
fn asks(paragraph: &Paragraph) -> bool {
    const ASKS: &[&str] = &[
        "choose an item.",
        "click here to enter text.",
        "click or tap here to enter text.",
        "click here to enter a date.",
        "click or tap to enter a date.",
    ];
    ASKS.contains(&paragraph.text().to_lowercase().as_str())
}

/// Where the number of a row leads, as a cell of its own.
fn linked(cell: &Filled) -> Option<Filled> {
    let links = links(cell);
    let key = Key::Custom("number_link".to_owned());
    (!links.is_empty()).then(|| Filled {
        key,
        heading: cell.heading.clone(),
        paragraphs: links.iter().map(|link| Paragraph::plain(link)).collect(),
        colour: None,
    })
}

/// What a cell says, with its heading.
fn quoted(cell: &Filled) -> String {
    format!("\"{}\" in \"{}\"", text(cell), cell.heading)
}

/// Who owns what these cells say.
fn owner(cells: &[Filled]) -> Option<String> {
    cells.iter().find(|cell| cell.key == Key::Owner && !is_blank(cell)).map(text)
}

/// Whether what a row reports goes on with a sentence of the row above it.
fn is_cut(filled: &[Filled], last: &Record) -> bool {
    let cells = last.later.last().map_or(&last.cells, |lower| &lower.cells);
    let ends = |text: &str| text.trim_end().ends_with(['.', '!', '?', ':', ';', ')']);
    let reports = filled.iter().filter(|cell| matches!(cell.key, Key::Update(_)) && !is_blank(cell));
    reports.into_iter().any(|cell| {
        let above = cells.iter().find(|above| above.key == cell.key && above.heading == cell.heading);
        above.is_some_and(|above| !is_blank(above) && !ends(&text(above)))
            && text(cell).starts_with(char::is_lowercase)
    })
}

/// Whether a column says how something stands.
fn is_rating(key: &Key) -> bool {
    matches!(key, Key::Rag(_) | Key::Status(_))
}

/// Whether a cell is about a recommendation, and not only about where it stands.
fn is_about(key: &Key) -> bool {
    matches!(
        key,
        Key::Text | Key::Title | Key::Owner | Key::Update(_) | Key::Status(_) | Key::Rag(_) | Key::Deadline
    )
}
