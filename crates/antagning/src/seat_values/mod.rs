//! What a seat is worth: one more and one fewer at every offer, and who would move where.

mod network;
mod text;

use antagning_matching::{Incremental, Market, Move, ProgrammeIx};
use serde::Serialize;

use crate::chain_path::chain_path;
use crate::error::Error;
use crate::market::Place;
use crate::season::Season;

pub(crate) use network::UNPLACED;
pub use network::{Level, Network};

/// What one seat more and one seat fewer does, at every offer and quota group of a season.
///
/// Exact: each value is that of a whole new admission with that seat, found by its vacancy or
/// rejection chain (Blum, Roth and Rothblum 1997; Erdil and Ergin 2008). Working material for
/// planning, no decision.
#[derive(Clone, Debug, Serialize)]
pub struct SeatValues {
    /// What the figures are: never a decision.
    pub status: &'static str,
    /// A row an offer or quota group, in the order of ids and precedence.
    pub offers: Vec<OfferValue>,
    /// The moves behind the figures, by offer: giving up, taking, how often with a seat more, how
    /// often with a seat fewer.
    #[serde(skip)]
    moves: Vec<(u32, u32, u32, u32)>,
    #[serde(skip)]
    labels: Vec<network::Labels>,
}

/// The value of a seat at one offer or quota group.
#[derive(Clone, Debug, Serialize)]
pub struct OfferValue {
    /// The offer.
    pub programme_id: String,
    /// Its quota group; empty at an offer without.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Its name and school, as far as the season has them.
    pub title: String,
    /// Seats; of a quota group its own.
    pub seats: u32,
    /// What one more seat does.
    pub more: Effect,
    /// What one fewer seat does; `None` where there is none to take.
    pub fewer: Option<Effect>,
}

/// What a seat does.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Effect {
    /// Applicants who end up elsewhere.
    pub moved: u32,
    /// Whether one more is placed (or one fewer).
    pub placed: bool,
    /// Places in their lists that all together gain (or lose); no placement counts as the place
    /// after the last.
    pub ranks: u64,
    /// First choices gained (or lost).
    pub first_choices: i64,
    /// The offers along the chain, from the seat on: each takes from the next (gives to the next),
    /// and the last from nowhere (to nowhere) where somebody is newly placed (unplaced).
    pub path: Vec<String>,
}

impl SeatValues {
    /// Tries a seat more and a seat fewer everywhere.
    ///
    /// O(choices) for the matching and the time of the chains, which are short; nothing is
    /// matched anew.
    ///
    /// # Errors
    /// [`Error::Rejected`] when the tie-break chain leaves applicants equal, and
    /// [`Error::NeedsStrictOrder`] when equals are admitted or rejected together.
    pub fn new(season: &Season) -> Result<Self, Error> {
        let assessment = season.assessment();
        let Place::Strict(market) = season.place(&assessment)? else {
            return Err(Error::NeedsStrictOrder);
        };
        let quotas = &season.selection.quotas;
        let tiers = |programme: ProgrammeIx, groups: usize| market.groups(programme).len() / groups;
        let mut state = Incremental::new(&market);
        let mut values = Self {
            status: "working material",
            offers: Vec::new(),
            moves: Vec::new(),
            labels: network::labels(season),
        };
        for number in 0..season.data.programmes.ids.len() {
            let programme = ProgrammeIx::new(number as u32);
            let groups = quotas.of(number);
            if groups.is_empty() {
                let seats = season.data.programmes.capacity[number];
                values.add(season, &mut state, (programme, None), "", seats);
            }
            for (at, group) in groups.iter().enumerate() {
                // The first tier has a group's own seats.
                debug_assert!(tiers(programme, groups.len()) > 0);
                values.add(season, &mut state, (programme, Some(at)), &group.name, group.seats);
            }
        }
        values.sum_moves();
        Ok(values)
    }

    fn add(
        &mut self,
        season: &Season,
        state: &mut Incremental,
        (programme, group): (ProgrammeIx, Option<usize>),
        name: &str,
        seats: u32,
    ) {
        let more = match group {
            None => state.add_seat(programme),
            Some(group) => state.add_group_seat(programme, group),
        };
        let moves = more.net();
        let path = chain_path(season, programme, more.iter().map(|step| step.from));
        let more = Effect { path, ..self.effect(season, state.market(), &moves, true) };
        state.undo();
        let fewer = match group {
            None => state.remove_seat(programme),
            Some(group) => state.remove_group_seat(programme, group),
        };
        let fewer = fewer.map(|fewer| {
            (fewer.net(), chain_path(season, programme, fewer.iter().map(|step| step.to)))
        });
        let fewer = fewer.map(|(moves, path)| {
            let effect = self.effect(season, state.market(), &moves, false);
            state.undo();
            Effect { path, ..effect }
        });
        self.offers.push(OfferValue {
            title: season.title(programme.index()),
            programme_id: season.data.programmes.ids.get(programme.index()).to_owned(),
            quota_group: name.to_owned(),
            seats,
            more,
            fewer,
        });
    }

    /// Counts what the moves of one change come to, and keeps them for the network.
    fn effect(&mut self, season: &Season, market: &Market, moves: &[Move], more: bool) -> Effect {
        let mut effect = Effect::default();
        let nowhere = season.data.programmes.ids.len() as u32;
        for step in moves {
            let length = market.list(step.applicant).len();
            let rank = |placement: Option<antagning_matching::Placement>| {
                placement.map_or(length, |placement| placement.choice)
            };
            let (from, to) = (rank(step.from), rank(step.to));
            let at = |placement: Option<antagning_matching::Placement>| {
                placement.map_or(nowhere, |placement| placement.programme.index() as u32)
            };
            effect.moved += 1;
            effect.placed |= step.from.is_none() != step.to.is_none();
            effect.ranks += from.abs_diff(to) as u64;
            effect.first_choices += i64::from((from == 0) != (to == 0));
            let counts = if more { (1, 0) } else { (0, 1) };
            self.moves.push((at(step.from), at(step.to), counts.0, counts.1));
        }
        effect
    }

    /// The moves between the same two offers in one row.
    fn sum_moves(&mut self) {
        self.moves.sort_unstable();
        self.moves.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
                kept.3 += next.3;
            }
            same
        });
    }

    /// Who would move where, between offers, schools or municipalities.
    #[must_use]
    pub fn network(&self, level: Level) -> Network {
        Network::new(&self.labels, &self.moves, level)
    }
}
