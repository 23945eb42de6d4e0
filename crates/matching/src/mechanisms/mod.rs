//! Other ways to give the same seats to the same applicants, to compare deferred acceptance with.
//!
//! For markets without quota groups: what a group of a programme does in an immediate acceptance or
//! a trading cycle has no settled meaning. [`Market::without_groups`](crate::Market::without_groups)
//! makes such a market of any.

mod immediate_acceptance;
mod serial_dictatorship;
mod top_trading_cycles;

use crate::{ApplicantIx, Market, Matching, ProgrammeIx};

pub use immediate_acceptance::{immediate_acceptance, who_gains_under_immediate_acceptance};
pub use serial_dictatorship::serial_dictatorship;
pub use top_trading_cycles::top_trading_cycles;

/// Who is placed where, by a mechanism whose matching need not be stable: the position in each
/// applicant's list (counted from 0), `None` for no placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    placed: Vec<Option<u32>>,
}

impl Assignment {
    pub(crate) fn nobody(market: &Market) -> Self {
        Self { placed: vec![None; market.applicants()] }
    }

    /// The position in the applicant's list of the programme where they are placed.
    #[must_use]
    pub fn choice_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.placed[applicant.index()].map(|position| position as usize)
    }

    pub(crate) fn place(&mut self, applicant: usize, position: usize) {
        // A list is no longer than there are programmes, which 32 bits count.
        self.placed[applicant] = Some(position as u32);
    }

    /// How many have a claim on a seat that they want more than what they have: the seat is empty,
    /// or somebody has it who goes behind them there (justified envy). 0 in a stable matching.
    /// O(choices).
    ///
    /// # Panics
    ///
    /// When the market is another one.
    #[must_use]
    pub fn applicants_with_a_claim(&self, market: &Market) -> usize {
        // The first rank that would not get in: everybody does where seats are left.
        let mut taken = vec![0; market.programmes()];
        let mut worst = vec![0; market.programmes()];
        let applicants = || (0..market.applicants()).map(|number| ApplicantIx::new(number as u32));
        for applicant in applicants() {
            if let Some(position) = self.choice_of(applicant)
                && let Some(programme) = market.list(applicant).nth(position)
            {
                taken[programme.index()] += 1;
                let rank = market.rank_at(applicant, position);
                worst[programme.index()] = rank.max(worst[programme.index()]);
            }
        }
        let claims = |applicant: &ApplicantIx| {
            let wanted = self.choice_of(*applicant).unwrap_or(usize::MAX);
            market.list(*applicant).enumerate().take(wanted).any(|(position, programme)| {
                let seats = market.seats(programme) as usize;
                taken[programme.index()] < seats
                    || seats > 0 && market.rank_at(*applicant, position) < worst[programme.index()]
            })
        };
        applicants().filter(claims).count()
    }
}

impl From<&Matching<'_>> for Assignment {
    fn from(matching: &Matching<'_>) -> Self {
        let market = matching.market();
        let mut assignment = Self::nobody(market);
        for applicant in 0..market.applicants() {
            if let Some(position) = matching.choice_of(ApplicantIx::new(applicant as u32)) {
                assignment.place(applicant, position);
            }
        }
        assignment
    }
}

impl Market {
    /// A market without quota groups that is as near to this one as can be: the seats of all groups
    /// together, ranked as one group ranks, for those whom it is open to. Others cannot list the
    /// programme there. O(choices · log(choices)).
    ///
    /// `ranked_by` gives the groups (counted from 0) by which each programme that has any is ranked:
    /// mostly one. Of several each goes before the next, for markets where some applicants go before
    /// others in groups of their own; whoever several are open to has the place in the first.
    ///
    /// # Panics
    ///
    /// When a programme has no such group.
    #[must_use]
    pub fn without_groups<G: IntoIterator<Item = usize>>(
        &self,
        ranked_by: impl Fn(ProgrammeIx) -> G,
    ) -> Self {
        let mut builder = crate::MarketBuilder::new();
        // By applicant, the priority at each position; the last of a ranking has priority 0.
        let mut lists: Vec<Vec<Option<u64>>> = (0..self.applicants() as u32)
            .map(|applicant| vec![None; self.list(ApplicantIx::new(applicant)).len()])
            .collect();
        for programme in (0..self.programmes() as u32).map(ProgrammeIx::new) {
            builder.add_programme(self.seats(programme));
            let ranking: Vec<_> = match self.groups(programme).is_empty() {
                true => self.ranking(programme).collect(),
                false => ranked_by(programme)
                    .into_iter()
                    .flat_map(|group| self.group_ranking(programme, group))
                    .collect(),
            };
            // Backwards, so that the first place of whoever stands in several rankings remains.
            for (priority, (applicant, position)) in (0..).zip(ranking.into_iter().rev()) {
                lists[applicant.index()][position] = Some(priority);
            }
        }
        for (applicant, priorities) in lists.iter().enumerate() {
            let list = self.list(ApplicantIx::new(applicant as u32)).zip(priorities);
            builder.add_applicant(
                list.filter_map(|(programme, priority)| Some((programme, (*priority)?))),
            );
        }
        builder.build().expect("priorities are counted, and differ")
    }

    fn assert_plain(&self) {
        assert!(self.index.grouping.is_none(), "a market with quota groups");
    }
}
