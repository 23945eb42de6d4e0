//! A matching over ties in plain vectors.

use antagning_matching::{
    ApplicantIx, ProgrammeIx, TieRule, TiedMarket, TiedMatching, tied_deferred_acceptance,
};

use crate::outcome::Placements;
use crate::textbook::Instance;

pub(crate) const RULES: [TieRule; 2] = [TieRule::AdmitAll, TieRule::RejectAll];

pub(crate) fn market(instance: &Instance) -> TiedMarket {
    instance.builder().build_with_ties().expect("a sound market")
}

/// The library's result, asked one applicant at a time.
pub(crate) fn placements(matching: &TiedMatching<'_>) -> Placements {
    applicants(matching).map(|applicant| matching.choice_of(applicant)).collect()
}

/// The library's matching.
pub(crate) fn placed(instance: &Instance, rule: TieRule) -> Placements {
    placements(&tied_deferred_acceptance(&market(instance), rule))
}

/// All applicants of a matching.
pub(crate) fn applicants(matching: &TiedMatching<'_>) -> impl Iterator<Item = ApplicantIx> + use<> {
    (0..matching.market().applicants() as u32).map(ApplicantIx::new)
}

/// All programmes of a matching.
pub(crate) fn programmes(matching: &TiedMatching<'_>) -> impl Iterator<Item = ProgrammeIx> + use<> {
    (0..matching.market().programmes() as u32).map(ProgrammeIx::new)
}
