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

/// What stands where there is nothing to say.
const NOTHING: &str = "–";

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

    /// Whether what changed is a part; of one that is gone, whether it was.
    fn is_of_part(&self, change: &Change) -> bool {
        change
            .id
            .as_ref()
            .is_some_and(|id| self.is_part(&change.plan.id, id) || was_part_of(change).is_some())
    }
}

/// Of what a recommendation that is gone was a part.
fn was_part_of(change: &Change) -> Option<String> {
    let mut of = change.fields.iter().filter(|field| field.key == "parent" && change.kind == Kind::Removed);
    of.find_map(|field| field.from.as_ref()).map(change::plain)
}

/// What changed, in the plan's terms and in a board's.
pub(super) fn section(book: &Book<'_>, agenda: &Agenda) -> Section {
    let difference = &agenda.difference;
    let mut section = Section {
        id: "agenda".to_owned(),
        heading: "Since the last meeting".to_owned(),
        ..Section::default()
    };
    let (from, to) = (moment(&agenda.from), moment(&agenda.to));
    section.said.push(format!("From {from} to {to}: {}.", how_much(book, &difference.changes)));
    section.tables.extend(come_and_gone(book, &difference.changes));
    for (heading, found) in diff::told(&difference.notable) {
        if found.iter().all(|(n, _)| matches!(n.what, What::NoUpdate { .. })) {
            continue;
        }
        let row = |(n, said): &(&Notable, String)| {
            let mut cells = book.whom(&n.plan.id, Some(&n.id), &n.title);
            cells.extend([
                Cell::names(n.owners.iter().map(|owner| line(owner)).collect()),
                Cell::text(if said.is_empty() { NOTHING.to_owned() } else { line(said) }),
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

/// How much changed, came and went: "4 recommendations, and 1 part, changed; 2 recommendations added".
fn how_much(book: &Book<'_>, changes: &[Change]) -> String {
    let mut told = Vec::new();
    for (kind, verb) in [(Kind::Changed, "changed"), (Kind::Added, "added"), (Kind::Removed, "removed")] {
        let of_kind = || changes.iter().filter(|change| change.kind == kind);
        let (parts, whole): (Vec<_>, Vec<_>) =
            of_kind().filter(|change| change.id.is_some()).partition(|change| book.is_of_part(change));
        let (whole, parts) = (whole.len(), parts.len());
        let of_whole = || count(whole, "recommendation", "recommendations");
        let of_parts = count(parts, "part", "parts");
        match (whole, parts) {
            (0, 0) => {}
            (_, 0) => told.push(format!("{} {verb}", of_whole())),
            (0, _) => told.push(format!("{of_parts} {verb}")),
            (_, _) => told.push(format!("{}, and {of_parts}, {verb}", of_whole())),
        }
        // What changed of a plan itself is told with every change.
        let plans = of_kind().filter(|change| change.id.is_none() && kind != Kind::Changed).count();
        if plans > 0 {
            told.push(format!("{} {verb}", count(plans, "plan", "plans")));
        }
    }
    if told.is_empty() { "no recommendation changed in the files".to_owned() } else { told.join("; ") }
}

/// What is gone and what is new: whole plans, and recommendations with how they stood or stand.
fn come_and_gone(book: &Book<'_>, changes: &[Change]) -> Vec<Table> {
    let mut tables = Vec::new();
    for (kind, of_plans, of_each) in
        [(Kind::Removed, "Plans removed", "Removed"), (Kind::Added, "Plans added", "Added")]
    {
        let of_kind = || changes.iter().filter(|change| change.kind == kind);
        let each = |plan: &str| of_kind().filter(|c| c.id.is_some() && c.plan.id == plan).count();
        let plans = of_kind().filter(|change| change.id.is_none());
        let plan = |change: &Change| {
            Row::of(vec![Cell::text(line(&change.title)), Cell::number(each(&change.plan.id))])
        };
        let row = |change: &Change| {
            let mut cells = book.whom(&change.plan.id, change.id.as_ref(), &change.title);
            let lines = change::lines(change);
            let said = |keys: &[&str], is_named: bool| {
                let told = lines.iter().filter(|line| keys.contains(&&*line.key));
                let told = told.map(|told| match is_named {
                    true => format!("{} {}", told.name, told.said),
                    false => told.said.clone(),
                });
                let told = told.collect::<Vec<_>>().join("; ");
                Cell::text(if told.is_empty() { NOTHING.to_owned() } else { line(&told) })
            };
            if let (Some(of), Some(title)) = (was_part_of(change), cells.last_mut()) {
                let part = format!("part of {}", line(&of));
                let also = title.aside.take().map(|aside| format!(", {aside}")).unwrap_or_default();
                title.aside = Some(format!("{part}{also}"));
            }
            cells.extend([said(&["owners"], false), said(&["deadline", "rag", "status"], true)]);
            Row { is_part: book.is_of_part(change), ..Row::of(cells) }
        };
        let plans: Vec<Row> = plans.map(plan).collect();
        let rows: Vec<Row> = of_kind().filter(|change| change.id.is_some()).map(row).collect();
        let heads_of_plans = vec![Head::text("Plan"), Head::number("Recommendations")];
        let found = [
            (of_plans, thousands(plans.len()), heads_of_plans, plans),
            (of_each, how_many(&rows), book.heads(&["Owner", "What"]), rows),
        ];
        for (caption, number, heads, rows) in found {
            let caption = format!("{caption} ({number})");
            tables.extend((!rows.is_empty()).then(|| Table { caption, heads, rows, ..Table::default() }));
        }
    }
    tables
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
