use crate::common::{HEAD, Plans, plan, recommendation, told};

#[test]
fn the_script_is_the_same_however_it_is_asked_for() {
    let plans = Plans::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = plans.run(&["completions", shell]);
        assert!(script.starts_with("exit 0\n---- out\n"), "{script}");
        for asked in [shell, &format!("/usr/bin/{shell}")] {
            assert_eq!(told(plan(plans.path(), &[]).env("COMPLETE", asked)), script);
        }
    }
    // Whatever else the variable may hold, somebody else meant something by it.
    for (variable, arguments) in [
        ("1", &["completions", "fish"][..]),
        ("fish", &["completions", "fish"]),
        ("", &["completions", "fish"]),
    ] {
        let told = told(plan(plans.path(), arguments).env("COMPLETE", variable));
        assert_eq!(told, plans.run(arguments), "{variable}");
    }
}

/// Whatever is wrong, nobody's prompt is disturbed, and what can be read is offered.
#[test]
fn nothing_is_said_besides() {
    let plans = Plans::new(&[
        ("plans/p/plan.toml", HEAD.as_bytes()),
        ("plans/p/01-a.toml", recommendation("1", "").as_bytes()),
        ("plans/p/02-b.toml", b"id = \"2"),
        ("plans/p/03-c.toml", b"\xff\xfe"),
        ("plans/broken/plan.toml", b"= ="),
        ("plans/stray.toml", b""),
    ]);
    let ask = |folder: &str, words: &[&str]| {
        let arguments = [&["--", "plan", "-C", folder], words].concat();
        let mut run = plan(plans.path(), &arguments);
        told(run.env("COMPLETE", "fish").env("PLAN_AS_OF", "nonsense").env("PLAN_WIDTH", "x"))
    };
    assert_eq!(ask(".", &["show", ""]), "exit 0\n---- out\n1\tTitle 1\n");
    assert_eq!(ask(".", &["--at", "nothing", "list", "-o", "c"]), "exit 0\n---- out\nCouncil\n");
    for words in
        [&["show", ""][..], &["list", "--owner", ""], &["nonsense", "x", ""], &["list", "--nonsense", ""]]
    {
        let told = ask("plans/nowhere", words);
        assert!(told.starts_with("exit 0\n") && !told.contains("---- err"), "{words:?}: {told}");
    }
}
