//! A plan's folder to a plan, and what could not be read of it.

use super::{Folder, HEAD_FILE, Size, Source, Unread};
use crate::diagnostic::Diagnostic;
use crate::gaps::Gaps;
use crate::model::{Head, Id, Plan, PlanPlace, Recommendation};
use crate::moved::Sketch;
use crate::parse::{self, Parsed};
use crate::resolve;
use crate::source::{SourceFile, position};
use rayon::prelude::*;
use std::io;
use std::sync::Arc;

/// Below so many files, threads cost more than they give.
const FEW_FILES: usize = 64;

/// What a plan is loaded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To show: a file that was not read whole is left out, and named.
    View,
    /// To change: what could be read of each file is kept, so that the rest can be mended; what could not be read
    /// is named.
    Edit,
    /// To check: what could be read of each file is kept, with the texts.
    Rules,
}

/// A plan's folder as it was read.
#[derive(Debug)]
pub struct Loaded {
    /// Which plan it is.
    pub place: Arc<PlanPlace>,
    /// The plan; none where plan.toml could not be read.
    pub plan: Option<Plan>,
    /// The texts of its files, for [`Purpose::Rules`].
    pub texts: Vec<SourceFile>,
    /// What is wrong with each file, in the order of the files.
    pub faults: Vec<Fault>,
    /// What a view cannot show, with the reason.
    pub unread: Vec<Unread>,
    /// What the system would not give.
    pub failures: Vec<Unread>,
    /// What is missing because it could not be read.
    pub gaps: Gaps,
}

impl Loaded {
    /// What tells the plan from others, wherever its folder is. With the texts, for [`Purpose::Rules`], it is
    /// found again the more surely.
    #[must_use]
    pub fn sketch(&self) -> Sketch {
        let head = self.plan.as_ref().map(|plan| &plan.head);
        let recommendations = self.plan.iter().flat_map(|plan| &plan.recommendations);
        Sketch::new(&self.place.id, head, recommendations, self.texts.iter().map(|file| &file.text))
    }
}

/// What is wrong with a file, and which recommendation it is, if that much could be read.
#[derive(Debug)]
pub struct Fault {
    /// The file's path from the root.
    pub path: String,
    /// The recommendation's id.
    pub id: Option<Id>,
    /// What is wrong.
    pub diagnostic: Diagnostic,
}

/// Loads each of the plans, hands it to `f`, and drops it with its listing; the answers are in the
/// order of the plans.
pub fn load_each<T: Send>(
    source: &dyn Source,
    plans: Vec<Folder>,
    purpose: Purpose,
    f: impl Fn(Loaded) -> T + Sync,
) -> Vec<T> {
    let one = |buffer: &mut Vec<u8>, folder: Folder| f(load_with(source, &folder, purpose, buffer));
    if plans.iter().map(|p| p.files.len()).sum::<usize>() < FEW_FILES {
        let mut buffer = Vec::new();
        return plans.into_iter().map(|folder| one(&mut buffer, folder)).collect();
    }
    plans.into_par_iter().map_init(Vec::new, one).collect()
}

/// Loads one plan.
#[must_use]
pub fn load(source: &dyn Source, folder: &Folder, purpose: Purpose) -> Loaded {
    load_with(source, folder, purpose, &mut Vec::new())
}

/// What one file gave.
struct Read<T> {
    path: String,
    parsed: Result<Parsed<T>, String>,
    text: Option<String>,
}

fn load_with(source: &dyn Source, folder: &Folder, purpose: Purpose, buffer: &mut Vec<u8>) -> Loaded {
    let mut loaded = Loaded {
        place: Arc::clone(&folder.place),
        plan: None,
        texts: Vec::new(),
        faults: Vec::new(),
        unread: Vec::new(),
        failures: Vec::new(),
        gaps: Gaps::default(),
    };
    let head = if folder.has_head {
        let mut read = read(source, folder.path_of(HEAD_FILE), purpose, buffer, parse::head);
        if let Ok(parsed) = &mut read.parsed {
            loaded.gaps.head = std::mem::take(&mut parsed.lost);
        }
        let usable = !SHOWN.iter().any(|key| loaded.gaps.head_doubts(key));
        take(&mut loaded, read, purpose, usable)
    } else {
        let message = "plan.toml is no regular file".to_owned();
        loaded.unread.push(Unread { path: folder.path_of(HEAD_FILE), message });
        None
    };
    let parse_one = |buffer: &mut Vec<u8>, name: &Arc<str>| {
        let parse = |text: &str| parse::recommendation(Arc::clone(name), text);
        read(source, folder.path_of(name), purpose, buffer, parse)
    };
    let files: Vec<Read<Recommendation>> = if folder.files.len() > 4 * FEW_FILES {
        folder.files.par_iter().map_init(Vec::new, parse_one).collect()
    } else {
        folder.files.iter().map(|name| parse_one(buffer, name)).collect()
    };
    let mut recommendations = Vec::with_capacity(files.len());
    for (name, mut file) in folder.files.iter().zip(files) {
        let id = file.parsed.as_ref().ok().and_then(|p| p.id.clone());
        if let Some(lost) = file.parsed.as_mut().ok().map(|p| std::mem::take(&mut p.lost))
            && !lost.is_empty()
        {
            let keys = lost.into_iter().map(|lost| lost.key).collect();
            loaded.gaps.keys.insert(Arc::clone(name), keys);
        }
        match take(&mut loaded, file, purpose, purpose == Purpose::Edit) {
            Some(recommendation) => recommendations.push(recommendation),
            None => loaded.gaps.files.push((name.to_string(), id)),
        }
    }
    loaded.gaps.files.extend(folder.not_files.iter().map(|name| (name.clone(), None)));
    match head {
        Some(head) => loaded.plan = Some(resolve::plan(Arc::clone(&folder.place), head, recommendations)),
        None if purpose != Purpose::Rules && !recommendations.is_empty() => {
            let count = recommendations.len();
            let head_path = folder.path_of(HEAD_FILE);
            if let Some(unread) = loaded.unread.iter_mut().find(|u| u.path == head_path) {
                let what = if count == 1 { "recommendation is" } else { "recommendations are" };
                unread.message = format!("{}; its {count} {what} not shown", unread.message);
            }
        }
        None => {}
    }
    loaded
}

/// The keys of plan.toml on which it depends how its recommendations are shown.
const SHOWN: &[&str] = &["title", "answers_for", "owner", "rag", "status", "policy"];

/// Keeps what a file gave, and what is wrong with it. `usable` says that it can be shown although it
/// was not read whole.
fn take<T>(loaded: &mut Loaded, file: Read<T>, purpose: Purpose, usable: bool) -> Option<T> {
    let Read { path, parsed, text } = file;
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(message) => {
            loaded.failures.push(Unread { path: path.clone(), message: message.clone() });
            loaded.unread.push(Unread { path, message });
            return None;
        }
    };
    let whole = parsed.whole;
    if !whole {
        let message = text.as_deref().map_or_else(String::new, |text| reason(text, &parsed.faults));
        loaded.unread.push(Unread { path: path.clone(), message });
    }
    if purpose != Purpose::Rules {
        return parsed.value.filter(|_| whole || usable);
    }
    let id = parsed.id;
    let fault = |diagnostic| Fault { path: path.clone(), id: id.clone(), diagnostic };
    loaded.faults.extend(parsed.faults.into_iter().map(fault));
    if let Some(text) = text {
        loaded.texts.push(SourceFile { path, text, dropped: parsed.dropped });
    }
    parsed.value
}

/// Why a file was not read whole: its first fault, and how many more there are.
fn reason(text: &str, faults: &[Diagnostic]) -> String {
    let hiding = faults.iter().filter(|f| parse::hides_something(f)).count();
    // A control character that TOML forbids makes a file unreadable by itself.
    let mut faults = faults.iter().filter(|f| hiding == 0 || parse::hides_something(f));
    let Some(first) = faults.next() else { return String::new() };
    let line = first.span.map(|s| position(text, s.range().start).line);
    let at = line.map_or_else(String::new, |line| format!("line {line}: "));
    match faults.count() {
        0 => format!("{at}{}", first.message),
        more => format!("{at}{} (and {more} more)", first.message),
    }
}

/// Why one file by itself could not be read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRead {
    /// The recommendation that it is, if that much was read.
    pub id: Option<Id>,
    /// Why.
    pub message: String,
}

/// A recommendation by itself, from its file's content in the buffer, for a view.
///
/// # Errors
/// Where the content could not be read whole.
pub fn recommendation(content: io::Result<Size>, buffer: &[u8]) -> Result<Recommendation, NotRead> {
    let parse = |text: &str| parse::recommendation("".into(), text);
    alone(content, buffer, parse, |_| false)
}

/// A plan.toml by itself, likewise.
///
/// # Errors
/// Where the content could not be read so far that recommendations can be shown by it.
pub fn head(content: io::Result<Size>, buffer: &[u8]) -> Result<Head, NotRead> {
    let doubts = |parsed: &Parsed<Head>| parsed.lost.iter().any(|lost| SHOWN.contains(&lost.key));
    alone(content, buffer, parse::head, |parsed| !doubts(parsed))
}

fn alone<T>(
    content: io::Result<Size>,
    buffer: &[u8],
    parse: impl Fn(&str) -> Parsed<T>,
    usable: impl Fn(&Parsed<T>) -> bool,
) -> Result<T, NotRead> {
    let read = read_content(String::new(), content, Purpose::View, buffer, parse);
    let parsed = read.parsed.map_err(|message| NotRead { id: None, message })?;
    let text = read.text.unwrap_or_default();
    let shown = parsed.whole || usable(&parsed);
    let not_read = || NotRead { id: parsed.id.clone(), message: reason(&text, &parsed.faults) };
    parsed.value.filter(|_| shown).ok_or_else(not_read)
}

fn read<T>(
    source: &dyn Source,
    path: String,
    purpose: Purpose,
    buffer: &mut Vec<u8>,
    parse: impl Fn(&str) -> Parsed<T>,
) -> Read<T> {
    let content = source.read(&path, buffer);
    read_content(path, content, purpose, buffer, parse)
}

/// What a file gives whose content is in the buffer.
fn read_content<T>(
    path: String,
    content: io::Result<Size>,
    purpose: Purpose,
    buffer: &[u8],
    parse: impl Fn(&str) -> Parsed<T>,
) -> Read<T> {
    let unreadable = |fault| Parsed {
        value: None,
        faults: vec![fault],
        whole: false,
        id: None,
        dropped: Vec::new(),
        lost: Vec::new(),
    };
    match content {
        Err(error) => Read { path, parsed: Err(plain_error(&error)), text: None },
        Ok(Size::TooLarge) => {
            let fault = Diagnostic::new("too-large", None, "this file is larger than 1 MiB, and was not read")
                .help("a recommendation is a few kilobytes of text: keep documents elsewhere, and name them as [[evidence]]");
            Read { path, parsed: Ok(unreadable(fault)), text: Some(String::new()) }
        }
        Ok(Size::Whole(length)) => match std::str::from_utf8(&buffer[..length]) {
            Ok(text) => {
                let parsed = parse(text);
                let keep = purpose == Purpose::Rules || !parsed.whole;
                let text = keep.then(|| text.to_owned());
                Read { path, parsed: Ok(parsed), text }
            }
            Err(error) => {
                let (text, fault) = not_utf8(&buffer[..length], error.valid_up_to());
                Read { path, parsed: Ok(unreadable(fault)), text: Some(text) }
            }
        },
    }
}

/// A file that is not UTF-8: the text as far as it can be shown, and the fault at the first byte
/// that is none.
fn not_utf8(bytes: &[u8], valid: usize) -> (String, Diagnostic) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let message = if utf16 {
        "this file is not UTF-8 but UTF-16, which some programs call Unicode".to_owned()
    } else {
        format!("this file is not UTF-8: the byte 0x{byte:02X} is of another encoding")
    };
    let span = crate::source::Span::new(valid, valid + char::REPLACEMENT_CHARACTER.len_utf8());
    let fault = Diagnostic::new("not-utf8", span, message).help(
        "save it as UTF-8: in Notepad, File > Save as > Encoding; in Word, Plain text > Unicode (UTF-8)",
    );
    (text, fault)
}

/// The system's reason without its error number.
#[must_use]
pub fn plain_error(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}
