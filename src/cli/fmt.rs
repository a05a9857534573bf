//! `plan fmt`.

use super::edit;
use super::findings::paths_of;
use super::ui::Ui;
use super::{Exit, view};
use crate::edit::fmt;
use crate::store::write::{Change, PATIENCE, lock};
use crate::store::{HEAD_FILE, Purpose, load};
use anyhow::{Context as _, Result};
use clap::ValueHint;
use std::io::Write as _;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  plan fmt
  plan fmt --check   shows what would change; then ends with 1
  plan fmt plans/stalking-super-complaint/07-make-stalking-searchable.toml

Keys in the order of the format, lists on one line unless they hold comments, one blank line before text and \
each table, line feeds, a line break at the end; an owner's alias becomes the name. No value changes but \
that, prose is never wrapped anew, and comments stay where they belong.";

/// Put files into their canonical form
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only these files and folders
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Write nothing: show what would change, and end with 1 if anything would
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let root = edit::root(ui)?;
    let wanted = paths_of(&args.paths, ui, &root)?;
    let is_wanted = |path: &str| {
        wanted.as_ref().is_none_or(|all| {
            all.iter()
                .any(|w| path.strip_prefix(w.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('/')))
        })
    };
    let mut listing = view::list(&root)?;
    // What is no file of a plan is not put into any form, and is not passed over either.
    let mut left_out = view::left_out(&mut listing);
    left_out.retain(|unread| is_wanted(&unread.path));
    let plans = listing.plans;
    if plans.is_empty() {
        anyhow::bail!(view::no_plan(&root));
    }
    let (mut changed, mut looked_at, mut exit) = (0, 0, ui.unread(&root, &left_out));
    for plan in &plans {
        let names = plan.files.iter().map(|name| &**name).chain(plan.has_head.then_some(HEAD_FILE));
        let paths: Vec<String> =
            names.map(|name| plan.path_of(name)).filter(|path| is_wanted(path)).collect();
        if paths.is_empty() {
            continue;
        }
        let locked = lock(&root, [plan.place.folder.as_str()], PATIENCE)?;
        // Aliases become names where plan.toml can be read.
        let head = load(&*root.source, plan, Purpose::View).plan.map(|plan| plan.head);
        let mut changes: Vec<Change> = Vec::new();
        for path in paths {
            looked_at += 1;
            let current = match locked.read(&path) {
                Ok(current) => current,
                Err(failure) => {
                    ui.error(&failure.to_string());
                    exit = Exit::Failed;
                    continue;
                }
            };
            let is_head = path.rsplit('/').next() == Some(HEAD_FILE);
            let made = if is_head {
                fmt::head(current.text())
            } else {
                fmt::recommendation(current.text(), head.as_ref())
            };
            match made {
                Ok(text) if text == current.text() => {}
                Ok(text) => {
                    changed += 1;
                    if args.check {
                        edit::show_difference(ui, &root, &path, current.text(), &text)?;
                    } else {
                        changes.push(current.with(text));
                    }
                }
                Err(error) => {
                    ui.error(&format!("{}: {error}", root.shown(&path)));
                    exit = Exit::Failed;
                }
            }
        }
        locked.save(changes)?;
    }
    let files = crate::wording::count(looked_at, "file", "files");
    let what = if args.check { "would change" } else { "changed" };
    if !ui.is_quiet() {
        let told = writeln!(ui.out, "{files}: {} {what}", crate::wording::thousands(changed));
        let told = told.and_then(|()| ui.out.flush());
        told.with_context(|| format!("{files}: {changed} {what}, but that could not be told"))?;
    }
    Ok(exit.max(if args.check && changed > 0 { Exit::Findings } else { Exit::Done }))
}
