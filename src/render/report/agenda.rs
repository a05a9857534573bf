//! A board's agenda: what changed since its last meeting, and what it has to speak of.

use super::Book;
use super::entry::owners;
use super::part::{Cell, Head, Row, Section, Table};
use super::prose::line;
use super::sections::{due_by, overdue};
use crate::diff::{Moment, Notable, What};
use crate::model::{Id, Phase};
use crate::render::{change, diff};
use crate::report::{Agenda, claims};
use crate::standing::Freshness;
use crate::wording::{count, day, thousands};
use std::cmp::Ordering;

/// The sections of an agenda, in the order in which a board takes them.
pub(super) fn sections(book: &Book<'_>, agenda: &Agenda) -> Vec<Section> {
    vec![changed(book, agenda), late(book), ahead(book, agenda), silent(book, agenda), claimed(book)]
}

/// A meeting's day, and the revision that it had.
fn moment(moment: &Moment) -> String {
    let revision = moment.commit.as_ref().map(|_| format!(" ({})", moment.name));
    format!("{}{}", day(moment.date), revision.unwrap_or_default())
}

impl Book<'_> {
    /// The cells that say which recommendation is meant, linked where it is shown.
    fn whom(&self, plan: &str, id: Option<&Id>, title: &str) -> Vec<Cell> {
        let chapter = self.page.chapters.iter().position(|chapter| chapter.plan.id() == plan);
        let anchor = chapter.zip(id).and_then(|(c, id)| {
            let place = self.page.chapters[c].plan.recommendations.iter().position(|r| r.id == *id)?;
            self.anchors[c].get(place)
        });
        let named = self.several.then(|| Cell::text(chapter.map_or_else(|| line(plan), |c| self.name(c))));
        let number = Cell::text(id.map_or_else(|| "–".to_owned(), |id| line(id.as_str())));
        let number = match anchor {
            Some(anchor) => number.link(anchor),
            None => number,
        };
        let title = if id.is_some() { line(title) } else { "the plan itself".to_owned() };
        named.into_iter().chain([number, Cell::text(title)]).collect()
    }

    fn heads(&self, rest: &[&str]) -> Vec<Head> {
        let plan = self.several.then_some("Plan");
        plan.into_iter()
            .chain(["No.", "Recommendation"])
            .chain(rest.iter().copied())
            .map(Head::text)
            .collect()
    }
}

/// What changed, in the plan's terms and in a board's.
fn changed(book: &Book<'_>, agenda: &Agenda) -> Section {
    let difference = &agenda.difference;
    let mut section = Section {
        id: "agenda".to_owned(),
        heading: "Since the last meeting".to_owned(),
        ..Section::default()
    };
    let changed = difference.changes.iter().filter(|change| change.id.is_some()).count();
    let told = match changed {
        0 => "No recommendation changed in the files".to_owned(),
        n => format!("{} changed", count(n, "recommendation", "recommendations")),
    };
    section.said.push(format!("{told} from {} to {}.", moment(&agenda.from), moment(&agenda.to)));
    for (heading, found) in diff::told(&difference.notable) {
        if found.iter().all(|(n, _)| matches!(n.what, What::NoUpdate { .. })) {
            continue;
        }
        let row = |(n, said): &(&Notable, String)| {
            let mut cells = book.whom(&n.plan.id, Some(&n.id), &n.title);
            cells.extend([
                Cell::text(line(&n.owners.join(", "))),
                Cell::text(if said.is_empty() { "–".to_owned() } else { line(said) }),
            ]);
            Row::of(cells)
        };
        section.tables.push(Table {
            caption: format!("{heading} ({})", thousands(found.len())),
            heads: book.heads(&["Owner", "What"]),
            rows: found.iter().map(row).collect(),
            ..Table::default()
        });
    }
    let changes = change::all_lines(&difference.changes);
    let rows = changes.iter().flat_map(|(change, lines)| {
        let whom = || book.whom(&change.plan.id, change.id.as_ref(), &change.title);
        let kind = change.kind;
        let mut rows: Vec<Row> = Vec::new();
        if kind != crate::diff::Kind::Changed {
            rows.push(Row::of(whom().into_iter().chain([Cell::text(kind.name()), Cell::text("")]).collect()));
        }
        rows.extend(lines.iter().map(|told| {
            Row::of(
                whom()
                    .into_iter()
                    .chain([Cell::text(line(&told.name)), Cell::text(line(&told.said))])
                    .collect(),
            )
        }));
        rows
    });
    let rows: Vec<Row> = rows.collect();
    if !rows.is_empty() {
        section.tables.push(Table {
            caption: format!("Every change ({})", thousands(rows.len())),
            heads: book.heads(&["Field", "Change"]),
            rows,
            ..Table::default()
        });
    }
    let counts = diff::counts(&difference.before, &difference.after);
    let differ = counts.into_iter().filter(|(_, before, after)| before != after);
    let row = |(name, before, after): (String, usize, usize)| {
        let by = match after.cmp(&before) {
            Ordering::Greater => format!("+{}", thousands(after - before)),
            Ordering::Less => format!("−{}", thousands(before - after)),
            Ordering::Equal => String::new(),
        };
        let by = Cell { is_number: true, ..Cell::text(by) };
        Row::of(vec![Cell::text(line(&name)), Cell::number(before), Cell::number(after), by])
    };
    let rows: Vec<Row> = differ.map(row).collect();
    if !rows.is_empty() {
        section.tables.push(Table {
            caption: "Counts that changed".to_owned(),
            heads: vec![
                Head::text("Count"),
                Head::number(&day(agenda.from.date)),
                Head::number(&day(agenda.to.date)),
                Head::number("Change"),
            ],
            rows,
            ..Table::default()
        });
    }
    section
}

/// A section of one table, or of the sentence that there is nothing.
fn one(id: &str, heading: String, caption: &str, nothing: &str, heads: Vec<Head>, rows: Vec<Row>) -> Section {
    let mut section = Section { id: id.to_owned(), heading, ..Section::default() };
    if rows.is_empty() {
        section.said.push(nothing.to_owned());
    } else {
        let caption = format!("{caption} ({})", thousands(rows.len()));
        section.tables.push(Table { caption, heads, rows, ..Table::default() });
    }
    section
}

/// What is overdue, and who owns it.
fn late(book: &Book<'_>) -> Section {
    let heads = book.heads(&["Owner", "Due"]);
    one(
        "overdue",
        "Overdue, and who owns it".to_owned(),
        "Overdue",
        "Nothing is overdue.",
        heads,
        overdue(book),
    )
}

/// What is due before the next meeting.
fn ahead(book: &Book<'_>, agenda: &Agenda) -> Section {
    let until = day(agenda.next);
    let mut section = one(
        "ahead",
        format!("Due by {until}"),
        "Due by then",
        "Nothing is due by then.",
        book.heads(&["Owner", "Due"]),
        due_by(book, Some(agenda.next)),
    );
    if !agenda.next_is_given {
        section.note = Some(format!(
            "The next meeting is taken to be on {until}, as far ahead as the last one is back."
        ));
    }
    section
}

/// What has had no update.
fn silent(book: &Book<'_>, agenda: &Agenda) -> Section {
    let is_silent = |plan: &str, id: &Id| {
        let mut found = agenda.difference.notable.iter().filter(|n| matches!(n.what, What::NoUpdate { .. }));
        found.any(|n| n.plan.id == plan && n.id == *id)
    };
    let mut rows = Vec::new();
    for (c, _, r, standing) in book.all() {
        let plan = book.page.chapters[c].plan.id();
        let since = is_silent(plan, &r.id);
        let stale = matches!(standing.freshness, Freshness::Stale | Freshness::NeverUpdated);
        if standing.phase != Phase::Open || !(since || stale) {
            continue;
        }
        let last = match standing.last_update {
            Some(date) => Cell::text(day(date)),
            None if r.updates.is_empty() => Cell::text("never"),
            None => Cell::text("without a date"),
        };
        let last = if standing.freshness == Freshness::Stale { last.aside("stale") } else { last };
        let mut cells = book.whom(plan, Some(&r.id), &r.title);
        cells.extend([Cell::text(owners(r)), last]);
        rows.push(Row::of(cells));
    }
    let heads = book.heads(&["Owner", "Last update"]);
    one(
        "silent",
        "No update since".to_owned(),
        "No update",
        "Everything that is open has been updated.",
        heads,
        rows,
    )
}

/// What is claimed as delivered, and what was assured of it.
fn claimed(book: &Book<'_>) -> Section {
    let mut rows = Vec::new();
    for chapter in &book.page.chapters {
        for claim in claims(chapter) {
            let r = claim.recommendation;
            let mut cells = book.whom(chapter.plan.id(), Some(&r.id), &r.title);
            cells.push(Cell::text(claim.claimed().map_or_else(|| "nothing".to_owned(), line)));
            cells.push(match claim.found {
                Some(found) => {
                    let on = found.on.map(|on| format!(", {}", day(on))).unwrap_or_default();
                    Cell::text(line(&found.status)).aside(format!("{}{on}", line(&found.by)))
                }
                None => Cell::text("not assured").bad(true),
            });
            rows.push(Row::of(cells));
        }
    }
    let heads = book.heads(&["Claimed", "Assured"]);
    one(
        "claims",
        "Claimed, and assured".to_owned(),
        "Claims",
        "Nothing is claimed as delivered.",
        heads,
        rows,
    )
}
