//! What an office does to a recommendation from one commit to the next.

use super::sheet::Sheet;
use crate::generator::random::Random;
use crate::generator::recommendation::{AMBERS, REDS, later};
use crate::generator::words;
use chrono::NaiveDate;

/// Changes a recommendation in one way or another.
pub(super) fn change(sheet: &mut Sheet, today: NaiveDate, random: &mut Random) {
    let done = match (random.below(100), is_open(sheet)) {
        _ if is_held_elsewhere(sheet) => reword(sheet, random),
        (0..12, true) => rate(sheet, random),
        (12..28, true) => extend(sheet, today, random),
        (28..36, true) => tick(sheet, today),
        (36..42, true) => complete(sheet, today, random),
        (42..50, _) => add_evidence(sheet, random),
        (50..56, _) => reword(sheet, random),
        _ => false,
    };
    if !done {
        report(sheet, today, random);
    }
}

/// Adds an update, and often says how the recommendation now stands.
pub(super) fn report(sheet: &mut Sheet, today: NaiveDate, random: &mut Random) {
    if is_held_elsewhere(sheet) {
        return;
    }
    let rated = is_open(sheet) && random.chance(60);
    if rated {
        rate(sheet, random);
    }
    add_update(sheet, today, rated, random);
}

/// Gives it another RAG or status.
fn rate(sheet: &mut Sheet, random: &mut Random) -> bool {
    let before = (sheet.get("rag").map(str::to_owned), sheet.get("status").map(str::to_owned));
    loop {
        let (rag, statuses) = random.pick(&[("Red", REDS), ("Amber", AMBERS), ("Amber", AMBERS)]);
        sheet.set("rag", &quoted(rag));
        sheet.set("status", &quoted(random.pick(statuses)));
        if rag == "Red" && sheet.get("mitigation").is_none() {
            sheet.set("mitigation", &quoted(&words::mitigation(random)));
        }
        if (sheet.get("rag"), sheet.get("status")) != (before.0.as_deref(), before.1.as_deref()) {
            return true;
        }
    }
}

/// Moves a deadline that is a plain date, and says why.
fn extend(sheet: &mut Sheet, today: NaiveDate, random: &mut Random) -> bool {
    let due = sheet.get("deadline").and_then(|value| value.parse::<NaiveDate>().ok());
    let Some(from) = due else { return false };
    let to = later(from.max(today), random.between(30, 180));
    let reason = words::reason(random);
    sheet.set("deadline", &to.to_string());
    sheet.add(format!(
        "[[extension]]\nfrom = {from}\nto = {to}\non = {today}\nreason = \"{reason}\"\n\
         approved_by = \"Vulnerability Board\""
    ));
    true
}

/// Ticks the first milestone that is open.
fn tick(sheet: &mut Sheet, today: NaiveDate) -> bool {
    let open = sheet.tables("[[milestone]]").find(|table| !table.contains("\ndone = "));
    open.map(|table| table.push_str(&format!("\ndone = {today}"))).is_some()
}

/// Brings it to its end, with all that belongs to that.
fn complete(sheet: &mut Sheet, today: NaiveDate, random: &mut Random) -> bool {
    sheet.set("rag", "\"Green\"");
    sheet.set("status", "\"Complete\"");
    while tick(sheet, today) {}
    add_update(sheet, today, true, random);
    sheet.add(format!("[closure]\non = {today}\nby = \"Vulnerability Board\""));
    add_evidence(sheet, random)
}

fn add_evidence(sheet: &mut Sheet, random: &mut Random) -> bool {
    let (title, number) = (words::paper(random), random.between(1000, 9999));
    sheet.add(format!("[[evidence]]\ntitle = \"{title}\"\nref = \"https://documents.example.org/{number}\""));
    true
}

fn reword(sheet: &mut Sheet, random: &mut Random) -> bool {
    sheet.reword(&format!("{} {}", words::ask(random), words::ask(random)));
    true
}

fn add_update(sheet: &mut Sheet, today: NaiveDate, rated: bool, random: &mut Random) {
    let mut update = format!("[[update]]\ndate = {today}\n");
    if random.chance(25) {
        update.push_str(&format!("by = \"{}\"\n", words::post(random)));
    }
    let paragraph = |random: &mut Random| format!("{} {}", words::done(random), words::done(random));
    update.push_str(&format!("text = \"\"\"\n{}", paragraph(random)));
    if random.chance(40) {
        update.push_str(&format!("\n\n{}", paragraph(random)));
    }
    update.push_str("\"\"\"");
    for key in ["rag", "status"] {
        if let Some(word) = sheet.get(key).filter(|_| rated) {
            update.push_str(&format!("\n{key} = {word}"));
        }
    }
    if random.chance(20) {
        update.push_str("\nvisibility = \"public\"");
    }
    sheet.add(update);
}

fn is_open(sheet: &Sheet) -> bool {
    !matches!(sheet.get("status"), Some("\"Complete\"" | "\"Closed\""))
}

fn is_held_elsewhere(sheet: &mut Sheet) -> bool {
    sheet.get("rag").or(sheet.get("status")).is_none() && sheet.tables("[[update]]").next().is_none()
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}
