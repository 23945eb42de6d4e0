//! Named, versioned rule sets, read from data.

use serde::Deserialize;

use crate::chain::RankingKey;
use crate::grades::{Assessor, GradeScale};
use crate::score::Score;

/// The built-in rule sets: name and text, as they stand in `sets/`.
const BUILT_IN: [(&str, &str); 2] = [
    ("gymnasium-2025", include_str!("../sets/gymnasium-2025.toml")),
    ("market", include_str!("../sets/market.toml")),
];

/// The rules of one admission year.
#[derive(Clone, Debug)]
pub struct RuleSet {
    name: String,
    admission_year: Option<u16>,
    summary: String,
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

    /// The year that admission under it is for; `None` for a rule set of any year.
    #[must_use]
    pub fn admission_year(&self) -> Option<u16> {
        self.admission_year
    }

    /// One line that says what the rule set is for.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
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
            admission_year: file.admission_year,
            summary: file.summary,
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

    /// The eligibility rule for a study path, by the programme that its code begins with
    /// (`NA`, `NAMUS…`), or `None` when the rule set knows no such programme.
    #[must_use]
    pub fn eligibility_rule(&self, study_path_code: &str) -> Option<usize> {
        let programme = study_path_code.get(..2)?;
        self.eligibility.iter().position(|rule| {
            let mut codes = rule.programmes.iter().chain(&rule.also);
            codes.any(|code| code.eq_ignore_ascii_case(programme))
        })
    }

    /// Prepares the assessment of grade rows with these subject columns.
    ///
    /// Columns that the rule set does not know are ignored.
    #[must_use]
    pub fn assessor(&self, columns: &[&str]) -> Assessor {
        Assessor::new(self, columns)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    summary: String,
    admission_year: Option<u16>,
    grade_scale: Option<ScaleBlock>,
    merit: Option<MeritBlock>,
    subjects: Option<SubjectsBlock>,
    #[serde(default)]
    eligibility: Vec<EligibilityRule>,
    ranking: RankingBlock,
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

    /// SkolL bilaga 1 in its wording from 1 July 2025: twelve vocational and six preparatory.
    #[test]
    fn the_eighteen_national_programmes_have_a_rule_each() {
        let set = RuleSet::built_in("gymnasium-2025").unwrap();
        let grades = set.grades().unwrap();
        let mut national: Vec<_> =
            grades.eligibility().iter().flat_map(|rule| rule.programmes.iter()).collect();
        national.sort();
        national.dedup();
        assert_eq!(national.len(), 18);
        assert!(national.iter().all(|code| grades.eligibility_rule(code).is_some()));
        assert_eq!(grades.eligibility_rule("NAMUS"), grades.eligibility_rule("na"));
        assert_eq!(grades.eligibility_rule("IMV"), None);
        assert_eq!(grades.eligibility_rule("N"), None);
    }

    #[test]
    fn every_subject_that_a_rule_names_is_listed() {
        let set = RuleSet::built_in("gymnasium-2025").unwrap();
        let grades = set.grades().unwrap();
        let known = |code: &String| grades.subjects().iter().any(|subject| subject.code == *code);
        assert!(known(&grades.language_choice));
        assert!(grades.either.iter().flatten().all(known));
        assert!(
            grades.eligibility().iter().flat_map(|rule| rule.required.iter().flatten()).all(known)
        );
    }
}
