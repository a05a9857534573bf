//! Locks a folder.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long to sleep between two tries, at first and at most.
const SHORT: Duration = Duration::from_millis(1);
const LONG: Duration = Duration::from_millis(20);

/// The lock, or none where somebody else had it until the deadline. It ends when the file is closed,
/// also by the system when the program is killed.
pub(super) fn wait(folder: &Path, deadline: Instant) -> io::Result<Option<File>> {
    let mut pause = SHORT;
    loop {
        if let Some(lock) = take(folder)? {
            return Ok(Some(lock));
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        thread::sleep(pause.min(left));
        pause = (pause * 2).min(LONG);
    }
}

/// On Unix the folder itself is locked, and nothing has to be made or removed.
#[cfg(unix)]
fn take(folder: &Path) -> io::Result<Option<File>> {
    use std::fs::TryLockError;
    let lock = File::open(folder)?;
    match lock.try_lock() {
        // While one waits, git may remove a folder and make it anew: the lock would be on the old one.
        Ok(()) => Ok(is_of(&lock, folder)?.then_some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether the lock is on the folder that is there now.
#[cfg(unix)]
pub(super) fn is_of(lock: &File, folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let (locked, there) = (lock.metadata()?, std::fs::symlink_metadata(folder)?);
    Ok(locked.dev() == there.dev() && locked.ino() == there.ino())
}

/// Nobody removes a folder with an open file in it.
#[cfg(windows)]
pub(super) fn is_of(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// Windows locks no folders. A hidden file that only one may open does the same; the system removes
/// it when it is closed, also for a program that is killed.
#[cfg(windows)]
fn take(folder: &Path) -> io::Result<Option<File>> {
    use std::os::windows::fs::OpenOptionsExt as _;
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    let mut options = File::options();
    options.write(true).create(true).truncate(false).share_mode(0).custom_flags(DELETE_ON_CLOSE);
    match options.open(folder.join(".plan.lock")) {
        Ok(lock) => Ok(Some(lock)),
        Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => Ok(None),
        // So answers a file that is being removed, and a folder that one may not write: the write
        // that follows tells which.
        Err(error) if error.raw_os_error() == Some(ACCESS_DENIED) && folder.join(".plan.lock").exists() => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
