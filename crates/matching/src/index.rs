//! Numbers that stand for applicants and programmes.

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The index with this number, counted from 0 in the order of adding.
            #[must_use]
            pub const fn new(number: u32) -> Self {
                Self(number)
            }

            /// The number, as a position in a slice.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// An applicant of a market: the number that
    /// [`MarketBuilder::add_applicant`](crate::MarketBuilder::add_applicant) gave out.
    ApplicantIx
}

index! {
    /// A programme of a market: the number that
    /// [`MarketBuilder::add_programme`](crate::MarketBuilder::add_programme) gave out.
    ProgrammeIx
}
