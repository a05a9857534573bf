//! One recommendation whole, for people: in a terminal, and as Markdown.

use super::columns::Column;
use super::style::Tone;
use super::table::Cell;
use super::{Look, deadline, markdown, paper, prose, wrap};
use crate::model::{Deadline, Done, Phase, Update, Visibility, Word};
use crate::query::Whole;
use crate::visible::one_line;
use crate::wording::{day, days};
use chrono::NaiveDate;
use std::io::{self, Write};

/// Names and values that say how a recommendation stands, in the order in which they are told.
fn facts(whole: &Whole<'_>) -> Vec<(String, Cell)> {
    let (item, r) = (whole.item, whole.recommendation);
    let standing = &item.standing;
    let mut facts: Vec<(String, Cell)> = Vec::new();
    let mut add = |name: &str, cell: Cell| facts.push((name.to_owned(), cell));
    let text = |text: &str| Cell::new(one_line(text));
    let ids = |ids: &[crate::model::Id]| ids.iter().map(|i| i.as_str()).collect::<Vec<_>>().join(", ");
    let owners: Vec<&str> = r.owners.iter().map(Word::name).collect();
    let parent = r.parent.as_ref().map(|p| p.to_string()).unwrap_or_default();
    let inherited = |yes: bool, cell: Cell| match (yes, &cell.aside) {
        (false, _) => cell,
        (true, Some(aside)) => {
            let aside = format!("{aside}, from {parent}");
            cell.aside(aside)
        }
        (true, None) => cell.aside(format!("from {parent}")),
    };
    let apart = |reported: bool, answered: bool, cell: Cell| {
        if reported || !answered { cell } else { cell.aside("the owners answer apart") }
    };
    if owners.is_empty() {
        add("Owner", Cell::new("nobody").tone(Tone::Bad));
    } else {
        let name = if owners.len() == 1 { "Owner" } else { "Owners" };
        add(name, inherited(r.owners_inherited, text(&owners.join(", "))));
    }
    if let Some(lead) = &r.lead {
        add("Lead", text(lead));
    }
    let mut cell = Column::Deadline.cell(item);
    if let Some(deadline @ Deadline::Worded { .. }) = &r.deadline {
        cell.main = one_line(&super::deadline(deadline)).into_owned();
    }
    add("Deadline", inherited(r.deadline_inherited, cell));
    if let Some(original) = standing.original_due {
        add("Originally", Cell::new(day(original)));
    }
    if let Some(forecast) = &r.forecast {
        add("Forecast", text(&deadline(forecast)));
    }
    if let Some(next) = standing.next_due.filter(|next| Some(*next) != standing.due) {
        add("Next due", Cell::new(day(next)));
    }
    let rag = Column::Rag.cell(item);
    add("RAG", apart(r.rag.is_some() || rag.aside.is_some(), r.answers.iter().any(|a| a.rag.is_some()), rag));
    let answered = r.answers.iter().any(|a| a.status.is_some());
    add("Status", apart(r.status.is_some(), answered, Column::Status.cell(item)));
    if standing.phase != Phase::Elsewhere {
        let phase = match standing.last_update {
            Some(date) => format!("{}, last updated {}", standing.phase, day(date)),
            // Of what is done or dropped no update is expected.
            None if standing.phase != Phase::Open => standing.phase.to_string(),
            None if r.updates.is_empty() => format!("{}, never updated", standing.phase),
            None => format!("{}, updates undated", standing.phase),
        };
        add("Phase", Cell::new(phase));
    }
    for (name, value) in [
        ("Response", &r.response),
        ("Mitigation", &r.mitigation),
        ("Theme", &r.theme),
        ("Priority", &r.priority),
        ("Origin", &r.origin),
    ] {
        if let Some(value) = value {
            add(name, text(value));
        }
    }
    if let Some(issued) = r.issued {
        add("Issued", Cell::new(day(issued)));
    }
    if let Some(printed) = &r.printed_id {
        add("Printed as", text(printed.as_str()));
    }
    if let Some(parent) = &r.parent {
        add("Part of", text(parent.as_str()));
    }
    if !whole.parts.is_empty() {
        add("Parts", text(&whole.parts.join(", ")));
    }
    if !r.aliases.is_empty() {
        add("Also known as", text(&ids(&r.aliases)));
    }
    if !r.depends_on.is_empty() {
        add("Depends on", text(&ids(&r.depends_on)));
    }
    for (name, value) in custom(&r.custom, "custom") {
        add(&name, text(&value));
    }
    if let Some(closure) = &r.closure {
        let by = closure.by.as_ref().map(|by| format!("by {by}"));
        let words: Vec<String> = [closure.on.map(day), by].into_iter().flatten().collect();
        if !words.is_empty() {
            add("Closed", text(&words.join(", ")));
        }
        if let Some(reason) = &closure.reason {
            add("Reason", text(reason));
        }
    }
    add("File", text(whole.path));
    facts
}

/// Names and values of somebody's own columns, the tables among them opened up.
fn custom(table: &toml::Table, path: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, value) in table {
        let name = format!("{path}.{}", one_line(name));
        match value {
            toml::Value::Table(inner) => all.extend(custom(inner, &name)),
            toml::Value::String(s) => all.push((name, s.clone())),
            other => all.push((name, other.to_string())),
        }
    }
    all
}

/// A heading and the lines below it.
struct Section {
    heading: String,
    entries: Vec<Entry>,
}

/// A line, and the prose below it.
struct Entry {
    line: Cell,
    prose: Option<String>,
}

impl Entry {
    fn new(line: impl Into<String>) -> Self {
        Self { line: Cell::new(one_line(&line.into())), prose: None }
    }
}

fn sections(whole: &Whole<'_>) -> Vec<Section> {
    let Whole { recommendation: r, visibility: default, today, .. } = *whole;
    let mut sections = Vec::new();
    let mut add = |heading: String, entries: Vec<Entry>| {
        if !entries.is_empty() {
            sections.push(Section { heading, entries });
        }
    };
    add("Milestones".to_owned(), r.milestones.iter().map(|m| milestone(m, today)).collect());
    add("Extensions".to_owned(), r.extensions.iter().map(extension).collect());
    add("Answers".to_owned(), r.answers.iter().map(answer).collect());
    add("Assurance".to_owned(), r.assurance.iter().map(assurance).collect());
    let evidence = r.evidence.iter().map(|e| {
        let reference = e.reference.as_ref().map_or_else(String::new, |r| format!(" ({r})"));
        Entry::new(format!("{}{reference}{}", e.title, shown(e.visibility, default)))
    });
    add("Evidence".to_owned(), evidence.collect());
    let heading = if r.updates.len() > 1 { "Updates, newest first" } else { "Update" };
    add(heading.to_owned(), r.updates.iter().rev().map(|u| update(u, default)).collect());
    sections
}

/// What is said of who may read something: only where it is not what the plan says of everything.
fn shown(visibility: Option<Visibility>, default: Visibility) -> String {
    match visibility.filter(|v| *v != default) {
        Some(visibility) => format!(" [{visibility}]"),
        None => String::new(),
    }
}

fn milestone(m: &crate::model::Milestone, today: NaiveDate) -> Entry {
    let (done, tone) = match m.done {
        Done::On(date) => (format!("done {}", day(date)), Tone::Good),
        Done::Undated => ("done, date not recorded".to_owned(), Tone::Good),
        Done::No if m.due_date().is_some_and(|d| d < today) => ("missed".to_owned(), Tone::Bad),
        Done::No => ("open".to_owned(), Tone::Plain),
    };
    let mut entry = Entry::new(format!("{}: {done}", m.title));
    entry.line.tone = tone;
    entry.prose = m.due.as_ref().map(|due| format!("due {}", deadline(due)));
    entry
}

fn extension(e: &crate::model::Extension) -> Entry {
    let milestone = e.milestone.as_ref().map_or_else(String::new, |m| format!("{m}: "));
    let moved = match (e.from.date(), e.to.date()) {
        (Some(from), Some(to)) if to >= from => format!(", {} later", days((to - from).num_days())),
        (Some(from), Some(to)) => format!(", {} earlier", days((from - to).num_days())),
        _ => String::new(),
    };
    let on = e.on.map_or_else(String::new, |on| format!(", on {}", day(on)));
    let by = e
        .approved_by
        .as_ref()
        .map_or_else(|| ", approval not recorded".to_owned(), |by| format!(", approved by {by}"));
    let mut entry =
        Entry::new(format!("{milestone}{} → {}{moved}{on}{by}", deadline(&e.from), deadline(&e.to)));
    entry.prose = Some(e.reason.clone());
    entry
}

fn answer(a: &crate::model::Answer) -> Entry {
    let words = [a.response.as_deref(), a.rag.as_ref().map(Word::name), a.status.as_ref().map(Word::name)];
    let mut words: Vec<String> = words.into_iter().flatten().map(str::to_owned).collect();
    words.extend(a.on.map(|on| format!("on {}", day(on))));
    let said = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
    let mut entry = Entry::new(format!("{}{said}", a.owner.name()));
    entry.prose = a.text.clone();
    entry
}

fn assurance(a: &crate::model::Assurance) -> Entry {
    let on = a.on.map_or_else(String::new, |on| format!(", {}", day(on)));
    let mut entry = Entry::new(format!("{} ({}{on})", a.status, a.by));
    entry.prose = a.note.clone();
    entry
}

fn update(u: &Update, default: Visibility) -> Entry {
    let date = u.date.map_or_else(|| "undated".to_owned(), day);
    let words = [
        u.period.as_deref(),
        u.by.as_deref(),
        u.rag.as_ref().map(Word::name),
        u.status.as_ref().map(Word::name),
    ];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    let said = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
    let mut entry = Entry::new(format!("{date}{said}{}", shown(u.visibility, default)));
    entry.prose = u.text.clone();
    entry
}

/// Writes a recommendation for a terminal, or plainly for a file.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn text(out: &mut dyn Write, look: Look, whole: &Whole<'_>) -> io::Result<()> {
    let (item, r) = (whole.item, whole.recommendation);
    let paint = |tone: Tone, text: &str| tone.paint(text, look.colour);
    let title = format!("{}  {}", one_line(r.id.as_str()), one_line(&r.title));
    writeln!(out, "{}  {}\n", paint(Tone::Strong, &title), paint(Tone::Quiet, &one_line(&item.plan.id)))?;
    let facts = facts(whole);
    let width = facts.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, cell) in &facts {
        let label = format!("{name:width$}  ");
        let lines = wrap(&cell.line(), look.width, &" ".repeat(width + 2));
        writeln!(out, "{}{}", paint(Tone::Quiet, &label), paint(cell.tone, lines.trim_start()))?;
    }
    writeln!(out, "\n{}", prose(&r.text, look.width, ""))?;
    for Section { heading, entries } in sections(whole) {
        writeln!(out, "\n{}", paint(Tone::Strong, &heading))?;
        for Entry { line, prose: below } in entries {
            let first = wrap(&line.line(), look.width, "  ");
            writeln!(out, "{}", paint(line.tone, &first))?;
            if let Some(below) = below {
                writeln!(out, "{}", prose(&below, look.width, "    "))?;
            }
        }
    }
    Ok(())
}

/// Writes a recommendation as Markdown, in which nothing of its own prose runs or looks like a heading.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn as_markdown(out: &mut dyn Write, whole: &Whole<'_>) -> io::Result<()> {
    let r = whole.recommendation;
    writeln!(out, "## {} {}\n", markdown::escape(r.id.as_str()), markdown::escape(&r.title))?;
    writeln!(out, "| | |\n|---|---|")?;
    for (name, cell) in facts(whole) {
        writeln!(out, "| {} | {} |", markdown::escape(&name), markdown::escape(&cell.line()))?;
    }
    writeln!(out, "\n{}", paper::markdown(&r.text))?;
    for Section { heading, entries } in sections(whole) {
        writeln!(out, "\n### {heading}\n")?;
        for Entry { line, prose } in entries {
            writeln!(out, "- {}", markdown::escape(&line.line()))?;
            if let Some(prose) = prose {
                writeln!(out, "\n{}\n", paper::below(&prose, "  "))?;
            }
        }
    }
    Ok(())
}

/// An update as plain text: its date and words, and what was done.
#[must_use]
pub fn update_line(u: &Update) -> String {
    let entry = update(u, Visibility::default());
    match entry.prose {
        Some(prose) => format!("{}\n{}", entry.line.main, prose.trim_end()),
        None => entry.line.main,
    }
}
