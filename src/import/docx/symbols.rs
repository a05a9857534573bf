//! Characters of fonts that have symbols in the place of letters.

/// What stands for a symbol that is not known.
pub(super) const UNKNOWN: char = '\u{25a1}';

/// Symbols in the order of their codes, from a code on.
type Codes = &'static [(u8, &'static str)];

const WINGDINGS: Codes = &[
    (0x43, "👍👎☜☞☝☟"),
    (0x4A, "☺😐☹"),
    (0x6C, "●❍■□❐❑❒"),
    (0x73, "⬧⧫◆❖⬥⌧"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9E, "·•▪○"),
    (0xA4, "◉◎"),
    (0xA7, "▪◻"),
    (0xAB, "★"),
    (0xD8, "➢"),
    (0xDC, "➲"),
    (0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩"),
    (0xFB, "✗✓☒☑"),
];
const WINGDINGS_2: Codes = &[(0x4F, "✗✓☒☑☒☒"), (0x96, "•●"), (0xA0, "■"), (0xA2, "□□")];
const WINGDINGS_3: Codes = &[(0x21, "←→↑↓↖↗↙↘"), (0x70, "▲▼△▽◀▶◁▷◣◢◤◥◂▸")];
const WEBDINGS: Codes = &[(0x33, "◀▶▲▼"), (0x61, "✓"), (0x63, "□"), (0x67, "■"), (0x6E, "●"), (0x72, "✖")];
const SYMBOL: Codes = &[
    (0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA2, "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xC6, "∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
];

/// A character of a font by its code: of a font of symbols what it shows there, of any other what it is.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    let Some(codes) = codes(font) else {
        return char::from_u32(code).filter(|c| !c.is_control() && !is_private(*c));
    };
    // Fonts of symbols have their characters in the private area, and documents name them there or not.
    let Ok(code) = u8::try_from(if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code }) else {
        return char::from_u32(code).filter(|c| !is_private(*c));
    };
    if code == b' ' {
        return Some(' ');
    }
    let (first, run) = codes.iter().rev().find(|(first, _)| *first <= code)?;
    run.chars().nth(usize::from(code - first))
}

/// What somebody typed in a font; the codes of symbols that are not known are handed on, and stand as [`UNKNOWN`].
///
/// A letter by itself in a font of symbols is a symbol; a word there is a word that was set in the wrong font.
pub(super) fn typed(font: &str, text: &str, mut unknown: impl FnMut(u32)) -> String {
    if codes(font).is_none() {
        return text.to_owned();
    }
    let is_alone = text.trim().chars().count() == 1;
    let shown = |c: char| match symbol(font, c.into()) {
        Some(shown) if is_alone || is_private(c) => shown,
        None if is_private(c) => {
            unknown(c.into());
            UNKNOWN
        }
        _ => c,
    };
    text.chars().map(shown).collect()
}

/// Whether a text is nothing but a filled shape, which may say something by its colour.
pub(super) fn is_shape(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().all(|c| matches!(c, '●' | '■' | '◆' | '▲' | '▼' | '★' | '⬤' | '⚫' | '⬛' | '◼'))
}

fn codes(font: &str) -> Option<Codes> {
    Some(match font {
        "Wingdings" => WINGDINGS,
        "Wingdings 2" => WINGDINGS_2,
        "Wingdings 3" => WINGDINGS_3,
        "Webdings" => WEBDINGS,
        "Symbol" => SYMBOL,
        _ => return None,
    })
}

/// Whether a character has no meaning but in a font.
fn is_private(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use crate::import::docx::testing::read;

    fn sym(font: &str, code: &str) -> String {
        format!(r#"<w:p><w:r><w:sym w:font="{font}" w:char="{code}"/></w:r></w:p>"#)
    }

    #[test]
    fn symbols_are_those_of_their_font() {
        let all: String = [
            ("Wingdings", "F0FC"),
            ("Wingdings", "F0FB"),
            ("Wingdings", "F0FE"),
            ("Wingdings", "F06F"),
            ("Wingdings", "F06C"),
            ("Wingdings", "F0A7"),
            ("Wingdings", "F0E0"),
            ("Wingdings 2", "F050"),
            ("Wingdings 2", "F04F"),
            ("Wingdings 2", "F052"),
            ("Wingdings 3", "F075"),
            ("Webdings", "F06E"),
            ("Webdings", "F061"),
            ("Symbol", "F0B7"),
            ("Symbol", "F0B3"),
            ("Symbol", "61"),
            ("MS Gothic", "2612"),
            ("Segoe UI Symbol", "2610"),
        ]
        .map(|(font, code)| sym(font, code))
        .concat();
        let text = read(&all).replace('\n', " ");
        assert_eq!(text, "✓ ✗ ☑ □ ● ▪ → ✓ ✗ ☑ ▶ ● ✓ • ≥ α ☒ ☐");
    }

    #[test]
    fn a_symbol_that_is_not_known_stands_as_a_box_and_is_said_once() {
        let all = sym("Wingdings", "F028") + &sym("Wingdings", "F028") + &sym("Bookshelf Symbol 7", "F028");
        insta::assert_snapshot!(read(&(all + &sym("Wingdings", "zz"))), @"
        □
        □
        □
        □
        ! left out: what symbols show that stand as □: F028 of Bookshelf Symbol 7, F028 of Wingdings, zz of Wingdings
        ");
    }

    #[test]
    fn a_letter_typed_in_a_font_of_symbols_is_a_symbol_and_a_word_is_a_word() {
        let typed = |font: &str, text: &str| {
            format!(
                r#"<w:p><w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"#
            )
        };
        let all = typed("Wingdings", "\u{fc}")
            + &typed("Wingdings 2", "P")
            + &typed("Wingdings", "\u{f0fb} \u{f0fc}");
        insta::assert_snapshot!(read(&(all + &typed("Wingdings", "Done") + &typed("Arial", "\u{fc}"))), @"
        ✓
        ✓
        ✗ ✓
        Done
        ü
        ");
    }
}
