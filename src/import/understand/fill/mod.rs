//! Records to recommendations: each column into the key that it holds, numbers to ids, names to owners.

mod evidence;
mod ids;
mod reports;

use super::about::About;
use super::account::Account;
use super::deadlines::{self, Due};
use super::found::Found;
use super::headings::Key;
use super::owners::Owners;
use super::rows::{Filled, Record, is_blank, text};
use super::words::Words;
use super::{Options, Understood, dates, titles};
use crate::import::document::Paragraph;
use crate::import::prose;
use crate::model::{Answer, Closure, Deadline, Done, Id, Milestone, Recommendation, Word};
use crate::wording::count;
use reports::Reports;
use std::sync::Arc;

/// Makes the plan of what was found.
pub(super) fn fill(found: Found, options: &Options) -> Understood {
    let Found { about, records, mut words, mut account, .. } = found;
    let mut records = records;
    // A table's own word for nobody, "TBC", is nobody.
    if let Some(owner) = &options.owner {
        let named = self::owners(&records);
        for record in records.iter_mut().filter(|record| names_nobody(record, &named)) {
            record.cells.retain(|cell| cell.key != Key::Owner);
            record.owner = Some(owner.clone());
        }
    }
    let owners = owners(&records);
    for name in &owners.unsure {
        account.uncertain.push(format!("\"{name}\" is taken for one owner, and may be several"));
    }
    for name in &owners.split {
        account.uncertain.push(format!("\"{name}\" is taken for several owners, and may be one"));
    }
    told_owners(&owners, &mut account);
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
            titles_taken: 0,
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
    words.settle();
    unknown_words(&words, &mut account);
    told_about(&about, &mut account);
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

/// Every owner that a record names, or stands under.
fn owners(records: &[Record]) -> Owners {
    let of_owner = |cell: &&Filled| cell.key == Key::Owner;
    let cells = records.iter().flat_map(|record| {
        let answers = record.answers.iter().flatten();
        let own = record.cells.iter().chain(answers).filter(of_owner).map(text);
        own.chain(record.owner.clone()).collect::<Vec<_>>()
    });
    let cells: Vec<String> = cells.collect();
    Owners::of(cells.iter().map(String::as_str))
}

/// Whether a record names no owner.
fn names_nobody(record: &Record, owners: &Owners) -> bool {
    let of_owner = |cell: &&Filled| cell.key == Key::Owner;
    let cells = record.cells.iter().filter(of_owner).map(text).chain(record.owner.clone());
    cells.into_iter().all(|cell| owners.in_cell(&cell).is_empty())
}

fn told_owners(owners: &Owners, account: &mut Account) {
    for owner in owners.found.iter().filter(|owner| !owner.aliases.is_empty()) {
        let aliases: Vec<String> = owner.aliases.iter().map(|alias| format!("\"{alias}\"")).collect();
        account.understood.push(format!("{} is taken for \"{}\"", aliases.join(" and "), owner.name));
    }
}

/// Tells the words of which plan.toml asks what they mean.
fn unknown_words(words: &Words, account: &mut Account) {
    let levels = words.levels.iter().filter(|level| level.outlook.is_none()).map(|level| level.name.as_str());
    let statuses =
        words.statuses.iter().filter(|status| status.phase.is_none()).map(|status| status.name.as_str());
    for (what, names) in [("RAG", levels.collect::<Vec<_>>()), ("status", statuses.collect())] {
        if !names.is_empty() {
            let names = names.join("\", \"");
            account.uncertain.push(format!("plan.toml asks what is meant by the {what} \"{names}\""));
        }
    }
}

fn told_about(about: &About, account: &mut Account) {
    if about.title.is_none() {
        account.understood.push("the plan's title: the file's name, for the document gives none".to_owned());
    }
    for (label, value) in &about.others {
        account.left_out.push(format!("of the document's head: {label}: \"{value}\""));
    }
    if !about.above.is_empty() {
        account
            .uncertain
            .push("the lines at the top may be priorities: they stand in plan.toml as a comment".to_owned());
    }
}

/// One recommendation in the making.
struct Filling<'a> {
    record: &'a Record,
    owners: &'a Owners,
    words: &'a mut Words,
    account: &'a mut Account,
    /// Whether any column holds RAG: else the colour of a status may be one.
    has_rag: bool,
    titles_taken: usize,
}

impl Filling<'_> {
    fn recommendation(&mut self, (id, printed): &(Id, Option<Id>)) -> Recommendation {
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
        // Every recommendation is called something: where it says nothing else, its number.
        let title = if title.is_empty() { id.to_string() } else { title };
        let mut r = Recommendation::new(Arc::from(""), id.clone(), title, text);
        r.printed_id.clone_from(printed);
        r.theme = self.line(&Key::Theme).or_else(|| self.record.theme.clone());
        r.priority = self.line(&Key::Priority);
        r.origin = self.line(&Key::Origin);
        r.lead = self.line(&Key::Lead);
        r.response = self.line(&Key::Response);
        r.mitigation = Some(self.prose(&Key::Mitigation)).filter(|text| !text.is_empty());
        r.owners = self.owner_names(&self.record.cells);
        self.days(&mut r);
        self.due(&mut r, &plain);
        let mut reports = Reports::default();
        for cell in &self.record.cells {
            self.report(cell, &mut reports, &mut evidence);
        }
        reports.settle(&mut r);
        self.answers(&mut r, &mut evidence);
        for cell in self.cells(|key| *key == Key::Evidence) {
            evidence.extend(evidence::all(&cell.paragraphs));
        }
        r.evidence = evidence;
        for cell in &self.record.cells {
            let is_text = stand_in.as_ref().is_some_and(|stand_in| stand_in.heading == cell.heading);
            if let Key::Custom(name) = &cell.key
                && !is_blank(cell)
                && !is_text
            {
                r.custom.insert(name.clone(), toml::Value::String(prose::markdown(&cell.paragraphs)));
            }
        }
        if r.owners.is_empty() {
            let said = self.line(&Key::Owner).map(|said| format!(" (\"{said}\")")).unwrap_or_default();
            self.unsure(&format!("it names no owner{said}"));
        }
        r
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

    fn owner_names(&self, cells: &[Filled]) -> Vec<Word<crate::model::Owner>> {
        let cells = cells.iter().filter(|cell| cell.key == Key::Owner && !is_blank(cell)).map(text);
        let mut texts: Vec<String> = cells.collect();
        if texts.is_empty() {
            texts.extend(self.record.owner.clone());
        }
        let mut names: Vec<String> = Vec::new();
        for name in texts.iter().flat_map(|text| self.owners.in_cell(text)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.iter().map(|name| Word::unresolved(name)).collect()
    }

    /// When it was issued, and when it ended.
    fn days(&mut self, r: &mut Recommendation) {
        for (key, name) in [(Key::Issued, "issued"), (Key::Closed, "closed")] {
            let Some(text) = self.line(&key) else { continue };
            match dates::whole(&text).filter(|found| !found.is_worded) {
                Some(found) if key == Key::Issued => r.issued = Some(found.date),
                Some(found) => r.closure = Some(Closure { on: Some(found.date), by: None, reason: None }),
                None => {
                    self.unsure(&format!("\"{text}\" is no day: it is kept as custom.{name}"));
                    r.custom.insert(name.to_owned(), toml::Value::String(text));
                }
            }
        }
    }

    /// By when it is to be done: as its column says, else as its text does.
    fn due(&mut self, r: &mut Recommendation, body: &[String]) {
        let column = self.record.cells.iter().find(|cell| cell.key == Key::Deadline && !is_blank(cell));
        let found = match column {
            Some(cell) => deadlines::of_cell(&text(cell)),
            None => deadlines::of_text(body),
        };
        let milestone =
            |Due { deadline, what }: Due| Milestone { title: what, due: Some(deadline), done: Done::No };
        match found.len() {
            0 => {}
            1 => r.deadline = found.into_iter().next().map(|due| due.deadline),
            _ => {
                self.account.understood.push(format!(
                    "{}: {} deadlines became milestones",
                    self.record.place,
                    found.len()
                ));
                r.milestones = found.into_iter().map(milestone).collect();
            }
        }
        if let Some(Deadline::Undated { wording }) = &r.deadline {
            let wording = wording.clone();
            self.unsure(&format!("its deadline stays in words: \"{wording}\""));
        }
        if let Some(text) = self.line(&Key::Forecast) {
            r.forecast = deadlines::of_cell(&text).into_iter().next().map(|due| due.deadline);
        }
    }

    /// What other owners say in the rows below the first.
    fn answers(&mut self, r: &mut Recommendation, evidence: &mut Vec<crate::model::Evidence>) {
        if self.record.answers.is_empty() {
            return;
        }
        let first = r.owners.clone();
        let mut all = vec![(first, self.record.cells.clone())];
        all.extend(self.record.answers.iter().map(|cells| (self.owner_names(cells), cells.clone())));
        // What the first row says of one of them is said of that one, not of all.
        let (own, updates) = ((r.rag.take(), r.status.take()), std::mem::take(&mut r.updates));
        for (n, (owners, cells)) in all.into_iter().enumerate() {
            let mut answer = Recommendation::new(Arc::from(""), r.id.clone(), String::new(), String::new());
            if n == 0 {
                (answer.rag, answer.status) = own.clone();
                answer.updates.clone_from(&updates);
            } else {
                let mut reports = Reports::default();
                for cell in &cells {
                    self.report(cell, &mut reports, evidence);
                }
                reports.settle(&mut answer);
                let more = cells.iter().filter(|cell| cell.key == Key::Text && !is_blank(cell));
                for cell in more {
                    r.text = format!("{}\n\n{}", r.text, prose::markdown(&cell.paragraphs));
                }
                for cell in &cells {
                    if matches!(cell.key, Key::Deadline | Key::Custom(_) | Key::Forecast) && !is_blank(cell) {
                        let place = self.record.place.clone();
                        self.account.left_out.push(format!(
                            "below {place}: {}: \"{}\"",
                            cell.heading,
                            text(cell)
                        ));
                    }
                }
            }
            for owner in owners {
                if !r.owners.contains(&owner) {
                    r.owners.push(owner.clone());
                }
                let texts: Vec<String> =
                    answer.updates.iter().filter_map(|update| update.text.clone()).collect();
                r.answers.push(Answer {
                    owner,
                    response: None,
                    rag: answer.rag.clone(),
                    status: answer.status.clone(),
                    on: answer.updates.last().and_then(|update| update.date),
                    text: (!texts.is_empty()).then(|| texts.join("\n\n")),
                });
            }
        }
    }
}
