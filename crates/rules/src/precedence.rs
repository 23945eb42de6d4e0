//! Who would go before whom if no seat were held.

use crate::assessment::Assessment;
use crate::chain::RankingKey;
use crate::ruling::{Reception, Ruling};

impl Assessment<'_> {
    /// Whether the applicant of one choice would go before that of another at the programme that
    /// both chose, if the latter did not hold a seat there: what an appeal or a mended error comes
    /// to, while the seat itself is never taken back. At a programme with quota groups the group
    /// of the held seat is what counts, and nobody passes where it is not open to them.
    ///
    /// Choices that take no part pass nobody. O(log choices).
    #[must_use]
    pub fn would_pass(&self, choice: usize, holder: usize) -> bool {
        let entrants = self.entrants();
        let entrant = |choice: usize| entrants.choice.binary_search(&(choice as u32)).ok();
        let (Some(first), Some(second)) = (entrant(choice), entrant(holder)) else { return false };
        let (chain, claims) = (self.chain(), &entrants.claims);
        let Some(held) = claims.of(second).next() else {
            let [first, second] =
                [first, second].map(|e| chain.without_hold(&entrants.priority[e]));
            return first > second;
        };
        let Some(own) = claims.on(first, claims.group[held]) else { return false };
        // A holder's claim stands in the first tier whatever the marks are.
        let marks = |ruling: &Ruling| {
            let marks = chain.keys()[..chain.marks()].iter().map(|key| match key {
                RankingKey::OnTime => !ruling.late,
                _ => ruling.reception == Reception::FirstHand,
            });
            marks.collect::<Vec<bool>>()
        };
        let [mine, theirs] = [choice, holder].map(|choice| marks(&self.ruling(choice)));
        let rest = 1 + chain.marks();
        (mine, &claims.keys[own][rest..]) > (theirs, &claims.keys[held][rest..])
    }
}
