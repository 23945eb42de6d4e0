//! Many lotteries over one market: what a lottery leaves alone is worked out once.

mod bounds;
mod draw;
mod drawn;
mod heap;
mod numbers;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use self::bounds::{Bound, Side};
use self::draw::Unit;
use crate::deferred_acceptance::worst_below;
use crate::tie_classes::{TieClasses, words_of};
use crate::{ApplicantIx, Market, ProgrammeIx, QuotaGroup, TiedMarket};

pub use draw::LotteryDraw;
pub use drawn::DrawnMatching;
pub use numbers::{LotteryNumbers, SplitMixLottery, TieBreaking};

/// A market whose ties a lottery breaks, made ready for many draws.
///
/// Made once from a [`TiedMarket`], or by
/// [`MarketBuilder::build_for_lotteries`](crate::MarketBuilder::build_for_lotteries) from a market
/// that may have quota groups. It knows two bounds that hold whatever the lots say: nobody is ever
/// placed better than by [`best_choice_of`](Self::best_choice_of), which lets every tied class in
/// whole, nor worse than by [`worst_choice_of`](Self::worst_choice_of), which keeps the class at
/// every cutoff out. A [`LotteryDraw`] begins at the first of them, since all who are rejected there
/// are rejected under every lottery, and only has the cutoff classes left to decide.
///
/// It never changes, and many threads may draw over one. Methods panic when given an index that
/// the market's builder did not give out.
///
/// # Complexity
///
/// Time O(choices · (1 + longest tied class / 64)) and memory O(choices), both once.
///
/// # Example
///
/// ```
/// use antagning_matching::{
///     Lotteries, LotteryDraw, MarketBuilder, SplitMixLottery, TieBreaking,
/// };
///
/// // anna and björn are equal, and one of them goes on to Q. cecilia and david are not touched.
/// let mut builder = MarketBuilder::new();
/// let [p, q] = [2, 2].map(|seats| builder.add_programme(seats));
/// let [anna, björn, cecilia, david] = [
///     &[(p, 285), (q, 285)][..],
///     &[(p, 285), (q, 285)],
///     &[(p, 310)],
///     &[(p, 250)],
/// ]
/// .map(|list| builder.add_applicant(list.iter().copied()));
/// let lotteries = Lotteries::new(&builder.build_with_ties()?);
/// assert_eq!([lotteries.best_choice_of(anna), lotteries.worst_choice_of(anna)], [Some(0), Some(1)]);
/// assert!(lotteries.may_depend(björn));
/// assert!(!lotteries.may_depend(cecilia) && !lotteries.may_depend(david));
///
/// let mut scratch = LotteryDraw::new(&lotteries);
/// let mut first = 0;
/// for draw in 0..1_000 {
///     let matching = scratch.run(&lotteries, SplitMixLottery::new(1, draw, TieBreaking::Single));
///     first += usize::from(matching.programme_of(anna) == Some(p));
///     assert_ne!(matching.programme_of(anna), matching.programme_of(björn));
/// }
/// assert!((450..550).contains(&first));
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
///
/// # Reference
///
/// P. Biró and S. Kiselgof, *College admissions with stable score-limits*, Central European Journal
/// of Operations Research 23 (2015), for the bounds of markets without quota groups.
#[derive(Clone)]
pub struct Lotteries {
    market: Market,
    classes: Arc<TieClasses>,
    best: Bound,
    worst: Bound,
    /// Every unit as a draw finds it, and at the end the pseudo unit that accepts everybody.
    units: Vec<Unit>,
    /// One bit a rank: who has been accepted before a draw begins.
    accepted: Vec<u64>,
    /// The plain programmes that have too many.
    crowded: Vec<Crowded>,
    /// The applicants of the class at the cutoff of each of them.
    members: Vec<u32>,
    /// The places whose best choice is a quota group, and who ask it in each draw.
    asking: Vec<u32>,
}

/// A plain programme with more in its cutoff class than seats left for them.
#[derive(Clone, Debug)]
struct Crowded {
    unit: u32,
    /// Its class in `members`.
    members: Range<u32>,
    /// How many of them there is a seat for.
    seats: u32,
}

impl Lotteries {
    /// Makes a market ready.
    #[must_use]
    pub fn new(market: &TiedMarket) -> Self {
        Self::over(market.strict.clone(), market.classes.clone())
    }

    pub(crate) fn over(market: Market, classes: Arc<TieClasses>) -> Self {
        let index = &*market.index;
        let best = Bound::new(index, &classes, Side::Best);
        let worst = Bound::new(index, &classes, Side::Worst);
        let mut lotteries = Self {
            units: Unit::all(index, &best.limits, |entry| {
                index.choice_at[entry] < best.held[index.holder[entry] as usize]
            }),
            accepted: vec![0; index.words[index.seats.len()] as usize + 1],
            crowded: Vec::new(),
            members: Vec::new(),
            asking: Vec::new(),
            market: market.clone(),
            classes,
            best,
            worst,
        };
        lotteries.seat();
        lotteries
    }

    /// Seats at the plain programmes all who are at their best choice there, and notes who asks a
    /// quota group.
    fn seat(&mut self) {
        let index = &*self.market.index;
        let programmes = index.programmes();
        for (place, &held) in self.best.held.iter().enumerate() {
            let (unit, rank) = index.choices.unit_and_rank(held as usize);
            if unit < programmes {
                let words = index.words[unit] as usize;
                self.accepted[words + (rank / 64) as usize] |= 1 << (rank % 64);
            } else if unit < index.seats.len() {
                self.asking.push(place as u32);
            }
        }
        for number in 0..programmes {
            let unit = &mut self.units[number];
            let accepted = &self.accepted[unit.words as usize..];
            let count = |ranks| words_of(accepted, ranks).map(|(_, word)| word.count_ones());
            let admitted: u32 = count(0..unit.limit).sum();
            unit.vacant = index.seats[number].saturating_sub(admitted);
            let Some(worst) = worst_below(accepted, unit.limit).filter(|_| unit.vacant == 0) else {
                continue;
            };
            let class = self.classes.class_of(unit.words, worst);
            (unit.limit, unit.open) = (class.end, class.end);
            let above: u32 = count(0..class.start).sum();
            let from = self.members.len() as u32;
            let seats = index.seats[number] - above;
            if admitted == index.seats[number] {
                continue;
            }
            unit.open = class.start;
            for (first, mut word) in words_of(accepted, class) {
                while word != 0 {
                    let entry = unit.ranking + first + word.trailing_zeros();
                    self.members.push(index.applicant_in[index.holder[entry as usize] as usize]);
                    word &= word - 1;
                }
            }
            let members = from..self.members.len() as u32;
            self.crowded.push(Crowded { unit: number as u32, members, seats });
        }
    }

    /// Number of applicants, those with an empty list included.
    #[must_use]
    pub fn applicants(&self) -> usize {
        self.market.applicants()
    }

    /// Number of programmes.
    #[must_use]
    pub fn programmes(&self) -> usize {
        self.market.programmes()
    }

    /// The quota groups of a programme in order of precedence; none when it is plain.
    #[must_use]
    pub fn groups(&self, programme: ProgrammeIx) -> &[QuotaGroup] {
        self.market.groups(programme)
    }

    /// The position in an applicant's list (counted from 0) that no lottery exceeds; `None` when
    /// every lottery leaves them unplaced. It need not be reached under any. O(1), with groups
    /// O(log list).
    #[must_use]
    pub fn best_choice_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.position(&self.best, applicant)
    }

    /// The position in an applicant's list (counted from 0) that no lottery falls short of; `None`
    /// when they may be left unplaced. It need not be reached under any. O(1), with groups O(log
    /// list).
    #[must_use]
    pub fn worst_choice_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.position(&self.worst, applicant)
    }

    /// Whether the two bounds of an applicant differ. All who are ever placed differently by two
    /// lotteries are among them. O(1), with groups O(log list).
    #[must_use]
    pub fn may_depend(&self, applicant: ApplicantIx) -> bool {
        self.best_choice_of(applicant) != self.worst_choice_of(applicant)
    }

    fn position(&self, bound: &Bound, applicant: ApplicantIx) -> Option<usize> {
        position(&self.market, &bound.held, applicant)
    }
}

/// Where in the list of an applicant the choice stands that they hold.
fn position(market: &Market, held: &[u32], applicant: ApplicantIx) -> Option<usize> {
    let index = &*market.index;
    let place = index.place_of[applicant.index()] as usize;
    (held[place] < index.sentinel(place)).then(|| index.position(place, held[place] as usize))
}

impl fmt::Debug for Lotteries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lotteries")
            .field("market", &self.market)
            .field("crowded", &self.crowded.len())
            .finish()
    }
}
