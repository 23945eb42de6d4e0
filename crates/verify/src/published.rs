//! What an office publishes about an admission, as claims to be recounted.

use crate::shape::ShapeError;

/// Everything published that [`check_published`](crate::check_published) recounts.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// The figures in any order: an entry for every programme and, where it has groups, one more
    /// for each of them.
    pub programmes: &'a [PublishedProgramme],
    /// The status of each choice of the [`Case`](crate::Case).
    pub status: &'a [Status],
    /// The reserve position of each choice of the [`Case`](crate::Case), counted from 1.
    pub reserve_position: &'a [Option<u32>],
    /// The group of each choice of the [`Case`](crate::Case): where it is granted the one that took
    /// the applicant, where the applicant is in reserve the last in order of precedence that is
    /// open to them; otherwise, and where the programme has no groups, `None`.
    pub group: &'a [Option<u32>],
    /// Whether each choice of the [`Case`](crate::Case) is the applicant's first application of
    /// all. A group counts these among its own applicants, since only who takes part has a group.
    pub first_application: &'a [bool],
    /// All applications, counted; the case holds only those that take part.
    pub applications: &'a Applications,
}

/// The published figures of one programme or of one of its groups. Scores are ten-thousandths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedProgramme {
    /// The programme.
    pub programme: u32,
    /// The group that the row is about, or `None` when it is about the programme.
    pub group: Option<u32>,
    /// Its seats; a group's own, without those passed on to it.
    pub seats: u64,
    /// All who applied, whether or not they were eligible; at a group those with a claim on it.
    pub applicants: u64,
    /// Of these, those who ranked it first.
    pub first_choice_applicants: u64,
    /// How many are admitted.
    pub admitted: u64,
    /// Seats without a holder; at a group those that remain with it in the end, passed on or not.
    pub vacant: u64,
    /// How many would rather be there than where they are; at a group those with a claim on it.
    pub reserves: u64,
    /// What the cutoff says.
    pub cutoff_kind: CutoffKind,
    /// The score of the admitted with the lowest priority; only with [`CutoffKind::Value`].
    pub cutoff: Option<u64>,
    /// The median score of the admitted, rounded half up; none for a programme that has two
    /// groups or more, whose scores are not comparable.
    pub median: Option<u64>,
    /// The mean score of the admitted, rounded half up; none where there is no median.
    pub mean: Option<u64>,
}

/// What a published cutoff says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CutoffKind {
    /// Somebody is in reserve or, at a group, was turned away by it, so the score of the lowest
    /// admitted is a limit.
    Value,
    /// Somebody is admitted and nobody is turned away, so there was no limit.
    AllEligibleAdmitted,
    /// Nobody is admitted.
    NoneAdmitted,
    /// An official placed everybody who is admitted, or humans made the group's order.
    Manual,
    /// Somebody is in reserve and the programme has two groups or more, each with a limit of its
    /// own.
    ByGroup,
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
            Self::Manual => "manual",
            Self::ByGroup => "by_group",
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
