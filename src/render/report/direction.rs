//! Text of scripts that are written from right to left, within sentences and lists that are not: each name, title or quotation
//! is a piece of its own, so that the figures around it do not change places. What has none of these scripts needs
//! nothing, and gets nothing.

use super::html::Html;
use std::fmt::Write as _;

/// Whether a text has letters of a script that is written from right to left: Hebrew, Arabic and their kin.
pub(super) fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// The attribute by which a block runs as its own text does.
pub(super) fn of_block(text: &str) -> &'static str {
    if is_right_to_left(text) { " dir=\"auto\"" } else { "" }
}

/// A name or a title, apart from what stands around it.
pub(super) fn isolated(text: &str, html: Html) -> Html {
    if is_right_to_left(text) { Html::new(format!("<bdi>{html}</bdi>")) } else { html }
}

/// A sentence or a list of things, of which each that is not the page's own is apart from what stands around it.
pub(super) fn pieces(text: &str, html: fn(&str) -> Html) -> Html {
    const BETWEEN: [&str; 10] = ["\"", ", ", "; ", ": ", " · ", " → ", " (", ")", "“", "”"];
    if !is_right_to_left(text) {
        return html(text);
    }
    let mut told = String::new();
    let mut piece = |from: usize, to: usize, sign: &str| {
        let _ = write!(told, "{}{}", isolated(&text[from..to], html(&text[from..to])), html(sign));
    };
    // Gone through once: a text may be long.
    let (mut from, mut at) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        match BETWEEN.iter().find(|sign| text[at..].starts_with(**sign)) {
            Some(sign) => {
                piece(from, at, sign);
                at += sign.len();
                from = at;
            }
            None => at += c.len_utf8(),
        }
    }
    piece(from, text.len(), "");
    Html::new(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_scripts_are_pieces_of_their_own() {
        let told = |text| pieces(text, Html::of_text).to_string();
        assert_eq!(told("Force, Council; due 3 May 2025"), "Force, Council; due 3 May 2025");
        assert_eq!(told("شرطة 12, Council, 3 days"), "<bdi>شرطة 12</bdi>, Council, 3 days");
        assert_eq!(told("milestone “משטרה 7”, 9 days ago"), "milestone “<bdi>משטרה 7</bdi>”, 9 days ago");
        assert_eq!(isolated("שם <b>", Html::of_text("שם <b>")).to_string(), "<bdi>שם &lt;b&gt;</bdi>");
        assert_eq!((of_block("שם"), of_block("name")), (" dir=\"auto\"", ""));
    }
}
