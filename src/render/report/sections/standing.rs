//! How everything stands, in figures; and several plans beside one another.

use super::super::Book;
use super::super::part::{Cell, Figure, Head, Kind, Row, Section, Table};
use super::super::words;
use super::bars::{BARS, bars, is_rated};
use crate::model::Phase;
use crate::query::{By, Label, NOT_RATED};
use crate::report::{Audience, Chapter, Counted, is_silent};
use crate::summary::Summary;
use crate::wording::{count, thousands};

/// How everything stands, in a sentence.
pub(in crate::render::report) fn headline(s: &Summary, audience: Audience) -> String {
    match audience {
        _ if s.total == 0 && s.parts > 0 => {
            format!("Nothing is shown but {} of recommendations.", count(s.parts, "part", "parts"))
        }
        _ if s.total == 0 => "There is no recommendation to show.".to_owned(),
        Audience::Public if s.total == 1 && s.done == 1 => {
            "The one recommendation is reported as done.".to_owned()
        }
        Audience::Public if s.total == 1 => "The one recommendation is not reported as done.".to_owned(),
        Audience::Public if s.done == s.total => "Every recommendation is reported as done.".to_owned(),
        Audience::Public => {
            let is = if s.done == 1 { "is" } else { "are" };
            format!("{} of {} recommendations {is} reported as done.", thousands(s.done), thousands(s.total))
        }
        Audience::Internal if s.open == 1 && s.overdue == 1 => {
            "The one open recommendation is overdue.".to_owned()
        }
        Audience::Internal if s.overdue > 0 => {
            let is = if s.overdue == 1 { "is" } else { "are" };
            format!(
                "{} of {} {is} overdue.",
                thousands(s.overdue),
                count(s.open, "open recommendation", "open recommendations")
            )
        }
        Audience::Internal if s.open == 1 => "The one open recommendation is not overdue.".to_owned(),
        Audience::Internal if s.open > 0 => {
            format!("None of {} is overdue.", count(s.open, "open recommendation", "open recommendations"))
        }
        Audience::Internal => "No recommendation is open.".to_owned(),
    }
}

/// How everything stands.
pub(in crate::render::report) fn standing(
    book: &Book<'_>,
    counted: &Counted,
    chapters: &[Chapter],
    id: String,
) -> Section {
    let s = &counted.summary;
    let mut section = Section { id, heading: "Where it stands".to_owned(), ..Section::default() };
    section.said.push(headline(s, book.page.audience));
    let mut add = |name: &str, value: usize, aside: Option<String>, is_bad: bool, is_large: bool| {
        let is_bad = is_bad && value > 0;
        section.figures.push(Figure { name: name.to_owned(), value, aside, is_bad, is_large });
    };
    if !book.is_internal() {
        let Told { open, passed, silent } = Told::of(chapters);
        add("Recommendations", s.total, None, false, true);
        add("Reported as done", s.done, None, false, true);
        if s.dropped > 0 {
            add("No longer pursued", s.dropped, None, false, true);
        }
        let passed = (passed > 0).then(|| format!("{} past the deadline", thousands(passed)));
        if open > 0 || silent == 0 {
            add("Reported as open", open, passed, false, true);
        }
        if silent > 0 {
            add("Nothing reported here", silent, None, false, true);
            section.note = Some(
                "Nothing reported here means that this page holds no report of it. Others may answer for it, or report it in another place."
                    .to_owned(),
            );
        }
        if s.parts > 0 {
            let aside = "of the recommendations; not in the counts".to_owned();
            section.figures.push(Figure {
                name: "Parts".to_owned(),
                value: s.parts,
                aside: Some(aside),
                is_bad: false,
                is_large: false,
            });
        }
        return section;
    }
    let policy = chapters.first().map(|c| c.plan.head.policy);
    let policy = policy.filter(|policy| chapters.iter().all(|c| c.plan.head.policy == *policy));
    let soon = policy.map(|policy| format!("within {} days", policy.due_soon_days));
    let stale = policy.map(|policy| format!("no update for {} days", policy.stale_after_days));
    add("Recommendations", s.total, None, false, true);
    add("Open", s.open, None, false, true);
    add("Overdue", s.overdue, None, true, true);
    add("Due soon", s.due_soon, soon, false, true);
    add("Done", s.done, None, false, true);
    if s.dropped > 0 {
        add("No longer pursued", s.dropped, None, false, true);
    }
    if s.elsewhere > 0 {
        add("Held elsewhere", s.elsewhere, Some("no report held".to_owned()), false, true);
    }
    add("Milestones missed", s.milestones_missed, None, true, false);
    add("Undated deadline", s.undated, None, false, false);
    add("No deadline", s.no_deadline, None, false, false);
    add(NOT_RATED, s.rag.get(&Label::Blank).copied().unwrap_or(0), None, false, false);
    add("Stale", s.stale, stale, false, false);
    add("Never updated", s.never_updated, None, false, false);
    add("Updates undated", s.updates_undated, None, false, false);
    if s.parts > 0 {
        let aside = format!(
            "{} open, {} overdue; not in the counts",
            thousands(s.parts_open),
            thousands(s.parts_overdue)
        );
        add("Parts", s.parts, Some(aside), false, false);
    }
    section
}

/// What the public is told of what is open. What nothing is reported of may be done, or another's to do: it is counted
/// apart, and as nothing else.
struct Told {
    open: usize,
    /// Of these, past the deadline.
    passed: usize,
    silent: usize,
}

impl Told {
    fn of(chapters: &[Chapter]) -> Self {
        let whole = chapters.iter().flat_map(Chapter::entries).filter(|(r, _)| r.parent.is_none());
        let open = whole.filter(|(_, standing)| standing.phase == Phase::Open);
        let (silent, told): (Vec<_>, Vec<_>) = open.partition(|(r, _)| is_silent(r));
        let passed = told.iter().filter(|(_, standing)| standing.overdue()).count();
        Self { open: told.len(), passed, silent: silent.len() }
    }
}

/// The plans beside one another.
pub(in crate::render::report) fn comparison(book: &Book<'_>) -> Section {
    let page = book.page;
    let internal = book.is_internal();
    let most = page.chapters.iter().map(|c| c.counts.summary.total).max().unwrap_or(0);
    let used: Vec<&Label> =
        page.counts.summary.rag.iter().filter(|(_, n)| **n > 0).map(|(label, _)| label).collect();
    let is_rated = internal && is_rated(&page.counts.summary);
    let mut heads = vec![Head::text("Plan")];
    if is_rated {
        heads.push(Head::text("RAG"));
    }
    heads.push(Head::number("Total"));
    heads.push(Head::number(if internal { "Open" } else { "Reported as open" }));
    if internal {
        heads.extend(["Overdue", "Due soon"].map(Head::number));
    }
    heads.push(Head::number("Done"));
    let has_dropped = page.counts.summary.dropped > 0;
    heads.extend(has_dropped.then(|| Head::number("No longer pursued")));
    if !internal {
        heads.push(Head::number("Nothing reported here"));
    }
    if internal {
        heads.push(Head::number("Elsewhere"));
        heads.extend(used.iter().map(|label| Head {
            swatch: Some(words::counted(label, By::Meanings, None)),
            ..Head::number(&words::rag_name(label, By::Meanings))
        }));
    }
    let row = |(n, chapter): (usize, &Chapter)| {
        let counted = chapter.by_meaning();
        let s = &counted.summary;
        let mut cells = vec![Cell::text(book.name(n)).link(&book.chapter_anchor(n))];
        if is_rated {
            cells.push(Cell { bar: Some(bars(s, By::Meanings, None, most)), ..Cell::default() });
        }
        let told = Told::of(std::slice::from_ref(chapter));
        cells.extend([s.total, if internal { s.open } else { told.open }].map(Cell::number));
        if internal {
            cells.push(Cell::number(s.overdue).bad(s.overdue > 0));
            cells.push(Cell::number(s.due_soon));
        }
        cells.push(Cell::number(s.done));
        cells.extend(has_dropped.then(|| Cell::number(s.dropped)));
        if !internal {
            cells.push(Cell::number(told.silent));
        }
        if internal {
            cells.push(Cell::number(s.elsewhere));
            cells.extend(used.iter().map(|label| Cell::number(s.rag.get(label).copied().unwrap_or(0))));
        }
        Row::of(cells)
    };
    let table = Table {
        caption: "The plans side by side".to_owned(),
        heads,
        rows: page.chapters.iter().enumerate().map(row).collect(),
        kind: Kind::Names,
        ..Table::default()
    };
    let note = internal.then(|| "RAG is counted by what each plan means by its own words.".to_owned());
    Section {
        id: "plans".to_owned(),
        heading: "The plans compared".to_owned(),
        tables: vec![table],
        bars: is_rated.then_some(BARS),
        note,
        ..Section::default()
    }
}
