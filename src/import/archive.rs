//! The archives that Word and Excel files are, opened within limits.
//!
//! Whoever sends a file says how large its parts are, and may lie: bytes are counted as they come.

use super::error::ImportError;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// A part may be so large, unpacked.
const PART: u64 = 64 << 20;
/// All parts that are read may be so large together, unpacked.
const ALL: u64 = 192 << 20;
/// A part above this size may be so many times as large as what it is packed in. XML packs well: real
/// sheets of nothing but repeated cells reach some 60.
const RATIO: u64 = 250;
const RATIO_FROM: u64 = 4 << 20;
/// So much is read of the start of a part of which no more is wanted, and of all of them together.
const START: u64 = 256 << 10;
const STARTS: u64 = 64 << 20;
/// So many parts.
const PARTS: usize = 20_000;

/// An archive in memory.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// The parts by their name in lower case, as the format compares them.
    names: BTreeMap<String, usize>,
    read: u64,
    started: u64,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ImportError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| ImportError::broken(format!("its archive cannot be opened: {error}")))?;
        if zip.len() > PARTS {
            return Err(ImportError::limit(format!("it has {} parts", zip.len())));
        }
        let names = (0..zip.len()).filter_map(|i| Some((plain(&zip.name_for_index(i)?.ok()?), i))).collect();
        Ok(Self { zip, names, read: 0, started: 0 })
    }

    /// The names of its parts, in lower case.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain(name))
    }

    /// The bytes of a part; none where there is no such part.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(index) = self.names.get(&plain(name)) else { return Ok(None) };
        let broken = |error: &dyn std::fmt::Display| ImportError::broken(format!("{name}: {error}"));
        let part = self.zip.by_index(*index).map_err(|error| broken(&error))?;
        let packed = part.compressed_size();
        let most = PART.min(ALL - self.read);
        let most = most.min(RATIO_FROM.max(packed.saturating_mul(RATIO)));
        let mut bytes = Vec::new();
        let size = part.take(most + 1).read_to_end(&mut bytes).map_err(|error| broken(&error))? as u64;
        if size > most {
            return Err(ImportError::limit(format!(
                "{name} unpacks to more than {} MiB from {} KiB",
                most >> 20,
                packed >> 10
            )));
        }
        self.read += size;
        Ok(Some(bytes))
    }

    /// The bytes of a part that was read before, which counts once.
    pub(super) fn read_again(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let read = std::mem::take(&mut self.read);
        let bytes = self.read(name);
        self.read = read;
        bytes
    }

    /// The first bytes of a part; none where there are none, and where enough parts were begun.
    pub(super) fn start(&mut self, name: &str) -> Option<Vec<u8>> {
        let part = self.zip.by_index(*self.names.get(&plain(name))?).ok()?;
        let mut bytes = Vec::new();
        let most = START.min(STARTS - self.started);
        self.started += part.take(most).read_to_end(&mut bytes).ok()? as u64;
        Some(bytes)
    }

    /// Reads every part once, so that a program that trusts the archive may be given it.
    pub(super) fn read_all(&mut self) -> Result<(), ImportError> {
        for name in self.names.keys().cloned().collect::<Vec<_>>() {
            self.read(&name)?;
        }
        Ok(())
    }
}

fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}
