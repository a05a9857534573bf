//! `plan explain`.

use super::ui::Ui;
use super::{Exit, complete, view};
use crate::parse::keys;
use crate::render::findings;
use crate::render::style::Tone;
use crate::rules::{self, Group, RULES, Rule, example};
use crate::store::Content;
use anyhow::{Result, bail};
use std::io::{self, Write};

const EXAMPLES: &str = "\
Examples:
  plan explain   every rule, in a line
  plan explain rag-status-conflict";

/// Explain a rule: why, a bad and a good example, how to mend; without a name, list the rules
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The rule's name, as findings have it
    #[arg(value_name = "RULE", add = complete::rules())]
    rule: Option<String>,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    match &args.rule {
        None => list(ui)?,
        Some(name) => match rules::find(name) {
            Some(rule) => explain(ui, rule)?,
            None => bail!(view::unknown("rule", name, RULES.iter().map(|r| r.name))),
        },
    }
    Ok(Exit::Done)
}

fn list(ui: &mut Ui) -> io::Result<()> {
    let colour = ui.look.colour;
    let width = RULES.iter().map(|r| r.name.len()).max().unwrap_or(0);
    for (n, group) in Group::ALL.into_iter().enumerate() {
        if n > 0 {
            writeln!(ui.out)?;
        }
        let fixed = if group.levels_are_fixed() { " (levels are fixed)" } else { "" };
        writeln!(ui.out, "{}{fixed}", Tone::Strong.paint(group.name(), colour))?;
        for rule in RULES.iter().filter(|r| r.group == group) {
            let level = Tone::of_severity(rule.level).paint(&format!("{:7}", rule.level.name()), colour);
            let indent = " ".repeat(width + 13);
            let summary = match ui.look.width {
                Some(w) if w > width + 40 => {
                    let options =
                        textwrap::Options::new(w).initial_indent(&indent).subsequent_indent(&indent);
                    textwrap::fill(rule.summary, options).trim_start().to_owned()
                }
                _ => rule.summary.to_owned(),
            };
            writeln!(ui.out, "  {:width$}  {level}  {summary}", rule.name)?;
        }
    }
    Ok(())
}

fn explain(ui: &mut Ui, rule: &Rule) -> Result<()> {
    let (look, out) = (ui.look, &mut ui.out);
    let wrap = |text: &str| textwrap::fill(text, look.width.unwrap_or(100).clamp(40, 100));
    let heading = |text: &str| Tone::Strong.paint(text, look.colour);
    let level = Tone::of_severity(rule.level).paint(rule.level.name(), look.colour);
    let fixed = if rule.group.levels_are_fixed() { ", fixed" } else { "" };
    writeln!(out, "{} ({level}{fixed})\n", heading(rule.name))?;
    writeln!(out, "{}\n\n{}\n", wrap(rule.summary), wrap(rule.why))?;
    writeln!(out, "{}\n{}\n", heading("To mend it"), wrap(rule.mend))?;
    if rule.name == "unknown-key" {
        for (file, tables) in
            [("A recommendation's file", keys::OF_RECOMMENDATIONS), ("plan.toml", keys::OF_HEADS)]
        {
            writeln!(out, "{}", heading(file))?;
            for (owner, known) in tables {
                writeln!(out, "{}", wrap(&format!("{owner}: {}", known.join(", "))))?;
            }
            writeln!(out)?;
        }
    }
    if !rule.before.is_empty() {
        writeln!(out, "{}\n", heading("Before"))?;
        files(out, rule.before)?;
    }
    writeln!(out, "{}\n", heading("Bad"))?;
    files(out, rule.bad)?;
    let outcome = example::run_since(rule.before, rule.bad);
    findings::write(out, look, str::to_owned, &outcome.findings)?;
    writeln!(out, "{}\n", heading("Good"))?;
    files(out, rule.good)?;
    Ok(())
}

fn files(out: &mut dyn Write, files: &[(&str, Content)]) -> io::Result<()> {
    for (path, content) in files {
        writeln!(out, "    # {path}")?;
        match content {
            Content::Text(text) => {
                for line in crate::visible::escape(text).lines() {
                    writeln!(out, "{}", format!("    {line}").trim_end())?;
                }
            }
            Content::Bytes(bytes) => {
                for line in crate::visible::escape(&String::from_utf8_lossy(bytes)).lines() {
                    writeln!(out, "{}", format!("    {line}").trim_end())?;
                }
            }
            Content::OfSize(size) => writeln!(out, "    ({size} bytes)")?,
            Content::Link => writeln!(out, "    (a symbolic link)")?,
            Content::Forbidden => writeln!(out, "    (a file that nobody may read)")?,
        }
        writeln!(out)?;
    }
    Ok(())
}
