//! What the columns of a plan are called, and what is meant.

use super::super::document::Cell;
use super::dates;
pub use super::when::When;
use super::when::when;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The number of the recommendation.
    Number,
    /// The recommendation itself.
    Text,
    /// A title of it.
    Title,
    /// Who answers for it.
    Owner,
    /// Who leads on it.
    Lead,
    /// What was done.
    Update(When),
    /// The day on which that was said.
    Reported,
    /// The RAG level.
    Rag(When),
    /// The status.
    Status(When),
    /// By when.
    Deadline,
    /// By when it is expected.
    Forecast,
    /// When it was made.
    Issued,
    /// When it was closed.
    Closed,
    /// Documents that show it.
    Evidence,
    /// How urgent it is.
    Priority,
    /// The number of what it is a part of.
    Parent,
    /// What it belongs to.
    Theme,
    /// Where it comes from.
    Origin,
    /// Whether it was accepted.
    Response,
    /// What is done about what is late.
    Mitigation,
    /// What it means: of a word of the vocabulary.
    Meaning,
    /// A column of somebody's own.
    Custom(String),
    /// Left out because somebody said so.
    Skip,
}

/// The headings that are known, by what they mean. Compared without case and punctuation.
const KNOWN: &[(Key, &str)] = &[
    (
        Key::Number,
        "no|number|num|ref|reference|ref no|reference number|id|rec no|rec number|recommendation no\
         |recommendation number|rec ref|recommendation ref|recommendation reference|action no|item\
         |item no|serial|inquiry ref|inquiry no|inquiry number|s no|#",
    ),
    (
        Key::Text,
        "recommended action|issue and recommendation|finding and recommendation\
         |recommendation and agreed action|actions to be taken|what we will do|objective|recommendation\
         |recommendations|rec|recs|recommendation text|full recommendation|recommendation wording|wording\
         |action|actions|action required|required action|text|requirement|area for improvement|afi\
         |description|recommendation description|recommendation action|agreed action|learning\
         |cause of concern|task|tasks|what|what needs to be done|what is to be done",
    ),
    (Key::Title, "title|subject|summary|short title|heading|headline|recommendation title"),
    (
        Key::Owner,
        "responsible officer|responsible officers|accountable officer|responsible person\
         |person responsible|responsible manager|by whom|portfolio holder|business lead|delivery lead\
         |executive lead|exec lead|action by|action by whom|who will do it|named officer|lead director officer\
         |responsible team|responsible lead|accountable owner|responsible director|lead director\
         |owner|owners|owned by|recipient|recipients|action owner|recommendation owner|responsible\
         |responsible body|responsible owner|responsibility|accountable|assigned to|addressee\
         |addressed to|owning organisation|organisation|body|agency|who|for|responsible department\
         |department|owner lead|lead owner|lead body|lead organisation|lead agency|lead department",
    ),
    (Key::Lead, "lead|lead officer|lead name|officer|sro|senior responsible owner|named lead|action lead"),
    (
        Key::Update(When::Now),
        "current position next steps|update comments|action taken to date|update|updates|response\
         |action taken|actions taken|progress|progress update|latest update|latest position|position\
         |current position|commentary|comment|comments|narrative|notes|what has been done|work completed\
         |where are we now|actions taken so far|what we have done|progress so far|latest comment\
         |last comment|last update|progress to date|force response|action update|rationale\
         |update on progress|delivery update|position statement",
    ),
    (Key::Rag(When::Now), "rag|rag status|rag rating|brag|brag rating|brag status|rating|traffic light"),
    (
        Key::Status(When::Now),
        "status|current status|state|delivery status|completion status|stage|action status|overall status",
    ),
    (
        Key::Deadline,
        "target completion|planned completion date|agreed date|end|end date|finish|finish date\
         |completion due|date to be completed|original due date|original target date|original deadline\
         |agreed implementation date|implementation deadline|deadline|deadlines|due|due date|date due\
         |target|target date|by when|when|timescale|timescales|timeframe|completion date\
         |target completion date|implementation date|delivery date|due by|date for completion|complete by\
         |target deadline|timescale for completion|when will it be done|implementation due|timetable\
         |timeline|milestone date|action due",
    ),
    (
        Key::Reported,
        "update date|date of update|date of last update|date updated|last updated|updated|updated on\
         |comment date|date of comment|progress date|date of progress|date of latest update",
    ),
    (Key::Parent, "parent|part of|parent recommendation|parent ref|parent id|parent no"),
    (
        Key::Forecast,
        "estimated completion date|revised due date|revised implementation date|revised completion date\
         |latest date|anticipated date|anticipated completion date|forecast|forecast date|expected\
         |expected date|expected completion|revised date|revised deadline|revised target date\
         |estimated completion",
    ),
    (
        Key::Issued,
        "issued|date issued|issue date|date of issue|published|date published|date made|date raised\
         |date of recommendation",
    ),
    (
        Key::Closed,
        "closed|date closed|closed on|date completed|completed on|completed|closure date\
         |actual completion date",
    ),
    (
        Key::Evidence,
        "evidence|supporting evidence|evidence of completion|documents|attachments|supporting documents\
         |links",
    ),
    (Key::Priority, "priority|priority level|urgency"),
    (Key::Theme, "theme|themes|strand|workstream|work stream|category|area|pillar|topic|section|chapter"),
    (
        Key::Origin,
        "origin|source|report|inspection|inquiry|review|origin of recommendation|reporting body|from",
    ),
    (
        Key::Response,
        "management response|management comments|agreed response|response accepted|accepted|acceptance\
         |government response|decision|formal response",
    ),
    (Key::Mitigation, "mitigation|mitigations|risk|risks|risks and mitigation|barriers|issues|blockers"),
    (Key::Meaning, "meaning|definition|definitions|what it means|explanation|criteria|means"),
];

/// A heading as it is compared: in lower case, words only.
#[must_use]
pub fn plain(heading: &str) -> String {
    let words = heading.to_lowercase();
    let words: String =
        words.chars().map(|c| if c.is_alphanumeric() || c == '#' { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a heading means; nothing where it is not known.
pub(super) fn known(heading: &str) -> Option<Key> {
    let words = plain(heading);
    if words.is_empty() || words.split(' ').count() > 8 {
        return None;
    }
    if let Some(key) = of(&words) {
        return Some(key);
    }
    // What stands in brackets explains, and so does what follows a dash or a colon.
    let bare = heading.split(['(', '[', '–', ':']).next().map(plain).unwrap_or_default();
    match of(&bare).or_else(|| reported(heading)).or_else(|| like(&words)) {
        Some(Key::Update(_)) => Some(Key::Update(when(heading))),
        Some(Key::Rag(_)) => Some(Key::Rag(when(heading))),
        Some(Key::Status(_)) => Some(Key::Status(when(heading))),
        other => other,
    }
}

/// What words mean that are a known heading.
fn of(words: &str) -> Option<Key> {
    KNOWN.iter().find(|(_, names)| names.split('|').any(|name| name == words)).map(|(key, _)| key.clone())
}

/// Whether a column may be called so.
#[must_use]
pub fn is_heading(text: &str) -> bool {
    known(text).is_some()
}

/// Whether a heading is a known one itself, and does not only have the word of one in it.
pub(super) fn is_exact(heading: &str) -> bool {
    of(&plain(heading)).is_some()
}

/// What a heading means that says more than the word that it goes by: "HMICFRS recommendation", "Date due (revised)".
fn like(words: &str) -> Option<Key> {
    let has = |known: &[&str]| words.split(' ').any(|word| known.contains(&word));
    let last = words.rsplit(' ').next().unwrap_or_default();
    match () {
        // How long it is until then, how somebody is reached, what is still to be shown: none of it is what the other
        // word says. And a box to tick names the status itself.
        () if has(&["days", "weeks", "months"]) && has(&["deadline", "due", "target", "completion"])
            || has(&["email", "telephone", "phone"])
            || has(&["due", "next"]) && has(&["update", "progress", "review"])
            || has(&["measured", "measure", "measures", "monitored", "required", "needed"])
            || words == "in progress" =>
        {
            None
        }
        // "Progress RAG" is a rating; "RAG commentary" is none.
        () if ["rag", "brag"].contains(&last) => Some(Key::Rag(When::Now)),
        // When it was, not what.
        () if has(&["last", "next"]) && has(&["update", "updated", "review"]) => None,
        () if has(&["update", "updates", "progress", "commentary", "comment", "comments", "narrative"]) => {
            Some(Key::Update(When::Now))
        }
        () if has(&["rag", "brag"]) => Some(Key::Rag(When::Now)),
        () if has(&["status"]) => Some(Key::Status(When::Now)),
        () if has(&["owner", "owners", "recipient", "recipients"]) => Some(Key::Owner),
        () if last == "lead" => Some(Key::Lead),
        // What it was at first is the deadline; what it is now, beside that, is when it is expected.
        () if has(&["current", "revised", "new", "latest", "forecast", "expected", "anticipated"])
            && has(&["deadline", "due", "target", "completion"])
            && !has(&["status", "position"]) =>
        {
            Some(Key::Forecast)
        }
        () if has(&["deadline"]) || has(&["due", "target"]) && has(&["date", "by"]) => Some(Key::Deadline),
        () if has(&["original"]) && has(&["date", "completion"]) => Some(Key::Deadline),
        () if has(&["evidence"]) => Some(Key::Evidence),
        () if words.ends_with(" recommendation") || words.ends_with(" recommendation afi") => Some(Key::Text),
        () => None,
    }
}

/// What a heading that names a day reports: "Status at 30-Jun-22", "Update of 3 March 2025".
fn reported(heading: &str) -> Option<Key> {
    dates::all(heading).first()?;
    let words = plain(heading);
    let has = |known: &[&str]| words.split(' ').any(|word| known.contains(&word));
    match () {
        () if has(&["rag", "brag"]) => Some(Key::Rag(When::Now)),
        () if has(&["status"]) => Some(Key::Status(When::Now)),
        () if has(&["update", "progress", "position", "response", "commentary"]) => {
            Some(Key::Update(When::Now))
        }
        () => None,
    }
}

/// Whether a word is none that numbers go by: "cohort", and not "Recommendation" or "HMICFRS".
fn is_plain_word(word: &str) -> bool {
    const OF_NUMBERS: &str = "recommendation action item number annex part section finding";
    word.chars().count() > 3
        && word.chars().skip(1).all(char::is_lowercase)
        && !OF_NUMBERS.split(' ').any(|known| word.to_lowercase().starts_with(known))
}

/// Whether most cells that say something say nothing but a short number or reference.
pub(super) fn are_numbers<'c>(cells: impl Iterator<Item = &'c Cell>) -> bool {
    let texts: Vec<String> =
        cells.map(Cell::text).filter(|text| text.contains(char::is_alphanumeric)).collect();
    let short = |text: &&String| {
        let words = super::numbers::before_text(text).map_or("", |(_, skip)| &text[skip..]);
        text.chars().count() <= 16
            && text.contains(|c: char| c.is_ascii_digit())
            && text.split(' ').count() <= 3
            && !words.contains(char::is_alphabetic)
            && !text.split(' ').any(is_plain_word)
    };
    !texts.is_empty() && texts.iter().filter(short).count() * 10 >= texts.len() * 8
}

/// Whether most cells that say something say a word or two: an answer, not a report.
pub(super) fn are_words<'c>(cells: impl Iterator<Item = &'c Cell>) -> bool {
    let texts: Vec<String> =
        cells.map(Cell::text).filter(|text| text.contains(char::is_alphanumeric)).collect();
    !texts.is_empty()
        && texts.iter().filter(|text| text.split(' ').count() <= 4).count() * 10 >= texts.len() * 8
}

/// The key that somebody names on the command line: `update`, `custom.theatre`, `skip`.
#[must_use]
pub fn named(key: &str) -> Option<Key> {
    let key = key.trim().to_lowercase().replace(['-', ' '], "_");
    Some(match key.as_str() {
        "number" | "id" | "printed_id" => Key::Number,
        "text" | "recommendation" => Key::Text,
        "title" => Key::Title,
        "owner" | "owners" => Key::Owner,
        "lead" => Key::Lead,
        "update" => Key::Update(When::Now),
        "update.date" => Key::Reported,
        "parent" => Key::Parent,
        "rag" => Key::Rag(When::Now),
        "status" => Key::Status(When::Now),
        "deadline" => Key::Deadline,
        "forecast" => Key::Forecast,
        "issued" => Key::Issued,
        "closed" | "closure" => Key::Closed,
        "evidence" => Key::Evidence,
        "priority" => Key::Priority,
        "theme" => Key::Theme,
        "origin" => Key::Origin,
        "response" => Key::Response,
        "mitigation" => Key::Mitigation,
        "skip" | "" => Key::Skip,
        _ => Key::Custom(key.strip_prefix("custom.").filter(|name| !name.is_empty())?.to_owned()),
    })
}

/// The keys that [`named`] knows, for a message.
pub const NAMES: &[&str] = &[
    "number",
    "text",
    "title",
    "owner",
    "lead",
    "update",
    "update.date",
    "rag",
    "status",
    "deadline",
    "forecast",
    "issued",
    "closed",
    "evidence",
    "priority",
    "parent",
    "theme",
    "origin",
    "response",
    "mitigation",
    "custom.NAME",
    "skip",
];

impl Key {
    /// What it is called where it is told.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Number => "number".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Title => "title".to_owned(),
            Self::Owner => "owners".to_owned(),
            Self::Lead => "lead".to_owned(),
            Self::Update(when) => format!("update{}", when.told()),
            Self::Reported => "the day of the update".to_owned(),
            Self::Parent => "parent".to_owned(),
            Self::Rag(When::Now) => "rag".to_owned(),
            Self::Rag(when) => format!("rag of an update{}", when.told()),
            Self::Status(When::Now) => "status".to_owned(),
            Self::Status(when) => format!("status of an update{}", when.told()),
            Self::Deadline => "deadline".to_owned(),
            Self::Forecast => "forecast".to_owned(),
            Self::Issued => "issued".to_owned(),
            Self::Closed => "closure.on".to_owned(),
            Self::Evidence => "evidence".to_owned(),
            Self::Priority => "priority".to_owned(),
            Self::Theme => "theme".to_owned(),
            Self::Origin => "origin".to_owned(),
            Self::Response => "response".to_owned(),
            Self::Mitigation => "mitigation".to_owned(),
            Self::Meaning => "meaning".to_owned(),
            Self::Custom(name) => format!("custom.{name}"),
            Self::Skip => "left out".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_many_words() {
        let headings = [
            "RAG",
            "Rec.",
            "Recipient(s)",
            "Action taken:",
            "Status at 30-Jun-22",
            "Target date",
            "Ref #",
            "Owner / Lead",
            "Progress (March 2025)",
            "Update 27/03/25",
            "RAG (Q1 2025/26)",
            "RAG (Prev)",
            "Current RAG",
            "Q2 RAG",
            "Progress Aug 2026",
            "Quarter 1 Comment",
            "Force RAG status",
            "Revised due date",
            "Original due date",
            "Responsible Officer(s)",
            "Management response",
            "Theatre",
            "POSITION",
            "Recommendation No.",
            "Due",
        ];
        let told =
            headings.iter().map(|h| format!("{h}: {}\n", known(h).map_or("-".to_owned(), |key| key.name())));
        insta::assert_snapshot!(told.collect::<String>(), @"
        RAG: rag
        Rec.: text
        Recipient(s): owners
        Action taken:: update
        Status at 30-Jun-22: status of an update of 30 Jun 2022
        Target date: deadline
        Ref #: -
        Owner / Lead: owners
        Progress (March 2025): update for March 2025
        Update 27/03/25: update of 27 Mar 2025
        RAG (Q1 2025/26): rag of an update for Q1 2025/26
        RAG (Prev): rag of an update for Prev
        Current RAG: rag
        Q2 RAG: rag of an update for Q2
        Progress Aug 2026: update for Aug 2026
        Quarter 1 Comment: update for Quarter 1
        Force RAG status: rag
        Revised due date: forecast
        Original due date: deadline
        Responsible Officer(s): owners
        Management response: response
        Theatre: -
        POSITION: update
        Recommendation No.: number
        Due: deadline
        ");
    }
}
