//! The canonical order of the keys of each table.

use crate::parse::keys;

/// The keys, in order, of the table to which these keys lead in a recommendation; of tables that
/// have no order, none.
pub(super) fn of_recommendation(path: &[&str]) -> &'static [&'static str] {
    let (_, keys) = match path {
        [] => keys::RECOMMENDATION,
        ["deadline" | "forecast"] | ["milestone", "due"] | ["extension", "from" | "to"] => keys::DEADLINE,
        ["milestone"] => keys::MILESTONE,
        ["extension"] => keys::EXTENSION,
        ["answer"] => keys::ANSWER,
        ["update"] => keys::UPDATE,
        ["evidence"] => keys::EVIDENCE,
        ["assurance"] => keys::ASSURANCE,
        ["closure"] => keys::CLOSURE,
        _ => return &[],
    };
    keys
}

/// The same for a plan.toml.
pub(super) fn of_head(path: &[&str]) -> &'static [&'static str] {
    let (_, keys) = match path {
        [] => keys::HEAD,
        ["owner"] => keys::OWNER,
        ["rag"] => keys::RAG,
        ["status"] => keys::STATUS,
        ["policy"] => keys::POLICY,
        ["exception"] => keys::EXCEPTION,
        ["publish"] => keys::PUBLISH,
        _ => return &[],
    };
    keys
}

/// The place of a key in an order.
pub(super) fn rank(order: &[&str], key: &str) -> Option<usize> {
    order.iter().position(|k| *k == key)
}
