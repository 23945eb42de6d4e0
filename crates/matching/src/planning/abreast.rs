//! Two searches side by side: what one misses the other may find.
//!
//! Where a search ends is partly luck, so that two of one second each are worth more than one of two
//! seconds, and where there are two processors they cost no more time than one. Both make the same
//! number of rounds whatever the processors do, so that the plan depends on seed and rounds alone.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::SearchProgress;
use super::annealing::{Annealing, Found};

/// Rounds between two looks at how far the other one is.
const STRIDE: u64 = 64;
/// The first waits when it is so many rounds ahead, so that the second has little left to do at the
/// end.
const AHEAD: u64 = 4_096;
/// Not known yet.
const OPEN: u64 = u64::MAX;

/// How far the two are.
struct Pace {
    /// Rounds that the second may make for now.
    allowed: AtomicU64,
    /// Rounds that the second has made, about.
    made: AtomicU64,
    /// Rounds that both make in all, once the first has ended.
    last: AtomicU64,
}

/// Runs both until `go_on`, which the first one asks, says that it is enough; gives the better find.
pub(super) fn search(
    first: Annealing<'_, '_>,
    second: Annealing<'_, '_>,
    mut go_on: impl FnMut(SearchProgress) -> bool,
) -> Found {
    let (allowed, made, last) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(OPEN));
    let pace = Pace { allowed, made, last };
    let [first, second] = thread::scope(|scope| {
        let second = scope.spawn(|| {
            let _ended = SecondEnds(&pace);
            second.run(|progress| pace.second_goes_on(progress.rounds))
        });
        let ends = FirstEnds(&pace);
        let first = first.run(|progress| {
            pace.first_waits(progress.rounds);
            go_on(progress)
        });
        pace.last.store(first.rounds, Ordering::Release);
        drop(ends);
        match second.join() {
            Ok(second) => [first, second],
            Err(panic) => std::panic::resume_unwind(panic),
        }
    });
    let best = if second.best.score > first.best.score { second.best } else { first.best };
    Found { best, rounds: first.rounds }
}

/// Lets the second end when the first does not come to its end: when `go_on` panics.
struct FirstEnds<'p>(&'p Pace);

/// Lets the first wait no longer, however the second ended.
struct SecondEnds<'p>(&'p Pace);

impl Drop for SecondEnds<'_> {
    fn drop(&mut self) {
        self.0.made.store(OPEN, Ordering::Relaxed);
    }
}

impl Drop for FirstEnds<'_> {
    fn drop(&mut self) {
        let _known = self.0.last.compare_exchange(OPEN, 0, Ordering::Release, Ordering::Relaxed);
    }
}

impl Pace {
    /// Lets the second follow, and waits when it is far behind.
    fn first_waits(&self, rounds: u64) {
        if !rounds.is_multiple_of(STRIDE) {
            return;
        }
        self.allowed.store(rounds, Ordering::Relaxed);
        while rounds > self.made.load(Ordering::Relaxed).saturating_add(AHEAD) {
            thread::yield_now();
        }
    }

    /// Whether the second makes another round, as soon as that is known.
    fn second_goes_on(&self, rounds: u64) -> bool {
        if rounds.is_multiple_of(STRIDE) {
            self.made.store(rounds, Ordering::Relaxed);
        }
        loop {
            let last = self.last.load(Ordering::Acquire);
            if last != OPEN || rounds < self.allowed.load(Ordering::Relaxed) {
                return rounds < last;
            }
            thread::yield_now();
        }
    }
}
