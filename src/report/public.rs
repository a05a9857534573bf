//! What of a plan the public may see: a plan made anew from an allow-list, with nothing else in it.
//!
//! Whatever draws a public page is given this plan and never the other, so that what is internal cannot reach
//! it: its words, its counts and what is searched for in it are all made of what stands here. Every struct is
//! taken apart by name: a new key does not compile until it is said here whether the public may see it.

use crate::model::{
    Evidence, Head, Id, Milestone, Owner, Plan, PlanPlace, Policy, Publish, RagLevel, Recommendation, Status,
    Update, Visibility, Word,
};
use std::sync::{Arc, OnceLock};

/// The plan as the public may see it.
#[must_use]
pub fn plan(plan: &Plan) -> Plan {
    // The folder's name is its keeper's affair.
    let Plan { place: _, head, recommendations } = plan;
    let default = head.publish.default;
    Plan {
        place: Arc::new(PlanPlace { id: String::new(), folder: String::new() }),
        recommendations: recommendations.iter().map(|r| recommendation(r, default)).collect(),
        head: self::head(head),
    }
}

/// The same under its own name, to be searched for what the public may see: a filter that looked at more would show
/// it by what it finds.
#[must_use]
pub fn searched(plan: &Plan) -> Plan {
    Plan { place: Arc::clone(&plan.place), ..self::plan(plan) }
}

fn head(head: &Head) -> Head {
    let Head {
        title,
        organisation,
        source,
        published,
        owners,
        rags,
        statuses,
        lead: _,
        governance: _,
        review_date: _,
        priorities: _,
        answers_for: _,
        answered: _,
        covers: _,
        numbering_note: _,
        policy: _,
        levels: _,
        exceptions: _,
        publish: _,
    } = head;
    Head {
        title: title.clone(),
        organisation: organisation.clone(),
        source: source.clone(),
        published: *published,
        owners: owners.iter().map(|owner| Arc::new(self::owner(owner))).collect(),
        rags: rags.iter().map(|level| Arc::new(self::level(level))).collect(),
        statuses: statuses.iter().map(|status| Arc::new(self::status(status))).collect(),
        lead: None,
        governance: None,
        review_date: None,
        priorities: Vec::new(),
        answers_for: None,
        answered: OnceLock::new(),
        covers: None,
        numbering_note: None,
        policy: Policy::default(),
        levels: Vec::new(),
        exceptions: Vec::new(),
        publish: Publish::default(),
    }
}

fn owner(owner: &Owner) -> Owner {
    let Owner { name, aliases: _, member_of: _ } = owner;
    Owner { name: name.clone(), aliases: Vec::new(), member_of: Vec::new() }
}

/// What it means stays behind, and so does the colour that it would have by that alone.
fn level(level: &RagLevel) -> RagLevel {
    let RagLevel { name, colour, meaning: _, outlook: _ } = level;
    RagLevel { name: name.clone(), colour: *colour, meaning: None, outlook: None }
}

/// The phase is no text, and what is done is counted by it.
fn status(status: &Status) -> Status {
    let Status { name, phase, meaning: _, outlook: _ } = status;
    Status { name: name.clone(), phase: *phase, meaning: None, outlook: None }
}

/// A word by its registered name, however the file writes it.
fn word<T>(word: &Word<T>, public: impl Fn(&T) -> T) -> Word<T> {
    match word {
        Word::Known { word, written: _ } => Word::Known { word: Arc::new(public(word)), written: None },
        Word::Unregistered(text) => Word::Unregistered(text.clone()),
    }
}

fn recommendation(r: &Recommendation, default: Visibility) -> Recommendation {
    let Recommendation {
        id,
        printed_id,
        title,
        text,
        owners,
        deadline,
        rag,
        status: reported,
        milestones,
        updates,
        evidence,
        parent: part_of,
        file: _,
        aliases: _,
        theme: _,
        priority: _,
        origin: _,
        owners_inherited: _,
        lead: _,
        issued: _,
        deadline_inherited: _,
        forecast: _,
        response: _,
        mitigation: _,
        depends_on: _,
        custom: _,
        extensions: _,
        answers: _,
        assurance: _,
        closure: _,
    } = r;
    let mut public = Recommendation::new("".into(), id.clone(), title.clone(), text.clone());
    public.printed_id.clone_from(printed_id);
    public.owners = owners.iter().map(|o| word(o, owner)).collect();
    public.deadline.clone_from(deadline);
    public.rag = rag.as_ref().map(|w| word(w, level));
    public.status = reported.as_ref().map(|w| word(w, status));
    public.milestones = milestones.iter().map(milestone).collect();
    public.updates = updates.iter().filter(|u| is_public(u.visibility, default)).map(update).collect();
    public.evidence = evidence.iter().filter(|e| is_public(e.visibility, default)).map(item).collect();
    // Totals count whole recommendations, so that a part must be known as one; of what it is a part is internal.
    public.parent = part_of.as_ref().map(|_| Id::new(""));
    public
}

fn is_public(visibility: Option<Visibility>, default: Visibility) -> bool {
    visibility.unwrap_or(default) == Visibility::Public
}

/// Of a recommendation's updates and evidence, the places of those that the public may see, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Of the updates.
    pub updates: Vec<usize>,
    /// Of the evidence.
    pub evidence: Vec<usize>,
}

impl Shown {
    /// Those of a recommendation of a plan.
    #[must_use]
    pub fn of(r: &Recommendation, plan: &Plan) -> Self {
        let default = plan.head.publish.default;
        let places = |marks: Vec<Option<Visibility>>| {
            let all = marks.into_iter().enumerate();
            all.filter(|(_, mark)| is_public(*mark, default)).map(|(place, _)| place).collect()
        };
        Self {
            updates: places(r.updates.iter().map(|u| u.visibility).collect()),
            evidence: places(r.evidence.iter().map(|e| e.visibility).collect()),
        }
    }
}

fn milestone(milestone: &Milestone) -> Milestone {
    let Milestone { title, due, done } = milestone;
    Milestone { title: title.clone(), due: due.clone(), done: *done }
}

/// Who wrote it may be a person, of whom nobody asked.
fn update(update: &Update) -> Update {
    let Update { date, period, text, rag, status: reported, by: _, visibility: _ } = update;
    Update {
        date: *date,
        period: period.clone(),
        by: None,
        text: text.clone(),
        rag: rag.as_ref().map(|w| word(w, level)),
        status: reported.as_ref().map(|w| word(w, status)),
        visibility: None,
    }
}

fn item(evidence: &Evidence) -> Evidence {
    let Evidence { title, reference, visibility: _ } = evidence;
    Evidence { title: title.clone(), reference: reference.clone(), visibility: None }
}
