//! When what is due, and how it stood over time.

use super::super::Book;
use super::super::chart::{self, Line, Part};
use super::super::part::{Cell, Head, Kind, Row, Section, Table};
use super::super::words;
use crate::query::{By, Label};
use crate::report::{Audience, Bin, Stage};
use crate::wording::{count, day, thousands};

/// How a stage is called.
fn stage_name(stage: Stage, audience: Audience) -> &'static str {
    match (stage, audience) {
        (Stage::Overdue, Audience::Internal) => "Overdue",
        (Stage::Overdue, Audience::Public) => "Past, reported as open",
        (Stage::Open, _) => "To come",
        (Stage::Done, _) => "Done",
        (Stage::Dropped, _) => "No longer pursued",
        (Stage::Elsewhere, _) => "Held elsewhere",
        (Stage::Silent, _) => "Nothing reported here",
    }
}

/// When what is due.
pub(in crate::render::report) fn deadlines(book: &Book<'_>) -> Option<Section> {
    let timeline = &book.page.timeline;
    if timeline.bins.is_empty() {
        return None;
    }
    let used: Vec<Stage> = Stage::ALL
        .into_iter()
        .filter(|stage| timeline.bins.iter().any(|bin| bin.counts[*stage as usize] > 0))
        .collect();
    let name = |stage: &Stage| stage_name(*stage, book.page.audience);
    let most = timeline.bins.iter().map(|bin| bin.counts.iter().sum::<usize>()).max().unwrap_or(0);
    let mut heads = vec![Head::text("Due"), Head::text("Recommendations")];
    heads.extend(used.iter().map(|stage| Head::number(name(stage))));
    let is_empty = |bin: &&Bin| bin.counts.iter().all(|n| *n == 0) && !bin.holds_today;
    let mut rows = Vec::new();
    let mut bins = timeline.bins.iter().peekable();
    while let Some(bin) = bins.next() {
        // A time in which nothing is due is one row, however long.
        let mut last = bin;
        while is_empty(&bin) && bins.peek().is_some_and(is_empty) {
            last = bins.next().unwrap_or(last);
        }
        let label = if last.label == bin.label {
            bin.label.clone()
        } else {
            format!("{} to {}", bin.label, last.label)
        };
        let label = Cell::text(label);
        let label = if bin.holds_today { label.aside("holds today") } else { label };
        let parts: Vec<Part> = used
            .iter()
            .map(|stage| Part {
                size: bin.counts[*stage as usize],
                class: chart::stage_class(*stage).to_owned(),
            })
            .collect();
        let bar = Cell { bar: Some(chart::bar(&parts, most, 16)), ..Cell::default() };
        let counts = used.iter().map(|stage| Cell::number(bin.counts[*stage as usize]));
        rows.push(Row::of([label, bar].into_iter().chain(counts).collect()));
    }
    let table = Table { caption: "Deadlines".to_owned(), heads, rows, kind: Kind::Time, ..Table::default() };
    let note = (timeline.without > 0).then(|| {
        let have = if timeline.without == 1 { "has" } else { "have" };
        format!(
            "{} {have} no date, and {} not shown here.",
            count(timeline.without, "recommendation", "recommendations"),
            if timeline.without == 1 { "is" } else { "are" }
        )
    });
    Some(Section {
        id: "deadlines".to_owned(),
        heading: "Deadlines".to_owned(),
        key: used
            .iter()
            .map(|stage| (chart::stage_class(*stage).to_owned(), name(stage).to_owned()))
            .collect(),
        tables: vec![table],
        note,
        ..Section::default()
    })
}

/// How it stood over time.
pub(in crate::render::report) fn over_time(book: &Book<'_>) -> Option<Section> {
    let trend = book.page.trend.as_ref().filter(|trend| trend.points.len() > 1)?;
    let points = &trend.points;
    let numbers = |of: fn(&crate::history::Point) -> usize| points.iter().map(of).collect::<Vec<_>>();
    let mut lines = vec![
        Line { name: "open", class: "t-open", numbers: numbers(|p| p.open) },
        Line { name: "overdue", class: "t-overdue", numbers: numbers(|p| p.overdue) },
        Line { name: "done", class: "t-done", numbers: numbers(|p| p.done) },
    ];
    lines.retain(|line| line.class == "t-open" || line.numbers.iter().any(|n| *n > 0));
    let by = trend.by;
    let mut labels: Vec<&Label> = Vec::new();
    for label in points
        .iter()
        .rev()
        .flat_map(|point| point.rag.iter().filter(|(_, n)| **n > 0).map(|(label, _)| label))
    {
        if !labels.iter().any(|other| other.name() == label.name()) {
            labels.push(label);
        }
    }
    labels.sort();
    let mut heads = vec![Head::text("Day")];
    heads.extend(["Total", "Open", "Overdue", "Done", "Elsewhere"].map(Head::number));
    heads.extend(labels.iter().map(|label| Head::number(&words::rag_name(label, by))));
    let has_gaps = points.iter().any(|point| point.unread > 0);
    if has_gaps {
        heads.push(Head::number("Unread"));
    }
    let row = |point: &crate::history::Point| {
        let mut cells = vec![Cell::text(day(point.date))];
        cells.extend([point.total, point.open, point.overdue, point.done, point.elsewhere].map(Cell::number));
        let at = |label: &Label| {
            point.rag.iter().filter(|(other, _)| other.name() == label.name()).map(|(_, n)| n).sum::<usize>()
        };
        cells.extend(labels.iter().map(|label| Cell::number(at(label))));
        if has_gaps {
            cells.push(Cell::number(point.unread));
        }
        Row::of(cells)
    };
    let is_one = !book.several && by == By::Words;
    let table = Table {
        caption: format!("How the {} stood over time", if is_one { "plan" } else { "plans" }),
        heads,
        rows: points.iter().map(row).collect(),
        ..Table::default()
    };
    let mut notes = Vec::new();
    let grown = points.windows(2).filter_map(|two| match two {
        [before, after] if after.total > before.total => Some((before, after)),
        _ => None,
    });
    // A step of the lines that is no work of anybody.
    if let Some((before, after)) = grown.max_by_key(|(before, after)| after.total - before.total) {
        let what = if book.several { "recommendations, or a whole plan," } else { "recommendations" };
        notes.push(format!(
            "From {} to {} the total grew from {} to {}, as {what} came in.",
            day(before.date),
            day(after.date),
            thousands(before.total),
            thousands(after.total)
        ));
    }
    if has_gaps {
        notes.push("Files that could not be read at a point are in none of its counts.".to_owned());
    }
    let (first, last) = (points.first()?, points.last()?);
    let title = format!(
        "From {} to {}: open {} to {}, overdue {} to {}, done {} to {}; the table below has the numbers",
        day(first.date),
        day(last.date),
        first.open,
        last.open,
        first.overdue,
        last.overdue,
        first.done,
        last.done
    );
    Some(Section {
        id: "trend".to_owned(),
        heading: "Over time".to_owned(),
        picture: Some(chart::lines(&title, "trend-picture", points, &lines)),
        tables: vec![table],
        folded: true,
        note: Some(notes.join(" ")).filter(|notes| !notes.is_empty()),
        ..Section::default()
    })
}
