//! A matching held against the textbook's before anything is timed.

use antagning_matching::{ApplicantIx, Matching};

/// # Panics
///
/// When an applicant is placed at another choice than `expected` says.
pub(crate) fn assert_placements(matching: &Matching<'_>, expected: &[Option<usize>]) {
    let choice_of = |applicant| matching.choice_of(ApplicantIx::new(applicant as u32));
    let found: Vec<_> = (0..expected.len()).map(choice_of).collect();
    assert!(found == expected, "the matching differs from the textbook's");
}
