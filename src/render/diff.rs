//! A difference between two states of the plans: for people, to paste, and as rows for a spreadsheet.

use super::change::{self, heading, moved_deadline};
use super::style::Tone;
use super::table::{self, Cell, Fit, Heading};
use super::{Look, markdown, wrap, wrap_below};
use crate::diff::{Change, Difference, Field, Kind, Moment, Notable, Turn, Value, What};
use crate::query::{Label, NOT_RATED, NOT_REPORTED};
use crate::summary::{Counts, Summary};
use crate::visible::one_line;
use crate::wording::{count, day, days, quoted, thousands};
use std::io::{self, Write};

/// What is compared.
#[derive(Clone, Debug)]
pub struct About {
    /// The plan's title, or how many plans there are.
    pub title: String,
    /// What it was compared with.
    pub from: Moment,
    /// What it is.
    pub to: Moment,
    /// Whether there are several plans.
    pub several: bool,
    /// Whether filters leave some recommendations out.
    pub filtered: bool,
    /// Whether everything could be read.
    pub whole: bool,
}

impl About {
    fn period(&self) -> String {
        let Self { from, to, .. } = self;
        format!("{} ({}) → {} ({})", day(from.date), from.name, day(to.date), to.name)
    }
}

/// The questions of a board, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Overdue,
    Milestone,
    Missing,
    Completed,
    Dropped,
    Reopened,
    Moved,
    NoUpdate,
}

const QUESTIONS: [Question; 8] = [
    Question::Overdue,
    Question::Milestone,
    Question::Missing,
    Question::Completed,
    Question::Dropped,
    Question::Reopened,
    Question::Moved,
    Question::NoUpdate,
];

impl Question {
    fn of(what: &What) -> Self {
        match what {
            What::NewlyOverdue { .. } => Self::Overdue,
            What::Missing { .. } => Self::Missing,
            What::MilestoneMissed { .. } => Self::Milestone,
            What::Reopened { .. } => Self::Reopened,
            What::Completed { .. } => Self::Completed,
            What::Dropped { .. } => Self::Dropped,
            What::Moved { .. } => Self::Moved,
            What::NoUpdate { .. } => Self::NoUpdate,
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Overdue => "Newly overdue",
            Self::Milestone => "Milestones newly missed",
            Self::Missing => "Now expected to miss the deadline",
            Self::Reopened => "Open again",
            Self::Completed => "Completed",
            Self::Dropped => "No longer pursued",
            Self::Moved => "Deadlines moved",
            Self::NoUpdate => "No update in the period",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Overdue | Self::Milestone | Self::Missing | Self::Reopened => Tone::Bad,
            Self::Completed => Tone::Good,
            Self::Moved | Self::NoUpdate => Tone::Warn,
            Self::Dropped => Tone::Plain,
        }
    }
}

/// What is said of a recommendation under its question; empty where its being there says all.
fn said(what: &What) -> String {
    match what {
        What::NewlyOverdue { due, days: late } => format!("due {}, {} overdue", day(*due), days(*late)),
        What::Missing { said, before: Some(before) } => format!("{before} → {said}"),
        What::Missing { said, before: None } => said.clone(),
        What::MilestoneMissed { title, due } => format!("{}, due {}", quoted(title), day(*due)),
        What::Reopened { status } => turned(status),
        What::Completed { status, on } => {
            let on = on.map(|on| format!("on {}", day(on))).unwrap_or_default();
            joined(&[&turned(status), &on], ", ")
        }
        What::Dropped { status, reason } => {
            joined(&[&turned(status), reason.as_deref().unwrap_or_default().trim()], ": ")
        }
        What::Moved { from, to, reason } => {
            let moved = moved_deadline(from.as_ref(), to.as_ref());
            match reason {
                Some(reason) => format!("{moved}: {}", reason.trim()),
                None => format!("{moved}, no extension"),
            }
        }
        What::NoUpdate { last } => {
            last.map_or_else(|| "no dated update".to_owned(), |on| format!("last updated {}", day(on)))
        }
    }
}

/// What of these says something.
fn joined(said: &[&str], by: &str) -> String {
    let said: Vec<&str> = said.iter().copied().filter(|said| !said.is_empty()).collect();
    said.join(by)
}

/// What became of a status: "In progress → Closed". Where only the
/// plan's own words changed, the status is the same.
fn turned(status: &Turn) -> String {
    match (&status.from, &status.to) {
        (None, None) => String::new(),
        (Some(from), Some(to)) if from == to => to.clone(),
        (from, to) => {
            let side = |word: &Option<String>| word.clone().unwrap_or_else(|| NOT_REPORTED.to_owned());
            format!("{} → {}", side(from), side(to))
        }
    }
}

/// The recommendations under each question that has some.
fn answers(notable: &[Notable]) -> impl Iterator<Item = (Question, Vec<&Notable>)> {
    let of = |question| {
        let found: Vec<&Notable> = notable.iter().filter(|n| Question::of(&n.what) == question).collect();
        (!found.is_empty()).then_some((question, found))
    };
    QUESTIONS.into_iter().filter_map(of)
}

/// What a board is told under each question that has some: its heading, and of whom what is said.
pub(super) fn told(notable: &[Notable]) -> Vec<(&'static str, Vec<(&Notable, String)>)> {
    let said = |n: &'_ Notable| said(&n.what);
    answers(notable)
        .map(|(question, found)| (question.heading(), found.into_iter().map(|n| (n, said(n))).collect()))
        .collect()
}

/// The ids, each with its plan where there are several.
fn ids(notable: &[&Notable], several: bool) -> String {
    let id = |n: &&Notable| {
        let id = if several { format!("{}:{}", n.plan.id, n.id) } else { n.id.to_string() };
        let silent = matches!(&n.what, What::Moved { from: Some(_), reason: None, .. });
        if silent { format!("{id} (no extension)") } else { id }
    };
    one_line(&notable.iter().map(id).collect::<Vec<_>>().join(", ")).into_owned()
}

/// Writes a difference for a terminal, or plainly for a file.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn text(out: &mut dyn Write, look: Look, about: &About, difference: &Difference) -> io::Result<()> {
    let Difference { changes, notable, before, after } = difference;
    let paint = |tone: Tone, text: &str| tone.paint(text, look.colour);
    writeln!(out, "{}", paint(Tone::Strong, &one_line(&about.title)))?;
    writeln!(out, "{}\n", paint(Tone::Quiet, &about.period()))?;
    let told = change::all_lines(changes);
    let width = told.iter().flat_map(|(_, lines)| lines).map(|line| line.name.chars().count());
    let width = width.max().unwrap_or(0).min(24);
    let mut plan = None;
    for (n, (change, lines)) in told.iter().enumerate() {
        if about.several && plan != Some(&change.plan.id) {
            plan = Some(&change.plan.id);
            let title = one_line(&change.plan.id).into_owned();
            writeln!(out, "{}{}\n", if n > 0 { "\n" } else { "" }, paint(Tone::Strong, &title))?;
        } else if n > 0 && !(lines.is_empty() && told[n - 1].1.is_empty()) {
            writeln!(out)?;
        }
        title(out, look, change, about.several)?;
        change::text(out, look, lines, 2, width)?;
    }
    let mut answers = answers(notable).peekable();
    if answers.peek().is_some() && !changes.is_empty() {
        writeln!(out)?;
    }
    let any_answer = answers.peek().is_some();
    for (question, found) in answers {
        let heading = format!("{} ({}): ", question.heading(), thousands(found.len()));
        let text = wrap_below(&format!("{heading}{}", ids(&found, about.several)), look.width, "", "  ");
        let (heading, rest) = text.split_at(text.find(": ").map_or(0, |at| at + 1));
        writeln!(out, "{}{rest}", paint(question.tone(), heading))?;
    }
    let rows = counted(before, after);
    let told = any_answer || !changes.is_empty();
    if told {
        writeln!(out)?;
        table::write(out, look, &headings(about), &rows)?;
        writeln!(out)?;
    }
    writeln!(out, "{}", wrap(&footer(changes, about), look.width, ""))
}

fn title(out: &mut dyn Write, look: Look, change: &Change, several: bool) -> io::Result<()> {
    let (kind, tone) = match change.kind {
        Kind::Added => ("  added", Tone::Good),
        Kind::Removed => ("  removed", Tone::Bad),
        Kind::Changed => ("", Tone::Plain),
    };
    let heading = wrap(&heading(change, several), look.width.map(|w| w.saturating_sub(kind.len())), "");
    writeln!(out, "{}{}", Tone::Strong.paint(&heading, look.colour), tone.paint(kind, look.colour))
}

/// "3 recommendations changed, 1 added; the plan itself changed".
fn footer(changes: &[Change], about: &About) -> String {
    let of = |kind, plan: bool| changes.iter().filter(|c| c.kind == kind && c.id.is_none() == plan).count();
    let mut told = Vec::new();
    for (kind, verb) in [(Kind::Changed, "changed"), (Kind::Added, "added"), (Kind::Removed, "removed")] {
        let n = of(kind, false);
        if n > 0 {
            told.push(format!("{} {verb}", count(n, "recommendation", "recommendations")));
        }
        let n = of(kind, true);
        if n > 0 {
            told.push(format!("{} {verb}", count(n, "plan.toml", "plan.toml files")));
        }
    }
    let some = if about.filtered { " (of those asked for)" } else { "" };
    let where_read = if about.whole { "" } else { ", in what could be read" };
    if told.is_empty() {
        format!("nothing changed in the files{where_read}{some}")
    } else {
        format!("{}{some}", told.join(", "))
    }
}

fn headings(about: &About) -> [Heading; 4] {
    let heading = |text: String, right| Heading { text: text.into(), fit: Fit::Whole, right };
    [
        heading("Counts".to_owned(), false),
        heading(day(about.from.date), true),
        heading(day(about.to.date), true),
        heading("Change".to_owned(), true),
    ]
}

/// A row for each count that is not 0 on both sides.
fn counted(before: &Summary, after: &Summary) -> Vec<Vec<Cell>> {
    let row = |(name, before, after): (String, usize, usize)| {
        let number = |n: usize| match n {
            0 => Cell::new("·").tone(Tone::Quiet),
            n => Cell::new(thousands(n)),
        };
        let change = match after.cmp(&before) {
            std::cmp::Ordering::Greater => format!("+{}", thousands(after - before)),
            std::cmp::Ordering::Less => format!("−{}", thousands(before - after)),
            std::cmp::Ordering::Equal => String::new(),
        };
        vec![Cell::new(one_line(&name)), number(before), number(after), Cell::new(change).tone(Tone::Strong)]
    };
    counts(before, after).into_iter().filter(|(_, b, a)| b + a > 0).map(row).collect()
}

/// The counts of both sides under one name.
pub(super) fn counts(before: &Summary, after: &Summary) -> Vec<(String, usize, usize)> {
    // Taken apart by name: a new count does not compile until it is told here. What dates imply and how RAG
    // and status go together is for `summary`.
    let Summary {
        total,
        parts,
        parts_open: _,
        parts_overdue: _,
        open,
        done,
        dropped,
        elsewhere,
        overdue,
        milestones_missed,
        due_soon,
        undated,
        no_deadline,
        stale,
        never_updated,
        updates_undated,
        rag,
        implied_rag: _,
        status,
        matrix: _,
    } = before;
    let counts = [
        ("Recommendations", *total, after.total),
        ("Parts", *parts, after.parts),
        ("Open", *open, after.open),
        ("Done", *done, after.done),
        ("Dropped", *dropped, after.dropped),
        ("Held elsewhere", *elsewhere, after.elsewhere),
        ("Overdue", *overdue, after.overdue),
        ("Milestones missed", *milestones_missed, after.milestones_missed),
        ("Due soon", *due_soon, after.due_soon),
        ("Undated deadline", *undated, after.undated),
        ("No deadline", *no_deadline, after.no_deadline),
        ("Stale", *stale, after.stale),
        ("Never updated", *never_updated, after.never_updated),
        ("Updates undated", *updates_undated, after.updates_undated),
    ];
    let mut counts: Vec<_> = counts.into_iter().map(|(name, b, a)| (name.to_owned(), b, a)).collect();
    counts.extend(by_label("RAG", NOT_RATED, rag, &after.rag));
    counts.extend(by_label("Status", NOT_REPORTED, status, &after.status));
    counts
}

/// Counts by word: in the order of the words now, then those that are gone.
fn by_label(what: &str, blank: &str, before: &Counts, after: &Counts) -> Vec<(String, usize, usize)> {
    let count = |counts: &Counts, label: &Label| {
        let same = counts.iter().filter(|(other, _)| other.name() == label.name());
        same.map(|(_, n)| *n).sum::<usize>()
    };
    let gone = before.keys().filter(|label| after.keys().all(|other| other.name() != label.name()));
    let labels = after.keys().chain(gone);
    let named = |label: &Label| format!("{what}: {}", label.name().unwrap_or(blank));
    labels.map(|label| (named(label), count(before, label), count(after, label))).collect()
}

/// Writes a difference as Markdown, for a pull request or a paper: first what a board asks, then every change.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn as_markdown(out: &mut dyn Write, about: &About, difference: &Difference) -> io::Result<()> {
    let Difference { changes, notable, before, after } = difference;
    writeln!(out, "## {}\n\n{}\n", markdown::escape(&about.title), markdown::escape(&about.period()))?;
    writeln!(out, "{}\n", markdown::escape(&footer(changes, about)))?;
    let rows = counted(before, after);
    if !changes.is_empty() || !notable.is_empty() {
        markdown::write(out, &headings(about), &rows)?;
        writeln!(out)?;
    }
    for (question, found) in answers(notable) {
        writeln!(out, "### {} ({})\n", question.heading(), thousands(found.len()))?;
        if question == Question::NoUpdate {
            // Often most of the plan: by number alone.
            writeln!(out, "{}\n", markdown::escape(&ids(&found, about.several)))?;
            continue;
        }
        for n in &found {
            let plan = if about.several { format!("{}:", n.plan.id) } else { String::new() };
            let (id, title) = (markdown::escape(&format!("{plan}{}", n.id)), markdown::escape(&n.title));
            let owners = markdown::escape(&n.owners.join(", "));
            let said = said(&n.what);
            let said = if said.is_empty() { said } else { format!(": {}", markdown::escape(&said)) };
            writeln!(out, "- **{id}** {title} ({owners}){said}")?;
        }
        writeln!(out)?;
    }
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Every change\n")?;
    let mut plan = None;
    for (change, lines) in change::all_lines(changes) {
        if about.several && plan != Some(&change.plan.id) {
            plan = Some(&change.plan.id);
            writeln!(out, "#### {}\n", markdown::escape(&change.plan.id))?;
        }
        let kind = if change.kind == Kind::Changed { "" } else { change.kind.name() };
        let kind = if kind.is_empty() { String::new() } else { format!(": {kind}") };
        match &change.id {
            Some(id) => writeln!(
                out,
                "- **{}** {}{kind}",
                markdown::escape(id.as_str()),
                markdown::escape(&change.title)
            )?,
            None => writeln!(out, "- **{}**{kind}", markdown::escape(&heading(change, about.several)))?,
        }
        change::as_markdown(out, &lines)?;
    }
    Ok(())
}

/// The rows of a difference for a spreadsheet: a field a row, days as 2025-03-27.
pub fn rows(changes: &[Change]) -> impl Iterator<Item = Vec<String>> {
    std::iter::once(titles().collect()).chain(changes.iter().flat_map(rows_of))
}

/// What stands above the columns of [`rows_of`].
pub(super) fn titles() -> impl Iterator<Item = String> {
    ["plan", "id", "title", "kind", "field", "entry", "from", "to"].into_iter().map(str::to_owned)
}

/// The fields of a change, a row each; one row where it has none.
pub(super) fn rows_of(change: &Change) -> Vec<Vec<String>> {
    let id = change.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let start = [change.plan.id.clone(), id, change.title.clone(), change.kind.name().to_owned()];
    let plain = |value: Option<&Value>| value.map(change::plain).unwrap_or_default();
    let row = |field: &Field| {
        let (from, to) = (field.from.as_ref(), field.to.as_ref());
        let entry = to.or(from).and_then(change::entry_name).unwrap_or_default();
        let rest = [field.key.to_string(), entry, plain(from), plain(to)];
        start.iter().cloned().chain(rest).collect()
    };
    if change.fields.is_empty() {
        return vec![start.iter().cloned().chain(std::iter::repeat_n(String::new(), 4)).collect()];
    }
    change.fields.iter().map(row).collect()
}
