//! Which recommendations are meant.

use super::{Mark, NOT_RATED, NOT_REPORTED};
use crate::model::{Id, Named, Phase, Plan, Recommendation, Word, same_word, slug};
use crate::ownership::{self, Holder, Membership, Share};
use crate::standing::Standing;
use chrono::NaiveDate;

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
    /// With one of these words in its title, text, updates, other prose or custom values, in any case.
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
    /// Of which all of these are true.
    pub marks: Vec<Mark>,
}

impl Filter {
    /// Whether the plan can hold what is asked for.
    #[must_use]
    pub fn wants_plan(&self, id: &str) -> bool {
        self.plans.is_empty() || self.plans.iter().any(|p| same_word(p, id))
    }

    /// The filter on the recommendations of a plan, on a day.
    #[must_use]
    pub fn on<'a>(&'a self, plan: &'a Plan, today: NaiveDate) -> Search<'a> {
        let find = |name: &String| ownership::find(&plan.head, name);
        let owners: Vec<_> = self.owners.iter().filter_map(find).collect();
        let holders = if owners.is_empty() {
            Vec::new()
        } else {
            let membership = Membership::of(&plan.head);
            owners.into_iter().map(|owner| membership.holder(owner)).collect()
        };
        Search { filter: self, plan, today, holders }
    }
}

/// A filter on one plan and one day: what the plan says of the owners that are asked for is looked
/// up once.
#[derive(Debug)]
pub struct Search<'a> {
    filter: &'a Filter,
    plan: &'a Plan,
    today: NaiveDate,
    /// The owners asked for that the plan has.
    holders: Vec<Holder<'a>>,
}

impl Search<'_> {
    /// Whether a recommendation of the plan, standing so on the day, is asked for.
    #[must_use]
    pub fn matches(&self, r: &Recommendation, standing: &Standing) -> bool {
        let Self { filter, plan, today, .. } = self;
        let any = |wanted: &[String], test: &dyn Fn(&str) -> bool| {
            wanted.is_empty() || wanted.iter().any(|w| test(w))
        };
        let open = standing.phase == Phase::Open;
        let due = |test: &dyn Fn(NaiveDate) -> bool| standing.due.is_some_and(test);
        filter.wants_plan(plan.id())
            && self.is_owned(r)
            && any(&filter.statuses, &|s| is_word(r.status.as_ref(), s, NOT_REPORTED, standing.phase))
            && any(&filter.rags, &|w| is_word(r.rag.as_ref(), w, NOT_RATED, standing.phase))
            && any(&filter.implied_rags, &|w| {
                standing.implied_rag.as_ref().is_some_and(|l| same_word(&l.name, w))
            })
            && (filter.phases.is_empty() || filter.phases.contains(&standing.phase))
            && any(&filter.themes, &|t| r.theme.as_deref().is_some_and(|theme| same_word(theme, t)))
            && any(&filter.ids, &|id| names(plan, r, id))
            && filter.due_before.is_none_or(|day| due(&|d| d < day))
            && filter.due_after.is_none_or(|day| due(&|d| d > day))
            && filter.due_until.is_none_or(|day| open && due(&|d| d >= *today && d <= day))
            && filter.marks.iter().all(|mark| mark.is_on(r, standing, *today))
            && any(&filter.texts, &|text| says(r, text))
    }

    /// Whether one of the owners that are asked for owns it, as it is asked for.
    fn is_owned(&self, r: &Recommendation) -> bool {
        let fits = |share: Share| !self.filter.sole || share == Share::Sole;
        self.filter.owners.is_empty() || self.holders.iter().any(|h| h.share(r).is_some_and(fits))
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
    // What is said of one plan, and what is said of any.
    let of_this = asked.split_once(':').filter(|(p, _)| same_word(p, plan.id())).map(|(_, rest)| rest);
    let prefixed = |prefix: &str| {
        let rest = |text: &'_ str| text.strip_prefix(prefix).map(str::to_owned);
        rest(asked).or_else(|| of_this.and_then(rest))
    };
    if let Some(printed) = prefixed("printed:") {
        return r.printed_id.as_ref().is_some_and(|id| same_word(id.as_str(), &printed));
    }
    if let Some(id) = prefixed("id:") {
        return same_word(r.id.as_str(), &id);
    }
    is(asked) || of_this.is_some_and(is)
}

/// Whether the recommendation says this anywhere in its prose or custom values, in any case.
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
        || r.custom.values().any(|value| holds_text(value, &has))
}

/// Whether a custom value is such a text, or holds one at any depth.
fn holds_text(value: &toml::Value, is_such: &dyn Fn(&str) -> bool) -> bool {
    match value {
        toml::Value::String(text) => is_such(text),
        toml::Value::Array(values) => values.iter().any(|value| holds_text(value, is_such)),
        toml::Value::Table(table) => table.values().any(|value| holds_text(value, is_such)),
        _ => false,
    }
}
