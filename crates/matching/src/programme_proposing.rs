//! Programme-proposing deferred acceptance.

use crate::{Market, Matching, ProgrammeIx};

/// The programme-optimal stable matching, the worst stable one for every applicant.
///
/// Programmes with free seats offer them down their ranking; applicants hold the offer they like
/// best. The same applicants are placed as in [`deferred_acceptance`](crate::deferred_acceptance),
/// and [`Matching::applicants_who_differ`] says how many of them fare otherwise: none, and the
/// stable matching is the only one.
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
/// * Time: O(choices + applicants + programmes).
/// * Memory: four bytes an applicant, at most sixteen a programme.
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
    let mut next: Vec<u32> = index.rankings[..vacant.len()].to_vec();
    // Programmes that may have something to offer. Each enters anew only after losing a holder,
    // and only when it is not the one that is offering.
    let mut offering: Vec<usize> = (0..vacant.len()).rev().collect();
    while let Some(programme) = offering.pop() {
        let end = index.ranking(ProgrammeIx::new(programme as u32)).end as u32;
        while vacant[programme] > 0 && next[programme] < end {
            let rank = next[programme] as usize;
            next[programme] += 1;
            let place = index.holder[rank] as usize;
            let offered = index.choice_at[rank];
            // A lower number in the same list is a choice more wanted.
            if offered >= held[place] {
                continue;
            }
            let given_up = index.choices.programme(held[place] as usize);
            if given_up < vacant.len() {
                if vacant[given_up] == 0 {
                    offering.push(given_up);
                }
                vacant[given_up] += 1;
            }
            held[place] = offered;
            vacant[programme] -= 1;
        }
    }
    Matching::new(market, held, vacant)
}
