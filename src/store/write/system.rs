//! What a write asks of the system, one step at a time, so that tests can let each of them fail.

use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::Path;

/// The steps of a write that change something on the disk.
pub(super) trait System {
    /// Makes a file that is not there. Where it is to take the place of another, nobody else may
    /// look into it before it has that one's mode.
    fn create(&self, path: &Path, private: bool) -> io::Result<File>;
    /// Writes it all.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file the mode of another and, where the system lets it, its owner and group.
    fn keep(&self, file: &File, old: &Metadata) -> io::Result<()>;
    /// Waits until what was written is on the disk.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Puts a file in the place of another.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a second name, which nothing may have yet.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Waits until a folder's names are on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The system as it is.
pub(super) struct Real;

impl System for Real {
    fn create(&self, path: &Path, private: bool) -> io::Result<File> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if private {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        #[cfg(not(unix))]
        let _ = private;
        options.open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    #[cfg(unix)]
    fn keep(&self, file: &File, old: &Metadata) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let new = file.metadata()?;
        // Only root may give a file away, and a group can be kept by its members: in a shared folder a
        // file may well become its last writer's. The mode comes after, for this resets some of it.
        if new.uid() != old.uid() {
            let _ = fchown(file, Some(old.uid()), None);
        }
        if new.gid() != old.gid() {
            let _ = fchown(file, None, Some(old.gid()));
        }
        // Disks that know no modes refuse to set them, and give each file the same.
        let mode = old.permissions().mode();
        if file.metadata()?.permissions().mode() == mode {
            Ok(())
        } else {
            file.set_permissions(old.permissions())
        }
    }

    #[cfg(not(unix))]
    fn keep(&self, _: &File, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match File::open(folder)?.sync_all() {
            // Some network and user-space file systems have nothing to wait for.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Ok(())
            }
            answer => answer,
        }
    }

    /// Windows has no such step.
    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}
