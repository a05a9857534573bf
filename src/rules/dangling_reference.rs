//! `dangling-reference`: something is named that is not in the plan.

use super::{Breach, Check, Context, Group, Place, Rule, numbers};
use crate::diagnostic::Severity;
use crate::model::{Id, IdRange, Recommendation};
use crate::ownership;
use crate::store::Content::Text;
use crate::suggest::nearest;
use crate::visible::one_line;
use std::collections::HashSet;

pub(super) static RULE: Rule = Rule {
    name: "dangling-reference",
    group: Group::Identity,
    level: Severity::Error,
    summary: "Every recommendation, milestone and owner that is named elsewhere is there.",
    why: "A recommendation that waits for one that does not exist waits for ever, and a part of none is \
          counted with none.",
    mend: "Correct the id or the name. If what it names is missing, add it. If it was taken out on \
           purpose, take the reference out too.",
    before: &[],
    bad: &[
        (
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
        ),
        (
            "08-publish-figures.toml",
            Text(
                r#"id = "8"
title = "Publish figures on stalking apart from harassment"
owners = ["OPCC"]
deadline = 2025-09-27
depends_on = ["17"]

text = "Publish the number of stalking crimes apart from harassment."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."
"#,
            ),
        ),
    ],
    good: &[
        (
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
        ),
        (
            "08-publish-figures.toml",
            Text(
                r#"id = "8"
title = "Publish figures on stalking apart from harassment"
owners = ["OPCC"]
deadline = 2025-09-27
depends_on = ["7"]

text = "Publish the number of stalking crimes apart from harassment."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::Content(check),
};

fn check(context: &Context<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for r in &context.plan.recommendations {
        let here = || Place::of(r);
        let parent = r.parent.iter().map(|id| (id, "parent", None));
        let waits = r.depends_on.iter().enumerate().map(|(i, id)| (id, "depends_on", Some(i)));
        let comparisons = r.depends_on.len().saturating_mul(context.plan.recommendations.len());
        for (id, key, nth) in parent.chain(waits).filter(|(id, ..)| !may_be_there(context, id)) {
            let place = here().key(key);
            let place = if let Some(i) = nth { place.nth(i) } else { place };
            breaches.push(dangling_id(context, id, place, comparisons < MANY));
        }
        // The milestone that is meant may be one that could not be read.
        if !context.gaps.doubts(context.plan, r, &["milestone"]) {
            breaches.extend(milestones(r));
        }
    }
    if !context.gaps.head_lacks("owner") {
        breaches.extend(members(context));
    }
    breaches.extend(exceptions(context));
    breaches
}

/// Whether a recommendation of that id is there, or may be in a file that could not be read.
fn may_be_there(context: &Context<'_>, id: &Id) -> bool {
    context.plan.get(id).is_some() || context.gaps.may_hold(id)
}

/// To look for the nearest of thousands for each of thousands would take minutes: from so many
/// comparisons on, none is looked for.
const MANY: usize = 100_000;

fn dangling_id(context: &Context<'_>, id: &Id, place: Place, suggest: bool) -> Breach {
    let message = format!("this plan has no recommendation {}", one_line(id.as_str()));
    let help = match suggest.then(|| meant(&context.plan.recommendations, id)).flatten() {
        Some(meant) => format!("did you mean `{}`?", one_line(meant)),
        None => "correct the id, or add the recommendation".to_owned(),
    };
    Breach::new(place, message).help(help)
}

/// The id that may be meant: of one that has the other as an alias, of the same number (7 for 07),
/// or the nearest.
fn meant<'a>(all: &'a [Recommendation], id: &Id) -> Option<&'a str> {
    let alias = all.iter().find(|r| r.aliases.contains(id));
    let number = || all.iter().find(|r| id.number().is_some() && r.id.number() == id.number());
    let found = alias.or_else(number).map(|r| r.id.as_str());
    found.or_else(|| nearest(id.as_str(), all.iter().map(|r| r.id.as_str())))
}

/// Extensions of a milestone that the recommendation does not have.
fn milestones(r: &Recommendation) -> impl Iterator<Item = Breach> {
    let titles: HashSet<&str> = r.milestones.iter().map(|m| m.title.as_str()).collect();
    let few = r.milestones.len().saturating_mul(r.extensions.len()) < MANY;
    let named = r.extensions.iter().enumerate().filter_map(|(i, e)| Some((i, e.milestone.as_deref()?)));
    named.filter(move |(_, named)| !titles.contains(named)).map(move |(i, named)| {
        let message = format!("this recommendation has no milestone `{}`", one_line(named));
        let help = match nearest(named, r.milestones.iter().map(|m| m.title.as_str()).filter(|_| few)) {
            Some(near) => format!("did you mean `{}`?", one_line(near)),
            None => "write the title of one of its [[milestone]]s".to_owned(),
        };
        Breach::new(Place::of(r).key("extension").nth(i).key("milestone"), message).help(help)
    })
}

/// Collectives that nobody registered.
fn members(context: &Context<'_>) -> Vec<Breach> {
    let head = &context.plan.head;
    let names: HashSet<&str> = head.owners.iter().map(|o| o.name.as_str()).collect();
    let mut breaches = Vec::new();
    for (i, owner) in head.owners.iter().enumerate() {
        let collectives = owner.member_of.iter().enumerate();
        for (j, collective) in collectives.filter(|(_, c)| !names.contains(c.as_str())) {
            let alias = ownership::find(head, collective).map(|o| o.name.as_str());
            let near = || nearest(collective, head.owners.iter().map(|o| o.name.as_str()));
            let help = match alias.or_else(near) {
                Some(meant) => format!("did you mean `{}`?", one_line(meant)),
                None => "correct the name, or add an [[owner]] of that name".to_owned(),
            };
            let message = format!("this plan has no owner `{}`", one_line(collective));
            let place = Place::head().key("owner").nth(i).key("member_of").nth(j);
            breaches.push(Breach::new(place, message).help(help));
        }
    }
    breaches
}

/// Exceptions for recommendations that are not there.
fn exceptions(context: &Context<'_>) -> Vec<Breach> {
    let exceptions = &context.plan.head.exceptions;
    if exceptions.is_empty() {
        return Vec::new();
    }
    let there = numbers::there(context);
    let mut breaches = Vec::new();
    for (i, exception) in exceptions.iter().enumerate() {
        let comparisons = exception.ids.len().saturating_mul(context.plan.recommendations.len());
        for (j, range) in exception.ids.iter().enumerate() {
            let place = || Place::head().key("exception").nth(i).key("ids").nth(j);
            match range {
                IdRange::One(id) if may_be_there(context, id) => {}
                IdRange::One(id) => {
                    breaches.push(dangling_id(context, id, place(), comparisons < MANY));
                }
                IdRange::Numbers(first, last) => {
                    for run in numbers::missing(*first, *last, &there) {
                        let message = format!("this plan has no {}", numbers::recommendations(run));
                        let help = "correct the range, or add what is missing";
                        breaches.push(Breach::new(place(), message).help(help));
                    }
                }
            }
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn every_reference_is_looked_up_and_the_nearest_is_told() {
        let head = r#"title = "Forces"
owner = [
    { name = "OPCC", aliases = ["PCC"], member_of = ["Bodys", "pcc", "Zebra"] },
    { name = "Bodies" },
]

[[exception]]
rule = "overdue"
ids = ["7-10", "70"]
reason = "It has to stay."
approved_by = "Vulnerability Board"
"#;
        let seven = r#"id = "7"
aliases = ["VII"]
parent = "9a"
title = "Search"
depends_on = ["07", "VII", "9", "12"]
text = "Search."

[[milestone]]
title = "Pilot in two areas"

[[extension]]
from = 2025-03-27
to = 2025-09-27
reason = "The supplier delivers in summer."
approved_by = "Vulnerability Board"
milestone = "Pilot in two area"
"#;
        let files = [
            ("plan.toml", Text(head)),
            ("07-search.toml", Text(seven)),
            ("09-broken.toml", Text("broken\n")),
        ];
        insta::assert_snapshot!(told(RULE.name, &files), @r#"
        07-search.toml:3:10 this plan has no recommendation 9a
            correct the id, or add the recommendation
        07-search.toml:5:15 this plan has no recommendation 07
            did you mean `7`?
        07-search.toml:5:21 this plan has no recommendation VII
            did you mean `7`?
        07-search.toml:5:33 this plan has no recommendation 12
            correct the id, or add the recommendation
        07-search.toml:16:13 this recommendation has no milestone `Pilot in two area`
            did you mean `Pilot in two areas`?
        plan.toml:3:54 this plan has no owner `Bodys`
            did you mean `Bodies`?
        plan.toml:3:63 this plan has no owner `pcc`
            did you mean `OPCC`?
        plan.toml:3:70 this plan has no owner `Zebra`
            correct the name, or add an [[owner]] of that name
        plan.toml:9:8 this plan has no recommendation 10
            correct the range, or add what is missing
        plan.toml:9:8 this plan has no recommendation 8
            correct the range, or add what is missing
        plan.toml:9:16 this plan has no recommendation 70
            correct the id, or add the recommendation
        "#);
    }
}
