//! How far the making of a season has come.

/// What is being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Programmes with their seats.
    Programmes,
    /// Applicants with their grades and choices.
    Applicants,
    /// Choices that depend on who is admitted where.
    Choices,
}

/// A step of progress; `done` of `total` steps of a stage are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being made.
    pub stage: Stage,
    /// Steps that are over.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
}
