//! Actions in rows of their own beside a recommendation that covers them all: each is a part of it, with its own owner,
//! deadline and rating.

use super::account::{Account, Outcome};
use super::columns::{Column, Why};
use super::headings::{Key, plain};
use super::numbers;
use super::record::{Action, Filled, Lower, Record, is_blank, text};
use crate::wording::count;
use std::collections::BTreeSet;

/// What a column of actions is called, among other words.
const ACTIONS: &[&str] = &[
    "action",
    "actions",
    "activity",
    "activities",
    "deliverable",
    "deliverables",
    "milestone",
    "milestones",
    "step",
    "steps",
    "task",
    "tasks",
];

/// The cell that says what is to be done, in a row below a recommendation whose own row says it in the same column.
pub(super) fn is_one(cells: &[Filled], above: &Record) -> bool {
    let says = |cells: &[Filled], heading: &str| {
        cells.iter().any(|cell| is_action(cell) && cell.heading == heading && !is_blank(cell))
    };
    cells.iter().any(|cell| is_action(cell) && !is_blank(cell) && says(&above.cells, &cell.heading))
}

fn is_action(cell: &Filled) -> bool {
    let words = plain(&cell.heading);
    matches!(cell.key, Key::Custom(_)) && words.split(' ').any(|word| ACTIONS.contains(&word))
}

/// Makes parts of the actions of these records. What differs from row to row is each part's own; who owns one owns the
/// whole too.
pub(super) fn split(records: Vec<Record>, account: &mut Account) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::new();
    for mut record in records {
        let lower = std::mem::take(&mut record.actions);
        if lower.is_empty() {
            all.push(record);
            continue;
        }
        // What covers every row is said of the whole.
        let is_whole = |cell: &Filled| lower.iter().all(|action| action.covered.contains(&cell.heading));
        let differs = |cell: &Filled| {
            let cells = lower.iter().flat_map(|action| &action.row.cells);
            cells.into_iter().any(|other| other.key == cell.key && other.heading == cell.heading)
        };
        let is_own = |cell: &Filled| {
            !matches!(cell.key, Key::Number | Key::Text | Key::Title)
                && !is_whole(cell)
                && (differs(cell) || stands(&cell.key))
        };
        let (own, whole) = std::mem::take(&mut record.cells).into_iter().partition(is_own);
        record.cells = whole;
        let mut rows = vec![Lower { place: record.place.clone(), cells: own }];
        for Action { mut row, covered } in lower {
            // What covers some of the rows is said of each of those, so that the row above has it.
            let above = rows.last().map_or(&[][..], |row: &Lower| &row.cells);
            row.cells.extend(above.iter().filter(|cell| covered.contains(&cell.heading)).cloned());
            rows.push(row);
        }
        let mut named: BTreeSet<String> =
            record.cells.iter().filter(|cell| cell.key == Key::Owner).map(text).collect();
        let owners = rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.key == Key::Owner);
        record.cells.extend(owners.filter(|cell| named.insert(text(cell))).cloned());
        account.understood.push(format!(
            "{}: {} of the recommendation became its parts",
            record.place,
            count(rows.len(), "action", "actions")
        ));
        tell(&rows[0].cells, record.table, account);
        let of = all.len();
        let parts: Vec<Record> =
            rows.into_iter().enumerate().map(|(n, row)| part(&record, of, n + 1, row)).collect();
        all.push(record);
        all.extend(parts);
    }
    all
}

/// Whether what a column says is how the action of its row stands, even where no other row has it.
fn stands(key: &Key) -> bool {
    matches!(
        key,
        Key::Owner
            | Key::Lead
            | Key::Deadline
            | Key::Forecast
            | Key::Closed
            | Key::Rag(_)
            | Key::Status(_)
            | Key::Update(_)
            | Key::Reported
            | Key::Evidence
            | Key::Mitigation
    )
}

/// Says of the column that has the actions what it was taken for.
fn tell(cells: &[Filled], table: usize, account: &mut Account) {
    let Some(action) = cells.iter().find(|cell| is_action(cell) && !is_blank(cell)) else { return };
    let is_it =
        |column: &&mut Column| column.heading == action.heading && matches!(column.key, Key::Custom(_));
    if let Some(Outcome::Plan { columns, .. }) = account.tables.get_mut(table).map(|table| &mut table.outcome)
        && let Some(column) = columns.iter_mut().find(is_it)
    {
        column.why = Why::Parts;
    }
    account.uncertain.retain(|told| !told.contains(&format!("\"{}\" may be text too", action.heading)));
}

/// The `n`th part of a record.
fn part(whole: &Record, of: usize, n: usize, row: Lower) -> Record {
    let mut cells = row.cells;
    let mut printed = None;
    // Other words about what is to be done stay under their own heading.
    if let Some(action) = cells.iter_mut().find(|cell| is_action(cell) && !is_blank(cell)) {
        action.key = Key::Text;
        printed = numbers::take_of_part(&mut action.paragraphs);
    }
    let counted = whole.number.as_ref().map(|number| format!("{number}.{n}"));
    Record {
        place: row.place,
        table: whole.table,
        is_counted: printed.is_none(),
        number: printed.or(counted),
        part_of: Some(of),
        cells,
        owner: whole.owner.clone(),
        ..Record::default()
    }
}
