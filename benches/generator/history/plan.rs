//! A plan between one commit and the next: what an office does in its folder.

use super::office;
use super::sheet::Sheet;
use crate::generator::random::Random;
use crate::generator::recommendation::{Writer, day, file_name};
use crate::generator::{File, words};
use chrono::NaiveDate;
use gix::ObjectId;
use std::collections::{BTreeMap, BTreeSet};

const HEAD: &str = "plan.toml";

#[derive(Clone)]
pub(super) struct Plan {
    pub(super) folder: String,
    /// Its files by name, plan.toml among them.
    pub(super) files: BTreeMap<String, Kept>,
    /// The id of the next recommendation: none is given twice.
    next: usize,
    /// The name of the folder in git; none since something changed.
    pub(super) tree: Option<ObjectId>,
}

/// A file of the plan.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) text: String,
    /// The name of its text in git; none since it changed.
    pub(super) id: Option<ObjectId>,
    /// How many commits wrote it; none once its path alone no longer tells.
    pub(super) written: Option<usize>,
}

/// A file that does not parse, and what it was before.
pub(super) struct Slip {
    pub(super) name: String,
    text: String,
}

impl Plan {
    pub(super) fn new(folder: String, files: Vec<File>) -> Self {
        let mut plan = Self { folder, next: files.len(), files: BTreeMap::new(), tree: None };
        for File { path, text, .. } in files {
            let (_, name) = path.split_once('/').expect("every file is in a folder");
            plan.put(name, text);
        }
        plan
    }

    /// Its recommendations: the name of the file, the id, the file.
    pub(super) fn recommendations(&self) -> impl Iterator<Item = (&str, usize, &Kept)> {
        let files = self.files.iter().filter(|(name, _)| *name != HEAD);
        files.map(|(name, file)| (name.as_str(), id_of(name), file))
    }

    /// Does what offices do: the subject of the commit.
    pub(super) fn work(&mut self, today: NaiveDate, random: &mut Random) -> String {
        match random.below(1000) {
            0..20 => self.report_quarter(today, random),
            20..35 => self.retitle(random),
            35..38 => self.rename(),
            38..50 => self.add(random),
            50..56 => self.delete(today, random),
            56..76 => self.settle(random),
            _ => self.change_some(today, random),
        }
    }

    fn change_some(&mut self, today: NaiveDate, random: &mut Random) -> String {
        let chosen: BTreeSet<String> = (0..random.between(1, 3)).map(|_| self.one(random)).collect();
        for name in &chosen {
            self.edit(name, |sheet| office::change(sheet, today, random));
        }
        let ids: Vec<String> = chosen.iter().map(|name| id_of(name).to_string()).collect();
        format!("{}: what is new of {}", self.folder, ids.join(", "))
    }

    fn report_quarter(&mut self, today: NaiveDate, random: &mut Random) -> String {
        let names: Vec<String> = self.recommendations().map(|(name, ..)| name.to_owned()).collect();
        for name in names {
            self.edit(&name, |sheet| office::report(sheet, today, random));
        }
        format!("{}: the report of the quarter", self.folder)
    }

    /// Another title for one, and another name for its file.
    fn retitle(&mut self, random: &mut Random) -> String {
        let old = self.one(random);
        let id = id_of(&old);
        let mut sheet = Sheet::read(&self.files[&old].text);
        let new = loop {
            let title = words::title(random);
            sheet.set("title", &format!("\"{title}\""));
            let new = file_name(id, &title);
            if new != old {
                break new;
            }
        };
        self.files.remove(&old);
        self.put(&new, sheet.write()).written = None;
        format!("{}: another title for {id}", self.folder)
    }

    fn rename(&mut self) -> String {
        let old = self.folder.clone();
        let (number, phase) = old.split_once("-phase-").unwrap_or((&old, "1"));
        let phase = phase.parse::<u32>().expect("phases are numbered") + 1;
        self.folder = format!("{number}-phase-{phase}");
        self.lose_track();
        format!("{old} is now {}", self.folder)
    }

    fn add(&mut self, random: &mut Random) -> String {
        let (id, published) = (self.next, day(super::SINCE, 1, 8, random.below(500)));
        let (name, text, _) = Writer::new(random.branch(), published).recommendation(id);
        self.next += 1;
        self.put(&name, text);
        self.cover();
        format!("{}: add {id}", self.folder)
    }

    /// Takes one out, if there are enough and no other waits for it.
    fn delete(&mut self, today: NaiveDate, random: &mut Random) -> String {
        let name = self.one(random);
        let id = id_of(&name);
        let waits = format!("depends_on = [\"{id}\"]");
        if self.files.len() < 6 || self.files.values().any(|file| file.text.contains(&waits)) {
            return self.change_some(today, random);
        }
        self.files.remove(&name);
        self.cover();
        format!("{}: delete {id}", self.folder)
    }

    /// Changes a line of plan.toml.
    fn settle(&mut self, random: &mut Random) -> String {
        let old = &self.files[HEAD].text;
        let new = loop {
            let new = match random.below(3) {
                0 => with_line(old, "lead", &format!("\"{}\"", words::post(random))),
                1 => with_line(old, "due_soon_days", &random.between(14, 60).to_string()),
                _ => with_line(old, "stale_after_days", &random.between(60, 180).to_string()),
            };
            if new != *old {
                break new;
            }
        };
        self.put(HEAD, new);
        format!("{}: settle how it is kept", self.folder)
    }

    /// Says in plan.toml which recommendations there must be.
    fn cover(&mut self) {
        let ids: BTreeSet<usize> = self.recommendations().map(|(_, id, _)| id).collect();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for id in ids {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == id => *last = id,
                _ => runs.push((id, id)),
            }
        }
        let run = |&(first, last): &(usize, usize)| {
            if first == last { format!("\"{first}\"") } else { format!("\"{first}-{last}\"") }
        };
        let runs: Vec<String> = runs.iter().map(run).collect();
        let head = with_line(&self.files[HEAD].text, "covers", &format!("[{}]", runs.join(", ")));
        self.put(HEAD, head);
    }

    /// Loses the quotes that end the line above the owners.
    pub(super) fn slip(&mut self, random: &mut Random) -> Slip {
        let name = self.one(random);
        let text = self.files[&name].text.clone();
        self.put(&name, text.replacen("\"\nowners", "\nowners", 1)).written = None;
        Slip { name, text }
    }

    pub(super) fn mend(&mut self, slip: Slip) -> String {
        let subject = format!("Mend {}", slip.name);
        self.put(&slip.name, slip.text);
        subject
    }

    /// From here on the path of no file tells how many commits wrote it.
    pub(super) fn lose_track(&mut self) {
        for file in self.files.values_mut() {
            file.written = None;
        }
    }

    /// The name of some recommendation's file.
    fn one(&self, random: &mut Random) -> String {
        let names: Vec<&str> = self.recommendations().map(|(name, ..)| name).collect();
        random.pick(&names).to_owned()
    }

    fn edit(&mut self, name: &str, change: impl FnOnce(&mut Sheet)) {
        let before = &self.files[name].text;
        let mut sheet = Sheet::read(before);
        change(&mut sheet);
        let after = sheet.write();
        if after != *before {
            self.put(name, after);
        }
    }

    fn put(&mut self, name: &str, text: String) -> &mut Kept {
        self.tree = None;
        let before = self.files.remove(name).map_or(Some(0), |file| file.written);
        let written = before.map(|commits| commits + 1);
        self.files.entry(name.to_owned()).or_insert(Kept { text, id: None, written })
    }
}

/// The id in the name of a recommendation's file.
fn id_of(name: &str) -> usize {
    name.split('-').next().and_then(|id| id.parse().ok()).expect("a file's name begins with an id")
}

/// The text with another value in the line of a key.
fn with_line(text: &str, key: &str, value: &str) -> String {
    let line = |line: &str| match line.strip_prefix(key) {
        Some(rest) if rest.starts_with(" = ") => format!("{key} = {value}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}
