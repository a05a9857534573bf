//! Who owns what, and how it stands.

use super::super::Book;
use super::super::chart::{self, Part};
use super::super::part::{Cell, Head, Kind, Row, Section, Table};
use super::super::prose::line;
use super::super::words;
use super::bars::{BARS, bars, is_rated};
use crate::query::{By, GroupKey, Label};
use crate::report::{Chapter, Counted};

/// Who owns what, and how it stands.
pub(in crate::render::report) fn by_owner(
    book: &Book<'_>,
    counted: &Counted,
    chapter: Option<&Chapter>,
    id: String,
) -> Section {
    let s = &counted.summary;
    let by = By::over(chapter.is_none());
    let plan = chapter.map(|c| &c.plan);
    let internal = book.is_internal();
    let most = counted.owners.values().map(|group| group.summary.total).max().unwrap_or(0);
    // A bar of nothing but blanks says nothing, and so does their number.
    let mut used: Vec<&Label> = s.rag.iter().filter(|(_, n)| **n > 0).map(|(label, _)| label).collect();
    let is_rated = if internal { is_rated(s) } else { used.iter().any(|label| label.name().is_some()) };
    used.retain(|_| internal || is_rated);
    let mut heads = vec![Head::text("Owner")];
    heads.extend(is_rated.then(|| Head::text("RAG")));
    heads.push(Head::number("Total"));
    heads.extend(internal.then(|| Head::number("Open")));
    heads.extend(internal.then(|| Head::number("Overdue")));
    heads.push(Head::number("Done"));
    heads.extend((s.dropped > 0).then(|| Head::number("No longer pursued")));
    if internal && s.elsewhere > 0 {
        heads.push(Head::number("Elsewhere"));
    }
    heads.extend(used.iter().map(|label| Head {
        swatch: Some(words::counted(label, by, plan)),
        ..Head::number(&words::rag_name(label, by))
    }));
    let row = |(name, group): (&crate::query::GroupName, &crate::summary::Group)| {
        let g = &group.summary;
        let bar = if internal {
            bars(g, by, chapter, most)
        } else {
            let part = |(label, size): (&Label, &usize)| Part {
                size: *size,
                class: words::counted(label, by, plan),
            };
            chart::bar(&g.rag.iter().map(part).collect::<Vec<_>>(), most, 9)
        };
        let mut cells = vec![Cell::text(line(name.told(GroupKey::Owner)))];
        cells.extend(is_rated.then(|| Cell { bar: Some(bar), ..Cell::default() }));
        cells.push(Cell::number(g.total));
        cells.extend(internal.then(|| Cell::number(g.open)));
        cells.extend(internal.then(|| Cell::number(g.overdue).bad(g.overdue > 0)));
        cells.push(Cell::number(g.done));
        cells.extend((s.dropped > 0).then(|| Cell::number(g.dropped)));
        if internal && s.elsewhere > 0 {
            cells.push(Cell::number(g.elsewhere));
        }
        cells.extend(used.iter().map(|label| Cell::number(g.rag.get(label).copied().unwrap_or(0))));
        Row::of(cells)
    };
    let shown = counted.owners.iter().filter(|(_, group)| group.summary.total > 0);
    let table = Table {
        caption: "Recommendations by owner".to_owned(),
        heads,
        rows: shown.map(row).collect(),
        kind: Kind::Names,
        ..Table::default()
    };
    let joint = "A joint recommendation counts once in the total and once under each of its owners";
    let through =
        if internal { "; what a collective owns counts under each of its members too." } else { "." };
    Section {
        id,
        heading: "By owner".to_owned(),
        tables: vec![table],
        bars: (internal && is_rated).then_some(BARS),
        note: Some(format!("{joint}{through}")),
        ..Section::default()
    }
}
