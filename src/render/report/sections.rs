//! The sections of a page: what stands in them, in no format yet.

use super::Book;
use super::chart::{self, Line, Part};
use super::entry::{apart, deadline_in_short, owners, rag, status};
use super::part::{Cell, Figure, Head, Kind, Row, Section, Table};
use super::prose::{line, quoted};
use super::words;
use crate::diff::missing;
use crate::model::{Phase, Recommendation};
use crate::query::{By, GroupKey, Label, NOT_RATED};
use crate::render::deadline as worded;
use crate::report::{Audience, Bin, Chapter, Counted, Stage, is_silent};
use crate::standing::{Freshness, Standing, missed_milestones};
use crate::summary::{Counts, Summary};
use crate::wording::{count, day, days, thousands};

/// What is to be attended to first is told so far and no further: the whole is in the table of all.
const FIRST: usize = 15;

impl Book<'_> {
    fn is_internal(&self) -> bool {
        self.page.audience == Audience::Internal
    }

    /// The recommendations of all plans: the plan's place, the recommendation's place in it, and itself.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, usize, &Recommendation, &Standing)> {
        let chapters = self.page.chapters.iter().enumerate();
        chapters.flat_map(|(c, chapter)| chapter.entries().enumerate().map(move |(n, (r, s))| (c, n, r, s)))
    }

    /// The cells that say which recommendation is meant: its plan where there are several, its number, its title.
    fn which(&self, c: usize, n: usize) -> Vec<Cell> {
        let r = &self.page.chapters[c].plan.recommendations[n];
        let anchor = &self.anchors[c][n];
        let plan = self.several.then(|| Cell::text(self.name(c)));
        let id = Cell::text(line(r.id.as_str())).link(anchor);
        let part = r.parent.as_ref().map(|parent| format!("part of {}", line(parent.as_str())));
        plan.into_iter().chain([id, Cell::text(line(&r.title)).aside(part.unwrap_or_default())]).collect()
    }

    /// What stands above those cells.
    pub(super) fn which_heads(&self) -> Vec<Head> {
        let plan = self.several.then(|| Head::text("Plan"));
        plan.into_iter().chain([Head::text("No."), Head::text("Recommendation")]).collect()
    }
}

/// How everything stands, in a sentence.
pub(super) fn headline(s: &Summary, audience: Audience) -> String {
    match audience {
        _ if s.total == 0 => "There is no recommendation to show.".to_owned(),
        Audience::Public if s.done == s.total => "Every recommendation is reported as done.".to_owned(),
        Audience::Public => {
            let is = if s.done == 1 { "is" } else { "are" };
            format!("{} of {} recommendations {is} reported as done.", thousands(s.done), thousands(s.total))
        }
        Audience::Internal if s.overdue > 0 => {
            let is = if s.overdue == 1 { "is" } else { "are" };
            format!(
                "{} of {} {is} overdue.",
                thousands(s.overdue),
                count(s.open, "open recommendation", "open recommendations")
            )
        }
        Audience::Internal if s.open > 0 => {
            format!("None of {} is overdue.", count(s.open, "open recommendation", "open recommendations"))
        }
        Audience::Internal => "No recommendation is open.".to_owned(),
    }
}

/// How everything stands.
pub(super) fn standing(book: &Book<'_>, counted: &Counted, chapters: &[Chapter], id: String) -> Section {
    let s = &counted.summary;
    let mut section = Section { id, heading: "Where it stands".to_owned(), ..Section::default() };
    section.said.push(headline(s, book.page.audience));
    let mut add = |name: &str, value: usize, aside: Option<String>, is_bad: bool, is_large: bool| {
        let is_bad = is_bad && value > 0;
        section.figures.push(Figure { name: name.to_owned(), value, aside, is_bad, is_large });
    };
    if !book.is_internal() {
        // What nothing is reported of may be done, or another's to do: it is counted apart, and as nothing else.
        let open = || {
            let whole = chapters.iter().flat_map(Chapter::entries).filter(|(r, _)| r.parent.is_none());
            whole.filter(|(_, standing)| standing.phase == Phase::Open)
        };
        let silent = open().filter(|(r, _)| is_silent(r)).count();
        let passed = open().filter(|(r, standing)| !is_silent(r) && standing.overdue()).count();
        add("Recommendations", s.total, None, false, true);
        add("Reported as done", s.done, None, false, true);
        if s.dropped > 0 {
            add("No longer pursued", s.dropped, None, false, true);
        }
        let passed = (passed > 0).then(|| format!("{} past the deadline", thousands(passed)));
        if s.open > silent || silent == 0 {
            add("Reported as open", s.open.saturating_sub(silent), passed, false, true);
        }
        if silent > 0 {
            add("Nothing reported here", silent, None, false, true);
            section.note = Some(
                "Nothing reported here means that this page holds no report of it. Others may answer for it, or report it in another place."
                    .to_owned(),
            );
        }
        return section;
    }
    let policy = chapters.first().map(|c| c.plan.head.policy);
    let policy = policy.filter(|policy| chapters.iter().all(|c| c.plan.head.policy == *policy));
    let soon = policy.map(|policy| format!("within {} days", policy.due_soon_days));
    let stale = policy.map(|policy| format!("no update for {} days", policy.stale_after_days));
    add("Recommendations", s.total, None, false, true);
    add("Open", s.open, None, false, true);
    add("Overdue", s.overdue, None, true, true);
    add("Due soon", s.due_soon, soon, false, true);
    add("Done", s.done, None, false, true);
    if s.dropped > 0 {
        add("No longer pursued", s.dropped, None, false, true);
    }
    if s.elsewhere > 0 {
        add("Held elsewhere", s.elsewhere, Some("no report held".to_owned()), false, true);
    }
    add("Milestones missed", s.milestones_missed, None, true, false);
    add("Undated deadline", s.undated, None, false, false);
    add("No deadline", s.no_deadline, None, false, false);
    add(NOT_RATED, s.rag.get(&Label::Blank).copied().unwrap_or(0), None, false, false);
    add("Stale", s.stale, stale, false, false);
    add("Never updated", s.never_updated, None, false, false);
    add("Updates undated", s.updates_undated, None, false, false);
    if s.parts > 0 {
        let aside = format!(
            "{} open, {} overdue; not in the counts",
            thousands(s.parts_open),
            thousands(s.parts_overdue)
        );
        add("Parts", s.parts, Some(aside), false, false);
    }
    section
}

/// The plans beside one another.
pub(super) fn comparison(book: &Book<'_>) -> Section {
    let page = book.page;
    let internal = book.is_internal();
    let most = page.chapters.iter().map(|c| c.counts.summary.total).max().unwrap_or(0);
    let used: Vec<&Label> =
        page.counts.summary.rag.iter().filter(|(_, n)| **n > 0).map(|(label, _)| label).collect();
    let is_rated = internal && is_rated(&page.counts.summary);
    let mut heads = vec![Head::text("Plan")];
    if is_rated {
        heads.push(Head::text("RAG"));
    }
    heads.extend(["Total", "Open"].map(Head::number));
    if internal {
        heads.extend(["Overdue", "Due soon"].map(Head::number));
    }
    heads.push(Head::number("Done"));
    if internal {
        heads.push(Head::number("Elsewhere"));
        heads.extend(used.iter().map(|label| Head {
            swatch: Some(words::counted(label, By::Meanings, None)),
            ..Head::number(&words::rag_name(label, By::Meanings))
        }));
    }
    let row = |(n, chapter): (usize, &Chapter)| {
        let counted = chapter.by_meaning();
        let s = &counted.summary;
        let mut cells = vec![Cell::text(book.name(n)).link(&book.chapter_anchor(n))];
        if is_rated {
            cells.push(Cell { bar: Some(bars(s, By::Meanings, None, most)), ..Cell::default() });
        }
        cells.extend([Cell::number(s.total), Cell::number(s.open)]);
        if internal {
            cells.push(Cell::number(s.overdue).bad(s.overdue > 0));
            cells.push(Cell::number(s.due_soon));
        }
        cells.push(Cell::number(s.done));
        if internal {
            cells.push(Cell::number(s.elsewhere));
            cells.extend(used.iter().map(|label| Cell::number(s.rag.get(label).copied().unwrap_or(0))));
        }
        Row::of(cells)
    };
    let table = Table {
        caption: "The plans side by side".to_owned(),
        heads,
        rows: page.chapters.iter().enumerate().map(row).collect(),
        kind: Kind::Names,
        ..Table::default()
    };
    let note = internal.then(|| "RAG is counted by what each plan means by its own words.".to_owned());
    Section {
        id: "plans".to_owned(),
        heading: "The plans compared".to_owned(),
        tables: vec![table],
        bars: is_rated.then_some(BARS),
        note,
        ..Section::default()
    }
}

/// How two bars above each other are to be read.
const BARS: &str = "Bars show RAG: above as reported; below, hatched, as dates and statuses imply.";

/// Whether there is a RAG to draw, reported or implied: a bar of what is not rated says nothing.
fn is_rated(s: &Summary) -> bool {
    s.rag.iter().chain(&s.implied_rag).any(|(label, n)| *n > 0 && label.name().is_some())
}

/// A bar of the reported RAG and, below it, of the implied.
fn bars(s: &Summary, by: By, chapter: Option<&Chapter>, most: usize) -> super::html::Html {
    let plan = chapter.map(|c| &c.plan);
    let part = |hatched: bool| {
        move |(label, size): (&Label, &usize)| {
            let class = words::counted(label, by, plan);
            Part {
                size: *size,
                class: if hatched && label.name().is_some() { format!("{class} implied") } else { class },
            }
        }
    };
    let reported: Vec<Part> = s.rag.iter().map(part(false)).collect();
    let implied: Vec<Part> = s.implied_rag.iter().map(part(true)).collect();
    chart::bar(&reported, most, 9).and(&chart::bar(&implied, most, 5))
}

/// What is to be attended to first: what is late, which milestones were missed, and what comes soon.
pub(super) fn attention(book: &Book<'_>) -> Option<Section> {
    let late = overdue(book);
    let parts = overdue_parts(book);
    let mut tables = Vec::new();
    let heads = |last: &str| {
        let mut heads = book.which_heads();
        heads.extend([Head::text("Owner"), Head::text(last)]);
        heads
    };
    for (caption, last, rows) in [
        ("Overdue", "Due", late),
        ("Milestones missed", "Milestone", milestones(book)),
        ("Expected to miss the deadline", "Says", expected_to_miss(book)),
        ("Due soon", "Due", due_by(book, None)),
        ("Without a fresh update", "Last update", not_fresh(book, |_, _, _| false)),
    ] {
        if rows.is_empty() {
            continue;
        }
        let all = rows.len();
        let more = all.saturating_sub(FIRST);
        let caption = match caption {
            "Overdue" => format!("{caption} ({})", of_which_parts(all, parts)),
            _ => format!("{caption} ({})", thousands(all)),
        };
        let more = (more > 0).then(|| {
            let each = by_plan(&rows).filter(|_| book.several).map(|each| format!(" (in all, {each})"));
            format!(
                "and {} more, in the table of all recommendations{}",
                thousands(more),
                each.unwrap_or_default()
            )
        });
        tables.push(Table {
            caption,
            heads: heads(last),
            rows: rows.into_iter().take(FIRST).collect(),
            more,
            ..Table::default()
        });
    }
    if tables.is_empty() {
        return None;
    }
    Some(Section {
        id: "attention".to_owned(),
        heading: "What needs attention".to_owned(),
        tables,
        ..Section::default()
    })
}

/// How many are told, and how many of them are parts, which counts leave out: "3, and 1 part".
pub(super) fn of_which_parts(all: usize, parts: usize) -> String {
    match parts {
        0 => thousands(all),
        parts => format!("{}, and {}", thousands(all - parts), count(parts, "part", "parts")),
    }
}

/// How many parts are overdue.
pub(super) fn overdue_parts(book: &Book<'_>) -> usize {
    book.all().filter(|(_, _, r, s)| s.overdue() && r.parent.is_some()).count()
}

/// What is not overdue yet, and whose RAG or status says that it will be.
fn expected_to_miss(book: &Book<'_>) -> Vec<Row> {
    let says = book.all().filter(|(_, _, _, s)| !s.overdue());
    let row = |(c, n, r, standing): (usize, usize, &Recommendation, &Standing)| {
        let said = missing(r, standing.phase)?;
        let mut cells = book.which(c, n);
        cells.extend([Cell::text(owners(r)), Cell::text(line(&said)).bad(true)]);
        Some(Row::of(cells))
    };
    says.filter_map(row).collect()
}

/// What is open and was never updated, or not for too long by the policy; and what else is `silent`.
pub(super) fn not_fresh(
    book: &Book<'_>,
    silent: impl Fn(usize, &Recommendation, &Standing) -> bool,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (c, n, r, standing) in book.all() {
        let stale = matches!(standing.freshness, Freshness::Stale | Freshness::NeverUpdated);
        if standing.phase != Phase::Open || !(stale || silent(c, r, standing)) {
            continue;
        }
        let last = match standing.last_update {
            Some(date) => Cell::text(day(date)),
            None if r.updates.is_empty() => Cell::text("never"),
            None => Cell::text("without a date"),
        };
        let last = if standing.freshness == Freshness::Stale { last.aside("stale") } else { last };
        let mut cells = book.which(c, n);
        cells.extend([Cell::text(owners(r)), last]);
        rows.push(Row::of(cells));
    }
    rows
}

/// How many rows each plan has, of rows that begin with their plan: of the plan with the most first.
fn by_plan(rows: &[Row]) -> Option<String> {
    let mut each: Vec<(&str, usize)> = Vec::new();
    for plan in rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.text.as_str()) {
        match each.iter_mut().find(|(other, _)| *other == plan) {
            Some((_, n)) => *n += 1,
            None => each.push((plan, 1)),
        }
    }
    each.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let told = each.iter().map(|(plan, n)| format!("{}: {}", plan, thousands(*n)));
    (each.len() > 1).then(|| told.collect::<Vec<_>>().join("; "))
}

/// What is overdue, the longest first.
pub(super) fn overdue(book: &Book<'_>) -> Vec<Row> {
    let mut late: Vec<_> = book.all().filter(|(_, _, _, s)| s.overdue()).collect();
    late.sort_by_key(|(_, _, _, s)| std::cmp::Reverse(s.days_overdue));
    let row = |(c, n, r, standing): (usize, usize, &Recommendation, &Standing)| {
        let late = standing.days_overdue.map(|late| format!("{} overdue", days(late))).unwrap_or_default();
        let mut cells = book.which(c, n);
        cells.extend([
            Cell::text(owners(r)),
            Cell::text(standing.due.map(day).unwrap_or_default()).aside(late).bad(true).whole(),
        ]);
        Row::of(cells)
    };
    late.into_iter().map(row).collect()
}

/// The milestones that were missed, the longest ago first.
pub(super) fn milestones(book: &Book<'_>) -> Vec<Row> {
    let today = book.page.today;
    let of = |(c, n, r, standing)| {
        let (r, standing): (&Recommendation, &Standing) = (r, standing);
        missed_milestones(standing.phase, r, today).map(|(m, due)| (due, c, n, r, m)).collect::<Vec<_>>()
    };
    let mut missed: Vec<_> = book.all().flat_map(of).collect();
    missed.sort_by_key(|(due, ..)| *due);
    let row = |(due, c, n, r, m): (chrono::NaiveDate, usize, usize, &Recommendation, usize)| {
        let late = days((today - due).num_days());
        let mut cells = book.which(c, n);
        cells.extend([
            Cell::text(owners(r)),
            Cell::text(quoted(&r.milestones[m].title))
                .aside(format!("was due {}, {late} ago", day(due)))
                .bad(true),
        ]);
        Row::of(cells)
    };
    missed.into_iter().map(row).collect()
}

/// What is due from today to a day, or soon by the policy, the soonest first; milestones too, where there is a
/// day.
pub(super) fn due_by(book: &Book<'_>, until: Option<chrono::NaiveDate>) -> Vec<Row> {
    let today = book.page.today;
    let mut soon: Vec<(chrono::NaiveDate, usize, usize, Option<String>)> = Vec::new();
    for (c, n, r, standing) in book.all() {
        let is_open = standing.phase == Phase::Open;
        let by_then = |due: chrono::NaiveDate| until.is_some_and(|until| due >= today && due <= until);
        if let Some(due) = standing.due
            && is_open
            && (by_then(due) || (until.is_none() && standing.due_soon))
        {
            soon.push((due, c, n, None));
        }
        let counts = is_open || standing.phase == Phase::Done;
        for milestone in r.milestones.iter().filter(|m| m.is_open() && counts) {
            if let Some(due) = milestone.due_date().filter(|due| by_then(*due)) {
                soon.push((due, c, n, Some(quoted(&milestone.title))));
            }
        }
    }
    soon.sort_by_key(|(due, ..)| *due);
    let row = |(due, c, n, milestone): (chrono::NaiveDate, usize, usize, Option<String>)| {
        let r = &book.page.chapters[c].plan.recommendations[n];
        let ahead = match (due - today).num_days() {
            0 => "today".to_owned(),
            ahead => format!("in {}", days(ahead)),
        };
        let aside = milestone
            .as_ref()
            .map_or_else(|| ahead.clone(), |milestone| format!("{ahead}; milestone {milestone}"));
        let mut cells = book.which(c, n);
        let due = Cell::text(day(due)).aside(aside);
        cells.extend([Cell::text(owners(r)), if milestone.is_none() { due.whole() } else { due }]);
        Row::of(cells)
    };
    soon.into_iter().map(row).collect()
}

/// The RAG as it is reported and as it is implied, and RAG by status.
pub(super) fn ratings(book: &Book<'_>, counted: &Counted, chapter: Option<&Chapter>, id: String) -> Section {
    let s = &counted.summary;
    let by = By::over(chapter.is_none());
    let plan = chapter.map(|c| &c.plan);
    let internal = book.is_internal();
    let held: usize = s.rag.values().sum();
    let blank = s.rag.get(&Label::Blank).copied().unwrap_or(0);
    let mut section = Section { id, heading: "RAG and status".to_owned(), ..Section::default() };
    let whose = if by == By::Words { "the plan's own definitions" } else { "the plans' own definitions" };
    section.said.push(match (internal, blank) {
        (_, 0) if held == 0 => "There is nothing to rate.".to_owned(),
        (_, 0) => format!("Each of {} is rated.", count(held, "recommendation", "recommendations")),
        (true, blank) if blank == held => {
            format!("No RAG is reported. Beside the blank stands what dates and statuses imply, by {whose}; nobody has reported it.")
        }
        (true, blank) => format!(
            "{} of {} {} not rated. Beside the report stands what dates and statuses imply, by {whose}; nobody has reported it.",
            thousands(blank),
            thousands(held),
            if blank == 1 { "is" } else { "are" }
        ),
        (false, blank) if blank == held => "No RAG is reported.".to_owned(),
        (false, blank) => {
            let are = if blank == 1 { "is" } else { "are" };
            format!("{} of {} {are} not rated.", thousands(blank), thousands(held))
        }
    });
    let mut labels: Vec<&Label> = s.rag.keys().collect();
    if s.rag.len() > crate::summary::MANY_WORDS {
        labels.retain(|label| s.rag.get(label).is_some_and(|n| *n > 0) || **label == Label::Blank);
    }
    let meaning = |label: &Label| {
        let levels = plan.map(|plan| plan.head.rags.as_slice()).unwrap_or_default();
        let level = levels.iter().find(|level| Some(level.name.as_str()) == label.name());
        level.and_then(|level| level.meaning.as_deref()).map(line).unwrap_or_default()
    };
    let mut heads = vec![Head::text("RAG"), Head::number("Reported")];
    if internal {
        heads.push(Head::number("Implied"));
    }
    let row = |label: &&Label| {
        let implied = s.implied_rag.get(label).copied().unwrap_or(0);
        let mut name = words::rag_name(label, by);
        if internal && label.name().is_none() {
            name = format!("{NOT_RATED}, or nothing implied");
        }
        let mut cells = vec![Cell::text(name).aside(meaning(label)).swatch(words::counted(label, by, plan))];
        cells.push(Cell::number(s.rag.get(label).copied().unwrap_or(0)));
        if internal {
            cells.push(Cell::number(implied));
        }
        Row::of(cells)
    };
    let rows = labels.iter().map(row).collect();
    // To say of each level that nothing has it says nothing to anybody.
    if !internal && blank == held {
        section.tables.push(matrix(s, by, chapter, false));
        return section;
    }
    section.picture = (held > 0).then(|| rated(s, by, chapter, internal, held));
    section.tables.push(Table {
        caption: "Recommendations by RAG".to_owned(),
        heads,
        rows,
        ..Table::default()
    });
    section.tables.push(matrix(s, by, chapter, true));
    if s.elsewhere > 0 && internal {
        section.note =
            Some(format!("{} held elsewhere are in none of these counts.", thousands(s.elsewhere)));
    }
    section
}

/// The two bars of the reported and of the implied RAG.
fn rated(s: &Summary, by: By, chapter: Option<&Chapter>, internal: bool, held: usize) -> super::html::Html {
    let plan = chapter.map(|c| &c.plan);
    let parts = |counts: &Counts, hatched: bool| {
        let part = |(label, size): (&Label, &usize)| {
            let class = words::counted(label, by, plan);
            Part {
                size: *size,
                class: if hatched && label.name().is_some() { format!("{class} implied") } else { class },
            }
        };
        counts.iter().map(part).collect::<Vec<_>>()
    };
    let reported = chart::bar(&parts(&s.rag, false), held, 26).labelled("Reported");
    if !internal {
        return reported;
    }
    reported.and(&chart::bar(&parts(&s.implied_rag, true), held, 26).labelled("Implied"))
}

/// Status by RAG; status alone where nothing is rated.
fn matrix(s: &Summary, by: By, chapter: Option<&Chapter>, is_rated: bool) -> Table {
    let plan = chapter.map(|c| &c.plan);
    let worth = |counts: &Counts| -> Vec<Label> {
        let many = counts.len() > crate::summary::MANY_WORDS;
        counts
            .iter()
            .filter(|(label, n)| !many || **n > 0 || **label == Label::Blank)
            .map(|(label, _)| label.clone())
            .collect()
    };
    let (mut rags, statuses) = (worth(&s.rag), worth(&s.status));
    rags.retain(|_| is_rated);
    let mut heads = vec![Head::text("Status")];
    heads.extend(rags.iter().map(|label| Head {
        swatch: Some(words::counted(label, by, plan)),
        ..Head::number(&words::rag_name(label, by))
    }));
    heads.push(Head::number("Total"));
    let row = |status: &Label| {
        let mut cells = vec![Cell::text(words::status_name(status))];
        let at = |rag: &Label| s.matrix.get(&(rag.clone(), status.clone())).copied().unwrap_or(0);
        cells.extend(rags.iter().map(|rag| Cell::number(at(rag))));
        cells.push(Cell::number(s.status.get(status).copied().unwrap_or(0)));
        Row::of(cells)
    };
    let (used, unused): (Vec<&Label>, Vec<&Label>) =
        statuses.iter().partition(|status| s.status.get(status).is_some_and(|n| *n > 0));
    let mut rows: Vec<Row> = used.into_iter().map(row).collect();
    let unused: Vec<String> = unused.into_iter().map(words::status_name).collect();
    let mut sums = vec![Cell::text("Total")];
    sums.extend(rags.iter().map(|rag| Cell::number(s.rag.get(rag).copied().unwrap_or(0))));
    sums.push(Cell::number(s.status.values().sum()));
    rows.push(Row { cells: sums, is_sum: true });
    let more = (!unused.is_empty()).then(|| format!("Nothing is reported as: {}", unused.join(", ")));
    let caption = if is_rated { "Status by RAG, as reported" } else { "Status, as reported" };
    Table { caption: caption.to_owned(), heads, rows, more, ..Table::default() }
}

/// Who owns what, and how it stands.
pub(super) fn by_owner(book: &Book<'_>, counted: &Counted, chapter: Option<&Chapter>, id: String) -> Section {
    let s = &counted.summary;
    let by = By::over(chapter.is_none());
    let plan = chapter.map(|c| &c.plan);
    let internal = book.is_internal();
    let most = counted.owners.values().map(|group| group.summary.total).max().unwrap_or(0);
    // A bar of nothing but blanks says nothing, and so does their number.
    let mut used: Vec<&Label> = s.rag.iter().filter(|(_, n)| **n > 0).map(|(label, _)| label).collect();
    let is_rated = if internal { is_rated(s) } else { used.iter().any(|label| label.name().is_some()) };
    used.retain(|_| internal || is_rated);
    let mut heads = vec![Head::text("Owner")];
    heads.extend(is_rated.then(|| Head::text("RAG")));
    heads.push(Head::number("Total"));
    heads.extend(internal.then(|| Head::number("Open")));
    heads.extend(internal.then(|| Head::number("Overdue")));
    heads.push(Head::number("Done"));
    heads.extend((s.dropped > 0).then(|| Head::number("No longer pursued")));
    if internal && s.elsewhere > 0 {
        heads.push(Head::number("Elsewhere"));
    }
    heads.extend(used.iter().map(|label| Head {
        swatch: Some(words::counted(label, by, plan)),
        ..Head::number(&words::rag_name(label, by))
    }));
    let row = |(name, group): (&crate::query::GroupName, &crate::summary::Group)| {
        let g = &group.summary;
        let bar = if internal {
            bars(g, by, chapter, most)
        } else {
            let part = |(label, size): (&Label, &usize)| Part {
                size: *size,
                class: words::counted(label, by, plan),
            };
            chart::bar(&g.rag.iter().map(part).collect::<Vec<_>>(), most, 9)
        };
        let mut cells = vec![Cell::text(line(name.told(GroupKey::Owner)))];
        cells.extend(is_rated.then(|| Cell { bar: Some(bar), ..Cell::default() }));
        cells.push(Cell::number(g.total));
        cells.extend(internal.then(|| Cell::number(g.open)));
        cells.extend(internal.then(|| Cell::number(g.overdue).bad(g.overdue > 0)));
        cells.push(Cell::number(g.done));
        cells.extend((s.dropped > 0).then(|| Cell::number(g.dropped)));
        if internal && s.elsewhere > 0 {
            cells.push(Cell::number(g.elsewhere));
        }
        cells.extend(used.iter().map(|label| Cell::number(g.rag.get(label).copied().unwrap_or(0))));
        Row::of(cells)
    };
    let shown = counted.owners.iter().filter(|(_, group)| group.summary.total > 0);
    let table = Table {
        caption: "Recommendations by owner".to_owned(),
        heads,
        rows: shown.map(row).collect(),
        kind: Kind::Names,
        ..Table::default()
    };
    let joint = "A joint recommendation counts once in the total and once under each of its owners";
    let through =
        if internal { "; what a collective owns counts under each of its members too." } else { "." };
    Section {
        id,
        heading: "By owner".to_owned(),
        tables: vec![table],
        bars: (internal && is_rated).then_some(BARS),
        note: Some(format!("{joint}{through}")),
        ..Section::default()
    }
}

/// How a stage is called.
fn stage_name(stage: Stage, audience: Audience) -> &'static str {
    match (stage, audience) {
        (Stage::Overdue, Audience::Internal) => "Overdue",
        (Stage::Overdue, Audience::Public) => "Past, reported as open",
        (Stage::Open, _) => "To come",
        (Stage::Done, _) => "Done",
        (Stage::Dropped, _) => "No longer pursued",
        (Stage::Elsewhere, _) => "Held elsewhere",
        (Stage::Silent, _) => "Nothing reported here",
    }
}

/// When what is due.
pub(super) fn deadlines(book: &Book<'_>) -> Option<Section> {
    let timeline = &book.page.timeline;
    if timeline.bins.is_empty() {
        return None;
    }
    let used: Vec<Stage> = Stage::ALL
        .into_iter()
        .filter(|stage| timeline.bins.iter().any(|bin| bin.counts[*stage as usize] > 0))
        .collect();
    let name = |stage: &Stage| stage_name(*stage, book.page.audience);
    let most = timeline.bins.iter().map(|bin| bin.counts.iter().sum::<usize>()).max().unwrap_or(0);
    let mut heads = vec![Head::text("Due"), Head::text("Recommendations")];
    heads.extend(used.iter().map(|stage| Head::number(name(stage))));
    let is_empty = |bin: &&Bin| bin.counts.iter().all(|n| *n == 0) && !bin.holds_today;
    let mut rows = Vec::new();
    let mut bins = timeline.bins.iter().peekable();
    while let Some(bin) = bins.next() {
        // A time in which nothing is due is one row, however long.
        let mut last = bin;
        while is_empty(&bin) && bins.peek().is_some_and(is_empty) {
            last = bins.next().unwrap_or(last);
        }
        let label = if last.label == bin.label {
            bin.label.clone()
        } else {
            format!("{} to {}", bin.label, last.label)
        };
        let label = Cell::text(label);
        let label = if bin.holds_today { label.aside("holds today") } else { label };
        let parts: Vec<Part> = used
            .iter()
            .map(|stage| Part {
                size: bin.counts[*stage as usize],
                class: chart::stage_class(*stage).to_owned(),
            })
            .collect();
        let bar = Cell { bar: Some(chart::bar(&parts, most, 16)), ..Cell::default() };
        let counts = used.iter().map(|stage| Cell::number(bin.counts[*stage as usize]));
        rows.push(Row::of([label, bar].into_iter().chain(counts).collect()));
    }
    let table = Table { caption: "Deadlines".to_owned(), heads, rows, kind: Kind::Time, ..Table::default() };
    let note = (timeline.without > 0).then(|| {
        let have = if timeline.without == 1 { "has" } else { "have" };
        format!(
            "{} {have} no date, and {} not shown here.",
            count(timeline.without, "recommendation", "recommendations"),
            if timeline.without == 1 { "is" } else { "are" }
        )
    });
    Some(Section {
        id: "deadlines".to_owned(),
        heading: "Deadlines".to_owned(),
        key: used
            .iter()
            .map(|stage| (chart::stage_class(*stage).to_owned(), name(stage).to_owned()))
            .collect(),
        tables: vec![table],
        note,
        ..Section::default()
    })
}

/// How it stood over time.
pub(super) fn over_time(book: &Book<'_>) -> Option<Section> {
    let trend = book.page.trend.as_ref().filter(|trend| trend.points.len() > 1)?;
    let points = &trend.points;
    let numbers = |of: fn(&crate::history::Point) -> usize| points.iter().map(of).collect::<Vec<_>>();
    let mut lines = vec![
        Line { name: "open", class: "t-open", numbers: numbers(|p| p.open) },
        Line { name: "overdue", class: "t-overdue", numbers: numbers(|p| p.overdue) },
        Line { name: "done", class: "t-done", numbers: numbers(|p| p.done) },
    ];
    lines.retain(|line| line.class == "t-open" || line.numbers.iter().any(|n| *n > 0));
    let by = trend.by;
    let mut labels: Vec<&Label> = Vec::new();
    for label in points
        .iter()
        .rev()
        .flat_map(|point| point.rag.iter().filter(|(_, n)| **n > 0).map(|(label, _)| label))
    {
        if !labels.iter().any(|other| other.name() == label.name()) {
            labels.push(label);
        }
    }
    labels.sort();
    let mut heads = vec![Head::text("Day")];
    heads.extend(["Total", "Open", "Overdue", "Done", "Elsewhere"].map(Head::number));
    heads.extend(labels.iter().map(|label| Head::number(&words::rag_name(label, by))));
    let has_gaps = points.iter().any(|point| point.unread > 0);
    if has_gaps {
        heads.push(Head::number("Unread"));
    }
    let row = |point: &crate::history::Point| {
        let mut cells = vec![Cell::text(day(point.date))];
        cells.extend([point.total, point.open, point.overdue, point.done, point.elsewhere].map(Cell::number));
        let at = |label: &Label| {
            point.rag.iter().filter(|(other, _)| other.name() == label.name()).map(|(_, n)| n).sum::<usize>()
        };
        cells.extend(labels.iter().map(|label| Cell::number(at(label))));
        if has_gaps {
            cells.push(Cell::number(point.unread));
        }
        Row::of(cells)
    };
    let table = Table {
        caption: "How the plans stood over time".to_owned(),
        heads,
        rows: points.iter().map(row).collect(),
        ..Table::default()
    };
    let mut notes = Vec::new();
    let grown = points.windows(2).filter_map(|two| match two {
        [before, after] if after.total > before.total => Some((before, after)),
        _ => None,
    });
    // A step of the lines that is no work of anybody.
    if let Some((before, after)) = grown.max_by_key(|(before, after)| after.total - before.total) {
        let what = if book.several { "recommendations, or a whole plan," } else { "recommendations" };
        notes.push(format!(
            "From {} to {} the total grew from {} to {}, as {what} came in.",
            day(before.date),
            day(after.date),
            thousands(before.total),
            thousands(after.total)
        ));
    }
    if has_gaps {
        notes.push("Files that could not be read at a point are in none of its counts.".to_owned());
    }
    let (first, last) = (points.first()?, points.last()?);
    let title = format!(
        "From {} to {}: open {} to {}, overdue {} to {}, done {} to {}; the table below has the numbers",
        day(first.date),
        day(last.date),
        first.open,
        last.open,
        first.overdue,
        last.overdue,
        first.done,
        last.done
    );
    Some(Section {
        id: "trend".to_owned(),
        heading: "Over time".to_owned(),
        picture: Some(chart::lines(&title, "trend-picture", points, &lines)),
        tables: vec![table],
        folded: true,
        note: Some(notes.join(" ")).filter(|notes| !notes.is_empty()),
        ..Section::default()
    })
}

/// The deadlines that were moved, the latest first.
pub(super) fn slips(book: &Book<'_>, c: usize) -> Option<Section> {
    let chapter = &book.page.chapters[c];
    let each = chapter.plan.recommendations.iter().enumerate();
    let mut moved: Vec<_> = each.flat_map(|(n, r)| r.extensions.iter().map(move |e| (n, r, e))).collect();
    if moved.is_empty() {
        return None;
    }
    moved.sort_by_key(|(n, _, e)| (std::cmp::Reverse(e.on), *n));
    let heads = ["No.", "Recommendation", "From", "To", "Moved", "Why", "Approved by"].map(Head::text);
    let row = |(n, r, e): &(usize, &Recommendation, &crate::model::Extension)| {
        let title = Cell::text(line(&r.title));
        let title = match &e.milestone {
            Some(milestone) => title.aside(format!("milestone {}", quoted(milestone))),
            None => title,
        };
        let approved = e
            .approved_by
            .as_ref()
            .map_or_else(|| Cell::text("not recorded").bad(true), |by| Cell::text(line(by)));
        let moved = Cell::text(apart(&e.from, &e.to))
            .aside(e.on.map(|on| format!("on {}", day(on))).unwrap_or_default());
        Row::of(vec![
            Cell::text(line(r.id.as_str())).link(&book.anchors[c][*n]),
            title,
            Cell::text(line(&worded(&e.from))),
            Cell::text(line(&worded(&e.to))),
            moved,
            Cell::text(line(&e.reason)),
            approved,
        ])
    };
    let table = Table {
        caption: format!("Deadlines moved ({})", thousands(moved.len())),
        heads: heads.into_iter().collect(),
        rows: moved.iter().map(row).collect(),
        ..Table::default()
    };
    Some(Section {
        id: book.id("slips", c),
        heading: "Slip register".to_owned(),
        tables: vec![table],
        ..Section::default()
    })
}

/// What other bodies report.
pub(super) fn elsewhere(book: &Book<'_>, c: usize) -> Option<Section> {
    let chapter = &book.page.chapters[c];
    let held = chapter.entries().enumerate().filter(|(_, (_, s))| s.phase == Phase::Elsewhere);
    let row = |(n, (r, standing)): (usize, (&Recommendation, &Standing))| {
        Row::of(vec![
            Cell::text(line(r.id.as_str())).link(&book.anchors[c][n]),
            Cell::text(line(&r.title)),
            Cell::text(owners(r)),
            deadline_in_short(r, standing, book.page.audience),
        ])
    };
    let rows: Vec<Row> = held.map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let table = Table {
        caption: format!("Held elsewhere ({})", thousands(rows.len())),
        heads: ["No.", "Recommendation", "Owner", "Deadline"].map(Head::text).into_iter().collect(),
        rows,
        ..Table::default()
    };
    Some(Section {
        id: book.id("elsewhere", c),
        heading: "Held elsewhere".to_owned(),
        said: vec!["Other bodies answer for these, and no report of them is held here: they count as neither overdue nor rated.".to_owned()],
        tables: vec![table],
        ..Section::default()
    })
}

/// So many rows a table has at most: a browser lays out what is seen of a page, and a table is seen as a whole.
const ROWS: usize = 100;

/// All recommendations, a row each: a table a plan, and of a long one a table for so many.
pub(super) fn register(book: &Book<'_>) -> Vec<Table> {
    let audience = book.page.audience;
    let mut tables = Vec::new();
    for (c, chapter) in book.page.chapters.iter().enumerate() {
        let is_rated = book.is_rated(c);
        let row = |(n, (r, standing)): (usize, (&Recommendation, &Standing))| {
            let mut ratings = rag(r, standing, audience).into_iter();
            let mut rating = ratings.next().unwrap_or_default();
            // What is implied has its swatch in the recommendation itself; here its name is enough.
            if let Some(implied) = ratings.next() {
                rating = rating.aside(implied.text);
            }
            let cells = [
                Cell::text(line(r.id.as_str())).link(&book.anchors[c][n]),
                Cell::text(line(&r.title)),
                Cell::text(owners(r)),
                deadline_in_short(r, standing, audience),
            ];
            let rating = is_rated.then_some(rating);
            Row::of(cells.into_iter().chain(rating).chain([status(r, standing)]).collect())
        };
        let mut rows = chapter.entries().enumerate().map(row).peekable();
        let title =
            if book.several { line(&chapter.plan.head.title) } else { "All recommendations".to_owned() };
        let is_long = chapter.plan.recommendations.len() > ROWS;
        while rows.peek().is_some() {
            let some: Vec<Row> = rows.by_ref().take(ROWS).collect();
            let id = |row: Option<&Row>| row.and_then(|row| row.cells.first()).map(|cell| cell.text.clone());
            let caption = match (id(some.first()), id(some.last())) {
                (Some(first), Some(last)) if is_long => format!("{title}: {first} to {last}"),
                _ => title.clone(),
            };
            let heads = ["No.", "Recommendation", "Owner", "Deadline"].into_iter();
            let heads = heads.chain(is_rated.then_some("RAG")).chain(["Status"]).map(Head::text);
            tables.push(Table { caption, heads: heads.collect(), rows: some, ..Table::default() });
        }
    }
    tables
}
