//! Which recommendations are meant, in which order, and what is shown of each.

use crate::model::{
    Deadline, Id, Named, Owner, Phase, Plan, PlanPlace, RagLevel, Recommendation, Status, Visibility, Word,
    same_word, slug,
};
use crate::ownership::{self, Share};
use crate::standing::{Freshness, Standing};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::sync::Arc;

/// What is asked for: values of one kind are alternatives, kinds add up.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Owned by one of these, alone, jointly or through a collective.
    pub owners: Vec<String>,
    /// Owned by one of `owners` and nobody else.
    pub sole: bool,
    /// Reported with one of these statuses; [`NOT_REPORTED`] for none.
    pub statuses: Vec<String>,
    /// Reported at one of these RAG levels; [`NOT_RATED`] for none.
    pub rags: Vec<String>,
    /// Implied to be at one of these RAG levels.
    pub implied_rags: Vec<String>,
    /// In one of these phases.
    pub phases: Vec<Phase>,
    /// Of one of these themes.
    pub themes: Vec<String>,
    /// With one of these words in its title, text, updates or other prose, in any case.
    pub texts: Vec<String>,
    /// Of one of these ids: "7", or "plan:7".
    pub ids: Vec<String>,
    /// In one of these plans.
    pub plans: Vec<String>,
    /// Due before this day.
    pub due_before: Option<NaiveDate>,
    /// Due after this day.
    pub due_after: Option<NaiveDate>,
    /// Open, and due from today to this day.
    pub due_until: Option<NaiveDate>,
    /// Open and past its due date.
    pub overdue: bool,
    /// Open and past the date that it was first due.
    pub past_original: bool,
    /// With a deadline that gives no date.
    pub undated: bool,
    /// Not held elsewhere, and without a RAG.
    pub unrated: bool,
    /// Open, and last updated longer ago than the policy allows.
    pub stale: bool,
}

/// How a blank RAG is named, and asked for.
pub const NOT_RATED: &str = "not rated";
/// How a blank status is named, and asked for.
pub const NOT_REPORTED: &str = "not reported";

impl Filter {
    /// Whether the plan can hold what is asked for.
    #[must_use]
    pub fn wants_plan(&self, id: &str) -> bool {
        self.plans.is_empty() || self.plans.iter().any(|p| same_word(p, id))
    }

    /// Whether a recommendation of the plan, standing so on `today`, is asked for.
    #[must_use]
    pub fn matches(&self, plan: &Plan, r: &Recommendation, standing: &Standing, today: NaiveDate) -> bool {
        let any = |wanted: &[String], test: &dyn Fn(&str) -> bool| {
            wanted.is_empty() || wanted.iter().any(|w| test(w))
        };
        let open = standing.phase == Phase::Open;
        let due = |test: &dyn Fn(NaiveDate) -> bool| standing.due.is_some_and(test);
        self.wants_plan(plan.id())
            && any(&self.owners, &|o| self.owned_by(plan, r, o))
            && any(&self.statuses, &|s| is_word(r.status.as_ref(), s, NOT_REPORTED, standing.phase))
            && any(&self.rags, &|w| is_word(r.rag.as_ref(), w, NOT_RATED, standing.phase))
            && any(&self.implied_rags, &|w| {
                standing.implied_rag.as_ref().is_some_and(|l| same_word(&l.name, w))
            })
            && (self.phases.is_empty() || self.phases.contains(&standing.phase))
            && any(&self.themes, &|t| r.theme.as_deref().is_some_and(|theme| same_word(theme, t)))
            && any(&self.ids, &|id| names(plan, r, id))
            && self.due_before.is_none_or(|day| due(&|d| d < day))
            && self.due_after.is_none_or(|day| due(&|d| d > day))
            && self.due_until.is_none_or(|day| open && due(&|d| d >= today && d <= day))
            && (!self.overdue || standing.overdue())
            && (!self.past_original
                || open && standing.original_due.or(standing.due).is_some_and(|d| d < today))
            && (!self.undated || standing.undated)
            && (!self.unrated || r.rag.is_none() && standing.phase != Phase::Elsewhere)
            && (!self.stale || standing.freshness == Freshness::Stale)
            && any(&self.texts, &|text| says(r, text))
    }

    fn owned_by(&self, plan: &Plan, r: &Recommendation, owner: &str) -> bool {
        let share = ownership::find(&plan.head, owner).and_then(|o| ownership::share(&plan.head, r, &o.name));
        share.is_some_and(|s| !self.sole || s == Share::Sole)
    }
}

/// Whether a reported word is the one that is asked for. What is held elsewhere is not "not rated".
fn is_word<T: Named>(word: Option<&Word<T>>, wanted: &str, blank: &str, phase: Phase) -> bool {
    match word {
        Some(word) => same_word(word.name(), wanted),
        None => same_word(wanted, blank) && phase != Phase::Elsewhere,
    }
}

/// Whether `asked` names the recommendation: its id, or `plan:id`, in any case; else an alias, or
/// the slug that its file's name begins with. `id:22` asks for the id alone, `printed:22` for the
/// number that the source printed.
#[must_use]
pub fn names(plan: &Plan, r: &Recommendation, asked: &str) -> bool {
    let is = |text: &str| {
        let exact = same_word(r.id.as_str(), text);
        // "07" is how the file of 7 begins, unless some recommendation is numbered so.
        let other = || r.aliases.iter().any(|a| same_word(a.as_str(), text)) || slug(r.id.as_str()) == text;
        exact || (other() && plan.get(&Id::new(text)).is_none())
    };
    if let Some(printed) = asked.strip_prefix("printed:") {
        return r.printed_id.as_ref().is_some_and(|id| same_word(id.as_str(), printed));
    }
    if let Some(id) = asked.strip_prefix("id:") {
        return same_word(r.id.as_str(), id);
    }
    is(asked) || asked.split_once(':').is_some_and(|(p, id)| same_word(p, plan.id()) && is(id))
}

/// Whether the recommendation says this anywhere in its prose, in any case.
fn says(r: &Recommendation, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let maybe = |text: &Option<String>| text.as_deref().is_some_and(has);
    has(&r.title)
        || has(&r.text)
        || [&r.theme, &r.priority, &r.origin, &r.lead, &r.response, &r.mitigation].into_iter().any(maybe)
        || r.updates.iter().any(|u| maybe(&u.text) || maybe(&u.by) || maybe(&u.period))
        || r.milestones.iter().any(|m| has(&m.title))
        || r.extensions.iter().any(|e| has(&e.reason))
        || r.answers.iter().any(|a| maybe(&a.text) || maybe(&a.response))
        || r.evidence.iter().any(|e| has(&e.title) || maybe(&e.reference))
        || r.assurance.iter().any(|a| has(&a.status) || has(&a.by) || maybe(&a.note))
        || r.closure.as_ref().is_some_and(|c| maybe(&c.reason))
}

/// What a list shows of a recommendation. Kept small: a national list has a hundred thousand.
#[derive(Clone, Debug)]
pub struct Item {
    /// The plan.
    pub plan: Arc<PlanPlace>,
    /// The id.
    pub id: Id,
    /// The recommendation that it is a part of.
    pub parent: Option<Id>,
    /// The title.
    pub title: Box<str>,
    /// Who answers for it.
    pub owners: Box<[Word<Owner>]>,
    /// The reported RAG.
    pub rag: Option<Word<RagLevel>>,
    /// The place of the reported RAG in the plan's scale.
    pub rag_rank: u16,
    /// The reported status.
    pub status: Option<Word<Status>>,
    /// The place of the status in the plan's vocabulary.
    pub status_rank: u16,
    /// The deadline.
    pub deadline: Option<Deadline>,
    /// Today's view of it.
    pub standing: Standing,
    /// How many updates it has.
    pub updates_count: u32,
    /// What only some lists show.
    more: Option<Box<More>>,
}

/// How much of each recommendation a list keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What the usual table shows.
    Usual,
    /// All of it.
    Whole,
}

/// What only some lists show.
#[derive(Clone, Debug, Default)]
pub struct More {
    /// The file's path from the root.
    pub path: String,
    /// The number that the source printed.
    pub printed_id: Option<Id>,
    /// The day on which it was made.
    pub issued: Option<NaiveDate>,
    /// When the owner expects it.
    pub forecast: Option<Deadline>,
    /// Whether the owner accepts it.
    pub response: Option<Box<str>>,
    /// The day on which it was completed.
    pub completed_on: Option<NaiveDate>,
    /// What it belongs to.
    pub theme: Option<Box<str>>,
    /// How much it matters.
    pub priority: Option<Box<str>>,
    /// Columns that have no key, if there are any.
    pub custom: Option<Box<toml::Table>>,
}

static NOTHING: std::sync::LazyLock<More> = std::sync::LazyLock::new(More::default);

impl Item {
    /// What a list shows of `r`.
    #[must_use]
    pub fn new(plan: &Plan, r: &Recommendation, standing: Standing, detail: Detail) -> Self {
        let more = (detail == Detail::Whole).then(|| {
            let completed_on = r.closure.as_ref().and_then(|c| c.on);
            Box::new(More {
                path: crate::store::join(&plan.place.folder, &r.file),
                printed_id: r.printed_id.clone(),
                issued: r.issued,
                forecast: r.forecast.clone(),
                response: r.response.as_deref().map(Into::into),
                completed_on: completed_on.filter(|_| standing.phase == Phase::Done),
                theme: r.theme.as_deref().map(Into::into),
                priority: r.priority.as_deref().map(Into::into),
                custom: (!r.custom.is_empty()).then(|| Box::new(r.custom.clone())),
            })
        });
        Self {
            plan: Arc::clone(&plan.place),
            id: r.id.clone(),
            parent: r.parent.clone(),
            title: r.title.as_str().into(),
            owners: r.owners.clone().into_boxed_slice(),
            rag_rank: rank(&plan.head.rags, r.rag.as_ref(), standing.phase),
            rag: r.rag.clone(),
            status_rank: rank(&plan.head.statuses, r.status.as_ref(), standing.phase),
            status: r.status.clone(),
            deadline: r.deadline.clone(),
            standing,
            updates_count: u32::try_from(r.updates.len()).unwrap_or(u32::MAX),
            more,
        }
    }

    /// What only some lists show: nothing, where the item was made for the usual table.
    #[must_use]
    pub fn more(&self) -> &More {
        self.more.as_deref().unwrap_or(&NOTHING)
    }
}

/// A word's place in its vocabulary: unregistered words after the registered, then blanks, and last
/// what is held elsewhere.
fn rank<T: Named>(vocabulary: &[Arc<T>], word: Option<&Word<T>>, phase: Phase) -> u16 {
    let place = match word {
        None if phase == Phase::Elsewhere => return u16::MAX,
        None => return u16::MAX - 1,
        Some(Word::Unregistered(_)) => vocabulary.len(),
        Some(Word::Known { word, .. }) => {
            vocabulary.iter().position(|w| Arc::ptr_eq(w, word)).unwrap_or(vocabulary.len())
        }
    };
    u16::try_from(place).unwrap_or(u16::MAX - 2)
}

/// A recommendation with what its plan adds to it.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// How it stands.
    pub item: &'a Item,
    /// What its file says.
    pub recommendation: &'a Recommendation,
    /// The ids of its parts.
    pub parts: &'a [String],
    /// What an unmarked update or item of evidence is.
    pub visibility: Visibility,
    /// The file's path, as one would type it.
    pub path: &'a str,
    /// The day.
    pub today: NaiveDate,
}

/// What a list is sorted by. Ties are broken by plan and id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortKey {
    /// The plan, then the id.
    #[default]
    Id,
    /// The title.
    Title,
    /// The first owner.
    Owner,
    /// The due date; without one last.
    Deadline,
    /// The reported RAG, in the order of the scale; not rated last.
    Rag,
    /// The implied RAG's outlook, the worst first; none last.
    Implied,
    /// The status, in the plan's order; not reported last.
    Status,
    /// The theme; without one last.
    Theme,
    /// The last dated update, the oldest first; without one first.
    Updated,
}

/// Sorts a list.
pub fn sort(items: &mut [&Item], key: SortKey, reverse: bool) {
    let last = |date: Option<NaiveDate>| date.unwrap_or(NaiveDate::MAX);
    let lower = |text: &str| text.to_lowercase();
    items.sort_by(|a, b| {
        let by_key = match key {
            SortKey::Id => Ordering::Equal,
            SortKey::Title => lower(&a.title).cmp(&lower(&b.title)),
            SortKey::Owner => {
                let first = |i: &Item| i.owners.first().map(|o| lower(o.name()));
                first(a).cmp(&first(b))
            }
            SortKey::Deadline => last(a.standing.due).cmp(&last(b.standing.due)),
            SortKey::Rag => a.rag_rank.cmp(&b.rag_rank),
            SortKey::Implied => {
                let worst_first = |i: &Item| i.standing.implied_outlook.map_or(u8::MAX, |o| o as u8);
                worst_first(a).cmp(&worst_first(b))
            }
            SortKey::Status => a.status_rank.cmp(&b.status_rank),
            SortKey::Theme => {
                let theme =
                    |i: &Item| i.more().theme.as_deref().map_or((1, String::new()), |t| (0, lower(t)));
                theme(a).cmp(&theme(b))
            }
            SortKey::Updated => a.standing.last_update.cmp(&b.standing.last_update),
        };
        by_key.then_with(|| a.plan.id.cmp(&b.plan.id)).then_with(|| a.id.cmp(&b.id))
    });
    if reverse {
        items.reverse();
    }
}

/// What a list is grouped by, and a summary broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKey {
    /// Each owner, with what it owns alone, jointly and through a collective.
    Owner,
    /// The status.
    Status,
    /// The reported RAG.
    Rag,
    /// The theme.
    Theme,
    /// The plan.
    Plan,
    /// The whole recommendation, with its parts.
    Id,
    /// The phase.
    Phase,
}

impl GroupKey {
    /// Its name in JSON and CSV.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Status => "status",
            Self::Rag => "rag",
            Self::Theme => "theme",
            Self::Plan => "plan",
            Self::Id => "id",
            Self::Phase => "phase",
        }
    }
}

/// How many of the items stand how: what a list says below its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items that are no part of another.
    pub whole: usize,
    /// Parts; they count in nothing else but the number that follows.
    pub parts: usize,
    /// Parts that are overdue.
    pub parts_overdue: usize,
    /// Overdue.
    pub overdue: usize,
    /// With a deadline that gives no date.
    pub undated: usize,
    /// With neither deadline nor milestone.
    pub no_deadline: usize,
    /// Not held elsewhere, and without a RAG.
    pub not_rated: usize,
    /// Held elsewhere.
    pub elsewhere: usize,
}

/// Counts what a list shows.
#[must_use]
pub fn tally(items: &[&Item]) -> Tally {
    let mut tally = Tally::default();
    for item in items {
        let standing = &item.standing;
        if item.parent.is_some() {
            tally.parts += 1;
            tally.parts_overdue += usize::from(standing.overdue());
            continue;
        }
        tally.whole += 1;
        tally.overdue += usize::from(standing.overdue());
        tally.undated += usize::from(standing.undated);
        tally.no_deadline += usize::from(standing.no_deadline);
        tally.elsewhere += usize::from(standing.phase == Phase::Elsewhere);
        tally.not_rated += usize::from(item.rag.is_none() && standing.phase != Phase::Elsewhere);
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::example;
    use crate::store::Content;
    use proptest::prelude::*;

    const HEAD: &str = "answers_for = [\"Chief Constables\"]\ntitle = \"x\"\n[[owner]]\nname = \"Chief Constables\"\n\
                        member_of = [\"Everybody\"]\n[[owner]]\nname = \"OPCC\"\n[[owner]]\nname = \"Everybody\"\n\
                        [[rag]]\nname = \"Red\"\noutlook = \"miss\"\n[[status]]\nname = \"Complete\"\nphase = \"done\"\n";

    fn plan() -> Plan {
        let file = |id: &str, lines: &str| {
            Content::Text(format!("id = \"{id}\"\ntitle = \"T{id}\"\ntext = \"x\"\n{lines}\n").leak())
        };
        example::plan(&[
            ("plan.toml", Content::Text(HEAD)),
            ("01-a.toml", file("1", "owners = [\"Chief Constables\"]\ndeadline = 2025-03-27")),
            ("02-b.toml", file("2", "owners = [\"OPCC\"]\ndeadline = 2025-03-27\naliases = [\"07\"]")),
            (
                "03-c.toml",
                file("3", "owners = [\"OPCC\", \"Chief Constables\"]\nrag = \"Red\"\nprinted_id = \"9\""),
            ),
            ("04-d.toml", file("4", "owners = [\"Everybody\"]\nstatus = \"Complete\"\ntheme = \"Ä\"")),
            ("05-e.toml", file("5", "owners = [\"Everybody\"]\ndeadline = { wording = \"soon\" }")),
            (
                "07-f.toml",
                file(
                    "7",
                    "owners = [\"OPCC\"]\n[[extension]]\nfrom = 2025-01-01\nto = 2025-09-01\nreason = \"r\"",
                ),
            ),
        ])
        .expect("the plan can be read")
    }

    fn ids(plan: &Plan, filter: &Filter) -> Vec<String> {
        let today = example::TODAY;
        let matching = plan.recommendations.iter().filter(|r| {
            let standing = Standing::on(plan, r, today);
            filter.matches(plan, r, &standing, today)
        });
        matching.map(|r| r.id.to_string()).collect()
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn owners_are_found_alone_jointly_and_through_a_collective() {
        let plan = plan();
        let owned =
            |owner: &str, sole| ids(&plan, &Filter { owners: texts(&[owner]), sole, ..Filter::default() });
        assert_eq!(owned("chief constables", false), ["1", "3", "4", "5"]);
        assert_eq!(owned("Chief Constables", true), ["1"]);
        assert_eq!(owned("Everybody", true), ["4", "5"]);
    }

    #[test]
    fn an_id_goes_before_an_alias_and_a_file_s_number() {
        let plan = plan();
        let asked = |id: &str| ids(&plan, &Filter { ids: texts(&[id]), ..Filter::default() });
        assert_eq!(asked("7"), ["7"]);
        assert_eq!(asked("07"), ["2", "7"]);
        assert_eq!(asked("01"), ["1"]);
        assert_eq!(asked("example:3"), ["3"]);
        assert_eq!((asked("printed:9"), asked("id:9")), (vec!["3".to_owned()], Vec::new()));
        assert!(asked("other:3").is_empty());
    }

    #[test]
    fn words_are_found_in_any_case_also_beyond_ascii() {
        let plan = plan();
        assert_eq!(ids(&plan, &Filter { themes: texts(&["ä"]), ..Filter::default() }), ["4"]);
        assert_eq!(ids(&plan, &Filter { texts: texts(&["t3", "t1"]), ..Filter::default() }), ["1", "3"]);
        assert_eq!(ids(&plan, &Filter { rags: texts(&[NOT_RATED]), ..Filter::default() }), ["1", "4", "5"]);
    }

    fn any_filter() -> impl Strategy<Value = Filter> {
        let owners = proptest::sample::subsequence(vec!["OPCC", "Everybody", "Chief Constables"], 0..3);
        let flags = any::<[bool; 5]>();
        (owners, flags, any::<Option<bool>>()).prop_map(
            |(owners, [sole, overdue, undated, unrated, done], before)| Filter {
                owners: texts(&owners),
                sole,
                overdue,
                undated,
                unrated,
                phases: if done { vec![Phase::Done, Phase::Open] } else { Vec::new() },
                due_before: before.map(|b| if b { example::TODAY } else { NaiveDate::MIN }),
                ..Filter::default()
            },
        )
    }

    proptest! {
        /// Several flags together find what each of them finds: their order cannot matter.
        #[test]
        fn filters_add_up(a in any_filter(), overdue in any::<bool>(), unrated in any::<bool>()) {
            let plan = plan();
            let both = Filter { overdue: a.overdue || overdue, unrated: a.unrated || unrated, ..a.clone() };
            let other = Filter { overdue, unrated, ..Filter::default() };
            let of_other = ids(&plan, &other);
            let expected: Vec<String> = ids(&plan, &a).into_iter().filter(|id| of_other.contains(id)).collect();
            prop_assert_eq!(ids(&plan, &both), expected);
        }

        #[test]
        fn a_list_sorted_backwards_is_the_list_reversed(key in proptest::sample::select(vec![
            SortKey::Id, SortKey::Title, SortKey::Owner, SortKey::Deadline, SortKey::Rag, SortKey::Implied,
            SortKey::Status, SortKey::Theme, SortKey::Updated,
        ])) {
            let plan = plan();
            let item = |r| Item::new(&plan, r, Standing::on(&plan, r, example::TODAY), Detail::Usual);
            let items: Vec<Item> = plan.recommendations.iter().map(item).collect();
            let mut forwards: Vec<&Item> = items.iter().collect();
            let mut backwards = forwards.clone();
            sort(&mut forwards, key, false);
            sort(&mut backwards, key, true);
            let ids = |items: &[&Item]| items.iter().map(|i| i.id.to_string()).collect::<Vec<_>>();
            let mut reversed = ids(&backwards);
            reversed.reverse();
            prop_assert_eq!(ids(&forwards), reversed);
        }
    }
}
