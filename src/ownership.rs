//! Who owns what: alone, jointly, or through a collective.

use crate::model::{Head, Owner, Recommendation, Word};
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

/// The registered owner that `text` names, by name before alias, in any case.
#[must_use]
pub fn find<'a>(head: &'a Head, text: &str) -> Option<&'a Arc<Owner>> {
    let exact = head.owners.iter().find(|o| o.name == text);
    let named = || head.owners.iter().find(|o| crate::model::same_word(&o.name, text));
    exact.or_else(named).or_else(|| head.owners.iter().find(|o| o.answers_to(text)))
}

/// How the owner of that (registered) name owns the recommendation, if it does.
#[must_use]
pub fn share(head: &Head, recommendation: &Recommendation, owner: &str) -> Option<Share> {
    let owners = &recommendation.owners;
    if owners.iter().any(|o| o.name() == owner) {
        let alone = owners.iter().all(|o| o.name() == owner);
        return Some(if alone { Share::Sole } else { Share::Joint });
    }
    let collectives = collectives(head, owner);
    let through = |o: &Word<Owner>| collectives.iter().any(|c| *c == o.name());
    owners.iter().any(through).then_some(Share::Collective)
}

/// The collectives that an owner is a member of, directly or through another collective.
#[must_use]
pub fn collectives<'a>(head: &'a Head, owner: &str) -> Vec<&'a str> {
    let members_of = |name: &str| head.owners.iter().find(|o| o.name == name).map(|o| o.member_of.as_slice());
    let mut found: Vec<&str> = Vec::new();
    let mut next: Vec<&str> = members_of(owner).unwrap_or_default().iter().map(String::as_str).collect();
    while let Some(name) = next.pop() {
        // A cycle of collectives is a finding; here it only must not go round for ever.
        if name != owner && !found.contains(&name) {
            found.push(name);
            next.extend(members_of(name).unwrap_or_default().iter().map(String::as_str));
        }
    }
    found
}

/// Whether the plan reports how this recommendation stands: whether it answers for one of its
/// owners, for a member of a collective that owns it, or for a collective that an owner belongs to.
#[must_use]
pub fn answered_for(head: &Head, recommendation: &Recommendation) -> bool {
    head.answers_for.as_ref().is_none_or(|answered| {
        let covers = |name: &str| {
            let member = |owner: &Word<Owner>| collectives(head, owner.name()).contains(&name);
            share(head, recommendation, name).is_some() || recommendation.owners.iter().any(member)
        };
        answered.iter().any(|owner| covers(owner.name()))
    })
}
