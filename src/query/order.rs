//! In which order a list stands.

use super::Item;
use chrono::NaiveDate;
use std::cmp::Ordering;

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
    /// The reported RAG, in the order of the scale; not rated last.
    Rag,
    /// The implied RAG's outlook, the worst first; none last.
    Implied,
    /// The status, in the plan's order; not reported last.
    Status,
    /// The theme; without one last.
    Theme,
    /// The last dated update, the oldest first; without one first.
    Updated,
}

/// Sorts a list.
pub fn sort(items: &mut [&Item], key: SortKey, reverse: bool) {
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
            SortKey::Rag => a.rag_rank.cmp(&b.rag_rank),
            SortKey::Implied => {
                let worst_first = |i: &Item| i.standing.implied_outlook.map_or(u8::MAX, |o| o as u8);
                worst_first(a).cmp(&worst_first(b))
            }
            SortKey::Status => a.status_rank.cmp(&b.status_rank),
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
