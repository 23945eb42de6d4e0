//! The line between the admitted and the reserves of one ranking.

use crate::assessment::Assessment;
use crate::chain::{Priority, RankingKey};
use crate::outcome::{CutoffKind, Outcome, Outcomes, ProgrammeResult, Reason, Status};
use crate::quota::{ClaimKeys, QuotaGroup};
use crate::score::Score;

/// A ranking of members: entrants of a plain programme, or claims on a quota group.
pub(crate) trait Ranking {
    /// Greater goes first.
    type Key: Ord;
    fn key(&self, member: u32) -> &Self::Key;
    fn deciding_key(&self, a: u32, b: u32) -> Option<RankingKey>;
    fn score(&self, member: u32) -> u64;
    fn choice(&self, member: u32) -> usize;
    fn is_by_hand(&self, member: u32) -> bool;
    fn holds(&self, member: u32) -> bool;
    /// Whether one would go before the other if neither held a seat.
    fn would_pass(&self, member: u32, other: u32) -> bool;
    /// The group that the ranking is of.
    fn group(&self) -> Option<u16> {
        None
    }
}

/// The ranking of a plain programme; members are entrants.
pub(crate) struct Plain<'a>(pub(crate) &'a Assessment<'a>);

impl Ranking for Plain<'_> {
    type Key = Priority;

    fn key(&self, member: u32) -> &Priority {
        &self.0.entrants().priority[member as usize]
    }

    fn deciding_key(&self, a: u32, b: u32) -> Option<RankingKey> {
        self.0.chain().deciding_key(self.key(a), self.key(b))
    }

    fn score(&self, member: u32) -> u64 {
        self.0.entrants().score[member as usize]
    }

    fn choice(&self, member: u32) -> usize {
        self.0.entrants().choice[member as usize] as usize
    }

    fn is_by_hand(&self, member: u32) -> bool {
        self.0.ruling(self.choice(member)).placed_by_hand
    }

    fn holds(&self, member: u32) -> bool {
        self.0.ruling(self.choice(member)).holds
    }

    fn would_pass(&self, member: u32, other: u32) -> bool {
        let [member, other] = [member, other].map(|m| self.0.chain().without_hold(self.key(m)));
        member > other
    }
}

/// The ranking of a quota group; members are claims.
pub(crate) struct OfGroup<'a> {
    pub(crate) assessment: &'a Assessment<'a>,
    pub(crate) group: &'a QuotaGroup,
    pub(crate) number: u16,
}

impl Ranking for OfGroup<'_> {
    type Key = ClaimKeys;

    fn key(&self, member: u32) -> &ClaimKeys {
        &self.assessment.entrants().claims.keys[member as usize]
    }

    fn deciding_key(&self, a: u32, b: u32) -> Option<RankingKey> {
        self.group.chain.deciding_key(self.key(a), self.key(b))
    }

    fn score(&self, member: u32) -> u64 {
        self.assessment.entrants().claims.score[member as usize]
    }

    fn choice(&self, member: u32) -> usize {
        let entrants = self.assessment.entrants();
        entrants.choice[entrants.claims.entrant_of(member as usize)] as usize
    }

    fn is_by_hand(&self, member: u32) -> bool {
        self.key(member)[0] > 1
    }

    fn holds(&self, member: u32) -> bool {
        self.key(member)[0] & 1 == 1
    }

    fn would_pass(&self, member: u32, other: u32) -> bool {
        self.key(member)[1..] > self.key(other)[1..]
    }

    fn group(&self) -> Option<u16> {
        Some(self.number)
    }
}

/// Who stands on either side of the line.
pub(crate) struct Line<'a, R> {
    ranking: R,
    seats: u32,
    admitted: &'a [u32],
    /// Best first.
    waiting: &'a [u32],
    last_admitted: Option<u32>,
    /// The best of those who wait or whom a later group took.
    turned_away: Option<u32>,
    /// Officials placed everybody admitted.
    all_by_hand: bool,
    /// The choices whose seats are offered by phone, where nobody is moved without being asked.
    offered: Option<&'a [bool]>,
}

impl<'a, R: Ranking> Line<'a, R> {
    /// Sorts those who wait. `taken_later` are those whom a later group of the programme took.
    pub(crate) fn new(
        ranking: R,
        seats: u32,
        admitted: &'a [u32],
        waiting: &'a mut [u32],
        taken_later: &[u32],
        offered: Option<&'a [bool]>,
    ) -> Self {
        waiting.sort_unstable_by(|a, b| ranking.key(*b).cmp(ranking.key(*a)));
        let best_later = taken_later.iter().copied().max_by_key(|member| ranking.key(*member));
        let turned_away =
            waiting.first().copied().into_iter().chain(best_later).max_by_key(|m| ranking.key(*m));
        let last_admitted = admitted.iter().copied().min_by_key(|member| ranking.key(*member));
        // Placements by hand go first: when the last admitted is one, all are.
        let all_by_hand = last_admitted.is_some_and(|last| ranking.is_by_hand(last));
        Self { ranking, seats, admitted, waiting, last_admitted, turned_away, all_by_hand, offered }
    }

    /// Writes the outcomes of everybody on the line for whom it `decides`.
    pub(crate) fn settle(&self, outcomes: &mut Outcomes, decides: impl Fn(u32) -> bool) {
        let group = self.ranking.group();
        for &member in self.admitted {
            let (reason, decided_by) = if self.ranking.is_by_hand(member) {
                (Reason::PlacedByHand, None)
            } else if self.ranking.holds(member) {
                (Reason::HoldsSeat, None)
            } else if let Some(turned_away) = self.turned_away {
                (Reason::AheadOfOthers, self.ranking.deciding_key(member, turned_away))
            } else {
                (Reason::SeatsForAll, None)
            };
            outcomes.choices[self.ranking.choice(member)] = Outcome {
                status: Status::Admitted,
                reason,
                reserve_position: 0,
                decided_by,
                group,
            };
        }
        let mut position = 0;
        for (i, &member) in self.waiting.iter().enumerate() {
            // Equals, where the rules leave any, stand in one place.
            if i == 0 || self.ranking.key(member) != self.ranking.key(self.waiting[i - 1]) {
                position = i as u32 + 1;
            }
            if decides(member) {
                let (reason, decided_by) = self.why_not(member);
                outcomes.choices[self.ranking.choice(member)] = Outcome {
                    status: Status::Reserve,
                    reason,
                    reserve_position: position,
                    decided_by,
                    group,
                };
            }
        }
    }

    /// Why somebody who waits was not taken, and the key that parted them from the last admitted.
    fn why_not(&self, member: u32) -> (Reason, Option<RankingKey>) {
        let best = self.waiting[0];
        let seats_left = (self.admitted.len() as u32) < self.seats;
        match self.offered {
            Some(offered) if offered[self.ranking.choice(member)] => {
                return (Reason::OfferedByPhone, None);
            }
            Some(_) if seats_left => return (Reason::SeatsByPhone, None),
            _ => {}
        }
        // Otherwise seats are left only where equals are rejected together.
        if seats_left && self.ranking.group().is_none() {
            return match self.ranking.deciding_key(member, best) {
                None => (Reason::EqualsRejected, None),
                key => (Reason::BelowCutoff, key),
            };
        }
        let last = match self.last_admitted {
            None => return (Reason::NoSeats, None),
            Some(_) if self.all_by_hand => return (Reason::SeatsGivenByHand, None),
            Some(last) if self.ranking.holds(last) && self.ranking.would_pass(member, last) => {
                return (Reason::SeatsHeld, None);
            }
            Some(last) => last,
        };
        let decided_by = self.ranking.deciding_key(member, last);
        let reason = match decided_by {
            Some(RankingKey::Reception) => Reason::SecondHand,
            Some(RankingKey::OnTime) => Reason::Late,
            Some(RankingKey::FreeQuota) => Reason::BehindOnList,
            _ if self.ranking.score(member) < self.ranking.score(last) => Reason::BelowCutoff,
            _ => Reason::LostTie,
        };
        (reason, decided_by)
    }

    /// The figures of the line; `ranked_by_hand` says that no score is a limit.
    pub(crate) fn result(
        &self,
        (applicants, first_choice_applicants): (u32, u32),
        vacant: u32,
        ranked_by_hand: bool,
        scores: &mut Vec<u64>,
    ) -> ProgrammeResult {
        scores.clear();
        scores.extend(self.admitted.iter().map(|member| self.ranking.score(*member)));
        scores.sort_unstable();
        let cutoff = match (self.last_admitted, self.turned_away) {
            (None, _) => CutoffKind::NoneAdmitted,
            (Some(_), _) if self.all_by_hand || ranked_by_hand => CutoffKind::Manual,
            (Some(_), None) => CutoffKind::AllEligibleAdmitted,
            (Some(last), Some(_)) => {
                CutoffKind::Value(Score::from_ten_thousandths(self.ranking.score(last)))
            }
        };
        let parted = self.last_admitted.zip(self.turned_away);
        let parted = parted.filter(|(last, away)| !self.ranking.would_pass(*away, *last));
        ProgrammeResult {
            seats: self.seats,
            applicants,
            first_choice_applicants,
            admitted: self.admitted.len() as u32,
            vacant,
            reserves: self.waiting.len() as u32,
            cutoff,
            median: median(scores),
            mean: mean(scores),
            decided_by: parted.and_then(|(last, away)| self.ranking.deciding_key(last, away)),
        }
    }
}

/// The middle of sorted scores, or of the two middle ones, rounded half up.
fn median(sorted: &[u64]) -> Option<Score> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(Score::from_ten_thousandths((lower + upper).div_ceil(2)))
}

fn mean(scores: &[u64]) -> Option<Score> {
    let count = u128::try_from(scores.len()).ok().filter(|count| *count > 0)?;
    let sum: u128 = scores.iter().copied().map(u128::from).sum();
    let rounded = (2 * sum + count) / (2 * count);
    u64::try_from(rounded).ok().map(Score::from_ten_thousandths)
}
