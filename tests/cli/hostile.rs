use crate::common::{HEAD, Plans, plan, recommendation, told};
use insta::assert_snapshot;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn no_plan_is_an_error_and_never_a_pass() {
    let nothing = Plans::new(&[]);
    for command in ["list", "summary", "validate", "check"] {
        assert_snapshot!(format!("no_plan_{command}"), nothing.run(&[command]));
    }
    let empty = Plans::new(&[("plans/README.md", b"")]);
    assert_snapshot!(empty.run(&["list"]), @"
    exit 2
    ---- err
    error: there is no plan under FOLDER/plans: a plan is a folder with a plan.toml
    ");
    assert_snapshot!(empty.run(&["validate"]), @"
    exit 2
    ---- err
    error: there is no plan under FOLDER/plans: a plan is a folder with a plan.toml
    ");
    let stray = Plans::new(&[("plans/07-x.toml", b"")]);
    assert_snapshot!(stray.run(&["validate"]), @"
    exit 2
    ---- out
    error[stray-file]: this file belongs to no plan: its folder has no plan.toml
     ╭▸ plans/07-x.toml
     ╰ help: move it into a plan's folder, or make this folder a plan with a plan.toml

    0 recommendations in 0 plans: 1 error
    ---- err
    error: there is no plan under FOLDER/plans: a plan is a folder with a plan.toml
    ");
    assert_snapshot!(nothing.run(&["-C", "nowhere", "list"]), @"
    exit 2
    ---- err
    error: cannot look for plans in nowhere: No such file or directory
    ");
    assert_snapshot!(empty.run(&["-C", "plans/README.md", "list"]), @"
    exit 2
    ---- err
    error: cannot look for plans in plans/README.md: not a directory
    ");
}

#[test]
fn a_plan_s_own_folder_is_a_root() {
    let plans =
        Plans::new(&[("p/plan.toml", HEAD.as_bytes()), ("p/01-a.toml", recommendation("1", "").as_bytes())]);
    assert_snapshot!(plans.run(&["-C", "p", "list", "--columns", "plan,id"]), @"
    exit 0
    ---- out
    Plan  Id
    p     1

    1 recommendation: 1 without a deadline, 1 not rated
    ");
    assert_snapshot!(plans.run(&["list", "--columns", "plan,id"]), @"
    exit 0
    ---- out
    Plan  Id
    p     1

    1 recommendation: 1 without a deadline, 1 not rated
    ");
}

#[test]
fn folders_to_start_from_are_taken_one_from_the_other() {
    let plans = Plans::new(&[("a/b/plans/p/plan.toml", HEAD.as_bytes()), ("a/b/c/notes.md", b"")]);
    let one = recommendation("1", "rag = \"Blue\"");
    plans.write("a/b/plans/p/01-a.toml", one.as_bytes());
    let absolute = plans.path().join("a/b").to_string_lossy().into_owned();
    let told = plans.run(&["-C", "a/b", "validate", "plans/p/01-a.toml"]);
    assert_snapshot!(told.lines().nth(3).unwrap_or_default(), @"  ╭▸ a/b/plans/p/01-a.toml:4:7");
    for from in
        [&["-C", "a", "-C", "b"][..], &["-C", "nowhere", "-C", &absolute], &["-C", "a/b/c", "-C", ".."]]
    {
        assert_eq!(plans.run(&[from, &["validate", "plans/p/01-a.toml"]].concat()), told, "{from:?}");
        assert_eq!(plans.run(&[&["validate", "plans/p/01-a.toml"], from].concat()), told, "{from:?}");
    }
}

/// Everything that can be wrong with a file, beside one that is right.
fn all_that_is_bad() -> Plans {
    let deep = format!("custom.x = {}{}", "[".repeat(5000), "]".repeat(5000));
    let errors: String = (0..1000).map(|n| format!("key{n} = oops\n")).collect();
    let plans = Plans::one(&[
        ("01-good.toml", &recommendation("1", "")),
        ("02-escapes.toml", &recommendation("2", "theme = \"\\u001b[31mred\\u202e\"")),
        ("03-raw.toml", &recommendation("3", "theme = \"\u{1b}[31m\u{0}\"")),
        ("04-bom.toml", &format!("\u{feff}{}", recommendation("4", "dedline = 1").replace('\n', "\r\n"))),
        ("05-deep.toml", &recommendation("5", &deep)),
        ("06-errors.toml", &errors),
        ("07-open.toml", &recommendation("7", "origin = \"\"\"\nnever closed")),
        (
            "08-conflict.toml",
            &recommendation("8", "<<<<<<< HEAD\nrag = \"Red\"\n=======\nrag = \"Green\"\n>>>>>>> x"),
        ),
        (
            "09-inside.toml",
            &recommendation("9", "origin = \"\"\"\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n\"\"\""),
        ),
    ]);
    plans.write("plans/p/10-latin.toml", b"id = \"10\"\ntitle = \"caf\xe9\"\n");
    plans.write("plans/p/11-utf16.toml", b"\xff\xfei\0d\0");
    plans.write("plans/p/12-big.toml", &vec![b'#'; 2 << 20]);
    plans.write("plans/p/13-empty.toml", b"");
    fs::create_dir(plans.path().join("plans/p/14-folder.toml")).expect("a folder");
    plans.write("plans/stray.toml", b"x = 1");
    plans.write("plans/broken/plan.toml", b"title = \n[[rag]\nname = 1");
    plans.write("plans/broken/01-a.toml", recommendation("1", "").as_bytes());
    plans
}

#[cfg(unix)]
fn with_links(plans: Plans) -> Plans {
    use std::os::unix::fs::symlink;
    symlink("01-good.toml", plans.path().join("plans/p/15-link.toml")).expect("a link");
    symlink("..", plans.path().join("plans/p/loop")).expect("a link");
    symlink("/nowhere", plans.path().join("plans/dangling")).expect("a link");
    plans
}

/// Many findings of one kind are shown by their first.
fn shortened(told: &str) -> String {
    let more =
        |l: &&str| (1..1000).any(|n| l.contains(&format!("key{n} ")) || l.contains(&format!("`key{n}`")));
    let mut blocks: Vec<&str> = told.split("\n\n").collect();
    blocks.retain(|b| !b.lines().any(|l| more(&l)));
    blocks.join("\n\n")
}

#[cfg(unix)]
#[test]
fn every_fault_of_every_file_is_told() {
    let plans = with_links(all_that_is_bad());
    let told = plans.run(&["validate"]);
    assert!(!told.contains(|c: char| c.is_control() && c != '\n'), "a raw control character");
    assert_snapshot!(shortened(&told));
    assert_eq!(told, plans.run(&["validate"]), "the same files give the same answer");
}

#[cfg(unix)]
#[test]
fn views_show_what_they_can_and_name_the_rest() {
    let plans = with_links(all_that_is_bad());
    let told = plans.run(&["list"]);
    assert!(!told.contains(|c: char| c.is_control() && c != '\n'), "a raw control character");
    assert_snapshot!(told);
    assert_snapshot!(plans.run(&["summary", "--format", "json"]));
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_files_does_not_hang_the_reader() {
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    let pipe = plans.path().join("plans/p/02-pipe.toml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo can be run").success());
    assert_eq!(ends(&mut plan(plans.path(), &["validate"])), Some(1));
}

/// The exit status of a run that ends before anybody thinks that it hangs.
fn ends(command: &mut Command) -> Option<i32> {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    let ended = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        child.try_wait().expect("it can be waited for")
    });
    let _ = child.kill();
    ended.and_then(|status| status.code())
}

#[test]
fn many_owners_and_words_do_not_hang_the_reader() {
    let owner = |n: usize| format!("[[owner]]\nname = \"O{n}\"\nmember_of = [\"O{}\"]\n", n + 1);
    let level = |n: usize| format!("[[rag]]\nname = \"R{n}\"\n");
    let chained = |more: &str| {
        let owners: String = (0..5000).map(owner).collect();
        format!("title = \"Chained\"\n{more}\n{owners}[[owner]]\nname = \"O5000\"\n")
    };
    let levels: String = (0..20_000).map(level).collect();
    let heads = [
        ("owners", chained("")),
        ("answering", chained("answers_for = [\"O7\"]")),
        ("words", format!("title = \"Words\"\n{levels}")),
    ];
    let plans = Plans::new(&[]);
    for (folder, head) in &heads {
        plans.write(&format!("{folder}/plan.toml"), head.as_bytes());
        for id in 1..=9 {
            let rag = if *folder == "words" { "rag = \"R19999\"" } else { "" };
            let own = recommendation(&id.to_string(), rag).replace("Force", "O5000");
            plans.write(&format!("{folder}/{id:02}-a.toml"), own.as_bytes());
        }
        for arguments in
            [&["summary"][..], &["summary", "--by", "owner"], &["summary", "--by", "rag"], &["list"]]
        {
            let status = ends(plan(plans.path(), &["-C", folder]).args(arguments));
            assert_eq!(status, Some(0), "{folder}: {arguments:?}");
        }
    }
    assert_eq!(ends(&mut plan(plans.path(), &["-C", "owners", "list", "--owner", "O0"])), Some(0));
}

/// Takes every permission from a file or a folder; whether that keeps this user out. Whoever may read
/// everything (root) cannot see what follows; store::tests shows it without a disk.
#[cfg(unix)]
fn closed(plans: &Plans, path: &str) -> bool {
    permit(plans, path, 0o0);
    let path = plans.path().join(path);
    fs::read(&path).is_err() && fs::read_dir(&path).is_err()
}

#[cfg(unix)]
fn permit(plans: &Plans, path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = fs::Permissions::from_mode(mode);
    fs::set_permissions(plans.path().join(path), permissions).expect("permissions can be set");
}

#[cfg(unix)]
#[test]
fn a_file_that_nobody_may_read_is_named_and_ends_with_2() {
    let plans =
        Plans::one(&[("01-a.toml", &recommendation("1", "")), ("02-b.toml", &recommendation("2", ""))]);
    if !closed(&plans, "plans/p/02-b.toml") {
        return;
    }
    assert_snapshot!(plans.run(&["validate"]), @r"
    exit 2
    ---- out
    1 recommendation in 1 plan: no findings
    ---- err
    error: plans/p/02-b.toml could not be read: Permission denied
    ");
    assert_snapshot!(plans.run(&["list", "--columns", "id"]), @"
    exit 2
    ---- out
    Id
    1

    1 recommendation: 1 without a deadline, 1 not rated
    1 file could not be read: what is in it is missing here
    ---- err
    error: plans/p/02-b.toml could not be read: Permission denied
    ");
}

#[cfg(unix)]
#[test]
fn a_folder_that_nobody_may_open_is_named_before_it_is_said_to_hold_no_plan() {
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    plans.write("plans/r/plan.toml", HEAD.as_bytes());
    let other = Plans::new(&[("other/plan.toml", HEAD.as_bytes())]);
    if !(closed(&plans, "plans/r") && closed(&other, "other")) {
        return;
    }
    assert_snapshot!(plans.run(&["list", "--plan", "r"]), @"
    exit 2
    ---- err
    error: plans/r could not be read: Permission denied
    error: unknown plan `r`; there are: p
    ");
    assert_snapshot!(plans.run(&["list", "--columns", "id"]), @"
    exit 2
    ---- out
    Id
    1

    1 recommendation: 1 without a deadline, 1 not rated
    1 file or folder could not be read: what is in it is missing here
    ---- err
    error: plans/r could not be read: Permission denied
    ");
    assert_snapshot!(plans.run(&["validate"]), @"
    exit 2
    ---- out
    1 recommendation in 1 plan: no findings
    ---- err
    error: plans/r could not be read: Permission denied
    ");
    assert_snapshot!(other.run(&["-C", "other", "list"]), @"
    exit 2
    ---- err
    error: cannot look for plans in other: Permission denied
    ");
    permit(&plans, "plans/r", 0o700);
    permit(&other, "other", 0o700);
}

#[test]
fn bad_arguments_end_with_2() {
    let plans = Plans::one(&[]);
    for arguments in
        [&["list", "--due-within", "soon"][..], &["list", "--columns", "id,dedline"], &["lst"], &["show"]]
    {
        assert!(plans.run(arguments).starts_with("exit 2\n---- err\n"), "{arguments:?}");
    }
    assert_snapshot!(plans.run(&["list", "--group-by", "owner", "--format", "csv"]), @"
    exit 2
    ---- err
    error: --group-by is for tables and Markdown: the other formats have a field for each key to group by
    ");
    assert_snapshot!(plans.run(&["list", "--columns", "id", "--format", "ndjson"]), @"
    exit 2
    ---- err
    error: --columns is for tables, Markdown and CSV: JSON always has every field
    ");
    assert_snapshot!(told(&mut plan(plans.path(), &["list", "--due-before", "27/03/2025"])), @"
    exit 2
    ---- err
    error: invalid value '27/03/2025' for '--due-before <DATE>': write it as 2025-03-27

    For more information, try '--help'.
    ");
}
