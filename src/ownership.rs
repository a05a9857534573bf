//! Who owns what: alone, jointly, or through a collective.

use crate::model::{Head, Owner, Recommendation, Word};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// How an owner owns a recommendation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// Nobody else owns it.
    Sole,
    /// Others are named beside it.
    Joint,
    /// A collective that it is a member of owns it.
    Collective,
}

impl Share {
    /// How those own the recommendation whom it names.
    #[must_use]
    pub fn of_named(recommendation: &Recommendation) -> Self {
        let mut names = recommendation.owners.iter().map(Word::name);
        let first = names.next();
        if names.all(|name| Some(name) == first) { Self::Sole } else { Self::Joint }
    }
}

/// The registered owner that `text` names, by name before alias, in any case.
#[must_use]
pub fn find<'a>(head: &'a Head, text: &str) -> Option<&'a Arc<Owner>> {
    let exact = head.owners.iter().find(|o| o.name == text);
    let named = || head.owners.iter().find(|o| crate::model::same_word(&o.name, text));
    exact.or_else(named).or_else(|| head.owners.iter().find(|o| o.answers_to(text)))
}

/// The owners that a text may mean: the one of that name; else all that have it for an alias.
#[must_use]
pub fn called<'a>(head: &'a Head, text: &str) -> Vec<&'a Arc<Owner>> {
    match find(head, text) {
        Some(owner) if crate::model::same_word(&owner.name, text) => vec![owner],
        _ => head.owners.iter().filter(|owner| owner.answers_to(text)).collect(),
    }
}

/// Owners with every name that some of these plans have for them: whoever was renamed is found under the old
/// name too. In the order in which they are asked for, then by name.
#[must_use]
pub fn known_as<'a>(owners: &[String], heads: impl Iterator<Item = &'a Head> + Clone) -> Vec<String> {
    let mut known: BTreeSet<String> = owners.iter().cloned().collect();
    if owners.is_empty() {
        return Vec::new();
    }
    loop {
        let before = known.len();
        let of = |head: &'a Head| known.iter().filter_map(|name| find(head, name)).collect::<Vec<_>>();
        let found: Vec<&Arc<Owner>> = heads.clone().flat_map(of).collect();
        known.extend(found.iter().flat_map(|owner| owner.aliases.iter().chain([&owner.name])).cloned());
        if known.len() == before {
            return owners
                .iter()
                .cloned()
                .chain(known.into_iter().filter(|name| !owners.contains(name)))
                .collect();
        }
    }
}

/// Whether the plan reports how this recommendation stands: whether it answers for one of its
/// owners, for a member of a collective that owns it, or for a collective that an owner belongs to.
/// What has no owner is reported by nobody else, and so by the plan.
#[must_use]
pub fn answered_for(head: &Head, recommendation: &Recommendation) -> bool {
    let owners = &recommendation.owners;
    head.answers_for.as_ref().is_none_or(|answers_for| {
        let answered = head.answered.get_or_init(|| answered(head, answers_for));
        owners.is_empty() || owners.iter().any(|owner| answered.contains(owner.name()))
    })
}

/// Every name that a plan answers for: the owners that it says, the collectives that they belong
/// to, and their own members.
fn answered(head: &Head, answers_for: &[Word<Owner>]) -> HashSet<Box<str>> {
    let membership = Membership::of(head);
    let said: Vec<usize> = answers_for.iter().filter_map(|o| membership.number(o.name())).collect();
    let above = membership.reach(&said, &membership.collectives);
    let below = membership.reach(&said, &membership.members);
    let names = membership.names.iter().zip(above.into_iter().zip(below));
    let answered = names.filter(|(_, (above, below))| *above || *below).map(|(name, _)| Box::from(*name));
    // What nobody registered is its own name and no more.
    answered.chain(answers_for.iter().map(|o| Box::from(o.name()))).collect()
}

/// Who is a member of what in a plan: looked up once, so that many owners cost no more than their
/// number.
#[derive(Debug)]
pub struct Membership<'a> {
    /// The registered owners, each at its place in the plan, and after them the collectives that
    /// nobody registered.
    names: Vec<&'a str>,
    /// How many of the names are registered owners.
    registered: usize,
    /// Where each name stands among them.
    numbers: HashMap<&'a str, usize>,
    /// The collectives of each, by their numbers.
    collectives: Vec<Vec<usize>>,
    /// The members of each, by their numbers.
    members: Vec<Vec<usize>>,
}

impl<'a> Membership<'a> {
    /// Who is a member of what in the plan of that head.
    #[must_use]
    pub fn of(head: &'a Head) -> Self {
        let mut names: Vec<&str> = head.owners.iter().map(|owner| owner.name.as_str()).collect();
        let registered = names.len();
        // An owner that is registered twice, which is a finding, stands at its first place.
        let mut numbers: HashMap<&str, usize> =
            names.iter().enumerate().rev().map(|(i, n)| (*n, i)).collect();
        let mut pairs = Vec::new();
        for owner in &head.owners {
            for collective in &owner.member_of {
                let number = *numbers.entry(collective).or_insert_with(|| {
                    names.push(collective);
                    names.len() - 1
                });
                pairs.push((numbers[owner.name.as_str()], number));
            }
        }
        let (mut collectives, mut members) = (vec![Vec::new(); names.len()], vec![Vec::new(); names.len()]);
        for (member, collective) in pairs {
            collectives[member].push(collective);
            members[collective].push(member);
        }
        Self { names, registered, numbers, collectives, members }
    }

    /// The registered owners that have a share in the recommendation, by their places in the plan.
    #[must_use]
    pub fn shares(&self, recommendation: &Recommendation) -> Vec<(usize, Share)> {
        let owners = recommendation.owners.iter();
        let named: Vec<usize> = owners.filter_map(|o| self.number(o.name())).collect();
        let reached = self.reach(&named, &self.members);
        let mut shares: Vec<_> = reached.into_iter().map(|r| r.then_some(Share::Collective)).collect();
        let of_named = Share::of_named(recommendation);
        for number in named {
            shares[number] = Some(of_named);
        }
        let registered = shares.into_iter().take(self.registered).enumerate();
        registered.filter_map(|(place, share)| Some((place, share?))).collect()
    }

    /// An owner of the plan, and through which others it owns what.
    #[must_use]
    pub fn holder(&self, owner: &'a Owner) -> Holder<'a> {
        let own: Vec<usize> = self.number(&owner.name).into_iter().collect();
        let above = self.names.iter().zip(self.reach(&own, &self.collectives));
        let collectives = above.filter(|(_, reached)| *reached).map(|(name, _)| *name).collect();
        Holder { name: &owner.name, collectives }
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// Of each name, whether it is among those or the links lead to it, directly or through others.
    fn reach(&self, from: &[usize], links: &[Vec<usize>]) -> Vec<bool> {
        let mut reached = vec![false; self.names.len()];
        let mut next = from.to_vec();
        while let Some(number) = next.pop() {
            // A cycle of collectives is a finding; here it only must not go round for ever.
            if !std::mem::replace(&mut reached[number], true) {
                next.extend(&links[number]);
            }
        }
        reached
    }
}

/// One owner, with the collectives that it is a member of.
#[derive(Debug)]
pub struct Holder<'a> {
    name: &'a str,
    /// The collectives, directly or through others, and the owner itself.
    collectives: HashSet<&'a str>,
}

impl Holder<'_> {
    /// How it owns the recommendation, if it does.
    #[must_use]
    pub fn share(&self, recommendation: &Recommendation) -> Option<Share> {
        let owners = &recommendation.owners;
        if owners.iter().any(|o| o.name() == self.name) {
            return Some(Share::of_named(recommendation));
        }
        owners.iter().any(|o| self.collectives.contains(o.name())).then_some(Share::Collective)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Plan;
    use crate::rules::example;
    use crate::store::Content;

    /// A belongs to B, and B to C, which nobody registered; D and E belong to one another.
    const HEAD: &str = "title = \"x\"\n\
        [[owner]]\nname = \"A\"\nmember_of = [\"B\"]\n[[owner]]\nname = \"B\"\nmember_of = [\"C\"]\n\
        [[owner]]\nname = \"D\"\nmember_of = [\"E\"]\n[[owner]]\nname = \"E\"\nmember_of = [\"D\"]\n";

    /// A plan with that line in its head, and a recommendation of those owners.
    fn plan(line: &str, owners: &str) -> Plan {
        let head = format!("{line}\n{HEAD}");
        let file = format!("id = \"1\"\ntitle = \"One\"\nowners = [{owners}]\ntext = \"x\"\n");
        let files = [("plan.toml", Content::Text(head.leak())), ("01-a.toml", Content::Text(file.leak()))];
        example::plan(&files).expect("the plan can be read")
    }

    /// Who has a share, as all shares at once say; each owner asked by itself must say the same.
    fn shares(owners: &str) -> Vec<(String, Share)> {
        let plan = plan("", owners);
        let (head, recommendation) = (&plan.head, &plan.recommendations[0]);
        let membership = Membership::of(head);
        let named = |(place, share): (usize, Share)| (head.owners[place].name.clone(), share);
        let at_once: Vec<_> = membership.shares(recommendation).into_iter().map(named).collect();
        let alone = |owner: &Arc<Owner>| {
            let share = membership.holder(owner).share(recommendation)?;
            Some((owner.name.clone(), share))
        };
        assert_eq!(at_once, head.owners.iter().filter_map(alone).collect::<Vec<_>>());
        at_once
    }

    #[test]
    fn a_share_is_sole_joint_or_through_any_collective() {
        let share = |name: &str, share| (name.to_owned(), share);
        assert_eq!(shares("\"A\""), [share("A", Share::Sole)]);
        assert_eq!(shares("\"A\", \"B\""), [share("A", Share::Joint), share("B", Share::Joint)]);
        assert_eq!(shares("\"C\""), [share("A", Share::Collective), share("B", Share::Collective)]);
        assert_eq!(shares("\"D\""), [share("D", Share::Sole), share("E", Share::Collective)]);
        assert_eq!(shares("\"X\""), []);
    }

    #[test]
    fn a_plan_answers_for_owners_their_members_and_their_collectives() {
        let answered = |answers_for: &str, owners: &str| {
            let plan = plan(&format!("answers_for = [{answers_for}]"), owners);
            answered_for(&plan.head, &plan.recommendations[0])
        };
        assert!(["\"A\"", "\"B\"", "\"C\"", "\"D\", \"B\""].iter().all(|owners| answered("\"B\"", owners)));
        assert!(!answered("\"B\"", "\"D\"") && !answered("\"B\"", "\"X\"") && !answered("", "\"A\""));
        assert!(answered("\"X\"", "\"X\"") && answered("\"C\"", "\"A\"") && answered("\"D\"", "\"E\""));
    }
}
