//! Files that nobody can make a plan of, and files that were made to do harm.

use crate::expected::Expected;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The program may have so much memory, in KiB, of which its own code and threads take some.
const MEMORY: &str = "1500000";
/// It may take so many seconds of the processor: a tenth would do.
const SECONDS: &str = "60";

/// Runs the program on a document within bounds, and gives how it ended and what it said.
fn bounded(document: &Path, into: &Path) -> (Option<i32>, String) {
    let limited = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$0\" import \"$1\" --as it");
    let output = Command::new("sh")
        .env_clear()
        .current_dir(into)
        .stdin(Stdio::null())
        .args(["-c", &limited, env!("CARGO_BIN_EXE_plan")])
        .arg(document)
        .output()
        .expect("a shell");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Files of some hundred kilobytes of which each once took minutes, or all memory there was.
pub(crate) fn costly() -> Vec<(&'static str, String)> {
    let one = |text: &str| format!("No,Recommendation,Owner\n1,\"{text}\",NPCC\n");
    let head = "No,Recommendation,Owner\n";
    let columns: Vec<String> = (0..900).map(|n| format!("Column {n}")).collect();
    let cells = vec!["x"; 900].join(",");
    vec![
        ("nested lists", one(&format!("{}Do.", "<ul><li>a".repeat(15_000)))),
        ("brackets", one(&"[a ".repeat(300_000))),
        ("ampersands", one(&"&a ".repeat(300_000))),
        ("open tags", one(&"<a <script> <!-- <p x=' ".repeat(20_000))),
        ("one long owner", format!("{head}1,Do it.,{}\n", "x".repeat(300_000))),
        ("many owners", format!("{head}1,Do it.,\"{}NPCC\"\n", "a and ".repeat(30_000))),
        ("rows alike", format!("{head}{}", "1,Do it.,NPCC\n".repeat(2_000))),
        (
            "many columns",
            format!(
                "No,Recommendation,Owner,{}\n{}",
                columns.join(","),
                format!("1,Do,NPCC,{cells}\n").repeat(50)
            ),
        ),
    ]
}

/// What costly files do that they must not.
pub(crate) fn cost() -> Vec<String> {
    let mut differences = Vec::new();
    for (what, text) in costly() {
        let scratch = TempDir::new().expect("a folder");
        let document = scratch.path().join("t.csv");
        fs::write(&document, text).expect("a file");
        match bounded(&document, scratch.path()) {
            (Some(0), _) => {}
            (Some(2), told) if told.starts_with("error: ") => {}
            (status, told) => differences.push(format!("{what}: {status:?} {told}")),
        }
    }
    differences
}

/// What odd files do that they must not: end otherwise than as they must, leave something behind, or say nothing.
pub(crate) fn differences(folder: &Path) -> Vec<String> {
    let mut differences = Vec::new();
    for (name, must_fail) in Expected::read(folder).odd() {
        let scratch = TempDir::new().expect("a folder");
        let (status, told) = bounded(&folder.join(name), scratch.path());
        let left = fs::read_dir(scratch.path()).expect("a folder").count();
        match status {
            Some(0) if !must_fail => {}
            Some(2) if left > 0 => differences.push(format!("{name}: something is left")),
            Some(2) if told.starts_with("error: ") && told.lines().count() == 1 => {}
            status => differences.push(format!("{name}: {status:?} {told}")),
        }
    }
    differences
}
