//! What changed since the last meeting.

use super::NO_ID;
use crate::diff::{Change, Kind, Moment, Notable, What};
use crate::model::Id;
use crate::render::change::{self, Below, Line};
use crate::render::diff;
use crate::render::report::Book;
use crate::render::report::part::{Cell, Head, Item, Row, Section, Table, Told, how_many, how_many_of};
use crate::render::report::prose::line;
use crate::report::Agenda;
use crate::wording::{count, day, thousands};
use std::cmp::Ordering;

/// A meeting's day, and the revision that it had.
fn moment(moment: &Moment) -> String {
    let revision = moment.commit.as_ref().map(|_| format!(" ({})", moment.name));
    format!("{}{}", day(moment.date), revision.unwrap_or_default())
}

impl Book<'_> {
    /// Whether a recommendation is shown as a part of another.
    fn is_part(&self, plan: &str, id: &Id) -> bool {
        let place = self.place(plan, id);
        place.is_some_and(|(c, n)| self.page.chapters[c].plan.recommendations[n].parent.is_some())
    }
}

/// What changed, in the plan's terms and in a board's.
pub(super) fn section(book: &Book<'_>, agenda: &Agenda) -> Section {
    let difference = &agenda.difference;
    let mut section = Section {
        id: "agenda".to_owned(),
        heading: "Since the last meeting".to_owned(),
        ..Section::default()
    };
    let changed = difference.changes.iter().filter(|change| change.id.is_some());
    let is_part = |change: &&Change| change.id.as_ref().is_some_and(|id| book.is_part(&change.plan.id, id));
    let (parts, whole): (Vec<_>, Vec<_>) = changed.partition(is_part);
    let (whole, parts) = (whole.len(), parts.len());
    let of_whole = || count(whole, "recommendation", "recommendations");
    let of_parts = count(parts, "part", "parts");
    let changed = match (whole, parts) {
        (0, 0) => "No recommendation changed in the files".to_owned(),
        (_, 0) => format!("{} changed", of_whole()),
        (0, _) => format!("No recommendation, and {of_parts}, changed"),
        (_, _) => format!("{}, and {of_parts}, changed", of_whole()),
    };
    section.said.push(format!("{changed} from {} to {}.", moment(&agenda.from), moment(&agenda.to)));
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
            Row { is_part: book.is_part(&n.plan.id, &n.id), ..Row::of(cells) }
        };
        let rows: Vec<Row> = found.iter().map(row).collect();
        let of_milestones = found.iter().any(|(n, _)| matches!(n.what, What::MilestoneMissed { .. }));
        let number = if of_milestones { how_many_of(&rows) } else { how_many(&rows) };
        section.tables.push(Table {
            caption: format!("{heading} ({number})"),
            heads: book.heads(&["Owner", "What"]),
            rows,
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
