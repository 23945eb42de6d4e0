//! What the lottery decides: who depends on it, with what odds, and where cutoffs may end.

mod chance;
mod files;
mod ground;
mod odds;
mod published;
mod study;
mod tally;
mod text;

use std::num::NonZeroU32;
use std::ops::Range;

use antagning_matching::{SplitMixLottery, TieBreaking};
use antagning_rules::{Assessment, LotteryScope};
use rayon::prelude::*;
use serde::Serialize;

use crate::error::Error;
use crate::season::Season;

use ground::Ground;
use published::PublishedNumbers;
use tally::Tally;

pub use chance::{Chance, ChanceRequest, Chances, Cutoffs};
pub use odds::Odds;
pub use study::{
    ApplicantOdds, ChoiceOdds, CutoffSpread, LotteryBounds, PublishedDraw, ScopeStudy, Spread,
};

/// What a study of a season's lottery is to draw.
#[derive(Clone, Debug)]
pub struct LotteryRequest<'a> {
    /// How many lotteries.
    pub draws: NonZeroU32,
    /// The seed that they follow from.
    pub seed: u64,
    /// One number an applicant, or one at each programme, or both to compare.
    pub scopes: &'a [LotteryScope],
}

/// What the lottery of a season decides, over many draws of it. Working material, no decision.
///
/// Every draw is an exact admission with its numbers, quota groups and all. Numbers follow from seed,
/// draw, applicant and programme alone ([`SplitMixLottery`]),
/// so the study is the same at any number of threads.
#[derive(Clone, Debug, Serialize)]
pub struct LotteryStudy {
    /// What the figures are: never a decision.
    pub status: &'static str,
    /// Lotteries drawn for each scope.
    pub draws: u32,
    /// The seed that they follow from.
    pub seed: u64,
    /// Applicants with a choice that takes part.
    pub applicants: usize,
    /// Those whose best and worst choice differ, with both: all others are placed the same under
    /// every lottery.
    pub may_depend: Vec<LotteryBounds>,
    /// The lottery of the season's own seed.
    pub published: PublishedDraw,
    /// What was drawn, a scope after the other as they were asked for.
    pub scopes: Vec<ScopeStudy>,
}

impl LotteryStudy {
    /// Draws the lotteries; `drawn` is told from several threads how many more are done.
    ///
    /// O(choices) once and for each draw about what the lottery moves, with quota groups about a
    /// whole matching; memory O(choices) for each thread, however many draws.
    ///
    /// # Errors
    /// [`Error::NoLottery`] when the season draws no lots, [`Error::Rejected`] when placements by
    /// hand do not fit.
    pub fn new(
        season: &Season,
        request: &LotteryRequest<'_>,
        drawn: impl Fn(u32) + Sync,
    ) -> Result<Self, Error> {
        let assessment = classes(season)?;
        let ground = Ground::new(season, &assessment)?;
        let numbers = PublishedNumbers::new(season, &assessment);
        let published = Tally::of(&ground, [&numbers], |_| ());
        let scopes = request.scopes.iter().map(|&scope| {
            let tally = tally(&ground, request.draws, request.seed, scope, &drawn);
            ScopeStudy::new(&ground, scope, request.draws, tally, &published)
        });
        Ok(Self {
            status: "working material",
            draws: request.draws.get(),
            seed: request.seed,
            applicants: ground.taking_part(),
            may_depend: ground.dependents().map(|a| LotteryBounds::new(&ground, a)).collect(),
            scopes: scopes.collect(),
            published: PublishedDraw::new(season, &published),
        })
    }
}

/// The season assessed before the lottery, when it has one and could be run.
fn classes(season: &Season) -> Result<Assessment<'_>, Error> {
    if !season.plan.chain.draws_lots() {
        return Err(Error::NoLottery);
    }
    // The season's own admission, with all that it may refuse.
    season.check_ties()?;
    Ok(season.classes())
}

/// All draws of a scope: sums do not depend on who adds what.
fn tally(
    ground: &Ground<'_>,
    draws: NonZeroU32,
    seed: u64,
    scope: LotteryScope,
    drawn: &(impl Fn(u32) + Sync),
) -> Tally {
    shares(draws)
        .map(|share| Tally::of(ground, lotteries(share, seed, scope), drawn))
        .reduce(|| Tally::empty(ground), Tally::with)
}

/// The draws in consecutive shares, one for each thread.
fn shares(draws: NonZeroU32) -> impl IndexedParallelIterator<Item = Range<u64>> {
    let (draws, shares) = (u64::from(draws.get()), rayon::current_num_threads() as u64);
    let share = move |number: u64| draws * number / shares..draws * (number + 1) / shares;
    (0..shares as usize).into_par_iter().map(move |number| share(number as u64))
}

/// The lottery numbers of some draws.
fn lotteries(
    draws: Range<u64>,
    seed: u64,
    scope: LotteryScope,
) -> impl Iterator<Item = SplitMixLottery> {
    let tie_breaking = match scope {
        LotteryScope::Applicant => TieBreaking::Single,
        LotteryScope::Programme => TieBreaking::Multiple,
    };
    draws.map(move |draw| SplitMixLottery::new(seed, draw, tie_breaking))
}
