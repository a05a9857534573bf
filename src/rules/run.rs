//! Runs the rules over every plan: levels, exceptions, places to lines.

use super::base::{Gone, Pairing, Then};
use super::level::{Exceptions, accepting, level, stricter};
use super::{Base, Breach, Check, Context, Group, RULES, Rule, Since, locate, recommendation_deleted};
use crate::diagnostic::{Accepted, Finding, Severity};
use crate::gaps::Gaps;
use crate::model::{Exception, Head, Id, Plan, Recommendation, natural_cmp};
use crate::source::SourceFile;
use crate::store::{Fault, Loaded, Purpose, Source, Unread, find_plans, load_each};
use crate::syntax::{self, Document};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;
use std::io;

/// What to run.
#[derive(Clone, Debug, Default)]
pub struct Run<'a> {
    /// What the plans are held against, for the review rules; without it they do not run.
    pub since: Option<Since<'a>>,
    /// Today, for the clock's rules; without it they do not run.
    pub today: Option<NaiveDate>,
    /// Only these rules, and those of reading; empty: all.
    pub only: Vec<&'static str>,
    /// Only what became true in so many days keeps its level: the rest are notes.
    pub newly: Option<Days>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, by path and place.
    pub findings: Vec<Finding>,
    /// What the system would not give.
    pub failures: Vec<Unread>,
    /// How many plans there are.
    pub plans: usize,
    /// How many recommendations were read.
    pub recommendations: usize,
    /// What the plans were held against, if they were.
    pub then: Stood,
}

/// What stood at the revision that plans are held against.
#[derive(Debug, Default)]
pub struct Stood {
    /// How many plans there were.
    pub plans: usize,
    /// What nothing is compared with, because it could not be read.
    pub unread: Vec<Unread>,
    /// What git would not give.
    pub failures: Vec<Unread>,
}

/// How many findings there are of each level; accepted ones apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
    /// Findings of any level that an exception accepts.
    pub accepted: usize,
}

/// Counts findings by level.
#[must_use]
pub fn counts(findings: &[Finding]) -> Counts {
    let mut counts = Counts::default();
    for finding in findings {
        match finding.severity {
            _ if finding.accepted.is_some() => counts.accepted += 1,
            Severity::Error => counts.error += 1,
            Severity::Warning => counts.warning += 1,
            Severity::Note => counts.note += 1,
        }
    }
    counts
}

/// Reads every plan of a source, and holds it to the rules.
///
/// # Errors
/// Where the root cannot be read, or that of the revision.
pub fn examine(source: &dyn Source, root_name: &str, run: &Run<'_>) -> io::Result<Outcome> {
    let listing = find_plans(source, root_name)?;
    let pairing = run.since.map(|since| Pairing::of(since, source, &listing)).transpose()?;
    let plans = listing.plans.len();
    let answers = load_each(source, listing.plans, Purpose::Rules, |loaded| {
        let then = pairing.as_ref().and_then(|pairing| pairing.then(&loaded.place.id));
        let findings = findings(&loaded, then.as_ref().and_then(|then| then.base.as_ref()), run);
        (findings, loaded.failures, loaded.plan.map_or(0, |p| p.recommendations.len()), then)
    });
    let mut outcome =
        Outcome { plans, findings: listing.findings, failures: listing.failures, ..Outcome::default() };
    for (findings, failures, recommendations, then) in answers {
        outcome.findings.extend(findings);
        outcome.failures.extend(failures);
        outcome.recommendations += recommendations;
        if let Some(Then { unread, failures, .. }) = then {
            outcome.then.unread.extend(unread);
            outcome.then.failures.extend(failures);
        }
    }
    if let Some(Pairing { gone, unread, failures, plans, .. }) = pairing {
        outcome.then.unread.extend(unread);
        outcome.findings.extend(gone.iter().filter_map(|gone| plan_deleted(gone, run)));
        outcome.then.failures.extend(failures);
        outcome.then.plans = plans;
    }
    if let (Some(today), Some(days)) = (run.today, run.newly) {
        soften(&mut outcome.findings, today, days);
    }
    outcome.findings.sort_by(|a, b| {
        let place = |f: &Finding| f.location.as_ref().map(|l| (l.start, l.end));
        // As people count, like a list.
        natural_cmp(&a.path, &b.path)
            .then_with(|| a.path.cmp(&b.path))
            .then_with(|| place(a).cmp(&place(b)))
            .then_with(|| (a.rule, &a.message).cmp(&(b.rule, &b.message)))
    });
    Ok(outcome)
}

/// What did not become true in the last days becomes a note. A file that cannot be read stays as it is,
/// since nobody knows what it hides, and so does what a change has done: it is new by itself.
fn soften(findings: &mut [Finding], today: NaiveDate, days: Days) {
    let first = today.checked_sub_days(days).unwrap_or(NaiveDate::MIN);
    for finding in findings {
        let group = super::find(finding.rule).map(|r| r.group);
        let stays = matches!(group, Some(Group::Reading | Group::Review));
        if !stays && finding.since.is_none_or(|day| day <= first) {
            finding.severity = Severity::Note;
        }
    }
}

/// Everything that is found in one plan, held against what it was, if it was there.
fn findings(loaded: &Loaded, base: Option<&Base>, run: &Run<'_>) -> Vec<Finding> {
    let mut lines = Lines::new(loaded);
    let mut findings: Vec<Finding> = loaded.faults.iter().map(|fault| lines.fault(fault)).collect();
    let Some(plan) = &loaded.plan else { return findings };
    let context = Context { plan, gaps: &loaded.gaps };
    let echoes = Echoes::new(plan, &loaded.gaps);
    let echoes_then = base.map(|base| Echoes::new(&base.plan, &base.gaps));
    let mut exceptions = Exceptions::new(plan, base, run.today);
    // The rule about exceptions is last: it is told what the others left unused.
    let (last, first): (Vec<&Rule>, Vec<&Rule>) =
        RULES.iter().copied().partition(|r| matches!(r.check, Check::Exceptions(_)));
    let level = |rule| stricter(&plan.head, base, rule).filter(|_| runs(rule, run, base));
    for rule in first.into_iter().chain(last) {
        let Some(severity) = level(rule) else { continue };
        let breaches = match rule.check {
            Check::WhileReading => Vec::new(),
            Check::Content(check) => check(&context),
            Check::Clock(check) => run.today.map(|today| check(&context, today)).unwrap_or_default(),
            Check::Review(check) => base.map(|base| check(&context, base)).unwrap_or_default(),
            Check::Exceptions(check) => {
                let unused = exceptions.unused(|e| {
                    let ran = super::find(&e.rule).is_some_and(|rule| level(rule).is_some());
                    ran && !echoes.in_doubt(e) && !echoes_then.as_ref().is_some_and(|then| then.in_doubt(e))
                });
                check(&context, &unused)
            }
        };
        let then = echoes_then.as_ref().filter(|_| rule.group == Group::Review);
        let is_echo = |b: &Breach| echoes.is_echo(rule, b) || then.is_some_and(|then| then.was_echo(rule, b));
        let gaps = then.map_or(&loaded.gaps, |then| then.gaps);
        for mut breach in limited(breaches).into_iter().filter(|b| !is_echo(b)) {
            let accepting = exceptions.accepting(rule, &mut breach);
            if accepting.is_none() && gaps.may_accept(rule.name) {
                continue;
            }
            findings.push(lines.breach(rule, severity, breach, accepting));
        }
    }
    findings
}

/// That a plan is no longer there: what it said itself of such a loss counts.
fn plan_deleted(gone: &Gone, run: &Run<'_>) -> Option<Finding> {
    let rule = &recommendation_deleted::RULE;
    let nothing = Head::default();
    let head = gone.head.as_ref().unwrap_or(&nothing);
    let severity = level(head, rule).filter(|_| wanted(rule, run))?;
    let breach = recommendation_deleted::plan(head, gone.recommendations);
    let exception = accepting(&head.exceptions, rule, &breach, run.today).map(|i| &head.exceptions[i]);
    Some(Finding {
        rule: rule.name,
        severity,
        message: breach.message,
        help: breach.help,
        path: crate::store::join(&gone.place.folder, &breach.place.file),
        location: None,
        id: None,
        keys: Vec::new(),
        accepted: exception.map(accepted),
        since: None,
    })
}

/// Tells breaches that are there only because something could not be read.
struct Echoes<'a> {
    plan: &'a Plan,
    gaps: &'a Gaps,
    by_file: HashMap<&'a str, &'a Recommendation>,
}

impl<'a> Echoes<'a> {
    fn new(plan: &'a Plan, gaps: &'a Gaps) -> Self {
        let nothing_lost = gaps.head.is_empty() && gaps.keys.is_empty() && gaps.files.is_empty();
        let recommendations = if nothing_lost { &[] } else { plan.recommendations.as_slice() };
        let by_file = recommendations.iter().map(|r| (&*r.file, r)).collect();
        Self { plan, gaps, by_file }
    }

    fn is_echo(&self, rule: &Rule, breach: &Breach) -> bool {
        let about = self.by_file.get(&*breach.place.file);
        about.is_some_and(|r| self.gaps.doubts(self.plan, r, rule.needs))
    }

    /// The same of the plan as it was, where the file may have had another name.
    fn was_echo(&self, rule: &Rule, breach: &Breach) -> bool {
        let about = breach.place.id.as_ref().and_then(|id| self.plan.get(&Id::new(id)));
        about.is_some_and(|r| self.gaps.doubts(self.plan, r, rule.needs))
    }

    /// Whether what an exception accepts may be there, and cannot be told.
    fn in_doubt(&self, exception: &Exception) -> bool {
        let needs = super::find(&exception.rule).map_or(&[][..], |rule| rule.needs);
        let mut about = self.by_file.values().filter(|r| exception.ids.iter().any(|ids| ids.contains(&r.id)));
        about.any(|r| self.gaps.doubts(self.plan, r, needs))
    }
}

/// So many breaches of one rule in one file are told each; of more, how many there are.
const MAX_BREACHES: usize = 1_000;

fn limited(mut breaches: Vec<Breach>) -> Vec<Breach> {
    if breaches.len() <= MAX_BREACHES {
        return breaches;
    }
    let mut counts: HashMap<std::sync::Arc<str>, usize> = HashMap::new();
    for breach in &breaches {
        *counts.entry(breach.place.file.clone()).or_default() += 1;
    }
    let mut seen: HashMap<std::sync::Arc<str>, usize> = HashMap::new();
    breaches.retain_mut(|breach| {
        let n = seen.entry(breach.place.file.clone()).or_default();
        *n += 1;
        if *n == MAX_BREACHES + 1 {
            let more = counts.get(&breach.place.file).copied().unwrap_or(0) - MAX_BREACHES;
            breach.message =
                format!("{more} more of these in this file, of which this is the first: {}", breach.message);
        }
        *n <= MAX_BREACHES + 1
    });
    breaches
}

fn wanted(rule: &Rule, run: &Run<'_>) -> bool {
    run.only.is_empty() || run.only.contains(&rule.name) || rule.group == Group::Reading
}

fn runs(rule: &Rule, run: &Run<'_>, base: Option<&Base>) -> bool {
    wanted(rule, run)
        && match rule.group {
            Group::Clock => run.today.is_some(),
            Group::Review => base.is_some(),
            _ => true,
        }
}

fn accepted(exception: &Exception) -> Accepted {
    Accepted { reason: exception.reason.clone(), until: exception.until }
}

/// The texts of a plan, and the tree of the one that was last asked for.
struct Lines<'a> {
    folder: &'a str,
    files: HashMap<&'a str, &'a SourceFile>,
    last: Option<(String, Document<'a>)>,
}

impl<'a> Lines<'a> {
    fn new(loaded: &'a Loaded) -> Self {
        let files = loaded.texts.iter().map(|f| (f.path.as_str(), f)).collect();
        Self { folder: &loaded.place.folder, files, last: None }
    }

    fn fault(&self, fault: &Fault) -> Finding {
        let Fault { path, id, diagnostic } = fault;
        let text = self.files.get(path.as_str()).map(|f| f.text.as_str()).unwrap_or_default();
        Finding {
            rule: diagnostic.rule,
            severity: Severity::Error,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            path: path.clone(),
            location: diagnostic.span.map(|span| locate::location(text, span, &diagnostic.labels)),
            id: id.as_ref().map(ToString::to_string),
            keys: Vec::new(),
            accepted: None,
            since: None,
        }
    }

    fn breach(
        &mut self,
        rule: &Rule,
        severity: Severity,
        breach: Breach,
        exception: Option<&Exception>,
    ) -> Finding {
        let path = crate::store::join(self.folder, &breach.place.file);
        let location = self.files.get(path.as_str()).copied().and_then(|file| {
            if self.last.as_ref().is_none_or(|(last, _)| *last != path) {
                self.last = Some((path.clone(), syntax::parse(&file.text)));
            }
            let (_, document) = self.last.as_ref()?;
            let span = locate::span_of(file, document, &breach.place.path, breach.place.key_only)?;
            Some(locate::location(&file.text, span, &[]))
        });
        Finding {
            rule: rule.name,
            severity,
            message: breach.message,
            help: breach.help,
            path,
            location,
            keys: breach.place.keys(),
            id: breach.place.id,
            accepted: exception.map(accepted),
            since: breach.since,
        }
    }
}
