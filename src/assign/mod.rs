//! What an analyst types, `rag=Amber` or `owners+=OPCC`, to what is to change of a recommendation. Pure.
//!
//! Every value is held to the plan before anything is written: words are put into the plan's own spelling, and
//! one that the plan does not know is refused with the nearest that it does.

mod custom;
mod owners;

pub use owners::owner;

use crate::edit::{Change, Value};
use crate::model::{Deadline, Named, Plan, Recommendation, same_word};
use crate::parse::{dates, keys};
use crate::suggest::ranked;
use crate::visible::one_line;
use crate::wording::when;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::fmt;

/// One thing to change, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The key as the format writes it; the name of a column as it was typed.
    key: String,
    op: Op,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Op {
    /// `key=value`
    Set(String),
    /// `key+=value`
    Add(String),
    /// `key-=value`
    Remove(String),
    /// `key=`
    Unset,
}

/// Why something is not changed, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// The name of a column of somebody's own: `theatre` of `custom.theatre`.
fn column(key: &str) -> Option<&str> {
    let (prefix, name) = key.split_at_checked("custom.".len())?;
    (prefix.eq_ignore_ascii_case("custom.") && !name.trim().is_empty()).then_some(name)
}

/// Whether a key is for another command than `set`, or for none.
fn of_others(key: &str) -> bool {
    let tables = ["milestone", "extension", "answer", "update", "evidence", "assurance"];
    key == "id" || tables.contains(&key)
}

fn refuse<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(message.into()))
}

impl Assignment {
    /// `key=value`.
    #[must_use]
    pub fn set(key: &str, value: &str) -> Self {
        Self { key: key.to_owned(), op: Op::Set(value.to_owned()) }
    }

    /// `key=value`, `key+=value`, `key-=value` or `key=`; none for what has no such form, as an id. What says
    /// that it is an id, or a printed one, may hold a `=`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with("id:") || text.starts_with("printed:") {
            return None;
        }
        let (key, value) = text.split_once('=')?;
        let (key, op) = match key.as_bytes().last()? {
            b'+' => (&key[..key.len() - 1], Op::Add(value.to_owned())),
            b'-' => (&key[..key.len() - 1], Op::Remove(value.to_owned())),
            _ if value.is_empty() => (key, Op::Unset),
            _ => (key, Op::Set(value.to_owned())),
        };
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let key = key.trim();
        // A column of somebody's tracker may be called anything.
        let is_key = column(key).is_some() || !key.is_empty() && key.chars().all(plain);
        let key = match column(key) {
            Some(name) => format!("custom.{}", name.trim()),
            None => key.to_lowercase().replace('-', "_"),
        };
        is_key.then_some(Self { key, op })
    }

    /// What it changes of a recommendation.
    ///
    /// # Errors
    /// Where the key cannot be set so, or the plan does not know the value.
    pub fn change(&self, plan: &Plan, r: &Recommendation) -> Result<Vec<Change>, Refusal> {
        let key = self.key.clone();
        if let Some(name) = column(&key) {
            return custom::change(name, &self.op, r).map(one);
        }
        let change = match key.as_str() {
            "rag" => self.word("RAG level", plan.head.rags.iter().map(|level| level.name())),
            "status" => self.word("status", plan.head.statuses.iter().map(|status| status.name())),
            "owners" => return owners::change(&self.op, plan, r),
            "depends_on" => list(&key, &self.op, |id| self.known(plan, r, id)),
            "aliases" => list(&key, &self.op, |alias| Ok(alias.to_owned())),
            "parent" => self.one(&key, |id| self.known(plan, r, id)),
            "priority" => self.one(&key, |text| {
                let known = plan.head.priorities.iter().find(|known| same_word(known, text));
                Ok(known.map_or_else(|| text.to_owned(), Clone::clone))
            }),
            "printed_id" | "theme" | "origin" | "lead" | "response" | "mitigation" => {
                self.one(&key, |text| Ok(text.to_owned()))
            }
            "title" | "text" => match &self.op {
                Op::Unset => refuse(format!("every recommendation has a {key}")),
                _ => self.one(&key, |text| Ok(text.to_owned())),
            },
            "issued" => self.date(&key, Value::Date),
            "forecast" => self.date(&key, |date| Value::Deadline(Deadline::On(date))),
            "deadline" => self.deadline(r),
            "id" => refuse(
                "an id stays as it is: others refer to it; `printed_id` and `aliases` hold other numbers",
            ),
            "update" => refuse(format!("`plan update {}` adds an update", r.id)),
            "extension" => refuse(format!("`plan extend {}` adds an extension", r.id)),
            "closure" if self.op == Op::Unset => Ok(Change::Unset { key }),
            "closure" => refuse(format!("`plan close {}` closes it; `closure=` takes that back", r.id)),
            _ if key.starts_with("closure.") => refuse(format!("`plan close {}` closes it", r.id)),
            "milestone" | "answer" | "evidence" | "assurance" => {
                refuse(format!("`{key}` has keys of its own, below [[{key}]]: edit the file"))
            }
            "custom" => refuse("say which column: custom.theatre=East"),
            _ => {
                // What is near is named whatever it is; where nothing is, what can be set.
                let all = keys::RECOMMENDATION.1.iter().copied();
                let is_near = !ranked(&key, all.clone()).is_empty();
                let named: Vec<&str> = all.filter(|key| is_near || !of_others(key)).collect();
                refuse(unknown("key", &key, &named))
            }
        };
        change.map(one)
    }

    /// A single value that `check` puts right.
    fn one(&self, key: &str, check: impl Fn(&str) -> Result<String, Refusal>) -> Result<Change, Refusal> {
        match &self.op {
            Op::Set(value) if !of_lines(key) && value.trim().contains(['\n', '\r']) => {
                refuse(format!("`{key}` is one line, and this is several"))
            }
            Op::Set(value) if !value.trim().is_empty() => {
                let value = if of_lines(key) { prose(value) } else { value.trim() };
                Ok(Change::Set { key: key.to_owned(), value: Value::String(check(value)?) })
            }
            Op::Set(_) | Op::Unset => Ok(Change::Unset { key: key.to_owned() }),
            Op::Add(_) | Op::Remove(_) => refuse(format!("`{key}` is no list: write {key}=...")),
        }
    }

    /// A word of the plan's vocabulary.
    fn word<'a>(&self, what: &str, words: impl Iterator<Item = &'a str>) -> Result<Change, Refusal> {
        let words: Vec<&str> = words.collect();
        self.one(&self.key, |text| {
            let found =
                words.iter().find(|word| **word == text).or(words.iter().find(|word| same_word(word, text)));
            found.map(|word| (*word).to_owned()).ok_or_else(|| Refusal(unknown(what, text, &words)))
        })
    }

    /// The id of another recommendation of the plan.
    fn known(&self, plan: &Plan, r: &Recommendation, id: &str) -> Result<String, Refusal> {
        if same_word(r.id.as_str(), id) {
            return refuse(format!("{id} cannot be named under itself"));
        }
        let found = plan.recommendations.iter().find(|other| same_word(other.id.as_str(), id));
        found.map(|other| other.id.to_string()).ok_or_else(|| {
            let ids: Vec<&str> = plan.recommendations.iter().map(|other| other.id.as_str()).collect();
            Refusal(unknown("recommendation", id, &ids))
        })
    }

    fn date(&self, key: &str, value: impl Fn(NaiveDate) -> Value) -> Result<Change, Refusal> {
        let key = key.to_owned();
        match &self.op {
            Op::Set(text) => match dates::day(text) {
                Ok(day) => Ok(Change::Set { key, value: value(day) }),
                Err(how) => refuse(format!("`{}` is no date: {how}", one_line(text.trim()))),
            },
            Op::Unset => Ok(Change::Unset { key }),
            Op::Add(_) | Op::Remove(_) => refuse(format!("`{key}` is no list: write {key}=2027-03-31")),
        }
    }

    /// A first deadline can be set; one that is there is moved with its reason, or stays.
    fn deadline(&self, r: &Recommendation) -> Result<Change, Refusal> {
        match &r.deadline {
            Some(deadline) if !r.deadline_inherited => refuse(format!(
                "{} has the deadline {}, and a deadline moves with a reason: `plan extend {} --to DATE --reason \
                 ... --approved-by ...`",
                r.id,
                when(deadline),
                r.id
            )),
            _ => self.date("deadline", |date| Value::Deadline(Deadline::On(date))),
        }
    }
}

fn one(change: Change) -> Vec<Change> {
    vec![change]
}

/// Whether a key may have several lines.
fn of_lines(key: &str) -> bool {
    matches!(key, "text" | "mitigation")
}

/// A text without the blank lines before and after it. Spaces at its beginning are CommonMark's: a block of code.
#[must_use]
pub fn prose(text: &str) -> &str {
    let text = text.trim_end();
    let lines = text.split_inclusive('\n').take_while(|line| line.trim().is_empty());
    &text[lines.map(str::len).sum()..]
}

/// A list: one item more or less, or other items, set off by semicolons.
fn list(key: &str, op: &Op, check: impl Fn(&str) -> Result<String, Refusal>) -> Result<Change, Refusal> {
    let key = key.to_owned();
    match op {
        Op::Add(item) | Op::Remove(item) if item.trim().is_empty() => {
            refuse(format!("`{key}` is to gain or lose something, and it is not said what"))
        }
        Op::Add(item) => Ok(Change::AddTo { key, item: check(item.trim())? }),
        Op::Remove(item) => Ok(Change::RemoveFrom { key, item: item.trim().to_owned() }),
        Op::Unset => Ok(Change::Unset { key }),
        Op::Set(items) => {
            let mut seen = BTreeSet::new();
            let items: Vec<String> = items_of(items).map(&check).collect::<Result<_, _>>()?;
            let items: Vec<String> = items.into_iter().filter(|item| seen.insert(item.clone())).collect();
            Ok(match items.as_slice() {
                [] => Change::Unset { key },
                _ => Change::Set { key, value: Value::List(items) },
            })
        }
    }
}

/// What is set off by semicolons.
fn items_of(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// "unknown status `On Trak`: did you mean `On Track`?"; where nothing is near, all there are.
fn unknown(what: &str, text: &str, known: &[&str]) -> String {
    let near: Vec<&str> = ranked(text, known.iter().copied()).into_iter().take(3).collect();
    let text = one_line(text);
    match near.as_slice() {
        [] if known.is_empty() => format!("unknown {what} `{text}`: the plan has none"),
        [] if known.len() > 30 => format!("unknown {what} `{text}`: none of the {} is like it", known.len()),
        [] => format!("unknown {what} `{text}`; there are: {}", known.join(", ")),
        near => format!("unknown {what} `{text}`: did you mean `{}`?", near.join("` or `")),
    }
}

/// The first key that is set to two values.
#[must_use]
pub fn said_twice(assignments: &[Assignment]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    let set = assignments.iter().filter(|a| matches!(a.op, Op::Set(_) | Op::Unset));
    set.map(|a| a.key.as_str()).find(|key| !seen.insert(key.to_lowercase()))
}

/// The changes that assignments make, each held to the recommendation as those before it leave it. Lists are
/// set before they gain, and gain before they lose, so that an owner can take over from another.
///
/// # Errors
/// All that are refused.
pub fn changes(
    assignments: &[Assignment],
    plan: &Plan,
    r: &Recommendation,
) -> Result<Vec<Change>, Vec<Refusal>> {
    let mut ordered: Vec<&Assignment> = assignments.iter().collect();
    ordered.sort_by_key(|assignment| match assignment.op {
        Op::Set(_) | Op::Unset => 0,
        Op::Add(_) => 1,
        Op::Remove(_) => 2,
    });
    let mut now = r.clone();
    let (mut changes, mut refusals) = (Vec::new(), Vec::new());
    for assignment in ordered {
        match assignment.change(plan, &now) {
            Ok(made) => {
                made.iter().for_each(|change| owners::follow(&mut now, change));
                changes.extend(made);
            }
            Err(refusal) => refusals.push(refusal),
        }
    }
    if refusals.is_empty() { Ok(changes) } else { Err(refusals) }
}

#[cfg(test)]
mod tests;
