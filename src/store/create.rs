//! New files in a folder: all of them or none, and never over what is there.

use super::plain_error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file to make: its path from the folder, with `/` between the parts, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The path.
    pub path: String,
    /// The text.
    pub text: String,
}

/// Why nothing was made.
#[derive(Debug, PartialEq, Eq)]
pub enum NotMade {
    /// These are there already: files to be made, or what is no folder where one is needed.
    There(Vec<PathBuf>),
    /// These are symbolic links on the way.
    Links(Vec<PathBuf>),
    /// This could not be made, for that reason.
    Failed(PathBuf, String),
    /// The same; and what was made before could not be taken away again.
    LeftBehind(PathBuf, String, Vec<PathBuf>),
}

/// Makes the files, and every folder on the way; `folder` too, where it is missing. Links in it are not
/// followed. Everything is on the disk when it returns; where one thing fails, what was made is taken away.
///
/// # Errors
/// Where anything is in the way, or the system does not make it.
pub fn create(folder: &Path, files: &[NewFile]) -> Result<(), NotMade> {
    in_the_way(folder, files)?;
    let mut made = Made::default();
    let made_all = files.iter().try_for_each(|file| made.file(folder, file)).and_then(|()| made.sync());
    made_all.map_err(|(path, error)| {
        let left = made.take_away();
        let reason = plain_error(&error);
        if left.is_empty() { NotMade::Failed(path, reason) } else { NotMade::LeftBehind(path, reason, left) }
    })
}

/// Looks before anything is made, so that all that is in the way is named at once.
fn in_the_way(folder: &Path, files: &[NewFile]) -> Result<(), NotMade> {
    let (mut there, mut links) = (Vec::new(), Vec::new());
    for file in files {
        let mut path = folder.to_owned();
        let mut parts = file.path.split('/').peekable();
        while let Some(part) = parts.next() {
            path.push(part);
            let last = parts.peek().is_none();
            match fs::symlink_metadata(&path) {
                Ok(found) if found.is_symlink() => links.push(path.clone()),
                Ok(found) if last || !found.is_dir() => there.push(path.clone()),
                Ok(_) => continue,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(NotMade::Failed(path, plain_error(&error))),
            }
            break;
        }
    }
    links.sort();
    links.dedup();
    there.sort();
    there.dedup();
    match (links.is_empty(), there.is_empty()) {
        (false, _) => Err(NotMade::Links(links)),
        (_, false) => Err(NotMade::There(there)),
        _ => Ok(()),
    }
}

/// What was made so far, in order.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

type Failure = (PathBuf, io::Error);

impl Made {
    fn file(&mut self, folder: &Path, file: &NewFile) -> Result<(), Failure> {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            self.folder(parent)?;
        }
        let failed = |error| (path.clone(), error);
        // Whoever made it since we looked keeps it: this fails on anything that is there, links too.
        let mut made = OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed)?;
        self.files.push(path.clone());
        made.write_all(file.text.as_bytes()).and_then(|()| made.sync_all()).map_err(failed)
    }

    fn folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|f| fs::symlink_metadata(f).is_err()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| (folder.to_owned(), error))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    /// A file is on the disk when the folder that names it is.
    fn sync(&self) -> Result<(), Failure> {
        let mut folders: Vec<&Path> =
            self.files.iter().chain(&self.folders).filter_map(|p| p.parent()).collect();
        folders.sort();
        folders.dedup();
        folders
            .into_iter()
            .try_for_each(|folder| sync_folder(folder).map_err(|error| (folder.to_owned(), error)))
    }

    /// Takes everything away again; what could not be.
    fn take_away(self) -> Vec<PathBuf> {
        let files = self.files.into_iter().rev().filter(|file| fs::remove_file(file).is_err());
        let mut left: Vec<PathBuf> = files.collect();
        // A folder that somebody else has put something into stays.
        left.extend(self.folders.into_iter().rev().filter(|folder| fs::remove_dir(folder).is_err()));
        left
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file, and its entries are written with the files.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> NewFile {
        NewFile { path: path.to_owned(), text: format!("{path}\n") }
    }

    #[test]
    fn files_are_made_with_their_folders() {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = scratch.path().join("a/b");
        assert_eq!(create(&folder, &[file("plans/p/x"), file("plans/p/y"), file("z")]), Ok(()));
        assert_eq!(fs::read_to_string(folder.join("plans/p/y")).expect("a file"), "plans/p/y\n");
        // Once more, and nothing is made for what is there; a folder that is there is no obstacle.
        let there = NotMade::There(vec![folder.join("plans/p/x"), folder.join("z")]);
        assert_eq!(create(&folder, &[file("z"), file("plans/p/x"), file("new")]), Err(there));
        assert!(!folder.join("new").exists());
        assert_eq!(create(&folder, &[file("plans/p/new")]), Ok(()));
        // A file stands where a folder is needed.
        assert_eq!(create(&folder, &[file("z/new")]), Err(NotMade::There(vec![folder.join("z")])));
    }

    #[test]
    fn what_was_made_is_taken_away_when_the_rest_fails() {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = scratch.path().join("new");
        // No file system takes this name, and nothing tells so before.
        let long = "x".repeat(300);
        for files in [[file("plans/p/x"), file(&long)], [file("plans/p/x"), file(&format!("plans/{long}/y"))]]
        {
            let made = create(&folder, &files);
            assert!(matches!(made, Err(NotMade::Failed(..))), "{made:?}");
            assert!(!folder.exists(), "something is left");
        }
    }

    #[test]
    #[cfg(unix)]
    fn links_are_not_followed() {
        let scratch = tempfile::tempdir().expect("a folder");
        let (folder, elsewhere) = (scratch.path().join("a"), scratch.path().join("b"));
        fs::create_dir(&folder).expect("a folder");
        fs::create_dir(&elsewhere).expect("a folder");
        std::os::unix::fs::symlink(&elsewhere, folder.join("plans")).expect("a link");
        std::os::unix::fs::symlink("nowhere", folder.join("dangling")).expect("a link");
        let links = NotMade::Links(vec![folder.join("dangling"), folder.join("plans")]);
        assert_eq!(create(&folder, &[file("plans/x"), file("dangling"), file("y")]), Err(links));
        assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
        assert!(!folder.join("y").exists());
    }
}
