//! Outcomes: what became of each choice, and why.

use crate::chain::RankingKey;
use crate::score::Score;

/// What became of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Placed here (antagen).
    Admitted,
    /// On the reserve list (reserv).
    Reserve,
    /// Not eligible (obehörig).
    Ineligible,
    /// Not received by the provider (ej mottagen).
    NotReceived,
    /// Below the admitted choice (struken).
    Struck,
    /// Withdrawn by the applicant (återtaget).
    Withdrawn,
}

impl Status {
    /// Every status, in the order of this type.
    pub const ALL: [Self; 6] = [
        Self::Admitted,
        Self::Reserve,
        Self::Ineligible,
        Self::NotReceived,
        Self::Struck,
        Self::Withdrawn,
    ];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Reserve => "reserve",
            Self::Ineligible => "ineligible",
            Self::NotReceived => "not_received",
            Self::Struck => "struck",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Why a choice has its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Admitted; nobody who wanted the seat was turned away.
    SeatsForAll,
    /// Admitted ahead of somebody who was turned away.
    AheadOfOthers,
    /// Reserve; all admitted have a better first key (merit or score).
    BelowCutoff,
    /// Reserve; equal in the first key that counts, behind in a later one.
    LostTie,
    /// Reserve; received in second hand, behind those received in first hand.
    SecondHand,
    /// Reserve; applied late, behind those who applied in time.
    Late,
    /// Reserve; all seats are given by hand.
    SeatsGivenByHand,
    /// Reserve; the programme has no seat.
    NoSeats,
    /// Ineligible; a required subject is not passed.
    RequiredSubjectsMissing,
    /// Ineligible; the required subjects are passed, but too few subjects in all.
    TooFewPasses,
    /// Ineligible; older than the law allows.
    TooOld,
    /// Ineligible; has not finished compulsory school or its equivalent.
    UnfinishedCompulsorySchool,
    /// Ineligible; has no right to education in Sweden.
    NoRightToEducation,
    /// Ineligible; has completed a national programme.
    FinishedProgramme,
    /// Not received; the provider has decided so.
    NotReceived,
    /// Struck; admitted to a choice that stands higher.
    AdmittedHigher,
    /// Withdrawn; the applicant has asked for it.
    Withdrawn,
    /// Admitted; an official has placed the applicant here.
    PlacedByHand,
    /// Ineligible; no quota group is open to the applicant.
    NoGroupOpen,
    /// Ineligible; eligible for what the introductory programme prepares for.
    EligibleForTarget,
    /// Ineligible; the mean of the grades is below the limit.
    TooLowMean,
    /// Not received; pupils are placed one by one, and nobody is ranked.
    IndividualPlacement,
    /// Reserve; behind others on the list that humans made.
    BehindOnList,
    /// Reserve; equals for whom together the seats do not suffice are rejected together.
    EqualsRejected,
    /// Admitted; holds the seat since an earlier round.
    HoldsSeat,
    /// Reserve; ahead of some of those who hold the seats, which are not taken back.
    SeatsHeld,
    /// Reserve; the seat is offered to the applicant by phone.
    OfferedByPhone,
    /// Reserve; there are seats, which are offered to others by phone first.
    SeatsByPhone,
    /// Withdrawn; the applicant has declined.
    AnsweredNo,
    /// Withdrawn; the applicant did not come.
    NoShow,
    /// Withdrawn; the applicant keeps the seat they hold and waits for nothing else.
    NotWaiting,
    /// Not received; the offer is closed.
    OfferClosed,
}

impl Reason {
    /// Every reason, in the order of this type.
    pub const ALL: [Self; 32] = [
        Self::SeatsForAll,
        Self::AheadOfOthers,
        Self::BelowCutoff,
        Self::LostTie,
        Self::SecondHand,
        Self::Late,
        Self::SeatsGivenByHand,
        Self::NoSeats,
        Self::RequiredSubjectsMissing,
        Self::TooFewPasses,
        Self::TooOld,
        Self::UnfinishedCompulsorySchool,
        Self::NoRightToEducation,
        Self::FinishedProgramme,
        Self::NotReceived,
        Self::AdmittedHigher,
        Self::Withdrawn,
        Self::PlacedByHand,
        Self::NoGroupOpen,
        Self::EligibleForTarget,
        Self::TooLowMean,
        Self::IndividualPlacement,
        Self::BehindOnList,
        Self::EqualsRejected,
        Self::HoldsSeat,
        Self::SeatsHeld,
        Self::OfferedByPhone,
        Self::SeatsByPhone,
        Self::AnsweredNo,
        Self::NoShow,
        Self::NotWaiting,
        Self::OfferClosed,
    ];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SeatsForAll => "seats_for_all",
            Self::AheadOfOthers => "ahead_of_others",
            Self::BelowCutoff => "below_cutoff",
            Self::LostTie => "lost_tie",
            Self::SecondHand => "second_hand",
            Self::Late => "late",
            Self::SeatsGivenByHand => "seats_given_by_hand",
            Self::NoSeats => "no_seats",
            Self::RequiredSubjectsMissing => "required_subjects_missing",
            Self::TooFewPasses => "too_few_passes",
            Self::TooOld => "too_old",
            Self::UnfinishedCompulsorySchool => "unfinished_compulsory_school",
            Self::NoRightToEducation => "no_right_to_education",
            Self::FinishedProgramme => "finished_programme",
            Self::NotReceived => "not_received",
            Self::AdmittedHigher => "admitted_higher",
            Self::Withdrawn => "withdrawn",
            Self::PlacedByHand => "placed_by_hand",
            Self::NoGroupOpen => "no_group_open",
            Self::EligibleForTarget => "eligible_for_target",
            Self::TooLowMean => "too_low_mean",
            Self::IndividualPlacement => "individual_placement",
            Self::BehindOnList => "behind_on_list",
            Self::EqualsRejected => "equals_rejected",
            Self::HoldsSeat => "holds_seat",
            Self::SeatsHeld => "seats_held",
            Self::OfferedByPhone => "offered_by_phone",
            Self::SeatsByPhone => "seats_by_phone",
            Self::AnsweredNo => "answered_no",
            Self::NoShow => "no_show",
            Self::NotWaiting => "not_waiting",
            Self::OfferClosed => "offer_closed",
        }
    }
}

/// What became of one choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The status.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// Position on the reserve list, from 1; 0 when not on it.
    pub reserve_position: u32,
    /// The key of the chain that parted the applicant from the other side of the line: a reserve
    /// from the last admitted, an admitted one from the first reserve.
    pub decided_by: Option<RankingKey>,
    /// The quota group, counted within the programme: the one that took the applicant, and for a
    /// reserve the last that turned them away.
    pub group: Option<u16>,
}

/// What kind of lower limit a programme came to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutoffKind {
    /// Somebody was turned away; the score of the last admitted is the limit.
    Value(Score),
    /// Every eligible applicant who wanted a seat got one.
    AllEligibleAdmitted,
    /// Nobody is admitted.
    NoneAdmitted,
    /// Officials placed or ranked everybody admitted; no score is a limit.
    Manual,
    /// The programme has several quota groups, each with a limit of its own.
    ByGroup,
}

impl CutoffKind {
    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::AllEligibleAdmitted => "all_eligible_admitted",
            Self::NoneAdmitted => "none_admitted",
            Self::Manual => "manual",
            Self::ByGroup => "by_group",
        }
    }

    /// The limit, where there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Value(score) => Some(score),
            _ => None,
        }
    }
}

/// The figures of one programme or quota group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgrammeResult {
    /// Seats.
    pub seats: u32,
    /// Applicants who chose it at any rank, eligible or not.
    pub applicants: u32,
    /// Those who wanted it most.
    pub first_choice_applicants: u32,
    /// Admitted.
    pub admitted: u32,
    /// Seats that nobody holds.
    pub vacant: u32,
    /// Eligible applicants who prefer it to what they have.
    pub reserves: u32,
    /// The lower limit.
    pub cutoff: CutoffKind,
    /// Median score of the admitted, rounded half up to a ten-thousandth.
    pub median: Option<Score>,
    /// Mean score of the admitted, rounded half up to a ten-thousandth.
    pub mean: Option<Score>,
    /// The key that parted the last admitted from the first reserve.
    pub decided_by: Option<RankingKey>,
}

/// The outcome of every choice and the figures of every programme.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// The programme of each applicant.
    pub placement: Vec<Option<u32>>,
    /// The choice rank that each applicant was placed at, from 1; 0 when unplaced.
    pub placed_rank: Vec<u32>,
    /// A row a choice of the dossiers.
    pub choices: Vec<Outcome>,
    /// A row a programme.
    pub programmes: Vec<ProgrammeResult>,
    /// A row a quota group, in the order of [`Quotas`](crate::Quotas). Its applicants are those
    /// whom the group is open to.
    pub groups: Vec<ProgrammeResult>,
}
