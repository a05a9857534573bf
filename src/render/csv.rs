//! CSV after RFC 4180, safe to open in a spreadsheet.

use crate::visible::escape;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes rows of fields. A field that a spreadsheet would run as a formula is made text; `import`
/// undoes exactly that. A file or a pipe gets every other character as it is; a terminal is shown
/// those that do not show by their number, and obeys none of them.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write<R, F>(out: &mut dyn Write, terminal: bool, rows: impl IntoIterator<Item = R>) -> io::Result<()>
where
    R: IntoIterator<Item = F>,
    F: AsRef<str>,
{
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    for row in rows {
        for field in row {
            let field = neutral(field.as_ref());
            let field = if terminal { escape(&field) } else { Cow::Borrowed(&*field) };
            writer.write_field(&*field).map_err(plain)?;
        }
        writer.write_record(None::<&[u8]>).map_err(plain)?;
    }
    writer.flush()
}

/// The system's own error, which says whether a pipe was closed.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// What a spreadsheet would take for a formula, with an apostrophe before it; so too what already
/// begins with apostrophes before such a character, so that the way back is exact.
#[must_use]
pub fn neutral(field: &str) -> Cow<'_, str> {
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r');
    if field.trim_start_matches('\'').starts_with(starts) {
        Cow::Owned(format!("'{field}"))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_the_way_back_is_exact() {
        for (field, safe) in
            [("=1+1", "'=1+1"), ("@x", "'@x"), ("'=1", "''=1"), ("'tis", "'tis"), ("a=b", "a=b")]
        {
            assert_eq!(neutral(field), safe);
        }
    }

    fn written(terminal: bool, rows: &[[&str; 2]]) -> String {
        let mut out = Vec::new();
        write(&mut out, terminal, rows).expect("memory can be written to");
        String::from_utf8(out).expect("CSV is UTF-8")
    }

    #[test]
    fn fields_are_quoted_as_the_rfc_asks() {
        insta::assert_snapshot!(written(false, &[["a", "b,c"], ["say \"x\"", "two\nlines"]]), @r#"
        a,"b,c"
        "say ""x""","two
        lines"
        "#);
    }

    #[test]
    fn a_terminal_gets_no_character_raw_that_steers_it() {
        let rows = [["\u{1b}]0;x\u{7} \u{9b}31m \u{202e} \u{7f}", "é\n\t–"]];
        assert_eq!(written(true, &rows), "\\u{1b}]0;x\\u{7} \\u{9b}31m \\u{202e} \\u{7f},\"é\n\t–\"\r\n");
        assert_eq!(written(false, &rows), "\u{1b}]0;x\u{7} \u{9b}31m \u{202e} \u{7f},\"é\n\t–\"\r\n");
    }
}
