//! What placements are worth.

use crate::{ApplicantIx, Market, Matching, ProgrammeIx};

/// What it is worth that an applicant is placed at a choice of theirs, or not at all: a whole number
/// for each, greater being better. What a matching is worth is the sum over all applicants.
///
/// ```
/// use antagning_matching::{MarketBuilder, Worth, deferred_acceptance};
///
/// let mut builder = MarketBuilder::new();
/// let arts = builder.add_programme(1);
/// builder.add_applicant([(arts, 300)]);
/// builder.add_applicant([(arts, 280)]);
/// let market = builder.build()?;
/// let placed = Worth::new(&market, |_, placement| i64::from(placement.is_some()));
/// assert_eq!(placed.of(&deferred_acceptance(&market)), 1);
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// By choice, the sentinels that stand for no placement included.
    by_choice: Vec<i64>,
}

impl Worth {
    /// What `worth` says of each applicant with each placement: the position (counted from 0) in
    /// the list and the programme that stands there, or `None` for no placement. O(choices).
    ///
    /// The sum over all applicants must fit 64 bits, whatever they get.
    #[must_use]
    pub fn new(
        market: &Market,
        worth: impl Fn(ApplicantIx, Option<(usize, ProgrammeIx)>) -> i64,
    ) -> Self {
        let index = &*market.index;
        let mut by_choice = Vec::with_capacity(index.starts.last().map_or(0, |&end| end as usize));
        for place in 0..index.applicant_in.len() {
            let applicant = index.applicant_in_place(place);
            for position in 0..index.list_length(place) {
                let choices = index.expanded_choice(place, position);
                let programme = index.programme_at(choices.start);
                let worth = worth(applicant, Some((position, programme)));
                by_choice.extend(choices.map(|_| worth));
            }
            by_choice.push(worth(applicant, None));
        }
        Self { by_choice }
    }

    /// What a matching of the market is worth. O(applicants).
    #[must_use]
    pub fn of(&self, matching: &Matching<'_>) -> i64 {
        matching.held.iter().map(|&held| self.by_choice[held as usize]).sum()
    }

    /// What is gained when somebody gives up one choice for another.
    pub(crate) fn gain(&self, from: usize, to: usize) -> i64 {
        self.by_choice[to] - self.by_choice[from]
    }
}
