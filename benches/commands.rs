//! Whole commands against programs that people know, side by side: `cargo bench --bench commands`.
//!
//! Goals are those of the design, section 7. `benches/README.md` says how to read the tables.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod generator;
mod measure;
mod repository;
mod table;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use generator::{OWNER, Size};
use measure::{Meter, Work, alone};
use rayon::prelude::*;
use repository::Repository;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Instant;
use table::{Goal, Table, megabytes, thousands};

const PLAN: &str = env!("CARGO_BIN_EXE_plan");

fn main() -> Result<()> {
    generator::check().map_err(|wrong| anyhow!(wrong))?;
    generator::history::check()?;
    match asked()? {
        Asked::Nothing => {
            println!("the generator gives what it should; run `cargo bench --bench commands` to measure");
            Ok(())
        }
        Asked::Repository(folder) => Repository::write(&folder).map(drop),
        Asked::Corpora(sizes) => {
            let corpora = sizes.into_iter().map(Corpus::make).collect::<Result<Vec<_>>>()?;
            measure(&corpora, &Repository::make()?)
        }
        Asked::History => measure(&[], &Repository::make()?),
    }
}

/// What a run is to do.
enum Asked {
    /// To check the generator and no more, as in `cargo test --benches`.
    Nothing,
    /// To write the repository of the history to a folder.
    Repository(PathBuf),
    /// To measure over corpora of these sizes, and over the history.
    Corpora(Vec<usize>),
    /// To measure over the history alone.
    History,
}

#[expect(clippy::disallowed_methods, reason = "a benchmark has its own switch in the environment")]
fn asked() -> Result<Asked> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (bench, words): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).partition(|argument| *argument == "--bench");
    let large = std::env::var_os("PLAN_BENCH_LARGE").is_some_and(|value| value == "1");
    Ok(match words[..] {
        _ if bench.is_empty() => Asked::Nothing,
        [] if !large => Asked::Corpora(vec![1_000, 10_000]),
        [] | ["--large"] => Asked::Corpora(vec![1_000, 10_000, 100_000]),
        ["--only", "history"] => Asked::History,
        ["--write-history", folder] => Asked::Repository(folder.into()),
        _ => bail!(
            "unknown arguments `{}`: there are `--large`, `--only history` and `--write-history FOLDER`",
            words.join(" ")
        ),
    })
}

fn measure(corpora: &[Corpus], repository: &Repository) -> Result<()> {
    println!("Machine: {}. Load at the start {}.\n", measure::machine(), measure::load());
    let mut table = Table::default();
    if !corpora.is_empty() {
        own_plan(&mut table)?;
    }
    for corpus in corpora {
        corpus_rows(&mut table, corpus)?;
    }
    repository.rows(&mut table)?;
    table.print();
    if let Some(largest) = corpora.last() {
        memory(largest)?;
    }
    println!("\nLoad at the end {}.", measure::load());
    Ok(())
}

/// A corpus on the disk.
struct Corpus {
    recommendations: usize,
    /// The folder that holds `plans`.
    folder: PathBuf,
    size: Size,
}

impl Corpus {
    /// Writes it, or keeps the one of an earlier run.
    fn make(recommendations: usize) -> Result<Self> {
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-corpus");
        let folder = all.join(recommendations.to_string());
        // Written last: where it is missing or another one, the corpus is of no use.
        let stamp = all.join(format!("{recommendations}.stamp"));
        let maker = format!("version {} seed {}\n", generator::VERSION, generator::SEED);
        let kept = fs::read_to_string(&stamp).ok();
        let kept = kept.as_deref().and_then(|text| text.strip_prefix(&maker)).and_then(size_of_stamp);
        let size = if let Some(size) = kept {
            size
        } else {
            if folder.exists() {
                fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
            }
            let written = generator::write(&folder.join("plans"), recommendations);
            let size = written.with_context(|| format!("cannot write {}", folder.display()))?;
            let Size { files, bytes, owned, naming } = size;
            fs::write(&stamp, format!("{maker}{files} {bytes} {owned} {naming}\n"))?;
            size
        };
        let corpus = Self { recommendations, folder, size };
        // The first reading also brings the files into memory.
        let read = corpus.read().with_context(|| format!("cannot read {}", corpus.folder.display()))?;
        ensure!(
            read == (size.files, size.bytes),
            "{} is not as it was written: remove {} to have it made anew",
            corpus.folder.display(),
            stamp.display()
        );
        Ok(corpus)
    }

    fn name(&self) -> String {
        format!("{} ({:.1} MB)", thousands(self.recommendations), megabytes(self.size.bytes))
    }

    fn runs(&self) -> usize {
        if self.recommendations > 10_000 { 5 } else { 11 }
    }

    /// Reads every file with all cores, and does nothing with it: how many there are, and their bytes.
    fn read(&self) -> Result<(usize, u64)> {
        let entries = |folder: PathBuf| -> Result<Vec<PathBuf>> {
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
        };
        let read = |buffer: &mut Vec<u8>, folder: PathBuf| -> Result<(usize, u64)> {
            let mut read = (0, 0);
            for file in entries(folder)? {
                buffer.clear();
                read.0 += 1;
                read.1 += File::open(file)?.read_to_end(buffer)? as u64;
            }
            Ok(read)
        };
        let folders = entries(self.folder.join("plans"))?.into_par_iter();
        let add = |a: (usize, u64), b: (usize, u64)| Ok((a.0 + b.0, a.1 + b.1));
        folders.map_init(|| Vec::with_capacity(1 << 16), read).try_reduce(|| (0, 0), add)
    }

    fn plan(&self, arguments: &[&str]) -> Work {
        Work::new(PLAN, arguments, &self.folder)
    }
}

/// The size in the second line of a stamp.
fn size_of_stamp(text: &str) -> Option<Size> {
    let mut numbers = text.split_whitespace().map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    let mut count = || usize::try_from(next()?).ok();
    let files = count()?;
    let bytes = count()? as u64;
    Some(Size { files, bytes, owned: count()?, naming: count()? })
}

fn own_plan(table: &mut Table) -> Result<()> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (list, git) = (Work::new(PLAN, &["list"], repository), Work::new("git", &["--version"], repository));
    // Both take a millisecond or so: only many runs tell them from noise.
    table.pair("this repository's plan", &list, &git, 101, Goal::AtMost(3.0))
}

fn corpus_rows(table: &mut Table, corpus: &Corpus) -> Result<()> {
    let (name, runs, large) = (corpus.name(), corpus.runs(), corpus.recommendations >= 10_000);
    let list = corpus.plan(&["list", "--owner", OWNER]);
    let rg = Work::new("rg", &["-c", OWNER, "plans"], &corpus.folder);
    check_answers(corpus, &rg)?;
    table.pair(&name, &list, &rg, runs, Goal::AtMost(1.5).only_if(large))?;
    let validate = corpus.plan(&["validate"]).expecting(&[0, 1]);
    let taplo = ["lint", "--no-auto-config", "--no-schema", "plans/**/*.toml"];
    let taplo = Work::new("taplo", &taplo, &corpus.folder);
    table.pair(&name, &validate, &taplo, runs, Goal::TimesFaster(10.0).only_if(large))?;
    for work in [corpus.plan(&["list"]), corpus.plan(&["summary"])] {
        table.alone(&name, &work.name(), &alone(&work, runs)?);
    }
    let mut readings = Vec::new();
    for _ in 0..runs {
        let start = Instant::now();
        corpus.read()?;
        readings.push(start.elapsed());
    }
    table.alone(&name, "reading alone, in this process", &readings);
    Ok(())
}

/// Both must have done all of the work that is compared.
fn check_answers(corpus: &Corpus, rg: &Work) -> Result<()> {
    let listed = corpus.plan(&["list", "--owner", OWNER, "--format", "ndjson"]).lines()?;
    ensure!(listed == corpus.size.owned, "`plan list` found {listed}, not {}", corpus.size.owned);
    if rg.is_installed() {
        let found = rg.lines()?;
        ensure!(found == corpus.size.naming, "`rg` found {found} files, not {}", corpus.size.naming);
    }
    Ok(())
}

/// The most memory that our commands hold, as a part of what they read.
fn memory(corpus: &Corpus) -> Result<()> {
    let Some(meter) = Meter::find() else {
        println!("\nPeak memory: nothing on this machine measures it.");
        return Ok(());
    };
    println!("\nPeak memory (the largest of three; {}):\n", meter.name());
    println!("| work | corpus | peak | of the corpus | goal | met |");
    println!("|---|---|---:|---:|---|---|");
    let large = corpus.recommendations >= 100_000;
    let list = (corpus.plan(&["list"]), large);
    let summary = (corpus.plan(&["summary"]), large);
    let owner = (corpus.plan(&["list", "--owner", OWNER]), false);
    let validate = (corpus.plan(&["validate"]).expecting(&[0, 1]), false);
    for (work, has_goal) in [list, summary, owner, validate] {
        let mut peak = 0;
        for _ in 0..3 {
            peak = peak.max(meter.peak(&work)?);
        }
        let part = peak as f64 / corpus.size.bytes as f64;
        let met = if part <= 0.25 { "yes" } else { "**no**" };
        let (goal, met) = if has_goal { ("≤ 0.25", met) } else { ("", "") };
        let (work, peak) = (work.name(), megabytes(peak));
        println!("| `{work}` | {} | {peak:.1} MB | {part:.2} | {goal} | {met} |", corpus.name());
    }
    Ok(())
}
