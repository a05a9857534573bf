//! Counts: how many recommendations stand how, in total and by group.
//!
//! Whole recommendations are counted; parts are counted apart. What is held elsewhere is in the
//! total and in what is said of deadlines, and in no count of RAG or status.

use crate::model::{Named, Outlook, Phase, Plan, Recommendation, Word, natural_cmp};
use crate::ownership::{Membership, Share};
use crate::query::GroupKey;
use crate::standing::{Freshness, Standing};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What RAG levels and statuses are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The plan's own words: for one plan.
    Words,
    /// What the words mean, outlook and phase: for several plans, whose words may differ.
    Meanings,
}

/// A name to count under, in the order in which the counts are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A word of the vocabulary, at its place.
    Known(usize, String),
    /// A word that nobody registered.
    Unregistered(String),
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

/// Counts by label.
pub type Counts = BTreeMap<Label, usize>;

/// How many recommendations stand how.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Whole recommendations.
    pub total: usize,
    /// Parts of recommendations; they count in nothing else but the two numbers that follow.
    pub parts: usize,
    /// Parts that are open.
    pub parts_open: usize,
    /// Parts that are overdue.
    pub parts_overdue: usize,
    /// Still to be done.
    pub open: usize,
    /// Done.
    pub done: usize,
    /// No longer pursued.
    pub dropped: usize,
    /// Reported by another body.
    pub elsewhere: usize,
    /// Open and past the due date.
    pub overdue: usize,
    /// Open milestones past their date, of what is open or done.
    pub milestones_missed: usize,
    /// Open and due within the policy's days.
    pub due_soon: usize,
    /// With a deadline that gives no date.
    pub undated: usize,
    /// With neither deadline nor milestone.
    pub no_deadline: usize,
    /// Open, the last dated update older than the policy's days.
    pub stale: usize,
    /// Open, without an update.
    pub never_updated: usize,
    /// Open, with updates of which none has a date.
    pub updates_undated: usize,
    /// By reported RAG.
    pub rag: Counts,
    /// By the RAG that dates and status imply.
    pub implied_rag: Counts,
    /// By status.
    pub status: Counts,
    /// By RAG and status.
    pub matrix: BTreeMap<(Label, Label), usize>,
}

/// One group of a breakdown.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Its counts.
    pub summary: Summary,
    /// What an owner owns alone.
    pub sole: usize,
    /// What it owns with others.
    pub joint: usize,
    /// What a collective that it is a member of owns.
    pub collective: usize,
}

/// A breakdown: its groups in the order in which they are told.
pub type Groups = BTreeMap<GroupName, Group>;

/// A group's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupName {
    /// A word at its place in a vocabulary, or a blank.
    Label(Label),
    /// A name that sorts naturally.
    Text(String),
    /// What is held elsewhere, and so belongs to no other group.
    Elsewhere,
}

impl GroupName {
    /// The name; none for what has none.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Label(label) => label.name(),
            Self::Text(text) => Some(text),
            Self::Elsewhere => Some("held elsewhere"),
        }
    }
}

impl Ord for GroupName {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Label(a), Self::Label(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => natural_cmp(a, b).then_with(|| a.cmp(b)),
            (Self::Elsewhere, Self::Elsewhere) => Ordering::Equal,
            // Blanks come after names, and what is held elsewhere last.
            (Self::Text(_), Self::Label(_)) | (_, Self::Elsewhere) => Ordering::Less,
            (Self::Label(_), Self::Text(_)) | (Self::Elsewhere, _) => Ordering::Greater,
        }
    }
}

impl PartialOrd for GroupName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Counts the recommendations of one plan that are handed to it.
#[derive(Debug)]
pub struct Counter<'a> {
    plan: &'a Plan,
    by: By,
    group_by: Option<GroupKey>,
    /// Who is a member of what, where that is asked for.
    membership: Option<Membership<'a>>,
    /// The counts so far.
    pub summary: Summary,
    /// The groups so far.
    pub groups: Groups,
}

impl<'a> Counter<'a> {
    /// A counter with every word of the vocabulary at nought.
    #[must_use]
    pub fn new(plan: &'a Plan, by: By, group_by: Option<GroupKey>) -> Self {
        let by_owner = group_by == Some(GroupKey::Owner);
        Self {
            plan,
            by,
            group_by,
            membership: by_owner.then(|| Membership::of(&plan.head)),
            summary: empty(plan, by),
            groups: Groups::new(),
        }
    }

    /// Counts one recommendation, standing so.
    pub fn add(&mut self, r: &Recommendation, standing: &Standing) {
        let labels = Labels::of(self.plan, self.by, r, standing);
        count(&mut self.summary, r, standing, &labels);
        for (name, share) in self.groups_of(r, standing, &labels) {
            let (plan, by) = (self.plan, self.by);
            let group = self
                .groups
                .entry(name)
                .or_insert_with(|| Group { summary: empty(plan, by), ..Group::default() });
            count(&mut group.summary, r, standing, &labels);
            if r.parent.is_none() {
                match share {
                    Some(Share::Sole) => group.sole += 1,
                    Some(Share::Joint) => group.joint += 1,
                    Some(Share::Collective) => group.collective += 1,
                    None => {}
                }
            }
        }
    }

    fn groups_of(
        &self,
        r: &Recommendation,
        standing: &Standing,
        labels: &Labels,
    ) -> Vec<(GroupName, Option<Share>)> {
        let text = |name: &str| GroupName::Text(name.to_owned());
        let name = match self.group_by {
            None => return Vec::new(),
            Some(GroupKey::Owner) => return self.owners_of(r),
            Some(GroupKey::Plan) => text(self.plan.id()),
            Some(GroupKey::Id) => {
                let whole = &self.plan.whole(r).id;
                if self.by == By::Words {
                    text(whole.as_str())
                } else {
                    text(&format!("{}:{whole}", self.plan.id()))
                }
            }
            Some(GroupKey::Theme) => {
                // A part belongs where its whole does.
                let theme = r.theme.as_deref().or(self.plan.whole(r).theme.as_deref());
                theme.map_or(GroupName::Label(Label::Blank), text)
            }
            Some(GroupKey::Phase) if standing.phase == Phase::Elsewhere => GroupName::Elsewhere,
            Some(GroupKey::Phase) => GroupName::Label(phase_label(standing.phase)),
            // What is held elsewhere has neither RAG nor status to be counted under.
            Some(GroupKey::Rag | GroupKey::Status) if standing.phase == Phase::Elsewhere => {
                GroupName::Elsewhere
            }
            Some(GroupKey::Rag) => GroupName::Label(labels.rag.clone()),
            Some(GroupKey::Status) => GroupName::Label(labels.status.clone()),
        };
        vec![(name, None)]
    }

    /// Every owner that owns it, in the order of the vocabulary.
    fn owners_of(&self, r: &Recommendation) -> Vec<(GroupName, Option<Share>)> {
        let place = |i: usize, name: &str| match self.by {
            By::Words => GroupName::Label(Label::Known(i, name.to_owned())),
            By::Meanings => GroupName::Text(name.to_owned()),
        };
        let shares = self.membership.as_ref().map_or_else(Vec::new, |m| m.shares(r));
        let names = &self.plan.head.owners;
        let mut owners: Vec<_> =
            shares.into_iter().map(|(i, share)| (place(i, &names[i].name), Some(share))).collect();
        let alone = if r.owners.len() == 1 { Share::Sole } else { Share::Joint };
        for owner in r.owners.iter().filter(|o| o.known().is_none()) {
            owners.push((GroupName::Label(Label::Unregistered(owner.name().to_owned())), Some(alone)));
        }
        if owners.is_empty() {
            owners.push((GroupName::Label(Label::Blank), None));
        }
        owners
    }
}

/// What a recommendation is counted under.
struct Labels {
    rag: Label,
    implied: Label,
    status: Label,
}

impl Labels {
    fn of(plan: &Plan, by: By, r: &Recommendation, standing: &Standing) -> Self {
        let word = |word: &Option<Label>| word.clone().unwrap_or(Label::Blank);
        let rag = r.rag.as_ref().map(|w| match (by, w) {
            (_, Word::Unregistered(_)) => Label::Unregistered(w.name().to_owned()),
            (By::Words, Word::Known { word, .. }) => place(&plan.head.rags, word.name()),
            (By::Meanings, Word::Known { word, .. }) => outlook_label(word.outlook),
        });
        let implied = match by {
            By::Words => standing.implied_rag.as_ref().map(|level| place(&plan.head.rags, level.name())),
            By::Meanings => standing.implied_outlook.map(|o| outlook_label(Some(o))),
        };
        let status = r.status.as_ref().map(|w| match (by, w) {
            (_, Word::Unregistered(_)) => Label::Unregistered(w.name().to_owned()),
            (By::Words, Word::Known { word, .. }) => place(&plan.head.statuses, word.name()),
            (By::Meanings, Word::Known { word, .. }) => phase_label(word.phase),
        });
        Self { rag: word(&rag), implied: word(&implied), status: word(&status) }
    }
}

fn place<T: Named>(vocabulary: &[std::sync::Arc<T>], name: &str) -> Label {
    let at = vocabulary.iter().position(|w| w.name() == name).unwrap_or(vocabulary.len());
    Label::Known(at, name.to_owned())
}

fn outlook_label(outlook: Option<Outlook>) -> Label {
    match outlook {
        Some(outlook) => Label::Known(outlook as usize, outlook.name().to_owned()),
        None => Label::Known(Outlook::ALL.len(), "no outlook".to_owned()),
    }
}

fn phase_label(phase: Phase) -> Label {
    Label::Known(phase as usize, phase.name().to_owned())
}

/// Counts with every word of the vocabulary at nought, so that a level nobody reports shows as 0.
fn empty(plan: &Plan, by: By) -> Summary {
    let mut summary = Summary::default();
    match by {
        By::Words => {
            for level in &plan.head.rags {
                summary.rag.insert(place(&plan.head.rags, level.name()), 0);
                summary.implied_rag.insert(place(&plan.head.rags, level.name()), 0);
            }
            for status in &plan.head.statuses {
                summary.status.insert(place(&plan.head.statuses, status.name()), 0);
            }
        }
        By::Meanings => {
            for outlook in Outlook::ALL {
                summary.rag.insert(outlook_label(Some(*outlook)), 0);
                summary.implied_rag.insert(outlook_label(Some(*outlook)), 0);
            }
            for phase in [Phase::Open, Phase::Done, Phase::Dropped] {
                summary.status.insert(phase_label(phase), 0);
            }
        }
    }
    for counts in [&mut summary.rag, &mut summary.implied_rag, &mut summary.status] {
        counts.insert(Label::Blank, 0);
    }
    summary
}

fn count(summary: &mut Summary, r: &Recommendation, standing: &Standing, labels: &Labels) {
    if r.parent.is_some() {
        summary.parts += 1;
        summary.parts_open += usize::from(standing.phase == Phase::Open);
        summary.parts_overdue += usize::from(standing.overdue());
        return;
    }
    summary.total += 1;
    match standing.phase {
        Phase::Open => summary.open += 1,
        Phase::Done => summary.done += 1,
        Phase::Dropped => summary.dropped += 1,
        Phase::Elsewhere => summary.elsewhere += 1,
    }
    summary.overdue += usize::from(standing.overdue());
    summary.milestones_missed += standing.milestones_missed as usize;
    summary.due_soon += usize::from(standing.due_soon);
    summary.undated += usize::from(standing.undated);
    summary.no_deadline += usize::from(standing.no_deadline);
    summary.stale += usize::from(standing.freshness == Freshness::Stale);
    summary.never_updated += usize::from(standing.freshness == Freshness::NeverUpdated);
    summary.updates_undated += usize::from(standing.freshness == Freshness::UpdatesUndated);
    if standing.phase != Phase::Elsewhere {
        *summary.rag.entry(labels.rag.clone()).or_default() += 1;
        *summary.implied_rag.entry(labels.implied.clone()).or_default() += 1;
        *summary.status.entry(labels.status.clone()).or_default() += 1;
        *summary.matrix.entry((labels.rag.clone(), labels.status.clone())).or_default() += 1;
    }
}

/// Adds the counts of another plan.
pub fn merge(into: &mut Summary, other: Summary) {
    // Taken apart by name, so that a new count cannot be forgotten here.
    let Summary {
        total,
        parts,
        parts_open,
        parts_overdue,
        open,
        done,
        dropped,
        elsewhere,
        overdue,
        milestones_missed,
        due_soon,
        undated,
        no_deadline,
        stale,
        never_updated,
        updates_undated,
        rag,
        implied_rag,
        status,
        matrix,
    } = other;
    into.total += total;
    into.parts += parts;
    into.parts_open += parts_open;
    into.parts_overdue += parts_overdue;
    into.open += open;
    into.done += done;
    into.dropped += dropped;
    into.elsewhere += elsewhere;
    into.overdue += overdue;
    into.milestones_missed += milestones_missed;
    into.due_soon += due_soon;
    into.undated += undated;
    into.no_deadline += no_deadline;
    into.stale += stale;
    into.never_updated += never_updated;
    into.updates_undated += updates_undated;
    add(&mut into.rag, rag);
    add(&mut into.implied_rag, implied_rag);
    add(&mut into.status, status);
    add(&mut into.matrix, matrix);
}

fn add<K: Ord>(into: &mut BTreeMap<K, usize>, other: BTreeMap<K, usize>) {
    for (label, count) in other {
        *into.entry(label).or_default() += count;
    }
}

/// Adds the groups of another plan.
pub fn merge_groups(into: &mut Groups, other: Groups) {
    for (name, group) in other {
        let sum = into.entry(name).or_default();
        merge(&mut sum.summary, group.summary);
        sum.sole += group.sole;
        sum.joint += group.joint;
        sum.collective += group.collective;
    }
}
