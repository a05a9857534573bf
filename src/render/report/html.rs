//! A page as HTML: one file that needs nothing else, and runs nothing but its own script.

use super::direction::{isolated, pieces};
use super::entry::SILENT;
use super::part::{Entry, Meaning, Section, Table};
use super::policy::policy;
use super::{Book, Choices, chart, prose, sections, words};
use crate::report::{Audience, Page};
use crate::wording::{count, day, thousands};
use askama::Template;
use std::fmt;

/// How a page looks.
const STYLE: &str = include_str!("page.css");
/// How it is searched and filtered.
const SCRIPT: &str = include_str!("page.js");

/// Words up to so many letters are never broken; longer than so many there are none in a language, and such are
/// broken into pieces of so many.
const SHORT: usize = 8;
const LONG: usize = 24;
const PIECE: usize = 12;

/// A page of more recommendations than these is long: a browser then lays out only what of it is seen. Others are laid
/// out whole, so that pictures of a whole page show all of it.
const LONG_PAGE: usize = 100;

/// Numbers of recommendations up to so many signs need little room; of more than the second they are broken.
const SHORT_ID: usize = 4;
const LONG_ID: usize = 13;

/// HTML in which everything is as it should be: nothing of a plan is in it that was not escaped.
#[derive(Clone, Default)]
pub(super) struct Html(String);

impl Html {
    /// What is HTML already.
    pub(super) fn new(html: String) -> Self {
        Self(html)
    }

    /// A text, escaped.
    pub(super) fn of_text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                c => html.push(c),
            }
        }
        Self(html)
    }

    /// A text for a narrow place, escaped: a browser may break it after a slash, and a word that is longer than any
    /// wherever it must; a date it may not break.
    pub(super) fn of_narrow_text(text: &str) -> Self {
        let mut html = Self::default();
        let words: Vec<&str> = text.split_inclusive(' ').collect();
        for (n, word) in words.iter().enumerate() {
            let is_in_date = is_date(words.get(n..n + 3)) || (n > 0 && is_date(words.get(n - 1..n + 2)));
            let word = if is_in_date { word.replace(' ', "\u{a0}") } else { (*word).to_owned() };
            let chars: Vec<char> = word.chars().collect();
            let is_long = chars.len() > LONG;
            for (n, c) in chars.iter().enumerate() {
                html.0.push_str(&Self::of_text(c.encode_utf8(&mut [0; 4])).0);
                let is_last = n + 1 == chars.len();
                if !is_last && ((*c == '/' && chars.len() > SHORT) || (is_long && n % PIECE == PIECE - 1)) {
                    html.0.push_str("<wbr>");
                }
            }
        }
        html
    }

    /// The one after the other.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// A picture with a name before it.
    pub(super) fn labelled(self, name: &str) -> Self {
        let name = Self::of_text(name);
        Self(format!("<div class=\"labelled\"><span>{name}</span>{self}</div>"))
    }
}

/// Whether three words are a date as the page writes it, with what may stand after its year.
fn is_date(words: Option<&[&str]>) -> bool {
    let Some([day, month, year]) = words else { return false };
    let date = format!("{day}{month}{}", year.get(..4).unwrap_or_default());
    chrono::NaiveDate::parse_from_str(&date, "%d %b %Y")
        .is_ok_and(|parsed| crate::wording::day(parsed) == date)
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// A page, as its template has it.
#[derive(Template)]
#[template(path = "page.html")]
struct Document<'a> {
    title: String,
    headline: Html,
    organisation: Option<String>,
    /// What is true of the whole page, for its style.
    classes: String,
    is_public: bool,
    selection: Option<Html>,
    as_of: String,
    origin: String,
    policy: String,
    /// The colours that are hatched where nobody reported them.
    hatched: [&'static str; 11],
    /// How far something is, of what is hatched so that it can be told without colour.
    stages: [(&'static str, &'static str); 3],
    style: Html,
    script: Html,
    about: Vec<(&'static str, Html)>,
    first: Vec<Section>,
    register: Vec<Table>,
    choices: Choices,
    /// What is true of recommendations, as they can be filtered: what a script looks for, and how it is called.
    marks: Vec<(&'static str, &'static str)>,
    /// How many recommendations there are, in words.
    shown: String,
    several: bool,
    parts: Vec<OfPlan>,
    unread: Option<String>,
    notes: &'a [&'static str],
}

/// A plan of a page.
struct OfPlan {
    anchor: String,
    title: String,
    /// What it is called among others.
    name: String,
    organisation: Option<String>,
    about: Vec<(&'static str, Html)>,
    sections: Vec<Section>,
    entries: Vec<Entry>,
    meanings: Vec<Meaning>,
    more: Vec<(&'static str, Html)>,
}

/// What is known of a plan, each as a sentence.
fn told(about: Vec<(&'static str, String)>) -> Vec<(&'static str, Html)> {
    about.into_iter().map(|(name, value)| (name, pieces(&value, Html::of_text))).collect()
}

/// A page as HTML.
///
/// # Errors
/// Where the template cannot be filled.
pub fn html(page: &Page) -> Result<String, fmt::Error> {
    let book = Book::new(page);
    let mut entries: Vec<Vec<Entry>> = (0..page.chapters.len()).map(|c| book.entries(c)).collect();
    let choices = Choices::of(page, &mut entries);
    let is_public = page.audience == Audience::Public;
    let mut marks = vec![("open", "Reported as open"), ("done", "Done"), ("dropped", "No longer pursued")];
    if is_public {
        marks.insert(1, ("overdue", "Reported as open, past the deadline"));
        marks.push((SILENT, "Nothing reported here"));
    } else {
        marks[0].1 = "Open";
        let more = [
            ("overdue", "Overdue"),
            ("soon", "Due soon"),
            ("missed", "Milestone missed"),
            ("unfresh", "Without a fresh update"),
            ("undated", "Without a date"),
        ];
        marks.splice(1..1, more);
        marks.push(("elsewhere", "Held elsewhere"));
    }
    let is_used =
        |mark: &str| entries.iter().flatten().any(|entry| entry.marks.split(' ').any(|m| m == mark));
    marks.retain(|(mark, _)| is_used(mark));
    let of_plan = |(c, entries): (usize, Vec<Entry>)| {
        let head = &page.chapters[c].plan.head;
        OfPlan {
            anchor: book.chapter_anchor(c),
            title: prose::line(&head.title),
            name: book.name(c),
            organisation: head.organisation.as_deref().map(prose::line),
            about: if book.several { told(book.about(c)) } else { Vec::new() },
            sections: if book.several { book.of_plan(c) } else { Vec::new() },
            entries,
            meanings: book.meanings(c),
            more: told(book.more_about(c)),
        }
    };
    let only = page.chapters.first().filter(|_| !book.several);
    let notes = book.notes();
    let shown: usize = entries.iter().map(Vec::len).sum();
    let of_parts = page.chapters.iter().flat_map(|chapter| &chapter.plan.recommendations);
    let parts = of_parts.filter(|r| r.parent.is_some()).count();
    let longest = entries.iter().flatten().map(|entry| entry.id.chars().count()).max().unwrap_or(0);
    let classes = [
        (!is_public, "internal"),
        (shown > LONG_PAGE, "long"),
        (longest > SHORT_ID && longest <= LONG_ID, "ids-m"),
        (longest > LONG_ID, "ids-l"),
    ];
    let classes: Vec<&str> = classes.into_iter().filter_map(|(is, class)| is.then_some(class)).collect();
    let document = Document {
        headline: isolated(&book.title(), Html::of_text(&book.title())),
        title: book.title(),
        organisation: only.and_then(|c| c.plan.head.organisation.as_deref()).map(prose::line),
        classes: classes.join(" "),
        is_public,
        selection: book.selection().map(|selection| pieces(&selection, Html::of_text)),
        as_of: day(page.today),
        origin: book.origin(),
        policy: policy(STYLE, SCRIPT),
        hatched: words::HATCHED,
        stages: chart::HATCHED,
        style: Html::new(STYLE.to_owned()),
        script: Html::new(SCRIPT.to_owned()),
        about: if only.is_some() { told(book.about(0)) } else { Vec::new() },
        first: book.first(),
        register: sections::register(&book),
        choices,
        marks,
        shown: match parts {
            0 => format!("{} shown", thousands(shown)),
            parts => {
                let whole = count(shown - parts, "recommendation", "recommendations");
                format!("{whole}, and {}, shown", count(parts, "part", "parts"))
            }
        },
        several: book.several,
        parts: entries.into_iter().enumerate().map(of_plan).collect(),
        unread: book.unread(),
        notes: &notes,
    };
    document.render().map_err(|_| fmt::Error)
}
