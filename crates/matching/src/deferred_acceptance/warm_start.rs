//! Deferred acceptance that goes on from a market with more seats.

use std::iter::successors;

use crate::{Market, Matching, ProgrammeIx};

use super::{DeferredAcceptance, seat_in_group, worst_below};

/// A finished run to go on from in markets that differ by having fewer seats.
///
/// Whoever is turned away with more seats is turned away with fewer, so all that was refused may
/// stay refused: the seats are taken away, and only those who lose them go on to propose. As the
/// order of proposals decides nothing, the result is the matching of a whole new run.
///
/// To compare any number of allocations of seats, let the market have the most seats that any of
/// them has everywhere.
///
/// ```
/// use antagning_matching::{DeferredAcceptance, MarketBuilder, WarmStart};
///
/// let mut builder = MarketBuilder::new();
/// let [arts, science] = [2, 1].map(|seats| builder.add_programme(seats));
/// let anna = builder.add_applicant([(arts, 300)]);
/// let björn = builder.add_applicant([(arts, 280), (science, 280)]);
/// let cecilia = builder.add_applicant([(science, 250)]);
/// let market = builder.build()?;
///
/// let start = WarmStart::new(&market);
/// let mut scratch = DeferredAcceptance::default();
/// let matching = start.run(&mut scratch, [(arts, None, 1)]);
/// assert_eq!(matching.programme_of(anna), Some(arts));
/// assert_eq!(matching.programme_of(björn), Some(science));
/// assert_eq!(matching.programme_of(cecilia), None);
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
///
/// # Reference
///
/// * D. G. McVitie and L. B. Wilson, *The Stable Marriage Problem*, Communications of the ACM 14
///   (1971), for the order of proposals.
/// * V. P. Crawford, *Comparative Statics in Matching Markets*, Journal of Economic Theory 54 (1991):
///   fewer seats are better for no applicant.
#[derive(Clone, Debug)]
pub struct WarmStart {
    market: Market,
    finished: DeferredAcceptance,
}

impl WarmStart {
    /// Matches a market. O(choices).
    #[must_use]
    pub fn new(market: &Market) -> Self {
        let mut finished = DeferredAcceptance::default();
        finished.propose_all(&market.index);
        Self { market: market.clone(), finished }
    }

    /// The market with the most seats.
    #[must_use]
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// The matching with so many seats fewer at programmes, or at their quota groups (counted from
    /// 0) where they have any.
    ///
    /// It is told as a matching of the market with the most seats, whose seats taken away are
    /// vacant. `scratch` may be of any market.
    ///
    /// O(applicants + choices / 64) to begin with, and the proposals of those who lose a seat.
    /// From the second run with the same memory on, nothing is allocated, unless more are displaced at
    /// once than ever before.
    ///
    /// # Panics
    ///
    /// When a programme or group does not have so many seats of its own, or a group is not named
    /// where there are any.
    pub fn run<'s>(
        &self,
        scratch: &'s mut DeferredAcceptance,
        fewer: impl IntoIterator<Item = (ProgrammeIx, Option<usize>, u32)>,
    ) -> Matching<'s> {
        let index = &*self.market.index;
        let grouping = index.grouping.as_ref();
        scratch.copy(&self.finished);
        scratch.vacant.resize(index.seats.len(), 0);
        for (programme, group, seats) in fewer {
            let groups = self.market.groups(programme);
            let (unit, own) = match group {
                None => (programme.index(), self.market.seats(programme)),
                Some(group) => (index.group(programme, group), groups[group].seats),
            };
            assert!(group.is_some() || groups.is_empty(), "a programme with groups");
            assert!(seats <= own, "{seats} seats to take of {own}");
            scratch.take_seats(unit, seats);
            // They are vacant in the market with the most seats, and pass on there.
            let passes_to = |&unit: &usize| grouping.and_then(|grouping| grouping.passes_to(unit));
            for unit in successors(Some(unit), passes_to) {
                scratch.vacant[unit] += seats;
            }
        }
        scratch.go_on(index);
        if grouping.is_some() {
            scratch.end_passing();
        }
        for (vacant, unit) in scratch.vacant.iter_mut().zip(&scratch.units) {
            *vacant += unit.vacant;
        }
        if let Some(grouping) = grouping {
            grouping.sum_vacancies(&mut scratch.vacant);
        }
        Matching::new(&self.market, scratch.held.as_slice(), scratch.vacant.as_slice())
    }
}

impl DeferredAcceptance {
    /// Takes over what another has left, in the memory that is there.
    fn copy(&mut self, other: &Self) {
        self.units.clone_from(&other.units);
        self.accepted.clone_from(&other.accepted);
        self.held.clone_from(&other.held);
        self.passing.clone_from(&other.passing);
        self.vacant.clear();
        self.displaced.clear();
    }

    /// Takes seats of a unit, as if somebody better than all had got them, and leaves those who are
    /// displaced in `displaced`.
    fn take_seats(&mut self, unit: usize, seats: u32) {
        let Self { units, accepted, passing, displaced, .. } = self;
        // The pseudo unit stands behind the groups.
        let programmes = units.len() - 1 - passing.len();
        if let Some(group) = unit.checked_sub(programmes)
            && passing[group].to.is_some()
        {
            let units = &mut units[programmes..];
            displaced
                .extend((0..seats).filter_map(|_| seat_in_group(units, passing, group, accepted)));
            return;
        }
        let unit = &mut units[unit];
        if seats < unit.vacant {
            unit.vacant -= seats;
            return;
        }
        let accepted = &accepted[unit.words as usize..];
        let below = |limit| worst_below(accepted, limit).unwrap_or(0);
        let lost = seats - unit.vacant;
        if unit.vacant > 0 {
            unit.vacant = 0;
            unit.limit = below(unit.limit);
        }
        for _ in 0..lost {
            displaced.push(unit.ranking + unit.limit);
            unit.limit = below(unit.limit);
        }
    }
}
