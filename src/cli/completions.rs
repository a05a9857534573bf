//! `plan completions`.

use super::Exit;
use super::complete::shells::{Shell, script};
use super::ui::Ui;
use anyhow::Result;
use std::io::Write as _;

const EXAMPLES: &str = "\
To install, once:
  bash          echo 'source <(plan completions bash)' >> ~/.bashrc
  zsh           echo 'source <(plan completions zsh)' >> ~/.zshrc
  fish          plan completions fish > ~/.config/fish/completions/plan.fish
  PowerShell    plan completions powershell | Out-String | Invoke-Expression
  elvish        eval (plan completions elvish | slurp)

In zsh the line stands below `compinit`; those of PowerShell and Elvish go into $PROFILE and rc.elv.

The shell then asks `plan`, which must be on the path, what can stand at the cursor: commands, flags, \
and the words of the plan at hand, or of the one that -C leads to.";

/// Write the script that completes ids, owners, statuses and flags in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// For which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    ui.out.write_all(script(args.shell).as_bytes())?;
    Ok(Exit::Done)
}
