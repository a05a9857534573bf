//! A RAG level that is nothing but the colour of a cell.

use crate::import::document::Rgb;
use crate::model::Colour;

/// The colour of a scale that a colour on paper is, pale ones too; none for white, for grey, and for what is none of
/// them.
pub(super) fn of(rgb: Rgb) -> Option<Colour> {
    let Rgb(red, green, blue) = rgb;
    let [red, green, blue] = [red, green, blue].map(|part| f64::from(part) / 255.0);
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let (light, spread) = ((most + least) / 2.0, most - least);
    if light < 0.08 {
        return Some(Colour::Black);
    }
    // How much colour there is, whether it is pale or dark.
    let saturation = spread / (1.0 - (2.0 * light - 1.0).abs()).max(0.001);
    // Grey is how headers and whatever does not apply are shaded, as often as it is a level.
    if saturation < 0.18 || spread < 0.06 {
        return None;
    }
    let hue = match most {
        _ if (most - red).abs() < f64::EPSILON => 60.0 * ((green - blue) / spread).rem_euclid(6.0),
        _ if (most - green).abs() < f64::EPSILON => 60.0 * ((blue - red) / spread + 2.0),
        _ => 60.0 * ((red - green) / spread + 4.0),
    };
    Some(match hue {
        h if !(15.0..340.0).contains(&h) => Colour::Red,
        h if h < 52.0 => Colour::Amber,
        h if h < 68.0 => Colour::Yellow,
        h if h < 170.0 => Colour::Green,
        h if h < 262.0 => Colour::Blue,
        _ => Colour::Purple,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_office_programs_fill_cells_with_is_known() {
        let colours = [
            ("FF0000", "red"),
            ("C00000", "red"),
            ("FFC7CE", "red"),
            ("DA9694", "red"),
            ("FFC000", "amber"),
            ("FFBF00", "amber"),
            ("ED7D31", "amber"),
            ("FFEB9C", "amber"),
            ("F4B083", "amber"),
            ("FFFF00", "yellow"),
            ("00B050", "green"),
            ("92D050", "green"),
            ("C6EFCE", "green"),
            ("A8D08D", "green"),
            ("00B0F0", "blue"),
            ("0070C0", "blue"),
            ("8DB3E2", "blue"),
            ("7030A0", "purple"),
            ("BFBFBF", "-"),
            ("000000", "black"),
            ("F2F2F2", "-"),
            ("FFFFFF", "-"),
        ];
        for (hex, name) in colours {
            let found = Rgb::of_hex(hex).and_then(of).map_or("-", Colour::name);
            assert_eq!(found, name, "{hex}");
        }
    }
}
