//! A page as Markdown, to paste into a paper.

use super::Book;
use super::part::{Entry, Item, List, Section, Table};
use crate::render::markdown::{self, escape};
use crate::render::{paper, table};
use crate::report::{Audience, Page};
use crate::wording::{day, thousands};
use std::io::{self, Write};

/// Writes a page as Markdown.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn as_markdown(out: &mut dyn Write, page: &Page) -> io::Result<()> {
    let book = Book::new(page);
    writeln!(out, "# {}\n", escape(&book.title()))?;
    if let [only] = page.chapters.as_slice()
        && let Some(organisation) = &only.plan.head.organisation
    {
        writeln!(out, "{}\n", escape(organisation))?;
    }
    let version = match page.audience {
        Audience::Internal => "Internal: not for publication.",
        Audience::Public => "Public version.",
    };
    writeln!(out, "{version} As of {}, from {}.", day(page.today), escape(&book.origin()))?;
    if let Some(unread) = book.unread() {
        writeln!(out, "\n{}", escape(&unread))?;
    }
    if let Some(selection) = book.selection() {
        writeln!(out, "\n{}", escape(&selection))?;
    }
    if !book.several && !page.chapters.is_empty() {
        about(out, &book, 0)?;
    }
    for section in book.first() {
        write_section(out, &section, 2)?;
    }
    for c in 0..page.chapters.len() {
        if book.several {
            writeln!(out, "\n## {}", escape(&page.chapters[c].plan.head.title))?;
            about(out, &book, c)?;
            for section in book.of_plan(c) {
                write_section(out, &section, 3)?;
            }
        } else {
            writeln!(out, "\n## Recommendations")?;
        }
        for entry in book.entries(c) {
            write_entry(out, &entry)?;
        }
        let (meanings, more) = (book.meanings(c), book.more_about(c));
        if !more.is_empty() {
            writeln!(out, "\n{} More of the plan\n", if book.several { "###" } else { "##" })?;
        }
        for (name, value) in more {
            writeln!(out, "- {name}: {}", escape(&value))?;
        }
        if !meanings.is_empty() {
            writeln!(out, "\n{} The words of the plan\n", if book.several { "###" } else { "##" })?;
            for meaning in meanings {
                writeln!(out, "- **{}**: {}", escape(&meaning.name), escape(&meaning.meaning))?;
            }
        }
    }
    writeln!(out, "\n## How to read this\n")?;
    for note in book.notes() {
        writeln!(out, "- {note}")?;
    }
    Ok(())
}

fn about(out: &mut dyn Write, book: &Book<'_>, c: usize) -> io::Result<()> {
    let about = book.about(c);
    if about.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    for (name, value) in about {
        writeln!(out, "- {name}: {}", escape(&value))?;
    }
    Ok(())
}

fn write_section(out: &mut dyn Write, section: &Section, level: usize) -> io::Result<()> {
    writeln!(out, "\n{} {}", "#".repeat(level), escape(&section.heading))?;
    for said in &section.said {
        writeln!(out, "\n{}", escape(said))?;
    }
    if !section.figures.is_empty() {
        writeln!(out)?;
    }
    for figure in &section.figures {
        let aside = figure.aside.as_ref().map(|aside| format!(" ({})", escape(aside))).unwrap_or_default();
        writeln!(out, "- {}: **{}**{aside}", escape(&figure.name), thousands(figure.value))?;
    }
    for table in &section.tables {
        // The heading says the same.
        match table.is_named {
            true => writeln!(out)?,
            false => writeln!(out, "\n**{}**\n", escape(&table.caption))?,
        }
        // A paper has no table of all recommendations: here are all rows, and none is left to be told of.
        write_table(out, table)?;
        if let Some(more) = table.more.as_ref().filter(|_| table.first.is_none()) {
            writeln!(out, "\n{}", escape(more))?;
        }
    }
    if !section.told.is_empty() {
        writeln!(out, "\n**{}**", escape(&section.told_heading))?;
    }
    for told in &section.told {
        writeln!(out, "\n**{}**\n", escape(&told.heading))?;
        write_items(out, &told.items)?;
    }
    if let Some(note) = &section.note {
        writeln!(out, "\n{}", escape(note))?;
    }
    Ok(())
}

fn write_table(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    // Of a bar the other columns have the numbers.
    let is_drawn =
        |n: usize| table.rows.first().is_some_and(|row| row.cells.get(n).is_some_and(|c| c.bar.is_some()));
    let shown: Vec<usize> = (0..table.heads.len()).filter(|n| !is_drawn(*n)).collect();
    let heads: Vec<table::Heading> = shown
        .iter()
        .map(|n| table::Heading {
            text: escape(&table.heads[*n].text).into(),
            fit: table::Fit::Whole,
            right: table.heads[*n].is_number,
        })
        .collect();
    let row = |row: &super::part::Row| {
        let cells = shown.iter().filter_map(|n| row.cells.get(*n));
        cells.map(|cell| table::Cell::new(cell.line())).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<table::Cell>> = table.rows.iter().map(row).collect();
    markdown::write(out, &heads, &rows)
}

fn write_entry(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    writeln!(out, "\n### {} {}\n", escape(&entry.id), escape(&entry.title))?;
    for (name, cells) in entry.facts.iter().chain(&entry.more) {
        let cells: Vec<String> = cells.iter().map(|cell| escape(&cell.line())).collect();
        writeln!(out, "- {}: {}", escape(name), cells.join(", "))?;
    }
    if !entry.text.trim().is_empty() {
        writeln!(out, "\n{}", paper::markdown(&entry.text))?;
    }
    for List { heading, items } in &entry.lists {
        writeln!(out, "\n#### {heading}\n")?;
        write_items(out, items)?;
    }
    Ok(())
}

fn write_items(out: &mut dyn Write, items: &[Item]) -> io::Result<()> {
    for Item { lead, link, said, prose: below, .. } in items {
        let lead = match link {
            Some(link) => format!("[{}]({})", escape(lead), paper::destination(link)),
            None => escape(lead),
        };
        if lead.is_empty() && said.is_empty() {
            writeln!(out, "{}", below.as_deref().map(paper::markdown).unwrap_or_default())?;
            continue;
        }
        let lead = if lead.is_empty() { lead } else { format!("**{lead}**") };
        let words: Vec<String> = [lead, escape(said)].into_iter().filter(|s| !s.is_empty()).collect();
        writeln!(out, "- {}", words.join(" · "))?;
        if let Some(below) = below {
            writeln!(out, "\n{}\n", paper::below(below, "  "))?;
        }
    }
    Ok(())
}
