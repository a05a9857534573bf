//! The history on the disk, and what is measured over it.

use crate::PLAN;
use crate::generator::history::{self, COMMITS, History, RECOMMENDATIONS};
use crate::measure::Work;
use crate::table::{Goal, Table, thousands};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const RUNS: usize = 11;

/// How far back a comparison of two commits reaches.
const BACK: &str = "HEAD~100";

/// A git repository with its work tree.
pub(crate) struct Repository {
    folder: PathBuf,
    history: History,
}

impl Repository {
    /// Makes it below cargo's target folder, or keeps the one of an earlier run.
    pub(crate) fn make() -> Result<Self> {
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-corpus");
        let (folder, unfinished) = (all.join("history"), all.join("history.unfinished"));
        let kept = Self { folder, history: history::known()? };
        if kept.is_whole() {
            return Ok(kept);
        }
        for old in [&kept.folder, &unfinished] {
            if old.exists() {
                fs::remove_dir_all(old).with_context(|| format!("cannot remove {}", old.display()))?;
            }
        }
        let Self { history, .. } = Self::write(&unfinished)?;
        fs::rename(&unfinished, &kept.folder)?;
        Ok(Self { folder: kept.folder, history })
    }

    /// Makes it in a folder that is not there yet, or empty.
    pub(crate) fn write(folder: &Path) -> Result<Self> {
        let at = || format!("cannot make a repository in {}", folder.display());
        fs::create_dir_all(folder).with_context(at)?;
        ensure!(fs::read_dir(folder)?.next().is_none(), "{} is not empty", folder.display());
        let (kind, options) = (gix::create::Kind::WithWorktree, gix::create::Options::default());
        let isolated = gix::open::Options::isolated();
        let git = gix::ThreadSafeRepository::init_opts(folder, kind, options, isolated).with_context(at)?;
        let history = history::history(&git.to_thread_local()).with_context(at)?;
        let main = git.path().join("refs/heads/main");
        fs::create_dir_all(git.path().join("refs/heads"))?;
        fs::write(main, format!("{}\n", history.tip))?;
        for (path, text) in &history.files {
            let path = folder.join(path);
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(path, text)?;
        }
        let repository = Self { folder: folder.to_owned(), history };
        repository.pack()?;
        Ok(repository)
    }

    /// Packs the objects, as they are in every clone. One thread, since the work of several together
    /// is another pack every time.
    fn pack(&self) -> Result<()> {
        let pack = self.git(&["-c", "pack.threads=1", "repack", "-a", "-d", "-q"]);
        if pack.is_installed() { pack.output().map(drop) } else { Ok(()) }
    }

    /// Whether the repository and its work tree are what they were made.
    fn is_whole(&self) -> bool {
        let git = gix::open_opts(&self.folder, gix::open::Options::isolated());
        let tip = git.ok().and_then(|git| Some(git.head_id().ok()?.to_string()));
        let is_there = |(path, text): &(String, String)| {
            fs::read(self.folder.join(path)).is_ok_and(|found| found == text.as_bytes())
        };
        tip.as_ref() == Some(&self.history.tip) && self.history.files.iter().all(is_there)
    }

    /// Measures over it what reads a history, and puts it into the table.
    pub(crate) fn rows(&self, table: &mut Table) -> Result<()> {
        self.check_answers()?;
        let name = format!("{} commits of {}", thousands(COMMITS), thousands(RECOMMENDATIONS));
        let log = self.git(&["log", "-p"]);
        for ours in [
            &["log"][..],
            &["trend"],
            &["trend", "--format", "json"],
            &["trend", "--by", "commit"],
            &["trend", "--by", "commit", "--format", "json"],
        ] {
            table.pair(&name, &self.plan(ours), &log, RUNS, Goal::AtMost(1.0))?;
        }
        let followed = &self.history.followed;
        let theirs = self.git(&["log", "-p", "--", &followed.path]);
        table.pair(&name, &self.plan(&["log", &followed.name]), &theirs, RUNS, Goal::None)?;
        let (ours, theirs) =
            (self.plan(&["diff", &format!("{BACK}..HEAD")]), self.git(&["diff", BACK, "HEAD"]));
        table.pair(&name, &ours, &theirs, RUNS, Goal::None)
    }

    /// Both sides must have read the whole history, and found in it what was written.
    fn check_answers(&self) -> Result<()> {
        let History { on_plans, slips, recommendations, followed, .. } = &self.history;
        let same = |what: &str, found: usize, written: usize| {
            ensure!(found == written, "{what}: {found}, where the generator wrote {written}");
            Ok(())
        };
        let listed = self.plan(&["list", "--at", "HEAD", "--format", "ndjson"]).lines()?;
        same("what `plan list` finds at HEAD", listed, *recommendations)?;
        // A point for each commit that changed a plan, and none for one that changed the README alone
        // or that came in with a merge: the first parents are the line of the plan's own states.
        let trend = self.json(&["trend", "--by", "commit"])?;
        let points = list(&trend, "points")?;
        same("the points of `plan trend`", points.len(), *on_plans)?;
        // Each slip was mended in the next commit, so that one point could not read one file.
        same("the gaps of `plan trend`", list(&trend, "gaps")?.len(), *slips)?;
        // The last point is HEAD's, and counts it as `plan list` does.
        let last = points.last().and_then(|point| point["total"].as_u64()).unwrap_or_default();
        same("the total of its last point", usize::try_from(last)?, *recommendations)?;
        // This one never moved and never broke: the commits that wrote its file are those that changed
        // it, beginning with the one that brought it.
        let changed = self.logged(&["log", &followed.name])?;
        same("the commits of `plan log ID`", changed.len(), followed.commits)?;
        // The log of all has them too. How many more it has is its own affair: whether a folder's other
        // name, say, changed a recommendation.
        ensure!(changed.is_subset(&self.logged(&["log"])?), "`plan log` lacks commits of `plan log ID`");
        if !self.git(&[]).is_installed() {
            return Ok(());
        }
        let log = |arguments: &[&str]| self.git(&[&["log", "--format=%h"], arguments].concat()).lines();
        same("the commits of `git log`", log(&[])?, COMMITS)?;
        same("those that changed a plan", log(&["--first-parent", "--", "plans"])?, *on_plans)?;
        same("those that changed one file", log(&["--", &followed.path])?, followed.commits)
    }

    fn json(&self, arguments: &[&str]) -> Result<Value> {
        let work = self.plan(&[arguments, &["--format", "json"]].concat());
        serde_json::from_slice(&work.output()?).with_context(|| format!("`{}` prints no JSON", work.name()))
    }

    /// The commits that a log tells.
    fn logged(&self, arguments: &[&str]) -> Result<BTreeSet<String>> {
        let log = self.json(arguments)?;
        let commits = list(&log, "entries")?.iter().filter_map(|entry| entry["commit"].as_str());
        Ok(commits.map(str::to_owned).collect())
    }

    fn plan(&self, arguments: &[&str]) -> Work {
        Work::new(PLAN, arguments, &self.folder)
    }

    fn git(&self, arguments: &[&str]) -> Work {
        Work::new("git", arguments, &self.folder)
    }
}

/// A list of a JSON document.
fn list<'v>(document: &'v Value, key: &str) -> Result<&'v Vec<Value>> {
    document[key].as_array().with_context(|| format!("the JSON has no list `{key}`"))
}
