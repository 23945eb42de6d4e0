//! Signing: an official decides on a run by its digest.

use std::io::ErrorKind;
use std::time::{SystemTime, UNIX_EPOCH};

use antagning_formats::{Approval, ApprovalError, CONTRACT_VERSION, is_date};

use crate::error::Error;
use crate::run::Run;

/// Who decides on a run, by which delegation, and when.
#[derive(Clone, Copy, Debug)]
pub struct Signature<'a> {
    /// Who decides.
    pub by: &'a str,
    /// The delegation that they decide by (KL 6 kap. 38 §, SkolL 28 kap. 18 §).
    pub delegation: &'a str,
    /// The day of the decision, `YYYY-MM-DD`; today, by the clock, when `None`.
    pub date: Option<&'a str>,
}

impl Run {
    /// Records an official's decision on this run beside its folder, after proving it and what is
    /// found of its chain once more. The folder itself is never touched.
    ///
    /// # Errors
    /// [`Error::Chain`] when the run is approved already, when a signature is empty or holds control
    /// characters, or when its date is before the run's;
    /// [`Error::Violated`] when it is altered or does not hold, [`Error::NotADate`],
    /// [`Error::Output`] when the file system refuses.
    pub fn approve(&self, signature: Signature<'_>) -> Result<Approval, Error> {
        let refused = |reason: &str| Error::Chain {
            run: self.folder().to_owned(),
            reason: reason.to_owned(),
        };
        if signature.by.trim().is_empty() || signature.delegation.trim().is_empty() {
            return Err(refused("an approval names who decided, and by which delegation"));
        }
        if [signature.by, signature.delegation].iter().any(|text| text.contains(char::is_control)) {
            return Err(refused("an approval is signed in plain text, on one line"));
        }
        let date = signature.date.map_or_else(today, str::to_owned);
        if !is_date(&date) {
            return Err(Error::NotADate(date));
        }
        // Dates of one form come in the order of their text.
        if self.manifest().date.as_ref().is_some_and(|of_run| date < *of_run) {
            return Err(refused("the decision would be older than the round that it is about"));
        }
        if self.approval().map_or(true, |found| found.is_some()) {
            return Err(refused(TWICE));
        }
        let proof = self.verify_chain(None).proof;
        if !proof.holds() {
            return Err(Error::Violated(Box::new(proof)));
        }
        let manifest = self.manifest();
        let approval = Approval {
            contract_version: CONTRACT_VERSION,
            engine_version: env!("CARGO_PKG_VERSION").to_owned(),
            manifest_sha256: manifest.manifest_sha256.clone(),
            round: manifest.round.clone(),
            sequence: manifest.sequence,
            approved_by: signature.by.trim().to_owned(),
            delegation: signature.delegation.trim().to_owned(),
            date,
            approval_sha256: String::new(),
        };
        approval.write(self.folder()).map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists => refused(TWICE),
            _ => Error::Output { path: Approval::path(self.folder()), source },
        })
    }

    /// The approval beside the run, if there is one.
    ///
    /// # Errors
    /// [`ApprovalError`] when it is there and cannot be taken.
    pub fn approval(&self) -> Result<Option<Approval>, ApprovalError> {
        Approval::read(self.folder())
    }

    /// What is wrong with the approval beside the run; `None` when there is none.
    pub(crate) fn approval_faults(&self) -> Option<Vec<String>> {
        let path = Approval::path(self.folder());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let manifest = self.manifest();
        match self.approval() {
            Ok(None) => None,
            Ok(Some(approval)) if approval.manifest_sha256 == manifest.manifest_sha256 => {
                Some(Vec::new())
            }
            Ok(Some(_)) => Some(vec![format!("{name}: another run was approved than this one")]),
            Err(error) => Some(vec![format!("{name}: {error}")]),
        }
    }
}

const TWICE: &str = "it is approved already; what is decided is not decided again";

/// The day by the clock, in UTC.
pub(crate) fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    date_of(since.as_secs() / 86_400)
}

/// The date of a day counted from 1970-01-01, in the proleptic Gregorian calendar (H. Hinnant,
/// *chrono-Compatible Low-Level Date Algorithms*, 2013): years begin in March, eras have 400.
fn date_of(day: u64) -> String {
    let day = day + 719_468;
    let (era, day_of_era) = (day / 146_097, day % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date_of;

    /// By `date -u -d @SECONDS +%F`.
    #[test]
    fn days_are_those_of_the_calendar() {
        for (day, date) in [
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_270, "2025-07-01"),
            (20_453, "2025-12-31"),
        ] {
            assert_eq!(date_of(day), date);
        }
    }
}
