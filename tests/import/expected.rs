//! What must come of a document, and what came of it.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// `expected.json`: by document, what must come of it.
pub(crate) struct Expected(serde_json::Map<String, Value>);

/// A plan that was imported.
pub(crate) struct Imported {
    pub(crate) head: toml::Table,
    /// In the order of the files' names.
    pub(crate) recommendations: Vec<toml::Table>,
    /// What the program said.
    pub(crate) account: String,
    /// The text of every file.
    pub(crate) texts: Vec<String>,
}

/// Runs `plan import` on a document in a folder of its own.
pub(crate) fn import(document: &Path, by_position: bool, into: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command
        .env_clear()
        // What a document says of a month hangs on whether it is past.
        .env("PLAN_AS_OF", "2026-11-25")
        .current_dir(into)
        .stdin(Stdio::null())
        .arg("import")
        .arg(document)
        .args(["--as", "it"]);
    if by_position {
        command.args(["--number-by", "position"]);
    }
    command.output().expect("the program can be run")
}

/// The rules of which `plan validate` finds errors in what a document becomes.
pub(crate) fn faults(folder: &Path, name: &str, by_position: bool) -> Vec<String> {
    let scratch = TempDir::new().expect("a folder");
    let output = import(&folder.join(name), by_position, scratch.path());
    assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.env_clear().current_dir(scratch.path()).stdin(Stdio::null());
    let output = command.args(["validate", "--format", "json"]).output().expect("the program can be run");
    let found: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let findings = found["findings"].as_array().expect("a list of findings");
    let errors = findings.iter().filter(|finding| finding["severity"] == "error");
    errors.map(|finding| finding["rule"].as_str().unwrap_or_default().to_owned()).collect()
}

impl Imported {
    /// Imports a document.
    pub(crate) fn of(folder: &Path, name: &str, by_position: bool) -> Result<Self, String> {
        let scratch = TempDir::new().expect("a folder");
        let output = import(&folder.join(name), by_position, scratch.path());
        if output.status.code() != Some(0) {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let mut imported = Self::in_folder(&scratch.path().join("plans/it"));
        imported.account = String::from_utf8(output.stdout).expect("the account is UTF-8");
        Ok(imported)
    }

    /// The plan in a folder.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let mut files: Vec<_> =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        let texts: Vec<String> =
            files.iter().map(|file| fs::read_to_string(file).expect("a file that can be read")).collect();
        let tables: Vec<toml::Table> = texts.iter().map(|text| text.parse().expect("it is TOML")).collect();
        let (recommendations, heads): (Vec<_>, Vec<_>) =
            tables.into_iter().partition(|table| table.contains_key("id"));
        let head = heads.into_iter().next().expect("a plan.toml");
        Self { head, recommendations, account: String::new(), texts }
    }
}

impl Expected {
    pub(crate) fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("expected.json")).expect("what is expected");
        Self(serde_json::from_str(&text).expect("it is JSON"))
    }

    /// The documents that must be read.
    pub(crate) fn good(&self) -> impl Iterator<Item = &str> {
        let is_good = |(_, of): &(&String, &Value)| of["refused"].is_null() && of["either"].is_null();
        self.0.iter().filter(is_good).map(|(name, _)| name.as_str())
    }

    /// The documents that must be refused, or may be; with whether they must.
    pub(crate) fn odd(&self) -> impl Iterator<Item = (&str, bool)> {
        self.0
            .iter()
            .filter(|(_, of)| !of["refused"].is_null() || !of["either"].is_null())
            .map(|(name, of)| (name.as_str(), !of["refused"].is_null()))
    }

    pub(crate) fn by_position(&self, name: &str) -> bool {
        self.0[name]["number_by"] == "position"
    }

    /// The rows of a document, or of the one that has the same.
    fn rows(&self, name: &str) -> Vec<Value> {
        let own = &self.0[name];
        let rows = own["rows_of"].as_str().map_or(&own["rows"], |other| &self.0[other]["rows"]);
        rows.as_array().cloned().unwrap_or_default()
    }

    /// How what was imported differs from what must come of the document.
    pub(crate) fn differences(&self, name: &str, imported: &Imported) -> Vec<String> {
        let mut differences = Vec::new();
        let rows = self.rows(name);
        if rows.len() != imported.recommendations.len() {
            differences.push(format!(
                "{name}: {} rows, {} files",
                rows.len(),
                imported.recommendations.len()
            ));
        }
        let mut free: Vec<&toml::Table> = imported.recommendations.iter().collect();
        for row in &rows {
            // Of two with one number, the one of the same text.
            let text = row["text"][0].as_str().unwrap_or_default();
            let id = row["id"].as_str();
            let is = |r: &&&toml::Table| {
                let own = r["id"].as_str();
                let begins = paragraphs(&string(r, "text")).first().is_some_and(|first| first == text);
                begins && (own == id || id.is_none() && own.is_some_and(|own| own.starts_with("row-")))
            };
            let Some(at) = free.iter().position(|r| is(&r)) else {
                differences.push(format!("{name}: no {id:?} that begins with \"{text}\""));
                continue;
            };
            let found = free.remove(at);
            differences.extend(
                row_differences(row, found).into_iter().map(|d| format!("{name}, {}: {d}", row["id"])),
            );
        }
        differences.extend(
            head_differences(&self.0[name]["plan"], imported).into_iter().map(|d| format!("{name}: {d}")),
        );
        for number in self.0[name]["repeated"].as_array().into_iter().flatten() {
            let told = format!("{} is printed", number.as_str().unwrap_or_default());
            if !imported.account.contains(&told) {
                differences.push(format!("{name}: the account does not say that {told} twice"));
            }
        }
        let without = self.0[name]["missing_numbers"].as_u64().unwrap_or(0);
        // The account is wrapped: its lines are put together again.
        let account = imported.account.split_whitespace().collect::<Vec<_>>().join(" ");
        if account.matches("it has no number").count() as u64 != without {
            differences.push(format!("{name}: the account does not say of {without} that it has no number"));
        }
        differences
    }
}

fn string(table: &toml::Table, key: &str) -> String {
    table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
}

fn tables<'t>(table: &'t toml::Table, key: &str) -> Vec<&'t toml::Table> {
    table
        .get(key)
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_table)
        .collect()
}

/// A deadline's day, and its words.
fn deadline(value: Option<&toml::Value>) -> (Option<String>, Option<String>) {
    match value {
        Some(toml::Value::Datetime(day)) => (Some(day.to_string()), None),
        Some(toml::Value::Table(table)) => {
            let words = table.get("wording").and_then(toml::Value::as_str).map(str::to_owned);
            (table.get("date").map(ToString::to_string), words)
        }
        _ => (None, None),
    }
}

/// The paragraphs and items of CommonMark, as one reads them.
pub(crate) fn paragraphs(markdown: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Parser, Tag};
    let mut seen = vec![String::new()];
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                if let Some(last) = seen.last_mut() {
                    last.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => seen.push(String::new()),
            Event::Start(Tag::Item | Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_)) => {
                seen.push(String::new());
            }
            _ => {}
        }
    }
    seen.retain(|text| !text.is_empty());
    seen
}

/// How many items of lists there are in CommonMark.
fn items(markdown: &str) -> usize {
    use pulldown_cmark::{Event, Parser, Tag};
    Parser::new(markdown).filter(|event| matches!(event, Event::Start(Tag::Item))).count()
}

/// The facts of a recommendation that are the same whatever words it is put in.
pub(crate) fn facts(r: &toml::Table) -> String {
    let updates = tables(r, "update");
    let of = |key: &str, count: fn(&str) -> usize| {
        updates.iter().map(|update| count(&string(update, key))).sum::<usize>()
    };
    let dues: Vec<_> =
        tables(r, "milestone").iter().map(|milestone| deadline(milestone.get("due")).0).collect();
    let (date, words) = deadline(r.get("deadline"));
    format!(
        "{} printed {}: {} by {date:?}{}, {dues:?}, {} {}, {} items, {} update paragraphs with {} items, {:?}",
        r["id"],
        string(r, "printed_id"),
        r["owners"],
        if date.is_none() && words.is_some() { " in words" } else { "" },
        string(r, "rag"),
        string(r, "status"),
        items(&string(r, "text")),
        of("text", |text| paragraphs(text).len()),
        of("text", items),
        tables(r, "evidence").iter().map(|evidence| string(evidence, "title")).collect::<Vec<_>>(),
    )
}

fn row_differences(row: &Value, r: &toml::Table) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: String, found: String| {
        if expected != found {
            differences.push(format!("{what} {found} instead of {expected}"));
        }
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let strings = |value: &Value| {
        list(value).iter().map(|v| v.as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let own: Vec<String> = r
        .get("owners")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|owner| owner.as_str().map(str::to_owned))
        .collect();
    compare("owners", format!("{:?}", strings(&row["owners"])), format!("{own:?}"));
    for key in ["rag", "status", "theme", "response"] {
        if row.get(key).is_some() {
            compare(key, row[key].as_str().unwrap_or_default().to_owned(), string(r, key));
        }
    }
    if let Some(issued) = row.get("issued") {
        let own = r.get("issued").map(ToString::to_string).unwrap_or_default();
        compare("issued", issued.as_str().unwrap_or_default().to_owned(), own);
    }
    let due = |value: &Value, own: Option<&toml::Value>| {
        let (date, words) = deadline(own);
        let expected = value["date"].as_str().map(str::to_owned);
        // Where nobody can be sure of the day, the words alone are as good.
        let is_unsure = value["sure"] == false && date.is_none() && words.is_some();
        let expected = if is_unsure { None } else { expected };
        let has_words = value["wording"].is_string() && expected.is_none();
        (format!("{expected:?} {has_words}"), format!("{date:?} {}", date.is_none() && words.is_some()))
    };
    let (expected, found) = due(&row["deadline"], r.get("deadline"));
    compare("deadline", expected, found);
    let milestones = tables(r, "milestone");
    compare("milestones", list(&row["milestones"]).len().to_string(), milestones.len().to_string());
    for (expected, milestone) in list(&row["milestones"]).iter().zip(&milestones) {
        let (expected, found) = due(expected, milestone.get("due"));
        compare("milestone", expected, found);
    }
    let updates = tables(r, "update");
    if row.get("dated_statuses").is_some() {
        let dated =
            updates.iter().filter(|update| update.contains_key("date") && update.contains_key("status"));
        let dated: Vec<_> =
            dated.map(|update| (update["date"].to_string(), string(update, "status"))).collect();
        let expected = list(&row["dated_statuses"]);
        let expected: Vec<_> = expected
            .iter()
            .map(|one| {
                (
                    one["date"].as_str().unwrap_or_default().to_owned(),
                    one["status"].as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect();
        compare("dated statuses", format!("{expected:?}"), format!("{dated:?}"));
    }
    compare(
        "text",
        format!("{:#?}", strings(&row["text"])),
        format!("{:#?}", paragraphs(&string(r, "text"))),
    );
    compare("items", row["text_bullets"].to_string(), items(&string(r, "text")).to_string());
    let told: Vec<String> = updates.iter().flat_map(|update| paragraphs(&string(update, "text"))).collect();
    // The sign of a footnote stands in the text that it belongs to.
    let told: Vec<String> = told.iter().map(|text| text.trim_end_matches("[1]").to_owned()).collect();
    compare("updates", format!("{:#?}", strings(&row["updates"])), format!("{told:#?}"));
    let evidence: Vec<String> =
        tables(r, "evidence").iter().map(|evidence| string(evidence, "title")).collect();
    compare("evidence", format!("{:?}", strings(&row["evidence"])), format!("{evidence:?}"));
    for (key, value) in row["custom"].as_object().into_iter().flatten() {
        let own = r.get("custom").and_then(toml::Value::as_table).map(|custom| string(custom, key));
        compare(key, value.as_str().unwrap_or_default().to_owned(), own.unwrap_or_default());
    }
    differences
}

fn head_differences(plan: &Value, imported: &Imported) -> Vec<String> {
    let mut differences = Vec::new();
    for (key, expected) in plan.as_object().into_iter().flatten() {
        let found = match (key.as_str(), expected) {
            ("rag" | "status", Value::Array(words)) => {
                let own: Vec<(String, String)> = tables(&imported.head, key)
                    .iter()
                    .map(|word| (string(word, "name"), string(word, "meaning")))
                    .collect();
                let words = words.iter().map(|word| {
                    let part = |at: usize| word[at].as_str().unwrap_or_default().to_owned();
                    (part(0), part(1))
                });
                let missing: Vec<_> = words.filter(|word| !own.contains(word)).collect();
                if missing.is_empty() { continue } else { format!("{own:?}, without {missing:?}") }
            }
            // What stands at the top may be priorities: nobody says so, and it is kept as a comment.
            ("priorities", Value::Array(lines)) => {
                let head =
                    imported.texts.iter().find(|text| text.starts_with("title")).cloned().unwrap_or_default();
                let lines = lines.iter().filter_map(Value::as_str);
                let missing: Vec<&str> = lines.filter(|line| !head.contains(line)).collect();
                if missing.is_empty() { continue } else { format!("without {missing:?}") }
            }
            (_, Value::String(expected)) => {
                let own = imported
                    .head
                    .get(key)
                    .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                if own.as_ref() == Some(expected) { continue } else { format!("{own:?}") }
            }
            _ => continue,
        };
        differences.push(format!("{key} is {found} instead of {expected}"));
    }
    differences
}
