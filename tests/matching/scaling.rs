//! Known laws of random markets, and what a run costs.

use antagning_matching::{DeferredAcceptance, deferred_acceptance};

use crate::instances::uniform;
use crate::outcome::placements;
use crate::textbook::Instance;

fn proposals(instance: &Instance) -> f64 {
    let market = instance.market().expect("a sound market");
    deferred_acceptance(&market).statistics().proposals as f64
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

fn harmonic(n: usize) -> f64 {
    (1..=n).map(|k| 1.0 / k as f64).sum()
}

/// Proposals go to programmes as coupons to a collector, until the last one has one: n·Hₙ in the
/// mean, less a little since nobody asks twice. The collector's deviation is below n·π/√6 = 1.28·n,
/// a fifth of n·Hₙ at n = 300, so the mean of 40 runs strays by about 3 %: 10 % is three times that.
#[test]
fn n_by_n_needs_n_times_the_harmonic_number_of_proposals() {
    const N: usize = 300;
    let found = mean((0..40).map(|seed| proposals(&uniform(N, N, seed))));
    let expected = N as f64 * harmonic(N);
    assert!((found / expected - 1.0).abs() < 0.10, "{found} proposals, expected {expected}");
}

/// One programme more than applicants, and those on the short side get their logarithmic choice
/// in every stable matching (Ashlagi, Kanoria and Leshno 2017): about ((n+1)/n)·ln(n+1), whoever
/// proposes. The long side's rank is then near n / ln n, so mixing the sides up cannot pass. Of 20
/// runs the mean strays by a few per cent, and the law itself is exact only in the limit: 15 %.
#[test]
fn a_short_side_gets_about_its_logarithmic_choice() {
    const N: usize = 300;
    let found = mean((0..20).map(|seed| {
        let market = uniform(N, N + 1, seed).market().expect("a sound market");
        let worst = antagning_matching::programme_proposing(&market).statistics();
        assert_eq!(worst.placed, N);
        worst.proposals as f64 / N as f64
    }));
    let expected = (N as f64 + 1.0) / N as f64 * (N as f64 + 1.0).ln();
    assert!((found / expected - 1.0).abs() < 0.15, "choice {found}, expected {expected}");
}

/// The statistics count what the run does: a literal count by the textbook's rule agrees.
#[test]
fn proposals_are_counted_without_counting() {
    for seed in 0..20 {
        let instance = uniform(30, 25, seed);
        let made: usize = instance
            .deferred_acceptance()
            .iter()
            .zip(&instance.lists)
            .map(|(placement, list)| placement.map_or(list.len(), |position| position + 1))
            .sum();
        assert_eq!(proposals(&instance) as usize, made);
    }
}

#[test]
fn repeated_runs_allocate_nothing() {
    let market = uniform(200, 150, 1).market().expect("a sound market");
    let smaller = uniform(20, 15, 2).market().expect("a sound market");
    let expected = placements(&deferred_acceptance(&market));
    let mut scratch = DeferredAcceptance::new(&market);
    let counted = allocation_counter::measure(|| {
        for _ in 0..5 {
            assert_eq!(scratch.run(&market).market().choices(), 30_000);
            assert_eq!(scratch.run(&smaller).market().choices(), 300);
        }
    });
    assert_eq!(counted.count_total, 0);
    assert_eq!(placements(&scratch.run(&market)), expected);
    // The counter counts: the convenience function has memory of its own.
    let counted = allocation_counter::measure(|| drop(deferred_acceptance(&market)));
    assert!(counted.count_total > 0);
}
