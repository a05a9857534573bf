//! Which entry of a list is which entry of the same list later.

use super::value::Value;
use super::words::alike;
use super::{Field, Fields};
use crate::model::{
    Answer, Assurance, Evidence, Exception, Extension, Milestone, Owner, RagLevel, Status, Update,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entry of a list.
pub(super) trait Entry: Clone + PartialEq {
    /// What it goes by among the others.
    fn key(&self) -> String;
    /// Whether it may be the other, under another key.
    fn resembles(&self, other: &Self) -> bool;
    /// It, as one side of a difference.
    fn value(&self) -> Value;
}

/// Lists longer than this are matched by key alone: comparing each entry with each would take minutes.
const MANY: usize = 300;

/// What is different between two states of a list: what went, then in the order of the new list what
/// changed and what came. A list of which only the order changed is told as the names of its entries.
pub(super) fn entries<T: Entry>(key: &'static str, from: &[T], to: &[T]) -> Vec<Field> {
    if from == to {
        return Vec::new();
    }
    let twins = twins(from, to);
    let mut fields = Fields::default();
    let mut gone = vec![true; from.len()];
    for twin in twins.iter().flatten() {
        gone[*twin] = false;
    }
    for (entry, _) in from.iter().zip(&gone).filter(|(_, gone)| **gone) {
        fields.push(key, Some(entry.value()), None);
    }
    for (entry, twin) in to.iter().zip(&twins) {
        fields.push(key, twin.map(|n| from[n].value()), Some(entry.value()));
    }
    if !twins.iter().flatten().is_sorted() {
        let labels = |entries: &[T]| {
            let label = |entry: &T| entry.value().label().unwrap_or_default();
            Value::List(entries.iter().map(label).collect())
        };
        let kept: Vec<T> =
            from.iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(e, _)| e.clone()).collect();
        let now: Vec<T> =
            to.iter().zip(&twins).filter(|(_, t)| t.is_some()).map(|(e, _)| e.clone()).collect();
        fields.0.push(Field { key: key.into(), from: Some(labels(&kept)), to: Some(labels(&now)) });
    }
    fields.0
}

/// For each entry of the new list the place in the old of what it was; none for what is new. First what
/// did not change, then what goes by the same key, then what resembles.
fn twins<T: Entry>(from: &[T], to: &[T]) -> Vec<Option<usize>> {
    let mut twins: Vec<Option<usize>> = vec![None; to.len()];
    let mut free = vec![true; from.len()];
    // What stands alike at both ends is by far the most.
    let same = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    for n in 0..same {
        (twins[n], free[n]) = (Some(n), false);
    }
    let ends = from[same..].iter().rev().zip(to[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    for n in 1..=ends {
        (twins[to.len() - n], free[from.len() - n]) = (Some(from.len() - n), false);
    }
    let (from_end, to_end) = (from.len() - ends, to.len() - ends);
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, entry) in from.iter().enumerate().take(from_end).skip(same) {
        by_key.entry(entry.key()).or_default().push(n);
    }
    let few = from_end.max(to_end) - same <= MANY;
    if few {
        for n in same..to_end {
            let candidates = by_key.get(&to[n].key()).into_iter().flatten();
            take(&mut twins[n], &mut free, candidates, |c| from[c] == to[n]);
        }
    }
    // Per key the first that may still be free: each is looked at once.
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    let keys: Vec<String> = to[same..to_end].iter().map(Entry::key).collect();
    for (n, key) in (same..to_end).zip(&keys) {
        if twins[n].is_some() {
            continue;
        }
        let Some(candidates) = by_key.get(key) else { continue };
        let at = next.entry(key).or_default();
        while candidates.get(*at).is_some_and(|c| !free[*c]) {
            *at += 1;
        }
        if let Some(c) = candidates.get(*at) {
            (twins[n], free[*c]) = (Some(*c), false);
        }
    }
    if few {
        let candidates: Vec<usize> = (same..from_end).collect();
        for n in same..to_end {
            take(&mut twins[n], &mut free, &candidates, |c| to[n].resembles(&from[c]));
        }
    }
    twins
}

/// Gives an entry without a twin the first free candidate that fits.
fn take<'a>(
    twin: &mut Option<usize>,
    free: &mut [bool],
    candidates: impl IntoIterator<Item = &'a usize>,
    fits: impl Fn(usize) -> bool,
) {
    if twin.is_none()
        && let Some(c) = candidates.into_iter().find(|c| free[**c] && fits(**c))
    {
        (*twin, free[*c]) = (Some(*c), false);
    }
}

/// Whether both are there and the same.
fn shared<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    a.is_some() && a == b
}

fn texts_alike(a: Option<&String>, b: Option<&String>) -> bool {
    a.zip(b).is_some_and(|(a, b)| alike(a, b))
}

impl Entry for Milestone {
    fn key(&self) -> String {
        self.title.clone()
    }

    fn resembles(&self, other: &Self) -> bool {
        shared(&self.due, &other.due) || alike(&self.title, &other.title)
    }

    fn value(&self) -> Value {
        Value::Milestone(self.clone())
    }
}

impl Entry for Extension {
    fn key(&self) -> String {
        format!("{:?} {:?}", self.milestone, self.from)
    }

    fn resembles(&self, other: &Self) -> bool {
        self.milestone == other.milestone && (self.to == other.to || alike(&self.reason, &other.reason))
    }

    fn value(&self) -> Value {
        Value::Extension(self.clone())
    }
}

impl Entry for Answer {
    fn key(&self) -> String {
        self.owner.name().to_owned()
    }

    fn resembles(&self, other: &Self) -> bool {
        texts_alike(self.text.as_ref(), other.text.as_ref())
    }

    fn value(&self) -> Value {
        Value::Answer(self.clone())
    }
}

impl Entry for Update {
    fn key(&self) -> String {
        self.date.map_or_else(String::new, |date| date.to_string())
    }

    fn resembles(&self, other: &Self) -> bool {
        texts_alike(self.text.as_ref(), other.text.as_ref())
    }

    fn value(&self) -> Value {
        Value::Update(self.clone())
    }
}

impl Entry for Evidence {
    fn key(&self) -> String {
        self.title.clone()
    }

    fn resembles(&self, other: &Self) -> bool {
        shared(&self.reference, &other.reference) || alike(&self.title, &other.title)
    }

    fn value(&self) -> Value {
        Value::Evidence(self.clone())
    }
}

impl Entry for Assurance {
    fn key(&self) -> String {
        format!("{} {:?}", self.by, self.on)
    }

    fn resembles(&self, other: &Self) -> bool {
        self.by == other.by && self.status == other.status
    }

    fn value(&self) -> Value {
        Value::Assurance(self.clone())
    }
}

impl Entry for Exception {
    fn key(&self) -> String {
        format!("{} {:?}", self.rule, self.ids)
    }

    fn resembles(&self, other: &Self) -> bool {
        self.rule == other.rule && (self.reason == other.reason || alike(&self.reason, &other.reason))
    }

    fn value(&self) -> Value {
        Value::Exception(self.clone())
    }
}

impl Entry for Arc<Owner> {
    fn key(&self) -> String {
        self.name.clone()
    }

    /// Whoever is renamed often keeps the old name as an alias.
    fn resembles(&self, other: &Self) -> bool {
        self.answers_to(&other.name) || other.answers_to(&self.name)
    }

    fn value(&self) -> Value {
        Value::Owner(Self::clone(self))
    }
}

impl Entry for Arc<RagLevel> {
    fn key(&self) -> String {
        self.name.clone()
    }

    fn resembles(&self, other: &Self) -> bool {
        shared(&self.meaning, &other.meaning)
    }

    fn value(&self) -> Value {
        Value::Rag(Self::clone(self))
    }
}

impl Entry for Arc<Status> {
    fn key(&self) -> String {
        self.name.clone()
    }

    fn resembles(&self, other: &Self) -> bool {
        shared(&self.meaning, &other.meaning)
    }

    fn value(&self) -> Value {
        Value::Status(Self::clone(self))
    }
}
