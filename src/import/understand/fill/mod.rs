//! Records to recommendations: each column into the key that it holds, numbers to ids, names to owners.

mod answers;
mod days;
mod evidence;
mod ids;
mod reports;
mod told;

use super::account::Account;
use super::columns::custom;
use super::found::Found;
use super::headings::Key;
use super::over::Over;
use super::owners::Owners;
use super::record::{Filled, Record, is_blank, links, text};
use super::words::Words;
use super::written::Written;
use super::{Options, Understood, deadlines, headings, numbers, titles};
use crate::import::document::Paragraph;
use crate::import::prose;
use crate::model::{Evidence, Phase, Recommendation, Update, Word};
use crate::wording::count;
use ids::Numbered;
use reports::Reports;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Makes the plan of what was found.
pub(super) fn fill(found: Found, options: &Options) -> Understood {
    let Found { about, records, mut words, mut account, .. } = found;
    let mut records = records;
    // A table's own word for nobody, "TBC", is nobody.
    if let Some(owner) = &options.owner {
        let named = self::owners(&records);
        let mut said: BTreeMap<String, usize> = BTreeMap::new();
        for record in records.iter_mut().filter(|record| names_nobody(record, &named)) {
            let cells =
                record.cells.iter().filter(|cell| cell.key == Key::Owner && !is_blank(cell)).map(text);
            cells.for_each(|text| *said.entry(text).or_default() += 1);
            record.cells.retain(|cell| cell.key != Key::Owner);
            record.owner = Some(Over { name: owner.clone(), is_thought: false });
        }
        for (text, rows) in said {
            let rows = count(rows, "row", "rows");
            account.understood.push(format!("\"{text}\" names nobody, in {rows}: {owner} does"));
        }
    }
    let owners = owners(&records);
    for name in &owners.unsure {
        account.uncertain.push(format!("\"{name}\" is taken for one owner, and may be several"));
    }
    for name in &owners.split {
        account.uncertain.push(format!("\"{name}\" is taken for several owners, and may be one"));
    }
    told::owners(&owners, &mut account);
    let month_first = days::month_first(&records);
    for heading in &month_first {
        account.uncertain.push(format!(
            "days in \"{heading}\" have the month first: those that can be read either way stay in words"
        ));
    }
    told::times(&records, options.today, &mut account);
    let has_rag = records.iter().flat_map(|r| &r.cells).any(|cell| matches!(cell.key, Key::Rag(_)));
    let ids = ids::of(&records, options.by_position, &mut account);
    let mut recommendations = Vec::new();
    let mut titles_taken = 0;
    for (record, id) in records.iter().zip(&ids.all) {
        let mut filling = Filling {
            record,
            owners: &owners,
            words: &mut words,
            account: &mut account,
            has_rag,
            month_first: &month_first,
            titles_taken: 0,
            today: options.today,
        };
        let recommendation = filling.recommendation(id);
        titles_taken += filling.titles_taken;
        recommendations.push(recommendation);
    }
    if titles_taken > 0 {
        account.understood.push(format!(
            "{}: the opening words of its text, for the document gives none",
            count(titles_taken, "title", "titles, each")
        ));
    }
    if account.coloured > 0 {
        let many = count(account.coloured, "RAG level is", "RAG levels are");
        account.understood.push(format!("{many} nothing but the colour of a cell"));
    }
    if account.banded > 0 {
        let many = count(account.banded, "row is", "rows are");
        account.uncertain.push(format!("{many} shaded across: that colour is not taken for RAG"));
    }
    let has_deadline = |r: &Recommendation| r.deadline.is_some() || !r.milestones.is_empty();
    if !recommendations.is_empty() && !recommendations.iter().any(has_deadline) {
        account.uncertain.push(
            "no recommendation has a deadline: where a column has them, --map \"Heading=deadline\""
                .to_owned(),
        );
    }
    words.settle();
    told::words(&words, &mut account);
    told::about(&about, &mut account);
    Understood {
        about,
        owners: owners.found,
        levels: words.levels,
        statuses: words.statuses,
        numbering_note: ids.note,
        recommendations,
        account,
    }
}

/// Keeps what has no key, under a name that nothing else has.
fn keep(r: &mut Recommendation, name: &str, value: toml::Value) {
    let names = (2..).map(|n| format!("{name}_{n}"));
    let mut free = std::iter::once(name.to_owned()).chain(names).filter(|name| !r.custom.contains_key(name));
    if let Some(name) = free.next() {
        r.custom.insert(name, value);
    }
}

/// Gives the one update of a row that is of no other time the rating and the status that the row reports with it; where
/// there is none, they are one.
fn rate(r: &mut Recommendation) {
    if r.rag.is_none() && r.status.is_none() {
        return;
    }
    let mut own: Vec<&mut Update> = r.updates.iter_mut().filter(|update| update.period.is_none()).collect();
    match own.as_mut_slice() {
        [only] => {
            only.rag = only.rag.take().or(r.rag.clone());
            only.status = only.status.take().or(r.status.clone());
        }
        [] => r.updates.push(Update { rag: r.rag.clone(), status: r.status.clone(), ..reports::blank() }),
        _ => {}
    }
}

/// The names in a cell of owners.
fn names(cell: &Filled) -> String {
    Written::of(&text(cell)).names
}

/// Every owner that a record names, or stands under.
fn owners(records: &[Record]) -> Owners {
    let of_owner = |cell: &&Filled| cell.key == Key::Owner;
    let cells = records.iter().flat_map(|record| {
        let answers = record.answers.iter().flat_map(|lower| &lower.cells);
        let own = record.cells.iter().chain(answers).filter(of_owner).map(names);
        own.chain(record.owner.as_ref().map(|over| over.name.clone())).collect::<Vec<_>>()
    });
    let cells: Vec<String> = cells.collect();
    Owners::of(cells.iter().map(String::as_str))
}

/// Whether a record names no owner.
fn names_nobody(record: &Record, owners: &Owners) -> bool {
    let of_owner = |cell: &&Filled| cell.key == Key::Owner;
    let cells = record
        .cells
        .iter()
        .filter(of_owner)
        .map(names)
        .chain(record.owner.as_ref().map(|over| over.name.clone()));
    cells.into_iter().all(|cell| owners.in_cell(&cell).is_empty())
}

/// One recommendation in the making.
struct Filling<'a> {
    record: &'a Record,
    owners: &'a Owners,
    words: &'a mut Words,
    account: &'a mut Account,
    /// Whether any column holds RAG: else the colour of a status may be one.
    has_rag: bool,
    /// The columns in which days have the month first.
    month_first: &'a BTreeSet<String>,
    titles_taken: usize,
    today: Option<chrono::NaiveDate>,
}

impl Filling<'_> {
    fn recommendation(&mut self, Numbered { id, printed, parent }: &Numbered) -> Recommendation {
        let mut body = Vec::new();
        let mut evidence = Vec::new();
        for cell in self.cells(|key| *key == Key::Text) {
            let (paragraphs, files) = evidence::apart(&cell.paragraphs);
            body.extend(paragraphs);
            evidence.extend(files);
        }
        // A row that says in another column what is to be done says it.
        let stand_in = if body.iter().all(Paragraph::is_blank) { self.stand_in() } else { None };
        if let Some(cell) = &stand_in {
            let (paragraphs, files) = evidence::apart(&cell.paragraphs);
            body = paragraphs;
            evidence.extend(files);
        }
        let plain: Vec<String> = body.iter().map(Paragraph::text).filter(|text| !text.is_empty()).collect();
        let title = self.line(&Key::Title);
        let text = match (prose::markdown(&body), &title) {
            (text, _) if !text.is_empty() => text,
            (_, Some(_)) => self.prose(&Key::Title),
            (_, None) => String::new(),
        };
        let title = title.unwrap_or_else(|| {
            self.titles_taken += 1;
            plain.first().map(|text| titles::of(text)).unwrap_or_default()
        });
        if text.is_empty() {
            self.unsure("it has no text");
        }
        self.may_be_several(&plain);
        self.part_of(parent.as_ref());
        // Every recommendation is called something: where it says nothing else, its number.
        let title = if title.is_empty() { id.to_string() } else { title };
        let mut r = Recommendation::new(Arc::from(""), id.clone(), title, text);
        r.printed_id.clone_from(printed);
        r.parent.clone_from(parent);
        r.theme = self.line(&Key::Theme).or_else(|| self.record.theme.as_ref().map(|over| over.name.clone()));
        r.priority = self.line(&Key::Priority);
        r.origin = self.line(&Key::Origin);
        r.lead = self.line(&Key::Lead);
        r.response = self.line(&Key::Response);
        r.mitigation = Some(self.prose(&Key::Mitigation)).filter(|text| !text.is_empty());
        r.owners = self.owner_names(&self.record.cells);
        self.days(&mut r);
        self.due(&mut r, &plain);
        self.besides_names(&mut r);
        let mut reports = Reports::default();
        for cell in &self.record.cells {
            self.report(cell, &mut reports, &mut evidence);
        }
        if let Some(day) = reports.day.filter(|_| !reports.lacks_day()) {
            let day = toml::Value::String(day.to_string());
            keep(&mut r, "updated", day);
        }
        reports.settle(&mut r, self.today);
        self.later(&mut r, &mut evidence);
        for cell in self.cells(|key| *key == Key::Evidence) {
            evidence.extend(evidence::all(&cell.paragraphs));
        }
        self.answers(&mut r, &mut evidence);
        r.evidence = evidence;
        for cell in &self.record.cells {
            let is_text = stand_in.as_ref().is_some_and(|stand_in| stand_in.key == cell.key);
            if let Key::Custom(name) = &cell.key
                && !is_blank(cell)
                && !is_text
            {
                keep(&mut r, name, toml::Value::String(prose::plain(&cell.paragraphs)));
            }
        }
        self.keep_links(&mut r);
        let ends = r.status.as_ref().and_then(|status| self.words.phase(status.name()));
        if r.closure.is_some() && !matches!(ends, Some(Phase::Done | Phase::Dropped)) {
            self.unsure("it has the day on which it ended, and no status that ends it");
        }
        // A part has those of what it is a part of.
        if r.owners.is_empty() && r.parent.is_none() {
            let over = self.record.owner.as_ref().map(|over| over.name.clone());
            let said =
                self.line(&Key::Owner).or(over).map(|said| format!(" (\"{said}\")")).unwrap_or_default();
            self.unsure(&format!("it names no owner{said}"));
        }
        r
    }

    /// Keeps where titles, owners, days lead to, which are no prose and have no place for it.
    fn keep_links(&self, r: &mut Recommendation) {
        for cell in &self.record.cells {
            let is_prose = matches!(
                cell.key,
                Key::Text | Key::Update(_) | Key::Mitigation | Key::Evidence | Key::Custom(_) | Key::Skip
            );
            let links = if is_prose { Vec::new() } else { links(cell) };
            if !links.is_empty() {
                let name = format!("{}_link", headings::plain(&cell.heading).replace(' ', "_"));
                let headings::Key::Custom(name) = custom(&name) else { continue };
                keep(r, &name, toml::Value::String(links.join("\n")));
            }
        }
    }

    /// Takes what later rows report, each of its own time; the newest is how it stands.
    fn later(&mut self, r: &mut Recommendation, evidence: &mut Vec<Evidence>) {
        if self.record.later.is_empty() {
            return;
        }
        rate(r);
        // What the first row reports without a day is older than what the rows below it do.
        let first = r.updates.len();
        for lower in &self.record.later {
            let mut reports = Reports::default();
            for cell in &lower.cells {
                self.report(cell, &mut reports, evidence);
                let is_report = matches!(
                    cell.key,
                    Key::Update(_) | Key::Reported | Key::Rag(_) | Key::Status(_) | Key::Skip
                );
                if !is_report && !is_blank(cell) {
                    let told = format!("{}: {}: \"{}\"", lower.place, cell.heading, text(cell));
                    self.account.left_out.push(told);
                }
            }
            let mut own = Recommendation::new(Arc::from(""), r.id.clone(), String::new(), String::new());
            reports.settle(&mut own, self.today);
            rate(&mut own);
            let newest = |r: &Recommendation| r.updates.iter().filter_map(|update| update.date).max();
            if newest(&own).is_none() || newest(&own) >= newest(r) {
                r.rag = own.rag.or(r.rag.take());
                r.status = own.status.or(r.status.take());
            }
            r.updates.extend(own.updates);
        }
        let place = |n: usize, update: &Update| match update.date {
            Some(date) => (1, Some(date)),
            None if n < first => (0, None),
            None => (2, None),
        };
        let mut updates: Vec<_> = std::mem::take(&mut r.updates).into_iter().enumerate().collect();
        updates.sort_by_key(|(n, update)| place(*n, update));
        r.updates = updates.into_iter().map(|(_, update)| update).collect();
    }

    /// Tells of a parent that the document names and has not.
    fn part_of(&mut self, parent: Option<&crate::model::Id>) {
        if let Some(said) = self.line(&Key::Parent).filter(|_| parent.is_none()) {
            self.unsure(&format!("it is a part of \"{said}\", which has no row"));
        }
    }

    /// Tells where one row may be several recommendations.
    fn may_be_several(&mut self, paragraphs: &[String]) {
        let Some(number) = &self.record.number else { return };
        let parts: Vec<&str> = number.split([' ', ',', ';']).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|part| part.parse::<u32>().is_ok()) {
            self.unsure(&format!("its number is \"{number}\": it may be several, and is kept as one"));
        }
        let next = number.parse::<u32>().ok().and_then(|number| number.checked_add(1)).map(|n| n.to_string());
        let follows = |text: &&String| numbers::before_text(text).map(|(number, _)| number) == next;
        if next.is_some() && paragraphs.iter().skip(1).any(|text| follows(&text)) {
            let next = next.unwrap_or_default();
            self.unsure(&format!("{next} stands in its text too: it may be several, and is kept as one"));
        }
    }

    fn cells(&self, is: impl Fn(&Key) -> bool) -> Vec<Filled> {
        self.record.cells.iter().filter(|cell| is(&cell.key)).cloned().collect()
    }

    fn unsure(&mut self, what: &str) {
        self.account.uncertain.push(format!("{}: {what}", self.record.place));
    }

    /// The column of somebody's own that says most, where a row has no text and no title.
    fn stand_in(&mut self) -> Option<Filled> {
        let has_title = self.line(&Key::Title).is_some();
        let own = self.record.cells.iter().filter(|cell| matches!(cell.key, Key::Custom(_)) && !has_title);
        let words = |cell: &&Filled| text(cell).split_whitespace().count();
        let cell = own.filter(|cell| words(cell) >= 3).max_by_key(words)?.clone();
        let (heading, place) = (&cell.heading, &self.record.place);
        self.account
            .uncertain
            .push(format!("{place}: it has no text, and what \"{heading}\" says is taken for it"));
        Some(cell)
    }

    /// What a column says, on one line.
    fn line(&self, key: &Key) -> Option<String> {
        let cell = self.record.cells.iter().find(|cell| cell.key == *key && !is_blank(cell))?;
        Some(text(cell).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// What a column says, as CommonMark.
    fn prose(&self, key: &Key) -> String {
        let cell = self.record.cells.iter().find(|cell| cell.key == *key);
        cell.map(|cell| prose::markdown(&cell.paragraphs)).unwrap_or_default()
    }

    /// Keeps what stands beside names: where the column says so, and no other does, it is the deadline.
    fn besides_names(&mut self, r: &mut Recommendation) {
        for cell in self.cells(|key| *key == Key::Owner) {
            let said = text(&cell);
            let Written { names, mut besides } = Written::of(&said);
            if !r.owners.is_empty() {
                besides.extend(Owners::nobody(&names));
            }
            if besides.is_empty() {
                continue;
            }
            let words = headings::plain(&cell.heading);
            let says_when = words.split(' ').any(|word| ["when", "date", "deadline", "due"].contains(&word));
            let mut found = deadlines::of_cell(&besides.join("; "));
            if says_when
                && r.deadline.is_none()
                && r.milestones.is_empty()
                && found.iter().all(|due| due.deadline.date().is_some())
                && found.len() == 1
            {
                r.deadline = found.pop().map(|due| due.deadline);
                continue;
            }
            keep(r, "owner_as_written", toml::Value::String(said));
            self.unsure(&format!(
                "what \"{}\" says besides names, \"{}\", is kept as custom.owner_as_written",
                cell.heading,
                besides.join("; ")
            ));
        }
    }

    fn owner_names(&self, cells: &[Filled]) -> Vec<Word<crate::model::Owner>> {
        let cells = cells.iter().filter(|cell| cell.key == Key::Owner && !is_blank(cell)).map(names);
        let mut texts: Vec<String> = cells.collect();
        if texts.is_empty() {
            texts.extend(self.record.owner.as_ref().map(|over| over.name.clone()));
        }
        let mut names: Vec<String> = Vec::new();
        for name in texts.iter().flat_map(|text| self.owners.in_cell(text)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.iter().map(|name| Word::unresolved(name)).collect()
    }
}
