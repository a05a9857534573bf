//! Findings as GitHub workflow commands, which show them beside the changed lines.

use crate::diagnostic::{Finding, Severity};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes a command a finding, the most severe first: GitHub shows only the first ten of a step.
/// Accepted findings are notices. `shown` gives a path from where the workflow runs.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(out: &mut dyn Write, shown: impl Fn(&str) -> String, findings: &[Finding]) -> io::Result<()> {
    let rank = |f: &Finding| match f.severity {
        _ if f.accepted.is_some() => 3,
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    };
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| rank(f));
    for finding in sorted {
        let command = ["error", "warning", "notice", "notice"][rank(finding)];
        let mut properties = format!("file={}", property(&shown(&finding.path)));
        if let Some(at) = &finding.location {
            let _ = write!(properties, ",line={},endLine={}", at.start.line, at.end.line);
            // Columns of a span over several lines are refused.
            if at.start.line == at.end.line {
                let _ = write!(properties, ",col={},endColumn={}", at.start.column, at.end.column);
            }
        }
        let title = match finding.accepted {
            Some(_) => format!("{} (accepted)", finding.rule),
            None => finding.rule.to_owned(),
        };
        let mut message = finding.message.clone();
        if let Some(accepted) = &finding.accepted {
            let _ = write!(message, "\naccepted: {}", accepted.reason);
        }
        if let Some(help) = &finding.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        writeln!(out, "::{command} {properties},title={}::{}", property(&title), data(&message))?;
    }
    Ok(())
}

/// Text after `::`, as GitHub asks for it. Other hidden characters are spelt out.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    crate::visible::escape(&text).into_owned()
}

/// The value of a property, as GitHub asks for it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
