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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        packed_as(CompressionMethod::Deflated, parts)
    }

    fn packed_as(method: CompressionMethod, parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            let options = SimpleFileOptions::default().compression_method(method);
            zip.start_file(*name, options).expect("a part begins");
            zip.write_all(bytes).expect("a part is written");
        }
        zip.finish().expect("an archive").into_inner()
    }

    fn mib(n: u64) -> Vec<u8> {
        vec![b' '; usize::try_from(n << 20).expect("it is not so large")]
    }

    #[test]
    fn names_are_compared_as_the_format_compares_them() {
        let bytes = packed(&[("Word\\Document.XML", b"text"), ("a/b", b"")]);
        let mut archive = Archive::open(&bytes).expect("it opens");
        assert_eq!(archive.names().collect::<Vec<_>>(), ["a/b", "word/document.xml"]);
        assert!(archive.has("/word/document.xml") && !archive.has("document.xml"));
        assert_eq!(archive.read("word/document.xml"), Ok(Some(b"text".to_vec())));
        assert_eq!(archive.read("nowhere"), Ok(None));
    }

    #[test]
    fn a_part_that_packs_too_well_is_refused_and_a_small_one_may() {
        let (small, large) = (mib(3), mib(5));
        let bytes = packed(&[("small", &small), ("large", &large)]);
        let mut archive = Archive::open(&bytes).expect("it opens");
        assert_eq!(archive.read("small").map(|part| part.map(|part| part.len())), Ok(Some(3 << 20)));
        let said = archive.read("large").expect_err("it is refused").to_string();
        assert!(said.starts_with("large unpacks to more than 4 MiB from "), "{said}");
    }

    #[test]
    fn all_parts_together_have_a_limit_and_what_is_read_again_counts_once() {
        let part = mib(60);
        let bytes = packed_as(CompressionMethod::Stored, &[("part", &part)]);
        let mut archive = Archive::open(&bytes).expect("it opens");
        for _ in 0..3 {
            assert!(archive.read("part").is_ok());
        }
        assert!(archive.read_again("part").is_ok_and(|part| part.is_some()));
        assert!(archive.read("part").is_err());
    }

    #[test]
    fn of_a_part_that_is_only_begun_the_start_is_read_until_it_is_enough() {
        let part = mib(1);
        let bytes = packed_as(CompressionMethod::Stored, &[("part", &part)]);
        let mut archive = Archive::open(&bytes).expect("it opens");
        let lengths: Vec<usize> =
            (0..300).filter_map(|_| archive.start("part")).map(|part| part.len()).collect();
        assert_eq!(lengths.first(), Some(&(256 << 10)));
        assert_eq!(lengths.iter().sum::<usize>(), 64 << 20);
        assert_eq!(archive.read, 0);
        assert_eq!(archive.start("nowhere"), None);
    }

    #[test]
    fn what_has_too_many_parts_or_is_no_archive_is_refused() {
        let names: Vec<String> = (0..=PARTS).map(|n| n.to_string()).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        let said =
            |bytes: &[u8]| Archive::open(bytes).err().map(|error| error.to_string()).unwrap_or_default();
        let many = packed_as(CompressionMethod::Stored, &parts);
        assert_eq!(said(&many), "it has 20001 parts, which no plan needs: nothing was read");
        assert!(
            said(&many[..many.len() / 2]).starts_with("the file is broken (its archive cannot be opened")
        );
        assert!(said(b"PK").starts_with("the file is broken"));
    }
}
