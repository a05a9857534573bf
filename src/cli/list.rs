//! `plan list`.

use super::filter::FilterArgs;
use super::ui::Ui;
use super::{Exit, complete, view};
use crate::query::{self, By, Detail, GroupKey, Grouping, Item, NOT_RATED, SortKey, Tally};
use crate::render::columns::{Column, ItemRows};
use crate::render::style::Tone;
use crate::render::{csv, json, markdown, table, wrap};
use crate::standing::Standing;
use crate::wire;
use crate::wording::{count, thousands};
use anyhow::{Result, bail};
use clap::ValueEnum;
use std::io::Write as _;

const EXAMPLES: &str = "\
Examples:
  plan list --owner \"Chief Constables\"   alone, jointly, in a collective
  plan list --overdue --sort deadline    what is late, the longest first
  plan list --due-within 30d             what comes next
  plan list --unrated --group-by owner   who has yet to give a RAG
  plan list --text advocate --columns id,title,status
  plan list --format csv > plan.csv      for a spreadsheet

Over several plans RAG and status are sorted and grouped by what they mean (miss, at-risk, meet, met; open, \
done, dropped), since each plan has words of its own.";

/// List recommendations, a row each
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// Sort by KEY; ties by plan and id
    #[arg(long, value_name = "KEY", default_value = "id", hide_default_value = true)]
    sort: Sort,
    /// Sort the other way round
    #[arg(long)]
    reverse: bool,
    /// Show these columns, in this order: plan, id, printed_id, parent, title, owners, issued, deadline,
    /// deadline_wording, due, next_due, original_due, forecast, overdue, days_overdue, rag, implied_rag,
    /// implied_outlook, status, phase, response, completed_on, last_update, updates_count, theme,
    /// priority, path
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',', value_parser = parse_column, add = complete::columns())]
    columns: Vec<Column>,
    /// One table a group; what names several owners stands under each, and what a collective owns under
    /// the collective alone
    #[arg(long, value_name = "KEY")]
    group_by: Option<Group>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_default_value = true)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Ndjson,
    /// For spreadsheets
    Csv,
    /// A table to paste into a paper
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    Id,
    Title,
    #[value(alias = "owners")]
    Owner,
    #[value(alias = "due")]
    Deadline,
    Rag,
    #[value(alias = "implied_rag")]
    ImpliedRag,
    Status,
    Theme,
    #[value(aliases = ["last_update", "last-update"])]
    Updated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Group {
    Owner,
    Status,
    Rag,
    Theme,
    Plan,
    Phase,
}

impl From<Sort> for SortKey {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Id => Self::Id,
            Sort::Title => Self::Title,
            Sort::Owner => Self::Owner,
            Sort::Deadline => Self::Deadline,
            Sort::Rag => Self::Rag,
            Sort::ImpliedRag => Self::Implied,
            Sort::Status => Self::Status,
            Sort::Theme => Self::Theme,
            Sort::Updated => Self::Updated,
        }
    }
}

impl From<Group> for GroupKey {
    fn from(group: Group) -> Self {
        match group {
            Group::Owner => Self::Owner,
            Group::Status => Self::Status,
            Group::Rag => Self::Rag,
            Group::Theme => Self::Theme,
            Group::Plan => Self::Plan,
            Group::Phase => Self::Phase,
        }
    }
}

fn parse_column(text: &str) -> Result<Column, String> {
    let text = text.trim();
    let found = Column::ALL.iter().copied().find(|c| c.name().eq_ignore_ascii_case(&text.replace('-', "_")));
    found.ok_or_else(|| view::unknown("column", text, Column::ALL.iter().map(|c| c.name())))
}

impl Args {
    /// How much of each recommendation is shown or sorted by.
    fn detail(&self) -> Detail {
        let usual = Column::usual(true);
        let plain = matches!(self.format, Format::Table | Format::Markdown)
            && self.columns.iter().all(|column| usual.contains(column));
        if plain && !matches!(self.sort, Sort::Theme) { Detail::Usual } else { Detail::Whole }
    }

    /// What is asked of a format that cannot give it would else be dropped without a word.
    fn check(&self) -> Result<()> {
        let data = matches!(self.format, Format::Json | Format::Ndjson | Format::Csv);
        if self.group_by.is_some() && data {
            bail!(
                "--group-by is for tables and Markdown: the other formats have a field for each key to group by"
            );
        }
        if !self.columns.is_empty() && matches!(self.format, Format::Json | Format::Ndjson) {
            bail!("--columns is for tables, Markdown and CSV: JSON always has every field");
        }
        Ok(())
    }
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    args.check()?;
    let root = ui.root()?;
    let today = ui.today(&root);
    let filter = args.filter.resolve(today)?;
    let view = view::read(ui, &root, &filter, |plan, several| {
        let mut items = Vec::new();
        let search = filter.on(&plan, today);
        let grouping = args.group_by.map(|key| Grouping::new(&plan, By::over(several), key.into()));
        for r in &plan.recommendations {
            let standing = Standing::on(&plan, r, today);
            if search.matches(r, &standing) {
                let groups = grouping.as_ref().map(|grouping| grouping.shown(r, &standing));
                let item = Item::new(&plan, r, standing, args.detail());
                items.push(match groups {
                    Some(groups) => item.in_groups(groups),
                    None => item,
                });
            }
        }
        items.shrink_to_fit();
        items
    })?;
    let several = view.several;
    // References, in each sense: the items of a national list stay where they were made.
    let mut items: Vec<&Item> = view.answers.iter().flatten().collect();
    query::sort(&mut items, args.sort.into(), By::over(several), args.reverse);
    let columns = |usual: Vec<Column>| if args.columns.is_empty() { usual } else { args.columns.clone() };
    match args.format {
        Format::Table => {
            let columns = columns(Column::usual(several));
            let headings: Vec<_> = columns.iter().map(|c| c.heading()).collect();
            for (name, items) in groups(&items, args.group_by) {
                if let Some(name) = name {
                    let title = format!("{} ({})", crate::visible::one_line(name), thousands(items.len()));
                    writeln!(ui.out, "{}\n", Tone::Strong.paint(&title, ui.look.colour))?;
                }
                if !items.is_empty() {
                    let rows = ItemRows { items: &items, columns: &columns };
                    table::write(&mut ui.out, ui.look, &headings, &rows)?;
                    writeln!(ui.out)?;
                }
            }
            let footer = wrap(&footer(query::tally(&items)), ui.look.width, "");
            writeln!(ui.out, "{footer}")?;
            ui.incomplete(&view.unread)?;
        }
        Format::Markdown => {
            let columns = columns(Column::usual(several));
            let headings: Vec<_> = columns.iter().map(|c| c.heading()).collect();
            for (name, items) in groups(&items, args.group_by) {
                if let Some(name) = name {
                    writeln!(ui.out, "### {} ({})\n", markdown::escape(name), thousands(items.len()))?;
                }
                markdown::write(&mut ui.out, &headings, &ItemRows { items: &items, columns: &columns })?;
                writeln!(ui.out)?;
            }
            writeln!(ui.out, "{}", footer(query::tally(&items)))?;
            ui.incomplete(&view.unread)?;
        }
        Format::Csv => {
            let columns = columns(Column::ALL.to_vec());
            let names = columns.iter().map(|c| c.name().to_owned()).collect::<Vec<_>>();
            let rows = items.iter().map(|item| columns.iter().map(|c| c.value(item)).collect::<Vec<_>>());
            csv::write(&mut ui.out, ui.terminal, std::iter::once(names).chain(rows))?;
        }
        Format::Json => {
            let body = wire::Items { items: wire::List(&items) };
            json::document(
                &mut ui.out,
                &wire::Document::new("plan/list/1", &root, Some(today), &view.unread, body),
            )?;
        }
        Format::Ndjson => {
            for item in &items {
                json::line(&mut ui.out, &wire::ListItem::from(*item))?;
            }
        }
    }
    let ended = ui.unread(&root, &view.unread);
    // The program ends: to give a hundred thousand items back one by one would only take time.
    std::mem::forget(view.answers);
    Ok(ended)
}

/// The items of each group, under its name; all of them under none where no groups were asked for.
fn groups<'a>(items: &[&'a Item], by: Option<Group>) -> Vec<(Option<&'a str>, Vec<&'a Item>)> {
    let Some(by) = by.map(GroupKey::from) else { return vec![(None, items.to_vec())] };
    query::grouped(items).into_iter().map(|(name, items)| (Some(name.told(by)), items)).collect()
}

/// What the rows come to: "15 recommendations: 12 overdue, 15 not rated; 3 parts".
fn footer(tally: Tally) -> String {
    let Tally { whole, parts, parts_overdue, overdue, undated, no_deadline, not_rated, elsewhere } = tally;
    let among = [
        (overdue, "overdue"),
        (undated, "undated"),
        (no_deadline, "without a deadline"),
        (not_rated, NOT_RATED),
        (elsewhere, "held elsewhere"),
    ];
    let whole = among_them(count(whole, "recommendation", "recommendations"), &among);
    let parts_told = among_them(count(parts, "part", "parts"), &[(parts_overdue, "overdue")]);
    if parts == 0 { whole } else { format!("{whole}; and {parts_told}") }
}

fn among_them(total: String, among: &[(usize, &str)]) -> String {
    let among: Vec<String> =
        among.iter().filter(|a| a.0 > 0).map(|(n, name)| format!("{} {name}", thousands(*n))).collect();
    if among.is_empty() { total } else { format!("{total}: {}", among.join(", ")) }
}
