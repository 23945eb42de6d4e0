//! Named, versioned rule sets, read from data.

use serde::Deserialize;

use crate::chain::RankingKey;
use crate::dance::DanceRounding;
use crate::grades::Assessor;
use crate::scale::GradeScale;
use crate::score::Score;

/// The built-in rule sets: name and text, as they stand in `sets/`.
const BUILT_IN: [(&str, &str); 4] = [
    ("gymnasium-2024", include_str!("../sets/gymnasium-2024.toml")),
    ("gymnasium-2025", include_str!("../sets/gymnasium-2025.toml")),
    ("sou-2025-18", include_str!("../sets/sou-2025-18.toml")),
    ("market", include_str!("../sets/market.toml")),
];

/// The rules of one admission year.
#[derive(Clone, Debug)]
pub struct RuleSet {
    name: String,
    summary: String,
    admission_year: Option<u16>,
    age: Option<AgeBlock>,
    grades: Option<GradeRules>,
    default_keys: Vec<RankingKey>,
    text: &'static str,
}

/// What turns grades into merit and eligibility.
#[derive(Clone, Debug)]
pub struct GradeRules {
    pub(crate) scale: GradeScale,
    pub(crate) best: usize,
    pub(crate) language_choice: String,
    pub(crate) subjects: Vec<Subject>,
    pub(crate) either: Vec<Vec<String>>,
    pub(crate) eligibility: Vec<EligibilityRule>,
}

/// A subject that has a column in `grades.csv`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The code that heads its column.
    pub code: String,
    /// Its name in Swedish.
    pub sv: String,
    /// Its name in English.
    pub en: String,
}

/// What a pupil must have passed to be eligible for a group of programmes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibilityRule {
    /// What the group is called.
    pub name: String,
    /// The provision.
    pub source: String,
    /// The national programmes it holds for.
    pub programmes: Vec<String>,
    /// Other codes that are treated alike.
    #[serde(default)]
    pub also: Vec<String>,
    /// A pass in each; where several subjects stand together, in one of them.
    pub required: Vec<Vec<String>>,
    /// Passes in all, the required ones included.
    pub passes: u32,
    /// The least mean of the grade points, where there is one.
    #[serde(default, deserialize_with = "optional_score")]
    pub mean_at_least: Option<Score>,
    /// Closed to whoever is eligible under the rule of this name; `target` is the rule of the
    /// programme whose code stands after this rule's own (`IMV` + `NA`).
    pub not_eligible_for: Option<String>,
    /// For exceptional reasons (synnerliga skäl) an official may place a pupil by hand whom
    /// `not_eligible_for` keeps out.
    #[serde(default)]
    pub exception_by_hand: bool,
    /// Nobody is ranked: an official places pupils one by one.
    #[serde(default)]
    pub individual: bool,
}

impl EligibilityRule {
    /// Whether it is for an introductory programme (introduktionsprogram, SkolL 17 kap.).
    #[must_use]
    pub fn is_introductory(&self) -> bool {
        self.individual || self.not_eligible_for.is_some()
    }
}

/// What eligibility for one study path depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StudyPathRule {
    /// The rule to fulfil, as an index.
    pub rule: usize,
    /// The rule that one must not fulfil, as an index.
    pub unless: Option<usize>,
    /// Whether an official may place pupils by hand who fulfil it.
    pub exception_by_hand: bool,
    /// Whether pupils are placed one by one, and nobody is ranked.
    pub individual: bool,
}

/// `TARGET` in [`EligibilityRule::not_eligible_for`].
const TARGET: &str = "target";

fn optional_score<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Score>, D::Error> {
    let text = String::deserialize(from)?;
    let fault = || serde::de::Error::custom(format!("{text} is no decimal"));
    Score::parse(&text).map(Some).ok_or_else(fault)
}

impl RuleSet {
    /// The names of the built-in rule sets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The built-in rule set of that name, or `None`.
    ///
    /// # Panics
    /// Never: the built-in texts are read by a test.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(Self::read(text).unwrap_or_else(|error| panic!("built-in rule set {name}: {error}")))
    }

    /// The name, for manifests.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One line that says what the rule set is for.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The year of the autumn in which education begins; `None` where no rule depends on it.
    #[must_use]
    pub fn admission_year(&self) -> Option<u16> {
        self.admission_year
    }

    /// Whether somebody born that year is too old to begin in autumn: education begins at the
    /// latest in the first half of the year in which they turn 20 (SkolL 15 kap. 5 §).
    #[must_use]
    pub fn is_too_old(&self, birth_year: u16) -> bool {
        self.turns_too_late(birth_year, |age| age.turning)
    }

    /// The same for Rh-adapted education (Rh-anpassad utbildning), which may begin a year later.
    #[must_use]
    pub fn is_too_old_for_rh_adapted(&self, birth_year: u16) -> bool {
        self.turns_too_late(birth_year, |age| age.rh_adapted)
    }

    /// Whether any age is too high.
    #[must_use]
    pub fn has_age_limit(&self) -> bool {
        self.age.is_some()
    }

    fn turns_too_late(&self, birth_year: u16, limit: impl Fn(&AgeBlock) -> u16) -> bool {
        let limit = self.admission_year.zip(self.age.as_ref().map(limit));
        limit.is_some_and(|(year, turning)| birth_year + turning <= year)
    }

    /// The rules on grades; `None` for a rule set that takes ready-made scores.
    #[must_use]
    pub fn grades(&self) -> Option<&GradeRules> {
        self.grades.as_ref()
    }

    /// The tie-break chain that holds unless a season sets another.
    #[must_use]
    pub fn default_keys(&self) -> &[RankingKey] {
        &self.default_keys
    }

    /// The rule set as it is written, with the source of each rule.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    fn read(text: &'static str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let default_keys = file
            .ranking
            .keys
            .iter()
            .map(|key| RankingKey::parse(key).ok_or_else(|| format!("unknown ranking key {key}")))
            .collect::<Result<_, _>>()?;
        let grades = match (file.grade_scale, file.merit, file.subjects) {
            (Some(scale), Some(merit), Some(subjects)) => Some(GradeRules {
                scale: scale.read()?,
                best: merit.best,
                language_choice: merit.language_choice,
                subjects: subjects.list,
                either: subjects.either,
                eligibility: file.eligibility,
            }),
            (None, None, None) => None,
            _ => return Err("grade_scale, merit and subjects stand or fall together".into()),
        };
        Ok(Self {
            name: file.name,
            summary: file.summary,
            admission_year: file.admission_year,
            age: file.age,
            grades,
            default_keys,
            text,
        })
    }
}

impl GradeRules {
    /// The grade scale.
    #[must_use]
    pub fn scale(&self) -> &GradeScale {
        &self.scale
    }

    /// The subjects that may head a column, in text order of their codes.
    #[must_use]
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The highest merit that grades can give: the best grade throughout, language choice on top.
    #[must_use]
    pub fn highest_merit(&self) -> Score {
        let best = self.scale.best_points().ten_thousandths();
        Score::from_ten_thousandths(best * (self.best as u64 + 1))
    }

    /// Groups of subjects that count as one.
    #[must_use]
    pub fn either(&self) -> &[Vec<String>] {
        &self.either
    }

    /// The groups of programmes with their requirements.
    #[must_use]
    pub fn eligibility(&self) -> &[EligibilityRule] {
        &self.eligibility
    }

    /// What eligibility for a study path depends on, by the programme that its code begins with
    /// (`NA`, `NAMUS…`, `IMVNA`; the longest code that fits), or `None` when the rule set knows no
    /// such programme.
    #[must_use]
    pub fn study_path(&self, code: &str) -> Option<StudyPathRule> {
        let (rule, length) = self.longest_prefix(code)?;
        let found = &self.eligibility[rule];
        let unless = match found.not_eligible_for.as_deref() {
            None => None,
            Some(TARGET) => Some(self.longest_prefix(&code[length..])?.0),
            Some(name) => self.eligibility.iter().position(|rule| rule.name == name),
        };
        let EligibilityRule { exception_by_hand, individual, .. } = *found;
        Some(StudyPathRule { rule, unless, exception_by_hand, individual })
    }

    /// The rule with the longest programme code that `code` begins with, and that code's length.
    fn longest_prefix(&self, code: &str) -> Option<(usize, usize)> {
        let begins = |known: &String| {
            code.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known))
        };
        let rules = self.eligibility.iter().enumerate();
        rules
            .flat_map(|(i, rule)| {
                rule.programmes.iter().chain(&rule.also).map(move |code| (i, code))
            })
            .filter(|(_, known)| begins(known))
            .map(|(rule, known)| (rule, known.len()))
            .max_by_key(|(_, length)| *length)
    }

    /// Prepares the assessment of grade rows with these subject columns.
    ///
    /// Columns that the rule set does not know are ignored.
    #[must_use]
    pub fn assessor(&self, columns: &[&str], dance_rounding: DanceRounding) -> Assessor {
        Assessor::new(self, columns, dance_rounding)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    summary: String,
    admission_year: Option<u16>,
    age: Option<AgeBlock>,
    grade_scale: Option<ScaleBlock>,
    merit: Option<MeritBlock>,
    subjects: Option<SubjectsBlock>,
    #[serde(default)]
    eligibility: Vec<EligibilityRule>,
    ranking: RankingBlock,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgeBlock {
    #[serde(rename = "source")]
    _source: String,
    turning: u16,
    rh_adapted: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleBlock {
    #[serde(rename = "source")]
    _source: String,
    grades: Vec<GradeLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GradeLine {
    grade: String,
    points: String,
    pass: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeritBlock {
    #[serde(rename = "source")]
    _source: String,
    best: usize,
    language_choice: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectsBlock {
    #[serde(rename = "source")]
    _source: String,
    either: Vec<Vec<String>>,
    list: Vec<Subject>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RankingBlock {
    #[serde(rename = "source")]
    _source: String,
    keys: Vec<String>,
}

impl ScaleBlock {
    fn read(self) -> Result<GradeScale, String> {
        let mut scale = Vec::with_capacity(self.grades.len());
        for line in self.grades {
            let points = Score::parse(&line.points)
                .ok_or_else(|| format!("grade {}: {} is no decimal", line.grade, line.points))?;
            scale.push((line.grade, points, line.pass));
        }
        GradeScale::new(scale)
    }
}

#[cfg(test)]
mod tests {
    use super::RuleSet;

    #[test]
    fn every_built_in_set_is_well_formed_and_keeps_its_name() {
        for name in RuleSet::names() {
            assert_eq!(RuleSet::built_in(name).unwrap().name(), name);
        }
        assert!(RuleSet::built_in("gymnasium-1994").is_none());
    }

    #[test]
    fn the_highest_merit_is_sixteen_a_and_a_language() {
        let set = RuleSet::built_in("gymnasium-2025").unwrap();
        assert_eq!(set.grades().unwrap().highest_merit().to_string(), "340");
    }

    #[test]
    fn whoever_turns_twenty_before_autumn_is_over_is_too_old() {
        let set = RuleSet::built_in("gymnasium-2025").unwrap();
        assert!(set.is_too_old(2005) && !set.is_too_old(2006));
        assert!(set.is_too_old_for_rh_adapted(2004) && !set.is_too_old_for_rh_adapted(2005));
        let market = RuleSet::built_in("market").unwrap();
        assert!(!market.is_too_old(1900) && !market.is_too_old_for_rh_adapted(1900));
        assert!(set.has_age_limit() && !market.has_age_limit());
    }

    /// SkolL bilaga 1 in its wording from 1 July 2025: twelve vocational and six preparatory.
    #[test]
    fn the_eighteen_national_programmes_have_a_rule_each() {
        let set = RuleSet::built_in("gymnasium-2025").unwrap();
        let grades = set.grades().unwrap();
        let mut national: Vec<_> = grades
            .eligibility()
            .iter()
            .flat_map(|rule| rule.programmes.iter())
            .filter(|code| !code.starts_with("IM"))
            .collect();
        national.sort();
        national.dedup();
        assert_eq!(national.len(), 18);
        assert!(national.iter().all(|code| grades.study_path(code).is_some()));
        assert_eq!(grades.study_path("NAMUS"), grades.study_path("na"));
        assert_eq!(grades.study_path("N"), None);
    }

    /// SkolL 17 kap. 10-12 §§.
    #[test]
    fn introductory_programmes_know_whom_they_are_not_for() {
        let set = RuleSet::built_in("gymnasium-2025").unwrap();
        let grades = set.grades().unwrap();
        let path = |code: &str| grades.study_path(code);
        let target = path("IMVNA").unwrap();
        assert_eq!(target.unless, Some(path("NA").unwrap().rule));
        assert_eq!(path("IMV"), None);
        assert_eq!(path("IMY").unwrap().unless, Some(path("BF").unwrap().rule));
        assert!(path("IMA").unwrap().individual && path("IMS").unwrap().individual);
        assert!(!target.individual);
    }

    /// The year before, HV stood where FR stands now.
    #[test]
    fn two_years_stand_side_by_side() {
        let [before, now] = ["gymnasium-2024", "gymnasium-2025"]
            .map(|name| RuleSet::built_in(name).unwrap().grades().unwrap().clone());
        assert!(before.study_path("HV").is_some() && before.study_path("FR").is_none());
        assert!(now.study_path("HV").is_none() && now.study_path("FR").is_some());
    }

    #[test]
    fn every_subject_that_a_rule_names_is_listed() {
        for set in RuleSet::names().filter_map(RuleSet::built_in) {
            if let Some(grades) = set.grades() {
                assert_names_are_listed(grades);
            }
        }
    }

    fn assert_names_are_listed(grades: &super::GradeRules) {
        let known = |code: &String| grades.subjects().iter().any(|subject| subject.code == *code);
        assert!(known(&grades.language_choice));
        assert!(grades.either.iter().flatten().all(known));
        assert!(
            grades.eligibility().iter().flat_map(|rule| rule.required.iter().flatten()).all(known)
        );
        let rule = |name: &String| {
            name == super::TARGET || grades.eligibility().iter().any(|rule| rule.name == *name)
        };
        let mut excluded = grades.eligibility().iter().filter_map(|r| r.not_eligible_for.as_ref());
        assert!(excluded.all(rule));
    }
}
