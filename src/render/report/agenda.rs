//! A board's agenda: what changed since its last meeting, and what it has to speak of.

use super::Book;
use super::part::{Cell, Head, Item, Row, Section, Table, Told, how_many, how_many_of};
use super::prose::line;
use super::sections::{due_by, milestones, overdue, updated};
use crate::diff::{Change, Kind, Moment, Notable, What};
use crate::model::Id;
use crate::render::change::{self, Below, Line};
use crate::render::diff;
use crate::report::{Agenda, claims};
use crate::wording::{count, day, thousands};
use std::cmp::Ordering;

/// What stands for the number of a plan itself.
const NO_ID: &str = "–";

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
        let number = Cell::text(id.map_or_else(|| NO_ID.to_owned(), |id| line(id.as_str())));
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
    let changed = difference.changes.iter().filter(|change| change.id.is_some());
    let is_part = |change: &&Change| {
        let chapter = book.page.chapters.iter().find(|chapter| chapter.plan.id() == change.plan.id);
        let found = chapter.and_then(|chapter| chapter.plan.get(change.id.as_ref()?));
        found.is_some_and(|r| r.parent.is_some())
    };
    let (parts, whole): (Vec<_>, Vec<_>) = changed.partition(is_part);
    let (whole, parts) = (whole.len(), parts.len());
    let of_whole = || count(whole, "recommendation", "recommendations");
    let of_parts = count(parts, "part", "parts");
    let how_many = match (whole, parts) {
        (0, 0) => "No recommendation changed in the files".to_owned(),
        (_, 0) => format!("{} changed", of_whole()),
        (0, _) => format!("No recommendation, and {of_parts}, changed"),
        (_, _) => format!("{}, and {of_parts}, changed", of_whole()),
    };
    section.said.push(format!("{how_many} from {} to {}.", moment(&agenda.from), moment(&agenda.to)));
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
    section.told = changes.iter().filter_map(|(change, lines)| told(book, change, lines)).collect();
    if !section.told.is_empty() {
        section.told_heading = format!("Every change ({})", thousands(section.told.len()));
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

/// What changed of one recommendation, or of a plan itself; what somebody wrote, in their words.
fn told(book: &Book<'_>, change: &Change, lines: &[Line]) -> Option<Told> {
    let cells = book.whom(&change.plan.id, change.id.as_ref(), &change.title);
    let link = cells.iter().find_map(|cell| cell.link.clone());
    let heading: Vec<String> = cells.iter().map(Cell::line).filter(|text| text != NO_ID).collect();
    let item = |lead: &str, said: &str, prose: Option<String>| Item {
        said: line(said),
        prose,
        ..Item::new(lead, &[])
    };
    let whole = (change.kind != Kind::Changed).then(|| item(change.kind.name(), "", None));
    let lines = lines.iter().map(|told| {
        let prose = match &told.below {
            Some(Below::Prose(text)) => Some(text.clone()),
            // What was reworded stands below with all of the recommendation.
            Some(Below::Words(_)) | None => None,
        };
        item(&told.name, &told.said, prose)
    });
    let items: Vec<Item> = whole.into_iter().chain(lines).collect();
    (!items.is_empty()).then(|| Told { heading: heading.join(" "), link, items })
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

/// What is overdue, and who owns it; the milestones that were missed with it.
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
