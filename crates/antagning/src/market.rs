//! The market of a season, matched.

use antagning_matching::{
    ApplicantIx, Market, MarketError, Matching, TieRule, TiedMarket, TiedMatching,
    deferred_acceptance, programme_proposing, tied_deferred_acceptance,
};
use antagning_rules::{Assessment, Held};

/// A market to match, by the rule that the season has for equals.
pub(crate) enum Place {
    /// The chain parts everybody.
    Strict(Market),
    /// Equals at the cutoff are admitted or rejected together.
    Tied(TiedMarket, TieRule),
}

/// A matched [`Place`].
pub(crate) enum Placed<'m> {
    Strict(Matching<'m>),
    Tied(TiedMatching<'m>),
}

impl Place {
    pub(crate) fn new(
        assessment: &Assessment<'_>,
        at_cutoff: Option<TieRule>,
    ) -> Result<Self, MarketError> {
        match at_cutoff {
            None => assessment.market().map(Self::Strict),
            Some(rule) => Ok(Self::Tied(assessment.market_with_ties()?, rule)),
        }
    }

    /// The applicants' optimum.
    pub(crate) fn matched(&self) -> Placed<'_> {
        match self {
            Self::Strict(market) => Placed::Strict(deferred_acceptance(market)),
            Self::Tied(market, rule) => Placed::Tied(tied_deferred_acceptance(market, *rule)),
        }
    }
}

impl Placed<'_> {
    /// Where an applicant is placed.
    pub(crate) fn held(&self, applicant: usize) -> Held {
        // The files number applicants with 32 bits.
        let applicant = ApplicantIx::new(applicant as u32);
        match self {
            Self::Strict(matching) => {
                matching.choice_of(applicant).map(|at| (at, matching.group_of(applicant)))
            }
            Self::Tied(matching) => matching.choice_of(applicant).map(|at| (at, None)),
        }
    }

    /// How many would fare differently in the programmes' optimum; `None` where equals are treated
    /// together and there is no such matching.
    pub(crate) fn programme_optimum_differs(&self, place: &Place) -> Option<usize> {
        match (self, place) {
            (Self::Strict(matching), Place::Strict(market)) => {
                Some(matching.applicants_who_differ(&programme_proposing(market)))
            }
            _ => None,
        }
    }
}
