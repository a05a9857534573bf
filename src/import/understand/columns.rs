//! What each column of a table holds: by what stands over it, else by what stands in it.

use super::header::{Header, Map, key};
use super::headings::{Key, When, are_numbers, are_words, is_exact, plain};
use super::when::when;
use super::written::is_nobody;
use super::{colours, dates, words};
use crate::import::document::{Cell, Row};
use crate::model::Colour;
use std::collections::BTreeMap;

/// A column of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands over it.
    pub heading: String,
    /// What it holds.
    pub key: Key,
    /// Why that is thought.
    pub why: Why,
}

/// Why a column is thought to hold what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// By its heading.
    Heading,
    /// By what stands in it.
    Contents,
    /// Somebody said so.
    Said,
    /// It has no key here.
    NoKey,
    /// It is called by a level or a status, and ticked where that is so.
    Ticked,
    /// It says what is to be done, in rows of their own below a recommendation: those are its parts.
    Parts,
}

/// What the columns of a table hold.
pub(super) fn of(header: &Header, body: &[Row], map: &Map) -> Vec<Column> {
    // A row across the table says nothing of the column that it begins in.
    let is_across = |row: &&Row| {
        let mut said = row.cells.iter().filter(|cell| !cell.is_blank());
        header.width() > 2 && said.next().is_some_and(|one| one.across > 2) && said.next().is_none()
    };
    let rows = body.iter().filter(|row| !is_across(row));
    let under: Vec<Vec<Vec<&Cell>>> = rows.map(|row| header.cells(row)).collect();
    let cells = |at: usize| under.iter().flat_map(move |row| row[at].iter().copied());
    let is_numbered = header.columns.iter().any(|heading| key(&heading.text, map) == Some(Key::Number));
    let mut columns: Vec<Column> = Vec::new();
    for (at, heading) in header.columns.iter().enumerate() {
        let says_nothing = heading.text.is_empty() && cells(at).all(Cell::is_blank);
        // A column with no heading is called by its place, so that --map can name it too.
        let name = match heading.text.as_str() {
            "" => format!("column {}", heading.from + 1),
            text => text.to_owned(),
        };
        let said = map.iter().any(|(said, _)| plain(said) == plain(&name));
        let known = key(&name, map);
        let why = if said { Why::Said } else { Why::Heading };
        let (key, why) = match known {
            Some(key) if said => (key, why),
            Some(Key::Meaning) => (custom(&name), Why::NoKey),
            Some(Key::Text) if !is_numbered && are_numbers(cells(at)) => (Key::Number, Why::Contents),
            Some(Key::Update(_)) if are_days(cells(at)) => (Key::Reported, Why::Contents),
            Some(Key::Reported) if !are_days(cells(at)) => (custom(&name), Why::NoKey),
            Some(Key::Update(When::Now)) if plain(&name) == "response" && are_words(cells(at)) => {
                (Key::Response, Why::Contents)
            }
            // How great a risk is, and not what is done about it.
            Some(Key::Mitigation) if are_words(cells(at)) => (custom(&name), Why::NoKey),
            Some(key) => (key, why),
            None if says_nothing => (Key::Skip, Why::Contents),
            None => (by_contents(cells(at), at, &heading.text).unwrap_or_else(|| custom(&name)), Why::NoKey),
        };
        let why = if why == Why::NoKey && !matches!(key, Key::Custom(_)) { Why::Contents } else { why };
        columns.push(Column { heading: name, key, why });
    }
    tick(&mut columns, &cells);
    settle(&mut columns, &cells);
    columns
}

/// Signs and letters that somebody ticks with.
const TICKS: &[&str] = &["x", "y", "yes", "✓", "✔", "✅", "☑", "☒", "✗", "✘", "✖", "●"];

/// Whether a cell is ticked, and says nothing else.
pub(super) fn is_ticked(cell: &Cell) -> bool {
    let said: String = cell.paragraphs.iter().map(|paragraph| paragraph.raw().to_lowercase()).collect();
    TICKS.contains(&said.trim().trim_end_matches('\u{fe0f}'))
}

/// Looks for columns of which each row ticks one, two at least: "Not started", "In progress", "Complete".
fn tick<'c, C: Iterator<Item = &'c Cell>>(columns: &mut [Column], cells: &impl Fn(usize) -> C) {
    let is_bare = |cell: &Cell| cell.paragraphs.iter().all(|paragraph| paragraph.raw().trim().is_empty());
    let is_ticked = |at: &usize| {
        let mut said = cells(*at).filter(|cell| !is_bare(cell)).peekable();
        said.peek().is_some() && said.all(is_ticked)
    };
    for key in [Key::Rag(When::Now), Key::Status(When::Now)] {
        let is_one = |heading: &str| match key {
            Key::Rag(_) => words::is_level(heading),
            _ => words::is_status(heading),
        };
        let called = |at: &usize| columns[*at].why != Why::Said && is_one(&columns[*at].heading);
        let called = (0..columns.len()).filter(called);
        // Nothing may have come to one of them yet.
        let (ticked, bare): (Vec<usize>, Vec<usize>) = called.partition(is_ticked);
        let bare = bare.into_iter().filter(|at| cells(*at).all(is_bare));
        if ticked.len() > 1 {
            for at in ticked.into_iter().chain(bare) {
                (columns[at].key, columns[at].why) = (key.clone(), Why::Ticked);
            }
        }
    }
}

/// Whether every cell that says something says a day.
fn are_days<'c>(cells: impl Iterator<Item = &'c Cell>) -> bool {
    let texts: Vec<String> =
        cells.map(Cell::text).filter(|text| text.contains(char::is_alphanumeric)).collect();
    !texts.is_empty() && texts.iter().all(|text| dates::whole(text).is_some())
}

/// What a column holds by what stands in it, where that is certain. Below a month or a day, letters and colours of a
/// scale are ratings; elsewhere they may be anything.
fn by_contents<'c>(cells: impl Iterator<Item = &'c Cell> + Clone, at: usize, heading: &str) -> Option<Key> {
    let texts: Vec<String> =
        cells.clone().map(Cell::text).filter(|t| t.contains(char::is_alphanumeric)).collect();
    let most =
        |is: &dyn Fn(&str) -> bool| texts.iter().filter(|text| is(text)).count() * 10 >= texts.len() * 8;
    let when = when(heading);
    let is_timed = when.is_time();
    let are_long = texts.iter().any(|text| text.len() > 1);
    match () {
        // A phase, a lot, a district is no time, and says nothing of the whole.
        () if when != When::Now && !is_timed => None,
        () if texts.is_empty() => (is_timed && are_coloured(cells)).then_some(Key::Rag(when)),
        () if at == 0 && are_numbers(cells.clone()) && !are_days(cells) => Some(Key::Number),
        () if most(&words::is_level) && (are_long || is_timed) => Some(Key::Rag(when)),
        // Of a month, half of them are enough, where the others say how it stands too: "R", "G", "Complete".
        () if is_timed && are_mostly_levels(&texts) => Some(Key::Rag(when)),
        () if most(&words::is_status) => Some(Key::Status(when)),
        () => None,
    }
}

/// Whether half of these are words of a scale at least, and the others statuses, or say that there is none.
fn are_mostly_levels(texts: &[String]) -> bool {
    let is_one = |text: &String| words::is_level(text) || words::is_status(text) || is_nobody(text);
    let levels = texts.iter().filter(|text| words::is_level(text)).count();
    levels * 2 >= texts.len() && texts.iter().all(is_one)
}

/// Whether every cell that is coloured has a colour of a scale, and there are two of these at least: bars of one colour
/// show when something is done.
fn are_coloured<'c>(cells: impl Iterator<Item = &'c Cell>) -> bool {
    let colours: Vec<Option<Colour>> = cells.filter_map(|cell| cell.colour).map(colours::of).collect();
    let is_level = |colour: &Option<Colour>| {
        matches!(colour, Some(Colour::Red | Colour::Amber | Colour::Yellow | Colour::Green))
    };
    colours.iter().all(is_level) && colours.iter().any(|colour| *colour != colours[0])
}

/// Headings that mean a key only where no other does.
const WEAK: &[&str] = &[
    "what",
    "action",
    "actions",
    "task",
    "tasks",
    "objective",
    "learning",
    "rationale",
    "notes",
    "description",
    "comment",
    "comments",
];

/// Looks at the columns together: of what there can be one of there is one, and what every plan has is looked for.
fn settle<'c, C: Iterator<Item = &'c Cell> + Clone>(columns: &mut [Column], cells: &impl Fn(usize) -> C) {
    let has = |columns: &[Column], key: &Key| columns.iter().any(|column| column.key == *key);
    // Where one month has ratings, so has another in which any word is one: else the oldest would be the newest.
    let is_rated = |column: &Column| matches!(&column.key, Key::Rag(when) if when.is_time());
    if columns.iter().any(is_rated) {
        for (at, column) in columns.iter_mut().enumerate() {
            let when = when(&column.heading);
            let is_own = column.why == Why::NoKey && matches!(column.key, Key::Custom(_));
            if is_own && when.is_time() && cells(at).any(|cell| words::is_level(&cell.text())) {
                (column.key, column.why) = (Key::Rag(when), Why::Contents);
            }
        }
    }
    let place = |columns: &[Column], key: &Key| columns.iter().position(|column| column.key == *key);
    // Somebody leads where nobody owns.
    if !has(columns, &Key::Owner)
        && let Some(at) = place(columns, &Key::Lead)
    {
        columns[at].key = Key::Owner;
    }
    // A date that was revised is the deadline, where nothing says what it was at first.
    if !has(columns, &Key::Deadline)
        && let [at] =
            (0..columns.len()).filter(|at| columns[*at].key == Key::Forecast).collect::<Vec<_>>()[..]
        && !["forecast", "expected", "anticipated", "estimated"]
            .iter()
            .any(|word| plain(&columns[at].heading).contains(word))
    {
        columns[at].key = Key::Deadline;
    }
    // An inquiry's name, or its number of the recommendation.
    if !has(columns, &Key::Number)
        && let Some(at) = place(columns, &Key::Origin)
        && are_numbers(cells(at))
    {
        columns[at] = Column { key: Key::Number, why: Why::Contents, ..columns[at].clone() };
    }
    if !has(columns, &Key::Text) {
        let long = |at: &usize| {
            let texts = cells(*at).map(Cell::text).filter(|text| text.contains(char::is_alphanumeric));
            let lengths: Vec<usize> = texts.map(|text| text.chars().count()).collect();
            lengths.iter().sum::<usize>().checked_div(lengths.len()).unwrap_or(0)
        };
        let names_days = |text: &str| !dates::all(text).is_empty();
        let are_days = |at: &usize| {
            let texts: Vec<String> = cells(*at).map(Cell::text).filter(|t| !t.is_empty()).collect();
            texts.iter().filter(|text| names_days(text)).count() * 2 > texts.len()
        };
        let free = |at: &usize| {
            matches!(columns[*at].key, Key::Custom(_)) && columns[*at].why == Why::NoKey && !are_days(at)
        };
        let longest = (0..columns.len()).filter(free).max_by_key(long).filter(|at| long(at) >= 20);
        if let Some(at) = longest {
            columns[at] = Column { key: Key::Text, why: Why::Contents, ..columns[at].clone() };
        }
    }
    // Of two columns for one key, what somebody said comes first, then the one whose heading is plainest.
    for at in 0..columns.len() {
        let key = columns[at].key.clone();
        let is_other = |other: &usize| columns[*other].key == key && columns[*other].why != Why::Ticked;
        let others: Vec<usize> = (0..columns.len()).filter(is_other).collect();
        let is_ticked = columns[at].why == Why::Ticked;
        if others.len() < 2 || is_ticked || matches!(key, Key::Custom(_) | Key::Skip | Key::Evidence) {
            continue;
        }
        let is_said = |at: &usize| columns[*at].why == Why::Said;
        let any_said = others.iter().any(is_said);
        let is_weak = |at: &usize| WEAK.contains(&plain(&columns[*at].heading).as_str());
        let is_like = |at: &usize| !is_exact(&columns[*at].heading);
        let rank =
            |at: &usize| (!is_said(at), columns[*at].why == Why::Contents, is_weak(at), is_like(at), *at);
        let first = others.iter().copied().min_by_key(rank).unwrap_or(at);
        // Where somebody says that a column is one more of what a row may say several times, it is.
        let keeps = |at: &usize| match key {
            Key::Update(_) if any_said => true,
            Key::Owner | Key::Text if any_said => is_said(at),
            _ => *at == first,
        };
        let lose: Vec<usize> = others.iter().copied().filter(|at| !keeps(at)).collect();
        for other in lose {
            columns[other] = Column {
                key: custom(&columns[other].heading),
                why: Why::NoKey,
                heading: columns[other].heading.clone(),
            };
        }
    }
    // Columns of somebody's own have names of their own.
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for column in columns {
        if let Key::Custom(name) = &mut column.key {
            let times = names.entry(name.clone()).or_default();
            *times += 1;
            if *times > 1 {
                *name = format!("{name}_{times}");
            }
        }
    }
}

/// The key of a column that has none here.
pub(super) fn custom(heading: &str) -> Key {
    let name = plain(heading).replace('#', "number").replace(' ', "_");
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let name = name.trim_matches('_').to_owned();
    Key::Custom(if name.is_empty() { "column".to_owned() } else { name })
}
