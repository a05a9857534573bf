//! `plan diff`.

use super::filter::WhichArgs;
use super::format::{Format, FormatArgs};
use super::sides::{self, Sides};
use super::ui::Ui;
use super::{Exit, view};
use crate::diff::{self, Change, Difference, Moment, Notable, Side};
use crate::model::{Id, Plan, Recommendation};
use crate::moved::{Sketch, moves};
use crate::ownership::known_as;
use crate::query::{By, Filter};
use crate::render::{csv, diff as render, json};
use crate::standing::Standing;
use crate::store::{Folder, Loaded, Purpose, Root, Unread, load, load_each};
use crate::summary::{Counter, Summary, merge};
use crate::wire;
use crate::wording::thousands;
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Write as _;

const EXAMPLES: &str = "\
Examples:
  plan diff                                  what is not committed yet
  plan diff HEAD~3
  plan diff 2025-03-01..2025-03-28           between two meetings of the board
  plan diff 2025-03-01.. --format markdown   to paste into a paper
  plan diff origin/main...HEAD               what this branch changes
  plan diff v1 v2 --owner \"Chief Constables\"

A revision is a branch, a tag, a commit, HEAD~3, or a day: the last commit by then. Recommendations are \
matched by plan and id, whatever their files are called. Counts are as of each side's own day: what fell \
due in between is newly overdue, whether or not its file changed.";

/// Tell what changed between two revisions, or a revision and the work tree
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A (with the work tree), A..B, A...B (from where they parted), or A B; HEAD where none is named
    #[arg(value_name = "REV", num_args = 0..=2)]
    revisions: Vec<String>,
    /// End with 1 where anything changed
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let sides = sides::find(ui, &args.revisions)?;
    let filter = args.which.resolve();
    let compared = compare(&sides, &filter, args.which.narrows())?;
    let Compared { difference, unread, titles } = compared;
    let several = titles.len() > 1;
    let about = render::About {
        title: match titles.as_slice() {
            [] => "no plan that can be read".to_owned(),
            [title] => title.clone(),
            titles => format!("{} plans", thousands(titles.len())),
        },
        from: sides.from.clone(),
        to: sides.to.clone(),
        several,
        filtered: args.which.narrows(),
        whole: unread.is_empty(),
    };
    match args.format.format {
        Format::Table => render::text(&mut ui.out, ui.look, &about, &difference)?,
        Format::Markdown => render::as_markdown(&mut ui.out, &about, &difference)?,
        Format::Csv => csv::write(&mut ui.out, ui.terminal, render::rows(&difference.changes))?,
        Format::Json => {
            let body = wire::Changes::new(&sides.from, &sides.to, &difference);
            let today = Some(sides.to.date);
            json::document(
                &mut ui.out,
                &wire::Document::new("plan/diff/1", &sides.after, today, &unread, body),
            )?;
        }
    }
    if matches!(args.format.format, Format::Table | Format::Markdown) && !unread.is_empty() {
        writeln!(ui.out)?;
        ui.incomplete(&unread)?;
    }
    let failed = ui.unread(&sides.after, &unread);
    let found = args.exit_code && !difference.changes.is_empty();
    Ok(failed.max(if found { Exit::Findings } else { Exit::Done }))
}

/// What two sides come to.
pub(super) struct Compared {
    pub(super) difference: Difference,
    pub(super) unread: Vec<Unread>,
    /// The titles of the plans.
    titles: Vec<String>,
}

/// What one plan comes to on its two sides.
#[derive(Default)]
struct One {
    changes: Vec<Change>,
    notable: Vec<Notable>,
    before: Summary,
    after: Summary,
    title: Option<String>,
    unread: Vec<Unread>,
    found: Vec<bool>,
}

/// Compares two sides, in what the filter asks for; `narrowed` says whether that leaves something out.
pub(super) fn compare(sides: &Sides, filter: &Filter, narrowed: bool) -> Result<Compared> {
    let Sides { before, from, after, to } = sides;
    let (mut old, mut new) = (view::list(before)?, view::list(after)?);
    let (out_of_old, out_of_new) = (view::left_out(&mut old), view::left_out(&mut new));
    view::check_either(&old, &new, after, filter)?;
    // What one side cannot look into is neither come nor gone.
    old.plans.retain(|plan| !is_in_one_of(&plan.place.folder, &out_of_new));
    new.plans.retain(|plan| !is_in_one_of(&plan.place.folder, &out_of_old));
    let mut unread: Vec<Unread> = out_of_old.into_iter().map(|u| of_before(u, from)).collect();
    view::add_left_out(&mut unread, out_of_new);
    let pairs = pairs(sides, old.plans, new.plans);
    let pairs: Vec<_> = pairs
        .into_iter()
        .filter(|(old, new)| old.iter().chain(new).any(|folder| filter.wants_plan(&folder.place.id)))
        .collect();
    let asked = view::Asked::of(filter);
    // The plans are chosen: one that moved has another name on its other side.
    let within = Filter { plans: Vec::new(), ..filter.clone() };
    let by = By::over(pairs.len() > 1);
    let one = |(old, new): (Option<Folder>, Option<Folder>)| {
        let load =
            |root: &Root, folder: Option<Folder>| folder.map(|f| load(&*root.source, &f, Purpose::View));
        let (mut old, mut new) = (load(before, old), load(after, new));
        let mut one = One { found: asked.nothing_found(), ..One::default() };
        for plan in [&old, &new].into_iter().flatten().filter_map(|loaded| loaded.plan.as_ref()) {
            one.found.iter_mut().zip(asked.found_in(plan)).for_each(|(found, here)| *found |= here);
        }
        let of_old = old.iter_mut().flat_map(|old| old.unread.drain(..)).map(|u| of_before(u, from));
        one.unread = of_old.collect();
        one.unread.extend(new.iter_mut().flat_map(|new| new.unread.drain(..)));
        let heads = [&old, &new].into_iter().flatten().filter_map(|l| l.plan.as_ref()).map(|plan| &plan.head);
        let filter = Filter { owners: known_as(&within.owners, heads), ..within.clone() };
        fill(&mut one, (old.as_ref(), from), (new.as_ref(), to), by, &filter, narrowed);
        one
    };
    let ones: Vec<One> = pairs.into_par_iter().map(one).collect();
    let mut compared = Compared {
        difference: Difference {
            changes: Vec::new(),
            notable: Vec::new(),
            before: Summary::default(),
            after: Summary::default(),
        },
        unread,
        titles: Vec::new(),
    };
    let mut found = asked.nothing_found();
    for one in ones {
        compared.difference.changes.extend(one.changes);
        compared.difference.notable.extend(one.notable);
        merge(&mut compared.difference.before, one.before);
        merge(&mut compared.difference.after, one.after);
        compared.titles.extend(one.title);
        compared.unread.extend(one.unread);
        found.iter_mut().zip(one.found).for_each(|(found, here)| *found |= here);
    }
    compared.unread.sort();
    asked.check(&found, after, filter)?;
    Ok(compared)
}

/// Whether a folder is one of these, or below one.
fn is_in_one_of(folder: &str, places: &[Unread]) -> bool {
    let is_in = |place: &Unread| {
        folder.strip_prefix(place.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    places.iter().any(is_in)
}

/// What is unread before is named with the commit that has it.
fn of_before(unread: Unread, from: &Moment) -> Unread {
    Unread { message: format!("in {}: {}", from.name, unread.message), ..unread }
}

/// What one plan comes to.
fn fill(
    one: &mut One,
    (old, from): (Option<&Loaded>, &Moment),
    (new, to): (Option<&Loaded>, &Moment),
    by: By,
    filter: &Filter,
    narrowed: bool,
) {
    let readable = [new, old].into_iter().flatten().find_map(|loaded| loaded.plan.as_ref());
    one.title = readable.map(|plan| plan.head.title.clone());
    // Of a plan whose plan.toml cannot be read on one side nothing is told but that.
    if [old, new].into_iter().flatten().any(|loaded| loaded.plan.is_none()) {
        return;
    }
    let (before, after) = (old.and_then(side), new.and_then(side));
    let is_asked = |plan: &Plan, r: &Recommendation, standing: &Standing, moment: &Moment| {
        filter.on(plan, moment.date).matches(r, standing)
    };
    for (side, moment, summary) in [(before, from, &mut one.before), (after, to, &mut one.after)] {
        let Some(Side { plan, .. }) = side else { continue };
        let mut counter = Counter::new(plan, by, None);
        let search = filter.on(plan, moment.date);
        for r in &plan.recommendations {
            let standing = Standing::on(plan, r, moment.date);
            if search.matches(r, &standing) {
                counter.add(r, &standing);
            }
        }
        *summary = counter.finish().0;
    }
    one.changes = diff::plan(before, after);
    if narrowed {
        let is_wanted = |id: &Id, side: Option<Side<'_>>, moment: &Moment| {
            let Some(plan) = side.map(|side| side.plan) else { return false };
            plan.get(id).is_some_and(|r| is_asked(plan, r, &Standing::on(plan, r, moment.date), moment))
        };
        one.changes.retain(|change| {
            change.id.as_ref().is_some_and(|id| is_wanted(id, before, from) || is_wanted(id, after, to))
        });
    }
    if let (Some(before), Some(after)) = (before, after) {
        let shows = |plan: &Plan, r: &Recommendation, standing: &Standing| {
            !narrowed || is_asked(plan, r, standing, to)
        };
        one.notable = diff::review((before, from.date), (after, to.date), shows);
    }
}

/// The plans of both sides by id; of those that are only on one side, what seems to be one plan whose folder
/// has another name now.
fn pairs(sides: &Sides, old: Vec<Folder>, new: Vec<Folder>) -> Vec<(Option<Folder>, Option<Folder>)> {
    let mut by_id: BTreeMap<String, (Option<Folder>, Option<Folder>)> = BTreeMap::new();
    for folder in old {
        let id = folder.place.id.clone();
        by_id.entry(id).or_default().0 = Some(folder);
    }
    for folder in new {
        let id = folder.place.id.clone();
        by_id.entry(id).or_default().1 = Some(folder);
    }
    let one_sided = |of_old: bool| -> Vec<Folder> {
        let side = |(old, new): &(Option<Folder>, Option<Folder>)| match (old, new) {
            (Some(old), None) if of_old => Some(old.clone()),
            (None, Some(new)) if !of_old => Some(new.clone()),
            _ => None,
        };
        by_id.values().filter_map(side).collect()
    };
    let (gone, come) = (one_sided(true), one_sided(false));
    if !gone.is_empty() && !come.is_empty() {
        let sketches = |root: &Root, plans: &[Folder]| -> Vec<Sketch> {
            load_each(&*root.source, plans.to_vec(), Purpose::Rules, |loaded| loaded.sketch())
        };
        for (was, is) in moves(&sketches(&sides.before, &gone), &sketches(&sides.after, &come)) {
            by_id.remove(&gone[was].place.id);
            by_id.entry(come[is].place.id.clone()).or_default().0 = Some(gone[was].clone());
        }
    }
    by_id.into_values().collect()
}

fn side(loaded: &Loaded) -> Option<Side<'_>> {
    Some(Side { plan: loaded.plan.as_ref()?, gaps: &loaded.gaps })
}
