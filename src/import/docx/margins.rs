//! What stands around the text of a document and is no part of the plan: headers and footers of pages, comments,
//! macros. It is left out, and said.

use super::package::Package;
use super::words::{cut, words};
use crate::import::document::Remark;
use crate::import::error::ImportError;
use crate::wording::count;

/// So much of a text is said, in characters.
const TEXT: usize = 200;
/// So many texts of a kind are said.
const TEXTS: usize = 20;

/// What was left out around a document's text.
pub(super) fn remarks(package: &mut Package<'_>) -> Result<Vec<Remark>, ImportError> {
    let mut remarks = Vec::new();
    if package.has_macros() {
        remarks.push(Remark::Read("macros of the file are not read, and not run".to_owned()));
    }
    for kind in ["header", "footer"] {
        let mut texts: Vec<String> = Vec::new();
        for target in package.targets(kind) {
            let text = package.part(&target)?.map(|part| cut(&words(&part), TEXT)).unwrap_or_default();
            // Most documents say the same on their first page, on even and on odd ones.
            if text.contains(char::is_alphanumeric) && !texts.contains(&text) && texts.len() <= TEXTS {
                texts.push(text);
            }
        }
        let more = texts.len() > TEXTS;
        let said = texts.iter().take(TEXTS).map(|text| format!("the page {kind} \"{text}\""));
        remarks.extend(said.chain(more.then(|| format!("more page {kind}s"))).map(Remark::LeftOut));
    }
    if let Some(part) = package.of_kind("comments")? {
        let comments: Vec<_> = part.elements().filter(|element| element.name == "comment").collect();
        let texts = comments.iter().take(TEXTS).map(|comment| format!("\"{}\"", cut(&words(comment), TEXT)));
        let texts = texts.collect::<Vec<_>>().join(", ");
        if !comments.is_empty() {
            let many = count(comments.len(), "comment", "comments");
            let more = if comments.len() > TEXTS { ", and more" } else { "" };
            remarks.push(Remark::LeftOut(format!("{many}: {texts}{more}")));
        }
    }
    Ok(remarks)
}

#[cfg(test)]
mod tests {
    use crate::import::docx::testing::{Docx, p, r};

    #[test]
    fn headers_and_footers_are_said_once_each() {
        let page =
            format!(r#"<w:p>{}<w:r><w:instrText> PAGE </w:instrText></w:r>{}</w:p>"#, r("Page "), r("7"));
        let document = Docx::of(&p("Text."))
            .with("header", &(p("OFFICIAL –") + &p(" SENSITIVE")))
            .part("word/header2.xml", format!("<h>{}</h>", p("OFFICIAL – SENSITIVE")))
            .related("again", "header", "header2.xml")
            .part("word/header3.xml", format!("<h>{}</h>", p("Version 2.1")))
            .related("other", "header", "header3.xml")
            .related("gone", "header", "header4.xml")
            .with("footer", &page);
        insta::assert_snapshot!(document.read(), @r#"
        Text.
        ! left out: the page header "OFFICIAL – SENSITIVE"
        ! left out: the page header "Version 2.1"
        ! left out: the page footer "Page 7"
        "#);
    }

    #[test]
    fn comments_are_counted_and_said_within_bounds() {
        let comment =
            |text: &str| format!(r#"<w:comment w:id="1" w:author="A. Person">{}</w:comment>"#, p(text));
        let two = Docx::of(&p("Text.")).with("comments", &(comment("Is it so?") + &comment("No.")));
        insta::assert_snapshot!(two.read(), @r#"
        Text.
        ! left out: 2 comments: "Is it so?", "No."
        "#);
        let many = Docx::of(&p("Text.")).with("comments", &comment(&"word ".repeat(500)).repeat(1000)).read();
        assert!(many.contains("left out: 1,000 comments: ") && many.ends_with("…\", and more"), "{many}");
        assert!(many.len() < 6_000, "{}", many.len());
        let none = Docx::of(&p("Text.")).with("comments", "");
        insta::assert_snapshot!(none.read(), @"Text.");
    }
}
