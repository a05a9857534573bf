//! Fields: what a program works out and shows in a text, such as a link or a table of contents.

use super::body::Reader;

/// A field whose end is still to come.
#[derive(Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    /// Whether what comes is what it shows.
    pub(super) shows: bool,
}

impl Reader {
    pub(super) fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Where the fields that are open lead.
    pub(super) fn link(&self) -> Option<String> {
        self.fields.iter().rev().find_map(|field| address(&field.instruction))
    }
}

/// The address in `HYPERLINK "..."`.
pub(super) fn address(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim();
    let (_, rest) = rest.split_once('"')?;
    let (address, _) = rest.split_once('"')?;
    // `\l` leads to a place in the document itself.
    (!instruction.contains("\\l")).then(|| address.to_owned())
}
