//! How far down their lists applicants are placed.

/// How far down their lists applicants are placed: see
/// [`Matching::statistics`](crate::Matching::statistics).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RankStatistics {
    /// Applicants with a placement.
    pub placed: usize,
    /// Applicants without one, those with an empty list included.
    pub unplaced: usize,
    /// Applicants placed at their first choice, their second, and so on; as long as the longest
    /// list, and its sum is `placed`.
    pub by_choice: Vec<usize>,
    /// Choices from the top of each list down to the placement, or to the end of the list. In an
    /// applicant-optimal matching these are exactly the proposals that deferred acceptance makes,
    /// in whatever order it makes them.
    pub proposals: usize,
    /// The proposals that came to nothing in the end: `proposals` less `placed`.
    pub rejections: usize,
}
