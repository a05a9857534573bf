//! Whose history is asked for: what is there, and what once was.

use super::Args;
use crate::cli::filter::parse_day;
use crate::cli::past::Past;
use crate::cli::{faults, view};
use crate::history::{self, Key, Wanted};
use crate::model::{Id, same_word};
use crate::query::names;
use crate::store::{Folder, Purpose, load_each};
use anyhow::{Result, bail};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whose history is asked for.
pub(super) struct Subject {
    pub(super) wanted: Wanted,
    /// The recommendation, where it is one.
    pub(super) only: Option<Only>,
}

/// A recommendation as it is called; what is gone has no title here.
pub(super) struct Only {
    pub(super) id: String,
    pub(super) title: Option<String>,
}

/// Whose history is asked for.
///
/// # Errors
/// Where nothing there is, or ever was, is called so, or several things are.
pub(super) fn of(args: &Args, past: &Past) -> Result<Subject> {
    let mut plans = view::list(&past.root)?.plans;
    let mut known = Known { past, keys: None };
    let current: BTreeSet<Arc<str>> = plans.iter().map(|plan| plan.place.folder.as_str().into()).collect();
    let folders = folders(args, past, &current, &mut known)?;
    if args.ids.is_empty() {
        let wanted = if args.plan.is_empty() { Wanted::Everything } else { Wanted::Plans(folders) };
        return Ok(Subject { wanted, only: None });
    }
    plans.retain(|plan| is_asked(args, &plan.place.id));
    let ids: Vec<&str> = args.ids.iter().map(|id| id.trim()).collect();
    let found = here(past, plans, &ids);
    let mut keys = BTreeSet::new();
    let mut only = None;
    let mut faults = Vec::new();
    for (asked, here) in ids.iter().zip(found) {
        match one(asked, here, &current, &mut known)? {
            Ok((of_it, name)) => {
                keys.extend(of_it);
                only = Some(name);
            }
            Err(fault) => faults.push(fault),
        }
    }
    faults::none_of(faults)?;
    Ok(Subject { wanted: Wanted::These(keys), only: only.filter(|_| ids.len() == 1) })
}

fn is_asked(args: &Args, plan: &str) -> bool {
    args.plan.is_empty() || args.plan.iter().any(|asked| same_word(asked, plan))
}

/// The folders of the plans that are asked for, of those that there are and, if need be, that there were.
fn folders(
    args: &Args,
    past: &Past,
    current: &BTreeSet<Arc<str>>,
    known: &mut Known<'_>,
) -> Result<BTreeSet<Arc<str>>> {
    let mut folders = current.clone();
    let missing = |folders: &BTreeSet<Arc<str>>| {
        let is_there = |plan: &str| folders.iter().any(|folder| same_word(past.plan_id(folder), plan));
        args.plan.iter().find(|plan| !is_there(plan))
    };
    if missing(&folders).is_some() {
        folders.extend(known.keys()?.iter().map(|key| Arc::clone(&key.folder)));
    }
    if let Some(missing) = missing(&folders) {
        bail!(view::unknown("plan", missing, folders.iter().map(|folder| past.plan_id(folder))));
    }
    folders.retain(|folder| is_asked(args, past.plan_id(folder)));
    Ok(folders)
}

/// What there is now under each of these ids, with its title.
fn here(past: &Past, plans: Vec<Folder>, ids: &[&str]) -> Vec<Vec<(Key, Only)>> {
    let mut all: Vec<Vec<(Key, Only)>> = ids.iter().map(|_| Vec::new()).collect();
    let found = load_each(&*past.root.source, plans, Purpose::View, |loaded| {
        let Some(plan) = loaded.plan else { return Vec::new() };
        let mut found = Vec::new();
        for (n, asked) in ids.iter().enumerate() {
            for r in plan.recommendations.iter().filter(|r| names(&plan, r, asked)) {
                let key = Key { folder: plan.place.folder.as_str().into(), id: Some(r.id.clone()) };
                found.push((n, (key, Only { id: r.id.to_string(), title: Some(r.title.clone()) })));
            }
        }
        found
    });
    for (n, one) in found.into_iter().flatten() {
        all[n].push(one);
    }
    all
}

/// The one recommendation that is called so, and how it is called; or why it is not one.
fn one(
    asked: &str,
    mut here: Vec<(Key, Only)>,
    current: &BTreeSet<Arc<str>>,
    known: &mut Known<'_>,
) -> Result<Result<(Vec<Key>, Only), String>> {
    here.dedup_by(|a, b| a.0 == b.0);
    match here.len() {
        1 => {
            let (keys, mut names): (Vec<Key>, Vec<Only>) = here.into_iter().unzip();
            return Ok(Ok((keys, names.remove(0))));
        }
        0 => {}
        _ => return Ok(Err(which(asked, here.iter().map(|(key, _)| key), known.past))),
    }
    // What is no longer there may have been.
    let past = known.past;
    let known = known.keys()?;
    let gone: Vec<Key> = known.iter().filter(|key| was_called(key, asked, past)).cloned().collect();
    // Of one that is gone, its plan may have had several names.
    let are_one = gone.iter().filter(|key| current.contains(&key.folder)).count() <= 1;
    match gone.first().and_then(|key| key.id.as_ref()) {
        None => Ok(Err(unknown(asked, known.iter(), past))),
        Some(_) if !are_one => Ok(Err(which(asked, gone.iter(), past))),
        Some(id) => {
            let only = Only { id: id.to_string(), title: None };
            Ok(Ok((gone, only)))
        }
    }
}

/// All that there ever was, looked for when it is first asked for.
struct Known<'p> {
    past: &'p Past,
    keys: Option<BTreeSet<Key>>,
}

impl Known<'_> {
    fn keys(&mut self) -> Result<&BTreeSet<Key>> {
        let keys = match self.keys.take() {
            Some(keys) => keys,
            None => history::log(self.past.place(), &self.past.tip, Wanted::Everything)?.known,
        };
        Ok(self.keys.insert(keys))
    }
}

fn which<'k>(asked: &str, several: impl Iterator<Item = &'k Key>, past: &Past) -> String {
    let names: Vec<String> = several.map(|key| name(key, past)).collect();
    format!("{asked} may mean several recommendations; say which: {}", names.join(", "))
}

/// A recommendation as one would ask for it.
fn name(key: &Key, past: &Past) -> String {
    let id = key.id.as_ref().map(Id::as_str).unwrap_or_default();
    format!("{}:{id}", past.plan_id(&key.folder))
}

/// Whether a recommendation that once was is asked for.
fn was_called(key: &Key, asked: &str, past: &Past) -> bool {
    let Some(id) = &key.id else { return false };
    let asked = asked.strip_prefix("id:").unwrap_or(asked);
    same_word(id.as_str(), asked) || same_word(&name(key, past), asked)
}

/// There never was such a recommendation: the nearest of those that there were.
fn unknown<'a>(asked: &str, known: impl Iterator<Item = &'a Key>, past: &Past) -> String {
    let with_plan = asked.contains(':');
    let named = known.filter_map(|key| {
        let id = key.id.as_ref()?;
        Some(if with_plan { name(key, past) } else { id.to_string() })
    });
    let names: BTreeSet<String> = named.collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_by(|a, b| crate::model::natural_cmp(a, b));
    let unknown = view::unknown("recommendation", asked, names.into_iter());
    let a_time = parse_day(asked).is_ok() || asked.contains("..");
    if a_time { format!("{unknown} (a time goes behind --since)") } else { unknown }
}
