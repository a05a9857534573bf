//! What the commands that show plans have in common: reading them, and checking what was asked for.

use super::ui::Ui;
use crate::model::{Id, Named, Plan, Recommendation, same_word};
use crate::query::{self, Filter};
use crate::report::public;
use crate::store::{self, Folder, Listing, Loaded, Purpose, Root, Unread};
use crate::suggest::ranked;
use anyhow::{Context as _, Result, bail};
use std::collections::BTreeSet;

/// The plans that were asked for, each as what `f` made of it.
pub(super) struct View<T> {
    /// The answers, in the order of the plans.
    pub(super) answers: Vec<T>,
    /// What could not be read.
    pub(super) unread: Vec<Unread>,
    /// Whether several plans were asked for.
    pub(super) several: bool,
}

/// Reads the plans that the filter wants, one at a time, and makes of each what `f` makes of it,
/// which is told whether there are several.
///
/// # Errors
/// Where there is no plan, or the filter asks for something that no plan has.
pub(super) fn read<T: Send>(
    ui: &Ui,
    root: &Root,
    filter: &Filter,
    f: impl Fn(Plan, bool) -> T + Sync,
) -> Result<View<T>> {
    read_asked(ui, root, filter, Asked::of(filter), f)
}

/// The same, with what is to be known to a plan.
///
/// # Errors
/// Likewise.
pub(super) fn read_asked<T: Send>(
    ui: &Ui,
    root: &Root,
    filter: &Filter,
    asked: Asked,
    f: impl Fn(Plan, bool) -> T + Sync,
) -> Result<View<T>> {
    let mut listing = list(root)?;
    let left_out = left_out(&mut listing);
    if let Err(error) = check_plans(&listing, root, filter) {
        // What is missing may be in what could not be read.
        ui.unread(root, &left_out);
        return Err(error);
    }
    let plans = wanted(listing.plans, filter);
    let several = plans.len() > 1;
    let read = store::load_each(&*root.source, plans, Purpose::View, |loaded: Loaded| {
        let found = loaded.plan.as_ref().map_or_else(Vec::new, |plan| asked.found_in(plan));
        let mut notes =
            loaded.plan.as_ref().map_or_else(Vec::new, |plan| printed_elsewhere(plan, &filter.ids));
        notes.extend(loaded.plan.iter().flat_map(|plan| told_twice(plan, root)));
        (loaded.plan.map(|plan| f(plan, several)), loaded.unread, found, notes)
    });
    let mut view = View { answers: Vec::with_capacity(read.len()), unread: Vec::new(), several };
    let mut found = asked.nothing_found();
    for (answer, unread, here, notes) in read {
        notes.iter().for_each(|note| ui.note(note));
        view.answers.extend(answer);
        view.unread.extend(unread);
        found.iter_mut().zip(here).for_each(|(found, here)| *found |= here);
    }
    add_left_out(&mut view.unread, left_out);
    if let Err(error) = asked.check(&found, root, filter) {
        ui.unread(root, &view.unread);
        return Err(error);
    }
    Ok(view)
}

/// The plans, before any of them is read.
pub(super) fn list(root: &Root) -> Result<Listing> {
    store::find_plans(&*root.source, &root.name)
        .with_context(|| format!("cannot read {}", root.folder().display()))
}

/// What lies under the root and is no part of a plan that can be shown: what the system does not give,
/// links, and files that nobody reads where they are.
pub(super) fn left_out(listing: &mut Listing) -> Vec<Unread> {
    let findings = listing.findings.drain(..).map(|f| Unread { path: f.path, message: f.message });
    let mut left_out: Vec<Unread> = findings.chain(listing.failures.drain(..)).collect();
    left_out.sort();
    left_out
}

/// Adds what is not yet named: of a plan.toml that is a link its plan has said more.
pub(super) fn add_left_out(unread: &mut Vec<Unread>, left_out: Vec<Unread>) {
    let named: BTreeSet<String> = unread.iter().map(|u| u.path.clone()).collect();
    unread.extend(left_out.into_iter().filter(|u| !named.contains(&u.path)));
    unread.sort();
}

/// Whether there are plans, and those that are asked for by name.
pub(super) fn check_plans(listing: &Listing, root: &Root, filter: &Filter) -> Result<()> {
    if listing.plans.is_empty() {
        bail!(no_plan(root));
    }
    let ids = listing.plans.iter().map(|p| p.place.id.as_str());
    let missing = filter.plans.iter().find(|plan| !ids.clone().any(|id| same_word(id, plan)));
    missing.map_or(Ok(()), |plan| bail!(unknown("plan", plan, ids)))
}

/// The same over two listings: what is asked for is on one side at least.
pub(super) fn check_either(old: &Listing, new: &Listing, root: &Root, filter: &Filter) -> Result<()> {
    if old.plans.is_empty() && new.plans.is_empty() {
        bail!(no_plan(root));
    }
    let ids = old.plans.iter().chain(&new.plans).map(|p| p.place.id.as_str());
    let missing = filter.plans.iter().find(|plan| !ids.clone().any(|id| same_word(id, plan)));
    missing.map_or(Ok(()), |plan| bail!(unknown("plan", plan, new.plans.iter().map(|p| p.place.id.as_str()))))
}

/// There is nothing to show or to check.
pub(super) fn no_plan(root: &Root) -> String {
    format!("there is no plan under {}: a plan is a folder with a plan.toml", root.folder().display())
}

pub(super) fn wanted(mut plans: Vec<Folder>, filter: &Filter) -> Vec<Folder> {
    plans.retain(|p| filter.wants_plan(&p.place.id));
    plans
}

/// Two files of one id are both shown, and counted as two.
fn told_twice(plan: &Plan, root: &Root) -> Vec<String> {
    let pairs = plan.recommendations.windows(2).filter(|pair| pair[0].id == pair[1].id);
    let shown = |r: &Recommendation| root.shown(&store::join(&plan.place.folder, &r.file));
    pairs
        .map(|pair| format!("{} is in two files: {} and {}", pair[0].id, shown(&pair[0]), shown(&pair[1])))
        .collect()
}

/// Whoever holds the printed source may mean another recommendation.
fn printed_elsewhere(plan: &Plan, ids: &[String]) -> Vec<String> {
    let other = |id: &String| {
        let printed = plan
            .recommendations
            .iter()
            .filter(move |r| r.printed_id.as_ref().is_some_and(|p| p.as_str() == id) && r.id.as_str() != id);
        printed
            .map(|r| format!("the source prints {} on recommendation {} ({})", id, r.id, r.title))
            .collect::<Vec<_>>()
    };
    ids.iter().flat_map(other).collect()
}

/// "unknown owner `X`", with the nearest names, or all of a few.
pub(super) fn unknown<'a>(noun: &str, asked: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    let near = ranked(asked, names.clone());
    let all: Vec<&str> = names.collect();
    let asked = crate::visible::one_line(asked);
    match near.as_slice() {
        [] if all.is_empty() => format!("unknown {noun} `{asked}`: there is none at all"),
        [] if all.len() > 30 => format!("unknown {noun} `{asked}`: none of the {} is like it", all.len()),
        [] => format!("unknown {noun} `{asked}`; there are: {}", all.join(", ")),
        [first, rest @ ..] => {
            let others = rest.iter().take(4).map(|n| format!("`{n}`")).collect::<Vec<_>>();
            let or = if others.is_empty() { String::new() } else { format!(" (or {})", others.join(", ")) };
            format!("unknown {noun} `{asked}`: did you mean `{first}`{or}?")
        }
    }
}

/// The words of a filter that some plan must know: a list that is empty because of a slip of the
/// finger would pass for an answer.
pub(super) struct Asked {
    words: Vec<Word>,
    /// Whether only what the public may see is known: owners by their names, and recommendations by their ids.
    is_public: bool,
}

struct Word {
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Owner,
    Status,
    Rag,
    Theme,
    Id,
    Printed,
}

impl Kind {
    fn noun(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Status => "status",
            Self::Rag => "RAG level",
            Self::Theme => "theme",
            Self::Id => "recommendation",
            Self::Printed => "printed number",
        }
    }
}

impl Asked {
    pub(super) fn of(filter: &Filter) -> Self {
        let words = |kind, texts: &[String]| {
            let word = move |text: &String| Word { kind, text: text.clone() };
            texts.iter().map(word).collect::<Vec<_>>()
        };
        let not_blank = |text: &&Word| {
            !same_word(&text.text, query::NOT_RATED) && !same_word(&text.text, query::NOT_REPORTED)
        };
        let all = words(Kind::Owner, &filter.owners)
            .into_iter()
            .chain(words(Kind::Status, &filter.statuses))
            .chain(words(Kind::Rag, &filter.rags))
            .chain(words(Kind::Rag, &filter.implied_rags))
            .chain(words(Kind::Theme, &filter.themes))
            .chain(filter.ids.iter().map(|id| Word::of_id(id)));
        Self { words: all.filter(|w| not_blank(&w)).collect(), is_public: false }
    }

    /// The same, of what the public may see.
    pub(super) fn of_public(filter: &Filter) -> Self {
        Self { is_public: true, ..Self::of(filter) }
    }

    /// Whether each of the words is known to a plan.
    pub(super) fn found_in(&self, plan: &Plan) -> Vec<bool> {
        let public = self.is_public.then(|| public::searched(plan));
        let plan = public.as_ref().unwrap_or(plan);
        self.words.iter().map(|word| word.is_in(plan)).collect()
    }

    /// As long as no plan was looked into.
    pub(super) fn nothing_found(&self) -> Vec<bool> {
        vec![false; self.words.len()]
    }

    /// Refuses a word that no plan knows, with the nearest that the plans of a root do.
    ///
    /// # Errors
    /// Where there is one.
    pub(super) fn check(&self, found: &[bool], root: &Root, filter: &Filter) -> Result<()> {
        let missing = self.words.iter().zip(found).find(|(_, found)| !**found).map(|(asked, _)| asked);
        let Some(missing) = missing else { return Ok(()) };
        let names = missing.may_mean(root, wanted(list(root)?.plans, filter), self.is_public);
        bail!(unknown(missing.kind.noun(), &missing.text, names.iter().map(String::as_str)))
    }
}

impl Word {
    fn of_id(asked: &str) -> Self {
        match asked.strip_prefix("printed:") {
            Some(number) => Self { kind: Kind::Printed, text: number.to_owned() },
            None => Self { kind: Kind::Id, text: asked.to_owned() },
        }
    }

    fn is_in(&self, plan: &Plan) -> bool {
        let text = &self.text;
        match self.kind {
            Kind::Owner => crate::ownership::find(&plan.head, text).is_some(),
            Kind::Id => plan.recommendations.iter().any(|r| query::names(plan, r, text)),
            // Words that files use without registering them can be asked for too.
            _ => self.names(plan).iter().any(|name| same_word(name, text)),
        }
    }

    /// The names of these plans that may have been meant, each once, in the order of the plans;
    /// aliases only where no name is near.
    fn may_mean(&self, root: &Root, plans: Vec<Folder>, is_public: bool) -> Vec<String> {
        let (mut names, mut aliases) = (Vec::new(), Vec::new());
        for (n, a) in store::load_each(&*root.source, plans, Purpose::View, |loaded| {
            loaded.plan.map(|plan| (self.names(&plan), self.aliases(&plan))).unwrap_or_default()
        }) {
            names.extend(n);
            aliases.extend(a);
        }
        let mut seen = BTreeSet::new();
        names.retain(|n| seen.insert(n.clone()));
        let near = |all: &[String]| {
            let near = ranked(&self.text, all.iter().map(String::as_str)).into_iter();
            near.map(str::to_owned).collect::<Vec<_>>()
        };
        let has_aliases = !is_public && near(&names).is_empty();
        let near_aliases = if has_aliases { near(&aliases) } else { Vec::new() };
        if near_aliases.is_empty() { names } else { near_aliases }
    }

    /// The other names that could have been meant.
    fn aliases(&self, plan: &Plan) -> Vec<String> {
        match self.kind {
            Kind::Owner => plan.head.owners.iter().flat_map(|o| o.aliases.iter().cloned()).collect(),
            Kind::Id => {
                plan.recommendations.iter().flat_map(|r| &r.aliases).map(ToString::to_string).collect()
            }
            _ => Vec::new(),
        }
    }

    fn names(&self, plan: &Plan) -> Vec<String> {
        let recommendations = plan.recommendations.iter();
        match self.kind {
            Kind::Owner => plan.head.owners.iter().map(|o| o.name.clone()).collect(),
            Kind::Status => {
                let used = recommendations.filter_map(|r| r.status.as_ref()).map(|s| s.name().to_owned());
                plan.head.statuses.iter().map(|s| s.name().to_owned()).chain(used).collect()
            }
            Kind::Rag => {
                let used = recommendations.filter_map(|r| r.rag.as_ref()).map(|s| s.name().to_owned());
                plan.head.rags.iter().map(|l| l.name().to_owned()).chain(used).collect()
            }
            Kind::Theme => recommendations.filter_map(|r| r.theme.clone()).collect(),
            Kind::Printed => {
                recommendations.filter_map(|r| r.printed_id.as_ref()).map(Id::to_string).collect()
            }
            Kind::Id if self.text.starts_with("id:") => {
                recommendations.map(|r| format!("id:{}", r.id)).collect()
            }
            Kind::Id if self.text.contains(':') => {
                recommendations.map(|r| format!("{}:{}", plan.id(), r.id)).collect()
            }
            Kind::Id => recommendations.map(|r| r.id.to_string()).collect(),
        }
    }
}
