//! `plan set`.

use super::edit::{self, EditArgs};
use super::ui::Ui;
use super::{Exit, complete, faults, target};
use crate::assign::{self, Assignment};
use anyhow::{Result, bail};

const EXAMPLES: &str = "\
Examples:
  plan set 7 rag=Amber status=\"On Track\"
  plan set 7 8 9 priority=high            several at once: all of them, or none
  plan set 16 owners+=OPCC owners-=NPCC   a list: one more, one less
  plan set 7 custom.theatre=East rag=     an empty value takes the key away
  plan set 7 rag=Red --dry-run            shows the lines, and writes nothing

`id:22` is the recommendation of that id, `printed:22` the one on which the source prints it. Words are put \
into the plan's own spelling; one that it does not know is refused. A deadline moves with \
`plan extend`. Everything else of the file stays as it is, byte for byte.";

/// Set what recommendations say: RAG, status, owners, ...
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Which (7, or plan:7), then what: key=value, key+=value, key-=value, key=
    #[arg(required = true, value_name = "ID... KEY=VALUE", add = complete::assignments())]
    words: Vec<String>,
    #[command(flatten)]
    edit: EditArgs,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let mut ids = Vec::new();
    let mut assignments = Vec::new();
    for word in &args.words {
        match Assignment::parse(word) {
            Some(assignment) => assignments.push(assignment),
            None => ids.push(word.clone()),
        }
    }
    if ids.is_empty() {
        bail!("say which recommendation: `plan set 7 {}`", args.words.join(" "));
    }
    if let Some(key) = assign::said_twice(&assignments) {
        bail!("`{key}` is set twice: which is meant?");
    }
    if assignments.is_empty() {
        bail!(
            "say what to set as key=value: `plan set {} rag=Amber`",
            ids.first().map_or("7", String::as_str)
        );
    }
    let root = edit::root(ui)?;
    let targets = target::targets(ui, &root, args.edit.plan.as_deref(), &ids)?;
    edit::run(&args.edit, ui, &root, &targets, |plan, r| {
        assign::changes(&assignments, plan, r)
            .map_err(|refusals| faults::of(refusals.iter().map(ToString::to_string).collect()))
    })
}
