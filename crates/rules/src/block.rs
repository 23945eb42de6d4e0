//! The assessment of consecutive applicants.

use std::ops::Range;

use crate::assessment::{Bar, Basis, Dossiers, Entrants, LotteryIds};
use crate::chain::{Chain, Keys};
use crate::grades::{Assessed, Assessor, Merit};
use crate::lottery::{Lottery, LotteryScope};
use crate::quota::{Facts, QuotaGroup};
use crate::rule_set::StudyPathRule;
use crate::ruling::{Reception, Ruling};
use crate::score::Score;

/// The assessment of consecutive applicants. Blocks are assessed side by side and appended in
/// order, so that nothing depends on threads.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) merits: Vec<Merit>,
    pub(crate) bars: Vec<Option<Bar>>,
    pub(crate) entrants: Entrants,
}

impl Block {
    pub(crate) fn assess(
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
        let graded = dossiers.grades_of(applicant).map(|(assessor, row)| {
            let dancer = dossiers.dancers.binary_search(&(applicant as u32)).is_ok();
            let assessed = assessor.assess(row, dancer);
            self.merits.push(assessed.merit);
            (assessor, assessed)
        });
        let no_ruling = Ruling::default();
        for (position, choice) in list.enumerate() {
            let programme = dossiers.programme[choice] as usize;
            let ruling = dossiers.rulings.get(choice).unwrap_or(&no_ruling);
            let mut bar = bar(dossiers, programme, ruling, graded.as_ref());
            if bar.is_none() {
                let merit = graded.as_ref().map(|(_, assessed)| assessed.merit).unwrap_or_default();
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
                    lottery: number_at(programme as u32),
                };
                let score = match dossiers.quotas.of(programme) {
                    [] => Some(keys.score),
                    groups => {
                        let (test, grades) = (dossiers.test(choice), dossiers.grades_of(applicant));
                        self.claim(groups, keys, &Facts { ruling, test, grades })
                    }
                };
                match score {
                    None => bar = Some(Bar::NoGroupOpen),
                    Some(score) => {
                        self.entrants.push(choice, programme as u32, chain.priority(&keys), score);
                    }
                }
            }
            self.bars.push(bar);
        }
        self.entrants.offsets.push(self.entrants.choice.len());
    }

    /// Notes the groups that are open to the applicant; gives the score in the last of them.
    fn claim(&mut self, groups: &[QuotaGroup], keys: Keys, facts: &Facts<'_>) -> Option<Score> {
        let claims = &mut self.entrants.claims;
        let mut last = None;
        if facts.ruling.placed_by_hand {
            // Ahead of everybody in the group, so of the first tier as well.
            let keys = Keys { on_time: true, first_hand: true, ..keys };
            if let Some(group) = facts.ruling.group_by_hand(groups)
                && let Some((keys, score)) = groups[group].claim(&keys, facts, true)
            {
                claims.push(group, keys, score);
                last = Some(score);
            }
        } else {
            for (number, group) in groups.iter().enumerate() {
                if let Some((keys, score)) = group.claim(&keys, facts, false) {
                    claims.push(number, keys, score);
                    last = Some(score);
                }
            }
        }
        if last.is_some() {
            claims.end(self.entrants.choice.len(), groups);
        }
        last
    }
}

/// Why a choice takes no part, before quota groups are asked.
fn bar(
    dossiers: &Dossiers<'_>,
    programme: usize,
    ruling: &Ruling,
    graded: Option<&(&Assessor, Assessed)>,
) -> Option<Bar> {
    if ruling.withdrawn {
        return Some(Bar::Withdrawn);
    }
    if let Some(closed) = ruling.closed {
        return Some(Bar::Closed(closed));
    }
    let path = match dossiers.basis {
        Basis::Scores(_) => StudyPathRule::default(),
        Basis::Grades { rule_of, .. } => rule_of[programme],
    };
    if let Some((assessor, assessed)) = graded {
        let assessed = assessed.with_passed(ruling.passed);
        if let Some(shortfall) = assessor.shortfall(&assessed, path.rule) {
            return Some(Bar::Ineligible(shortfall));
        }
        let excepted = ruling.placed_by_hand && path.exception_by_hand;
        if !excepted && assessor.is_beyond(&assessed, path) {
            return Some(Bar::EligibleForTarget);
        }
    }
    if path.individual && !ruling.placed_by_hand {
        return Some(Bar::Individual);
    }
    (ruling.reception == Reception::NotReceived).then_some(Bar::NotReceived)
}
