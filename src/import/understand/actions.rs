//! Actions in rows of their own beside a recommendation that covers them all: each is a part of it, with its own owner,
//! deadline and rating.

use super::account::{Account, Outcome, TableAccount};
use super::columns::{Column, Why};
use super::dates;
use super::headings::{Key, known, plain};
use super::numbers;
use super::record::{Action, Filled, Lower, Record, is_blank, text};
use crate::wording::count;
use std::collections::BTreeSet;

/// What a column of actions is called, or the last word of it is: "Agreed action", and not "Action taken".
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

/// What else may stand behind that word.
const ASKED: &[&str] = &["required", "needed", "agreed", "planned", "proposed"];

/// Whether a row says what is to be done, below a recommendation whose own row says it in the same column. `is_other`
/// says which headings somebody gave another meaning.
pub(super) fn is_one(cells: &[Filled], above: &Record, is_other: impl Fn(&str) -> bool) -> bool {
    let says = |heading: &str| above.cells.iter().any(|cell| is_action(cell) && cell.heading == heading);
    cells.iter().any(|cell| is_action(cell) && says(&cell.heading) && !is_other(&cell.heading))
}

/// Whether what a row does is the rest of a sentence that a page cut.
pub(super) fn goes_on(cells: &[Filled]) -> bool {
    cells.iter().find(|cell| is_action(cell)).is_some_and(|cell| text(cell).starts_with(char::is_lowercase))
}

/// A day, a number or a name of a column that has the word in it is no action.
fn is_action(cell: &Filled) -> bool {
    let words = plain(&cell.heading);
    let last = words.split(' ').rfind(|word| !ASKED.contains(word)).unwrap_or_default();
    let is_called =
        words.split(' ').all(|word| word.chars().all(char::is_alphabetic)) && ACTIONS.contains(&last);
    let text = text(cell);
    let is_word = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(|c: char| c.is_ascii_digit())
    };
    let says = text.split_whitespace().any(is_word) && dates::whole(&text).is_none();
    matches!(cell.key, Key::Custom(_)) && is_called && says
}

/// Makes parts of the actions of these records. What differs from row to row is each part's own; who owns one owns the
/// whole too.
pub(super) fn split(records: Vec<Record>, account: &mut Account) -> Vec<Record> {
    let mut taken: BTreeSet<String> = records.iter().filter_map(|record| record.number.clone()).collect();
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
        record.cells.append(&mut record.below);
        let mut rows = vec![Lower { place: record.place.clone(), cells: own }];
        for Action { mut row, covered } in lower {
            // What covers some of the rows is said of each of those, so that the row above has it.
            let above = rows.last().map_or(&[][..], |row: &Lower| &row.cells);
            // A report is told once.
            let is_said =
                |cell: &&Filled| covered.contains(&cell.heading) && !matches!(cell.key, Key::Update(_));
            row.cells.extend(above.iter().filter(is_said).cloned());
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
        tell(&rows[0], account);
        let of = all.len();
        let mut counted = 0;
        let parts: Vec<Record> =
            rows.into_iter().map(|row| part(&record, of, row, &mut counted, &mut taken)).collect();
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
fn tell(first: &Lower, account: &mut Account) {
    let Some(action) = first.cells.iter().find(|cell| is_action(cell) && !is_blank(cell)) else { return };
    let is_it =
        |column: &&mut Column| column.heading == action.heading && matches!(column.key, Key::Custom(_));
    let is_of = |table: &&mut TableAccount| first.place.starts_with(&format!("{}, ", table.name));
    if let Some(Outcome::Plan { columns, .. }) =
        account.tables.iter_mut().find(is_of).map(|table| &mut table.outcome)
        && let Some(column) = columns.iter_mut().find(is_it)
    {
        column.why = Why::Parts;
    }
    account.uncertain.retain(|told| !told.contains(&format!("\"{}\" may be text too", action.heading)));
}

/// A part of a record: with the number that is printed for it, else the next one that no other row has.
fn part(whole: &Record, of: usize, row: Lower, counted: &mut usize, taken: &mut BTreeSet<String>) -> Record {
    let mut cells = row.cells;
    let mut printed = None;
    // Other words about what is to be done stay under their own heading.
    if let Some(action) = cells.iter_mut().find(|cell| is_action(cell)) {
        action.key = Key::Text;
        printed = whole.number.as_deref().and_then(|of| numbers::take_of_part(&mut action.paragraphs, of));
    }
    if let Some(number) = &whole.number
        && printed.is_none()
    {
        let column = cells.iter().position(|cell| is_number(cell, number));
        printed = column.and_then(|at| numbers::of_cell(&text(&cells.remove(at))));
    }
    *counted += 1;
    let number = printed.clone().or_else(|| {
        let whole = whole.number.as_ref()?;
        while taken.contains(&format!("{whole}.{counted}")) {
            *counted += 1;
        }
        Some(format!("{whole}.{counted}"))
    });
    taken.extend(number.clone());
    cells.extend(whole.cells.iter().filter(|cell| cell.key == Key::Theme).cloned());
    Record {
        place: row.place,
        table: whole.table,
        is_counted: printed.is_none(),
        number,
        part_of: Some(of),
        cells,
        owner: whole.owner.clone(),
        theme: whole.theme.clone(),
        ..Record::default()
    }
}

/// Whether a column of numbers beside that of the recommendations has one of a part of this: "Action No", 1.2.
fn is_number(cell: &Filled, whole: &str) -> bool {
    matches!(cell.key, Key::Custom(_))
        && known(&cell.heading) == Some(Key::Number)
        && numbers::of_cell(&text(cell)).is_some_and(|number| numbers::is_of_part(&number, whole))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{table, told, told_of};
    use crate::import::document::Block;

    #[test]
    fn actions_in_rows_of_their_own_are_parts_of_the_recommendation_that_covers_them() {
        let rows: &[&[&str]] = &[
            &["No", "Recommendation", "Action", "Owner", "Due", "RAG", "Update"],
            &["1", "Answer faster.", "1.1 Hire ten more.", "DCC", "1 May 2027", "Red", "Six hired."],
            &["^", "^", "1.2 Publish figures.", "ACC", "1 June 2027", "Green", ""],
            &["2", "Train all.", "Write the course.", "DCC", "1 July 2027", "Amber", ""],
            &["^", "^", "Hold it.", "^", "1 August 2027", "Green", "Begun."],
            &["3", "Stop.", "Tell everybody.", "ACC", "1 May 2027", "Green", ""],
            &["4", "Go.", "Walk.", "ACC", "1 May 2028", "Green", ""],
            &["^", "^", "Run.", "^", "1 June 2028", "Green", ""],
            &["^", "^", "Rest.", "DCC", "^", "", ""],
        ];
        insta::assert_snapshot!("parts_of_merged_rows", told(rows));
    }

    #[test]
    fn a_column_of_actions_is_known_from_one_of_their_numbers_days_or_reports() {
        let parts = |heading: &str, first: &str, second: &str| {
            let told = told(&[
                &["No", "Recommendation", heading, "Action", "Owner", "Status"],
                &["1", "Answer faster.", first, "Hire ten more.", "DCC", "On track"],
                &["^", "^", second, "Publish figures.", "DCC", "Complete"],
            ]);
            told.lines()
                .filter(|line| line.starts_with("id") || line.starts_with("title"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let parts_of = "id = \"1\" title = \"Answer faster\" id = \"1.1\" title = \"Hire ten more\"";
        for (heading, first, second, last) in [
            ("Action No", "1.1", "1.7", "1.7"),
            ("Milestone date", "31 March 2026", "1 May 2026", "1.2"),
            ("Task and finish group", "Custody group", "Data group", "1.2"),
            ("Actions completed to date", "Four were hired", "None", "1.2"),
        ] {
            let expected = format!("{parts_of} id = \"{last}\" title = \"Publish figures\"");
            assert_eq!(parts(heading, first, second), expected, "{heading}");
        }
        // Reports of several are none.
        let told = told(&[
            &["No", "Recommendation", "Actions so far", "Owner"],
            &["1", "Answer faster.", "We wrote guidance.", "NPCC"],
            &["^", "^", "We changed the course.", "College of Policing"],
        ]);
        assert!(!told.contains("parent"), "{told}");
    }

    #[test]
    fn what_is_said_of_an_action_and_of_the_whole_stays_with_it() {
        let mut document = table(&[
            &["No", "Recommendation", "Action", "Owner", "Update"],
            &["1", "Answer faster.", "Hire ten more.", "DCC", "Agreed."],
            &["^", "^", "Publish the figures of", "DCC", "Half of it is"],
            &["^", "^", "every month.", "", "done."],
            &["Progress: behind its timetable.", "", "", "", ""],
            &["2", "Stop.", "", "ACC", ""],
        ]);
        if let Some(Block::Table(table)) = document.blocks.first_mut() {
            table.rows[4].cells.truncate(1);
            table.rows[4].cells[0].across = 5;
        }
        insta::assert_snapshot!("said_of_the_whole", told_of(&document));
    }
}
