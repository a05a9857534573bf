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

/// What odd files do that they must not: end otherwise than as they must, leave something behind, or say nothing.
pub(crate) fn differences(folder: &Path) -> Vec<String> {
    let mut differences = Vec::new();
    for (name, must_fail) in Expected::read(folder).odd() {
        let scratch = TempDir::new().expect("a folder");
        let limited = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$0\" import \"$1\" --as it");
        let output = Command::new("sh")
            .env_clear()
            .current_dir(scratch.path())
            .stdin(Stdio::null())
            .args(["-c", &limited, env!("CARGO_BIN_EXE_plan")])
            .arg(folder.join(name))
            .output()
            .expect("a shell");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let left = fs::read_dir(scratch.path()).expect("a folder").count();
        match output.status.code() {
            Some(0) if !must_fail => {}
            Some(2) if left > 0 => differences.push(format!("{name}: something is left")),
            Some(2) if told.starts_with("error: ") && told.lines().count() == 1 => {}
            status => differences.push(format!("{name}: {status:?} {told}")),
        }
    }
    differences
}
