//! Texts from standard input, or from the editor that somebody likes.

use super::ui::Ui;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::io::{IsTerminal as _, Read as _};
use std::path::Path;
use std::process::Command;

/// A text: what is piped in; at a terminal, what is written in an editor, below a question.
///
/// # Errors
/// Where standard input is not UTF-8, or the editor cannot be run or fails.
pub(super) fn text(ui: &Ui, question: &str) -> Result<String> {
    if !std::io::stdin().is_terminal() {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("cannot read the text from standard input")?;
        let Ok(text) = String::from_utf8(bytes) else {
            bail!("the text on standard input is not UTF-8: save it as UTF-8, and pipe it in again");
        };
        return Ok(text.trim_start_matches(crate::source::BOM).replace("\r\n", "\n"));
    }
    let folder = tempfile::tempdir().context("cannot make a file for the editor")?;
    let path = folder.path().join("update.md");
    let hint = format!("<!-- {question} This line is left out; an empty text gives up. -->");
    fs::write(&path, format!("\n{hint}\n")).context("cannot write a file for the editor")?;
    open(ui, &path)?;
    let text = fs::read_to_string(&path).context("cannot read what the editor wrote")?;
    Ok(text.replace("\r\n", "\n").lines().filter(|line| line.trim() != hint).collect::<Vec<_>>().join("\n"))
}

/// A text without the blank lines before and after it. Spaces at its beginning are CommonMark's: a block of code.
pub(super) fn prose(text: &str) -> &str {
    let text = text.trim_end();
    let lines = text.split_inclusive('\n').take_while(|line| line.trim().is_empty());
    &text[lines.map(str::len).sum()..]
}

/// Keeps a text that was written and is not used, and says where.
pub(super) fn keep(ui: &Ui, text: &str) {
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
    let ended = command(&editor).arg(path).status();
    let ended = ended.with_context(|| format!("cannot run the editor `{editor}` (EDITOR names it)"))?;
    // What a shell says of a command that there is not.
    if ended.code() == Some(127) {
        bail!("cannot run the editor `{editor}`: set EDITOR to one that there is, or give the text with -m");
    }
    if !ended.success() {
        bail!("the editor `{editor}` failed, and nothing was written");
    }
    Ok(())
}

/// An editor is a command line of the shell, as for git: `code --wait`, `"/opt/My Editor/run" -w`.
#[cfg(unix)]
fn command(editor: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{editor} \"$@\""), editor]);
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
