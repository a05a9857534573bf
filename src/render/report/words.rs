//! How a page names what it counts, and with what it is drawn.

use crate::model::{Colour, Plan, RagLevel, Word};
use crate::query::{By, Label, NOT_RATED, NOT_REPORTED};

/// How a RAG level is called, of a plan by its own word, of several by what it means.
pub(super) fn rag_name(label: &Label, by: By) -> String {
    match (label.name(), by) {
        (None, _) => NOT_RATED.to_owned(),
        (Some("miss"), By::Meanings) => "Will miss".to_owned(),
        (Some("at-risk"), By::Meanings) => "At risk".to_owned(),
        (Some("meet"), By::Meanings) => "Will meet".to_owned(),
        (Some("met"), By::Meanings) => "Met".to_owned(),
        (Some(name), _) => super::prose::line(name),
    }
}

/// How a status is called.
pub(super) fn status_name(label: &Label) -> String {
    label.name().map_or_else(|| NOT_REPORTED.to_owned(), super::prose::line)
}

/// The class with which a colour is drawn.
fn class(colour: Option<Colour>) -> &'static str {
    match colour {
        Some(Colour::Red) => "c-red",
        Some(Colour::Orange) => "c-orange",
        Some(Colour::Amber) => "c-amber",
        Some(Colour::Yellow) => "c-yellow",
        Some(Colour::Lime) => "c-lime",
        Some(Colour::Green) => "c-green",
        Some(Colour::Blue) => "c-blue",
        Some(Colour::Purple) => "c-purple",
        Some(Colour::Grey) => "c-grey",
        Some(Colour::Black) => "c-black",
        None => "c-plain",
    }
}

/// The colours, as the end of a class.
pub(super) const HATCHED: [&str; 11] =
    ["red", "orange", "amber", "yellow", "lime", "green", "blue", "purple", "grey", "black", "plain"];

/// What is drawn of a RAG that nobody reported.
pub(super) const BLANK: &str = "c-blank";

/// The class of a reported level.
pub(super) fn reported(word: &Word<RagLevel>) -> String {
    word.known().map_or(class(None), |level| class(level.shown_colour())).to_owned()
}

/// The classes of a level that dates and status imply.
pub(super) fn implied(level: &RagLevel) -> String {
    format!("{} implied", class(level.shown_colour()))
}

/// The class of a level that is counted: of one plan its own colour, of several that of what it means.
pub(super) fn counted(label: &Label, by: By, plan: Option<&Plan>) -> String {
    let Some(name) = label.name() else { return BLANK.to_owned() };
    let colour = match by {
        By::Meanings => match name {
            "miss" => Some(Colour::Red),
            "at-risk" => Some(Colour::Amber),
            "meet" => Some(Colour::Lime),
            "met" => Some(Colour::Green),
            _ => None,
        },
        By::Words => {
            let levels = plan.map(|plan| plan.head.rags.as_slice()).unwrap_or_default();
            levels.iter().find(|level| level.name == name).and_then(|level| level.shown_colour())
        }
    };
    class(colour).to_owned()
}
