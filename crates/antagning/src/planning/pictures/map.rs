//! Where the points of a displacement network stand.

use std::collections::BTreeMap;

use super::canvas::{MARGIN, WIDTH};
use crate::municipalities;
use crate::planning::seat_values::{Level, Network, UNPLACED};

/// More points than these at their places, or in a circle, are a table and no picture.
const MOST: usize = 40;
const MOST_IN_CIRCLE: usize = 24;
/// The greatest height of a panel, and what stays free in it for names.
const HIGHEST: f64 = 450.0;
const EDGE: (f64, f64) = (90.0, 30.0);
/// The same for a circle, whose names stand around it.
const EDGE_OF_CIRCLE: f64 = 52.0;

/// A point of the map. Moves are with a seat more, and with a seat fewer.
pub(super) struct Point<'n> {
    pub(super) label: &'n str,
    pub(super) name: String,
    /// Moves inside.
    pub(super) within: [u32; 2],
    /// Newly placed, and no longer placed.
    pub(super) placed: [u32; 2],
    /// All moves that begin or end here.
    pub(super) all: u32,
    pub(super) at: (f64, f64),
}

impl<'n> Point<'n> {
    fn new(label: &'n str, level: Level) -> Self {
        let name = match level {
            Level::Municipality => municipalities::name(label),
            Level::Offer | Level::School => label,
        };
        let (name, none) = (name.to_owned(), [0; 2]);
        Self { label, name, within: none, placed: none, all: 0, at: (0.0, 0.0) }
    }

    fn count(&mut self, moves: [u32; 2]) {
        self.all += moves[0] + moves[1];
    }
}

/// Moves from one point to another.
pub(super) struct Arc {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) moves: [u32; 2],
}

pub(super) struct Map<'n> {
    pub(super) points: Vec<Point<'n>>,
    pub(super) arcs: Vec<Arc>,
    /// Points that are not shown.
    pub(super) left_out: usize,
    pub(super) height: f64,
    /// Units to a kilometre, where points stand at their places.
    pub(super) scale: Option<f64>,
    /// The radius of the circle in which they stand otherwise.
    pub(super) reach: f64,
}

impl<'n> Map<'n> {
    pub(super) fn new(network: &'n Network) -> Self {
        let level = network.level();
        let mut found: BTreeMap<&str, Point<'n>> = BTreeMap::new();
        for (from, to, moves) in network.arcs() {
            let moves = [moves.more, moves.fewer];
            match (from, to) {
                (UNPLACED, label) | (label, UNPLACED) => {
                    let point = found.entry(label).or_insert_with(|| Point::new(label, level));
                    point.count(moves);
                    point.placed = [0, 1].map(|panel| point.placed[panel] + moves[panel]);
                }
                (from, to) => {
                    found.entry(from).or_insert_with(|| Point::new(from, level)).count(moves);
                    let point = found.entry(to).or_insert_with(|| Point::new(to, level));
                    if from == to {
                        point.within = moves;
                    } else {
                        point.count(moves);
                    }
                }
            }
        }
        let mut points: Vec<Point<'n>> = found.into_values().collect();
        let places = |points: &[Point<'_>]| {
            let place = |point: &Point<'_>| match level {
                Level::Municipality => municipalities::place(point.label),
                Level::Offer | Level::School => None,
            };
            points.iter().map(place).collect::<Option<Vec<_>>>()
        };
        let (all, known) = (points.len(), places(&points).is_some());
        points.sort_by_key(|point| std::cmp::Reverse(point.all));
        points.truncate(if known { MOST } else { MOST_IN_CIRCLE });
        points.sort_by_key(|point| point.label);
        let number = |label: &str| points.binary_search_by_key(&label, |point| point.label).ok();
        let arcs = network.arcs().filter(|(from, to, _)| from != to);
        let arcs = arcs.filter_map(|(from, to, moves)| {
            let moves = [moves.more, moves.fewer];
            Some(Arc { from: number(from)?, to: number(to)?, moves })
        });
        let (arcs, left_out) = (arcs.collect(), all - points.len());
        let places = places(&points).filter(|_| known);
        let mut map = Self { points, arcs, left_out, height: HIGHEST, scale: None, reach: 0.0 };
        match places {
            Some(places) => map.stand_at(places),
            None => map.stand_in_circle(),
        }
        map
    }

    /// Puts points at their places: an equirectangular map, true to scale in the middle.
    fn stand_at(&mut self, places: Vec<(f64, f64)>) {
        let ends = |of: fn(&(f64, f64)) -> f64| {
            let least = places.iter().map(of).fold(f64::INFINITY, f64::min);
            (least, places.iter().map(of).fold(f64::NEG_INFINITY, f64::max))
        };
        let ((south, north), (west, east)) = (ends(|place| place.0), ends(|place| place.1));
        let parallel = 111.2 * libm::cos((south + north) / 2.0 * std::f64::consts::PI / 180.0);
        let (high, wide) = ((north - south) * 111.2, (east - west) * parallel);
        let (room, most) = (WIDTH - 2.0 * MARGIN - 2.0 * EDGE.0, HIGHEST - 2.0 * EDGE.1);
        // One point alone has no extent.
        let scale = (room / wide.max(1.0)).min(most / high.max(1.0));
        let left = (WIDTH - wide * scale) / 2.0;
        for (point, (latitude, longitude)) in self.points.iter_mut().zip(places) {
            let across = left + (longitude - west) * parallel * scale;
            point.at = (across, EDGE.1 + (north - latitude) * 111.2 * scale);
        }
        self.height = high * scale + 2.0 * EDGE.1;
        self.scale = Some(scale);
    }

    fn stand_in_circle(&mut self) {
        let (count, radius) = (self.points.len() as f64, HIGHEST / 2.0 - EDGE_OF_CIRCLE);
        self.reach = radius;
        for (at, point) in self.points.iter_mut().enumerate() {
            // The first on top, the others clockwise.
            let turn = at as f64 / count * 2.0 * std::f64::consts::PI;
            let (right, up) = (libm::sin(turn), libm::cos(turn));
            point.at = (WIDTH / 2.0 + radius * right, HIGHEST / 2.0 - radius * up);
        }
    }
}
