//! From a season's cells to what the rules are applied to.

use antagning_formats::{Code, Diagnostic, Diagnostics, Grades};
use antagning_rules::{
    Assessor, Basis, Grade, GradeRules, GradeScale, RuleSet, Score, StudyPathRule,
};

use crate::plan::Plan;

/// What applicants are ranked by, prepared once for a season.
#[derive(Clone, Debug)]
pub(crate) enum Ground {
    /// Ready-made scores, a row a choice.
    Scores(Vec<Score>),
    /// Grades.
    Grades {
        assessor: Box<Assessor>,
        cells: Vec<Grade>,
        columns: usize,
        /// What eligibility for each programme depends on.
        rule_of: Vec<StudyPathRule>,
        /// Where the subject of each column stands, by its code as the file writes it.
        subjects: Vec<String>,
        rules: GradeRules,
    },
}

/// Why a grade cannot be added to a row.
pub(crate) enum NewGradeFault {
    Unreadable,
    NoColumn,
    NotBetter,
}

impl Ground {
    /// Prepares the basis of a season; what is wrong is reported.
    pub(crate) fn prepare(
        season: &antagning_formats::Season,
        plan: &Plan,
        report: &mut Diagnostics,
    ) -> Self {
        let Some(rules) = plan.rule_set.grades() else {
            let scores = season.choices.score.as_deref().unwrap_or_default();
            return Self::Scores(scores.iter().map(|s| Score::from_ten_thousandths(*s)).collect());
        };
        let rule_of = study_paths(season, rules, report);
        let none = Grades::default();
        let grades = season.grades.as_ref().unwrap_or(&none);
        let columns: Vec<&str> = grades.subjects.iter().map(String::as_str).collect();
        let known = subjects(&columns, plan, rules, report);
        // A row that could not be read is missing because of the fault already reported.
        if season.grades.is_some() && !report.has_error_in(Grades::FILE) {
            report_missing_rows(season, grades, report);
        }
        let cells = grade_cells(grades, &known, rules, report);
        report_two_of_either(season, grades, rules, &cells, report);
        Self::Grades {
            assessor: Box::new(rules.assessor(&columns, plan.dance_rounding)),
            cells,
            columns: columns.len(),
            rule_of,
            subjects: grades.subjects.clone(),
            rules: rules.clone(),
        }
    }

    /// The subject of that code as a set of its own; `None` where there is none.
    pub(crate) fn subject_mask(&self, code: &str) -> Option<u64> {
        match self {
            Self::Scores(_) => None,
            Self::Grades { assessor, .. } => assessor.subject_mask(code),
        }
    }

    /// Puts a grade such as `MA=C` in the place of a worse one or of none.
    pub(crate) fn set_grade(&mut self, applicant: u32, text: &str) -> Result<(), NewGradeFault> {
        let Self::Grades { cells, columns, subjects, rules, .. } = self else {
            return Err(NewGradeFault::Unreadable);
        };
        let (code, grade) = text.split_once('=').ok_or(NewGradeFault::Unreadable)?;
        let code = code.trim();
        let known = rules.subjects().iter().any(|known| known.code.eq_ignore_ascii_case(code));
        let grade = rules.scale().grade(grade.trim()).filter(|_| known);
        let grade = grade.ok_or(NewGradeFault::Unreadable)?;
        let column = subjects.iter().position(|subject| subject.eq_ignore_ascii_case(code));
        let column = column.ok_or(NewGradeFault::NoColumn)?;
        let cell = &mut cells[applicant as usize * *columns + column];
        if cell.is_at_least(grade) {
            return Err(NewGradeFault::NotBetter);
        }
        *cell = grade;
        Ok(())
    }

    pub(crate) fn basis(&self) -> Basis<'_> {
        match self {
            Self::Scores(scores) => Basis::Scores(scores),
            Self::Grades { assessor, cells, columns, rule_of, .. } => {
                Basis::Grades { assessor, cells, columns: *columns, rule_of }
            }
        }
    }
}

/// The eligibility rule of each programme.
fn study_paths(
    season: &antagning_formats::Season,
    rules: &GradeRules,
    report: &mut Diagnostics,
) -> Vec<StudyPathRule> {
    const FILE: &str = "programmes.csv";
    const COLUMN: &str = "study_path_code";
    let programmes = &season.programmes;
    if !programmes.has_study_paths && !programmes.ids.is_empty() {
        let message = "eligibility depends on the study path, but the column is missing";
        report.push(Diagnostic::new(Code::MissingColumn, FILE, message).line(1).column(COLUMN));
        return vec![StudyPathRule::default(); programmes.ids.len()];
    }
    let codes = programmes.study_path_code.iter().zip(&programmes.line);
    codes
        .map(|(code, &line)| {
            let rule = rules.study_path(code);
            if rule.is_none() {
                let fault = if code.is_empty() {
                    let message = "eligibility depends on the study path";
                    Diagnostic::new(Code::MissingValue, FILE, message)
                } else if code.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("IMV")) {
                    let message = "the code does not say which programme it prepares for";
                    Diagnostic::new(Code::UnknownStudyPath, FILE, message)
                        .hint("write IMV and the programme's code, for example IMVNA")
                } else {
                    Diagnostic::new(Code::UnknownStudyPath, FILE, "no such study path").hint(
                        "the code begins with one of the rule set's programme codes, for example \
                         NA; adapted upper-secondary school has a season of its own (docs/rules.md)",
                    )
                };
                report.push(fault.line(u64::from(line)).column(COLUMN).value(code));
            }
            rule.unwrap_or_default()
        })
        .collect()
}

/// Whether each column is a subject of the rule set.
fn subjects(
    columns: &[&str],
    plan: &Plan,
    rules: &GradeRules,
    report: &mut Diagnostics,
) -> Vec<bool> {
    let known: Vec<bool> = columns
        .iter()
        .map(|column| {
            rules.subjects().iter().any(|subject| subject.code.eq_ignore_ascii_case(column))
        })
        .collect();
    for (column, _) in columns.iter().zip(&known).filter(|(_, known)| !**known) {
        let message =
            format!("not a subject of {}: its cells count for nothing", plan.rule_set.name());
        report.push(
            Diagnostic::new(Code::UnknownColumn, Grades::FILE, message).line(1).column(*column),
        );
    }
    known
}

/// The cells as grades of the scale; every cell that is none is reported with its place.
fn grade_cells(
    grades: &Grades,
    known: &[bool],
    rules: &GradeRules,
    report: &mut Diagnostics,
) -> Vec<Grade> {
    let of_text: Vec<Option<Grade>> = grades
        .texts
        .iter()
        .map(|text| if text.is_empty() { Some(Grade::NONE) } else { rules.scale().grade(text) })
        .collect();
    let readable = of_text.iter().all(Option::is_some);
    let other_scales = match readable && grades.overflow.is_empty() {
        true => Vec::new(),
        false => other_scales(rules),
    };
    let mut cells = vec![Grade::NONE; grades.cells.len()];
    for (i, (cell, text)) in cells.iter_mut().zip(&grades.cells).enumerate() {
        let column = i % known.len();
        match of_text[usize::from(*text)] {
            Some(grade) => *cell = grade,
            None if readable || !known[column] => {}
            None => {
                let text = &grades.texts[usize::from(*text)];
                let line = grades.line[i / known.len()];
                let fault = unreadable(text, rules, &other_scales).line(u64::from(line));
                report.push(fault.column(grades.subjects[column].as_str()).value(text));
            }
        }
    }
    for cell in grades.overflow.iter().filter(|cell| known[cell.subject]) {
        let fault = unreadable(&cell.text, rules, &other_scales).line(cell.line);
        report.push(fault.column(grades.subjects[cell.subject].as_str()).value(&cell.text));
    }
    cells
}

/// How grades are written in other rule sets and in the scales that went before.
fn other_scales(rules: &GradeRules) -> Vec<String> {
    const OLDER: [&str; 4] = ["IG", "G", "VG", "MVG"];
    let sets: Vec<RuleSet> = RuleSet::names().filter_map(RuleSet::built_in).collect();
    let scales = sets.iter().filter_map(RuleSet::grades).map(GradeRules::scale);
    let names = scales.flat_map(GradeScale::names).chain(OLDER);
    names.filter(|name| rules.scale().grade(name).is_none()).map(str::to_owned).collect()
}

fn unreadable(text: &str, rules: &GradeRules, other_scales: &[String]) -> Diagnostic {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // Scales of numbers are many; beside a scale of numbers another number is a slip.
    let other_scale = other_scales.iter().any(|name| name.eq_ignore_ascii_case(text))
        || is_number(text) && !rules.scale().names().any(is_number);
    if other_scale {
        return Diagnostic::new(Code::MixedScales, Grades::FILE, "a grade of another scale");
    }
    let scale: Vec<_> = rules.scale().names().collect();
    let hint = format!("write one of {} or leave the cell empty", scale.join(" "));
    Diagnostic::new(Code::UnknownGrade, Grades::FILE, "not a grade").hint(hint)
}

fn report_missing_rows(
    season: &antagning_formats::Season,
    grades: &Grades,
    report: &mut Diagnostics,
) {
    let mut missing = season.applicant_ids.iter().zip(&grades.line).filter(|(_, line)| **line == 0);
    if let Some((first, _)) = missing.next() {
        let count = 1 + missing.count();
        let message = format!("applicants without a row of grades: {count}, {first} the first");
        report.push(Diagnostic::new(Code::ApplicantsWithoutGrades, Grades::FILE, message));
    }
}

fn report_two_of_either(
    season: &antagning_formats::Season,
    grades: &Grades,
    rules: &GradeRules,
    cells: &[Grade],
    report: &mut Diagnostics,
) {
    for group in rules.either() {
        let columns: Vec<usize> = (0..grades.subjects.len())
            .filter(|column| {
                group.iter().any(|code| code.eq_ignore_ascii_case(&grades.subjects[*column]))
            })
            .collect();
        if columns.len() < 2 {
            continue;
        }
        let rows = cells.chunks(grades.subjects.len()).enumerate();
        let mut twice = rows.filter(|(_, row)| {
            columns.iter().filter(|column| row[**column] != Grade::NONE).count() > 1
        });
        if let Some((first, _)) = twice.next() {
            let id = season.applicant_ids.get(first);
            let message = format!(
                "applicants with grades in more than one of {}: {}, {id} the first",
                group.join(" and "),
                1 + twice.count()
            );
            let line = u64::from(grades.line[first]);
            report.push(Diagnostic::new(Code::BothSwedish, Grades::FILE, message).line(line));
        }
    }
}
