//! More or fewer applicants in a scenario.

use std::collections::BTreeSet;

use antagning_formats::{Code, Diagnostics, EditedApplicant, People, Season, Setting};

use crate::planning::simulation::draft::Draft;
use crate::planning::simulation::people::{drawn, id_of, share_of};

/// Whether an applicant is of one of those kinds.
type IsOf = fn(&Season, u32, &str) -> bool;

/// The keys of [`People`].
fn keys(people: &People) -> [(&'static str, &[Setting], IsOf); 3] {
    [
        ("cohort.municipality", &people.municipality, lives_in),
        ("cohort.sex", &people.sex, is_of_sex),
        ("cohort.study_path", &people.study_path, wants_first),
    ]
}

fn lives_in(season: &Season, applicant: u32, code: &str) -> bool {
    let known = season.applicants.as_ref();
    known.is_some_and(|known| known.home_municipality.get(applicant as usize) == code)
}

fn is_of_sex(season: &Season, applicant: u32, sex: &str) -> bool {
    let known = season.applicants.as_ref();
    known.is_some_and(|known| known.sex.get(applicant as usize).eq_ignore_ascii_case(sex))
}

fn wants_first(season: &Season, applicant: u32, code: &str) -> bool {
    let first = season.choices.of(applicant as usize).next();
    first.is_some_and(|row| {
        let programme = season.choices.programme[row] as usize;
        season.programmes.study_path_code.get(programme).starts_with(code)
    })
}

fn is_among(season: &Season, people: &People, applicant: u32) -> bool {
    keys(people).iter().all(|(_, values, is_of)| {
        values.is_empty() || values.iter().any(|value| is_of(season, applicant, &value.text))
    })
}

impl Draft<'_> {
    /// Reports values that no applicant has, and that nobody has all together.
    pub(super) fn check_people(&self, people: &People, report: &mut Diagnostics) {
        let all = || 0..self.season.applicant_ids.len() as u32;
        let errors = report.error_count();
        for (key, values, is_of) in keys(people) {
            for value in values {
                if !all().any(|applicant| is_of(self.season, applicant, &value.text)) {
                    let message = "no applicant is of this kind";
                    report.push(self.at(Code::NothingSelected, value, key, message));
                }
            }
        }
        let is_met = || all().any(|applicant| is_among(self.season, people, applicant));
        if report.error_count() == errors && !is_met() {
            let message = "no applicant matches all keys together";
            let fault = self.fault(Code::NothingSelected, people.spot, message);
            report.push(fault.column("cohort"));
        }
    }
}

/// More or fewer of some people: the draw decides who is left out, or whose data somebody else has
/// as well.
pub(super) fn scaled(
    season: &Season,
    applicants: Vec<EditedApplicant>,
    (scale, people): (u64, &People),
    seed: &str,
) -> Vec<EditedApplicant> {
    let concerned: Vec<usize> = (0..applicants.len())
        .filter(|at| is_among(season, people, applicants[*at].source))
        .collect();
    let wanted = share_of(concerned.len(), scale);
    let times = wanted.checked_div(concerned.len()).unwrap_or(0);
    let count = wanted - times * concerned.len();
    let mut times_of = vec![1; applicants.len()];
    concerned.iter().for_each(|at| times_of[*at] = times);
    for (_, at) in drawn(season, &applicants, &concerned, count, (seed, "")) {
        times_of[at] += 1;
    }
    let mut ids: BTreeSet<String> =
        applicants.iter().map(|applicant| id_of(season, applicant).to_owned()).collect();
    let mut cohort = Vec::with_capacity(applicants.len());
    for (applicant, times) in applicants.into_iter().zip(times_of) {
        for copy in 2..=times {
            let mut id = format!("{}~{copy}", id_of(season, &applicant));
            while !ids.insert(id.clone()) {
                id.push('~');
            }
            cohort.push(EditedApplicant { copy: Some(id), ..applicant.clone() });
        }
        if times > 0 {
            cohort.push(applicant);
        }
    }
    cohort
}
