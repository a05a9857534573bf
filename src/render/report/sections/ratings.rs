//! The RAG as it is reported and as it is implied, and RAG by status.

use super::super::Book;
use super::super::chart::{self, Part};
use super::super::html::Html;
use super::super::part::{Cell, Head, Row, Section, Table};
use super::super::prose::line;
use super::super::words;
use crate::query::{By, Label, NOT_RATED};
use crate::report::{Chapter, Counted};
use crate::summary::{Counts, Summary};
use crate::wording::{count, thousands};

/// The RAG as it is reported and as it is implied, and RAG by status.
pub(in crate::render::report) fn ratings(
    book: &Book<'_>,
    counted: &Counted,
    chapter: Option<&Chapter>,
    id: String,
) -> Section {
    let s = &counted.summary;
    let by = By::over(chapter.is_none());
    let plan = chapter.map(|c| &c.plan);
    let internal = book.is_internal();
    let held: usize = s.rag.values().sum();
    let blank = s.rag.get(&Label::Blank).copied().unwrap_or(0);
    let mut section = Section { id, heading: "RAG and status".to_owned(), ..Section::default() };
    let whose = if by == By::Words { "the plan's own definitions" } else { "the plans' own definitions" };
    section.said.push(match (internal, blank) {
        (_, 0) if held == 0 => "There is nothing to rate.".to_owned(),
        (_, 0) if held == 1 => "The one recommendation is rated.".to_owned(),
        (_, 0) => format!("Each of {} is rated.", count(held, "recommendation", "recommendations")),
        (true, blank) if blank == held => {
            format!("No RAG is reported. Beside the blank stands what dates and statuses imply, by {whose}; nobody has reported it.")
        }
        (true, blank) => format!(
            "{} of {} {} not rated. Beside the report stands what dates and statuses imply, by {whose}; nobody has reported it.",
            thousands(blank),
            thousands(held),
            if blank == 1 { "is" } else { "are" }
        ),
        (false, blank) if blank == held => "No RAG is reported.".to_owned(),
        (false, blank) => {
            let are = if blank == 1 { "is" } else { "are" };
            format!("{} of {} {are} not rated.", thousands(blank), thousands(held))
        }
    });
    let mut labels: Vec<&Label> = s.rag.keys().collect();
    if s.rag.len() > crate::summary::MANY_WORDS {
        labels.retain(|label| s.rag.get(label).is_some_and(|n| *n > 0) || **label == Label::Blank);
    }
    let meaning = |label: &Label| {
        let levels = plan.map(|plan| plan.head.rags.as_slice()).unwrap_or_default();
        let level = levels.iter().find(|level| Some(level.name.as_str()) == label.name());
        level.and_then(|level| level.meaning.as_deref()).map(line).unwrap_or_default()
    };
    let mut heads = vec![Head::text("RAG"), Head::number("Reported")];
    if internal {
        heads.push(Head::number("Implied"));
    }
    let row = |label: &&Label| {
        let implied = s.implied_rag.get(label).copied().unwrap_or(0);
        let mut name = words::rag_name(label, by);
        if internal && label.name().is_none() {
            name = format!("{NOT_RATED}, or nothing implied");
        }
        let mut cells = vec![Cell::text(name).aside(meaning(label)).swatch(words::counted(label, by, plan))];
        cells.push(Cell::number(s.rag.get(label).copied().unwrap_or(0)));
        if internal {
            cells.push(Cell::number(implied));
        }
        Row::of(cells)
    };
    let rows = labels.iter().map(row).collect();
    // To say of each level that nothing has it says nothing to anybody.
    if !internal && blank == held {
        section.tables.push(matrix(s, by, chapter, false));
        return section;
    }
    section.picture = (held > 0).then(|| rated(s, by, chapter, internal, held));
    section.tables.push(Table {
        caption: "Recommendations by RAG".to_owned(),
        heads,
        rows,
        ..Table::default()
    });
    section.tables.push(matrix(s, by, chapter, true));
    if s.elsewhere > 0 && internal {
        section.note = Some(format!(
            "{} held elsewhere {} in none of these counts.",
            thousands(s.elsewhere),
            if s.elsewhere == 1 { "is" } else { "are" }
        ));
    }
    section
}

/// The two bars of the reported and of the implied RAG.
fn rated(s: &Summary, by: By, chapter: Option<&Chapter>, internal: bool, held: usize) -> Html {
    let plan = chapter.map(|c| &c.plan);
    let parts = |counts: &Counts, hatched: bool| {
        let part = |(label, size): (&Label, &usize)| {
            let class = words::counted(label, by, plan);
            Part {
                size: *size,
                class: if hatched && label.name().is_some() { format!("{class} implied") } else { class },
            }
        };
        counts.iter().map(part).collect::<Vec<_>>()
    };
    let reported = chart::bar(&parts(&s.rag, false), held, 26).labelled("Reported");
    if !internal {
        return reported;
    }
    reported.and(&chart::bar(&parts(&s.implied_rag, true), held, 26).labelled("Implied"))
}

/// Status by RAG; status alone where nothing is rated.
fn matrix(s: &Summary, by: By, chapter: Option<&Chapter>, is_rated: bool) -> Table {
    let plan = chapter.map(|c| &c.plan);
    let worth = |counts: &Counts| -> Vec<Label> {
        let many = counts.len() > crate::summary::MANY_WORDS;
        counts
            .iter()
            .filter(|(label, n)| !many || **n > 0 || **label == Label::Blank)
            .map(|(label, _)| label.clone())
            .collect()
    };
    let (mut rags, statuses) = (worth(&s.rag), worth(&s.status));
    rags.retain(|_| is_rated);
    let mut heads = vec![Head::text("Status")];
    heads.extend(rags.iter().map(|label| Head {
        swatch: Some(words::counted(label, by, plan)),
        ..Head::number(&words::rag_name(label, by))
    }));
    heads.push(Head::number("Total"));
    let row = |status: &Label| {
        let mut cells = vec![Cell::text(words::status_name(status))];
        let at = |rag: &Label| s.matrix.get(&(rag.clone(), status.clone())).copied().unwrap_or(0);
        cells.extend(rags.iter().map(|rag| Cell::number(at(rag))));
        cells.push(Cell::number(s.status.get(status).copied().unwrap_or(0)));
        Row::of(cells)
    };
    let (used, unused): (Vec<&Label>, Vec<&Label>) =
        statuses.iter().partition(|status| s.status.get(status).is_some_and(|n| *n > 0));
    // That nothing is "not reported" says nothing.
    let unused = unused.into_iter().filter(|status| **status != Label::Blank);
    let mut rows: Vec<Row> = used.into_iter().map(row).collect();
    let unused: Vec<String> = unused.map(words::status_name).collect();
    let mut sums = vec![Cell::text("Total")];
    sums.extend(rags.iter().map(|rag| Cell::number(s.rag.get(rag).copied().unwrap_or(0))));
    sums.push(Cell::number(s.status.values().sum()));
    rows.push(Row { is_sum: true, ..Row::of(sums) });
    let more = (!unused.is_empty()).then(|| format!("Nothing is reported as: {}", unused.join(", ")));
    let caption = if is_rated { "Status by RAG, as reported" } else { "Status, as reported" };
    Table { caption: caption.to_owned(), heads, rows, more, ..Table::default() }
}
