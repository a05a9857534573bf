//! Numbers to ids: as they are printed, or by the places of the rows.

use crate::import::understand::account::Account;
use crate::import::understand::headings::Key;
use crate::import::understand::numbers;
use crate::import::understand::record::{Record, text};
use crate::model::{Id, slug};
use std::collections::{BTreeMap, BTreeSet};

/// The ids of a plan.
pub(super) struct Ids {
    /// Those of each record.
    pub(super) all: Vec<Numbered>,
    /// Why printed numbers differ from ids.
    pub(super) note: Option<String>,
}

/// What a record goes by.
pub(super) struct Numbered {
    pub(super) id: Id,
    /// The number that is printed for it, where that is another.
    pub(super) printed: Option<Id>,
    /// What it is a part of, as 7.1 is of 7.
    pub(super) parent: Option<Id>,
}

impl Numbered {
    fn new(id: Id, printed: Option<Id>) -> Self {
        Self { id, printed, parent: None }
    }
}

/// Gives each record its id.
pub(super) fn of(records: &[Record], by_position: bool, account: &mut Account) -> Ids {
    let has_numbers = records.iter().any(|record| record.number.is_some());
    if !has_numbers && !records.is_empty() {
        account.understood.push("no row has a number: ids are the places of the rows".to_owned());
    }
    let is_by_position = by_position || !has_numbers;
    told(records, is_by_position, account);
    let mut all: Vec<Numbered> = Vec::new();
    for (n, record) in records.iter().enumerate() {
        let place = Id::new(&(n + 1).to_string());
        all.push(match &record.number {
            Some(number) if is_by_position => {
                // What was counted here is printed nowhere.
                let printed = Some(Id::new(number)).filter(|_| !record.is_counted);
                Numbered::new(place.clone(), printed.filter(|printed| *printed != place))
            }
            Some(number) if !slug(number).trim_matches('-').is_empty() => {
                Numbered::new(Id::new(number), None)
            }
            _ if is_by_position => Numbered::new(place, None),
            // It needs some id: that of its row can be found in the document.
            _ => Numbered::new(Id::new(&format!("row-{}", n + 1)), None),
        });
    }
    parts(records, &mut all, account);
    let note = is_by_position.then(|| note(&all)).flatten();
    Ids { all, note }
}

/// Makes 7.1 a part of 7, where there is one 7; that 7a is one nobody says.
fn parts(records: &[Record], all: &mut [Numbered], account: &mut Account) {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, record) in records.iter().enumerate() {
        if let Some(number) = &record.number {
            places.entry(number).or_default().push(n);
        }
    }
    let whole = |number: &str| match places.get(number).map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    };
    let (mut parts, mut unsure) = (Vec::new(), Vec::new());
    for (n, record) in records.iter().enumerate() {
        if let Some(of) = record.part_of {
            all[n].parent = all.get(of).map(|whole| whole.id.clone());
            parts.extend(record.number.as_deref());
            continue;
        }
        let said = record.cells.iter().find(|cell| cell.key == Key::Parent).map(text);
        if let Some(of) = said.and_then(|said| numbers::of_cell(&said)).and_then(|number| whole(&number)) {
            all[n].parent = Some(all[of].id.clone()).filter(|parent| *parent != all[n].id);
            continue;
        }
        let Some(number) = record.number.as_deref() else { continue };
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if let Some((start, end)) = number.rsplit_once('.')
            && let Some(of) = whole(start).filter(|_| is_digits(end))
        {
            all[n].parent = Some(all[of].id.clone());
            parts.push(number);
        } else if let Some(start) = number.strip_suffix(|c: char| c.is_ascii_alphabetic())
            && is_digits(start)
            && whole(start).is_some()
        {
            unsure.push(format!("{number} of {start}"));
        }
    }
    if !parts.is_empty() {
        account.understood.push(format!("parts of the recommendations above them: {}", parts.join(", ")));
    }
    if !unsure.is_empty() {
        account.uncertain.push(format!("there may be parts, which `parent` makes: {}", unsure.join(", ")));
    }
}

/// Tells of numbers that are there twice, missing, or out of order.
fn told(records: &[Record], is_by_position: bool, account: &mut Account) {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut faults = false;
    for (n, record) in records.iter().enumerate() {
        match &record.number {
            Some(number) => places.entry(number).or_default().push(&record.place),
            None if is_by_position => {}
            None => {
                faults = true;
                account.uncertain.push(format!(
                    "{}: it has no number, and is called row-{} until it has one",
                    record.place,
                    n + 1
                ));
            }
        }
    }
    for (number, places) in places.iter().filter(|(_, places)| places.len() > 1) {
        faults = true;
        let told = format!("{number} is printed {} times: {}", places.len(), places.join("; "));
        if is_by_position { account.understood.push(told) } else { account.uncertain.push(told) }
    }
    let doubtful = |record: &&Record| record.number.as_deref().is_some_and(numbers::is_doubtful);
    for record in records.iter().filter(doubtful) {
        let (place, number) = (&record.place, record.number.as_deref().unwrap_or_default());
        let told = format!("{place}: \"{number}\" stands where its number does, and is kept as that");
        account.uncertain.push(told);
    }
    let numbers: BTreeSet<u32> = places.keys().filter_map(|number| number.parse().ok()).collect();
    let (least, most) = (numbers.iter().min().copied(), numbers.iter().max().copied());
    if let (Some(least), Some(most)) = (least, most)
        && (most - least) as usize <= 4 * numbers.len()
    {
        let missing: Vec<String> =
            (least..=most).filter(|n| !numbers.contains(n)).map(|n| n.to_string()).collect();
        if !missing.is_empty() {
            account.uncertain.push(format!("no row is printed {}", missing.join(", ")));
        }
    }
    let order: Vec<u32> = records.iter().filter_map(|r| r.number.as_ref()?.parse().ok()).collect();
    for pair in order.windows(2).filter(|pair| pair[1] < pair[0] && !is_by_position) {
        faults = true;
        account.uncertain.push(format!("{} is printed after {}", pair[1], pair[0]));
    }
    if faults && !is_by_position {
        account.uncertain.push(
            "with --number-by position the rows are numbered in their order, and what is printed is kept beside \
             each id"
                .to_owned(),
        );
    }
}

/// Which printed numbers differ from ids, as ranges: "3 is id 22; 22 to 28 are ids 23 to 29".
fn note(all: &[Numbered]) -> Option<String> {
    let mut runs: Vec<Vec<(&Id, &Id)>> = Vec::new();
    for Numbered { id, printed, .. } in all {
        let Some(printed) = printed else { continue };
        let follows = |(last_printed, last_id): &(&Id, &Id)| {
            let next = |a: &Id, b: &Id| a.number().and_then(|n| n.checked_add(1)) == b.number();
            a_number(printed) && next(last_printed, printed) && next(last_id, id)
        };
        match runs.last_mut().filter(|run| run.last().is_some_and(follows)) {
            Some(run) => run.push((printed, id)),
            None => runs.push(vec![(printed, id)]),
        }
    }
    let told: Vec<String> = runs
        .iter()
        .filter_map(|run| match (run.first(), run.last()) {
            (Some((printed, id)), Some(last)) if run.len() > 1 => {
                Some(format!("{printed} to {} are ids {id} to {}", last.0, last.1))
            }
            (Some((printed, id)), _) => Some(format!("{printed} is id {id}")),
            _ => None,
        })
        .collect();
    let many = told.len() > 20;
    (!told.is_empty()).then(|| match many {
        true => "Ids are the places of the rows; each has its printed number beside it.".to_owned(),
        false => format!("Ids are the places of the rows. Of what is printed, {}.", told.join("; ")),
    })
}

fn a_number(id: &Id) -> bool {
    id.number().is_some()
}
