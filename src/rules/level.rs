//! At which level a rule is told, and which exceptions accept its breaches.

use super::{Base, Breach, Group, Rule};
use crate::diagnostic::Severity;
use crate::model::{Exception, Head, Id, Level, Plan};
use chrono::NaiveDate;

/// The level of a rule in this plan; none where it is off.
pub(super) fn level(head: &Head, rule: &Rule) -> Option<Severity> {
    let set = head.levels.iter().find(|(name, _)| name == rule.name).map(|(_, level)| *level);
    match set {
        Some(Level::Off) if !rule.group.levels_are_fixed() => None,
        Some(Level::At(severity)) if !rule.group.levels_are_fixed() => Some(severity),
        _ => Some(rule.level),
    }
}

/// The level of a rule in this plan: the stricter of what plan.toml says and what it said, so that no
/// change can switch off what it is held to. None where the rule is off in both.
pub(super) fn stricter(head: &Head, base: Option<&Base>, rule: &Rule) -> Option<Severity> {
    level(head, rule).max(base.and_then(|base| level(&base.plan.head, rule)))
}

/// The exceptions of a plan, and which of them have accepted something.
///
/// A change cannot accept what it has done itself: of the exceptions to the review rules those count that
/// stood before it.
pub(super) struct Exceptions<'a> {
    now: &'a [Exception],
    base: Option<&'a Base>,
    today: Option<NaiveDate>,
    used: Vec<bool>,
}

impl<'a> Exceptions<'a> {
    pub(super) fn new(plan: &'a Plan, base: Option<&'a Base>, today: Option<NaiveDate>) -> Self {
        let now = plan.head.exceptions.as_slice();
        Self { now, base, today, used: vec![false; now.len()] }
    }

    /// The exception that accepts a breach. Where only one would that counts from the next change on, the
    /// breach says so.
    pub(super) fn accepting(&mut self, rule: &Rule, breach: &mut Breach) -> Option<&'a Exception> {
        let now = accepting(self.now, rule, breach, self.today);
        let found = match self.base.filter(|_| rule.group == Group::Review) {
            None => now.map(|i| &self.now[i]),
            Some(base) => {
                let before = &base.plan.head.exceptions;
                accepting(before, rule, breach, self.today).map(|i| &before[i])
            }
        };
        match (found, now) {
            (Some(_), Some(i)) => self.used[i] = true,
            (None, Some(_)) => breach.add_help("an [[exception]] counts only for later changes than its own"),
            (_, None) => {}
        }
        found
    }

    /// The places of those that could have accepted something, and have not; `ran` says whether one's rule
    /// ran, and could be told all that it finds.
    pub(super) fn unused(&self, ran: impl Fn(&Exception) -> bool) -> Vec<usize> {
        let unused = self.now.iter().enumerate().filter(|(i, _)| !self.used[*i]);
        let unused = unused.filter(|(_, e)| self.counts(e) && !lapsed(e, self.today) && ran(e));
        unused.map(|(i, _)| i).collect()
    }

    /// Whether an exception could have accepted something: to a review rule only one that stood.
    fn counts(&self, exception: &Exception) -> bool {
        let same = |e: &&Exception| e.rule == exception.rule && e.ids == exception.ids;
        let stood =
            |base: &Base| base.plan.head.exceptions.iter().find(same).is_some_and(|e| !lapsed(e, self.today));
        let review = super::find(&exception.rule).is_some_and(|rule| rule.group == Group::Review);
        !review || self.base.is_some_and(stood)
    }
}

/// The place of the exception that accepts a breach.
pub(super) fn accepting(
    exceptions: &[Exception],
    rule: &Rule,
    breach: &Breach,
    today: Option<NaiveDate>,
) -> Option<usize> {
    exceptions.iter().position(|e| accepts(e, rule, breach, today))
}

fn lapsed(exception: &Exception, today: Option<NaiveDate>) -> bool {
    today.is_some_and(|today| exception.until.is_some_and(|until| until < today))
}

fn accepts(exception: &Exception, rule: &Rule, breach: &Breach, today: Option<NaiveDate>) -> bool {
    let about = match &breach.place.id {
        Some(id) => exception.ids.iter().any(|range| range.contains(&Id::new(id))),
        None => exception.ids.is_empty(),
    };
    exception.rule == rule.name && about && !rule.group.levels_are_fixed() && !lapsed(exception, today)
}
