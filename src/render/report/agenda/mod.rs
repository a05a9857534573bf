//! A board's agenda: what changed since its last meeting, and what it has to speak of.

mod changed;

use super::Book;
use super::part::{Cell, Head, Row, Section, Table, how_many, how_many_of};
use super::prose::line;
use super::sections::{EXPECTED_TO_MISS, due_by, expected_to_miss, milestones, overdue, updated};
use crate::diff::What;
use crate::model::Id;
use crate::report::{Agenda, claims};
use crate::wording::day;

/// What stands for the number of a plan itself.
const NO_ID: &str = "–";

/// The sections of an agenda, in the order in which a board takes them.
pub(super) fn sections(book: &Book<'_>, agenda: &Agenda) -> Vec<Section> {
    vec![changed::section(book, agenda), late(book), ahead(book, agenda), silent(book, agenda), claimed(book)]
}

impl Book<'_> {
    /// Where a recommendation stands on the page: its plan's place and its own in it.
    fn place(&self, plan: &str, id: &Id) -> Option<(usize, usize)> {
        let c = self.page.chapters.iter().position(|chapter| chapter.plan.id() == plan)?;
        let n = self.page.chapters[c].plan.recommendations.iter().position(|r| r.id == *id)?;
        Some((c, n))
    }

    /// The cells that say which recommendation is meant, linked where it is shown.
    fn whom(&self, plan: &str, id: Option<&Id>, title: &str) -> Vec<Cell> {
        if let Some((c, n)) = id.and_then(|id| self.place(plan, id)) {
            return self.which(c, n);
        }
        let chapter = self.page.chapters.iter().position(|chapter| chapter.plan.id() == plan);
        let named = self.several.then(|| Cell::text(chapter.map_or_else(|| line(plan), |c| self.name(c))));
        let number = Cell::text(id.map_or_else(|| NO_ID.to_owned(), |id| line(id.as_str())));
        let title = match (id, chapter) {
            (Some(_), Some(_)) => Cell::text(line(title)),
            // Its plan is gone, and no heading says of which it was.
            (Some(_), None) => {
                let of = if self.several { String::new() } else { format!("of {}", line(plan)) };
                Cell::text(line(title)).aside(of)
            }
            (None, Some(_)) => Cell::text("the plan itself"),
            (None, None) => Cell::text(line(title)),
        };
        named.into_iter().chain([number, title]).collect()
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

/// A section of one table, or of the sentence that there is nothing.
fn one(id: &str, heading: &str, number: &str, nothing: &str, heads: Vec<Head>, rows: Vec<Row>) -> Section {
    let mut section = Section { id: id.to_owned(), heading: heading.to_owned(), ..Section::default() };
    if rows.is_empty() {
        section.said.push(nothing.to_owned());
    } else {
        section.heading = format!("{heading} ({number})");
        let caption = section.heading.clone();
        section.tables.push(Table { caption, is_named: true, heads, rows, ..Table::default() });
    }
    section
}

/// What is overdue, and who owns it; with it the milestones that were missed, and what is expected to be late, since
/// whenever that was said.
fn late(book: &Book<'_>) -> Section {
    let rows = overdue(book);
    let number = how_many(&rows);
    let heads = book.heads(&["Owner", "Due"]);
    let mut section = one("overdue", "Overdue, and who owns it", &number, "Nothing is overdue.", heads, rows);
    let missed = milestones(book);
    if !missed.is_empty() {
        section.tables.push(Table {
            caption: format!("Milestones missed ({})", how_many_of(&missed)),
            heads: book.heads(&["Owner", "Milestone"]),
            rows: missed,
            ..Table::default()
        });
    }
    let expected = expected_to_miss(book);
    if !expected.is_empty() {
        section.tables.push(Table {
            caption: format!("{EXPECTED_TO_MISS} ({})", how_many(&expected)),
            heads: book.heads(&["Owner", "Says"]),
            rows: expected,
            ..Table::default()
        });
    }
    section
}

/// What is due before the next meeting.
fn ahead(book: &Book<'_>, agenda: &Agenda) -> Section {
    let until = day(agenda.next);
    let rows = due_by(book, Some(agenda.next));
    let number = how_many_of(&rows);
    let mut section = one(
        "ahead",
        &format!("Due by {until}"),
        &number,
        "Nothing is due by then.",
        book.heads(&["Owner", "Due"]),
        rows,
    );
    if !agenda.next_is_given {
        section.note = Some(format!(
            "The next meeting is taken to be on {until}, as far ahead as the last one is back."
        ));
    }
    section
}

/// What was there at the last meeting and has had no update since.
fn silent(book: &Book<'_>, agenda: &Agenda) -> Section {
    let mut rows = Vec::new();
    for (c, n, r, standing) in book.all() {
        let plan = book.page.chapters[c].plan.id();
        let mut of_it = agenda.difference.notable.iter().filter(|n| n.plan.id == plan && n.id == r.id);
        let silent = of_it.find_map(|n| match n.what {
            What::NoUpdate { last } => Some(last),
            _ => None,
        });
        rows.extend(silent.map(|last| updated(book, (c, n), last, standing)));
    }
    let (heads, number) = (book.heads(&["Owner", "Last update"]), how_many(&rows));
    let heading = format!("No update since {}", day(agenda.from.date));
    let nothing = "Everything that was there then and is open has been updated since.";
    one("silent", &heading, &number, nothing, heads, rows)
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
            rows.push(Row::about(r, cells));
        }
    }
    let heads = book.heads(&["Claimed", "Assured"]);
    let number = how_many(&rows);
    one("claims", "Claimed, and assured", &number, "Nothing is claimed as delivered.", heads, rows)
}
