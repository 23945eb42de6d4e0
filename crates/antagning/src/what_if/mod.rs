//! What would have happened if something had been decided otherwise: the counterfactual for an
//! appeal, and the seats that must be added so that nobody loses one.

mod chains;
mod counterfactual;
mod draft;
mod list;
mod offers;
mod remedy;
mod seats;
mod supposition;
mod text;
mod view;
mod words;

use std::path::{Path, PathBuf};
use std::time::Instant;

use antagning_formats::{Diagnostic, Diagnostics};
use antagning_rules::Outcomes;

use crate::error::Error;
use crate::rounds::{self, Continuation};
use crate::run::Run;
use crate::season::Season;

use draft::Draft;
use view::View;

pub use counterfactual::{ChoiceChange, ChoiceOutcome, Counterfactual};
pub use offers::{Limit, OfferChange};
pub use remedy::{AddedSeat, ByHand, Remedy};
pub use supposition::{Replaced, Supposition};
pub use view::{Change, Moved, Seat};

/// A finished run whose season can be run again with something decided otherwise.
#[derive(Clone, Debug)]
pub struct WhatIf<'r> {
    run: &'r Run,
    /// The run that it continues.
    before: Option<Run>,
    folder: PathBuf,
    /// The season as it was read, and the findings.
    read: (antagning_formats::Season, Diagnostics),
    season: Season,
    outcomes: Outcomes,
    warnings: Vec<Diagnostic>,
}

impl<'r> WhatIf<'r> {
    /// Opens the season that a run was made of, and runs it again.
    ///
    /// # Errors
    /// [`Error::OtherSeason`] when a file of the season is not the one that the run lists;
    /// [`Error::Violated`] when the run does not hold; [`Error::NotReproduced`] when the season
    /// gives other placements than the run has; [`Error::Chain`] when the run continues one that
    /// does not lie beside it; [`Error::Rejected`] when the season or the run cannot be read.
    pub fn open(season: impl AsRef<Path>, run: &'r Run) -> Result<Self, Error> {
        let folder = season.as_ref().to_owned();
        let mut report = Diagnostics::default();
        let data = antagning_formats::Season::read(&folder, &mut report);
        if data.inputs.is_empty() {
            return Err(Error::Rejected(report));
        }
        run.refuse_other_season(&data.inputs)?;
        let proof = run.verify();
        if !proof.holds() {
            return Err(Error::Violated(Box::new(proof)));
        }
        let before = rounds::run_before(run)?;
        let read = (data, report);
        let season = prepare(&folder, read.clone(), run, before.as_ref())?;
        let admission = season.admit()?;
        refuse_other_placements(&season, admission.outcomes(), run)?;
        let outcomes = admission.matched().clone();
        let warnings = admission.warnings().to_vec();
        Ok(Self { run, before, folder, read, season, outcomes, warnings })
    }

    /// Runs the season once more, with the same seed, as if all that is supposed had been decided
    /// about one applicant.
    ///
    /// O(choices) a run: one for the counterfactual, and where somebody loses one for each place
    /// tried for an added seat, of which there are as many as the applicant has choices, and quota
    /// groups there.
    ///
    /// # Errors
    /// [`Error::UnknownApplicant`]; [`Error::Rejected`] when what is supposed cannot be: an unknown
    /// kind, a programme that the applicant has not chosen, decisions that exclude each other.
    pub fn suppose(
        &self,
        applicant: &str,
        supposed: &[Supposition],
    ) -> Result<Counterfactual, Error> {
        let number = self.read.0.applicant_ids.find(applicant);
        let number = number.ok_or_else(|| Error::UnknownApplicant(applicant.to_owned()))?;
        let date = self.run.manifest().date.as_deref();
        let mut draft = Draft::new(&self.season, self.read.clone(), number, date);
        // What else is supposed is about the list as it should have been.
        let (lists, others): (Vec<_>, Vec<_>) = supposed.iter().partition(|s| s.is_list());
        lists.into_iter().chain(others).for_each(|supposition| draft.suppose(supposition));
        let (read, replaced) = draft.finish()?;
        let season = prepare(&self.folder, read, self.run, self.before.as_ref())?;
        let admission = season.admit()?;
        let before = View { season: &self.season, outcomes: &self.outcomes };
        let after = View { season: &season, outcomes: admission.matched() };
        let by_hand = remedy::by_hand(before, after, number as usize);
        let remedy = remedy::find(before, after, number as usize, by_hand)?;
        let is_new = |warning: &&Diagnostic| !self.warnings.contains(warning);
        let warnings = admission.warnings().iter().filter(is_new).cloned().collect();
        let run = self.run;
        let account = counterfactual::Account { run, supposed, replaced, warnings, remedy };
        Ok(account.of(before, after, number as usize))
    }
}

/// The season of a run from what was read, as it was prepared then.
fn prepare(
    folder: &Path,
    read: (antagning_formats::Season, Diagnostics),
    run: &Run,
    before: Option<&Run>,
) -> Result<Season, Error> {
    let date = run.manifest().date.as_deref();
    Season::prepare(folder, read, Continuation { after: before, date }, Instant::now())
}

/// Refuses a run that the season does not give again, as when another engine made it.
fn refuse_other_placements(season: &Season, outcomes: &Outcomes, run: &Run) -> Result<(), Error> {
    let placements = run.files()?.placements;
    let view = View { season, outcomes };
    let ids = &season.data.applicant_ids;
    let differs = (0..ids.len()).find(|applicant| {
        let (programme, group) = view.names(view.held(*applicant));
        placements.applicant_id.iter().nth(*applicant) != Some(ids.get(*applicant))
            || placements.programme_id.get(*applicant) != programme
            || placements.quota_group.get(*applicant) != group
    });
    match differs {
        Some(applicant) => Err(Error::NotReproduced { applicant: ids.get(applicant).to_owned() }),
        None => Ok(()),
    }
}
