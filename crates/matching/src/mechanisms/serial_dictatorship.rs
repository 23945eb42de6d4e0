//! Serial dictatorship.

use super::Assignment;
use crate::{ApplicantIx, Market};

/// One after the other takes the best choice of theirs that has a seat left; priorities at
/// programmes count for nothing.
///
/// Nobody gains by another list, and nobody can be made better off without another being made worse
/// off. With the order of a merit that is the same at every programme it is deferred acceptance.
///
/// # Arguments
///
/// * `order`: who comes when, everybody once; whoever is not in it gets nothing.
///
/// # Panics
///
/// When the market has quota groups.
///
/// # Complexity
///
/// O(choices).
///
/// # Reference
///
/// L.-G. Svensson, *Strategy-proof allocation of indivisible goods*, Social Choice and Welfare 16
/// (1999).
#[must_use]
pub fn serial_dictatorship(
    market: &Market,
    order: impl IntoIterator<Item = ApplicantIx>,
) -> Assignment {
    market.assert_plain();
    let mut assignment = Assignment::nobody(market);
    let mut taken = vec![0; market.programmes()];
    for applicant in order {
        let open = market
            .list(applicant)
            .position(|programme| taken[programme.index()] < market.seats(programme));
        if let Some(position) = open
            && let Some(programme) = market.list(applicant).nth(position)
        {
            taken[programme.index()] += 1;
            assignment.place(applicant.index(), position);
        }
    }
    assignment
}
