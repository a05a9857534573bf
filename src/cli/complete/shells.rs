//! The shells: what a shell asks while somebody types, and how it wants the answer.

use super::words::{self, Word, for_bash};
use super::{PLACE, Place};
use crate::cli::Cli;
use crate::visible::one_line;
use clap::{CommandFactory as _, ValueEnum};
use clap_complete::engine::complete;
use clap_complete::env::{Elvish, EnvCompleter as _, Powershell};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A shell that can be told what to offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Shell {
    /// GNU bash
    Bash,
    /// The Z shell
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    #[value(alias = "pwsh")]
    Powershell,
    /// Elvish
    Elvish,
}

/// What a shell asks: `COMPLETE=zsh plan -- WORD...`.
pub(in crate::cli) struct Request {
    /// The shell that asks.
    pub(in crate::cli) shell: Shell,
    /// What it says of its command line.
    pub(in crate::cli) arguments: Vec<OsString>,
    /// Where it is.
    pub(in crate::cli) here: PathBuf,
    /// Whose folder `~` is.
    pub(in crate::cli) home: Option<PathBuf>,
}

/// A candidate, and what is said of it.
struct Offer {
    value: String,
    help: String,
}

impl Offer {
    /// Whether the word goes on behind it.
    fn is_open(&self) -> bool {
        self.value.ends_with([':', '=', '/'])
    }
}

/// The script that makes a shell ask.
pub(in crate::cli) fn script(shell: Shell) -> String {
    let of_engine = |shell: &dyn clap_complete::env::EnvCompleter| {
        let mut script = Vec::new();
        // Writing to memory does not fail.
        let _ = shell.write_registration("COMPLETE", "plan", "plan", "plan", &mut script);
        format!("{}\n", String::from_utf8_lossy(&script).trim())
    };
    match shell {
        Shell::Bash => include_str!("bash.sh").to_owned(),
        Shell::Zsh => include_str!("zsh.sh").to_owned(),
        Shell::Fish => include_str!("fish.fish").to_owned(),
        Shell::Powershell => of_engine(&Powershell),
        Shell::Elvish => of_engine(&Elvish),
    }
}

/// The answer, as the shell wants it. Where there is nothing to offer, or something is wrong, nothing.
pub(in crate::cli) fn answer(request: Request) -> Vec<u8> {
    let Request { shell, arguments, here, home } = request;
    let Some(texts) = arguments.iter().map(|a| a.to_str()).collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    if texts.is_empty() {
        return Vec::new();
    }
    match shell {
        Shell::Bash => {
            let [line, breaks, comp_type, columns] = texts[..] else { return Vec::new() };
            let words = words::split(line, breaks);
            let Some(typed) = words.last().cloned() else { return Vec::new() };
            let offers = offers(words, here, home.as_deref());
            let listed = comp_type == "63" && offers.len() > 1;
            if listed { listing(&offers, columns.parse().unwrap_or(80)) } else { to_bash(&offers, &typed) }
        }
        Shell::Zsh => to_zsh(&offers(texts.into_iter().map(words::unquote).collect(), here, home.as_deref())),
        Shell::Fish => {
            let Some((typed, before)) = texts.split_last() else { return Vec::new() };
            // fish has taken the words out of their quotes, but not the one that is being typed.
            let plain = |text: &&str| Word {
                text: (*text).to_owned(),
                from_home: text.starts_with("~/"),
                ..Word::default()
            };
            let words = before.iter().map(plain).chain([words::unquote(typed)]).collect();
            to_fish(&offers(words, here, home.as_deref()))
        }
        Shell::Powershell | Shell::Elvish => {
            let words: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            let folder = remember(&words[..words.len().saturating_sub(1)], here);
            let mut answer = Vec::new();
            let (mut command, folder) = (Cli::command(), Some(folder.as_path()));
            let written = match shell {
                Shell::Powershell => Powershell.write_complete(&mut command, arguments, folder, &mut answer),
                _ => Elvish.write_complete(&mut command, arguments, folder, &mut answer),
            };
            written.map_or_else(|_| Vec::new(), |()| answer)
        }
    }
}

/// Sets the place in which words are looked for by what the line says before the cursor; the folder that
/// paths are taken from.
fn remember(before: &[String], here: PathBuf) -> PathBuf {
    let mut place = Place { here, ..Place::default() };
    // A flag whose value is being typed would keep the rest from being read.
    let before =
        before.split_last().filter(|(last, _)| last.starts_with('-')).map_or(before, |(_, before)| before);
    if let Ok(matches) = Cli::command().ignore_errors(true).try_get_matches_from(before) {
        let mut level = Some(&matches);
        while let Some(matches) = level {
            if let Ok(Some(directories)) = matches.try_get_many::<PathBuf>("directory") {
                place.directory = directories.collect();
            }
            if let Ok(Some(plans)) = matches.try_get_many::<String>("plan") {
                place.plans = plans.cloned().collect();
            }
            for name in ["id", "words"] {
                if let Ok(Some(ids)) = matches.try_get_many::<String>(name) {
                    place.ids.extend(ids.filter(|id| !id.contains('=')).cloned());
                }
            }
            level = matches.subcommand().map(|(_, below)| below);
        }
    }
    let folder = place.here.join(&place.directory);
    PLACE.set(place);
    folder
}

/// What can stand where the last of the words is.
fn offers(words: Vec<Word>, here: PathBuf, home: Option<&Path>) -> Vec<Offer> {
    let Some(typed) = words.last().map(|word| word.text.clone()) else { return Vec::new() };
    let index = words.len() - 1;
    let text = |(n, word): (usize, Word)| match (word.text.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) if word.from_home && n < index => {
            home.join(rest).to_string_lossy().into_owned()
        }
        _ => word.text,
    };
    let texts: Vec<String> = words.into_iter().enumerate().map(text).collect();
    let folder = remember(&texts[..index], here);
    let arguments = texts.into_iter().map(OsString::from).collect();
    let Ok(found) = complete(&mut Cli::command(), arguments, index, Some(&folder)) else { return Vec::new() };
    let offer = |candidate: &clap_complete::CompletionCandidate| {
        let value = candidate.get_value().to_str()?.to_owned();
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        let help = one_line(help.lines().next().unwrap_or_default()).into_owned();
        let fit = !value.contains(|c: char| crate::visible::is_hidden(c) || c.is_control());
        fit.then_some(Offer { value, help })
    };
    let mut offers: Vec<Offer> = found.iter().filter_map(offer).collect();
    // Flags are offered to whoever types a hyphen, or where nothing else can stand.
    if !typed.starts_with('-') && offers.iter().any(|offer| !offer.value.starts_with('-')) {
        offers.retain(|offer| !offer.value.starts_with('-'));
    }
    offers
}

fn to_bash(offers: &[Offer], typed: &Word) -> Vec<u8> {
    offers.iter().map(|offer| for_bash(&offer.value, typed) + "\n").collect::<String>().into_bytes()
}

/// What bash shows and does not insert: each with what is said of it, on a line of its own.
fn listing(offers: &[Offer], columns: usize) -> Vec<u8> {
    let width = offers.iter().map(|offer| offer.value.chars().count()).max().unwrap_or(0);
    let mut lines = String::new();
    for Offer { value, help } in offers {
        let line = if help.is_empty() { value.clone() } else { format!("{value:width$}  {help}") };
        let shown: String = line.chars().take(columns.saturating_sub(2).max(width)).collect();
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{shown}");
    }
    lines.into_bytes()
}

/// A colon ends the value, and a backslash keeps one in it.
fn to_zsh(offers: &[Offer]) -> Vec<u8> {
    let mut lines = String::new();
    for offer in offers {
        let value = offer.value.replace('\\', "\\\\").replace(':', "\\:");
        let (open, help) = (if offer.is_open() { '-' } else { '+' }, offer.help.replace('\\', "\\\\"));
        let _ = if help.is_empty() {
            writeln!(lines, "{open}{value}")
        } else {
            writeln!(lines, "{open}{value}:{help}")
        };
    }
    lines.into_bytes()
}

fn to_fish(offers: &[Offer]) -> Vec<u8> {
    let line = |Offer { value, help }: &Offer| {
        if help.is_empty() { format!("{value}\n") } else { format!("{value}\t{help}\n") }
    };
    offers.iter().map(line).collect::<String>().into_bytes()
}
