//! `plan check`.

use super::filter::{Span, parse_span};
use super::findings::{self, FindingsArgs};
use super::ui::Ui;
use super::{Exit, complete, view};
use crate::rules::{self, RULES, Run};
use anyhow::{Result, bail};

const EXAMPLES: &str = "\
Examples:
  plan check
  plan check --only overdue --only milestone-overdue
  plan check --newly 7d   weekly: fails only for what is new
  plan check --as-of 2025-03-28

On the day of its deadline nothing is overdue yet.";

/// Validate, and tell what the date makes of it: missed deadlines, stale updates
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only this rule; files that cannot be read are told all the same
    #[arg(long, value_name = "RULE", add = complete::rules())]
    only: Vec<String>,
    /// Only what became true within a TIME such as 7d keeps its level; the rest are notes
    #[arg(long, value_name = "TIME", value_parser = parse_span)]
    newly: Option<Span>,
    #[command(flatten)]
    findings: FindingsArgs,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let mut only = Vec::new();
    for name in &args.only {
        match rules::find(name) {
            Some(rule) => only.push(rule.name),
            None => bail!(view::unknown("rule", name, RULES.iter().map(|r| r.name))),
        }
    }
    let root = ui.root()?;
    let today = ui.today(&root);
    let newly = args.newly.map(|span| span.days_before(today));
    let run = Run { today: Some(today), only, newly, since: None };
    findings::run(&args.findings, ui, &root, run, "plan/check/1")
}
