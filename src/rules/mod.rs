//! The rules that a plan is held to: their registry, and what a rule is given and gives.
//!
//! One rule, one file, with its documentation and a bad and a good example that the tests run. A
//! rule does no I/O, and knows no clock and no other rule: it gets a [`Context`] and gives
//! [`Breach`]es, each with a [`Place`]. The runner (`run.rs`) settles levels and exceptions (`level.rs`),
//! and turns places into lines while the texts are at hand; `base.rs` finds for each plan what it was at
//! the revision that it is held against, and `added.rs` tells what a change adds to what was found.

mod added;
mod base;
mod closed_item_reopened;
mod conflict_marker;
mod control_character;
mod dangling_reference;
mod done_before_dependency;
mod done_with_open_milestone;
mod done_with_open_part;
mod done_without_evidence;
mod dropped_without_reason;
mod due_soon;
mod duplicate_id;
pub mod example;
mod exception_lapsed;
mod extension_chain;
mod file_name;
mod future_update;
mod level;
mod locate;
mod milestone_after_deadline;
mod milestone_overdue;
mod miss_without_mitigation;
mod missing_key;
mod missing_recommendation;
mod not_utf8;
mod number_gap;
mod numbers;
mod overdue;
mod owner_alias;
mod rag_contradicts_deadline;
mod rag_status_conflict;
mod recommendation_deleted;
mod reference_cycle;
mod repeated_update;
mod review_date_passed;
mod run;
mod silent_extension;
mod stale_update;
mod stray_file;
mod symlink;
mod syntax;
mod too_large;
mod unapproved_exception;
mod unapproved_extension;
mod undated_deadline;
mod unknown_key;
mod unknown_owner;
mod unknown_rag;
mod unknown_rule;
mod unknown_status;
mod unrated;
mod unused_exception;
mod update_disagrees;
mod update_order;
mod update_rewritten;
mod vocabulary;
mod word_without_meaning;
mod wording_changed;
mod wrong_type;

pub use added::added;
pub use base::{Base, Since};
pub use run::{Counts, Outcome, Run, Stood, counts, examine};

use crate::diagnostic::Severity;
use crate::gaps::Gaps;
use crate::model::{Head, Id, Plan, Recommendation};
use crate::standing;
use crate::store::Content;
use crate::syntax::Step;
use crate::wording::{after, day, days, quoted, when};
use chrono::NaiveDate;
use std::sync::Arc;

/// A rule: what it asks for and why, how to mend a breach, and how to find one.
#[derive(Debug)]
pub struct Rule {
    /// The name, in `[rules]` of plan.toml and in every finding.
    pub name: &'static str,
    /// What it looks at.
    pub group: Group,
    /// Its level where the plan sets none.
    pub level: Severity,
    /// What it asks for, in a line.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// How to mend a breach.
    pub mend: &'static str,
    /// What stood before, for the rules that look at what has changed since; for all others nothing.
    pub before: &'static [(&'static str, Content)],
    /// Files that break it, and no other rule. Where plan.toml is not among them,
    /// [`example::HEAD`] is.
    pub bad: &'static [(&'static str, Content)],
    /// The same files, mended.
    pub good: &'static [(&'static str, Content)],
    /// The keys of a recommendation without which what it finds there may be no more than an echo: it
    /// is held back where one of them could not be read. "policy" is plan.toml's.
    pub needs: &'static [&'static str],
    /// How it is found.
    pub check: Check,
}

/// What a rule looks at. With `validate`, all but the clock; the last only with `--since`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Whether a file can be read.
    Reading,
    /// Whether each recommendation is there once, under its name.
    Identity,
    /// Whether words are the plan's own.
    Vocabulary,
    /// Whether what is said agrees with what else is said.
    Consistency,
    /// What the date makes of it; in `check` only.
    Clock,
    /// What has changed since a revision; with `--since` only.
    Review,
}

impl Group {
    /// All groups, in the order of the design.
    pub const ALL: [Self; 6] =
        [Self::Reading, Self::Identity, Self::Vocabulary, Self::Consistency, Self::Clock, Self::Review];

    /// Its name, as a heading.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::Identity => "Identity",
            Self::Vocabulary => "Vocabulary",
            Self::Consistency => "Consistency",
            Self::Clock => "Clock (in `plan check` only)",
            Self::Review => "Review (with `--since REV`)",
        }
    }

    /// Whether a plan may set the levels of these rules, and accept their breaches: not where
    /// other rules stand on what they ask for.
    #[must_use]
    pub fn levels_are_fixed(self) -> bool {
        matches!(self, Self::Reading | Self::Identity)
    }
}

/// How breaches of a rule are found.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// By whatever reads the files.
    WhileReading,
    /// In a plan, whatever the date.
    Content(fn(&Context<'_>) -> Vec<Breach>),
    /// In a plan, on a date.
    Clock(fn(&Context<'_>, NaiveDate) -> Vec<Breach>),
    /// In a plan, beside what it was.
    Review(fn(&Context<'_>, &Base) -> Vec<Breach>),
    /// In a plan, after all other rules have run: told which exceptions accepted nothing.
    Exceptions(fn(&Context<'_>, &[usize]) -> Vec<Breach>),
}

/// What a rule is given.
#[derive(Debug)]
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What could not be read of it.
    pub gaps: &'a Gaps,
}

/// A place in a plan's files, in the plan's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name in the plan's folder.
    file: Arc<str>,
    /// The recommendation's id; none in plan.toml.
    id: Option<String>,
    /// The keys and numbers that lead to the value.
    path: Vec<Step>,
    /// Whether the key is meant rather than its value.
    key_only: bool,
}

impl Place {
    /// A place in plan.toml.
    #[must_use]
    pub fn head() -> Self {
        Self { file: crate::store::HEAD_FILE.into(), id: None, path: Vec::new(), key_only: false }
    }

    /// A place in a recommendation's file.
    #[must_use]
    pub fn of(r: &Recommendation) -> Self {
        Self { file: Arc::clone(&r.file), id: Some(r.id.to_string()), path: Vec::new(), key_only: false }
    }

    /// Where a recommendation says by when it is due: its deadline; without a date there, the
    /// milestone that gives one; for a part that has neither, the name of its parent.
    #[must_use]
    pub fn of_due(r: &Recommendation) -> Self {
        let place = Self::of(r);
        match standing::due_milestone(r) {
            Some((n, _)) => place.key("milestone").nth(n).key("due"),
            None if r.deadline_inherited => place.key("parent"),
            None => place.key("deadline"),
        }
    }

    /// The same place, of which a recommendation is told that is no longer there.
    #[must_use]
    pub fn about(mut self, id: &Id) -> Self {
        self.id = Some(id.to_string());
        self
    }

    /// The key below this place.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Self {
        self.path.push(Step::Key(key.into()));
        self
    }

    /// The key below this place, where its name is the plan's.
    #[must_use]
    pub fn named(mut self, key: &str) -> Self {
        self.path.push(Step::Key(key.to_owned().into()));
        self
    }

    /// The element (from 0) of the list at this place.
    #[must_use]
    pub fn nth(mut self, n: usize) -> Self {
        self.path.push(Step::Nth(n));
        self
    }

    /// The keys that lead to it, without the numbers of lists.
    fn keys(&self) -> Vec<String> {
        let key = |step: &Step| match step {
            Step::Key(key) => Some(key.to_string()),
            Step::Nth(_) => None,
        };
        self.path.iter().filter_map(key).collect()
    }

    /// The key itself rather than its value.
    #[must_use]
    pub fn key_only(mut self) -> Self {
        self.key_only = true;
        self
    }
}

/// A place where a plan breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    place: Place,
    message: String,
    help: Option<String>,
    since: Option<NaiveDate>,
}

impl Breach {
    /// A breach at a place: what is wrong.
    #[must_use]
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: None, since: None }
    }

    /// The same, with how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says more of how to mend it.
    fn add_help(&mut self, more: &str) {
        let help = self.help.get_or_insert_default();
        help.push_str(if help.is_empty() { "" } else { "; " });
        help.push_str(more);
    }

    /// The same, with the first day on which it was true.
    #[must_use]
    pub fn since(mut self, day: Option<NaiveDate>) -> Self {
        self.since = day;
        self
    }
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|r| r.name == name)
}

/// Whether a breach of this rule is an error in a plan.
#[must_use]
pub fn is_error(head: &Head, name: &str) -> bool {
    find(name).is_some_and(|rule| level::level(head, rule) == Some(Severity::Error))
}

/// Every rule, in the order in which `plan explain` lists them.
pub static RULES: &[&Rule] = &[
    &syntax::RULE,
    &conflict_marker::RULE,
    &unknown_key::RULE,
    &missing_key::RULE,
    &wrong_type::RULE,
    &not_utf8::RULE,
    &too_large::RULE,
    &control_character::RULE,
    &symlink::RULE,
    &duplicate_id::RULE,
    &file_name::RULE,
    &stray_file::RULE,
    &dangling_reference::RULE,
    &reference_cycle::RULE,
    &missing_recommendation::RULE,
    &number_gap::RULE,
    &unknown_owner::RULE,
    &unknown_rag::RULE,
    &unknown_status::RULE,
    &unknown_rule::RULE,
    &word_without_meaning::RULE,
    &owner_alias::RULE,
    &unused_exception::RULE,
    &unapproved_exception::RULE,
    &rag_status_conflict::RULE,
    &done_with_open_milestone::RULE,
    &done_with_open_part::RULE,
    &milestone_after_deadline::RULE,
    &dropped_without_reason::RULE,
    &extension_chain::RULE,
    &unapproved_extension::RULE,
    &miss_without_mitigation::RULE,
    &done_without_evidence::RULE,
    &done_before_dependency::RULE,
    &update_order::RULE,
    &update_disagrees::RULE,
    &repeated_update::RULE,
    &undated_deadline::RULE,
    &overdue::RULE,
    &milestone_overdue::RULE,
    &due_soon::RULE,
    &stale_update::RULE,
    &rag_contradicts_deadline::RULE,
    &unrated::RULE,
    &review_date_passed::RULE,
    &future_update::RULE,
    &exception_lapsed::RULE,
    &silent_extension::RULE,
    &update_rewritten::RULE,
    &wording_changed::RULE,
    &recommendation_deleted::RULE,
    &closed_item_reopened::RULE,
];

#[cfg(test)]
mod tests;
