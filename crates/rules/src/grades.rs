//! From grades to merit and eligibility.

use crate::dance::DanceRounding;
use crate::rule_set::{GradeRules, StudyPathRule};
use crate::scale::{Grade, MOST_GRADES};
use crate::score::Score;

/// An applicant's merit and the figures that may break a tie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merit {
    /// The merit value (meritvärde), GyF 7 kap. 4 §.
    pub score: Score,
    /// The sum of the best grades alone, the language choice as one among them.
    pub grade_points: Score,
    /// The number of passed subjects.
    pub grade_count: u32,
}

/// Why an applicant is not eligible for a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// Index of the eligibility rule.
    pub rule: u8,
    /// Bit i: the rule's i-th required subject is not passed.
    pub missing: u16,
    /// Passes that the applicant has.
    pub passes: u8,
    /// The mean of the grade points in hundredths, cut off, where it is all that is short.
    pub mean: Option<u16>,
}

/// Assesses grade rows whose columns are fixed.
///
/// Subjects that stand for each other (SV and SVA) count as one, with the better grade.
#[derive(Clone, Debug)]
pub struct Assessor {
    /// For each column the subject it counts as, a small number.
    slots: Vec<Option<u8>>,
    /// Every subject of the rule set with what it counts as.
    subjects: Vec<(String, u8)>,
    slot_count: usize,
    language_choice: Option<u8>,
    /// How the grades are written, best first.
    names: Vec<String>,
    points: Vec<Score>,
    passes_from: Vec<bool>,
    best: usize,
    dance_rounding: DanceRounding,
    rules: Vec<Requirement>,
}

#[derive(Clone, Debug)]
struct Requirement {
    /// For each required subject the slots of which one must be passed.
    required: Vec<u64>,
    passes: u32,
    mean: Option<Score>,
}

/// One applicant's grades, assessed.
#[derive(Clone, Copy, Debug)]
pub struct Assessed {
    /// The merit.
    pub merit: Merit,
    passed: u64,
    /// The points of all grades, and how many grades there are.
    points: Score,
    grades: u32,
}

impl Assessed {
    /// The same applicant, for whom the subjects of that set count as passed too.
    #[must_use]
    pub fn with_passed(mut self, subjects: u64) -> Self {
        self.passed |= subjects;
        self
    }

    /// The mean of the grade points in hundredths, cut off, when it is below that limit.
    fn mean_below(&self, least: Score) -> Option<u16> {
        let (sum, grades) = (self.points.ten_thousandths(), u64::from(self.grades));
        (sum < least.ten_thousandths() * grades.max(1))
            .then(|| (sum / grades.max(1) / (Score::ONE / 100)) as u16)
    }
}

impl Assessor {
    pub(crate) fn new(rules: &GradeRules, columns: &[&str], rounding: DanceRounding) -> Self {
        let mut codes: Vec<&str> = Vec::new();
        let mut slot_of = |code: &str| -> Option<u8> {
            let known =
                rules.subjects.iter().find(|subject| subject.code.eq_ignore_ascii_case(code))?;
            let group = rules.either.iter().find(|group| group.contains(&known.code));
            let name = group.map_or(known.code.as_str(), |group| group[0].as_str());
            let slot = codes.iter().position(|code| *code == name).unwrap_or_else(|| {
                codes.push(name);
                codes.len() - 1
            });
            u8::try_from(slot).ok()
        };
        let slots = columns.iter().map(|column| slot_of(column)).collect();
        // Subjects without a column get a slot too: they are passed by decision alone.
        let subjects = rules.subjects.iter();
        let subjects = subjects.filter_map(|s| Some((s.code.clone(), slot_of(&s.code)?))).collect();
        let requirement = rules
            .eligibility
            .iter()
            .map(|rule| Requirement {
                required: rule
                    .required
                    .iter()
                    .map(|group| {
                        group
                            .iter()
                            .filter_map(|code| slot_of(code))
                            .fold(0, |mask, slot| mask | 1 << slot)
                    })
                    .collect(),
                passes: rule.passes,
                mean: rule.mean_at_least,
            })
            .collect();
        let language_choice = slot_of(&rules.language_choice);
        let slot_count = codes.len();
        assert!(slot_count <= 64, "a rule set lists at most 64 subjects");
        let grades = &rules.scale.grades;
        Self {
            slots,
            subjects,
            slot_count,
            language_choice,
            names: grades.iter().map(|grade| grade.0.clone()).collect(),
            points: std::iter::once(Score::default()).chain(grades.iter().map(|g| g.1)).collect(),
            passes_from: std::iter::once(false).chain(grades.iter().map(|g| g.2)).collect(),
            best: rules.best,
            dance_rounding: rounding,
            rules: requirement,
        }
    }

    /// Assesses one row of grades, a grade a column. O(columns).
    ///
    /// `dancer` says that the applicant went through preparatory dance education with fewer subjects: what
    /// the grades give is then scaled up to as many as others have (GyF 7 kap. 4 §).
    ///
    /// # Panics
    /// When a grade is of another scale than the assessor's, or the row has more columns.
    #[must_use]
    pub fn assess(&self, row: &[Grade], dancer: bool) -> Assessed {
        let mut best_in = [0_u8; 64];
        for (&grade, &slot) in row.iter().zip(&self.slots) {
            if let (Some(slot), true) = (slot, grade != Grade::NONE) {
                // A lower grade number is a better grade.
                let held = &mut best_in[usize::from(slot)];
                *held = if *held == 0 { grade.0 } else { (*held).min(grade.0) };
            }
        }
        let mut passed = 0_u64;
        let mut count_of = [0_u8; MOST_GRADES];
        for (slot, &grade) in best_in[..self.slot_count].iter().enumerate() {
            count_of[usize::from(grade)] += 1;
            passed |= u64::from(self.passes_from[usize::from(grade)]) << slot;
        }
        let given = |count_of: &[u8]| count_of[1..].iter().map(|count| u32::from(*count)).sum();
        let sum = |count_of: &[u8; MOST_GRADES]| {
            let sum = self.sum_of_best(count_of);
            if dancer { self.dance_rounding.scale(sum, given(count_of), self.best) } else { sum }
        };
        let grade_points = sum(&count_of);
        let (grades, points) = (given(&count_of), self.sum_of_all(&count_of));
        let extra = self.language_choice.map_or(0, |slot| best_in[usize::from(slot)]);
        let score = if extra == 0 {
            grade_points
        } else {
            count_of[usize::from(extra)] -= 1;
            let language = self.points[usize::from(extra)].ten_thousandths();
            Score::from_ten_thousandths(sum(&count_of).ten_thousandths() + language)
        };
        let merit = Merit { score, grade_points, grade_count: passed.count_ones() };
        Assessed { merit, passed, points, grades }
    }

    /// Whether the row has that grade or a better one in the subject of that code; without a
    /// grade named, a pass.
    pub(crate) fn has_grade(&self, row: &[Grade], code: &str, least: Option<&str>) -> bool {
        let mask = self.subject_mask(code).unwrap_or(0);
        let enough = |grade: &Grade| match least {
            None => self.passes_from[usize::from(grade.0)],
            Some(least) => {
                let number = self.names.iter().position(|name| name.eq_ignore_ascii_case(least));
                number.is_some_and(|number| grade.is_at_least(Grade(number as u8 + 1)))
            }
        };
        let cells = row.iter().zip(&self.slots);
        cells
            .filter(|(_, slot)| slot.is_some_and(|slot| mask >> slot & 1 == 1))
            .any(|(grade, _)| enough(grade))
    }

    /// The subject of that code as a set of its own, for [`Assessed::with_passed`]; `None` for a code
    /// that the rule set does not know.
    #[must_use]
    pub fn subject_mask(&self, code: &str) -> Option<u64> {
        let known = self.subjects.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
        known.map(|(_, slot)| 1 << slot)
    }

    /// Whether the applicant is eligible under that rule of the rule set; if not, what is short.
    ///
    /// # Panics
    /// When the rule set has no such rule.
    #[must_use]
    pub fn shortfall(&self, applicant: &Assessed, rule: usize) -> Option<Shortfall> {
        let requirement = &self.rules[rule];
        let passed = applicant.passed;
        let mut missing = 0_u16;
        for (i, &subjects) in requirement.required.iter().enumerate() {
            missing |= u16::from(passed & subjects == 0) << i;
        }
        let passes = passed.count_ones();
        let enough = missing == 0 && passes >= requirement.passes;
        let mean = requirement.mean.and_then(|least| applicant.mean_below(least));
        if enough && mean.is_none() {
            return None;
        }
        // At most 64 subjects and 256 rules, see `new`.
        let mean = mean.filter(|_| enough);
        Some(Shortfall { rule: rule as u8, missing, passes: passes as u8, mean })
    }

    /// Whether the study path is closed to the applicant because they are eligible for what it
    /// prepares for (SkolL 17 kap. 10 and 11 §§).
    #[must_use]
    pub fn is_beyond(&self, applicant: &Assessed, path: StudyPathRule) -> bool {
        path.unless.is_some_and(|target| self.shortfall(applicant, target).is_none())
    }

    /// The sum of the best grades, of which `count_of` holds how many there are of each.
    fn sum_of_best(&self, count_of: &[u8; MOST_GRADES]) -> Score {
        let (mut sum, mut left) = (0, self.best);
        for (grade, points) in self.points.iter().enumerate().skip(1) {
            let taken = usize::from(count_of[grade]).min(left);
            sum += points.ten_thousandths() * taken as u64;
            left -= taken;
        }
        Score::from_ten_thousandths(sum)
    }

    fn sum_of_all(&self, count_of: &[u8; MOST_GRADES]) -> Score {
        let points = self.points.iter().zip(count_of);
        let sum = points.map(|(points, count)| points.ten_thousandths() * u64::from(*count)).sum();
        Score::from_ten_thousandths(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::{Assessed, Assessor};
    use crate::dance::DanceRounding;
    use crate::rule_set::{GradeRules, RuleSet};
    use crate::scale::Grade;
    use crate::score::Score;

    const COLUMNS: [&str; 20] = [
        "SV", "SVA", "EN", "MA", "BI", "FY", "KE", "TK", "GE", "HI", "RE", "SH", "BL", "HKK",
        "IDH", "MU", "SL", "M1", "ML", "M2",
    ];

    fn rules() -> GradeRules {
        RuleSet::built_in("gymnasium-2025").unwrap().grades().unwrap().clone()
    }

    /// `SV=A EN=E …`
    fn assess(text: &str) -> (GradeRules, Assessor, Assessed) {
        let rules = rules();
        let assessor = rules.assessor(&COLUMNS, DanceRounding::Exact);
        let mut row = [Grade::NONE; COLUMNS.len()];
        for pair in text.split_whitespace() {
            let (subject, grade) = pair.split_once('=').unwrap();
            let column = COLUMNS.iter().position(|code| *code == subject).unwrap();
            row[column] = rules.scale().grade(grade).unwrap();
        }
        let assessed = assessor.assess(&row, false);
        (rules, assessor, assessed)
    }

    fn sixteen(grade: &str) -> String {
        COLUMNS
            .iter()
            .filter(|code| !["SVA", "M1", "ML", "M2"].contains(code))
            .fold(String::new(), |text, code| text + code + "=" + grade + " ")
    }

    fn merit(text: &str) -> String {
        assess(text).2.merit.score.to_string()
    }

    /// Test vectors from the text of GyF 7 kap. 4 §.
    #[test]
    fn merit_is_the_sixteen_best_and_the_language_choice_on_top() {
        assert_eq!(merit(&(sixteen("A") + "M1=A")), "340");
        assert_eq!(merit(&sixteen("A")), "320");
        assert_eq!(merit(&(sixteen("C") + "M1=C")), "255");
        assert_eq!(merit(&(sixteen("E") + "M1=E")), "170");
        assert_eq!(merit(""), "0");
    }

    /// Fifteen A and three E, one of which is the language choice: 10 + (15 · 20 + 10) = 320.
    #[test]
    fn the_language_choice_is_never_among_the_sixteen() {
        let text = sixteen("A").replace("SL=A", "SL=E") + "ML=E M1=E";
        assert_eq!(merit(&text), "320");
    }

    /// Mother tongue and a language as pupil's choice may be among the sixteen, but come not on top.
    #[test]
    fn other_languages_only_replace_a_worse_grade() {
        assert_eq!(merit(&(sixteen("A") + "M2=A ML=A")), "320");
        assert_eq!(merit(&(sixteen("E") + "ML=A")), "170");
    }

    #[test]
    fn svenska_counts_once_with_the_better_grade() {
        assert_eq!(merit("SV=E SVA=C"), "15");
        assert_eq!(assess("SV=E SVA=C").2.merit.grade_count, 1);
    }

    fn eligible(text: &str) -> Vec<String> {
        let (rules, assessor, assessed) = assess(text);
        let mut codes: Vec<String> = Vec::new();
        let national = rules.eligibility().iter().enumerate().filter(|(_, r)| !r.is_introductory());
        for (i, rule) in national {
            if assessor.shortfall(&assessed, i).is_none() {
                codes.extend(rule.programmes.iter().cloned());
            }
        }
        codes.sort();
        codes
    }

    #[test]
    fn eight_passes_are_enough_for_vocational_programmes_only() {
        let text = "SV=E EN=E MA=E BL=E HKK=E IDH=E MU=E SL=E";
        assert_eq!(merit(text), "80");
        assert_eq!(eligible(text).len(), 12);
        assert!(eligible(&text.replace("SL=E", "SL=F")).is_empty());
        assert!(eligible(&text.replace("EN=E", "EN=F BI=A FY=A")).is_empty());
        assert_eq!(eligible(&text.replace("SV=E", "SVA=E")).len(), 12);
    }

    /// Twelve passes, but KE is F: arts yes, natural science no, social science with its four.
    #[test]
    fn preparatory_programmes_ask_for_their_subjects() {
        let twelve = "SV=E EN=E MA=E BI=E FY=E KE=F BL=E HKK=E IDH=E MU=E SL=E TK=E ML=E";
        let codes = eligible(twelve);
        assert!(codes.contains(&"ES".to_owned()));
        assert!(!codes.contains(&"NA".to_owned()) && !codes.contains(&"SA".to_owned()));
        let social = twelve.replace("BL=E HKK=E IDH=E MU=E", "GE=E HI=E RE=E SH=E");
        assert!(eligible(&social).contains(&"SA".to_owned()));
    }

    #[test]
    fn a_shortfall_names_the_subjects_and_the_count() {
        let (rules, assessor, assessed) = assess("SV=A EN=F MA=A BI=A");
        let shortfall = assessor.shortfall(&assessed, 0).unwrap();
        let rule = &rules.eligibility()[usize::from(shortfall.rule)];
        assert_eq!((shortfall.missing, rule.required[1][0].as_str()), (0b010, "EN"));
        assert_eq!(shortfall.passes, 3);
    }

    /// SkolL 16 kap. 32 and 33 §§: the rest must be fulfilled, and merit stays what it is.
    #[test]
    fn a_decision_stands_for_a_pass_but_gives_no_merit() {
        let (_, assessor, assessed) = assess("SV=E EN=F MA=E BL=E HKK=E IDH=E MU=E SL=E");
        let english = assessor.subject_mask("EN").unwrap();
        assert!(assessor.shortfall(&assessed, 0).is_some());
        assert!(assessor.shortfall(&assessed.with_passed(english), 0).is_none());
        assert_eq!(assessed.merit.score, Score::parse("70").unwrap());
        assert_eq!(assessor.subject_mask("sva"), assessor.subject_mask("SV"));
        assert_eq!(assessor.subject_mask("XX"), None);
    }

    #[test]
    fn grade_points_leave_the_language_choice_on_a_par() {
        let merit = assess(&(sixteen("E") + "M1=A")).2.merit;
        assert_eq!(merit.score, Score::parse("180").unwrap());
        assert_eq!(merit.grade_points, Score::parse("170").unwrap());
        assert_eq!(merit.grade_count, 17);
    }
}
