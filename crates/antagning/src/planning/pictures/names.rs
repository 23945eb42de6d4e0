//! Where names stand beside the points of a map, so that none is written over another.

use super::canvas::Anchor;
use super::words::width;

/// A part of the sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// About a place.
    pub(super) fn about((across, down): (f64, f64), (wide, high): (f64, f64)) -> Self {
        let (wide, high) = (wide / 2.0, high / 2.0);
        Self { left: across - wide, top: down - high, right: across + wide, bottom: down + high }
    }

    /// How much of it another covers.
    fn covered_by(&self, other: &Self) -> f64 {
        let wide = self.right.min(other.right) - self.left.max(other.left);
        let high = self.bottom.min(other.bottom) - self.top.max(other.top);
        wide.max(0.0) * high.max(0.0)
    }

    fn size(&self) -> f64 {
        (self.right - self.left) * (self.bottom - self.top)
    }
}

/// A name's place: its base line, the side, and whether it needs a line to its point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) at: (f64, f64),
    pub(super) anchor: Anchor,
    /// Where a line from the point ends, when the name stands away from it.
    pub(super) lead: Option<(f64, f64)>,
}

/// What is taken of a frame.
#[derive(Debug)]
pub(super) struct Room {
    frame: Area,
    taken: Vec<Area>,
}

impl Room {
    pub(super) fn new(frame: Area) -> Self {
        Self { frame, taken: Vec::new() }
    }

    pub(super) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// How much of an area is taken or lies outside.
    fn lost(&self, area: &Area) -> f64 {
        let outside = area.size() - area.covered_by(&self.frame);
        // Outside a name is cut, which is worse than crowded.
        self.taken.iter().map(|other| area.covered_by(other)).sum::<f64>() + 4.0 * outside
    }

    /// Takes an area if it is free.
    pub(super) fn take_if_free(&mut self, area: Area) -> bool {
        let free = self.lost(&area) <= 0.0;
        if free {
            self.taken.push(area);
        }
        free
    }

    /// Places a name beside a point: on the right, left, above, below or between, and further away
    /// until it is free; where it never is, where it loses least. O(names placed).
    pub(super) fn place(
        &mut self,
        point: (f64, f64),
        radius: f64,
        name: &str,
        size: f64,
    ) -> Placed {
        let (wide, high) = (width(name, size), size * 1.15);
        let mut best: Option<(f64, Placed, Area)> = None;
        for away in [3.0, 9.0, 17.0, 27.0, 39.0, 53.0, 69.0] {
            for side in [(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)].into_iter().chain([
                (0.75, -0.75),
                (0.75, 0.75),
                (-0.75, -0.75),
                (-0.75, 0.75),
            ]) {
                let reach = radius + away;
                let near = (point.0 + side.0 * reach, point.1 + side.1 * reach);
                let (left, anchor) = match side.0 {
                    x if x > 0.0 => (near.0, Anchor::Start),
                    x if x < 0.0 => (near.0 - wide, Anchor::End),
                    _ => (near.0 - wide / 2.0, Anchor::Middle),
                };
                let top = near.1 - high / 2.0 + side.1 * high / 2.0;
                let area = Area { left, top, right: left + wide, bottom: top + high };
                let at = (near.0, top + size * 0.9);
                let lead = (away > 3.0).then_some(near);
                let lost = self.lost(&area);
                if best.as_ref().is_none_or(|(least, ..)| lost < *least) {
                    best = Some((lost, Placed { at, anchor, lead }, area));
                }
                if lost <= 0.0 {
                    break;
                }
            }
            if best.as_ref().is_some_and(|(lost, ..)| *lost <= 0.0) {
                break;
            }
        }
        let (_, placed, area) = best.expect("there are sides to try");
        self.taken.push(area);
        placed
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, Room};

    #[test]
    fn names_in_a_crowd_stand_apart() {
        let mut room = Room::new(Area { left: 0.0, top: 0.0, right: 700.0, bottom: 400.0 });
        let points: Vec<(f64, f64)> = (0..24)
            .map(|n| (300.0 + f64::from(n % 6) * 22.0, 120.0 + f64::from(n / 6) * 26.0))
            .collect();
        points.iter().for_each(|point| room.take(Area::about(*point, (6.0, 6.0))));
        let points_taken = room.taken.len();
        for point in &points {
            room.place(*point, 3.0, "Staffanstorp", 12.0);
        }
        let names = &room.taken[points_taken..];
        for (at, name) in names.iter().enumerate() {
            let over = names[..at].iter().map(|other| name.covered_by(other)).sum::<f64>();
            assert!(over <= 0.0, "name {at} covers {over}");
        }
        assert!(!room.take_if_free(Area::about(points[0], (2.0, 2.0))));
        assert!(room.take_if_free(Area::about((10.0, 10.0), (2.0, 2.0))));
    }
}
