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

#[cfg(test)]
mod tests {
    use super::super::example;
    use crate::store::Content;

    /// What is found of 7, whose deadline moves with no extension while plan.toml changes too.
    fn after_a_slip(head_before: &str, head: &str) -> Vec<(&'static str, &'static str, bool)> {
        let file = |due: &str| {
            let text = format!(
                "id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ndeadline = {due}\nrag = \"Red\"\ntext = \"x\"\n"
            );
            ("07-x.toml", Content::Text(text.leak()))
        };
        let with = |more: &str| ("plan.toml", Content::Text(format!("{}\n{more}", example::HEAD).leak()));
        let before = [with(head_before), file("2025-03-27")];
        let findings = example::run_since(&before, &[with(head), file("2025-09-27")]).findings;
        findings.iter().map(|f| (f.rule, f.severity.name(), f.accepted.is_some())).collect()
    }

    #[test]
    fn the_stricter_of_the_two_sides_levels_holds() {
        const SLIP: (&str, &str, bool) = ("silent-extension", "error", false);
        const RED: (&str, &str, bool) = ("miss-without-mitigation", "warning", false);
        let rules = |slip: &str, red: &str| {
            format!("[rules]\nsilent-extension = \"{slip}\"\nmiss-without-mitigation = \"{red}\"\n")
        };
        let off = rules("off", "off");
        assert_eq!(after_a_slip("", ""), [SLIP, RED]);
        assert_eq!(after_a_slip("", &off), [SLIP, RED], "a change cannot switch off what it is held to");
        assert_eq!(after_a_slip("", &rules("note", "note")), [SLIP, RED]);
        assert_eq!(after_a_slip(&off, ""), [SLIP, RED], "what it switches on holds for it too");
        assert_eq!(after_a_slip(&off, &off), []);
        let stricter = [("silent-extension", "error", false), ("miss-without-mitigation", "error", false)];
        assert_eq!(after_a_slip("", &rules("warning", "error")), stricter);
        assert_eq!(after_a_slip(&rules("warning", "error"), &rules("error", "note")), stricter);
    }

    #[test]
    fn exceptions_to_the_review_count_as_they_stood() {
        const ACCEPTED: (&str, &str, bool) = ("silent-extension", "error", true);
        let exception = |rule: &str, more: &str| {
            format!(
                "[[exception]]\nrule = \"{rule}\"\nids = [\"7\"]\nreason = \"x\"\napproved_by = \"x\"\n{more}"
            )
        };
        let (slip, red) = (exception("silent-extension", ""), exception("miss-without-mitigation", ""));
        let weighing = |head_before: &str, head: &str| {
            let found = after_a_slip(head_before, &format!("{head}\n{red}"));
            found.into_iter().filter(|f| f.0 != "miss-without-mitigation").collect::<Vec<_>>()
        };
        assert_eq!(weighing("", ""), [("silent-extension", "error", false)], "others count as they are");
        assert_eq!(
            weighing("", &slip),
            [("silent-extension", "error", false)],
            "no change accepts what it does"
        );
        assert_eq!(weighing(&slip, &slip), [ACCEPTED]);
        assert_eq!(weighing(&slip, ""), [ACCEPTED], "it is used up");
        let lapsed = exception("silent-extension", "until = 2025-03-27\n");
        assert_eq!(weighing(&lapsed, ""), [("silent-extension", "error", false)]);
        assert_eq!(weighing(&lapsed, &slip), [("silent-extension", "error", false)], "nor prolongs it");
        assert_eq!(weighing(&slip.replace("reason", "reson"), ""), [], "nobody knows what it accepts");
    }

    #[test]
    fn an_exception_to_the_review_is_unused_only_once_a_change_could_have_used_it() {
        let exception = |rule: &str| {
            format!(
                "{}\n[[exception]]\nrule = \"{rule}\"\nids = [\"7\"]\nreason = \"x\"\napproved_by = \"x\"\n",
                example::HEAD
            )
        };
        let file =
            ("07-x.toml", Content::Text("id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"x\"\n"));
        let head = |text: &str| ("plan.toml", Content::Text(text.to_owned().leak()));
        for rule in ["silent-extension", "update-rewritten", "wording-changed", "closed-item-reopened"] {
            let now = [head(&exception(rule)), file];
            let found = |before: &[_]| {
                example::run_since(before, &now).findings.iter().map(|f| f.rule).collect::<Vec<_>>()
            };
            assert_eq!(found(&[]), [""; 0], "without --since the rule does not run");
            assert_eq!(found(&[head(example::HEAD), file]), [""; 0], "it was put there for a change to come");
            assert_eq!(found(&now), ["unused-exception"]);
        }
    }
}
