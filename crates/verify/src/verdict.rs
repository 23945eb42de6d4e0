//! What was examined and what came of it.

use crate::violation::Violation;

/// A property that a check sets out to prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Property {
    /// Nowhere are more admitted than there are seats or, where ties are admitted as a whole, than
    /// the last tie excuses. Examines programmes.
    Capacity,
    /// Everybody placed is placed on their list. Examines placements.
    OnList,
    /// No vacant seat is wanted. Examines claims.
    NoWastedSeat,
    /// Nobody is passed over by a lower priority. Examines claims.
    NoJustifiedEnvy,
    /// No equal priorities decide anything. Examines claims, where ties are not admitted or
    /// rejected as a whole.
    StrictPriorities,
    /// Equal priorities are admitted or rejected together. Examines claims, where that is the rule.
    EqualTreatment,
    /// Everybody at a programme with groups is in the group that takes them, and nobody else in
    /// any. Examines applicants, where programmes have groups.
    QuotaGroups,
    /// No other stable admission is better for any applicant. Examines the edges of the claimant
    /// graph or, where that does not decide with groups and where ties are kept together,
    /// applicants; and only when all properties above hold.
    ApplicantOptimal,
    /// Published figures agree with the recount. Examines figures.
    Figures,
    /// Published statuses agree with the placements. Examines choices.
    Statuses,
    /// Published groups of choices agree with the placements. Examines choices, where programmes
    /// have groups.
    StatedGroups,
    /// Published reserve positions agree with the priorities. Examines claims.
    ReservePositions,
    /// Files have the digests that are listed. Examines files.
    Digests,
}

impl Property {
    /// A stable name, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::OnList => "on_list",
            Self::NoWastedSeat => "no_wasted_seat",
            Self::NoJustifiedEnvy => "no_justified_envy",
            Self::StrictPriorities => "strict_priorities",
            Self::EqualTreatment => "equal_treatment",
            Self::QuotaGroups => "quota_groups",
            Self::ApplicantOptimal => "applicant_optimal",
            Self::Figures => "figures",
            Self::Statuses => "statuses",
            Self::StatedGroups => "stated_groups",
            Self::ReservePositions => "reserve_positions",
            Self::Digests => "digests",
        }
    }
}

/// What came of an examination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The property holds.
    Proven,
    /// The property does not hold; the verdict names this many counter-examples.
    Refuted {
        /// The number of counter-examples.
        violations: usize,
    },
    /// The question has no meaning until other violations are gone.
    NotExamined,
}

/// One line of the record of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was to be proven.
    pub property: Property,
    /// How many things were looked at; see [`Property`] for which.
    pub examined: usize,
    /// What came of it.
    pub outcome: Outcome,
}

/// The counter-examples found and the record of what was examined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a verdict that nobody reads proves nothing"]
pub struct Verdict {
    violations: Vec<Violation>,
    checks: Vec<Check>,
}

impl Verdict {
    /// True when every property examined holds and none was left out.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.outcome == Outcome::Proven)
    }

    /// All counter-examples, in the order of [`checks`](Self::checks) and, within one property,
    /// by applicant or programme.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// What was examined, in the order of examination.
    #[must_use]
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The record for one property, if it was part of this verdict.
    #[must_use]
    pub fn of(&self, property: Property) -> Option<Check> {
        self.checks.iter().copied().find(|check| check.property == property)
    }

    /// Both verdicts as one: this one first, then `other`.
    pub fn and(mut self, other: Self) -> Self {
        self.violations.extend(other.violations);
        self.checks.extend(other.checks);
        self
    }

    /// Puts the findings on one property on record.
    pub(crate) fn record(&mut self, property: Property, examined: usize, found: Vec<Violation>) {
        let outcome = match found.len() {
            0 => Outcome::Proven,
            violations => Outcome::Refuted { violations },
        };
        self.checks.push(Check { property, examined, outcome });
        self.violations.extend(found);
    }

    /// Puts on record that a property could not be examined.
    pub(crate) fn leave_out(&mut self, property: Property) {
        self.checks.push(Check { property, examined: 0, outcome: Outcome::NotExamined });
    }
}
