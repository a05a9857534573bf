//! `plan summary`.

use super::filter::FilterArgs;
use super::format::{Format, FormatArgs};
use super::ui::Ui;
use super::{Exit, view};
use crate::query::{By, GroupKey};
use crate::render::{csv, json, summary as render};
use crate::standing::Standing;
use crate::summary::{Counter, Groups, Summary, merge, merge_groups};
use crate::wire;
use crate::wording::thousands;
use anyhow::Result;
use clap::ValueEnum;
use std::io::Write as _;

const EXAMPLES: &str = "\
Examples:
  plan summary                          RAG, status, overdue, due soon, ...
  plan summary --by owner
  plan summary --by plan --format csv   several plans, for a spreadsheet
  plan summary --owner \"Chief Constables\" --as-of 2025-03-28

Over several plans RAG and status are counted by what they mean (miss, at-risk, meet, met; open, done, \
dropped), since each plan has words of its own.";

/// Count recommendations: RAG and status, overdue, due soon, undated, held elsewhere
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Break the counts down by KEY
    #[arg(long, value_name = "KEY")]
    by: Option<Key>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Key {
    /// Each owner, with what it owns alone, jointly and through a collective
    Owner,
    /// The status
    Status,
    /// The reported RAG
    Rag,
    /// The theme
    Theme,
    /// The plan
    Plan,
    /// The whole recommendation, with its parts
    Id,
    /// The phase
    Phase,
}

impl From<Key> for GroupKey {
    fn from(key: Key) -> Self {
        match key {
            Key::Owner => Self::Owner,
            Key::Status => Self::Status,
            Key::Rag => Self::Rag,
            Key::Theme => Self::Theme,
            Key::Plan => Self::Plan,
            Key::Id => Self::Id,
            Key::Phase => Self::Phase,
        }
    }
}

/// What one plan comes to.
struct Counted {
    title: String,
    organisation: Option<String>,
    policy: crate::model::Policy,
    summary: Summary,
    groups: Groups,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let root = ui.root()?;
    let today = ui.today(&root);
    let filter = args.filter.resolve(today)?;
    let by: Option<GroupKey> = args.by.map(Into::into);
    let view = view::read(ui, &root, &filter, |plan, several| {
        // One plan is counted by its own words, several by what their words mean.
        let mut counter = Counter::new(&plan, By::over(several), by);
        let search = filter.on(&plan, today);
        for r in &plan.recommendations {
            let standing = Standing::on(&plan, r, today);
            if search.matches(r, &standing) {
                counter.add(r, &standing);
            }
        }
        let (summary, groups) = counter.finish();
        let (title, organisation) = (plan.head.title.clone(), plan.head.organisation.clone());
        Counted { title, organisation, policy: plan.head.policy, summary, groups }
    })?;
    let several = view.several;
    let policy =
        view.answers.first().map(|c| c.policy).filter(|p| view.answers.iter().all(|c| c.policy == *p));
    let first = view.answers.first();
    let about = render::About {
        title: if several {
            format!("{} plans", thousands(view.answers.len()))
        } else {
            first.map_or_else(|| "no plan".to_owned(), |c| c.title.clone())
        },
        organisation: first.filter(|_| !several).and_then(|c| c.organisation.clone()),
        today,
        policy,
        by_meaning: several,
        filtered: !args.filter.is_empty(),
    };
    let (mut summary, mut groups) = (Summary::default(), Groups::new());
    for counted in view.answers {
        merge(&mut summary, counted.summary);
        merge_groups(&mut groups, counted.groups);
    }
    match args.format.format {
        Format::Table => render::text(&mut ui.out, ui.look, &about, &summary, by, &groups)?,
        Format::Markdown => render::as_markdown(&mut ui.out, &about, &summary, by, &groups)?,
        Format::Csv => csv::write(&mut ui.out, ui.terminal, render::rows(&summary, by, &groups))?,
        Format::Json => {
            let body = wire::SummaryBody::new(&summary, by, &groups);
            json::document(
                &mut ui.out,
                &wire::Document::new("plan/summary/1", &root, Some(today), &view.unread, body),
            )?;
        }
    }
    if matches!(args.format.format, Format::Table | Format::Markdown) && !view.unread.is_empty() {
        writeln!(ui.out)?;
        ui.incomplete(&view.unread)?;
    }
    Ok(ui.unread(&root, &view.unread))
}
