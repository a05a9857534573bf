//! The history of plans: for people, to paste, and as rows for a spreadsheet.

use super::change::{self, Line, heading};
use super::style::Tone;
use super::{Look, markdown, wrap, wrap_below};
use crate::diff::{Change, Kind};
use crate::git::Commit;
use crate::history::{Entry, Gap};
use crate::visible::one_line;
use crate::wording::day;
use rayon::prelude::*;
use std::io::{self, Write};

/// What a history is of.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The one recommendation that was asked for, and its title; none: everything.
    pub only: Option<&'a str>,
    /// Whether there are several plans.
    pub several: bool,
    /// The fields that are asked for; empty: all.
    pub fields: &'a [String],
}

impl About<'_> {
    /// What is asked for of the changes of a commit, in words.
    fn lines<'a>(&self, changes: &'a [Change]) -> Vec<(&'a Change, Vec<Line>)> {
        let mut all = change::all_lines(changes);
        for (_, lines) in &mut all {
            lines.retain(|line| is_asked(&line.key, self.fields));
        }
        all
    }
}

/// Whether a field's key is asked for: all are where none is named, and with a name all that it begins.
#[must_use]
pub fn is_asked(key: &str, fields: &[String]) -> bool {
    let begins =
        |field: &String| key.strip_prefix(field.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('.'));
    fields.is_empty() || fields.iter().any(begins)
}

/// A commit in a line: "3 Jun 2025  1a2b3c4d  Planning Office: Report on June".
fn headline(commit: &Commit) -> String {
    let (author, subject) = (one_line(&commit.author), one_line(&commit.subject));
    format!("{}  {}  {author}: {subject}", day(commit.date()), commit.short())
}

/// Writes a history for a terminal, or plainly for a file.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn text(
    out: &mut dyn Write,
    look: Look,
    about: About<'_>,
    entries: &[Entry],
    gaps: &[Gap],
) -> io::Result<()> {
    let paint = |tone: Tone, text: &str| tone.paint(text, look.colour);
    if let Some(only) = about.only {
        writeln!(out, "{}\n", paint(Tone::Strong, &one_line(only)))?;
    }
    // What a thousand commits changed is put into words on all processors.
    for (n, chunk) in entries
        .par_chunks(CHUNK)
        .map(|chunk| told(look, about, chunk))
        .collect::<Vec<_>>()
        .into_iter()
        .enumerate()
    {
        if n > 0 {
            writeln!(out)?;
        }
        out.write_all(&chunk?)?;
    }
    write_gaps(out, look, gaps)
}

/// So many commits are put into words at a time.
const CHUNK: usize = 32;

fn told(look: Look, about: About<'_>, entries: &[Entry]) -> io::Result<Vec<u8>> {
    let paint = |tone: Tone, text: &str| tone.paint(text, look.colour);
    let mut told = Vec::new();
    let out = &mut told;
    for (n, Entry { commit, changes }) in entries.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        let line = wrap_below(&headline(commit), look.width, "", "  ");
        writeln!(out, "{}", paint(Tone::Strong, &line))?;
        let lines = about.lines(changes);
        let names = lines.iter().flat_map(|(_, lines)| lines).map(|line| line.name.chars().count());
        let width = names.max().unwrap_or(0).min(24);
        for (change, lines) in &lines {
            let (kind, tone) = match change.kind {
                Kind::Added => ("added", Tone::Good),
                Kind::Removed => ("removed", Tone::Bad),
                Kind::Changed => ("", Tone::Plain),
            };
            if about.only.is_none() {
                let plan = if about.several && change.id.is_some() {
                    format!("{}:", one_line(&change.plan.id))
                } else {
                    String::new()
                };
                let kind = if kind.is_empty() { kind.to_owned() } else { format!("  {kind}") };
                let title = format!("{plan}{}", heading(change, about.several));
                let room = look.width.map(|width| width.saturating_sub(kind.len()));
                let title = wrap_below(&title, room, "  ", "    ");
                writeln!(out, "{}{}", paint(Tone::Strong, &title), paint(tone, &kind))?;
            } else if !kind.is_empty() {
                writeln!(out, "  {}", paint(tone, kind))?;
            }
            let indent = if about.only.is_none() { 4 } else { 2 };
            change::text(out, look, lines, indent, width)?;
        }
    }
    Ok(told)
}

/// Whose change it is that nobody could read.
const MENDED: &str = "What such a commit changed in a file is told by the one that mended it.";

/// Says what could not be read on the way.
pub(super) fn write_gaps(out: &mut dyn Write, look: Look, gaps: &[Gap]) -> io::Result<()> {
    if gaps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", Tone::Warn.paint("Could not be read on the way", look.colour))?;
    for Gap { commit, path, message, .. } in gaps {
        writeln!(out, "{}", wrap_below(&headline(commit), look.width, "  ", "    "))?;
        let line = format!("{}: {message}", one_line(path));
        writeln!(out, "{}", wrap_below(&one_line(&line), look.width, "    ", "    "))?;
    }
    writeln!(out, "{}", Tone::Quiet.paint(&wrap(MENDED, look.width, ""), look.colour))
}

/// Writes a history as Markdown.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn as_markdown(out: &mut dyn Write, about: About<'_>, entries: &[Entry], gaps: &[Gap]) -> io::Result<()> {
    if let Some(only) = about.only {
        writeln!(out, "## {}\n", markdown::escape(only))?;
    }
    for Entry { commit, changes } in entries {
        let (author, subject) = (markdown::escape(&commit.author), markdown::escape(&commit.subject));
        writeln!(out, "### {} `{}` {subject} ({author})\n", day(commit.date()), commit.short())?;
        for (change, lines) in about.lines(changes) {
            let title = markdown::escape(&heading(change, about.several));
            let kind = if change.kind == Kind::Changed {
                String::new()
            } else {
                format!(": {}", change.kind.name())
            };
            writeln!(out, "- **{title}**{kind}")?;
            change::as_markdown(out, &lines)?;
        }
        writeln!(out)?;
    }
    gaps_as_markdown(out, gaps)
}

/// Says in Markdown what could not be read on the way.
pub(super) fn gaps_as_markdown(out: &mut dyn Write, gaps: &[Gap]) -> io::Result<()> {
    if gaps.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Could not be read on the way\n")?;
    for Gap { commit, path, message, .. } in gaps {
        let (path, message) = (markdown::escape(path), markdown::escape(message));
        let (author, subject) = (markdown::escape(&commit.author), markdown::escape(&commit.subject));
        writeln!(
            out,
            "- {} `{}` {subject} ({author}): {path}: {message}",
            day(commit.date()),
            commit.short()
        )?;
    }
    writeln!(out, "\n{MENDED}")
}

/// The rows of a history for a spreadsheet: a field a row, days as 2025-03-27.
pub fn rows(entries: &[Entry]) -> impl Iterator<Item = Vec<String>> {
    let titles = ["commit", "date", "author", "subject"].map(str::to_owned);
    let titles = titles.into_iter().chain(super::diff::titles());
    let of_entry = |Entry { commit, changes }: &Entry| {
        let start =
            [commit.id.to_string(), commit.date().to_string(), commit.author.clone(), commit.subject.clone()];
        let rows = changes.iter().flat_map(super::diff::rows_of);
        rows.map(|row| start.iter().cloned().chain(row).collect()).collect::<Vec<Vec<String>>>()
    };
    std::iter::once(titles.collect()).chain(entries.iter().flat_map(of_entry))
}
