//! A program at a terminal of its own, which `script` gives it. Where that is not installed, it is said that
//! nothing was run.

use std::ffi::OsStr;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Long enough for a machine that is busy with something else.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Terminal {
    child: Child,
    screen: Arc<Mutex<String>>,
}

fn is_there(program: &str) -> bool {
    let looked = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    looked.is_ok_and(|output| output.status.success())
}

impl Terminal {
    /// Starts a command line of the shell, with nothing of the environment but the path, on which `plan` is, and
    /// what is given; none where a program that it needs is not installed.
    pub(crate) fn start<'e>(
        what: &str,
        needs: &[&str],
        command: &str,
        folder: &Path,
        environment: impl IntoIterator<Item = (&'e str, &'e OsStr)>,
    ) -> Option<Self> {
        if let Some(missing) = needs.iter().chain(&["script"]).find(|program| !is_there(program)) {
            let _ = writeln!(std::io::stderr(), "NOT RUN: {what}: {missing} is not installed");
            return None;
        }
        let program = Path::new(env!("CARGO_BIN_EXE_plan"));
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", program.parent().expect("a folder").display());
        let mut child = Command::new("script")
            .args(["--quiet", "--flush", "--return", "--command", command, "/dev/null"])
            .env_clear()
            .envs([("PATH", path.as_str()), ("TERM", "xterm"), ("SHELL", "/bin/sh"), ("LC_ALL", "C.UTF-8")])
            .envs(environment)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("script can be run");
        let screen = Arc::new(Mutex::new(String::new()));
        let mut out = child.stdout.take().expect("piped");
        let shown = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = out.read(&mut buffer) {
                shown.lock().expect("no thread fails").push_str(&String::from_utf8_lossy(&buffer[..n]));
            }
        });
        Some(Self { child, screen })
    }

    /// All that was shown so far.
    pub(crate) fn screen(&self) -> String {
        self.screen.lock().expect("no thread fails").clone()
    }

    pub(crate) fn wait(&self, done: impl Fn(&str) -> bool, what: &str) {
        let start = Instant::now();
        while !done(&self.screen()) {
            assert!(start.elapsed() < PATIENCE, "waited too long for {what}; the screen:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        let stdin = self.child.stdin.as_mut().expect("piped");
        stdin.write_all(keys.as_bytes()).and_then(|()| stdin.flush()).expect("the program takes keys");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // What runs at a terminal ends with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
