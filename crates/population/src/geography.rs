//! Where people live and where schools stand.

use crate::random::{Draws, Purpose, running_sums};

/// How readily people travel that far, from 1 downwards; both in kilometres.
pub(crate) fn readiness(distance: f64, scale: f64) -> f64 {
    libm::exp(-distance / scale)
}

/// A made-up map: municipalities of unequal size on a square.
pub(crate) struct Map {
    /// Running sums of the inhabitants.
    pub(crate) inhabitants: Vec<f64>,
    /// For each municipality its nearest ones, itself first.
    near: Vec<Vec<u32>>,
    /// Running sums of how readily people of each municipality travel to its nearest ones.
    readiness: Vec<Vec<f64>>,
}

impl Map {
    const NEIGHBOURS: usize = 10;
    /// About a municipality's width in Sweden's denser parts.
    const SPACING_KM: f64 = 20.0;
    const TRAVEL_KM: f64 = 12.0;

    /// O(n²) in the number of municipalities, of which there are at most 2 000.
    pub(crate) fn new(seed: u64, programmes: u32) -> Self {
        let count = (programmes / 12).clamp(1, 2_000) as usize;
        let mut draws = Draws::new(seed, Purpose::Map, 0);
        let side = libm::sqrt(count as f64) * Self::SPACING_KM;
        let places: Vec<(f64, f64)> =
            (0..count).map(|_| (side * draws.unit(), side * draws.unit())).collect();
        // Few large towns, many small ones.
        let sizes: Vec<f64> = (0..count).map(|_| libm::pow(0.02 + draws.unit(), -0.8)).collect();
        let distance = |a: usize, b: usize| {
            let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
            libm::sqrt(dx * dx + dy * dy)
        };
        let mut near = Vec::with_capacity(count);
        let mut travel = Vec::with_capacity(count);
        for home in 0..count {
            let mut by_distance: Vec<(f64, u32)> =
                (0..count).map(|other| (distance(home, other), other as u32)).collect();
            let nearest = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
            if count > Self::NEIGHBOURS {
                by_distance.select_nth_unstable_by(Self::NEIGHBOURS - 1, nearest);
                by_distance.truncate(Self::NEIGHBOURS);
            }
            by_distance.sort_by(nearest);
            // A larger town draws more than in proportion to its nearness.
            travel.push(running_sums(by_distance.iter().map(|(km, town)| {
                readiness(*km, Self::TRAVEL_KM) * libm::sqrt(sizes[*town as usize])
            })));
            near.push(by_distance.into_iter().map(|(_, town)| town).collect());
        }
        Self { inhabitants: running_sums(sizes), near, readiness: travel }
    }

    pub(crate) fn municipalities(&self) -> usize {
        self.near.len()
    }

    /// Where someone lives, by inhabitants.
    pub(crate) fn home(&self, draws: &mut Draws) -> usize {
        draws.pick(&self.inhabitants)
    }

    /// Where someone from `home` goes to school, by distance and size.
    pub(crate) fn destination(&self, draws: &mut Draws, home: usize) -> usize {
        self.near[home][draws.pick(&self.readiness[home])] as usize
    }
}

/// The code of the n-th municipality: four digits.
pub(crate) fn municipality_code(index: usize) -> String {
    format!("{:04}", index + 1)
}
