//! `plan trend`.

use super::filter::WhichArgs;
use super::format::{Format, FormatArgs};
use super::past::{Past, Time};
use super::ui::Ui;
use super::{Exit, view};
use crate::history::{self, Period, Times};
use crate::query::Filter;
use crate::render::{csv, json, trend as render};
use crate::store::{Purpose, load_each};
use crate::wire;
use anyhow::{Result, bail};
use clap::ValueEnum;
use std::io::Write as _;

const EXAMPLES: &str = "\
Examples:
  plan trend
  plan trend --by week --since 2025-01-01
  plan trend --owner \"Chief Constables\"
  plan trend --by month --format csv   for a chart in a spreadsheet

Each point is as of its own day, on the line of first parents: what fell due between two commits is overdue \
from the day after. Files that could not be read at a point are in none of its counts, but in `Unread`.";

/// Show how RAG, status and what is overdue developed, from git
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// How far apart the points are; without it, as fits the time
    #[arg(long, value_name = "PERIOD")]
    by: Option<By>,
    /// Only from a day on, for a TIME such as 6m, or since REV's day
    #[arg(long, value_name = "DATE|TIME|REV")]
    since: Option<String>,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum By {
    /// Each commit that changed the plans
    Commit,
    /// Each day
    Day,
    /// Each week, to its Sunday
    Week,
    /// Each month
    Month,
}

impl From<By> for Period {
    fn from(by: By) -> Self {
        match by {
            By::Commit => Self::Commit,
            By::Day => Self::Day,
            By::Week => Self::Week,
            By::Month => Self::Month,
        }
    }
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let past = Past::find(ui)?;
    let today = past.today(ui);
    let filter = args.which.resolve();
    let since = args.since.as_ref().map(|since| past.day_of(since, ui)).transpose()?;
    let since = since.map(|since| match since {
        Time::Day(day) => day,
        Time::Commit(commit) => commit.date(),
    });
    let times = Times { period: args.by.map(Into::into), since, until: ui.as_of(), today };
    let trend = history::trend(past.place(), &past.tip, &filter, times)?;
    if trend.points.iter().all(|point| point.total == 0) {
        check(&filter, &past)?;
        if trend.points.is_empty() && since.is_none() && times.until.is_none() {
            bail!(
                "there is no plan in the history of {}: a plan is a folder with a plan.toml",
                past.tip.short()
            );
        }
    }
    past.say_if_shallow(ui);
    match args.format.format {
        Format::Table => render::text(&mut ui.out, ui.look, &trend)?,
        Format::Markdown => render::as_markdown(&mut ui.out, &trend)?,
        Format::Csv => csv::write(&mut ui.out, ui.terminal, render::rows(&trend))?,
        Format::Json => {
            let body = wire::TrendBody::new(&trend, past.is_shallow());
            let document = wire::Document::new("plan/trend/1", &past.root, Some(today), &[], body);
            json::document(&mut ui.out, &document)?;
        }
    }
    if trend.points.is_empty() && matches!(args.format.format, Format::Table | Format::Markdown) {
        writeln!(ui.out, "no commit changed the plans in that time")?;
    }
    if args.format.format == Format::Csv {
        past.note_gaps(ui, &trend.gaps);
    }
    Ok(past.lost(ui, &trend.gaps))
}

/// Refuses what no plan has: an empty trend because of a slip of the finger would pass for an answer.
fn check(filter: &Filter, past: &Past) -> Result<()> {
    let listing = view::list(&past.root)?;
    let asked = view::Asked::of(filter);
    let mut found = asked.nothing_found();
    if found.is_empty() && filter.plans.is_empty() {
        return Ok(());
    }
    view::check_plans(&listing, &past.root, filter)?;
    let plans = view::wanted(listing.plans, filter);
    let each = load_each(&*past.root.source, plans, Purpose::View, |loaded| {
        loaded.plan.map(|plan| asked.found_in(&plan)).unwrap_or_default()
    });
    for here in each {
        found.iter_mut().zip(here).for_each(|(found, here)| *found |= here);
    }
    asked.check(&found, &past.root, filter)
}
