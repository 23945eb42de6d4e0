//! How likely a list leads where, for an applicant of the season or for anybody with a merit.

use std::num::NonZeroU32;

use antagning_matching::{
    DrawnMatching, LotteryDraw, LotteryNumbers, ProgrammeIx, SplitMixLottery, TieBreaking,
};
use antagning_rules::{Keys, LotteryScope, RankingKey, Score};
use rayon::prelude::*;
use serde::Serialize;

use super::ground::{Ground, number};
use super::odds::Odds;
use super::tally::Tally;
use crate::error::Error;
use crate::season::Season;

/// How many lotteries chances are counted over.
#[derive(Clone, Copy, Debug)]
pub struct ChanceRequest {
    /// How many. The season's own scope is drawn.
    pub draws: NonZeroU32,
    /// The seed that they follow from.
    pub seed: u64,
}

/// How likely each choice of a list is. Working material, no promise.
#[derive(Clone, Debug, Serialize)]
pub struct Chances {
    /// What the figures are: never a decision.
    pub status: &'static str,
    /// `exact` for an applicant of the season, admitted in each draw among all the others;
    /// `large_market` for somebody else, who is held against the cutoffs of each draw and moves none.
    pub method: &'static str,
    /// The draws.
    pub draws: u32,
    /// The seed that they follow from.
    pub seed: u64,
    /// The choices that take part, most wanted first.
    pub choices: Vec<Chance>,
    /// False where there are choices and none of them is open: then there are no odds at all.
    pub open: bool,
    /// How likely none of those that are open is reached; none where none is open.
    pub unplaced: Option<Odds>,
}

/// How likely a choice is.
#[derive(Clone, Debug, Serialize)]
pub struct Chance {
    /// The choice, 1 the most wanted.
    pub choice_rank: u32,
    /// Its programme.
    pub programme_id: String,
    /// Name and school, as far as the season has them.
    pub title: String,
    /// Whether it can be had with a merit: not where every quota group of the offer asks for a test, a
    /// place on a free quota or a grade, or officials order it. Always so for an applicant of the
    /// season.
    pub open: bool,
    /// Why it is not open: `needs_more_than_merit`.
    pub reason: Option<&'static str>,
    /// The odds of being admitted to this one; none where it is not open.
    pub admitted: Option<Odds>,
}

impl Chances {
    /// The chances of an applicant of the season, counted over exact draws.
    ///
    /// # Errors
    /// [`Error::NotInSeason`], and as [`LotteryStudy::new`](super::LotteryStudy::new).
    pub fn of_applicant(
        season: &Season,
        applicant: &str,
        request: ChanceRequest,
        drawn: impl Fn(u32) + Sync,
    ) -> Result<Self, Error> {
        let found = season.data.applicant_ids.find(applicant);
        let applicant = found.ok_or_else(|| Error::NotInSeason(applicant.to_owned()))? as usize;
        let assessment = super::classes(season)?;
        let ground = Ground::new(season, &assessment)?;
        let scope = season.plan.lottery.scope();
        let tally: Tally = super::tally(&ground, request.draws, request.seed, scope, &drawn);
        let entrants = assessment.entrants();
        let length = entrants.offsets[applicant + 1] - entrants.offsets[applicant];
        let rows = (0..length).map(|position| {
            let entrant = ground.entrant(applicant, position);
            let draws = tally.admitted_at(&ground, applicant, position);
            let rank = ground.choice_rank(applicant, entrant);
            (rank, entrants.programme[entrant] as usize, Some(draws))
        });
        Ok(Self::new(season, "exact", request, rows.collect()))
    }

    /// From the draws in which each choice, by its rank and programme, is reached; none where it is not
    /// open.
    fn new(
        season: &Season,
        method: &'static str,
        ChanceRequest { draws, seed }: ChanceRequest,
        rows: Vec<(u32, usize, Option<u32>)>,
    ) -> Self {
        let placed: u32 = rows.iter().filter_map(|(_, _, count)| *count).sum();
        let open = rows.is_empty() || rows.iter().any(|(_, _, count)| count.is_some());
        let chance = |(choice_rank, programme, count): (u32, usize, Option<u32>)| Chance {
            choice_rank,
            programme_id: season.data.programmes.ids.get(programme).to_owned(),
            title: season.title(programme),
            open: count.is_some(),
            reason: count.is_none().then_some("needs_more_than_merit"),
            admitted: count.map(|count| Odds::new(count, draws)),
        };
        Self {
            status: "working material",
            method,
            draws: draws.get(),
            seed,
            choices: rows.into_iter().map(chance).collect(),
            open,
            unplaced: open.then(|| Odds::new(draws.get() - placed, draws)),
        }
    }
}

/// The cutoffs of many draws, to hold lists against.
#[derive(Debug)]
pub struct Cutoffs<'s> {
    season: &'s Season,
    request: ChanceRequest,
    /// Where the rows of each programme begin; one more entry than programmes.
    rows: Vec<usize>,
    /// What has to be beaten, by row and draw.
    limits: Vec<Limit>,
    /// The keys that the last ones admitted have, by row.
    keys: Vec<Vec<RowKeys>>,
}

/// What has to be beaten in a draw to be admitted in a row.
#[derive(Clone, Copy, Debug)]
enum Limit {
    /// A seat is left.
    SeatLeft,
    /// There is no seat to win.
    NoSeat,
    /// The last one admitted, by the number of their keys, and their lottery number.
    Last(u32, u32),
}

/// Keys of a row that are compared with those of the same row alone.
type RowKeys = [u64; 12];

impl<'s> Cutoffs<'s> {
    /// Draws lotteries of the season's own scope and keeps their cutoffs: memory O(draws ×
    /// programmes).
    ///
    /// # Errors
    /// [`Error::NeedsMoreThanMerit`] when the chain compares grade points or the number of grades,
    /// and as [`LotteryStudy::new`](super::LotteryStudy::new).
    pub fn new(
        season: &'s Season,
        request: ChanceRequest,
        drawn: impl Fn(u32) + Sync,
    ) -> Result<Self, Error> {
        let more =
            |key: &&RankingKey| matches!(key, RankingKey::GradePoints | RankingKey::GradeCount);
        if let Some(key) = season.plan.chain.keys().iter().find(more) {
            return Err(Error::NeedsMoreThanMerit(key.name()));
        }
        let assessment = super::classes(season)?;
        let ground = Ground::new(season, &assessment)?;
        let scope = season.plan.lottery.scope();
        let blocks: Vec<Vec<Limit>> = super::shares(request.draws)
            .map(|share| {
                let mut scratch = LotteryDraw::new(&ground.lotteries);
                let mut limits = Vec::new();
                for numbers in super::lotteries(share, request.seed, scope) {
                    let matching = scratch.run(&ground.lotteries, numbers);
                    limits.extend(ground.rows.iter().map(|row| limit(&matching, *row)));
                    drawn(1);
                }
                limits
            })
            .collect();
        // By row, so that a question reads what it needs in one piece.
        let (rows, draws) = (ground.rows.len(), request.draws.get() as usize);
        let mut limits = vec![Limit::NoSeat; rows * draws];
        let mut keys = vec![Vec::new(); rows];
        for (at, limit) in blocks.into_iter().flatten().enumerate() {
            let (row, draw) = (at % rows, at / rows);
            limits[row * draws + draw] = limit.with_keys(&ground, ground.rows[row], &mut keys[row]);
        }
        let mut starts = vec![0];
        let lengths = (0..season.data.programmes.ids.len())
            .map(|programme| season.selection.quotas.of(programme).len().max(1));
        starts.extend(lengths.scan(0, |end, length| {
            *end += length;
            Some(*end)
        }));
        Ok(Self { season, request, rows: starts, limits, keys })
    }

    /// How likely each programme of a list is for somebody with this merit (or score), who is
    /// eligible for all of them, in time and received in first hand, and has no test, no place on a
    /// free quota and no grade that a quota group asks for.
    ///
    /// In each draw they have a lottery number of their own and are admitted to the first
    /// programme where merit and number beat the last one admitted. That is exact but for their
    /// own effect on the cutoffs, which one applicant among many hardly has. O(draws × list).
    ///
    /// # Errors
    /// [`Error::NotAList`] when the season does not have a programme, or it stands twice.
    pub fn chances(&self, list: &[&str], merit: Score) -> Result<Chances, Error> {
        let mut programmes: Vec<usize> = Vec::with_capacity(list.len());
        for id in list {
            let found = self.season.data.programmes.ids.find(id).map(|found| found as usize);
            match found.filter(|programme| !programmes.contains(programme)) {
                Some(programme) => programmes.push(programme),
                None => return Err(Error::NotAList((*id).to_owned())),
            }
        }
        let claims: Vec<Vec<(usize, RowKeys)>> =
            (1..).zip(&programmes).map(|(rank, q)| self.claims(*q, rank, merit)).collect();
        let mut counts = vec![0; programmes.len()];
        let draws = self.request.draws.get() as usize;
        for draw in 0..draws {
            let reached = programmes.iter().zip(&claims).position(|(programme, claims)| {
                let number = self.number(draw, *programme);
                claims.iter().any(|(row, keys)| match self.limits[row * draws + draw] {
                    Limit::SeatLeft => true,
                    Limit::NoSeat => false,
                    Limit::Last(last, lot) => {
                        let last = &self.keys[*row][last as usize];
                        keys > last || keys == last && number < lot
                    }
                })
            });
            if let Some(position) = reached {
                counts[position] += 1;
            }
        }
        let counts = counts.into_iter().zip(&claims);
        let counts = counts.map(|(count, claims)| (!claims.is_empty()).then_some(count));
        let rows = (1..).zip(programmes).zip(counts).map(|((rank, q), count)| (rank, q, count));
        Ok(Chances::new(self.season, "large_market", self.request, rows.collect()))
    }

    /// The rows of a programme that are open to somebody with a merit, none where each asks for more,
    /// and their keys there.
    fn claims(&self, programme: usize, rank: u16, score: Score) -> Vec<(usize, RowKeys)> {
        let keys =
            Keys { on_time: true, first_hand: true, score, choice_rank: rank, ..Keys::default() };
        let first = self.rows[programme];
        match self.season.selection.quotas.of(programme) {
            [] => {
                let priority = self.season.plan.chain.without_lottery().priority(&keys);
                vec![(first, row_keys(priority.words()))]
            }
            groups => {
                let open = groups.iter().enumerate();
                open.filter_map(|(at, group)| Some((first + at, group.claim_of(&keys)?))).collect()
            }
        }
    }

    /// The number of somebody who is not in the season: that of an applicant after the last.
    fn number(&self, draw: usize, programme: usize) -> u32 {
        let tie_breaking = match self.season.plan.lottery.scope() {
            LotteryScope::Applicant => TieBreaking::Single,
            LotteryScope::Programme => TieBreaking::Multiple,
        };
        let lottery = SplitMixLottery::new(self.request.seed, draw as u64, tie_breaking);
        let applicant = number(self.season.data.applicant_ids.len());
        lottery.number(applicant, ProgrammeIx::new(programme as u32))
    }
}

impl Limit {
    /// The limit with the number of the last one's keys in place of the applicant's.
    fn with_keys(
        self,
        ground: &Ground<'_>,
        (programme, group): (usize, Option<usize>),
        known: &mut Vec<RowKeys>,
    ) -> Self {
        let Self::Last(applicant, lot) = self else { return self };
        let Some(keys) = keys_of(ground, applicant as usize, programme, group) else {
            return Self::NoSeat;
        };
        // There are few cutoffs in a row.
        let at = known.iter().position(|other| *other == keys).unwrap_or_else(|| {
            known.push(keys);
            known.len() - 1
        });
        Self::Last(at as u32, lot)
    }
}

/// What has to be beaten in a row, the last one admitted as yet by the applicant's number.
fn limit<N: LotteryNumbers>(
    matching: &DrawnMatching<'_, N>,
    (programme, group): (usize, Option<usize>),
) -> Limit {
    // The groups of the first tier stand first, by their numbers.
    let index = ProgrammeIx::new(programme as u32);
    if !matching.is_full(index, group) {
        return Limit::SeatLeft;
    }
    let Some(last) = matching.last_admitted(index, group) else {
        return Limit::NoSeat;
    };
    Limit::Last(last.index() as u32, matching.number(last, index))
}

/// The keys of an applicant in a row.
fn keys_of(
    ground: &Ground<'_>,
    applicant: usize,
    programme: usize,
    group: Option<usize>,
) -> Option<RowKeys> {
    let entrants = ground.assessment.entrants();
    let list = entrants.offsets[applicant]..entrants.offsets[applicant + 1];
    let entrant = list.into_iter().find(|&e| entrants.programme[e] as usize == programme)?;
    match group {
        None => Some(row_keys(entrants.priority[entrant].words())),
        Some(group) => {
            let mut claims = entrants.claims.of(entrant);
            let claim = claims.find(|&claim| usize::from(entrants.claims.group[claim]) == group)?;
            Some(entrants.claims.keys[claim])
        }
    }
}

fn row_keys(words: [u64; 3]) -> RowKeys {
    let mut keys = RowKeys::default();
    keys[..3].copy_from_slice(&words);
    keys
}
