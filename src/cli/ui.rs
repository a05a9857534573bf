//! What a command needs from outside: streams, colour, width, today. The clock and the environment
//! are read here and nowhere else.

use super::complete::shells::{self, Request, Shell};
use super::filter::parse_day;
use super::{Exit, Global, faults, revision};
use crate::render::{Look, wrap};
use crate::store::{Disk, NoRoot, Revision, Root, Unread, plain_error};
use crate::visible::one_line;
use crate::wording::{count, day};
use anstream::{AutoStream, ColorChoice};
use anyhow::{Context as _, Result, anyhow, bail};
use chrono::{Local, NaiveDate};
use clap::ValueEnum as _;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write};
use std::path::{Path, PathBuf};

/// The terminal, and the day.
pub(super) struct Ui {
    /// Where results go.
    pub(super) out: BufWriter<AutoStream<StdoutLock<'static>>>,
    /// How they look.
    pub(super) look: Look,
    /// Whether results go to a terminal.
    pub(super) terminal: bool,
    directory: PathBuf,
    here: PathBuf,
    /// The revision to read.
    at: Option<String>,
    /// The day that was asked for.
    as_of: Option<NaiveDate>,
    /// The day that the environment has for today, or what is wrong with it.
    environment: Result<Option<NaiveDate>, String>,
    clock: NaiveDate,
    quiet: bool,
    colour_errors: bool,
    /// How many columns messages have, where a person reads them; in a pipe each is one line.
    width_of_errors: Option<usize>,
}

impl Ui {
    pub(super) fn new(global: &Global) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let choice = choice(global.color.into(), &stdout);
        // Without colour nothing writes an escape sequence, and none need be looked for.
        let passing = if choice == ColorChoice::Never { ColorChoice::AlwaysAnsi } else { choice };
        let width = global.width.and_then(|w| w.0).or_else(|| terminal.then(terminal_width));
        Self {
            out: BufWriter::with_capacity(1 << 16, AutoStream::new(stdout.lock(), passing)),
            look: Look { colour: choice != ColorChoice::Never, width },
            terminal,
            at: global.at.clone(),
            as_of: global.as_of.and_then(|day| day.0),
            environment: day_of_environment(),
            clock: today(),
            directory: global.directory.iter().collect(),
            here: here(),
            quiet: global.quiet,
            colour_errors: choice_errors(global.color.into()) != ColorChoice::Never,
            width_of_errors: io::stderr().is_terminal().then(terminal_width),
        }
    }

    /// Today, for a command that counts from it: the day that was asked for; else that of the revision
    /// that is read; else the clock's. Where only the dates are of another day, that is said.
    pub(super) fn today(&self, root: &Root) -> NaiveDate {
        if let Some(revision) = &root.revision {
            return self.as_of.unwrap_or(revision.date);
        }
        let today = self.day();
        if today != self.clock {
            let day = day(today);
            self.note(&format!("dates are counted as of {day}; statuses are as the files say today"));
        }
        today
    }

    /// Today, where no root is read: the day that was asked for; else the environment's; else the clock's.
    pub(super) fn day(&self) -> NaiveDate {
        self.as_of().unwrap_or(self.clock)
    }

    /// The day that was asked for, or that the environment has.
    pub(super) fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.or_else(|| self.environment.clone().ok().flatten())
    }

    /// What is wrong with the environment.
    pub(super) fn wrong_environment(&self) -> Option<String> {
        self.environment.clone().err()
    }

    /// The root of the plans.
    pub(super) fn root(&self) -> Result<Root> {
        if let Some(at) = &self.at {
            let root = revision::root(&self.here, &self.directory, at)?;
            if let Some(Revision { short, date, subject, .. }) = &root.revision {
                self.note(&format!("plans as of commit {short} of {}: {subject}", day(*date)));
            }
            return Ok(root);
        }
        self.work_tree()?.ok_or_else(|| {
            let folder = self.directory();
            let folder = folder.canonicalize().unwrap_or(folder);
            anyhow!(
                "there is no folder `plans` at or above {}, and no plan in it: go to your plans, or name their folder with -C",
                folder.display()
            )
        })
    }

    /// The root of the plans as they are on the disk, whatever revision is asked for; none where there are none.
    pub(super) fn work_tree(&self) -> Result<Option<Root>> {
        match Root::find(&self.here, &self.directory) {
            Ok(root) => Ok(Some(root)),
            Err(NoRoot::NoFolder(folder, error)) => {
                Err(error).with_context(|| format!("cannot look for plans in {}", folder.display()))
            }
            Err(NoRoot::NoPlans(_)) => Ok(None),
            Err(NoRoot::Link(plans)) => bail!(
                "{} is a symbolic link: it could lead anywhere, and is not followed; go to the folder itself, or name it with -C",
                plans.display()
            ),
        }
    }

    /// The root of the plans, as it is found from another folder.
    pub(super) fn root_at(&self, folder: &Path) -> Option<Root> {
        Root::find(&self.here, folder).ok()
    }

    /// The way from where the program was started to something in a folder, as one would type it.
    pub(super) fn shown(&self, folder: &Path, path: &str) -> String {
        Root::new(&self.here, folder.to_owned(), Box::new(Disk::new(folder))).shown(path)
    }

    /// Where in which repository the plans are.
    pub(super) fn place(&self) -> Result<revision::Place> {
        revision::Place::find(&self.here, &self.directory)
    }

    /// The revision that is to be read, as it was asked for.
    pub(super) fn at(&self) -> Option<&str> {
        self.at.as_deref()
    }

    /// The folder that the command acts in.
    pub(super) fn directory(&self) -> PathBuf {
        self.here.join(&self.directory)
    }

    /// Says something that is neither result nor error, unless it is to be quiet.
    pub(super) fn note(&self, message: &str) {
        if !self.quiet {
            self.tell("note", anstyle::AnsiColor::Green, message);
        }
    }

    /// Whether nothing is to be said but results and errors.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// How messages look.
    pub(super) fn look_of_errors(&self) -> Look {
        Look { colour: self.colour_errors, ..self.look }
    }

    /// The editor that somebody likes, as git finds it.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub(super) fn editor(&self) -> String {
        let named = |name: &str| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty());
        named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| "vi".to_owned())
    }

    /// Says several lines that are no result.
    pub(super) fn say(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Says what could not be done.
    pub(super) fn error(&self, message: &str) {
        self.tell("error", anstyle::AnsiColor::Red, message);
    }

    fn tell(&self, what: &str, colour: anstyle::AnsiColor, message: &str) {
        let style = if self.colour_errors { colour.on_default().bold() } else { anstyle::Style::new() };
        let message = one_line(message);
        let message =
            wrap(&message, self.width_of_errors.map(|width| width.saturating_sub(what.len() + 2)), "");
        // Where nobody reads the messages, nobody can be told.
        let _ = writeln!(io::stderr().lock(), "{style}{what}{style:#}: {message}");
    }

    /// Names what could not be read; the command has then not been done wholly.
    pub(super) fn unread(&self, root: &Root, unread: &[Unread]) -> Exit {
        for Unread { path, message } in unread {
            let path = root.shown(path);
            self.error(&format!("{path} could not be read: {message}"));
        }
        if unread.is_empty() { Exit::Done } else { Exit::Failed }
    }

    /// Says in the results that they are not whole, where somebody reads them.
    pub(super) fn incomplete(&mut self, unread: &[Unread]) -> Result<()> {
        if !unread.is_empty() {
            let them = if unread.len() == 1 { "it" } else { "them" };
            writeln!(self.out, "{} could not be read: what is in {them} is missing here", how_many(unread))?;
        }
        Ok(())
    }

    /// Ends the program: writes what is left, and says what went wrong.
    pub(super) fn finish(mut self, ended: Result<Exit>) -> Exit {
        let ended = ended.and_then(|exit| self.out.flush().map(|()| exit).map_err(Into::into));
        match ended {
            Ok(exit) => exit,
            // Whoever reads has seen enough: `plan list | head`.
            Err(error) if is_broken_pipe(&error) => Exit::Done,
            Err(error) => {
                for fault in faults::told(&error, in_words) {
                    self.error(&fault);
                }
                Exit::Failed
            }
        }
    }
}

/// An error and what led to it, without the numbers that the system has for them.
fn in_words(error: &anyhow::Error) -> String {
    let words = error.chain().map(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => plain_error(error),
        None => cause.to_string(),
    });
    words.collect::<Vec<_>>().join(": ")
}

/// "2 files", or "2 files or folders" where the names leave it open: nobody looked.
fn how_many(unread: &[Unread]) -> String {
    let files = unread.iter().all(|u| u.path.ends_with(".toml"));
    let (one, many) = if files { ("file", "files") } else { ("file or folder", "files or folders") };
    count(unread.len(), one, many)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}

/// The colour choice for a stream: what was asked for, else what the stream and the environment say.
fn choice(asked: ColorChoice, stream: &io::Stdout) -> ColorChoice {
    if asked == ColorChoice::Auto { AutoStream::choice(stream) } else { asked }
}

fn choice_errors(asked: ColorChoice) -> ColorChoice {
    if asked == ColorChoice::Auto { AutoStream::choice(&io::stderr()) } else { asked }
}

fn terminal_width() -> usize {
    // A terminal that says it has no columns does not know.
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)).max(20)
}

/// What `PLAN_AS_OF` says; set to nothing it says nothing.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn day_of_environment() -> Result<Option<NaiveDate>, String> {
    let Some(text) = std::env::var_os("PLAN_AS_OF").filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = text.to_string_lossy();
    let wrong = |error| format!("invalid value '{}' in PLAN_AS_OF: {error}", one_line(&text));
    parse_day(&text).map(Some).map_err(wrong)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn today() -> NaiveDate {
    Local::now().date_naive()
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks where the program was started")]
fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| Path::new(".").to_owned())
}

/// What a shell asks that completes a command line: `COMPLETE=zsh plan -- WORD...`. Without words it asks for
/// the script that makes it ask. Whatever else the variable may hold, or a command may follow, is not meant.
pub(super) fn asked_by_a_shell() -> Option<Asked> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    let (shell, home) = (std::env::var_os("COMPLETE")?, std::env::var_os("HOME"));
    let shell = Path::new(&shell).file_stem()?.to_str()?;
    let shell = Shell::from_str(shell, false).ok()?;
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next() {
        None => Some(Asked::ForScript(shell)),
        Some(first) if first == "--" => {
            let home = home.filter(|home| !home.is_empty()).map(PathBuf::from);
            Some(Asked::ForWords(Request { shell, arguments: arguments.collect(), here: here(), home }))
        }
        Some(_) => None,
    }
}

/// What a shell may ask for.
pub(super) enum Asked {
    /// The script that makes it ask.
    ForScript(Shell),
    /// What can stand at the cursor.
    ForWords(Request),
}

/// Answers it. Nothing is ever said besides: it would land in the middle of what somebody types.
pub(super) fn answer_a_shell(asked: Asked) {
    let answer = match asked {
        Asked::ForScript(shell) => shells::script(shell).into_bytes(),
        Asked::ForWords(request) => shells::answer(request),
    };
    let _ = io::stdout().lock().write_all(&answer);
}
