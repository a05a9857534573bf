//! What was done, and how it stands: the columns of updates, RAG and status of one row, as of now and of days.

use super::{Filling, evidence};
use crate::import::document::Paragraph;
use crate::import::prose;
use crate::import::understand::dates::{self, Order};
use crate::import::understand::headings::{Key, When};
use crate::import::understand::record::{Filled, is_blank, text};
use crate::import::understand::{is_among, when, words};
use crate::model::{Evidence, RagLevel, Recommendation, Status, Update, Word};
use crate::wording::day;
use chrono::NaiveDate;

/// What the columns of a row report, by when.
#[derive(Debug, Default)]
pub(super) struct Reports {
    /// Those of a day or a period, in the order in which they come.
    dated: Vec<(When, Update)>,
    /// What is reported as of now.
    now: Vec<Update>,
    rag: Option<Word<RagLevel>>,
    status: Option<Word<Status>>,
    /// The day of what is reported as of now, where a column has it.
    pub(super) day: Option<NaiveDate>,
}

impl Reports {
    /// The update that a column of this time is of.
    fn at(&mut self, when: &When) -> Option<&mut Update> {
        if *when == When::Now {
            return None;
        }
        let at = self.dated.iter().position(|(other, _)| other == when).unwrap_or_else(|| {
            let update = match when {
                When::On(date) => Update { date: Some(*date), ..blank() },
                When::In(period) => Update { period: Some(period.clone()), ..blank() },
                When::Now => blank(),
            };
            self.dated.push((when.clone(), update));
            self.dated.len() - 1
        });
        self.dated.get_mut(at).map(|(_, update)| update)
    }

    fn say(&mut self, when: &When, words: String) {
        if words.is_empty() {
            return;
        }
        match self.at(when) {
            Some(update) => add(&mut update.text, &words),
            None => self.now.push(Update { text: Some(words), ..blank() }),
        }
    }

    /// Whether something is reported as of now that has no day.
    pub(super) fn lacks_day(&self) -> bool {
        self.now.iter().any(|update| update.date.is_none())
    }

    /// Puts it all into a recommendation: the oldest first, and last what has no day.
    pub(super) fn settle(self, r: &mut Recommendation, today: Option<NaiveDate>) {
        let Self { mut dated, mut now, rag, status, day } = self;
        // Columns may run from the newest to the oldest.
        if dated.iter().all(|(when, _)| when.order().is_some()) {
            dated.sort_by_key(|(when, _)| when.order());
        }
        for update in now.iter_mut().filter(|update| update.date.is_none()) {
            update.date = day;
        }
        let mut updates: Vec<Update> = dated.into_iter().map(|(_, update)| update).collect();
        let mut dates: Vec<Update> = Vec::new();
        let (with, without): (Vec<Update>, Vec<Update>) = now.into_iter().partition(|u| u.date.is_some());
        for update in with {
            dates.push(update);
        }
        updates.extend(dates);
        // What says only that it was before is the oldest; what says nothing of its time stands as it comes.
        let was = |update: &Update| update.period.as_deref().is_some_and(when::is_past);
        updates.sort_by_key(|update| (!was(update), update.date.is_none(), update.date));
        // Of one day there is one update.
        updates.dedup_by(|later, earlier| {
            let same = later.date.is_some() && later.date == earlier.date && later.period == earlier.period;
            if same {
                if let Some(text) = &later.text {
                    add(&mut earlier.text, text);
                }
                earlier.rag = later.rag.take().or(earlier.rag.take());
                earlier.status = later.status.take().or(earlier.status.take());
            }
            same
        });
        // How it stood last is how it stands, where no column says how it stands now; what is planned does not.
        let is_ahead = |update: &&Update| {
            let period = update.period.clone().map(When::In);
            let when = update.date.map(When::On).or(period);
            when.zip(today).is_some_and(|(when, today)| when::is_ahead(&when, today))
        };
        let reported = || updates.iter().rev().filter(|update| !is_ahead(update));
        r.rag = rag.or_else(|| reported().find_map(|update| update.rag.clone()));
        r.status = status.or_else(|| reported().find_map(|update| update.status.clone()));
        let mut undated: Option<String> = None;
        for update in without {
            add(&mut undated, update.text.as_deref().unwrap_or_default());
        }
        if let Some(text) = undated {
            updates.push(Update { text: Some(text), ..blank() });
        }
        r.updates = updates;
    }
}

/// An update that says nothing.
pub(super) fn blank() -> Update {
    Update { date: None, period: None, by: None, text: None, rag: None, status: None, visibility: None }
}

fn add(text: &mut Option<String>, more: &str) {
    match text {
        Some(text) => {
            text.push_str("\n\n");
            text.push_str(more);
        }
        None => *text = Some(more.to_owned()),
    }
}

impl Filling<'_> {
    /// Takes a column that reports.
    pub(super) fn report(&mut self, cell: &Filled, reports: &mut Reports, evidence: &mut Vec<Evidence>) {
        match &cell.key {
            Key::Update(when) => self.update(cell, when, reports, evidence),
            Key::Reported if !is_blank(cell) => self.day(cell, reports),
            Key::Rag(when) => self.rag(cell, when, reports),
            Key::Status(when) => self.status(cell, when, reports),
            _ => {}
        }
    }

    /// Takes what was done, entry by entry where its entries have days.
    fn update(&mut self, cell: &Filled, when: &When, reports: &mut Reports, evidence: &mut Vec<Evidence>) {
        let (paragraphs, files) = evidence::apart(&cell.paragraphs);
        evidence.extend(files);
        let orders = dates::orders(&text(cell));
        let is_either = orders.contains(&Order::MonthFirst)
            && orders.contains(&Order::Either)
            && !orders.contains(&Order::DayFirst);
        if is_either {
            let told = format!("days in \"{}\" have the month first: they stay in its words", cell.heading);
            self.unsure(&told);
        }
        let parts = if is_either { vec![(None, paragraphs)] } else { by_day(&paragraphs) };
        let are_dated = parts.iter().any(|(date, _)| date.is_some());
        if let Some(start) = parts.iter().find_map(|(date, part)| {
            of_another_day(part.get(usize::from(date.is_some())..)?).filter(|_| are_dated)
        }) {
            self.unsure(&format!(
                "\"{start}\" in \"{}\" may be of another time than the update in which it stands",
                cell.heading
            ));
        }
        let ahead = parts
            .iter()
            .filter_map(|(date, _)| *date)
            .filter(|date| self.today.is_some_and(|today| *date > today));
        for date in ahead.collect::<Vec<_>>() {
            self.unsure(&format!("its update of {} is of a day to come", day(date)));
        }
        for (date, paragraphs) in parts {
            let words = prose::markdown(&paragraphs);
            match date {
                Some(date) => reports.now.push(Update { date: Some(date), text: Some(words), ..blank() }),
                None => reports.say(when, words),
            }
        }
    }

    /// Takes the day of the row's update.
    fn day(&mut self, cell: &Filled, reports: &mut Reports) {
        let said = text(cell);
        match dates::whole(&said).filter(|found| !found.is_worded) {
            Some(found) => reports.day = Some(found.date),
            None => {
                self.unsure(&format!("\"{said}\" in \"{}\" is no certain day: it is left out", cell.heading))
            }
        }
    }

    fn rag(&mut self, cell: &Filled, when: &When, reports: &mut Reports) {
        let is_sign = is_blank(cell);
        let text = if is_sign { signs(cell) } else { text(cell) };
        match self.words.use_level(&text, cell.colour) {
            Some((level, rest)) => {
                if text.is_empty() {
                    self.account.coloured += 1;
                }
                let doubts: String = text.chars().filter(|c| DOUBTS.contains(*c)).collect();
                if level.contains(|c| doubts.contains(c)) {
                    let heading = &cell.heading;
                    self.unsure(&format!("\"{text}\" in \"{heading}\" is kept as one level, and may be two"));
                } else if !doubts.is_empty() && rest.is_none() {
                    let heading = &cell.heading;
                    self.unsure(&format!(
                        "\"{text}\" in \"{heading}\" is read as {level}, without its {doubts}"
                    ));
                }
                if rest.is_some() {
                    self.unsure(&format!(
                        "\"{text}\" in \"{}\" is read as {level}, and the rest of it as an update",
                        cell.heading
                    ));
                }
                let level = Word::unresolved(&level);
                match reports.at(when) {
                    Some(update) => update.rag = Some(level),
                    None => reports.rag = Some(level),
                }
                reports.say(when, rest.unwrap_or_default());
            }
            None if is_sign => {
                if !text.is_empty() {
                    self.unsure(&format!("nobody can tell what {text} in \"{}\" means", cell.heading));
                }
                if let Some(colour) = cell.colour {
                    self.unsure(&format!("the colour {colour:?} of \"{}\" is no RAG level", cell.heading));
                }
            }
            None => {
                self.unsure(&format!(
                    "\"{text}\" in \"{}\" is no RAG level: it became an update",
                    cell.heading
                ));
                reports.say(when, prose::markdown(&cell.paragraphs));
            }
        }
    }

    fn status(&mut self, cell: &Filled, when: &When, reports: &mut Reports) {
        if !self.has_rag
            && let (Some(colour), When::Now) = (cell.colour, when)
            && let Some((level, _)) = self.words.use_level("", Some(colour))
        {
            self.unsure(&format!("the colour of its status is taken for its RAG: {level}"));
            reports.rag = Some(Word::unresolved(&level));
        }
        if is_blank(cell) {
            let sign = signs(cell);
            if !sign.is_empty() {
                self.unsure(&format!("nobody can tell what {sign} in \"{}\" means", cell.heading));
            }
            return;
        }
        match self.words.use_status(&text(cell)) {
            Some((status, rest)) => {
                let status = Word::unresolved(&status);
                match reports.at(when) {
                    Some(update) => update.status = Some(status),
                    None => reports.status = Some(status),
                }
                reports.say(when, rest.unwrap_or_default());
            }
            None => {
                let words = super::titles::opening(&text(cell));
                self.unsure(&format!(
                    "\"{words}\" in \"{}\" is a report, not a status: it became an update",
                    cell.heading
                ));
                reports.say(when, prose::markdown(&cell.paragraphs));
            }
        }
    }
}

/// Signs beside a rating that say something of it.
const DOUBTS: &str = "?*↑↓→←↗↘⬆⬇➡⬅▲▼+";

/// The signs of a cell in which nothing else stands.
fn signs(cell: &Filled) -> String {
    let raw: String = cell.paragraphs.iter().map(Paragraph::raw).collect();
    raw.chars().filter(|c| words::is_sign(*c)).collect()
}

/// The paragraphs of an update, apart where each begins with its day: "27/03/25: ...". Of several that do, each is one
/// whether or not a sign sets its day off.
fn by_day(paragraphs: &[Paragraph]) -> Vec<(Option<NaiveDate>, Vec<Paragraph>)> {
    let paragraphs: Vec<Paragraph> = paragraphs.iter().flat_map(entries).collect();
    let begin = paragraphs.iter().filter(|p| p.item.is_none() && day_at_start(&p.raw()).is_some()).count();
    let mut parts: Vec<(Option<NaiveDate>, Vec<Paragraph>)> = Vec::new();
    let mut whole = Vec::new();
    let mut is_listed = false;
    for original in &paragraphs {
        let mut paragraph = original.clone();
        // What follows a day that was no entry's is none either: they are a list of days.
        let stands = begin > 1 && !is_listed && !whole.last().is_some_and(leads_on);
        let day = if paragraph.item.is_none() { take_day(&mut paragraph, stands) } else { None };
        is_listed = day.is_none() && (is_listed || day_at_start(&original.raw()).is_some());
        match parts.last_mut().filter(|_| day.is_none()) {
            Some((_, part)) => part.push(paragraph),
            None => parts.push((day, vec![paragraph])),
        }
        whole.push(original.clone());
    }
    // A day of which nothing is said is what is said.
    if parts.iter().any(|(_, part)| part.iter().all(Paragraph::is_blank)) {
        return vec![(None, whole)];
    }
    parts
}

/// The entries of a paragraph that begins with a day: each behind the end of a sentence, with a day of its own that a
/// sign sets off.
fn entries(paragraph: &Paragraph) -> Vec<Paragraph> {
    /// A day and its sign are no longer.
    const MOST: usize = 80;
    let text = paragraph.raw();
    let is_set_off = |at: usize| {
        let end = text.floor_char_boundary(at + MOST);
        take_day(&mut Paragraph::plain(&text[at..end]), false).is_some()
    };
    if paragraph.item.is_some() || !is_set_off(0) {
        return vec![paragraph.clone()];
    }
    let ends = |before: &str| before.trim_end().ends_with(['.', ';', '!', '?', ')']);
    let days = dates::all(&text).into_iter().skip(1).map(|found| found.at.start);
    let places: Vec<usize> = days.filter(|at| ends(&text[..*at]) && is_set_off(*at)).collect();
    paragraph.cut(&places)
}

/// The start of a paragraph that begins with a time which is not certain to be that of a report: "15 December: met",
/// "15/12/2025 meeting held", "w/c 12/01/2026", "December 2025: done".
fn of_another_day(paragraphs: &[Paragraph]) -> Option<String> {
    let texts = paragraphs.iter().filter(|p| p.item.is_none()).map(Paragraph::text);
    let is_month = |word: &str| {
        let word = word.trim_end_matches([':', '-', '–', '.', ',']).to_lowercase();
        when::month_of(&word).is_some()
    };
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let begins = |text: &String| {
        let mut words = text.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let day = first.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_day = day.len() <= 2 && is_digits(day) && is_month(second);
        let is_period = is_month(first) && is_digits(second.trim_end_matches([':', '-', '–']));
        is_day || is_period || day_at_start(text).is_some() || text.to_lowercase().starts_with("w/c ")
    };
    texts.into_iter().find(begins).map(|text| super::titles::opening(&text))
}

/// The day that a text begins with.
fn day_at_start(text: &str) -> Option<dates::Found> {
    let start = text.len() - text.trim_start().len();
    dates::all(text).into_iter().next().filter(|found| found.at.start == start && !found.is_worded)
}

/// Words that go on with a day of which something was said, or is still to be.
const GOES_ON: &str = "to until till and or but is was were will would remains remained stays stayed onwards target deadline due as at for when which";
/// Words behind which a day belongs to what was said before it.
const LEADS_ON: &str = "a about after and are as at before between by due for from in is of on or since than the till to \
     until was were when with";

/// Whether the sentence of a paragraph goes on in the next.
fn leads_on(paragraph: &Paragraph) -> bool {
    let text = paragraph.end(40).to_lowercase();
    text.ends_with([',', ':']) || is_among(LEADS_ON, text.rsplit(' ').next().unwrap_or_default())
}

/// Takes the day that a paragraph begins with, where it is set off from what it says of it, or is one of several.
fn take_day(paragraph: &mut Paragraph, is_of_several: bool) -> Option<NaiveDate> {
    let text = paragraph.raw();
    let found = day_at_start(&text)?;
    let rest = text[found.at.end..].trim_start();
    let marked = rest.strip_prefix([':', '-', '–', '—']).map(str::trim_start);
    // "12/01/2026 but this slipped" goes on with a sentence, and "to 3 June" with a time.
    let first = rest.split_whitespace().next().unwrap_or_default();
    let stands = is_of_several && first.starts_with(char::is_alphanumeric) && !is_among(GOES_ON, first);
    let words = marked.or((rest.is_empty() || stands).then_some(rest))?;
    // "1 May 2024 - 3 June 2024" is a time, not the day of a report.
    if dates::all(words).first().is_some_and(|next| next.at.start == 0) {
        return None;
    }
    // The time of the day is no part of it, and is kept.
    let said = &text[found.at.clone()];
    let time =
        said.find(':').and_then(|colon| said[..colon].rfind([' ', 'T'])).map(|at| found.at.start + at + 1);
    paragraph.drop_start(time.unwrap_or(text.len() - words.len()));
    Some(found.date)
}
