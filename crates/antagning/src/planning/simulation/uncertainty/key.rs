//! What is counted over draws: which figure, of whom or what.

/// What a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Total,
    Sex,
    MeritQuintile,
    FirstChoice,
    HomeMunicipality,
    Offer,
    Flow,
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Total,
        Self::Sex,
        Self::MeritQuintile,
        Self::FirstChoice,
        Self::HomeMunicipality,
        Self::Offer,
        Self::Flow,
    ];

    /// The name in files: of groups of applicants as a simulation has it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Sex => "sex",
            Self::MeritQuintile => "merit_quintile",
            Self::FirstChoice => "first_choice",
            Self::HomeMunicipality => "home_municipality",
            Self::Offer => "offer",
            Self::Flow => "flow",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

macro_rules! figures {
    ($($variant:ident $name:literal;)*) => {
        /// A figure of one draw. Differences are from the base in the same draw.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Figure {
            $($variant,)*
        }

        impl Figure {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in files.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

figures! {
    Applicants "applicants";
    Seats "seats";
    Admitted "admitted";
    Full "full";
    Cutoff "cutoff";
    Placed "placed";
    Unplaced "unplaced";
    FirstChoices "first_choices";
    MeanRank "mean_rank";
    Ranks "ranks";
    ApplicantsDifference "applicants_difference";
    SeatsDifference "seats_difference";
    AdmittedDifference "admitted_difference";
    FullDifference "full_difference";
    CutoffDifference "cutoff_difference";
    PlacedDifference "placed_difference";
    UnplacedDifference "unplaced_difference";
    FirstChoicesDifference "first_choices_difference";
    MeanRankDifference "mean_rank_difference";
    RanksDifference "ranks_difference";
    BetterOff "better_off";
    WorseOff "worse_off";
    NewlyPlaced "newly_placed";
    NewlyUnplaced "newly_unplaced";
}

impl Figure {
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|figure| figure.name() == name)
    }

    /// Whether it tells of a scenario beside the base.
    pub(super) fn is_difference(self) -> bool {
        self >= Self::ApplicantsDifference
    }

    /// Whether it is counted in ten-thousandths.
    pub(super) fn is_decimal(self) -> bool {
        matches!(
            self,
            Self::Cutoff | Self::CutoffDifference | Self::MeanRank | Self::MeanRankDifference
        )
    }

    /// Whether some draws may be without it: nobody is turned away, or nobody placed.
    pub(super) fn may_lack(self) -> bool {
        self.is_decimal()
    }

    /// Whether it is a share of draws, 1 in those where it is so and 0 in the others.
    pub(super) fn is_share(self) -> bool {
        self == Self::Full
    }
}

/// One figure of one scenario. The order is that of the files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// 0 for the base.
    pub(super) scenario: usize,
    pub(super) kind: Kind,
    /// The group of applicants, the offer, or the home municipality.
    pub(super) name: String,
    /// The quota group, or the school municipality.
    pub(super) part: String,
    pub(super) figure: Figure,
}

impl Key {
    /// Whether it is told though it was 0 in every draw: differences of groups, offers and flows
    /// are not.
    pub(super) fn is_told_when_nothing(&self) -> bool {
        match self.kind {
            Kind::Total => true,
            Kind::Flow => false,
            _ => !self.figure.is_difference(),
        }
    }
}
