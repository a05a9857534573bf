//! What a page is made of, in no format yet: sections with figures and tables, and recommendations.

use super::direction::{isolated, pieces};
use super::html::Html;
use super::prose;
use crate::model::Recommendation;
use crate::wording::{count, thousands};
use askama::Template;
use askama::filters::HtmlSafe;

// What these are as HTML is in the template of each.
impl HtmlSafe for Section {}
impl HtmlSafe for Table {}
impl HtmlSafe for Cell {}
impl HtmlSafe for Entry {}

/// A section under a heading.
#[derive(Default, Template)]
#[template(path = "section.html")]
pub(super) struct Section {
    /// What links lead to.
    pub(super) id: String,
    pub(super) heading: String,
    /// What is said first.
    pub(super) said: Vec<String>,
    pub(super) figures: Vec<Figure>,
    /// A picture of what the tables say, and what is drawn how in it.
    pub(super) picture: Option<Html>,
    pub(super) key: Vec<(String, String)>,
    pub(super) tables: Vec<Table>,
    /// What is told of one recommendation after the other, under a heading of their own.
    pub(super) told_heading: String,
    pub(super) told: Vec<Told>,
    /// Whether the tables only say what the picture shows.
    pub(super) folded: bool,
    /// How its bars are to be read.
    pub(super) bars: Option<&'static str>,
    /// What is said last, in small print.
    pub(super) note: Option<String>,
}

/// What is told of one recommendation.
pub(super) struct Told {
    /// Which it is.
    pub(super) heading: String,
    pub(super) link: Option<String>,
    pub(super) items: Vec<Item>,
}

impl Told {
    fn heading_html(&self) -> Html {
        pieces(&self.heading, Html::of_text)
    }
}

impl Section {
    fn has_small(&self) -> bool {
        self.figures.iter().any(|figure| !figure.is_large)
    }
}

/// A number and what it counts.
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) value: usize,
    /// What more there is to know of it.
    pub(super) aside: Option<String>,
    /// Whether it is one to worry about.
    pub(super) is_bad: bool,
    /// Whether it is one of those that stand first.
    pub(super) is_large: bool,
}

impl Figure {
    fn shown(&self) -> String {
        thousands(self.value)
    }
}

/// A table.
#[derive(Default, Template)]
#[template(path = "table.html")]
pub(super) struct Table {
    pub(super) caption: String,
    /// Whether the heading above it says the same: then only those hear it who cannot see that.
    pub(super) is_named: bool,
    pub(super) heads: Vec<Head>,
    pub(super) rows: Vec<Row>,
    /// How many of its rows a page shows that has them all in another table, with what it says of the others below;
    /// none: all.
    pub(super) first: Option<usize>,
    /// What else than a list of recommendations, or of counts, it is.
    pub(super) kind: Kind,
    /// What is said below it.
    pub(super) more: Option<String>,
}

/// What a table is, by which it is drawn.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// What its columns say.
    #[default]
    Plain,
    /// Counts of what has a name that needs room.
    Names,
    /// Counts by time.
    Time,
}

/// Tables of more columns than these have their rows stacked where there is little room.
const FIT: usize = 3;

impl Table {
    fn caption_html(&self) -> Html {
        pieces(&self.caption, Html::of_text)
    }

    /// What its columns are of, for its style.
    fn classes(&self) -> Option<String> {
        let is_list = self.heads.iter().any(|head| head.width() == Some("id"));
        let classes = [
            (is_list, "list"),
            (is_list && self.heads.iter().any(|head| head.width() == Some("plan")), "plans"),
            (self.kind == Kind::Names, "names"),
            (self.kind == Kind::Time, "time"),
            (self.stacks(), "stack"),
        ];
        let classes: Vec<&str> = classes.into_iter().filter_map(|(is, class)| is.then_some(class)).collect();
        Some(classes.join(" ")).filter(|classes| !classes.is_empty())
    }

    fn shown_rows(&self) -> &[Row] {
        &self.rows[..self.first.map_or(self.rows.len(), |first| first.min(self.rows.len()))]
    }

    fn stacks(&self) -> bool {
        self.heads.len() > FIT
    }

    /// What a cell is called where it no longer stands below the head of its column; a title and a bar say
    /// themselves what they are.
    fn label(&self, n: usize) -> Option<&str> {
        let head = self.heads.get(n).filter(|_| self.stacks())?;
        let is_bar =
            self.rows.first().and_then(|row| row.cells.get(n)).is_some_and(|cell| cell.bar.is_some());
        let says_itself = is_bar || matches!(head.width(), Some("id" | "title"));
        (!says_itself).then_some(head.text.as_str())
    }
}

/// What stands above a column.
pub(super) struct Head {
    pub(super) text: String,
    pub(super) is_number: bool,
    pub(super) swatch: Option<String>,
}

impl Head {
    /// Its text, as it fits a column.
    fn text_html(&self) -> Html {
        isolated(&self.text, Html::of_narrow_text(&self.text))
    }

    /// How wide its column is, of those that lists have in common, so that they stand below one another.
    fn width(&self) -> Option<&'static str> {
        match self.text.as_str() {
            "No." => Some("id"),
            "Plan" => Some("plan"),
            "Recommendation" => Some("title"),
            "Owner" => Some("owner"),
            "Deadline" | "Due" | "Milestone" | "Last update" => Some("due"),
            "RAG" | "Status" | "From" | "To" | "Moved" | "Field" => Some("short"),
            _ => None,
        }
    }

    fn class(&self) -> Option<&'static str> {
        if self.is_number { Some("n") } else { self.width() }
    }

    pub(super) fn text(text: &str) -> Self {
        Self { text: text.to_owned(), is_number: false, swatch: None }
    }

    pub(super) fn number(text: &str) -> Self {
        Self { text: text.to_owned(), is_number: true, swatch: None }
    }
}

/// A row: the first cell says what it is of.
#[derive(Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) is_sum: bool,
    /// Whether it is of a part, which counts leave out.
    pub(super) is_part: bool,
}

impl Row {
    pub(super) fn of(cells: Vec<Cell>) -> Self {
        Self { cells, ..Self::default() }
    }

    /// A row of a recommendation, or of a part of one.
    pub(super) fn about(r: &Recommendation, cells: Vec<Cell>) -> Self {
        Self { is_part: r.parent.is_some(), ..Self::of(cells) }
    }
}

/// How many rows there are, and how many of them are of parts, which counts leave out: "3, and 1 part".
pub(super) fn how_many(rows: &[Row]) -> String {
    let parts = rows.iter().filter(|row| row.is_part).count();
    match parts {
        0 => thousands(rows.len()),
        parts => format!("{}, and {}", thousands(rows.len() - parts), count(parts, "part", "parts")),
    }
}

/// The same of rows of which a recommendation may have several, as it has milestones: "3, and 2 of parts".
pub(super) fn how_many_of(rows: &[Row]) -> String {
    let parts = rows.iter().filter(|row| row.is_part).count();
    match parts {
        0 => thousands(rows.len()),
        parts => format!("{}, and {} of parts", thousands(rows.len() - parts), thousands(parts)),
    }
}

/// How a table shows that there is nothing to count.
const NOTHING: &str = "·";

/// A cell.
#[derive(Default, Template)]
#[template(path = "cell.html")]
pub(super) struct Cell {
    pub(super) text: String,
    /// The names of which it is a list.
    pub(super) names: Vec<String>,
    /// What is said after it, more quietly.
    pub(super) aside: Option<String>,
    /// Where it leads to in the page.
    pub(super) link: Option<String>,
    /// What it is drawn with.
    pub(super) swatch: Option<String>,
    pub(super) is_number: bool,
    pub(super) is_bad: bool,
    /// Whether it is kept on one line.
    pub(super) is_whole: bool,
    /// A bar, of which the other cells have the numbers.
    pub(super) bar: Option<Html>,
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A list of names.
    pub(super) fn names(names: Vec<String>) -> Self {
        Self { text: names.join(", "), names, ..Self::default() }
    }

    /// A number; nothing is a dot where a table is text.
    pub(super) fn number(n: usize) -> Self {
        let text = if n == 0 { NOTHING.to_owned() } else { crate::wording::thousands(n) };
        Self { text, is_number: true, ..Self::default() }
    }

    pub(super) fn aside(self, aside: impl Into<String>) -> Self {
        Self { aside: Some(aside.into()).filter(|aside| !aside.is_empty()), ..self }
    }

    pub(super) fn bad(self, is_bad: bool) -> Self {
        Self { is_bad, ..self }
    }

    pub(super) fn whole(self) -> Self {
        Self { is_whole: true, ..self }
    }

    pub(super) fn swatch(self, swatch: impl Into<String>) -> Self {
        Self { swatch: Some(swatch.into()), ..self }
    }

    pub(super) fn link(self, anchor: &str) -> Self {
        Self { link: Some(format!("#{anchor}")), ..self }
    }

    /// Whether it counts nothing.
    fn is_zero(&self) -> bool {
        self.is_number && self.text == NOTHING
    }

    fn class(&self) -> Option<String> {
        let classes = [
            (self.is_number, "n"),
            (self.is_zero(), "z"),
            (self.is_bad, "bad"),
            (self.bar.is_some(), "b"),
            (self.is_whole, "w"),
        ];
        let classes: Vec<&str> = classes.into_iter().filter_map(|(is, class)| is.then_some(class)).collect();
        Some(classes.join(" ")).filter(|classes| !classes.is_empty())
    }

    /// Its text, as it fits a column. A dot is read out as such, or not at all: nothing is a 0, in a pale tone.
    fn text_html(&self) -> Html {
        if self.is_zero() {
            return Html::of_text("0");
        }
        let mut names = self.names.iter().map(|name| isolated(name, Html::of_narrow_text(name)));
        match names.next() {
            Some(first) => names.fold(first, |told, name| told.and(&Html::of_text(", ")).and(&name)),
            None => isolated(&self.text, Html::of_narrow_text(&self.text)),
        }
    }

    /// What is said after it, likewise.
    fn aside_html(&self) -> Html {
        self.aside.as_deref().map(|aside| pieces(aside, Html::of_narrow_text)).unwrap_or_default()
    }

    /// The cell as one text.
    pub(super) fn line(&self) -> String {
        match &self.aside {
            Some(aside) if self.text.is_empty() => aside.clone(),
            Some(aside) => format!("{} ({aside})", self.text),
            None => self.text.clone(),
        }
    }
}

/// A recommendation.
#[derive(Template)]
#[template(path = "entry.html")]
pub(super) struct Entry {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) title: String,
    /// The names and values that say how it stands.
    pub(super) facts: Vec<(String, Vec<Cell>)>,
    /// What else is known of it.
    pub(super) more: Vec<(String, Vec<Cell>)>,
    /// What it says, in CommonMark.
    pub(super) text: String,
    pub(super) lists: Vec<List>,
    /// By what it is filtered: its owners, its RAG and its status by their places in the page's lists, and what
    /// is true of it.
    pub(super) owners: String,
    pub(super) rag: usize,
    pub(super) status: usize,
    pub(super) marks: String,
}

impl Entry {
    fn text_html(&self) -> Html {
        prose::html(&self.text)
    }

    fn id_html(&self) -> Html {
        isolated(&self.id, Html::of_text(&self.id))
    }

    fn title_html(&self) -> Html {
        isolated(&self.title, Html::of_text(&self.title))
    }
}

/// Things of one kind that belong to a recommendation.
pub(super) struct List {
    pub(super) heading: String,
    pub(super) items: Vec<Item>,
}

/// One of them: a line, and the prose below it.
pub(super) struct Item {
    /// What is said first: a date, a title, a name.
    pub(super) lead: String,
    pub(super) link: Option<String>,
    pub(super) swatch: Option<String>,
    /// What follows on its line.
    pub(super) said: String,
    pub(super) is_bad: bool,
    pub(super) prose: Option<String>,
}

impl Item {
    /// Whether there is anything on its line.
    fn has_line(&self) -> bool {
        !(self.lead.is_empty() && self.said.is_empty())
    }

    fn lead_html(&self) -> Html {
        isolated(&self.lead, Html::of_text(&self.lead))
    }

    fn said_html(&self) -> Html {
        pieces(&self.said, Html::of_text)
    }

    fn prose_html(&self) -> Html {
        self.prose.as_deref().map(prose::html).unwrap_or_default()
    }
}

/// The plan's words and what they mean.
pub(super) struct Meaning {
    pub(super) name: String,
    pub(super) swatch: Option<String>,
    pub(super) meaning: String,
}
