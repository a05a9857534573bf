//! JSON, as [`crate::wire`] has it. Characters that do not show are written by their number, which
//! means the same to whoever parses it and lets nothing reach a terminal raw.

use crate::visible::{is_hidden, may_hide};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// Writes a document, indented, with a line break at its end.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn document(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write(out, PrettyFormatter::new(), value)
}

/// Writes a value on a line of its own.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write(out, CompactFormatter, value)
}

fn write(mut out: &mut dyn Write, formatter: impl Formatter, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut out, Visible(formatter)))?;
    writeln!(out)
}

/// Lays a document out as another does, and writes what hides in its texts as `\u001b`.
struct Visible<F>(F);

/// Methods that do what those of the other do.
macro_rules! as_the_other {
    ($($method:ident($($first:ident)?);)+) => {$(
        fn $method<W: ?Sized + Write>(&mut self, out: &mut W $(, $first: bool)?) -> io::Result<()> {
            self.0.$method(out $(, $first)?)
        }
    )+};
}

impl<F: Formatter> Formatter for Visible<F> {
    as_the_other! {
        begin_array();
        begin_array_value(first);
        end_array_value();
        end_array();
        begin_object();
        begin_object_key(first);
        end_object_key();
        begin_object_value();
        end_object_value();
        end_object();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        let mut written = 0;
        if may_hide(text) {
            for (at, hidden) in text.match_indices(is_hidden) {
                out.write_all(&text.as_bytes()[written..at])?;
                write_by_number(out, hidden)?;
                written = at + hidden.len();
            }
        }
        out.write_all(&text.as_bytes()[written..])
    }
}

/// Writes a character as JSON has it by number: as one or two units of UTF-16.
fn write_by_number<W: ?Sized + Write>(out: &mut W, character: &str) -> io::Result<()> {
    character.encode_utf16().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn written(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).expect("memory can be written to");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    #[test]
    fn a_document_is_laid_out_for_people_and_hides_nothing() {
        let value =
            serde_json::json!({"title": "\u{1b}]0;x\u{7} \u{9b}31m \u{202e} \u{7f} é\n", "list": [1, []]});
        insta::assert_snapshot!(written(|out| document(out, &value)), @r#"
        {
          "list": [
            1,
            []
          ],
          "title": "\u001b]0;x\u0007 \u009b31m \u202e \u007f é\n"
        }
        "#);
        let on_a_line = r#"{"list":[1,[]],"title":"\u001b]0;x\u0007 \u009b31m \u202e \u007f é\n"}"#;
        assert_eq!(written(|out| line(out, &value)).trim_end(), on_a_line);
        assert_eq!(written(|out| write_by_number(out, "\u{1f600}")), r"\ud83d\ude00");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_written_and_nothing_is_changed(
            texts in prop::collection::btree_map(any::<String>(), "[a\"\\\\\0-\u{a0}\u{61c}\u{2000}-\u{206f}\u{feff}]{0,9}", 0..3)
        ) {
            for text in [written(|out| document(out, &texts)), written(|out| line(out, &texts))] {
                prop_assert!(!text.contains(is_hidden));
                let read: BTreeMap<String, String> = serde_json::from_str(&text).expect("JSON");
                prop_assert_eq!(&read, &texts);
            }
        }
    }
}
