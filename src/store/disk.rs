//! Plans in a folder on the disk.

use super::{Entry, EntryKind, Size, Source};
use crate::source::MAX_BYTES;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A folder on the disk. Links are told, never followed.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The folder as a root of plans.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn at(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.clone() } else { self.root.join(path) }
    }
}

impl Source for Disk {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            let kind = entry.file_type()?;
            let name = entry.file_name();
            let kind = match name.to_str() {
                _ if kind.is_symlink() => EntryKind::Link,
                None => EntryKind::Unnamable { folder: kind.is_dir() },
                Some(_) if kind.is_dir() => EntryKind::Folder,
                Some(_) if kind.is_file() => EntryKind::File,
                Some(_) => EntryKind::Other,
            };
            Ok(Entry { name: name.to_string_lossy().into_owned(), kind })
        };
        fs::read_dir(self.at(folder))?.map(entry).collect()
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> io::Result<Size> {
        // Most files fit the first read: asking for their size would cost as much as reading them.
        const FIRST: usize = 1 << 16;
        let mut file = File::open(self.at(path))?;
        if into.len() < FIRST {
            into.resize(FIRST, 0);
        }
        let mut filled = 0;
        loop {
            match file.read(&mut into[filled..]) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            if filled as u64 > MAX_BYTES {
                return Ok(Size::TooLarge);
            }
            if filled == into.len() {
                into.resize(filled * 2, 0);
            }
        }
        Ok(Size::Whole(filled))
    }
}
