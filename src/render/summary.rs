//! A summary for people, and as rows for a spreadsheet.

use super::style::Tone;
use super::table::{self, Cell, Fit, Heading};
use super::{Look, markdown, wrap};
use crate::query::{GroupKey, GroupName, Label, NOT_RATED, NOT_REPORTED};
use crate::summary::{Counts, Group, Groups, MANY_WORDS, Summary};
use crate::visible::one_line;
use crate::wording::{count, day, thousands};
use chrono::NaiveDate;
use std::io::{self, Write};

/// What a summary is of.
#[derive(Clone, Debug)]
pub struct About {
    /// The plan's title, or how many plans there are.
    pub title: String,
    /// The body whose plan it is, if it is one plan and says so.
    pub organisation: Option<String>,
    /// The day.
    pub today: NaiveDate,
    /// How many days are soon, and after how many an update is stale; none where plans differ.
    pub policy: Option<crate::model::Policy>,
    /// Whether RAG and status are counted by meaning, over several plans.
    pub by_meaning: bool,
    /// Whether filters leave some recommendations out.
    pub filtered: bool,
}

fn heading(text: &'static str, right: bool) -> Heading {
    Heading { text: text.into(), fit: Fit::Whole, right }
}

/// The key figures: a name, a number, and whether it is one to worry about.
fn figures(s: &Summary, about: &About) -> Vec<(String, usize, Tone)> {
    let soon = about.policy.map_or_else(String::new, |p| format!(" (within {} days)", p.due_soon_days));
    let stale =
        about.policy.map_or_else(String::new, |p| format!(" (no update for {} days)", p.stale_after_days));
    let figure = |name: String, n: usize, tone: Tone| (name, n, if n == 0 { Tone::Quiet } else { tone });
    let mut figures = vec![
        figure("Overdue".into(), s.overdue, Tone::Bad),
        figure("Milestones missed".into(), s.milestones_missed, Tone::Bad),
        figure(format!("Due soon{soon}"), s.due_soon, Tone::Warn),
        figure("Undated deadline".into(), s.undated, Tone::Plain),
        figure("No deadline".into(), s.no_deadline, Tone::Plain),
        figure("Held elsewhere (no report held)".into(), s.elsewhere, Tone::Plain),
        figure(format!("Stale{stale}"), s.stale, Tone::Warn),
        figure("Never updated".into(), s.never_updated, Tone::Warn),
        figure("Updates undated".into(), s.updates_undated, Tone::Plain),
    ];
    if s.parts > 0 {
        figures.push(figure(
            format!("Parts ({} open, {} overdue; not in the counts)", s.parts_open, s.parts_overdue),
            s.parts,
            Tone::Plain,
        ));
    }
    figures
}

fn phases(s: &Summary) -> String {
    let total = count(s.total, "recommendation", "recommendations");
    let phases =
        [(s.open, "open"), (s.done, "done"), (s.dropped, "dropped"), (s.elsewhere, "held elsewhere")];
    let phases: Vec<String> =
        phases.iter().filter(|p| p.0 > 0).map(|(n, name)| format!("{} {name}", thousands(*n))).collect();
    if phases.is_empty() { total } else { format!("{total}: {}", phases.join(", ")) }
}

fn name<'a>(label: &'a Label, blank: &'a str) -> &'a str {
    label.name().unwrap_or(blank)
}

/// RAG × status: statuses down, RAG levels across, sums at the edges.
struct Matrix {
    titles: Vec<String>,
    rows: Vec<Vec<Cell>>,
    /// What is said below of the words that are left out.
    left_out: Option<String>,
}

fn matrix(s: &Summary) -> Matrix {
    let number = |n: usize| match n {
        0 => Cell::new("·").tone(Tone::Quiet),
        n => Cell::new(thousands(n)),
    };
    let (rags, statuses) = (worth_telling(&s.rag), worth_telling(&s.status));
    let mut titles = vec!["Status".to_owned()];
    titles.extend(rags.iter().map(|(rag, _)| one_line(name(rag, NOT_RATED)).into_owned()));
    titles.push("Total".to_owned());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (status, total) in &statuses {
        let mut row = vec![Cell::new(one_line(name(status, NOT_REPORTED)))];
        for (rag, _) in &rags {
            row.push(number(s.matrix.get(&((*rag).clone(), (*status).clone())).copied().unwrap_or(0)));
        }
        row.push(number(*total));
        rows.push(row);
    }
    let mut sums = vec![Cell::new("Total").tone(Tone::Strong)];
    sums.extend(rags.iter().map(|(_, n)| number(*n).tone(Tone::Strong)));
    sums.push(number(s.status.values().sum()).tone(Tone::Strong));
    rows.push(sums);
    let left_out = left_out(s.rag.len() - rags.len(), s.status.len() - statuses.len());
    Matrix { titles, rows, left_out }
}

/// The counts that a table tells: all; of a long vocabulary those of the words that are reported,
/// and the blank's.
fn worth_telling(counts: &Counts) -> Vec<(&Label, usize)> {
    let words = counts.keys().filter(|label| matches!(label, Label::Known(..))).count();
    let told = |label: &Label, n| words <= MANY_WORDS || n > 0 || *label == Label::Blank;
    counts.iter().map(|(label, n)| (label, *n)).filter(|(label, n)| told(label, *n)).collect()
}

/// "Left out, as nothing is counted under them: 29 RAG levels, 41 statuses".
fn left_out(rags: usize, statuses: usize) -> Option<String> {
    let rags = (rags > 0).then(|| count(rags, "RAG level", "RAG levels"));
    let statuses = (statuses > 0).then(|| count(statuses, "status", "statuses"));
    let words: Vec<String> = rags.into_iter().chain(statuses).collect();
    (!words.is_empty()).then(|| format!("Left out, as nothing is counted under them: {}", words.join(", ")))
}

/// "Red 13, Green 1; 2 imply nothing".
fn implied(s: &Summary) -> String {
    let levels: Vec<String> = s
        .implied_rag
        .iter()
        .filter(|(label, n)| **n > 0 && label.name().is_some())
        .map(|(label, n)| format!("{} {}", one_line(name(label, "")), thousands(*n)))
        .collect();
    let nothing = s.implied_rag.get(&Label::Blank).copied().unwrap_or(0);
    match (levels.is_empty(), nothing) {
        (true, _) => "nothing".to_owned(),
        (false, 0) => levels.join(", "),
        (false, 1) => format!("{}; 1 implies nothing", levels.join(", ")),
        (false, n) => format!("{}; {} imply nothing", levels.join(", "), thousands(n)),
    }
}

/// Writes a summary for a terminal, or plainly for a file.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn text(
    out: &mut dyn Write,
    look: Look,
    about: &About,
    s: &Summary,
    by: Option<GroupKey>,
    groups: &Groups,
) -> io::Result<()> {
    writeln!(out, "{}", Tone::Strong.paint(&one_line(&about.title), look.colour))?;
    let of = about.organisation.as_ref().map_or_else(String::new, |o| format!("{}, ", one_line(o)));
    writeln!(out, "{}\n", Tone::Quiet.paint(&format!("{of}as of {}", day(about.today)), look.colour))?;
    let some = if about.filtered { " (of those asked for)" } else { "" };
    writeln!(out, "{}{some}\n", phases(s))?;
    let figures = figures(s, about);
    let width = figures.iter().map(|f| f.0.len()).max().unwrap_or(0);
    let digits = figures.iter().map(|f| thousands(f.1).len()).max().unwrap_or(1);
    for (name, n, tone) in figures {
        let line = format!("{name:width$}  {:>digits$}", thousands(n));
        writeln!(out, "{}", tone.paint(&line, look.colour))?;
    }
    writeln!(out)?;
    let Matrix { titles, rows, left_out } = matrix(s);
    table::write(out, look, &headings(&titles), &rows)?;
    for line in left_out.into_iter().chain(implied_line(s, about)) {
        writeln!(out, "\n{}", wrap(&line, look.width, ""))?;
    }
    if let Some(by) = by {
        writeln!(out)?;
        let (mut titles, mut rows) = group_rows(by, s, groups, true);
        let narrow = look.width.is_some_and(|width| !fits(&titles, width));
        if narrow {
            (titles, rows) = group_rows(by, s, groups, false);
        }
        table::write(out, look, &headings(&titles), &rows)?;
        if narrow {
            writeln!(
                out,
                "\n{}",
                wrap("RAG by group needs a wider terminal, or --format csv.", look.width, "")
            )?;
        }
        if by == GroupKey::Owner {
            writeln!(out, "\n{}", Tone::Quiet.paint(&wrap(JOINT, look.width, ""), look.colour))?;
        }
    }
    Ok(())
}

/// What a breakdown by owner must say.
const JOINT: &str = "A joint recommendation counts once in the total and once under each of its owners; \
                     “joint” and “collective” are parts of an owner's total.";

/// "16 not rated. Implied by dates and status, after the plan's own definitions: Red 13, ..."
fn implied_line(s: &Summary, about: &About) -> Option<String> {
    let not_rated = s.rag.get(&Label::Blank).copied().unwrap_or(0);
    let blank = if not_rated > 0 { format!("{} not rated. ", thousands(not_rated)) } else { String::new() };
    let whose = if about.by_meaning { "the plans' own definitions" } else { "the plan's own definitions" };
    let line = format!("{blank}Implied by dates and status, after {whose}: {}", implied(s));
    (s.total > s.elsewhere).then_some(line)
}

fn group_title(by: GroupKey) -> &'static str {
    match by {
        GroupKey::Owner => "Owner",
        GroupKey::Status => "Status",
        GroupKey::Rag => "RAG",
        GroupKey::Theme => "Theme",
        GroupKey::Plan => "Plan",
        GroupKey::Id => "Id",
        GroupKey::Phase => "Phase",
    }
}

/// Whether a table with those titles can be read at this width: no word of a title need be broken.
fn fits(titles: &[String], width: usize) -> bool {
    let longest = |title: &String| title.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    titles.iter().map(|title| longest(title).max(4) + 1).sum::<usize>() + 10 <= width
}

fn group_rows(by: GroupKey, s: &Summary, groups: &Groups, with_rag: bool) -> (Vec<String>, Vec<Vec<Cell>>) {
    let owner = by == GroupKey::Owner;
    let parts = s.parts > 0;
    let mut titles = vec![group_title(by), "Total"];
    if owner {
        titles.extend(["Sole", "Joint", "Collective"]);
    }
    if parts {
        titles.push("Parts");
    }
    titles.extend(["Open", "Overdue"]);
    let elsewhere = s.elsewhere > 0 && !matches!(by, GroupKey::Rag | GroupKey::Status | GroupKey::Phase);
    if elsewhere {
        titles.push("Elsewhere");
    }
    let mut titles: Vec<String> = titles.into_iter().map(str::to_owned).collect();
    let used = s.rag.iter().filter(|(_, n)| **n > 0).map(|(rag, _)| rag);
    // Levels that nobody reports are in the matrix. By RAG they would be a diagonal, by status the matrix above once more.
    let rags: Vec<&Label> =
        if matches!(by, GroupKey::Rag | GroupKey::Status) || !with_rag { Vec::new() } else { used.collect() };
    titles.extend(rags.iter().map(|rag| one_line(name(rag, NOT_RATED)).into_owned()));
    let number = |n: usize| if n == 0 { Cell::new("·").tone(Tone::Quiet) } else { Cell::new(thousands(n)) };
    let row = |(name, g): (&GroupName, &Group)| {
        let mut row = vec![Cell::new(one_line(name.told(by))), number(g.summary.total)];
        if owner {
            row.extend([number(g.sole), number(g.joint), number(g.collective)]);
        }
        if parts {
            row.push(number(g.summary.parts));
        }
        let overdue = if g.summary.overdue > 0 { Tone::Bad } else { Tone::Quiet };
        row.extend([number(g.summary.open), number(g.summary.overdue).tone(overdue)]);
        if elsewhere {
            row.push(number(g.summary.elsewhere));
        }
        row.extend(rags.iter().map(|rag| number(g.summary.rag.get(rag).copied().unwrap_or(0))));
        row
    };
    (titles, groups.iter().map(row).collect())
}

/// The first column holds names, the others numbers.
fn headings(titles: &[String]) -> Vec<Heading> {
    let fit = |i| if i == 0 { Fit::AtLeast(10) } else { Fit::AtLeast(1) };
    let titles = titles.iter().enumerate();
    titles.map(|(i, text)| Heading { text: text.clone().into(), fit: fit(i), right: i > 0 }).collect()
}

/// Writes a summary as Markdown.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn as_markdown(
    out: &mut dyn Write,
    about: &About,
    s: &Summary,
    by: Option<GroupKey>,
    groups: &Groups,
) -> io::Result<()> {
    let of = about.organisation.as_ref().map_or_else(String::new, |o| format!("{}, ", markdown::escape(o)));
    writeln!(out, "## {}\n\n{of}as of {}\n", markdown::escape(&about.title), day(about.today))?;
    writeln!(out, "{}\n", phases(s))?;
    let numbers: Vec<Vec<Cell>> = figures(s, about)
        .into_iter()
        .map(|(name, n, _)| vec![Cell::new(name), Cell::new(thousands(n))])
        .collect();
    markdown::write(out, &[heading("", false), heading("", true)], &numbers)?;
    let Matrix { titles, rows, left_out } = matrix(s);
    writeln!(out)?;
    markdown::write(out, &headings(&titles), &rows)?;
    for line in left_out.into_iter().chain(implied_line(s, about)) {
        writeln!(out, "\n{}", markdown::escape(&line))?;
    }
    if let Some(by) = by {
        let (titles, rows) = group_rows(by, s, groups, true);
        writeln!(out)?;
        markdown::write(out, &headings(&titles), &rows)?;
        if by == GroupKey::Owner {
            writeln!(out, "\n{JOINT}")?;
        }
    }
    Ok(())
}

/// The rows of a summary for a spreadsheet: one count a row. They are made as they are needed, a
/// group at a time.
pub fn rows<'a>(
    s: &'a Summary,
    by: Option<GroupKey>,
    groups: &'a Groups,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let titles = ["group_by", "group", "measure", "rag", "status", "count"];
    let of_group = |by: GroupKey, (name, group): (&GroupName, &Group)| {
        rows_of_group(by.name(), name.name().unwrap_or_default(), group)
    };
    let of_groups =
        by.into_iter().flat_map(move |by| groups.iter().flat_map(move |group| of_group(by, group)));
    let titles = titles.map(str::to_owned).to_vec();
    std::iter::once(titles).chain(summary_rows("", "", s)).chain(of_groups)
}

fn rows_of_group(by: &str, name: &str, group: &Group) -> Vec<Vec<String>> {
    let mut rows = summary_rows(by, name, &group.summary);
    for (measure, n) in [("sole", group.sole), ("joint", group.joint), ("collective", group.collective)] {
        rows.push([by, name, measure, "", "", &n.to_string()].map(str::to_owned).to_vec());
    }
    rows
}

fn summary_rows(by: &str, group: &str, s: &Summary) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut push = |measure: &str, rag: Option<&str>, status: Option<&str>, n: usize| {
        let count = n.to_string();
        let row = [by, group, measure, rag.unwrap_or_default(), status.unwrap_or_default(), &count];
        rows.push(row.map(str::to_owned).to_vec());
    };
    for (measure, n) in [
        ("total", s.total),
        ("parts", s.parts),
        ("parts_open", s.parts_open),
        ("parts_overdue", s.parts_overdue),
        ("open", s.open),
        ("done", s.done),
        ("dropped", s.dropped),
        ("elsewhere", s.elsewhere),
        ("overdue", s.overdue),
        ("milestones_missed", s.milestones_missed),
        ("due_soon", s.due_soon),
        ("undated", s.undated),
        ("no_deadline", s.no_deadline),
        ("stale", s.stale),
        ("never_updated", s.never_updated),
        ("updates_undated", s.updates_undated),
    ] {
        push(measure, None, None, n);
    }
    let each =
        |counts: &Counts| counts.iter().map(|(l, n)| (l.name().map(str::to_owned), *n)).collect::<Vec<_>>();
    for (name, n) in each(&s.rag) {
        push("rag", Some(name.as_deref().unwrap_or(NOT_RATED)), None, n);
    }
    for (name, n) in each(&s.implied_rag) {
        push("implied_rag", Some(name.as_deref().unwrap_or("nothing implied")), None, n);
    }
    for (name, n) in each(&s.status) {
        push("status", None, Some(name.as_deref().unwrap_or(NOT_REPORTED)), n);
    }
    for ((rag, status), n) in &s.matrix {
        push("matrix", Some(name(rag, NOT_RATED)), Some(name(status, NOT_REPORTED)), *n);
    }
    rows
}
