//! What would have happened, to whom.

use antagning_formats::Diagnostic;
use antagning_rules::Outcome;
use serde::Serialize;

use crate::run::Run;
use crate::what_if::chains;
use crate::what_if::offers::{self, OfferChange};
use crate::what_if::remedy::Remedy;
use crate::what_if::supposition::{Replaced, Supposition};
use crate::what_if::view::{Change, Moved, Seat, View};

/// A season run again as if something had been decided otherwise about one applicant, beside what
/// the run gave. It names other applicants: working material for an office, and no decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counterfactual {
    /// What it is.
    pub status: &'static str,
    /// The digest of the run's manifest.
    pub manifest_sha256: String,
    /// The round of the run.
    pub round: String,
    /// `automatic`, or `by_phone` where the run moves nobody and a move means that it is offered.
    pub moves: String,
    /// The applicant.
    pub applicant_id: String,
    /// What is supposed.
    pub supposed: Vec<Supposition>,
    /// The season's decisions that do not stand beside it.
    pub replaced: Vec<Replaced>,
    /// Whether the applicant would have been better off.
    pub change: Change,
    /// The applicant's seat in the run; `None` when unplaced.
    pub before: Option<Seat>,
    /// The applicant's seat then; `None` when unplaced.
    pub after: Option<Seat>,
    /// The applicant's choices whose status or reason differs, by the list then; at the end those
    /// that it no longer has.
    pub choices: Vec<ChoiceChange>,
    /// Everybody else who would be placed otherwise, chain by chain.
    pub others: Vec<Moved>,
    /// The offers with another cutoff or number of admitted.
    pub offers: Vec<OfferChange>,
    /// What the engine warns of then and did not in the run, such as seats owed to somebody who
    /// waits behind those who hold theirs.
    pub warnings: Vec<Diagnostic>,
    /// The seat to add, so that nobody loses one.
    pub remedy: Remedy,
}

/// A choice of the applicant with another outcome; `None` where a list does not have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceChange {
    /// The programme.
    pub programme_id: String,
    /// Its name and school, as far as the season has them.
    pub title: String,
    /// In the run.
    pub before: Option<ChoiceOutcome>,
    /// Then.
    pub after: Option<ChoiceOutcome>,
}

/// The outcome of a choice, in the words of `outcomes.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceOutcome {
    /// The applicant's rank of it, from 1.
    pub choice_rank: u32,
    /// The status.
    pub status: &'static str,
    /// Why.
    pub reason: &'static str,
    /// Position on the reserve list; `None` when not on it.
    pub reserve_position: Option<u32>,
}

/// What a counterfactual is made of beside the two views.
pub(super) struct Account<'a> {
    pub(super) run: &'a Run,
    pub(super) supposed: &'a [Supposition],
    pub(super) replaced: Vec<Replaced>,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) remedy: Remedy,
}

impl Account<'_> {
    pub(super) fn of(self, before: View<'_>, after: View<'_>, applicant: usize) -> Counterfactual {
        let manifest = self.run.manifest();
        Counterfactual {
            status: "working material",
            manifest_sha256: manifest.manifest_sha256.clone(),
            round: manifest.round.clone(),
            moves: manifest.moves.clone(),
            applicant_id: after.season.data.applicant_ids.get(applicant).to_owned(),
            supposed: self.supposed.to_vec(),
            replaced: self.replaced,
            change: after.change_since(before, applicant),
            before: before.seat(applicant),
            after: after.seat(applicant),
            choices: choices(before, after, applicant),
            others: chains::moves(before, after, applicant),
            offers: offers::changes(before, after),
            warnings: self.warnings,
            remedy: self.remedy,
        }
    }
}

/// The choices of the applicant that came out otherwise.
fn choices(before: View<'_>, after: View<'_>, applicant: usize) -> Vec<ChoiceChange> {
    let list = |view: View<'_>| {
        let choices = &view.season.data.choices;
        choices.programme[choices.of(applicant)].to_vec()
    };
    let (was, is) = (list(before), list(after));
    let gone = was.iter().filter(|programme| !is.contains(programme));
    let changes = is.iter().chain(gone).map(|programme| ChoiceChange {
        programme_id: after.season.data.programmes.ids.get(*programme as usize).to_owned(),
        title: after.season.title(*programme as usize),
        before: outcome(before, applicant, &was, *programme),
        after: outcome(after, applicant, &is, *programme),
    });
    changes.filter(|change| change.before != change.after).collect()
}

fn outcome(
    view: View<'_>,
    applicant: usize,
    list: &[u32],
    programme: u32,
) -> Option<ChoiceOutcome> {
    let position = list.iter().position(|listed| *listed == programme)?;
    let choice = view.season.data.choices.of(applicant).start + position;
    let Outcome { status, reason, reserve_position, .. } = view.outcomes.choices[choice];
    Some(ChoiceOutcome {
        // A list has at most 10 000 choices.
        choice_rank: position as u32 + 1,
        status: status.name(),
        reason: reason.name(),
        reserve_position: Some(reserve_position).filter(|position| *position > 0),
    })
}
