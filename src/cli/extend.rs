//! `plan extend`.

use super::edit::{self, EditArgs};
use super::filter::{parse_day, parse_folded, parse_line};
use super::ui::Ui;
use super::{Exit, complete, target};
use crate::edit::{Change, Value};
use crate::model::{Deadline, Milestone, Phase, Recommendation};
use crate::standing;
use crate::suggest::ranked;
use crate::visible::one_line;
use crate::wording::day;
use anyhow::{Result, bail};
use chrono::NaiveDate;

const EXAMPLES: &str = "\
Examples:
  plan extend 7 --to 2025-09-27 --reason \"Course late\" --approved-by Board
  plan extend id:28 --milestone course --to 2025-06-30 --reason \"Supplier\"

The slip register and the deadline change together: an [[extension]] from the deadline that stands, dated \
today unless --on says otherwise. A deadline without a date can be given one in the same way.";

/// Move a deadline, with the reason and who approved it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Which: 7, or plan:7
    #[arg(value_name = "ID", add = complete::ids())]
    id: String,
    /// The new deadline
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    to: NaiveDate,
    /// Why it moves
    #[arg(long, value_name = "TEXT", value_parser = parse_folded)]
    reason: String,
    /// Who approved it; without it the plan warns that nobody is recorded
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    approved_by: Option<String>,
    /// The day on which it was decided; without it today
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    on: Option<NaiveDate>,
    /// Move the date of this milestone, not the deadline
    #[arg(long, value_name = "TITLE", add = complete::milestones())]
    milestone: Option<String>,
    #[command(flatten)]
    edit: EditArgs,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    edit::not_ahead(ui, &args.edit, "--on", args.on)?;
    let root = edit::root(ui)?;
    let targets = target::targets(ui, &root, args.edit.plan.as_deref(), std::slice::from_ref(&args.id))?;
    let on = args.on.unwrap_or_else(|| ui.day());
    let ended = edit::run(&args.edit, ui, &root, &targets, |plan, r| {
        let phase = standing::phase(plan, r);
        if matches!(phase, Phase::Done | Phase::Dropped) && !args.edit.force {
            let status = r.status.as_ref().map(|status| status.name()).unwrap_or_default();
            let what = if args.milestone.is_some() { "the milestone" } else { "its deadline" };
            bail!(
                "{} is closed ({status}), and nothing is due of it: --force moves {what} all the same",
                r.id
            );
        }
        changes(args, r, on)
    });
    if args.to < ui.day() && matches!(ended, Ok(Exit::Done)) {
        ui.note(&format!("{} has passed already (today is {})", day(args.to), day(ui.day())));
    }
    ended
}

fn changes(args: &Args, r: &Recommendation, on: NaiveDate) -> Result<Vec<Change>> {
    let to = Value::Deadline(Deadline::On(args.to));
    let (from, moved, milestone) = match &args.milestone {
        Some(title) => {
            let (nth, from, title) = milestone(r, title, args.edit.force)?;
            let moved = Change::SetIn { table: "milestone", nth, key: "due", value: to.clone() };
            (from, moved, Some(title))
        }
        None => (deadline(r)?, Change::Set { key: "deadline".to_owned(), value: to.clone() }, None),
    };
    if from.date() == Some(args.to) {
        bail!("{} is due on {} already", r.id, day(args.to));
    }
    let mut entries = vec![
        ("from", Value::Deadline(from)),
        ("to", to),
        ("on", Value::Date(on)),
        ("reason", Value::from(args.reason.as_str())),
    ];
    entries.extend(args.approved_by.as_deref().map(|by| ("approved_by", Value::from(by))));
    entries.extend(milestone.map(|title| ("milestone", Value::from(title))));
    Ok(vec![moved, Change::Append { table: "extension", entries }])
}

/// The deadline that a recommendation states itself.
fn deadline(r: &Recommendation) -> Result<Deadline> {
    match &r.deadline {
        Some(deadline) if !r.deadline_inherited => Ok(deadline.clone()),
        Some(_) => {
            let parent = r.parent.as_ref().map(ToString::to_string).unwrap_or_default();
            bail!(
                "{} has its deadline of {parent}: extend that, or give {} one of its own with `plan set {} deadline=...`",
                r.id,
                r.id,
                r.id
            )
        }
        None if r.milestones.iter().any(|m| m.due.is_some()) => {
            bail!("{} has no deadline but its milestones': name one with --milestone", r.id)
        }
        None => bail!("{} has no deadline yet: `plan set {} deadline=...` gives it one", r.id, r.id),
    }
}

/// The place, the date and the title of a milestone; the title may be shortened.
fn milestone<'a>(r: &'a Recommendation, asked: &str, force: bool) -> Result<(usize, Deadline, &'a str)> {
    let (nth, found) = find_milestone(r, asked)?;
    if !found.is_open() && !force {
        bail!(
            "the milestone \"{}\" of {} is done: --force moves it all the same",
            one_line(&found.title),
            r.id
        );
    }
    match &found.due {
        Some(due) => Ok((nth, due.clone(), &found.title)),
        None => {
            bail!("the milestone \"{}\" of {} has no date to move from: edit the file", found.title, r.id)
        }
    }
}

/// A milestone by its title, or by as much of it as no other has; of several of one title, the one that is open.
pub(super) fn find_milestone<'a>(r: &'a Recommendation, asked: &str) -> Result<(usize, &'a Milestone)> {
    let wanted = asked.trim().to_lowercase();
    let all = || r.milestones.iter().enumerate();
    let mut found: Vec<_> = all().filter(|(_, m)| m.title.to_lowercase() == wanted).collect();
    if found.is_empty() && !wanted.is_empty() {
        found = all().filter(|(_, m)| m.title.to_lowercase().contains(&wanted)).collect();
    }
    let of_one_title = found.windows(2).all(|pair| pair[0].1.title == pair[1].1.title);
    if of_one_title && found.iter().any(|(_, m)| m.is_open()) {
        found.retain(|(_, m)| m.is_open());
    }
    let asked = one_line(asked);
    let list =
        |titles: &[&str]| titles.iter().map(|t| format!("`{}`", one_line(t))).collect::<Vec<_>>().join(", ");
    match found.as_slice() {
        [one] => return Ok(*one),
        [] => {}
        [(_, first), rest @ ..] if rest.iter().all(|(_, m)| m.title == first.title) => {
            bail!(
                "{} milestones of {} are called `{}`: give them titles that differ",
                found.len(),
                r.id,
                one_line(&first.title)
            )
        }
        several => {
            let mut titles: Vec<&str> = several.iter().map(|(_, m)| m.title.as_str()).collect();
            titles.dedup();
            bail!("`{asked}` may mean several milestones of {}; say which: {}", r.id, list(&titles))
        }
    }
    let titles: Vec<&str> = r.milestones.iter().map(|m| m.title.as_str()).collect();
    if titles.is_empty() {
        bail!("{} has no milestone", r.id);
    }
    let near = ranked(&asked, titles.iter().copied());
    let named = list(if near.is_empty() { &titles } else { &near });
    bail!("{} has no milestone `{asked}`; there are: {named}", r.id)
}
