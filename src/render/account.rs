//! The account of an import, as text.

use super::style::Tone;
use super::{Look, wrap_below};
use crate::import::understand::{Account, Column, Key, Others, Outcome, TableAccount, Why};
use crate::visible::one_line;
use crate::wording::count;
use std::io::{self, Write};

/// Writes what was made of a document.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(out: &mut dyn Write, look: Look, account: &Account) -> io::Result<()> {
    heading(out, look, "Tables")?;
    let mut tables = account.tables.as_slice();
    while let Some((table, rest)) = tables.split_first() {
        let pages = match &table.outcome {
            Outcome::GoesOn { with, .. } => {
                1 + rest.iter().take_while(|next| goes_on_with(next, with)).count()
            }
            Outcome::Form { columns, .. } => {
                1 + rest.iter().take_while(|next| is_form_of(next, columns)).count()
            }
            _ => 1,
        };
        write_tables(out, look, &tables[..pages])?;
        tables = &tables[pages..];
    }
    for (name, lines) in [
        ("Understood", &account.understood),
        ("Uncertain: look at these", &account.uncertain),
        ("Left out", &account.left_out),
    ] {
        if !lines.is_empty() {
            writeln!(out)?;
            heading(out, look, name)?;
        }
        for line in lines {
            writeln!(out, "{}", wrap_below(&one_line(line), look.width, "  - ", "    "))?;
        }
    }
    Ok(())
}

fn heading(out: &mut dyn Write, look: Look, text: &str) -> io::Result<()> {
    writeln!(out, "{}", Tone::Strong.paint(text, look.colour))
}

fn goes_on_with(table: &TableAccount, name: &str) -> bool {
    matches!(&table.outcome, Outcome::GoesOn { with, .. } if with == name)
}

fn is_form_of(table: &TableAccount, columns: &[Column]) -> bool {
    matches!(&table.outcome, Outcome::Form { columns: own, .. } if own == columns)
}

/// Writes a table, or several that go on with the same one, or are forms with the same labels.
fn write_tables(out: &mut dyn Write, look: Look, tables: &[TableAccount]) -> io::Result<()> {
    let [first, ..] = tables else { return Ok(()) };
    let rows = count(tables.iter().map(|table| table.rows).sum(), "row", "rows");
    let name = match tables {
        [.., last] if tables.len() > 1 => format!(
            "{} to {}",
            first.name.replacen("table ", "tables ", 1),
            last.name.trim_start_matches("table ")
        ),
        _ => first.name.clone(),
    };
    let mut below = Vec::new();
    let mut columns: &[Column] = &[];
    let found = |n: usize| count(n, "recommendation", "recommendations");
    let is = match &first.outcome {
        Outcome::Plan { columns: own, recommendations, others } => {
            columns = own;
            below.extend(others_told(others));
            format!("the plan: {}", found(*recommendations))
        }
        Outcome::GoesOn { with, .. } => {
            let (mut all, mut among) = (0, Others::default());
            for table in tables {
                if let Outcome::GoesOn { recommendations, others, .. } = &table.outcome {
                    all += recommendations;
                    among.add(others);
                }
            }
            below.extend(others_told(&among));
            let goes = if tables.len() > 1 { "go" } else { "goes" };
            format!("{goes} on with {with}: {}", found(all))
        }
        Outcome::Words { headings, levels, statuses } => {
            below.extend(headings.iter().map(|heading| format!("under \"{heading}\"")));
            match (levels.is_empty(), statuses.is_empty()) {
                (false, true) => format!("what RAG levels mean: {}", levels.join(", ")),
                (true, false) => format!("what statuses mean: {}", statuses.join(", ")),
                (false, false) => {
                    format!(
                        "what RAG levels mean: {}; and statuses: {}",
                        levels.join(", "),
                        statuses.join(", ")
                    )
                }
                (true, true) => "the header of what words mean".to_owned(),
            }
        }
        Outcome::About(labels) => format!("about the plan: {}", labels.join(", ")),
        Outcome::Form { columns: own, recommendations } => {
            columns = own;
            let more = tables[1..].iter().map(|table| match &table.outcome {
                Outcome::Form { recommendations, .. } => *recommendations,
                _ => 0,
            });
            let all = recommendations + more.sum::<usize>();
            format!("{}: {}", if tables.len() > 1 { "forms" } else { "a form" }, found(all))
        }
        Outcome::Other(rows) => {
            below.extend(rows.clone());
            "not of the plan, left out:".to_owned()
        }
    };
    let line = one_line(&format!("{name} ({rows}): {is}")).into_owned();
    writeln!(out, "{}", wrap_below(&line, look.width, "  ", "    "))?;
    let width = columns.iter().map(|column| column.heading.chars().count()).max().unwrap_or(0).min(28);
    for column in columns {
        let heading = one_line(&column.heading).into_owned();
        let key = match column.why {
            Why::Heading => column.key.name(),
            Why::Contents if column.key == Key::Skip => "left out, for nothing stands in it".to_owned(),
            Why::Contents => format!("{}, by what stands in it", column.key.name()),
            Why::Said => format!("{}, as --map says", column.key.name()),
            Why::Ticked => format!("{}, where it is ticked", column.key.name()),
            Why::Parts => format!("the text of a part, or {} of a recommendation without", column.key.name()),
            Why::NoKey => format!("{}, for there is no key for it", column.key.name()),
        };
        let line = format!("{heading:width$}  → {key}");
        writeln!(out, "{}", wrap_below(&line, look.width, "    ", "        "))?;
    }
    for line in below {
        writeln!(out, "{}", wrap_below(&one_line(&line), look.width, "    ", "      "))?;
    }
    Ok(())
}

/// The rows that are no recommendation of their own, a line each kind.
fn others_told(others: &Others) -> Vec<String> {
    let mut lines = Vec::new();
    if others.continued > 0 {
        lines.push(count(
            others.continued,
            "row goes on with the one before",
            "rows go on with the one before",
        ));
    }
    if others.headers > 1 {
        lines.push(format!("{} rows of header", others.headers));
    }
    if !others.sections.is_empty() {
        lines.push(format!(
            "{}: {}",
            count(others.sections.len(), "section", "sections"),
            others.sections.join(", ")
        ));
    }
    if others.blank > 0 {
        lines.push(count(others.blank, "blank row", "blank rows"));
    }
    lines
}
