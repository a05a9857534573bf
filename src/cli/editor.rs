//! Texts from standard input, or from the editor that somebody likes.

use super::ui::Ui;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::io::{IsTerminal as _, Read as _};
use std::path::Path;
use std::process::Command;

/// A text: what was given, with `-` for standard input; else what is piped in; at a terminal, what is written in an editor, below a question, in a file of that
/// name. What was written is kept where it cannot be used.
///
/// # Errors
/// Where standard input is not UTF-8, or the editor cannot be run or fails.
pub(super) fn text(ui: &Ui, given: Option<&str>, question: &str, name: &str) -> Result<String> {
    match given {
        Some(given) if !is_piped(given) => return Ok(given.to_owned()),
        Some(_) => return piped(),
        None if !std::io::stdin().is_terminal() => return piped(),
        None => {}
    }
    let folder = tempfile::Builder::new().prefix("plan-").tempdir();
    let folder = folder.context("cannot make a file for the editor")?;
    let path = folder.path().join(name);
    let hint = format!("<!-- {question} This line is left out; an empty text gives up. -->");
    let template = format!("\n{hint}\n");
    fs::write(&path, &template).context("cannot write a file for the editor")?;
    let written = open(ui, &path).map_err(|error| error.context(NOTHING)).and_then(|()| read(&path));
    match written {
        Ok(text) => Ok(text.lines().filter(|line| line.trim() != hint).collect::<Vec<_>>().join("\n")),
        Err(error) => {
            if fs::read(&path).is_ok_and(|bytes| bytes != template.as_bytes()) {
                let kept = folder.keep().join(name);
                ui.note(&format!("what was written is kept in {}", kept.display()));
            }
            Err(error)
        }
    }
}

/// Whether a text that was given stands for standard input.
fn is_piped(given: &str) -> bool {
    given == "-"
}

/// Keeps a text that was written or piped in and is not used, and says where; what was given is in the shell's
/// history.
pub(super) fn keep_unless_given(ui: &Ui, given: Option<&str>, text: &str) {
    if given.is_none_or(is_piped) {
        keep(ui, text);
    }
}

/// What becomes of the plans when no text is had.
const NOTHING: &str = "nothing was written";

fn piped() -> Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read the text from standard input")?;
    let Ok(text) = String::from_utf8(bytes) else {
        bail!("the text on standard input is not UTF-8: save it as UTF-8, and pipe it in again");
    };
    Ok(text.trim_start_matches(crate::source::BOM).replace("\r\n", "\n"))
}

/// What an editor wrote.
fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).context("cannot read what the editor wrote")?;
    let Ok(text) = String::from_utf8(bytes) else {
        bail!("{NOTHING}: the editor did not save UTF-8: have it do so, and pipe the text in");
    };
    Ok(text.trim_start_matches(crate::source::BOM).replace("\r\n", "\n"))
}

/// Keeps a text that was written and is not used, and says where.
fn keep(ui: &Ui, text: &str) {
    let file = tempfile::Builder::new().prefix("plan-").suffix(".md").tempfile();
    let kept = file.and_then(|file| {
        fs::write(file.path(), text)?;
        file.keep().map(|(_, path)| path).map_err(Into::into)
    });
    match kept {
        Ok(path) => ui.note(&format!("the text is kept in {}", path.display())),
        Err(error) => ui.error(&format!("the text could not be kept: {}", crate::store::plain_error(&error))),
    }
}

/// Opens a file in the editor, and waits for it to be closed.
///
/// # Errors
/// Where the editor cannot be run, or fails.
pub(super) fn open(ui: &Ui, path: &Path) -> Result<()> {
    let editor = ui.editor();
    let missing = || {
        format!("cannot run the editor `{editor}`: set EDITOR to one that there is, or give the text with -m")
    };
    let deaf = Deaf::new();
    let ended = command(&editor).arg(path).status();
    drop(deaf);
    let ended = ended.with_context(missing)?;
    // What a shell says of a command that there is not.
    if ended.code() == Some(127) {
        bail!(missing());
    }
    if !ended.success() {
        bail!("the editor `{editor}` failed");
    }
    Ok(())
}

/// As long as this lives, Ctrl-C and Ctrl-\ are the editor's, which may take them for what it likes: they reach
/// this program too, and would end it with the text unread.
struct Deaf(#[cfg(unix)] std::sync::Arc<std::sync::atomic::AtomicBool>);

#[cfg(unix)]
impl Deaf {
    fn new() -> Self {
        use signal_hook::consts::{SIGINT, SIGQUIT};
        let hears = std::sync::Arc::default();
        for signal in [SIGINT, SIGQUIT] {
            // Where it cannot be done, the editor is run all the same.
            let _ = signal_hook::flag::register_conditional_default(signal, std::sync::Arc::clone(&hears));
        }
        Self(hears)
    }
}

#[cfg(unix)]
impl Drop for Deaf {
    fn drop(&mut self) {
        self.0.store(true, std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(not(unix))]
impl Deaf {
    fn new() -> Self {
        Self()
    }
}

/// An editor is a command line of the shell, as for git: `code --wait`, `"/opt/My Editor/run" -w`. A plain name
/// needs no shell, which would say in words of its own that there is no such program.
#[cfg(unix)]
fn command(editor: &str) -> Command {
    let is_plain = |c: char| c.is_alphanumeric() || "/._+-".contains(c);
    if editor.chars().all(is_plain) {
        return Command::new(editor);
    }
    let mut shell = Command::new("sh");
    // The shell in between is as deaf as this program, and the editor as it likes.
    shell.args(["-c", &format!("trap : INT QUIT; {editor} \"$@\""), editor]);
    shell
}

/// An editor and the words behind it: `code --wait`.
#[cfg(not(unix))]
fn command(editor: &str) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(editor));
    command.args(words);
    command
}
