//! Applicant-proposing deferred acceptance, linear and without a heap.

mod seating;
mod warm_start;
mod waves;

use std::num::NonZeroU32;

use crate::grouping::Grouping;
use crate::market::Index;
use crate::packed::{Choices, Packed};
use crate::{Market, Matching};

pub(crate) use seating::Seating;
pub use warm_start::WarmStart;

/// The applicant-optimal stable matching.
///
/// Applicants propose to the programmes of their list in order; a programme keeps the best so far,
/// as many as it has seats, and turns the others away. Of all stable matchings the result is the
/// one that every applicant likes best, and no applicant gains by stating another list.
///
/// # Arguments
///
/// * `market`: who wants what, and who goes first where.
///
/// # Returns
///
/// The [`Matching`]. It depends on the market alone, not on the order in which applicants or
/// programmes were added (apart from their numbers).
///
/// # Complexity
///
/// * Time: O(choices + applicants + programmes), a choice of a grouped programme counting once for
///   each group that is open to the applicant; a seat passed on through g groups costs g steps.
/// * Memory: four bytes an applicant, twenty a programme and a group, one bit a choice.
///
/// # Example
///
/// ```
/// use antagning_matching::{MarketBuilder, deferred_acceptance};
///
/// // anna:  P > Q     P (1 seat):  björn > anna
/// // björn: Q > P     Q (1 seat):  cecilia > anna > björn
/// // cecilia: Q
/// //
/// //   anna ──1──► P ◄──2── björn        cecilia takes Q from björn,
/// //     └────2──► Q ◄──1────┘           björn takes P from anna,
/// //               ▲                     anna has no claim on Q.
/// //  cecilia ──1──┘
/// let mut builder = MarketBuilder::new();
/// let [p, q] = [1, 1].map(|seats| builder.add_programme(seats));
/// let anna = builder.add_applicant([(p, 10), (q, 20)]);
/// let björn = builder.add_applicant([(q, 10), (p, 20)]);
/// let cecilia = builder.add_applicant([(q, 30)]);
/// let market = builder.build()?;
///
/// let matching = deferred_acceptance(&market);
/// assert_eq!(matching.programme_of(anna), None);
/// assert_eq!(matching.programme_of(björn), Some(p));
/// assert_eq!(matching.programme_of(cecilia), Some(q));
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
///
/// # Reference
///
/// * D. Gale and L. S. Shapley, *College Admissions and the Stability of Marriage*, American
///   Mathematical Monthly 69 (1962).
/// * D. G. McVitie and L. B. Wilson, *The Stable Marriage Problem*, Communications of the ACM 14
///   (1971): one applicant at a time, the displaced one going on at once.
/// * J. W. Hatfield and P. R. Milgrom, *Matching with Contracts*, American Economic Review 95
///   (2005), for programmes that choose by a function; see [`QuotaGroup`](crate::QuotaGroup).
#[must_use]
pub fn deferred_acceptance(market: &Market) -> Matching<'static> {
    DeferredAcceptance::new(market).run(market).into_owned()
}

/// The scratch memory of [`deferred_acceptance`], for repeated runs.
///
/// From the second run on a market of the same size or smaller, nothing is allocated.
///
/// ```
/// use antagning_matching::{DeferredAcceptance, MarketBuilder};
///
/// let mut builder = MarketBuilder::new();
/// let programme = builder.add_programme(1);
/// let applicant = builder.add_applicant([(programme, 1)]);
/// let market = builder.build()?;
/// let mut scratch = DeferredAcceptance::new(&market);
/// for _ in 0..3 {
///     assert_eq!(scratch.run(&market).choice_of(applicant), Some(0));
/// }
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct DeferredAcceptance {
    /// The units, and at the end the pseudo unit that accepts everybody.
    units: Vec<Unit>,
    /// One bit a rank, set once its applicant has been accepted. Those at or above the limit are
    /// out of date and never looked at again.
    accepted: Vec<u64>,
    /// The choice that each place holds.
    held: Vec<u32>,
    /// Where the seats of each group go that it does not need itself.
    passing: Vec<Passing>,
    /// Seats left by unit, for the result.
    vacant: Vec<u32>,
    /// The entries in `holder` of those who lost a seat and wait to go on, in a
    /// [warm start](WarmStart).
    displaced: Vec<u32>,
}

/// All that the loop needs of a programme or a group, in one place for the cache.
#[derive(Clone, Copy, Debug)]
struct Unit {
    /// The first rank no longer accepted: the ranking's length while seats are left, and then the
    /// rank of the worst holder.
    limit: u32,
    /// Seats left that can be taken without further ado: none in a group that passes seats on,
    /// since another group has to give up what is taken. What was passed on to a group counts
    /// until a taker turns up where it came from.
    vacant: u32,
    /// Where the bitmap begins in `accepted`.
    words: u32,
    /// Where the ranking begins in the index.
    ranking: u32,
}

/// A group that may pass seats on.
#[derive(Clone, Copy, Debug)]
struct Passing {
    /// The group that they pass on to, if any.
    to: Option<NonZeroU32>,
    /// Seats left, if they pass on.
    vacant: u32,
}

impl DeferredAcceptance {
    /// Scratch memory for a market of this size.
    #[must_use]
    pub fn new(market: &Market) -> Self {
        let mut scratch = Self::default();
        scratch.reset(&market.index);
        scratch
    }

    /// Runs [`deferred_acceptance`]. The matching borrows this memory;
    /// [`Matching::into_owned`] sets it free.
    ///
    /// The number of proposals and rejections follows from the result, so that counting costs the
    /// run nothing: see [`RankStatistics`](crate::RankStatistics).
    pub fn run(&mut self, market: &Market) -> Matching<'_> {
        let index = &*market.index;
        self.propose_all(index);
        if index.grouping.is_some() {
            self.end_passing();
        }
        self.vacant.extend(self.units[..index.seats.len()].iter().map(|unit| unit.vacant));
        if let Some(grouping) = &index.grouping {
            grouping.sum_vacancies(&mut self.vacant);
        }
        Matching::new(market, self.held.as_slice(), self.vacant.as_slice())
    }

    /// Has everybody propose, and leaves the memory as it is then.
    fn propose_all(&mut self, index: &Index) {
        self.reset(index);
        if let Some(grouping) = &index.grouping {
            self.start_passing(index, grouping);
        }
        let starts = &index.starts[..self.held.len()];
        self.propose_packed(index, starts.iter().enumerate().map(|(place, &at)| (place, at)));
    }

    fn reset(&mut self, index: &Index) {
        let words = &index.words;
        self.units.clear();
        self.units.reserve(index.seats.len() + 1);
        self.units.extend(index.rankings.windows(2).zip(&index.seats).zip(words).map(
            |((bounds, &seats), &words)| Unit {
                limit: if seats == 0 { 0 } else { bounds[1] - bounds[0] },
                vacant: seats,
                words,
                ranking: bounds[0],
            },
        ));
        let last = words[index.seats.len()];
        let pseudo = Unit { limit: u32::MAX, vacant: u32::MAX, words: last, ranking: 0 };
        self.units.push(pseudo);
        self.accepted.clear();
        self.accepted.resize(last as usize + 1, 0);
        self.held.resize(index.place_of.len(), 0);
        self.passing.clear();
        self.passing.reserve(index.grouping.as_ref().map_or(0, |groups| groups.passes_to.len()));
        self.vacant.clear();
        self.vacant.reserve(index.seats.len());
    }

    /// Takes the vacancies of groups that pass seats on out of the loop's sight.
    fn start_passing(&mut self, index: &Index, grouping: &Grouping) {
        let first = index.programmes();
        self.passing.extend(self.units[first..].iter_mut().zip(&grouping.passes_to).map(
            |(unit, &to)| {
                let vacant = unit.vacant;
                unit.vacant = if to.is_some() { 0 } else { vacant };
                Passing { to, vacant }
            },
        ));
    }

    /// Puts them back for the result.
    fn end_passing(&mut self) {
        let first = self.units.len() - 1 - self.passing.len();
        for (unit, passing) in self.units[first..].iter_mut().zip(&self.passing) {
            if passing.to.is_some() {
                unit.vacant = passing.vacant;
            }
        }
    }

    /// Has applicants propose, each by the place with the first choice to ask for.
    fn propose_packed(&mut self, index: &Index, starts: impl Iterator<Item = (usize, u32)>) {
        match (&index.choices, index.grouping.is_some()) {
            (Choices::Narrow(choices), false) => self.propose::<_, false>(index, choices, starts),
            (Choices::Narrow(choices), true) => self.propose::<_, true>(index, choices, starts),
            (Choices::Wide(choices), false) => self.propose::<_, false>(index, choices, starts),
            (Choices::Wide(choices), true) => self.propose::<_, true>(index, choices, starts),
        }
    }

    /// Whether the market has groups is known when compiling, so that one without them pays nothing.
    fn propose<C: Packed, const GROUPED: bool>(
        &mut self,
        index: &Index,
        choices: &[C],
        starts: impl Iterator<Item = (usize, u32)>,
    ) {
        let Self { units, accepted, held, passing, .. } = self;
        for (first, start) in starts {
            let mut place = first;
            let mut at = start as usize;
            loop {
                let choice = choices[at];
                let unit = &mut units[choice.unit()];
                let rank = choice.rank();
                if rank >= unit.limit {
                    at += 1;
                    continue;
                }
                held[place] = at as u32;
                let displaced = seat::<GROUPED>(units, passing, choice.unit(), rank, accepted);
                let Some(displaced) = displaced else {
                    break;
                };
                // The displaced applicant goes on at once with the next choice.
                place = index.holder[displaced as usize] as usize;
                at = held[place] as usize + 1;
            }
        }
    }
}

/// Gives a seat to somebody whom a unit accepts, and gives the entry in `holder` of the one who is
/// displaced, if any.
#[inline]
fn seat<const GROUPED: bool>(
    units: &mut [Unit],
    passing: &mut [Passing],
    number: usize,
    rank: u32,
    accepted: &mut [u64],
) -> Option<u32> {
    let programmes = units.len() - 1 - passing.len();
    let unit = &mut units[number];
    let words = unit.words as usize;
    accepted[words + (rank / 64) as usize] |= 1 << (rank % 64);
    if unit.vacant > 1 {
        unit.vacant -= 1;
        return None;
    }
    let group = number.wrapping_sub(programmes);
    if GROUPED && passing.get(group).is_some_and(|passing| passing.to.is_some()) {
        return seat_in_group(&mut units[programmes..], passing, group, accepted);
    }
    unit.tighten(&accepted[words..])
}

/// Gives the seat to one who was just accepted by a group that passes seats on, and gives the entry
/// in `holder` of the one who is displaced, if any.
///
/// A free seat of the group had been passed on as far as it goes; each of those groups now has one
/// less, and the first of them that has none free gives up its worst holder.
#[inline(never)]
fn seat_in_group(
    units: &mut [Unit],
    passing: &mut [Passing],
    mut group: usize,
    accepted: &[u64],
) -> Option<u32> {
    while let Passing { to: Some(to), vacant } = &mut passing[group] {
        if *vacant < 2 {
            let unit = &mut units[group];
            let displaced = unit.tighten(&accepted[unit.words as usize..]);
            if *vacant == 0 {
                return displaced;
            }
        }
        *vacant -= 1;
        group = to.get() as usize;
    }
    let unit = &mut units[group];
    if unit.vacant > 1 {
        unit.vacant -= 1;
        return None;
    }
    unit.tighten(&accepted[unit.words as usize..])
}

impl Unit {
    /// Moves the limit to the worst holder after an acceptance that leaves no seat, and gives the
    /// entry in `holder` of the one who is displaced, if all seats were taken before. A group that
    /// has given up every seat it was passed has no holder, and accepts nobody more.
    ///
    /// A call of its own, so that the loop keeps its registers.
    #[inline(never)]
    fn tighten(&mut self, accepted: &[u64]) -> Option<u32> {
        let before = self.limit;
        self.limit = worst_below(accepted, before).unwrap_or(0);
        if self.vacant == 0 {
            return Some(self.ranking + before);
        }
        self.vacant = 0;
        None
    }
}

/// The highest bit below `limit` that is set.
pub(crate) fn worst_below(bits: &[u64], limit: u32) -> Option<u32> {
    let last = limit.checked_sub(1)?;
    let mut word = (last / 64) as usize;
    let mut rest = bits[word] & (u64::MAX >> (63 - last % 64));
    while rest == 0 {
        word = word.checked_sub(1)?;
        rest = bits[word];
    }
    Some(word as u32 * 64 + rest.ilog2())
}
