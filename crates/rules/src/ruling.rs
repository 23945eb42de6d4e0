//! What humans decided about a choice.

/// Whether the provider receives the applicant, and how (SkolL 16 kap. 43–47 §§).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reception {
    /// In first hand; the rule where the whole area has free choice.
    #[default]
    FirstHand,
    /// In second hand: for seats that are left when all received in first hand are admitted.
    SecondHand,
    /// Not at all.
    NotReceived,
}

/// Why an applicant may not begin upper-secondary school at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Older than the law allows (SkolL 15 kap. 5 §).
    TooOld,
    /// A national programme or its equivalent is completed (SkolL 15 kap. 6 §).
    FinishedProgramme,
}

/// The human decisions on one choice; the default is that there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// How the applicant is received.
    pub reception: Reception,
    /// Why the applicant may not begin at all, if so.
    pub closed: Option<Closed>,
    /// The applicant has withdrawn the choice.
    pub withdrawn: bool,
    /// An official has placed the applicant here.
    pub placed_by_hand: bool,
    /// The choice came late.
    pub late: bool,
    /// Subjects that count as passed here, by
    /// [`Assessor::subject_mask`](crate::Assessor::subject_mask): exemption from English
    /// (SkolL 16 kap. 32 §), knowledge acquired otherwise (33 §). They give no merit.
    pub passed: u64,
}
