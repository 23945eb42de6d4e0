//! What is going on, for whoever waits.

/// A stage of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Stage {
    /// Merit, eligibility, lottery numbers, the index of the market.
    Rules,
    /// Deferred acceptance, both ways.
    Match,
    /// The independent verification.
    Verify,
    /// Writing the run folder.
    Write,
}

/// Is told of each stage as it begins.
pub type Observer<'a> = &'a (dyn Fn(Stage) + Sync);
