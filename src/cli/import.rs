//! `plan import`.

use super::Exit;
use super::init::{parse_name, quoted};
use super::ui::Ui;
use crate::diagnostic::Severity;
use crate::import::understand::headings::{NAMES, is_heading, named, plain};
use crate::import::understand::{Account, Key, Options, Outcome, TableAccount, Understood};
use crate::import::{MOST_BYTES, PlanFile, files, read, understand};
use crate::render::{account, unified, wrap};
use crate::rules::{Run, examine};
use crate::source::MAX_BYTES;
use crate::store::{Memory, NewFile, NoRoot, NotMade, Overlay, Root, create, join, plain_error};
use crate::suggest::ranked;
use crate::visible::one_line;
use crate::wording::count;
use anyhow::{Context as _, Result, bail};
use clap::{ValueEnum, ValueHint};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  plan import plan.docx --as audit-2026 --dry-run   shows what it would write
  plan import plan.docx --as audit-2026
  plan import tracker.xlsx --as audit-2026 --map \"Theatre=custom.theatre\"
  plan import plan.txt --as stalking --number-by position

Reads .docx, .xlsx, .csv, and text whose cells are set off by tabs. It says what each table and column was taken \
for, what is uncertain, and what was left out. Nothing is guessed, and nothing is written over what is there.";

/// A recommendation may have so many updates and answers.
const MOST_REPORTS: usize = 1_000;

/// Make a plan of a Word document, a workbook, a CSV file or a text
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The document
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// What the plan is called: its folder under `plans`, which is made where there is none
    #[arg(long = "as", value_name = "ID", value_parser = parse_id)]
    id: String,
    /// What a column holds, by its heading: "Theatre=custom.theatre", "Comments=update", "Page=skip"
    #[arg(long, value_name = "HEADING=KEY", value_parser = parse_map)]
    map: Vec<(String, Key)>,
    /// Who owns what names no owner
    #[arg(short, long, value_name = "NAME")]
    owner: Option<String>,
    /// Where ids come from
    #[arg(long, value_name = "WHAT", default_value = "printed", hide_default_value = true)]
    number_by: NumberBy,
    /// Show what would be written, and write nothing
    #[arg(short = 'N', long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum NumberBy {
    /// The numbers that the document prints
    Printed,
    /// The places of the rows, from 1; what is printed is kept as `printed_id`
    Position,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let (folder, below) = place(ui, &args.id)?;
    if folder.join(&below).join("plan.toml").exists() {
        bail!(
            "there is a plan {} already, in {}: another name goes behind --as, or remove that folder first",
            args.id,
            ui.shown(&folder, &below)
        );
    }
    said_once(&args.map)?;
    let path = ui.directory().join(&args.file);
    let shown = one_line(&args.file.to_string_lossy()).into_owned();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = bytes(&path).with_context(|| format!("cannot read {shown}"))?;
    let document = read(&name, &bytes).with_context(|| format!("cannot import {shown}"))?;
    let options = Options {
        map: args.map.clone(),
        owner: args.owner.clone().filter(|owner| !owner.trim().is_empty()),
        by_position: args.number_by == NumberBy::Position,
        today: Some(ui.day()),
    };
    let plan = understand(&document, &options);
    unknown_headings(&args.map, &plan.account)?;
    if plan.recommendations.is_empty() {
        return nothing(ui, &shown, &plan.account);
    }
    if plan.owners.is_empty() {
        account::write(&mut ui.out, ui.look, &plan.account)?;
        bail!(nobody(&plan.account));
    }
    let many = plan.recommendations.iter().find(|r| r.updates.len() + r.answers.len() > MOST_REPORTS);
    if let Some(r) = many {
        bail!("recommendation {} has more than {MOST_REPORTS} updates and answers, as no plan has", r.id);
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let made =
        files(&plan, &stem).with_context(|| format!("what {shown} says cannot be written as a plan"))?;
    let large: Vec<&str> = made
        .iter()
        .filter(|file| file.text.len() as u64 > MAX_BYTES)
        .map(|file| file.name.as_str())
        .collect();
    if !large.is_empty() {
        bail!(
            "no file of a plan is larger than {} KiB, and these would be: {}",
            MAX_BYTES >> 10,
            large.join(", ")
        );
    }
    let new: Vec<NewFile> =
        made.iter().map(|file| NewFile { path: join(&below, &file.name), text: file.text.clone() }).collect();
    if args.dry_run {
        told(ui, &shown, &plan)?;
        for file in &new {
            let path = ui.shown(&folder, &file.path);
            writeln!(ui.out)?;
            unified::write(&mut ui.out, ui.look, &path, "", &file.text)?;
        }
        return Ok(Exit::Done);
    }
    // Without plan.toml it is no plan yet: that comes last, whatever may stop the program on the way.
    let mut new = new;
    new.rotate_left(1);
    if let Err(reason) = create(&folder, &new) {
        bail!(in_words(&reason, &folder, ui));
    }
    if !ui.is_quiet() {
        told(ui, &shown, &plan)?;
        next(ui, &folder, &below, args, &made)?;
    }
    Ok(Exit::Done)
}

/// The bytes of a file, of no more than any plan has.
fn bytes(path: &Path) -> Result<Vec<u8>> {
    let plain = |error: std::io::Error| anyhow::anyhow!(plain_error(&error));
    let file = File::open(path).map_err(plain)?;
    if file.metadata().map_err(plain)?.is_dir() {
        bail!("it is a folder");
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(plain)?;
    Ok(bytes)
}

/// Where the plan is made: the folder that is there, and the way from it to the plan's own.
fn place(ui: &Ui, id: &str) -> Result<(PathBuf, String)> {
    if ui.at().is_some() {
        bail!("--at is for reading: what is past stays as it was");
    }
    let directory = ui.directory();
    let here = directory.canonicalize().with_context(|| format!("cannot open {}", directory.display()))?;
    let root = match Root::find(&here, &here) {
        Ok(root) => root,
        Err(NoRoot::NoPlans(_)) => return Ok((here, join("plans", id))),
        // The root itself says what else there may be.
        Err(_) => ui.root()?,
    };
    if root.folder().join("plan.toml").exists() {
        bail!(
            "{} is a plan itself, and not a folder of plans: go to the folder above it",
            one_line(&root.folder().to_string_lossy())
        );
    }
    Ok((root.folder().to_owned(), id.to_owned()))
}

/// Tells what was made of the document.
fn told(ui: &mut Ui, shown: &str, plan: &Understood) -> Result<()> {
    let parts = plan.recommendations.iter().filter(|one| one.parent.is_some()).count();
    let mut recommendations = count(plan.recommendations.len() - parts, "recommendation", "recommendations");
    if parts > 0 {
        recommendations.push_str(&format!(", {}", count(parts, "part", "parts")));
    }
    let updates: usize = plan.recommendations.iter().map(|r| r.updates.len()).sum();
    let owners = count(plan.owners.len(), "owner", "owners");
    writeln!(ui.out, "{shown}: {recommendations}, {owners}, {}\n", count(updates, "update", "updates"))?;
    account::write(&mut ui.out, ui.look, &plan.account)?;
    Ok(())
}

/// Says what was made, and how to go on.
fn next(ui: &mut Ui, folder: &Path, below: &str, args: &Args, made: &[PlanFile]) -> Result<()> {
    let texts: BTreeMap<String, String> =
        made.iter().map(|file| (join(below, &file.name), file.text.clone())).collect();
    let nothing = Memory::default();
    let outcome = examine(&Overlay::new(&nothing, below, texts), "plans", &Run::default())?;
    let many = |severity| outcome.findings.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (many(Severity::Error), many(Severity::Warning));
    let findings = match (errors, warnings) {
        (0, 0) => "no faults".to_owned(),
        (0, warnings) => count(warnings, "warning", "warnings"),
        (errors, 0) => count(errors, "error", "errors"),
        (errors, warnings) => {
            format!("{}, {}", count(errors, "error", "errors"), count(warnings, "warning", "warnings"))
        }
    };
    let path = ui.shown(folder, below);
    writeln!(ui.out, "\nmade {path} with plan.toml and {}", count(made.len() - 1, "file", "files"))?;
    writeln!(ui.out, "\nNext:")?;
    let here = ui.shown(folder, "");
    if ui.root_at(Path::new(".")).is_none() {
        writeln!(ui.out, "  cd {}", quoted(&here))?;
    }
    writeln!(ui.out, "  plan validate {}   {findings}", quoted(&path))?;
    writeln!(ui.out, "  plan summary --plan {}", args.id)?;
    let says = |file: &PlanFile, key: &str| file.text.lines().any(|line| line.starts_with(key));
    let owned = |file: &&PlanFile| says(file, "owners = ") || says(file, "parent = ");
    let without = made.len() - 1 - made.iter().skip(1).filter(owned).count();
    if without > 0 {
        let them =
            count(without, "recommendation names no owner, and is", "recommendations name no owner, and are");
        let way = format!(
            "{them} in no list until somebody is written there (or import it anew with --owner \"...\")"
        );
        writeln!(ui.out, "{}", wrap(&way, ui.look.width, ""))?;
    }
    let last = "In plan.toml, see to the words of RAG and status, and name whom the plan answers for.";
    writeln!(ui.out, "{}", wrap(last, ui.look.width, ""))?;
    Ok(())
}

/// Refuses a heading that is said to mean two things.
fn said_once(map: &[(String, Key)]) -> Result<()> {
    for (n, (name, key)) in map.iter().enumerate() {
        if map[..n].iter().any(|(other, said)| plain(other) == plain(name) && said != key) {
            bail!("--map says twice what \"{}\" means", one_line(name));
        }
    }
    Ok(())
}

/// What a heading over names has in it.
const SOMEBODY: &str = "who owner lead officer responsib agency department team manager director body";

/// Says that nothing names owners, and how they may be named.
fn nobody(account: &Account) -> String {
    let columns = account.tables.iter().flat_map(|table| match &table.outcome {
        Outcome::Plan { columns, .. } | Outcome::Form { columns, .. } => columns.as_slice(),
        _ => &[],
    });
    // A longer one is no heading that anybody would type.
    let free = columns.filter(|c| matches!(c.key, Key::Custom(_)) && c.heading.chars().count() <= 60);
    let own: Vec<&str> = free.map(|column| column.heading.as_str()).collect();
    let is_somebody = |heading: &&&str| SOMEBODY.split(' ').any(|word| plain(heading).contains(word));
    // What has no heading may hold anything.
    let may_be = |heading: &&&str| is_somebody(heading) || heading.starts_with("column ");
    let heading = own.iter().find(is_somebody).or(own.iter().find(may_be)).copied();
    let heading = one_line(heading.unwrap_or("HEADING")).into_owned();
    format!(
        "nothing names who owns the recommendations, and every one has an owner: say which column does, --map \
         \"{heading}=owners\", or who owns them all, --owner \"...\""
    )
}

/// Says that there is no plan in the document, and how it may be found all the same.
fn nothing(ui: &mut Ui, shown: &str, account: &Account) -> Result<Exit> {
    if !account.tables.is_empty() {
        account::write(&mut ui.out, ui.look, account)?;
    }
    let headings = headings(account);
    // A table that would be the plan but for one column is told with the remedy.
    if let Some((heading, key)) = &account.nearly {
        bail!(
            "there is no table of recommendations in {shown}: one column of it lacks a meaning: --map \"{}={key}\"",
            one_line(heading)
        );
    }
    // The recommendations have more to say than their numbers.
    let longest = headings.iter().max_by_key(|heading| heading.len()).map_or("", String::as_str);
    let has_header = account.tables.iter().any(|table| matches!(table.outcome, Outcome::Plan { .. }));
    let named = if has_header {
        "there is a header, and no row below it".to_owned()
    } else if account.tables.iter().any(is_turned) {
        "a table has its headings one below the other, and a column each recommendation: turn it round (in Excel: \
         Paste Special, Transpose)"
            .to_owned()
    } else if headings.is_empty() {
        "a table is known by its headings: Recommendation, Owner, Update, RAG, Status, Deadline".to_owned()
    } else {
        format!("say with --map what its columns hold: --map \"{}=text\"", one_line(longest))
    };
    bail!("there is no table of recommendations in {shown}: {named}")
}

/// Whether a table that was left out has a recommendation in each column, and not in each row.
fn is_turned(table: &TableAccount) -> bool {
    let Outcome::Other(rows) = &table.outcome else { return false };
    let labels = rows.iter().filter_map(|row| row.split(" | ").next()).filter(|label| is_heading(label));
    labels.count() >= 3
}

/// Refuses a heading of --map that no column has.
fn unknown_headings(map: &[(String, Key)], account: &Account) -> Result<()> {
    let headings = headings(account);
    for (name, _) in map {
        if !headings.iter().any(|heading| plain(heading) == plain(name)) {
            let near = ranked(name, headings.iter().map(String::as_str));
            let near = match (near.as_slice(), headings.as_slice()) {
                ([], []) => "no table of it was understood".to_owned(),
                ([], all) => format!("there is {}", all.join(", ")),
                (near, _) => format!("there is {}", near.join(", ")),
            };
            bail!("no column is headed \"{}\": {}", one_line(name), one_line(&near));
        }
    }
    Ok(())
}

/// Everything that stands over a column, each once; of tables that were not understood, what stands in the first row.
fn headings(account: &Account) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    for table in &account.tables {
        let found: Vec<&str> = match &table.outcome {
            Outcome::Plan { columns, .. } | Outcome::Form { columns, .. } => {
                columns.iter().map(|column| column.heading.as_str()).collect()
            }
            Outcome::Other(rows) => rows.first().map(|row| row.split(" | ").collect()).unwrap_or_default(),
            _ => Vec::new(),
        };
        for heading in found.into_iter().filter(|heading| !heading.is_empty()) {
            if !headings.iter().any(|other| other == heading) {
                headings.push(heading.to_owned());
            }
        }
    }
    headings
}

fn in_words(reason: &NotMade, folder: &Path, ui: &Ui) -> String {
    let one = |path: &Path| {
        path.strip_prefix(folder).map_or_else(
            |_| one_line(&path.to_string_lossy()).into_owned(),
            |below| ui.shown(folder, &below.to_string_lossy()),
        )
    };
    let list = |paths: &[PathBuf]| paths.iter().map(|path| one(path)).collect::<Vec<_>>().join(", ");
    match reason {
        NotMade::There(paths) => {
            let first: Vec<PathBuf> = paths.iter().take(3).cloned().collect();
            let more = paths.len() - first.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!(
                "nothing was made, for this is there already: {}{more} (another name goes behind --as)",
                list(&first)
            )
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

/// The id of a plan: names of folders, with `/` in between.
fn parse_id(text: &str) -> Result<String, String> {
    let names: Result<Vec<String>, String> = text.trim_matches('/').split('/').map(parse_name).collect();
    names.map(|names| names.join("/"))
}

fn parse_map(text: &str) -> Result<(String, Key), String> {
    let Some((heading, key)) = text.rsplit_once('=') else {
        return Err("write it as HEADING=KEY: \"Theatre=custom.theatre\"".to_owned());
    };
    if plain(heading).is_empty() {
        return Err("the heading is empty".to_owned());
    }
    match named(key) {
        Some(key) => Ok((heading.trim().to_owned(), key)),
        None => Err(format!("no column holds `{}`: it may hold {}", one_line(key), NAMES.join(", "))),
    }
}
