//! Colours of a theme, and the shades of them.

use crate::import::document::Rgb;
use crate::import::xml::Element;
use std::collections::HashMap;

/// The colours of a document's theme, by their names there.
#[derive(Debug, Default)]
pub(super) struct Theme(HashMap<String, Rgb>);

impl Theme {
    pub(super) fn of(theme: Option<&Element>) -> Self {
        let scheme = theme.and_then(|theme| theme.find(&["themeElements", "clrScheme"]));
        let colour = |element: &Element| {
            let value = element.elements().next()?;
            let hex = value.attribute("lastClr").or_else(|| value.attribute("val"))?;
            Some((element.name.clone(), Rgb::of_hex(hex)?))
        };
        Self(scheme.into_iter().flat_map(Element::elements).filter_map(colour).collect())
    }

    /// A colour by the name that documents have for it, with a tint or a shade of so many 255ths.
    pub(super) fn colour(&self, name: &str, tint: Option<&str>, shade: Option<&str>) -> Option<Rgb> {
        let name = match name {
            "dark1" | "text1" | "tx1" => "dk1",
            "light1" | "background1" | "bg1" => "lt1",
            "dark2" | "text2" | "tx2" => "dk2",
            "light2" | "background2" | "bg2" => "lt2",
            "hyperlink" => "hlink",
            "followedHyperlink" => "folHlink",
            name => name,
        };
        let Rgb(red, green, blue) = *self.0.get(name)?;
        let part = |hex: Option<&str>| hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let (tint, shade) = (part(tint), part(shade));
        // Towards white, and towards black: what is meant shows either way.
        let mix = |part: u8| {
            let part = tint.map_or(f64::from(part), |t| {
                let t = f64::from(t) / 255.0;
                f64::from(part) * t + 255.0 * (1.0 - t)
            });
            let part = shade.map_or(part, |s| part * f64::from(s) / 255.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is from 0 to 255"
            )]
            let part = part.round().clamp(0.0, 255.0) as u8;
            part
        };
        Some(Rgb(mix(red), mix(green), mix(blue)))
    }
}

/// What `w:shd` fills with; nothing where it is left to the program that shows it.
pub(super) fn fill(shading: &Element, theme: &Theme) -> Option<Rgb> {
    let attribute = |name| shading.attribute(name).filter(|value| *value != "auto" && *value != "none");
    let themed =
        |name, tint, shade| theme.colour(attribute(name)?, shading.attribute(tint), shading.attribute(shade));
    // A pattern that is solid shows its foreground.
    if attribute("val").is_some_and(|pattern| pattern == "solid") {
        let front = themed("themeColor", "themeTint", "themeShade");
        return front.or_else(|| Rgb::of_hex(attribute("color")?)).filter(|colour| !colour.is_white());
    }
    let back = themed("themeFill", "themeFillTint", "themeFillShade");
    back.or_else(|| Rgb::of_hex(attribute("fill")?)).filter(|colour| !colour.is_white())
}

/// The colours of Word's highlighter.
pub(super) fn highlight(name: &str) -> Option<Rgb> {
    Some(match name {
        "yellow" => Rgb(255, 255, 0),
        "green" => Rgb(0, 255, 0),
        "cyan" => Rgb(0, 255, 255),
        "magenta" => Rgb(255, 0, 255),
        "blue" => Rgb(0, 0, 255),
        "red" => Rgb(255, 0, 0),
        "darkBlue" => Rgb(0, 0, 128),
        "darkCyan" => Rgb(0, 128, 128),
        "darkGreen" => Rgb(0, 128, 0),
        "darkMagenta" => Rgb(128, 0, 128),
        "darkRed" => Rgb(128, 0, 0),
        "darkYellow" => Rgb(128, 128, 0),
        "darkGray" => Rgb(128, 128, 128),
        "lightGray" => Rgb(192, 192, 192),
        "black" => Rgb(0, 0, 0),
        _ => return None,
    })
}
