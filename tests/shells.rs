//! Completion in the real shells: keys are typed at a terminal, and what the shell made of them is what the
//! command gets. A shell that is not installed is named, and not tried.

mod terminal;

use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use terminal::Terminal;

const HEAD: &str = "title = \"Audit\"\n\n[[owner]]\nname = \"Chief Constables\"\naliases = [\"Chiefs\"]\n\n\
    [[owner]]\nname = \"O'Neil & Sons\"\n\n[[owner]]\nname = \"Bad\\u001b[31mowner\"\n\n[[rag]]\nname = \"Red\"\n\n\
    [[status]]\nname = \"On Track\"\nmeaning = \"Set to be completed on time.\"\n";

/// A shell at a terminal, in a folder with two plans.
struct Session {
    folder: TempDir,
    terminal: Terminal,
    typed: usize,
}

impl Session {
    /// None where the shell is not installed, or `script`, which gives it a terminal.
    fn start(shell: &str) -> Option<Self> {
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
        let (config, data) = (folder.path().join("config"), folder.path().join("data"));
        let environment = [
            ("HOME", folder.path().as_os_str()),
            ("ZDOTDIR", folder.path().as_os_str()),
            ("XDG_CONFIG_HOME", config.as_os_str()),
            ("XDG_DATA_HOME", data.as_os_str()),
        ];
        let what = format!("completion in {shell}");
        let place = folder.path().join("my work");
        let terminal = Terminal::start(&what, &[shell], start, &place, environment)?;
        terminal.wait(|screen| screen.contains("ready"), "the shell to be ready");
        Some(Self { folder, terminal, typed: 0 })
    }

    fn screen(&self) -> String {
        self.terminal.screen()
    }

    /// Types keys, a tab among them, and enter; what the command was given.
    fn given(&mut self, keys: &str) -> Vec<String> {
        self.typed += 1;
        let got: PathBuf = Path::new(self.folder.path()).join(format!("got-{}", self.typed));
        self.terminal.press(&format!("{keys}\r"));
        self.terminal.wait(|_| got.exists(), &format!("what {keys:?} gives"));
        let got = fs::read_to_string(got).expect("what was given");
        got.lines().map(str::to_owned).collect()
    }

    /// Types keys with tabs until the text shows, and then gives the line up.
    fn shows(&mut self, keys: &str, text: &str) {
        let before = self.screen().len();
        self.terminal.press(keys);
        self.terminal.wait(|screen| screen[before..].contains(text), &format!("{text:?} after {keys:?}"));
        self.terminal.press("\u{3}");
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
            ("plan set audit:7 rag=R\t", &["set", "audit:7", "rag=Red"]),
            ("plan set audit:7 status=on\t", &["set", "audit:7", "status=On Track"]),
            ("plan set audit:7 owners+=Ch\t", &["set", "audit:7", "owners+=Chief Constables"]),
            (
                "plan update audit:7 --status On\t-m x",
                &["update", "audit:7", "--status", "On Track", "-m", "x"],
            ),
            (
                "plan extend audit:S\t--to 2027-01-01",
                &["extend", "audit:SR (25/26) 01", "--to", "2027-01-01"],
            ),
            ("plan close --plan audit S\t", &["close", "--plan", "audit", "SR (25/26) 01"]),
            ("plan new --plan aud\t--owner Ch\t", &["new", "--plan", "audit", "--owner", "Chief Constables"]),
        ] {
            let home = self.folder.path().to_string_lossy().into_owned();
            let given: Vec<_> =
                self.given(keys).into_iter().map(|word| word.replace(&home, "HOME")).collect();
            assert_eq!(given, expected, "{keys:?}; the screen:\n{}", self.screen());
        }
        assert!(!self.screen().contains("error"), "{}", self.screen());
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
