//! What an office publishes about an admission, as claims to be recounted.

use crate::shape::ShapeError;

/// Everything published that [`check_published`](crate::check_published) recounts.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// The figures, one entry a programme, in any order.
    pub programmes: &'a [PublishedProgramme],
    /// The status of each choice of the [`Case`](crate::Case).
    pub status: &'a [Status],
    /// The reserve position of each choice of the [`Case`](crate::Case), counted from 1.
    pub reserve_position: &'a [Option<u32>],
    /// All applications, counted; the case holds only those that take part.
    pub applications: &'a Applications,
}

/// The published figures of one programme. Scores are ten-thousandths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedProgramme {
    /// The programme.
    pub programme: u32,
    /// Its seats.
    pub seats: u64,
    /// All who applied, whether or not they were eligible.
    pub applicants: u64,
    /// Of these, those who ranked it first.
    pub first_choice_applicants: u64,
    /// How many are admitted.
    pub admitted: u64,
    /// Seats without a holder.
    pub vacant: u64,
    /// How many would rather be there than where they are.
    pub reserves: u64,
    /// What the cutoff says.
    pub cutoff_kind: CutoffKind,
    /// The score of the admitted with the lowest priority; only with [`CutoffKind::Value`].
    pub cutoff: Option<u64>,
    /// The median score of the admitted, rounded half up.
    pub median: Option<u64>,
    /// The mean score of the admitted, rounded half up.
    pub mean: Option<u64>,
}

/// What a published cutoff says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CutoffKind {
    /// Somebody is in reserve, so the lowest admitted score is a limit.
    Value,
    /// Somebody is admitted and nobody is in reserve, so there was no limit.
    AllEligibleAdmitted,
    /// Nobody is admitted.
    NoneAdmitted,
    /// Any other kind: none that placements and priorities can give.
    Other,
}

impl CutoffKind {
    /// The word that is published, such as `all_eligible_admitted`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::AllEligibleAdmitted => "all_eligible_admitted",
            Self::NoneAdmitted => "none_admitted",
            Self::Other => "other",
        }
    }
}

/// The published status of a choice that takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// The applicant is placed there.
    Admitted,
    /// The applicant would rather be there than where they are.
    Reserve,
    /// The choice fell away because a more wanted one was granted.
    Struck,
    /// Any other status: none that a choice that takes part can have.
    Other,
}

impl Status {
    /// The word that is published, such as `reserve`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Reserve => "reserve",
            Self::Struck => "struck",
            Self::Other => "other",
        }
    }
}

/// How often each programme stands in the applicants' lists, eligible or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applications {
    pub(crate) all: Vec<u32>,
    pub(crate) first: Vec<u32>,
}

impl Applications {
    /// Counts applications: for every row that names a programme, the programme and whether the
    /// applicant ranked it first. Rows that take no part in the admission belong here too.
    ///
    /// # Errors
    ///
    /// [`ShapeError::UnknownProgramme`] for a row whose programme is not below `programmes`.
    pub fn count(
        programmes: usize,
        rows: impl IntoIterator<Item = (u32, bool)>,
    ) -> Result<Self, ShapeError> {
        let mut counts = Self { all: vec![0; programmes], first: vec![0; programmes] };
        for (position, (programme, ranked_first)) in rows.into_iter().enumerate() {
            let q = programme as usize;
            if q >= programmes {
                return Err(ShapeError::UnknownProgramme { column: "applications", position });
            }
            counts.all[q] += 1;
            counts.first[q] += u32::from(ranked_first);
        }
        Ok(counts)
    }
}
