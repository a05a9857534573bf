//! Words to what they mean in their plan, and parts to what they inherit.
//!
//! The only place that makes a [`Plan`]. A word that plan.toml does not have stays
//! [`Word::Unregistered`]: the vocabulary rules tell of it.

use crate::model::{Head, Id, Named, Owner, Plan, PlanPlace, Recommendation, Word, same_word};
use std::collections::HashMap;
use std::sync::Arc;

/// Puts a plan together.
#[must_use]
pub fn plan(place: Arc<PlanPlace>, mut head: Head, mut recommendations: Vec<Recommendation>) -> Plan {
    own_words(&mut head);
    for r in &mut recommendations {
        words(r, &head);
    }
    recommendations.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.file.cmp(&b.file)));
    inherit(&mut recommendations);
    Plan { place, head, recommendations }
}

/// Looks up the words that plan.toml itself uses.
pub fn own_words(head: &mut Head) {
    for owner in head.answers_for.iter_mut().flatten() {
        resolve_owner(owner, &head.owners);
    }
}

/// Looks up the words of one recommendation.
pub fn words(r: &mut Recommendation, head: &Head) {
    let owners = r.owners.iter_mut().chain(r.answers.iter_mut().map(|a| &mut a.owner));
    for owner in owners {
        resolve_owner(owner, &head.owners);
    }
    let rags = r.rag.iter_mut();
    let rags = rags.chain(r.answers.iter_mut().filter_map(|a| a.rag.as_mut()));
    for rag in rags.chain(r.updates.iter_mut().filter_map(|u| u.rag.as_mut())) {
        resolve(rag, &head.rags);
    }
    let statuses = r.status.iter_mut();
    let statuses = statuses.chain(r.answers.iter_mut().filter_map(|a| a.status.as_mut()));
    for status in statuses.chain(r.updates.iter_mut().filter_map(|u| u.status.as_mut())) {
        resolve(status, &head.statuses);
    }
}

/// RAG levels and statuses are written exactly as plan.toml writes them.
fn resolve<T: Named>(word: &mut Word<T>, vocabulary: &[Arc<T>]) {
    if let Word::Unregistered(text) = word
        && let Some(known) = vocabulary.iter().find(|w| w.name() == &**text)
    {
        *word = Word::Known { word: Arc::clone(known), written: None };
    }
}

/// Owners answer to their name before anybody's alias, in any case.
fn resolve_owner(word: &mut Word<Owner>, owners: &[Arc<Owner>]) {
    if let Word::Unregistered(text) = word
        && let Some(owner) = owner_called(text, owners)
    {
        let written = (owner.name != **text).then(|| text.clone());
        *word = Word::Known { word: Arc::clone(owner), written };
    }
}

/// The owner that a text means.
pub(crate) fn owner_called<'a>(text: &str, owners: &'a [Arc<Owner>]) -> Option<&'a Arc<Owner>> {
    let exact = owners.iter().find(|o| o.name == text);
    let named = || owners.iter().find(|o| same_word(&o.name, text));
    exact.or_else(named).or_else(|| owners.iter().find(|o| o.answers_to(text)))
}

/// A part has its parent's owners and deadline where it states none; a parent's own may be
/// inherited too.
fn inherit(recommendations: &mut [Recommendation]) {
    if recommendations.iter().all(|r| r.parent.is_none()) {
        return;
    }
    let by_id: HashMap<Id, usize> =
        recommendations.iter().enumerate().rev().map(|(i, r)| (r.id.clone(), i)).collect();
    for i in 0..recommendations.len() {
        // The nearest ancestor that states it; a cycle of parents ends after one round.
        let ancestors = || {
            let next = |i: &usize| recommendations[*i].parent.as_ref().and_then(|p| by_id.get(p)).copied();
            std::iter::successors(next(&i), next).take(recommendations.len())
        };
        let owners = ancestors()
            .map(|a| &recommendations[a])
            .find(|a| !a.owners_inherited && !a.owners.is_empty())
            .map(|a| a.owners.clone());
        let deadline = ancestors()
            .map(|a| &recommendations[a])
            .find(|a| !a.deadline_inherited && a.deadline.is_some())
            .and_then(|a| a.deadline.clone());
        let r = &mut recommendations[i];
        if r.owners.is_empty() && owners.is_some() {
            r.owners = owners.unwrap_or_default();
            r.owners_inherited = true;
        }
        if r.deadline.is_none() && deadline.is_some() {
            r.deadline = deadline;
            r.deadline_inherited = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_before_anybodys_alias_in_any_case() {
        let owner = |name: &str, alias: &str| {
            Arc::new(Owner { name: name.to_owned(), aliases: vec![alias.to_owned()], member_of: Vec::new() })
        };
        let owners = [owner("Police and Crime Commissioner", "opcc"), owner("OPCC", "PCC")];
        let mut word = Word::unresolved("Opcc");
        resolve_owner(&mut word, &owners);
        assert_eq!(word.name(), "OPCC");
    }
}
