//! Applicant-proposing deferred acceptance that treats equals alike.

use std::ops::Range;

use crate::deferred_acceptance::worst_below;
use crate::market::Index;
use crate::packed::{Choices, Packed};
use crate::tie_classes::{TieClasses, words_of};
use crate::{TiedMarket, TiedMatching};

/// How a programme treats the tied class at its cutoff, some of which have a seat and some not.
///
/// Both rules make choice functions that are *substitutable*: whoever is turned away is not taken
/// when more apply. So deferred acceptance, in whatever order applicants propose, gives the outcome
/// that every applicant likes best among those that are stable under the rule, and with it the
/// lowest cutoffs. Neither rule is *size-monotone*, since one applicant more at the top can cost a
/// whole class its seats; and so, unlike where a lottery breaks the ties, an applicant may **gain by
/// stating another list**.
///
/// The two rules bracket every lottery: under any breaking of the ties nobody is better off than
/// with `AdmitAll`, and nobody worse off than with `RejectAll`. Who fares the same under both does
/// not depend on the lottery.
///
/// # Reference
///
/// P. Biró and S. Kiselgof, *College admissions with stable score-limits*, Central European Journal
/// of Operations Research 23 (2015), where `AdmitAll` is L-stable and `RejectAll` H-stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TieRule {
    /// All are admitted, beyond the seats if need be: a programme rejects its lowest tied class
    /// only while the others alone fill the seats.
    AdmitAll,
    /// All are rejected, even if seats stay vacant: a programme with more applicants than seats
    /// rejects its lowest tied class, and again until the others fit. What it once rejected it
    /// never takes in part.
    RejectAll,
}

/// The applicant-optimal matching that is stable under a rule for ties.
///
/// Nobody is rejected by a programme that admits somebody with the same or a lower priority, and no
/// programme rejects anybody whom it would take, by the rule, beside those it has.
///
/// # Arguments
///
/// * `market`: who wants what, and who goes first or side by side where.
/// * `rule`: how the tied class at a cutoff is treated.
///
/// # Returns
///
/// The [`TiedMatching`]. Without any tie it is that of
/// [`deferred_acceptance`](crate::deferred_acceptance), whatever the rule.
///
/// # Complexity
///
/// * Time: O(choices + applicants + programmes).
/// * Memory: eight bytes an applicant, twenty-four a programme, one bit a choice.
///
/// # Example
///
/// ```
/// use antagning_matching::{MarketBuilder, TieRule, tied_deferred_acceptance};
///
/// // anna:    P > Q     P (1 seat):  anna = björn > cecilia
/// // björn:   P         Q (1 seat):  anna > cecilia
/// // cecilia: P > Q
/// let mut builder = MarketBuilder::new();
/// let [p, q] = [1, 1].map(|seats| builder.add_programme(seats));
/// let anna = builder.add_applicant([(p, 20), (q, 20)]);
/// let björn = builder.add_applicant([(p, 20)]);
/// let cecilia = builder.add_applicant([(p, 10), (q, 10)]);
/// let market = builder.build_with_ties()?;
///
/// // P takes both equals, and cecilia gets what anna leaves.
/// let matching = tied_deferred_acceptance(&market, TieRule::AdmitAll);
/// let placed = [anna, björn, cecilia].map(|applicant| matching.programme_of(applicant));
/// assert_eq!(placed, [Some(p), Some(p), Some(q)]);
///
/// // P takes neither of them, nor anybody with less.
/// let matching = tied_deferred_acceptance(&market, TieRule::RejectAll);
/// let placed = [anna, björn, cecilia].map(|applicant| matching.programme_of(applicant));
/// assert_eq!(placed, [Some(q), None, None]);
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
///
/// # Reference
///
/// See [`TieRule`].
#[must_use]
pub fn tied_deferred_acceptance(market: &TiedMarket, rule: TieRule) -> TiedMatching<'static> {
    TiedDeferredAcceptance::new(market).run(market, rule).into_owned()
}

/// The scratch memory of [`tied_deferred_acceptance`], for repeated runs.
///
/// From the second run on a market of the same size or smaller, nothing is allocated.
///
/// ```
/// use antagning_matching::{MarketBuilder, TieRule, TiedDeferredAcceptance};
///
/// let mut builder = MarketBuilder::new();
/// let programme = builder.add_programme(1);
/// let [applicant, _] = [7, 7].map(|key| builder.add_applicant([(programme, key)]));
/// let market = builder.build_with_ties()?;
/// let mut scratch = TiedDeferredAcceptance::new(&market);
/// assert_eq!(scratch.run(&market, TieRule::AdmitAll).choice_of(applicant), Some(0));
/// assert_eq!(scratch.run(&market, TieRule::RejectAll).choice_of(applicant), None);
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TiedDeferredAcceptance {
    /// The programmes, and at the end the pseudo programme that accepts everybody.
    programmes: Vec<Programme>,
    /// One bit a rank, set once its applicant has been accepted. Those at or above the limit are
    /// out of date and never looked at again.
    accepted: Vec<u64>,
    /// The choice that each place holds.
    held: Vec<u32>,
    /// The places that were displaced, with their classes, and have not yet gone on.
    displaced: Vec<u32>,
    /// Seats left by programme, for the result.
    vacant: Vec<u32>,
    /// How many are admitted by programme, for the result.
    admitted: Vec<u32>,
}

/// All that the loop needs of a programme, in one place for the cache.
#[derive(Clone, Copy, Debug)]
struct Programme {
    /// The first rank no longer accepted, always between two classes.
    limit: u32,
    /// The first rank that is accepted beside the seats: where the class at the cutoff begins when
    /// all of it is admitted, and otherwise the limit.
    beside: u32,
    /// How many more can be accepted below `beside` until a class has to go: never none.
    left: u32,
    /// Where the bitmaps begin in `accepted` and in the classes.
    words: u32,
}

impl TiedDeferredAcceptance {
    /// Scratch memory for a market of this size.
    #[must_use]
    pub fn new(market: &TiedMarket) -> Self {
        let mut scratch = Self::default();
        scratch.reset(&market.strict.index, TieRule::AdmitAll);
        scratch
    }

    /// Runs [`tied_deferred_acceptance`]. The matching borrows this memory;
    /// [`TiedMatching::into_owned`] sets it free.
    pub fn run(&mut self, market: &TiedMarket, rule: TieRule) -> TiedMatching<'_> {
        let index = &*market.strict.index;
        self.reset(index, rule);
        match &index.choices {
            Choices::Narrow(choices) => self.propose(index, &market.classes, rule, choices),
            Choices::Wide(choices) => self.propose(index, &market.classes, rule, choices),
        }
        for (programme, &seats) in self.programmes.iter().zip(&index.seats) {
            let accepted = &self.accepted[programme.words as usize..];
            let admitted = count(accepted, 0..programme.limit);
            self.admitted.push(admitted);
            self.vacant.push(seats.saturating_sub(admitted));
        }
        TiedMatching::new(market, &self.held, &self.vacant, &self.admitted)
    }

    fn reset(&mut self, index: &Index, rule: TieRule) {
        let words = &index.words;
        self.programmes.clear();
        self.programmes.reserve(index.seats.len() + 1);
        self.programmes.extend(index.rankings.windows(2).zip(&index.seats).zip(words).map(
            |((bounds, &seats), &words)| {
                let limit = if seats == 0 { 0 } else { bounds[1] - bounds[0] };
                let left = match rule {
                    TieRule::AdmitAll => seats,
                    // Nobody has to go before there is one too many. No ranking is so long that
                    // the sum could be missed.
                    TieRule::RejectAll => seats.saturating_add(1),
                };
                Programme { limit, beside: limit, left, words }
            },
        ));
        let last = words[index.seats.len()];
        let pseudo = Programme { limit: u32::MAX, beside: 0, left: u32::MAX, words: last };
        self.programmes.push(pseudo);
        self.accepted.clear();
        self.accepted.resize(last as usize + 1, 0);
        self.held.resize(index.place_of.len(), 0);
        self.displaced.clear();
        self.displaced.reserve(index.place_of.len());
        self.vacant.clear();
        self.vacant.reserve(index.seats.len());
        self.admitted.clear();
        self.admitted.reserve(index.seats.len());
    }

    fn propose<C: Packed>(
        &mut self,
        index: &Index,
        classes: &TieClasses,
        rule: TieRule,
        choices: &[C],
    ) {
        let Self { programmes, accepted, held, displaced, .. } = self;
        let (programmes, accepted, held) = (&mut programmes[..], &mut accepted[..], &mut held[..]);
        for (first, &start) in index.starts[..held.len()].iter().enumerate() {
            let mut place = first;
            let mut at = start as usize;
            loop {
                let choice = choices[at];
                let programme = &mut programmes[choice.unit()];
                let rank = choice.rank();
                if rank >= programme.limit {
                    at += 1;
                    continue;
                }
                held[place] = at as u32;
                let words = programme.words as usize;
                accepted[words + (rank / 64) as usize] |= 1 << (rank % 64);
                if rank < programme.beside {
                    programme.left -= 1;
                    if programme.left == 0 {
                        let gone = programme.tighten(rule, &accepted[words..], classes);
                        let holder = &index.holder[index.entries(choice.unit())];
                        displace(displaced, holder, &accepted[words..], gone);
                    }
                }
                let Some(next) = displaced.pop() else {
                    break;
                };
                place = next as usize;
                at = held[place] as usize + 1;
            }
        }
    }
}

impl Programme {
    /// Moves the limit when a class has to go, or when with `AdmitAll` the seats are filled for the
    /// first time, and gives the ranks of the class, of which those accepted are displaced.
    ///
    /// A call of its own, so that the loop keeps its registers.
    #[inline(never)]
    fn tighten(&mut self, rule: TieRule, accepted: &[u64], classes: &TieClasses) -> Range<u32> {
        let cutoff = |limit| {
            // At least one was accepted before anybody has to go.
            worst_below(accepted, limit).map_or(0..0, |worst| classes.class_of(self.words, worst))
        };
        match rule {
            TieRule::AdmitAll => {
                // Those below `beside` fill the seats, so the class there has to go, and without
                // the lowest of their own classes they would not.
                let class = cutoff(self.beside);
                let gone = self.beside..self.limit;
                self.left = count(accepted, class.clone());
                (self.limit, self.beside) = (class.end, class.start);
                gone
            }
            TieRule::RejectAll => {
                // There was one too many, so without this class there are as many seats left as
                // it had members, less one.
                let class = cutoff(self.limit);
                self.left = count(accepted, class.clone());
                (self.limit, self.beside) = (class.start, class.start);
                class
            }
        }
    }
}

/// How many of these ranks are accepted.
fn count(accepted: &[u64], ranks: Range<u32>) -> u32 {
    words_of(accepted, ranks).map(|(_, word)| word.count_ones()).sum()
}

/// Adds the places that were accepted at these ranks.
#[inline(never)]
fn displace(displaced: &mut Vec<u32>, holder: &[u32], accepted: &[u64], ranks: Range<u32>) {
    for (first, mut word) in words_of(accepted, ranks) {
        while word != 0 {
            displaced.push(holder[(first + word.trailing_zeros()) as usize]);
            word &= word - 1;
        }
    }
}
