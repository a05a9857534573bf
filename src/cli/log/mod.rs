//! `plan log`.

mod subject;

use super::format::{Format, FormatArgs};
use super::past::{Past, Time};
use super::ui::Ui;
use super::{Exit, complete, view};
use crate::git::Oid;
use crate::history::{self, Entry, Log};
use crate::parse::keys;
use crate::render::{csv, json, log as render};
use crate::wire;
use anyhow::{Result, bail};
use std::collections::{BTreeSet, HashSet};
use std::io::Write as _;
use subject::Subject;

const EXAMPLES: &str = "\
Examples:
  plan log 7
  plan log 7 --field deadline --field status
  plan log                       every recommendation of every plan
  plan log --since 2025-03-01    or 2w, or the-last-board
  plan log 7 --format markdown   to paste into a paper

Files that were renamed and plans whose folder was are followed. A merge is told only for what it has from \
none of its parents. A file that could not be read in some commit is named below, and keeps nothing else \
from being told.";

/// Tell what each commit changed, field by field, with author and date
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only these recommendations: 7, or plan:7
    #[arg(value_name = "ID", add = complete::ids())]
    ids: Vec<String>,
    /// Only this plan
    #[arg(short, long, value_name = "PLAN", add = complete::plans())]
    plan: Vec<String>,
    /// Only what changed this field: status, deadline, update, custom, ...
    #[arg(long, value_name = "FIELD", value_parser = parse_field, add = complete::fields())]
    field: Vec<String>,
    /// Only what came to this history since a day, for a TIME such as 2w, or that REV does not have
    #[arg(long, value_name = "DATE|TIME|REV")]
    since: Option<String>,
    /// Only the last N commits of these
    #[arg(short = 'n', long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    number: Option<u32>,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let past = Past::find(ui)?;
    let since = args.since.as_ref().map(|since| before(since, &past, ui)).transpose()?;
    let Subject { wanted, only } = subject::of(args, &past)?;
    let mut log = history::log(past.place(), &past.tip, wanted)?;
    let Log { entries, gaps, known, .. } = &mut log;
    if known.is_empty() && gaps.is_empty() {
        bail!("there is no plan in the history of {}: a plan is a folder with a plan.toml", past.tip.short());
    }
    if let Some(since) = &since {
        entries.retain(|entry| !since.contains(&entry.commit.id));
        gaps.retain(|gap| !since.contains(&gap.commit.id));
    }
    if !args.field.is_empty() {
        let in_words = matches!(args.format.format, Format::Table | Format::Markdown);
        keep_fields(entries, &args.field, in_words);
    }
    entries.truncate(args.number.map_or(usize::MAX, |n| n as usize));
    past.say_if_shallow(ui);
    // What is gone is called as it last was.
    let only = only.map(|only| {
        let told = entries.iter().flat_map(|entry| &entry.changes).map(|change| &change.title);
        let title = only.title.as_ref().or_else(|| told.into_iter().find(|title| !title.is_empty()));
        [Some(&only.id), title].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("  ")
    });
    if args.format.format == Format::Csv {
        past.note_gaps(ui, gaps);
    }
    let several = known.iter().map(|key| &key.folder).collect::<BTreeSet<_>>().len() > 1;
    let about = render::About { only: only.as_deref(), several, fields: &args.field };
    match args.format.format {
        Format::Table => render::text(&mut ui.out, ui.look, about, entries, gaps)?,
        Format::Markdown => render::as_markdown(&mut ui.out, about, entries, gaps)?,
        Format::Csv => csv::write(&mut ui.out, ui.terminal, render::rows(entries))?,
        Format::Json => {
            let body = wire::Log::new(entries, gaps, past.is_shallow());
            json::document(&mut ui.out, &wire::Document::new("plan/log/1", &past.root, None, &[], body))?;
        }
    }
    if entries.is_empty() && matches!(args.format.format, Format::Table | Format::Markdown) {
        let where_read = if past.is_shallow() { " of this shallow clone" } else { "" };
        writeln!(
            ui.out,
            "no commit{where_read} changed it{}",
            if since.is_some() { " in that time" } else { "" }
        )?;
    }
    // The program ends: to give every version of every file back one by one would only take time.
    let ended = past.lost(ui, gaps);
    std::mem::forget(log);
    Ok(ended)
}

/// A field's key, or the beginning of keys with dots.
fn parse_field(text: &str) -> Result<String, String> {
    let text = text.trim().to_lowercase().replace('-', "_");
    let known = keys::RECOMMENDATION.1.iter().chain(keys::HEAD.1).copied().chain(["plan"]);
    let stem = text.split('.').next().unwrap_or_default();
    if known.clone().any(|key| key == stem) {
        return Ok(text);
    }
    let names: BTreeSet<&str> = known.collect();
    Err(view::unknown("field", &text, names.iter().copied()))
}

/// Keeps the changes with a field that is asked for. Where the fields are told in words all of them stay, since
/// an extension says why a deadline moved.
fn keep_fields(entries: &mut Vec<Entry>, asked: &[String], in_words: bool) {
    for entry in &mut *entries {
        entry.changes.retain(|change| change.fields.iter().any(|field| render::is_asked(&field.key, asked)));
        for change in entry.changes.iter_mut().filter(|_| !in_words) {
            change.fields.retain(|field| render::is_asked(&field.key, asked));
        }
    }
    entries.retain(|entry| !entry.changes.is_empty());
}

/// The commits that a history does not tell: all that was there before a day or by a revision. What was
/// committed on a branch before a day, and merged since, came since.
fn before(text: &str, past: &Past, ui: &Ui) -> Result<HashSet<Oid>> {
    let by = match past.day_of(text, ui)? {
        Time::Day(day) => {
            let line = past.repository().first_parents(&past.tip)?;
            line.into_iter().find(|commit| commit.date() < day)
        }
        Time::Commit(commit) => Some(commit),
    };
    let Some(by) = by else { return Ok(HashSet::new()) };
    Ok(past.repository().ancestry(&by)?.into_iter().map(|commit| commit.id).collect())
}
