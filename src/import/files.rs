//! A plan that was understood, as the files in which it is kept.

use super::understand::{LevelFound, StatusFound, Understood};
use crate::edit::{self, Change, EditError, Value, fmt};
use crate::model::{Deadline, Done, Phase, Recommendation, file_name};
use std::collections::BTreeMap;

/// A file of a plan: its name in the plan's folder, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFile {
    /// The name.
    pub name: String,
    /// The text.
    pub text: String,
}

/// The files of a plan, plan.toml first. `title` is what it is called where the document does not say.
///
/// # Errors
/// Where what was understood cannot be written as TOML that says the same.
pub fn files(plan: &Understood, title: &str) -> Result<Vec<PlanFile>, EditError> {
    let mut files = vec![PlanFile { name: "plan.toml".to_owned(), text: head(plan, title) }];
    let mut names = BTreeMap::new();
    for r in &plan.recommendations {
        let name = name(r, &mut names);
        files.push(PlanFile { name, text: recommendation(r)? });
    }
    Ok(files)
}

/// The name of a recommendation's file; of several that would have the same one, each has a number.
fn name(r: &Recommendation, taken: &mut BTreeMap<String, usize>) -> String {
    let plain = file_name(&r.id, &r.title);
    let stem = plain.trim_end_matches(".toml").to_owned();
    let times = taken.entry(stem.clone()).or_default();
    *times += 1;
    match *times {
        1 => plain,
        n => {
            let numbered = format!("{stem}-{n}");
            // Another's title may end in that number.
            if taken.contains_key(&numbered) {
                return name(r, taken);
            }
            taken.insert(numbered.clone(), 1);
            format!("{numbered}.toml")
        }
    }
}

fn string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    format!("[{}]", items.join(", "))
}

/// The text of plan.toml.
fn head(plan: &Understood, title: &str) -> String {
    let about = &plan.about;
    let mut text = String::new();
    let mut key = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{name} = {value}\n"));
        }
    };
    key("title", Some(string(about.title.as_deref().unwrap_or(title))));
    key("organisation", about.organisation.as_deref().map(string));
    key("source", about.source.as_deref().map(string));
    key("published", about.published.map(|date| date.to_string()));
    key("lead", about.lead.as_deref().map(string));
    key("governance", about.governance.as_deref().map(string));
    key("review_date", about.review_date.map(|date| date.to_string()));
    if !about.above.is_empty() {
        key("# What stands at the top of the document may be\n# priorities", Some(list(&about.above)));
    }
    key("priorities", Some(list(&about.priorities)).filter(|_| !about.priorities.is_empty()));
    key("numbering_note", plan.numbering_note.as_deref().map(string));
    for owner in &plan.owners {
        text.push_str(&format!("\n[[owner]]\nname = {}\n", string(&owner.name)));
        if !owner.aliases.is_empty() {
            text.push_str(&format!("aliases = {}\n", list(&owner.aliases)));
        }
    }
    plan.levels.iter().for_each(|level| text.push_str(&rag(level)));
    plan.statuses.iter().for_each(|found| text.push_str(&status(found)));
    // At the end: before a table a comment is the table's own.
    if plan.levels.is_empty() {
        text.push_str(NO_LEVELS);
    }
    if plan.statuses.is_empty() {
        text.push_str(NO_STATUSES);
    }
    text
}

/// The way on where the document has no RAG.
const NO_LEVELS: &str = "
# The document has no RAG. Where you use one, say what each level means:
#
#   [[rag]]
#   name = \"Red\"
#   colour = \"red\"
#   meaning = \"Will not be done by its deadline.\"
#   outlook = \"miss\"        # miss, at-risk, meet or met
";

/// The way on where the document has no statuses.
const NO_STATUSES: &str = "
# The document has no statuses. Where you use some, say which of them ends a recommendation:
#
#   [[status]]
#   name = \"Complete\"
#   phase = \"done\"          # open, done or dropped
#   outlook = \"met\"
";

fn rag(level: &LevelFound) -> String {
    let mut text = format!("\n[[rag]]\nname = {}\n", string(&level.name));
    if let Some(colour) = level.colour {
        text.push_str(&format!("colour = {}\n", string(colour.name())));
    }
    if let Some(meaning) = &level.meaning {
        text.push_str(&format!("meaning = {}\n", string(meaning)));
    }
    match level.outlook {
        Some(outlook) => text.push_str(&format!("outlook = {}\n", string(outlook.name()))),
        None => text.push_str(
            "# What does it say of the deadline? Then outlook = \"miss\", \"at-risk\", \"meet\" or \"met\"; nothing, \
             if nothing.\n",
        ),
    }
    text
}

fn status(status: &StatusFound) -> String {
    let mut text = format!("\n[[status]]\nname = {}\n", string(&status.name));
    if let Some(meaning) = &status.meaning {
        text.push_str(&format!("meaning = {}\n", string(meaning)));
    }
    match status.phase {
        Some(Phase::Done) => text.push_str("phase = \"done\"\n"),
        Some(Phase::Dropped) => text.push_str("phase = \"dropped\"\n"),
        Some(Phase::Open | Phase::Elsewhere) => {}
        None => text.push_str(
            "# Is it the end of a recommendation? Then phase = \"done\" or \"dropped\"; open, as it is now, needs \
             no phase.\n",
        ),
    }
    if let Some(outlook) = status.outlook {
        text.push_str(&format!("outlook = {}\n", string(outlook.name())));
    }
    text
}

/// The text of a recommendation's file.
fn recommendation(r: &Recommendation) -> Result<String, EditError> {
    let mut changes = Vec::new();
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            changes.push(Change::Set { key: key.to_owned(), value });
        }
    };
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    set("printed_id", r.printed_id.as_ref().map(|id| Value::from(id.as_str())));
    set("parent", r.parent.as_ref().map(|id| Value::from(id.as_str())));
    set("theme", text(&r.theme));
    set("priority", text(&r.priority));
    set("origin", text(&r.origin));
    let owners: Vec<String> = r.owners.iter().map(|owner| owner.name().to_owned()).collect();
    set("owners", Some(Value::List(owners)).filter(|_| !r.owners.is_empty()));
    set("lead", text(&r.lead));
    set("issued", r.issued.map(Value::from));
    set("deadline", r.deadline.clone().map(Value::from));
    set("forecast", r.forecast.clone().map(Value::from));
    set("response", text(&r.response));
    set("rag", r.rag.as_ref().map(|word| Value::from(word.name())));
    set("status", r.status.as_ref().map(|word| Value::from(word.name())));
    set("mitigation", text(&r.mitigation));
    // A sheet may have a thousand columns of its own: they stand there from the start, a line each.
    let mut own = String::new();
    for (key, value) in &r.custom {
        match value {
            toml::Value::String(text) if text.contains('\n') => {
                set(&format!("custom.{key}"), Some(Value::from(text.as_str())));
            }
            toml::Value::String(text) => own.push_str(&format!("custom.{key} = {}\n", string(text))),
            _ => {}
        }
    }
    set("text", Some(Value::from(r.text.as_str())).filter(|_| !r.text.is_empty()));
    if let Some(closure) = &r.closure {
        set("closure.on", closure.on.map(Value::from));
    }
    changes.extend(tables(r));
    // What is required stands there from the start; what the document does not have is a finding, not an empty string.
    let required = if r.text.is_empty() { "" } else { "\ntext = \"\"\"\n\"\"\"\n" };
    let start = format!("id = {}\ntitle = {}\n{own}{required}", string(r.id.as_str()), string(&r.title));
    fmt::recommendation(&edit::apply(&start, &changes)?, None)
}

/// The tables of a recommendation.
fn tables(r: &Recommendation) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut append = |table: &'static str, entries: Vec<(&'static str, Option<Value>)>| {
        let entries = entries.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        changes.push(Change::Append { table, entries });
    };
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    for milestone in &r.milestones {
        let done = match milestone.done {
            Done::No => None,
            Done::Undated => Some(Value::Boolean(true)),
            Done::On(date) => Some(Value::from(date)),
        };
        let due = milestone.due.clone().map(|due: Deadline| Value::from(due));
        append(
            "milestone",
            vec![("title", Some(Value::from(milestone.title.as_str()))), ("due", due), ("done", done)],
        );
    }
    for answer in &r.answers {
        append(
            "answer",
            vec![
                ("owner", Some(Value::from(answer.owner.name()))),
                ("response", text(&answer.response)),
                ("rag", answer.rag.as_ref().map(|word| Value::from(word.name()))),
                ("status", answer.status.as_ref().map(|word| Value::from(word.name()))),
                ("on", answer.on.map(Value::from)),
                ("text", text(&answer.text)),
            ],
        );
    }
    for update in &r.updates {
        append(
            "update",
            vec![
                ("date", update.date.map(Value::from)),
                ("period", text(&update.period)),
                ("by", text(&update.by)),
                ("rag", update.rag.as_ref().map(|word| Value::from(word.name()))),
                ("status", update.status.as_ref().map(|word| Value::from(word.name()))),
                ("text", text(&update.text)),
            ],
        );
    }
    for evidence in &r.evidence {
        append(
            "evidence",
            vec![("title", Some(Value::from(evidence.title.as_str()))), ("ref", text(&evidence.reference))],
        );
    }
    changes
}
