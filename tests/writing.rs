//! Many programs write one plan, and some of them are killed: nothing is lost or torn.
//!
//! The programs are `plan update`, and, closer to the disk, this one, run again with nothing but its test
//! [`a_writer`].

use plan::store::write::{Change, lock};
use plan::store::{Disk, Root, find_plans};
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;
use tempfile::TempDir;

const FILE: &str = "07-x.toml";
const OTHER: &str = "08-y.toml";
/// Longer than it takes on the slowest machine: what is tested is not how long one waits.
const PATIENCE: Duration = Duration::from_secs(120);

/// A writer's work, and the folder that it does it in.
const WORK: &str = "PLAN_TEST_WORK";
const FOLDER: &str = "PLAN_TEST_FOLDER";
/// What a writer says when it begins.
const BEGUN: &str = "the writer begins";

fn a_plan() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan.toml"), "title = \"A\"\n").expect("a file");
    fs::write(folder.path().join(FILE), "").expect("a file");
    folder
}

fn root(folder: &Path) -> Root {
    Root::new(folder, folder.to_owned(), Box::new(Disk::new(folder)))
}

fn start(work: &str, folder: &Path) -> Child {
    let this = std::env::current_exe().expect("this program has a path");
    let mut command = Command::new(this);
    command.args(["--exact", "a_writer", "--ignored", "--nocapture"]).env(WORK, work).env(FOLDER, folder);
    command.stdout(Stdio::piped()).spawn().expect("this program can be run")
}

#[test]
#[ignore = "no test: what the tests here run as a program of its own"]
#[expect(clippy::disallowed_methods, reason = "how a test tells a program of its own what to do")]
fn a_writer() {
    let (Ok(work), Ok(folder)) = (std::env::var(WORK), std::env::var(FOLDER)) else { return };
    let root = root(Path::new(&folder));
    if let Some(line) = work.strip_prefix("add ") {
        return add(&root, line);
    }
    writeln!(io::stdout(), "\n{BEGUN}").expect("somebody listens");
    let mut version = 0;
    loop {
        rewrite(&root, version);
        version += 1;
    }
}

/// Adds a line to the file.
fn add(root: &Root, line: &str) {
    let locked = lock(root, [""], PATIENCE).expect("the lock comes free");
    let file = locked.read(FILE).expect("the file is there");
    let text = format!("{}{line}\n", file.text());
    locked.save(vec![file.with(text)]).expect("it is written");
}

/// Writes a version of one file, and makes another anew or writes it.
fn rewrite(root: &Root, version: usize) {
    let locked = lock(root, [""], PATIENCE).expect("the lock comes free");
    let change = |name: &str| match locked.read(name) {
        Ok(file) => file.with(text_of(version)),
        Err(_) => Change::create(name, text_of(version)),
    };
    let changes = vec![change(FILE), change(OTHER)];
    locked.save(changes).expect("it is written");
    if version % 4 == 3 {
        // So that it is made, not only replaced.
        fs::remove_file(root.folder().join(OTHER)).expect("it can be removed");
    }
}

/// A version's text is of one kind from its beginning to its end, and long enough to be torn.
fn text_of(version: usize) -> String {
    format!("# version {version}\n").repeat(4_000)
}

fn is_whole(text: &str) -> bool {
    let first = text.lines().next().and_then(|line| line.strip_prefix("# version "));
    first.and_then(|version| version.parse().ok()).is_some_and(|version| text == text_of(version))
}

#[test]
fn what_32_programs_add_to_one_file_at_once_is_all_there() {
    let folder = a_plan();
    let writers: Vec<Child> = (0..32).map(|n| start(&format!("add line {n:02}"), folder.path())).collect();
    for mut writer in writers {
        assert!(writer.wait().expect("it was started").success());
    }
    let text = fs::read_to_string(folder.path().join(FILE)).expect("the file is there");
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, (0..32).map(|n| format!("line {n:02}")).collect::<Vec<_>>());
    assert_eq!(hidden(folder.path()), 0);
}

#[test]
fn programs_that_are_killed_leave_each_file_old_or_new() {
    let folder = a_plan();
    add(&root(folder.path()), text_of(0).trim_end());
    for round in 0..40_u64 {
        let mut writer = start("rewrite", folder.path());
        let said = BufReader::new(writer.stdout.take().expect("it was asked for"));
        assert!(said.lines().map_while(Result::ok).any(|line| line == BEGUN), "the writer began");
        // Not all at the same step; which, the machine decides.
        sleep(Duration::from_micros(round * 7_919 % 40_000));
        writer.kill().expect("it runs until it is killed");
        writer.wait().expect("it was started");
        for name in [FILE, OTHER] {
            match fs::read_to_string(folder.path().join(name)) {
                Ok(text) => assert!(is_whole(&text), "{name} in round {round}: {} bytes", text.len()),
                Err(error) => assert!(name == OTHER && error.kind() == io::ErrorKind::NotFound),
            }
        }
        let root = root(folder.path());
        let listing = find_plans(&*root.source, &root.name).expect("the folder can be listed");
        assert!(listing.findings.is_empty(), "{:?}", listing.findings);
    }
    // Nobody holds the lock of a program that is dead, and the next one sweeps what it left.
    let unheard_of = usize::MAX;
    rewrite(&root(folder.path()), unheard_of);
    assert_eq!(hidden(folder.path()), 0);
}

/// A plan with one recommendation, as people keep it.
fn a_real_plan() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("plans/p");
    fs::create_dir_all(&plan).expect("a folder");
    let head = "title = \"A\"\n\n[[owner]]\nname = \"Force\"\n\n[[rag]]\nname = \"Red\"\n";
    fs::write(plan.join("plan.toml"), head).expect("a file");
    let file = "# By hand.\r\nid = \"7\"\r\ntitle = \"T\"\r\nowners = [ \"Force\" ]\r\n\r\ntext = \"x\"\r\n";
    fs::write(plan.join(FILE), file).expect("a file");
    folder
}

/// `plan update 7`, which says this.
fn start_update(folder: &Path, message: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.env_clear().env("PLAN_AS_OF", "2025-03-28").current_dir(folder);
    command.args(["-q", "update", "7", "-m", message]).stdin(Stdio::null()).stdout(Stdio::null());
    command.spawn().expect("the program can be run")
}

/// What the updates say, of a file that can be read whole.
fn updates(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("plans/p").join(FILE)).expect("the file is there");
    assert!(text.starts_with("# By hand.\r\nid = \"7\"\r\n") && text.ends_with("\r\n"), "{text}");
    let parsed = plan::parse::recommendation(FILE.into(), &text);
    assert!(parsed.whole && parsed.faults.is_empty(), "{:?} in {text}", parsed.faults);
    let updates = parsed.value.expect("a recommendation").updates;
    updates.into_iter().filter_map(|update| update.text).collect()
}

#[test]
fn what_32_people_report_at_once_is_all_there() {
    let folder = a_real_plan();
    let writers: Vec<Child> =
        (0..32).map(|n| start_update(folder.path(), &format!("Report {n:02}."))).collect();
    for mut writer in writers {
        assert!(writer.wait().expect("it was started").success());
    }
    let mut updates = updates(folder.path());
    updates.sort_unstable();
    assert_eq!(updates, (0..32).map(|n| format!("Report {n:02}.")).collect::<Vec<_>>());
    assert_eq!(hidden(&folder.path().join("plans/p")), 0);
}

#[test]
fn a_report_that_is_killed_is_there_or_not() {
    let folder = a_real_plan();
    let long = "A line that is long enough to be torn.\n".repeat(400);
    for round in 0..40_u64 {
        let before = updates(folder.path());
        let mut writer = start_update(folder.path(), &long);
        sleep(Duration::from_micros(round * 7_919 % 60_000));
        let _ = writer.kill();
        writer.wait().expect("it was started");
        let after = updates(folder.path());
        assert!(after.len() - before.len() <= 1, "in round {round}");
        assert!(after.iter().all(|text| text.trim() == long.trim()), "in round {round}");
        if after.len() > 8 {
            // Files have an end, too.
            fs::write(folder.path().join("plans/p").join(FILE), a_file(&a_real_plan())).expect("a file");
        }
    }
    let mut last = start_update(folder.path(), "The last one.");
    assert!(
        last.wait().expect("it was started").success(),
        "nobody holds the lock of a program that is dead"
    );
    assert_eq!(hidden(&folder.path().join("plans/p")), 0);
}

fn a_file(plan: &TempDir) -> String {
    fs::read_to_string(plan.path().join("plans/p").join(FILE)).expect("a file")
}

fn hidden(folder: &Path) -> usize {
    let names = fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.file_name());
    names.filter(|name| name.as_encoded_bytes().starts_with(b".")).count()
}
