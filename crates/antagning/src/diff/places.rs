//! What a season knows of places: where offers are and where applicants live.

use std::path::Path;

use antagning_formats::{Diagnostics, Season};

use crate::error::Error;

/// The places of a season.
#[derive(Clone, Debug)]
pub(super) struct Places {
    season: Season,
}

/// What a season says of an offer.
pub(super) struct OfferPlace<'s> {
    pub(super) name: &'s str,
    pub(super) school: &'s str,
    pub(super) municipality_code: &'s str,
}

impl Places {
    /// Reads a season folder. It need not be the one that a run was made of: whoever it does not
    /// know has no place.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let mut report = Diagnostics::default();
        let season = Season::read(folder, &mut report);
        if report.error_count() > 0 { Err(Error::Rejected(report)) } else { Ok(Self { season }) }
    }

    pub(super) fn offer(&self, id: &str) -> Option<OfferPlace<'_>> {
        let programmes = &self.season.programmes;
        let programme = programmes.ids.find(id)? as usize;
        Some(OfferPlace {
            name: programmes.name.get(programme),
            school: programmes.school.get(programme),
            municipality_code: programmes.municipality_code.get(programme),
        })
    }

    /// The home municipality of an applicant, where the season tells one.
    pub(super) fn home(&self, applicant: &str) -> Option<&str> {
        let number = self.season.applicant_ids.find(applicant)?;
        let home = self.season.applicants.as_ref()?.home_municipality.get(number as usize);
        Some(home).filter(|home| !home.is_empty())
    }
}
