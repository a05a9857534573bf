//! A file that a command writes for somebody to read: whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file, over one that may be there: beside it, to the disk, and then in its place. Whoever reads it,
/// and whenever the program or the machine stops, finds the old file or the new one.
///
/// # Errors
/// Where something is there that is no regular file, a link among them, or the system does not write.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Some(found.permissions()),
        Ok(found) if found.is_dir() => {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder: name a file in it"));
        }
        Ok(_) => {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is there, and is no regular file"));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if old.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it may not be written"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary =
        usual(tempfile::Builder::new().prefix(".plan-").suffix(".tmp")).tempfile_in(folder)?;
    if let Some(old) = old {
        temporary.as_file().set_permissions(old)?;
    }
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    sync(folder)
}

/// A new file is as open as the user's other files.
#[cfg(unix)]
fn usual<'a, 'b, 'c>(builder: &'a mut tempfile::Builder<'b, 'c>) -> &'a mut tempfile::Builder<'b, 'c> {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual<'a, 'b, 'c>(builder: &'a mut tempfile::Builder<'b, 'c>) -> &'a mut tempfile::Builder<'b, 'c> {
    builder
}

/// Waits until the new name is on the disk, where the system has such a thing.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        answer => answer,
    }
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a folder holds.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_is_made_and_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("page.html");
        for text in ["old", "new"] {
            put(&path, text.as_bytes()).expect("it is written");
            assert_eq!(fs::read_to_string(&path).expect("a file"), text);
        }
        assert_eq!(names(folder.path()), ["page.html"]);
    }

    #[test]
    fn what_is_no_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("page.html");
        fs::create_dir(&inner).expect("a folder");
        put(&inner, b"new").expect_err("a folder stands there");
        put(&folder.path().join("nowhere/page.html"), b"new").expect_err("there is no such folder");
        assert_eq!(names(folder.path()), ["page.html"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_mode_a_link_and_a_read_only_file_are_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("page.html"), folder.path().join("link.html"));
        put(&path, b"old").expect("it is written");
        let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
        set(0o640);
        put(&path, b"new").expect("it is written");
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o640);
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        put(&link, b"other").expect_err("a link could lead anywhere");
        set(0o440);
        put(&path, b"other").expect_err("it may not be written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
        assert_eq!(names(folder.path()).len(), 2);
    }
}
