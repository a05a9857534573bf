//! From what people call a revision to the commit that it is.

use super::{Commit, GitError, Oid, Repository, local, told};
use crate::suggest::ranked;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use gix::bstr::ByteSlice as _;

/// So many names are offered in place of one that is unknown.
const OFFERED: usize = 3;

impl Repository {
    /// The commit that `revision` names: a branch, a tag, `HEAD~3`, a commit's (shortened) name, or a
    /// day, which stands for the last commit on the first-parent line of HEAD by then.
    ///
    /// # Errors
    /// Where there is no such revision, or it lies further back than the repository knows.
    pub fn find(&self, revision: &str) -> Result<Commit, GitError> {
        let revision = revision.trim();
        let is_name = || self.with(|repo| repo.try_find_reference(revision).ok().flatten().is_some());
        if let Ok(day) = revision.parse::<NaiveDate>()
            && !is_name()
        {
            return self.by(day);
        }
        let resolved = match in_its_log(revision) {
            Some((name, when, rest)) => Some(format!("{}{rest}", self.logged_at(revision, name, when)?)),
            None => None,
        };
        let spec = resolved.as_deref().unwrap_or(revision);
        let id = self.with(|repo| {
            // Sets of commits, of which the library would take one.
            if ["^!", "^@", "^-"].iter().any(|set| spec.contains(set)) {
                return Err(GitError::NoCommit(revision.to_owned()));
            }
            let found = repo.rev_parse_single(spec).map_err(|_| unknown(repo, revision))?;
            let commit = found.object().ok().and_then(|object| object.peel_to_commit().ok());
            commit.map(|commit| Oid(commit.id)).ok_or_else(|| GitError::NoCommit(revision.to_owned()))
        })?;
        self.commit(id)
    }

    /// The commit that HEAD is at; none before the first.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn head(&self) -> Result<Option<Commit>, GitError> {
        match self.with(|repo| repo.head_id().ok().map(|id| Oid(id.detach()))) {
            Some(id) => self.commit(id).map(Some),
            None => Ok(None),
        }
    }

    /// The last commit on the first-parent line of HEAD that was made by the end of a day.
    fn by(&self, day: NaiveDate) -> Result<Commit, GitError> {
        let head = self.head()?;
        let mut here =
            head.ok_or_else(|| GitError::TooOld("this repository has no commit yet".to_owned()))?;
        while here.date() > day {
            let Some(parent) = here.parents.first() else {
                let first = crate::wording::day(here.date());
                return Err(GitError::TooOld(format!(
                    "there is no commit by {}: the history begins on {first}",
                    crate::wording::day(day)
                )));
            };
            here = self.commit(*parent).map_err(|error| self.cut_off(error, day))?;
        }
        Ok(here)
    }

    /// An error on the way back to a day, where the way was cut off.
    fn cut_off(&self, error: GitError, day: NaiveDate) -> GitError {
        if !self.is_shallow() {
            return error;
        }
        GitError::TooOld(format!(
            "this clone is shallow, and does not reach back to {}: `git fetch --unshallow` gets the whole history",
            crate::wording::day(day)
        ))
    }

    /// What a reference was at a time, by its own log.
    fn logged_at(&self, revision: &str, name: &str, when: &str) -> Result<Oid, GitError> {
        let moment = moment(when).ok_or_else(|| {
            GitError::UnknownRevision(revision.to_owned(), vec![format!("{name}@{{2025-03-27}}")])
        })?;
        let entries = self.with(|repo| {
            let name = if name.is_empty() { "HEAD" } else { name };
            let reference = repo.find_reference(name).map_err(|_| unknown(repo, name))?;
            let mut log = reference.log_iter();
            let unreadable =
                |error| GitError::Unreadable(format!("the log of {name} cannot be read: {error}"));
            let lines = log.all().map_err(unreadable)?;
            let entry = |line: gix::refs::file::log::LineRef<'_>| {
                let time = line.signature.time().ok()?;
                Some((local(time), Oid(line.new_oid())))
            };
            Ok(lines.into_iter().flatten().filter_map(Result::ok).filter_map(entry).collect::<Vec<_>>())
        })?;
        let known = entries.iter().rev().find(|(time, _)| time.naive_local() <= moment);
        known.map(|(_, id)| *id).ok_or_else(|| {
            let name = if name.is_empty() { "HEAD" } else { name };
            let since = entries.first().map_or_else(
                || "has no entries".to_owned(),
                |(time, _): &(DateTime<FixedOffset>, Oid)| {
                    format!("begins on {}", crate::wording::day(time.date_naive()))
                },
            );
            GitError::TooOld(format!(
                "nobody knows what {name} was then: its log here {since}; a day alone, such as `{}`, asks the \
                 history instead",
                moment.date()
            ))
        })
    }
}

/// "main@{yesterday}~2" as its name, its time and the rest; none where the braces hold a number or one of
/// git's own words.
fn in_its_log(revision: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = revision.split_once("@{")?;
    let (when, rest) = rest.split_once('}')?;
    let number = when.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit());
    let word = ["u", "upstream", "push"].iter().any(|word| when.eq_ignore_ascii_case(word));
    (!number && !word).then_some((name, when, rest))
}

/// A day, to its end, or a day and a time.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    if let Ok(day) = text.parse::<NaiveDate>() {
        return day.and_time(NaiveTime::MIN).checked_add_signed(chrono::TimeDelta::seconds(86_399));
    }
    let forms = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// An unknown revision, with the branches and tags that may be meant.
fn unknown(repo: &gix::Repository, asked: &str) -> GitError {
    let mut names: Vec<String> = Vec::new();
    match repo.references() {
        Ok(references) => {
            let all = references.all();
            let found = all.into_iter().flatten().flatten();
            names.extend(found.map(|r| r.name().shorten().to_str_lossy().into_owned()));
        }
        Err(error) => return GitError::Unreadable(format!("the branches cannot be read: {}", told(&error))),
    }
    if names.is_empty() {
        return GitError::TooOld("this repository has no commit yet".to_owned());
    }
    names.push("HEAD".to_owned());
    let stem = asked.split(['~', '^', '@', ':']).next().unwrap_or(asked);
    let has_head = repo.head_id().is_ok();
    if stem == "HEAD" && !has_head {
        return GitError::TooOld("HEAD is on a branch that has no commit yet".to_owned());
    }
    if names.iter().any(|name| name == stem) && stem != asked {
        let why = if repo.is_shallow().unwrap_or(false) {
            "this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow, gets the whole history"
        } else {
            "the history is shorter, or an object is missing or damaged: `git fsck` tells which"
        };
        return GitError::TooOld(format!("`{stem}` is there, and nothing is at `{asked}`; {why}"));
    }
    if let Some(day) = crate::parse::dates::plain(asked) {
        return GitError::UnknownRevision(asked.to_owned(), vec![day.to_string()]);
    }
    let near = ranked(stem, names.iter().map(String::as_str)).into_iter().take(OFFERED);
    GitError::UnknownRevision(asked.to_owned(), near.map(str::to_owned).collect())
}
