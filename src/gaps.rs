//! What is missing from a plan only because it could not be read. What a rule would say for lack of
//! it is no more than an echo of the fault.

use crate::model::{Id, IdRange, Named, Plan, Recommendation, Word, slug};
use crate::parse::Lost;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What could not be read of a plan.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    /// The files that gave no recommendation, and the id of each, if that much was read.
    pub files: Vec<(String, Option<Id>)>,
    /// What plan.toml lacks because of its faults.
    pub head: Vec<Lost>,
    /// The keys that each file lacks because of its faults; only files that lack some.
    pub keys: BTreeMap<Arc<str>, Vec<&'static str>>,
}

impl Gaps {
    /// Whether a recommendation of that id may be in a file that could not be read.
    #[must_use]
    pub fn may_hold(&self, id: &Id) -> bool {
        self.files.iter().any(|(file, found)| match found {
            Some(found) => found == id,
            None => {
                let stem = file.strip_suffix(".toml").unwrap_or(file);
                stem.strip_prefix(&slug(id.as_str()))
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }
        })
    }

    /// Whether a recommendation of one of those ids may be in a file that could not be read.
    #[must_use]
    pub fn may_hold_one_of(&self, range: &IdRange) -> bool {
        match range {
            IdRange::One(id) => self.may_hold(id),
            IdRange::Numbers(first, last) => self.numbers().any(|n| (*first..=*last).contains(&n)),
        }
    }

    /// The whole numbers whose recommendations may be in files that could not be read.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.files.iter().filter_map(|(file, found)| match found {
            Some(id) => id.number(),
            None => {
                let stem = file.strip_suffix(".toml").unwrap_or(file);
                // Whatever stands after the number: such a file may be misnamed as well.
                let end = stem.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(stem.len());
                Id::new(&stem[..end]).number()
            }
        })
    }

    /// Whether plan.toml has tables or a value under this key that could not be read, so that a word
    /// which is not registered may be one of them.
    #[must_use]
    pub fn head_lacks(&self, key: &str) -> bool {
        self.head.iter().any(|lost| lost.key == key && lost.name.is_none())
    }

    /// Whether plan.toml's table of that key has a fault anywhere.
    #[must_use]
    pub fn head_doubts(&self, key: &str) -> bool {
        self.head.iter().any(|lost| lost.key == key)
    }

    /// Whether an exception for this rule could not be read: nobody knows what it accepts.
    #[must_use]
    pub fn may_accept(&self, rule: &str) -> bool {
        self.head.iter().any(|lost| lost.key == "exception" && lost.name.as_deref() == Some(rule))
    }

    /// Whether some of these keys of a recommendation, or the policy if it is among them, could not be
    /// read, or hold a word whose meaning could not.
    #[must_use]
    pub fn doubts(&self, plan: &Plan, r: &Recommendation, keys: &[&str]) -> bool {
        if self.head.is_empty() && self.keys.is_empty() && self.files.is_empty() {
            return false;
        }
        let lost =
            |r: &Recommendation, key: &str| self.keys.get(&r.file).is_some_and(|lost| lost.contains(&key));
        keys.iter().any(|key| {
            lost(r, key)
                || match *key {
                    "status" => r.status.as_ref().is_some_and(|word| self.doubts_word(word, "status")),
                    "rag" => r.rag.as_ref().is_some_and(|word| self.doubts_word(word, "rag")),
                    "owners" => self.doubts_owners(plan, r, &lost),
                    "deadline" => self.doubts_inherited(plan, r, "deadline", &lost) && r.deadline.is_none(),
                    "policy" => self.head_doubts("policy"),
                    _ => false,
                }
        })
    }

    fn doubts_word<T: Named>(&self, word: &Word<T>, key: &str) -> bool {
        self.head.iter().any(|lost| match (&lost.name, word) {
            (None, Word::Unregistered(_)) => lost.key == key,
            (Some(name), Word::Known { word, .. }) => lost.key == key && word.name() == name,
            _ => false,
        })
    }

    /// Whether it may be another's: an owner or the list of those that the plan answers for could not
    /// be read, and nothing that is reported says whose it is.
    fn doubts_owners(
        &self,
        plan: &Plan,
        r: &Recommendation,
        lost: &impl Fn(&Recommendation, &str) -> bool,
    ) -> bool {
        let nothing_reported = r.status.is_none() && r.rag.is_none() && r.updates.is_empty();
        r.owners.iter().any(|owner| self.doubts_word(owner, "owner"))
            || (nothing_reported && self.head_doubts("answers_for"))
            || (r.owners.is_empty() && self.doubts_inherited(plan, r, "owners", lost))
    }

    /// Whether what a part would have of its parents could not be read.
    fn doubts_inherited(
        &self,
        plan: &Plan,
        r: &Recommendation,
        key: &str,
        lost: &impl Fn(&Recommendation, &str) -> bool,
    ) -> bool {
        let mut here = r;
        for _ in 0..plan.recommendations.len() {
            let Some(id) = &here.parent else { return false };
            match plan.get(id) {
                Some(parent) if lost(parent, key) => return true,
                Some(parent) => here = parent,
                None => return self.may_hold(id),
            }
        }
        false
    }
}
