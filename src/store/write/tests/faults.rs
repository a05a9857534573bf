//! Lets each step of a write fail, and looks at what is on the disk then.

use super::super::system::{Real, System};
use super::*;
use std::cell::RefCell;
use std::fs::Metadata;

/// What becomes of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// The system refuses it.
    Refused(io::ErrorKind),
    /// Half of it is done, and then the disk is full; only of writing.
    Short,
    /// Half of it is done, and the system says that all is; only of writing.
    Lie,
    /// It is done, and the system says that it is not; not of making and renaming, of which a disk of
    /// one's own does not say so.
    Unsaid,
    /// It is not done, and nothing after it: the program was killed.
    Killed,
    /// It is done, but right before somebody who takes no lock saves [`MINE`].
    Edited(&'static str),
}

/// A system whose step of that number fails, counted from 0.
struct Faulty {
    at: usize,
    fault: Fault,
    /// The steps that were asked for.
    steps: RefCell<Vec<&'static str>>,
    /// Whether the disk knows second names.
    links: bool,
    root: PathBuf,
}

const MINE: &str = "mine\n";

impl Faulty {
    fn new(root: &Root, at: usize, fault: Fault) -> Self {
        Self { at, fault, steps: RefCell::new(Vec::new()), links: true, root: root.folder().to_owned() }
    }

    fn step<T>(&self, name: &'static str, done: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let mut steps = self.steps.borrow_mut();
        let n = steps.len();
        steps.push(name);
        match self.fault {
            Fault::Killed if n >= self.at => Err(io::Error::other("killed")),
            _ if n != self.at => done(),
            Fault::Refused(kind) => Err(kind.into()),
            Fault::Edited(path) => {
                fs::write(self.root.join(path), MINE)?;
                done()
            }
            Fault::Unsaid if !["create", "rename", "link"].contains(&name) => {
                let _ = done()?;
                Err(io::Error::other("not said"))
            }
            _ => done(),
        }
    }
}

impl System for Faulty {
    fn create(&self, path: &Path, private: bool) -> io::Result<File> {
        self.step("create", || Real.create(path, private))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let here = self.steps.borrow().len() == self.at;
        self.step("write", || match self.fault {
            Fault::Short if here => {
                Real.write(file, &bytes[..bytes.len() / 2])?;
                Err(io::ErrorKind::StorageFull.into())
            }
            Fault::Lie if here => Real.write(file, &bytes[..bytes.len() / 2]),
            _ => Real.write(file, bytes),
        })
    }

    fn keep(&self, file: &File, old: &Metadata) -> io::Result<()> {
        self.step("keep", || Real.keep(file, old))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step("sync", || Real.sync(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", || Real.rename(from, to))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let link = || if self.links { Real.link(from, to) } else { Err(io::ErrorKind::Unsupported.into()) };
        self.step("link", link)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step("remove", || Real.remove(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("sync folder", || Real.sync_folder(folder))
    }
}

/// Two files replaced and one made, in two plans.
fn change(root: &Root, system: &Faulty) -> Result<(), Failure> {
    let locked = lock(root, ["a", "b/c"], Duration::ZERO)?;
    let read = |path| locked.read(path).map(|file| file.with(NEW.to_owned()));
    let changes = [read("a/07-x.toml")?, read("b/c/08-y.toml")?, Change::create("a/09-z.toml", NEW)];
    Saving { locked: &locked, system, changes: &changes }.run()
}

/// Which of the three files are new; each is old or new.
fn new_files(root: &Root) -> Vec<&'static str> {
    let files = [("a/07-x.toml", Some(OLD)), ("b/c/08-y.toml", Some(OLD)), ("a/09-z.toml", None)];
    let is_new = |(path, old): &(&str, Option<&str>)| {
        let there = fs::read_to_string(at(root, path)).ok();
        assert!(there.as_deref() == *old || there.as_deref() == Some(NEW), "{path}: {there:?}");
        there.as_deref() != *old
    };
    files.into_iter().filter(is_new).map(|(path, _)| path).collect()
}

fn hidden(root: &Root) -> usize {
    let names = names(root, "a").into_iter().chain(names(root, "b/c"));
    names.filter(|name| name.starts_with('.')).count()
}

/// The steps of a change at which nothing fails.
fn steps() -> Vec<&'static str> {
    let (_folder, root) = plans();
    let system = Faulty::new(&root, usize::MAX, Fault::Killed);
    change(&root, &system).expect("nothing fails");
    assert_eq!(new_files(&root).len(), 3);
    system.steps.into_inner()
}

#[test]
fn all_files_are_on_the_disk_before_the_first_is_renamed() {
    insta::assert_snapshot!(steps().join(", "), @"create, keep, write, sync, create, keep, write, sync, create, write, sync, rename, rename, link, remove, sync folder, sync folder");
}

#[test]
fn whatever_fails_each_file_is_old_or_new_and_the_failure_says_which() {
    use io::ErrorKind::{Other, PermissionDenied, ReadOnlyFilesystem, StorageFull};
    let refusals = [Other, PermissionDenied, ReadOnlyFilesystem, StorageFull].map(Fault::Refused);
    let faults = refusals.into_iter().chain([Fault::Short, Fault::Lie, Fault::Unsaid]);
    let steps = steps();
    for (fault, at) in faults.flat_map(|fault| (0..steps.len()).map(move |at| (fault, at))) {
        let (_folder, root) = plans();
        let answer = change(&root, &Faulty::new(&root, at, fault));
        let new = new_files(&root);
        let where_ = format!("{fault:?} at {at}, {}: {answer:?}", steps[at]);
        match answer {
            // A name that could not be removed, a link that another way was found for, and a fault that
            // is none at this step.
            Ok(()) => assert_eq!(new.len(), 3, "{where_}"),
            Err(failure) => assert_eq!(failure.new, new, "{where_}"),
        }
        let left = usize::from(steps[at] == "remove" && matches!(fault, Fault::Refused(_)));
        assert_eq!(hidden(&root), left, "{where_}");
    }
}

#[test]
fn a_program_that_is_killed_at_any_step_leaves_files_old_or_new_and_the_next_one_cleans_up() {
    let mut left = 0;
    for at in 0..steps().len() {
        let (_folder, root) = plans();
        assert!(change(&root, &Faulty::new(&root, at, Fault::Killed)).is_err());
        new_files(&root);
        left += hidden(&root);
        let listing = find_plans(&*root.source, "root").expect("the root can be listed");
        assert!(listing.findings.is_empty(), "what is left is nothing to a reader: {:?}", listing.findings);
        // The next one makes another file, so that it does not matter which of these is there.
        let locked = lock(&root, ["a", "b/c"], Duration::ZERO).expect("a lock dies with its program");
        save(locked, vec![Change::create("a/10-z.toml", NEW)]).expect("it can be written");
        assert_eq!(hidden(&root), 0);
    }
    assert!(left > 10, "files were left to be swept: {left}");
}

#[test]
fn a_failure_between_two_files_names_both() {
    let steps = steps();
    let second = steps.iter().rposition(|step| *step == "rename").expect("files are renamed");
    let (_folder, root) = plans();
    let answer = change(&root, &Faulty::new(&root, second, Fault::Refused(io::ErrorKind::PermissionDenied)));
    insta::assert_snapshot!(message(answer), @"b/c/08-y.toml could not be written: permission denied; a/07-x.toml is new, b/c/08-y.toml, a/09-z.toml are as before (ask whoever owns it, and its folder, to let you write there)");
}

#[test]
fn what_the_system_says_comes_with_what_to_do() {
    let steps = steps();
    let fail = |step: &str, kind| {
        let at = steps.iter().position(|s| *s == step).expect("the step is taken");
        let (_folder, root) = plans();
        message(change(&root, &Faulty::new(&root, at, Fault::Refused(kind))))
    };
    insta::assert_snapshot!(fail("create", io::ErrorKind::PermissionDenied), @"a/07-x.toml could not be written: permission denied; nothing was changed (ask whoever owns it, and its folder, to let you write there)");
    insta::assert_snapshot!(fail("create", io::ErrorKind::ReadOnlyFilesystem), @"a/07-x.toml could not be written: read-only filesystem or storage medium; nothing was changed (the disk is read-only: copy the repository to another one)");
    insta::assert_snapshot!(fail("write", io::ErrorKind::StorageFull), @"a/07-x.toml could not be written: no storage space; nothing was changed (make room on the disk, then try again)");
    insta::assert_snapshot!(fail("sync", io::ErrorKind::Other), @"a/07-x.toml could not be written: other error; nothing was changed");
    insta::assert_snapshot!(fail("sync folder", io::ErrorKind::Other), @"the disk does not say that it has kept what was written in a: other error; a/07-x.toml, b/c/08-y.toml, a/09-z.toml are new");
}

#[test]
fn a_disk_without_second_names_is_no_reason_to_replace_a_file() {
    let (_folder, root) = plans();
    let system = Faulty { links: false, ..Faulty::new(&root, usize::MAX, Fault::Killed) };
    change(&root, &system).expect("the new file is renamed into its place");
    assert_eq!((new_files(&root).len(), hidden(&root)), (3, 0));
}

#[test]
fn what_an_editor_saves_while_a_change_is_made_is_kept() {
    let steps = steps();
    let first = steps.iter().position(|step| *step == "rename").expect("files are renamed");
    for at in 0..steps.len() {
        let (_folder, root) = plans();
        let answer = change(&root, &Faulty::new(&root, at, Fault::Edited("b/c/08-y.toml")));
        // Its own renaming is the moment that nobody can see into.
        let kept = if at == first + 1 { NEW } else { MINE };
        assert_eq!(text(&root, "b/c/08-y.toml"), kept, "{at}");
        match answer {
            Ok(()) => assert!(at > first, "{at}"),
            Err(failure) => {
                assert!(matches!(failure.reason, Reason::Changed { .. }), "{at}: {failure}");
                assert_eq!(failure.new.len(), usize::from(at == first), "{at}: {failure}");
            }
        }
        assert_eq!(hidden(&root), 0);
    }
}

#[test]
fn what_somebody_makes_while_a_change_is_made_is_kept() {
    for at in 0..steps().len() {
        let (_folder, root) = plans();
        let answer = change(&root, &Faulty::new(&root, at, Fault::Edited("a/09-z.toml")));
        assert_eq!(text(&root, "a/09-z.toml"), MINE, "{at}: {answer:?}");
        assert_eq!(hidden(&root), 0);
    }
}
