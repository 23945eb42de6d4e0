//! What a seat does: figures, and who moves where.

use std::collections::{BTreeMap, BTreeSet};

use antagning_matching::{ApplicantIx, Move, Moves, Placement, ProgrammeIx};
use antagning_rules::Assessment;
use serde::Serialize;

use crate::planning::chain_path::chain_path;
use crate::season::Season;

/// What a seat does.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Effect {
    /// Applicants who end up elsewhere.
    pub moved: u32,
    /// Whether one more is placed (or one fewer).
    pub placed: bool,
    /// Who is newly placed (or no longer placed); empty when nobody is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub applicant_id: String,
    /// Places in their lists that all together gain (or lose); no placement counts as the place
    /// after the last.
    pub ranks: u64,
    /// First choices gained (or lost).
    pub first_choices: u32,
    /// The offers along the chain, from the seat on: each takes from the next (gives to the next),
    /// and the last from nowhere (to nowhere) where somebody is newly placed (unplaced).
    pub path: Vec<String>,
    /// Who ends up elsewhere, in the order of the chain.
    pub moves: Vec<SeatMove>,
}

/// One applicant's move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatMove {
    /// Who moves.
    pub applicant_id: String,
    /// What they have without the change; `None` is no placement.
    pub from: Option<SeatHeld>,
    /// What they have with it.
    pub to: Option<SeatHeld>,
}

/// A placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatHeld {
    /// The offer.
    pub programme_id: String,
    /// The quota group that the applicant is admitted in; empty at an offer without.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// The offer's rank in the applicant's list.
    pub choice_rank: u32,
}

/// What it takes to tell of moves in the words of the season.
pub(super) struct Telling<'a> {
    pub(super) season: &'a Season,
    pub(super) assessment: &'a Assessment<'a>,
    /// The offers and quota groups where officials gave away every seat.
    pub(super) by_hand: BTreeSet<(u32, Option<usize>)>,
}

impl Telling<'_> {
    /// What the moves of one seat come to, and the moves themselves. A seat `more` betters
    /// everybody whom it moves, a seat fewer nobody.
    pub(super) fn effect(
        &self,
        offer: ProgrammeIx,
        moves: &Moves<'_>,
        more: bool,
    ) -> (Effect, Vec<Move>) {
        let mut net: BTreeMap<_, _> =
            moves.net().into_iter().map(|step| (step.applicant, step)).collect();
        let mut effect = Effect {
            path: chain_path(
                self.season,
                offer,
                moves.iter().map(|step| if more { step.from } else { step.to }),
            ),
            ..Effect::default()
        };
        let mut told = Vec::with_capacity(net.len());
        for step in moves.iter().filter_map(|step| net.remove(&step.applicant)) {
            let moved = SeatMove {
                applicant_id: self.applicant_id(step.applicant).to_owned(),
                from: step.from.map(|from| self.held(step.applicant, from)),
                to: step.to.map(|to| self.held(step.applicant, to)),
            };
            // The same quota group may stand in the market once for each tier.
            if moved.from == moved.to {
                continue;
            }
            let [from, to] = [&moved.from, &moved.to].map(|held| {
                held.as_ref().map_or(self.list_length(step.applicant) + 1, |held| held.choice_rank)
            });
            effect.moved += 1;
            effect.ranks += u64::from(from.abs_diff(to));
            effect.first_choices += u32::from((from == 1) != (to == 1));
            if moved.from.is_none() != moved.to.is_none() {
                effect.placed = true;
                effect.applicant_id.clone_from(&moved.applicant_id);
            }
            effect.moves.push(moved);
            told.push(step);
        }
        (effect, told)
    }

    fn held(&self, applicant: ApplicantIx, placement: Placement) -> SeatHeld {
        let data = &self.season.data;
        let (applicant, programme) = (applicant.index(), placement.programme.index());
        let groups = self.season.selection.quotas.of(programme);
        let entrants = self.assessment.entrants();
        // The market has the choices that take part alone.
        let choice = entrants.choice[entrants.offsets[applicant] + placement.choice];
        SeatHeld {
            programme_id: data.programmes.ids.get(programme).to_owned(),
            quota_group: placement
                .group
                .map_or(String::new(), |unit| groups[unit % groups.len()].name.clone()),
            choice_rank: choice - data.choices.offsets[applicant] + 1,
        }
    }

    fn applicant_id(&self, applicant: ApplicantIx) -> &str {
        self.season.data.applicant_ids.get(applicant.index())
    }

    fn list_length(&self, applicant: ApplicantIx) -> u32 {
        let offsets = &self.season.data.choices.offsets;
        offsets[applicant.index() + 1] - offsets[applicant.index()]
    }
}
