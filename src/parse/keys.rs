//! The keys of every table of the format, in canonical order.

/// A table, as messages call it, and its keys.
pub type Keys = (&'static str, &'static [&'static str]);

/// A recommendation's own keys: those of its file above the first header, and its headers.
pub const RECOMMENDATION: Keys = (
    "a recommendation",
    &[
        "id",
        "printed_id",
        "parent",
        "aliases",
        "title",
        "theme",
        "priority",
        "origin",
        "owners",
        "lead",
        "issued",
        "deadline",
        "forecast",
        "response",
        "rag",
        "status",
        "mitigation",
        "depends_on",
        "custom",
        "text",
        "milestone",
        "extension",
        "answer",
        "update",
        "evidence",
        "assurance",
        "closure",
    ],
);
/// A deadline, a forecast, or a milestone's due, where it is no plain date.
pub const DEADLINE: Keys = ("a deadline", &["date", "wording"]);
/// `[[milestone]]`.
pub const MILESTONE: Keys = ("a milestone", &["title", "due", "done"]);
/// `[[extension]]`.
pub const EXTENSION: Keys = ("an extension", &["from", "to", "on", "reason", "approved_by", "milestone"]);
/// `[[answer]]`.
pub const ANSWER: Keys = ("an answer", &["owner", "response", "rag", "status", "on", "text"]);
/// `[[update]]`.
pub const UPDATE: Keys = ("an update", &["date", "period", "by", "text", "rag", "status", "visibility"]);
/// `[[evidence]]`.
pub const EVIDENCE: Keys = ("an item of evidence", &["title", "ref", "visibility"]);
/// `[[assurance]]`.
pub const ASSURANCE: Keys = ("an assurance", &["status", "by", "on", "note"]);
/// `[closure]`.
pub const CLOSURE: Keys = ("a closure", &["on", "by", "reason"]);

/// The keys of plan.toml.
pub const HEAD: Keys = (
    "plan.toml",
    &[
        "title",
        "organisation",
        "source",
        "published",
        "lead",
        "governance",
        "review_date",
        "priorities",
        "answers_for",
        "covers",
        "numbering_note",
        "owner",
        "rag",
        "status",
        "policy",
        "rules",
        "exception",
        "publish",
    ],
);
/// `[[owner]]`.
pub const OWNER: Keys = ("an owner", &["name", "aliases", "member_of"]);
/// `[[rag]]`.
pub const RAG: Keys = ("a RAG level", &["name", "colour", "meaning", "outlook"]);
/// `[[status]]`.
pub const STATUS: Keys = ("a status", &["name", "meaning", "phase", "outlook"]);
/// `[policy]`.
pub const POLICY: Keys = ("the policy", &["due_soon_days", "stale_after_days"]);
/// `[[exception]]`.
pub const EXCEPTION: Keys = ("an exception", &["rule", "ids", "reason", "approved_by", "until"]);
/// `[publish]`.
pub const PUBLISH: Keys = ("publish", &["default", "redact"]);

/// The tables of a recommendation's file.
pub const OF_RECOMMENDATIONS: &[Keys] =
    &[RECOMMENDATION, DEADLINE, MILESTONE, EXTENSION, ANSWER, UPDATE, EVIDENCE, ASSURANCE, CLOSURE];
/// The tables of plan.toml.
pub const OF_HEADS: &[Keys] = &[HEAD, OWNER, RAG, STATUS, POLICY, EXCEPTION, PUBLISH];
