//! Plans that cannot be read whole: what can be changed is changed, and the rest is named.

use super::{by_hand, text};
use crate::common::{HEAD, recommendation};
use insta::assert_snapshot;

#[test]
fn a_file_that_holds_an_error_is_mended_from_the_command_line() {
    let plans = by_hand();
    for (broken, mend) in [
        ("theme = \"\"", &["theme="][..]),
        ("priority = 3", &["priority=3"]),
        ("deadline = \"soon\"", &["deadline=2025-09-27"]),
        ("owners = []", &["owners+=Force"]),
        ("themes = \"x\"", &["rag=Red"]),
    ] {
        let whole = recommendation("8", broken);
        let whole =
            if broken.contains("owners") { whole.replacen("owners = [\"Force\"]\n", "", 1) } else { whole };
        plans.write("plans/p/08-y.toml", whole.as_bytes());
        assert!(plans.run(&["list"]).starts_with("exit 2"), "{broken}");
        let told = plans.run(&[&["set", "8"], mend].concat());
        assert!(told.starts_with("exit 0"), "{broken}: {told}");
        assert_eq!(plans.run(&["list"]).starts_with("exit 0"), !broken.starts_with("themes"), "{broken}");
    }
    plans.write(
        "plans/p/08-y.toml",
        b"id = \"8\"\nowners = [\"Force\"]\ntext = \"x\"\n\n[[update]]\ndate = 2025-01-01\n",
    );
    assert!(plans.run(&["set", "8", "title=Search"]).starts_with("exit 0"));
    assert!(plans.run(&["update", "8", "-m", "Done."]).starts_with("exit 0"));
    assert_snapshot!(text(&plans, "08-y.toml"), @r#"
    id = "8"
    title = "Search"
    owners = ["Force"]
    text = "x"

    [[update]]
    date = 2025-01-01

    [[update]]
    date = 2025-03-28
    text = """
    Done."""
    "#);
}

#[test]
fn what_cannot_be_read_is_said_once_where_it_is_meant() {
    let plans = by_hand();
    let cases: &[(&str, &str, &[u8])] = &[
        ("not closed", "10-w.toml", b"id = \"10"),
        ("no id", "10-w.toml", b"title = \"x\"\n"),
        ("not UTF-8", "10-w.toml", b"id = \"10\"\ntitle = \"\xff\"\n"),
        ("a conflict", "10-w.toml", b"id = \"10\"\n<<<<<<< a\ntitle = \"x\"\n=======\ntitle = \"y\"\n>>>>>>> b\nowners = [\"Force\"]\ntext = \"x\"\n"),
    ];
    for (what, name, content) in cases {
        plans.write(&format!("plans/p/{name}"), content);
        let what = what.replace(' ', "-");
        assert_snapshot!(format!("unreadable-{what}"), plans.run(&["set", "10", "theme=x"]));
    }
    assert!(plans.run(&["set", "7", "theme=x"]).starts_with("exit 0"));
    // Another plan may have it where it cannot be read.
    plans.write("plans/q/plan.toml", HEAD.as_bytes());
    plans.write("plans/q/07-x.toml", b"id = \"7");
    assert_snapshot!(plans.run(&["set", "7", "theme=x"]), @"
    exit 2
    ---- err
    error: 7 may mean p:7, or what is in plans/q/07-x.toml, which could not be read: say p:7
    ");
    assert!(plans.run(&["set", "p:7", "theme=x"]).starts_with("exit 0"));
    plans.write("plans/p/plan.toml", b"title = \"P\"\n[[rag]]\nname = 1\n");
    assert_snapshot!(plans.run(&["set", "p:7", "rag=Red"]), @"
    exit 2
    ---- err
    error: plans/p/plan.toml could not be read whole, and nothing can be held to it; mend it first: line 3: a string was expected here, not an integer
    ");
    assert_snapshot!(plans.run(&["new", "--plan", "p", "--title", "x", "--owner", "Force", "-m", "x"]), @"
    exit 2
    ---- err
    error: plans/p/plan.toml could not be read whole, and nothing can be held to it; mend it first: line 3: a string was expected here, not an integer
    ");
}

#[test]
fn a_new_recommendation_gets_no_number_that_may_be_taken() {
    let plans = by_hand();
    plans.write("plans/p/12-w.toml", b"id = \"12");
    let new = ["new", "--title", "x", "--owner", "Force", "-m", "x"];
    assert_snapshot!(plans.run(&new), @"
    exit 0
    ---- out
    plans/p/13-x.toml
    ---- err
    error: plans/p/12-w.toml could not be read: line 1: this text is not closed, or holds what TOML forbids
    note: recommendations 10 and 11 are missing (the plan now warns of this: number-gap)
    ");
    assert_snapshot!(plans.run(&[&new[..], &["--id", "12"]].concat()), @"
    exit 2
    ---- err
    error: plans/p/12-w.toml could not be read: line 1: this text is not closed, or holds what TOML forbids
    error: 12 may be there already, in a file that could not be read: mend that first, or say another --id
    ");
    plans.write("plans/p/x.toml", b"id = \"12");
    assert_snapshot!(plans.run(&new), @"
    exit 2
    ---- err
    error: plans/p/12-w.toml could not be read: line 1: this text is not closed, or holds what TOML forbids
    error: plans/p/x.toml could not be read: line 1: this text is not closed, or holds what TOML forbids
    error: say the number with --id: plans/p/x.toml could not be read, and may have the next one
    ");
    assert!(plans.run(&[&new[..], &["--id", "14"]].concat()).starts_with("exit 0"));
}

#[cfg(unix)]
#[test]
fn links_and_strays_are_named() {
    let plans = by_hand();
    std::os::unix::fs::symlink("09-z.toml", plans.path().join("plans/p/10-w.toml")).expect("a link");
    plans.write("plans/11-x.toml", b"id = \"11\"\n");
    assert_snapshot!(plans.run(&["set", "10", "theme=x"]), @"
    exit 2
    ---- err
    error: plans/p/10-w.toml could not be read; mend it first: it is no regular file
    ");
    assert_snapshot!(plans.run(&["set", "11", "theme=x"]), @"
    exit 2
    ---- err
    error: plans/11-x.toml could not be read: this file belongs to no plan: its folder has no plan.toml
    error: plans/p/10-w.toml could not be read: a symbolic link: it could lead out of the plans, and is not followed
    error: unknown recommendation `11`; there are: 7, 8, 9
    ");
    assert_snapshot!(plans.run(&["fmt", "plans/p/10-w.toml"]), @"
    exit 2
    ---- out
    0 files: 0 changed
    ---- err
    error: plans/p/10-w.toml could not be read: a symbolic link: it could lead out of the plans, and is not followed
    ");
    assert_snapshot!(plans.run(&["fmt", "plans/p/09-z.toml"]), @"
    exit 0
    ---- out
    1 file: 0 changed
    ");
    assert_snapshot!(plans.run(&["fmt", "plans/p/nothing.toml"]), @"
    exit 2
    ---- err
    error: cannot read plans/p/nothing.toml: No such file or directory
    ");
    assert_snapshot!(plans.run(&["fmt", "--check"]).split("---- err").nth(1).unwrap_or_default(), @"

    error: plans/11-x.toml could not be read: this file belongs to no plan: its folder has no plan.toml
    error: plans/p/10-w.toml could not be read: a symbolic link: it could lead out of the plans, and is not followed
    ");
}

#[cfg(unix)]
#[test]
fn a_folder_that_nobody_may_open_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let plans = by_hand();
    plans.write("plans/q/plan.toml", HEAD.as_bytes());
    let closed = plans.path().join("plans/q");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("it is ours");
    for (what, arguments) in [
        ("found", &["set", "7", "theme=x", "--dry-run"][..]),
        ("missing", &["set", "77", "theme=x"]),
        ("fmt", &["fmt", "--check", "plans/p/09-z.toml"]),
        ("fmt-all", &["fmt", "--check", "plans/q"]),
    ] {
        let Some(told) = plans.run_without_rights(arguments) else { break };
        assert_snapshot!(format!("closed-{what}"), told);
    }
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[test]
fn a_slip_of_the_finger_in_an_id_is_told_as_one() {
    let plans = by_hand();
    let mut told = String::new();
    for ids in ["7,id:8", "7, 8", "7-9", "7-12", "q:7", "p:77", "7 8"] {
        told.push_str(&format!("{ids}\n{}\n", plans.run(&["set", ids, "theme=x"])));
    }
    assert_snapshot!(told, @"
    7,id:8
    exit 2
    ---- err
    error: unknown plan `7,id`; there are: p

    7, 8
    exit 2
    ---- err
    error: set ids apart with spaces: 7 8

    7-9
    exit 2
    ---- err
    error: name each, set apart with spaces: 7 8 9

    7-12
    exit 2
    ---- err
    error: unknown recommendation `7-12`; there are: 7, 8, 9

    q:7
    exit 2
    ---- err
    error: unknown plan `q`; there are: p

    p:77
    exit 2
    ---- err
    error: unknown recommendation `p:77`; there are: 7, 8, 9

    7 8
    exit 2
    ---- err
    error: unknown recommendation `7 8`; there are: 7, 8, 9
    ");
    assert_snapshot!(plans.run(&["set", "p:9", "theme=x"]), @"
    exit 2
    ---- err
    error: p:9 is also printed on 8: say `p:id:9` or `p:printed:9`
    ");
    assert!(plans.run(&["set", "p:printed:9", "theme=x"]).contains("8  Title 8"));
    assert!(plans.run(&["set", "p:id:9", "theme=x"]).contains("9  Title 9"));
    assert!(plans.run(&["show", "p:printed:9"]).contains("Title 8"));
}
