//! Pictures, in SVG: bars, and lines over time.
//!
//! Widths are in percent, so that a picture fits a phone as it fits a projector while its text keeps its size.
//! What a picture shows stands in a table too.

use super::html::Html;
use crate::history::Point;
use crate::report::Stage;
use crate::wording::{day, thousands};
use std::fmt::Write as _;

/// A part of a bar: how much, and the classes of what it is filled with.
pub(super) struct Part {
    pub(super) size: usize,
    pub(super) class: String,
}

/// A bar of parts, as long as `size` is of `most`. Its numbers stand beside it.
pub(super) fn bar(parts: &[Part], most: usize, height: u32) -> Html {
    let mut svg = format!("<svg class=\"bar\" width=\"100%\" height=\"{height}\" aria-hidden=\"true\">");
    let mut at = 0;
    for part in parts.iter().filter(|part| part.size > 0) {
        let (x, width) = (percent(at, most), percent(part.size, most));
        write(
            &mut svg,
            format_args!("<rect class=\"{}\" x=\"{x}\" width=\"{width}\" height=\"{height}\"/>", part.class),
        );
        at += part.size;
    }
    svg.push_str("</svg>");
    Html::new(svg)
}

/// A share in percent, as exactly as a screen can show it.
fn percent(part: usize, whole: usize) -> String {
    let hundredths = (part * 10_000 + whole / 2) / whole.max(1);
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => format!("{whole}%"),
        rest if rest % 10 == 0 => format!("{whole}.{}%", rest / 10),
        rest => format!("{whole}.{rest:02}%"),
    }
}

/// The class with which each stage is drawn.
pub(super) fn stage_class(stage: Stage) -> &'static str {
    match stage {
        Stage::Overdue => "s-overdue",
        Stage::Open => "s-open",
        Stage::Done => "s-done",
        Stage::Dropped => "s-dropped",
        Stage::Elsewhere => "s-elsewhere",
        Stage::Silent => "s-silent",
    }
}

/// The stages that are hatched, as the end of their class, and the lines with which: what is overdue is filled, and what
/// is held elsewhere empty.
pub(super) const HATCHED: [(&str, &str); 3] =
    [("open", "M-1 1L1-1M0 6L6 0M5 7L7 5"), ("done", "M0 2H2M3 5H5"), ("dropped", "M0 1H6M1 0V6")];

/// How high lines are, in pixels, and the room below for what stands under them.
const HEIGHT: usize = 150;
const ABOVE: usize = 22;
const BELOW: usize = 26;

/// A line over time: its name, the class with which it is drawn, and its numbers.
pub(super) struct Line {
    pub(super) name: &'static str,
    pub(super) class: &'static str,
    pub(super) numbers: Vec<usize>,
}

/// Lines over time, each called by its name where it ends.
pub(super) fn lines(title: &str, id: &str, points: &[Point], lines: &[Line]) -> Html {
    let most = lines.iter().flat_map(|line| &line.numbers).copied().max().unwrap_or(0).max(1);
    let mut svg = begin(title, id, ABOVE + HEIGHT + BELOW);
    base(&mut svg);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Html::new(svg + "</svg>") };
    let span = usize::try_from((last.date - first.date).num_days()).unwrap_or(0).max(1);
    let x = |point: &Point| usize::try_from((point.date - first.date).num_days()).unwrap_or(0) * 1000 / span;
    let y = |n: usize| HEIGHT - n * HEIGHT / most;
    write(
        &mut svg,
        format_args!(
            "<svg width=\"100%\" height=\"{HEIGHT}\" y=\"{ABOVE}\" viewBox=\"0 0 1000 {HEIGHT}\" preserveAspectRatio=\"none\" overflow=\"visible\">"
        ),
    );
    for line in lines {
        let path: Vec<String> =
            points.iter().zip(&line.numbers).map(|(p, n)| format!("{},{}", x(p), y(*n))).collect();
        write(&mut svg, format_args!("<polyline class=\"{}\" points=\"{}\"/>", line.class, path.join(" ")));
    }
    svg.push_str("</svg>");
    // Names that would stand on one another are moved apart.
    let mut ends: Vec<(usize, &Line)> =
        lines.iter().filter_map(|line| Some((ABOVE + y(*line.numbers.last()?), line))).collect();
    ends.sort_by_key(|(y, _)| *y);
    let mut free = 0;
    for (y, line) in ends {
        let y = y.max(free);
        free = y + 15;
        let last = line.numbers.last().copied().unwrap_or(0);
        write(
            &mut svg,
            format_args!(
                "<text class=\"end {}\" x=\"100%\" dx=\"8\" y=\"{}\">{} {}</text>",
                line.class,
                y + 4,
                thousands(last),
                line.name
            ),
        );
    }
    let below = ABOVE + HEIGHT + 18;
    write(&mut svg, format_args!("<text class=\"l\" x=\"0\" y=\"{below}\">{}</text>", day(first.date)));
    write(&mut svg, format_args!("<text class=\"r\" x=\"100%\" y=\"{below}\">{}</text>", day(last.date)));
    svg.push_str("</svg>");
    Html::new(svg)
}

/// What is under everything.
fn base(svg: &mut String) {
    let y = ABOVE + HEIGHT;
    write(svg, format_args!("<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>"));
}

fn begin(title: &str, id: &str, height: usize) -> String {
    let title = Html::of_text(title);
    format!(
        "<svg class=\"chart\" width=\"100%\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{title}</title>"
    )
}

/// Writing to a string does not fail.
fn write(svg: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = svg.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_and_short() {
        let shares =
            [(0, 3), (1, 3), (1, 2), (1, 8), (3, 3), (0, 0)].map(|(part, whole)| percent(part, whole));
        assert_eq!(shares, ["0%", "33.33%", "50%", "12.5%", "100%", "0%"]);
    }
}
