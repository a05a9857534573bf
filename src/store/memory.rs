//! Plans in memory: the examples of the rules, and tests.

use super::{Entry, EntryKind, Size, Source};
use crate::source::MAX_BYTES;
use std::collections::BTreeMap;
use std::io;

/// What an entry in memory holds.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// A file with this text.
    Text(&'static str),
    /// A file with these bytes.
    Bytes(&'static [u8]),
    /// A file of so many bytes.
    OfSize(u64),
    /// A symbolic link.
    Link,
    /// A file that nobody may read.
    Forbidden,
}

/// A tree of files in memory.
#[derive(Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Content>,
}

impl Memory {
    /// The tree of those paths and contents.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, Content)>) -> Self {
        Self { files: files.into_iter().map(|(path, content)| (path.to_owned(), content)).collect() }
    }
}

impl Source for Memory {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut entries: Vec<Entry> = Vec::new();
        for (path, content) in &self.files {
            let Some(rest) = path.strip_prefix(&prefix) else { continue };
            let (name, kind) = match (rest.split_once('/'), content) {
                (Some((name, _)), _) => (name, EntryKind::Folder),
                (None, Content::Link) => (rest, EntryKind::Link),
                (None, _) => (rest, EntryKind::File),
            };
            if entries.last().is_none_or(|e| e.name != name) {
                entries.push(Entry { name: name.to_owned(), kind });
            }
        }
        Ok(entries)
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> io::Result<Size> {
        let lines;
        let bytes = match self.files.get(path) {
            Some(Content::Text(text)) => text.as_bytes(),
            Some(Content::Bytes(bytes)) => bytes,
            Some(Content::OfSize(size)) if *size > MAX_BYTES => return Ok(Size::TooLarge),
            Some(Content::OfSize(size)) => {
                lines = vec![b'\n'; usize::try_from(*size).unwrap_or(0)];
                &lines
            }
            Some(Content::Forbidden) => return Err(io::ErrorKind::PermissionDenied.into()),
            Some(Content::Link) | None => return Err(io::ErrorKind::NotFound.into()),
        };
        into.splice(..bytes.len().min(into.len()), bytes.iter().copied());
        Ok(Size::Whole(bytes.len()))
    }
}
