//! Whom a command that writes means: one recommendation without a doubt, or a question.

use super::ui::Ui;
use super::{faults, view};
use crate::model::{Id, IdRange, Plan, Recommendation, natural_cmp, same_word, slug};
use crate::query::names;
use crate::store::{Folder, HEAD_FILE, Loaded, Purpose, Root, Unread, join, load_each};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A recommendation that is to be changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    /// The plan's folder, from the root.
    pub(super) folder: String,
    /// The file's name.
    pub(super) file: Arc<str>,
    /// How it was asked for.
    pub(super) asked: String,
}

/// The plans of the root that are asked for.
pub(super) fn folders(ui: &Ui, root: &Root, plan: Option<&str>) -> Result<Vec<Folder>> {
    let listed = Listed::of(root, plan)?;
    listed.name_the_closed(ui, root);
    Ok(listed.plans)
}

/// What lies under a root.
struct Listed {
    /// The plans that are asked for.
    plans: Vec<Folder>,
    /// What lies beside them and is not read.
    left_out: Vec<Unread>,
    /// Folders that could not be opened, where they may hold a plan that is asked for.
    closed: Vec<Unread>,
}

impl Listed {
    fn of(root: &Root, plan: Option<&str>) -> Result<Self> {
        let mut listing = view::list(root)?;
        let closed = if plan.is_none() { listing.failures.clone() } else { Vec::new() };
        let left_out = view::left_out(&mut listing);
        let mut plans = listing.plans;
        if plans.is_empty() {
            bail!(view::no_plan(root));
        }
        if let Some(wanted) = plan {
            let ids: Vec<String> = plans.iter().map(|p| p.place.id.clone()).collect();
            plans.retain(|p| same_word(&p.place.id, wanted));
            if plans.is_empty() {
                bail!(view::unknown("plan", wanted, ids.iter().map(String::as_str)));
            }
        }
        Ok(Self { plans, left_out, closed })
    }

    /// Names what nobody could look into, where all is found that is asked for.
    fn name_the_closed(&self, ui: &Ui, root: &Root) {
        for Unread { path, message } in &self.closed {
            ui.note(&format!("{} could not be looked into: {message}", root.shown(path)));
        }
    }
}

/// What is said of a plan whose plan.toml could not be read whole.
pub(super) fn no_head(root: &Root, folder: &Folder, unread: &[Unread]) -> String {
    let path = folder.path_of(HEAD_FILE);
    let why = unread.iter().find(|u| u.path == path).map_or("", |u| &u.message);
    // What a view says of the plan is no matter here.
    let why = why.split("; its ").next().unwrap_or_default();
    format!(
        "{} could not be read whole, and nothing can be held to it; mend it first: {why}",
        root.shown(&path)
    )
}

/// A recommendation that may be meant.
#[derive(Clone)]
struct Candidate {
    asked: usize,
    folder: String,
    plan: String,
    file: Arc<str>,
    id: Id,
    /// The ids of others on which the source prints what was asked for.
    printed: Vec<String>,
}

/// A file that gave no recommendation.
struct Lost {
    plan: String,
    /// The file's name, and the way to it.
    file: String,
    shown: String,
    id: Option<Id>,
    /// What to say of it.
    message: String,
}

impl Lost {
    /// Whether it may be the one that is asked for.
    fn may_be(&self, asked: &str) -> bool {
        let of_this = asked.split_once(':').filter(|(plan, _)| same_word(plan, &self.plan));
        let number = of_this.map_or(asked, |(_, rest)| rest);
        let number = number.strip_prefix("id:").unwrap_or(number);
        let begins = || {
            let stem = self.file.strip_suffix(".toml").unwrap_or(&self.file);
            let rest = stem.strip_prefix(&slug(number)).filter(|_| !number.is_empty());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        self.id.as_ref().map_or_else(begins, |id| same_word(id.as_str(), number))
    }
}

/// What looking into a plan gave.
struct Looked {
    candidates: Vec<Candidate>,
    /// The ids that there are.
    known: Vec<String>,
    lost: Vec<Lost>,
    unread: Vec<Unread>,
}

fn look(root: &Root, folder: &Folder, loaded: &Loaded, ids: &[&str]) -> Looked {
    let plan = folder.place.id.clone();
    let lost = |file: &str, id: Option<&Id>, message: String| Lost {
        plan: plan.clone(),
        file: file.to_owned(),
        shown: root.shown(&folder.path_of(file)),
        id: id.cloned(),
        message,
    };
    let Some(plan) = &loaded.plan else {
        let message = no_head(root, folder, &loaded.unread);
        let lost = folder.files.iter().map(|file| lost(file, None, message.clone())).collect();
        return Looked { candidates: Vec::new(), known: Vec::new(), lost, unread: loaded.unread.clone() };
    };
    let why = |path: &str| loaded.unread.iter().find(|u| u.path == path).map(|u| u.message.as_str());
    let lost = loaded.gaps.files.iter().map(|(file, id)| {
        let path = folder.path_of(file);
        let why = why(&path).unwrap_or("it is no regular file");
        lost(file, id.as_ref(), format!("{} could not be read; mend it first: {why}", root.shown(&path)))
    });
    Looked {
        candidates: ids.iter().enumerate().flat_map(|(n, id)| candidates(plan, n, id)).collect(),
        known: plan.recommendations.iter().map(|r| r.id.to_string()).collect(),
        lost: lost.collect(),
        // What was read in part can be changed.
        unread: loaded
            .unread
            .iter()
            .filter(|u| loaded.gaps.files.iter().any(|(file, _)| folder.path_of(file) == u.path))
            .cloned()
            .collect(),
    }
}

/// The recommendations that are meant, each once, in the order in which they are asked for.
///
/// # Errors
/// Where one may mean several, or none; whoever holds the printed source may mean another.
pub(super) fn targets(ui: &Ui, root: &Root, plan: Option<&str>, ids: &[String]) -> Result<Vec<Target>> {
    let ids: Vec<&str> = ids.iter().map(|id| id.trim()).collect();
    let mut listed = Listed::of(root, plan)?;
    let by_folder: BTreeMap<String, Folder> =
        listed.plans.iter().map(|plan| (plan.place.folder.clone(), plan.clone())).collect();
    let looked = load_each(&*root.source, std::mem::take(&mut listed.plans), Purpose::Edit, |loaded| {
        let folder = &by_folder[&loaded.place.folder];
        look(root, folder, &loaded, &ids)
    });
    let mut targets: Vec<Target> = Vec::new();
    let mut faults = Vec::new();
    let mut is_missing = false;
    for (n, asked) in ids.iter().enumerate() {
        let mut meant: Vec<&Candidate> =
            looked.iter().flat_map(|plan| &plan.candidates).filter(|c| c.asked == n).collect();
        let exact = |c: &&Candidate| c.id.as_str() == *asked || format!("{}:{}", c.plan, c.id) == *asked;
        if meant.iter().any(exact) {
            meant.retain(exact);
        }
        let mut lost: Vec<&Lost> =
            looked.iter().flat_map(|plan| &plan.lost).filter(|lost| lost.may_be(asked)).collect();
        lost.retain(|lost| meant.iter().all(|other| other.plan != lost.plan));
        match meant.as_slice() {
            [] if lost.is_empty() => {
                is_missing = true;
                faults.push(unknown(asked, &looked, by_folder.values()));
            }
            [] => faults.extend(lost.iter().map(|lost| lost.message.clone())),
            [one] if !lost.is_empty() => faults.push(format!(
                "{asked} may mean {}:{}, or what is in {}, which could not be read: say {}:{}",
                one.plan, one.id, lost[0].shown, one.plan, one.id
            )),
            [one] if !one.printed.is_empty() => {
                let number = number(asked, &one.plan);
                let plan = asked.strip_suffix(number).unwrap_or_default();
                faults.push(format!(
                    "{asked} is also printed on {}: say `{plan}id:{number}` or `{plan}printed:{number}`",
                    one.printed.join(" and ")
                ));
            }
            [one] => {
                let (folder, file) = (one.folder.clone(), Arc::clone(&one.file));
                if !targets.iter().any(|t| t.folder == folder && t.file == file) {
                    targets.push(Target { folder, file, asked: (*asked).to_owned() });
                }
            }
            several => faults.push(which(asked, root, several)),
        }
    }
    if is_missing {
        // It may be in what could not be read.
        let mut unread: Vec<Unread> = looked.into_iter().flat_map(|plan| plan.unread).collect();
        view::add_left_out(&mut unread, listed.left_out.clone());
        ui.unread(root, &unread);
    }
    faults.dedup();
    faults::none_of(faults)?;
    listed.name_the_closed(ui, root);
    Ok(targets)
}

/// What was asked for without the plan before it.
fn number<'a>(asked: &'a str, plan: &str) -> &'a str {
    asked.split_once(':').filter(|(p, _)| same_word(p, plan)).map_or(asked, |(_, number)| number)
}

/// Says that there is no such recommendation, and what may have been meant.
fn unknown<'f>(asked: &str, looked: &[Looked], plans: impl Iterator<Item = &'f Folder>) -> String {
    let mut known: Vec<&str> = looked.iter().flat_map(|plan| &plan.known).map(String::as_str).collect();
    known.sort_by(|a, b| natural_cmp(a, b));
    known.dedup();
    let is_known = |id: &str| known.iter().any(|known| same_word(known, id));
    let parts: Vec<&str> = asked.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| is_known(part)) {
        return format!("set ids apart with spaces: {}", parts.join(" "));
    }
    if let Ok(range @ IdRange::Numbers(first, last)) = IdRange::parse(asked) {
        let ids = known.iter().filter(|id| range.contains(&Id::new(id)));
        let ids: Vec<&str> = ids.copied().collect();
        if is_known(&first.to_string()) && is_known(&last.to_string()) {
            return format!("name each, set apart with spaces: {}", ids.join(" "));
        }
    }
    if let Some((plan, id)) = asked.split_once(':')
        && !matches!(plan, "id" | "printed")
        && is_known(id)
    {
        let plans: Vec<&str> = plans.map(|folder| folder.place.id.as_str()).collect();
        if !plans.iter().any(|there| same_word(there, plan)) {
            return view::unknown("plan", plan, plans.iter().copied());
        }
    }
    view::unknown("recommendation", asked, known.iter().copied())
}

/// Asks which of several is meant; of two files with one id none can be said.
fn which(asked: &str, root: &Root, several: &[&Candidate]) -> String {
    let names: BTreeSet<String> = several.iter().map(|c| format!("{}:{}", c.plan, c.id)).collect();
    if names.len() == several.len() {
        let names: Vec<String> = several.iter().map(|c| format!("{}:{}", c.plan, c.id)).collect();
        return format!("{asked} may mean several recommendations; say which: {}", names.join(", "));
    }
    let files: Vec<String> = several.iter().map(|c| root.shown(&join(&c.folder, &c.file))).collect();
    format!("{asked} is the id of several files, and one of them needs another: {}", files.join(", "))
}

fn candidates(plan: &Plan, asked: usize, id: &str) -> Vec<Candidate> {
    let number = number(id, plan.id());
    // With a prefix it is said which number is meant.
    let open = !number.starts_with("id:") && !number.starts_with("printed:");
    let candidate = |r: &Recommendation| {
        let printed = |other: &&Recommendation| {
            open && other.id != r.id && other.printed_id.as_ref().is_some_and(|p| p.as_str() == number)
        };
        Candidate {
            asked,
            folder: plan.place.folder.clone(),
            plan: plan.id().to_owned(),
            file: Arc::clone(&r.file),
            id: r.id.clone(),
            printed: plan.recommendations.iter().filter(printed).map(|r| r.id.to_string()).collect(),
        }
    };
    plan.recommendations.iter().filter(|r| names(plan, r, id)).map(candidate).collect()
}
