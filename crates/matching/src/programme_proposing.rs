//! Programme-proposing deferred acceptance.

use crate::{Market, Matching};

/// The programme-optimal stable matching, the worst stable one for every applicant.
///
/// Programmes with free seats offer them down their ranking; applicants hold the offer they like
/// best. The same applicants are placed as in [`deferred_acceptance`](crate::deferred_acceptance),
/// and [`Matching::applicants_who_differ`] says how many of them fare otherwise: none, and the
/// stable matching is the only one. A grouped programme offers what its choice function takes of
/// those who have not refused it: each group down its ranking, and what it has left when it comes
/// to the end it passes on.
///
/// # Arguments
///
/// * `market`: who wants what, and who goes first where.
///
/// # Returns
///
/// The [`Matching`].
///
/// # Complexity
///
/// * Time: O(choices + applicants + programmes), a choice of a grouped programme counting once for
///   each group that is open to the applicant; a seat passed on through g groups costs g steps.
/// * Memory: O(applicants + programmes + groups).
///
/// # Example
///
/// ```
/// use antagning_matching::{MarketBuilder, deferred_acceptance, programme_proposing};
///
/// // anna:  P > Q     P (1 seat):  björn > anna
/// // björn: Q > P     Q (1 seat):  anna > björn
/// //
/// //   anna ──1──► P ◄──2── björn        applicants proposing: anna P, björn Q
/// //     └────2──► Q ◄──1────┘           programmes proposing: anna Q, björn P
/// let mut builder = MarketBuilder::new();
/// let [p, q] = [1, 1].map(|seats| builder.add_programme(seats));
/// let anna = builder.add_applicant([(p, 10), (q, 20)]);
/// let björn = builder.add_applicant([(q, 10), (p, 20)]);
/// let market = builder.build()?;
///
/// let matching = programme_proposing(&market);
/// assert_eq!(matching.programme_of(anna), Some(q));
/// assert_eq!(matching.programme_of(björn), Some(p));
/// assert_eq!(matching.applicants_who_differ(&deferred_acceptance(&market)), 2);
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
///
/// # Reference
///
/// A. E. Roth and M. A. O. Sotomayor, *Two-Sided Matching* (1990), chapter 5.
#[must_use]
pub fn programme_proposing(market: &Market) -> Matching<'static> {
    let index = &*market.index;
    let mut held: Vec<u32> = (0..index.place_of.len()).map(|place| index.sentinel(place)).collect();
    let mut vacant = index.seats.clone();
    // What each group has passed on so far. It has come to its end, and never wants a seat back.
    let mut passed = Vec::new();
    if let Some(grouping) = &index.grouping {
        passed.resize(vacant.len(), 0);
        grouping.own_seats(&mut vacant);
    }
    let mut next: Vec<u32> = index.rankings[..vacant.len()].to_vec();
    // Units that may have something to offer. Each enters anew only after losing a holder or being
    // passed a seat, and only when it is not the one that is offering.
    let mut offering: Vec<usize> = (0..vacant.len()).rev().collect();
    while let Some(unit) = offering.pop() {
        let end = index.entries(unit).end as u32;
        while vacant[unit] > 0 && next[unit] < end {
            let rank = next[unit] as usize;
            next[unit] += 1;
            let place = index.holder[rank] as usize;
            let offered = index.choice_at[rank];
            // A lower number in the same list is a choice more wanted.
            if offered >= held[place] {
                continue;
            }
            let given_up = index.choices.unit(held[place] as usize);
            if given_up < vacant.len() {
                if vacant[given_up] == 0 {
                    offering.push(given_up);
                }
                vacant[given_up] += 1;
            }
            held[place] = offered;
            vacant[unit] -= 1;
        }
        if let Some(grouping) = &index.grouping
            && let Some(to) = grouping.passes_to(unit)
            && vacant[unit] > 0
        {
            if vacant[to] == 0 {
                offering.push(to);
            }
            vacant[to] += vacant[unit];
            passed[unit] += vacant[unit];
            vacant[unit] = 0;
        }
    }
    if let Some(grouping) = &index.grouping {
        vacant.iter_mut().zip(&passed).for_each(|(vacant, passed)| *vacant += passed);
        grouping.sum_vacancies(&mut vacant);
    }
    Matching::new(market, held, vacant)
}
