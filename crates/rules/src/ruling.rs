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

/// The human decisions on one choice; the default is that there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// How the applicant is received.
    pub reception: Reception,
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
