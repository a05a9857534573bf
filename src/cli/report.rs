//! `plan report`.

use super::diff::{Compared, compare};
use super::filter::{FilterArgs, parse_day};
use super::init::quoted;
use super::past::Past;
use super::publish::{self, Files};
use super::ui::Ui;
use super::view::{self, Asked};
use super::{Exit, sides};
use crate::history::{self, Times, Trend};
use crate::model::Recommendation;
use crate::query::Filter;
use crate::render::report as render;
use crate::report::{self, Agenda, Audience, Chapter, Origin, Page, Timeline, public};
use crate::standing::Standing;
use crate::store::{self, Root, Unread};
use crate::visible::one_line;
use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use clap::{ValueEnum, ValueHint};
use std::io::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  plan report --output plan.html
  plan report --public --output public.html
  plan report --since 2025-03-14 --output agenda.html    a board's agenda
  plan report --since 2025-03-14 --output agenda.md      to paste into a paper
  plan report --owner \"Chief Constables\" --output chiefs.html
  plan report --at v1 --output as-of-v1.html

A page is one file that fetches nothing: it can be sent, kept and printed. With --public it is made from a \
list of what the public may see: numbers, titles, texts, owners, deadlines, RAG, status, milestones, and \
updates and evidence that are public. A word under `redact` in plan.toml that is found in it stops it (exit \
status 1); so does a file that could not be read whole (2). Nothing is then written.";

/// Write a page of the plans, for the board or for the public
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Write only what the public may see
    #[arg(long, conflicts_with = "since")]
    public: bool,
    /// Begin with a board's agenda: what changed since REV, or since the meeting of a day
    #[arg(long, value_name = "REV|DATE")]
    since: Option<String>,
    /// With --since: the day of the next meeting; without it, as far ahead as the last one is back
    #[arg(long, value_name = "DATE", value_parser = parse_day, requires = "since")]
    next: Option<NaiveDate>,
    /// Write into FILE, whole or not at all; without it, or with -, to the output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// How to write it; without it, as FILE ends: .html, .htm, .md or .markdown
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    filter: FilterArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page, in one file
    Html,
    /// Text to paste into a paper
    Markdown,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    let audience = if args.public { Audience::Public } else { Audience::Internal };
    if args.public && !args.filter.is_of_public_facts() {
        bail!(
            "with --public the filters are --owner, --sole, --status, --rag, --id and --plan: the others look at what is internal"
        );
    }
    let output = args.output.as_deref().filter(|file| *file != Path::new("-"));
    let format = format(output, args.format)?;
    check_owner(&args.filter)?;
    let root = ui.root()?;
    let today = ui.today(&root);
    let filter = args.filter.resolve(today)?;
    let asked = if args.public { Asked::of_public(&filter) } else { Asked::of(&filter) };
    let view = view::read_asked(ui, &root, &filter, asked, |plan, _| {
        let public = args.public.then(|| public::searched(&plan));
        let searched = public.as_ref().unwrap_or(&plan);
        let search = filter.on(searched, today);
        let is_shown = |r: &Recommendation| search.matches(r, &Standing::on(searched, r, today));
        let shown: Vec<bool> = searched.recommendations.iter().map(is_shown).collect();
        let files = Files::of(&plan, &shown);
        (Chapter::new(plan, &shown, audience, today), files)
    })?;
    let (chapters, files): (Vec<Chapter>, Vec<Files>) = view.answers.into_iter().unzip();
    let words = if args.public {
        let (words, mut unread) = publish::words(ui, &root)?;
        unread.extend(view.unread.iter().cloned());
        unread.sort();
        unread.dedup();
        if !unread.is_empty() {
            let ended = ui.unread(&root, &unread);
            ui.error("no page was written: what may be public is known of whole files alone");
            return Ok(ended);
        }
        words
    } else {
        Vec::new()
    };
    let origin = origin(ui, &root)?;
    let trend = if args.public { None } else { trend(args, ui, &filter, today)? };
    let (agenda, root, mut unread) = agenda(args, ui, root, &filter, today, view.unread)?;
    unread.dedup();
    let counts = report::total(&chapters);
    let trend = trend.map(|trend| report::until_today(trend, &chapters, today));
    let page = Page {
        audience,
        today,
        origin,
        asked: args.filter.told(today),
        unread,
        counts,
        timeline: Timeline::of(&chapters, audience, today),
        trend,
        agenda,
        chapters,
    };
    let written = |page: &Page| match format {
        Format::Html => render::html(page).context("the page cannot be made"),
        Format::Markdown => {
            let mut text = Vec::new();
            render::as_markdown(&mut text, page)?;
            String::from_utf8(text).context("the page cannot be made")
        }
    };
    let is_html = format == Format::Html;
    if args.public
        && let Some(stopped) = publish::look(ui, &root, &page, &files, &words, written, is_html)?
    {
        return Ok(stopped);
    }
    let text = written(&page)?;
    write(ui, output, &text)?;
    Ok(ui.unread(&root, &page.unread))
}

/// How a page is written: as its file's name ends, or as is asked for. Refused is what would be a slip of the finger:
/// one format under the name of another, and a page in the place of a plan's file.
fn format(output: Option<&Path>, asked: Option<Format>) -> Result<Format> {
    let Some((output, ending)) = output.and_then(|output| Some((output, output.extension()?))) else {
        return Ok(asked.unwrap_or(Format::Html));
    };
    let output = output.to_string_lossy();
    let output = one_line(&output);
    let named = match &*ending.to_string_lossy().to_ascii_lowercase() {
        "html" | "htm" => Format::Html,
        "md" | "markdown" => Format::Markdown,
        "toml" => bail!("{output}: a page is no file of a plan; let its name end in .html or .md"),
        _ => bail!(
            "{output}: a page is written as HTML or as Markdown: let its name end in .html, of which a browser makes a PDF, or in .md"
        ),
    };
    match asked {
        Some(Format::Html) if named != Format::Html => {
            bail!("{output} is the name of Markdown: leave --format html out, or let it end in .html")
        }
        Some(Format::Markdown) if named != Format::Markdown => {
            bail!("{output} is the name of HTML: leave --format markdown out, or let it end in .md")
        }
        Some(_) | None => Ok(named),
    }
}

/// Refuses what would be another slip: -o is the owner's flag, here as everywhere.
fn check_owner(filter: &FilterArgs) -> Result<()> {
    let is_file = |name: &&str| {
        let name = name.trim().to_ascii_lowercase();
        [".html", ".htm", ".md", ".markdown"].iter().any(|end| name.ends_with(end))
    };
    if let Some(name) = filter.owners().find(is_file) {
        bail!("-o names an owner: to write into a file, --output {}", one_line(name));
    }
    Ok(())
}

/// Where the plans come from.
fn origin(ui: &Ui, root: &Root) -> Result<Origin> {
    if let Some(revision) = &root.revision {
        return Ok(Origin::Commit { short: revision.short.clone(), date: revision.date, changed: false });
    }
    // Plans need no repository to be in.
    let Ok(place) = ui.place() else { return Ok(Origin::Files) };
    let Some(head) = place.repository.head()? else { return Ok(Origin::Files) };
    let committed = place.root_or_empty(&head)?;
    let same = store::same_plans(&*committed.source, &*root.source, &root.name);
    let changed = !same.with_context(|| format!("cannot compare the plans with {}", head.short()))?;
    Ok(Origin::Commit { short: head.short(), date: head.date(), changed })
}

/// How the plans stood over time, where there is a history that can tell what was asked for.
fn trend(args: &Args, ui: &Ui, filter: &Filter, today: NaiveDate) -> Result<Option<Trend>> {
    if !args.filter.is_timeless() {
        ui.note(
            "the page has no trend: only what is asked for by owner, theme, id or plan can be followed back",
        );
        return Ok(None);
    }
    if ui.place().is_err() {
        return Ok(None);
    }
    let past = Past::find(ui);
    let Ok(past) = past else { return Ok(None) };
    past.say_if_shallow(ui);
    let times = Times { period: None, since: None, until: ui.as_of(), today };
    let trend = history::trend(past.place(), &past.tip, filter, times)?;
    past.note_gaps(ui, &trend.gaps);
    Ok(Some(trend))
}

/// What a board has to speak of, where that is asked for; the root comes back with what else was unread.
fn agenda(
    args: &Args,
    ui: &Ui,
    root: Root,
    filter: &Filter,
    today: NaiveDate,
    mut unread: Vec<Unread>,
) -> Result<(Option<Agenda>, Root, Vec<Unread>)> {
    let Some(since) = &args.since else { return Ok((None, root, unread)) };
    let sides = sides::since(ui, since, root, today)?;
    if sides.from.date > today {
        bail!(
            "the last meeting cannot be later than the day of the page: {} is after {today}",
            sides.from.date
        );
    }
    let Compared { difference, unread: of_both, .. } = compare(&sides, filter, args.filter.narrows())?;
    unread.extend(of_both);
    unread.sort();
    let next = args.next.unwrap_or_else(|| today + (today - sides.from.date));
    if next < today {
        bail!("the next meeting cannot be before the day of the page: {next} is before {today}");
    }
    let agenda =
        Agenda { from: sides.from, to: sides.to, difference, next, next_is_given: args.next.is_some() };
    Ok((Some(agenda), sides.after, unread))
}

/// Writes the page, into a file whole or not at all.
fn write(ui: &mut Ui, output: Option<&Path>, text: &str) -> Result<()> {
    match output {
        Some(file) => {
            let cannot = || format!("cannot write {}", one_line(&file.to_string_lossy()));
            let folder = file.parent().unwrap_or(Path::new(""));
            if !ui.directory().join(folder).exists() {
                let folder = one_line(&folder.to_string_lossy()).into_owned();
                let way = quoted(&folder);
                bail!("{}: there is no folder {folder}: make it first, mkdir -p {way}", cannot());
            }
            store::put(&ui.directory().join(file), text.as_bytes()).with_context(cannot)
        }
        None => Ok(ui.out.write_all(text.as_bytes())?),
    }
}
