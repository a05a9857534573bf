//! The words of an element of which no more is wanted than these.

use super::body::alternative;
use crate::import::xml::Element;

/// What one reads in an element, white space drawn together; nothing of what tracked changes took out of it.
pub(super) fn words(element: &Element) -> String {
    let mut text = String::new();
    collect(element, false, &mut text);
    drawn_together(&text)
}

/// What one could read in an element that tracked changes took out.
pub(super) fn lost_words(element: &Element) -> String {
    let mut text = String::new();
    collect(element, true, &mut text);
    drawn_together(&text)
}

/// A text on one line, without white space at its ends.
pub(super) fn drawn_together(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As much of a text as one cares to read of what is left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn collect(element: &Element, with_lost: bool, text: &mut String) {
    for child in element.elements() {
        match child.name.as_str() {
            "t" => text.push_str(&child.text()),
            "delText" if with_lost => text.push_str(&child.text()),
            "del" | "moveFrom" if !with_lost => {}
            "noBreakHyphen" => text.push('-'),
            "tab" | "ptab" | "br" | "cr" => text.push(' '),
            "AlternateContent" => {
                if let Some(chosen) = alternative(child) {
                    collect(chosen, with_lost, text);
                }
            }
            // What a paragraph was before a change has no words.
            "pPr" | "rPr" => {}
            "p" => {
                text.push(' ');
                collect(child, with_lost, text);
                text.push(' ');
            }
            _ => collect(child, with_lost, text),
        }
    }
}
