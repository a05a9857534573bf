//! Completion in the real shells: keys are typed at a terminal, and what the shell made of them is what the
//! command gets. A shell that is not installed is named, and not tried.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Long enough for a machine that is busy with something else.
const PATIENCE: Duration = Duration::from_secs(60);

const HEAD: &str = "title = \"Audit\"\n\n[[owner]]\nname = \"Chief Constables\"\naliases = [\"Chiefs\"]\n\n\
    [[owner]]\nname = \"O'Neil & Sons\"\n\n[[owner]]\nname = \"Bad\\u001b[31mowner\"\n\n[[rag]]\nname = \"Red\"\n\n\
    [[status]]\nname = \"On Track\"\nmeaning = \"Set to be completed on time.\"\n";

/// A shell at a terminal, in a folder with two plans.
struct Session {
    folder: TempDir,
    child: Child,
    screen: Arc<Mutex<String>>,
    typed: usize,
}

fn is_there(program: &str) -> bool {
    let looked = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    looked.is_ok_and(|output| output.status.success())
}

impl Session {
    /// None where the shell is not installed, or `script`, which gives it a terminal.
    fn start(shell: &str) -> Option<Self> {
        if let Some(missing) = [shell, "script"].into_iter().find(|program| !is_there(program)) {
            let _ = writeln!(std::io::stderr(), "NOT RUN: completion in {shell}: {missing} is not installed");
            return None;
        }
        let folder = TempDir::new().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        let recommendation = |id: &str, title: &str| {
            format!("id = \"{id}\"\ntitle = \"{title}\"\nowners = [\"Chief Constables\"]\n\ntext = \"Do.\"\n")
        };
        write("my work/plans/audit/plan.toml", HEAD);
        write("my work/plans/audit/07-search.toml", &recommendation("7", "Make it: searchable"));
        write("my work/plans/audit/sr-25-26-01-x.toml", &recommendation("SR (25/26) 01", "Another"));
        write("my work/plans/other/plan.toml", "title = \"Other\"\n");
        write("my work/plans/other/07-b.toml", &recommendation("7", "Of the other plan"));
        write("its own/plans/p/plan.toml", "title = \"P\"\n\n[[owner]]\nname = \"Zoë's Office\"\n");
        let (start, rc) = match shell {
            "bash" => ("bash --rcfile \"$HOME/rc\" -i", "rc"),
            "zsh" => ("zsh -i", ".zshrc"),
            _ => ("fish", "config/fish/config.fish"),
        };
        let prepare = match shell {
            "bash" => "bind 'set bell-style none'\nsource <(plan completions bash)\n",
            "zsh" => {
                "unsetopt beep\nautoload -Uz compinit && compinit -u -D\nsource <(plan completions zsh)\n"
            }
            _ => "function fish_greeting; end\nplan completions fish | source\n",
        };
        // What is typed as `plan` tells what it was given; what completes asks the program itself.
        let (set, give) = match shell {
            "fish" => (
                "set n 0\n",
                "function plan\n set -g n (math $n + 1)\n printf '%s\\n' $argv > $HOME/new\n mv $HOME/new $HOME/got-$n\nend\n",
            ),
            _ => ("n=0\n", "plan() { n=$((n+1)); printf '%s\\n' \"$@\" > ~/new; mv ~/new ~/got-$n; }\n"),
        };
        write(rc, &format!("stty cols 150 rows 50\n{prepare}{set}{give}echo rea''dy\n"));
        let program = PathBuf::from(env!("CARGO_BIN_EXE_plan"));
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", program.parent().expect("a folder").display());
        let mut child = Command::new("script")
            .args(["--quiet", "--flush", "--return", "--command", start, "/dev/null"])
            .env_clear()
            .envs([("PATH", path.as_str()), ("TERM", "xterm"), ("SHELL", "/bin/sh"), ("LC_ALL", "C.UTF-8")])
            .env("HOME", folder.path())
            .env("ZDOTDIR", folder.path())
            .env("XDG_CONFIG_HOME", folder.path().join("config"))
            .env("XDG_DATA_HOME", folder.path().join("data"))
            .current_dir(folder.path().join("my work"))
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
        let session = Self { folder, child, screen, typed: 0 };
        session.wait(|session| session.screen().contains("ready"), "the shell to be ready");
        Some(session)
    }

    fn screen(&self) -> String {
        self.screen.lock().expect("no thread fails").clone()
    }

    fn wait(&self, done: impl Fn(&Self) -> bool, what: &str) {
        let start = Instant::now();
        while !done(self) {
            assert!(start.elapsed() < PATIENCE, "waited too long for {what}; the screen:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn press(&mut self, keys: &str) {
        let stdin = self.child.stdin.as_mut().expect("piped");
        stdin.write_all(keys.as_bytes()).and_then(|()| stdin.flush()).expect("the shell takes keys");
    }

    /// Types keys, a tab among them, and enter; what the command was given.
    fn given(&mut self, keys: &str) -> Vec<String> {
        self.typed += 1;
        let got: PathBuf = Path::new(self.folder.path()).join(format!("got-{}", self.typed));
        self.press(&format!("{keys}\r"));
        self.wait(|_| got.exists(), &format!("what {keys:?} gives"));
        let got = fs::read_to_string(got).expect("what was given");
        got.lines().map(str::to_owned).collect()
    }

    /// Types keys with tabs until the text shows, and then gives the line up.
    fn shows(&mut self, keys: &str, text: &str) {
        let before = self.screen().len();
        self.press(keys);
        self.wait(|session| session.screen()[before..].contains(text), &format!("{text:?} after {keys:?}"));
        self.press("\u{3}");
    }

    /// What every shell gets right.
    fn completes(&mut self) {
        for (keys, expected) in [
            ("plan li\t", &["list"][..]),
            ("plan list --owner Ch\t", &["list", "--owner", "Chief Constables"]),
            ("plan list --owner ch\t", &["list", "--owner", "Chief Constables"]),
            ("plan list --owner=Ch\t", &["list", "--owner=Chief Constables"]),
            ("plan list --owner \"Ch\t", &["list", "--owner", "Chief Constables"]),
            ("plan list --owner 'Chief C\t", &["list", "--owner", "Chief Constables"]),
            ("plan list --owner Chief\\ C\t", &["list", "--owner", "Chief Constables"]),
            ("plan list --owner O\t", &["list", "--owner", "O'Neil & Sons"]),
            ("plan list --owner \"O\t", &["list", "--owner", "O'Neil & Sons"]),
            ("plan list --status On\t--rag R\t", &["list", "--status", "On Track", "--rag", "Red"]),
            ("plan show SR\t", &["show", "SR (25/26) 01"]),
            ("plan show audit:7\t", &["show", "audit:7"]),
            ("plan show audit:S\t", &["show", "audit:SR (25/26) 01"]),
            ("plan show --plan other 7\t", &["show", "--plan", "other", "7"]),
            ("plan list --columns id,ti\t", &["list", "--columns", "id,title"]),
            ("plan explain undated\t", &["explain", "undated-deadline"]),
            ("plan -C ../its\\ own list -o Z\t", &["-C", "../its own", "list", "-o", "Zoë's Office"]),
            ("plan -C '../its own' list -o z\t", &["-C", "../its own", "list", "-o", "Zoë's Office"]),
            ("plan -C ~/its\\ own list -o Z\t", &["-C", "HOME/its own", "list", "-o", "Zoë's Office"]),
            ("plan -C ../it\tlist -o Z\t", &["-C", "../its own/list", "-o", "Z"]),
            ("plan -C /nowhere list -o Z\t", &["-C", "/nowhere", "list", "-o", "Z"]),
            ("true; plan list -o Ch\t", &["list", "-o", "Chief Constables"]),
            ("PLAN_AS_OF=2026-01-01 plan list -o Ch\t", &["list", "-o", "Chief Constables"]),
            ("true && plan list -o Ch\t", &["list", "-o", "Chief Constables"]),
            ("plan list -o Bad\t", &["list", "-o", "Bad"]),
        ] {
            let home = self.folder.path().to_string_lossy().into_owned();
            let given: Vec<_> =
                self.given(keys).into_iter().map(|word| word.replace(&home, "HOME")).collect();
            assert_eq!(given, expected, "{keys:?}; the screen:\n{}", self.screen());
        }
        assert!(!self.screen().contains("error"), "{}", self.screen());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The shell ends with its terminal.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn bash_completes() {
    let Some(mut bash) = Session::start("bash") else { return };
    bash.completes();
    bash.shows("plan show --plan audit \t\t", "Make it: searchable");
}

#[test]
fn zsh_completes() {
    let Some(mut zsh) = Session::start("zsh") else { return };
    zsh.completes();
    zsh.shows("plan show --plan audit \t", "Make it: searchable");
}

#[test]
fn fish_completes() {
    let Some(mut fish) = Session::start("fish") else { return };
    fish.completes();
    fish.shows("plan show --plan audit \t", "Make it: searchable");
}
