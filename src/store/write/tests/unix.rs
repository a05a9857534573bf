//! Modes, owners, links and pipes.

use super::*;
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

fn set_mode(root: &Root, path: &str, mode: u32) {
    fs::set_permissions(at(root, path), fs::Permissions::from_mode(mode)).expect("the mode can be set");
}

fn mode(root: &Root, path: &str) -> u32 {
    fs::metadata(at(root, path)).expect("it is there").mode() & 0o7777
}

#[test]
fn a_file_keeps_its_mode() {
    for kept in [0o640, 0o755, 0o600, 0o664, 0o666] {
        let (_folder, root) = plans();
        set_mode(&root, "a", 0o2775);
        set_mode(&root, "a/07-x.toml", kept);
        replace(&root, "a/07-x.toml", NEW).expect("it can be written");
        assert_eq!(mode(&root, "a/07-x.toml"), kept);
    }
}

/// Files of several people in one folder; only root can set this up.
#[test]
fn a_file_keeps_its_owner_and_a_new_one_has_the_group_of_a_shared_folder() {
    let (_folder, root) = plans();
    let own = |path: &str, user, group| std::os::unix::fs::chown(at(&root, path), Some(user), Some(group));
    if own("a/07-x.toml", 1234, 2345).is_err() {
        return;
    }
    own("a", 0, 3456).expect("root may give files away");
    set_mode(&root, "a", 0o2775);
    set_mode(&root, "a/07-x.toml", 0o640);
    replace(&root, "a/07-x.toml", NEW).expect("it can be written");
    let owner = |path: &str| fs::metadata(at(&root, path)).map(|m| (m.uid(), m.gid())).expect("it is there");
    assert_eq!((owner("a/07-x.toml"), mode(&root, "a/07-x.toml")), ((1234, 2345), 0o640));
    save(locked(&root, "a"), vec![Change::create("a/09-z.toml", NEW)]).expect("it can be made");
    assert_eq!(owner("a/09-z.toml").1, 3456);
}

#[test]
fn a_new_file_has_the_mode_that_any_program_would_give_it() {
    let (_folder, root) = plans();
    save(locked(&root, "a"), vec![Change::create("a/09-z.toml", NEW)]).expect("it can be made");
    assert_eq!(mode(&root, "a/09-z.toml"), mode(&root, "a/08-y.toml"));
}

#[test]
fn a_read_only_file_is_not_replaced_though_its_folder_would_let_it() {
    let (_folder, root) = plans();
    set_mode(&root, "a/07-x.toml", 0o444);
    insta::assert_snapshot!(message(replace(&root, "a/07-x.toml", NEW)), @"a/07-x.toml is read-only; nothing was changed (if it is to be changed, make it writable first)");
    assert_eq!((text(&root, "a/07-x.toml").as_str(), mode(&root, "a/07-x.toml")), (OLD, 0o444));
    assert_eq!(names(&root, "a"), THREE);
}

#[test]
fn links_are_refused_wherever_they_lead() {
    let (folder, root) = plans();
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("plan.toml"), OLD).expect("a file");
    symlink(elsewhere.path(), folder.path().join("out")).expect("a link");
    symlink("a", folder.path().join("in")).expect("a link");
    symlink(elsewhere.path().join("plan.toml"), at(&root, "a/09-z.toml")).expect("a link");
    symlink("nowhere", at(&root, "a/10-z.toml")).expect("a link");
    insta::assert_snapshot!(message(lock(&root, ["out"], Duration::ZERO)), @"out is a symbolic link, which could lead anywhere; nothing was changed (put the file or folder itself in its place)");
    assert!(message(lock(&root, ["in"], Duration::ZERO)).contains("symbolic link"));
    insta::assert_snapshot!(message(locked(&root, "a").read("a/09-z.toml")), @"a/09-z.toml is a symbolic link, which could lead anywhere; nothing was changed (put the file or folder itself in its place)");
    for path in ["a/09-z.toml", "a/10-z.toml"] {
        let answer = save(locked(&root, "a"), vec![Change::create(path, NEW)]);
        assert!(message(answer).contains("already"), "{path}");
    }
    assert_eq!(fs::read_to_string(elsewhere.path().join("plan.toml")).expect("it is there"), OLD);
}

#[test]
fn a_file_that_became_a_link_meanwhile_is_not_replaced() {
    let (_folder, root) = plans();
    let locked = locked(&root, "a");
    let change = locked.read("a/07-x.toml").expect("it is there").with(NEW.to_owned());
    fs::remove_file(at(&root, "a/07-x.toml")).expect("it can be removed");
    symlink("08-y.toml", at(&root, "a/07-x.toml")).expect("a link");
    assert!(message(save(locked, vec![change])).contains("symbolic link"));
    assert_eq!(text(&root, "a/08-y.toml"), OLD);
}

#[test]
fn a_pipe_is_not_waited_for() {
    let (_folder, root) = plans();
    let made = std::process::Command::new("mkfifo").arg(at(&root, "a/09-z.toml")).status();
    assert!(made.expect("mkfifo can be run").success());
    insta::assert_snapshot!(message(locked(&root, "a").read("a/09-z.toml")), @"a/09-z.toml is no regular file; nothing was changed (move it away)");
}

/// Whether the system keeps this program out of what is closed. It lets root in anywhere: a test is then run once
/// more, by somebody without rights.
fn is_kept_out(test: &str) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).expect("the mode can be set");
    if fs::write(folder.path().join("probe"), "").is_err() {
        return true;
    }
    let this = std::env::current_exe().expect("this program has a path");
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let again = std::process::Command::new("setpriv")
        .args(nobody)
        .arg(this)
        .args(["--exact", &format!("store::write::tests::unix::{test}")])
        .output();
    match again {
        Ok(again) => {
            let told = String::from_utf8_lossy(&again.stdout);
            assert!(again.status.success() && told.contains("1 passed"), "without rights: {told}");
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "NOT RUN: {test}: root is let in anywhere, and setpriv: {error}");
        }
    }
    false
}

#[test]
fn a_folder_that_one_may_not_write_is_told() {
    if !is_kept_out("a_folder_that_one_may_not_write_is_told") {
        return;
    }
    let (_folder, root) = plans();
    set_mode(&root, "a", 0o555);
    let answer = replace(&root, "a/07-x.toml", NEW);
    set_mode(&root, "a", 0o755);
    insta::assert_snapshot!(message(answer), @"a/07-x.toml could not be written: Permission denied; nothing was changed (ask whoever owns it, and its folder, to let you write there)");
    assert_eq!(text(&root, "a/07-x.toml"), OLD);
    assert_eq!(names(&root, "a"), THREE);
}

#[test]
fn a_folder_that_one_may_not_look_into_is_told() {
    if !is_kept_out("a_folder_that_one_may_not_look_into_is_told") {
        return;
    }
    let (_folder, root) = plans();
    set_mode(&root, "a", 0o000);
    let answer = lock(&root, ["a"], Duration::ZERO).map(drop);
    set_mode(&root, "a", 0o755);
    insta::assert_snapshot!(message(answer), @"a could not be locked: Permission denied; nothing was changed (ask whoever owns it, and its folder, to let you write there)");
}
