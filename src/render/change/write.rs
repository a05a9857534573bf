//! Writes what changed: below a heading in a terminal, or as the items of a Markdown list.

use super::super::style::Tone;
use super::super::{Look, markdown, paper, prose, wrap_below};
use super::{Below, Line};
use crate::diff::Piece;
use crate::visible::one_line;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// So many words are shown around what changed.
const AROUND: usize = 8;

/// Reworded prose with what did not change cut to a few words around what did.
fn shortened(pieces: &[Piece]) -> Vec<Piece> {
    let mut told: Vec<Piece> = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let Piece::Same(text) = piece else {
            told.push(piece.clone());
            continue;
        };
        let words: Vec<&str> = text.split(' ').collect();
        let before = if n == 0 { 0 } else { AROUND };
        let after = if n + 1 == pieces.len() { 0 } else { AROUND };
        if words.len() <= before + after + 1 {
            told.push(piece.clone());
            continue;
        }
        let kept = [&words[..before], &["…"], &words[words.len() - after..]].concat();
        told.push(Piece::Same(kept.join(" ")));
    }
    told
}

/// Writes lines below a heading, indented, the names in a column of `width`.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn text(out: &mut dyn Write, look: Look, lines: &[Line], indent: usize, width: usize) -> io::Result<()> {
    let rest = " ".repeat(indent + width + 2);
    for Line { name, said, tone, below, .. } in lines {
        let label = format!("{:indent$}{name:width$}  ", "");
        let wrapped = wrap_below(said, look.width, &rest, &rest);
        let said = tone.paint(wrapped.trim_start(), look.colour);
        let label = if said.is_empty() { label.trim_end() } else { &label };
        writeln!(out, "{}{said}", Tone::Quiet.paint(label, look.colour))?;
        match below {
            None => {}
            Some(Below::Prose(text)) => writeln!(out, "{}", prose(text, look.width, &rest))?,
            Some(Below::Words(pieces)) => write_words(out, look, &shortened(pieces), &rest)?,
        }
    }
    Ok(())
}

/// Writes reworded prose as a paragraph: words that went as `[-words-]`, those that came as `{+words+}`, as
/// git has them.
fn write_words(out: &mut dyn Write, look: Look, pieces: &[Piece], indent: &str) -> io::Result<()> {
    let most = look.width.map_or(usize::MAX, |width| width.max(indent.len() + 20));
    let mut reached = 0;
    for (text, tone, [open, close]) in pieces.iter().map(marks) {
        let words: Vec<&str> = text.split(' ').collect();
        for (n, word) in words.iter().enumerate() {
            let open = if n == 0 { open } else { "" };
            let close = if n + 1 == words.len() { close } else { "" };
            let word = format!("{open}{}{close}", one_line(word));
            if reached == 0 {
                write!(out, "{indent}")?;
                reached = indent.len();
            } else if reached + 1 + word.width() > most {
                write!(out, "\n{indent}")?;
                reached = indent.len();
            } else {
                write!(out, " ")?;
                reached += 1;
            }
            reached += word.width();
            write!(out, "{}", tone.paint(&word, look.colour))?;
        }
    }
    writeln!(out)
}

/// What a piece says, in which tone and between which marks.
fn marks(piece: &Piece) -> (&str, Tone, [&'static str; 2]) {
    match piece {
        Piece::Same(text) => (text, Tone::Plain, ["", ""]),
        Piece::Removed(text) => (text, Tone::Bad, ["[-", "-]"]),
        Piece::Added(text) => (text, Tone::Good, ["{+", "+}"]),
    }
}

/// Writes lines as the items of a Markdown list below another's item.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn as_markdown(out: &mut dyn Write, lines: &[Line]) -> io::Result<()> {
    for Line { name, said, below, .. } in lines {
        write!(out, "  - {}", markdown::escape(name))?;
        if !said.is_empty() {
            write!(out, ": {}", markdown::escape(said))?;
        }
        writeln!(out)?;
        match below {
            None => {}
            Some(Below::Prose(text)) => {
                writeln!(out, "\n{}\n", paper::below(text, "    > "))?;
            }
            Some(Below::Words(pieces)) => {
                let piece = |piece: &Piece| match piece {
                    Piece::Same(text) => markdown::escape_within(text),
                    Piece::Removed(text) => format!("~~{}~~", markdown::escape_within(text)),
                    Piece::Added(text) => format!("**{}**", markdown::escape_within(text)),
                };
                let told: Vec<String> = shortened(pieces).iter().map(piece).collect();
                writeln!(out, "\n    > {}\n", told.join(" "))?;
            }
        }
    }
    Ok(())
}
