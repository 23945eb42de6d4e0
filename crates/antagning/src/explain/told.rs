//! Why a choice has its status, as it may be told.

use antagning_rules::Reason;

/// A reason that may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The reason of the row.
    Reason(Reason),
    /// A reserve behind so few admitted that more would tell of them.
    BehindOthers,
    /// A code that this engine does not know.
    Unknown,
}

impl Told {
    /// The reason of a row of `outcomes.csv`, told of a line with `few` on its other side: that
    /// the few stand equal with the applicant, above them, below them with a seat that they hold, or were placed by hand is then
    /// not told.
    pub(super) fn new(code: &str, few: bool) -> Self {
        let Some(reason) = Reason::ALL.into_iter().find(|reason| reason.name() == code) else {
            return Self::Unknown;
        };
        let tells_of_others = matches!(
            reason,
            Reason::BelowCutoff | Reason::LostTie | Reason::SeatsGivenByHand | Reason::SeatsHeld
        );
        if few && tells_of_others { Self::BehindOthers } else { Self::Reason(reason) }
    }

    /// Whether the reason tells no more of others than the rule itself does: whoever is received in
    /// first hand, or applied in time, goes before.
    pub(super) fn is_a_rule(self) -> bool {
        matches!(self, Self::Reason(Reason::SecondHand | Reason::Late))
    }

    /// The code: that of the row, or `behind_others`.
    pub(super) fn code(self, of_row: &str) -> &str {
        if self == Self::BehindOthers { "behind_others" } else { of_row }
    }
}
