//! The kinds of event that `events.csv` may hold.

/// A kind of event. Within one date they are applied in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Seats,
    OfferClosed,
    NewGrade,
    GradeCorrected,
    AppealWon,
    Withdrawal,
    NoShow,
    Answer,
    LateApplication,
    ChangedChoices,
    SeatFilled,
}

/// Whether a kind of event names an applicant, or a programme.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Always,
    Maybe,
    Never,
}

impl Kind {
    const NAMES: [(&'static str, Self); 11] = [
        ("answer", Self::Answer),
        ("withdrawal", Self::Withdrawal),
        ("no_show", Self::NoShow),
        ("late_application", Self::LateApplication),
        ("changed_choices", Self::ChangedChoices),
        ("new_grade", Self::NewGrade),
        ("grade_corrected", Self::GradeCorrected),
        ("appeal_won", Self::AppealWon),
        ("seats", Self::Seats),
        ("offer_closed", Self::OfferClosed),
        ("seat_filled", Self::SeatFilled),
    ];

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind)
    }

    pub(super) fn names() -> String {
        Self::NAMES.map(|(name, _)| name).join(", ")
    }

    pub(super) fn applicant(self) -> Named {
        match self {
            Self::Seats | Self::OfferClosed => Named::Never,
            Self::SeatFilled => Named::Maybe,
            _ => Named::Always,
        }
    }

    pub(super) fn programme(self) -> Named {
        match self {
            Self::Seats | Self::OfferClosed | Self::AppealWon | Self::SeatFilled => Named::Always,
            Self::Withdrawal | Self::NoShow | Self::Answer => Named::Maybe,
            Self::NewGrade
            | Self::GradeCorrected
            | Self::LateApplication
            | Self::ChangedChoices => Named::Never,
        }
    }

    /// Events that say what becomes of everything that an applicant asked for: one a date.
    pub(super) fn is_about_everything(self, programme: Option<u32>) -> bool {
        match self {
            Self::Withdrawal => programme.is_none(),
            Self::NoShow | Self::Answer | Self::LateApplication | Self::ChangedChoices => true,
            _ => false,
        }
    }
}
