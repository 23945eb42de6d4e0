//! Quota groups whose columns are known to fit together.

use std::ops::Range;

use crate::columns::GroupColumns;
use crate::shape::{ShapeError, offsets_fit, same_length};

/// The groups of a case.
#[derive(Debug)]
pub(crate) struct Groups<'a> {
    pub(crate) columns: GroupColumns<'a>,
}

impl<'a> Groups<'a> {
    /// Checks that the columns belong together and to these programmes' seats, choices'
    /// programmes and applicants. `None` when no programme has a group.
    pub(crate) fn new(
        columns: GroupColumns<'a>,
        seats: &[u32],
        programme: &[u32],
        applicants: usize,
    ) -> Result<Option<Self>, ShapeError> {
        let GroupColumns { claim_group, claim_offsets, .. } = columns;
        let all = ("groups.seats", columns.seats.len());
        offsets_fit(("groups.offsets", columns.offsets), seats.len(), all)?;
        same_length("groups.unfilled_to", columns.seats.len(), columns.unfilled_to.len())?;
        same_length("groups.ranked_by_hand", columns.seats.len(), columns.ranked_by_hand.len())?;
        same_length("groups.tier", programme.len(), columns.tier.len())?;
        if let Some(position) = columns.tier.iter().position(|tier| *tier >= columns.tiers) {
            return Err(ShapeError::Tier { position });
        }
        let all = ("groups.claim_group", claim_group.len());
        offsets_fit(("groups.claim_offsets", claim_offsets), programme.len(), all)?;
        same_length("groups.claim_key", claim_group.len(), columns.claim_key.len())?;
        same_length("groups.claim_score", claim_group.len(), columns.claim_score.len())?;
        same_length("groups.placement_group", applicants, columns.placement_group.len())?;
        let groups = Self { columns };
        groups.check_programmes(seats)?;
        groups.check_claims(programme)?;
        Ok((!columns.seats.is_empty()).then_some(groups))
    }

    fn check_programmes(&self, seats: &[u32]) -> Result<(), ShapeError> {
        for (programme, &of_programme) in seats.iter().enumerate() {
            if !self.has(programme) {
                continue;
            }
            let total: u64 = self.seats_of(programme).iter().copied().map(u64::from).sum();
            if total != u64::from(of_programme) {
                return Err(ShapeError::GroupSeats { programme });
            }
            let later = |(group, to): (usize, &Option<u32>)| {
                to.is_none_or(|to| (group + 1..self.count(programme)).contains(&(to as usize)))
            };
            let unfilled_to = self.unfilled_to(programme);
            if let Some(group) = unfilled_to.iter().enumerate().position(|entry| !later(entry)) {
                return Err(ShapeError::UnfilledTo { programme, group });
            }
        }
        Ok(())
    }

    fn check_claims(&self, programme: &[u32]) -> Result<(), ShapeError> {
        for (choice, &q) in programme.iter().enumerate() {
            let claimed = &self.columns.claim_group[self.claims(choice)];
            let count = self.count(q as usize);
            let ascend = claimed.is_sorted_by(|a, b| a < b);
            let known = claimed.last().is_none_or(|&group| (group as usize) < count);
            if claimed.is_empty() != (count == 0) || !ascend || !known {
                return Err(ShapeError::Claims { choice });
            }
        }
        Ok(())
    }

    fn range(&self, programme: usize) -> Range<usize> {
        self.columns.offsets[programme]..self.columns.offsets[programme + 1]
    }

    /// Whether the programme has groups.
    pub(crate) fn has(&self, programme: usize) -> bool {
        !self.range(programme).is_empty()
    }

    /// The number of groups of the programme.
    pub(crate) fn count(&self, programme: usize) -> usize {
        self.range(programme).len()
    }

    /// The seats of the programme's groups.
    pub(crate) fn seats_of(&self, programme: usize) -> &'a [u32] {
        &self.columns.seats[self.range(programme)]
    }

    /// Whether humans made the order of the group.
    pub(crate) fn is_ranked_by_hand(&self, programme: usize, group: usize) -> bool {
        self.columns.ranked_by_hand[self.columns.offsets[programme] + group]
    }

    /// To which groups the programme's groups pass their unfilled seats on.
    pub(crate) fn unfilled_to(&self, programme: usize) -> &'a [Option<u32>] {
        &self.columns.unfilled_to[self.range(programme)]
    }

    /// The claims that belong to a choice.
    pub(crate) fn claims(&self, choice: usize) -> Range<usize> {
        self.columns.claim_offsets[choice]..self.columns.claim_offsets[choice + 1]
    }

    /// The claim of a choice on one group, if the group is open to the applicant.
    pub(crate) fn claim(&self, choice: usize, group: u32) -> Option<usize> {
        self.claims(choice).find(|&claim| self.columns.claim_group[claim] == group)
    }

    /// The last group in order of precedence that is open to the applicant.
    pub(crate) fn last_open(&self, choice: usize) -> Option<u32> {
        self.columns.claim_group[self.claims(choice)].last().copied()
    }
}
