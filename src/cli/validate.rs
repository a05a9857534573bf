//! `plan validate`.

use super::Exit;
use super::findings::{self, FindingsArgs};
use super::ui::Ui;
use crate::rules::Run;
use anyhow::Result;

const EXAMPLES: &str = "\
Examples:
  plan validate
  plan validate plans/stalking-super-complaint/07-search.toml
  plan validate --since origin/main   what a branch changes
  plan validate --format github       in a workflow: beside the changed lines

The same files always give the same answer: the date plays no part (`plan check` looks at it). \
`plan explain RULE` says what a rule asks for, and `[rules]` in plan.toml sets its level.";

/// Hold the plans to the rules, whatever the date
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    findings: FindingsArgs,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let root = ui.root()?;
    findings::run(&args.findings, ui, &root, Run::default(), "plan/validate/1")
}
