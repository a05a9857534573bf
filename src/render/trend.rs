//! How plans stood over time: for people, to paste, and as rows for a spreadsheet.

use super::log::{gaps_as_markdown, write_gaps};
use super::style::Tone;
use super::table::{self, Cell, Fit, Heading};
use super::{Look, markdown};
use crate::history::{Period, Point, Trend};
use crate::model::Colour;
use crate::query::{Label, NOT_RATED, NOT_REPORTED};
use crate::summary::Counts;
use crate::visible::one_line;
use crate::wording::{day, thousands};
use std::io::{self, Write};

/// How wide the bar of a point is.
const BAR: usize = 24;

/// The labels under which anything was ever counted: first those of the last points, in the order of their
/// scale.
fn labels<'a>(points: &'a [Point], counts: impl Fn(&'a Point) -> &'a Counts) -> Vec<&'a Label> {
    let mut labels: Vec<&Label> = Vec::new();
    for label in points.iter().rev().flat_map(|point| counts(point).keys()) {
        if !labels.iter().any(|other| other.name() == label.name()) {
            labels.push(label);
        }
    }
    labels.sort();
    labels
}

fn count(counts: &Counts, label: &Label) -> usize {
    counts.iter().filter(|(other, _)| other.name() == label.name()).map(|(_, n)| n).sum()
}

/// A column of numbers: what stands above it, and its number at a point.
struct Column<'a> {
    title: String,
    tone: Tone,
    of: Box<dyn Fn(&Point) -> usize + Sync + 'a>,
}

/// The columns of which some point has more than nothing.
fn columns(points: &[Point]) -> Vec<Column<'_>> {
    let plain = |title: &str, tone, of: fn(&Point) -> usize| Column {
        title: title.to_owned(),
        tone,
        of: Box::new(of),
    };
    let mut columns = vec![
        plain("Total", Tone::Plain, |p| p.total),
        plain("Open", Tone::Plain, |p| p.open),
        plain("Done", Tone::Plain, |p| p.done),
        plain("Dropped", Tone::Plain, |p| p.dropped),
        plain("Elsewhere", Tone::Plain, |p| p.elsewhere),
        plain("Overdue", Tone::Bad, |p| p.overdue),
        plain("Unread", Tone::Warn, |p| p.unread),
    ];
    for label in labels(points, |p| &p.rag) {
        let title = one_line(label.name().unwrap_or(NOT_RATED)).into_owned();
        columns.push(Column { title, tone: Tone::Plain, of: Box::new(move |p| count(&p.rag, label)) });
    }
    let always = ["Total", "Open", "Overdue"];
    columns.retain(|c| always.contains(&c.title.as_str()) || points.iter().any(|p| (c.of)(p) > 0));
    columns
}

/// Writes a trend for a terminal, with bars and lines; plainly for a file.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn text(out: &mut dyn Write, look: Look, trend: &Trend) -> io::Result<()> {
    let points = &trend.points;
    let columns = columns(points);
    let by_commit = trend.period == Some(Period::Commit);
    let mut headings = vec![heading("Date", false)];
    if by_commit {
        headings.push(heading("Commit", false));
    }
    headings.extend(columns.iter().map(|c| heading(&c.title, true)));
    let scale = marks(&labels(points, |p| &p.rag), trend);
    let most = points.iter().map(|p| p.rag.values().sum::<usize>()).max().unwrap_or(0);
    let taken: usize = 13
        + usize::from(by_commit) * 10
        + columns.iter().map(|c| c.title.chars().count().max(3) + 2).sum::<usize>();
    let room = look.width.map_or(0, |width| width.saturating_sub(taken)).min(BAR);
    let bars = room >= 8 && most > 0;
    if bars {
        headings.push(heading("RAG", false));
    }
    let row = |point: &Point| {
        let mut row = vec![Cell::new(day(point.date))];
        if by_commit {
            row.push(Cell::new(point.commit.short()).tone(Tone::Quiet));
        }
        row.extend(columns.iter().map(|c| match (c.of)(point) {
            0 => Cell::new("·").tone(Tone::Quiet),
            n => Cell::new(thousands(n)).tone(c.tone),
        }));
        row
    };
    let rows: Vec<Vec<Cell>> = points.iter().map(row).collect();
    if bars {
        with_bars(out, look, &headings, &rows, &|n| bar(&points[n], &scale, most, room, look.colour))?;
    } else {
        table::write(out, look, &headings, &rows)?;
    }
    if look.width.is_some() && points.len() > 1 {
        writeln!(out)?;
        lines(out, look, points, &columns)?;
    }
    if bars {
        let key = scale.iter().map(|(label, mark, tone)| {
            format!(
                "{} {}",
                tone.paint(&mark.to_string(), look.colour),
                one_line(label.name().unwrap_or(NOT_RATED))
            )
        });
        let each = if most > room {
            format!("; {} recommendations in {room} letters", thousands(most))
        } else {
            String::new()
        };
        writeln!(out, "\nRAG: {}{each}", key.collect::<Vec<_>>().join(", "))?;
    }
    write_gaps(out, look, &trend.gaps)
}

fn heading(text: &str, right: bool) -> Heading {
    let fit = if right { Fit::AtLeast(4) } else { Fit::Whole };
    Heading { text: text.to_owned().into(), fit, right }
}

/// Writes a table whose last column is drawn: a bar may have several colours.
fn with_bars(
    out: &mut dyn Write,
    look: Look,
    headings: &[Heading],
    rows: &[Vec<Cell>],
    bar: &dyn Fn(usize) -> String,
) -> io::Result<()> {
    let width = |n: usize| {
        let cells = rows.iter().filter_map(|row| row.get(n)).map(|cell| cell.main.chars().count());
        cells.chain([headings[n].text.chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let aligned = |n: usize, text: &str| {
        let pad = " ".repeat(widths[n].saturating_sub(text.chars().count()));
        if headings[n].right { (pad, String::new()) } else { (String::new(), pad) }
    };
    let mut line = String::new();
    for (n, heading) in headings.iter().enumerate() {
        let (before, after) = aligned(n, &heading.text);
        line.push_str(&format!("{before}{}{after}  ", Tone::Strong.paint(&heading.text, look.colour)));
    }
    writeln!(out, "{}", line.trim_end())?;
    let total =
        widths.iter().sum::<usize>() + 2 * widths.len() - 2 + BAR.saturating_sub(widths[widths.len() - 1]);
    writeln!(out, "{}", "─".repeat(look.width.map_or(total, |width| total.min(width))))?;
    for (i, row) in rows.iter().enumerate() {
        for (n, cell) in row.iter().enumerate() {
            let (before, after) = aligned(n, &cell.main);
            write!(out, "{before}{}{after}  ", cell.tone.paint(&cell.main, look.colour))?;
        }
        writeln!(out, "{}", bar(i))?;
    }
    Ok(())
}

/// What each level's part of a bar is drawn with: a letter of its name that no other has, so that it can be read
/// without colour too.
fn marks<'a>(scale: &[&'a Label], trend: &Trend) -> Vec<(&'a Label, char, Tone)> {
    let mut marks: Vec<(&Label, char, Tone)> = Vec::new();
    for label in scale {
        let Some(name) = label.name() else {
            marks.push((label, '·', Tone::Quiet));
            continue;
        };
        let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
        let free = |c: &char| marks.iter().all(|(_, other, _)| other != c);
        let mark = letters.chain('1'..='9').find(free).unwrap_or('?');
        let tone = trend.colours.get(name).map_or(Tone::Plain, |colour: &Colour| Tone::Rag(*colour));
        marks.push((label, mark, tone));
    }
    marks
}

/// A point's RAG as a bar: a letter for each recommendation; where there is not so much room, as long as what
/// is counted is of the most.
fn bar(point: &Point, scale: &[(&Label, char, Tone)], most: usize, room: usize, colour: bool) -> String {
    let room = room.min(most);
    let mut told = String::new();
    let (mut sum, mut drawn) = (0, 0);
    for (label, mark, tone) in scale {
        sum += count(&point.rag, label);
        // Rounded where the sum stands, so that the whole is as long as it should be.
        let until = (sum * room + most / 2) / most;
        if until > drawn {
            told.push_str(&tone.paint(&mark.to_string().repeat(until - drawn), colour));
            drawn = until;
        }
    }
    told
}

/// The numbers that say most as lines: "Overdue  ▁▁▃█  0 → 11".
fn lines(out: &mut dyn Write, look: Look, points: &[Point], columns: &[Column<'_>]) -> io::Result<()> {
    let told = columns.iter().filter(|c| ["Open", "Done", "Overdue"].contains(&c.title.as_str()));
    for column in told {
        let numbers: Vec<usize> = points.iter().map(|p| (column.of)(p)).collect();
        let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { continue };
        let room = look.width.unwrap_or(80).saturating_sub(30).clamp(10, 60);
        let line = sparkline(&numbers, room);
        let (first, last) = (thousands(*first), thousands(*last));
        writeln!(out, "{:8}  {}  {first} → {last}", column.title, column.tone.paint(&line, look.colour))?;
    }
    Ok(())
}

/// Numbers as a line of blocks, from nothing to the highest; of more than there is room for, the last of each
/// few.
fn sparkline(numbers: &[usize], room: usize) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = numbers.iter().copied().max().unwrap_or(0).max(1);
    let shown = numbers.len().min(room).max(1);
    let at = |n: usize| numbers[(n + 1) * numbers.len() / shown - 1];
    (0..shown).map(|n| BLOCKS[(at(n) * (BLOCKS.len() - 1)).div_ceil(most)]).collect()
}

/// Writes a trend as Markdown.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn as_markdown(out: &mut dyn Write, trend: &Trend) -> io::Result<()> {
    let columns = columns(&trend.points);
    let by_commit = trend.period == Some(Period::Commit);
    let mut headings = vec![heading("Date", false)];
    if by_commit {
        headings.push(heading("Commit", false));
    }
    headings.extend(columns.iter().map(|c| heading(&markdown::escape(&c.title), true)));
    let row = |point: &Point| {
        let commit = by_commit.then(|| Cell::new(point.commit.short()));
        let numbers = columns.iter().map(|c| Cell::new(thousands((c.of)(point))));
        std::iter::once(Cell::new(day(point.date))).chain(commit).chain(numbers).collect()
    };
    let rows: Vec<Vec<Cell>> = trend.points.iter().map(row).collect();
    markdown::write(out, &headings, &rows)?;
    writeln!(out)?;
    gaps_as_markdown(out, &trend.gaps)
}

/// The rows of a trend for a spreadsheet: a point a row, with a column for each word that anything was ever
/// reported with.
pub fn rows(trend: &Trend) -> impl Iterator<Item = Vec<String>> + '_ {
    let points = &trend.points;
    let (rags, statuses) = (labels(points, |p| &p.rag), labels(points, |p| &p.status));
    let named = |what: &str, blank: &str, label: &Label| format!("{what}: {}", label.name().unwrap_or(blank));
    let fixed = ["date", "commit", "total", "open", "done", "dropped", "elsewhere", "overdue", "unread"];
    let titles = fixed.iter().map(|title| (*title).to_owned());
    let titles = titles.chain(rags.iter().map(|l| named("rag", NOT_RATED, l)));
    let titles: Vec<String> =
        titles.chain(statuses.iter().map(|l| named("status", NOT_REPORTED, l))).collect();
    let row = move |p: &Point| {
        let numbers = [p.total, p.open, p.done, p.dropped, p.elsewhere, p.overdue, p.unread];
        let rag = rags.iter().map(|label| count(&p.rag, label));
        let status = statuses.iter().map(|label| count(&p.status, label));
        let numbers = numbers.into_iter().chain(rag).chain(status).map(|n| n.to_string());
        [p.date.to_string(), p.commit.id.to_string()].into_iter().chain(numbers).collect()
    };
    std::iter::once(titles).chain(points.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_as_high_as_its_numbers_and_no_longer_than_its_room() {
        assert_eq!(sparkline(&[0, 1, 7, 14], 10), "▁▂▅█");
        assert_eq!(sparkline(&[0, 0], 10), "▁▁");
        assert_eq!(sparkline(&(0..100).collect::<Vec<_>>(), 10).chars().count(), 10);
        assert_eq!(sparkline(&(0..100).collect::<Vec<_>>(), 10).chars().last(), Some('█'));
    }
}
