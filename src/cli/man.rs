//! `plan man`.

use super::ui::Ui;
use super::{Cli, Exit};
use anyhow::{Context as _, Result, bail};
use clap::{Command, CommandFactory as _, ValueHint};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  plan man | man -l -                read the page of `plan` itself
  plan man ~/.local/share/man/man1   then: man plan, man plan-list";

/// How an apostrophe is written, in groff and elsewhere.
const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

const VERSION: &str = env!("CARGO_PKG_VERSION");

const EXIT_STATUS: &[(&str, &str)] = &[
    ("0", "It was done."),
    (
        "1",
        "There are findings: errors, with --strict warnings too; with --exit-code changes; with --public words that may not be published.",
    ),
    ("2", "It could not be done, or not wholly: bad arguments, no plan, a file that could not be read."),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    ("PLAN_AS_OF", "The day to take for today, as with --as-of."),
    ("PLAN_WIDTH", "The columns to lay tables out for, as with --width."),
    ("NO_COLOR, CLICOLOR_FORCE", "Where colours are written never, or always."),
];

/// Write the manual pages of every command into a folder; without one, that of `plan` to the output
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The folder for the pages, made where there is none; pages that are there are written anew
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let pages = pages().context("the manual pages cannot be made")?;
    let Some(folder) = &args.folder else {
        let own = pages.first().map_or("", |page| &page.text);
        ui.out.write_all(own.as_bytes())?;
        return Ok(Exit::Done);
    };
    let folder = ui.directory().join(folder);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for Page { name, text } in &pages {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
            bail!("{} is there, and is no regular file: nothing is written over it", path.display());
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(Exit::Done)
}

/// A manual page.
struct Page {
    /// The name of its file: plan-list.1.
    name: String,
    text: String,
}

/// The page of the program, and of each of its commands.
fn pages() -> io::Result<Vec<Page>> {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let names: Vec<String> = root.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let of_commands = root.get_subcommands().filter(|c| !c.is_hide_set()).map(|c| page(c, Some(&names)));
    std::iter::once(page(&root, None)).chain(of_commands).collect()
}

/// The page of a command, or of the program itself, which has no others to refer to but its own.
fn page(command: &Command, others: Option<&[String]>) -> io::Result<Page> {
    let usage = command.clone().render_usage().to_string();
    let mut shown = command.clone().override_usage(usage.trim_start_matches("Usage: ").to_owned());
    if others.is_some() {
        // What every command takes stands on one page, not on each.
        shown = shown.mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg });
    }
    let man = Man::new(shown);
    let name = man.get_filename();
    let title = name.trim_end_matches(".1").to_uppercase();
    let mut text = Vec::new();
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if others.is_none() {
        man.render_subcommands_section(&mut text)?;
    }
    let mut roff = Roff::default();
    if others.is_some() {
        roff.control("PP", []);
        roff.text([roman("Options that every command takes are in "), bold("plan"), roman("(1).")]);
    }
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (examples, notes) = help.split_once("\n\n").unwrap_or((&help, ""));
    let (heading, body) = examples.split_once(":\n").unwrap_or(("Notes", examples));
    section(&mut roff, heading, body);
    section(&mut roff, "Notes", notes);
    list(&mut roff, "Exit status", EXIT_STATUS);
    if others.is_none() {
        list(&mut roff, "Environment", ENVIRONMENT);
    }
    see_also(&mut roff, command.get_name(), others, &String::from_utf8_lossy(&text), &help);
    roff.to_writer(&mut text)?;
    // Each part says anew how an apostrophe is written, and sets values off by a break around an empty line.
    let body = String::from_utf8_lossy(&text).replace(APOSTROPHE, "").replace(".br\n\n.br\n", ".sp\n");
    let text = format!("{APOSTROPHE}.TH {title} 1 \"\" \"plan {VERSION}\" \"Delivery plans\"\n{body}");
    Ok(Page { name, text })
}

/// A section: paragraphs, and lines that are indented as they are.
fn section(roff: &mut Roff, heading: &str, body: &str) {
    if body.is_empty() {
        return;
    }
    roff.control("SH", [heading.to_uppercase().as_str()]);
    for (n, paragraph) in body.split("\n\n").enumerate() {
        if n > 0 {
            roff.control("PP", []);
        }
        if paragraph.starts_with(' ') {
            roff.control("nf", []);
            for line in paragraph.lines() {
                roff.text([roman(line.trim_start())]);
            }
            roff.control("fi", []);
        } else {
            roff.text([roman(paragraph.lines().collect::<Vec<_>>().join("\n"))]);
        }
    }
}

fn list(roff: &mut Roff, heading: &str, entries: &[(&str, &str)]) {
    roff.control("SH", [heading.to_uppercase().as_str()]);
    for (term, meaning) in entries {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
}

/// The program's page, and those of the commands that this page speaks of; git, where it is the program's.
fn see_also(roff: &mut Roff, own: &str, others: Option<&[String]>, text: &str, help: &str) {
    roff.control("SH", ["SEE ALSO"]);
    let Some(others) = others else {
        roff.text([bold("git"), roman("(1)")]);
        return;
    };
    let spoken_of = |name: &&String| {
        let called = format!("plan {name}");
        let mut found = [text, help].into_iter().flat_map(|text| {
            text.match_indices(called.as_str()).map(|(at, called)| &text[at + called.len()..])
        });
        *name != own && found.any(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    let mut line = vec![bold("plan"), roman("(1)")];
    for name in others.iter().filter(spoken_of) {
        line.extend([roman(", "), bold(format!("plan-{name}")), roman("(1)")]);
    }
    roff.text(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_with_examples() {
        let pages = pages().expect("pages are made");
        let command = Cli::command();
        let names: Vec<String> =
            command.get_subcommands().map(|c| format!("plan-{}.1", c.get_name())).collect();
        let made: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
        assert_eq!(made[0], "plan.1");
        assert_eq!(made[1..], names);
        for page in &pages {
            for part in [
                "\n.SH NAME\n",
                "\n.SH SYNOPSIS\n",
                "\n.SH DESCRIPTION\n",
                "\n.SH \"EXIT STATUS\"\n",
                "\n.SH \"SEE ALSO\"\n",
            ] {
                assert!(page.text.contains(part), "{} lacks {part}:\n{}", page.name, page.text);
            }
            assert!(page.text.contains(".SH EXAMPLES") || page.name == "plan-completions.1", "{}", page.text);
        }
    }
}
