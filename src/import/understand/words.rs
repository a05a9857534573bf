//! The words of RAG and status: those that the document defines, those that its rows use, and what they mean where
//! that is certain.

use super::{colours, dates};
use crate::import::document::Rgb;
use crate::model::{Colour, Outlook, Phase, same_word};
use std::collections::BTreeMap;

/// A RAG level of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelFound {
    /// The word.
    pub name: String,
    /// The colour in which it is shown.
    pub colour: Option<Colour>,
    /// What the document says that it means.
    pub meaning: Option<String>,
    /// What it says of the deadline, where that is certain.
    pub outlook: Option<Outlook>,
}

/// A status of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusFound {
    /// The word.
    pub name: String,
    /// What the document says that it means.
    pub meaning: Option<String>,
    /// How far a recommendation is with it; none where nobody can tell.
    pub phase: Option<Phase>,
    /// What it says of the deadline, where that is certain.
    pub outlook: Option<Outlook>,
}

/// The words of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) levels: Vec<LevelFound>,
    pub(super) statuses: Vec<StatusFound>,
    /// The levels whose colour the document shows beside their definition.
    shown: BTreeMap<Rgb, String>,
    /// Letters that were taken for a level without a definition, and may mean something else: P is Purple, or pending.
    pub(super) lettered: BTreeMap<String, String>,
}

/// A word of a scale as most write it, with its colour.
const LEVELS: &[(&str, Colour, &str)] = &[
    ("Red", Colour::Red, "red|r"),
    ("Amber/Red", Colour::Orange, "amber/red|red/amber|amber-red|red-amber|a/r|r/a|ar"),
    ("Orange", Colour::Orange, "orange"),
    ("Amber", Colour::Amber, "amber|a"),
    ("Yellow", Colour::Yellow, "yellow|y"),
    ("Amber/Green", Colour::Lime, "amber/green|green/amber|amber-green|green-amber|a/g|g/a|ag"),
    ("Green", Colour::Green, "green|g"),
    ("Blue", Colour::Blue, "blue|b"),
    ("Purple", Colour::Purple, "purple|p"),
    ("Grey", Colour::Grey, "grey|gray"),
    ("Black", Colour::Black, "black"),
];

/// Statuses that every body means the same by.
const STATUSES: &[(Phase, Option<Outlook>, &str)] = &[
    (
        Phase::Done,
        Some(Outlook::Met),
        "complete|completed|implemented|fully implemented|delivered|done|achieved|discharged\
         |closed - complete|closed - completed|complete - closed|closed (complete)\
         |closed complete|action complete|recommendation complete|met",
    ),
    (
        Phase::Dropped,
        None,
        "rejected|not accepted|withdrawn|superseded|no longer applicable|not applicable\
         |discontinued|cancelled|abandoned|not being progressed|not progressing",
    ),
    (Phase::Open, Some(Outlook::Meet), "on track|on target|on schedule"),
    (Phase::Open, Some(Outlook::AtRisk), "at risk"),
    (Phase::Open, Some(Outlook::Miss), "off track"),
    (
        Phase::Open,
        None,
        "open|ongoing|in progress|started|in hand|underway|under way|not started|not yet started\
         |pending|planned|to start|partially complete|partially implemented|part complete\
         |part implemented|partly implemented|delayed|limited progress|on hold|paused|outstanding\
         |active|accepted|overdue|behind schedule|under review|awaiting",
    ),
];

impl Words {
    /// A level that the document defines; `colour` is that of the cell in which it stands. Whether all that is said of it
    /// is kept: it may be defined twice.
    pub(super) fn define_level(&mut self, word: &str, meaning: &str, colour: Option<Rgb>) -> bool {
        let name = sign_level(word).map_or_else(|| level_name(word, colour), str::to_owned);
        if name.is_empty() || self.level(&name).is_some() {
            return self.level(&name).is_none_or(|level| level.meaning == said(meaning));
        }
        let outlook = outlook_of(meaning);
        let shade = known_level(&name).or_else(|| colours::of(colour?));
        if let Some(colour) = colour {
            self.shown.entry(colour).or_insert_with(|| name.clone());
        }
        self.levels.push(LevelFound { name, colour: shade, meaning: said(meaning), outlook });
        true
    }

    /// A status that the document defines; whether all that is said of it is kept: it may be defined twice.
    pub(super) fn define_status(&mut self, word: &str, meaning: &str) -> bool {
        if word.is_empty() || self.status(word).is_some() {
            return self.status(word).is_none_or(|status| status.meaning == said(meaning));
        }
        let known = known_status(word);
        let outlook = outlook_of(meaning);
        let is_dropped = says(meaning, DROPPED);
        let phase = match outlook {
            _ if is_dropped => Some(Phase::Dropped),
            Some(Outlook::Met) => Some(Phase::Done),
            Some(_) => Some(Phase::Open),
            None => known.map(|(phase, _)| phase).or_else(|| said(meaning).map(|_| Phase::Open)),
        };
        let outlook = if is_dropped { Some(Outlook::Miss) } else { outlook };
        let outlook = outlook.or_else(|| known.and_then(|(_, outlook)| outlook));
        self.statuses.push(StatusFound { name: word.to_owned(), meaning: said(meaning), phase, outlook });
        true
    }

    /// The level of a RAG cell: its words first, then its colour; none where it has neither. The second is what the
    /// words say besides.
    pub(super) fn use_level(&mut self, text: &str, colour: Option<Rgb>) -> Option<(String, Option<String>)> {
        let text = text.trim();
        let signed = sign_level(text);
        if text.contains(char::is_alphanumeric) || signed.is_some() {
            let words = text.trim_matches(|c: char| !c.is_alphanumeric() && !"()[]".contains(c));
            let (word, rest) = match signed {
                // Beside a sign that is a colour only a word that is a level says more.
                Some(name) if !self.is_word(words) => (name.to_owned(), besides(text, name)),
                // A sign of another colour is kept beside the word, for somebody to look at.
                Some(name) => {
                    let (word, rest) = self.level_word(words)?;
                    let other = text.chars().find(|c| is_sign(*c)).filter(|_| !same_word(&word, name));
                    (word, rest.or(other.map(String::from)))
                }
                None => self.level_word(words)?,
            };
            self.letter(words, &word);
            if self.level(&word).is_none() {
                let colour = known_level(&word);
                // Without a definition the colours mean what they mean almost everywhere.
                let outlook = colour.and_then(usual);
                self.levels.push(LevelFound { name: word.clone(), colour, meaning: None, outlook });
            }
            return Some((word, rest));
        }
        let rgb = colour?;
        if let Some(name) = self.shown.get(&rgb) {
            return Some((name.clone(), None));
        }
        let colour = colours::of(rgb)?;
        let known = |level: &&LevelFound| level.colour == Some(colour);
        if let Some(level) = self.levels.iter().find(known) {
            return Some((level.name.clone(), None));
        }
        let (name, ..) = LEVELS.iter().find(|(_, other, _)| *other == colour)?;
        let outlook = usual(colour);
        self.levels.push(LevelFound {
            name: (*name).to_owned(),
            colour: Some(colour),
            meaning: None,
            outlook,
        });
        Some(((*name).to_owned(), None))
    }

    /// Whether a RAG cell begins with the word of a level that is known.
    fn is_word(&self, text: &str) -> bool {
        let is_one = |text: &str| self.level(text).is_some() || is_level(text);
        is_one(text) || first_word(text).is_some_and(|(word, _)| is_one(word))
    }

    /// The word of a level that a RAG cell begins with, and the rest; none where it begins with none.
    fn level_word(&self, text: &str) -> Option<(String, Option<String>)> {
        if let Some(level) = self.level(text) {
            return Some((level.name.clone(), None));
        }
        let name = level_name(text, None);
        if known_level(&name).is_some() {
            return Some((self.level(&name).map_or(name, |level| level.name.clone()), None));
        }
        if let Some((word, rest)) = first_word(text) {
            let name = level_name(word, None);
            let level = self.level(&name).map(|level| level.name.clone());
            if let Some(name) = level.or(known_level(&name).map(|_| name)) {
                return Some((name, Some(rest.to_owned())));
            }
        }
        // A word that nobody knows is one of the plan's all the same; a sentence is none.
        let is_word = text.split_whitespace().count() <= 3
            && text.chars().count() <= 24
            && !text.contains([';', ':', '.', '!']);
        is_word.then(|| (text.split_whitespace().collect::<Vec<_>>().join(" "), None))
    }

    /// The status of a cell, and what the cell says besides; none where what it says is a report and no word.
    pub(super) fn use_status(&mut self, text: &str) -> Option<(String, Option<String>)> {
        /// No body has more words for how something stands: beyond, they are reports.
        const MOST: usize = 100;
        let text = text.trim();
        if let Some(status) = self.status(text) {
            return Some((status.name.clone(), None));
        }
        let known = |text: &str| self.status(text).is_some() || known_status(text).is_some();
        if !known(text) {
            // "Complete (12/05/2026)". With anything else behind it the word may mean something else: "Complete - to
            // be checked".
            if let Some((word, rest)) = first_word(text)
                && let day = rest.trim_matches(['(', ')', ' '])
                && known(word)
                && dates::whole(day).is_some()
            {
                let (name, _) = self.use_status(word)?;
                return Some((name, Some(day.to_owned())));
            }
            let is_report = text.split_whitespace().count() > 6 || text.chars().count() > 48;
            if is_report || self.statuses.len() >= MOST {
                return None;
            }
        }
        let found = known_status(text);
        self.statuses.push(StatusFound {
            name: text.to_owned(),
            meaning: None,
            phase: found.map(|(phase, _)| phase),
            outlook: found.and_then(|(_, outlook)| outlook),
        });
        Some((text.to_owned(), None))
    }

    /// Keeps in mind that a letter was read as a level: everybody means the same by R, A and G, and by no other.
    fn letter(&mut self, written: &str, level: &str) {
        let is_one = written.len() == 1 && !"RAGrag".contains(written) && !same_word(written, level);
        if is_one && self.level(level).is_none_or(|level| level.meaning.is_none()) {
            self.lettered.insert(written.to_uppercase(), level.to_owned());
        }
    }

    /// How far a recommendation is with a status; none where nobody can tell.
    pub(super) fn phase(&self, status: &str) -> Option<Phase> {
        self.status(status).and_then(|status| status.phase)
    }

    fn level(&self, word: &str) -> Option<&LevelFound> {
        self.levels.iter().find(|level| same_word(&level.name, word))
    }

    fn status(&self, word: &str) -> Option<&StatusFound> {
        self.statuses.iter().find(|status| same_word(&status.name, word))
    }

    /// Puts the levels into the order of a scale, where the document defines none.
    pub(super) fn settle(&mut self) {
        if self.levels.iter().all(|level| level.meaning.is_none()) {
            let place = |level: &LevelFound| {
                LEVELS.iter().position(|(_, colour, _)| Some(*colour) == level.colour).unwrap_or(LEVELS.len())
            };
            self.levels.sort_by_key(place);
        }
    }
}

/// Signs that are a colour and nothing else.
const SIGNS: &[(&str, &str)] = &[
    ("Red", "🔴🟥"),
    ("Amber", "🟠🟧"),
    ("Yellow", "🟡🟨"),
    ("Green", "🟢🟩"),
    ("Blue", "🔵🟦"),
    ("Purple", "🟣🟪"),
    ("Black", "⚫⬛"),
];

/// Signs that say something, and not in a way that is certain.
const MARKS: &str = "⚪⬜●○■□▲▼◆★✔✓☑✅✗✘❌☒✖";

/// Whether a character is a sign that somebody rates or ticks with.
pub(super) fn is_sign(c: char) -> bool {
    MARKS.contains(c) || SIGNS.iter().any(|(_, signs)| signs.contains(c))
}

/// The level that the colour of a sign is.
fn sign_level(text: &str) -> Option<&'static str> {
    let first = text.chars().find(|c| is_sign(*c))?;
    SIGNS.iter().find(|(_, signs)| signs.contains(first)).map(|(name, _)| *name)
}

/// What a cell says besides the sign of this level.
fn besides(text: &str, level: &str) -> Option<String> {
    let own = SIGNS.iter().find(|(name, _)| *name == level).map_or("", |(_, signs)| signs);
    let at = text.find(|c| own.contains(c))?;
    let rest: String =
        text.char_indices().filter(|(n, c)| *n != at && *c != '\u{fe0f}').map(|(_, c)| c).collect();
    let rest = rest.trim().trim_start_matches(['-', '–', ':', ' ']);
    let says = |c: char| c.is_alphanumeric() || is_sign(c);
    rest.contains(says).then(|| rest.to_owned())
}

/// Whether a word is one of a RAG scale.
pub(super) fn is_level(text: &str) -> bool {
    known_level(text).is_some()
}

/// Whether a word is a status that is known.
pub(super) fn is_status(text: &str) -> bool {
    known_status(text).is_some()
}

fn known_level(text: &str) -> Option<Colour> {
    let plain = text.trim().to_lowercase().replace(' ', "");
    LEVELS.iter().find(|(.., words)| is_one(words, &plain)).map(|(_, colour, _)| *colour)
}

/// A level's word as a scale has it: RED and R are Red. The cell's colour says whether a letter is one.
fn level_name(text: &str, colour: Option<Rgb>) -> String {
    let text = text.trim().trim_end_matches([':', '.']).trim();
    let plain = text.to_lowercase().replace(' ', "");
    let known = LEVELS.iter().find(|(.., words)| is_one(words, &plain));
    match known {
        Some((name, ..)) => (*name).to_owned(),
        None if text.is_empty() => {
            let colour = colour.and_then(colours::of);
            let known = LEVELS.iter().find(|(_, other, _)| Some(*other) == colour);
            known.map(|(name, ..)| (*name).to_owned()).unwrap_or_default()
        }
        None => text.to_owned(),
    }
}

/// What a colour says where nothing else is said of it.
fn usual(colour: Colour) -> Option<Outlook> {
    match colour {
        Colour::Red => Some(Outlook::Miss),
        Colour::Orange | Colour::Amber | Colour::Yellow => Some(Outlook::AtRisk),
        Colour::Lime | Colour::Green => Some(Outlook::Meet),
        Colour::Blue | Colour::Purple | Colour::Grey | Colour::Black => None,
    }
}

fn known_status(text: &str) -> Option<(Phase, Option<Outlook>)> {
    let plain = text.trim().trim_end_matches('.').to_lowercase().replace('–', "-");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    STATUSES.iter().find(|(.., words)| is_one(words, &plain)).map(|(phase, outlook, _)| (*phase, *outlook))
}

/// The words before a dash, a colon or a bracket, and the rest.
fn first_word(text: &str) -> Option<(&str, &str)> {
    let at = [" - ", " – ", " — ", ": ", " (", "; ", ", ", ". ", "\n"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min()?;
    let rest = text[at..].trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | ';' | ',' | '.')
    });
    (!rest.is_empty()).then(|| (text[..at].trim(), rest))
}

fn said(meaning: &str) -> Option<String> {
    let text = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
    text.contains(char::is_alphanumeric).then_some(text)
}

const DROPPED: &str = "not being progressed|not being taken forward|no longer being|no longer pursued\
     |no longer required|not being pursued|will not be taken forward|withdrawn|superseded|rejected";
/// Words that turn what is said into another thing.
const TURNS: &str = " not |n't |n’t | never | no longer | yet | should have | partly | partially | except | other than | unless ";
const MISS: &str = "will not be|unlikely|not likely|will not meet|will miss|incomplete delivery|not be achieved\
     |cannot be delivered|will not happen|not be met|off track";
const AT_RISK: &str = "at risk|may not|might not|some concern|risk of|risks to|in doubt";
const MET: &str = "already been implemented|been implemented in full|fully implemented|been delivered\
     |been completed|is complete|has been achieved|been fully|delivered.|completed in full\
     |has been implemented";
const MEET: &str = "likely to be|on track|on schedule|on target|on course|will be implemented|will be completed\
     |will be delivered|will be, |will happen|completed on time|expected to be completed";

/// What a definition says of the deadline; nothing where it is not certain.
fn outlook_of(meaning: &str) -> Option<Outlook> {
    // "Not yet implemented in full" has all the words of what is.
    let is_turned = says(meaning, TURNS);
    match () {
        () if says(meaning, MISS) => Some(Outlook::Miss),
        () if is_turned => None,
        () if says(meaning, AT_RISK) => Some(Outlook::AtRisk),
        () if says(meaning, MET) => Some(Outlook::Met),
        () if says(meaning, MEET) => Some(Outlook::Meet),
        () => None,
    }
}

/// Whether a word is one of several, which are set off by bars.
fn is_one(words: &str, word: &str) -> bool {
    words.split('|').any(|known| known == word)
}

/// Whether a meaning has one of several phrases, which are set off by bars.
fn says(meaning: &str, words: &str) -> bool {
    let plain = meaning.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let plain = format!(" {plain} ");
    words.split('|').any(|words| plain.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_say_what_is_certain() {
        let mut words = Words::default();
        let amber = Rgb::of_hex("FFC000");
        words.define_level(
            "RED",
            "Will not be, or is unlikely to be, implemented in full by its deadline",
            None,
        );
        words.define_level(
            "AMBER",
            "Will be, or is likely to be, implemented in full by the deadline.",
            amber,
        );
        words.define_level("GREEN", "Has already been implemented in full.", None);
        words.define_level("B", "Evidence was seen.", None);
        for (word, meaning) in [
            ("Under Review", "Blockers are likely to result in incomplete delivery."),
            ("Delayed", "Start dates were missed or pushed back."),
            ("On Track", "On track for completion on time."),
            ("Complete", "Has been delivered."),
            ("Closed", "Is not being progressed."),
            ("Parked", ""),
            ("Overdue", "Should have been completed by now."),
            ("Partial", "Has not been fully implemented."),
            ("Drifting", "Work is not on track."),
        ] {
            words.define_status(word, meaning);
        }
        assert_eq!(words.use_level("amber", None), Some(("Amber".to_owned(), None)));
        assert_eq!(words.use_level("", amber), Some(("Amber".to_owned(), None)));
        assert_eq!(words.use_level("", Rgb::of_hex("C6EFCE")), Some(("Green".to_owned(), None)));
        assert_eq!(
            words.use_level("Red – slipped", amber),
            Some(("Red".to_owned(), Some("slipped".to_owned())))
        );
        assert_eq!(words.use_level("🔴", None), Some(("Red".to_owned(), None)));
        assert_eq!(words.use_level("🟠 Amber", None), Some(("Amber".to_owned(), None)));
        let slipping = Some("Slipping".to_owned());
        assert_eq!(words.use_level("🟠 Slipping", None), Some(("Amber".to_owned(), slipping)));
        assert_eq!(words.use_level("🟢🟠", None), Some(("Green".to_owned(), Some("🟠".to_owned()))));
        assert_eq!(words.use_level("Green 🔴", None), Some(("Green".to_owned(), Some("🔴".to_owned()))));
        assert_eq!(words.use_level("RED ↓", None), Some(("Red".to_owned(), None)));
        assert_eq!(words.use_level("N/A", None), Some(("N/A".to_owned(), None)));
        assert_eq!(words.use_level("see what the board said", None), None);
        assert_eq!(words.use_status("COMPLETE"), Some(("Complete".to_owned(), None)));
        let day = Some("12/05/2026".to_owned());
        assert_eq!(words.use_status("Complete (12/05/2026)"), Some(("Complete".to_owned(), day)));
        let unsure = "Complete - to be checked";
        assert_eq!(words.use_status(unsure), Some((unsure.to_owned(), None)));
        assert_eq!(words.use_status("Nearly there"), Some(("Nearly there".to_owned(), None)));
        assert_eq!(words.use_status("The policy was written and is with the board"), None);
        let levels = words.levels.iter().map(|l| format!("{} {:?} {:?}\n", l.name, l.colour, l.outlook));
        insta::assert_snapshot!(levels.collect::<String>(), @"
        Red Some(Red) Some(Miss)
        Amber Some(Amber) Some(Meet)
        Green Some(Green) Some(Met)
        Blue Some(Blue) None
        N/A None None
        ");
        let statuses = words.statuses.iter().map(|s| format!("{} {:?} {:?}\n", s.name, s.phase, s.outlook));
        insta::assert_snapshot!(statuses.collect::<String>(), @"
        Under Review Some(Open) Some(Miss)
        Delayed Some(Open) None
        On Track Some(Open) Some(Meet)
        Complete Some(Done) Some(Met)
        Closed Some(Dropped) Some(Miss)
        Parked None None
        Overdue Some(Open) None
        Partial Some(Open) None
        Drifting Some(Open) None
        Complete - to be checked None None
        Nearly there None None
        ");
    }
}
