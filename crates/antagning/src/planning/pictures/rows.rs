//! Pictures with a row an offer: names on the left, figures on a scale.

use svg::node::element::{Element, Group};

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, MARGIN, SIZE, SMALL, WIDTH, px, stroke, words};
use super::ink::Ink;
use super::words::wrapped;

/// The height of a row: a name has three lines at most.
pub(super) const HEIGHT: f64 = 42.0;
/// Where names end and the rest begins.
pub(super) const NAMES_END: f64 = 292.0;
/// More rows than these are a table and no picture.
pub(super) const MOST: usize = 60;

/// A name about a height, in three lines at most.
pub(super) fn name(middle: f64, name: &str) -> Group {
    let lines = wrapped(name, SMALL, NAMES_END - MARGIN, 3);
    let first = middle + 4.0 - 6.5 * (lines.len() - 1) as f64;
    (0..).zip(&lines).fold(Group::new(), |group, (at, line)| {
        let down = first + 13.0 * f64::from(at);
        group.add(words((MARGIN, down), line, SMALL, Ink::Text, Anchor::Start))
    })
}

/// A figure at a place, on the base line of a row.
pub(super) fn figure(across: f64, middle: f64, text: &str, anchor: Anchor) -> Element {
    words((across, middle + 4.5), text, SIZE, Ink::Text, anchor)
}

/// The head of a column in two lines at most, its last line just above the rows.
pub(super) fn head(canvas: &mut Canvas, across: f64, room: f64, text: &str, anchor: Anchor) {
    let lines = wrapped(text, SMALL, room, 3);
    let first = canvas.down - 15.0 * (lines.len() - 1) as f64;
    for (at, line) in (0..).zip(&lines) {
        let down = first + 15.0 * f64::from(at);
        canvas.add(words((across, down), line, SMALL, Ink::Muted, anchor));
    }
}

/// The lines of a scale over rows that end at `bottom`, with the figures above and below.
pub(super) fn scale(canvas: &mut Canvas, axis: Axis, ticks: &[i64], bottom: f64) {
    let top = canvas.down;
    for tick in ticks {
        let across = axis.at(*tick as f64);
        let line =
            stroke((across, top), (across, bottom), if *tick == 0 { 1.5 } else { 1.0 }, Ink::Grid);
        canvas.add(line);
        let text = canvas.language.count(tick.unsigned_abs());
        for down in [top - 5.0, bottom + 14.0] {
            canvas.add(words((across, down), &text, SMALL, Ink::Muted, Anchor::Middle));
        }
    }
}

/// A faint line between rows.
pub(super) fn rule(canvas: &mut Canvas, down: f64) {
    let line = stroke((MARGIN, down), (WIDTH - MARGIN, down), 0.5, Ink::Grid);
    canvas.add(line.set("stroke-dasharray", format!("{} {}", px(1.0), px(3.0))));
}
