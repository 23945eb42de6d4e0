//! From quota groups and test scores as written to what the rules apply.

use antagning_formats::{Code, Diagnostic, Diagnostics, Grades, QuotaGroups, TestScores};
use antagning_rules::{
    Condition, GradeRules, GroupRanking, QuotaError, QuotaGroup, Quotas, Score, TestResult,
};

use crate::plan::Plan;

/// The quota groups and the skill tests of a season.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    pub(crate) quotas: Quotas,
    /// The choices with a test, ascending.
    pub(crate) tests: Vec<(u32, TestResult)>,
}

impl Selection {
    /// Reads what the groups rank by and whom they are open to; what is wrong is reported.
    pub(crate) fn read(
        season: &antagning_formats::Season,
        plan: &Plan,
        report: &mut Diagnostics,
    ) -> Self {
        let quotas = quotas(&season.quota_groups, plan, report);
        report_never_met(season, plan, &quotas, report);
        if season.choices.offsets.is_empty() {
            // The choices could not be read.
            return Self { quotas, tests: Vec::new() };
        }
        let tests = tests(season);
        report_missing_results(season, &quotas, &tests, report);
        // A group that could not be read may be the one that uses them.
        if !report.has_error_in(QuotaGroups::FILE) {
            report_unused(season, &quotas, &tests, report);
        }
        Self { quotas, tests }
    }
}

fn quotas(groups: &QuotaGroups, plan: &Plan, report: &mut Diagnostics) -> Quotas {
    let rules = plan.rule_set.grades();
    let read = (0..groups.seats.len()).map(|row| {
        let fault = |code, column: &str, text: &str, error: &QuotaError| {
            Diagnostic::new(code, QuotaGroups::FILE, error.to_string())
                .line(u64::from(groups.line[row]))
                .column(column)
                .value(text)
        };
        let text = groups.ranked_by.get(row);
        let ranking = GroupRanking::parse(text, rules.is_some()).unwrap_or_else(|error| {
            report.push(fault(Code::UnknownRanking, "ranked_by", text, &error));
            GroupRanking::Manual
        });
        let text = groups.open_to.get(row);
        let open_to = Condition::parse_all(text, rules).unwrap_or_else(|error| {
            report.push(fault(Code::UnknownCondition, "open_to", text, &error));
            Vec::new()
        });
        let default = if rules.is_some() { "merit" } else { "score" };
        let ranked_by = Some(groups.ranked_by.get(row)).filter(|text| !text.is_empty());
        let ranked_by = ranked_by.unwrap_or(default).to_owned();
        let name = groups.name.get(row).to_owned();
        let (seats, later) = (groups.seats[row], groups.unfilled_to[row]);
        QuotaGroup::new(name, seats, later, (ranked_by, ranking), open_to, &plan.chain)
    });
    let read = read.collect();
    Quotas::new(groups.offsets.clone(), read)
}

/// Conditions that nothing in the season can fulfil: points beyond what the test gives, a subject
/// without a column.
fn report_never_met(
    season: &antagning_formats::Season,
    plan: &Plan,
    quotas: &Quotas,
    report: &mut Diagnostics,
) {
    let groups = &season.quota_groups;
    let has_column = |subject: &str| {
        let either = plan.rule_set.grades().map_or(&[][..], GradeRules::either);
        let same =
            either.iter().find(|codes| codes.iter().any(|c| c.eq_ignore_ascii_case(subject)));
        let is_meant = |column: &String| {
            let is = |code: &str| column.eq_ignore_ascii_case(code);
            is(subject) || same.is_some_and(|codes| codes.iter().any(|code| is(code)))
        };
        let grades_read = season.grades.as_ref().filter(|_| !report.has_error_in(Grades::FILE));
        grades_read.is_none_or(|grades| grades.subjects.iter().any(is_meant))
    };
    let mut never_met = Vec::new();
    for programme in 0..groups.offsets.len().saturating_sub(1) {
        let maximum = groups.test_maximum_of(programme);
        for (group, row) in quotas.of(programme).iter().zip(groups.of(programme)) {
            let why = group.open_to.iter().find_map(|condition| match condition {
                Condition::TestPoints(least)
                    if maximum.is_some_and(|m| least.ten_thousandths() > m) =>
                {
                    Some(format!("{condition} is more than the programme's test can give"))
                }
                Condition::Subject(subject, _) if !has_column(subject) => {
                    Some(format!("grades.csv has no column {subject}"))
                }
                _ => None,
            });
            never_met.extend(why.map(|why| (row, why)));
        }
    }
    for (row, why) in never_met {
        let message = format!("no grade or test can fulfil the condition: {why}");
        let warning = Diagnostic::new(Code::ConditionNeverMet, QuotaGroups::FILE, message);
        let warning = warning.line(u64::from(groups.line[row])).column("open_to");
        report.push(warning.value(groups.open_to.get(row)));
    }
}

/// The test of each choice that has one; scores for programmes that were not chosen are left out.
fn tests(season: &antagning_formats::Season) -> Vec<(u32, TestResult)> {
    let scores = &season.test_scores;
    let mut tests: Vec<(u32, TestResult)> = (0..scores.applicant.len())
        .filter_map(|row| {
            let mut choices = season.choices.of(scores.applicant[row] as usize);
            let choice = choices.find(|c| season.choices.programme[*c] == scores.programme[row])?;
            let points = Score::from_ten_thousandths(scores.points[row]);
            Some((choice as u32, TestResult { points, passed: scores.passed[row] }))
        })
        .collect();
    tests.sort_unstable_by_key(|(choice, _)| *choice);
    tests
}

/// Where a group asks for a pass, each test must say whether it is one.
fn report_missing_results(
    season: &antagning_formats::Season,
    quotas: &Quotas,
    tests: &[(u32, TestResult)],
    report: &mut Diagnostics,
) {
    let unsaid = tests.iter().filter(|(choice, test)| {
        let programme = season.choices.programme[*choice as usize] as usize;
        let asks = |group: &QuotaGroup| group.open_to.contains(&Condition::TestPassed);
        test.passed.is_none() && quotas.of(programme).iter().any(asks)
    });
    for (choice, _) in unsaid {
        let message = "a quota group asks for a pass, and it is not said whether this is one";
        let fault = Diagnostic::new(Code::MissingTestResult, TestScores::FILE, message);
        report.push(fault.line(line_of_test(season, *choice)).column("passed").value(""));
    }
}

/// The line of the test for a choice that has one.
fn line_of_test(season: &antagning_formats::Season, choice: u32) -> u64 {
    let applicant = season.choices.offsets.partition_point(|start| *start <= choice) - 1;
    let programme = season.choices.programme[choice as usize];
    // The files number applicants with 32 bits.
    let row = season.test_scores.find(applicant as u32, programme);
    row.map_or(0, |row| u64::from(season.test_scores.line[row]))
}

/// Tests that no quota group of their programme asks about.
fn report_unused(
    season: &antagning_formats::Season,
    quotas: &Quotas,
    tests: &[(u32, TestResult)],
    report: &mut Diagnostics,
) {
    let unused = tests.iter().filter(|(choice, _)| {
        let programme = season.choices.programme[*choice as usize] as usize;
        !quotas.of(programme).iter().any(QuotaGroup::asks_for_test)
    });
    let lines = unused.map(|(choice, _)| (line_of_test(season, *choice), *choice));
    let lines: Vec<(u64, u32)> = lines.collect();
    let Some((line, choice)) = lines.iter().min() else { return };
    let message = format!(
        "test scores that no quota group of their programme uses: {}, the first at {}",
        lines.len(),
        season.programmes.ids.get(season.choices.programme[*choice as usize] as usize)
    );
    let warning = Diagnostic::new(Code::UnusedTestScores, TestScores::FILE, message);
    report.push(warning.line(*line));
}
