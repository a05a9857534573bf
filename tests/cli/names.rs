//! Files and folders whose names nobody expects.

use crate::common::{HEAD, Plans, recommendation};
use insta::assert_snapshot;

/// A plan, and beside it a folder and files whose names are Latin-1.
#[cfg(target_os = "linux")]
fn latin() -> Plans {
    use std::os::unix::ffi::OsStrExt as _;
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    let at = |name: &[u8]| plans.path().join("plans").join(std::ffi::OsStr::from_bytes(name));
    std::fs::create_dir(at(b"lat\xe9")).expect("a folder");
    std::fs::write(at(b"lat\xe9/plan.toml"), "title = \n").expect("a file");
    std::fs::write(at(b"p/02-\xe9.toml"), recommendation("2", "")).expect("a file");
    std::fs::write(at(b"p/notes-\xe9.md"), "Notes.\n").expect("a file");
    plans
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_told() {
    let plans = latin();
    assert_snapshot!(plans.run(&["validate"]), @"
    exit 1
    ---- out
    error[stray-file]: the name of this folder is not Unicode, so that nobody reads what is in it
     ╭▸ plans/lat�
     ╰ help: rename the folder, with its letters in UTF-8

    error[stray-file]: the name of this file is not Unicode, so that nobody reads it
     ╭▸ plans/p/02-�.toml
     ╰ help: rename it, with its letters in UTF-8

    1 recommendation in 1 plan: 2 errors
    ");
    assert_snapshot!(plans.run(&["list", "--columns", "id"]), @"
    exit 2
    ---- out
    Id
    1

    1 recommendation: 1 without a deadline, 1 not rated
    2 files or folders could not be read: what is in them is missing here
    ---- err
    error: plans/lat� could not be read: the name of this folder is not Unicode, so that nobody reads what is in it
    error: plans/p/02-�.toml could not be read: the name of this file is not Unicode, so that nobody reads it
    ");
    assert_snapshot!(plans.run(&["show", "2"]), @"
    exit 2
    ---- err
    error: plans/lat� could not be read: the name of this folder is not Unicode, so that nobody reads what is in it
    error: plans/p/02-�.toml could not be read: the name of this file is not Unicode, so that nobody reads it
    error: unknown recommendation `2`; there are: 1
    ");
    std::fs::remove_dir_all(plans.path().join("plans/p")).expect("a folder can be removed");
    assert_snapshot!(plans.run(&["summary"]), @"
    exit 2
    ---- err
    error: plans/lat� could not be read: the name of this folder is not Unicode, so that nobody reads what is in it
    error: there is no plan under FOLDER/plans: a plan is a folder with a plan.toml
    ");
}

#[test]
fn a_view_names_what_lies_in_the_wrong_place() {
    let file = recommendation("2", "");
    let plans = Plans::new(&[
        ("plans/p/plan.toml", HEAD.as_bytes()),
        ("plans/p/01-a.toml", recommendation("1", "").as_bytes()),
        ("plans/p/03-c.toml.txt", file.as_bytes()),
        ("plans/q/Plan.toml", HEAD.as_bytes()),
        ("plans/z/02-b.toml", file.as_bytes()),
    ]);
    assert_snapshot!(plans.run(&["list", "--columns", "id"]), @"
    exit 2
    ---- out
    Id
    1

    1 recommendation: 1 without a deadline, 1 not rated
    3 files or folders could not be read: what is in them is missing here
    ---- err
    error: plans/p/03-c.toml.txt could not be read: this file's name ends in `.txt`, so that nobody reads it
    error: plans/q/Plan.toml could not be read: this would make the folder a plan, were its name written `plan.toml`
    error: plans/z/02-b.toml could not be read: this file belongs to no plan: its folder has no plan.toml
    ");
    assert_snapshot!(plans.run(&["show", "1", "--format", "csv", "-q"]), @"
    exit 2
    ---- out
    plan,id,printed_id,parent,title,owners,issued,deadline,deadline_wording,due,next_due,original_due,forecast,overdue,days_overdue,rag,implied_rag,implied_outlook,status,phase,response,completed_on,last_update,updates_count,theme,priority,path,text,updates
    p,1,,,Title 1,Force,,,,,,,,false,,,,,,open,,,,0,,,p/01-a.toml,Text 1.,
    ---- err
    error: plans/p/03-c.toml.txt could not be read: this file's name ends in `.txt`, so that nobody reads it
    error: plans/q/Plan.toml could not be read: this would make the folder a plan, were its name written `plan.toml`
    error: plans/z/02-b.toml could not be read: this file belongs to no plan: its folder has no plan.toml
    ");
}

#[cfg(unix)]
#[test]
fn a_plan_toml_that_is_a_link_is_named_once() {
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    plans.write("plans/q/01-a.toml", recommendation("1", "").as_bytes());
    std::os::unix::fs::symlink("../p/plan.toml", plans.path().join("plans/q/plan.toml")).expect("a link");
    assert_snapshot!(plans.run(&["list", "--columns", "plan,id"]), @"
    exit 2
    ---- out
    Plan  Id
    p     1

    1 recommendation: 1 without a deadline, 1 not rated
    1 file could not be read: what is in it is missing here
    ---- err
    error: plans/q/plan.toml could not be read: plan.toml is no regular file; its 1 recommendation is not shown
    ");
    assert_snapshot!(plans.run(&["validate"]), @"
    exit 1
    ---- out
    error[symlink]: a symbolic link: it could lead out of the plans, and is not followed
     ╭▸ plans/q/plan.toml
     ╰ help: put the file itself here

    1 recommendation in 2 plans: 1 error
    ");
}

/// Names with line breaks in them, of which one line would be a command to GitHub.
#[cfg(unix)]
fn broken() -> Plans {
    Plans::new(&[
        ("plans/a\nb/plan.toml", HEAD.as_bytes()),
        ("plans/a\nb/01-x\n::error::pwned\n.toml", recommendation("1", "rag = \"Blue\"").as_bytes()),
        ("plans/a\nb/02-\u{1b}[31m.toml", b"id = \n"),
        ("plans/p/plan.toml", HEAD.as_bytes()),
        ("plans/p/01-a.toml", recommendation("1", "").as_bytes()),
        ("plans/z/02\n::error::pwned\n.toml", b""),
    ])
}

#[cfg(unix)]
#[test]
fn a_line_break_in_a_name_is_no_new_line() {
    let plans = broken();
    for command in [
        &["validate"][..],
        &["validate", "--format", "github"],
        &["validate", "--format", "json"],
        &["list"],
        &["list", "--width", "60"],
        &["list", "--group-by", "plan", "--format", "markdown"],
        &["list", "--format", "ndjson"],
        &["summary", "--by", "plan"],
        &["summary", "--plan", "a\nb", "--format", "markdown"],
        &["show", "a\nb:1"],
        &["show", "a\nb:1", "--format", "markdown"],
        &["show", "1"],
        &["list", "--plan", "c\nd"],
        &["validate", "plans/a\nb"],
        &["validate", "plans/c\nd"],
        &["-C", "c\nd", "list"],
    ] {
        let told = plans.run(command);
        assert!(!told.contains(|c: char| c.is_control() && c != '\n'), "{command:?}: {told}");
        let broken =
            |line: &str| ["::error::", "b/", "b:1", "b "].iter().any(|s| line.trim_start().starts_with(s));
        let own = |line: &str| line.starts_with("::error file=");
        assert!(!told.lines().any(|line| broken(line) && !own(line)), "{command:?}: {told}");
    }
    assert_snapshot!(plans.run(&["validate"]), @r#"
    exit 1
    ---- out
    error[unknown-rag]: unknown RAG `Blue`
      ╭▸ plans/a b/01-x ::error::pwned .toml:4:7
      │
    4 │ rag = "Blue"
      │       ━━━━━━
      │
      ╰ help: this plan has: Red, Green; to register it, add [[rag]] to plan.toml with `name = "Blue"`, and the `outlook` that it means (miss, at-risk, meet or met)

    error[syntax]: missing value
      ╭▸ plans/a b/02-\u{1b}[31m.toml:1:6
      │
    1 │ id = 
      │      ━
      │
      ╰ help: write key = value; where there is nothing to say, delete the line

    error[stray-file]: this file belongs to no plan: its folder has no plan.toml
     ╭▸ plans/z/02 ::error::pwned .toml
     ╰ help: move it into a plan's folder, or make this folder a plan with a plan.toml

    2 recommendations in 2 plans: 3 errors
    "#);
    assert_snapshot!(plans.run(&["show", "1"]), @r"
    exit 2
    ---- err
    error: plans/a b/02-\u{1b}[31m.toml could not be read: line 1: missing value
    error: plans/z/02 ::error::pwned .toml could not be read: this file belongs to no plan: its folder has no plan.toml
    error: 1 is in several plans; say which: a b:1, p:1
    ");
}
