//! The line between the admitted and the reserves of a programme or quota group, as much of it as
//! may be told.

use antagning_formats::ProgrammeTable;

use crate::statistics::Suppression;

/// How many persons there must be on a side of a line before a figure of theirs is told: the
/// default of the published statistics, since the cutoff of one admitted *is* that person's merit.
pub(super) const FEW: Suppression = Suppression::DEFAULT;

/// The figures of a line.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    kind: &'a str,
    cutoff: Option<u64>,
    admitted: u32,
    reserves: u32,
}

/// The lower limit, as an applicant may be told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// This score.
    Score(u64),
    /// There is one, and it would tell of the few who are admitted.
    Hidden,
    /// No score is a limit here.
    None,
}

impl<'a> Line<'a> {
    pub(super) fn new(programmes: &'a ProgrammeTable, row: usize) -> Self {
        let [_, _, _, admitted, _, reserves] = programmes.counts[row];
        let kind = programmes.cutoff_kind.get(row);
        Self { kind, cutoff: programmes.scores[row][0], admitted, reserves }
    }

    /// Whether the step that decided would tell of the few on the other side of the line: that one
    /// of them stands equal with the applicant.
    pub(super) fn hides_step(&self, status: &str, equals_are_rejected: bool) -> bool {
        // Those whom a later group took were turned away too and are not counted as reserves.
        let few_reserves = self.reserves < FEW.threshold();
        match status {
            "admitted" => few_reserves,
            // Where equals are rejected together, a reserve may be parted from other reserves.
            "reserve" => self.has_few_admitted() || equals_are_rejected && few_reserves,
            _ => false,
        }
    }

    /// Whether anybody is admitted.
    pub(super) fn has_admitted(&self) -> bool {
        self.admitted > 0
    }

    /// Whether so few are admitted that a figure of theirs would tell of a person.
    pub(super) fn has_few_admitted(&self) -> bool {
        FEW.hides(self.admitted.into())
    }

    /// The limit of those who are compared here.
    pub(super) fn limit(&self) -> Limit {
        match self.cutoff {
            None => Limit::None,
            Some(_) if self.has_few_admitted() => Limit::Hidden,
            Some(score) => Limit::Score(score),
        }
    }

    /// The kind of cutoff, or `suppressed`.
    pub(super) fn cutoff_kind(&self) -> &'a str {
        if self.has_few_admitted() { "suppressed" } else { self.kind }
    }
}
