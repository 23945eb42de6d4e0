//! `test_scores.csv`.

use crate::cell;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::field;
use crate::season::Season;
use crate::table::Table;

/// What applicants achieved in the tests of programmes, in columns, in the order of applicants and
/// programmes; each pair stands once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestScores {
    /// The applicant of each row, as a number.
    pub applicant: Vec<u32>,
    /// The programme whose test it was, as its number.
    pub programme: Vec<u32>,
    /// `points` in ten-thousandths.
    pub points: Vec<u64>,
    /// `passed`, when it is given.
    pub passed: Vec<Option<bool>>,
    /// The line of each row in the file.
    pub line: Vec<u32>,
}

/// One readable row.
struct TestScore {
    applicant: u32,
    programme: u32,
    points: u64,
    passed: Option<bool>,
    line: u32,
}

impl TestScores {
    /// The file's name, for diagnostics.
    pub const FILE: &'static str = "test_scores.csv";

    /// The row of an applicant's test for a programme, or `None` when there is none. O(log rows).
    #[must_use]
    pub fn find(&self, applicant: u32, programme: u32) -> Option<usize> {
        let first = self.applicant.partition_point(|known| *known < applicant);
        let count = self.applicant[first..].partition_point(|known| *known == applicant);
        let tests = &self.programme[first..first + count];
        tests.binary_search(&programme).ok().map(|place| first + place)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// Warns of scores for programmes that their applicants have not chosen, as the choices of the
    /// season stand: people change them after a test, which is worth a word, not a stop.
    /// O(rows · choices of an applicant).
    pub fn report_unused(&self, season: &Season, report: &mut Diagnostics) {
        let choices = &season.choices;
        if choices.offsets.is_empty() {
            // The choices could not be read.
            return;
        }
        let unused = (0..self.line.len()).filter(|row| {
            let list = choices.of(self.applicant[*row] as usize);
            !choices.programme[list].contains(&self.programme[*row])
        });
        if let Some(first) = unused.clone().min_by_key(|row| self.line[*row]) {
            let message = format!(
                "test scores for a programme that the applicant has not chosen: {}, {} at {} the first",
                unused.count(),
                season.applicant_ids.get(self.applicant[first] as usize),
                season.programmes.ids.get(self.programme[first] as usize),
            );
            let warning = Diagnostic::new(Code::UnusedTestScores, Self::FILE, message);
            report.push(warning.line(u64::from(self.line[first])));
        }
    }

    /// Reads the file beside everything else of the season.
    pub(super) fn read(mut table: Table, season: &Season, report: &mut Diagnostics) -> Self {
        let columns =
            ["applicant_id", "programme_id", "points"].map(|name| table.require(name, report));
        let passed = table.column("passed");
        table.report_other_columns(report);
        let [Some(applicant), Some(programme), Some(points)] = columns else {
            return Self::default();
        };
        let (applicants, programmes) = (&season.applicant_ids, &season.programmes.ids);
        let mut read = Vec::new();
        let mut rows = table.rows(applicant);
        while let Some(row) = rows.next(report) {
            let applicant = row.known_applicant(applicant, applicants, report);
            let programme = row.known_id(programme, programmes, report);
            let parsed = row.parse(points, field::decimal, report);
            let has_passed = row.parse_optional(passed, field::flag, report);
            let (Some(applicant), Some(programme), Some(achieved)) = (applicant, programme, parsed)
            else {
                continue;
            };
            if has_passed.is_none() && !row.get_optional(passed).is_empty() {
                continue;
            }
            if let Some(maximum) = season.quota_groups.test_maximum_of(programme as usize)
                && achieved > maximum
            {
                let fault = (Code::PointsAboveMaximum, "more points than the test can give");
                let hint = format!("the test gives at most {}: check both", shown(maximum));
                report.push(row.diagnostic(points, fault).hint(hint));
                continue;
            }
            let line = u32::try_from(row.line).unwrap_or(u32::MAX);
            let points = achieved;
            read.push(TestScore { applicant, programme, points, passed: has_passed, line });
        }
        read.sort_unstable_by_key(|test| (test.applicant, test.programme, test.line));
        read.dedup_by(|later, first| {
            let repeats = (later.applicant, later.programme) == (first.applicant, first.programme);
            if repeats {
                report_repeat(later, first.line, season, report);
            }
            repeats
        });
        Self {
            applicant: read.iter().map(|test| test.applicant).collect(),
            programme: read.iter().map(|test| test.programme).collect(),
            points: read.iter().map(|test| test.points).collect(),
            passed: read.iter().map(|test| test.passed).collect(),
            line: read.iter().map(|test| test.line).collect(),
        }
    }
}

fn shown(points: u64) -> String {
    let mut text = Vec::new();
    cell::decimal(&mut text, points);
    String::from_utf8_lossy(&text).into_owned()
}

fn report_repeat(later: &TestScore, first: u32, season: &Season, report: &mut Diagnostics) {
    let message = format!(
        "the applicant has two test scores for {}",
        season.programmes.ids.get(later.programme as usize)
    );
    report.push(
        Diagnostic::new(Code::DuplicateId, TestScores::FILE, message)
            .line(u64::from(later.line))
            .column("applicant_id")
            .value(season.applicant_ids.get(later.applicant as usize))
            .hint(format!("keep one of the rows; the first is line {first}")),
    );
}

#[cfg(test)]
mod tests {
    use super::{Season, TestScores};
    use crate::column::{Ids, Interner};
    use crate::diagnostic::Diagnostics;
    use crate::season::{Programmes, QuotaGroups};
    use crate::table::Table;

    fn ids(ids: &[&str]) -> Ids {
        let mut interner = Interner::default();
        ids.iter().for_each(|id| {
            interner.intern(id);
        });
        interner.into_sorted().0
    }

    fn read(rows: &[&str]) -> TestScores {
        let season = Season {
            programmes: Programmes { ids: ids(&["P1", "P2", "P3"]), ..Programmes::default() },
            applicant_ids: ids(&["A1", "A2", "A3"]),
            quota_groups: QuotaGroups::none(3),
            ..Season::default()
        };
        let text = format!("applicant_id,programme_id,points,passed\n{}\n", rows.join("\n"));
        let mut report = Diagnostics::default();
        let table = Table::from_text(TestScores::FILE, text, &mut report).unwrap();
        let read = TestScores::read(table, &season, &mut report);
        assert_eq!(report.iter().count(), 0);
        read
    }

    #[test]
    fn tests_are_found_in_whatever_order_they_are_written() {
        let rows = ["A3,P1,12.5,nej", "A1,P3,0,", "A3,P2,\"7,25\",ja", "A1,P2,100,1"];
        let scores = read(&rows);
        assert_eq!(scores.points, [1_000_000, 0, 125_000, 72_500]);
        assert_eq!(scores.passed, [Some(true), None, Some(false), Some(true)]);
        assert_eq!(scores.line, [5, 3, 2, 4]);
        let found = |applicant, programme| scores.find(applicant, programme);
        let expected = [[None, Some(0), Some(1)], [None, None, None], [Some(2), Some(3), None]];
        for (applicant, row) in expected.iter().enumerate() {
            for (programme, place) in row.iter().enumerate() {
                assert_eq!(found(applicant as u32, programme as u32), *place);
            }
        }
        let mut reversed = rows;
        reversed.reverse();
        assert_eq!(read(&reversed).points, scores.points);
        assert!(!scores.is_empty() && read(&[]).is_empty());
    }
}
