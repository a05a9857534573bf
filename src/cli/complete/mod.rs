//! What can be typed where: the words of the plans at hand, offered to the shell. An argument says with one
//! attribute what it takes: `#[arg(add = complete::owners())]`.
//!
//! It is run at every press of the tab key, in the middle of somebody's typing: it reads no more than it
//! must, asks no git, and where anything is wrong it offers nothing and says nothing.

pub(super) mod shells;
mod words;

use crate::model::{Head, Milestone, Named as _, Owner, Plan, RagLevel, Recommendation, Status};
use crate::parse::keys;
use crate::query::{NOT_RATED, NOT_REPORTED, names};
use crate::render::columns::Column;
use crate::rules::RULES;
use crate::store::{self, Folder, HEAD_FILE, Loaded, Purpose, Root};
use crate::visible::{is_hidden, one_line};
use crate::wording::when;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::PathBuf;

/// Beyond so many files, ids are offered only below the name of a plan: nobody waits for all of them.
const MANY_FILES: usize = 2_000;

/// Where to look for words, as far as the command line says it before the cursor.
#[derive(Clone, Debug, Default)]
struct Place {
    /// Where the shell is.
    here: PathBuf,
    /// What `-C` says.
    directory: PathBuf,
    /// What `--plan` says.
    plans: Vec<String>,
    /// What may be ids of recommendations.
    ids: Vec<String>,
}

thread_local! {
    /// The engine asks for the words of an argument and tells nothing of the rest of the line.
    static PLACE: RefCell<Place> = RefCell::default();
}

/// A word to offer, and what is said of it.
struct Word {
    value: String,
    help: Option<String>,
}

impl Word {
    fn new(value: impl Into<String>) -> Self {
        Self { value: value.into(), help: None }
    }

    fn about(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()).filter(|help| !help.trim().is_empty()), ..self }
    }
}

/// Ids of recommendations, with their titles: 7, or plan:7 where several plans have a 7.
pub(super) fn ids() -> ArgValueCompleter {
    completer(ids_of)
}

/// Names of plans, with their titles.
pub(super) fn plans() -> ArgValueCompleter {
    completer(|_| {
        // Those of a --plan that was given before are no reason to leave the others out.
        let named = heads(|_| true).into_iter().map(|(plan, head)| Word::new(plan).about(head.title));
        named.collect()
    })
}

/// Names of owners, with their other spellings.
pub(super) fn owners() -> ArgValueCompleter {
    completer(|_| owners_of())
}

/// Statuses that can be asked for, with their meanings: also that there is none.
pub(super) fn statuses_asked() -> ArgValueCompleter {
    completer(|_| statuses_of().into_iter().chain([Word::new(NOT_REPORTED)]).collect())
}

/// RAG levels that can be asked for, with their meanings: also that there is none.
pub(super) fn rags_asked() -> ArgValueCompleter {
    completer(|_| rags_of().into_iter().chain([Word::new(NOT_RATED)]).collect())
}

/// Statuses, with their meanings.
pub(super) fn statuses() -> ArgValueCompleter {
    completer(|_| statuses_of())
}

/// RAG levels, with their meanings.
pub(super) fn rags() -> ArgValueCompleter {
    completer(|_| rags_of())
}

/// Themes.
pub(super) fn themes() -> ArgValueCompleter {
    completer(|_| themes_of())
}

/// Names of rules, with what they ask for.
pub(super) fn rules() -> ArgValueCompleter {
    completer(|_| RULES.iter().map(|rule| Word::new(rule.name).about(rule.summary)).collect())
}

/// Fields that a history tells.
pub(super) fn fields() -> ArgValueCompleter {
    completer(|_| {
        let known: BTreeSet<&str> = keys::RECOMMENDATION.1.iter().chain(keys::HEAD.1).copied().collect();
        known.into_iter().map(Word::new).collect()
    })
}

/// Columns of a list.
pub(super) fn columns() -> ArgValueCompleter {
    completer(|_| Column::ALL.iter().map(|column| Word::new(column.name())).collect())
}

/// Titles of milestones that are open, of the recommendations that are named before.
pub(super) fn milestones() -> ArgValueCompleter {
    completer(|_| {
        let word = |m: Milestone| {
            let due = m.due.as_ref().map(when).unwrap_or_default();
            Word::new(m.title).about(due)
        };
        meant().into_iter().flat_map(|r| r.milestones).filter(Milestone::is_open).map(word).collect()
    })
}

/// Ids, `key=`, and behind it what the key takes: `status=On Track`, `owners+=OPCC`.
pub(super) fn assignments() -> ArgValueCompleter {
    completer(|typed| {
        let Some(end) = typed.find('=') else {
            // An id stays as it is, and a header is no key that takes a value.
            let others = [
                "id",
                "custom",
                "milestone",
                "extension",
                "answer",
                "update",
                "evidence",
                "assurance",
                "closure",
            ];
            let keys = keys::RECOMMENDATION.1.iter().filter(|key| !others.contains(key));
            let keys = keys.map(|key| Word::new(format!("{key}=")));
            // Columns are many, and offered to whoever asks for them.
            let columns = if typed.to_lowercase().starts_with('c') { columns_of() } else { Vec::new() };
            return keys.chain(columns).chain(ids_of(typed)).collect();
        };
        let (key, _) = typed.split_at(end + 1);
        let name = key.trim_end_matches(['=', '+', '-']).to_lowercase().replace('-', "_");
        let values = match name.as_str() {
            "owners" if key.ends_with("-=") => owners_to_lose(),
            "owners" => owners_of(),
            "rag" => rags_of(),
            "status" => statuses_of(),
            "theme" => themes_of(),
            "parent" | "depends_on" => ids_of(""),
            _ => Vec::new(),
        };
        values.into_iter().map(|word| Word { value: format!("{key}{}", word.value), ..word }).collect()
    })
}

/// The recommendations that the line names before the cursor.
fn meant() -> Vec<Recommendation> {
    let ids = PLACE.with_borrow(|place| place.ids.clone());
    let of = |plan: Plan| {
        let is = |r: &&Recommendation| ids.iter().any(|id| names(&plan, r, id));
        plan.recommendations.iter().filter(is).cloned().collect::<Vec<_>>()
    };
    read(wanted).into_iter().flat_map(of).collect()
}

/// The owners of what is named before; where nothing is, all.
fn owners_to_lose() -> Vec<Word> {
    let own: BTreeSet<String> =
        meant().iter().flat_map(|r| &r.owners).map(|owner| owner.name().to_owned()).collect();
    if own.is_empty() { owners_of() } else { own.into_iter().map(Word::new).collect() }
}

/// Columns of somebody's own that are there, as they are set.
fn columns_of() -> Vec<Word> {
    let all = read(wanted).into_iter().flat_map(|plan| plan.recommendations);
    let names: BTreeSet<String> = all.flat_map(|r| r.custom.into_iter().map(|(name, _)| name)).collect();
    names.into_iter().map(|name| Word::new(format!("custom.{name}="))).collect()
}

fn owners_of() -> Vec<Word> {
    words_of_heads(|head| {
        let word = |o: &Owner| Word::new(o.name()).about(o.aliases.join(", "));
        head.owners.iter().map(|o| word(o)).collect()
    })
}

fn statuses_of() -> Vec<Word> {
    words_of_heads(|head| {
        let word = |s: &Status| Word::new(s.name()).about(s.meaning.as_deref().unwrap_or_default());
        head.statuses.iter().map(|s| word(s)).collect()
    })
}

fn rags_of() -> Vec<Word> {
    words_of_heads(|head| {
        let word = |r: &RagLevel| Word::new(r.name()).about(r.meaning.as_deref().unwrap_or_default());
        head.rags.iter().map(|r| word(r)).collect()
    })
}

fn themes_of() -> Vec<Word> {
    let themes = read(wanted).into_iter().flat_map(|plan| plan.recommendations).filter_map(|r| r.theme);
    themes.collect::<BTreeSet<_>>().into_iter().map(Word::new).collect()
}

fn ids_of(typed: &str) -> Vec<Word> {
    // Behind "plan:" there are that plan's ids; ids may hold colons of their own.
    let named = |folder: &Folder| {
        let id = &folder.place.id;
        typed.get(..id.len()).is_some_and(|t| t.eq_ignore_ascii_case(id))
            && typed[id.len()..].starts_with(':')
    };
    let below = read(named);
    if !below.is_empty() {
        let of = |plan: &Plan| {
            let word = |r: &Recommendation| Word::new(format!("{}:{}", plan.id(), r.id)).about(&r.title);
            plan.recommendations.iter().map(word).collect::<Vec<_>>()
        };
        return below.iter().flat_map(of).collect();
    }
    let folders = folders(wanted);
    if folders.len() > 1 && folders.iter().map(|folder| folder.files.len()).sum::<usize>() > MANY_FILES {
        return folders.iter().map(|folder| Word::new(format!("{}:", folder.place.id))).collect();
    }
    let plans = read(wanted);
    let mut having: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for plan in &plans {
        for r in &plan.recommendations {
            having.entry(r.id.as_str().to_lowercase()).or_default().insert(plan.id());
        }
    }
    let mut words = Vec::new();
    for plan in &plans {
        for r in &plan.recommendations {
            let alone = having.get(&r.id.as_str().to_lowercase()).is_none_or(|plans| plans.len() == 1);
            let value = if alone { r.id.to_string() } else { format!("{}:{}", plan.id(), r.id) };
            words.push(Word::new(value).about(&r.title));
        }
    }
    words
}

/// What every plan's head has, once, in the order of the first.
fn words_of_heads(words: impl Fn(&Head) -> Vec<Word>) -> Vec<Word> {
    let mut seen = BTreeSet::new();
    let all = heads(wanted).into_iter().flat_map(|(_, head)| words(&head));
    all.filter(|word| seen.insert(word.value.to_lowercase())).collect()
}

/// Offers those of the words that go on from what is typed: in its own case, or else in any.
fn completer(words: impl Fn(&str) -> Vec<Word> + Send + Sync + 'static) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let Some(typed) = typed.to_str() else { return Vec::new() };
        let mut words = words(typed);
        // Nobody can type these, and a shell would show them raw.
        words.retain(|word| !word.value.contains(|c: char| is_hidden(c) || c.is_control()));
        let lower = typed.to_lowercase();
        if words.iter().any(|word| word.value.starts_with(typed)) {
            words.retain(|word| word.value.starts_with(typed));
        } else {
            words.retain(|word| word.value.to_lowercase().starts_with(&lower));
        }
        let candidate = |word: Word| {
            let help = word.help.map(|help| one_line(&help).into_owned().into());
            CompletionCandidate::new(word.value).help(help)
        };
        words.into_iter().map(candidate).collect()
    })
}

/// Whether a plan is one that `--plan` leaves in.
fn wanted(folder: &Folder) -> bool {
    PLACE.with_borrow(|place| {
        let is = |plan: &String| plan.trim().to_lowercase() == folder.place.id.to_lowercase();
        place.plans.is_empty() || place.plans.iter().any(is)
    })
}

fn root() -> Option<Root> {
    PLACE.with_borrow(|place| Root::find(&place.here, &place.directory).ok())
}

fn folders(wanted: impl Fn(&Folder) -> bool) -> Vec<Folder> {
    let Some(root) = root() else { return Vec::new() };
    let listing = store::find_plans(&*root.source, &root.name);
    listing.map_or_else(|_| Vec::new(), |listing| listing.plans.into_iter().filter(wanted).collect())
}

/// Each plan's id and head, without its recommendations.
fn heads(wanted: impl Fn(&Folder) -> bool) -> Vec<(String, Head)> {
    let Some(root) = root() else { return Vec::new() };
    let mut buffer = Vec::new();
    let mut head = |folder: Folder| {
        if !folder.has_head {
            return None;
        }
        let content = root.source.read(&folder.path_of(HEAD_FILE), &mut buffer);
        Some((folder.place.id.clone(), store::head(content, &buffer).ok()?))
    };
    folders(wanted).into_iter().filter_map(&mut head).collect()
}

fn read(wanted: impl Fn(&Folder) -> bool) -> Vec<Plan> {
    let Some(root) = root() else { return Vec::new() };
    let plans = store::load_each(&*root.source, folders(wanted), Purpose::View, |loaded: Loaded| loaded.plan);
    plans.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
