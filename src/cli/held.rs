//! A change held to the rules before it is written: what it would break, and what it brings besides.

use super::ui::Ui;
use crate::diagnostic::{Finding, Severity};
use crate::render::findings;
use crate::rules::{Run, added, examine};
use crate::store::{Overlay, Root};
use anyhow::Result;
use std::collections::BTreeMap;

/// What changes add to what is found.
#[derive(Default)]
pub(super) struct Held(Vec<Finding>);

impl Held {
    /// Looks at what these texts, by their paths from the root, add in the plan of a folder.
    ///
    /// # Errors
    /// Where the plan cannot be read.
    pub(super) fn add(&mut self, root: &Root, folder: &str, texts: BTreeMap<String, String>) -> Result<()> {
        let found = |texts| -> Result<Vec<Finding>> {
            let plan = Overlay::new(&*root.source, folder, texts);
            let mut findings = examine(&plan, &root.name, &Run::default())?.findings;
            findings.retain(|finding| finding.accepted.is_none());
            Ok(findings)
        };
        self.0.extend(added(&found(BTreeMap::new())?, found(texts)?));
        Ok(())
    }

    /// Tells the breaches at error level, and says how many there are.
    ///
    /// # Errors
    /// Where they cannot be told.
    pub(super) fn refuse(&self, ui: &mut Ui, root: &Root) -> Result<usize> {
        let of_error = |finding: &&Finding| finding.severity == Severity::Error;
        let errors: Vec<Finding> = self.0.iter().filter(of_error).cloned().collect();
        if !errors.is_empty() {
            let mut told = Vec::new();
            findings::write(&mut told, ui.look_of_errors(), |path| root.shown(path), &errors)?;
            ui.say(&String::from_utf8_lossy(&told));
            ui.error("this change breaks what the plan keeps to (with --force it is written all the same)");
        }
        Ok(errors.len())
    }

    /// Tells the warnings that are new, each in a line, once it is written.
    pub(super) fn warn(&self, ui: &Ui) {
        for finding in self.0.iter().filter(|finding| finding.severity == Severity::Warning) {
            ui.note(&format!("{} (the plan now warns of this: {})", finding.message, finding.rule));
        }
    }
}
