//! Applicant-proposing deferred acceptance, linear and without a heap.

use crate::market::Index;
use crate::packed::{Choices, Packed};
use crate::{Market, Matching};

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
/// * Time: O(choices + applicants + programmes).
/// * Memory: four bytes an applicant, twenty a programme, one bit a choice.
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
    /// The programmes, and at the end the pseudo programme that accepts everybody.
    programmes: Vec<Programme>,
    /// One bit a rank, set once its applicant has been accepted. Those at or above the limit are
    /// out of date and never looked at again.
    accepted: Vec<u64>,
    /// The choice that each place holds.
    held: Vec<u32>,
    /// Seats left by programme, for the result.
    vacant: Vec<u32>,
}

/// All that the loop needs of a programme, in one place for the cache.
#[derive(Clone, Copy, Debug)]
struct Programme {
    /// The first rank no longer accepted: the ranking's length while seats are left, and then the
    /// rank of the worst holder.
    limit: u32,
    /// Seats left.
    vacant: u32,
    /// Where the bitmap begins in `accepted`.
    words: u32,
    /// Where the ranking begins in the index.
    ranking: u32,
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
        self.reset(index);
        match &index.choices {
            Choices::Narrow(choices) => self.propose(index, choices),
            Choices::Wide(choices) => self.propose(index, choices),
        }
        self.vacant
            .extend(self.programmes[..index.seats.len()].iter().map(|programme| programme.vacant));
        Matching::new(market, self.held.as_slice(), self.vacant.as_slice())
    }

    fn reset(&mut self, index: &Index) {
        let words = &index.words;
        self.programmes.clear();
        self.programmes.reserve(index.seats.len() + 1);
        self.programmes.extend(index.rankings.windows(2).zip(&index.seats).zip(words).map(
            |((bounds, &seats), &words)| Programme {
                limit: if seats == 0 { 0 } else { bounds[1] - bounds[0] },
                vacant: seats,
                words,
                ranking: bounds[0],
            },
        ));
        let last = words[index.seats.len()];
        let pseudo = Programme { limit: u32::MAX, vacant: u32::MAX, words: last, ranking: 0 };
        self.programmes.push(pseudo);
        self.accepted.clear();
        self.accepted.resize(last as usize + 1, 0);
        self.held.resize(index.place_of.len(), 0);
        self.vacant.clear();
        self.vacant.reserve(index.seats.len());
    }

    fn propose<C: Packed>(&mut self, index: &Index, choices: &[C]) {
        let Self { programmes, accepted, held, .. } = self;
        for (first, &start) in index.starts[..held.len()].iter().enumerate() {
            let mut place = first;
            let mut at = start as usize;
            loop {
                let choice = choices[at];
                let programme = &mut programmes[choice.programme()];
                let rank = choice.rank();
                if rank >= programme.limit {
                    at += 1;
                    continue;
                }
                held[place] = at as u32;
                let words = programme.words as usize;
                accepted[words + (rank / 64) as usize] |= 1 << (rank % 64);
                if programme.vacant > 1 {
                    programme.vacant -= 1;
                    break;
                }
                let Some(displaced) = programme.tighten(&accepted[words..]) else {
                    break;
                };
                // The displaced applicant goes on at once with the next choice.
                place = index.holder[displaced as usize] as usize;
                at = held[place] as usize + 1;
            }
        }
    }
}

impl Programme {
    /// Moves the limit to the worst holder after an acceptance that leaves no seat, and gives the
    /// entry in `holder` of the one who is displaced, if all seats were taken before.
    ///
    /// A call of its own, so that the loop keeps its registers.
    #[inline(never)]
    fn tighten(&mut self, accepted: &[u64]) -> Option<u32> {
        let before = self.limit;
        self.limit = worst_below(accepted, before);
        if self.vacant == 0 {
            return Some(self.ranking + before);
        }
        self.vacant = 0;
        None
    }
}

/// The highest bit below `limit` that is set; there is one, since a full programme has a holder.
fn worst_below(bits: &[u64], limit: u32) -> u32 {
    let last = limit - 1;
    let mut word = (last / 64) as usize;
    let mut rest = bits[word] & (u64::MAX >> (63 - last % 64));
    while rest == 0 {
        word -= 1;
        rest = bits[word];
    }
    word as u32 * 64 + rest.ilog2()
}
