//! Tables of recommendations: deadlines that moved, what others hold, and all of them.

use super::super::Book;
use super::super::entry::{apart, deadline_in_short, owners, rag, status};
use super::super::part::{Cell, Head, Row, Section, Table};
use super::super::prose::{line, quoted};
use crate::model::{Phase, Recommendation};
use crate::render::deadline as worded;
use crate::standing::Standing;
use crate::wording::{day, thousands};

/// The deadlines that were moved, the latest first.
pub(in crate::render::report) fn slips(book: &Book<'_>, c: usize) -> Option<Section> {
    let chapter = &book.page.chapters[c];
    let each = chapter.plan.recommendations.iter().enumerate();
    let mut moved: Vec<_> = each.flat_map(|(n, r)| r.extensions.iter().map(move |e| (n, r, e))).collect();
    if moved.is_empty() {
        return None;
    }
    moved.sort_by_key(|(n, _, e)| (std::cmp::Reverse(e.on), *n));
    let heads = ["No.", "Recommendation", "From", "To", "Moved", "Why", "Approved by"].map(Head::text);
    let row = |(n, r, e): &(usize, &Recommendation, &crate::model::Extension)| {
        let title = Cell::text(line(&r.title));
        let title = match &e.milestone {
            Some(milestone) => title.aside(format!("milestone {}", quoted(milestone))),
            None => title,
        };
        let approved = e
            .approved_by
            .as_ref()
            .map_or_else(|| Cell::text("not recorded").bad(true), |by| Cell::text(line(by)));
        let moved = Cell::text(apart(&e.from, &e.to))
            .aside(e.on.map(|on| format!("on {}", day(on))).unwrap_or_default());
        Row::of(vec![
            Cell::text(line(r.id.as_str())).link(&book.anchors[c][*n]),
            title,
            Cell::text(line(&worded(&e.from))),
            Cell::text(line(&worded(&e.to))),
            moved,
            Cell::text(line(&e.reason)),
            approved,
        ])
    };
    let table = Table {
        caption: format!("Deadlines moved ({})", thousands(moved.len())),
        heads: heads.into_iter().collect(),
        rows: moved.iter().map(row).collect(),
        ..Table::default()
    };
    Some(Section {
        id: book.id("slips", c),
        heading: "Slip register".to_owned(),
        tables: vec![table],
        ..Section::default()
    })
}

/// What other bodies report.
pub(in crate::render::report) fn elsewhere(book: &Book<'_>, c: usize) -> Option<Section> {
    let chapter = &book.page.chapters[c];
    let held = chapter.entries().enumerate().filter(|(_, (_, s))| s.phase == Phase::Elsewhere);
    let row = |(n, (r, standing)): (usize, (&Recommendation, &Standing))| {
        Row::of(vec![
            Cell::text(line(r.id.as_str())).link(&book.anchors[c][n]),
            Cell::text(line(&r.title)),
            owners(r),
            deadline_in_short(r, standing, book.page.audience),
        ])
    };
    let rows: Vec<Row> = held.map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let table = Table {
        caption: format!("Held elsewhere ({})", thousands(rows.len())),
        heads: ["No.", "Recommendation", "Owner", "Deadline"].map(Head::text).into_iter().collect(),
        rows,
        ..Table::default()
    };
    Some(Section {
        id: book.id("elsewhere", c),
        heading: "Held elsewhere".to_owned(),
        said: vec!["Other bodies answer for these, and no report of them is held here: they count as neither overdue nor rated.".to_owned()],
        tables: vec![table],
        ..Section::default()
    })
}

/// So many rows a table has at most: a browser lays out what is seen of a page, and a table is seen as a whole.
const ROWS: usize = 100;

/// All recommendations, a row each: a table a plan, and of a long one a table for so many.
pub(in crate::render::report) fn register(book: &Book<'_>) -> Vec<Table> {
    let audience = book.page.audience;
    let mut tables = Vec::new();
    for (c, chapter) in book.page.chapters.iter().enumerate() {
        let is_rated = book.is_rated(c);
        let row = |(n, (r, standing)): (usize, (&Recommendation, &Standing))| {
            let mut ratings = rag(r, standing, audience).into_iter();
            let mut rating = ratings.next().unwrap_or_default();
            // What is implied has its swatch in the recommendation itself; here its name is enough.
            if let Some(implied) = ratings.next() {
                rating = rating.aside(implied.text);
            }
            let cells = [
                Cell::text(line(r.id.as_str())).link(&book.anchors[c][n]),
                Cell::text(line(&r.title)),
                owners(r),
                deadline_in_short(r, standing, audience),
            ];
            let rating = is_rated.then_some(rating);
            Row::of(cells.into_iter().chain(rating).chain([status(r, standing)]).collect())
        };
        let mut rows = chapter.entries().enumerate().map(row).peekable();
        let title =
            if book.several { line(&chapter.plan.head.title) } else { "All recommendations".to_owned() };
        let is_long = chapter.plan.recommendations.len() > ROWS;
        while rows.peek().is_some() {
            let some: Vec<Row> = rows.by_ref().take(ROWS).collect();
            let id = |row: Option<&Row>| row.and_then(|row| row.cells.first()).map(|cell| cell.text.clone());
            let caption = match (id(some.first()), id(some.last())) {
                (Some(first), Some(last)) if is_long => format!("{title}: {first} to {last}"),
                _ => title.clone(),
            };
            let heads = ["No.", "Recommendation", "Owner", "Deadline"].into_iter();
            let heads = heads.chain(is_rated.then_some("RAG")).chain(["Status"]).map(Head::text);
            tables.push(Table { caption, heads: heads.collect(), rows: some, ..Table::default() });
        }
    }
    tables
}
