//! Documents that a cell names: embedded in it, or as a line that is nothing but the name of a file.

use crate::import::document::{Paragraph, Run};
use crate::model::Evidence;

/// The paragraphs without those that are nothing but the name of a file, and those as evidence.
pub(super) fn apart(paragraphs: &[Paragraph]) -> (Vec<Paragraph>, Vec<Evidence>) {
    let (files, rest): (Vec<&Paragraph>, Vec<&Paragraph>) = paragraphs.iter().partition(|p| is_file(p));
    (rest.into_iter().cloned().collect(), files.into_iter().filter_map(one).collect())
}

/// Each paragraph as an item of evidence.
pub(super) fn all(paragraphs: &[Paragraph]) -> Vec<Evidence> {
    paragraphs.iter().filter_map(one).collect()
}

fn one(paragraph: &Paragraph) -> Option<Evidence> {
    let title = paragraph.text();
    if !title.contains(char::is_alphanumeric) {
        return None;
    }
    let reference = paragraph.runs.iter().find_map(|run: &Run| run.link.clone());
    // An address is where it is, and what it is called.
    let address = || (title.starts_with("http") && !title.contains(' ')).then(|| title.clone());
    Some(Evidence { reference: reference.or_else(address), title, visibility: None })
}

fn is_file(paragraph: &Paragraph) -> bool {
    const ENDINGS: &[&str] = &[
        "doc", "docx", "docm", "xls", "xlsx", "xlsm", "pdf", "ppt", "pptx", "msg", "eml", "csv", "txt",
        "rtf", "odt", "ods", "png", "jpg", "jpeg", "zip", "vsd", "vsdx",
    ];
    if paragraph.runs.iter().any(|run| run.is_file) {
        return true;
    }
    let text = paragraph.text();
    let Some((name, ending)) = text.rsplit_once('.') else { return false };
    let is_name = !name.is_empty() && name.chars().count() <= 120 && !name.contains(['/', ':', ';']);
    // A sentence that ends with a file's name has a word before it that begins in no capital, and a verb; a name
    // has few words.
    is_name
        && name.split(' ').count() <= 12
        && ENDINGS.contains(&ending.to_lowercase().as_str())
        && !name.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_from_sentences() {
        for (text, is) in [
            ("MARAC MATAAC proposal v1.2.docx", true),
            ("Minutes.PDF", true),
            ("The plan was published.", false),
            ("It is done. See plan.docx", false),
            ("https://example.org/plan.pdf", false),
            ("v1.2", false),
        ] {
            assert_eq!(is_file(&Paragraph::plain(text)), is, "{text}");
        }
    }
}
