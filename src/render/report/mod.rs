//! A page for the board or for the public: as HTML that needs nothing but itself, and as Markdown to paste into a
//! paper.
//!
//! What a page says is made in no format first (`part`), so that both say the same. The text of a plan comes in
//! as text alone: the template escapes it, and `prose` lets only harmless elements out of CommonMark.

mod agenda;
mod chart;
mod direction;
mod entry;
mod html;
mod markdown;
mod part;
mod policy;
mod prose;
mod sections;
mod words;

pub use html::html;
pub use markdown::as_markdown;

use crate::model::{Head, Named as _, slug};
use crate::query::{By, NOT_RATED};
use crate::report::{Audience, Origin, Page};
use crate::wording::{count, day};
use part::{Entry, Meaning, Section};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

/// A few words of a plan's title, as the part of an address, with a few signs made of the whole of it and of whose plan it
/// is, so that plans whose titles are alike are told apart whichever is first.
fn short(head: &Head) -> String {
    const MOST: usize = 30;
    let slug = slug(&prose::line(&head.title)).replace('.', "-");
    let words = slug.split('-').filter(|word| !word.is_empty());
    let mut short = String::new();
    for word in words {
        if !short.is_empty() && short.len() + word.len() >= MOST {
            break;
        }
        short.extend(word.chars().take(MOST));
        short.push('-');
    }
    let whole = [head.title.as_str(), head.organisation.as_deref().unwrap_or_default()].join("\n");
    let sum = Sha256::digest(whole);
    sum.iter().take(3).for_each(|byte| short.push_str(&format!("{byte:02x}")));
    short
}

/// A name that is free: with a number behind it where the plain one is taken.
fn free(plain: &str, is_free: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|n| format!("{plain}-{n}"));
    std::iter::once(plain.to_owned()).chain(numbered).find(|name| is_free(name)).unwrap_or_default()
}

/// A page with the names by which it refers to itself.
struct Book<'a> {
    page: &'a Page,
    several: bool,
    /// What links to each recommendation lead to, by plan.
    anchors: Vec<Vec<String>>,
    /// By what the names of places in each plan's part of the page begin.
    prefixes: Vec<String>,
    /// What each plan among several is called.
    names: Vec<String>,
}

impl<'a> Book<'a> {
    fn new(page: &'a Page) -> Self {
        let several = page.chapters.len() > 1;
        let mut prefixes: Vec<String> = Vec::new();
        for chapter in &page.chapters {
            let prefix =
                free(&short(&chapter.plan.head), |prefix| !prefixes.iter().any(|other| other == prefix));
            prefixes.push(prefix);
        }
        let mut taken: HashSet<String> = HashSet::new();
        let mut anchor = |c: usize, id: &str| {
            let slug = slug(id);
            // A page and the next one lead to the same places, and so does one of several plans with a plan more.
            let plain = if several { format!("r-{}.{slug}", prefixes[c]) } else { format!("r-{slug}") };
            let anchor = free(&plain, |anchor| !taken.contains(anchor));
            taken.insert(anchor.clone());
            anchor
        };
        let chapters = page.chapters.iter().enumerate();
        let anchors = chapters
            .map(|(c, chapter)| {
                chapter.plan.recommendations.iter().map(|r| anchor(c, r.id.as_str())).collect()
            })
            .collect();
        Self { page, several, anchors, prefixes, names: names(page) }
    }

    /// What a plan among several is called.
    fn name(&self, c: usize) -> String {
        self.names[c].clone()
    }

    /// Whether a page says how a plan is rated: to the public that nothing is says nothing.
    fn is_rated(&self, c: usize) -> bool {
        let mut all = self.page.chapters[c].plan.recommendations.iter();
        self.page.audience == Audience::Internal || all.any(|r| r.rag.is_some())
    }

    fn chapter_anchor(&self, c: usize) -> String {
        format!("plan-{}", self.prefixes[c])
    }

    /// The name of a section; of one plan among several its own, and never that of a recommendation, which may be
    /// called as a section is.
    fn id(&self, section: &str, c: usize) -> String {
        if self.several { format!("plan-{}.{section}", self.prefixes[c]) } else { section.to_owned() }
    }

    /// What the page is called.
    fn title(&self) -> String {
        match self.page.chapters.as_slice() {
            [only] => prose::line(&only.plan.head.title),
            chapters => count(chapters.len(), "delivery plan", "delivery plans"),
        }
    }

    /// The sections that come first: of the one plan, or of all together.
    fn first(&self) -> Vec<Section> {
        let page = self.page;
        let only = page.chapters.first().filter(|_| !self.several);
        let mut sections = Vec::new();
        if let Some(agenda) = &page.agenda {
            sections.extend(agenda::sections(self, agenda));
        }
        sections.push(sections::standing(self, &page.counts, &page.chapters, "standing".to_owned()));
        if self.several {
            sections.push(sections::comparison(self));
        }
        // The agenda has what is late, what comes and what was not updated, by the meeting's days.
        if page.audience == Audience::Internal && page.agenda.is_none() {
            sections.extend(sections::attention(self));
        }
        if only.is_some() || page.audience == Audience::Internal {
            sections.push(sections::ratings(self, &page.counts, only, "rag".to_owned()));
        }
        if only.is_some() || page.audience == Audience::Internal {
            sections.push(sections::by_owner(self, &page.counts, only, "owners".to_owned()));
        }
        sections.extend(sections::deadlines(self));
        sections.extend(sections::over_time(self));
        if only.is_some() {
            sections.extend(sections::slips(self, 0));
            sections.extend(sections::elsewhere(self, 0));
        }
        sections
    }

    /// The sections of one plan among several.
    fn of_plan(&self, c: usize) -> Vec<Section> {
        let chapter = &self.page.chapters[c];
        let plans = std::slice::from_ref(chapter);
        let mut sections = vec![
            sections::standing(self, &chapter.counts, plans, self.id("standing", c)),
            sections::ratings(self, &chapter.counts, Some(chapter), self.id("rag", c)),
            sections::by_owner(self, &chapter.counts, Some(chapter), self.id("owners", c)),
        ];
        sections.extend(sections::slips(self, c));
        sections.extend(sections::elsewhere(self, c));
        sections
    }

    /// The recommendations of a plan.
    fn entries(&self, c: usize) -> Vec<Entry> {
        let Page { audience, today, .. } = *self.page;
        let chapter = &self.page.chapters[c];
        let is_rated = self.is_rated(c);
        let around = entry::Around { chapter, audience, today, is_rated, anchors: &self.anchors[c] };
        (0..chapter.plan.recommendations.len()).map(|n| entry::entry(&around, n)).collect()
    }

    /// What is known of a plan as a whole.
    fn about(&self, c: usize) -> Vec<(&'static str, String)> {
        let head = &self.page.chapters[c].plan.head;
        let mut about = Vec::new();
        if let Some(source) = &head.source {
            let published = head.published.map(|on| format!(", published {}", day(on))).unwrap_or_default();
            about.push(("In answer to", format!("{}{published}", prose::line(source))));
        } else if let Some(published) = head.published {
            about.push(("Published", day(published)));
        }
        for (name, value) in [("Lead", &head.lead), ("Governance", &head.governance)] {
            about.extend(value.iter().map(|value| (name, prose::line(value))));
        }
        about.extend(head.review_date.map(|date| {
            let passed = if date < self.page.today { ", which has passed" } else { "" };
            ("Review date", format!("{}{passed}", day(date)))
        }));
        about
    }

    /// The same, of what can wait until the end.
    fn more_about(&self, c: usize) -> Vec<(&'static str, String)> {
        let head = &self.page.chapters[c].plan.head;
        let mut about = Vec::new();
        if !head.priorities.is_empty() {
            let priorities: Vec<String> = head.priorities.iter().map(|p| prose::line(p)).collect();
            about.push(("Priorities", priorities.join("; ")));
        }
        about.extend(head.numbering_note.iter().map(|note| ("Numbering", prose::line(note))));
        about
    }

    /// Which recommendations a page is of, where not of all. The public is not told what was asked for: that may be a
    /// name which only those use who keep the plan.
    fn selection(&self) -> Option<String> {
        let asked: Vec<String> = self.page.asked.iter().map(|asked| prose::line(asked)).collect();
        let which = match self.page.audience {
            Audience::Internal => format!(": {}", asked.join("; ")),
            Audience::Public => String::new(),
        };
        (!asked.is_empty()).then(|| {
            format!(
                "A selection{which}. This page shows and counts only the recommendations that were asked for."
            )
        })
    }

    /// What could not be read, in words: what is in it is missing in every count.
    fn unread(&self) -> Option<String> {
        const MOST: usize = 5;
        let unread = &self.page.unread;
        let paths: Vec<String> = unread.iter().take(MOST).map(|unread| prose::line(&unread.path)).collect();
        let more = unread.len().saturating_sub(MOST);
        let more = if more > 0 { format!(" and {}", count(more, "other", "others")) } else { String::new() };
        (!unread.is_empty())
            .then(|| format!("Not in this page, for it could not be read: {}{more}.", paths.join(", ")))
    }

    /// Where the page comes from, in words.
    fn origin(&self) -> String {
        match &self.page.origin {
            Origin::Commit { short, date, changed: false } => format!("revision {short} of {}", day(*date)),
            Origin::Commit { short, date, changed: true } => {
                format!("revision {short} of {}, with changes that are not in it", day(*date))
            }
            Origin::Files => "files that are in no revision".to_owned(),
        }
    }

    /// The words of a plan that have a meaning, and what it is.
    fn meanings(&self, c: usize) -> Vec<Meaning> {
        let head = &self.page.chapters[c].plan.head;
        let rags = head.rags.iter().filter_map(|level| {
            let meaning = prose::line(level.meaning.as_deref()?);
            let swatch = words::counted(
                &crate::query::Label::Known(0, level.name().into()),
                By::Words,
                Some(&self.page.chapters[c].plan),
            );
            Some(Meaning { name: prose::line(level.name()), swatch: Some(swatch), meaning })
        });
        let statuses = head.statuses.iter().filter_map(|status| {
            let meaning = prose::line(status.meaning.as_deref()?);
            Some(Meaning { name: prose::line(status.name()), swatch: None, meaning })
        });
        rags.chain(statuses).collect()
    }

    /// What a reader must know of the counts.
    fn notes(&self) -> Vec<&'static str> {
        match self.page.audience {
            Audience::Internal => vec![
                "Overdue is what is open from the day after its deadline; where there is no dated deadline, after its latest milestone.",
                "Implied is what dates and status say by the plan's own definitions: done is met; past its deadline, or forecast after it, is missed; else what the status says. It stands beside what was reported and never in its place.",
                "Held elsewhere is what other bodies answer for and nobody reports here. It is counted in the total, and in no count of RAG, status or what is overdue.",
                "Parts of a recommendation are shown, and counted apart.",
            ],
            Audience::Public => vec![
                "A deadline has passed from the day after it. Whether a recommendation was implemented is said by its status alone.",
                "Not reported, and not rated, means that nothing was reported here; it says nothing of what was done.",
                "Parts of a recommendation are shown, and counted apart.",
            ],
        }
    }
}

/// What the plans of a page are called: by their titles. Where two have the same, by their organisations too, and by
/// their ids where that does not tell them apart either; to the public an id is not told.
fn names(page: &Page) -> Vec<String> {
    let with = |more: fn(&crate::model::Plan) -> Option<&str>| -> Vec<String> {
        let told = |chapter: &crate::report::Chapter| {
            let title = prose::line(&chapter.plan.head.title);
            let more = more(&chapter.plan).filter(|more| !more.is_empty()).map(prose::line);
            more.map_or(title.clone(), |more| format!("{title}, {more}"))
        };
        page.chapters.iter().map(told).collect()
    };
    let ways = [with(|_| None), with(|plan| plan.head.organisation.as_deref()), with(|plan| Some(plan.id()))];
    let is_alone = |names: &[String], c: usize| names.iter().filter(|name| **name == names[c]).count() == 1;
    let mut taken: Vec<String> = Vec::new();
    let name = |c: usize| {
        let alone = ways.iter().find(|names| is_alone(names, c)).map(|names| names[c].clone());
        // Of a public page nothing else tells two plans of one title apart.
        let is_free =
            |name: &String| !taken.contains(name) && !ways.iter().flatten().any(|other| other == name);
        let numbered = || (1..).map(|n| format!("{} ({n})", ways[0][c])).find(is_free).unwrap_or_default();
        let name = alone.unwrap_or_else(numbered);
        taken.push(name.clone());
        name
    };
    (0..page.chapters.len()).map(name).collect()
}

/// The words that a RAG can be filtered by, of all plans, and which of them each recommendation has; the same for
/// the status; and for owners those that have a share in it.
struct Choices {
    owners: Vec<String>,
    rags: Vec<String>,
    statuses: Vec<String>,
}

/// A name's place in a list, at whose end it is put where it is missing.
fn place(list: &mut Vec<String>, name: String) -> usize {
    list.iter().position(|other| *other == name).unwrap_or_else(|| {
        list.push(name);
        list.len() - 1
    })
}

impl Choices {
    /// The choices of a page, and what its recommendations have of them, written into these.
    fn of(page: &Page, entries: &mut [Vec<Entry>]) -> Self {
        let mut choices = Self { owners: Vec::new(), rags: Vec::new(), statuses: Vec::new() };
        for (chapter, entries) in page.chapters.iter().zip(entries) {
            let owners: Vec<usize> =
                chapter.owners.iter().map(|owner| place(&mut choices.owners, prose::line(owner))).collect();
            // In the order of the scale, whichever comes first.
            for level in &chapter.plan.head.rags {
                let is_used =
                    |r: &crate::model::Recommendation| r.rag.as_ref().is_some_and(|w| w.name() == level.name);
                if chapter.plan.recommendations.iter().any(is_used) {
                    place(&mut choices.rags, prose::line(level.name()));
                }
            }
            for status in &chapter.plan.head.statuses {
                let is_used = |r: &crate::model::Recommendation| {
                    r.status.as_ref().is_some_and(|w| w.name() == status.name)
                };
                if chapter.plan.recommendations.iter().any(is_used) {
                    place(&mut choices.statuses, prose::line(status.name()));
                }
            }
            for ((r, standing), (entry, shares)) in
                chapter.entries().zip(entries.iter_mut().zip(&chapter.shares))
            {
                let own = shares.iter().map(|share| owners[*share].to_string());
                entry.owners = own.collect::<Vec<_>>().join(" ");
                let is_elsewhere = standing.phase == crate::model::Phase::Elsewhere;
                let blank =
                    |blank: &str| if is_elsewhere { "held elsewhere".to_owned() } else { blank.to_owned() };
                let rag = r.rag.as_ref().map_or_else(|| blank(NOT_RATED), |w| prose::line(w.name()));
                let status = r
                    .status
                    .as_ref()
                    .map_or_else(|| blank(crate::query::NOT_REPORTED), |w| prose::line(w.name()));
                entry.rag = place(&mut choices.rags, rag);
                entry.status = place(&mut choices.statuses, status);
            }
        }
        choices
    }
}
