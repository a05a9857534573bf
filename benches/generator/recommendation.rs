//! One recommendation: who owns it, how it stands, and all that follows from that.

use super::random::Random;
use super::{OWNER, words};
use chrono::{Days, NaiveDate};
use std::collections::HashSet;

/// Others who own recommendations.
const OTHERS: &[&str] = &["OPCC", "NPCC", "Home Office", "MOJ", "CPS"];
const COLLECTIVE: &str = "Bodies subject to recommendations";

const THEMES: &[&str] =
    &["Crime recording", "Victims", "Protective orders", "Training", "Investigation", "Partnership"];
const PRIORITIES: &[&str] = &["Protect vulnerable people", "Prevent crime", "Bring people to justice"];
const AREAS: &[&str] = &["North", "South", "East", "West", "City"];

/// The RAG and status that an open recommendation may have together.
pub(super) const REDS: &[&str] = &["Under Review", "Delayed", "Limited Progress"];
pub(super) const AMBERS: &[&str] = &["On Track", "On Track", "Limited Progress", "Pending"];

/// How a recommendation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Another body holds it, and nothing is reported.
    Elsewhere,
    Open,
    Done,
    Dropped,
}

/// What one recommendation is made of; the rest is drawn while it is written.
struct Facts {
    owners: Vec<&'static str>,
    stands: Stands,
    rag: Option<&'static str>,
    status: Option<&'static str>,
    deadline: Deadline,
    /// The dates of the updates, oldest first; none for one that is undated.
    updates: Vec<Option<NaiveDate>>,
}

enum Deadline {
    On(NaiveDate),
    Worded(NaiveDate, String),
    Undated(String),
    None,
}

impl Deadline {
    fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::On(date) | Self::Worded(date, _) => Some(*date),
            Self::Undated(_) | Self::None => None,
        }
    }
}

/// The optional keys that a plan uses: whoever keeps it fills a column in every row or in none.
struct Columns {
    theme: bool,
    priority: bool,
    lead: bool,
    issued: bool,
    area: bool,
}

/// Writes the recommendations of one plan.
pub(super) struct Writer {
    random: Random,
    published: NaiveDate,
    columns: Columns,
    /// What was said already: no two recommendations of a plan share a sentence.
    said: HashSet<String>,
    done: Vec<usize>,
    out: String,
}

/// What the file of a recommendation is called.
pub(super) fn file_name(id: usize, title: &str) -> String {
    let slug = title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    format!("{id:02}-{slug}.toml")
}

/// A date, so many days after another.
pub(super) fn day(year: i32, month: u32, of_month: u32, after: u32) -> NaiveDate {
    later(NaiveDate::from_ymd_opt(year, month, of_month).expect("a day of the calendar"), after)
}

/// A date, so many days later.
pub(super) fn later(date: NaiveDate, days: u32) -> NaiveDate {
    date + Days::new(u64::from(days))
}

fn earlier(date: NaiveDate, days: u32) -> NaiveDate {
    date - Days::new(u64::from(days))
}

impl Writer {
    pub(super) fn new(mut random: Random, published: NaiveDate) -> Self {
        let columns = Columns {
            theme: random.chance(50),
            priority: random.chance(25),
            lead: random.chance(30),
            issued: random.chance(20),
            area: random.chance(15),
        };
        Self { random, published, columns, said: HashSet::new(), done: Vec::new(), out: String::new() }
    }

    /// The file's name, its text, and whether [`OWNER`] owns it.
    pub(super) fn recommendation(&mut self, id: usize) -> (String, String, bool) {
        let facts = self.facts();
        let title = self.fresh(words::title);
        self.out.clear();
        self.head(id, &title, &facts);
        self.text();
        self.milestones(&facts);
        self.extensions(&facts);
        self.answers(&facts);
        self.updates(&facts);
        self.ending(&facts);
        if facts.stands == Stands::Done {
            self.done.push(id);
        }
        let owned = facts.owners.iter().any(|o| [OWNER, COLLECTIVE].contains(o));
        (file_name(id, &title), self.out.clone(), owned)
    }

    fn facts(&mut self) -> Facts {
        let owners = self.owners();
        let random = &mut self.random;
        let ours = owners.iter().any(|o| [OWNER, COLLECTIVE].contains(o));
        let (stands, rag, status) = match random.below(100) {
            // What another body holds has no report here, with few exceptions.
            n if !ours && n < 85 => (Stands::Elsewhere, None, None),
            0..26 => (Stands::Done, Some("Green"), Some("Complete")),
            26..30 => (Stands::Dropped, None, Some("Closed")),
            30..42 => (Stands::Open, Some("Red"), Some(random.pick(REDS))),
            42..76 => (Stands::Open, Some("Amber"), Some(random.pick(AMBERS))),
            76..84 => (Stands::Open, None, Some(random.pick(AMBERS))),
            84..88 => (Stands::Open, Some("Amber"), None),
            _ => (Stands::Open, None, None),
        };
        let due = later(self.published, random.pick(&[91, 182, 182, 274, 365, 547, 730]) + random.below(20));
        let deadline = match random.below(100) {
            0..66 => Deadline::On(due),
            66..80 => {
                let months = (due - self.published).num_days() / 30;
                Deadline::Worded(due, format!("within {months} months of publication"))
            }
            80..88 => Deadline::Undated(words::wording(random)),
            _ => Deadline::None,
        };
        let updates = if stands == Stands::Elsewhere { Vec::new() } else { self.update_dates() };
        Facts { owners, stands, rag, status, deadline, updates }
    }

    fn owners(&mut self) -> Vec<&'static str> {
        let random = &mut self.random;
        let other = random.pick(OTHERS);
        match random.below(100) {
            0..56 => vec![OWNER],
            56..74 => vec![OWNER, other],
            74..79 => vec![OWNER, "NPCC", random.pick(&["Home Office", "CPS", "OPCC"])],
            79..86 => vec![COLLECTIVE],
            86..96 => vec![other],
            _ => vec!["Home Office", "MOJ"],
        }
    }

    /// Three, or four: what is held elsewhere has none, so that three is the average.
    fn update_dates(&mut self) -> Vec<Option<NaiveDate>> {
        let random = &mut self.random;
        let count = if random.chance(40) { 4 } else { 3 };
        let none_dated = random.chance(8);
        let mut date = later(self.published, 14);
        let mut next = || {
            date = later(date, random.between(25, 110));
            (!none_dated && !random.chance(9)).then_some(date)
        };
        (0..count).map(|_| next()).collect()
    }

    fn head(&mut self, id: usize, title: &str, facts: &Facts) {
        self.line(&format!("id = \"{id}\""));
        self.line(&format!("title = \"{title}\""));
        if self.columns.theme {
            self.string("theme", THEMES);
        }
        if self.columns.priority {
            self.string("priority", PRIORITIES);
        }
        let owners: Vec<String> = facts.owners.iter().map(|o| format!("\"{o}\"")).collect();
        self.line(&format!("owners = [{}]", owners.join(", ")));
        if self.columns.lead {
            let post = words::post(&mut self.random);
            self.line(&format!("lead = \"{post}\""));
        }
        if self.columns.issued {
            self.line(&format!("issued = {}", self.published));
        }
        match &facts.deadline {
            Deadline::On(date) => self.line(&format!("deadline = {date}")),
            Deadline::Worded(date, wording) => {
                self.line(&format!("deadline = {{ date = {date}, wording = \"{wording}\" }}"));
            }
            Deadline::Undated(wording) => {
                self.line(&format!("deadline = {{ wording = \"{wording}\" }}"));
            }
            Deadline::None => {}
        }
        let missed = facts.rag == Some("Red");
        if let Some(due) = facts.deadline.date().filter(|_| missed && self.random.chance(50)) {
            let forecast = later(due, self.random.between(30, 200));
            self.line(&format!("forecast = {forecast}"));
        }
        if let Some(rag) = facts.rag {
            self.line(&format!("rag = \"{rag}\""));
        }
        if let Some(status) = facts.status {
            self.line(&format!("status = \"{status}\""));
        }
        // Some forget it, which is a warning.
        if missed && !self.random.chance(4) {
            let mitigation = self.fresh(words::mitigation);
            self.line(&format!("mitigation = \"{mitigation}\""));
        }
        // What is open waits for what is done, so that there is no cycle and no conflict.
        if facts.stands == Stands::Open && !self.done.is_empty() && self.random.chance(10) {
            let on = self.random.pick(&self.done);
            self.line(&format!("depends_on = [\"{on}\"]"));
        }
        if self.columns.area {
            let area = self.random.pick(AREAS);
            self.line(&format!("custom.area = \"{area}\""));
        }
    }

    fn text(&mut self) {
        self.line("");
        self.line("text = \"\"\"");
        let sentences = self.random.between(1, 2);
        self.paragraph(words::ask, sentences);
        if self.random.chance(60) {
            self.line("\n\nAmong other things, make sure that:\n");
            for n in (1..=self.random.between(2, 4)).rev() {
                let item = self.fresh(words::item);
                let end = if n == 1 { "." } else { ";\n" };
                self.out.push_str(&format!("- {item}{end}"));
            }
        } else {
            self.line("\n");
            self.paragraph(words::ask, 1);
        }
        self.line("\"\"\"");
    }

    /// Only where each can be before the deadline; without one, instead of it.
    fn milestones(&mut self, facts: &Facts) {
        let always = matches!(facts.deadline, Deadline::None) && !self.random.chance(15);
        if !always && !self.random.chance(12) {
            return;
        }
        let last = facts.deadline.date().unwrap_or_else(|| later(self.published, 400));
        let count = self.random.between(1, 3);
        for n in (0..count).rev() {
            let due = earlier(last, n * 30 + self.random.below(10));
            let title = self.fresh(words::milestone);
            self.line(&format!("\n[[milestone]]\ntitle = \"{title}\"\ndue = {due}"));
            let done = facts.stands == Stands::Done || (n > 0 && self.random.chance(50));
            if done && self.random.chance(25) {
                self.line("done = true");
            } else if done {
                let on = earlier(due, self.random.below(10));
                self.line(&format!("done = {on}"));
            }
        }
    }

    /// Each begins where the one before ended, and the last ends at the deadline.
    fn extensions(&mut self, facts: &Facts) {
        let Deadline::On(due) = facts.deadline else { return };
        if facts.stands == Stands::Elsewhere || !self.random.chance(18) {
            return;
        }
        let count = if self.random.chance(20) { 2 } else { 1 };
        for n in (0..count).rev() {
            let (from, to) = (earlier(due, (n + 1) * 61), earlier(due, n * 61));
            let on = earlier(from, 5 + self.random.below(20));
            let reason = self.fresh(words::reason);
            self.line(&format!(
                "\n[[extension]]\nfrom = {from}\nto = {to}\non = {on}\nreason = \"{reason}\""
            ));
            // Some were never approved, which is a warning.
            if !self.random.chance(5) {
                self.line("approved_by = \"Vulnerability Board\"");
            }
        }
    }

    /// Where joint owners stand apart.
    fn answers(&mut self, facts: &Facts) {
        if facts.owners.len() < 2 || facts.stands != Stands::Open || !self.random.chance(20) {
            return;
        }
        for owner in &facts.owners {
            let status = self.random.pick(AMBERS);
            self.line(&format!("\n[[answer]]\nowner = \"{owner}\"\nstatus = \"{status}\""));
        }
    }

    fn updates(&mut self, facts: &Facts) {
        // The last says what the recommendation says; the earlier ones what was so then.
        let rated = self.random.chance(35);
        for (n, date) in facts.updates.iter().enumerate() {
            let last = n + 1 == facts.updates.len();
            self.line("\n[[update]]");
            if let Some(date) = date {
                self.line(&format!("date = {date}"));
            }
            if date.is_none() && self.random.chance(30) {
                let quarter = self.random.between(1, 4);
                self.line(&format!("period = \"Quarter {quarter}\""));
            }
            if self.random.chance(25) {
                let post = words::post(&mut self.random);
                self.line(&format!("by = \"{post}\""));
            }
            self.line("text = \"\"\"");
            for paragraph in 0..self.random.between(1, 3) {
                if paragraph > 0 {
                    self.out.push_str("\n\n");
                }
                let sentences = self.random.between(1, 3);
                self.paragraph(words::done, sentences);
            }
            self.line("\"\"\"");
            let (rag, status) = if last {
                (facts.rag, facts.status)
            } else if self.random.chance(30) {
                (Some("Red"), Some(self.random.pick(REDS)))
            } else {
                (Some("Amber"), Some(self.random.pick(AMBERS)))
            };
            if let Some(rag) = rag.filter(|_| rated) {
                self.line(&format!("rag = \"{rag}\""));
            }
            if let Some(status) = status.filter(|_| rated) {
                self.line(&format!("status = \"{status}\""));
            }
            if self.random.chance(20) {
                self.line("visibility = \"public\"");
            }
        }
    }

    /// What shows that it is done, and how it ended.
    fn ending(&mut self, facts: &Facts) {
        let done = facts.stands == Stands::Done;
        // Some have nothing to show, which is a warning.
        let papers = match facts.stands {
            Stands::Done if !self.random.chance(3) => self.random.between(1, 2),
            Stands::Open if self.random.chance(15) => 1,
            _ => 0,
        };
        for _ in 0..papers {
            let title = self.fresh(words::paper);
            self.line(&format!("\n[[evidence]]\ntitle = \"{title}\""));
            if self.random.chance(40) {
                let number = self.random.between(1000, 9999);
                self.line(&format!("ref = \"https://documents.example.org/{number}\""));
            }
        }
        if !done && facts.stands != Stands::Dropped {
            return;
        }
        let last = facts.updates.iter().flatten().max().copied();
        let on = later(last.unwrap_or_else(|| later(self.published, 300)), self.random.between(1, 20));
        if done && self.random.chance(12) {
            let reviewed = later(on, 30);
            self.line(&format!(
                "\n[[assurance]]\nstatus = \"Confirmed\"\nby = \"Internal audit\"\non = {reviewed}"
            ));
        }
        self.line(&format!("\n[closure]\non = {on}\nby = \"Vulnerability Board\""));
        if !done {
            let reason = self.fresh(words::reason);
            self.line(&format!("reason = \"{reason}\""));
        }
    }

    fn paragraph(&mut self, sentence: fn(&mut Random) -> String, sentences: u32) {
        for n in 0..sentences {
            if n > 0 {
                self.out.push(' ');
            }
            let sentence = self.fresh(sentence);
            self.out.push_str(&sentence);
        }
    }

    /// Words that this plan has not heard yet.
    fn fresh(&mut self, make: fn(&mut Random) -> String) -> String {
        loop {
            let made = make(&mut self.random);
            if self.said.insert(made.clone()) {
                return made;
            }
        }
    }

    fn string(&mut self, key: &str, of: &[&str]) {
        let word = self.random.pick(of);
        self.line(&format!("{key} = \"{word}\""));
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }
}
