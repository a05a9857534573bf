//! `plan new`.

use super::edit;
use super::editor;
use super::filter::{parse_day, parse_line};
use super::held::Held;
use super::ui::Ui;
use super::{Exit, complete, target};
use crate::assign::{self, Assignment};
use crate::edit::fmt;
use crate::edit::{self as core, Change as Edit, Value};
use crate::gaps::Gaps;
use crate::model::{Deadline, Id, Plan, Recommendation, slug};
use crate::store::write::{Change, PATIENCE, lock};
use crate::store::{Folder, Loaded, Purpose, Root, Unread, load};
use crate::visible::one_line;
use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::sync::Arc;

const EXAMPLES: &str = "\
Examples:
  plan new   asks for what is needed
  plan new --title \"Train managers\" --owner \"Head of HR\" -m \"Train them all.\"
  plan new --id 7.1 --parent 7 --title \"Brief the control room\" -m ... --edit

The id is the next whole number, unless --id says another. At a terminal what is missing is asked for, with \
the owners that the plan knows to choose from.";

/// Add a recommendation
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Its number; without it the next
    #[arg(long, value_name = "ID", value_parser = parse_line)]
    id: Option<String>,
    /// What is to be done, in a line
    #[arg(long, value_name = "TITLE", value_parser = parse_line)]
    title: Option<String>,
    /// Who answers for it
    #[arg(short, long, value_name = "NAME", add = complete::owners())]
    owner: Vec<String>,
    /// By when it is to be done
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    deadline: Option<NaiveDate>,
    /// The recommendation of which it is a part: it then has its owners and deadline, unless it says others
    #[arg(long, value_name = "ID", add = complete::ids())]
    parent: Option<String>,
    /// What it belongs to
    #[arg(long, value_name = "THEME", add = complete::themes())]
    theme: Option<String>,
    /// The recommendation itself, in CommonMark; without it, or with -, standard input is read, or an editor opened
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    message: Option<String>,
    /// Open the file in $VISUAL or $EDITOR when it is there
    #[arg(long)]
    edit: bool,
    /// In this plan
    #[arg(short, long, value_name = "PLAN", add = complete::plans())]
    plan: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(short = 'N', long)]
    dry_run: bool,
    /// Write also what breaks a rule at its error level
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let root = edit::root(ui)?;
    let folder = folder(ui, &root, args)?;
    let (its, unread) = read(&root, folder.clone())?;
    ui.unread(&root, &unread);
    // Whoever is asked takes time: the plan is locked only afterwards.
    let wanted = Wanted::of(args, ui, &its.plan)?;
    let written = write(args, ui, &root, &folder, &wanted);
    if !matches!(written, Ok(Written::At(_))) && !args.dry_run {
        editor::keep_unless_given(ui, args.message.as_deref(), &wanted.text);
    }
    let path = match written? {
        Written::At(path) => path,
        Written::Shown => return Ok(Exit::Done),
        Written::Refused => return Ok(Exit::Failed),
    };
    if !args.edit {
        return Ok(Exit::Done);
    }
    editor::open(ui, &root.folder().join(&path)).with_context(|| {
        format!(
            "{} is there, as it was made; it was not opened in an editor, or not closed well",
            root.shown(&path)
        )
    })?;
    // What was made of it in the editor is told at once, not by whoever reads next.
    let (_, mut unread) = read(&root, self::folder(ui, &root, args)?)?;
    unread.retain(|u| u.path == path);
    Ok(ui.unread(&root, &unread))
}

/// What became of a new file.
enum Written {
    /// It is there, at this path from the root.
    At(String),
    /// It was only shown.
    Shown,
    /// It would break a rule.
    Refused,
}

/// Writes the file, unless it is only to be shown, or would break a rule.
fn write(args: &Args, ui: &mut Ui, root: &Root, folder: &Folder, wanted: &Wanted) -> Result<Written> {
    let locked = lock(root, [folder.place.folder.as_str()], PATIENCE)?;
    let (its, _) = read(root, self::folder(ui, root, args)?)?;
    let (file, text) = file(args, root, wanted, &its)?;
    let path = its.folder.path_of(&file);
    let mut held = Held::default();
    held.add(root, &folder.place.folder, BTreeMap::from([(path.clone(), text.clone())]))?;
    if !args.force && held.refuse(ui, root)? > 0 {
        return Ok(Written::Refused);
    }
    if args.dry_run {
        edit::show_difference(ui, root, &path, "", &text)?;
        return Ok(Written::Shown);
    }
    locked.save(vec![Change::create(path.as_str(), text)])?;
    if !ui.is_quiet() {
        let told = writeln!(ui.out, "{}", root.shown(&path)).and_then(|()| ui.out.flush());
        told.with_context(|| format!("{} is written, but that could not be told", root.shown(&path)))?;
    }
    held.warn(ui);
    Ok(Written::At(path))
}

/// The plan that gets it.
fn folder(ui: &Ui, root: &Root, args: &Args) -> Result<Folder> {
    let mut plans = target::folders(ui, root, args.plan.as_deref())?;
    if plans.len() > 1 {
        let ids: Vec<&str> = plans.iter().map(|p| p.place.id.as_str()).collect();
        bail!("say in which plan, with --plan: {}", ids.join(", "));
    }
    plans.pop().context("there is no plan")
}

/// A plan that gets a recommendation, with what could not be read of it.
struct Its {
    plan: Plan,
    folder: Folder,
    gaps: Gaps,
}

fn read(root: &Root, folder: Folder) -> Result<(Its, Vec<Unread>)> {
    let Loaded { plan, gaps, unread, .. } = load(&*root.source, &folder, Purpose::Edit);
    let plan = plan.with_context(|| target::no_head(root, &folder, &unread))?;
    Ok((Its { plan, folder, gaps }, unread))
}

/// What it says, asked for where it was not given.
struct Wanted {
    title: String,
    owners: Vec<String>,
    deadline: Option<NaiveDate>,
    text: String,
}

impl Wanted {
    fn of(args: &Args, ui: &mut Ui, plan: &Plan) -> Result<Self> {
        let asks = std::io::stdin().is_terminal();
        let part = args.parent.is_some();
        let title = match &args.title {
            Some(title) => title.clone(),
            None if asks => ask_title(ui)?,
            None => bail!("say what it is about: --title \"...\""),
        };
        let owners = match args.owner.as_slice() {
            [] if part => Vec::new(),
            [] if asks => ask_owners(ui, plan)?,
            [] => bail!("say who answers for it: --owner \"...\""),
            owners => owners.iter().map(|name| assign::owner(plan, name)).collect::<Result<_, _>>()?,
        };
        // What may be left out is asked for only by the way.
        let asked = args.title.is_none() || args.owner.is_empty();
        let deadline = match args.deadline {
            None if asks && asked && !part => ask_deadline(ui)?,
            given => given,
        };
        let question = format!("What does \"{}\" ask for?", one_line(title.trim()));
        let text = editor::text(ui, args.message.as_deref(), &question, "recommendation.md")?;
        if text.trim().is_empty() {
            bail!("every recommendation has a text, and this is empty: nothing was written");
        }
        Ok(Self { title: title.trim().to_owned(), owners, deadline, text })
    }
}

/// Asks until the answer is one; the end of the input gives up.
fn ask<T>(ui: &Ui, question: &str, read: impl Fn(&str) -> Result<T>) -> Result<T> {
    loop {
        ui.say(question);
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line).context("cannot read the answer")? == 0 {
            ui.say("\n");
            bail!("no answer, and nothing was written");
        }
        match read(line.trim()) {
            Ok(answer) => return Ok(answer),
            Err(error) => ui.error(&format!("{error:#}")),
        }
    }
}

fn ask_title(ui: &Ui) -> Result<String> {
    ask(ui, "Title: ", |answer| {
        if answer.is_empty() {
            bail!("every recommendation has a title");
        }
        parse_line(answer).map_err(|error| anyhow::anyhow!("this cannot be a title: {error}"))
    })
}

fn ask_owners(ui: &Ui, plan: &Plan) -> Result<Vec<String>> {
    for (n, owner) in plan.head.owners.iter().enumerate() {
        ui.say(&format!("  {}  {}\n", n + 1, one_line(&owner.name)));
    }
    let numbered = |answer: &str| plan.head.owners.get(answer.parse::<usize>().ok()?.checked_sub(1)?);
    let one = |answer: &str| match numbered(answer) {
        Some(found) => Ok(found.name.clone()),
        None => assign::owner(plan, answer).map_err(Into::into),
    };
    ask(ui, "Owners (numbers or names, set off by semicolons): ", |answer| {
        let answers = answer.split([';', ',']).map(str::trim).filter(|answer| !answer.is_empty());
        let owners: Vec<String> = answers.map(one).collect::<Result<_>>()?;
        if owners.is_empty() {
            bail!("every recommendation has an owner");
        }
        Ok(owners)
    })
}

fn ask_deadline(ui: &Ui) -> Result<Option<NaiveDate>> {
    ask(ui, "Deadline (2027-03-31; empty for none): ", |answer| {
        if answer.is_empty() {
            return Ok(None);
        }
        parse_day(answer).map(Some).map_err(|error| anyhow::anyhow!("`{}`: {error}", one_line(answer)))
    })
}

/// The file's name and text.
fn file(args: &Args, root: &Root, wanted: &Wanted, its: &Its) -> Result<(String, String)> {
    let plan = &its.plan;
    let id = match &args.id {
        Some(id) => Id::new(id.trim()),
        None => next(root, its)?,
    };
    if its.gaps.may_hold(&id) {
        bail!(
            "{id} may be there already, in a file that could not be read: mend that first, or say another --id"
        );
    }
    let is = |r: &&Recommendation| r.id == id || r.id.as_str().eq_ignore_ascii_case(id.as_str());
    if let Some(other) = plan.recommendations.iter().find(is) {
        bail!("{id} is there already: {}", other.title);
    }
    let number = slug(id.as_str());
    if number.is_empty() {
        bail!("an id holds a digit, or a letter of a-z: its file's name begins with them");
    }
    let file = format!("{number}-{}.toml", words(&wanted.title));
    // What is there of every recommendation; the rest is set as `plan set` would.
    let string = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let owners: Vec<String> = wanted.owners.iter().map(|name| string(name)).collect();
    let owners =
        if owners.is_empty() { String::new() } else { format!("owners = [{}]\n", owners.join(", ")) };
    let start =
        format!("id = {}\ntitle = {}\n{owners}\ntext = \"\"\n", string(id.as_str()), string(&wanted.title));
    let mut changes =
        vec![Edit::Set { key: "text".to_owned(), value: Value::from(assign::prose(&wanted.text)) }];
    let blank = Recommendation::new(Arc::from(file.as_str()), id, wanted.title.clone(), String::new());
    for (key, value) in [("parent", &args.parent), ("theme", &args.theme)] {
        if let Some(value) = value {
            changes.extend(Assignment::set(key, value).change(plan, &blank)?);
        }
    }
    if let Some(date) = wanted.deadline {
        changes.push(Edit::Set { key: "deadline".to_owned(), value: Value::Deadline(Deadline::On(date)) });
    }
    let text = core::apply(&start, &changes)?;
    Ok((file, fmt::recommendation(&text, Some(&plan.head))?))
}

/// The whole number after the highest, of ids and of the names of files that could not be read.
fn next(root: &Root, its: &Its) -> Result<Id> {
    let mut highest = its.plan.recommendations.iter().filter_map(|r| r.id.number()).max().unwrap_or(0);
    for (file, id) in &its.gaps.files {
        let digits = file.bytes().take_while(u8::is_ascii_digit).count();
        let number = id.as_ref().and_then(Id::number).or_else(|| file[..digits].parse().ok());
        match number {
            Some(number) => highest = highest.max(number),
            // It is an id, and no number.
            None if id.is_some() => {}
            None => bail!(
                "say the number with --id: {} could not be read, and may have the next one",
                root.shown(&its.folder.path_of(file))
            ),
        }
    }
    Ok(Id::new(&highest.saturating_add(1).to_string()))
}

/// A title as the words of a file's name: lower case, a few of them, hyphens in between.
fn words(title: &str) -> String {
    const MOST: usize = 40;
    let plain: String =
        title.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let mut name = String::new();
    for word in plain.split_whitespace() {
        if !name.is_empty() && name.len() + word.len() >= MOST {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        // A word by itself may be longer than a file's name.
        name.extend(word.chars().take(MOST));
    }
    if name.is_empty() { "recommendation".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_becomes_a_short_name() {
        assert_eq!(
            super::words("Make every stalking crime searchable, in all systems!"),
            "make-every-stalking-crime-searchable-in"
        );
        assert_eq!(super::words("Ärzte / SR (25)"), "rzte-sr-25");
        assert_eq!(super::words("!!"), "recommendation");
        assert_eq!(super::words(&"x".repeat(300)), "x".repeat(40));
    }
}
