//! The flags that say which recommendations are meant.

use super::complete;
use crate::model::Phase;
use crate::query::{Filter, Mark};
use crate::visible::{describe, is_hidden};
use crate::wording::day;
use anyhow::{Result, bail};
use chrono::{Days, Months, NaiveDate};
use clap::{Args, ValueEnum};

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Which (values of one flag: any of them; several flags: all of them)")]
pub(super) struct FilterArgs {
    /// Owned by NAME or an alias of it: alone, jointly, or through a collective
    #[arg(short, long, value_name = "NAME", add = complete::owners())]
    owner: Vec<String>,
    /// With --owner: owned by nobody else
    #[arg(long, requires = "owner")]
    sole: bool,
    /// Reported with this status; "not reported" for none
    #[arg(short, long, value_name = "STATUS", add = complete::statuses_asked())]
    status: Vec<String>,
    /// Reported at this RAG level; "not rated" for none
    #[arg(short, long, value_name = "LEVEL", add = complete::rags_asked())]
    rag: Vec<String>,
    /// Implied to be at this RAG level by its dates and status
    #[arg(long, value_name = "LEVEL", add = complete::rags())]
    implied_rag: Vec<String>,
    /// In this phase
    #[arg(long, value_name = "PHASE")]
    phase: Vec<PhaseArg>,
    /// Due before DATE
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    due_before: Option<NaiveDate>,
    /// Due after DATE
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    due_after: Option<NaiveDate>,
    /// Open, and due from today within a TIME such as 30d, 6w, 3m, 1y
    #[arg(long, value_name = "TIME", value_parser = parse_span)]
    due_within: Option<Span>,
    /// Open, and past its due date
    #[arg(long)]
    overdue: bool,
    /// Open, and past the date that it was first due, before any extension
    #[arg(long)]
    past_original: bool,
    /// With an open milestone past its date; not of what is dropped or held elsewhere
    #[arg(long)]
    milestone_missed: bool,
    /// Open, not overdue, and due within the days that the plan's policy calls soon
    #[arg(long)]
    due_soon: bool,
    /// With a deadline that gives no date
    #[arg(long)]
    undated: bool,
    /// With neither deadline nor milestone
    #[arg(long)]
    no_deadline: bool,
    /// Without a RAG, and not held elsewhere
    #[arg(long)]
    unrated: bool,
    /// Open, and last updated longer ago than the plan's policy allows
    #[arg(long)]
    stale: bool,
    /// Open, and without any update
    #[arg(long)]
    never_updated: bool,
    /// Open, with updates of which none has a date
    #[arg(long)]
    updates_undated: bool,
    /// Of this theme
    #[arg(long, value_name = "THEME", add = complete::themes())]
    theme: Vec<String>,
    /// With TEXT anywhere in its prose or custom values, in any case
    #[arg(short, long, value_name = "TEXT")]
    text: Vec<String>,
    /// With this id: 7, or plan:7
    #[arg(long, value_name = "ID", add = complete::ids())]
    id: Vec<String>,
    /// In this plan
    #[arg(short, long, value_name = "PLAN", add = complete::plans())]
    plan: Vec<String>,
}

/// The flags that say which recommendations are meant whenever one looks: what hangs on no day.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Which (values of one flag: any of them; several flags: all of them)")]
pub(super) struct WhichArgs {
    /// Owned by NAME or an alias of it: alone, jointly, or through a collective
    #[arg(short, long, value_name = "NAME", add = complete::owners())]
    owner: Vec<String>,
    /// With --owner: owned by nobody else
    #[arg(long, requires = "owner")]
    sole: bool,
    /// Of this theme
    #[arg(long, value_name = "THEME", add = complete::themes())]
    theme: Vec<String>,
    /// With this id: 7, or plan:7
    #[arg(long, value_name = "ID", add = complete::ids())]
    id: Vec<String>,
    /// In this plan
    #[arg(short, long, value_name = "PLAN", add = complete::plans())]
    plan: Vec<String>,
}

impl WhichArgs {
    /// The filter.
    pub(super) fn resolve(&self) -> Filter {
        let Self { owner, sole, theme, id, plan } = self;
        let trimmed = |texts: &[String]| texts.iter().map(|t| t.trim().to_owned()).collect::<Vec<_>>();
        Filter {
            owners: trimmed(owner),
            sole: *sole,
            themes: trimmed(theme),
            ids: trimmed(id),
            plans: trimmed(plan),
            ..Filter::default()
        }
    }

    /// Whether some recommendations of the plans that are meant are not.
    pub(super) fn narrows(&self) -> bool {
        let Self { owner, theme, id, .. } = self;
        [owner, theme, id].iter().any(|list| !list.is_empty())
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PhaseArg {
    /// Still to be done
    Open,
    /// Done
    Done,
    /// No longer pursued
    Dropped,
    /// Reported by another body
    Elsewhere,
}

impl FilterArgs {
    /// The filter, on a day.
    pub(super) fn resolve(&self, today: NaiveDate) -> Result<Filter> {
        if let (Some(before), Some(after)) = (self.due_before, self.due_after)
            && after >= before
        {
            bail!("nothing is due before {before} and after {after}");
        }
        let phase = |p: &PhaseArg| match p {
            PhaseArg::Open => Phase::Open,
            PhaseArg::Done => Phase::Done,
            PhaseArg::Dropped => Phase::Dropped,
            PhaseArg::Elsewhere => Phase::Elsewhere,
        };
        let trimmed = |texts: &[String]| texts.iter().map(|t| t.trim().to_owned()).collect::<Vec<_>>();
        Ok(Filter {
            owners: trimmed(&self.owner),
            sole: self.sole,
            statuses: trimmed(&self.status),
            rags: trimmed(&self.rag),
            implied_rags: trimmed(&self.implied_rag),
            phases: self.phase.iter().map(phase).collect(),
            themes: trimmed(&self.theme),
            texts: self.text.clone(),
            ids: trimmed(&self.id),
            plans: trimmed(&self.plan),
            due_before: self.due_before,
            due_after: self.due_after,
            due_until: self.due_within.map(|span| span.after(today)),
            marks: self.marks(),
        })
    }

    /// Whether anything is left out.
    pub(super) fn is_empty(&self) -> bool {
        let Self { owner, status, rag, implied_rag, theme, text, id, plan, .. } = self;
        let Self { phase, due_before, due_after, due_within, .. } = self;
        [owner, status, rag, implied_rag, theme, text, id, plan].iter().all(|list| list.is_empty())
            && phase.is_empty()
            && self.marks().is_empty()
            && due_before.is_none()
            && due_after.is_none()
            && due_within.is_none()
    }

    /// The owners that are asked for, as they were written.
    pub(super) fn owners(&self) -> impl Iterator<Item = &str> {
        self.owner.iter().map(String::as_str)
    }

    /// What is asked for of recommendations, in words: "owner NPCC", "overdue". Which plans they are of is none of it: a
    /// page has those by their titles.
    pub(super) fn told(&self, today: NaiveDate) -> Vec<String> {
        let mut told = Vec::new();
        let lists = [
            (if self.sole { "sole owner" } else { "owner" }, &self.owner),
            ("status", &self.status),
            ("RAG", &self.rag),
            ("implied RAG", &self.implied_rag),
            ("theme", &self.theme),
            ("with the words", &self.text),
            ("id", &self.id),
        ];
        let listed = lists.into_iter().filter(|(_, list)| !list.is_empty());
        told.extend(listed.map(|(name, list)| format!("{name} {}", list.join(" or "))));
        let phases = self.phase.iter().filter_map(ValueEnum::to_possible_value);
        let phases: Vec<String> = phases.map(|phase| phase.get_name().to_owned()).collect();
        if !phases.is_empty() {
            told.push(format!("phase {}", phases.join(" or ")));
        }
        let until = self.due_within.map(|span| span.after(today));
        for (name, date) in [("before", self.due_before), ("after", self.due_after), ("by", until)] {
            told.extend(date.map(|date| format!("due {name} {}", day(date))));
        }
        told.extend(self.marks().into_iter().map(|mark| mark.name().to_owned()));
        told
    }

    /// Whether nothing is asked but what the public may see too: owners, RAG, status, ids and plans.
    pub(super) fn is_of_public_facts(&self) -> bool {
        let Self { implied_rag, theme, text, phase, due_before, due_after, due_within, .. } = self;
        [implied_rag, theme, text].iter().all(|list| list.is_empty())
            && phase.is_empty()
            && self.marks().is_empty()
            && due_before.is_none()
            && due_after.is_none()
            && due_within.is_none()
    }

    /// Whether what is asked for hangs on no day and on nothing that is reported, so that it can be followed back.
    pub(super) fn is_timeless(&self) -> bool {
        let Self { status, rag, text, .. } = self;
        let without_theme = Self { theme: Vec::new(), ..self.clone() };
        without_theme.is_of_public_facts() && [status, rag, text].iter().all(|list| list.is_empty())
    }

    /// Whether some recommendations of the plans that are meant are not.
    pub(super) fn narrows(&self) -> bool {
        !Self { plan: Vec::new(), ..self.clone() }.is_empty()
    }

    fn marks(&self) -> Vec<Mark> {
        let flags = [
            (self.overdue, Mark::Overdue),
            (self.past_original, Mark::PastOriginal),
            (self.milestone_missed, Mark::MilestoneMissed),
            (self.due_soon, Mark::DueSoon),
            (self.undated, Mark::Undated),
            (self.no_deadline, Mark::NoDeadline),
            (self.unrated, Mark::Unrated),
            (self.stale, Mark::Stale),
            (self.never_updated, Mark::NeverUpdated),
            (self.updates_undated, Mark::UpdatesUndated),
        ];
        flags.into_iter().filter(|(asked, _)| *asked).map(|(_, mark)| mark).collect()
    }
}

/// A span of time: days, or months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Days(u32),
    Months(u32),
}

impl Span {
    /// The day so long after another.
    pub(super) fn after(self, day: NaiveDate) -> NaiveDate {
        let after = match self {
            Self::Days(n) => day.checked_add_days(Days::new(u64::from(n))),
            Self::Months(n) => day.checked_add_months(Months::new(n)),
        };
        after.unwrap_or(NaiveDate::MAX)
    }

    /// The day so long before another.
    pub(super) fn before(self, day: NaiveDate) -> NaiveDate {
        let before = match self {
            Self::Days(n) => day.checked_sub_days(Days::new(u64::from(n))),
            Self::Months(n) => day.checked_sub_months(Months::new(n)),
        };
        before.unwrap_or(NaiveDate::MIN)
    }

    /// How many days before `day` it begins.
    pub(super) fn days_before(self, day: NaiveDate) -> Days {
        match self {
            Self::Days(n) => Days::new(u64::from(n)),
            Self::Months(_) => Days::new(u64::try_from((day - self.before(day)).num_days()).unwrap_or(0)),
        }
    }
}

/// Reads 2025-03-27.
pub(super) fn parse_day(text: &str) -> Result<NaiveDate, String> {
    crate::parse::dates::day(text)
}

/// Words on one line, which are something.
pub(super) fn parse_line(text: &str) -> Result<String, String> {
    let text = text.trim();
    let hidden = text.chars().find(|c| !matches!(c, '\n' | '\r') && (is_hidden(*c) || c.is_control()));
    match hidden {
        _ if text.is_empty() => Err("it is empty".to_owned()),
        Some(c) => Err(format!("it holds a character that does not show: {}", describe(c))),
        None if text.contains(['\n', '\r']) => Err("it is one line, and this is several".to_owned()),
        None => Ok(text.to_owned()),
    }
}

/// The same; several lines, as they are copied from elsewhere, become one.
pub(super) fn parse_folded(text: &str) -> Result<String, String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    parse_line(&lines.join(" "))
}

/// A day that may be left empty: an environment variable set to nothing says nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day(pub(super) Option<NaiveDate>);

pub(super) fn parse_as_of(text: &str) -> Result<Day, String> {
    if text.is_empty() { Ok(Day(None)) } else { parse_day(text).map(|day| Day(Some(day))) }
}

/// How many columns there are; as with [`Day`], nothing says nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns(pub(super) Option<usize>);

pub(super) fn parse_width(text: &str) -> Result<Columns, String> {
    let columns = text.trim().parse().ok().filter(|n| (20..=1000).contains(n));
    match columns {
        None if text.is_empty() => Ok(Columns(None)),
        None => Err("write a number of columns from 20 to 1000".to_owned()),
        found => Ok(Columns(found)),
    }
}

/// Reads 30d, 6w, 3m, 1y; a number alone is days.
pub(super) fn parse_span(text: &str) -> Result<Span, String> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &text[..text.len() - unit.len()];
    let wrong = || "write a time as 30d, 6w, 3m or 1y".to_owned();
    let n: u32 = number.parse().ok().filter(|n| *n <= 36_500).ok_or_else(wrong)?;
    match unit.trim() {
        "" | "d" | "day" | "days" => Ok(Span::Days(n)),
        "w" | "week" | "weeks" => Ok(Span::Days(n * 7)),
        "m" | "month" | "months" => Ok(Span::Months(n)),
        "y" | "year" | "years" => Ok(Span::Months(n * 12)),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2025, 1, 31).expect("a day");
        let after = |text: &str| parse_span(text).map(|s| s.after(day).to_string());
        assert_eq!(after("30d").as_deref(), Ok("2025-03-02"));
        assert_eq!(after("6w").as_deref(), Ok("2025-03-14"));
        assert_eq!(after("1m").as_deref(), Ok("2025-02-28"));
        assert_eq!(after("1y").as_deref(), Ok("2026-01-31"));
        assert_eq!(after("soon"), Err("write a time as 30d, 6w, 3m or 1y".to_owned()));
        assert!(parse_span("99999999999d").is_err() && parse_span("").is_err() && parse_span("-1d").is_err());
    }
}
