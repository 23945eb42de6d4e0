//! Immediate acceptance, the Boston mechanism.

use super::Assignment;
use crate::{ApplicantIx, Market};

/// Everybody asks their first choice, which takes the best for good; whoever is left asks their
/// second choice, which takes the best of these for the seats that are left; and so on.
///
/// What it is known for: many first choices, and no safety. Whoever fails at their first choice may
/// find the second full with applicants who go behind them. Many Swedish municipalities ranked by
/// choice before.
///
/// # Returns
///
/// The [`Assignment`].
///
/// # Panics
///
/// When the market has quota groups.
///
/// # Complexity
///
/// O(choices · log(choices)).
///
/// # Reference
///
/// A. Abdulkadiroğlu and T. Sönmez, *School Choice: A Mechanism Design Approach*, American Economic
/// Review 93 (2003).
#[must_use]
pub fn immediate_acceptance(market: &Market) -> Assignment {
    market.assert_plain();
    let mut assignment = Assignment::nobody(market);
    let mut seats = all_seats(market);
    let mut left: Vec<u32> = (0..market.applicants() as u32).collect();
    for position in 0.. {
        let mut asking = askers(market, &left, position);
        if asking.is_empty() {
            break;
        }
        asking.sort_unstable();
        for (programme, _, applicant) in asking {
            if let Some(rest) = seats[programme].checked_sub(1) {
                seats[programme] = rest;
                assignment.place(applicant as usize, position);
            }
        }
        left.retain(|&applicant| assignment.choice_of(ApplicantIx::new(applicant)).is_none());
    }
    assignment
}

/// How many of all applicants would gain by stating another list under immediate acceptance, when
/// everybody else is truthful. Exact.
///
/// A programme that somebody can get in some round they can get in the first one too: then fewer
/// ask, and more seats are left. So it is enough to look at each programme that they want more than
/// what truth gives them, and to put it first. O(choices · log(choices)).
///
/// # Panics
///
/// When the market has quota groups.
#[must_use]
pub fn who_gains_under_immediate_acceptance(market: &Market) -> Vec<ApplicantIx> {
    let truthful = immediate_acceptance(market);
    let everybody: Vec<u32> = (0..market.applicants() as u32).collect();
    let mut asking = askers(market, &everybody, 0);
    asking.sort_unstable();
    // The ranks of those whom each programme takes in the first round, one after the other.
    let mut seats = all_seats(market);
    let mut taken: Vec<Vec<usize>> = vec![Vec::new(); market.programmes()];
    for (programme, rank, _) in asking {
        if let Some(rest) = seats[programme].checked_sub(1) {
            seats[programme] = rest;
            taken[programme].push(rank);
        }
    }
    let gains = |applicant: &ApplicantIx| {
        let wanted = truthful.choice_of(*applicant).unwrap_or(usize::MAX);
        market.list(*applicant).enumerate().take(wanted).any(|(position, programme)| {
            // Their own first choice has turned them away in this very round.
            let programme = programme.index();
            let rank = market.rank_at(*applicant, position);
            position > 0
                && (seats[programme] > 0
                    || taken[programme].last().is_some_and(|worst| rank < *worst))
        })
    };
    let everybody = everybody.into_iter().map(ApplicantIx::new);
    everybody.filter(gains).collect()
}

fn all_seats(market: &Market) -> Vec<u32> {
    let programmes = 0..market.programmes() as u32;
    programmes.map(|number| market.seats(crate::ProgrammeIx::new(number))).collect()
}

/// Who asks what with the choice that stands at a position: programme, rank there, applicant.
fn askers(market: &Market, applicants: &[u32], position: usize) -> Vec<(usize, usize, u32)> {
    let asks = |&number: &u32| {
        let applicant = ApplicantIx::new(number);
        let programme = market.list(applicant).nth(position)?;
        Some((programme.index(), market.rank_at(applicant, position), number))
    };
    applicants.iter().filter_map(asks).collect()
}
