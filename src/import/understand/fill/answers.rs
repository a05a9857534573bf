//! What several owners say under one number, a row each: an answer of each.

use super::reports::Reports;
use super::{Filling, evidence};
use crate::import::document::{Paragraph, Run};
use crate::import::prose;
use crate::import::understand::headings::Key;
use crate::import::understand::record::{Filled, Lower, is_blank, text};
use crate::model::{Answer, Evidence, Owner, RagLevel, Recommendation, Status, Update, Word};
use std::sync::Arc;

/// What one row says.
#[derive(Default)]
struct Said {
    owners: Vec<Word<Owner>>,
    response: Option<String>,
    rag: Option<Word<RagLevel>>,
    status: Option<Word<Status>>,
    updates: Vec<Update>,
    /// What it says besides, for which an answer has no key.
    more: Vec<Paragraph>,
    /// What stands where an owner does, where that is nobody: "TBC".
    nobody: Option<String>,
}

impl Filling<'_> {
    /// Takes what other owners say in the rows below the first, and makes answers of all of it.
    pub(super) fn answers(&mut self, r: &mut Recommendation, evidence: &mut Vec<Evidence>) {
        if self.record.answers.is_empty() {
            return;
        }
        let says_response =
            |lower: &Lower| lower.cells.iter().any(|c| c.key == Key::Response && !is_blank(c));
        // A response that no other row has is given for all of them.
        let has_own = self.record.answers.iter().any(says_response);
        // What the first row says of one owner is said of that one, not of all.
        let mut all = vec![Said {
            owners: r.owners.clone(),
            response: if has_own { r.response.take() } else { None },
            rag: r.rag.take(),
            status: r.status.take(),
            updates: std::mem::take(&mut r.updates),
            more: Vec::new(),
            nobody: self.line(&Key::Owner),
        }];
        for lower in &self.record.answers {
            all.push(self.below(lower, r, evidence));
        }
        for said in all {
            if said.owners.is_empty() {
                said.keep(r);
            } else {
                said.answer(r);
            }
        }
        r.updates.sort_by_key(|update| (update.date.is_none(), update.date));
    }

    /// What a row below the first says.
    fn below(&mut self, lower: &Lower, r: &mut Recommendation, evidence: &mut Vec<Evidence>) -> Said {
        let cells = &lower.cells;
        let owners = self.owner_names(cells);
        let nobody = cells.iter().find(|cell| cell.key == Key::Owner).map(text);
        let names: Vec<&str> =
            owners.iter().map(Word::name).chain(nobody.as_deref().filter(|_| owners.is_empty())).collect();
        if owners.is_empty() {
            let told = format!(
                "{}: \"{}\" is no owner: what it says became an update",
                lower.place,
                names.join(", ")
            );
            self.account.uncertain.push(told);
        }
        let mut reports = Reports::default();
        let mut said = Said::default();
        for cell in cells.iter().filter(|cell| !is_blank(cell) || cell.colour.is_some()) {
            self.report(cell, &mut reports, evidence);
            match cell.key {
                _ if is_blank(cell) || self.says_first(cell) => {}
                Key::Text => r.text = format!("{}\n\n{}", r.text, prose::markdown(&cell.paragraphs)),
                Key::Evidence => evidence.extend(evidence::all(&cell.paragraphs)),
                Key::Response => {
                    said.response = Some(text(cell).split_whitespace().collect::<Vec<_>>().join(" "))
                }
                Key::Owner
                | Key::Number
                | Key::Skip
                | Key::Reported
                | Key::Update(_)
                | Key::Rag(_)
                | Key::Status(_) => {}
                _ => {
                    said.more.extend(headed(cell));
                    let (heading, names) = (&cell.heading, names.join(", "));
                    self.account.uncertain.push(format!(
                        "{}: what \"{heading}\" says of {names} stands in the text of its answer",
                        lower.place
                    ));
                }
            }
        }
        let mut own = Recommendation::new(Arc::from(""), r.id.clone(), String::new(), String::new());
        reports.settle(&mut own, self.today);
        Said {
            rag: own.rag,
            status: own.status,
            updates: own.updates,
            nobody: nobody.clone(),
            owners,
            ..said
        }
    }

    /// Whether a cell says what the same cell of the first row says.
    fn says_first(&self, cell: &Filled) -> bool {
        let same = |first: &&Filled| first.key == cell.key && first.heading == cell.heading;
        self.record.cells.iter().find(same).is_some_and(|first| text(first) == text(cell))
    }
}

/// A cell's paragraphs, the first behind the cell's heading.
fn headed(cell: &Filled) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = cell.paragraphs.iter().filter(|p| !p.is_blank()).cloned().collect();
    let heading = Run { text: format!("{}: ", cell.heading.trim_end_matches(':')), ..Run::default() };
    match paragraphs.first_mut().filter(|first| first.item.is_none()) {
        Some(first) => first.runs.insert(0, heading),
        None => paragraphs.insert(0, Paragraph { runs: vec![heading], ..Paragraph::default() }),
    }
    paragraphs
}

impl Said {
    /// Keeps what a row says that names no owner, who could answer: as updates of the recommendation.
    fn keep(self, r: &mut Recommendation) {
        let Self { owners: _, response, rag, status, mut updates, more, nobody } = self;
        let mut words: Vec<String> =
            response.map(|response| format!("Response: {response}")).into_iter().collect();
        words.push(prose::markdown(&more));
        words.retain(|text| !text.is_empty());
        let has_more = !words.is_empty() || updates.is_empty() && (rag.is_some() || status.is_some());
        if has_more {
            let said = [rag.as_ref().map(Word::name), status.as_ref().map(Word::name)];
            if words.is_empty() {
                words.extend(said.into_iter().flatten().map(str::to_owned));
            }
            let text = Some(words.join("\n\n"));
            updates.push(Update {
                date: None,
                period: None,
                by: None,
                text,
                rag: None,
                status: None,
                visibility: None,
            });
        }
        if let Some(last) = updates.last_mut() {
            last.rag = last.rag.take().or(rag);
            last.status = last.status.take().or(status);
        }
        r.updates.extend(
            updates.into_iter().map(|update| Update { by: update.by.clone().or(nobody.clone()), ..update }),
        );
    }

    /// An answer of each of its owners. One report is the answer; of several, those of a day are updates by them.
    fn answer(self, r: &mut Recommendation) {
        let on = self.updates.iter().filter_map(|update| update.date).max();
        let names: Vec<&str> = self.owners.iter().map(Word::name).collect();
        let is_one = self.updates.len() == 1 && self.updates[0].period.is_none();
        // What was rated otherwise is of a time before.
        let differs = |update: &&Update| {
            update.rag.as_ref().is_some_and(|rag| self.rag.as_ref() != Some(rag))
                || update.status.as_ref().is_some_and(|status| self.status.as_ref() != Some(status))
        };
        let (own, reported): (Vec<&Update>, Vec<&Update>) = self.updates.iter().partition(|update| {
            is_one || update.date.is_none() && update.period.is_none() && !differs(update)
        });
        r.updates.extend(
            reported.into_iter().map(|update| Update { by: Some(names.join(", ")), ..update.clone() }),
        );
        let mut texts: Vec<String> = own.iter().filter_map(|update| update.text.clone()).collect();
        texts.push(prose::markdown(&self.more));
        texts.retain(|text| !text.is_empty());
        for owner in &self.owners {
            if !r.owners.contains(owner) {
                r.owners.push(owner.clone());
            }
            r.answers.push(Answer {
                owner: owner.clone(),
                response: self.response.clone(),
                rag: self.rag.clone(),
                status: self.status.clone(),
                on,
                text: (!texts.is_empty()).then(|| texts.join("\n\n")),
            });
        }
    }
}
