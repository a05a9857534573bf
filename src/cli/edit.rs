//! What the commands that write have in common: making the change, holding it to the rules, writing it, and
//! telling what changed.

use super::held::Held;
use super::target::{self, Target};
use super::ui::Ui;
use super::{Exit, complete, faults};
use crate::diff;
use crate::edit::{self, EditError};
use crate::model::{Phase, Plan, PlanPlace, Recommendation};
use crate::render::{change, unified};
use crate::standing;
use crate::store::write::{Change, Current, PATIENCE, lock};
use crate::store::{Folder, Purpose, Root, find_plans, join, load};
use crate::visible::one_line;
use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

/// What every command that writes can be asked for.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct EditArgs {
    /// In this plan
    #[arg(short, long, value_name = "PLAN", add = complete::plans())]
    pub(super) plan: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(short = 'N', long)]
    pub(super) dry_run: bool,
    /// Write also what breaks a rule at its error level
    #[arg(long)]
    pub(super) force: bool,
}

/// The root, to be written to: a revision cannot be.
pub(super) fn root(ui: &Ui) -> Result<Root> {
    if ui.at().is_some() {
        bail!("--at is for reading: what is past stays as it was");
    }
    ui.root()
}

/// Refuses a day that is still to come: nothing was done or decided then.
///
/// # Errors
/// Where it is, unless it is to be written all the same.
pub(super) fn not_ahead(ui: &Ui, args: &EditArgs, flag: &str, day: Option<NaiveDate>) -> Result<()> {
    match day.filter(|day| *day > ui.day() && !args.force) {
        Some(day) => bail!("{flag} {day} is still to come (today is {})", ui.day()),
        None => Ok(()),
    }
}

/// Changes recommendations, all or none: `make` says what is to change of each, as it is under the lock.
///
/// # Errors
/// Where one cannot be changed so, would break a rule that it does not break now, or cannot be written.
pub(super) fn run(
    args: &EditArgs,
    ui: &mut Ui,
    root: &Root,
    targets: &[Target],
    make: impl Fn(&Plan, &Recommendation) -> Result<Vec<edit::Change>>,
) -> Result<Exit> {
    let locked = lock(root, targets.iter().map(|t| t.folder.as_str()), PATIENCE)?;
    let plans = find_plans(&*root.source, &root.name)?.plans;
    let mut by_folder: BTreeMap<&str, Vec<&Target>> = BTreeMap::new();
    for target in targets {
        by_folder.entry(&target.folder).or_default().push(target);
    }
    let mut changes: Vec<Change> = Vec::new();
    let mut edited: Vec<(Arc<PlanPlace>, Edited)> = Vec::new();
    let mut refused = 0;
    let mut held = Held::default();
    let several = targets.len() > 1;
    for (folder, targets) in by_folder {
        let Some(found) = plans.iter().find(|p| p.place.folder == folder) else {
            bail!("the plan in {} is no longer there", root.shown(folder));
        };
        let loaded = load(&*root.source, found, Purpose::Edit);
        let Some(plan) = &loaded.plan else {
            bail!(target::no_head(root, found, &loaded.unread));
        };
        let mut texts = BTreeMap::new();
        let refused_before = refused;
        for target in targets {
            match edit_one(root, &locked, plan, found, target, &make) {
                Ok((current, edit)) => {
                    texts.insert(current.path().to_owned(), edit.text.clone());
                    changes.push(current.with(edit.text.clone()));
                    edited.push((Arc::clone(&found.place), edit));
                }
                Err(error) => {
                    let of = if several { format!("{}: ", target.asked) } else { String::new() };
                    for fault in faults::told(&error, |error| format!("{error:#}")) {
                        refused += 1;
                        ui.error(&format!("{of}{fault}"));
                    }
                }
            }
        }
        if refused == refused_before {
            held.add(root, folder, texts)?;
        }
    }
    if !args.force {
        refused += held.refuse(ui, root)?;
    }
    if refused > 0 {
        if several {
            bail!("nothing was written");
        }
        return Ok(Exit::Failed);
    }
    if args.dry_run {
        for (place, edit) in &edited {
            show_difference(ui, root, &join(&place.folder, &edit.file), &edit.old, &edit.text)?;
        }
        return Ok(Exit::Done);
    }
    locked.save(changes)?;
    let told = edited.iter().try_for_each(|(_, edit)| tell(ui, edit));
    told.and_then(|()| ui.out.flush().map_err(Into::into))
        .context("it is written, but that could not be told")?;
    for id in edited.iter().filter_map(|(_, edit)| edit.reopened.as_ref()) {
        ui.note(&format!(
            "{id} is open again, and still says how it was closed: `plan set {id} closure=` takes it away"
        ));
    }
    held.warn(ui);
    Ok(Exit::Done)
}

/// A recommendation before and after.
struct Edited {
    file: Arc<str>,
    old: String,
    text: String,
    title: String,
    /// What changed; none: nothing.
    change: Option<diff::Change>,
    /// Whether it is open again, and still says how it was closed.
    reopened: Option<String>,
}

fn edit_one(
    root: &Root,
    locked: &crate::store::write::Locked<'_>,
    plan: &Plan,
    folder: &Folder,
    target: &Target,
    make: &impl Fn(&Plan, &Recommendation) -> Result<Vec<edit::Change>>,
) -> Result<(Current, Edited)> {
    let path = folder.path_of(&target.file);
    let current = locked.read(&path)?;
    let found = plan.recommendations.iter().find(|r| r.file == target.file);
    let Some(r) = found else {
        // What could not be read whole says why by itself.
        edit::apply(current.text(), &[])?;
        bail!("{} could not be read whole: `plan validate` says why", root.shown(&path));
    };
    let wanted = make(plan, r)?;
    let text = edit::apply(current.text(), &wanted).map_err(|error| at(root, &path, &error))?;
    let old = current.text().to_owned();
    let title = format!("{}  {}", one_line(r.id.as_str()), one_line(&r.title));
    let after = parsed(plan, r, &text);
    let change = after.as_ref().and_then(|after| difference(plan, r, after));
    let is_closed = |r: &Recommendation| matches!(standing::phase(plan, r), Phase::Done | Phase::Dropped);
    let again = |after: &Recommendation| is_closed(r) && !is_closed(after) && after.closure.is_some();
    let reopened = after.filter(again).map(|after| after.id.to_string());
    Ok((current, Edited { file: Arc::clone(&target.file), old, text, title, change, reopened }))
}

/// What a new text says of a recommendation.
fn parsed(plan: &Plan, r: &Recommendation, text: &str) -> Option<Recommendation> {
    let mut after = crate::parse::recommendation(Arc::clone(&r.file), text).value?;
    crate::resolve::words(&mut after, &plan.head);
    Some(after)
}

/// What a new text changes of a recommendation, in the plan's terms.
fn difference(plan: &Plan, r: &Recommendation, after: &Recommendation) -> Option<diff::Change> {
    let mut before = r.clone();
    // What it has of its parent it has still.
    if before.owners_inherited {
        before.owners.clear();
        before.owners_inherited = false;
    }
    if before.deadline_inherited {
        before.deadline = None;
        before.deadline_inherited = false;
    }
    diff::one(&plan.place, Some(&before), Some(after))
}

fn at(root: &Root, path: &str, error: &EditError) -> anyhow::Error {
    anyhow::anyhow!("{}: {error}", root.shown(path))
}

/// Writes the lines that a change takes away and adds.
pub(super) fn show_difference(ui: &mut Ui, root: &Root, path: &str, old: &str, new: &str) -> Result<()> {
    unified::write(&mut ui.out, ui.look, &root.shown(path), old, new)?;
    Ok(())
}

/// Tells what changed, in the plan's terms.
fn tell(ui: &mut Ui, edit: &Edited) -> Result<()> {
    if ui.is_quiet() {
        return Ok(());
    }
    writeln!(ui.out, "{}", crate::render::style::Tone::Strong.paint(&edit.title, ui.look.colour))?;
    match &edit.change {
        Some(changed) => {
            let lines = change::lines(changed);
            let width = lines.iter().map(|line| line.name.chars().count()).max().unwrap_or(0).min(24);
            change::text(&mut ui.out, ui.look, &lines, 2, width)?;
        }
        None => writeln!(ui.out, "  as it was: nothing is to change")?,
    }
    Ok(())
}
