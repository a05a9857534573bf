//! `plan init`.

use super::Exit;
use super::ui::Ui;
use crate::git::Repository;
use crate::model::{same_word, slug};
use crate::store::{NewFile, NotMade, create, find_plans};
use crate::visible::{is_hidden, one_line};
use anyhow::{Result, bail};
use clap::{ValueEnum, ValueHint};
use std::io::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  plan init   a folder `plans` here, with a first plan
  plan init --plan audit-2026 --title \"Answer to the audit of 2026\"
  plan init --owner \"Head of Finance\" --owner \"Head of HR\" --ci github

Nothing is written over a file that is there: then nothing is made at all.";

/// Make a folder `plans` with a first plan: its words, and a recommendation to go on from
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Where the folder `plans` is made, or is already; here where none is named
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, default_value = ".", hide_default_value = true)]
    folder: PathBuf,
    /// The name of the plan's folder; without it, as DIR is called
    #[arg(short, long, value_name = "NAME", value_parser = parse_name)]
    plan: Option<String>,
    /// The title of the plan
    #[arg(long, value_name = "TITLE", default_value = "Delivery plan", value_parser = parse_words)]
    title: String,
    /// Somebody who can own a recommendation: a post or a body; the first owns the example
    #[arg(short, long, value_name = "NAME", value_parser = parse_words)]
    owner: Vec<String>,
    /// Also write the jobs that validate each change and tell of missed deadlines
    #[arg(long, value_name = "WHERE")]
    ci: Option<Ci>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ci {
    /// .github/workflows/plan.yml
    Github,
    /// .gitlab-ci.yml
    Gitlab,
}

impl Ci {
    fn file(self) -> NewFile {
        let (path, text) = match self {
            Self::Github => (".github/workflows/plan.yml", include_str!("github.yml")),
            Self::Gitlab => (".gitlab-ci.yml", include_str!("gitlab.yml")),
        };
        NewFile { path: path.to_owned(), text: text.to_owned() }
    }
}

/// The owner of the example where nobody is named.
const OWNER: &str = "Our organisation";

/// The name of a plan's folder where there is no other.
const NAME: &str = "my-plan";

/// Where the address of the program is to be filled in.
const ADDRESS: &str = "https://example.org/your/plan.git";

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let folder = ui.directory().join(&args.folder);
    // What is missing of it is made below; up to there its links are the user's own.
    let folder = absolute(&folder);
    let name = args.plan.clone().unwrap_or_else(|| name_of(&folder));
    let mut files = plan(&format!("plans/{name}"), &args.title, &args.owner)?;
    let hidden = hidden(&folder, ui)?;
    if let Some(ci) = args.ci {
        at_the_top(&folder, ui)?;
        files.push(ci.file());
    }
    if let Err(reason) = create(&folder, &files) {
        bail!(in_words(&reason, &folder, ui));
    }
    if let Some(hidden) = hidden {
        ui.note(&format!("from there on, these plans are nearer than those in {hidden}"));
    }
    for file in &files {
        writeln!(ui.out, "made {}", ui.shown(&folder, &file.path))?;
    }
    writeln!(ui.out, "\nNext:")?;
    let here = ui.shown(&folder, "");
    if here != "." {
        writeln!(ui.out, "  cd {}", quoted(&here))?;
    }
    writeln!(ui.out, "  plan validate")?;
    writeln!(ui.out, "  plan show 1 --plan {name}")?;
    writeln!(ui.out, "In {}, put the plan's own title, owners and words;", files[0].path)?;
    writeln!(ui.out, "in {}, its first recommendation.", files[1].path)?;
    if let Some(ci) = args.ci {
        writeln!(ui.out, "In {}, {ADDRESS} stands for the address of this program.", ci.file().path)?;
    }
    Ok(Exit::Done)
}

/// The files of a first plan: plan.toml, and an example.
fn plan(folder: &str, title: &str, owners: &[String]) -> Result<Vec<NewFile>> {
    let default = [OWNER.to_owned()];
    let owners = if owners.is_empty() { &default } else { owners };
    for (n, owner) in owners.iter().enumerate() {
        if owners[..n].iter().any(|other| same_word(other, owner)) {
            bail!("the owner {} is named twice", one_line(owner));
        }
    }
    let tables: String =
        owners.iter().map(|owner| format!("[[owner]]\nname = {}\n\n", string(owner))).collect();
    let head = include_str!("plan.toml").replacen("OWNERS", &tables, 1).replacen("TITLE", &string(title), 1);
    let example = include_str!("recommendation.toml").replacen("OWNER", &string(&owners[0]), 1);
    Ok(vec![
        NewFile { path: format!("{folder}/plan.toml"), text: head },
        NewFile { path: format!("{folder}/01-first-recommendation.toml"), text: example },
    ])
}

/// A TOML string.
fn string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Something on a command line.
pub(super) fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+@".contains(c);
    if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// The path from the top, its links resolved as far as it is there.
fn absolute(folder: &Path) -> PathBuf {
    let there = folder.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, real)) = there else { return folder.to_owned() };
    folder.strip_prefix(above).map_or_else(|_| folder.to_owned(), |missing| real.join(missing))
}

fn name_of(folder: &Path) -> String {
    let own = folder.file_name().map(|name| slug(&name.to_string_lossy())).unwrap_or_default();
    if own == "plans" { NAME.to_owned() } else { parse_name(&own).unwrap_or_else(|_| NAME.to_owned()) }
}

/// A folder's name that every system takes, and that one can put before an id: audit-2026:7.
pub(super) fn parse_name(text: &str) -> Result<String, String> {
    let fit = text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    // Windows has no files of these names.
    let stem = text.split('.').next().unwrap_or_default().to_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_taken = ["con", "prn", "aux", "nul"].contains(&stem.as_str())
        || port.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()));
    if is_taken {
        return Err(format!("Windows has no folder of that name: {stem}-plan"));
    }
    let ends = text.starts_with(['.', '-']) || text.ends_with('.') || text.ends_with(".toml");
    match slug(text) {
        _ if fit && !ends && !text.is_empty() => Ok(text.to_owned()),
        near if near.is_empty() || near.ends_with(".toml") || near.ends_with('.') => {
            Err("write a name of letters, digits and hyphens: audit-2026".to_owned())
        }
        near => Err(format!("write a name of letters, digits and hyphens: {near}")),
    }
}

fn parse_words(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty".to_owned()),
        text if text.contains(|c: char| is_hidden(c) || c.is_control()) => {
            Err("it holds a character that does not show".to_owned())
        }
        text => Ok(text.to_owned()),
    }
}

/// The plans that these hide from whoever is below their folder; an error where these would hide what they are
/// made in.
fn hidden(folder: &Path, ui: &Ui) -> Result<Option<String>> {
    let there = folder.ancestors().find(|above| above.is_dir()).unwrap_or(folder);
    let Some(root) = ui.root_at(there) else { return Ok(None) };
    let other = root.folder();
    // Plans beside a folder that is still to be made are not found from there once it is.
    if there != folder && other == there && !other.ends_with("plans") {
        return Ok(None);
    }
    let is_empty = find_plans(&*root.source, &root.name).is_ok_and(|listing| listing.plans.is_empty());
    if is_empty || other == folder.join("plans") {
        return Ok(None);
    }
    let shown = root.shown("");
    if !folder.starts_with(other) {
        return Ok(Some(shown));
    }
    let beside = other.parent().filter(|_| other.ends_with("plans")).map_or_else(
        || "make a folder for the new one there".to_owned(),
        |above| format!("`plan init {} --plan NAME` makes one beside them", quoted(&ui.shown(above, ""))),
    );
    bail!("{shown} holds plans already, which a folder `plans` below it would hide: {beside}");
}

/// CI reads its jobs where the repository begins.
fn at_the_top(folder: &Path, ui: &Ui) -> Result<()> {
    let there = folder.ancestors().find(|above| above.is_dir()).unwrap_or(folder);
    let Ok(repository) = Repository::discover(there) else { return Ok(()) };
    let Some(top) = repository.work_tree().and_then(|top| top.canonicalize().ok()) else { return Ok(()) };
    if top != folder {
        bail!(
            "--ci writes where the repository begins, which is {}: make the plans there, or leave --ci out",
            ui.shown(&top, "")
        );
    }
    Ok(())
}

fn in_words(reason: &NotMade, folder: &Path, ui: &Ui) -> String {
    let list = |paths: &[PathBuf]| {
        let shown = |path: &PathBuf| {
            let inside = path.strip_prefix(folder).map(|p| p.to_string_lossy().replace('\\', "/"));
            inside.map_or_else(|_| path.display().to_string(), |inside| ui.shown(folder, &inside))
        };
        paths.iter().map(shown).collect::<Vec<_>>().join(", ")
    };
    let one = |path: &PathBuf| list(std::slice::from_ref(path));
    match reason {
        NotMade::There(paths) => {
            let way = |path: &PathBuf| match path.strip_prefix(folder.join("plans")) {
                Ok(below) if below.components().next().is_some() => "another name goes behind --plan",
                Ok(_) => "it is no folder",
                Err(_) => "leave --ci out",
            };
            let mut ways: Vec<&str> = paths.iter().map(way).collect();
            ways.dedup();
            format!("nothing was made, for this is there already: {} ({})", list(paths), ways.join("; "))
        }
        NotMade::Links(paths) => format!(
            "nothing was made: {} would be written through, and a symbolic link could lead anywhere",
            list(paths)
        ),
        NotMade::Failed(path, reason) => format!("nothing was made: {}: {reason}", one(path)),
        NotMade::LeftBehind(path, reason, left) => {
            format!("{} could not be made: {reason}; remove what is left: {}", one(path), list(left))
        }
    }
}
