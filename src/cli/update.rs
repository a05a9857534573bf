//! `plan update`.

use super::edit::{self, EditArgs};
use super::editor;
use super::filter::{parse_day, parse_line};
use super::ui::Ui;
use super::{Exit, complete, faults, target};
use crate::assign::{self, Assignment};
use crate::edit::{Change, Value};
use crate::model::{RagLevel, Recommendation, Status, Update, Visibility, Word};
use anyhow::{Result, bail};
use chrono::NaiveDate;
use clap::ValueEnum;
use std::cell::RefCell;

const EXAMPLES: &str = "\
Examples:
  plan update 7 -m \"The supplier has delivered a first version.\"
  plan update 7 --rag Amber --status \"On Track\" < report.md
  plan update 7   opens $VISUAL or $EDITOR; an empty text gives up
  plan update 7 --date 2025-03-14 --period Q4 --visibility public -m ...

RAG and status are also set on the recommendation itself. The update is dated today, unless --date or \
--undated says otherwise. A late one, dated before others, goes to its place among them. What may be newer than a \
late or an undated one stands: what a later update reports, and what was set by hand.";

/// Add an update: what was done, and how it stands
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Which: 7, or plan:7
    #[arg(value_name = "ID", add = complete::ids())]
    id: String,
    /// What was done, in CommonMark; without it, or with -, standard input is read, or an editor opened
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    message: Option<String>,
    /// Also report this RAG level
    #[arg(long, value_name = "LEVEL", add = complete::rags())]
    rag: Option<String>,
    /// Also report this status
    #[arg(long, value_name = "STATUS", add = complete::statuses())]
    status: Option<String>,
    /// The day of the update
    #[arg(long, value_name = "DATE", value_parser = parse_day, conflicts_with = "undated")]
    date: Option<NaiveDate>,
    /// Give it no date: it then never counts as fresh
    #[arg(long)]
    undated: bool,
    /// The reporting period, in the body's own words
    #[arg(long, value_name = "PERIOD", value_parser = parse_line)]
    period: Option<String>,
    /// Who reports
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    by: Option<String>,
    /// Who may read it; without it, whoever the plan says
    #[arg(long, value_name = "WHO")]
    visibility: Option<Who>,
    #[command(flatten)]
    edit: EditArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Who {
    /// Only those who work with the plan
    Internal,
    /// Everybody
    Public,
}

impl From<Who> for Visibility {
    fn from(who: Who) -> Self {
        match who {
            Who::Internal => Self::Internal,
            Who::Public => Self::Public,
        }
    }
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    edit::not_ahead(ui, &args.edit, "--date", args.date)?;
    let root = edit::root(ui)?;
    let targets = target::targets(ui, &root, args.edit.plan.as_deref(), std::slice::from_ref(&args.id))?;
    let given = args.message.as_deref();
    let text = editor::text(ui, given, &format!("What was done for {}?", args.id), "update.md")?;
    if text.trim().is_empty() {
        bail!("the text is empty, and nothing was written");
    }
    let today = ui.day();
    let date = args.date.or((!args.undated).then_some(today));
    let stands = RefCell::new(Vec::new());
    let ended = edit::run(&args.edit, ui, &root, &targets, |plan, r| {
        let mut changes = Vec::new();
        let mut refused = Vec::new();
        stands.borrow_mut().clear();
        let place = place(r, date);
        let mut entries: Vec<(&'static str, Value)> = Vec::new();
        entries.extend(date.map(|date| ("date", Value::Date(date))));
        for (key, said) in [("period", &args.period), ("by", &args.by)] {
            entries.extend(said.as_deref().map(|said| (key, Value::from(said))));
        }
        entries.push(("text", Value::from(assign::prose(&text))));
        for (key, said) in [("rag", &args.rag), ("status", &args.status)] {
            let Some(said) = said else { continue };
            if said.trim().is_empty() {
                refused.push(format!("--{key} says nothing: `plan set {} {key}=` takes it away", r.id));
                continue;
            }
            match Assignment::set(key, said).change(plan, r) {
                Err(refusal) => refused.push(refusal.to_string()),
                Ok(change) => {
                    if let [Change::Set { value, .. }] = change.as_slice() {
                        entries.push((key, value.clone()));
                    }
                    match why_it_stands(r, key, place, date, today) {
                        Some(why) => stands.borrow_mut().push((key, why)),
                        None => changes.extend(change),
                    }
                }
            }
        }
        faults::none_of(refused)?;
        let visibility = args.visibility.map(Visibility::from);
        entries.extend(visibility.map(|who| ("visibility", Value::from(who.name()))));
        changes.push(match &r.updates[place..] {
            [] => Change::Append { table: "update", entries },
            _ => Change::Insert { table: "update", before: place, entries },
        });
        Ok(changes)
    });
    if matches!(ended, Ok(Exit::Done)) {
        for (key, why) in stands.into_inner() {
            let name = if key == "rag" { "RAG" } else { key };
            let id = &args.id;
            ui.note(&format!("the {name} stands as it was, for {why}: `plan set {id} {key}=...` changes it"));
        }
    }
    if !matches!(ended, Ok(Exit::Done)) {
        editor::keep_unless_given(ui, given, &text);
    }
    ended
}

/// The number of the update before which one of this date goes: the first that is dated later, else the end.
fn place(r: &Recommendation, date: Option<NaiveDate>) -> usize {
    let is_later = |update: &Update| update.date.zip(date).is_some_and(|(there, new)| there > new);
    r.updates.iter().position(is_later).unwrap_or(r.updates.len())
}

/// Why what an update reports does not become the recommendation's own, if it does not: what stands there may be
/// newer.
fn why_it_stands(
    r: &Recommendation,
    key: &str,
    place: usize,
    date: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<&'static str> {
    let name = |rag: &Option<Word<RagLevel>>, status: &Option<Word<Status>>| match key {
        "rag" => rag.as_ref().map(|word| word.name().to_owned()),
        _ => status.as_ref().map(|word| word.name().to_owned()),
    };
    let reported = |update: &Update| name(&update.rag, &update.status);
    if r.updates[place..].iter().any(|update| reported(update).is_some()) {
        return Some("a later update reports it");
    }
    let standing = name(&r.rag, &r.status)?;
    let last = r.updates.iter().rev().find_map(|update| Some((update.date, reported(update)?)));
    match (last, date) {
        (_, Some(date)) if date >= today => None,
        // It is what an update reported that is no newer than this one.
        (Some((before, last)), date) if last == standing && (before.is_none() || before <= date) => None,
        (Some((_, last)), _) if last == standing => {
            Some("the update that reports it has a date, and this one none")
        }
        _ => Some("it was set by hand, nobody knows when"),
    }
}
