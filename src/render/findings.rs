//! Findings for people: the source line underlined, what is wrong, how to mend it.

use super::{Look, wrap};
use crate::diagnostic::{Finding, Severity};
use crate::rules::Counts;
use crate::visible::one_line;
use crate::wording::{count, day};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes findings one below the other. `shown` gives a path as the reader would type it.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(
    out: &mut dyn Write,
    look: Look,
    shown: impl Fn(&str) -> String,
    findings: &[Finding],
) -> io::Result<()> {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(look.width.unwrap_or(120));
    for finding in findings {
        let path = shown(&finding.path);
        writeln!(out, "{}\n", renderer.render(&[group(finding, &one_line(&path), look.width)]))?;
    }
    Ok(())
}

fn group<'a>(finding: &'a Finding, path: &Cow<'a, str>, width: Option<usize>) -> Group<'a> {
    // Beside "warning[rule]: ", and beside " 17 ╰ help: ", with some room to spare.
    let title_width = width.map(|w| w.saturating_sub(finding.rule.len() + 12));
    let below = width.map(|w| w.saturating_sub(14));
    let told = |text: &str, width| wrap(&one_line(text), width, "");
    let level = match (&finding.accepted, finding.severity) {
        (Some(_), _) => Level::INFO.with_name("accepted"),
        (None, Severity::Error) => Level::ERROR,
        (None, Severity::Warning) => Level::WARNING,
        (None, Severity::Note) => Level::NOTE,
    };
    let title = level.primary_title(told(&finding.message, title_width)).id(finding.rule);
    let mut group = match &finding.location {
        Some(at) => {
            let excerpt = &at.excerpt;
            let main = AnnotationKind::Primary.span(excerpt.span.range());
            let others = excerpt
                .labels
                .iter()
                .map(|l| AnnotationKind::Context.span(l.span.range()).label(one_line(&l.text)));
            let snippet = Snippet::source(excerpt.text.as_str())
                .line_start(excerpt.first_line)
                .path(path.clone())
                .fold(true)
                .annotation(main)
                .annotations(others);
            title.element(snippet)
        }
        None => title.element(Origin::path(path.clone())),
    };
    if let Some(accepted) = &finding.accepted {
        let until = accepted.until.map_or_else(String::new, |until| format!(" (until {})", day(until)));
        group =
            group.element(Level::NOTE.message(told(&format!("accepted: {}{until}", accepted.reason), below)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(told(help, below)));
    }
    group
}

/// How many findings there are, in a line: "1 error, 3 warnings and 2 notes; 1 accepted".
#[must_use]
pub fn counted(counts: Counts) -> String {
    let Counts { error, warning, note, accepted } = counts;
    let kinds = [(error, "error", "errors"), (warning, "warning", "warnings"), (note, "note", "notes")];
    let kinds: Vec<String> = kinds.iter().filter(|k| k.0 > 0).map(|k| count(k.0, k.1, k.2)).collect();
    let told = if kinds.is_empty() { "no findings".to_owned() } else { kinds.join(", ") };
    if accepted > 0 { format!("{told}; {accepted} accepted") } else { told }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{RULES, example};

    /// What a reader is told of each rule's bad example, with the day since which it is true.
    #[test]
    fn the_bad_example_of_every_rule_is_told() {
        for rule in RULES {
            let findings = example::run_since(rule.before, rule.bad).findings;
            let mut told = Vec::new();
            let look = Look { colour: false, width: Some(100) };
            write(&mut told, look, str::to_owned, &findings).expect("a buffer can be written to");
            let mut told = String::from_utf8(told).expect("findings are text");
            for since in findings.iter().filter_map(|f| f.since) {
                told.push_str(&format!("true since {since}\n"));
            }
            insta::assert_snapshot!(rule.name, told);
        }
    }
}
