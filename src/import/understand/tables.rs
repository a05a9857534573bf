//! The tables of a document, one after the other: which hold the plan, which define its words, which are none of it.

use super::about::{self, About};
use super::account::{Account, Others, Outcome, TableAccount};
use super::columns::{self, Column, Why};
use super::header::{self, Header, Map};
use super::headings::{Key, plain};
use super::join::Seam;
use super::numbers;
use super::passages::Passage;
use super::rows::{Filled, Reading, Record, Rows, addressed, shown};
use super::words::{self, Words};
use crate::import::document::{Block, Document, Paragraph, Row, Table};

/// What the tables and paragraphs of a document hold.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) about: About,
    pub(super) records: Vec<Record>,
    pub(super) passages: Vec<Passage>,
    pub(super) words: Words,
    pub(super) account: Account,
}

/// What the last table was, which the next may go on with.
enum Last {
    Nothing,
    Plan { header: Header, columns: Vec<Column>, name: String },
    Definitions { is_rag: bool, name: String },
}

/// The level of what heads a table within it.
const OF_TABLE: u8 = u8::MAX;

/// The document as it is gone through.
struct Walk<'m> {
    map: &'m Map,
    is_paged: bool,
    found: Found,
    last: Last,
    /// The headings that stand above, the outermost first.
    headings: Vec<(u8, String)>,
    /// How many tables there were so far.
    tables: usize,
    /// The owner of the last table that holds the plan.
    owner: Option<String>,
    /// Whether its section rows are owners.
    sections_are_owners: bool,
}

/// Goes through a document.
pub(super) fn read(document: &Document, map: &Map) -> Found {
    let is_paged = !document.blocks.iter().any(|block| match block {
        Block::Table(table) => table.name.starts_with("sheet ") || table.name == "the table",
        Block::Paragraph(_) => false,
    });
    let mut walk = Walk {
        map,
        is_paged,
        found: Found::default(),
        last: Last::Nothing,
        headings: Vec::new(),
        tables: 0,
        owner: None,
        sections_are_owners: false,
    };
    let opening = about::opening(&document.blocks);
    let is_numbered = |p: &Paragraph| numbers::peek(p).is_some();
    let head = opening.iter().position(is_numbered).unwrap_or(opening.len());
    let left = walk.found.about.take_opening(&opening[..head]);
    walk.found.account.left_out.extend(left.into_iter().map(|text| paragraph_told(&text)));
    for paragraph in &opening[..head] {
        walk.heading(paragraph);
    }
    for block in document.blocks.iter().skip(head) {
        match block {
            Block::Paragraph(paragraph) => walk.paragraph(paragraph),
            Block::Table(table) => walk.table(table),
        }
    }
    walk.found
}

/// A paragraph that is left out, shortened.
pub(super) fn paragraph_told(text: &str) -> String {
    const MOST: usize = 100;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push_str("...");
    }
    format!("the paragraph \"{short}\"")
}

impl Walk<'_> {
    fn heading(&mut self, paragraph: &Paragraph) {
        if let Some(level) = paragraph.heading {
            self.headings.retain(|(other, _)| *other < level);
            self.headings.push((level, paragraph.text()));
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        if paragraph.is_blank() {
            return;
        }
        let is_title = paragraph.heading == Some(1) || about::is_title(&paragraph.text());
        if self.found.about.title.is_none() && self.found.records.is_empty() && is_title {
            self.found.about.title = Some(paragraph.text());
            self.heading(paragraph);
            return;
        }
        let number = numbers::peek(paragraph)
            .filter(|_| paragraph.heading.is_none() || says_recommendation(paragraph));
        if paragraph.heading.is_some() && number.is_none() {
            self.heading(paragraph);
            self.found.passages.push(Passage::heading(paragraph.text(), self.tables));
            return;
        }
        let goes_on = self.found.passages.last().is_some_and(|last| last.takes_more(self.tables));
        match (number, self.found.passages.last_mut()) {
            (None, Some(last)) if goes_on => last.paragraphs.push(paragraph.clone()),
            (number, _) => {
                let mut paragraphs = vec![paragraph.clone()];
                if number.is_some() {
                    numbers::take(&mut paragraphs);
                }
                self.found.passages.push(Passage::new(number, paragraphs, self.tables));
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let outcome = self.outcome(table);
        self.tables += 1;
        let (name, rows) = (table.name.clone(), table.rows.len());
        self.found.account.tables.push(TableAccount { name, rows, outcome });
    }

    fn outcome(&mut self, table: &Table) -> Outcome {
        if let Some(header) = header::find(table, self.map) {
            let body = &table.rows[header.at + header.rows..];
            if let Some(outcome) = self.definitions(table, &header, body) {
                return outcome;
            }
            let columns = columns::of(&header, body, self.map);
            if is_plan(&columns) {
                return self.plan(table, header, columns);
            }
        }
        if let Some(columns) = self.form(table) {
            return Outcome::Form { columns };
        }
        if let Some(outcome) = self.goes_on(table) {
            return outcome;
        }
        if let Some(words) = levels_without_header(table) {
            for (row, (word, meaning)) in table.rows.iter().zip(&words) {
                self.found.words.define_level(word, meaning, row.cells.first().and_then(|cell| cell.colour));
            }
            self.last = Last::Definitions { is_rag: true, name: table.name.clone() };
            let levels = words.into_iter().map(|(word, _)| word).collect();
            return Outcome::Words { headings: Vec::new(), levels, statuses: Vec::new() };
        }
        if let Some(pairs) = about::pairs(&table.rows) {
            let labels = pairs.iter().map(|(label, _)| label.clone()).collect();
            pairs.iter().for_each(|(label, value)| self.found.about.take(label, value));
            return Outcome::About(labels);
        }
        // Short words side by side at the head of the document.
        if let [row] = table.rows.as_slice()
            && let words =
                row.cells.iter().filter(|cell| !cell.is_blank()).map(|cell| cell.text()).collect::<Vec<_>>()
            && self.tables == 0
            && words.len() >= 3
            && self.found.about.above.is_empty()
            && words.iter().all(|word| word.split(' ').count() <= 10)
        {
            self.found.about.above.clone_from(&words);
            return Outcome::About(words);
        }
        // A cover sheet: what heads it heads the plan.
        let title = table.rows.first().map(shown).filter(|text| about::is_title(text));
        if self.tables == 0 && self.found.about.title.is_none() {
            self.found.about.title = title;
        }
        Outcome::Other(table.rows.iter().map(shown).filter(|row| !row.is_empty()).collect())
    }

    /// A table that says what the words of RAG, or of status, mean.
    fn definitions(&mut self, table: &Table, header: &Header, body: &[Row]) -> Option<Outcome> {
        let keys: Vec<Option<Key>> = header.columns.iter().map(|c| header::key(&c.text, self.map)).collect();
        let is_rag = match keys.first()? {
            Some(Key::Rag(_)) => true,
            Some(Key::Status(_)) => false,
            _ => return None,
        };
        let rest = &keys[1..];
        let meaning = rest.iter().position(|key| matches!(key, Some(Key::Meaning)));
        let has_rows = rest.iter().any(|key| matches!(key, Some(Key::Number | Key::Owner | Key::Deadline)));
        if has_rows || rest.len() > 3 || (meaning.is_none() && rest.len() != 1) {
            return None;
        }
        self.last = Last::Definitions { is_rag, name: table.name.clone() };
        let heading =
            header.columns.iter().map(|column| column.text.as_str()).collect::<Vec<_>>().join(" | ");
        Some(self.define(table, body, Some(heading), is_rag))
    }

    fn define(&mut self, table: &Table, body: &[Row], heading: Option<String>, is_rag: bool) -> Outcome {
        let (mut levels, mut statuses) = (Vec::new(), Vec::new());
        let mut headings: Vec<String> = heading.into_iter().collect();
        let mut is_rag = is_rag;
        for row in body {
            let Some(first) = row.cells.first() else { continue };
            let word = first.text();
            let meaning = row.cells[1..].iter().rev().find(|cell| !cell.is_blank());
            let meaning = meaning.map(|cell| cell.text()).unwrap_or_default();
            // A second header: the other words are defined below it.
            let over = header::key(&meaning, self.map);
            match header::key(&word, self.map).filter(|_| matches!(over, Some(Key::Meaning | Key::Update(_))))
            {
                Some(key @ (Key::Rag(_) | Key::Status(_))) => {
                    is_rag = matches!(key, Key::Rag(_));
                    headings.push(shown(row));
                }
                _ => {
                    let colour = row.cells.iter().find_map(|cell| cell.colour);
                    let says = word.contains(char::is_alphanumeric);
                    if is_rag && (says || colour.is_some()) {
                        self.found.words.define_level(&word, &meaning, colour);
                        levels.push(word);
                    } else if says {
                        self.found.words.define_status(&word, &meaning);
                        statuses.push(word);
                    } else if !meaning.is_empty() {
                        let left = format!("{}, {}: \"{}\"", table.name, row.place, shown(row));
                        self.found.account.left_out.push(left);
                    }
                }
            }
        }
        Outcome::Words { headings, levels, statuses }
    }

    fn plan(&mut self, table: &Table, header: Header, columns: Vec<Column>) -> Outcome {
        // What stands above the header says something about the plan, or heads the table.
        self.headings.retain(|(level, _)| *level != OF_TABLE);
        for row in &table.rows[..header.at] {
            self.above(table, row);
        }
        let owner = self.owner_of_heading(table, &columns);
        let theme = if owner.is_none() && columns.iter().any(|c| c.key == Key::Owner) {
            self.headings.iter().rev().find(|(level, _)| *level > 1).map(|(_, text)| text.clone())
        } else {
            None
        };
        self.sections_are_owners = owner.is_none() && !columns.iter().any(|column| column.key == Key::Owner);
        self.owner = owner;
        let from = header.at + header.rows;
        let rows = self.rows(table, from, &header, &columns, theme, false);
        let (recommendations, others) = self.take(rows, header.rows);
        let told = columns.clone();
        self.last = Last::Plan { header, columns, name: table.name.clone() };
        Outcome::Plan { columns: told, recommendations, others }
    }

    /// A row above the header of a table.
    fn above(&mut self, table: &Table, row: &Row) {
        let said: Vec<String> = row.cells.iter().filter(|c| !c.is_blank()).map(|c| c.text()).collect();
        match said.as_slice() {
            [] => {}
            [label, value] => self.found.about.take(label, value),
            [text] => {
                if let Some((label, value)) = text.split_once(':').filter(|(l, _)| about::is_label(l)) {
                    self.found.about.take(label, value);
                } else if self.found.about.title.is_none() {
                    self.found.about.title = Some(text.clone());
                } else {
                    self.headings.push((OF_TABLE, text.clone()));
                }
            }
            _ => {
                let left = format!("{}, {}: \"{}\"", table.name, row.place, shown(row));
                self.found.account.left_out.push(left);
            }
        }
    }

    /// The owner under whose heading, or on whose sheet, a table stands that has no column for one.
    fn owner_of_heading(&mut self, table: &Table, columns: &[Column]) -> Option<String> {
        if columns.iter().any(|column| column.key == Key::Owner) {
            return None;
        }
        let title = self.found.about.title.clone().unwrap_or_default();
        let near = self.headings.iter().rev().map(|(_, text)| text).find(|text| **text != title);
        if let Some(text) = near {
            let (is_owner, name) = addressed(text);
            return (is_owner != Some(false)).then_some(name);
        }
        let sheet = table.name.strip_prefix("sheet ")?;
        let is_plain = ["sheet", "table", "plan", "data", "recommendation", "tracker", "action", "main"]
            .iter()
            .any(|word| plain(sheet).starts_with(word));
        (!is_plain).then(|| {
            self.found.account.uncertain.push(format!(
                "no column names owners: the sheet's name \"{sheet}\" is taken for the owner of what is on it"
            ));
            sheet.to_owned()
        })
    }

    fn rows(
        &mut self,
        table: &Table,
        from: usize,
        header: &Header,
        columns: &[Column],
        theme: Option<String>,
        goes_on: bool,
    ) -> Rows {
        let mut reading = Reading {
            header,
            columns,
            is_paged: self.is_paged,
            owner: self.owner.clone(),
            theme,
            sections_are_owners: self.sections_are_owners,
            table: self.tables,
        };
        let before = if goes_on { self.found.records.last_mut() } else { None };
        reading.rows(table, from, before)
    }

    /// Takes what the rows of a table hold, and says how the others were counted.
    fn take(&mut self, rows: Rows, headers: usize) -> (usize, Others) {
        let others = Others { headers: rows.others.headers + headers, ..rows.others };
        let account = &mut self.found.account;
        for (place, seam) in rows.seams {
            match seam {
                Seam::Joined(words) => {
                    account.understood.push(format!("{place}: a sentence goes on: \"{words}\""))
                }
                Seam::Unsure(words) => account.uncertain.push(format!(
                    "{place}: it may go on with the sentence before it, \"{words}\": kept apart"
                )),
                Seam::Item(words) => account.uncertain.push(format!(
                    "{place}: \"{words}...\" stands behind a list, and is taken for its next item"
                )),
            }
        }
        account.left_out.extend(rows.left_out);
        let recommendations = rows.records.len();
        self.found.records.extend(rows.records);
        (recommendations, others)
    }

    /// A table without a header that goes on with the last one.
    fn goes_on(&mut self, table: &Table) -> Option<Outcome> {
        let width = table.rows.iter().flat_map(|row| &row.cells).map(|c| c.column + c.across).max()?;
        match std::mem::replace(&mut self.last, Last::Nothing) {
            Last::Plan { header, columns, name }
                if width == header.width()
                    || (self.is_paged && width.abs_diff(header.width()) <= 1 && width > 2) =>
            {
                let theme = self.found.records.last().and_then(|record| record.theme.clone());
                let rows = self.rows(table, 0, &header, &columns, theme, true);
                let (recommendations, others) = self.take(rows, 0);
                let with = name.clone();
                self.last = Last::Plan { header, columns, name };
                Some(Outcome::GoesOn { with, recommendations, others })
            }
            Last::Definitions { is_rag, name } if (2..=4).contains(&width) => {
                let outcome = self.define(table, &table.rows, None, is_rag);
                self.last = Last::Definitions { is_rag, name };
                Some(outcome)
            }
            other => {
                self.last = other;
                None
            }
        }
    }

    /// A table of labels and values that is one recommendation, or several one below the other.
    fn form(&mut self, table: &Table) -> Option<Vec<Column>> {
        let mut lines = Vec::new();
        for row in &table.rows {
            let said: Vec<_> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
            match said.as_slice() {
                [] => {}
                [label] => lines.push((label.text(), None)),
                [label, value] => lines.push((label.text(), Some(*value))),
                _ => return None,
            }
        }
        let keys: Vec<Option<Key>> = lines.iter().map(|(label, _)| header::key(label, self.map)).collect();
        let has = |is: fn(&Key) -> bool| keys.iter().flatten().any(is);
        let known = keys.iter().flatten().count();
        let is_about = has(|key| matches!(key, Key::Text | Key::Number | Key::Update(_)));
        let stands = has(|key| matches!(key, Key::Status(_) | Key::Rag(_) | Key::Deadline | Key::Update(_)));
        if known < 3 || known * 2 < lines.len() || !is_about || !stands {
            return None;
        }
        let place = |row: &Row| format!("{}, {}", table.name, row.place);
        let first = table.rows.first().map(place).unwrap_or_default();
        let mut columns: Vec<Column> = Vec::new();
        let mut record = Record { place: first, table: self.tables, ..Record::default() };
        for ((label, value), key) in lines.into_iter().zip(keys) {
            let why = if key.is_some() { Why::Heading } else { Why::NoKey };
            let key = key.unwrap_or_else(|| Key::Custom(plain(&label).replace(' ', "_")));
            columns.push(Column { heading: label.clone(), key: key.clone(), why });
            let Some(cell) = value else { continue };
            if key == Key::Number {
                record.number = numbers::of_cell(&cell.text());
                continue;
            }
            let mut paragraphs = cell.paragraphs.clone();
            if key == Key::Text && record.number.is_none() {
                record.number = numbers::take(&mut paragraphs);
            }
            record.cells.push(Filled { key, heading: label, paragraphs, colour: cell.colour });
        }
        self.found.records.push(record);
        Some(columns)
    }
}

/// Whether columns are those of a plan: something that is recommended or numbered, and something said of it.
fn is_plan(columns: &[Column]) -> bool {
    let has = |is: fn(&Key) -> bool| columns.iter().any(|column| is(&column.key));
    let what = has(|key| matches!(key, Key::Text | Key::Title | Key::Number));
    let said = has(|key| {
        matches!(
            key,
            Key::Owner | Key::Update(_) | Key::Status(_) | Key::Rag(_) | Key::Deadline | Key::Response
        )
    });
    what && said
}

/// The words and meanings of a table of two columns whose first are RAG levels, and which has no header.
fn levels_without_header(table: &Table) -> Option<Vec<(String, String)>> {
    let mut words = Vec::new();
    for row in &table.rows {
        let [word, meaning] = row.cells.as_slice() else { return None };
        if !words::is_level(&word.text()) {
            return None;
        }
        words.push((word.text(), meaning.text()));
    }
    (words.len() >= 2).then_some(words)
}

/// Whether a heading is a recommendation's: "Recommendation 4".
fn says_recommendation(paragraph: &Paragraph) -> bool {
    paragraph.text().to_lowercase().starts_with("rec")
}
