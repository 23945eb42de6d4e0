//! The merits of those admitted to an offer, from its lowest and its mean.

use crate::cohort::STEP;

/// The greatest merit, 340 points, in steps.
const GREATEST: u32 = 136;

/// How values spread before they are tilted, in points, and where they end, in steps.
pub(crate) struct Shape {
    pub(crate) centre: f64,
    pub(crate) deviation: f64,
    pub(crate) greatest: u32,
}

/// Eligible pupils at large.
const MERITS: Shape = Shape { centre: 245.0, deviation: 62.0, greatest: GREATEST };

/// Merits in steps, rising, of `count` admitted: none below `least`, the first exactly `lowest`
/// where there is one, and their mean within half a step of `mean` points over `count`.
pub(crate) fn merits(count: u32, least: u32, lowest: Option<u32>, mean: f64) -> Vec<u32> {
    values(&MERITS, count, least, lowest, mean)
}

/// Values of a shape in steps, rising, with that lowest and mean as in [`merits`].
///
/// The shape is cut at the lowest and tilted exponentially until the mean agrees: of all
/// distributions with that mean the one that differs least from it. Values are taken at equal
/// distances of rank, not at random, so that small offers agree too.
pub(crate) fn values(
    shape: &Shape,
    count: u32,
    least: u32,
    lowest: Option<u32>,
    mean: f64,
) -> Vec<u32> {
    let greatest = shape.greatest;
    let from = lowest.unwrap_or(least).min(greatest);
    let running = tilted(shape, from, mean);
    let total = running.last().copied().unwrap_or(1.0);
    let mut merits: Vec<u32> = (0..count)
        .map(|rank| {
            let point = total * (f64::from(rank) + 0.5) / f64::from(count);
            from + running.partition_point(|sum| *sum < point) as u32
        })
        .collect();
    if let (Some(lowest), Some(first)) = (lowest, merits.first_mut()) {
        *first = lowest;
    }
    // The first stays at the lowest; the others make the sum come out.
    let fixed = usize::from(lowest.is_some());
    let free = merits.get_mut(fixed..).unwrap_or_default();
    let wanted = (mean * f64::from(count) / STEP) as i64;
    let mut short = wanted - i64::from(free.iter().sum::<u32>());
    short -= lowest.map_or(0, i64::from);
    let mut idle = 0;
    while short != 0 && idle < free.len() {
        // From the middle outwards in turn, so that the shape stays.
        for rank in 0..free.len() {
            let merit = &mut free[(rank * 7 + free.len() / 2) % free.len()];
            if short > 0 && *merit < greatest {
                (*merit, short, idle) = (*merit + 1, short - 1, 0);
            } else if short < 0 && *merit > from {
                (*merit, short, idle) = (*merit - 1, short + 1, 0);
            } else {
                idle += 1;
            }
        }
    }
    merits.sort_unstable();
    merits
}

/// Running sums of the tilted shape over the steps from `from` to the greatest.
fn tilted(shape: &Shape, from: u32, mean: f64) -> Vec<f64> {
    let weights = |tilt: f64| -> Vec<f64> {
        (from..=shape.greatest)
            .map(|steps| {
                let merit = f64::from(steps) * STEP;
                let standard = (merit - shape.centre) / shape.deviation;
                libm::exp(tilt * (merit - mean) - standard * standard / 2.0)
            })
            .collect()
    };
    let (mut low, mut high) = (-0.6, 0.6);
    for _ in 0..50 {
        let tilt = (low + high) / 2.0;
        let (mut sum, mut moment) = (0.0, 0.0);
        for (steps, weight) in (from..).zip(weights(tilt)) {
            sum += weight;
            moment += weight * f64::from(steps) * STEP;
        }
        if moment < mean * sum { low = tilt } else { high = tilt }
    }
    crate::random::running_sums(weights(low))
}

#[cfg(test)]
mod tests {
    use super::merits;

    fn mean(merits: &[u32]) -> f64 {
        f64::from(merits.iter().sum::<u32>()) * 2.5 / merits.len() as f64
    }

    #[test]
    fn lowest_and_mean_come_out() {
        for (count, lowest, wanted) in
            [(32, 232.5, 278.5), (8, 95.0, 172.5), (16, 317.5, 326.5), (96, 200.0, 256.5)]
        {
            let merits = merits(count, 32, Some((lowest / 2.5) as u32), wanted);
            assert_eq!(merits.len(), count as usize);
            assert_eq!(f64::from(merits[0]) * 2.5, lowest);
            assert!(merits.iter().all(|steps| *steps <= 136));
            assert!((mean(&merits) - wanted).abs() <= 2.5 / f64::from(count), "{merits:?}");
        }
    }

    #[test]
    fn without_a_lowest_only_the_mean_binds() {
        let merits = merits(12, 32, None, 101.5);
        assert!(merits[0] >= 32);
        assert!((mean(&merits) - 101.5).abs() < 0.3);
    }

    #[test]
    fn a_single_place_is_the_lowest() {
        assert_eq!(merits(1, 32, Some(70), 175.5), [70]);
    }
}
