use super::*;
use crate::store::{Disk, Revision, find_plans};
use chrono::NaiveDate;
use std::path::Path;
use tempfile::TempDir;

mod faults;
#[cfg(unix)]
mod unix;

const OLD: &str = "\u{feff}id = \"7\"\r\n";
const NEW: &str = "\u{feff}id = \"7\"\r\nrag = \"Red\"\r\n";

/// A root with two plans, each with two recommendations.
pub(super) fn plans() -> (TempDir, Root) {
    let folder = tempfile::tempdir().expect("a folder");
    for plan in ["a", "b/c"] {
        let plan = folder.path().join(plan);
        fs::create_dir_all(&plan).expect("a folder");
        fs::write(plan.join("plan.toml"), "title = \"A\"\n").expect("a file");
        fs::write(plan.join("07-x.toml"), OLD).expect("a file");
        fs::write(plan.join("08-y.toml"), OLD).expect("a file");
    }
    let root = root_at(folder.path());
    (folder, root)
}

fn root_at(folder: &Path) -> Root {
    let folder = folder.canonicalize().expect("the folder is there");
    Root::new(&folder, folder.clone(), Box::new(Disk::new(&folder)))
}

fn locked<'a>(root: &'a Root, folder: &str) -> Locked<'a> {
    lock(root, [folder], Duration::ZERO).expect("nobody else has the lock")
}

fn replace(root: &Root, path: &str, text: &str) -> Result<(), Failure> {
    let locked = locked(root, path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let change = locked.read(path)?.with(text.to_owned());
    save(locked, vec![change])
}

fn save(locked: Locked<'_>, changes: Vec<Change>) -> Result<(), Failure> {
    locked.save(changes)
}

fn text(root: &Root, path: &str) -> String {
    fs::read_to_string(at(root, path)).expect("the file can be read")
}

/// The names in a folder, sorted.
fn names(root: &Root, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(at(root, folder)).expect("the folder is there");
    let mut names: Vec<_> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const THREE: [&str; 3] = ["07-x.toml", "08-y.toml", "plan.toml"];

fn message<T>(answer: Result<T, Failure>) -> String {
    answer.err().expect("it is refused").to_string()
}

#[test]
fn a_file_is_replaced_byte_for_byte_and_nothing_else_is_left() {
    let (_folder, root) = plans();
    replace(&root, "a/07-x.toml", NEW).expect("it can be written");
    assert_eq!(text(&root, "a/07-x.toml"), NEW);
    assert_eq!(text(&root, "a/08-y.toml"), OLD);
    assert_eq!(names(&root, "a"), THREE);
}

#[test]
fn several_plans_change_at_once_and_files_are_made() {
    let (_folder, root) = plans();
    let locked = lock(&root, ["b/c", "a", "a"], Duration::ZERO).expect("nobody else has the locks");
    let change = locked.read("b/c/plan.toml").expect("it is there").with("title = \"B\"\n".to_owned());
    save(locked, vec![change, Change::create("a/09-z.toml", NEW)]).expect("both can be written");
    assert_eq!(text(&root, "b/c/plan.toml"), "title = \"B\"\n");
    assert_eq!(text(&root, "a/09-z.toml"), NEW);
    assert_eq!(names(&root, "a"), ["07-x.toml", "08-y.toml", "09-z.toml", "plan.toml"]);
}

#[test]
fn the_same_text_is_no_change() {
    let (_folder, root) = plans();
    let modified = || fs::metadata(at(&root, "a/07-x.toml")).and_then(|m| m.modified()).expect("it is there");
    let before = modified();
    std::thread::sleep(Duration::from_millis(20));
    replace(&root, "a/07-x.toml", OLD).expect("there is nothing to do");
    assert_eq!(modified(), before);
}

#[test]
fn a_lock_that_is_held_is_told_and_given_up() {
    let (_folder, root) = plans();
    let held = locked(&root, "a");
    let begun = Instant::now();
    let answer = lock(&root, ["b/c", "a"], Duration::from_millis(60));
    assert!(begun.elapsed() >= Duration::from_millis(60));
    insta::assert_snapshot!(message(answer), @"the plan in a is locked by another `plan` command, and was not free within 60ms; nothing was changed (it may still be at work, or wait or be suspended in another terminal: let it finish or end it, then try again)");
    drop(lock(&root, ["b/c"], Duration::ZERO).expect("a lock that was taken in vain is given back"));
    drop(held);
    drop(lock(&root, ["b/c", "a"], Duration::ZERO).expect("both are free"));
    assert_eq!(names(&root, "a"), THREE, "a lock leaves nothing behind");
}

#[test]
fn a_lock_that_is_waited_for_is_had_when_it_is_free() {
    let (_folder, root) = plans();
    let held = locked(&root, "a");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| lock(&root, ["a"], PATIENCE).map(drop));
        std::thread::sleep(Duration::from_millis(30));
        drop(held);
        waiting.join().expect("no panic").expect("the lock came free");
    });
}

#[cfg(unix)]
#[test]
fn a_folder_that_was_made_anew_is_locked_anew() {
    let (folder, root) = plans();
    let make = |name| fs::create_dir(folder.path().join(name)).expect("it can be made");
    make("empty");
    let held = locked(&root, "empty");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| lock(&root, ["empty"], PATIENCE));
        std::thread::sleep(Duration::from_millis(30));
        // In one step, so that there is a folder whenever the other looks.
        make("anew");
        fs::rename(folder.path().join("anew"), folder.path().join("empty")).expect("it can be renamed");
        drop(held);
        let _new = waiting.join().expect("no panic").expect("the lock came free");
        assert!(lock(&root, ["empty"], Duration::ZERO).is_err(), "the folder that is there now is locked");
    });
}

#[test]
fn what_an_editor_saved_meanwhile_is_not_replaced() {
    let (_folder, root) = plans();
    let locked = locked(&root, "a");
    let read = |path| locked.read(path).expect("it is there");
    let changes = vec![read("a/07-x.toml").with(NEW.to_owned()), read("a/08-y.toml").with(NEW.to_owned())];
    fs::write(at(&root, "a/08-y.toml"), "mine\n").expect("an editor can write");
    insta::assert_snapshot!(message(save(locked, changes)), @"a/08-y.toml was changed by somebody else meanwhile; nothing was changed (save or close it in your editor, then try again)");
    assert_eq!(text(&root, "a/07-x.toml"), OLD);
    assert_eq!(text(&root, "a/08-y.toml"), "mine\n");
    assert_eq!(names(&root, "a"), THREE);
}

#[test]
fn a_file_that_went_meanwhile_stays_away() {
    let (_folder, root) = plans();
    let locked = locked(&root, "a");
    let change = locked.read("a/07-x.toml").expect("it is there").with(NEW.to_owned());
    fs::remove_file(at(&root, "a/07-x.toml")).expect("git can remove it");
    insta::assert_snapshot!(message(save(locked, vec![change])), @"a/07-x.toml was removed by somebody else meanwhile; nothing was changed (see whether it was moved, or another branch was checked out, then try again)");
    assert_eq!(names(&root, "a"), ["08-y.toml", "plan.toml"]);
}

#[test]
fn a_folder_that_went_meanwhile_is_told() {
    let (folder, root) = plans();
    let locked = locked(&root, "a");
    let change = locked.read("a/07-x.toml").expect("it is there").with(NEW.to_owned());
    fs::remove_dir_all(folder.path().join("a")).expect("git can remove it");
    insta::assert_snapshot!(message(save(locked, vec![change])), @"a could not be opened: No such file or directory; nothing was changed (see whether the plan was moved, or another branch was checked out, then try again)");
}

#[cfg(unix)]
#[test]
fn a_folder_that_was_made_anew_meanwhile_is_not_written_under_the_lock_of_the_old_one() {
    let (folder, root) = plans();
    let locked = locked(&root, "a");
    let change = locked.read("a/07-x.toml").expect("it is there").with(NEW.to_owned());
    fs::rename(folder.path().join("a"), folder.path().join("old")).expect("it can be renamed");
    fs::create_dir(folder.path().join("a")).expect("it can be made");
    fs::write(at(&root, "a/07-x.toml"), OLD).expect("a file");
    assert!(matches!(save(locked, vec![change]).map_err(|f| f.reason), Err(Reason::Gone { .. })));
    assert_eq!(text(&root, "a/07-x.toml"), OLD);
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let (_folder, root) = plans();
    let answer = save(locked(&root, "a"), vec![Change::create("a/07-x.toml", NEW)]);
    insta::assert_snapshot!(message(answer), @"a/07-x.toml is there already; nothing was changed (change that one, or move it away)");
    assert_eq!(text(&root, "a/07-x.toml"), OLD);
}

#[test]
fn one_file_is_not_written_twice_in_one_change() {
    let (_folder, root) = plans();
    let locked = locked(&root, "a");
    let change = |text: &str| locked.read("a/07-x.toml").expect("it is there").with(text.to_owned());
    let changes = vec![change(NEW), change("other")];
    insta::assert_snapshot!(message(save(locked, changes)), @"a/07-x.toml would be written twice in one change; nothing was changed (this is a fault of the program: report it)");
    assert_eq!(text(&root, "a/07-x.toml"), OLD);
}

#[test]
fn no_path_leaves_the_root_or_what_is_locked() {
    let (_folder, root) = plans();
    let locked = locked(&root, "a");
    for path in ["b/c/plan.toml", "../x.toml", "a/../b/c/plan.toml", "/etc/passwd", "a/", "plan.toml", ""] {
        assert!(matches!(locked.read(path).map_err(|f| f.reason), Err(Reason::NotLocked { .. })), "{path}");
    }
    drop(locked);
    for folder in ["..", "a/..", "/", "a//", "./a"] {
        let answer = lock(&root, [folder], Duration::ZERO);
        assert!(matches!(answer.map_err(|f| f.reason), Err(Reason::Outside { .. })), "{folder}");
    }
}

#[test]
fn a_revision_is_not_written() {
    let (folder, _) = plans();
    let date = NaiveDate::from_ymd_opt(2025, 3, 27).expect("a date");
    let revision = Revision { id: "0".into(), short: "0".into(), date, subject: String::new() };
    let root = root_at(folder.path()).of_revision(revision);
    insta::assert_snapshot!(message(lock(&root, ["a"], Duration::ZERO)), @"the plans are read as they were at a revision, which nobody can write; nothing was changed (leave --at out, to change them as they are now)");
}

#[test]
fn what_is_no_text_is_not_read_to_be_changed() {
    let (_folder, root) = plans();
    fs::write(at(&root, "a/07-x.toml"), b"id = \"\xff\"").expect("a file");
    fs::write(at(&root, "a/08-y.toml"), vec![b'#'; (1 << 20) + 1]).expect("a file");
    let locked = locked(&root, "a");
    insta::assert_snapshot!(message(locked.read("a/07-x.toml")), @"a/07-x.toml is not UTF-8; nothing was changed (save the file as UTF-8)");
    insta::assert_snapshot!(message(locked.read("a/08-y.toml")), @"a/08-y.toml is, or would be, larger than 1 MiB; nothing was changed (move what is long into a document, and name that as evidence)");
    insta::assert_snapshot!(message(locked.read("a/09-z.toml")), @"a/09-z.toml could not be read: No such file or directory; nothing was changed (see whether the plan was moved, or another branch was checked out, then try again)");
    let long = "#".repeat((1 << 20) + 1);
    insta::assert_snapshot!(message(save(locked, vec![Change::create("a/09-z.toml", long)])), @"a/09-z.toml is, or would be, larger than 1 MiB; nothing was changed (move what is long into a document, and name that as evidence)");
}

#[test]
fn what_a_killed_program_left_is_swept_and_nothing_else_is() {
    let (_folder, root) = plans();
    for name in [".plan-123-0.tmp", ".plan-x-0.tmp", ".plan-1.tmp", ".gitignore", "notes.tmp"] {
        fs::write(at(&root, "a").join(name), "x").expect("a file");
    }
    fs::write(at(&root, "b/c/.plan-123-0.tmp"), "x").expect("a file");
    let listing = find_plans(&*root.source, "root").expect("the root can be listed");
    assert!(listing.findings.is_empty(), "a reader passes over it: {:?}", listing.findings);
    assert_eq!(listing.plans.iter().map(|p| p.files.len()).sum::<usize>(), 4);
    drop(locked(&root, "a"));
    assert!(at(&root, "a/.plan-123-0.tmp").exists(), "who only locks removes nothing");
    replace(&root, "a/07-x.toml", NEW).expect("it can be written");
    let left =
        [".gitignore", ".plan-1.tmp", ".plan-x-0.tmp", "07-x.toml", "08-y.toml", "notes.tmp", "plan.toml"];
    assert_eq!(names(&root, "a"), left);
    assert!(
        at(&root, "b/c/.plan-123-0.tmp").exists(),
        "somebody may be at work in a plan that is not locked"
    );
}
