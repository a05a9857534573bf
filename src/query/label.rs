//! What RAG levels and statuses are counted and grouped by: a plan's words, or what they mean.

use crate::model::{Named, Outlook, Phase, Plan, Recommendation, Word};
use crate::standing::Standing;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// What RAG levels and statuses are counted, sorted and grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The plan's own words: for one plan.
    #[default]
    Words,
    /// What the words mean, outlook and phase: for several plans, whose words may differ.
    Meanings,
}

impl By {
    /// What they go by over one plan, or over several.
    #[must_use]
    pub fn over(several_plans: bool) -> Self {
        if several_plans { Self::Meanings } else { Self::Words }
    }
}

/// A name to count under, in the order in which the counts are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A word of the vocabulary, at its place.
    Known(usize, Arc<str>),
    /// A word that nobody registered.
    Unregistered(Arc<str>),
    /// A blank.
    Blank,
}

impl Label {
    /// The name; none for a blank.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Known(_, name) | Self::Unregistered(name) => Some(name),
            Self::Blank => None,
        }
    }

    /// A phase, among the phases.
    #[must_use]
    pub fn of_phase(phase: Phase) -> Self {
        Self::Known(phase as usize, phase.name().into())
    }

    fn key(&self) -> (u8, usize, &str) {
        match self {
            Self::Known(place, name) => (0, *place, name),
            Self::Unregistered(name) => (1, 0, name),
            Self::Blank => (2, 0, ""),
        }
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The place of an outlook among the outlooks; what says nothing comes last.
pub(super) fn outlook_place(outlook: Option<Outlook>) -> usize {
    outlook.map_or(Outlook::ALL.len(), |outlook| outlook as usize)
}

/// The labels of a plan's words, each looked up once.
#[derive(Debug)]
pub struct Labels<'a> {
    by: By,
    rags: Scale<'a>,
    statuses: Scale<'a>,
}

impl<'a> Labels<'a> {
    /// The labels of the plan's words.
    #[must_use]
    pub fn of(plan: &'a Plan, by: By) -> Self {
        let (rags, statuses) = (&plan.head.rags, &plan.head.statuses);
        let (rags, statuses) = match by {
            By::Words => (Scale::of_words(rags), Scale::of_words(statuses)),
            By::Meanings => {
                let outlooks = Outlook::ALL.iter().map(|outlook| outlook.name());
                let mut by_outlook = Scale::of_names(outlooks.chain(["no outlook"]));
                // A level without an outlook is told only where something reports it.
                by_outlook.always = Outlook::ALL.len();
                by_outlook.places.extend(rags.iter().rev().map(|l| (l.name(), outlook_place(l.outlook))));
                let phases = [Phase::Open, Phase::Done, Phase::Dropped];
                let mut by_phase = Scale::of_names(phases.into_iter().map(Phase::name));
                by_phase.places.extend(statuses.iter().rev().map(|s| (s.name(), s.phase as usize)));
                (by_outlook, by_phase)
            }
        };
        Self { by, rags, statuses }
    }

    /// What the reported RAG is counted under.
    #[must_use]
    pub fn rag(&self, r: &Recommendation) -> Label {
        self.rags.label(r.rag.as_ref())
    }

    /// What the implied RAG is counted under.
    #[must_use]
    pub fn implied_rag(&self, standing: &Standing) -> Label {
        let place = match self.by {
            By::Words => standing.implied_rag.as_ref().and_then(|l| self.rags.places.get(l.name())).copied(),
            By::Meanings => standing.implied_outlook.map(|outlook| outlook_place(Some(outlook))),
        };
        place.and_then(|place| self.rags.labels.get(place)).cloned().unwrap_or(Label::Blank)
    }

    /// What the status is counted under.
    #[must_use]
    pub fn status(&self, r: &Recommendation) -> Label {
        self.statuses.label(r.status.as_ref())
    }

    /// The RAG levels that are told also where nothing reports them.
    #[must_use]
    pub fn rags(&self) -> &[Label] {
        &self.rags.labels[..self.rags.always]
    }

    /// The statuses that are told also where nothing reports them.
    #[must_use]
    pub fn statuses(&self) -> &[Label] {
        &self.statuses.labels[..self.statuses.always]
    }
}

/// The labels of one vocabulary.
#[derive(Debug)]
struct Scale<'a> {
    /// The labels, in their order.
    labels: Vec<Label>,
    /// How many of them, from the first, are told also where nothing is counted under them.
    always: usize,
    /// Which label each word has.
    places: HashMap<&'a str, usize>,
}

impl<'a> Scale<'a> {
    /// Labels of those names, to which no word belongs yet.
    fn of_names(names: impl Iterator<Item = &'a str>) -> Self {
        let labels: Vec<Label> = names.enumerate().map(|(i, name)| Label::Known(i, name.into())).collect();
        Self { always: labels.len(), labels, places: HashMap::new() }
    }

    /// A label for each word. One that is registered twice, which is a finding, has one label.
    fn of_words<T: Named>(vocabulary: &'a [Arc<T>]) -> Self {
        let (mut names, mut places) = (Vec::new(), HashMap::new());
        for name in vocabulary.iter().map(|word| word.name()) {
            places.entry(name).or_insert_with(|| {
                names.push(name);
                names.len() - 1
            });
        }
        Self { places, ..Self::of_names(names.into_iter()) }
    }

    fn label<T: Named>(&self, word: Option<&Word<T>>) -> Label {
        let Some(word) = word else { return Label::Blank };
        let place = word.known().and_then(|known| self.places.get(known.name()));
        place.map_or_else(|| Label::Unregistered(word.name().into()), |place| self.labels[*place].clone())
    }
}
