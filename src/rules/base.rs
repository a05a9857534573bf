//! The plans as they stood at the revision that they are held against: for each plan, what it was.

use crate::gaps::Gaps;
use crate::model::{Head, Plan, PlanPlace, Recommendation};
use crate::moved::{Sketch, moves};
use crate::store::{
    Folder, HEAD_FILE, Listing, Loaded, Purpose, Source, Unread, find_plans, join, load, load_each,
};
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io;
use std::sync::Arc;

/// The revision that plans are held against.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// The plans as they stood.
    pub source: &'a dyn Source,
    /// The id of a plan that the root itself was.
    pub root_name: &'a str,
}

impl fmt::Debug for Since<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Since").field("root_name", &self.root_name).finish_non_exhaustive()
    }
}

/// A plan as it stood.
#[derive(Debug)]
pub struct Base {
    /// The plan.
    pub plan: Plan,
    /// What could not be read of it.
    pub gaps: Gaps,
}

impl Base {
    /// Each recommendation that stands in both, as it was and as it is. Of several of one id, the first.
    pub(super) fn pairs<'a>(
        &'a self,
        plan: &'a Plan,
    ) -> impl Iterator<Item = (&'a Recommendation, &'a Recommendation)> {
        first_of_each(plan).filter_map(|now| Some((self.plan.get(&now.id)?, now)))
    }

    /// The recommendations that stood, and whose ids are no longer there.
    pub(super) fn gone<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = &'a Recommendation> {
        first_of_each(&self.plan).filter(|then| plan.get(&then.id).is_none())
    }
}

/// The recommendations of a plan; of several of one id, the first.
fn first_of_each(plan: &Plan) -> impl Iterator<Item = &Recommendation> {
    // They are sorted by id.
    let before = std::iter::once(None).chain(plan.recommendations.iter().map(Some));
    let each = plan.recommendations.iter().zip(before);
    each.filter(|(r, before)| before.is_none_or(|before| before.id != r.id)).map(|(r, _)| r)
}

/// A text without the white space at the ends of its lines and after the last: nobody sees it.
pub(super) fn as_seen(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

/// The plans of a revision, each beside what became of it.
pub(super) struct Pairing<'a> {
    since: Since<'a>,
    /// Where each plan was, by the id that it has now.
    folders: HashMap<String, Folder>,
    /// The plans that are no longer there.
    pub(super) gone: Vec<Gone>,
    /// What of plans that are nowhere now could not be read, so that nobody can tell whether they moved.
    pub(super) unread: Vec<Unread>,
    /// What git would not give so far.
    pub(super) failures: Vec<Unread>,
    /// How many plans there were.
    pub(super) plans: usize,
}

/// A plan that is no longer there.
pub(super) struct Gone {
    pub(super) place: Arc<PlanPlace>,
    /// What its plan.toml said; none where that could not be read.
    pub(super) head: Option<Head>,
    /// How many recommendations it had.
    pub(super) recommendations: usize,
}

/// What a plan was, as far as it could be read.
pub(super) struct Then {
    /// The plan; none where its plan.toml could not be read.
    pub(super) base: Option<Base>,
    /// What is not compared, because it could not be read.
    pub(super) unread: Vec<Unread>,
    /// What git would not give.
    pub(super) failures: Vec<Unread>,
}

impl<'a> Pairing<'a> {
    /// Pairs plans by id; those that are left over on both sides, by what they say: a folder that was moved
    /// is no plan deleted.
    pub(super) fn of(since: Since<'a>, source: &dyn Source, now: &Listing) -> io::Result<Self> {
        let then = find_plans(since.source, since.root_name)?;
        let plans = then.plans.len();
        let ids: BTreeSet<&str> = now.plans.iter().map(|p| p.place.id.as_str()).collect();
        let (paired, left): (Vec<Folder>, Vec<Folder>) =
            then.plans.into_iter().partition(|p| ids.contains(p.place.id.as_str()));
        let folders: HashMap<String, Folder> = paired.into_iter().map(|p| (p.place.id.clone(), p)).collect();
        let new: Vec<Folder> =
            now.plans.iter().filter(|p| !folders.contains_key(&p.place.id)).cloned().collect();
        let mut pairing =
            Self { since, folders, gone: Vec::new(), unread: Vec::new(), failures: then.failures, plans };
        if !left.is_empty() {
            let old = load_each(since.source, left.clone(), Purpose::Rules, OneSided::of);
            let new = load_each(source, new, Purpose::Rules, OneSided::of);
            let sketches = |plans: &[OneSided]| plans.iter().map(|p| p.sketch.clone()).collect::<Vec<_>>();
            let mut moves = moves(&sketches(&old), &sketches(&new));
            for (i, (folder, old)) in left.into_iter().zip(old).enumerate() {
                match moves.remove(&i) {
                    Some(j) => drop(pairing.folders.insert(new[j].place.id.clone(), folder)),
                    None => pairing.lose(now, folder.files.len(), old, &new),
                }
            }
        }
        Ok(pairing)
    }

    /// Keeps of a plan of so many recommendations that it is gone, unless one side could not be read: then
    /// nobody can tell.
    fn lose(&mut self, now: &Listing, recommendations: usize, old: OneSided, new: &[OneSided]) {
        let OneSided { place, head, unread, failures, .. } = old;
        self.failures.extend(failures);
        if head.is_none() && !new.is_empty() {
            self.unread.extend(unread);
        } else if new.iter().all(|new| new.head.is_some()) && !hidden(now, &place.folder) {
            self.gone.push(Gone { place, head, recommendations });
        }
    }

    /// What the plan that has this id now was; none where it is new.
    pub(super) fn then(&self, id: &str) -> Option<Then> {
        let folder = self.folders.get(id)?;
        let loaded = load(self.since.source, folder, Purpose::Rules);
        let unread = not_compared(&loaded);
        let Loaded { plan, gaps, failures, .. } = loaded;
        Some(Then { base: plan.map(|plan| Base { plan, gaps }), unread, failures })
    }
}

/// What is not compared of a plan, because it could not be read: of one whose plan.toml could not, that.
fn not_compared(loaded: &Loaded) -> Vec<Unread> {
    let head = join(&loaded.place.folder, HEAD_FILE);
    let given = loaded.unread.iter().filter(|u| loaded.failures.iter().all(|failure| failure.path != u.path));
    let of_plan = |u: &Unread| match &loaded.plan {
        Some(_) => Some(u.clone()),
        None if u.path == head => {
            let message = format!("{}; nothing of this plan is compared", u.message);
            Some(Unread { path: u.path.clone(), message })
        }
        None => None,
    };
    given.filter_map(of_plan).collect()
}

/// Whether a folder may be there, and could not be looked into: it, or one above it, could not be
/// listed, or is now a link or a submodule.
fn hidden(now: &Listing, folder: &str) -> bool {
    let above = |path: &str| folder.strip_prefix(path).is_some_and(|r| r.is_empty() || r.starts_with('/'));
    now.failures.iter().any(|f| above(&f.path)) || now.findings.iter().any(|f| above(&f.path))
}

/// A plan that is only on one side, as far as it could be read.
struct OneSided {
    place: Arc<PlanPlace>,
    head: Option<Head>,
    sketch: Sketch,
    /// What could not be read.
    unread: Vec<Unread>,
    /// What the system would not give.
    failures: Vec<Unread>,
}

impl OneSided {
    fn of(loaded: Loaded) -> Self {
        let unread = not_compared(&loaded);
        let sketch = loaded.sketch();
        let Loaded { place, failures, plan, .. } = loaded;
        Self { place, head: plan.map(|plan| plan.head), sketch, unread, failures }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Run, examine, example};
    use super::*;
    use crate::store::{Content, Memory};

    /// A plan's folder with a title, and recommendations of these ids.
    fn plan(folder: &'static str, title: &str, ids: &[&str]) -> Vec<(String, String)> {
        let head =
            format!("organisation = \"{title}\"\n{}", example::HEAD.replacen("Example plan", title, 1));
        let recommendation = |id: &&str| {
            let text =
                format!("id = \"{id}\"\ntitle = \"{title} {id}\"\nowners = [\"OPCC\"]\ntext = \"x\"\n");
            (format!("{folder}/0{id}-x.toml"), text)
        };
        std::iter::once((format!("{folder}/plan.toml"), head)).chain(ids.iter().map(recommendation)).collect()
    }

    /// The review's findings, where the plans were and are these.
    fn told(was: &[Vec<(String, String)>], is: &[Vec<(String, String)>]) -> String {
        let tree = |plans: &[Vec<(String, String)>]| {
            let files = plans.concat();
            let text = |text: &String| Content::Text(text.clone().leak());
            Memory::new(files.iter().map(|(path, content)| (path.as_str(), text(content))))
        };
        let then = tree(was);
        let run = Run { since: Some(Since { source: &then, root_name: "plans" }), ..Run::default() };
        let outcome = examine(&tree(is), "plans", &run).expect("memory can be read");
        assert_eq!(outcome.then.plans, was.len());
        let review = outcome.findings.iter().filter(|f| f.rule != "number-gap");
        review.map(|f| format!("{} {}: {}\n", f.path, f.rule, f.message)).collect()
    }

    #[test]
    fn a_folder_that_was_moved_or_renamed_is_the_plan_that_it_was() {
        let all = ["1", "2", "3"];
        let (here, there) = ([plan("here", "One", &all)], |title| plan("there", title, &all));
        assert_eq!(told(&here, &[there("One")]), "");
        insta::assert_snapshot!(told(&here, &[plan("there", "One", &["1"])]), @r#"
        there/plan.toml recommendation-deleted: 2 is gone: "One 2"
        there/plan.toml recommendation-deleted: 3 is gone: "One 3"
        "#);
        // Under another title it is known by its recommendations.
        let mut retitled = there("Another");
        for (file, (_, text)) in retitled.iter_mut().zip(&here[0]).skip(1) {
            file.1 = text.clone();
        }
        assert_eq!(told(&here, &[retitled]), "");
        // The same ids alone do not make the same plan.
        insta::assert_snapshot!(told(&here, &[there("Another")]), @r#"here/plan.toml recommendation-deleted: "One" is gone, with 3 recommendations"#);
        // Alike as they may be, each is found: by name and title, else by what its files hold.
        let mut others = plan("forces/a", "One", &all);
        others[1].1.push_str("\n[[evidence]]\ntitle = \"x\"\n");
        let moved = |plan: &[(String, String)], to: &str| -> Vec<(String, String)> {
            let file = |(path, text): &(String, String)| {
                (format!("{to}/{}", path.rsplit('/').next().expect("a name")), text.clone())
            };
            plan.iter().map(file).collect()
        };
        let was = [others.clone(), moved(&here[0], "forces/b")];
        assert_eq!(told(&was, &[moved(&was[1], "south/b"), moved(&was[0], "north/a")]), "");
        let mut is = [moved(&was[1], "x/y"), moved(&was[0], "x/z")];
        assert_eq!(told(&was, &is), "");
        is[1].pop();
        insta::assert_snapshot!(told(&was, &is), @r#"x/z/plan.toml recommendation-deleted: 3 is gone: "One 3""#);
    }

    #[test]
    fn a_plan_that_is_gone_is_told_once() {
        let (one, two) = (plan("one", "One", &["1", "2"]), plan("two", "Two", &["1"]));
        insta::assert_snapshot!(told(&[one.clone(), two.clone()], std::slice::from_ref(&one)), @r#"two/plan.toml recommendation-deleted: "Two" is gone, with 1 recommendation"#);
        // Its files alone are no plan.
        let mut headless = two.clone();
        headless.remove(0);
        insta::assert_snapshot!(told(&[one.clone(), two.clone()], &[one.clone(), headless]), @r#"
        two/01-x.toml stray-file: this file belongs to no plan: its folder has no plan.toml
        two/plan.toml recommendation-deleted: "Two" is gone, with 1 recommendation
        "#);
        // It may be the one that cannot be read.
        let mut broken = plan("three", "Two", &["1"]);
        broken[0].1.push_str("title = Oops\n");
        assert!(!told(&[one.clone(), two.clone()], &[one.clone(), broken.clone()]).contains("deleted"));
        assert!(!told(&[one.clone(), broken.clone()], &[one.clone(), two.clone()]).contains("deleted"));
        insta::assert_snapshot!(told(&[one.clone(), broken], std::slice::from_ref(&one)), @"three/plan.toml recommendation-deleted: this plan is gone, with 1 recommendation");
    }

    #[test]
    fn what_a_plan_says_of_its_own_loss_counts_as_it_stood() {
        let one = plan("one", "One", &["1"]);
        let with = |more: &str| {
            let mut two = plan("two", "Two", &["1"]);
            two[0].1.push_str(more);
            told(&[one.clone(), two], std::slice::from_ref(&one))
        };
        assert_ne!(with(""), "");
        assert_eq!(with("\n[rules]\nrecommendation-deleted = \"off\"\n"), "");
    }

    #[test]
    fn a_new_plan_has_nothing_to_be_compared_with() {
        let one = plan("one", "One", &["1"]);
        assert_eq!(told(std::slice::from_ref(&one), &[one.clone(), plan("two", "Two", &["1"])]), "");
        assert_eq!(told(&[], &[one]), "");
    }
}
