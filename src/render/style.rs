//! Colours: few, from the terminal's own sixteen, so that they can be read on light and dark.

use crate::diagnostic::Severity;
use crate::model::{Colour, RagLevel, Word};
use anstyle::{AnsiColor, Style};

/// What a piece of text says, from which its colour follows. Colour is never the only sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    #[default]
    Plain,
    /// What matters less.
    Quiet,
    /// What stands out.
    Strong,
    /// What is wrong or late.
    Bad,
    /// What is about to be.
    Warn,
    /// What is well.
    Good,
    /// A RAG level's own colour.
    Rag(Colour),
    /// A RAG level that nobody reported.
    Implied(Colour),
}

impl Tone {
    /// The tone of a reported RAG.
    #[must_use]
    pub fn of_rag(rag: &Word<RagLevel>) -> Self {
        rag.known().and_then(|level| level.shown_colour()).map_or(Self::Strong, Self::Rag)
    }

    /// The tone of a RAG that dates and status imply.
    #[must_use]
    pub fn of_implied(level: &RagLevel) -> Self {
        level.shown_colour().map_or(Self::Quiet, Self::Implied)
    }

    /// The tone of a finding.
    #[must_use]
    pub fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Bad,
            Severity::Warning => Self::Warn,
            Severity::Note => Self::Quiet,
        }
    }

    /// As a terminal style.
    #[must_use]
    pub fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Quiet => Style::new().dimmed(),
            Self::Strong => Style::new().bold(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Warn => AnsiColor::Yellow.on_default(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Rag(colour) => ansi(colour).map_or(Style::new().bold(), |c| c.on_default().bold()),
            Self::Implied(colour) => ansi(colour).map_or(Style::new(), AnsiColor::on_default).italic(),
        }
    }

    /// The text in this tone.
    #[must_use]
    pub fn paint(self, text: &str, colour: bool) -> String {
        if !colour || self == Self::Plain {
            return text.to_owned();
        }
        let style = self.style();
        format!("{style}{text}{style:#}")
    }
}

/// The nearest of the terminal's sixteen colours. Black would not show on dark: it is bold alone.
fn ansi(colour: Colour) -> Option<AnsiColor> {
    Some(match colour {
        Colour::Red => AnsiColor::Red,
        Colour::Orange => AnsiColor::BrightRed,
        Colour::Amber | Colour::Yellow => AnsiColor::Yellow,
        Colour::Lime => AnsiColor::BrightGreen,
        Colour::Green => AnsiColor::Green,
        Colour::Blue => AnsiColor::Blue,
        Colour::Purple => AnsiColor::Magenta,
        Colour::Grey => AnsiColor::BrightBlack,
        Colour::Black => return None,
    })
}
