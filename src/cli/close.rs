//! `plan close`.

use super::edit::{self, EditArgs};
use super::extend::find_milestone;
use super::filter::{parse_day, parse_folded, parse_line};
use super::ui::Ui;
use super::{Exit, complete, target};
use crate::assign::Assignment;
use crate::edit::{Change, Value};
use crate::model::{Named, Outlook, Phase, Plan, Recommendation, same_word};
use crate::rules;
use crate::visible::one_line;
use anyhow::{Result, bail};
use chrono::NaiveDate;
use std::cell::RefCell;

const EXAMPLES: &str = "\
Examples:
  plan close 15 --evidence \"Review of services\" --ref OPCC/2025/14
  plan close id:28 --all-milestones --by \"Vulnerability Board\" --on 2025-03-27
  plan close id:28 --milestone \"Provide the progress update\"
  plan close 20 --status Closed --reason \"Taken over by the regional unit.\"

Sets the status, and writes how it ended. Without --status it is the plan's one status that means done; a \
RAG that was reported moves to the level that means done, where the scale has one.";

/// Close a recommendation: status, closure, milestones done, evidence
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Which: 7, or plan:7
    #[arg(value_name = "ID", add = complete::ids())]
    id: String,
    /// The status that it gets; without it the plan's one that means done
    #[arg(long, value_name = "STATUS", add = complete::statuses())]
    status: Option<String>,
    /// The day; without it today
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    on: Option<NaiveDate>,
    /// Who closed it
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    by: Option<String>,
    /// Why; asked for of what is no longer pursued
    #[arg(long, value_name = "TEXT", value_parser = parse_folded)]
    reason: Option<String>,
    /// This milestone is done too
    #[arg(long, value_name = "TITLE", add = complete::milestones())]
    milestone: Vec<String>,
    /// Every open milestone is done too
    #[arg(long)]
    all_milestones: bool,
    /// What shows it: a document, a minute, a link
    #[arg(long, value_name = "TITLE", value_parser = parse_line)]
    evidence: Vec<String>,
    /// Where it is: of the first evidence, the second, ...
    #[arg(long = "ref", value_name = "REF", requires = "evidence", value_parser = parse_line)]
    reference: Vec<String>,
    #[command(flatten)]
    edit: EditArgs,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    if args.reference.len() > args.evidence.len() {
        bail!("there are more --ref than --evidence");
    }
    edit::not_ahead(ui, &args.edit, "--on", args.on)?;
    let root = edit::root(ui)?;
    let targets = target::targets(ui, &root, args.edit.plan.as_deref(), std::slice::from_ref(&args.id))?;
    let on = args.on.unwrap_or_else(|| ui.day());
    let left_open = RefCell::new(Vec::new());
    let ended = edit::run(&args.edit, ui, &root, &targets, |plan, r| {
        let changes = changes(args, plan, r, on)?;
        *left_open.borrow_mut() = still_open(r, &changes);
        Ok(changes)
    });
    let open = left_open.into_inner();
    if !open.is_empty() && matches!(ended, Ok(Exit::Failed)) {
        ui.note(&format!(
            "--all-milestones ticks what is open, or --milestone one of: {}",
            open.iter().map(|title| format!("`{}`", one_line(title))).collect::<Vec<_>>().join(", ")
        ));
    }
    ended
}

/// The milestones that stay open.
fn still_open(r: &Recommendation, changes: &[Change]) -> Vec<String> {
    let ticks =
        |n: usize| changes.iter().any(|change| matches!(change, Change::SetIn { nth, .. } if *nth == n));
    let open = r.milestones.iter().enumerate().filter(|(n, m)| m.is_open() && !ticks(*n));
    open.map(|(_, milestone)| milestone.title.clone()).collect()
}

fn changes(args: &Args, plan: &Plan, r: &Recommendation, on: NaiveDate) -> Result<Vec<Change>> {
    let status = status(args, plan)?;
    let is_closed =
        matches!(crate::standing::phase(plan, r), Phase::Done | Phase::Dropped) && r.closure.is_some();
    if is_closed && !args.edit.force {
        bail!("{} is closed already: correct the file, or close it anew with --force", r.id);
    }
    let mut changes = Assignment::set("status", &status).change(plan, r)?;
    let phase = plan.head.statuses.iter().find(|s| s.name() == status).map(|s| s.phase);
    let Some(phase @ (Phase::Done | Phase::Dropped)) = phase else {
        bail!("the status {status} closes nothing: what has it is open still");
    };
    // As long as the plan asks for it: its rule can be another's than an error.
    let asks = rules::is_error(&plan.head, "dropped-without-reason");
    if phase == Phase::Dropped && args.reason.is_none() && asks && !args.edit.force {
        bail!("{status} means that {} is no longer pursued: say why with --reason \"...\"", r.id);
    }
    if phase == Phase::Done {
        changes.extend(
            rag(plan, r).map(|level| Change::Set { key: "rag".to_owned(), value: Value::from(level) }),
        );
    }
    let done = |nth| Change::SetIn { table: "milestone", nth, key: "done", value: Value::Date(on) };
    if args.all_milestones {
        let open = r.milestones.iter().enumerate().filter(|(_, m)| m.is_open());
        changes.extend(open.map(|(nth, _)| done(nth)));
    }
    for title in &args.milestone {
        let (nth, found) = find_milestone(r, title)?;
        if found.is_open() && !args.all_milestones {
            changes.push(done(nth));
        }
    }
    for (n, title) in args.evidence.iter().enumerate() {
        let mut entries = vec![("title", Value::from(title.as_str()))];
        entries.extend(args.reference.get(n).map(|reference| ("ref", Value::from(reference.as_str()))));
        changes.push(Change::Append { table: "evidence", entries });
    }
    let mut entries = vec![("on", Value::Date(on))];
    // What an earlier closure says, which was taken back, is not said of this one.
    let old = r.closure.as_ref();
    for (key, said, old) in [
        ("by", &args.by, old.and_then(|old| old.by.as_ref())),
        ("reason", &args.reason, old.and_then(|old| old.reason.as_ref())),
    ] {
        match said {
            Some(said) => entries.push((key, Value::from(said.as_str()))),
            None if old.is_some() => changes.push(Change::Unset { key: format!("closure.{key}") }),
            None => {}
        }
    }
    changes.push(Change::SetTable { table: "closure", entries });
    Ok(changes)
}

/// The status that is asked for, or the plan's one that means done.
fn status(args: &Args, plan: &Plan) -> Result<String> {
    if let Some(asked) = &args.status {
        let found = plan.head.statuses.iter().find(|status| same_word(status.name(), asked));
        return Ok(found.map_or(asked.as_str(), |status| status.name()).to_owned());
    }
    let done: Vec<&str> =
        plan.head.statuses.iter().filter(|s| s.phase == Phase::Done).map(|s| s.name()).collect();
    match done.as_slice() {
        [one] => Ok((*one).to_owned()),
        [] => bail!("no status of the plan means done: add one to plan.toml with phase = \"done\""),
        several => bail!("several statuses mean done; say which with --status: {}", several.join(", ")),
    }
}

/// The level that means done, where another is reported and the scale has exactly one.
fn rag<'a>(plan: &'a Plan, r: &Recommendation) -> Option<&'a str> {
    let reported = r.rag.as_ref()?;
    let mut met = plan.head.rags.iter().filter(|level| level.outlook == Some(Outlook::Met));
    let level = met.next().filter(|_| met.next().is_none())?;
    (level.name() != reported.name()).then(|| level.name())
}
