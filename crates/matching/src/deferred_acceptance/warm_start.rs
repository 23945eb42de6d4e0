//! Deferred acceptance that goes on from a market with more seats.

use crate::{Market, Matching, ProgrammeIx};

use super::{DeferredAcceptance, seat_in_group};

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
        scratch.copy(&self.finished);
        let (mut taken, mut displaced) = (Vec::new(), Vec::new());
        for (programme, group, seats) in fewer {
            let groups = self.market.groups(programme);
            let (unit, own) = match group {
                None => (programme.index(), self.market.seats(programme)),
                Some(group) => (index.group(programme, group), groups[group].seats),
            };
            assert!(group.is_some() || groups.is_empty(), "a programme with groups");
            assert!(seats <= own, "{seats} seats to take of {own}");
            taken.push((unit, seats));
            for _ in 0..seats {
                if let Some(entry) = scratch.take_seat(unit) {
                    let place = index.holder[entry as usize] as usize;
                    displaced.push((place, scratch.held[place] + 1));
                }
            }
        }
        scratch.propose_packed(index, displaced.into_iter());
        if index.grouping.is_some() {
            scratch.end_passing();
        }
        let units = scratch.units[..index.seats.len()].iter();
        scratch.vacant.extend(units.map(|unit| unit.vacant));
        for (mut unit, seats) in taken {
            scratch.vacant[unit] += seats;
            let grouping = index.grouping.as_ref();
            while let Some(next) = grouping.and_then(|grouping| grouping.passes_to(unit)) {
                unit = next;
                scratch.vacant[unit] += seats;
            }
        }
        if let Some(grouping) = &index.grouping {
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
    }

    /// Takes a seat of a unit, as if somebody better than all had got it, and gives the entry in
    /// `holder` of the one who is displaced, if any.
    fn take_seat(&mut self, unit: usize) -> Option<u32> {
        let Self { units, accepted, passing, .. } = self;
        // The pseudo unit stands behind the groups.
        let programmes = units.len() - 1 - passing.len();
        if let Some(group) = unit.checked_sub(programmes)
            && passing[group].to.is_some()
        {
            return seat_in_group(&mut units[programmes..], passing, group, accepted);
        }
        let unit = &mut units[unit];
        if unit.vacant > 1 {
            unit.vacant -= 1;
            return None;
        }
        unit.tighten(&accepted[unit.words as usize..])
    }
}
