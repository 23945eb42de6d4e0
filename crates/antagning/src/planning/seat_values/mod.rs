//! What a seat is worth: one more and one fewer at every offer, and who would move where.

mod effect;
mod files;
mod network;
mod text;

use antagning_matching::{Incremental, Move, ProgrammeIx};
use serde::Serialize;

use crate::error::Error;
use crate::market::Place;
use crate::season::Season;

use effect::Telling;

pub use effect::{Effect, SeatHeld, SeatMove};
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
    /// What one fewer seat does; `None` where there is none to take: no seat, or none beside those
    /// of applicants who are placed by hand.
    pub fewer: Option<Effect>,
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
        let telling = Telling {
            season,
            assessment: &assessment,
            by_hand: season.rulings.full_by_hand(&season.data, &season.standing, &assessment),
        };
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
                values.add(&telling, &mut state, (programme, None), "", seats);
            }
            for (at, group) in groups.iter().enumerate() {
                // The first tier has a group's own seats.
                debug_assert!(tiers(programme, groups.len()) > 0);
                values.add(&telling, &mut state, (programme, Some(at)), &group.name, group.seats);
            }
        }
        values.sum_moves();
        Ok(values)
    }

    fn add(
        &mut self,
        telling: &Telling<'_>,
        state: &mut Incremental,
        (programme, group): (ProgrammeIx, Option<usize>),
        name: &str,
        seats: u32,
    ) {
        let more = match group {
            None => state.add_seat(programme),
            Some(group) => state.add_group_seat(programme, group),
        };
        let (more, moves) = telling.effect(programme, &more, true);
        state.undo();
        self.keep_moves(&moves, (1, 0));
        let by_hand = telling.by_hand.contains(&(programme.index() as u32, group));
        let fewer = match group {
            _ if by_hand => None,
            None => state.remove_seat(programme),
            Some(group) => state.remove_group_seat(programme, group),
        };
        let fewer = fewer.map(|fewer| telling.effect(programme, &fewer, false));
        let fewer = fewer.map(|(effect, moves)| {
            state.undo();
            self.keep_moves(&moves, (0, 1));
            effect
        });
        let season = telling.season;
        self.offers.push(OfferValue {
            title: season.title(programme.index()),
            programme_id: season.data.programmes.ids.get(programme.index()).to_owned(),
            quota_group: name.to_owned(),
            seats,
            more,
            fewer,
        });
    }

    /// Keeps the moves of one change for the network.
    fn keep_moves(&mut self, moves: &[Move], (more, fewer): (u32, u32)) {
        let nowhere = self.labels.len() as u32;
        let at = |placement: Option<antagning_matching::Placement>| {
            placement.map_or(nowhere, |placement| placement.programme.index() as u32)
        };
        self.moves.extend(moves.iter().map(|step| (at(step.from), at(step.to), more, fewer)));
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
