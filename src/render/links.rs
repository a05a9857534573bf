//! Where a text of a plan may lead its readers.

use crate::visible::shows_nothing;

/// Where a link may lead, apart from places beside the page.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Whether something may be a link: on the web, to somebody, or to something beside the page.
pub(super) fn is_safe(link: &str) -> bool {
    // What does not show makes an address look like another; a browser reads a backslash as a slash.
    let strange = |c: char| c.is_whitespace() || shows_nothing(c) || c == '\\';
    // Without a scheme a host is looked for by that of the page: for a file, in the network around it.
    if link.is_empty() || link.contains(strange) || link.starts_with("//") {
        return false;
    }
    match link.find([':', '/', '?', '#']) {
        Some(at) if link[at..].starts_with(':') => SCHEMES.iter().any(|s| link[..at].eq_ignore_ascii_case(s)),
        _ => true,
    }
}

/// Whether something is an address on the web or of somebody, and no mere path.
pub(super) fn is_address(link: &str) -> bool {
    is_safe(link)
        && SCHEMES
            .iter()
            .any(|s| link.get(..=s.len()).is_some_and(|l| l.eq_ignore_ascii_case(&format!("{s}:"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_web_to_an_address_or_beside_the_page() {
        for link in [
            "https://example.org/a?b=c:d",
            "HTTP://example.org",
            "mailto:a@example.org",
            "evidence/a.md",
            "#r-07",
            "?a=b:c",
            "https://example.org/%E2%80%AEfdp.exe",
        ] {
            assert!(is_safe(link), "{link}");
        }
        for link in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "\u{1}javascript:x",
            "blob:x",
            "",
            "javascript&colon;:x",
            "\\\\host\\x",
            "//evil.example/x",
            "/\\evil.example/x",
            "a\\..\\b",
            "https:\\\\evil.example",
            "https://example.org/\u{202e}fdp.exe",
            "https://example\u{200b}.org/",
            "https://exam\u{ad}ple.org/",
            "a\u{2060}b",
        ] {
            assert!(!is_safe(link), "{link}");
        }
        assert!(is_address("https://example.org") && !is_address("evidence/a.md") && !is_address("https"));
        assert!(!is_address("https://e.org/\u{202e}fdp.exe"));
    }
}
