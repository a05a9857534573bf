//! The words that a plan brings with it, and what they mean to the program.

use std::fmt;
use std::sync::Arc;

/// A word of a plan's vocabulary, or one that nobody registered.
///
/// Logic looks at what a known word means, never at the word.
#[derive(Debug)]
pub enum Word<T> {
    /// A registered word.
    Known {
        /// What plan.toml says of it.
        word: Arc<T>,
        /// How the file writes it, where that is not the registered name.
        written: Option<Box<str>>,
    },
    /// A word that plan.toml does not have.
    Unregistered(Box<str>),
}

/// What has a name in a plan's vocabulary.
pub trait Named {
    /// The registered name.
    fn name(&self) -> &str;
}

impl<T: Named> Word<T> {
    /// A word that has not been looked up.
    #[must_use]
    pub fn unresolved(text: &str) -> Self {
        Self::Unregistered(text.into())
    }

    /// The registered name; for a word that nobody registered, the word.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Known { word, .. } => word.name(),
            Self::Unregistered(text) => text,
        }
    }

    /// What plan.toml says of it.
    #[must_use]
    pub fn known(&self) -> Option<&Arc<T>> {
        match self {
            Self::Known { word, .. } => Some(word),
            Self::Unregistered(_) => None,
        }
    }

    /// How the file writes it.
    #[must_use]
    pub fn as_written(&self) -> &str {
        match self {
            Self::Known { written: Some(text), .. } | Self::Unregistered(text) => text,
            Self::Known { word, .. } => word.name(),
        }
    }
}

impl<T> Clone for Word<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Known { word, written } => Self::Known { word: Arc::clone(word), written: written.clone() },
            Self::Unregistered(text) => Self::Unregistered(text.clone()),
        }
    }
}

/// Two words are the same when they name the same thing, however they are written.
impl<T: Named> PartialEq for Word<T> {
    fn eq(&self, other: &Self) -> bool {
        self.known().is_some() == other.known().is_some() && self.name() == other.name()
    }
}

impl<T: Named> Eq for Word<T> {}

impl<T: Named> fmt::Display for Word<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Who can own a recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The name.
    pub name: String,
    /// Other spellings of it.
    pub aliases: Vec<String>,
    /// The collectives that it belongs to, by name.
    pub member_of: Vec<String>,
}

/// A level of the RAG scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RagLevel {
    /// The name.
    pub name: String,
    /// The colour in which it is shown.
    pub colour: Option<Colour>,
    /// What the body means by it.
    pub meaning: Option<String>,
    /// What it says of the deadline; none: nothing.
    pub outlook: Option<Outlook>,
}

/// A status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The name.
    pub name: String,
    /// What the body means by it.
    pub meaning: Option<String>,
    /// The phase in which it puts a recommendation: open, done or dropped.
    pub phase: Phase,
    /// What it says of the deadline; none: nothing.
    pub outlook: Option<Outlook>,
}

impl Named for Owner {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for RagLevel {
    fn name(&self) -> &str {
        &self.name
    }
}

impl RagLevel {
    /// The colour in which it is shown: its own; without one, that of its outlook.
    #[must_use]
    pub fn shown_colour(&self) -> Option<Colour> {
        let of_outlook = |outlook| match outlook {
            Outlook::Miss => Colour::Red,
            Outlook::AtRisk => Colour::Amber,
            Outlook::Meet | Outlook::Met => Colour::Green,
        };
        self.colour.or_else(|| self.outlook.map(of_outlook))
    }
}

impl Named for Status {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Owner {
    /// Whether `text` is its name or one of its aliases, in any case.
    #[must_use]
    pub fn answers_to(&self, text: &str) -> bool {
        std::iter::once(&self.name).chain(&self.aliases).any(|n| same_word(n, text))
    }
}

/// Whether two words are the same but for their case.
pub(crate) fn same_word(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase())
}

macro_rules! closed_words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// How it is written.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

closed_words! {
    /// What a word says of a recommendation's deadline.
    Outlook {
        /// It will not be done, or is unlikely to be, by its deadline.
        Miss = "miss",
        /// It may not be done by its deadline.
        AtRisk = "at-risk",
        /// It will be done, or is likely to be, by its deadline.
        Meet = "meet",
        /// It is done.
        Met = "met",
    }
}

closed_words! {
    /// How far a recommendation is.
    Phase {
        /// It is still to be done.
        Open = "open",
        /// It is done.
        Done = "done",
        /// It is no longer pursued.
        Dropped = "dropped",
        /// Another body reports it: no report is held here.
        Elsewhere = "elsewhere",
    }
}

closed_words! {
    /// Who may read something.
    Visibility {
        /// Only those who work with the plan.
        Internal = "internal",
        /// Everybody.
        Public = "public",
    }
}

impl Default for Visibility {
    /// What nobody marked as public is internal.
    fn default() -> Self {
        Self::Internal
    }
}

closed_words! {
    /// The colour of a RAG level.
    Colour {
        /// Red.
        Red = "red",
        /// Between red and amber.
        Orange = "orange",
        /// Amber.
        Amber = "amber",
        /// Yellow.
        Yellow = "yellow",
        /// Between amber and green.
        Lime = "lime",
        /// Green.
        Green = "green",
        /// Blue: often complete and assured.
        Blue = "blue",
        /// Purple.
        Purple = "purple",
        /// Grey: often not started.
        Grey = "grey",
        /// Black.
        Black = "black",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_shown_in_its_own_colour_whether_or_not_it_has_an_outlook() {
        let shown =
            |colour, outlook| RagLevel { name: String::new(), colour, meaning: None, outlook }.shown_colour();
        assert_eq!(shown(Some(Colour::Blue), None), Some(Colour::Blue));
        assert_eq!(shown(Some(Colour::Blue), Some(Outlook::Met)), Some(Colour::Blue));
        assert_eq!(shown(None, Some(Outlook::AtRisk)), Some(Colour::Amber));
        assert_eq!(shown(None, None), None);
    }
}
