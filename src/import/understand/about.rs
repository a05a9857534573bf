//! What a document says about the plan itself: its title, who leads it, which board looks at it.

use super::dates;
use super::headings::plain;
use super::written::is_owner_line;
use crate::import::document::{Block, Cell, Paragraph, Row};
use chrono::NaiveDate;

/// What a document says about the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The title.
    pub title: Option<String>,
    /// Whose plan it is.
    pub organisation: Option<String>,
    /// What it answers.
    pub source: Option<String>,
    /// When that was published.
    pub published: Option<NaiveDate>,
    /// Who leads it.
    pub lead: Option<String>,
    /// Which board looks at it.
    pub governance: Option<String>,
    /// When it is looked at next.
    pub review_date: Option<NaiveDate>,
    /// What it serves.
    pub priorities: Vec<String>,
    /// What else stands beside a label: "Version", "3".
    pub others: Vec<(String, String)>,
    /// Short lines above the title, which may be priorities.
    pub above: Vec<String>,
}

/// A label of a document's head, by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Title,
    Organisation,
    Source,
    Published,
    Lead,
    Governance,
    ReviewDate,
}

const LABELS: &[(Label, &[&str])] = &[
    (Label::Title, &["title", "plan", "plan title", "name of plan"]),
    (
        Label::Organisation,
        &["organisation", "force", "police force", "council", "authority", "body", "agency", "trust"],
    ),
    (Label::Source, &["source", "report", "inspection", "inquiry", "review", "in answer to", "response to"]),
    (
        Label::Published,
        &["published", "date published", "publication date", "date of publication", "report published"],
    ),
    (
        Label::Lead,
        &[
            "lead",
            "lead officer",
            "plan lead",
            "sro",
            "senior responsible owner",
            "strategic lead",
            "owner",
            "plan owner",
        ],
    ),
    (Label::Governance, &["governance", "board", "governance board", "oversight", "reports to", "committee"]),
    (
        Label::ReviewDate,
        &["review date", "date of review", "next review", "next review date", "review", "reviewed by"],
    ),
];

fn label(text: &str) -> Option<Label> {
    let words = plain(text);
    LABELS.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(label, _)| *label)
}

/// Whether a text is a label that is known.
pub(super) fn is_label(text: &str) -> bool {
    label(text).is_some()
}

/// The labels and values of a table that says something about the plan: two cells a row, of which the first are
/// short, and two of them known.
pub(super) fn pairs(rows: &[Row]) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for row in rows {
        let said: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
        match said.as_slice() {
            [] => {}
            // A title across the table.
            [title] if pairs.is_empty() => pairs.push(("title".to_owned(), title.text())),
            [label] if label.text().len() <= 40 => pairs.push((label.text(), String::new())),
            [label, value] if label.text().len() <= 40 => pairs.push((label.text(), value.text())),
            _ => return None,
        }
    }
    let known = pairs.iter().filter(|(label, _)| self::label(label).is_some()).count();
    (known >= 2).then_some(pairs)
}

impl About {
    /// Takes what stands beside a label.
    pub(super) fn take(&mut self, name: &str, value: &str) {
        let name = name.trim().trim_end_matches(':').trim();
        if value.trim().is_empty() {
            return;
        }
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let day = || dates::whole(&value).filter(|found| !found.is_worded).map(|found| found.date);
        let place = match label(name) {
            Some(Label::Title) => &mut self.title,
            Some(Label::Organisation) => &mut self.organisation,
            Some(Label::Source) => &mut self.source,
            Some(Label::Lead) => &mut self.lead,
            Some(Label::Governance) => &mut self.governance,
            Some(Label::Published) if self.published.is_none() && day().is_some() => {
                self.published = day();
                return;
            }
            Some(Label::ReviewDate) if self.review_date.is_none() && day().is_some() => {
                self.review_date = day();
                return;
            }
            _ => return self.others.push((name.to_owned(), value)),
        };
        match place {
            None => *place = Some(value),
            Some(_) => self.others.push((name.to_owned(), value)),
        }
    }

    /// Takes what stands before the first table, and says which of it was not understood.
    pub(super) fn take_opening(&mut self, paragraphs: &[Paragraph]) -> Vec<String> {
        let mut rest: Vec<&Paragraph> = Vec::new();
        let mut in_priorities = false;
        for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.is_blank()) {
            let text = paragraph.text();
            if matches!(
                plain(&text).as_str(),
                "priorities" | "our priorities" | "force priorities" | "priority"
            ) {
                in_priorities = true;
            } else if in_priorities && paragraph.heading.is_none() && text.split(' ').count() <= 12 {
                self.priorities.push(text);
            } else if let Some((name, value)) = text.split_once(':').filter(|(name, _)| label(name).is_some())
            {
                in_priorities = false;
                self.take(name, value);
            } else {
                in_priorities = false;
                rest.push(paragraph);
            }
        }
        let title = title_of(&rest);
        self.title = title.map(|title| rest[title].text()).or(self.title.take());
        let texts: Vec<String> = rest.iter().map(|paragraph| paragraph.text()).collect();
        let (above, below) = match title {
            Some(title) => (&texts[..title], &texts[title + 1..]),
            None => (&texts[..], &[][..]),
        };
        let is_short = |text: &String| text.split(' ').count() <= 10 && !text.ends_with(['.', ':', '?']);
        if above.len() >= 2 && above.iter().all(is_short) && self.priorities.is_empty() {
            self.above = above.to_vec();
            return below.to_vec();
        }
        [above, below].concat()
    }
}

/// Whether a text says that it is the title of a plan.
pub(super) fn is_title(text: &str) -> bool {
    let words = plain(text);
    let has = |word: &str| words.split(' ').any(|other| other == word);
    text.chars().count() <= 160
        && !text.ends_with('.')
        && (has("plan") || has("tracker") || has("recommendations") || has("recommendation"))
}

/// Which of these paragraphs is the title: a heading of the first level, else one that says so, else the only one.
fn title_of(paragraphs: &[&Paragraph]) -> Option<usize> {
    let short = |p: &Paragraph| p.text().chars().count() <= 160;
    let first = |is: &dyn Fn(&Paragraph) -> bool| paragraphs.iter().position(|p| short(p) && is(p));
    first(&|p| p.heading == Some(1))
        .or_else(|| first(&|p| is_title(&p.text())))
        .or_else(|| if paragraphs.len() == 1 { first(&|_| true) } else { None })
}

/// Where the first of several sections begins within what stands before the first table: at a heading of which others of
/// its level follow, and below which nothing stands or a line that says who owns it.
pub(super) fn section(opening: &[Paragraph], blocks: &[Block]) -> Option<usize> {
    let comes_again = |level: Option<u8>| {
        blocks.iter().skip(opening.len()).any(|block| match block {
            Block::Paragraph(p) => p.heading == level,
            Block::Table(_) => false,
        })
    };
    let begins = |at: &usize| {
        let level = opening[*at].heading;
        let below = &opening[at + 1..];
        let ends = below.iter().position(|p| p.heading.is_some()).unwrap_or(below.len());
        // What another of its level follows at once is the title.
        let is_title_of = ends == 0 && below.first().is_some_and(|p| p.heading == level);
        let is_owned = below.is_empty() || below[..ends].iter().any(|p| is_owner_line(&p.text()));
        level.is_some() && !is_title_of && is_owned && comes_again(level) && !is_title(&opening[*at].text())
    };
    (0..opening.len()).find(begins)
}

/// The paragraphs that stand before the first table.
pub(super) fn opening(blocks: &[Block]) -> Vec<Paragraph> {
    let before = blocks.iter().map_while(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.clone()),
        Block::Table(_) => None,
    });
    before.collect()
}
