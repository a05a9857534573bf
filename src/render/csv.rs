//! CSV after RFC 4180, safe to open in a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};

/// Writes rows of fields. A field that a spreadsheet would run as a formula is made text; `import`
/// undoes exactly that.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write<R, F>(out: &mut dyn Write, rows: impl IntoIterator<Item = R>) -> io::Result<()>
where
    R: IntoIterator<Item = F>,
    F: AsRef<str>,
{
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    for row in rows {
        for field in row {
            writer.write_field(&*neutral(field.as_ref())).map_err(io::Error::from)?;
        }
        writer.write_record(None::<&[u8]>).map_err(io::Error::from)?;
    }
    writer.flush()
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

    #[test]
    fn fields_are_quoted_as_the_rfc_asks() {
        let mut out = Vec::new();
        write(&mut out, [["a", "b,c"], ["say \"x\"", "two\nlines"]]).expect("memory can be written to");
        insta::assert_snapshot!(String::from_utf8_lossy(&out), @r#"
        a,"b,c"
        "say ""x""","two
        lines"
        "#);
    }
}
