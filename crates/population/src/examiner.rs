//! What the rule set says of grade sheets.

use antagning_rules::{Assessor, DanceRounding, Grade, GradeRules};

use crate::cohort::{SUBJECTS, Sheet};

/// Asks the rule set what grade sheets are worth.
pub(crate) struct Examiner {
    assessor: Assessor,
    grades: [Grade; 7],
    /// How many eligibility rules there are.
    rules: usize,
}

/// What the rule set says of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Merit in steps of 2.5 points.
    pub(crate) steps: u32,
    /// Bit i: eligible under the i-th eligibility rule, of a national or an introductory programme.
    pub(crate) eligible: u32,
}

impl Examiner {
    pub(crate) fn new(rules: &GradeRules) -> Self {
        let mut grades = [Grade::NONE; 7];
        for (level, letter) in ["F", "E", "D", "C", "B", "A"].iter().enumerate() {
            grades[level + 1] =
                rules.scale().grade(letter).expect("the scale of gymnasium-2025 has A to F");
        }
        let assessor = rules.assessor(&SUBJECTS, DanceRounding::default());
        Self { assessor, grades, rules: rules.eligibility().len() }
    }

    pub(crate) fn standing(&self, sheet: &Sheet) -> Standing {
        let row = sheet.levels().map(|level| self.grades[usize::from(level)]);
        let assessed = self.assessor.assess(&row, false);
        let eligible = (0..self.rules)
            .filter(|rule| self.assessor.shortfall(&assessed, *rule).is_none())
            .fold(0, |mask, rule| mask | 1 << rule);
        let steps = assessed.merit.score.ten_thousandths() / 25_000;
        Standing { steps: steps as u32, eligible }
    }
}
