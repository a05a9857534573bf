//! `plan show`.

use super::ui::Ui;
use super::{Exit, view};
use crate::model::{Recommendation, Visibility};
use crate::query::{Filter, Item, names};
use crate::render::columns::Column;
use crate::render::{csv, json, show};
use crate::standing::Standing;
use crate::wire;
use anyhow::{Result, bail};
use clap::ValueEnum;
use std::io::Write as _;

const EXAMPLES: &str = "\
Examples:
  plan show 7
  plan show stalking-super-complaint:7       where several plans have a 7
  plan show 16 25 --format markdown          to paste into a paper";

/// Show recommendations whole: text, milestones, slip register, updates newest first
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Which: 7, or plan:7
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// In this plan
    #[arg(short, long, value_name = "PLAN")]
    plan: Vec<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_default_value = true)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One JSON document
    Json,
    /// For spreadsheets
    Csv,
    /// To paste into a paper
    Markdown,
}

/// A recommendation that was asked for.
struct Found {
    asked: usize,
    item: Item,
    recommendation: Recommendation,
    default: Visibility,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let root = ui.root()?;
    let today = ui.today;
    let ids: Vec<String> = args.ids.iter().map(|id| id.trim().to_owned()).collect();
    let filter = Filter { ids: ids.clone(), plans: args.plan.clone(), ..Filter::default() };
    let view = view::read(ui, &root, &filter, |mut plan, folder| {
        let mut found = Vec::new();
        let mut printed = Vec::new();
        for (asked, id) in ids.iter().enumerate() {
            let at: Vec<usize> = (0..plan.recommendations.len())
                .filter(|i| names(&plan, &plan.recommendations[*i], id))
                .collect();
            for i in at {
                let r = &plan.recommendations[i];
                found.push((asked, i, Item::new(&plan, folder, r, Standing::on(&plan, r, today))));
            }
            printed.extend(printed_elsewhere(&plan, id));
        }
        let default = plan.head.publish.default;
        let mut taken: Vec<Option<Recommendation>> = plan.recommendations.drain(..).map(Some).collect();
        let found = found.into_iter().filter_map(|(asked, i, item)| {
            let recommendation = taken.get_mut(i)?.take()?;
            Some(Found { asked, item, recommendation, default })
        });
        (found.collect::<Vec<_>>(), printed)
    })?;
    let (found, printed): (Vec<_>, Vec<_>) = view.answers.into_iter().unzip();
    let mut found: Vec<Found> = found.into_iter().flatten().collect();
    for note in printed.into_iter().flatten() {
        ui.note(&note);
    }
    for (asked, id) in ids.iter().enumerate() {
        let of: Vec<String> = found
            .iter()
            .filter(|f| f.asked == asked)
            .map(|f| format!("{}:{}", f.item.plan, f.item.id))
            .collect();
        if of.len() > 1 {
            bail!("{id} is in several plans; say which: {}", of.join(", "));
        }
    }
    found.sort_by_key(|f| f.asked);
    match args.format {
        Format::Table => {
            for (n, f) in found.iter().enumerate() {
                if n > 0 {
                    writeln!(ui.out, "\n{}\n", "─".repeat(ui.look.width.unwrap_or(60)))?;
                }
                show::text(&mut ui.out, ui.look, &f.item, &f.recommendation, f.default, today)?;
            }
        }
        Format::Markdown => {
            for (n, f) in found.iter().enumerate() {
                if n > 0 {
                    writeln!(ui.out)?;
                }
                show::as_markdown(&mut ui.out, &f.item, &f.recommendation, f.default, today)?;
            }
        }
        Format::Json => {
            let items = found.iter().map(|f| wire::ShowItem::new(&f.item, &f.recommendation)).collect();
            let document =
                wire::Document::new("plan/show/1", Some(today), &view.unread, wire::Items { items });
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
            csv::write(&mut ui.out, std::iter::once(names).chain(rows))?;
        }
    }
    Ok(ui.unread(&root, &view.unread))
}

/// Whoever holds the printed source may mean another recommendation.
fn printed_elsewhere(plan: &crate::model::Plan, id: &str) -> Vec<String> {
    let other =
        plan.recommendations.iter().filter(|r| r.printed_id.as_ref().is_some_and(|p| p.as_str() == id));
    let other = other.filter(|r| r.id.as_str() != id);
    other.map(|r| format!("the source prints {id} on recommendation {} ({})", r.id, r.title)).collect()
}
