use crate::common::{plan, repository, told};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn pages() -> (TempDir, Vec<PathBuf>) {
    let folder = TempDir::new().expect("a folder");
    let man1 = folder.path().join("share/man1");
    let told = told(&mut plan(&repository(), &["man", &man1.to_string_lossy()]));
    assert_eq!(told, "exit 0\n");
    let mut pages: Vec<PathBuf> =
        fs::read_dir(&man1).expect("pages").map(|entry| entry.expect("a page").path()).collect();
    pages.sort();
    (folder, pages)
}

/// The commands that the help names.
fn commands() -> Vec<String> {
    let help = told(&mut plan(&repository(), &["--help"]));
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = commands
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned);
    names.filter(|name| name != "help").collect()
}

#[test]
fn every_command_has_a_page() {
    let (_folder, pages) = pages();
    let mut expected: Vec<String> = commands().iter().map(|name| format!("plan-{name}.1")).collect();
    assert!(expected.len() > 5, "{expected:?}");
    expected.push("plan.1".to_owned());
    expected.sort();
    let names: Vec<_> =
        pages.iter().filter_map(|page| page.file_name()).map(|n| n.to_string_lossy()).collect();
    assert_eq!(names, expected);
    let own = fs::read_to_string(pages.last().expect("pages")).expect("a page");
    assert_eq!(told(&mut plan(&repository(), &["man"])), format!("exit 0\n---- out\n{own}"));
    for name in commands() {
        assert!(own.contains(&format!("plan\\-{name}(1)")), "plan.1 does not name {name}");
    }
}

#[test]
fn what_stands_in_the_way_of_a_page_is_named() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("plan.1")).expect("a folder");
    let told = told(&mut plan(folder.path(), &["man", "."]));
    assert!(told.starts_with("exit 2\n"), "{told}");
    assert!(told.contains("plan.1 is there, and is no regular file"), "{told}");
}

/// What a program that reads manual pages complains of; none where it is not installed.
fn complaints(program: &str, arguments: &[&str], page: &Path) -> Option<String> {
    let output = Command::new(program).args(arguments).arg(page).env("LC_ALL", "C.UTF-8").output();
    let Ok(output) = output else {
        let _ = writeln!(std::io::stderr(), "NOT RUN: {program} on the manual pages: it is not installed");
        return None;
    };
    let said = if program == "mandoc" { output.stdout } else { output.stderr };
    let said = String::from_utf8_lossy(&said).into_owned();
    // A day would make the pages of one version differ.
    Some(said.lines().filter(|line| !line.contains("missing date")).map(|line| format!("{line}\n")).collect())
}

#[test]
fn what_reads_manual_pages_has_no_complaint() {
    let (_folder, pages) = pages();
    for page in &pages {
        for (program, arguments) in [
            ("mandoc", &["-Tlint", "-Wwarning"][..]),
            ("man", &["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]),
        ] {
            let Some(complaints) = complaints(program, arguments, page) else { continue };
            assert_eq!(complaints, "", "{program} {}", page.display());
        }
    }
}
