//! The tables of a document, one after the other: which hold the plan, which define its words, which are none of it.

use super::about;
use super::account::{Others, Outcome, TableAccount};
use super::actions;
use super::columns::{self, Column, Why};
use super::dates;
use super::definitions;
use super::forms;
use super::found::{Found, paragraph_told};
use super::header::{self, Header, Map};
use super::headings::{Key, plain};
use super::join::Seam;
use super::numbers;
use super::over::addressed;
use super::over::{self, Over};
use super::passages::Passage;
use super::record::shown;
use super::rows::{self, Reading, Rows};
use super::unsaid;
use super::written::{self, Written};
use crate::import::document::{Block, Document, Paragraph, Row, Table};

/// What the last table was, which the next may go on with.
enum Last {
    Nothing,
    Plan { header: Header, columns: Vec<Column>, name: String },
    Definitions { of_rag: bool },
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
    /// A line that says who owns what stands below it, and the level of the heading above it: the next heading of that
    /// level ends it.
    owned: Option<(u8, String)>,
    /// Lines above the header of a table that say nothing of the plan.
    banners: Vec<(String, String)>,
    /// How many tables there were so far.
    tables: usize,
    /// Whether numbered paragraphs stand outside the tables.
    has_numbered: bool,
    /// Whether the plan's title is that of a cover sheet: what stands over the plan's own table says it better.
    is_covered: bool,
    /// Whether something stands between the last table and what comes.
    is_apart: bool,
    /// The owner of the last table that holds the plan.
    owner: Option<Over>,
    /// Whether its section rows are owners.
    sections_are_owners: bool,
    /// Whether headings of the first level are those of sections, and none is the title.
    has_sections: bool,
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
        owned: None,
        banners: Vec::new(),
        tables: 0,
        has_numbered: document.blocks.iter().any(|block| match block {
            Block::Paragraph(paragraph) => numbers::peek(paragraph).is_some(),
            Block::Table(_) => false,
        }),
        is_covered: false,
        is_apart: false,
        owner: None,
        sections_are_owners: false,
        has_sections: false,
    };
    let opening = about::opening(&document.blocks);
    let is_numbered = |p: &Paragraph| numbers::peek(p).is_some();
    let head = opening.iter().position(is_numbered).unwrap_or(opening.len());
    let section = about::section(&opening[..head], &document.blocks);
    walk.has_sections = section.is_some();
    let head = section.unwrap_or(head);
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
    let records = std::mem::take(&mut walk.found.records);
    walk.found.records = actions::split(records, &mut walk.found.account);
    over::settle(&mut walk.found);
    walk.found
}

impl Walk<'_> {
    fn heading(&mut self, paragraph: &Paragraph) {
        if let Some(level) = paragraph.heading {
            self.headings.retain(|(other, _)| *other < level);
            self.headings.push((level, paragraph.text()));
            self.owned = self.owned.take().filter(|(above, _)| *above < level);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        if paragraph.is_blank() {
            return;
        }
        self.is_apart = true;
        let is_below_heading = !self.headings.is_empty() && paragraph.heading.is_none();
        if is_below_heading && written::is_owner_line(&paragraph.text()) {
            let above = self.headings.iter().rev().map(|(level, _)| *level).find(|level| *level != OF_TABLE);
            self.owned = Some((above.unwrap_or(0), paragraph.text()));
            // Until a table is found whose recommendations it owns.
            self.found.account.left_out.push(paragraph_told(&paragraph.text()));
            return;
        }
        let is_numbered = numbers::peek(paragraph).is_some();
        let is_first = paragraph.heading == Some(1) && !self.has_sections;
        let is_title = !is_numbered && (is_first || about::is_title(&paragraph.text()));
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
        // No document has more.
        const MOST: usize = 8;
        let mut key = definitions::within(table, self.map);
        if key.is_none() {
            return self.one(table);
        }
        // A key above, below or between the rows is a table of its own, and so is each of several.
        let (mut rest, mut keys) = (table.clone(), Vec::new());
        while let Some(rows) = key.take() {
            let name = format!("{}, from {}", rest.name, rest.rows[rows.start].place);
            keys.push(Table { name, rows: rest.rows.drain(rows).collect() });
            key = definitions::within(&rest, self.map).filter(|_| keys.len() < MOST);
        }
        if header::find(&rest, self.map).is_none() {
            return self.one(table);
        }
        // They are part of one table of the document, which what stands before it is counted by.
        let before = self.tables;
        for key in keys {
            self.one(&key);
            self.is_apart = true;
        }
        self.tables = before;
        self.one(&rest);
    }

    fn one(&mut self, table: &Table) {
        let outcome = self.outcome(table);
        self.tables += 1;
        self.is_apart = false;
        let (name, rows) = (table.name.clone(), table.rows.len());
        self.found.account.tables.push(TableAccount { name, rows, outcome });
    }

    fn outcome(&mut self, table: &Table) -> Outcome {
        if let Some((columns, records)) = forms::read(table, self.map, self.tables) {
            let recommendations = records.len();
            self.found.records.extend(records);
            return Outcome::Form { columns, recommendations };
        }
        if let Some(header) = header::find(table, self.map) {
            let body = &table.rows[header.at + header.rows..];
            if let Some(of_rag) = definitions::are_of_rag(&header, self.map) {
                let over: Vec<&str> = header
                    .columns
                    .iter()
                    .map(|column| column.text.as_str())
                    .filter(|text| !text.is_empty())
                    .collect();
                return self.define((table, body), Some(over.join(" | ")), of_rag);
            }
            let columns = columns::of(&header, body, self.map);
            if is_plan(&columns, self.has_numbered) {
                self.competing(table, &columns);
                return self.plan(table, header, columns);
            }
            self.nearly_plan(table, &columns);
        }
        if let Some(outcome) = self.goes_on(table) {
            return outcome;
        }
        if definitions::are_bare_levels(table) {
            return self.define((table, &table.rows), None, true);
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
            self.is_covered = title.is_some();
            self.found.about.title = title;
        }
        Outcome::Other(table.rows.iter().map(shown).filter(|row| !row.is_empty()).collect())
    }

    /// Tells of columns that do not hold what they may, or what somebody said, for another of the same table does.
    fn competing(&mut self, table: &Table, columns: &[Column]) {
        for column in columns.iter().filter(|column| column.why == Why::NoKey) {
            let is_said = self.map.iter().any(|(name, _)| plain(name) == plain(&column.heading));
            let Some(key) = header::key(&column.heading, self.map) else { continue };
            let Some(other) = columns.iter().find(|other| other.key == key) else { continue };
            let may_be = if is_said { "is said to be" } else { "may be" };
            self.found.account.uncertain.push(format!(
                "{}: \"{}\" {may_be} {} too, as \"{}\" is: it is kept as {}",
                table.name,
                column.heading,
                key.name(),
                other.heading,
                column.key.name()
            ));
        }
    }

    /// Tells of a table that would be the plan if one of its columns said what is to be done.
    fn nearly_plan(&mut self, table: &Table, columns: &[Column]) {
        let has = |is: fn(&Key) -> bool| columns.iter().any(|column| is(&column.key));
        let is_owned = has(|key| matches!(key, Key::Owner | Key::Lead));
        let stands = has(|key| matches!(key, Key::Rag(_) | Key::Status(_) | Key::Deadline | Key::Update(_)));
        let own = columns
            .iter()
            .filter(|column| matches!(column.key, Key::Custom(_)) && !column.heading.is_empty());
        let says = has(|key| matches!(key, Key::Text | Key::Title));
        let (lacks, key) = match (says, is_owned && stands) {
            (false, true) => ("what is to be done", "text"),
            (true, _) => ("who owns it, by when, or how it stands", "owners"),
            (false, false) => return,
        };
        if let Some(column) = own.into_iter().next() {
            self.found.account.nearly.get_or_insert_with(|| (column.heading.clone(), key));
            self.found.account.uncertain.push(format!(
                "{} is left out, for no column of it is known to say {lacks}: --map \"{}={key}\" makes it part of the plan",
                table.name, column.heading
            ));
        }
    }

    fn define(&mut self, rows: (&Table, &[Row]), heading: Option<String>, of_rag: bool) -> Outcome {
        self.last = Last::Definitions { of_rag };
        definitions::take(&mut self.found, self.map, rows, heading, of_rag)
    }

    fn plan(&mut self, table: &Table, header: Header, columns: Vec<Column>) -> Outcome {
        // What stands above the header says something about the plan, or heads the table.
        self.headings.retain(|(level, _)| *level != OF_TABLE);
        for row in &table.rows[..header.at] {
            self.above(table, row);
        }
        // The one right above the header heads the table; the others are named, and so is that where nothing has it.
        let mut banners = std::mem::take(&mut self.banners);
        if let Some((_, text)) = banners.last() {
            self.headings.push((OF_TABLE, text.clone()));
        }
        let nearest = banners.pop();
        let told = |(place, text): (String, String)| format!("{place}: \"{text}\"");
        self.found.account.left_out.extend(banners.into_iter().map(told));
        let theme = self.stand_over(table, &columns);
        let from = header.at + header.rows;
        let rows = self.rows(table, from, &header, &columns, theme, false);
        let first = self.found.records.len();
        let (recommendations, others) = self.take(rows, header.rows);
        let has = |name: &str| {
            let over = self.found.records[first..].iter().flat_map(|r| r.owner.iter().chain(&r.theme));
            over.into_iter().any(|over| name.contains(&over.name))
        };
        if let Some((place, text)) = nearest.filter(|(_, text)| !has(text)) {
            self.found.account.left_out.push(format!("{place}: \"{text}\""));
        }
        let told = columns.clone();
        self.last = Last::Plan { header, columns, name: table.name.clone() };
        Outcome::Plan { columns: told, recommendations, others }
    }

    /// Settles who owns what a table holds where no column says it, and gives the theme of it.
    fn stand_over(&mut self, table: &Table, columns: &[Column]) -> Option<Over> {
        let has_column = columns.iter().any(|column| column.key == Key::Owner);
        let owner = self.owner_of_heading(table, columns);
        let line = self.owner_line().filter(|_| !has_column).map(str::to_owned);
        let account = &mut self.found.account;
        match (&line, &owner) {
            (Some(line), _) => {
                if let Some(at) = account.left_out.iter().rposition(|told| *told == paragraph_told(line)) {
                    account.left_out.remove(at);
                    // The label is one of what it says besides names.
                    if Written::of(line).besides.len() > 1 {
                        account
                            .uncertain
                            .push(format!("\"{line}\" is taken for owners of what stands below it"));
                    }
                }
            }
            (None, Some(owner)) if !owner.is_thought => account.understood.push(format!(
                "what stands over {} says that \"{}\" owns what is in it",
                table.name, owner.name
            )),
            (None, _) => {}
        }
        // A document's own heading is the title; below it, and above an owner's line, it is what they own.
        let title = self.found.about.title.as_deref();
        let is_section = self.has_sections || line.is_some();
        let is_theme =
            |(level, text): &&(u8, String)| *level > 1 || is_section && title != Some(text.as_str());
        let near = self.headings.iter().rev().find(is_theme);
        let theme = near.filter(|_| owner.is_none() || line.is_some()).map(|(_, text)| Over::heading(text));
        self.sections_are_owners = owner.is_none() && !has_column;
        self.owner = owner;
        theme.filter(|theme| has_column || line.is_some() || !theme.is_thought)
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
                } else if tells_of_file(text) {
                    let left = format!("{}, {}: \"{}\"", table.name, row.place, shown(row));
                    self.found.account.left_out.push(left);
                } else if self.found.about.title.is_none() || self.is_covered && about::is_title(text) {
                    self.is_covered = false;
                    self.found.about.title = Some(text.clone());
                } else {
                    let place = format!("{}, {}", table.name, row.place);
                    self.banners.push((place, text.clone()));
                }
            }
            _ => {
                let left = format!("{}, {}: \"{}\"", table.name, row.place, shown(row));
                self.found.account.left_out.push(left);
            }
        }
    }

    /// The owner under whose heading, or on whose sheet, a table stands that has no column for one.
    fn owner_of_heading(&self, table: &Table, columns: &[Column]) -> Option<Over> {
        if columns.iter().any(|column| column.key == Key::Owner) {
            return None;
        }
        if let Some(line) = self.owner_line() {
            return Some(Over { name: Written::of(line).names, is_thought: false });
        }
        let title = self.found.about.title.clone().unwrap_or_default();
        let near = self.headings.iter().rev().map(|(_, text)| text).find(|text| **text != title);
        if let Some(text) = near {
            let (is_owner, name) = addressed(text);
            return (is_owner != Some(false)).then_some(Over { name, is_thought: is_owner.is_none() });
        }
        let sheet = table.name.strip_prefix("sheet ")?;
        let is_plain = ["sheet", "table", "plan", "data", "recommendation", "tracker", "action", "main"]
            .iter()
            .any(|word| plain(sheet).starts_with(word));
        (!is_plain).then(|| Over { name: sheet.to_owned(), is_thought: true })
    }

    /// The last line that says who owns what stands below it.
    fn owner_line(&self) -> Option<&str> {
        self.owned.as_ref().map(|(_, line)| line.as_str())
    }

    fn rows(
        &mut self,
        table: &Table,
        from: usize,
        header: &Header,
        columns: &[Column],
        theme: Option<Over>,
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
        let rows = reading.rows(table, from, before);
        let unsaid = unsaid::told(&table.name, header, columns, &table.rows[from..], &rows.records);
        self.found.account.left_out.extend(unsaid);
        rows
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
                Seam::Other(words) => account
                    .uncertain
                    .push(format!("{place}: {words} differs from what stands above it, and is left out")),
                Seam::Item(words) => account.uncertain.push(format!(
                    "{place}: \"{words}...\" stands behind a list, and is taken for its next item"
                )),
            }
        }
        account.banded += rows.banded;
        account.left_out.extend(rows.left_out);
        let recommendations = rows.records.len();
        self.found.records.extend(rows.records);
        (recommendations, others)
    }

    /// A table without a header that goes on with the last one: a page ended in between, and nothing else stands
    /// there. A sheet has no pages.
    fn goes_on(&mut self, table: &Table) -> Option<Outcome> {
        if !self.is_paged || self.is_apart {
            return None;
        }
        let width = table.rows.iter().flat_map(|row| &row.cells).map(|c| c.end()).max()?;
        match std::mem::replace(&mut self.last, Last::Nothing) {
            Last::Plan { header, columns, name }
                if (width == header.width() || (width.abs_diff(header.width()) <= 1 && width > 2))
                    && rows::may_go_on(&header, &columns, table) =>
            {
                let theme = self.found.records.last().and_then(|record| record.theme.clone());
                let rows = self.rows(table, 0, &header, &columns, theme, true);
                let (recommendations, others) = self.take(rows, 0);
                let with = name.clone();
                self.last = Last::Plan { header, columns, name };
                Some(Outcome::GoesOn { with, recommendations, others })
            }
            Last::Definitions { of_rag } if (2..=4).contains(&width) => {
                Some(self.define((table, &table.rows), None, of_rag))
            }
            other => {
                self.last = other;
                None
            }
        }
    }
}

/// Whether a line says when a file was made, or of what: "Generated: 01/06/2026 08:00", "Filter: Owner = ALL".
fn tells_of_file(text: &str) -> bool {
    let made = [
        "generated",
        "exported",
        "printed",
        "produced",
        "report run",
        "run on",
        "run date",
        "as at",
        "data as at",
    ];
    let chosen = ["filter:", "filters:", "filter ", "filtered by", "view:", "sort:", "sorted by", "showing "];
    let lower = text.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    begins(&chosen) || begins(&made) && !dates::all(text).is_empty()
}

/// Whether columns are those of a plan: something that is recommended, and something said of it. Where they have only
/// a number for it, that comes first, and the texts stand in numbered paragraphs outside the tables: elsewhere it counts.
fn is_plan(columns: &[Column], has_numbered: bool) -> bool {
    let has = |is: fn(&Key) -> bool| columns.iter().any(|column| is(&column.key));
    let what = has(|key| matches!(key, Key::Text | Key::Title))
        || has_numbered && columns.first().is_some_and(|column| column.key == Key::Number);
    let said = has(|key| {
        matches!(
            key,
            Key::Owner | Key::Update(_) | Key::Status(_) | Key::Rag(_) | Key::Deadline | Key::Response
        )
    });
    what && said
}

/// Whether a heading is a recommendation's: "Recommendation 4".
fn says_recommendation(paragraph: &Paragraph) -> bool {
    paragraph.text().to_lowercase().starts_with("rec")
}
