//! Bars of RAG: as it is reported, and as dates and statuses imply.

use super::super::chart::{self, Part};
use super::super::html::Html;
use super::super::words;
use crate::query::{By, Label};
use crate::report::Chapter;
use crate::summary::Summary;

/// How two bars above each other are to be read.
pub(super) const BARS: &str =
    "Bars show RAG: above as reported; below, hatched, as dates and statuses imply.";

/// Whether there is a RAG to draw, reported or implied: a bar of what is not rated says nothing.
pub(super) fn is_rated(s: &Summary) -> bool {
    s.rag.iter().chain(&s.implied_rag).any(|(label, n)| *n > 0 && label.name().is_some())
}

/// A bar of the reported RAG and, below it, of the implied.
pub(super) fn bars(s: &Summary, by: By, chapter: Option<&Chapter>, most: usize) -> Html {
    let plan = chapter.map(|c| &c.plan);
    let part = |hatched: bool| {
        move |(label, size): (&Label, &usize)| {
            let class = words::counted(label, by, plan);
            Part {
                size: *size,
                class: if hatched && label.name().is_some() { format!("{class} implied") } else { class },
            }
        }
    };
    let reported: Vec<Part> = s.rag.iter().map(part(false)).collect();
    let implied: Vec<Part> = s.implied_rag.iter().map(part(true)).collect();
    chart::bar(&reported, most, 9).and(&chart::bar(&implied, most, 5))
}
