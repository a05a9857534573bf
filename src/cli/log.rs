//! `plan log`.

use super::filter::parse_day;
use super::format::{Format, FormatArgs};
use super::past::{Past, Time};
use super::ui::Ui;
use super::{Exit, complete, view};
use crate::git::Oid;
use crate::history::{self, Entry, Key, Log, Wanted};
use crate::model::{Id, same_word};
use crate::parse::keys;
use crate::query::names;
use crate::render::{csv, json, log as render};
use crate::store::{Purpose, load_each};
use crate::wire;
use anyhow::{Result, bail};
use std::collections::{BTreeSet, HashSet};
use std::io::Write as _;
use std::sync::Arc;

const EXAMPLES: &str = "\
Examples:
  plan log 7
  plan log 7 --field deadline --field status
  plan log                                   every recommendation of every plan
  plan log --since 2025-03-01                or --since 2w, or --since the-last-board
  plan log 7 --format markdown               to paste into a paper

Files that were renamed and plans whose folder was are followed. A merge is told only for what it has from
none of its parents. A file that could not be read in some commit is named below, and keeps nothing else
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
    let (wanted, only) = wanted(args, &past)?;
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
        let last = entries.iter().flat_map(|entry| &entry.changes).find(|change| !change.title.is_empty());
        if only.contains("  ") {
            only
        } else {
            last.map_or(only.clone(), |last| format!("{only}  {}", last.title))
        }
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

/// Whose history is asked for; of one recommendation also its number and title.
fn wanted(args: &Args, past: &Past) -> Result<(Wanted, Option<String>)> {
    let listing = view::list(&past.root)?;
    let is_asked = |id: &str| args.plan.is_empty() || args.plan.iter().any(|plan| same_word(plan, id));
    let mut plans = listing.plans;
    let mut known: Option<BTreeSet<Key>> = None;
    let mut folders: BTreeSet<Arc<str>> =
        plans.iter().map(|plan| plan.place.folder.as_str().into()).collect();
    let is_missing = |plan: &&String, folders: &BTreeSet<Arc<str>>| {
        !folders.iter().any(|folder| same_word(past.plan_id(folder), plan))
    };
    if args.plan.iter().any(|plan| is_missing(&plan, &folders)) {
        // What is no longer there may have been.
        let all = history::log(past.place(), &past.tip, Wanted::Everything)?.known;
        folders.extend(all.iter().map(|key| Arc::clone(&key.folder)));
        known = Some(all);
    }
    if let Some(missing) = args.plan.iter().find(|plan| is_missing(plan, &folders)) {
        bail!(view::unknown("plan", missing, folders.iter().map(|folder| past.plan_id(folder))));
    }
    let current: BTreeSet<Arc<str>> = plans.iter().map(|plan| plan.place.folder.as_str().into()).collect();
    plans.retain(|plan| is_asked(&plan.place.id));
    if args.ids.is_empty() {
        if args.plan.is_empty() {
            return Ok((Wanted::Everything, None));
        }
        folders.retain(|folder| is_asked(past.plan_id(folder)));
        return Ok((Wanted::Plans(folders), None));
    }
    let ids: Vec<&str> = args.ids.iter().map(|id| id.trim()).collect();
    let found = load_each(&*past.root.source, plans, Purpose::View, |loaded| {
        let Some(plan) = loaded.plan else { return Vec::new() };
        let mut found = Vec::new();
        for (n, asked) in ids.iter().enumerate() {
            for r in plan.recommendations.iter().filter(|r| names(&plan, r, asked)) {
                let key = Key { folder: plan.place.folder.as_str().into(), id: Some(r.id.clone()) };
                found.push((n, key, format!("{}  {}", r.id, r.title)));
            }
        }
        found
    });
    let found: Vec<(usize, Key, String)> = found.into_iter().flatten().collect();
    let here = |key: &Key| found.iter().any(|(_, other, _)| other == key);
    let mut keys = BTreeSet::new();
    let mut title = None;
    for (n, asked) in ids.iter().enumerate() {
        let mut now: Vec<Key> =
            found.iter().filter(|(m, ..)| *m == n).map(|(_, key, _)| key.clone()).collect();
        if now.is_empty() {
            // What is no longer there may have been.
            if known.is_none() {
                known = Some(history::log(past.place(), &past.tip, Wanted::Everything)?.known);
            }
            now = known.iter().flatten().filter(|key| was_called(key, asked, past)).cloned().collect();
        }
        now.dedup();
        // Of one that is gone, its plan may have had several names.
        let is_now = |key: &Key| current.contains(&key.folder);
        if now.len() > 1 && now.iter().filter(|key| is_now(key)).count() <= 1 && now.iter().all(|k| !here(k))
        {
            title = title.or_else(|| now.first().and_then(|key| key.id.as_ref()).map(ToString::to_string));
            keys.extend(now);
            continue;
        }
        match now.as_slice() {
            [] => bail!(unknown(asked, known.iter().flatten(), past)),
            [key] => {
                let here = found.iter().find(|(m, ..)| *m == n).map(|(.., title)| title.clone());
                title = title.or(here).or_else(|| key.id.as_ref().map(ToString::to_string));
                keys.insert(key.clone());
            }
            several => {
                let names: Vec<String> = several.iter().map(|key| name(key, past)).collect();
                bail!("{asked} may mean several recommendations; say which: {}", names.join(", "));
            }
        }
    }
    Ok((Wanted::These(keys), title.filter(|_| ids.len() == 1)))
}

/// A recommendation as one would ask for it.
fn name(key: &Key, past: &Past) -> String {
    let id = key.id.as_ref().map(Id::as_str).unwrap_or_default();
    format!("{}:{id}", past.plan_id(&key.folder))
}

/// Whether a recommendation that once was is asked for.
fn was_called(key: &Key, asked: &str, past: &Past) -> bool {
    let Some(id) = &key.id else { return false };
    let asked = asked.strip_prefix("id:").unwrap_or(asked);
    same_word(id.as_str(), asked) || same_word(&name(key, past), asked)
}

/// There never was such a recommendation: the nearest of those that there were.
fn unknown<'a>(asked: &str, known: impl Iterator<Item = &'a Key>, past: &Past) -> String {
    let with_plan = asked.contains(':');
    let named = known.filter_map(|key| {
        let id = key.id.as_ref()?;
        Some(if with_plan { name(key, past) } else { id.to_string() })
    });
    let names: BTreeSet<String> = named.collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_by(|a, b| crate::model::natural_cmp(a, b));
    let unknown = view::unknown("recommendation", asked, names.into_iter());
    let a_time = parse_day(asked).is_ok() || asked.contains("..");
    if a_time { format!("{unknown} (a time goes behind --since)") } else { unknown }
}
