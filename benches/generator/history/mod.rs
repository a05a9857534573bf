//! What became of a corpus in three years of office work: a git history, whose commits have the same
//! names every time and on every machine.
//!
//! It begins with every recommendation in one commit. Each commit after that is what an office does
//! in one plan: one to three recommendations change, or all of them report their quarter; a file or
//! the folder gets another name; something is added, deleted, or broken by a slip and mended in the
//! next commit. Some change the README alone. Of every fifty commits three are made on a side branch,
//! and one merges it.

mod office;
mod plan;
mod sheet;

use super::random::Random;
use super::recommendation::day;
use super::{SEED, files, folder, plans, words};
use anyhow::{Result, ensure};
use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};
use gix::objs::tree::{Entry, EntryKind};
use gix::objs::{Commit, Kind, Tree, Write};
use gix::{ObjectId, actor, date, hash, odb};
use plan::{Plan, Slip};

/// How many recommendations the history begins with.
pub(crate) const RECOMMENDATIONS: usize = 1_000;

/// How many commits it has, merges and those of side branches included.
pub(crate) const COMMITS: usize = 2_000;

/// What its last commit must be.
const TIP: &str = "a1ec7a76d7315569b4907699821093ac57d6ca30";

/// What the last commit must be of a history of 100 recommendations and 100 commits.
const TIP_OF_100: &str = "1aacc4e512630270d215a597188782f2664793a0";

/// The year in which the first plan was published: what the corpus tells is past when the history
/// begins.
const SINCE: i32 = 2021;

/// Which of fifty commits are made on a side branch, and which merges it.
const ASIDE: [usize; 3] = [8, 12, 15];
const MERGE: usize = 18;

const README: &str = "README.md";

/// Who commits.
const OFFICES: &[&str] = &["Planning Office", "Vulnerability Board", "Performance Team", "Crime Registrar"];

/// A history that was made, and what is known of it.
pub(crate) struct History {
    /// The name of its last commit.
    pub(crate) tip: String,
    /// The paths and texts of that commit.
    pub(crate) files: Vec<(String, String)>,
    /// How many recommendations it has.
    pub(crate) recommendations: usize,
    /// How many commits on its first-parent line changed something below `plans`.
    pub(crate) on_plans: usize,
    /// How many of them left a file that does not parse, which the next one mended.
    pub(crate) slips: usize,
    /// One of its recommendations.
    pub(crate) followed: Followed,
}

/// A recommendation whose path tells all that became of it: of those that never moved, never broke,
/// and stood in no side branch, the one that was written most often.
#[derive(Default)]
pub(crate) struct Followed {
    /// What it is called on a command line.
    pub(crate) name: String,
    /// Its path from the root of the repository.
    pub(crate) path: String,
    /// How many commits wrote it, the first one included.
    pub(crate) commits: usize,
}

/// Makes the history in a store of git's objects.
pub(crate) fn history(store: &dyn Write) -> Result<History> {
    let history = make(store, RECOMMENDATIONS, COMMITS)?;
    ensure!(history.tip == TIP, changed("history", &history.tip, TIP));
    Ok(history)
}

/// The history, kept nowhere.
pub(crate) fn known() -> Result<History> {
    history(&odb::sink(hash::Kind::Sha1))
}

/// Whether a small history is still what it was.
pub(crate) fn check() -> Result<()> {
    let tip = make(&odb::sink(hash::Kind::Sha1), 100, 100)?.tip;
    ensure!(tip == TIP_OF_100, changed("history of 100", &tip, TIP_OF_100));
    Ok(())
}

fn changed(what: &str, found: &str, expected: &str) -> String {
    format!(
        "the {what} ends with the commit {found}, not {expected}: if the generator was changed on \
         purpose, set TIP and TIP_OF_100"
    )
}

fn make(store: &dyn Write, recommendations: usize, commits: usize) -> Result<History> {
    let hour = FixedOffset::east_opt(3600).expect("an hour is a zone");
    let start = day(SINCE + 2, 10, 9, 0).and_time(NaiveTime::MIN).and_utc().with_timezone(&hour);
    let mut maker = Maker { store, random: Random::new(SEED, 0), now: start };
    let mut main = Line::new(recommendations);
    maker.commit(&mut main, None, "Keep the delivery plans in git")?;
    let mut side: Option<(usize, Line)> = None;
    let mut slip: Option<(usize, Slip)> = None;
    let (mut on_plans, mut slips) = (1, 0);
    for n in 1..commits {
        let place = n % 50;
        if ASIDE.contains(&place) {
            let (plan, line) = side.get_or_insert_with(|| (maker.choose(&main), main.clone()));
            let subject = maker.work(&mut line.plans[*plan]);
            maker.commit(line, None, &subject)?;
            continue;
        }
        if let Some((plan, line)) = side.take_if(|_| place == MERGE) {
            let subject = format!("Merge the side branch of {}", main.plans[plan].folder);
            main.plans[plan] = line.plans[plan].clone();
            main.plans[plan].lose_track();
            maker.commit(&mut main, line.tip, &subject)?;
            on_plans += 1;
            continue;
        }
        let mut plan = maker.choose(&main);
        while side.as_ref().is_some_and(|(aside, _)| *aside == plan) {
            plan = maker.choose(&main);
        }
        // What is broken is mended before a side branch begins, and before the end.
        let may_break = place > MERGE && n + 1 < commits;
        let subject = if let Some((plan, slip)) = slip.take() {
            main.plans[plan].mend(slip)
        } else if may_break && maker.random.chance(1) {
            slips += 1;
            let (_, slip) = slip.insert((plan, main.plans[plan].slip(&mut maker.random)));
            format!("Edit {}", slip.name)
        } else if maker.random.chance(2) {
            main.readme = format!("# Delivery plans\n\n{}\n", words::done(&mut maker.random));
            maker.commit(&mut main, None, "Say more in the README")?;
            continue;
        } else {
            maker.work(&mut main.plans[plan])
        };
        maker.commit(&mut main, None, &subject)?;
        on_plans += 1;
    }
    Ok(History {
        tip: main.tip.map(|tip| tip.to_string()).expect("there is a first commit"),
        recommendations: main.plans.iter().map(|plan| plan.recommendations().count()).sum(),
        followed: main.followed(),
        files: main.files(),
        on_plans,
        slips,
    })
}

/// A line of commits, and where it stands.
#[derive(Clone)]
struct Line {
    plans: Vec<Plan>,
    readme: String,
    /// Its last commit; none before the first.
    tip: Option<ObjectId>,
}

impl Line {
    fn new(recommendations: usize) -> Self {
        let plan = |(plan, count)| Plan::new(folder(plan), files(plan, count, SINCE));
        let plans = plans(recommendations).map(plan).collect();
        Self { plans, readme: "# Delivery plans\n".to_owned(), tip: None }
    }

    fn files(&self) -> Vec<(String, String)> {
        let mut files = vec![(README.to_owned(), self.readme.clone())];
        for plan in &self.plans {
            let path = |name: &str| format!("plans/{}/{name}", plan.folder);
            files.extend(plan.files.iter().map(|(name, file)| (path(name), file.text.clone())));
        }
        files
    }

    fn followed(&self) -> Followed {
        let mut followed = Followed::default();
        for plan in &self.plans {
            for (file, id, kept) in plan.recommendations() {
                if let Some(commits) = kept.written.filter(|commits| *commits > followed.commits) {
                    let path = format!("plans/{}/{file}", plan.folder);
                    followed = Followed { name: format!("{}:{id}", plan.folder), path, commits };
                }
            }
        }
        followed
    }
}

/// Whoever commits, and when.
struct Maker<'a> {
    store: &'a dyn Write,
    random: Random,
    now: DateTime<FixedOffset>,
}

impl Maker<'_> {
    /// The place of some plan.
    fn choose(&mut self, line: &Line) -> usize {
        self.random.below(u32::try_from(line.plans.len()).expect("there are few plans")) as usize
    }

    /// What an office does in a plan: the commit's subject.
    fn work(&mut self, plan: &mut Plan) -> String {
        plan.work(self.now.date_naive(), &mut self.random)
    }

    /// Commits what a line has come to, some hours after the last commit.
    fn commit(&mut self, line: &mut Line, merged: Option<ObjectId>, subject: &str) -> Result<()> {
        let tree = self.root(line)?;
        self.now += TimeDelta::seconds(self.random.between(600, 94_000).into());
        let author = actor::Signature {
            name: self.random.pick(OFFICES).into(),
            email: "plan@example.org".into(),
            time: date::Time::new(self.now.timestamp(), self.now.offset().local_minus_utc()),
        };
        let commit = Commit {
            tree,
            parents: line.tip.into_iter().chain(merged).collect(),
            committer: author.clone(),
            author,
            encoding: None,
            message: format!("{subject}\n").into(),
            extra_headers: Vec::new(),
        };
        line.tip = Some(self.store.write(&commit)?);
        Ok(())
    }

    /// Stores what changed: the name of the tree of all there is.
    fn root(&self, line: &mut Line) -> Result<ObjectId> {
        let mut folders = Vec::new();
        for plan in &mut line.plans {
            let tree = match plan.tree {
                Some(tree) => tree,
                None => self.folder(plan)?,
            };
            plan.tree = Some(tree);
            folders.push((plan.folder.as_str(), EntryKind::Tree, tree));
        }
        let plans = self.tree(folders)?;
        let readme = self.blob(&line.readme)?;
        self.tree(vec![(README, EntryKind::Blob, readme), ("plans", EntryKind::Tree, plans)])
    }

    fn folder(&self, plan: &mut Plan) -> Result<ObjectId> {
        let mut files = Vec::new();
        for (name, file) in &mut plan.files {
            let id = match file.id {
                Some(id) => id,
                None => self.blob(&file.text)?,
            };
            file.id = Some(id);
            files.push((name.as_str(), EntryKind::Blob, id));
        }
        self.tree(files)
    }

    fn blob(&self, text: &str) -> Result<ObjectId> {
        Ok(self.store.write_buf(Kind::Blob, text.as_bytes())?)
    }

    fn tree(&self, entries: Vec<(&str, EntryKind, ObjectId)>) -> Result<ObjectId> {
        let entry = |(name, kind, oid): (&str, EntryKind, ObjectId)| Entry {
            mode: kind.into(),
            filename: name.into(),
            oid,
        };
        let mut entries: Vec<Entry> = entries.into_iter().map(entry).collect();
        entries.sort();
        Ok(self.store.write(&Tree { entries })?)
    }
}
