//! `plan show`.

use super::ui::Ui;
use super::{Exit, view};
use crate::model::{Recommendation, Visibility};
use crate::query::{Detail, Filter, Item, Whole, names};
use crate::render::columns::Column;
use crate::render::{csv, json, show};
use crate::standing::Standing;
use crate::wire;
use anyhow::{Result, bail};
use chrono::NaiveDate;
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
    parts: Vec<String>,
    default: Visibility,
    path: String,
}

impl Found {
    fn whole(&self, today: NaiveDate) -> Whole<'_> {
        let Self { item, recommendation, parts, default, path, .. } = self;
        Whole { item, recommendation, parts, visibility: *default, path, today }
    }
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let root = ui.root()?;
    let today = ui.today();
    let ids: Vec<String> = args.ids.iter().map(|id| id.trim().to_owned()).collect();
    let filter = Filter { ids: ids.clone(), plans: args.plan.clone(), ..Filter::default() };
    let view = view::read(ui, &root, &filter, |mut plan, _| {
        let mut found = Vec::new();
        for (asked, id) in ids.iter().enumerate() {
            for (i, r) in plan.recommendations.iter().enumerate().filter(|(_, r)| names(&plan, r, id)) {
                let parts = plan.recommendations.iter().filter(|p| p.parent.as_ref() == Some(&r.id));
                let parts: Vec<String> = parts.map(|p| p.id.to_string()).collect();
                found.push((
                    asked,
                    i,
                    Item::new(&plan, r, Standing::on(&plan, r, today), Detail::Whole),
                    parts,
                ));
            }
        }
        let default = plan.head.publish.default;
        let mut all: Vec<Option<Recommendation>> = plan.recommendations.drain(..).map(Some).collect();
        let found = found.into_iter().filter_map(|(asked, i, item, parts)| {
            // One that is asked for twice is shown once.
            let recommendation = all.get_mut(i)?.take()?;
            let path = root.shown(&item.more().path);
            Some(Found { asked, item, recommendation, parts, default, path })
        });
        found.collect::<Vec<_>>()
    })?;
    let mut found: Vec<Found> = view.answers.into_iter().flatten().collect();
    for (asked, id) in ids.iter().enumerate() {
        let of: Vec<String> = found
            .iter()
            .filter(|f| f.asked == asked)
            .map(|f| format!("{}:{}", f.item.plan.id, f.item.id))
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
            csv::write(&mut ui.out, ui.terminal, std::iter::once(names).chain(rows))?;
        }
    }
    Ok(ui.unread(&root, &view.unread))
}
