//! `reference-cycle`: parts, dependencies or memberships that come back to themselves.

use super::{Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Id, Plan, Recommendation};
use crate::store::Content::Text;
use crate::visible::one_line;
use std::collections::HashMap;

/// Of a longer cycle, only so many members are told.
const MAX_TOLD: usize = 8;

pub(super) static RULE: Rule = Rule {
    name: "reference-cycle",
    group: Group::Identity,
    level: Severity::Error,
    summary: "No recommendation is a part of itself or waits for itself, and no owner is a member of \
              itself, directly or through others.",
    why: "If 7 waits for 8, and 8 for 7, neither can ever be done. And a part of itself has no whole that \
          it could be counted with.",
    mend: "Follow the ids in the message, and delete the reference that is wrong: the `depends_on`, \
           `parent` or `member_of` that closes the circle.",
    before: &[],
    bad: &[
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27
depends_on = ["8"]

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
owners = ["Chief Constables"]
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
owners = ["Chief Constables"]
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
    let plan = context.plan;
    let mut breaches = among_recommendations(
        plan,
        |r| r.parent.as_slice(),
        |cycle, r, _| {
            Breach::new(Place::of(r).key("parent"), format!("a recommendation is a part of itself: {cycle}"))
                .help("delete the `parent` that is wrong")
        },
    );
    breaches.extend(among_recommendations(
        plan,
        |r| &r.depends_on,
        |cycle, r, nth| {
            let place = Place::of(r).key("depends_on").nth(nth);
            Breach::new(place, format!("a recommendation waits for itself: {cycle}"))
                .help("delete the `depends_on` that is wrong")
        },
    ));
    breaches.extend(among_owners(plan));
    breaches
}

fn among_recommendations(
    plan: &Plan,
    references: for<'a> fn(&'a Recommendation) -> &'a [Id],
    breach: fn(&str, &Recommendation, usize) -> Breach,
) -> Vec<Breach> {
    let all = &plan.recommendations;
    if all.iter().all(|r| references(r).is_empty()) {
        return Vec::new();
    }
    // Of two with one id, the first is meant.
    let places: HashMap<&Id, usize> = all.iter().enumerate().rev().map(|(i, r)| (&r.id, i)).collect();
    let place = |id: &Id| places.get(id).copied();
    let edges: Vec<Vec<Edge>> = all.iter().map(|r| edges(references(r), place)).collect();
    let tell = |cycle: Cycle| {
        breach(&shown(&cycle.members, |i| all[i].id.as_str()), &all[cycle.members[0]], cycle.nth)
    };
    cycles(&edges).into_iter().map(tell).collect()
}

fn among_owners(plan: &Plan) -> Vec<Breach> {
    let all = &plan.head.owners;
    let places: HashMap<&str, usize> = all.iter().enumerate().rev().map(|(i, o)| (&*o.name, i)).collect();
    let place = |name: &String| places.get(name.as_str()).copied();
    let edges: Vec<Vec<Edge>> = all.iter().map(|o| edges(&o.member_of, place)).collect();
    let tell = |cycle: Cycle| {
        let place = Place::head().key("owner").nth(cycle.members[0]).key("member_of").nth(cycle.nth);
        let cycle = shown(&cycle.members, |i| &all[i].name);
        Breach::new(place, format!("an owner is a member of itself: {cycle}"))
            .help("delete the `member_of` that is wrong")
    };
    cycles(&edges).into_iter().map(tell).collect()
}

/// A reference: which of its owner's references it is, and where it leads.
struct Edge {
    nth: usize,
    to: usize,
}

fn edges<T>(references: &[T], place: impl Fn(&T) -> Option<usize>) -> Vec<Edge> {
    references.iter().enumerate().filter_map(|(nth, r)| Some(Edge { nth, to: place(r)? })).collect()
}

/// A way from a node back to itself.
struct Cycle {
    /// Each leads to the next, and the last to the first, which is the smallest.
    members: Vec<usize>,
    /// Which of the first's references leads to the next.
    nth: usize,
}

#[derive(Clone, Copy)]
enum State {
    Unseen,
    /// On the path that is being followed, at this place.
    OnPath(usize),
    Done,
}

/// Cycles that share no member, one at least of every knot of them: follows each reference once.
fn cycles(edges: &[Vec<Edge>]) -> Vec<Cycle> {
    let mut states = vec![State::Unseen; edges.len()];
    // How many references of each node have been followed.
    let mut followed = vec![0; edges.len()];
    let mut path = Vec::new();
    let mut cycles = Vec::new();
    for root in 0..edges.len() {
        if matches!(states[root], State::Unseen) {
            states[root] = State::OnPath(0);
            path.push(root);
        }
        while let Some(&here) = path.last() {
            let Some(edge) = edges[here].get(followed[here]) else {
                states[here] = State::Done;
                path.pop();
                continue;
            };
            followed[here] += 1;
            match states[edge.to] {
                State::Done => {}
                State::Unseen => {
                    states[edge.to] = State::OnPath(path.len());
                    path.push(edge.to);
                }
                State::OnPath(from) => {
                    let mut members = path.split_off(from);
                    members.iter().for_each(|m| states[*m] = State::Done);
                    let smallest = members.iter().enumerate().min_by_key(|(_, m)| **m).map_or(0, |(i, _)| i);
                    members.rotate_left(smallest);
                    // The reference that was followed last from the smallest is the one in the cycle.
                    let first = members[0];
                    let nth = edges[first][followed[first] - 1].nth;
                    cycles.push(Cycle { members, nth });
                }
            }
        }
    }
    cycles
}

/// "7 -> 8 -> 7".
fn shown<'a>(members: &[usize], name: impl Fn(usize) -> &'a str) -> String {
    let names = members.iter().take(MAX_TOLD).chain(&members[..1]).map(|i| one_line(name(*i)).into_owned());
    let mut names: Vec<String> = names.collect();
    if members.len() > MAX_TOLD {
        names.insert(MAX_TOLD, format!("... ({} in all)", members.len()));
    }
    names.join(" -> ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    fn found(references: &[&[usize]]) -> Vec<(Vec<usize>, usize)> {
        let edges: Vec<_> = references.iter().map(|r| edges(r, |to| Some(*to))).collect();
        cycles(&edges).into_iter().map(|c| (c.members, c.nth)).collect()
    }

    #[test]
    fn each_cycle_is_found_once_and_begins_with_its_smallest_member() {
        assert_eq!(found(&[&[1], &[2], &[]]), []);
        assert_eq!(found(&[&[0]]), [(vec![0], 0)]);
        assert_eq!(found(&[&[2], &[0], &[1], &[4], &[3, 2]]), [(vec![0, 2, 1], 0), (vec![3, 4], 0)]);
        // A way into a cycle is not part of it.
        assert_eq!(found(&[&[1], &[2], &[3, 1], &[]]), [(vec![1, 2], 0)]);
        assert_eq!(found(&[&[3, 2], &[], &[1, 0], &[]]), [(vec![0, 2], 1)]);
        // Of two that share a member one is told, and the other when that is mended.
        assert_eq!(found(&[&[1], &[0, 2], &[1]]).len(), 1);
    }

    #[test]
    fn a_long_chain_neither_overflows_nor_is_told_whole() {
        let references: Vec<Vec<usize>> = (0..200_000).map(|i| vec![(i + 1) % 200_000]).collect();
        let edges: Vec<_> = references.iter().map(|r| edges(r, |to| Some(*to))).collect();
        let cycles = cycles(&edges);
        assert_eq!(cycles.len(), 1);
        let names: Vec<String> = (0..200_000).map(|i: u32| i.to_string()).collect();
        assert_eq!(
            shown(&cycles[0].members, |i| &names[i]),
            "0 -> 1 -> 2 -> 3 -> 4 -> 5 -> 6 -> 7 -> ... (200000 in all) -> 0"
        );
    }

    #[test]
    fn parents_dependencies_and_members_are_told_at_the_smallest() {
        let head = r#"title = "Forces"
owner = [
    { name = "A", member_of = ["B"] },
    { name = "B", member_of = ["C", "A"] },
    { name = "C" },
]
"#;
        let seven = "id = \"7\"\nparent = \"8\"\ntitle = \"S\"\ndepends_on = [\"9\", \"7\"]\ntext = \"S.\"\n";
        let eight = "id = \"8\"\nparent = \"7\"\ntitle = \"C\"\ntext = \"C.\"\n";
        let nine = "id = \"9\"\ntitle = \"N\"\nowners = [\"A\"]\ntext = \"N.\"\n";
        let files = [
            ("plan.toml", Text(head)),
            ("07-a.toml", Text(seven)),
            ("08-b.toml", Text(eight)),
            ("09-c.toml", Text(nine)),
        ];
        insta::assert_snapshot!(told(RULE.name, &files), @r#"
        07-a.toml:2:10 a recommendation is a part of itself: 7 -> 8 -> 7
            delete the `parent` that is wrong
        07-a.toml:4:20 a recommendation waits for itself: 7 -> 7
            delete the `depends_on` that is wrong
        plan.toml:3:32 an owner is a member of itself: A -> B -> A
            delete the `member_of` that is wrong
        "#);
    }
}
