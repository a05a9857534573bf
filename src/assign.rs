//! What an analyst types, `rag=Amber` or `owners+=OPCC`, to what is to change of a recommendation. Pure.
//!
//! Every value is held to the plan before anything is written: words are put into the plan's own spelling, and
//! one that the plan does not know is refused with the nearest that it does.

use crate::edit::{Change, Value};
use crate::model::{Deadline, Named, Plan, Recommendation, Word, same_word};
use crate::ownership;
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
    /// The key.
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
    let tables = ["milestone", "extension", "answer", "update", "evidence", "assurance", "closure"];
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
        is_key.then(|| Self { key: key.to_owned(), op })
    }

    /// What it changes of a recommendation.
    ///
    /// # Errors
    /// Where the key cannot be set so, or the plan does not know the value.
    pub fn change(&self, plan: &Plan, r: &Recommendation) -> Result<Change, Refusal> {
        let key = self.key.to_ascii_lowercase().replace('-', "_");
        if let Some(name) = column(&self.key) {
            return self.custom(name, r);
        }
        match key.as_str() {
            "rag" => self.word("RAG level", plan.head.rags.iter().map(|level| level.name())),
            "status" => self.word("status", plan.head.statuses.iter().map(|status| status.name())),
            "owners" => self.owners(plan, r),
            "depends_on" => self.list(&key, |id| self.known(plan, r, id)),
            "aliases" => self.list(&key, |alias| Ok(alias.to_owned())),
            "parent" => self.one(&key, |id| self.known(plan, r, id)),
            "printed_id" | "theme" | "priority" | "origin" | "lead" | "response" | "mitigation" => {
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
            "closure" => refuse(format!("`plan close {}` closes it", r.id)),
            _ if key.starts_with("closure.") => refuse(format!("`plan close {}` closes it", r.id)),
            "milestone" | "answer" | "evidence" | "assurance" => {
                refuse(format!("`{key}` has keys of its own, below [[{key}]]: edit the file"))
            }
            "custom" => refuse("say which column: custom.theatre=East"),
            _ => {
                // What is near is named whatever it is; where nothing is, what can be set.
                let all = keys::RECOMMENDATION.1.iter().copied();
                let is_near = !ranked(&self.key, all.clone()).is_empty();
                let named: Vec<&str> = all.filter(|key| is_near || !of_others(key)).collect();
                refuse(unknown("key", &self.key, &named))
            }
        }
    }

    /// A single value that `check` puts right.
    fn one(&self, key: &str, check: impl Fn(&str) -> Result<String, Refusal>) -> Result<Change, Refusal> {
        match &self.op {
            Op::Set(value) if key != "text" && value.trim().contains(['\n', '\r']) => {
                refuse(format!("`{key}` is one line, and this is several"))
            }
            Op::Set(value) if !value.trim().is_empty() => {
                Ok(Change::Set { key: key.to_owned(), value: Value::String(check(value.trim())?) })
            }
            Op::Set(_) | Op::Unset => Ok(Change::Unset { key: key.to_owned() }),
            Op::Add(_) | Op::Remove(_) => refuse(format!("`{key}` is no list: write {key}=...")),
        }
    }

    /// A word of the plan's vocabulary.
    fn word<'a>(&self, what: &str, words: impl Iterator<Item = &'a str>) -> Result<Change, Refusal> {
        let words: Vec<&str> = words.collect();
        self.one(&self.key.to_ascii_lowercase(), |text| {
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

    /// A list: one item more or less, or other items, set off by semicolons.
    fn list(&self, key: &str, check: impl Fn(&str) -> Result<String, Refusal>) -> Result<Change, Refusal> {
        let key = key.to_owned();
        match &self.op {
            Op::Add(item) => Ok(Change::AddTo { key, item: check(item.trim())? }),
            Op::Remove(item) => Ok(Change::RemoveFrom { key, item: item.trim().to_owned() }),
            Op::Unset => Ok(Change::Unset { key }),
            Op::Set(items) => {
                let mut seen = BTreeSet::new();
                let items = items.split(';').map(str::trim).filter(|item| !item.is_empty());
                let items: Vec<String> = items.map(&check).collect::<Result<_, _>>()?;
                let items = items.into_iter().filter(|item| seen.insert(item.clone())).collect();
                Ok(Change::Set { key, value: Value::List(items) })
            }
        }
    }

    fn owners(&self, plan: &Plan, r: &Recommendation) -> Result<Change, Refusal> {
        let registered = |name: &str| match ownership::find(&plan.head, name) {
            Some(owner) => Ok(owner.name.clone()),
            None => {
                let names: Vec<&str> = plan.head.owners.iter().map(|owner| owner.name.as_str()).collect();
                let several = if name.contains(',') { " (several are set off by semicolons)" } else { "" };
                refuse(format!("{}{several}", unknown("owner", name, &names)))
            }
        };
        let own = if r.owners_inherited { &[][..] } else { r.owners.as_slice() };
        if let Op::Remove(name) = &self.op {
            // It goes as it is written, under whichever name.
            let wanted = registered(name.trim()).unwrap_or_else(|_| name.trim().to_owned());
            let is = |owner: &&Word<_>| owner.name() == wanted || same_word(owner.as_written(), name.trim());
            let Some(owner) = own.iter().find(is) else {
                let names: Vec<&str> = own.iter().map(Word::name).collect();
                return refuse(format!("{} is not owned by {}: {}", r.id, name.trim(), names.join(", ")));
            };
            if own.len() == 1 && r.parent.is_none() {
                return refuse(format!("{} would have no owner left: add the new one first", r.id));
            }
            let (key, item) = ("owners".to_owned(), owner.as_written().to_owned());
            return Ok(Change::RemoveFrom { key, item });
        }
        if self.op == Op::Unset && r.parent.is_none() {
            return refuse(format!("{} would have no owner: only a part has its parent's", r.id));
        }
        if let Op::Add(name) = &self.op
            && own.iter().any(|owner| registered(name.trim()).is_ok_and(|found| found == owner.name()))
        {
            return refuse(format!("{} is owned by {} already", r.id, name.trim()));
        }
        if let Op::Add(name) = &self.op
            && r.owners_inherited
        {
            // What a part has of its parent it keeps beside its own.
            let name = registered(name.trim())?;
            let inherited = r.owners.iter().map(|owner| owner.name().to_owned());
            let owners = inherited.filter(|owner| *owner != name).chain([name.clone()]).collect();
            return Ok(Change::Set { key: "owners".to_owned(), value: Value::List(owners) });
        }
        self.list("owners", registered)
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

    /// A column of somebody's own keeps the kind of its value where the new one is of that kind too.
    fn custom(&self, name: &str, r: &Recommendation) -> Result<Change, Refusal> {
        let key = format!("custom.{name}");
        let path: Vec<&str> = name.split('.').collect();
        let old = path.iter().try_fold(None, |at: Option<&toml::Value>, part| {
            let table = at.map_or(Some(&r.custom), toml::Value::as_table)?;
            table.get(*part).map(Some)
        });
        match (&self.op, old.flatten()) {
            (Op::Unset, _) => Ok(Change::Unset { key }),
            (Op::Add(item), _) => Ok(Change::AddTo { key, item: item.trim().to_owned() }),
            (Op::Remove(item), _) => Ok(Change::RemoveFrom { key, item: item.trim().to_owned() }),
            (Op::Set(text), old) => {
                let text = text.trim();
                let items = || text.split(';').map(|item| item.trim().to_owned()).collect();
                let same_kind = match old {
                    Some(toml::Value::Integer(_) | toml::Value::Float(_)) => number(text),
                    Some(toml::Value::Boolean(_)) => truth(text).map(Value::Boolean),
                    Some(toml::Value::Datetime(_)) => text.parse().ok().map(Value::Date),
                    Some(toml::Value::Array(_)) => Some(Value::List(items())),
                    _ => None,
                };
                Ok(Change::Set { key, value: same_kind.unwrap_or_else(|| Value::from(text)) })
            }
        }
    }
}

/// Yes or no, as people and TOML say it.
fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// A number, whole if it can be.
fn number(text: &str) -> Option<Value> {
    let decimal = || text.parse().ok().filter(|n: &f64| n.is_finite()).map(Value::Float);
    text.parse().ok().map(Value::Integer).or_else(decimal)
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
    set.map(|a| a.key.as_str()).find(|key| !seen.insert(*key))
}

/// The changes that assignments make, each held to the recommendation as it is. Lists gain before they lose,
/// so that an owner can take over from another.
///
/// # Errors
/// All that are refused.
pub fn changes(
    assignments: &[Assignment],
    plan: &Plan,
    r: &Recommendation,
) -> Result<Vec<Change>, Vec<Refusal>> {
    let adds = |a: &&Assignment| matches!(a.op, Op::Add(_));
    let mut after = r.clone();
    for name in assignments.iter().filter(adds).filter(|a| a.key.eq_ignore_ascii_case("owners")) {
        if let Op::Add(name) = &name.op {
            after.owners.push(Word::unresolved(name.trim()));
        }
    }
    let gain = assignments.iter().filter(adds).map(|assignment| assignment.change(plan, r));
    let rest = assignments.iter().filter(|a| !adds(a));
    let all = gain.chain(rest.map(|assignment| match assignment.op {
        Op::Remove(_) => assignment.change(plan, &after),
        _ => assignment.change(plan, r),
    }));
    let (changes, refusals): (Vec<_>, Vec<_>) = all.partition(Result::is_ok);
    let refusals: Vec<Refusal> = refusals.into_iter().filter_map(Result::err).collect();
    if refusals.is_empty() { Ok(changes.into_iter().flatten().collect()) } else { Err(refusals) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;
    use crate::rules::example;
    use crate::store::Content;

    const FILE: &str = "id = \"7\"\ntitle = \"x\"\nowners = [\"Chief Constable\"]\ndeadline = 2025-03-27\ncustom = { n = 1, share = 0.5, yes = true, regions = [\"South\"], seen = 2025-01-01 }\ntext = \"x\"\n";
    const PART: &str = "id = \"7.1\"\nparent = \"7\"\ntitle = \"x\"\ntext = \"x\"\n";

    fn told(assignment: &str, id: &str) -> String {
        let files = [("07-x.toml", Content::Text(FILE)), ("7.1-x.toml", Content::Text(PART))];
        let plan = example::plan(&files).expect("a plan");
        let r = plan.get(&Id::new(id)).expect("a recommendation");
        let assignment = Assignment::parse(assignment).expect("an assignment");
        match assignment.change(&plan, r) {
            Ok(change) => format!("{change:?}"),
            Err(refusal) => refusal.to_string(),
        }
    }

    #[test]
    fn what_is_typed_is_held_to_the_plan() {
        let all = [
            "status=on track",
            "status=On Trak",
            "status=",
            "rag=amber",
            "RAG+=Red",
            "owners+=opcc",
            "owners+=Chief Constables",
            "owners-=Chief Constables",
            "owners=OPCC; chief constable;OPCC",
            "owners=",
            "owners+=NPCC",
            "deadline=2025-09-27",
            "forecast=27 Mar 2025",
            "issued=soon",
            "depends_on+=7.1",
            "depends_on+=9",
            "title=",
            "id=8",
            "update=x",
            "titel=x",
            "custom.n=2",
            "custom.n=two",
            "custom.theatre=East",
            "Custom.Board Minute=12 (a)",
            "custom.share=0.75",
            "custom.share=half",
            "custom.yes=FALSE",
            "custom.yes=no",
            "custom.regions=North; East",
            "custom.seen=2025-04-01",
            "forecast=2025-02-30",
            "theme=two\nlines",
            "milestones=x",
            "zzz=x",
            "evidence=x",
        ];
        let lines = all.iter().map(|text| format!("{text}\n    {}\n", told(text, "7")));
        insta::assert_snapshot!(lines.collect::<String>(), @r#"
        status=on track
            Set { key: "status", value: String("On Track") }
        status=On Trak
            unknown status `On Trak`: did you mean `On Track`?
        status=
            Unset { key: "status" }
        rag=amber
            Set { key: "rag", value: String("Amber") }
        RAG+=Red
            `rag` is no list: write rag=...
        owners+=opcc
            AddTo { key: "owners", item: "OPCC" }
        owners+=Chief Constables
            7 is owned by Chief Constables already
        owners-=Chief Constables
            7 would have no owner left: add the new one first
        owners=OPCC; chief constable;OPCC
            Set { key: "owners", value: List(["OPCC", "Chief Constables"]) }
        owners=
            7 would have no owner: only a part has its parent's
        owners+=NPCC
            unknown owner `NPCC`: did you mean `OPCC`?
        deadline=2025-09-27
            7 has the deadline 27 Mar 2025, and a deadline moves with a reason: `plan extend 7 --to DATE --reason ... --approved-by ...`
        forecast=27 Mar 2025
            `27 Mar 2025` is no date: write it as 2025-03-27
        issued=soon
            `soon` is no date: write a day that there is as YYYY-MM-DD: 2025-03-27
        depends_on+=7.1
            AddTo { key: "depends_on", item: "7.1" }
        depends_on+=9
            unknown recommendation `9`; there are: 7, 7.1
        title=
            every recommendation has a title
        id=8
            an id stays as it is: others refer to it; `printed_id` and `aliases` hold other numbers
        update=x
            `plan update 7` adds an update
        titel=x
            unknown key `titel`: did you mean `title`?
        custom.n=2
            Set { key: "custom.n", value: Integer(2) }
        custom.n=two
            Set { key: "custom.n", value: String("two") }
        custom.theatre=East
            Set { key: "custom.theatre", value: String("East") }
        Custom.Board Minute=12 (a)
            Set { key: "custom.Board Minute", value: String("12 (a)") }
        custom.share=0.75
            Set { key: "custom.share", value: Float(0.75) }
        custom.share=half
            Set { key: "custom.share", value: String("half") }
        custom.yes=FALSE
            Set { key: "custom.yes", value: Boolean(false) }
        custom.yes=no
            Set { key: "custom.yes", value: Boolean(false) }
        custom.regions=North; East
            Set { key: "custom.regions", value: List(["North", "East"]) }
        custom.seen=2025-04-01
            Set { key: "custom.seen", value: Date(2025-04-01) }
        forecast=2025-02-30
            `2025-02-30` is no date: write a day that there is as YYYY-MM-DD: 2025-03-27
        theme=two
        lines
            `theme` is one line, and this is several
        milestones=x
            unknown key `milestones`: did you mean `milestone`?
        zzz=x
            unknown key `zzz`; there are: printed_id, parent, aliases, title, theme, priority, origin, owners, lead, issued, deadline, forecast, response, rag, status, mitigation, depends_on, custom, text
        evidence=x
            `evidence` has keys of its own, below [[evidence]]: edit the file
        "#);
        insta::assert_snapshot!(told("deadline=2025-09-27", "7.1"), @r#"Set { key: "deadline", value: Deadline(On(2025-09-27)) }"#);
        insta::assert_snapshot!(told("owners=", "7.1"), @r#"Unset { key: "owners" }"#);
    }

    #[test]
    fn an_id_is_no_assignment() {
        for id in ["7", "plan:7", "SR (25/26) 01", "=x", "a b=c", "id:A=1", "printed:A=1"] {
            assert_eq!(Assignment::parse(id), None, "{id}");
        }
    }
}
