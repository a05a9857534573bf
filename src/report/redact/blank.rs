//! A plan without words: every text of a public plan replaced by one that says nothing.

use crate::model::{
    Deadline, Evidence, Head, Id, Milestone, Named, Owner, Plan, RagLevel, Recommendation, Status, Update,
    Word,
};
use std::collections::HashMap;
use std::sync::Arc;

/// What stands for texts: characters that Unicode keeps out of all text.
const DIGITS: std::ops::RangeInclusive<char> = '\u{fdd0}'..='\u{fdef}';

/// Whether a character is of a text that says nothing.
pub(super) fn is_blank(c: char) -> bool {
    DIGITS.contains(&c)
}

/// Texts that say nothing, the same for the same, so that the plan keeps its shape.
#[derive(Default)]
struct Blanks(HashMap<String, String>);

impl Blanks {
    fn of(&mut self, text: &str) -> String {
        if text.trim().is_empty() {
            return text.to_owned();
        }
        let n = self.0.len();
        let blank = || {
            // By its number, in as many digits as there are of these characters.
            let digits: Vec<char> = DIGITS.collect();
            let mut rest = n;
            let mut blank = String::new();
            loop {
                blank.push(digits[rest % digits.len()]);
                rest /= digits.len();
                if rest == 0 {
                    return blank;
                }
            }
        };
        self.0.entry(text.to_owned()).or_insert_with(blank).clone()
    }

    fn some(&mut self, text: Option<&String>) -> Option<String> {
        text.map(|text| self.of(text))
    }

    fn id(&mut self, id: &Id) -> Id {
        Id::new(&self.of(id.as_str()))
    }

    fn word<T: Named>(&mut self, word: &Word<T>, known: &[Arc<T>]) -> Word<T> {
        let name = self.of(word.name());
        match known.iter().find(|known| known.name() == name) {
            Some(known) if word.known().is_some() => Word::Known { word: Arc::clone(known), written: None },
            _ => Word::Unregistered(name.into()),
        }
    }

    fn deadline(&mut self, deadline: &Deadline) -> Deadline {
        match deadline {
            Deadline::On(date) => Deadline::On(*date),
            Deadline::Worded { date, wording } => {
                Deadline::Worded { date: *date, wording: self.of(wording).into() }
            }
            Deadline::Undated { wording } => Deadline::Undated { wording: self.of(wording).into() },
        }
    }

    fn recommendation(&mut self, r: &Recommendation, head: &Head) -> Recommendation {
        // What is not named here is not there: a word of it in the page is no word of the page's own.
        let mut blank = Recommendation::new("".into(), self.id(&r.id), self.of(&r.title), self.of(&r.text));
        blank.parent = r.parent.as_ref().map(|id| self.id(id));
        blank.printed_id = r.printed_id.as_ref().map(|id| self.id(id));
        blank.owners = r.owners.iter().map(|owner| self.word(owner, &head.owners)).collect();
        blank.deadline = r.deadline.as_ref().map(|deadline| self.deadline(deadline));
        blank.rag = r.rag.as_ref().map(|word| self.word(word, &head.rags));
        blank.status = r.status.as_ref().map(|word| self.word(word, &head.statuses));
        let milestones = r.milestones.iter().map(|m| Milestone {
            title: self.of(&m.title),
            due: m.due.as_ref().map(|due| self.deadline(due)),
            done: m.done,
        });
        blank.milestones = milestones.collect();
        let updates = r.updates.iter().map(|u| Update {
            date: u.date,
            period: self.some(u.period.as_ref()),
            by: None,
            text: self.some(u.text.as_ref()),
            rag: u.rag.as_ref().map(|word| self.word(word, &head.rags)),
            status: u.status.as_ref().map(|word| self.word(word, &head.statuses)),
            visibility: None,
        });
        blank.updates = updates.collect();
        let evidence = r.evidence.iter().map(|e| Evidence {
            title: self.of(&e.title),
            reference: self.some(e.reference.as_ref()),
            visibility: None,
        });
        blank.evidence = evidence.collect();
        blank
    }
}

/// A plan that the public may see, without its words.
#[must_use]
pub fn blank(plan: &Plan) -> Plan {
    let mut blanks = Blanks::default();
    let owner =
        |o: &Arc<Owner>| Owner { name: blanks.of(&o.name), aliases: Vec::new(), member_of: Vec::new() };
    let owners = plan.head.owners.iter().map(owner).map(Arc::new).collect();
    let level = |l: &Arc<RagLevel>| RagLevel {
        name: blanks.of(&l.name),
        colour: l.colour,
        meaning: None,
        outlook: None,
    };
    let rags = plan.head.rags.iter().map(level).map(Arc::new).collect();
    let status =
        |s: &Arc<Status>| Status { name: blanks.of(&s.name), phase: s.phase, meaning: None, outlook: None };
    let statuses = plan.head.statuses.iter().map(status).map(Arc::new).collect();
    let head = Head {
        title: blanks.of(&plan.head.title),
        organisation: blanks.some(plan.head.organisation.as_ref()),
        source: blanks.some(plan.head.source.as_ref()),
        published: plan.head.published,
        owners,
        rags,
        statuses,
        ..Head::default()
    };
    let recommendations = plan.recommendations.iter().map(|r| blanks.recommendation(r, &head)).collect();
    Plan { place: Arc::clone(&plan.place), head, recommendations }
}
