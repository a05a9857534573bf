//! Runs the program with nothing from the machine but its files: no environment, a fixed day.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The day after most of the real plan's deadlines.
pub(crate) const TODAY: &str = "2025-03-28";

pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program, ready to run in a folder.
pub(crate) fn plan(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.env_clear().env("PLAN_AS_OF", TODAY).current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

/// What a run gave, as one text: exit status, results, and what was said beside them.
pub(crate) fn told(command: &mut Command) -> String {
    let output = command.output().expect("the program can be run");
    let status = output.status.code().expect("the program was not killed");
    let out = String::from_utf8(output.stdout).expect("results are UTF-8");
    let err = String::from_utf8(output.stderr).expect("messages are UTF-8");
    // Every run with a day in the past says so; that is tested once.
    let err: String =
        err.lines().filter(|l| !l.starts_with("note: dates are counted")).map(|l| format!("{l}\n")).collect();
    let mut told = format!("exit {status}\n");
    if !out.is_empty() {
        told.push_str(&format!("---- out\n{out}"));
    }
    if !err.is_empty() {
        told.push_str(&format!("---- err\n{err}"));
    }
    told
}

/// Runs the program in the repository, on the real plan.
pub(crate) fn real(arguments: &[&str]) -> String {
    told(&mut plan(&repository(), arguments))
}

/// Runs the program on the invented plan, which uses every key of the format.
pub(crate) fn invented(arguments: &[&str]) -> String {
    told(plan(&repository().join("tests"), arguments).env("PLAN_AS_OF", "2026-06-30"))
}

/// A head with a few words, for plans that tests make.
pub(crate) const HEAD: &str = r#"title = "Test plan"

[[owner]]
name = "Force"
aliases = ["The Force"]

[[owner]]
name = "Council"

[[rag]]
name = "Red"
outlook = "miss"

[[rag]]
name = "Green"
outlook = "met"

[[status]]
name = "On Track"
outlook = "meet"

[[status]]
name = "Complete"
phase = "done"
outlook = "met"
"#;

/// A recommendation with what is required, and more lines.
pub(crate) fn recommendation(id: &str, more: &str) -> String {
    format!("id = \"{id}\"\ntitle = \"Title {id}\"\nowners = [\"Force\"]\n{more}\ntext = \"Text {id}.\"\n")
}

/// A folder with plans, gone when it is dropped.
pub(crate) struct Plans(TempDir);

impl Plans {
    /// Files by their path from the folder.
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let plans = Self(tempfile::tempdir().expect("a folder for a test"));
        for (path, content) in files {
            plans.write(path, content);
        }
        plans
    }

    /// One plan with a usual head, and files by their name in it.
    pub(crate) fn one(files: &[(&str, &str)]) -> Self {
        let plans = Self::new(&[("plans/p/plan.toml", HEAD.as_bytes())]);
        for (name, content) in files {
            plans.write(&format!("plans/p/{name}"), content.as_bytes());
        }
        plans
    }

    pub(crate) fn write(&self, path: &str, content: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder for a test");
        fs::write(path, content).expect("a file for a test");
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs the program in the folder. The folder's own path is shown as `FOLDER`.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let real = self.path().canonicalize().expect("the folder is there");
        told(&mut plan(self.path(), arguments)).replace(&*real.to_string_lossy(), "FOLDER")
    }

    /// Runs the program as somebody whom the system keeps out of what is closed: root is let in anywhere, and gives
    /// its rights up. None, with a word on standard error, where that cannot be done.
    #[cfg(unix)]
    pub(crate) fn run_without_rights(&self, arguments: &[&str]) -> Option<String> {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let real = self.path().canonicalize().expect("the folder is there");
        if fs::metadata(&real).expect("the folder is there").uid() != 0 {
            return Some(self.run(arguments));
        }
        fs::set_permissions(&real, fs::Permissions::from_mode(0o755)).expect("it is ours");
        let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        let program = env!("CARGO_BIN_EXE_plan");
        if !Command::new("setpriv")
            .args(nobody)
            .args([program, "--version"])
            .output()
            .is_ok_and(|o| o.status.success())
        {
            let _ = writeln!(
                std::io::stderr(),
                "NOT RUN without rights: there is no setpriv, or others may not run {program}"
            );
            return None;
        }
        let mut command = Command::new("setpriv");
        command.env_clear().env("PLAN_AS_OF", TODAY).current_dir(self.path()).stdin(Stdio::null());
        command.args(nobody).arg(program).args(arguments);
        Some(told(&mut command).replace(&*real.to_string_lossy(), "FOLDER"))
    }
}
