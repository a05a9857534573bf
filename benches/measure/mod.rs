//! Programs run as child processes: how long they take, and how much memory.

use anyhow::{Context as _, Result, bail};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a shell's environment could change about the programs that are compared.
const UNSET: &[&str] = &[
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_OBJECT_DIRECTORY",
    "GIT_WORK_TREE",
    "NO_COLOR",
    "PLAN_AS_OF",
    "RAYON_NUM_THREADS",
    "RIPGREP_CONFIG_PATH",
    "RUST_LOG",
];

/// What keeps git from the configuration of the machine and of whoever runs it, from a pager, and from
/// the language of the machine.
const SET: &[(&str, &str)] = &[
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_PAGER", "cat"),
    ("LC_ALL", "C"),
];

/// A command line, and where it is run.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    program: PathBuf,
    arguments: Vec<String>,
    folder: PathBuf,
    /// The exit codes that mean that it did its work.
    expected: &'static [i32],
}

impl Work {
    pub(crate) fn new(program: impl Into<PathBuf>, arguments: &[&str], folder: &Path) -> Self {
        let arguments = arguments.iter().map(|a| (*a).to_owned()).collect();
        Self { program: program.into(), arguments, folder: folder.to_owned(), expected: &[0] }
    }

    pub(crate) fn expecting(self, expected: &'static [i32]) -> Self {
        Self { expected, ..self }
    }

    /// The command line, as it is shown.
    pub(crate) fn name(&self) -> String {
        let program = self.program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let quoted =
            self.arguments.iter().map(|a| if a.contains([' ', '*']) { format!("'{a}'") } else { a.clone() });
        std::iter::once(program).chain(quoted).collect::<Vec<_>>().join(" ")
    }

    fn command(&self) -> Command {
        self.set_up(Command::new(&self.program))
    }

    fn set_up(&self, mut command: Command) -> Command {
        command.args(&self.arguments).current_dir(&self.folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        for name in UNSET {
            command.env_remove(name);
        }
        command.envs(SET.iter().copied());
        command
    }

    /// Whether there is such a program.
    pub(crate) fn is_installed(&self) -> bool {
        let started = Command::new(&self.program)
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        !started.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    }

    /// Runs it once: the wall time from its start to its end. What it prints goes to /dev/null.
    pub(crate) fn time(&self) -> Result<Duration> {
        let start = Instant::now();
        let output = self.command().output();
        let taken = start.elapsed();
        let output = output.with_context(|| format!("cannot run {}", self.name()))?;
        self.done(output.status, &output.stderr)?;
        Ok(taken)
    }

    /// Runs it once: what it prints.
    pub(crate) fn output(&self) -> Result<Vec<u8>> {
        let output = self.command().stdout(Stdio::piped()).output();
        let output = output.with_context(|| format!("cannot run {}", self.name()))?;
        self.done(output.status, &output.stderr)?;
        Ok(output.stdout)
    }

    /// Runs it once, and counts the lines that it prints.
    pub(crate) fn lines(&self) -> Result<usize> {
        Ok(self.output()?.iter().filter(|b| **b == b'\n').count())
    }

    fn done(&self, status: ExitStatus, stderr: &[u8]) -> Result<()> {
        if status.code().is_some_and(|code| self.expected.contains(&code)) {
            return Ok(());
        }
        let said = String::from_utf8_lossy(stderr);
        bail!("`{}` in {} ended with {status}; it said:\n{said}", self.name(), self.folder.display())
    }
}

/// Runs two works alternately (A B A B ...), after one run of each that does not count.
pub(crate) fn alternate(a: &Work, b: &Work, runs: usize) -> Result<(Vec<Duration>, Vec<Duration>)> {
    a.time()?;
    b.time()?;
    let pairs: Vec<_> = (0..runs).map(|_| Ok((a.time()?, b.time()?))).collect::<Result<_>>()?;
    Ok(pairs.into_iter().unzip())
}

/// Runs a work alone, after one run that does not count.
pub(crate) fn alone(work: &Work, runs: usize) -> Result<Vec<Duration>> {
    work.time()?;
    (0..runs).map(|_| work.time()).collect()
}

/// How peak memory can be measured on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meter {
    /// GNU time, which asks the system when the child has ended.
    GnuTime,
    /// `VmHWM` in /proc, asked again and again while the child runs: what it takes in its last
    /// half millisecond may be missed.
    Polling,
}

impl Meter {
    /// The best there is; none outside of Linux without GNU time.
    pub(crate) fn find() -> Option<Self> {
        let gnu = Command::new("/usr/bin/time").args(["-f", "%M", "true"]).output();
        if gnu.is_ok_and(|o| o.status.success()) {
            return Some(Self::GnuTime);
        }
        fs::read_to_string("/proc/self/status").ok().and_then(|s| high_water(&s)).map(|_| Self::Polling)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GnuTime => "maximum resident set size, by /usr/bin/time",
            Self::Polling => "VmHWM of /proc/PID/status, asked every 0.5 ms",
        }
    }

    /// Runs it once: the most memory that it held, in bytes.
    pub(crate) fn peak(self, work: &Work) -> Result<u64> {
        match self {
            Self::GnuTime => gnu_time(work),
            Self::Polling => polling(work),
        }
    }
}

fn gnu_time(work: &Work) -> Result<u64> {
    let mut time = Command::new("/usr/bin/time");
    time.args(["-q", "-f", "%M"]).arg(&work.program);
    let output = work.set_up(time).output().context("cannot run /usr/bin/time")?;
    work.done(output.status, &output.stderr)?;
    let said = String::from_utf8_lossy(&output.stderr);
    let kilobytes = said.lines().last().and_then(|line| line.trim().parse::<u64>().ok());
    Ok(kilobytes.with_context(|| format!("/usr/bin/time said no number: {said}"))? * 1024)
}

fn polling(work: &Work) -> Result<u64> {
    let mut child: Child = work.command().spawn().with_context(|| format!("cannot run {}", work.name()))?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Some(seen) = fs::read_to_string(&status).ok().and_then(|s| high_water(&s)) {
            peak = peak.max(seen);
        }
        if child.try_wait()?.is_some() {
            break;
        }
        thread::sleep(Duration::from_micros(500));
    }
    let output = child.wait_with_output()?;
    work.done(output.status, &output.stderr)?;
    Ok(peak)
}

/// The bytes of the line `VmHWM:      1234 kB`.
fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// The middle one.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

/// The processor, its cores, the memory, and how busy the machine has been in the last minute.
pub(crate) fn machine() -> String {
    let field = |file: &str, key: &str| {
        let text = fs::read_to_string(file).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix(key))?.trim_start();
        Some(line.trim_start_matches(':').trim().to_owned())
    };
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = thread::available_parallelism().map_or_else(|_| "?".to_owned(), |n| n.to_string());
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|m| m.strip_suffix("kB")?.trim().parse::<f64>().ok())
        .map_or_else(|| "unknown memory".to_owned(), |kb| format!("{:.1} GiB of memory", kb / 1048576.0));
    format!("{processor}, {cores} cores, {memory}, {}", std::env::consts::OS)
}

/// How many processes were running or waiting to, on average over the last minute.
pub(crate) fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|l| !l.is_empty()).unwrap_or("unknown").to_owned()
}
