//! A corpus of plans: the same seed and size always give the same bytes, on every machine.
//!
//! Thirty recommendations a plan, 2.4 kB each on average, three updates each on average, in the
//! words of the repository's own plan (its owners, RAG levels and statuses). What is said agrees
//! with what else is said, so that `plan validate` finds no error, some warnings and some notes.

pub(crate) mod history;
mod random;
mod recommendation;
mod words;

use random::Random;
use rayon::prelude::*;
use recommendation::Writer;
use std::fs;
use std::io;
use std::path::Path;

/// A change of anything that the generator writes is another version: kept corpora are then made
/// anew.
pub(crate) const VERSION: u32 = 1;

/// The seed of every corpus.
pub(crate) const SEED: u64 = 0x706c_616e;

/// The owner whom the plans answer for.
pub(crate) const OWNER: &str = "Chief Constables";

/// The year in which the first of the corpus' plans was published.
const SINCE: i32 = 2024;

/// How many recommendations a plan has; the last one has what is left.
const A_PLAN: usize = 30;

/// What the corpus of 100 recommendations must come to.
const CHECKSUM_OF_100: u64 = 0x9eb1_603b_ef23_4752;

/// A file of the corpus.
pub(crate) struct File {
    /// Its path from the root of the plans.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
    /// Whether it is a recommendation that [`OWNER`] owns: alone, jointly, or through the collective.
    owned: bool,
}

/// What a corpus comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    /// How many files it has, plan.toml included.
    pub(crate) files: usize,
    /// How many bytes they have together.
    pub(crate) bytes: u64,
    /// How many recommendations [`OWNER`] owns.
    pub(crate) owned: usize,
    /// How many files name [`OWNER`].
    pub(crate) naming: usize,
}

impl Size {
    fn and(self, other: Self) -> Self {
        Self {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            owned: self.owned + other.owned,
            naming: self.naming + other.naming,
        }
    }
}

/// Writes a corpus of so many recommendations below a root of plans.
pub(crate) fn write(root: &Path, recommendations: usize) -> io::Result<Size> {
    let write_plan = |(plan, count): (usize, usize)| {
        fs::create_dir_all(root.join(folder(plan)))?;
        let mut size = Size::default();
        for File { path, text, owned } in files(plan, count, SINCE) {
            fs::write(root.join(path), &text)?;
            size = size.and(Size {
                files: 1,
                bytes: text.len() as u64,
                owned: usize::from(owned),
                naming: usize::from(text.contains(OWNER)),
            });
        }
        Ok(size)
    };
    let plans: Vec<(usize, usize)> = plans(recommendations).collect();
    plans.into_par_iter().map(write_plan).try_reduce(Size::default, |a, b| Ok(a.and(b)))
}

/// Whether the generator still writes what it wrote: the checksum that it should have, and the one
/// that it has.
pub(crate) fn check() -> Result<(), String> {
    let files = || plans(100).flat_map(|(plan, count)| files(plan, count, SINCE));
    let found = checksum(files());
    if found != checksum(files()) {
        return Err("the generator gives other bytes at every call".to_owned());
    }
    if found != CHECKSUM_OF_100 {
        return Err(format!(
            "the corpus of 100 has the checksum {found:#018x}, not {CHECKSUM_OF_100:#018x}: if the \
             generator was changed on purpose, raise its VERSION and set CHECKSUM_OF_100"
        ));
    }
    Ok(())
}

/// FNV-1a over paths and texts.
fn checksum(files: impl Iterator<Item = File>) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    files.fold(0xcbf2_9ce4_8422_2325, |hash, File { path, text, .. }| {
        path.bytes().chain([0]).chain(text.bytes()).chain([0]).fold(hash, mix)
    })
}

/// The number of each plan, and how many recommendations it has.
fn plans(recommendations: usize) -> impl Iterator<Item = (usize, usize)> {
    let count = move |plan: usize| A_PLAN.min(recommendations - (plan - 1) * A_PLAN);
    (1..=recommendations.div_ceil(A_PLAN)).map(move |plan| (plan, count(plan)))
}

fn folder(plan: usize) -> String {
    format!("force-{plan:04}")
}

/// The files of a plan: plan.toml, then the recommendations. The report came out in that year or early
/// in the next.
fn files(plan: usize, count: usize, since: i32) -> Vec<File> {
    let folder = folder(plan);
    let mut random = Random::new(SEED, plan);
    let published = recommendation::day(since, 1, 8, random.below(500));
    let head = HEAD.replace("{plan}", &format!("{plan:04}"));
    let head = head.replace("{published}", &published.to_string()).replace("{last}", &count.to_string());
    let mut files = vec![File { path: format!("{folder}/plan.toml"), text: head, owned: false }];
    let mut writer = Writer::new(random, published);
    for id in 1..=count {
        let (name, text, owned) = writer.recommendation(id);
        files.push(File { path: format!("{folder}/{name}"), text, owned });
    }
    files
}

/// plan.toml, with the vocabulary of the repository's own plan.
const HEAD: &str = r#"title = "Police response to stalking: delivery plan of force {plan}"
organisation = "Police force {plan}"
source = "An invented report, for measuring"
published = {published}
lead = "Head of Vulnerability"
governance = "Vulnerability Board"
priorities = ["Protect vulnerable people", "Prevent crime", "Deal with those who cause most harm", "Bring people to justice"]
answers_for = ["Chief Constables"]
covers = ["1-{last}"]

[[owner]]
name = "Chief Constables"
aliases = ["Chief Constable"]
member_of = ["Bodies subject to recommendations"]

[[owner]]
name = "OPCC"
member_of = ["Bodies subject to recommendations"]

[[owner]]
name = "NPCC"
member_of = ["Bodies subject to recommendations"]

[[owner]]
name = "Home Office"
member_of = ["Bodies subject to recommendations"]

[[owner]]
name = "MOJ"
member_of = ["Bodies subject to recommendations"]

[[owner]]
name = "CPS"
member_of = ["Bodies subject to recommendations"]

[[owner]]
name = "Bodies subject to recommendations"

[[rag]]
name = "Red"
colour = "red"
meaning = "Full implementation by the deadline will not happen, or is unlikely."
outlook = "miss"

[[rag]]
name = "Amber"
colour = "amber"
meaning = "Full implementation by the deadline will happen, or is likely."
outlook = "meet"

[[rag]]
name = "Green"
colour = "green"
meaning = "Fully implemented already."
outlook = "met"

[[status]]
name = "Under Review"
meaning = "Not likely to be delivered in full, because of blockers, resource issues or significant delays."
outlook = "miss"

[[status]]
name = "Delayed"
meaning = "A target start date has been or will be missed or put back, or work has not begun."

[[status]]
name = "Limited Progress"
meaning = "There is some progress."

[[status]]
name = "On Track"
meaning = "Set to be completed on time."
outlook = "meet"

[[status]]
name = "Pending"
meaning = "The date on which it is meant to start is still to come."

[[status]]
name = "Complete"
meaning = "Delivered."
phase = "done"
outlook = "met"

[[status]]
name = "Closed"
meaning = "Not being taken forward."
phase = "dropped"
outlook = "miss"

[policy]
due_soon_days = 30
stale_after_days = 90

[publish]
default = "internal"
"#;
