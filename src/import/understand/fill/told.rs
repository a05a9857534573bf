//! What there is to tell of a whole document, and of no row of it alone.

use crate::import::understand::about::About;
use crate::import::understand::account::Account;
use crate::import::understand::headings::Key;
use crate::import::understand::owners::Owners;
use crate::import::understand::record::Record;
use crate::import::understand::when::{self, When};
use crate::import::understand::words::Words;
use chrono::NaiveDate;

/// Tells by which of several times it is known how everything stands, and which of them are still to come.
pub(super) fn times(records: &[Record], today: Option<NaiveDate>, account: &mut Account) {
    let cells = || records.iter().flat_map(|record| &record.cells);
    let of_rag: fn(&Key) -> Option<When> =
        |key| if let Key::Rag(when) = key { Some(when.clone()) } else { None };
    let of_status: fn(&Key) -> Option<When> =
        |key| if let Key::Status(when) = key { Some(when.clone()) } else { None };
    for (what, of) in [("RAG", of_rag), ("status", of_status)] {
        let mut times: Vec<(When, String)> = Vec::new();
        for (when, heading) in cells().filter_map(|cell| Some((of(&cell.key)?, &cell.heading))) {
            if !times.iter().any(|(other, _)| *other == when) {
                times.push((when, heading.clone()));
            }
        }
        let is_ahead = |when: &When| today.is_some_and(|today| when::is_ahead(when, today));
        let (ahead, past): (Vec<_>, Vec<_>) = times.iter().partition(|(when, _)| is_ahead(when));
        if !times.iter().any(|(when, _)| *when == When::Now)
            && let Some((_, last)) = past.iter().max_by_key(|(when, _)| when.order())
            && past.len() > 1
        {
            account
                .understood
                .push(format!("the {what} of each is what its last column of a time says, up to \"{last}\""));
        }
        for (_, heading) in ahead {
            account.uncertain.push(format!("\"{heading}\" is still to come: what stands there is kept as an update, and is not how anything stands"));
        }
    }
}

/// Tells which names are taken for one owner.
pub(super) fn owners(owners: &Owners, account: &mut Account) {
    for owner in owners.found.iter().filter(|owner| !owner.aliases.is_empty()) {
        let aliases: Vec<String> = owner.aliases.iter().map(|alias| format!("\"{alias}\"")).collect();
        account.understood.push(format!("{} is taken for \"{}\"", aliases.join(" and "), owner.name));
    }
}

/// Tells the words of which plan.toml asks what they mean, and the letters that may mean something else.
pub(super) fn words(words: &Words, account: &mut Account) {
    for (letter, level) in &words.lettered {
        account.uncertain.push(format!("the RAG \"{letter}\" is read as {level}"));
    }
    let levels = words.levels.iter().filter(|level| level.outlook.is_none()).map(|level| level.name.as_str());
    let statuses =
        words.statuses.iter().filter(|status| status.phase.is_none()).map(|status| status.name.as_str());
    for (what, names) in [("RAG", levels.collect::<Vec<_>>()), ("status", statuses.collect())] {
        if !names.is_empty() {
            let names = names.join("\", \"");
            account.uncertain.push(format!("plan.toml asks what is meant by the {what} \"{names}\""));
        }
    }
}

/// Tells what the document says of the plan, and what of it has no key.
pub(super) fn about(about: &About, account: &mut Account) {
    if about.title.is_none() {
        account.understood.push("the plan's title: the file's name, for the document gives none".to_owned());
    }
    let said = [
        ("lead", &about.lead),
        ("governance", &about.governance),
        ("source", &about.source),
        ("organisation", &about.organisation),
    ];
    let said: Vec<String> =
        said.into_iter().filter_map(|(key, value)| Some(format!("{key} \"{}\"", value.as_ref()?))).collect();
    if !said.is_empty() {
        account.understood.push(format!("the document says of the plan: {}", said.join(", ")));
    }
    for (label, value) in &about.others {
        account.left_out.push(format!("of the document's head: {label}: \"{value}\""));
    }
    if !about.above.is_empty() {
        account
            .uncertain
            .push("the lines at the top may be priorities: they stand in plan.toml as a comment".to_owned());
    }
}
