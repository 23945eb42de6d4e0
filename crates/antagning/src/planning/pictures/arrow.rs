//! Arrows as wide as what they stand for.

use svg::node::element::{Group, Path};

use super::canvas::px;
use super::ink::Ink;

/// How far the middle of an arrow stands to its right, so that the two ways stand apart.
pub(super) fn swing(from: (f64, f64), to: (f64, f64)) -> f64 {
    let long = length(to.0 - from.0, to.1 - from.1);
    (7.0 + 0.09 * long).min(0.3 * long)
}

fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt().max(0.1)
}

/// The point that a line is bent towards, and the middle of the bent line.
pub(super) fn bend(from: (f64, f64), to: (f64, f64), swing: f64) -> ((f64, f64), (f64, f64)) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let (x, y) = (x / length(x, y) * swing, y / length(x, y) * swing);
    let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    ((middle.0 - 2.0 * y, middle.1 + 2.0 * x), (middle.0 - y, middle.1 + x))
}

/// A line between the edges of two discs; where they touch, between their middles.
pub(super) fn shortened(
    from: (f64, f64),
    to: (f64, f64),
    first: f64,
    last: f64,
) -> ((f64, f64), (f64, f64)) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let long = length(x, y);
    if long < first + last + 8.0 {
        return (from, to);
    }
    let (x, y) = (x / long, y / long);
    let start = (from.0 + x * first, from.1 + y * first);
    (start, (to.0 - x * last, to.1 - y * last))
}

/// An arrow of a breadth whose middle stands so far to its right.
pub(super) fn arrow(from: (f64, f64), to: (f64, f64), swing: f64, breadth: f64, ink: Ink) -> Group {
    let (towards, _) = bend(from, to, swing);
    let (x, y) = (to.0 - towards.0, to.1 - towards.1);
    let long = length(x, y);
    let (x, y) = (x / long, y / long);
    let head = (4.0 + breadth * 1.1).min(long);
    let side = 2.5 + breadth * 0.8;
    let base = (to.0 - x * head, to.1 - y * head);
    let at = |(across, down): (f64, f64)| format!("{} {}", px(across), px(down));
    let curve = format!("M{} Q{} {}", at(from), at(towards), at(base));
    let corners = [(base.0 - y * side, base.1 + x * side), (base.0 + y * side, base.1 - x * side)];
    let tip = format!("M{} L{} L{} Z", at(to), at(corners[0]), at(corners[1]));
    let line = Path::new().set("d", curve).set("fill", "none").set("stroke-width", px(breadth));
    Group::new()
        .add(line.set("stroke", ink.colour()).set("class", ink.line()))
        .add(Path::new().set("d", tip).set("fill", ink.colour()).set("class", ink.fill()))
}
