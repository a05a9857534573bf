//! A recommendation as a page shows it.

use super::part::{Cell, Entry, Item, List};
use super::prose::{line, quoted};
use super::words;
use crate::model::{
    Answer, Assurance, Closure, Deadline, Done, Evidence, Extension, Milestone, Phase, Recommendation,
    Update, Visibility, Word,
};
use crate::query::{NOT_RATED, NOT_REPORTED};
use crate::render::deadline as worded;
use crate::render::links::is_address;
use crate::report::{Audience, Chapter, is_silent};
use crate::standing::{Freshness, Standing, missed_milestones};
use crate::wording::{day, days};
use chrono::NaiveDate;

/// What a page knows of the recommendations around one.
pub(super) struct Around<'a> {
    pub(super) chapter: &'a Chapter,
    pub(super) audience: Audience,
    pub(super) today: NaiveDate,
    /// Whether any of them is rated: of what nobody rates not even that is said.
    pub(super) is_rated: bool,
    /// What links to each recommendation of the plan lead to.
    pub(super) anchors: &'a [String],
}

impl Around<'_> {
    /// What a link to a recommendation of the plan leads to, if it is shown.
    fn anchor(&self, id: &crate::model::Id) -> Option<&str> {
        let place = self.chapter.plan.recommendations.iter().position(|r| r.id == *id)?;
        self.anchors.get(place).map(String::as_str)
    }

    /// What a board is told of who else may read something.
    fn mark(&self, visibility: Option<Visibility>) -> Option<String> {
        let visibility = visibility.unwrap_or(self.chapter.plan.head.publish.default);
        let is_told = self.audience == Audience::Internal && visibility == Visibility::Public;
        is_told.then(|| "public".to_owned())
    }

    fn reference(&self, id: &crate::model::Id) -> Cell {
        let cell = Cell::text(line(id.as_str()));
        match self.anchor(id) {
            Some(anchor) => cell.link(anchor),
            None => cell,
        }
    }
}

/// The same in a table, where the source's wording of a date has no room.
pub(super) fn deadline_in_short(r: &Recommendation, standing: &Standing, audience: Audience) -> Cell {
    let whole = deadline(r, standing, audience);
    match &r.deadline {
        Some(Deadline::Worded { date, .. }) => Cell { text: day(*date), ..whole },
        _ => whole,
    }
}

/// The deadline of a recommendation, and how it stands to it.
pub(super) fn deadline(r: &Recommendation, standing: &Standing, audience: Audience) -> Cell {
    let late = match (standing.days_overdue, audience) {
        (Some(late), Audience::Internal) => Some(format!("{} overdue", days(late))),
        // Whether it was done nobody has said here; where nothing is said at all, the date alone is.
        (Some(_), Audience::Public) if is_silent(r) => None,
        (Some(_), Audience::Public) => Some("has passed".to_owned()),
        (None, _) => None,
    };
    let is_bad = late.is_some() && audience == Audience::Internal;
    // What gives no date of its own is due with its latest milestone.
    let of_milestone = |due: NaiveDate| {
        let aside = late.as_ref().map(|late| format!("latest milestone, {late}"));
        (Cell::text(day(due)).bad(is_bad), aside.unwrap_or_else(|| "latest milestone".to_owned()))
    };
    let cell = match (&r.deadline, standing.due) {
        (Some(Deadline::Undated { wording }), Some(due)) => {
            let (cell, aside) = of_milestone(due);
            return cell.aside(format!("{aside}; the source says {}", quoted(wording)));
        }
        (Some(deadline), _) => Cell::text(line(&worded(deadline))),
        (None, Some(due)) => {
            let (cell, aside) = of_milestone(due);
            return cell.aside(aside);
        }
        (None, None) => return Cell::text("no deadline"),
    };
    let aside = match late {
        Some(late) => late,
        None if standing.due_soon && audience == Audience::Internal => "due soon".to_owned(),
        None if standing.undated => "gives no date".to_owned(),
        None => String::new(),
    };
    cell.aside(aside).bad(is_bad)
}

/// The RAG that is reported; beside a blank one, what dates and status imply.
pub(super) fn rag(r: &Recommendation, standing: &Standing, audience: Audience) -> Vec<Cell> {
    if standing.phase == Phase::Elsewhere {
        return vec![Cell::text("held elsewhere")];
    }
    let reported = match &r.rag {
        Some(word) => Cell::text(line(word.name())).swatch(words::reported(word)),
        None => Cell::text(NOT_RATED).swatch(words::BLANK),
    };
    let implied = standing.implied_rag.as_ref().filter(|level| {
        let same = r.rag.as_ref().is_some_and(|word| word.name() == level.name);
        audience == Audience::Internal && !same
    });
    let implied = implied
        .map(|level| Cell::text(format!("implied {}", line(&level.name))).swatch(words::implied(level)));
    std::iter::once(reported).chain(implied).collect()
}

/// The status that is reported.
pub(super) fn status(r: &Recommendation, standing: &Standing) -> Cell {
    match &r.status {
        Some(word) => Cell::text(line(word.name())),
        None if standing.phase == Phase::Elsewhere => Cell::text("no report held"),
        None => Cell::text(NOT_REPORTED),
    }
}

/// The owners, by their names.
pub(super) fn owners(r: &Recommendation) -> Cell {
    let names: Vec<String> = r.owners.iter().map(|o| line(o.name())).collect();
    if names.is_empty() { Cell::text("nobody") } else { Cell::names(names) }
}

/// A recommendation, with what it is filtered by still to come.
pub(super) fn entry(around: &Around<'_>, place: usize) -> Entry {
    let chapter = around.chapter;
    let (r, standing) = (&chapter.plan.recommendations[place], &chapter.standings[place]);
    Entry {
        anchor: around.anchors[place].clone(),
        id: line(r.id.as_str()),
        title: line(&r.title),
        facts: facts(around, r, standing),
        more: more(around, r),
        text: r.text.clone(),
        lists: lists(around, place),
        owners: String::new(),
        rag: 0,
        status: 0,
        marks: marks(r, standing, around.audience).join(" "),
    }
}

/// The mark of what nothing is reported of.
pub(super) const SILENT: &str = "silent";

/// The mark of a part, by which it is counted apart.
const PART: &str = "part";

/// What is true of a recommendation, as it can be filtered by, and whether it is a part.
fn marks(r: &Recommendation, standing: &Standing, audience: Audience) -> Vec<&'static str> {
    let part = r.parent.as_ref().map(|_| PART);
    if audience == Audience::Public && standing.phase == Phase::Open && is_silent(r) {
        return std::iter::once(SILENT).chain(part).collect();
    }
    let internal = audience == Audience::Internal;
    // As in what needs attention: that updates have no date is told by itself.
    let is_unfresh = matches!(standing.freshness, Freshness::Stale | Freshness::NeverUpdated);
    let more = [
        (standing.overdue(), "overdue"),
        (internal && standing.due_soon, "soon"),
        (internal && standing.milestones_missed > 0, "missed"),
        (internal && (standing.undated || standing.no_deadline), "undated"),
        (internal && is_unfresh, "unfresh"),
    ];
    let mut marks = vec![standing.phase.name()];
    marks.extend(more.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark));
    marks.extend(part);
    marks
}

/// What is known of it first of all.
fn facts(around: &Around<'_>, r: &Recommendation, standing: &Standing) -> Vec<(String, Vec<Cell>)> {
    let mut facts: Vec<(String, Vec<Cell>)> = Vec::new();
    let mut add = |name: &str, cells: Vec<Cell>| facts.push((name.to_owned(), cells));
    let text = |text: &str| vec![Cell::text(line(text))];
    let inherited = |is: bool, cell: Cell| match (&r.parent, is) {
        (Some(parent), true) => {
            let from = format!("from {}", line(parent.as_str()));
            let aside = cell.aside.clone().map_or(from.clone(), |aside| format!("{aside}, {from}"));
            cell.aside(aside)
        }
        _ => cell,
    };
    let name = if r.owners.len() > 1 { "Owners" } else { "Owner" };
    add(name, vec![inherited(r.owners_inherited, owners(r).bad(r.owners.is_empty()))]);
    add("Deadline", vec![inherited(r.deadline_inherited, deadline(r, standing, around.audience))]);
    if around.is_rated {
        add("RAG", rag(r, standing, around.audience));
    }
    add("Status", vec![status(r, standing)]);
    if let Some(original) = standing.original_due {
        add("Originally due", text(&day(original)));
    }
    if let Some(forecast) = &r.forecast {
        add("Forecast", text(&worded(forecast)));
    }
    if let Some(next) = next_due(r, standing, around.today) {
        add("Next due", vec![next]);
    }
    if around.audience == Audience::Internal && standing.phase == Phase::Open {
        let told = match standing.last_update {
            Some(date) => day(date),
            None if r.updates.is_empty() => "never".to_owned(),
            None => "without a date".to_owned(),
        };
        add("Last updated", text(&told));
    }
    if let Some(lead) = &r.lead {
        add("Lead", text(lead));
    }
    facts
}

/// The next date to come, where it is not the deadline's own; without one, the first that has passed.
fn next_due(r: &Recommendation, standing: &Standing, today: NaiveDate) -> Option<Cell> {
    let milestones = r.milestones.iter().filter(|m| m.is_open()).filter_map(|m| m.due_date());
    let due = standing.due.filter(|_| standing.phase == Phase::Open);
    let to_come = milestones.chain(due).filter(|date| *date >= today).min();
    let next = to_come.or(standing.next_due).filter(|next| Some(*next) != standing.due)?;
    let passed = if next < today { "has passed" } else { "" };
    Some(Cell::text(day(next)).aside(passed))
}

/// What else is known of it.
fn more(around: &Around<'_>, r: &Recommendation) -> Vec<(String, Vec<Cell>)> {
    let mut facts: Vec<(String, Vec<Cell>)> = Vec::new();
    let mut add = |name: &str, cells: Vec<Cell>| facts.push((name.to_owned(), cells));
    let text = |text: &str| vec![Cell::text(line(text))];
    for (name, value) in
        [("Response", &r.response), ("Theme", &r.theme), ("Priority", &r.priority), ("Origin", &r.origin)]
    {
        if let Some(value) = value {
            add(name, text(value));
        }
    }
    if let Some(issued) = r.issued {
        add("Issued", text(&day(issued)));
    }
    if let Some(printed) = &r.printed_id {
        add("Printed as", text(printed.as_str()));
    }
    // To the public a part is one of nothing that has a name, and no recommendation more.
    match &r.parent {
        Some(parent) if parent.as_str().is_empty() => {
            add("Part", text("of a recommendation, and not counted by itself"));
        }
        Some(parent) => add("Part of", vec![around.reference(parent)]),
        None => {}
    }
    let parts: Vec<Cell> = around
        .chapter
        .plan
        .recommendations
        .iter()
        .filter(|part| part.parent.as_ref() == Some(&r.id))
        .map(|part| around.reference(&part.id))
        .collect();
    if !parts.is_empty() {
        add("Parts", parts);
    }
    if !r.depends_on.is_empty() {
        add("Depends on", r.depends_on.iter().map(|id| around.reference(id)).collect());
    }
    if !r.aliases.is_empty() {
        add("Also known as", r.aliases.iter().map(|id| Cell::text(line(id.as_str()))).collect());
    }
    for (name, value) in custom(&r.custom, "") {
        add(&name, text(&value));
    }
    facts
}

/// Names and values of somebody's own columns, the tables among them opened up.
fn custom(table: &toml::Table, path: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, value) in table {
        let name = if path.is_empty() { called(name) } else { format!("{path}: {}", called(name)) };
        match value {
            toml::Value::Table(inner) => all.extend(custom(inner, &name)),
            toml::Value::Array(values) => {
                all.push((name, values.iter().map(value_told).collect::<Vec<_>>().join(", ")));
            }
            value => all.push((name, value_told(value))),
        }
    }
    all
}

/// A key of somebody's own as people write it: `safety_critical` is "Safety critical".
fn called(key: &str) -> String {
    let words = line(key).replace('_', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A value of somebody's own as people write it.
fn value_told(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Boolean(is) => if *is { "yes" } else { "no" }.to_owned(),
        toml::Value::Datetime(moment) => {
            let text = moment.to_string();
            text.parse::<NaiveDate>().map_or(text, day)
        }
        other => other.to_string(),
    }
}

fn lists(around: &Around<'_>, place: usize) -> Vec<List> {
    let r = &around.chapter.plan.recommendations[place];
    let mut lists = Vec::new();
    let mut add = |heading: &str, items: Vec<Item>| {
        if !items.is_empty() {
            lists.push(List { heading: heading.to_owned(), items });
        }
    };
    let today = around.today;
    let standing = &around.chapter.standings[place];
    let mitigation =
        r.mitigation.as_ref().map(|text| Item { prose: Some(text.clone()), ..Item::new("", &[]) });
    add("Mitigation", mitigation.into_iter().collect());
    add("Closed", r.closure.iter().map(closure).collect());
    let missed: Vec<usize> = missed_milestones(standing.phase, r, today).map(|(n, _)| n).collect();
    let milestones = r.milestones.iter().enumerate();
    add("Milestones", milestones.map(|(n, m)| milestone(m, missed.contains(&n), around.audience)).collect());
    add("Extensions", r.extensions.iter().map(extension).collect());
    add("Answers", r.answers.iter().map(answer).collect());
    let heading = if r.updates.len() > 1 { "Updates, newest first" } else { "Update" };
    add(heading, r.updates.iter().rev().map(|u| update(u, around.mark(u.visibility))).collect());
    add("Evidence", r.evidence.iter().map(|e| evidence(e, around.mark(e.visibility))).collect());
    add("Assurance", r.assurance.iter().map(assurance).collect());
    lists
}

impl Item {
    pub(super) fn new(lead: &str, said: &[Option<String>]) -> Self {
        let said: Vec<&str> = said.iter().flatten().map(String::as_str).filter(|s| !s.is_empty()).collect();
        Self {
            lead: line(lead),
            link: None,
            swatch: None,
            said: said.join(" · "),
            is_bad: false,
            prose: None,
        }
    }
}

fn closure(closure: &Closure) -> Item {
    let on = closure.on.map(day).unwrap_or_default();
    let by = closure.by.as_ref().map(|by| format!("by {}", line(by)));
    Item { prose: closure.reason.clone(), ..Item::new(&on, &[by]) }
}

/// A milestone. Of what nobody is asked for any more, or others answer for, none is missed; and to the public that
/// nothing was reported as done says nothing of what was.
fn milestone(m: &Milestone, is_missed: bool, audience: Audience) -> Item {
    let done = match (m.done, audience) {
        (Done::On(date), _) => format!("done {}", day(date)),
        (Done::Undated, _) => "done, date not recorded".to_owned(),
        (Done::No, Audience::Public) => String::new(),
        (Done::No, Audience::Internal) if is_missed => "missed".to_owned(),
        (Done::No, Audience::Internal) => "open".to_owned(),
    };
    let due = m.due.as_ref().map(|due| format!("due {}", line(&worded(due))));
    let is_bad = is_missed && audience == Audience::Internal;
    Item { is_bad, ..Item::new(&m.title, &[Some(done), due]) }
}

/// How far a deadline moved, in words.
pub(super) fn apart(from: &Deadline, to: &Deadline) -> String {
    match (from.date(), to.date()) {
        (Some(from), Some(to)) if to >= from => format!("{} later", days((to - from).num_days())),
        (Some(from), Some(to)) => format!("{} earlier", days((from - to).num_days())),
        _ => String::new(),
    }
}

fn extension(e: &Extension) -> Item {
    let of = e.milestone.as_ref().map(|milestone| format!("of {}", quoted(milestone)));
    let on = e.on.map(|on| format!("on {}", day(on)));
    let by = e
        .approved_by
        .as_ref()
        .map_or_else(|| "approval not recorded".to_owned(), |by| format!("approved by {}", line(by)));
    let moved = format!("{} → {}", line(&worded(&e.from)), line(&worded(&e.to)));
    Item {
        prose: Some(e.reason.clone()),
        ..Item::new(&moved, &[Some(apart(&e.from, &e.to)), of, on, Some(by)])
    }
}

fn answer(a: &Answer) -> Item {
    let swatch = a.rag.as_ref().map(words::reported);
    let rag = a.rag.as_ref().map(|w| line(w.name()));
    let status = a.status.as_ref().map(|w| line(w.name()));
    let response = a.response.as_ref().map(|response| line(response));
    let said = [rag, status, response, a.on.map(|on| format!("on {}", day(on)))];
    Item { swatch, prose: a.text.clone(), ..Item::new(a.owner.name(), &said) }
}

fn update(u: &Update, mark: Option<String>) -> Item {
    let swatch = u.rag.as_ref().map(words::reported);
    let date = u.date.map_or_else(|| "Undated".to_owned(), day);
    let words = [u.rag.as_ref().map(Word::name), u.status.as_ref().map(Word::name)];
    let [rag, status] = words.map(|word| word.map(line));
    let said = [rag, status, u.period.as_ref().map(|p| line(p)), u.by.as_ref().map(|by| line(by)), mark];
    Item { swatch, prose: u.text.clone(), ..Item::new(&date, &said) }
}

fn evidence(e: &Evidence, mark: Option<String>) -> Item {
    let link = e.reference.clone().filter(|reference| is_address(reference));
    let said = e.reference.as_ref().filter(|_| link.is_none()).map(|reference| line(reference));
    Item { link, ..Item::new(&e.title, &[said, mark]) }
}

fn assurance(a: &Assurance) -> Item {
    let said = [Some(line(&a.by)), a.on.map(day)];
    Item { prose: a.note.clone(), ..Item::new(&a.status, &said) }
}
