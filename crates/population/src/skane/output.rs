//! The rows of the season's files.

use antagning_formats::{
    ApplicantRow, DecisionRow, ProgrammeRow, QuotaGroupRow, SeasonBlock, SeasonWriter, TestScoreRow,
};

use super::decisions::decisions;
use super::introductory::Introductory;
use super::lists::List;
use super::numbers::{Numbers, applicant_id};
use super::people::Person;
use super::published::{DecidedBy, Published};
use super::seats::Size;
use super::trials::{Trial, Trials};
use crate::PopulationError;

/// A half point in ten-thousandths.
const HALF_POINT: u64 = 5_000;

/// Everything that the files tell.
pub(crate) struct Output<'a> {
    pub(crate) published: &'a Published,
    pub(crate) sizes: &'a [Size],
    pub(crate) introductory: &'a [Introductory],
    pub(crate) people: &'a [Person],
    pub(crate) numbers: &'a Numbers,
    pub(crate) lists: &'a [List],
    /// By person the introductory programmes that stand last.
    pub(crate) asked: &'a [Vec<usize>],
    pub(crate) trials: &'a Trials,
}

/// The id of the offer on that row of the published table; introductory programmes follow.
fn programme_id(index: usize) -> String {
    format!("P{:04}", index + 1)
}

impl Output<'_> {
    pub(crate) fn programmes(&self, writer: &mut SeasonWriter) -> Result<(), PopulationError> {
        let offers = self.published.offers.iter().zip(self.sizes);
        for (index, (offer, size)) in offers.enumerate() {
            writer.programme(&ProgrammeRow {
                programme_id: &programme_id(index),
                capacity: size.seats,
                name: &offer.name,
                school: &offer.school,
                school_unit_code: "",
                municipality_code: &self.published.municipalities[offer.municipality].code,
                study_path_code: &offer.code,
                provider: provider(offer.independent),
            })?;
        }
        for (index, offer) in (self.sizes.len()..).zip(self.introductory) {
            writer.programme(&ProgrammeRow {
                programme_id: &programme_id(index),
                capacity: offer.seats,
                name: &offer.name,
                school: &offer.school,
                school_unit_code: "",
                municipality_code: &self.published.municipalities[offer.municipality].code,
                study_path_code: &offer.code,
                provider: provider(offer.independent),
            })?;
        }
        Ok(())
    }

    pub(crate) fn quota_groups(&self, writer: &mut SeasonWriter) -> Result<(), PopulationError> {
        for (index, (offer, size)) in self.published.offers.iter().zip(self.sizes).enumerate() {
            let Some(selection) = &offer.selection else { continue };
            let groups = selection.groups.iter().zip(selection.seats(size.seats));
            for (precedence, (group, seats)) in (1..).zip(groups) {
                writer.quota_group(&QuotaGroupRow {
                    programme_id: &programme_id(index),
                    quota_group: &group.name,
                    precedence,
                    seats,
                    ranked_by: &group.ranked_by,
                    open_to: &group.open_to,
                    unfilled_to: &group.unfilled_to,
                    test_maximum: selection.test.map(|test| u64::from(test.maximum) * HALF_POINT),
                })?;
            }
        }
        Ok(())
    }

    /// The applicants in the order of their ids.
    pub(crate) fn applicants(&self) -> SeasonBlock {
        let mut order: Vec<usize> = (0..self.people.len()).collect();
        order.sort_unstable_by_key(|person| self.numbers.ids[*person]);
        let mut rows = SeasonBlock::default();
        for person in order {
            self.applicant(person, &mut rows);
        }
        rows
    }

    fn applicant(&self, index: usize, rows: &mut SeasonBlock) {
        let id = &applicant_id(self.numbers.ids[index]);
        let (person, list, trials) = (&self.people[index], &self.lists[index], &self.trials[index]);
        rows.applicant(&ApplicantRow {
            applicant_id: id,
            home_municipality: &self.published.home(person.home).code,
            birth_year: person.birth_year,
            sex: if person.girl { "F" } else { "M" },
            protected: person.protected,
        });
        rows.grades(id, person.case.reported(&person.sheet).letters());
        let last = self.asked[index].iter().map(|offer| self.sizes.len() + offer);
        for (rank, offer) in (1..).zip(list.offers.iter().copied().chain(last)) {
            rows.choice(id, rank, &programme_id(offer));
        }
        for (offer, trial) in trials {
            if let Trial::Test { points, passed } = trial {
                rows.test_score(&TestScoreRow {
                    applicant_id: id,
                    programme_id: &programme_id(*offer),
                    points: u64::from(*points) * HALF_POINT,
                    passed: *passed,
                });
            }
        }
        for decision in decisions(self.published, person, list, trials) {
            rows.decision(&DecisionRow {
                applicant_id: id,
                programme_id: &decision.offer.map_or(String::new(), programme_id),
                decision: decision.kind,
                value: &decision.value,
                reason: decision.reason,
                date: decision.date,
            });
        }
    }

    /// For each programme the published figures and what they were decided by.
    pub(crate) fn published_table(&self) -> String {
        let mut table = String::from("programme_id,min_merit,mean_merit,decided_by\n");
        for (index, offer) in self.published.offers.iter().enumerate() {
            let decided_by = match offer.decided_by {
                DecidedBy::Merit => "merit",
                DecidedBy::Test => "test",
            };
            let id = programme_id(index);
            table.push_str(&format!("{id},{},{},{decided_by}\n", offer.lowest, offer.mean));
        }
        table
    }
}

fn provider(independent: bool) -> &'static str {
    if independent { "independent" } else { "municipal" }
}
