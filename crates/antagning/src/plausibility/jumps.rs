//! Which changes of figures are told of.

use antagning_formats::{Code, Diagnostic, Diagnostics, Grades};
use antagning_rules::Score;

use crate::plausibility::figures::{Body, Figures, Tally};
use crate::season::Season;

/// From which change on a figure is told of: `[plausibility]` in `rules.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Thresholds {
    applicants_percent: u64,
    applicants_least: u64,
    merit_points: u64,
    eligible_points: u64,
    ungraded_points: u64,
}

impl Thresholds {
    pub(super) fn of(season: &Season) -> Self {
        let set = &season.data.settings.plausibility;
        let or = |set: Option<u32>, default: u32| u64::from(set.unwrap_or(default));
        Self {
            applicants_percent: or(set.applicants_percent, 30),
            applicants_least: or(set.applicants_least, 10),
            merit_points: or(set.merit_points, 20),
            eligible_points: or(set.eligible_points, 10),
            ungraded_points: or(set.ungraded_points, 20),
        }
    }

    /// Warns of every body whose figures jump, in the order of files, columns and names.
    pub(super) fn warn(self, then: &Figures<'_>, now: &Figures<'_>, report: &mut Diagnostics) {
        let all = then.bodies.keys().chain(now.bodies.keys());
        let all: std::collections::BTreeSet<&Body<'_>> = all.collect();
        for body in all {
            let tally = |figures: &Figures<'_>| figures.bodies.get(body).copied();
            let (was, is) = (tally(then).unwrap_or_default(), tally(now).unwrap_or_default());
            self.warn_of_applicants(body, was, is, report);
            self.warn_of_merit(body, was, is, report);
            self.warn_of_eligibility(body, was, is, report);
        }
        let (Some(were), Some(are)) = (&then.ungraded, &now.ungraded) else { return };
        for ((subject, body), is) in are {
            // A column that was not there before is no jump: the header says so.
            let Some(was) = were.get(&(subject.clone(), *body)) else { continue };
            let of = |figures: &Figures<'_>| figures.bodies.get(body).map_or(0, |t| t.applicants);
            let (before, after) = ((*was, of(then)), (*is, of(now)));
            if self.differ(before, after, self.ungraded_points) {
                let message = format!(
                    "{}: without a grade {}, before {}",
                    title(body),
                    share(after),
                    share(before)
                );
                let warning = Diagnostic::new(Code::MissingGradesJump, Grades::FILE, message);
                report.push(warning.column(subject.as_str()).value(body.name));
            }
        }
    }

    fn warn_of_applicants(self, body: &Body<'_>, was: Tally, is: Tally, report: &mut Diagnostics) {
        let (was, is) = (was.applicants, is.applicants);
        let change = was.abs_diff(is);
        if change >= self.applicants_least && change * 100 >= self.applicants_percent * was {
            let message = format!("{}: {is} applicants, before {was}", title(body));
            report.push(finding(Code::ApplicantsJump, body, message));
        }
    }

    fn warn_of_merit(self, body: &Body<'_>, was: Tally, is: Tally, report: &mut Diagnostics) {
        let wide = |number: u64| u128::from(number);
        let (then, now) = (wide(was.scored), wide(is.scored));
        let apart = (wide(was.score_sum) * now).abs_diff(wide(is.score_sum) * then);
        let least = wide(self.merit_points) * wide(Score::ONE) * then * now;
        if self.enough(was.scored, is.scored) && apart >= least {
            let message = format!("{}: mean score {}, before {}", title(body), mean(is), mean(was));
            report.push(finding(Code::MeritJump, body, message));
        }
    }

    fn warn_of_eligibility(self, body: &Body<'_>, was: Tally, is: Tally, report: &mut Diagnostics) {
        let (before, after) = ((was.eligible, was.judged), (is.eligible, is.judged));
        if self.differ(before, after, self.eligible_points) {
            let message =
                format!("{}: eligible {}, before {}", title(body), share(after), share(before));
            report.push(finding(Code::EligibilityJump, body, message));
        }
    }

    /// Whether two shares (part, whole) lie at least so many hundredths apart.
    fn differ(self, was: (u64, u64), is: (u64, u64), points: u64) -> bool {
        let wide = |number: u64| u128::from(number);
        let apart = (wide(was.0) * wide(is.1)).abs_diff(wide(is.0) * wide(was.1));
        self.enough(was.1, is.1) && apart * 100 >= wide(points) * wide(was.1) * wide(is.1)
    }

    /// Whether there are enough persons on both sides for a mean or a share to tell anything.
    fn enough(self, was: u64, is: u64) -> bool {
        was.min(is) >= self.applicants_least.max(1)
    }
}

fn finding(code: Code, body: &Body<'_>, message: String) -> Diagnostic {
    Diagnostic::new(code, body.file, message).column(body.column).value(body.name)
}

fn title(body: &Body<'_>) -> &'static str {
    match (body.file, body.column) {
        ("applicants.csv", "school") => "applicants from the school",
        ("applicants.csv", _) => "applicants who live there",
        (_, "programme_id") => "applicants to the programme",
        _ => "applicants to the school",
    }
}

fn mean(tally: Tally) -> String {
    // The half of an even number of persons is rounded up.
    let (sum, count) = (tally.score_sum, tally.scored.max(1));
    let tenths = (2 * sum / (Score::ONE / 10) + count) / (2 * count);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn share((part, whole): (u64, u64)) -> String {
    format!("{part} of {whole}")
}

#[cfg(test)]
mod tests {
    use super::{Tally, Thresholds, mean};

    fn thresholds() -> Thresholds {
        Thresholds {
            applicants_percent: 30,
            applicants_least: 10,
            merit_points: 20,
            eligible_points: 10,
            ungraded_points: 20,
        }
    }

    #[test]
    fn shares_are_compared_exactly() {
        let differ = |was, is| thresholds().differ(was, is, 10);
        assert!(differ((10, 10), (9, 10)));
        assert!(!differ((100, 100), (91, 100)));
        assert!(differ((0, 30), (3, 30)));
        // Nine persons tell nothing, and nobody neither.
        assert!(!differ((9, 9), (0, 9)));
        assert!(!differ((0, 0), (0, 0)));
    }

    #[test]
    fn means_are_rounded_half_up() {
        let tally = |scored, score_sum| Tally { scored, score_sum, ..Tally::default() };
        assert_eq!(mean(tally(2, 4_650_000)), "232.5");
        assert_eq!(mean(tally(3, 10_000)), "0.3");
        assert_eq!(mean(tally(20, 10_000)), "0.1");
        assert_eq!(mean(tally(0, 0)), "0.0");
    }
}
