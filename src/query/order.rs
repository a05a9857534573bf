//! In which order and groups a list stands.

use super::label::{By, outlook_place};
use super::{GroupName, Item};
use crate::model::Word;
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What a list is sorted by. Ties are broken by plan and id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortKey {
    /// The plan, then the id.
    #[default]
    Id,
    /// The title.
    Title,
    /// The first owner.
    Owner,
    /// The due date; without one last.
    Deadline,
    /// The reported RAG, in the order of the scale, or of the outlooks; not rated last.
    Rag,
    /// The implied RAG's outlook, the worst first; none last.
    Implied,
    /// The status, in the plan's order, or in that of the phases; not reported last.
    Status,
    /// The theme; without one last.
    Theme,
    /// The last dated update, the oldest first; without one first.
    Updated,
}

/// Sorts a list, RAG and status by the plan's words or by what they mean.
pub fn sort(items: &mut [&Item], key: SortKey, by: By, reverse: bool) {
    let last = |date: Option<NaiveDate>| date.unwrap_or(NaiveDate::MAX);
    let lower = |text: &str| text.to_lowercase();
    items.sort_by(|a, b| {
        let by_key = match key {
            SortKey::Id => Ordering::Equal,
            SortKey::Title => lower(&a.title).cmp(&lower(&b.title)),
            SortKey::Owner => {
                let first = |i: &Item| i.owners.first().map(|o| lower(o.name()));
                first(a).cmp(&first(b))
            }
            SortKey::Deadline => last(a.standing.due).cmp(&last(b.standing.due)),
            SortKey::Rag => rag_place(a, by).cmp(&rag_place(b, by)),
            SortKey::Implied => {
                let worst_first = |i: &Item| i.standing.implied_outlook.map_or(u8::MAX, |o| o as u8);
                worst_first(a).cmp(&worst_first(b))
            }
            SortKey::Status => status_place(a, by).cmp(&status_place(b, by)),
            SortKey::Theme => {
                let theme =
                    |i: &Item| i.more().theme.as_deref().map_or((1, String::new()), |t| (0, lower(t)));
                theme(a).cmp(&theme(b))
            }
            SortKey::Updated => a.standing.last_update.cmp(&b.standing.last_update),
        };
        by_key.then_with(|| a.plan.id.cmp(&b.plan.id)).then_with(|| a.id.cmp(&b.id))
    });
    if reverse {
        items.reverse();
    }
}

/// Where the reported RAG stands: in its plan's scale, or among the outlooks.
fn rag_place(item: &Item, by: By) -> usize {
    match (by, &item.rag) {
        (By::Meanings, Some(Word::Known { word, .. })) => outlook_place(word.outlook),
        _ => item.rag_rank.into(),
    }
}

/// Where the status stands: in its plan's vocabulary, or among the phases.
fn status_place(item: &Item, by: By) -> usize {
    match (by, &item.status) {
        (By::Meanings, Some(Word::Known { word, .. })) => word.phase as usize,
        _ => item.status_rank.into(),
    }
}

/// The items of each group, in the order in which groups are told.
#[must_use]
pub fn grouped<'a>(items: &[&'a Item]) -> BTreeMap<&'a GroupName, Vec<&'a Item>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for item in items {
        for name in &item.more().groups {
            groups.entry(name).or_default().push(*item);
        }
    }
    groups
}
