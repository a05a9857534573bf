use crate::common::{Plans, invented, real, recommendation};
use insta::assert_snapshot;

#[test]
fn the_real_plan_has_no_error() {
    assert_snapshot!(real(&["validate"]));
}

#[test]
fn the_invented_plan_has_no_error() {
    assert_snapshot!(invented(&["validate"]));
}

#[test]
fn the_day_after_the_deadlines() {
    assert_snapshot!(real(&["check", "--only", "overdue", "--only", "milestone-overdue"]));
}

#[test]
fn only_what_became_true_this_week_weighs() {
    let counts = |arguments: &[&str]| {
        let told = real(arguments);
        let status = told.lines().next().unwrap_or_default().to_owned();
        (status, told.lines().last().unwrap_or_default().to_owned())
    };
    let only = |span: &'static str| ["check", "--newly", span, "--only", "overdue"];
    assert_eq!(counts(&only("7d")).0, "exit 1");
    let months_later =
        |span: &'static str| ["check", "--newly", span, "--only", "overdue", "--as-of", "2025-06-01"];
    assert_snapshot!(counts(&months_later("7d")).1, @"29 recommendations in 1 plan: 13 notes");
    assert_eq!(counts(&months_later("7d")).0, "exit 0");
    assert_eq!(counts(&months_later("12w")).0, "exit 1");
}

#[test]
fn warnings_weigh_only_where_they_are_to() {
    assert!(real(&["validate"]).starts_with("exit 0"));
    assert!(real(&["validate", "--strict"]).starts_with("exit 1"));
}

#[test]
fn json_and_github_forms() {
    let plans = Plans::one(&[
        ("01-a.toml", &recommendation("1", "status = \"On Trak\"\nrag = \"Red\"")),
        ("02-b.toml", "id = \"2\"\ntitle = \"100% sure: one, two\"\nowners = \"Force\"\ntext = \"x\"\n"),
    ]);
    assert_snapshot!(plans.run(&["validate", "--format", "json"]));
    assert_snapshot!(plans.run(&["check", "--format", "github"]));
    assert_snapshot!(plans.run(&["validate", "plans/p/02-b.toml"]));
    assert_snapshot!(plans.run(&["validate", "plans/p/03-c.toml"]), @"
    exit 2
    ---- err
    error: cannot read plans/p/03-c.toml: No such file or directory
    ");
}

#[test]
fn a_path_asks_for_what_is_in_it_or_is_an_error() {
    let plans = Plans::one(&[
        ("01-a.toml", &recommendation("1", "")),
        ("02-b.toml", &recommendation("2", "rag = \"Blue\"")),
        ("notes.md", "Notes.\n"),
    ]);
    plans.write("plans/papers/minutes.md", b"Minutes.\n");
    plans.write("README.md", b"Plans.\n");
    let line = |paths: &[&str]| {
        let told = plans.run(&[&["validate"], paths].concat());
        (
            told.lines().next().unwrap_or_default().to_owned(),
            told.lines().last().unwrap_or_default().to_owned(),
        )
    };
    let everything = line(&[]);
    assert_eq!(everything.1, "2 recommendations in 1 plan: 1 error");
    for all in [&["."][..], &["plans"], &["/"], &["plans/p/01-a.toml", "."]] {
        assert_eq!(line(all), everything, "{all:?}");
    }
    assert_snapshot!(line(&["plans/p/01-a.toml"]).1, @"plans/p/01-a.toml: no findings");
    assert_snapshot!(line(&["plans/p/plan.toml", "plans/p"]).1, @"2 files and folders: 1 error");
    for nothing in ["plans/p/notes.md", "plans/papers", "README.md"] {
        let (exit, said) = line(&["plans/p", nothing]);
        assert_eq!(exit, "exit 2");
        assert!(said.contains(nothing), "{said}");
    }
    assert_snapshot!(line(&["plans/p/notes.md"]).1, @"error: plans/p/notes.md is no file of a plan, and no folder that holds one");
    assert_snapshot!(plans.run(&["validate", "README.md"]), @"
    exit 2
    ---- err
    error: README.md is not in the plans, which are in FOLDER/plans
    ");
}

#[test]
fn levels_and_exceptions_are_the_plans() {
    let head = crate::common::HEAD.to_owned()
        + "\n[rules]\nmiss-without-mitigation = \"error\"\n\n[[exception]]\nrule = \"miss-without-mitigation\"\n\
           ids = [\"1\"]\nreason = \"The board knows.\"\napproved_by = \"Board\"\nuntil = 2025-03-01\n";
    let plans = Plans::new(&[
        ("plans/p/plan.toml", head.as_bytes()),
        ("plans/p/01-a.toml", recommendation("1", "rag = \"Red\"").as_bytes()),
        ("plans/p/02-b.toml", recommendation("2", "rag = \"Red\"").as_bytes()),
    ]);
    assert_snapshot!(plans.run(&["validate"]));
    assert_snapshot!(plans.run(&["check"]));
}

#[test]
fn rules_are_explained() {
    assert_snapshot!(real(&["explain", "--width", "100"]));
    assert_snapshot!(real(&["explain", "overdue"]));
    assert_snapshot!(real(&["explain", "overdu"]), @"
    exit 2
    ---- err
    error: unknown rule `overdu`: did you mean `overdue` (or `milestone-overdue`)?
    ");
}

#[test]
fn echoes_are_held_back() {
    // 1 cannot be read: 2 depends on it, and `covers` asks for it; neither says more than that.
    let head = format!("covers = [\"1-2\"]\n{}", crate::common::HEAD);
    let plans = Plans::new(&[
        ("plans/p/plan.toml", head.as_bytes()),
        ("plans/p/01-a.toml", b"id = \"1\"\ntitle = Oops\n"),
        ("plans/p/02-b.toml", recommendation("2", "depends_on = [\"1\"]").as_bytes()),
    ]);
    assert_snapshot!(plans.run(&["validate"]));
}
