//! From dossiers to a market: who is eligible where, with which priority.

use antagning_matching::{
    Claim, Lotteries, Market, MarketBuilder, MarketError, ProgrammeIx, TiedMarket,
};

use rayon::prelude::*;

use crate::block::Block;
use crate::chain::{Chain, Priority};
use crate::claims::{Claims, Tiers};
use crate::grades::{Assessor, Merit, Shortfall};
use crate::lottery::Lottery;
use crate::quota::{ClaimKeys, Facts, QuotaGroup, Quotas, TestResult};
use crate::rule_set::StudyPathRule;
use crate::ruling::{Closed, Lapse, Ruling};
use crate::scale::Grade;
use crate::score::Score;

/// Applicants that are assessed in one piece.
const APPLICANTS_A_BLOCK: usize = 512;

/// Pieces that are assessed side by side before they are put together.
const BLOCKS_A_WAVE: usize = 16;

/// What the rules are applied to: programmes and choices in columns.
#[derive(Clone, Copy, Debug)]
pub struct Dossiers<'a> {
    /// Seats, a row a programme.
    pub seats: &'a [u32],
    /// Where each applicant's choices begin, one more entry than applicants.
    pub offsets: &'a [u32],
    /// The programme of each choice; choices stand by applicant, most wanted first.
    pub programme: &'a [u32],
    /// What applicants are ranked by.
    pub basis: Basis<'a>,
    /// What humans decided, a row a choice; empty when they decided nothing.
    pub rulings: &'a [Ruling],
    /// The quota groups of the programmes that have any.
    pub quotas: &'a Quotas,
    /// The choices with a skill test, ascending.
    pub tests: &'a [(u32, TestResult)],
    /// The applicants from preparatory dance education, ascending.
    pub dancers: &'a [u32],
}

impl Dossiers<'_> {
    /// The result of the skill test for a choice. O(log tests).
    pub(crate) fn test(&self, choice: usize) -> Option<TestResult> {
        let found = self.tests.binary_search_by_key(&choice, |(choice, _)| *choice as usize);
        found.ok().map(|at| self.tests[at].1)
    }

    /// The grades of an applicant with what assesses them.
    pub(crate) fn grades_of(&self, applicant: usize) -> Option<(&Assessor, &[Grade])> {
        match self.basis {
            Basis::Scores(_) => None,
            Basis::Grades { assessor, cells, columns, .. } => {
                Some((assessor, &cells[applicant * columns..][..columns]))
            }
        }
    }
}

/// Why a choice takes no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// The applicant has withdrawn it.
    Withdrawn,
    /// What happened after an earlier round has ended it.
    Lapsed(Lapse),
    /// The applicant may not begin at all.
    Closed(Closed),
    /// The applicant is not eligible; what is short.
    Ineligible(Shortfall),
    /// The applicant is eligible for what an introductory programme prepares for.
    EligibleForTarget,
    /// Pupils are placed one by one, and nobody is ranked.
    Individual,
    /// None of the programme's quota groups is open to the applicant.
    NoGroupOpen,
    /// The provider does not receive the applicant.
    NotReceived,
}

/// What applicants are ranked by.
#[derive(Clone, Copy, Debug)]
pub enum Basis<'a> {
    /// A ready-made score for each choice; everybody is eligible.
    Scores(&'a [Score]),
    /// Grades: merit and eligibility follow from them.
    Grades {
        /// Assesses a row.
        assessor: &'a Assessor,
        /// The grades, row-major, a row an applicant.
        cells: &'a [Grade],
        /// The number of columns.
        columns: usize,
        /// What eligibility for each programme depends on.
        rule_of: &'a [StudyPathRule],
    },
}

/// What an applicant brings to one quota group.
#[derive(Clone, Copy, Debug)]
pub struct GroupClaim<'a> {
    /// The group, counted within the programme.
    pub group: u16,
    /// The keys there.
    pub keys: &'a ClaimKeys,
}

/// The ids that a lottery is drawn over.
pub trait LotteryIds {
    /// The id of an applicant.
    fn applicant(&self, applicant: usize) -> &str;
    /// The id of a programme.
    fn programme(&self, programme: usize) -> &str;
}

/// Every choice assessed: eligible with a priority, or what is short.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    dossiers: Dossiers<'a>,
    chain: Chain,
    merits: Vec<Merit>,
    bars: Vec<Option<Bar>>,
    entrants: Entrants,
}

/// The choices that take part in the matching, by applicant, most wanted first.
#[derive(Clone, Debug, Default)]
pub struct Entrants {
    /// Where each applicant's entrants begin, one more entry than applicants.
    pub offsets: Vec<usize>,
    /// Which choice of the dossiers each entrant is.
    pub choice: Vec<u32>,
    /// The programme of each entrant.
    pub programme: Vec<u32>,
    /// The priority of each entrant there; at a programme with quota groups its claims tell.
    pub priority: Vec<Priority>,
    /// The published score of each entrant, in ten-thousandths; at a programme with quota groups the score
    /// in the last group that is open to the applicant.
    pub score: Vec<u64>,
    /// What entrants bring to quota groups.
    pub claims: Claims,
}

impl<'a> Assessment<'a> {
    /// Assesses every choice: merit, eligibility, lottery number, priority.
    ///
    /// O(choices + applicants × subjects), plus one SHA-256 per applicant (or per choice, by the
    /// lottery's scope) when the chain draws lots.
    ///
    /// # Panics
    /// When the columns of the dossiers do not fit each other.
    #[must_use]
    pub fn new(
        dossiers: Dossiers<'a>,
        chain: Chain,
        lottery: &Lottery,
        ids: &(dyn LotteryIds + Sync),
    ) -> Self {
        let applicants = dossiers.offsets.len() - 1;
        let graded = matches!(dossiers.basis, Basis::Grades { .. });
        let choices = dossiers.programme.len();
        let mut assessment = Self {
            dossiers,
            chain: chain.clone(),
            merits: Vec::with_capacity(if graded { applicants } else { 0 }),
            bars: Vec::with_capacity(choices),
            entrants: Entrants::with_capacity(applicants, choices),
        };
        // In waves, so that the memory of the blocks is used again while it is warm.
        for wave in (0..applicants).step_by(APPLICANTS_A_BLOCK * BLOCKS_A_WAVE) {
            let end = applicants.min(wave + APPLICANTS_A_BLOCK * BLOCKS_A_WAVE);
            let blocks: Vec<Block> = (wave..end)
                .into_par_iter()
                .step_by(APPLICANTS_A_BLOCK)
                .map(|first| {
                    let last = end.min(first + APPLICANTS_A_BLOCK);
                    Block::assess(&dossiers, first..last, &chain, lottery, ids)
                })
                .collect();
            for block in blocks {
                assessment.merits.extend(block.merits);
                assessment.bars.extend(block.bars);
                assessment.entrants.append(block.entrants);
            }
        }
        assessment
    }

    /// Builds the market of the eligible choices, in the order of the dossiers.
    ///
    /// # Errors
    /// [`MarketError::UnresolvedTies`] when the chain leaves two applicants equal.
    pub fn market(&self) -> Result<Market, MarketError> {
        self.market_by(&self.entrants, <[_]>::par_sort_unstable)
    }

    /// [`Assessment::market`] of other people than the applicants, as [`Assessment::draw`] has added
    /// them to `people`; on one thread.
    ///
    /// # Errors
    /// As [`Assessment::market`].
    pub fn market_of(&self, people: &Entrants) -> Result<Market, MarketError> {
        self.market_by(people, <[_]>::sort_unstable)
    }

    fn market_by(
        &self,
        people: &Entrants,
        sort: impl Fn(&mut [(Priority, u32)]),
    ) -> Result<Market, MarketError> {
        let priority = &people.priority;
        if !self.ranks_applicants() {
            return self.builder(people, |_, entrant| priority[entrant], Priority::of_rank).build();
        }
        // One order of applicants serves all programmes: a word each instead of all keys.
        let rank = self.applicant_ranks(people, sort);
        let compact = |applicant, entrant: usize| self.compact(&rank, applicant, priority[entrant]);
        self.builder(people, compact, u64::from).build()
    }

    /// [`Assessment::market`] for a season that admits or rejects tied applicants together.
    ///
    /// # Errors
    /// [`MarketError`] when some programme has quota groups.
    pub fn market_with_ties(&self) -> Result<TiedMarket, MarketError> {
        let (people, priority) = (&self.entrants, &self.entrants.priority);
        if !self.ranks_applicants() {
            return self
                .builder(people, |_, entrant| priority[entrant], Priority::of_rank)
                .build_with_ties();
        }
        let rank = self.applicant_ranks(people, <[_]>::par_sort_unstable);
        let compact = |applicant, entrant: usize| self.compact(&rank, applicant, priority[entrant]);
        self.builder(people, compact, u64::from).build_with_ties()
    }

    /// The eligible choices made ready for many lotteries, in the order of the dossiers; the tied
    /// classes are those whom the chain leaves equal, so it should have no lottery
    /// ([`Chain::without_lottery`]).
    ///
    /// A programme's groups stand in the market once for each tier, as in [`Assessment::market`].
    ///
    /// # Errors
    /// [`MarketError`] when there are too many choices.
    pub fn lotteries(&self) -> Result<Lotteries, MarketError> {
        let (people, priority) = (&self.entrants, &self.entrants.priority);
        if !self.ranks_applicants() {
            return self
                .builder(people, |_, entrant| priority[entrant], Priority::of_rank)
                .build_for_lotteries();
        }
        let rank = self.applicant_ranks(people, <[_]>::par_sort_unstable);
        let compact = |applicant, entrant: usize| self.compact(&rank, applicant, priority[entrant]);
        self.builder(people, compact, u64::from).build_for_lotteries()
    }

    fn ranks_applicants(&self) -> bool {
        matches!(self.dossiers.basis, Basis::Grades { .. }) && self.chain.ranks_applicants()
    }

    fn compact(&self, rank: &[u32], applicant: usize, priority: Priority) -> u64 {
        let (marks, _) = self.chain.split(&priority);
        u64::from(marks) << 32 | u64::from(rank[applicant])
    }

    fn builder<P: Ord + Copy>(
        &self,
        people: &Entrants,
        priority: impl Fn(usize, usize) -> P,
        of_rank: impl Fn(u32) -> P,
    ) -> MarketBuilder<P> {
        let Entrants { offsets, programme, claims, .. } = people;
        let (applicants, quotas) = (offsets.len() - 1, self.dossiers.quotas);
        let mut builder =
            MarketBuilder::with_capacity(applicants, self.dossiers.seats.len(), programme.len());
        let of = |entrant: u32| programme[entrant as usize];
        let tiers = match quotas.is_empty() {
            true => Vec::new(),
            false => Tiers::by_programme(self.dossiers.seats.len(), self.chain.tiers(), claims, of),
        };
        for (q, &seats) in self.dossiers.seats.iter().enumerate() {
            match quotas.of(q) {
                [] => builder.add_programme(seats),
                groups => {
                    let own: Vec<_> = groups.iter().map(QuotaGroup::own_seats).collect();
                    builder.add_grouped_programme(&tiers[q].seats(&own))
                }
            };
        }
        if quotas.is_empty() {
            for (applicant, bounds) in offsets.windows(2).enumerate() {
                let list = bounds[0]..bounds[1];
                builder.add_applicant(
                    list.map(|e| (ProgrammeIx::new(programme[e]), priority(applicant, e))),
                );
            }
            return builder;
        }
        let ranks = claims.ranks(of);
        let (mut next, mut open) = (0, Vec::new());
        for (applicant, bounds) in offsets.windows(2).enumerate() {
            let list = bounds[0]..bounds[1];
            // The claims of the whole list first: what the builder is handed borrows from them.
            open.clear();
            let first = next;
            while claims.entrant.get(next).is_some_and(|e| (*e as usize) < list.end) {
                let q = programme[claims.entrant[next] as usize] as usize;
                open.extend(claims.at(next).map(|claim| {
                    let groups = quotas.of(q).len();
                    (
                        tiers[q].unit(claims.tier[next], claims.group[claim], groups),
                        of_rank(ranks[claim]),
                    )
                }));
                next += 1;
            }
            let (mut entry, mut from) = (first, 0);
            builder.add_applicant_with_claims(list.map(|e| {
                let claim = if claims.entrant.get(entry).is_some_and(|at| *at as usize == e) {
                    let count = claims.at(entry).len();
                    (entry, from) = (entry + 1, from + count);
                    Claim::Groups(&open[from - count..from])
                } else {
                    Claim::Plain(priority(applicant, e))
                };
                (ProgrammeIx::new(programme[e]), claim)
            }));
        }
        builder
    }

    /// Where each applicant stands among all, marks aside: greater goes first, equals are equal.
    fn applicant_ranks(
        &self,
        people: &Entrants,
        sort: impl Fn(&mut [(Priority, u32)]),
    ) -> Vec<u32> {
        let Entrants { offsets, priority, .. } = people;
        let with_entrants =
            offsets.windows(2).enumerate().filter(|(_, bounds)| bounds[0] < bounds[1]);
        let mut order: Vec<(Priority, u32)> = with_entrants
            .map(|(applicant, bounds)| (self.chain.split(&priority[bounds[0]]).1, applicant as u32))
            .collect();
        sort(&mut order);
        let mut ranks = vec![0; offsets.len() - 1];
        let mut rank = 0;
        for (i, (priority, applicant)) in order.iter().enumerate() {
            rank += u32::from(i > 0 && order[i - 1].0 != *priority);
            ranks[*applicant as usize] = rank;
        }
        ranks
    }

    /// The merit of an applicant; `None` in a season of ready-made scores.
    #[must_use]
    pub fn merit(&self, applicant: usize) -> Option<Merit> {
        self.merits.get(applicant).copied()
    }

    /// The score that a choice is published with: the merit, or the season's own score.
    #[must_use]
    pub fn score(&self, applicant: usize, choice: usize) -> Score {
        match self.dossiers.basis {
            Basis::Scores(scores) => scores[choice],
            Basis::Grades { .. } => self.merits[applicant].score,
        }
    }

    /// The score in a quota group of the programme; `None` when the group is not open to the
    /// applicant. O(log choices).
    #[must_use]
    pub fn group_score(&self, choice: usize, group: u16) -> Option<Score> {
        let entrant = self.entrants.choice.binary_search(&(choice as u32)).ok()?;
        let claim = self.entrants.claims.on(entrant, group)?;
        Some(Score::from_ten_thousandths(self.entrants.claims.score[claim]))
    }

    /// What the applicant brings to the quota groups of the programme, by precedence; nothing at a
    /// programme without groups, or where the choice takes no part. O(log choices).
    #[must_use]
    pub fn claims(&self, choice: usize) -> Vec<GroupClaim<'_>> {
        let programme = self.dossiers.programme[choice] as usize;
        if self.dossiers.quotas.of(programme).is_empty() {
            return Vec::new();
        }
        let claims = &self.entrants.claims;
        let entrant = self.entrants.choice.binary_search(&(choice as u32));
        let of_entrant = entrant.map_or(0..0, |entrant| claims.of(entrant));
        of_entrant
            .map(|at| GroupClaim { group: claims.group[at], keys: &claims.keys[at] })
            .collect()
    }

    /// Why a choice takes no part, or `None` when it does.
    #[must_use]
    pub fn bar(&self, choice: usize) -> Option<Bar> {
        self.bars.get(choice).copied().flatten()
    }

    /// The conditions for the programme's quota groups that the applicant does not fulfil, in the
    /// order of the groups, each once.
    #[must_use]
    pub fn unmet(&self, applicant: usize, choice: usize) -> Vec<String> {
        let groups = self.dossiers.quotas.of(self.dossiers.programme[choice] as usize);
        let facts = Facts {
            ruling: &self.ruling(choice),
            test: self.dossiers.test(choice),
            grades: self.dossiers.grades_of(applicant),
        };
        let mut unmet: Vec<String> = Vec::new();
        for condition in groups.iter().flat_map(|group| group.unmet(&facts)) {
            if !unmet.contains(&condition) {
                unmet.push(condition);
            }
        }
        unmet
    }

    /// What humans decided about a choice.
    #[must_use]
    pub fn ruling(&self, choice: usize) -> Ruling {
        self.dossiers.rulings.get(choice).copied().unwrap_or_default()
    }

    /// The choices that take part in the matching.
    #[must_use]
    pub fn entrants(&self) -> &Entrants {
        &self.entrants
    }

    /// What was assessed.
    #[must_use]
    pub fn dossiers(&self) -> &Dossiers<'a> {
        &self.dossiers
    }

    /// The chain that the priorities follow.
    #[must_use]
    pub fn chain(&self) -> &Chain {
        &self.chain
    }
}

impl Entrants {
    fn append(&mut self, other: Self) {
        let before = self.choice.len();
        self.claims.append(other.claims, before);
        self.offsets.extend(other.offsets[1..].iter().map(|offset| before + offset));
        self.choice.extend(other.choice);
        self.programme.extend(other.programme);
        self.priority.extend(other.priority);
        self.score.extend(other.score);
    }

    pub(crate) fn with_capacity(applicants: usize, choices: usize) -> Self {
        let mut offsets = Vec::with_capacity(applicants + 1);
        offsets.push(0);
        Self {
            offsets,
            choice: Vec::with_capacity(choices),
            programme: Vec::with_capacity(choices),
            priority: Vec::with_capacity(choices),
            score: Vec::with_capacity(choices),
            claims: Claims::default(),
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, choice: usize, programme: u32, priority: Priority, score: Score) {
        // The files number choices with 32 bits.
        self.choice.push(choice as u32);
        self.programme.push(programme);
        self.priority.push(priority);
        self.score.push(score.ten_thousandths());
    }
}
