use crate::common::{Plans, plan, repository, told};
use crate::repo::Repo;
use std::fs;
use std::path::Path;

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

/// Everything below a folder, by path.
fn tree(folder: &Path) -> Vec<String> {
    let mut below = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            below.push(path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/"));
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            }
        }
    }
    below.sort();
    below
}

const NOTHING_FOUND: &str = "exit 0\n---- out\n1 recommendation in 1 plan: no findings\n";

#[test]
fn what_is_made_has_no_findings_on_any_day() {
    let plans = Plans::new(&[]);
    insta::assert_snapshot!(plans.run(&["init", "Audit 2026", "--ci", "gitlab"]), @"
    exit 0
    ---- out
    made Audit 2026/plans/audit-2026/plan.toml
    made Audit 2026/plans/audit-2026/01-first-recommendation.toml
    made Audit 2026/.gitlab-ci.yml

    Next:
      cd 'Audit 2026'
      plan validate
      plan show 1 --plan audit-2026
    In plans/audit-2026/plan.toml, put the plan's own title, owners and words;
    in plans/audit-2026/01-first-recommendation.toml, its first recommendation.
    In .gitlab-ci.yml, https://example.org/your/plan.git stands for the address of this program.
    ");
    for command in ["validate", "check"] {
        for day in ["1999-12-31", "2026-11-24", "2199-01-01"] {
            let arguments = ["-C", "Audit 2026", command, "--strict", "--as-of", day];
            assert_eq!(plans.run(&arguments), NOTHING_FOUND, "{command} on {day}");
        }
    }
}

#[test]
fn title_and_owners_are_those_that_are_given() {
    let plans = Plans::new(&[]);
    let made = plans.run(&[
        "init",
        "--plan",
        "b",
        "--title",
        r#" The "b" \ plan"#,
        "--owner",
        "Head of HR",
        "-o",
        "OPCC",
        "-q",
    ]);
    assert!(made.starts_with("exit 0\n"), "{made}");
    assert_eq!(plans.run(&["validate", "--strict"]), NOTHING_FOUND);
    let shown = plans.run(&["list", "--columns", "id,owners", "--format", "csv"]);
    assert_eq!(shown, "exit 0\n---- out\nid,owners\r\n1,Head of HR\r\n");
    assert!(plans.run(&["summary"]).contains(r#"The "b" \ plan"#));
    // A second plan goes beside the first.
    assert!(plans.run(&["init", "--plan", "c"]).starts_with("exit 0\n"));
    assert!(plans.run(&["validate", "--strict"]).contains("2 recommendations in 2 plans: no findings"));
}

#[test]
fn the_comments_show_what_can_be_written() {
    let plans = Plans::new(&[]);
    plans.run(&["init", "--plan", "p"]);
    let path = plans.path().join("plans/p/01-first-recommendation.toml");
    let text = read(&path);
    let shown: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#   ")).collect();
    let blocks = shown.iter().position(|line| line.starts_with('[')).expect("blocks");
    let (above, below) = shown.split_at(blocks);
    let (deadlines, words): (Vec<&&str>, Vec<&&str>) = above.iter().partition(|l| l.starts_with("deadline"));
    assert_eq!((deadlines.len(), words.len()), (3, 2));
    for deadline in deadlines {
        let own = words.iter().map(|word| format!("{word}\n")).collect::<String>();
        let anew = text.replacen("\ntext = ", &format!("{deadline}\n{own}\ntext = "), 1);
        fs::write(&path, format!("{anew}\n{}\n", below.join("\n"))).expect("a file");
        let found = plans.run(&["validate", "--strict"]);
        assert!(found.starts_with("exit 0\n"), "{found}");
    }
    // So do those of plan.toml.
    let path = plans.path().join("plans/p/plan.toml");
    let text = read(&path);
    let shown =
        text.lines().filter_map(|line| line.strip_prefix("#   ")).filter(|line| !line.starts_with("covers"));
    let shown: String = shown.map(|line| format!("{line}\n")).collect();
    let anew = text.replacen("\n\n[[owner]]", &format!("\n{shown}\n[[owner]]"), 1);
    let anew = anew.replacen("\n\n[[rag]]", "\naliases = [\"Another spelling\"]\n\n[[rag]]", 1);
    fs::write(&path, anew).expect("a file");
    let found = plans.run(&["validate", "--strict"]);
    assert!(found.starts_with("exit 0\n"), "{found}");
}

#[test]
fn the_words_are_those_of_the_plan_that_comes_with_it() {
    let plans = Plans::new(&[]);
    plans.run(&["init", "--plan", "p"]);
    let words = |text: &str| {
        let (_, words) = text.split_once("[[rag]]").expect("a scale");
        words.split_once("\n[[exception]]").map_or(words, |(words, _)| words).trim_end().to_owned()
    };
    let ours = read(&repository().join("plans/stalking-super-complaint/plan.toml"));
    assert_eq!(words(&read(&plans.path().join("plans/p/plan.toml"))), words(&ours));
}

#[test]
fn the_jobs_are_the_readme_s() {
    let readme = read(&repository().join("README.md"));
    let recipes: Vec<&str> =
        readme.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect();
    let plans = Plans::new(&[]);
    plans.run(&["init", "--plan", "a", "--ci", "github"]);
    plans.run(&["init", "--plan", "b", "--ci", "gitlab"]);
    let made = [".github/workflows/plan.yml", ".gitlab-ci.yml"].map(|path| read(&plans.path().join(path)));
    assert_eq!(made.as_slice(), recipes, "src/cli/init has the files that the README shows");
}

#[test]
fn nothing_is_written_over_what_is_there() {
    let plans = Plans::new(&[
        ("plans/p/plan.toml", b"mine"),
        (".gitlab-ci.yml", b"mine"),
        ("a/plans", b"a file"),
        ("b/.github/workflows/plan.yml", b"mine"),
    ]);
    let before = tree(plans.path());
    insta::assert_snapshot!(plans.run(&["init", "--plan", "p", "--ci", "gitlab"]), @"
    exit 2
    ---- err
    error: nothing was made, for this is there already: .gitlab-ci.yml, plans/p/plan.toml (leave --ci out; another name goes behind --plan)
    ");
    insta::assert_snapshot!(plans.run(&["init", "a"]), @"
    exit 2
    ---- err
    error: nothing was made, for this is there already: a/plans (it is no folder)
    ");
    insta::assert_snapshot!(plans.run(&["init", "b", "-q", "--ci", "github"]), @"
    exit 2
    ---- err
    error: nothing was made, for this is there already: b/.github/workflows/plan.yml (leave --ci out)
    ");
    assert_eq!(tree(plans.path()), before);
    assert_eq!(read(&plans.path().join("plans/p/plan.toml")), "mine");
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let plans = Plans::new(&[("elsewhere/x", b""), ("a/x", b""), ("b/plans/x", b"")]);
    symlink("../elsewhere", plans.path().join("a/plans")).expect("a link");
    symlink("../../elsewhere", plans.path().join("b/plans/p")).expect("a link");
    let before = tree(plans.path());
    insta::assert_snapshot!(plans.run(&["init", "a"]), @"
    exit 2
    ---- err
    error: nothing was made: a/plans would be written through, and a symbolic link could lead anywhere
    ");
    insta::assert_snapshot!(plans.run(&["init", "b", "--plan", "p"]), @"
    exit 2
    ---- err
    error: nothing was made: b/plans/p would be written through, and a symbolic link could lead anywhere
    ");
    assert_eq!(tree(plans.path()), before);
}

#[test]
fn plans_beside_others_hide_nothing_whether_their_folder_is_there_or_not() {
    let plans = Plans::new(&[]);
    assert!(plans.run(&["init", "audit-a"]).starts_with("exit 0"));
    assert!(plans.run(&["init", "audit-b"]).starts_with("exit 0"));
    fs::create_dir(plans.path().join("audit-c")).expect("a folder");
    assert!(plans.run(&["init", "audit-c"]).starts_with("exit 0"));
    let told = plans.run(&["init", "."]);
    assert!(told.starts_with("exit 2") && told.contains("would hide"), "these would: {told}");
}

#[test]
fn plans_are_not_made_inside_others() {
    let plans = Plans::one(&[]);
    fs::create_dir(plans.path().join("below")).expect("a folder");
    insta::assert_snapshot!(plans.run(&["init", "plans/p"]), @"
    exit 2
    ---- err
    error: plans holds plans already, which a folder `plans` below it would hide: `plan init . --plan NAME` makes one beside them
    ");
    insta::assert_snapshot!(plans.run(&["init", "below"]), @"
    exit 0
    ---- out
    made below/plans/below/plan.toml
    made below/plans/below/01-first-recommendation.toml

    Next:
      cd below
      plan validate
      plan show 1 --plan below
    In plans/below/plan.toml, put the plan's own title, owners and words;
    in plans/below/01-first-recommendation.toml, its first recommendation.
    ---- err
    note: from there on, these plans are nearer than those in plans
    ");
}

#[test]
fn jobs_are_written_only_where_the_repository_begins() {
    let mut repo = Repo::new();
    repo.write("below/x", "").commit("2026-01-01", "One");
    let run = |arguments: &[&str]| told(&mut plan(repo.path(), arguments));
    insta::assert_snapshot!(run(&["init", "below", "--ci", "github"]), @"
    exit 2
    ---- err
    error: --ci writes where the repository begins, which is .: make the plans there, or leave --ci out
    ");
    assert!(run(&["init", "--ci", "github"]).starts_with("exit 0\n"));
}

#[test]
fn names_that_would_make_no_plan_are_refused() {
    let plans = Plans::new(&[]);
    for name in ["", "a/b", "..", ".hidden", "a:b", "x.toml", "Grüße", "-x", "a\u{1b}b"] {
        let told = plans.run(&["init", &format!("--plan={name}")]);
        assert!(told.starts_with("exit 2\n") && told.contains("write a name of letters"), "{name}: {told}");
    }
    for arguments in [&["--owner", " "][..], &["--title", "a\u{202e}b"], &["-o", "OPCC", "-o", "opcc"]] {
        let told = plans.run(&[&["init"], arguments].concat());
        assert!(told.starts_with("exit 2\n"), "{arguments:?}: {told}");
    }
    assert!(tree(plans.path()).is_empty());
}
