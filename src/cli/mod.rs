//! The command line: arguments, dispatch, exit status.

mod check;
mod close;
mod complete;
mod completions;
mod diff;
mod edit;
mod editor;
mod explain;
mod extend;
mod faults;
mod filter;
mod findings;
mod fmt;
mod format;
mod held;
mod import;
mod init;
mod list;
mod log;
mod man;
mod new;
mod past;
mod publish;
mod report;
mod revision;
mod set;
mod show;
mod sides;
mod since;
mod summary;
mod target;
mod trend;
mod ui;
mod update;
mod validate;
mod view;

use anstream::ColorChoice;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;
use std::process::ExitCode;
use ui::Ui;

const EXAMPLES: &str = "\
Examples:
  plan list --owner \"Chief Constables\" --overdue
  plan show 7
  plan summary --by owner
  plan validate
  plan check --as-of 2025-03-28
  plan diff 2025-03-01
  plan log 7
  plan trend --by month
  plan report --output plan.html
  plan update 7 --rag Amber -m \"The supplier was asked for a date.\"
  plan init
  plan import plan.docx --as audit-2026

The plans are in the nearest folder `plans` at or above this one. Exit status: 0 done, 1 findings, \
2 it could not be done, or not wholly.";

/// Keeps official delivery plans as plain text: recommendations, owners, deadlines, RAG, status.
#[derive(Debug, Parser)]
#[command(name = "plan", version, after_help = EXAMPLES, max_term_width = 100, infer_long_args = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// Look for the plans from DIR on, and take PATHs from there; paths are shown from here. A second
    /// DIR is taken from the first
    #[arg(short = 'C', value_name = "DIR", global = true, default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    directory: Vec<PathBuf>,
    /// Take DATE (YYYY-MM-DD) for today; so does PLAN_AS_OF in the environment, where no --at says another
    #[arg(long, value_name = "DATE", global = true, value_parser = filter::parse_as_of)]
    as_of: Option<filter::Day>,
    /// Read the plans as they were at REV: a branch, a tag, a commit, HEAD~3, or a day; it is then that
    /// commit's day, unless --as-of says otherwise
    #[arg(long, value_name = "REV", global = true)]
    at: Option<String>,
    /// When to write colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto", hide_default_value = true)]
    color: When,
    /// Lay tables out for a terminal of N columns, also into a file or a pipe
    #[arg(long, value_name = "N", global = true, env = "PLAN_WIDTH", hide_env_values = true, value_parser = filter::parse_width)]
    width: Option<filter::Columns>,
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    /// Where the output is a terminal that shows them (NO_COLOR and CLICOLOR_FORCE are heeded)
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<When> for ColorChoice {
    fn from(when: When) -> Self {
        match when {
            When::Auto => Self::Auto,
            When::Always => Self::Always,
            When::Never => Self::Never,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    Summary(summary::Args),
    Validate(validate::Args),
    Check(check::Args),
    Explain(explain::Args),
    Diff(diff::Args),
    Log(log::Args),
    Trend(trend::Args),
    Report(report::Args),
    Init(init::Args),
    New(new::Args),
    Set(set::Args),
    Update(update::Args),
    Extend(extend::Args),
    Close(close::Args),
    Fmt(fmt::Args),
    Import(import::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Command {
    fn reads_plans(&self) -> bool {
        !matches!(self, Self::Explain(_) | Self::Init(_) | Self::Completions(_) | Self::Man(_))
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// It was done.
    Done,
    /// It was done, and there are findings.
    Findings,
    /// It could not be done, or not wholly.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::from(0),
            Exit::Findings => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}

/// Runs the program on its arguments.
#[must_use]
pub fn main() -> ExitCode {
    if let Some(asked) = ui::asked_by_a_shell() {
        ui::answer_a_shell(asked);
        return Exit::Done.into();
    }
    let Cli { global, command } = Cli::parse();
    let mut ui = Ui::new(&global);
    if let Some(wrong) = ui.wrong_environment() {
        return ui.finish(Err(anyhow::anyhow!(wrong))).into();
    }
    if global.at.is_some() && !command.reads_plans() {
        return ui.finish(Err(anyhow::anyhow!("--at is for commands that read plans"))).into();
    }
    let ended = match command {
        Command::List(args) => list::run(&args, &mut ui),
        Command::Show(args) => show::run(&args, &mut ui),
        Command::Summary(args) => summary::run(&args, &mut ui),
        Command::Validate(args) => validate::run(&args, &mut ui),
        Command::Check(args) => check::run(&args, &mut ui),
        Command::Explain(args) => explain::run(&args, &mut ui),
        Command::Diff(args) => diff::run(&args, &mut ui),
        Command::Log(args) => log::run(&args, &mut ui),
        Command::Trend(args) => trend::run(&args, &mut ui),
        Command::Report(args) => report::run(&args, &mut ui),
        Command::New(args) => new::run(&args, &mut ui),
        Command::Set(args) => set::run(&args, &mut ui),
        Command::Update(args) => update::run(&args, &mut ui),
        Command::Extend(args) => extend::run(&args, &mut ui),
        Command::Close(args) => close::run(&args, &mut ui),
        Command::Fmt(args) => fmt::run(&args, &mut ui),
        Command::Import(args) => import::run(&args, &mut ui),
        Command::Init(args) => init::run(&args, &mut ui),
        Command::Completions(args) => completions::run(&args, &mut ui),
        Command::Man(args) => man::run(&args, &mut ui),
    };
    ui.finish(ended).into()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_well_formed() {
        super::Cli::command().debug_assert();
    }

    /// Examples fit a terminal of 80 columns; prose is one line, which is wrapped to whatever terminal there is.
    #[test]
    fn the_help_fits_a_terminal() {
        let program = super::Cli::command();
        for command in std::iter::once(&program).chain(program.get_subcommands()) {
            let Some(help) = command.get_after_help().map(ToString::to_string) else { continue };
            for lines in help.lines().collect::<Vec<_>>().windows(2) {
                let is_prose =
                    |line: &str| !line.is_empty() && !line.starts_with(' ') && !line.ends_with(':');
                assert!(!is_prose(lines[0]) || !is_prose(lines[1]), "{}: {lines:?}", command.get_name());
                assert!(
                    is_prose(lines[1]) || lines[1].chars().count() <= 80,
                    "{}: {lines:?}",
                    command.get_name()
                );
            }
        }
    }
}
