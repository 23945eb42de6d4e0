//! What applicants bring to the quota groups of the programmes that they chose.

use std::ops::Range;

use antagning_matching::QuotaGroup as Seats;

use crate::quota::{ClaimKeys, QuotaGroup};
use crate::score::Score;

/// The groups that are open to each entrant at a programme with quota groups, by entrant and then
/// by precedence.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// The entrants with claims, ascending.
    pub entrant: Vec<u32>,
    /// Where the claims of each of them end.
    ends: Vec<u32>,
    /// Reception and lateness of each of them, greater first.
    pub tier: Vec<u32>,
    /// The group of each claim, counted within the programme.
    pub group: Vec<u16>,
    /// The keys of each claim in its group.
    pub keys: Vec<ClaimKeys>,
    /// The published score of each claim, in ten-thousandths.
    pub score: Vec<u64>,
}

impl Claims {
    /// The claims of the entrant that stands at `position` in [`Claims::entrant`].
    #[must_use]
    pub fn at(&self, position: usize) -> Range<usize> {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[position] as usize
    }

    /// The claims of an entrant; none at a programme without groups. O(log entrants).
    #[must_use]
    pub fn of(&self, entrant: usize) -> Range<usize> {
        self.entrant.binary_search(&(entrant as u32)).map_or(0..0, |position| self.at(position))
    }

    /// Whose claim it is. O(log entrants).
    pub(crate) fn entrant_of(&self, claim: usize) -> usize {
        self.entrant[self.ends.partition_point(|end| *end as usize <= claim)] as usize
    }

    /// Reception and lateness of an entrant at a programme with quota groups. O(log entrants).
    ///
    /// # Panics
    /// When the entrant has no claims.
    pub(crate) fn tier_of(&self, entrant: usize) -> u32 {
        self.tier[self.entrant.binary_search(&(entrant as u32)).expect("an entrant with claims")]
    }

    /// The claim of an entrant on one group.
    pub(crate) fn on(&self, entrant: usize, group: u16) -> Option<usize> {
        self.of(entrant).find(|claim| self.group[*claim] == group)
    }

    pub(crate) fn push(&mut self, group: usize, keys: ClaimKeys, score: Score) {
        // A programme has a handful of groups.
        self.group.push(group as u16);
        self.keys.push(keys);
        self.score.push(score.ten_thousandths());
    }

    /// Ends the claims of an entrant.
    pub(crate) fn end(&mut self, entrant: usize, groups: &[QuotaGroup]) {
        let last = self.keys.len() - 1;
        self.tier.push(groups[usize::from(self.group[last])].chain.tier(&self.keys[last]));
        self.entrant.push(entrant as u32);
        self.ends.push(self.keys.len() as u32);
    }

    /// Appends the claims of an entrant of another set as those of `entrant`, with another lottery
    /// number where one is given: `groups` tells where it stands among the keys. O(log entrants).
    pub(crate) fn copy(
        &mut self,
        other: &Self,
        (from, entrant): (usize, usize),
        groups: &[QuotaGroup],
        lot: Option<u64>,
    ) {
        let Ok(position) = other.entrant.binary_search(&(from as u32)) else { return };
        for claim in other.at(position) {
            let group = other.group[claim];
            let mut keys = other.keys[claim];
            if let Some(lot) = lot {
                keys[groups[usize::from(group)].keys().len()] = u64::MAX - lot;
            }
            self.group.push(group);
            self.keys.push(keys);
            self.score.push(other.score[claim]);
        }
        self.tier.push(other.tier[position]);
        self.entrant.push(entrant as u32);
        self.ends.push(self.keys.len() as u32);
    }

    pub(crate) fn clear(&mut self) {
        self.entrant.clear();
        self.ends.clear();
        self.tier.clear();
        self.group.clear();
        self.keys.clear();
        self.score.clear();
    }

    /// How many claims there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn append(&mut self, other: Self, entrants_before: usize) {
        let claims_before = self.len() as u32;
        self.entrant.extend(other.entrant.iter().map(|entrant| entrants_before as u32 + entrant));
        self.ends.extend(other.ends.iter().map(|end| claims_before + end));
        self.tier.extend(other.tier);
        self.group.extend(other.group);
        self.keys.extend(other.keys);
        self.score.extend(other.score);
    }

    /// Each claim's place among all on the same group: greater goes first, equals are equal. Keys
    /// of different groups are never compared, so a number stands for them.
    pub(crate) fn ranks(&self, programme_of: impl Fn(u32) -> u32) -> Vec<u32> {
        let mut order: Vec<((u32, u16), &ClaimKeys, u32)> = Vec::with_capacity(self.len());
        for (position, &entrant) in self.entrant.iter().enumerate() {
            let programme = programme_of(entrant);
            let claims = self.at(position);
            order.extend(claims.map(|c| ((programme, self.group[c]), &self.keys[c], c as u32)));
        }
        order.sort_unstable();
        let (mut ranks, mut rank) = (vec![0; self.len()], 0);
        for (i, (unit, keys, claim)) in order.iter().enumerate() {
            let same_unit = i > 0 && order[i - 1].0 == *unit;
            rank = match same_unit {
                true => rank + u32::from(order[i - 1].1 != *keys),
                false => 0,
            };
            ranks[*claim as usize] = rank;
        }
        ranks
    }
}

/// How often a programme's groups stand in the market: once for each tier, from the first (in
/// time and received in first hand) to the last that asks, since all of one tier are taken, with
/// every passing on of seats, before any of the next (SkolL 16 kap. 47 §).
#[derive(Clone, Copy, Debug)]
pub struct Tiers {
    /// The greatest tier that there can be, whether or not anybody is in it: what an absent first
    /// tier does not fill passes on just the same.
    first: u32,
    /// The smallest that asks.
    last: u32,
}

impl Tiers {
    /// The tiers of every programme, of which there are so many.
    pub(crate) fn by_programme(
        programmes: usize,
        tiers: u32,
        claims: &Claims,
        programme_of: impl Fn(u32) -> u32,
    ) -> Vec<Self> {
        let mut tiers = vec![Self::new(tiers); programmes];
        for (entrant, tier) in claims.entrant.iter().zip(&claims.tier) {
            tiers[programme_of(*entrant) as usize].ask(*tier);
        }
        tiers
    }

    /// The first tier alone, of so many that there can be.
    ///
    /// # Panics
    /// When there can be none.
    #[must_use]
    pub fn new(tiers: u32) -> Self {
        let first = tiers.checked_sub(1).expect("at least one tier");
        Self { first, last: first }
    }

    /// The greatest tier that there can be: that of whoever holds a seat.
    #[must_use]
    pub fn first(self) -> u32 {
        self.first
    }

    /// Takes in the tier of somebody who asks.
    pub fn ask(&mut self, tier: u32) {
        self.last = self.last.min(tier);
    }

    /// The seats of every group in every tier. The first tier has them all; what a group does not
    /// fill and does not pass on waits for the same group's next tier.
    #[must_use]
    pub fn seats(self, groups: &[Seats]) -> Vec<Seats> {
        let count = groups.len();
        let last = (self.first - self.last) as usize;
        let of_tier = |tier: usize| {
            groups.iter().enumerate().map(move |(g, group)| {
                let later = group.unfilled_to.map(|to| tier * count + to);
                let next_tier = (tier < last).then_some((tier + 1) * count + g);
                let seats = if tier == 0 { group.seats } else { 0 };
                Seats { seats, unfilled_to: later.or(next_tier) }
            })
        };
        (0..=last).flat_map(of_tier).collect()
    }

    /// Where a group stands among [`Tiers::seats`], for an applicant of that tier.
    #[must_use]
    pub fn unit(self, tier: u32, group: u16, groups: usize) -> usize {
        (self.first - tier) as usize * groups + usize::from(group)
    }
}

#[cfg(test)]
mod tests {
    use antagning_matching::QuotaGroup as Seats;

    use super::{Claims, Tiers};

    fn groups() -> [Seats; 2] {
        [seats(1, Some(1)), seats(2, None)]
    }

    fn seats(seats: u32, unfilled_to: Option<usize>) -> Seats {
        Seats { seats, unfilled_to }
    }

    /// SkolL 16 kap. 47 §: what the first hand leaves is the second's, when it has passed on.
    #[test]
    fn the_groups_stand_once_for_each_tier_that_asks() {
        let both = Tiers { first: 1, last: 0 };
        let second = [seats(0, Some(3)), seats(0, None)];
        assert_eq!(
            both.seats(&groups()),
            [&[seats(1, Some(1)), seats(2, Some(3))], &second[..]].concat()
        );
        assert_eq!([both.unit(1, 1, 2), both.unit(0, 0, 2)], [1, 2]);
        let first_alone = Tiers { first: 1, last: 1 };
        assert_eq!(first_alone.seats(&groups()), [seats(1, Some(1)), seats(2, None)]);
    }

    #[test]
    fn an_absent_first_tier_has_its_groups_all_the_same() {
        let claims = Claims { entrant: vec![0], tier: vec![2], ..Claims::default() };
        let tiers = Tiers::by_programme(2, 4, &claims, |_| 0);
        assert_eq!((tiers[0].first, tiers[0].last), (3, 2));
        assert_eq!((tiers[1].first, tiers[1].last), (3, 3));
    }
}
