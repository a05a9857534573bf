//! The columns of a list: for people, and as plain values.

use super::deadline;
use super::style::Tone;
use super::table::{Cell, Fit, Heading, Rows};
use crate::model::{Deadline, Named, Phase, Word};
use crate::query::{Item, NOT_RATED, NOT_REPORTED};
use crate::visible::one_line;
use crate::wording::{count, day, days};
use chrono::NaiveDate;

macro_rules! columns {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $heading:literal, $fit:expr;)+) => {
        /// A column of a list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column { $($(#[$doc])* $variant,)+ }

        impl Column {
            /// All columns, in the order of the CSV and JSON forms.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in `--columns`, CSV and JSON.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What stands above it in a table.
            #[must_use]
            pub fn heading(self) -> Heading {
                match self {
                    $(Self::$variant => Heading { text: $heading.into(), fit: $fit, right: self.is_number() },)+
                }
            }
        }
    };
}

columns! {
    /// The plan's id.
    Plan = "plan", "Plan", Fit::AtLeast(8);
    /// The id.
    Id = "id", "Id", Fit::Whole;
    /// The number that the source printed.
    PrintedId = "printed_id", "Printed", Fit::Whole;
    /// The recommendation that it is a part of.
    Parent = "parent", "Part of", Fit::Whole;
    /// The title.
    Title = "title", "Title", Fit::Prose(18);
    /// Who answers for it.
    Owners = "owners", "Owner", Fit::AtLeast(10);
    /// The day on which it was made.
    Issued = "issued", "Issued", Fit::Whole;
    /// The deadline; in a table with how long it is overdue.
    Deadline = "deadline", "Deadline", Fit::AtLeast(16);
    /// The source's words for the deadline.
    DeadlineWording = "deadline_wording", "Deadline's wording", Fit::AtLeast(12);
    /// By when it is due.
    Due = "due", "Due", Fit::Whole;
    /// What is due first.
    NextDue = "next_due", "Next due", Fit::Whole;
    /// The date before the first extension.
    OriginalDue = "original_due", "Originally", Fit::Whole;
    /// When the owner expects it.
    Forecast = "forecast", "Forecast", Fit::AtLeast(11);
    /// Whether it is overdue.
    Overdue = "overdue", "Overdue", Fit::Whole;
    /// How many days it is overdue.
    DaysOverdue = "days_overdue", "Days over", Fit::Whole;
    /// The reported RAG; in a table with the implied.
    Rag = "rag", "RAG", Fit::AtLeast(11);
    /// The RAG that dates and status imply.
    ImpliedRag = "implied_rag", "Implied RAG", Fit::Whole;
    /// The outlook that dates and status imply.
    ImpliedOutlook = "implied_outlook", "Implied outlook", Fit::Whole;
    /// The status.
    Status = "status", "Status", Fit::AtLeast(8);
    /// How far it is.
    Phase = "phase", "Phase", Fit::Whole;
    /// Whether the owner accepts it.
    Response = "response", "Response", Fit::AtLeast(8);
    /// The day on which it was completed.
    CompletedOn = "completed_on", "Completed", Fit::Whole;
    /// The day of the last dated update.
    LastUpdate = "last_update", "Updated", Fit::Whole;
    /// How many updates it has.
    UpdatesCount = "updates_count", "Updates", Fit::Whole;
    /// What it belongs to.
    Theme = "theme", "Theme", Fit::AtLeast(8);
    /// How much it matters.
    Priority = "priority", "Priority", Fit::AtLeast(6);
    /// The file's path from the root.
    Path = "path", "File", Fit::AtLeast(20);
}

impl Column {
    /// The columns of a table where none are asked for.
    #[must_use]
    pub fn usual(several_plans: bool) -> Vec<Self> {
        let plan = several_plans.then_some(Self::Plan);
        let rest = [Self::Id, Self::Title, Self::Owners, Self::Deadline, Self::Rag, Self::Status];
        plan.into_iter().chain(rest).collect()
    }

    fn is_number(self) -> bool {
        matches!(self, Self::DaysOverdue | Self::UpdatesCount)
    }

    /// What it holds, as a plain value: dates as 2025-03-27, blanks as nothing.
    #[must_use]
    pub fn value(self, item: &Item) -> String {
        let (more, standing) = (item.more(), &item.standing);
        let iso = |date: Option<NaiveDate>| date.map(|d| d.to_string()).unwrap_or_default();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        match self {
            Self::Plan => item.plan.id.clone(),
            Self::Id => item.id.to_string(),
            Self::PrintedId => text(more.printed_id.as_ref().map(|id| id.as_str())),
            Self::Parent => text(more.parent.as_ref().map(|id| id.as_str())),
            Self::Title => item.title.to_string(),
            Self::Owners => item.owners.iter().map(Word::name).collect::<Vec<_>>().join("; "),
            Self::Issued => iso(more.issued),
            Self::Deadline => iso(item.deadline.as_ref().and_then(Deadline::date)),
            Self::DeadlineWording => text(item.deadline.as_ref().and_then(Deadline::wording)),
            Self::Due => iso(standing.due),
            Self::NextDue => iso(standing.next_due),
            Self::OriginalDue => iso(standing.original_due),
            Self::Forecast => match &more.forecast {
                Some(forecast) => forecast.date().map_or_else(|| text(forecast.wording()), |d| d.to_string()),
                None => String::new(),
            },
            Self::Overdue => standing.overdue().to_string(),
            Self::DaysOverdue => standing.days_overdue.map(|d| d.to_string()).unwrap_or_default(),
            Self::Rag => text(item.rag.as_ref().map(Word::name)),
            Self::ImpliedRag => text(standing.implied_rag.as_ref().map(|level| level.name())),
            Self::ImpliedOutlook => text(standing.implied_outlook.map(|o| o.name())),
            Self::Status => text(item.status.as_ref().map(Word::name)),
            Self::Phase => standing.phase.name().to_owned(),
            Self::Response => text(more.response.as_deref()),
            Self::CompletedOn => iso(more.completed_on),
            Self::LastUpdate => iso(standing.last_update),
            Self::UpdatesCount => more.updates_count.to_string(),
            Self::Theme => text(more.theme.as_deref()),
            Self::Priority => text(more.priority.as_deref()),
            Self::Path => more.path.clone(),
        }
    }

    /// What it says to people.
    #[must_use]
    pub fn cell(self, item: &Item) -> Cell {
        let (more, standing) = (item.more(), &item.standing);
        let human = |date: Option<NaiveDate>| Cell::new(date.map(day).unwrap_or_default());
        match self {
            Self::Id => Cell::new(one_line(item.id.as_str())).tone(Tone::Strong),
            Self::Owners => {
                Cell::new(one_line(&item.owners.iter().map(Word::name).collect::<Vec<_>>().join(", ")))
            }
            Self::Deadline => deadline_cell(item),
            Self::Rag => rag_cell(item),
            Self::Status => match (&item.status, standing.phase) {
                (Some(status), _) => Cell::new(one_line(status.name())),
                (None, Phase::Elsewhere) => Cell::new("held elsewhere").tone(Tone::Quiet),
                (None, _) => Cell::new(NOT_REPORTED).tone(Tone::Quiet),
            },
            Self::Issued => human(more.issued),
            Self::Due => human(standing.due),
            Self::NextDue => human(standing.next_due),
            Self::OriginalDue => human(standing.original_due),
            Self::Forecast => Cell::new(
                more.forecast.as_ref().map_or_else(String::new, |f| one_line(&deadline(f)).into_owned()),
            ),
            Self::CompletedOn => human(more.completed_on),
            Self::LastUpdate => human(standing.last_update),
            Self::Overdue => Cell::new(if standing.overdue() { "overdue" } else { "" }).tone(Tone::Bad),
            _ => Cell::new(one_line(&self.value(item))),
        }
    }
}

fn deadline_cell(item: &Item) -> Cell {
    let standing = &item.standing;
    let (main, milestone) = match (&item.deadline, standing.due) {
        (Some(Deadline::On(date) | Deadline::Worded { date, .. }), _) => (day(*date), None),
        (Some(Deadline::Undated { wording }), None) => {
            return Cell::new(one_line(wording)).aside("undated").tone(Tone::Quiet);
        }
        (Some(Deadline::Undated { wording }), Some(due)) => {
            (one_line(wording).into_owned(), Some(format!("milestone {}", day(due))))
        }
        (None, Some(due)) => (day(due), Some("milestone".to_owned())),
        (None, None) if standing.no_deadline => return Cell::new("no deadline").tone(Tone::Quiet),
        (None, None) => return Cell::new("milestones without a date").tone(Tone::Quiet),
    };
    let (said, tone) = match standing.days_overdue {
        Some(late) => (Some(format!("{} overdue", days(late))), Tone::Bad),
        None if standing.milestones_missed > 0 && milestone.is_some() => {
            (Some(format!("{} missed", standing.milestones_missed)), Tone::Bad)
        }
        None if standing.milestones_missed > 0 => (
            Some(count(standing.milestones_missed as usize, "milestone missed", "milestones missed")),
            Tone::Bad,
        ),
        None if standing.due_soon => (Some("due soon".to_owned()), Tone::Warn),
        None => (None, Tone::Plain),
    };
    let asides: Vec<String> = milestone.into_iter().chain(said).collect();
    let cell = Cell::new(main).tone(tone);
    if asides.is_empty() { cell } else { cell.aside(asides.join(", ")) }
}

fn rag_cell(item: &Item) -> Cell {
    let standing = &item.standing;
    let implied = standing.implied_rag.as_ref();
    match &item.rag {
        Some(rag) => {
            let cell = Cell::new(one_line(rag.name())).tone(Tone::of_rag(rag));
            match implied.filter(|level| level.name() != rag.name()) {
                Some(level) => cell.aside(format!("implied {}", one_line(level.name()))),
                None => cell,
            }
        }
        None if standing.phase == Phase::Elsewhere => Cell::new("–").tone(Tone::Quiet),
        None => match implied {
            Some(level) => Cell::new(NOT_RATED)
                .aside(format!("implied {}", one_line(level.name())))
                .tone(Tone::of_implied(level)),
            None => Cell::new(NOT_RATED).tone(Tone::Quiet),
        },
    }
}

/// Items as rows of some columns.
#[derive(Debug)]
pub struct ItemRows<'a> {
    /// The items.
    pub items: &'a [&'a Item],
    /// The columns.
    pub columns: &'a [Column],
}

impl Rows for ItemRows<'_> {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn row(&self, index: usize) -> Vec<Cell> {
        self.columns.iter().map(|c| c.cell(self.items[index])).collect()
    }
}
