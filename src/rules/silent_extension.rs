//! `silent-extension`: a due date moved, and no new extension says why.

use super::{Base, Breach, Check, Context, Group, Place, Rule, day, days, quoted, when};
use crate::diagnostic::Severity;
use crate::model::{Deadline, Extension, Milestone, Recommendation};
use crate::standing;
use crate::store::Content::Text;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, VecDeque};

pub(super) static RULE: Rule = Rule {
    name: "silent-extension",
    group: Group::Review,
    level: Severity::Error,
    summary: "Whenever a due date moves, a new [[extension]] says why.",
    why: "A deadline that is overwritten slips without a trace: the work looks on time, and nobody can say \
          how late it really is. That holds for the date of a recommendation and of each milestone, for one \
          that moves forward as well as for one that is brought forward or taken away. A date where there \
          was none is no slip.",
    mend: "Add an [[extension]] below those that stand there, `from` the date that was `to` the date that \
           is, with its `reason` and who approved it; for a milestone, with its title as `milestone`. If the \
           date was not meant to move, put it back.",
    before: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-03-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    good: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[extension]]
from = 2025-03-27
to = 2025-09-27
on = 2025-03-20
reason = "The supplier delivers the search in summer."
approved_by = "Vulnerability Board"

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    needs: &["deadline", "milestone", "extension"],
    check: Check::Review(check),
};

fn check(context: &Context<'_>, base: &Base) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (then, now) in base.pairs(context.plan) {
        let (new, edited) = new_extensions(then, now);
        let moves = Moves { then, now, heirs: heirs(then, now), new, edited };
        breaches.extend(moves.of_due());
        breaches.extend(moves.of_milestones());
    }
    breaches
}

/// A recommendation as it was and as it is.
struct Moves<'a> {
    then: &'a Recommendation,
    now: &'a Recommendation,
    /// For each milestone that was, the place of what it is now.
    heirs: Vec<Option<usize>>,
    /// The extensions that are new, by the milestone that they move.
    new: BTreeMap<Option<&'a str>, Vec<&'a Extension>>,
    /// Whether one that stood is another now.
    edited: bool,
}

impl<'a> Moves<'a> {
    /// Tells that the recommendation's own due date moved.
    fn of_due(&self) -> Option<Breach> {
        let (then, now) = (self.then, self.now);
        let was = standing::due(then)?;
        let is = standing::due(now);
        if is == Some(was) || self.is_inherited() || self.is_a_milestones() {
            return None;
        }
        let gave = standing::due_milestone(then).map(|(i, _)| &then.milestones[i]);
        let gives = standing::due_milestone(now).map(|(j, _)| j);
        // Words that stand for a date are left as well as the date itself.
        let left = [Some(&Deadline::On(was)), then.deadline.as_ref(), gives.and_then(|j| self.was_due(j))];
        let date = is.map(Deadline::On);
        let reached = [date.as_ref(), now.deadline.as_ref()];
        let giver = gives.map(|j| now.milestones[j].title.as_str());
        let of = [None, giver, gave.map(|m| m.title.as_str())];
        if self.leads(&of, &left, &reached) {
            return None;
        }
        let place = match Place::of_due(now) {
            _ if is.is_none() && now.deadline.is_none() => Place::of(now).key("id"),
            place => place,
        };
        let is = reached.into_iter().flatten().next();
        Some(self.told(place, &now.id.to_string(), was, is, giver, "deadline"))
    }

    /// Whether the date is its parent's before and after: that is told of the parent.
    fn is_inherited(&self) -> bool {
        let states_none = |r: &Recommendation| r.deadline.is_none() || r.deadline_inherited;
        let (then, now) = (self.then, self.now);
        let any = then.deadline_inherited || now.deadline_inherited;
        any && states_none(then) && states_none(now) && then.parent == now.parent
    }

    /// Whether it moved with a milestone that gives the date, or gave it: that is told of the milestone.
    fn is_a_milestones(&self) -> bool {
        let moved = |i: usize, j: usize| {
            let (was, is) = (&self.then.milestones[i], &self.now.milestones[j]);
            was.due_date().is_some() && was.due_date() != is.due_date()
        };
        let gave = standing::due_milestone(self.then).map(|(i, _)| i);
        match standing::due_milestone(self.now).map(|(j, _)| j) {
            Some(j) => {
                let heir = self.heirs.iter().position(|heir| *heir == Some(j));
                heir.is_some_and(|i| moved(i, j)) || gave.is_some_and(|i| self.is_told_of(i, &moved))
            }
            None if self.now.deadline.as_ref().and_then(Deadline::date).is_some() => false,
            None => gave.is_some_and(|i| self.is_told_of(i, &moved)),
        }
    }

    /// Whether something is told of the milestone that was at this place.
    fn is_told_of(&self, i: usize, moved: &impl Fn(usize, usize) -> bool) -> bool {
        self.heirs[i].map_or(self.then.milestones[i].is_open(), |j| moved(i, j))
    }

    /// When the milestone that is now at this place was due before.
    fn was_due(&self, j: usize) -> Option<&'a Deadline> {
        let i = self.heirs.iter().position(|heir| *heir == Some(j))?;
        self.then.milestones[i].due.as_ref()
    }

    /// Tells of each milestone whose date moved.
    fn of_milestones(&self) -> Vec<Breach> {
        let mut breaches = Vec::new();
        for (was, heir) in self.then.milestones.iter().zip(&self.heirs) {
            let Some(date) = was.due_date() else { continue };
            let Some(j) = *heir else {
                // What was done is due no more.
                breaches.extend(was.is_open().then(|| self.gone(was, date)));
                continue;
            };
            let is = &self.now.milestones[j];
            // An extension of the recommendation itself speaks for what moved with it.
            let of = [Some(is.title.as_str()), Some(was.title.as_str()), None];
            if is.due_date() == Some(date) || self.leads(&of, &[was.due.as_ref()], &[is.due.as_ref()]) {
                continue;
            }
            let place = Place::of(self.now).key("milestone").nth(j);
            let place = place.key(if is.due.is_some() { "due" } else { "title" });
            let before = if is.title.trim() == was.title.trim() {
                String::new()
            } else {
                format!(" (before: {})", quoted(&was.title))
            };
            let subject = format!("{}{before} in {}", quoted(&is.title), self.now.id);
            breaches.push(self.told(place, &subject, date, is.due.as_ref(), Some(&is.title), "due"));
        }
        breaches
    }

    fn gone(&self, was: &Milestone, date: NaiveDate) -> Breach {
        let id = &self.now.id;
        let message =
            format!("{id} had a milestone {}, due on {}, which is gone", quoted(&was.title), day(date));
        Breach::new(Place::of(self.now).key("id"), message).help(
            "put it back; if it is no longer to be done, have that accepted with an [[exception]] in \
             plan.toml, in a change of its own before this one",
        )
    }

    /// Whether new extensions of one of these milestones (none: of the recommendation itself) lead, one
    /// after the other, from one of these deadlines to another.
    fn leads(&self, of: &[Option<&str>], from: &[Option<&Deadline>], to: &[Option<&Deadline>]) -> bool {
        of.iter().filter_map(|milestone| self.new.get(milestone)).any(|extensions| {
            let mut reached: Option<&Deadline> = None;
            for extension in extensions {
                let fits = match reached {
                    Some(reached) => reached.is_same(&extension.from),
                    None => from.iter().flatten().any(|from| from.is_same(&extension.from)),
                };
                if fits {
                    reached = Some(&extension.to);
                }
            }
            reached.is_some_and(|reached| to.iter().flatten().any(|to| to.is_same(reached)))
        })
    }

    /// The breach: `subject` was due on a date, and no longer is. `milestone` is the one that gives the
    /// date now, `key` where it is written.
    fn told(
        &self,
        place: Place,
        subject: &str,
        was: NaiveDate,
        is: Option<&Deadline>,
        milestone: Option<&str>,
        key: &str,
    ) -> Breach {
        let Some(is) = is else {
            let message = format!("{subject} was due on {}, and has no date now", day(was));
            return Breach::new(place, message).help(format!(
                "put the date back; if none can be given, keep words, `{key} = {{ wording = \"...\" }}`, and say \
                 why in an [[extension]] to the same words"
            ));
        };
        let how = match is.date().map(|is| (is - was).num_days()) {
            Some(later) if later > 0 => format!(" ({} later)", days(later)),
            Some(sooner) => format!(" ({} earlier)", days(-sooner)),
            None => String::new(),
        };
        let on = if is.date().is_some() { "on " } else { "" };
        let but = if self.new.is_empty() {
            "no new [[extension]] says why"
        } else {
            "no new [[extension]] leads from the one to the other"
        };
        let message =
            format!("{subject} was due on {} and is now due {on}{}{how}, and {but}", day(was), when(is));
        let to = match is {
            Deadline::On(date) | Deadline::Worded { date, .. } => date.to_string(),
            Deadline::Undated { wording } => format!("{{ wording = {wording:?} }}"),
        };
        let of = milestone.map_or_else(String::new, |title| format!(", `milestone = {title:?}`"));
        let not_new = if self.edited { "; one that stood there and was changed is not new" } else { "" };
        Breach::new(place, message).help(format!(
            "add an [[extension]] with `from = {was}`, `to = {to}`{of} and its `reason`, or put the date \
             back{not_new}"
        ))
    }
}

/// The extensions that are new, by the milestone that they move, and whether one that stood was edited.
/// That makes none new: of what is left over on both sides, the first are the old ones.
fn new_extensions<'a>(
    then: &Recommendation,
    now: &'a Recommendation,
) -> (BTreeMap<Option<&'a str>, Vec<&'a Extension>>, bool) {
    let mut old: HashMap<&Extension, usize> = HashMap::new();
    for extension in &then.extensions {
        *old.entry(extension).or_default() += 1;
    }
    let mut edited = then.extensions.len();
    let mut others = Vec::new();
    for extension in &now.extensions {
        match old.get_mut(extension).filter(|n| **n > 0) {
            Some(n) => (*n, edited) = (*n - 1, edited - 1),
            None => others.push(extension),
        }
    }
    let mut new: BTreeMap<Option<&str>, Vec<&Extension>> = BTreeMap::new();
    for extension in others.into_iter().skip(edited) {
        new.entry(extension.milestone.as_deref()).or_default().push(extension);
    }
    (new, edited > 0)
}

/// For each milestone that was, the place of what it is now: what has its title and date, else its title,
/// else, under another title, its date; else, where there are as many as there were, its place.
fn heirs(then: &Recommendation, now: &Recommendation) -> Vec<Option<usize>> {
    let mut heirs = vec![None; then.milestones.len()];
    let mut taken = vec![false; now.milestones.len()];
    type Key<'a> = (Option<&'a str>, Option<NaiveDate>);
    let keys: [fn(&Milestone) -> Option<Key<'_>>; 3] = [
        |m| Some((Some(m.title.trim()), m.due_date())),
        |m| Some((Some(m.title.trim()), None)),
        |m| m.due_date().map(|date| (None, Some(date))),
    ];
    for key in keys {
        let mut free: HashMap<Key<'_>, VecDeque<usize>> = HashMap::new();
        for (j, milestone) in now.milestones.iter().enumerate().filter(|(j, _)| !taken[*j]) {
            if let Some(key) = key(milestone) {
                free.entry(key).or_default().push_back(j);
            }
        }
        for (heir, was) in heirs.iter_mut().zip(&then.milestones).filter(|(heir, _)| heir.is_none()) {
            *heir = key(was).and_then(|key| free.get_mut(&key)?.pop_front());
            if let Some(j) = *heir {
                taken[j] = true;
            }
        }
    }
    if heirs.len() == taken.len() {
        let places = heirs.iter_mut().zip(&then.milestones).zip(taken).enumerate();
        for (i, ((heir, was), taken)) in places {
            // One that was done may well have made room for another.
            if heir.is_none() && !taken && was.is_open() {
                *heir = Some(i);
            }
        }
    }
    heirs
}

#[cfg(test)]
mod tests;
