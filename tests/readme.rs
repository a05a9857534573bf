//! The README's commands are run, and print what the README prints. With `README=overwrite` it is
//! brought up to date.

#[path = "cli/repo.rs"]
#[expect(dead_code, reason = "the program's own tests use the rest of it")]
mod repo;

use repo::Repo;
use std::path::Path;
use std::process::Command;

/// What a command of the README prints: its results, and its exit status where that is not 0. What
/// is said beside them (that the day is in the past) is left out.
fn printed(repository: &Path, command: &str) -> String {
    let words = split(command);
    assert_eq!(words.first().map(String::as_str), Some("plan"), "{command}");
    let mut run = Command::new(env!("CARGO_BIN_EXE_plan"));
    run.env_clear().env("PLAN_AS_OF", "2025-03-28").env("PLAN_WIDTH", "100");
    let output = run.current_dir(repository).args(&words[1..]).output().expect("the program can be run");
    let status = output.status.code().expect("the program was not killed");
    let out = String::from_utf8(output.stdout).expect("results are UTF-8").replace('\r', "");
    if status == 0 { out } else { format!("{out}(exit status {status})\n") }
}

/// A command line's words; quotes keep spaces.
fn split(line: &str) -> Vec<String> {
    let pieces = line.split('"').enumerate();
    pieces
        .flat_map(|(n, piece)| match n % 2 {
            0 => piece.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
            _ => vec![piece.to_owned()],
        })
        .collect()
}

/// A copy of the real plan, after two invented weeks.
fn fortnight(repository: &Path) -> Repo {
    const FOLDER: &str = "plans/stalking-super-complaint";
    let mut repo = Repo::new();
    let mut names: Vec<String> = std::fs::read_dir(repository.join(FOLDER))
        .expect("the real plan")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    for name in &names {
        let path = format!("{FOLDER}/{name}");
        let text = std::fs::read_to_string(repository.join(&path)).expect("a file");
        repo.write(&path, &text);
    }
    repo.commit("2025-03-14", "Take over the published plan");
    let change = |repo: &mut Repo, id: &str, from: &str, to: &str| {
        let name = names.iter().find(|name| name.starts_with(id)).expect("a recommendation");
        let path = format!("{FOLDER}/{name}");
        let text = std::fs::read_to_string(repo.path().join(&path)).expect("a file");
        assert!(text.contains(from), "{name} does not say {from}");
        repo.write(&path, &text.replacen(from, to, 1));
    };
    let deadline = "deadline = 2025-03-27\n";
    let new = "deadline = 2025-09-27\nrag = \"Amber\"\nstatus = \"On Track\"\n";
    change(&mut repo, "07", deadline, new);
    change(
        &mut repo,
        "07",
        "[[update]]",
        "[[extension]]\nfrom = 2025-03-27\nto = 2025-09-27\non = 2025-03-19\nreason = \"The regional fix is \
         delivered in summer.\"\napproved_by = \"Vulnerability Board\"\n\n[[update]]",
    );
    change(
        &mut repo,
        "07",
        "towards an interim one.\"\"\"\n",
        "towards an interim one.\"\"\"\n\n[[update]]\ndate = 2025-03-19\nrag = \"Amber\"\nstatus = \"On \
         Track\"\ntext = \"Two stations try out a first version of the interim fix.\"\n",
    );
    repo.commit("2025-03-19", "Move the deadline of 7, as the board agreed");
    change(&mut repo, "15", deadline, &format!("{deadline}status = \"Complete\"\n"));
    repo.commit("2025-03-24", "Report 15 as complete");
    let late = "rag = \"Red\"\nstatus = \"Delayed\"\nmitigation = \"A second analyst from May.\"\n";
    change(&mut repo, "25", deadline, &format!("{deadline}{late}"));
    repo.commit("2025-03-26", "25 will be late");
    repo
}

/// Whether a command looks at how the plan came to be as it is.
fn looks_back(command: &str) -> bool {
    ["plan diff", "plan log", "plan trend"].iter().any(|name| command.starts_with(name))
}

#[test]
fn the_readme_prints_what_the_program_prints() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fortnight = fortnight(repository);
    let readme = std::fs::read_to_string(repository.join("README.md")).expect("the README");
    let mut anew = String::new();
    let mut commands = 0;
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        anew.push_str(line);
        anew.push('\n');
        if line != "```console" {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        for command in block.iter().filter_map(|l| l.strip_prefix("$ ")) {
            commands += 1;
            let folder = if looks_back(command) { fortnight.path() } else { repository };
            anew.push_str(&format!("$ {command}\n{}", printed(folder, command)));
        }
        anew.push_str("```\n");
    }
    #[expect(clippy::disallowed_methods, reason = "a test may be told to write")]
    let overwrite = std::env::var_os("README").is_some_and(|v| v == "overwrite");
    if overwrite {
        std::fs::write(repository.join("README.md"), &anew).expect("the README can be written");
    }
    assert!(commands > 5, "only {commands} commands were run");
    assert!(
        readme == anew || overwrite,
        "run `README=overwrite cargo test --test readme`, and look at the change"
    );
}

#[test]
fn the_plan_in_the_readme_has_no_findings() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(repository.join("README.md")).expect("the README");
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = 0;
    for block in readme.split("```toml\n# plans/").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        let (path, text) = block.split_once('\n').expect("a path, and the file below it");
        let path = folder.path().join("plans").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
        files += 1;
    }
    assert_eq!(files, 3);
    for command in ["validate", "check"] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_plan"));
        run.env_clear()
            .env("PLAN_AS_OF", "2026-11-01")
            .current_dir(folder.path())
            .args([command, "--strict"]);
        let output = run.output().expect("the program can be run");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(told, "2 recommendations in 1 plan: no findings\n", "{command}");
    }
}
