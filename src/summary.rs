//! Counts: how many recommendations stand how, in total and by group.
//!
//! Whole recommendations are counted; parts are counted apart. What is held elsewhere is in the
//! total and in what is said of deadlines, and in no count of RAG or status.

use crate::model::{Phase, Plan, Recommendation};
use crate::ownership::Share;
use crate::query::{By, GroupKey, GroupName, Grouping, Label, Labels};
use crate::standing::{Freshness, Standing};
use std::collections::BTreeMap;

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

/// More words than these nobody reads in a row: of a longer vocabulary, groups and tables tell only
/// the words that are reported.
pub const MANY_WORDS: usize = 30;

/// Counts the recommendations of one plan that are handed to it.
#[derive(Debug)]
pub struct Counter<'a> {
    labels: Labels<'a>,
    grouping: Option<Grouping<'a>>,
    summary: Summary,
    groups: Groups,
}

impl<'a> Counter<'a> {
    /// A counter that has counted nothing.
    #[must_use]
    pub fn new(plan: &'a Plan, by: By, group_by: Option<GroupKey>) -> Self {
        Self {
            labels: Labels::of(plan, by),
            grouping: group_by.map(|key| Grouping::new(plan, by, key)),
            summary: Summary::default(),
            groups: Groups::new(),
        }
    }

    /// Counts one recommendation, standing so.
    pub fn add(&mut self, r: &Recommendation, standing: &Standing) {
        let under = Under::of(&self.labels, r, standing);
        count(&mut self.summary, r, standing, &under);
        let groups = self.grouping.as_ref().map_or_else(Vec::new, |grouping| grouping.groups(r, standing));
        for (name, share) in groups {
            let group = self.groups.entry(name).or_default();
            count(&mut group.summary, r, standing, &under);
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

    /// The counts in total and by group. A word that nobody reports shows as 0: in total always, in
    /// a group where the vocabulary is no longer than [`MANY_WORDS`].
    #[must_use]
    pub fn finish(mut self) -> (Summary, Groups) {
        let (rags, statuses) = (self.labels.rags(), self.labels.statuses());
        fill(&mut self.summary, rags, statuses);
        for group in self.groups.values_mut() {
            fill(&mut group.summary, unless_many(rags), unless_many(statuses));
        }
        (self.summary, self.groups)
    }
}

fn unless_many(words: &[Label]) -> &[Label] {
    if words.len() > MANY_WORDS { &[] } else { words }
}

/// Adds the words and blanks under which nothing was counted.
fn fill(summary: &mut Summary, rags: &[Label], statuses: &[Label]) {
    let Summary { rag, implied_rag, status, .. } = summary;
    for (counts, words) in [(rag, rags), (implied_rag, rags), (status, statuses)] {
        for word in words.iter().chain([&Label::Blank]) {
            counts.entry(word.clone()).or_default();
        }
    }
}

/// What a recommendation is counted under.
struct Under {
    rag: Label,
    implied_rag: Label,
    status: Label,
}

impl Under {
    fn of(labels: &Labels<'_>, r: &Recommendation, standing: &Standing) -> Self {
        Self { rag: labels.rag(r), implied_rag: labels.implied_rag(standing), status: labels.status(r) }
    }
}

fn count(summary: &mut Summary, r: &Recommendation, standing: &Standing, under: &Under) {
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
        let Under { rag, implied_rag, status } = under;
        *summary.rag.entry(rag.clone()).or_default() += 1;
        *summary.implied_rag.entry(implied_rag.clone()).or_default() += 1;
        *summary.status.entry(status.clone()).or_default() += 1;
        *summary.matrix.entry((rag.clone(), status.clone())).or_default() += 1;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::example;
    use crate::store::Content;

    /// How many lines a summary has for the RAG levels of a plan of so many, in total and in the one
    /// group of the one recommendation.
    fn lines(levels: usize) -> (usize, usize) {
        let level = |n| format!("[[rag]]\nname = \"R{n}\"\n");
        let head = format!("title = \"x\"\n{}", (0..levels).map(level).collect::<String>());
        let file = "id = \"1\"\ntitle = \"One\"\nowners = [\"A\"]\nrag = \"R1\"\ntext = \"x\"\n";
        let files = [("plan.toml", Content::Text(head.leak())), ("01-a.toml", Content::Text(file))];
        let plan = example::plan(&files).expect("the plan can be read");
        let mut counter = Counter::new(&plan, By::Words, Some(GroupKey::Owner));
        let r = &plan.recommendations[0];
        counter.add(r, &Standing::on(&plan, r, example::TODAY));
        let (summary, groups) = counter.finish();
        (summary.rag.len(), groups.values().map(|group| group.summary.rag.len()).sum())
    }

    #[test]
    fn words_that_nobody_reports_are_told_but_not_many_times_over() {
        // Each level and the blank; of a long vocabulary a group tells the reported and the blank.
        assert_eq!(lines(MANY_WORDS), (MANY_WORDS + 1, MANY_WORDS + 1));
        assert_eq!(lines(MANY_WORDS + 1), (MANY_WORDS + 2, 2));
    }
}
