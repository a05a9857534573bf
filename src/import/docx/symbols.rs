//! Characters of fonts of symbols.

/// A character of a font of symbols; those that mean yes and no are written as such.
pub(super) fn symbol(code: &str) -> String {
    match u32::from_str_radix(code, 16).unwrap_or(0) & 0xFF {
        0xFC | 0xFE => "\u{2713}".to_owned(),
        0xFB | 0xFD => "\u{2717}".to_owned(),
        0xE0 | 0xE8 => "\u{2192}".to_owned(),
        0xA7 | 0xB7 | 0x6E | 0x71 | 0xD8 => "\u{2022} ".to_owned(),
        _ => " ".to_owned(),
    }
}
