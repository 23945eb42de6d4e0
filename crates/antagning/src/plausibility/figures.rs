//! What is counted of each school and each home municipality.

use std::collections::{BTreeMap, BTreeSet};

use antagning_formats::{Grades, RunFiles};
use antagning_rules::{Assessment, Bar};

use crate::season::Season;

/// A school or a municipality, by the column that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Body<'s> {
    pub(super) file: &'static str,
    pub(super) column: &'static str,
    pub(super) name: &'s str,
}

/// What is counted of a body's applicants. Scores are ten-thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) applicants: u64,
    /// With a choice that is neither withdrawn nor given up.
    pub(super) judged: u64,
    /// Of these, eligible for one of them.
    pub(super) eligible: u64,
    /// Whose score is known.
    pub(super) scored: u64,
    pub(super) score_sum: u64,
}

/// The figures of a season or a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures<'s> {
    pub(super) bodies: BTreeMap<Body<'s>, Tally>,
    /// Applicants of a sending body without a grade in a subject, by subject in capitals; a run
    /// does not tell.
    pub(super) ungraded: Option<BTreeMap<(String, Body<'s>), u64>>,
}

/// A choice, as far as it says something about its applicant.
struct Judged<'s> {
    school: Option<Body<'s>>,
    /// Whether the applicant is eligible; `None` for a choice that is given up.
    eligible: Option<bool>,
}

impl<'s> Figures<'s> {
    /// O(choices · log).
    pub(super) fn of_season(season: &'s Season) -> Self {
        let assessment = season.assessment();
        let data = &season.data;
        let mut figures = Self::default();
        for applicant in 0..data.applicant_ids.len() {
            let list = data.choices.of(applicant);
            let judged: Vec<Judged<'s>> = list
                .clone()
                .map(|choice| {
                    let programme = data.choices.programme[choice] as usize;
                    let id = data.programmes.ids.get(programme);
                    let school = data.programmes.school.get(programme);
                    Judged {
                        school: school_of(school, id),
                        eligible: eligible(&assessment, choice),
                    }
                })
                .collect();
            let first = list.clone().next();
            let score = first.map(|choice| assessment.score(applicant, choice).ten_thousandths());
            figures.add(&sending(season, applicant), &judged, score);
        }
        figures.ungraded = data.grades.as_ref().map(|grades| ungraded(season, grades));
        figures
    }

    /// A run, whose applicants come from where the season says. O(choices · log).
    pub(super) fn of_run(files: &'s RunFiles, season: &'s Season) -> Self {
        let (outcomes, programmes) = (&files.outcomes, &files.programmes);
        let schools: BTreeMap<&str, &str> =
            programmes.programme_id.iter().zip(programmes.school.iter()).collect();
        let mut figures = Self::default();
        let mut start = 0;
        let mut met = BTreeSet::new();
        while start < outcomes.len() {
            let id = outcomes.applicant_id.get(start);
            let same = (start..outcomes.len()).take_while(|r| outcomes.applicant_id.get(*r) == id);
            let rows = start..start + same.count();
            start = rows.end;
            met.insert(id);
            let judged: Vec<Judged<'s>> = rows
                .clone()
                .map(|row| {
                    let programme = outcomes.programme_id.get(row);
                    let school = schools.get(programme).copied().unwrap_or_default();
                    let status = outcomes.status.get(row);
                    let gone = status == "withdrawn" || outcomes.reason.get(row) == "offer_closed";
                    let eligible = (!gone).then_some(status != "ineligible");
                    Judged { school: school_of(school, programme), eligible }
                })
                .collect();
            // The score of a quota group is of another kind.
            let mut plain = rows.filter(|row| outcomes.quota_group.get(*row).is_empty());
            let score = plain.next().map(|row| outcomes.score[row]);
            figures.add(&sending_of(season, id), &judged, score);
        }
        for id in files.placements.applicant_id.iter().filter(|id| !met.contains(id)) {
            figures.add(&sending_of(season, id), &[], None);
        }
        figures
    }

    /// Counts one applicant.
    fn add(&mut self, sending: &[Body<'s>], choices: &[Judged<'s>], score: Option<u64>) {
        for body in sending {
            self.tally(*body, choices.iter(), score);
        }
        let schools: BTreeSet<Body<'s>> = choices.iter().filter_map(|c| c.school).collect();
        for school in schools {
            self.tally(school, choices.iter().filter(|c| c.school == Some(school)), score);
        }
    }

    fn tally<'c>(
        &mut self,
        body: Body<'s>,
        choices: impl Iterator<Item = &'c Judged<'s>>,
        score: Option<u64>,
    ) where
        's: 'c,
    {
        let tally = self.bodies.entry(body).or_default();
        tally.applicants += 1;
        let eligible: Vec<bool> = choices.filter_map(|choice| choice.eligible).collect();
        tally.judged += u64::from(!eligible.is_empty());
        tally.eligible += u64::from(eligible.contains(&true));
        tally.scored += u64::from(score.is_some());
        tally.score_sum += score.unwrap_or(0);
    }
}

/// The school that offers a programme, or the programme where no school is named.
fn school_of<'s>(school: &'s str, programme: &'s str) -> Option<Body<'s>> {
    let (column, name) =
        if school.is_empty() { ("programme_id", programme) } else { ("school", school) };
    Some(Body { file: "programmes.csv", column, name }).filter(|body| !body.name.is_empty())
}

/// Where an applicant comes from: the school and the home municipality, as far as they are named.
fn sending(season: &Season, applicant: usize) -> Vec<Body<'_>> {
    let Some(applicants) = &season.data.applicants else { return Vec::new() };
    let (home, school) = (&applicants.home_municipality, &applicants.school);
    [("home_municipality", home), ("school", school)]
        .map(|(column, names)| Body { file: "applicants.csv", column, name: names.get(applicant) })
        .into_iter()
        .filter(|body| !body.name.is_empty())
        .collect()
}

fn sending_of<'s>(season: &'s Season, id: &str) -> Vec<Body<'s>> {
    let applicant = season.data.applicant_ids.find(id);
    applicant.map_or_else(Vec::new, |applicant| sending(season, applicant as usize))
}

fn eligible(assessment: &Assessment<'_>, choice: usize) -> Option<bool> {
    match assessment.bar(choice) {
        Some(Bar::Withdrawn | Bar::Lapsed(_)) => None,
        Some(Bar::Closed(_) | Bar::Ineligible(_) | Bar::EligibleForTarget | Bar::NoGroupOpen) => {
            Some(false)
        }
        _ => Some(true),
    }
}

fn ungraded<'s>(season: &'s Season, grades: &Grades) -> BTreeMap<(String, Body<'s>), u64> {
    let mut ungraded = BTreeMap::new();
    let subjects: Vec<String> = grades.subjects.iter().map(|s| s.to_ascii_uppercase()).collect();
    for applicant in 0..season.data.applicant_ids.len() {
        let bodies = sending(season, applicant);
        for (cell, subject) in grades.row(applicant).iter().zip(&subjects) {
            for body in &bodies {
                let count = ungraded.entry((subject.clone(), *body)).or_insert(0);
                *count += u64::from(*cell == 0);
            }
        }
    }
    ungraded
}
