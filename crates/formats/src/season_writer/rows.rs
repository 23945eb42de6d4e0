//! What the rows of a season are made of.

/// One row of `programmes.csv`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgrammeRow<'a> {
    /// The key that choices refer to.
    pub programme_id: &'a str,
    /// Seats.
    pub capacity: u32,
    /// The study path as applicants see it.
    pub name: &'a str,
    /// The school unit's name.
    pub school: &'a str,
    /// The school unit's code, or empty where none is known.
    pub school_unit_code: &'a str,
    /// Four digits, as text.
    pub municipality_code: &'a str,
    /// Two letters for a national programme, or what the office uses.
    pub study_path_code: &'a str,
    /// `municipal`, `independent` or `regional`.
    pub provider: &'a str,
}

/// One row of `applicants.csv`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ApplicantRow<'a> {
    /// Opaque key.
    pub applicant_id: &'a str,
    /// Four digits, as text.
    pub home_municipality: &'a str,
    /// Four digits.
    pub birth_year: u16,
    /// `F` or `M`.
    pub sex: &'a str,
    /// Whether the person's identity is protected.
    pub protected: bool,
}

/// One row of `quota_groups.csv`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QuotaGroupRow<'a> {
    /// The programme whose seats are divided.
    pub programme_id: &'a str,
    /// The group's name.
    pub quota_group: &'a str,
    /// 1 is filled first.
    pub precedence: u32,
    /// The group's own seats.
    pub seats: u32,
    /// What it ranks by, such as `merit+test`.
    pub ranked_by: &'a str,
    /// Whom it is open to, such as `test_passed`.
    pub open_to: &'a str,
    /// The later group that gets unfilled seats, or empty.
    pub unfilled_to: &'a str,
    /// The most points of the programme's test, in ten-thousandths.
    pub test_maximum: Option<u64>,
}

/// One row of `test_scores.csv`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TestScoreRow<'a> {
    /// Who took the test.
    pub applicant_id: &'a str,
    /// Whose test it was.
    pub programme_id: &'a str,
    /// The points, in ten-thousandths.
    pub points: u64,
    /// Whether it is a pass, where the programme says so.
    pub passed: Option<bool>,
}

/// One row of `decisions.csv`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DecisionRow<'a> {
    /// Whom it is about.
    pub applicant_id: &'a str,
    /// The programme that it is about; empty for the whole application.
    pub programme_id: &'a str,
    /// Its kind, such as `second_hand`.
    pub decision: &'a str,
    /// What it says beside its kind, or empty.
    pub value: &'a str,
    /// Why it was taken.
    pub reason: &'a str,
    /// When, such as `2025-06-24`.
    pub date: &'a str,
}
