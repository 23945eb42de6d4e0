//! From dossiers to a market: who is eligible where, with which priority.

use std::ops::Range;

use antagning_matching::{Market, MarketBuilder, MarketError, ProgrammeIx};

use rayon::prelude::*;

use crate::chain::{Chain, Keys, Priority};
use crate::grades::{Assessor, Grade, Merit, Shortfall};
use crate::lottery::{Lottery, LotteryScope};
use crate::ruling::{Closed, Reception, Ruling};
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
}

/// Why a choice takes no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// The applicant has withdrawn it.
    Withdrawn,
    /// The applicant may not begin at all.
    Closed(Closed),
    /// The applicant is not eligible; what is short.
    Ineligible(Shortfall),
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
        /// The eligibility rule of each programme.
        rule_of: &'a [usize],
    },
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
    /// The priority of each entrant there.
    pub priority: Vec<Priority>,
    /// The published score of each entrant, in ten-thousandths.
    pub score: Vec<u64>,
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
        let priority = &self.entrants.priority;
        let by_merit = matches!(self.dossiers.basis, Basis::Grades { .. });
        if !(by_merit && self.chain.ranks_applicants()) {
            return self.build(|_, entrant| priority[entrant]);
        }
        // One order of applicants serves all programmes: a word each instead of all keys.
        let rank = self.applicant_ranks();
        self.build(|applicant, entrant| {
            let (marks, _) = self.chain.split(&priority[entrant]);
            u64::from(marks) << 32 | u64::from(rank[applicant])
        })
    }

    fn build<P: Ord + Copy>(
        &self,
        priority: impl Fn(usize, usize) -> P,
    ) -> Result<Market, MarketError> {
        let Entrants { offsets, programme, .. } = &self.entrants;
        let applicants = offsets.len() - 1;
        let mut builder =
            MarketBuilder::with_capacity(applicants, self.dossiers.seats.len(), programme.len());
        for &seats in self.dossiers.seats {
            builder.add_programme(seats);
        }
        for (applicant, bounds) in offsets.windows(2).enumerate() {
            let list = bounds[0]..bounds[1];
            builder.add_applicant(
                list.map(|e| (ProgrammeIx::new(programme[e]), priority(applicant, e))),
            );
        }
        builder.build()
    }

    /// Where each applicant stands among all, marks aside: greater goes first, equals are equal.
    fn applicant_ranks(&self) -> Vec<u32> {
        let Entrants { offsets, priority, .. } = &self.entrants;
        let with_entrants =
            offsets.windows(2).enumerate().filter(|(_, bounds)| bounds[0] < bounds[1]);
        let mut order: Vec<(Priority, u32)> = with_entrants
            .map(|(applicant, bounds)| (self.chain.split(&priority[bounds[0]]).1, applicant as u32))
            .collect();
        order.par_sort_unstable();
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

    /// Why a choice takes no part, or `None` when it does.
    #[must_use]
    pub fn bar(&self, choice: usize) -> Option<Bar> {
        self.bars.get(choice).copied().flatten()
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

/// The assessment of consecutive applicants. Blocks are assessed side by side and appended in
/// order, so that nothing depends on threads.
#[derive(Debug, Default)]
struct Block {
    merits: Vec<Merit>,
    bars: Vec<Option<Bar>>,
    entrants: Entrants,
}

impl Block {
    fn assess(
        dossiers: &Dossiers<'_>,
        applicants: Range<usize>,
        chain: &Chain,
        lottery: &Lottery,
        ids: &(dyn LotteryIds + Sync),
    ) -> Self {
        let choices = dossiers.offsets[applicants.end] - dossiers.offsets[applicants.start];
        let entrants = Entrants::with_capacity(applicants.len(), choices as usize);
        let mut block = Self { entrants, ..Self::default() };
        for applicant in applicants {
            block.assess_applicant(dossiers, applicant, chain, lottery, ids);
        }
        block
    }

    fn assess_applicant(
        &mut self,
        dossiers: &Dossiers<'_>,
        applicant: usize,
        chain: &Chain,
        lottery: &Lottery,
        ids: &(dyn LotteryIds + Sync),
    ) {
        let list = dossiers.offsets[applicant] as usize..dossiers.offsets[applicant + 1] as usize;
        let one_number = match lottery.scope() {
            LotteryScope::Applicant if chain.draws_lots() && !list.is_empty() => {
                lottery.number(ids.applicant(applicant), "")
            }
            _ => 0,
        };
        let number_at = |programme: u32| match lottery.scope() {
            LotteryScope::Programme if chain.draws_lots() => {
                lottery.number(ids.applicant(applicant), ids.programme(programme as usize))
            }
            _ => one_number,
        };
        let graded = match dossiers.basis {
            Basis::Scores(_) => None,
            Basis::Grades { assessor, cells, columns, rule_of } => {
                let assessed = assessor.assess(&cells[applicant * columns..][..columns]);
                self.merits.push(assessed.merit);
                Some((assessor, assessed, rule_of))
            }
        };
        let no_ruling = Ruling::default();
        for (position, choice) in list.enumerate() {
            let programme = dossiers.programme[choice];
            let ruling = dossiers.rulings.get(choice).unwrap_or(&no_ruling);
            let shortfall = graded.as_ref().and_then(|(assessor, assessed, rule_of)| {
                assessor
                    .shortfall(&assessed.with_passed(ruling.passed), rule_of[programme as usize])
            });
            let bar = if ruling.withdrawn {
                Some(Bar::Withdrawn)
            } else if let Some(closed) = ruling.closed {
                Some(Bar::Closed(closed))
            } else if let Some(shortfall) = shortfall {
                Some(Bar::Ineligible(shortfall))
            } else {
                (ruling.reception == Reception::NotReceived).then_some(Bar::NotReceived)
            };
            self.bars.push(bar);
            if bar.is_some() {
                continue;
            }
            let merit = graded.as_ref().map(|(_, assessed, _)| assessed.merit).unwrap_or_default();
            let keys = Keys {
                placed_by_hand: ruling.placed_by_hand,
                on_time: !ruling.late,
                first_hand: ruling.reception == Reception::FirstHand,
                score: match dossiers.basis {
                    Basis::Scores(scores) => scores[choice],
                    Basis::Grades { .. } => merit.score,
                },
                choice_rank: u16::try_from(position + 1).unwrap_or(u16::MAX),
                grade_points: merit.grade_points,
                grade_count: merit.grade_count,
                lottery: number_at(programme),
            };
            self.entrants.push(choice, programme, chain.priority(&keys), keys.score);
        }
        self.entrants.offsets.push(self.entrants.choice.len());
    }
}

impl Entrants {
    fn append(&mut self, other: Self) {
        let before = self.choice.len();
        self.offsets.extend(other.offsets[1..].iter().map(|offset| before + offset));
        self.choice.extend(other.choice);
        self.programme.extend(other.programme);
        self.priority.extend(other.priority);
        self.score.extend(other.score);
    }

    fn with_capacity(applicants: usize, choices: usize) -> Self {
        let mut offsets = Vec::with_capacity(applicants + 1);
        offsets.push(0);
        Self {
            offsets,
            choice: Vec::with_capacity(choices),
            programme: Vec::with_capacity(choices),
            priority: Vec::with_capacity(choices),
            score: Vec::with_capacity(choices),
        }
    }

    fn push(&mut self, choice: usize, programme: u32, priority: Priority, score: Score) {
        // The files number choices with 32 bits.
        self.choice.push(choice as u32);
        self.programme.push(programme);
        self.priority.push(priority);
        self.score.push(score.ten_thousandths());
    }
}
