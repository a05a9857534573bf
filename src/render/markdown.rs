//! Markdown tables, to paste into a pull request or a paper.

use super::table::{Heading, Rows};
use std::io::{self, Write};

/// Writes a table.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(out: &mut dyn Write, headings: &[Heading], rows: &dyn Rows) -> io::Result<()> {
    for heading in headings {
        write!(out, "| {} ", heading.text)?;
    }
    writeln!(out, "|")?;
    for heading in headings {
        write!(out, "|{}", if heading.right { "---:" } else { "---" })?;
    }
    writeln!(out, "|")?;
    for i in 0..rows.len() {
        for cell in rows.row(i) {
            write!(out, "| {} ", escape(&cell.line()))?;
        }
        writeln!(out, "|")?;
    }
    Ok(())
}

/// Plain text as Markdown that shows it as it is: no markup, no HTML, no broken table.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in crate::visible::one_line(text).chars() {
        if matches!(c, '\\' | '|' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '#' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_title_is_shown_not_run() {
        assert_eq!(escape("a|b *c* <script> [x](y)\n# d"), "a\\|b \\*c\\* \\<script\\> \\[x\\](y) \\# d");
    }
}
