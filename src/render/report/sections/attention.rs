//! What a board attends to first: what is late, what comes, and what nobody tells of.

use super::super::Book;
use super::super::entry::owners;
use super::super::part::{Cell, Head, Row, Section, Table, how_many, how_many_of};
use super::super::prose::{line, quoted};
use crate::diff::missing;
use crate::model::{Phase, Recommendation};
use crate::standing::{Freshness, Standing, missed_milestones};
use crate::wording::{day, days, thousands};
use chrono::NaiveDate;

/// What is to be attended to first is told so far and no further where there is a table of all.
const FIRST: usize = 15;

/// How what is expected to be late is headed.
pub(in crate::render::report) const EXPECTED_TO_MISS: &str = "Expected to miss the deadline";

/// What is to be attended to first: what is late, which milestones were missed, and what comes soon.
pub(in crate::render::report) fn attention(book: &Book<'_>) -> Option<Section> {
    let late = overdue(book);
    let mut tables = Vec::new();
    let heads = |last: &str| {
        let mut heads = book.which_heads();
        heads.extend([Head::text("Owner"), Head::text(last)]);
        heads
    };
    for (caption, last, rows) in [
        ("Overdue", "Due", late),
        ("Milestones missed", "Milestone", milestones(book)),
        (EXPECTED_TO_MISS, "Says", expected_to_miss(book)),
        ("Due soon", "Due", due_by(book, None)),
        ("Without a fresh update", "Last update", not_fresh(book)),
    ] {
        if rows.is_empty() {
            continue;
        }
        let all = rows.len();
        let more = all.saturating_sub(FIRST);
        let number = if caption == "Milestones missed" { how_many_of(&rows) } else { how_many(&rows) };
        let caption = format!("{caption} ({number})");
        let more = (more > 0).then(|| {
            let each = by_plan(&rows).filter(|_| book.several).map(|each| format!(" (in all, {each})"));
            format!(
                "and {} more, in the table of all recommendations{}",
                thousands(more),
                each.unwrap_or_default()
            )
        });
        tables.push(Table {
            caption,
            heads: heads(last),
            rows,
            first: Some(FIRST),
            more,
            ..Table::default()
        });
    }
    if tables.is_empty() {
        return None;
    }
    Some(Section {
        id: "attention".to_owned(),
        heading: "What needs attention".to_owned(),
        tables,
        ..Section::default()
    })
}

/// What is not overdue yet, and whose RAG, status or forecast says that it will be.
pub(in crate::render::report) fn expected_to_miss(book: &Book<'_>) -> Vec<Row> {
    let says = book.all().filter(|(_, _, _, s)| !s.overdue());
    let row = |(c, n, r, standing): (usize, usize, &Recommendation, &Standing)| {
        let said = missing(r, standing)?;
        let mut cells = book.which(c, n);
        cells.extend([owners(r), Cell::text(line(&said)).bad(true)]);
        Some(Row::about(r, cells))
    };
    says.filter_map(row).collect()
}

/// What is open and was never updated, or not for too long by the policy.
fn not_fresh(book: &Book<'_>) -> Vec<Row> {
    let stale =
        book.all().filter(|(_, _, _, s)| matches!(s.freshness, Freshness::Stale | Freshness::NeverUpdated));
    stale.map(|(c, n, _, standing)| updated(book, (c, n), standing.last_update, standing)).collect()
}

/// A recommendation, by its plan's place and its own, with the day on which it was updated last.
pub(in crate::render::report) fn updated(
    book: &Book<'_>,
    (c, n): (usize, usize),
    last: Option<NaiveDate>,
    standing: &Standing,
) -> Row {
    let r = &book.page.chapters[c].plan.recommendations[n];
    let told = match last {
        Some(date) => Cell::text(day(date)),
        None if r.updates.iter().any(|u| u.date.is_none()) => Cell::text("without a date"),
        None => Cell::text("never"),
    };
    let told = if standing.freshness == Freshness::Stale { told.aside("stale") } else { told };
    let mut cells = book.which(c, n);
    cells.extend([owners(r), told]);
    Row::about(r, cells)
}

/// How many rows each plan has, of rows that begin with their plan: of the plan with the most first.
fn by_plan(rows: &[Row]) -> Option<String> {
    let mut each: Vec<(&str, usize, usize)> = Vec::new();
    for row in rows {
        let Some(plan) = row.cells.first().map(|cell| cell.text.as_str()) else { continue };
        let at = each.iter().position(|(other, ..)| *other == plan).unwrap_or_else(|| {
            each.push((plan, 0, 0));
            each.len() - 1
        });
        if row.is_part { each[at].2 += 1 } else { each[at].1 += 1 }
    }
    each.sort_by_key(|(_, whole, parts)| std::cmp::Reverse(whole + parts));
    let told = each.iter().map(|(plan, whole, parts)| match parts {
        0 => format!("{plan}: {}", thousands(*whole)),
        parts => format!("{plan}: {}, and {} of parts", thousands(*whole), thousands(*parts)),
    });
    (each.len() > 1).then(|| told.collect::<Vec<_>>().join("; "))
}

/// What is overdue, the longest first.
pub(in crate::render::report) fn overdue(book: &Book<'_>) -> Vec<Row> {
    let mut late: Vec<_> = book.all().filter(|(_, _, _, s)| s.overdue()).collect();
    late.sort_by_key(|(_, _, _, s)| std::cmp::Reverse(s.days_overdue));
    let row = |(c, n, r, standing): (usize, usize, &Recommendation, &Standing)| {
        let late = standing.days_overdue.map(|late| format!("{} overdue", days(late))).unwrap_or_default();
        let mut cells = book.which(c, n);
        cells.extend([
            owners(r),
            Cell::text(standing.due.map(day).unwrap_or_default()).aside(late).bad(true).whole(),
        ]);
        Row::about(r, cells)
    };
    late.into_iter().map(row).collect()
}

/// The milestones that were missed, the longest ago first.
pub(in crate::render::report) fn milestones(book: &Book<'_>) -> Vec<Row> {
    let today = book.page.today;
    let of = |(c, n, r, standing)| {
        let (r, standing): (&Recommendation, &Standing) = (r, standing);
        missed_milestones(standing.phase, r, today).map(|(m, due)| (due, c, n, r, m)).collect::<Vec<_>>()
    };
    let mut missed: Vec<_> = book.all().flat_map(of).collect();
    missed.sort_by_key(|(due, ..)| *due);
    let row = |(due, c, n, r, m): (NaiveDate, usize, usize, &Recommendation, usize)| {
        let late = days((today - due).num_days());
        let mut cells = book.which(c, n);
        cells.extend([
            owners(r),
            Cell::text(quoted(&r.milestones[m].title))
                .aside(format!("was due {}, {late} ago", day(due)))
                .bad(true),
        ]);
        Row::about(r, cells)
    };
    missed.into_iter().map(row).collect()
}

/// What is due from today to a day, or soon by the policy, the soonest first; milestones too, where there is a
/// day.
pub(in crate::render::report) fn due_by(book: &Book<'_>, until: Option<NaiveDate>) -> Vec<Row> {
    let today = book.page.today;
    let mut soon: Vec<(NaiveDate, usize, usize, Option<String>)> = Vec::new();
    for (c, n, r, standing) in book.all() {
        let is_open = standing.phase == Phase::Open;
        let by_then = |due: chrono::NaiveDate| until.is_some_and(|until| due >= today && due <= until);
        if let Some(due) = standing.due
            && is_open
            && (by_then(due) || (until.is_none() && standing.due_soon))
        {
            soon.push((due, c, n, None));
        }
        let counts = is_open || standing.phase == Phase::Done;
        for milestone in r.milestones.iter().filter(|m| m.is_open() && counts) {
            if let Some(due) = milestone.due_date().filter(|due| by_then(*due)) {
                soon.push((due, c, n, Some(quoted(&milestone.title))));
            }
        }
    }
    soon.sort_by_key(|(due, ..)| *due);
    let row = |(due, c, n, milestone): (NaiveDate, usize, usize, Option<String>)| {
        let r = &book.page.chapters[c].plan.recommendations[n];
        let ahead = match (due - today).num_days() {
            0 => "today".to_owned(),
            ahead => format!("in {}", days(ahead)),
        };
        let aside = milestone
            .as_ref()
            .map_or_else(|| ahead.clone(), |milestone| format!("{ahead}; milestone {milestone}"));
        let mut cells = book.which(c, n);
        let due = Cell::text(day(due)).aside(aside);
        cells.extend([owners(r), if milestone.is_none() { due.whole() } else { due }]);
        Row::about(r, cells)
    };
    soon.into_iter().map(row).collect()
}
