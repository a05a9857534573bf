//! One plan as it would be with other files: to hold a change to the rules before it is written.

use super::{Entry, EntryKind, Size, Source};
use std::collections::BTreeMap;
use std::io;

/// One plan's folder of a source, some of whose files have another text, or are new. Other plans are not
/// there.
pub struct Overlay<'a> {
    source: &'a dyn Source,
    folder: &'a str,
    texts: BTreeMap<String, String>,
}

impl<'a> Overlay<'a> {
    /// The plan in a folder, with these texts by their paths from the root.
    #[must_use]
    pub fn new(source: &'a dyn Source, folder: &'a str, texts: BTreeMap<String, String>) -> Self {
        Self { source, folder, texts }
    }

    /// The names of the new files among the texts.
    fn new_files<'s>(&'s self, known: &'s [Entry]) -> impl Iterator<Item = Entry> + 's {
        let name = |path: &String| path.rsplit('/').next().unwrap_or_default().to_owned();
        let names = self.texts.keys().map(name);
        let new = names.filter(|name| known.iter().all(|entry| entry.name != *name));
        new.map(|name| Entry { name, kind: EntryKind::File })
    }
}

impl Source for Overlay<'_> {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        if folder == self.folder {
            let mut entries = self.source.list(folder)?;
            // Plans below it are other plans.
            entries.retain(|entry| entry.kind != EntryKind::Folder);
            let new: Vec<Entry> = self.new_files(&entries).collect();
            entries.extend(new);
            return Ok(entries);
        }
        // The way to it, and nothing beside it.
        let rest = if folder.is_empty() {
            Some(self.folder)
        } else {
            self.folder.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'))
        };
        let next = rest.and_then(|rest| rest.split('/').next());
        let entry = next.map(|name| Entry { name: name.to_owned(), kind: EntryKind::Folder });
        entry.map(|entry| vec![entry]).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> io::Result<Size> {
        let Some(text) = self.texts.get(path) else { return self.source.read(path, into) };
        if text.len() as u64 > crate::source::MAX_BYTES {
            return Ok(Size::TooLarge);
        }
        if into.len() < text.len() {
            into.resize(text.len(), 0);
        }
        into[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Size::Whole(text.len()))
    }
}
