//! What `validate` and `check` have in common: which findings, how they are written, how it ends.

use super::since::{self, Lost, Since};
use super::ui::Ui;
use super::{Exit, view};
use crate::render::findings::counted;
use crate::render::{findings, github, json};
use crate::rules::{self, Group, Outcome, Run, counts, examine};
use crate::store::{self, HEAD_FILE, Listing, Root};
use crate::visible::one_line;
use crate::wire;
use crate::wording::count;
use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct FindingsArgs {
    /// Only what is found in these files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Hold what has changed since REV to the review rules: a branch, a tag, a commit, HEAD~3 or a day.
    /// Where REV has moved on, changes are counted from the commit where the two parted
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// End with 1 on warnings too
    #[arg(long)]
    strict: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_default_value = true)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Each finding with its source line and remedy
    Human,
    /// One JSON document
    Json,
    /// Workflow commands, shown beside the changed lines on GitHub
    Github,
}

/// Examines the plans, and tells what was found.
pub(super) fn run(
    args: &FindingsArgs,
    ui: &mut Ui,
    root: &Root,
    run: Run<'_>,
    schema: &'static str,
) -> Result<Exit> {
    let today = run.today;
    let Examined { outcome, lost, about } = examined(args, ui, root, run)?;
    let Outcome { findings, failures, plans, .. } = &outcome;
    let counts = counts(findings);
    match args.format {
        Format::Human => {
            findings::write(&mut ui.out, ui.look, |path| root.shown(path), findings)?;
            writeln!(ui.out, "{about}: {}", counted(counts))?;
        }
        Format::Json => {
            let body = wire::Findings::new(findings, counts);
            let unread = [failures.as_slice(), &lost.failures, &lost.unread].concat();
            json::document(&mut ui.out, &wire::Document::new(schema, root, today, &unread, body))?;
        }
        Format::Github => github::write(&mut ui.out, |path| root.shown(path), findings)?,
    }
    let failed = ui.unread(root, failures).max(lost.exit(ui));
    if *plans == 0 {
        // Whatever else was found, nothing was held to the rules: that is no pass and no failing one.
        bail!(view::no_plan(root));
    }
    let told = counts.error > 0 || (args.strict && counts.warning > 0);
    Ok(failed.max(if told { Exit::Findings } else { Exit::Done }))
}

/// What was found where it was looked for.
struct Examined {
    outcome: Outcome,
    /// What of the revision that the plans are held against could not be read.
    lost: Lost,
    /// What the findings are about.
    about: String,
}

fn examined(args: &FindingsArgs, ui: &Ui, root: &Root, run: Run<'_>) -> Result<Examined> {
    let wanted = paths_of(&args.paths, ui, root)?;
    let since = since(args, ui, &run)?;
    let run = Run { since: since.as_ref().map(Since::plans), ..run };
    let outcome = examine(&*root.source, &root.name, &run);
    let mut outcome = outcome.with_context(|| format!("cannot read {}", root.folder().display()))?;
    if outcome.plans == 0 && outcome.findings.is_empty() && outcome.failures.is_empty() {
        bail!(view::no_plan(root));
    }
    outcome.failures.sort();
    if let Some(wanted) = &wanted {
        let is_wanted = |path: &str| wanted.iter().any(|w| is_in(path, w));
        outcome.findings.retain(|f| is_wanted(&f.path));
        for unread in [&mut outcome.failures, &mut outcome.then.unread, &mut outcome.then.failures] {
            unread.retain(|u| is_wanted(&u.path));
        }
    }
    let lost = since.map(|since| since.lost(ui, &outcome.then)).unwrap_or_default();
    let about = about(wanted.map_or(&[], |_| &args.paths), &outcome);
    Ok(Examined { outcome, lost, about })
}

/// The revision that the plans are held against, if they are.
fn since(args: &FindingsArgs, ui: &Ui, run: &Run<'_>) -> Result<Option<Since>> {
    let review = |name: &&&str| rules::find(name).is_some_and(|rule| rule.group == Group::Review);
    match (&args.since, run.only.iter().find(review)) {
        (Some(revision), _) => since::find(ui, revision).map(Some),
        (None, Some(rule)) => bail!("`{rule}` looks at what has changed: name a revision with --since"),
        (None, None) => Ok(None),
    }
}

/// Whether a path is another, or leads into it.
fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What the findings are about: these paths, or everything where there are none.
fn about(paths: &[PathBuf], outcome: &Outcome) -> String {
    match paths {
        [] => {
            let recommendations = count(outcome.recommendations, "recommendation", "recommendations");
            format!("{recommendations} in {}", count(outcome.plans, "plan", "plans"))
        }
        [path] => one_line(&path.to_string_lossy()).into_owned(),
        paths => format!("{} files and folders", paths.len()),
    }
}

/// The paths that were asked for, from the root; none where everything was.
pub(super) fn paths_of(paths: &[PathBuf], ui: &Ui, root: &Root) -> Result<Option<Vec<String>>> {
    let wanted = paths.iter().map(|path| from_root(path, ui, root));
    let wanted = wanted.collect::<Result<Vec<_>>>()?;
    if wanted.is_empty() || wanted.iter().any(String::is_empty) {
        return Ok(None);
    }
    let looked_at = looked_at(view::list(root)?);
    for (path, wanted) in paths.iter().zip(&wanted) {
        if !looked_at.iter().any(|file| is_in(file, wanted)) {
            bail!("{} is no file of a plan, and no folder that holds one", path.display());
        }
    }
    Ok(Some(wanted))
}

/// A path from the root of the plans; "" for what holds the root.
fn from_root(path: &Path, ui: &Ui, root: &Root) -> Result<String> {
    let full = ui.directory().join(path);
    let folder = root.folder();
    if root.revision.is_some() {
        // What a revision has need not be on the disk.
        return inside(&tidy(&full), folder, path);
    }
    let folder = folder.canonicalize().context("cannot find the root of the plans")?;
    let parent = full.parent().unwrap_or(Path::new("/"));
    // A link is a finding of its own: only what leads to it is followed.
    let found = match (full.symlink_metadata(), full.file_name()) {
        (Ok(meta), Some(name)) if meta.is_symlink() => parent.canonicalize().map(|p| p.join(name)),
        _ => full.canonicalize(),
    };
    let found = found.with_context(|| format!("cannot read {}", path.display()))?;
    inside(&found, &folder, path)
}

/// A path without `.` and `..`, by its words alone.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(tidy.pop()),
            part => tidy.push(part),
        }
    }
    tidy
}

/// The way from `folder` to `found`, which was asked for as `path`; "" for what holds the folder.
fn inside(found: &Path, folder: &Path, path: &Path) -> Result<String> {
    if folder.starts_with(found) {
        return Ok(String::new());
    }
    let Ok(inside) = found.strip_prefix(folder) else {
        bail!("{} is not in the plans, which are in {}", path.display(), folder.display());
    };
    let parts = inside.components().map(|c| c.as_os_str().to_string_lossy());
    Ok(parts.fold(String::new(), |path, part| store::join(&path, &part)))
}

/// The paths of whatever could have a finding: a path that leads to none of them would pass as sound.
fn looked_at(listing: Listing) -> Vec<String> {
    let files = listing.plans.iter().flat_map(|plan| {
        let names = std::iter::once(HEAD_FILE).chain(plan.files.iter().map(|name| &**name));
        names.map(|name| plan.path_of(name))
    });
    let mut paths: Vec<String> = files.collect();
    paths.extend(listing.findings.into_iter().map(|f| f.path));
    paths.extend(listing.failures.into_iter().map(|f| f.path));
    paths
}
