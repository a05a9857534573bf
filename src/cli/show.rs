//! `plan show`.

use super::format::{Format, FormatArgs};
use super::ui::Ui;
use super::{Exit, complete, view};
use crate::model::{Plan, Recommendation, Visibility};
use crate::query::{Detail, Filter, Item, Whole, names};
use crate::render::columns::Column;
use crate::render::{csv, json, show};
use crate::standing::Standing;
use crate::store::Root;
use crate::wire;
use anyhow::{Result, bail};
use chrono::NaiveDate;
use std::io::Write as _;

const EXAMPLES: &str = "\
Examples:
  plan show 7
  plan show stalking-super-complaint:7   where several plans have a 7
  plan show 16 25 --format markdown      to paste into a paper";

/// Show recommendations whole: text, milestones, slip register, updates newest first
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Which: 7, or plan:7
    #[arg(required = true, value_name = "ID", add = complete::ids())]
    ids: Vec<String>,
    /// In this plan
    #[arg(short, long, value_name = "PLAN", add = complete::plans())]
    plan: Vec<String>,
    #[command(flatten)]
    format: FormatArgs,
}

/// A recommendation that may have been asked for.
struct Found {
    /// Which of the arguments may mean it.
    asked: Vec<usize>,
    item: Item,
    recommendation: Recommendation,
    parts: Vec<String>,
    default: Visibility,
    path: String,
}

impl Found {
    fn whole(&self, today: NaiveDate) -> Whole<'_> {
        let Self { item, recommendation, parts, default, path, .. } = self;
        Whole { item, recommendation, parts, visibility: *default, path, today }
    }

    /// Its plan and its id, as one would ask for it.
    fn name(&self) -> String {
        format!("{}:{}", self.item.plan.id, self.item.id)
    }
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let root = ui.root()?;
    let today = ui.today(&root);
    let ids: Vec<String> = args.ids.iter().map(|id| id.trim().to_owned()).collect();
    let filter = Filter { ids: ids.clone(), plans: args.plan.clone(), ..Filter::default() };
    let view = view::read(ui, &root, &filter, |plan, _| find(plan, &ids, &root, today))?;
    let mut found: Vec<Found> = view.answers.into_iter().flatten().collect();
    if let Err(error) = settle(&mut found, &ids) {
        ui.unread(&root, &view.unread);
        return Err(error);
    }
    match args.format.format {
        Format::Table => {
            for (n, f) in found.iter().enumerate() {
                if n > 0 {
                    writeln!(ui.out, "\n{}\n", "─".repeat(ui.look.width.unwrap_or(60)))?;
                }
                show::text(&mut ui.out, ui.look, &f.whole(today))?;
            }
        }
        Format::Markdown => {
            for (n, f) in found.iter().enumerate() {
                if n > 0 {
                    writeln!(ui.out)?;
                }
                show::as_markdown(&mut ui.out, &f.whole(today))?;
            }
        }
        Format::Json => {
            let items = found.iter().map(|f| wire::ShowItem::new(&f.whole(today))).collect::<Vec<_>>();
            let document =
                wire::Document::new("plan/show/1", &root, Some(today), &view.unread, wire::Items { items });
            json::document(&mut ui.out, &document)?;
        }
        Format::Csv => {
            let names = Column::ALL.iter().map(|c| c.name()).chain(["text", "updates"]);
            let names = names.map(str::to_owned).collect::<Vec<_>>();
            let rows = found.iter().map(|f| {
                let updates: Vec<String> = f.recommendation.updates.iter().map(show::update_line).collect();
                let values = Column::ALL.iter().map(|c| c.value(&f.item));
                values.chain([f.recommendation.text.clone(), updates.join("\n\n")]).collect::<Vec<_>>()
            });
            csv::write(&mut ui.out, ui.terminal, std::iter::once(names).chain(rows))?;
        }
    }
    Ok(ui.unread(&root, &view.unread))
}

/// What of a plan the arguments may mean.
fn find(plan: Plan, ids: &[String], root: &Root, today: NaiveDate) -> Vec<Found> {
    let item = |r: &Recommendation| {
        let asked: Vec<usize> = (0..ids.len()).filter(|i| names(&plan, r, &ids[*i])).collect();
        let parts = plan.recommendations.iter().filter(|p| p.parent.as_ref() == Some(&r.id));
        (!asked.is_empty()).then(|| {
            let item = Item::new(&plan, r, Standing::on(&plan, r, today), Detail::Whole);
            (asked, item, parts.map(|p| p.id.to_string()).collect())
        })
    };
    let items: Vec<_> = plan.recommendations.iter().map(item).collect();
    let default = plan.head.publish.default;
    let found = items.into_iter().zip(plan.recommendations).filter_map(|(item, recommendation)| {
        let (asked, item, parts) = item?;
        let path = root.shown(&item.more().path);
        Some(Found { asked, item, recommendation, parts, default, path })
    });
    found.collect()
}

/// Keeps what the arguments mean, in their order. One that two arguments mean is there once; an id
/// that stands in two files of a plan is there twice, since nothing tells the two apart.
///
/// # Errors
/// Where an argument may mean several recommendations.
fn settle(found: &mut Vec<Found>, ids: &[String]) -> Result<()> {
    for (asked, id) in ids.iter().enumerate() {
        let exact = found.iter().any(|f| f.name() == *id);
        let other = |f: &&mut Found| exact && f.name() != *id;
        found.iter_mut().filter(other).for_each(|f| f.asked.retain(|a| *a != asked));
        check_one(found.iter().filter(|f| f.asked.contains(&asked)), id)?;
    }
    found.retain(|f| !f.asked.is_empty());
    found.sort_by_key(|f| f.asked.first().copied());
    Ok(())
}

/// Whether these are one recommendation, which `id` then means.
fn check_one<'a>(found: impl Iterator<Item = &'a Found>, id: &str) -> Result<()> {
    let (mut plans, mut names): (Vec<_>, Vec<_>) = found.map(|f| (&f.item.plan.id, f.name())).unzip();
    plans.dedup();
    names.dedup();
    if names.len() > 1 {
        let what = match id.starts_with("printed:") {
            _ if plans.len() == names.len() => "in several plans",
            true => "printed on several recommendations",
            false => "the id or an alias of several recommendations",
        };
        bail!("{id} is {what}; say which: {}", names.join(", "));
    }
    Ok(())
}
