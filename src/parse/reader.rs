//! Values of the tree to values of the model, one kind at a time; what does not fit is a fault.

use super::keys::{self, Keys};
use super::{Lost, characters, dates};
use crate::diagnostic::Diagnostic;
use crate::model::{Deadline, Done, Id, IdRange, Named, Word};
use crate::source::Span;
use crate::suggest::nearest;
use crate::syntax::{Document, Entry, Kind, Table, Value};
use chrono::NaiveDate;
use toml::value::Datetime;

/// Collects faults while the readers below take values apart.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) faults: Vec<Diagnostic>,
    /// Keys that are not there: told only of a file whose every line could be read.
    pub(super) missing: Vec<Diagnostic>,
    /// Elements of lists that were left out for their faults.
    pub(super) dropped: Vec<Span>,
    /// Keys of the file whose values were not read whole.
    pub(super) lost: Vec<Lost>,
    /// How many faults so far leave something unread that the program acts on.
    doubts: usize,
    /// Keys that unknown ones of the table at hand were meant to be.
    meant: Vec<&'static str>,
}

/// So many faults of one file are told each; of more, how many there are. Nobody reads further, and
/// a file made to be slow would have half a million.
const MAX_FAULTS: usize = 2_000;

impl Reader {
    /// A reader of a document with these faults of syntax.
    pub(super) fn new(faults: Vec<Diagnostic>) -> Self {
        Self { faults, ..Self::default() }
    }

    /// Reads something; where a fault leaves a part of it unread, `key` is lost.
    pub(super) fn watch<T>(&mut self, key: &str, keys: Keys, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.doubts;
        let value = read(self);
        if self.doubts > before {
            self.lose(key, keys, None);
        }
        value
    }

    /// Reads what the program only shows: a fault there leaves nothing in doubt.
    pub(super) fn shown<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.doubts;
        let value = read(self);
        self.doubts = before;
        value
    }

    fn lose(&mut self, key: &str, (_, known): Keys, name: Option<String>) {
        let lost = known.iter().find(|k| **k == key).map(|key| Lost { key, name });
        self.lost.extend(lost.filter(|lost| !self.lost.contains(lost)));
    }

    /// Keys whose values the tree has, and not as they are meant.
    pub(super) fn lose_all(&mut self, names: &[String], keys: Keys) {
        names.iter().for_each(|name| self.lose(name, keys, None));
    }

    /// How many faults so far leave something in doubt.
    pub(super) fn doubts(&self) -> usize {
        self.doubts
    }

    /// What was left in doubt of a table of plan.toml since `before` is in doubt for this word, or this
    /// rule, alone.
    pub(super) fn doubt_only(&mut self, before: usize, key: &str, name: Option<&String>) {
        if self.doubts > before {
            self.doubts = before;
            self.lose(key, keys::HEAD, name.cloned());
        }
    }

    fn fault(&mut self, fault: Diagnostic) {
        self.doubts += 1;
        self.faults.push(fault);
    }

    pub(super) fn wrong_type(&mut self, value: &Value<'_>, wanted: &str, help: impl Into<String>) {
        // What is no TOML has been told already.
        if matches!(value.kind, Kind::Invalid) {
            self.doubts += 1;
        } else {
            let message = format!("{wanted} was expected here, not {}", value.kind.describe());
            self.fault(Diagnostic::new("wrong-type", value.span, message).help(help));
        }
    }

    pub(super) fn unknown_key(&mut self, entry: &Entry<'_>, (owner, known): Keys) {
        let name = &entry.key.name;
        let message = format!("unknown key `{}` in {owner}", crate::visible::one_line(name));
        let elsewhere = known != keys::RECOMMENDATION.1
            && keys::OF_RECOMMENDATIONS.iter().any(|(o, _)| *o == owner)
            && keys::RECOMMENDATION.1.contains(&&**name);
        // Past what is told, nothing is suggested either.
        let told = self.faults.len() <= MAX_FAULTS;
        let near = told.then(|| nearest(name, known.iter().copied())).flatten();
        if elsewhere {
            self.lose(name, keys::RECOMMENDATION, None);
        } else if let Some(meant) = near.and_then(|near| known.iter().find(|k| **k == near)) {
            self.doubts += 1;
            self.meant.push(meant);
            if known == keys::RECOMMENDATION.1 || known == keys::HEAD.1 {
                self.lose(meant, (owner, known), None);
            }
        }
        let help = match near {
            _ if elsewhere => {
                format!(
                    "`{name}` is a key of the recommendation itself: put it above the first [header] or [[header]]"
                )
            }
            Some(near) => format!("did you mean `{near}`?"),
            None if owner == keys::RECOMMENDATION.0 => {
                "what has no key of its own goes under `custom`, say `custom.theatre = \"East\"`; \
                 `plan explain unknown-key` lists the keys"
                    .to_owned()
            }
            None => format!("its keys are {}", known.join(", ")),
        };
        self.faults.push(Diagnostic::new("unknown-key", entry.key.span, message).help(help));
    }

    /// Tells of a key that is not there, unless another one was meant to be it.
    pub(super) fn missing_key(&mut self, span: Option<Span>, owner: &str, key: &str, example: &str) {
        if self.meant.contains(&key) || self.lost.iter().any(|lost| lost.key == key && lost.name.is_none()) {
            return;
        }
        self.doubts += 1;
        let message = format!("{owner} has no `{key}`");
        self.missing.push(Diagnostic::new("missing-key", span, message).help(format!("add {example}")));
    }

    /// Every fault by place.
    pub(super) fn finish(&mut self, text: &str, document: &Document<'_>) -> Vec<Diagnostic> {
        characters::check(text, document, &mut self.faults);
        if !document.broken {
            self.faults.append(&mut self.missing);
        }
        self.faults.sort_by_key(|f| f.span);
        self.dropped.sort();
        if let Some(more) = self.faults.len().checked_sub(MAX_FAULTS).filter(|n| *n > 0) {
            let last = self.faults.swap_remove(MAX_FAULTS);
            self.faults.truncate(MAX_FAULTS);
            let message =
                format!("{more} more faults in this file, of which this is the first: {}", last.message);
            self.faults.push(Diagnostic { message, ..last });
        }
        std::mem::take(&mut self.faults)
    }

    fn blank(&mut self, value: &Value<'_>) {
        let message = "there is nothing between these quotes";
        let help = "fill it in, or delete the line: what is absent is left out";
        self.fault(Diagnostic::new("missing-key", value.span, message).help(help));
    }

    /// A string that says something.
    pub(super) fn string(&mut self, value: &Value<'_>) -> Option<String> {
        match &value.kind {
            Kind::String(s) if s.trim().is_empty() => self.blank(value),
            Kind::String(s) => return Some(s.as_ref().to_owned()),
            Kind::Integer(n) => self.wrong_type(value, "a string", format!("put it between quotes: \"{n}\"")),
            Kind::Datetime(d) => {
                self.wrong_type(value, "a string", format!("put it between quotes: \"{d}\""))
            }
            _ => self.wrong_type(value, "a string", "write it as \"text\""),
        }
        None
    }

    pub(super) fn word<T: Named>(&mut self, value: &Value<'_>) -> Option<Word<T>> {
        self.string(value).map(|s| Word::unresolved(&s))
    }

    pub(super) fn id(&mut self, value: &Value<'_>) -> Option<Id> {
        self.string(value).map(|s| Id::new(s.trim()))
    }

    fn list<T>(
        &mut self,
        value: &Value<'_>,
        mut item: impl FnMut(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Vec<T> {
        match &value.kind {
            Kind::Array(items) => {
                let mut kept = Vec::with_capacity(items.len());
                for element in items {
                    match item(self, element) {
                        Some(read) => kept.push(read),
                        None => self.dropped.push(element.span),
                    }
                }
                kept
            }
            Kind::String(s) => {
                self.wrong_type(value, "a list", format!("put it between brackets: [{s:?}]"));
                Vec::new()
            }
            _ => {
                self.wrong_type(value, "a list", "write [\"one\", \"two\"]");
                Vec::new()
            }
        }
    }

    pub(super) fn strings(&mut self, value: &Value<'_>) -> Vec<String> {
        self.list(value, Self::string)
    }

    pub(super) fn words<T: Named>(&mut self, value: &Value<'_>) -> Vec<Word<T>> {
        self.list(value, Self::word)
    }

    pub(super) fn ids(&mut self, value: &Value<'_>) -> Vec<Id> {
        self.list(value, Self::id)
    }

    pub(super) fn id_ranges(&mut self, value: &Value<'_>) -> Vec<IdRange> {
        self.list(value, |reader, item| {
            let text = reader.string(item)?;
            IdRange::parse(&text)
                .map_err(|problem| {
                    let fault =
                        Diagnostic::new("wrong-type", item.span, problem).help("write \"7\" or \"1-29\"");
                    reader.fault(fault);
                })
                .ok()
        })
    }

    pub(super) fn date(&mut self, value: &Value<'_>) -> Option<NaiveDate> {
        match &value.kind {
            Kind::Datetime(d) => match local_date(d) {
                Some(date) => return Some(date),
                None => self.wrong_type(value, "a date alone", "leave the time out: 2025-03-27"),
            },
            Kind::String(s) => match dates::plain(s) {
                Some(date) => self.wrong_type(value, "a date", format!("write it without quotes: {date}")),
                None => self.wrong_type(value, "a date", "write it as 2025-03-27, without quotes"),
            },
            _ => self.wrong_type(value, "a date", "write it as 2025-03-27, without quotes"),
        }
        None
    }

    /// A date, `{ date, wording }`, or `{ wording }`.
    pub(super) fn deadline(&mut self, value: &Value<'_>) -> Option<Deadline> {
        let table = match &value.kind {
            Kind::Table(table) => table,
            Kind::String(s) if dates::plain(s).is_none() => {
                let help = format!("if it gives no date, keep its words: {{ wording = {s:?} }}");
                self.wrong_type(value, "a date", help);
                return None;
            }
            _ => return self.date(value).map(Deadline::On),
        };
        let (mut date, mut wording) = (None, None);
        let before = self.faults.len();
        for entry in &table.entries {
            match &*entry.key.name {
                "date" => date = self.date(&entry.value),
                "wording" => wording = self.string(&entry.value),
                _ => self.unknown_key(entry, keys::DEADLINE),
            }
        }
        match (date, wording) {
            (Some(date), Some(wording)) => Some(Deadline::Worded { date, wording: wording.into() }),
            (Some(date), None) => Some(Deadline::On(date)),
            // A date that could not be read must not pass for a deadline that never had one.
            (None, Some(wording)) if self.faults.len() == before => {
                Some(Deadline::Undated { wording: wording.into() })
            }
            _ => {
                if self.faults.len() == before {
                    self.missing_key(
                        Some(value.span),
                        "this deadline",
                        "date",
                        "`date = 2025-03-27`, or `wording`",
                    );
                }
                None
            }
        }
    }

    /// A date, or `true` where none was recorded.
    pub(super) fn done(&mut self, value: &Value<'_>) -> Done {
        match &value.kind {
            Kind::Boolean(true) => Done::Undated,
            Kind::Boolean(false) => {
                self.wrong_type(value, "a date or `true`", "delete the line while the milestone is open");
                Done::No
            }
            _ => self.date(value).map_or(Done::No, Done::On),
        }
    }

    pub(super) fn days(&mut self, value: &Value<'_>) -> Option<u32> {
        match &value.kind {
            // A hundred years are as good as for ever, and no date overflows.
            Kind::Integer(n @ 0..=36_525) => u32::try_from(*n).ok(),
            _ => {
                self.wrong_type(value, "a whole number of days, at most 36525,", "write, say, 30");
                None
            }
        }
    }

    /// One of a closed list of words.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        value: &Value<'_>,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.string(value)?;
        if let Some(found) = all.iter().find(|w| name(**w) == text) {
            return Some(*found);
        }
        let names: Vec<_> = all.iter().map(|w| name(*w)).collect();
        let mut help = format!("it is one of {}", names.join(", "));
        if let Some(near) = nearest(&text, names.iter().copied()) {
            help = format!("{help}; did you mean `{near}`?");
        }
        let message = format!("`{}` is not a word that is known here", crate::visible::one_line(&text));
        self.fault(Diagnostic::new("wrong-type", value.span, message).help(help));
        None
    }

    pub(super) fn table<'d, 'a>(&mut self, entry: &'d Entry<'a>) -> Option<&'d Table<'a>> {
        match &entry.value.kind {
            Kind::Table(table) => Some(table),
            _ => {
                let help = format!("write [{}], and its keys below", entry.key.name);
                self.wrong_type(&entry.value, "a table", help);
                None
            }
        }
    }

    /// What `one` reads of each table of `[[key]]`, or of `key = [{...}]`. A table that lacks what it
    /// needs is left out, with a fault.
    pub(super) fn each<'a, T, C: FromIterator<T>>(
        &mut self,
        entry: &Entry<'a>,
        one: fn(&mut Self, &Table<'a>) -> Option<T>,
    ) -> C {
        let tables: Vec<&Table<'a>> = match &entry.value.kind {
            Kind::Tables(tables) => tables.iter().collect(),
            Kind::Array(items) => {
                let mut tables = Vec::with_capacity(items.len());
                for item in items {
                    match &item.kind {
                        Kind::Table(table) => tables.push(table),
                        _ => {
                            let help = format!("write [[{}]], and its keys below", entry.key.name);
                            self.wrong_type(item, "a table", help);
                            self.dropped.push(item.span);
                        }
                    }
                }
                tables
            }
            _ => {
                let name = &entry.key.name;
                let help = format!("there may be several, so write [[{name}]], and the keys below");
                self.wrong_type(&entry.value, "a list of tables", help);
                Vec::new()
            }
        };
        let mut read = Vec::with_capacity(tables.len());
        for table in tables {
            self.meant.clear();
            match one(self, table) {
                Some(value) => read.push(value),
                None => self.dropped.push(table.span),
            }
        }
        self.meant.clear();
        read.into_iter().collect()
    }
}

fn local_date(d: &Datetime) -> Option<NaiveDate> {
    let date = d.date.filter(|_| d.time.is_none() && d.offset.is_none())?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}
