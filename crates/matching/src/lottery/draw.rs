//! One lottery: deferred acceptance from the best bound on.

use super::heap;
use super::{DrawnMatching, Lotteries, LotteryNumbers};
use crate::deferred_acceptance::worst_below;
use crate::market::Index;
use crate::packed::{Choices, Packed};
use crate::tie_classes::words_of;
use crate::{ApplicantIx, ProgrammeIx};

/// The scratch memory of a draw, for one draw after the other.
///
/// Nothing is allocated from the second draw on over [`Lotteries`] of the same size or smaller. A
/// draw depends on the lottery numbers alone, not on the draws before it.
#[derive(Clone, Debug, Default)]
pub struct LotteryDraw {
    pub(super) units: Vec<Unit>,
    /// One bit a rank, set once its applicant has been accepted; above the class at the cutoff
    /// just the holders.
    pub(super) accepted: Vec<u64>,
    /// The choice that each place holds.
    pub(super) held: Vec<u32>,
    /// The lots of those who hold a seat in the class at the cutoff, laid out as the rankings: a
    /// heap that begins where the class does.
    pub(super) lots: Vec<u64>,
    /// Seats of each quota group that nobody has turned up for, if they pass on.
    pub(super) passing: Vec<Passing>,
    /// The places that go on, each with the choice that they ask next.
    going_on: Vec<(u32, u32)>,
    /// The places that hold another choice than at first.
    pub(super) moved: Vec<u32>,
}

/// All that the loop needs of a programme or a group, in one place for the cache.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// The first rank no longer accepted: always between two classes.
    pub(super) limit: u32,
    /// Where the class at the cutoff begins, within which lots decide; the limit while it is yet
    /// to be found.
    pub(super) open: u32,
    /// How many of that class hold a seat.
    pub(super) members: u32,
    /// Seats left that can be taken without further ado; none in a group that passes seats on.
    pub(super) vacant: u32,
    /// Where the bitmap begins in `accepted`.
    pub(super) words: u32,
    /// Where the ranking begins in the index.
    pub(super) ranking: u32,
    /// Whether somebody was turned away.
    pub(super) turned_away: bool,
}

/// A group that may pass seats on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passing {
    to: Option<u32>,
    vacant: u32,
}

impl Passing {
    /// Seats that pass on, as nobody has turned up for them.
    pub(super) fn seats_to_pass_on(self) -> u32 {
        if self.to.is_some() { self.vacant } else { 0 }
    }
}

impl Unit {
    /// All units with these limits, and the pseudo unit; `rejected` tells of an entry whether its
    /// applicant was turned away.
    pub(super) fn all(
        index: &Index,
        limits: &[u32],
        rejected: impl Fn(usize) -> bool,
    ) -> Vec<Self> {
        let units = limits.iter().zip(&index.seats).enumerate().map(|(unit, (&limit, &seats))| {
            let limit = if seats == 0 { 0 } else { limit };
            Self {
                limit,
                open: limit,
                members: 0,
                vacant: seats,
                words: index.words[unit],
                ranking: index.rankings[unit],
                turned_away: index.entries(unit).any(&rejected),
            }
        });
        let pseudo = Self {
            limit: u32::MAX,
            open: u32::MAX,
            members: 0,
            vacant: u32::MAX,
            words: index.words[index.seats.len()],
            ranking: 0,
            turned_away: false,
        };
        units.chain(std::iter::once(pseudo)).collect()
    }

    /// Where the lots of the class at the cutoff stand.
    fn heap(&self) -> std::ops::Range<usize> {
        let start = (self.ranking + self.open) as usize;
        start..start + self.members as usize
    }

    /// After a member of the class has left: when it was the last one, the class is closed.
    fn leave(&mut self) {
        self.members -= 1;
        if self.members == 0 {
            self.limit = self.open;
        }
    }
}

/// What a run reads.
struct Draw<'a, N, C> {
    lotteries: &'a Lotteries,
    index: &'a Index,
    choices: &'a [C],
    numbers: N,
}

impl LotteryDraw {
    /// Scratch memory for draws over a market of this size.
    #[must_use]
    pub fn new(lotteries: &Lotteries) -> Self {
        let mut scratch = Self::default();
        scratch.reset(lotteries);
        scratch
    }

    /// Matches with these lottery numbers, exactly as
    /// [`deferred_acceptance`](crate::deferred_acceptance) would if every priority ended in the
    /// number. The matching borrows this memory.
    ///
    /// O(applicants / 16 + programmes + rejections that the lottery makes · log class), with quota
    /// groups as well O(those whose best choice is one).
    pub fn run<'a, N: LotteryNumbers>(
        &'a mut self,
        lotteries: &'a Lotteries,
        numbers: N,
    ) -> DrawnMatching<'a, N> {
        self.reset(lotteries);
        let index = &*lotteries.market.index;
        match &index.choices {
            Choices::Narrow(choices) => {
                self.propose(&Draw { lotteries, index, choices: choices.as_slice(), numbers });
            }
            Choices::Wide(choices) => {
                self.propose(&Draw { lotteries, index, choices: choices.as_slice(), numbers });
            }
        }
        DrawnMatching::new(lotteries, self, numbers)
    }

    fn reset(&mut self, lotteries: &Lotteries) {
        let index = &*lotteries.market.index;
        self.units.clone_from(&lotteries.units);
        self.accepted.clone_from(&lotteries.accepted);
        self.held.clone_from(&lotteries.best.held);
        self.lots.resize(index.holder.len(), 0);
        self.going_on.clear();
        self.going_on.reserve(index.place_of.len());
        self.moved.clear();
        self.moved.reserve(index.place_of.len());
        self.passing.clear();
        if let Some(grouping) = &index.grouping {
            let first = index.programmes();
            self.passing.extend(self.units[first..].iter_mut().zip(&grouping.passes_to).map(
                |(unit, to)| {
                    let vacant = unit.vacant;
                    unit.vacant = if to.is_some() { 0 } else { vacant };
                    Passing { to: to.map(|to| to.get()), vacant }
                },
            ));
        }
    }

    fn propose<N: LotteryNumbers, C: Packed>(&mut self, draw: &Draw<'_, N, C>) {
        match draw.index.grouping.is_some() {
            false => self.propose_all::<N, C, false>(draw),
            true => self.propose_all::<N, C, true>(draw),
        }
    }

    fn propose_all<N: LotteryNumbers, C: Packed, const GROUPED: bool>(
        &mut self,
        draw: &Draw<'_, N, C>,
    ) {
        self.clear_crowds(draw);
        if GROUPED {
            let held = &self.held;
            let asking = draw.lotteries.asking.iter();
            self.going_on.extend(asking.map(|&place| (place, held[place as usize])));
        }
        while let Some((place, at)) = self.going_on.pop() {
            self.go_on::<N, C, GROUPED>(draw, place, at as usize);
        }
    }

    /// Where too many are admitted, those with the worst lots go on.
    fn clear_crowds<N: LotteryNumbers, C>(&mut self, draw: &Draw<'_, N, C>) {
        for crowded in &draw.lotteries.crowded {
            let unit = &mut self.units[crowded.unit as usize];
            unit.turned_away = true;
            let programme = ProgrammeIx::new(crowded.unit);
            let members = &draw.lotteries.members
                [crowded.members.start as usize..crowded.members.end as usize];
            let start = (unit.ranking + unit.open) as usize;
            let lots = &mut self.lots[start..start + members.len()];
            for (lot, &applicant) in lots.iter_mut().zip(members) {
                *lot = lot_of(draw.numbers, ApplicantIx::new(applicant), programme);
            }
            let seats = crowded.seats as usize;
            lots.select_nth_unstable(seats);
            heap::arrange(&mut lots[..seats]);
            unit.members = crowded.seats;
            for &lot in &lots[seats..] {
                let place = draw.index.place_of[lot as u32 as usize];
                self.moved.push(place);
                self.going_on.push((place, self.held[place as usize] + 1));
            }
        }
    }

    /// Goes down the list of a place from a choice on, and with whoever is displaced.
    #[inline]
    fn go_on<N: LotteryNumbers, C: Packed, const GROUPED: bool>(
        &mut self,
        draw: &Draw<'_, N, C>,
        mut place: u32,
        mut at: usize,
    ) {
        loop {
            let choice = draw.choices[at];
            let number = choice.unit();
            let unit = &mut self.units[number];
            let rank = choice.rank();
            if rank >= unit.limit {
                unit.turned_away = true;
                at += 1;
                continue;
            }
            let group = number.wrapping_sub(draw.index.programmes());
            let plain = !GROUPED || group >= self.passing.len();
            if plain && unit.vacant == 0 {
                if unit.open == unit.limit {
                    self.open(draw, number);
                    continue;
                }
                let displaced = if rank < unit.open {
                    let words = unit.words as usize;
                    self.accepted[words + (rank / 64) as usize] |= 1 << (rank % 64);
                    let lot = heap::remove(&mut self.lots[unit.heap()]);
                    unit.leave();
                    lot
                } else {
                    let applicant = draw.index.applicant_in_place(place as usize);
                    let lot = lot_of(draw.numbers, applicant, ProgrammeIx::new(number as u32));
                    let lots = &mut self.lots[unit.heap()];
                    if lot > lots[0] {
                        unit.turned_away = true;
                        at += 1;
                        continue;
                    }
                    heap::replace(lots, lot)
                };
                unit.turned_away = true;
                self.held[place as usize] = at as u32;
                place = draw.index.place_of[displaced as u32 as usize];
                at = self.leave(draw, place);
                continue;
            }
            self.held[place as usize] = at as u32;
            let displaced = if plain {
                let words = unit.words as usize;
                self.accepted[words + (rank / 64) as usize] |= 1 << (rank % 64);
                // The pseudo unit never runs out: it has a seat for all who can be numbered.
                unit.vacant -= 1;
                None
            } else {
                self.accept_in_group(draw, number, rank, place)
            };
            let Some(displaced) = displaced else {
                return;
            };
            place = displaced;
            at = self.leave(draw, place);
        }
    }

    /// Notes that a place has lost what it held, and gives the choice that it asks next.
    #[inline]
    fn leave<N, C>(&mut self, draw: &Draw<'_, N, C>, place: u32) -> usize {
        let held = self.held[place as usize];
        // Whoever holds what they did at first loses it for good.
        if held == draw.lotteries.best.held[place as usize] {
            self.moved.push(place);
        }
        held as usize + 1
    }

    /// Finds the class at the cutoff of a unit without a seat left; without holders the unit is
    /// closed.
    #[inline(never)]
    fn open<N: LotteryNumbers, C>(&mut self, draw: &Draw<'_, N, C>, number: usize) {
        let index = draw.index;
        let unit = &mut self.units[number];
        let accepted = &self.accepted[unit.words as usize..];
        let Some(worst) = worst_below(accepted, unit.limit) else {
            (unit.limit, unit.open) = (0, 0);
            return;
        };
        let class = draw.lotteries.classes.class_of(unit.words, worst);
        (unit.limit, unit.open, unit.members) = (class.end, class.start, 0);
        let programme = ProgrammeIx::new(index.programme_of_unit(number) as u32);
        let start = (unit.ranking + unit.open) as usize;
        for (first, mut word) in words_of(accepted, class) {
            while word != 0 {
                let entry = (unit.ranking + first + word.trailing_zeros()) as usize;
                let lot = lot_of(draw.numbers, index.applicant(entry), programme);
                self.lots[start + unit.members as usize] = lot;
                unit.members += 1;
                word &= word - 1;
            }
        }
        heap::arrange(&mut self.lots[unit.heap()]);
    }

    /// Accepts somebody in a quota group, and gives the place of whoever loses a seat for it, here
    /// or in a group that this one passed a seat on to.
    #[inline(never)]
    fn accept_in_group<N: LotteryNumbers, C>(
        &mut self,
        draw: &Draw<'_, N, C>,
        number: usize,
        rank: u32,
        place: u32,
    ) -> Option<u32> {
        let index = draw.index;
        let unit = &mut self.units[number];
        if rank < unit.open || unit.open == unit.limit {
            let words = unit.words as usize;
            self.accepted[words + (rank / 64) as usize] |= 1 << (rank % 64);
        } else {
            let programme = ProgrammeIx::new(index.programme_of_unit(number) as u32);
            let applicant = index.applicant_in_place(place as usize);
            unit.members += 1;
            let lots = &mut self.lots[unit.heap()];
            lots[lots.len() - 1] = lot_of(draw.numbers, applicant, programme);
            heap::insert(lots);
        }
        let first = index.programmes();
        let mut group = number - first;
        while let Passing { to: Some(to), vacant } = &mut self.passing[group] {
            if *vacant == 0 {
                return self.give_up(draw, first + group);
            }
            *vacant -= 1;
            group = *to as usize;
        }
        let unit = &mut self.units[first + group];
        if unit.vacant > 0 {
            unit.vacant -= 1;
            return None;
        }
        self.give_up(draw, first + group)
    }

    /// Takes the seat of the worst holder of a unit, if it has any holder.
    fn give_up<N: LotteryNumbers, C>(
        &mut self,
        draw: &Draw<'_, N, C>,
        number: usize,
    ) -> Option<u32> {
        if self.units[number].open == self.units[number].limit {
            self.open(draw, number);
        }
        let unit = &mut self.units[number];
        if unit.members == 0 {
            return None;
        }
        unit.turned_away = true;
        let lot = heap::remove(&mut self.lots[unit.heap()]);
        unit.leave();
        Some(draw.index.place_of[lot as u32 as usize])
    }
}

/// What is compared within a class, the lower going first: the number, then the order of adding.
#[inline]
pub(super) fn lot_of(
    numbers: impl LotteryNumbers,
    applicant: ApplicantIx,
    programme: ProgrammeIx,
) -> u64 {
    u64::from(numbers.number(applicant, programme)) << 32 | applicant.index() as u64
}
