//! What is found now and was not found before: what a change adds.

use super::extension_chain;
use crate::diagnostic::Finding;
use std::collections::HashMap;

/// What makes two findings the same: not their words, which name what is changed, nor their lines. In a list it
/// is the number of them that counts.
fn place(finding: &Finding) -> (&'static str, &str, Option<&str>, &[String]) {
    // A chain that is broken is so wherever it is.
    let is_chain = finding.rule == extension_chain::RULE.name;
    let keys = if is_chain { &[][..] } else { finding.keys.as_slice() };
    (finding.rule, &finding.path, finding.id.as_deref(), keys)
}

/// The findings that go beyond those that there were, in their order: of as many at one place as there were,
/// none. Where there are more, those are taken to be new whose words are, or the lines that they show.
#[must_use]
pub fn added(before: &[Finding], after: Vec<Finding>) -> Vec<Finding> {
    let mut known: HashMap<_, Vec<&Finding>> = HashMap::new();
    for finding in before {
        known.entry(place(finding)).or_default().push(finding);
    }
    let line = |finding: &Finding| finding.location.as_ref().map(|l| l.excerpt.text.clone());
    // From those that are as they were to those that are only as many.
    let is_like = |likeness: usize, a: &Finding, b: &Finding| match likeness {
        0 => a.message == b.message && line(a) == line(b),
        1 => a.message == b.message,
        _ => true,
    };
    let mut is_new = vec![true; after.len()];
    for likeness in 0..3 {
        for (finding, is_new) in after.iter().zip(&mut is_new).filter(|(_, is_new)| **is_new) {
            let Some(left) = known.get_mut(&place(finding)) else { continue };
            if let Some(found) = left.iter().position(|other| is_like(likeness, finding, other)) {
                left.swap_remove(found);
                *is_new = false;
            }
        }
    }
    after.into_iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(finding, _)| finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    fn finding(rule: &'static str, key: &str, message: &str) -> Finding {
        Finding {
            rule,
            severity: Severity::Error,
            message: message.to_owned(),
            help: None,
            path: "p/07-x.toml".to_owned(),
            location: None,
            id: Some("7".to_owned()),
            keys: vec![key.to_owned()],
            accepted: None,
            since: None,
        }
    }

    /// The words of what is new, `before` and `after` being rules, keys and words.
    fn new(before: &[(&'static str, &str, &str)], after: &[(&'static str, &str, &str)]) -> Vec<String> {
        let all = |findings: &[(&'static str, &str, &str)]| {
            findings.iter().map(|(rule, key, message)| finding(rule, key, message)).collect::<Vec<_>>()
        };
        added(&all(before), all(after)).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_was_there_is_not_new_in_other_words() {
        let none: Vec<String> = Vec::new();
        assert_eq!(new(&[("r", "rag", "Green, On Track")], &[("r", "rag", "Green, Delayed")]), none);
        assert_eq!(new(&[("r", "rag", "a")], &[("r", "rag", "a"), ("r", "rag", "a")]), ["a"]);
        assert_eq!(new(&[("r", "rag", "b")], &[("r", "rag", "a"), ("r", "rag", "b")]), ["a"]);
        assert_eq!(new(&[("r", "rag", "a")], &[("r", "status", "a")]), ["a"]);
        assert_eq!(new(&[("r", "rag", "a")], &[("s", "rag", "a")]), ["a"]);
        assert_eq!(new(&[("extension-chain", "from", "a")], &[("extension-chain", "deadline", "b")]), none);
    }
}
