//! Into which groups a recommendation falls.

use super::label::{By, Label, Labels};
use super::{NOT_RATED, NOT_REPORTED};
use crate::model::{Named, Phase, Plan, Recommendation, Word, natural_cmp};
use crate::ownership::{Membership, Share};
use crate::standing::Standing;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a list is grouped by, and a summary broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKey {
    /// Each owner, with what it owns alone, jointly and through a collective.
    Owner,
    /// The status.
    Status,
    /// The reported RAG.
    Rag,
    /// The theme.
    Theme,
    /// The plan.
    Plan,
    /// The whole recommendation, with its parts.
    Id,
    /// The phase.
    Phase,
}

impl GroupKey {
    /// Its name in JSON and CSV.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Status => "status",
            Self::Rag => "rag",
            Self::Theme => "theme",
            Self::Plan => "plan",
            Self::Id => "id",
            Self::Phase => "phase",
        }
    }

    /// How a group without a name is called.
    fn blank(self) -> &'static str {
        match self {
            Self::Owner => "no owner",
            Self::Status => NOT_REPORTED,
            Self::Rag => NOT_RATED,
            Self::Theme => "no theme",
            Self::Plan | Self::Id | Self::Phase => "none",
        }
    }
}

/// A group's name, in the order in which groups are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupName {
    /// A word at its place in a vocabulary, or a blank.
    Label(Label),
    /// A name that sorts naturally.
    Text(Arc<str>),
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

    /// How people are told of it, among groups by that key.
    #[must_use]
    pub fn told(&self, by: GroupKey) -> &str {
        self.name().unwrap_or(by.blank())
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

/// How the recommendations of a plan are grouped.
#[derive(Debug)]
pub struct Grouping<'a> {
    plan: &'a Plan,
    kind: Kind<'a>,
}

/// What they are grouped by, with what was looked up for it once.
#[derive(Debug)]
enum Kind<'a> {
    /// The owners, and the name of each registered owner's group.
    Owner(Membership<'a>, Vec<GroupName>),
    Status(Labels<'a>),
    Rag(Labels<'a>),
    Theme,
    Plan(GroupName),
    Id(By),
    Phase,
}

impl<'a> Grouping<'a> {
    /// Groups of the plan's recommendations by that key.
    #[must_use]
    pub fn new(plan: &'a Plan, by: By, key: GroupKey) -> Self {
        let kind = match key {
            GroupKey::Owner => Kind::Owner(Membership::of(&plan.head), owner_names(plan, by)),
            GroupKey::Status => Kind::Status(Labels::of(plan, by)),
            GroupKey::Rag => Kind::Rag(Labels::of(plan, by)),
            GroupKey::Theme => Kind::Theme,
            GroupKey::Plan => Kind::Plan(GroupName::Text(plan.id().into())),
            GroupKey::Id => Kind::Id(by),
            GroupKey::Phase => Kind::Phase,
        };
        Self { plan, kind }
    }

    /// The groups that a recommendation, standing so, belongs to: by owner, every owner that has a
    /// share in it, and which; by anything else, one.
    #[must_use]
    pub fn groups(&self, r: &Recommendation, standing: &Standing) -> Vec<(GroupName, Option<Share>)> {
        let elsewhere = standing.phase == Phase::Elsewhere;
        let name = match &self.kind {
            Kind::Owner(membership, names) => return owners(membership, names, r),
            // What is held elsewhere has neither RAG nor status to be counted under.
            Kind::Status(_) | Kind::Rag(_) | Kind::Phase if elsewhere => GroupName::Elsewhere,
            Kind::Status(labels) => GroupName::Label(labels.status(r)),
            Kind::Rag(labels) => GroupName::Label(labels.rag(r)),
            Kind::Phase => GroupName::Label(Label::of_phase(standing.phase)),
            Kind::Theme => {
                // A part belongs where its whole does.
                let theme = r.theme.as_deref().or(self.plan.whole(r).theme.as_deref());
                theme.map_or(GroupName::Label(Label::Blank), |theme| GroupName::Text(theme.into()))
            }
            Kind::Plan(name) => name.clone(),
            Kind::Id(By::Words) => GroupName::Text(self.plan.whole(r).id.as_str().into()),
            Kind::Id(By::Meanings) => {
                GroupName::Text(format!("{}:{}", self.plan.id(), self.plan.whole(r).id).into())
            }
        };
        vec![(name, None)]
    }

    /// The groups of [`Self::groups`] under which a list shows the recommendation. What a collective
    /// owns stands under the collective alone: under every member, one recommendation could fill a book.
    #[must_use]
    pub fn shown(&self, r: &Recommendation, standing: &Standing) -> Box<[GroupName]> {
        let groups = self.groups(r, standing).into_iter();
        groups.filter(|(_, share)| *share != Some(Share::Collective)).map(|(name, _)| name).collect()
    }
}

/// The name of each registered owner's group: in one plan at its place there, over several by name.
fn owner_names(plan: &Plan, by: By) -> Vec<GroupName> {
    let name = |(place, name): (usize, &str)| match by {
        By::Words => GroupName::Label(Label::Known(place, name.into())),
        By::Meanings => GroupName::Text(name.into()),
    };
    plan.head.owners.iter().map(|owner| owner.name()).enumerate().map(name).collect()
}

/// Every owner that has a share in it: the registered ones in the order of the plan, then others.
fn owners(
    membership: &Membership<'_>,
    names: &[GroupName],
    r: &Recommendation,
) -> Vec<(GroupName, Option<Share>)> {
    let shares = membership.shares(r).into_iter();
    let mut owners: Vec<_> = shares.map(|(place, share)| (names[place].clone(), Some(share))).collect();
    let others: BTreeSet<&str> = r.owners.iter().filter(|o| o.known().is_none()).map(Word::name).collect();
    let other = |name: &str| GroupName::Label(Label::Unregistered(name.into()));
    let share = Share::of_named(r);
    owners.extend(others.into_iter().map(|name| (other(name), Some(share))));
    if owners.is_empty() {
        owners.push((GroupName::Label(Label::Blank), None));
    }
    owners
}
