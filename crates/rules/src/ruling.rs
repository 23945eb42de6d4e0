//! What humans decided about a choice.

use crate::quota::{GroupRanking, QuotaGroup};

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

/// Why an applicant may not begin upper-secondary school at all; of several reasons the greater is
/// told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closed {
    /// Older than the law allows (SkolL 15 kap. 5 §).
    TooOld,
    /// Compulsory school or its equivalent is not finished (SkolL 15 kap. 5 §).
    UnfinishedCompulsorySchool,
    /// No right to education in Sweden (SkolL 29 kap. 2 §).
    NoRightToEducation,
    /// A national programme or its equivalent is completed (SkolL 15 kap. 6 §).
    FinishedProgramme,
}

/// Why a choice takes no part any more, by what happened after an earlier round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// The applicant has declined the seat, and everything with it.
    AnsweredNo,
    /// The applicant did not come.
    NoShow,
    /// The applicant keeps the seat they hold and waits for nothing else.
    NotWaiting,
    /// The offer is closed to everybody who does not hold a seat there.
    OfferClosed,
}

/// The human decisions on one choice, and what the rounds before left of it; the default is that
/// there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// How the applicant is received.
    pub reception: Reception,
    /// Why the applicant may not begin at all, if so.
    pub closed: Option<Closed>,
    /// The applicant has withdrawn the choice.
    pub withdrawn: bool,
    /// Why the choice takes no part any more, if so.
    pub lapse: Option<Lapse>,
    /// Eligible by a won appeal (SkolL 16 kap. 36 §), whatever the grades say.
    pub eligible: bool,
    /// An official has placed the applicant here.
    pub placed_by_hand: bool,
    /// The applicant holds a seat here since an earlier round: nothing takes it back.
    pub holds: bool,
    /// The quota group of the placement by hand or of the held seat, counted within the
    /// programme; `None` where none is named.
    pub hand_group: Option<u16>,
    /// The place on the list of the free quota (GyF 7 kap. 3 §), from 1; 0 when not on it.
    pub free_quota_rank: u32,
    /// Approved for the programme's sport (GyF 5 kap. 26 and 30 §§).
    pub sport_approved: bool,
    /// The choice came late.
    pub late: bool,
    /// Subjects that count as passed here, by
    /// [`Assessor::subject_mask`](crate::Assessor::subject_mask): exemption from English
    /// (SkolL 16 kap. 32 §), knowledge acquired otherwise (33 §). They give no merit.
    pub passed: u64,
}

impl Ruling {
    /// Notes why the applicant may not begin, beside what is noted already.
    pub fn close(&mut self, closed: Closed) {
        self.closed = self.closed.max(Some(closed));
    }

    /// Whether nobody without such a claim goes before the applicant here.
    #[must_use]
    pub fn goes_first(&self) -> bool {
        self.placed_by_hand || self.holds
    }

    /// The claim as a number, greater first: by hand, held, neither.
    pub(crate) fn mark(&self) -> u64 {
        u64::from(self.placed_by_hand) << 1 | u64::from(self.holds)
    }

    /// The quota group that a placement by hand or a held seat takes a seat of: the one named,
    /// else the one for such placements, else the last, where everybody is ranked. `None` at a
    /// plain programme.
    #[must_use]
    pub fn group_by_hand(&self, groups: &[QuotaGroup]) -> Option<usize> {
        let manual = || groups.iter().position(|group| group.ranking == GroupRanking::Manual);
        let named = self.hand_group.map(usize::from);
        named.or_else(manual).or_else(|| groups.len().checked_sub(1))
    }
}
