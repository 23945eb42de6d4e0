//! The season that scenarios are held against, and the seasons that they make of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use antagning_formats::{
    Code, Diagnostic, Diagnostics, EditedSeason, Listed, Operation, Scenario, Season as SeasonData,
    Setting, Spot,
};

use crate::error::Error;
use crate::planning::simulation::cast::AsStated;
use crate::planning::simulation::categories::Categories;
use crate::planning::simulation::draft::{Draft, Seats};
use crate::planning::simulation::people;
use crate::planning::simulation::seats::{Ceiling, seats_of};
use crate::planning::simulation::sheet::{Schools, Sheet};
use crate::rounds::Continuation;
use crate::season::Season;

/// The season that scenarios are held against.
pub(super) struct Base {
    pub(super) data: SeasonData,
    pub(super) season: Season,
    pub(super) categories: Categories,
    pub(super) schools: Schools,
    pub(super) sheet: Sheet,
    /// The offers where officials have placed somebody.
    by_hand: BTreeSet<u32>,
}

/// The season that a scenario makes.
pub(super) struct Edited {
    pub(super) season: Season,
    /// For each offer its number in the base.
    pub(super) offer: Vec<Option<u32>>,
    /// As [`Origin`] has them.
    pub(super) applicant: Vec<(u32, bool)>,
    pub(super) choice: Vec<(u32, Listed)>,
    /// For each choice the row in the base of the same offer, where the list there has it; else as
    /// `choice`.
    pub(super) same: Vec<(u32, Listed)>,
}

impl Base {
    /// Reads and runs the season. Where it cannot be, its faults are told behind those of `told`.
    pub(super) fn open(folder: &Path, verify: bool, told: &mut Diagnostics) -> Result<Self, Error> {
        Self::sound(folder, verify).map_err(|error| match error {
            Error::Rejected(faults) => {
                let mut all = std::mem::take(told);
                all.append(faults);
                Error::Rejected(all)
            }
            error => error,
        })
    }

    fn sound(folder: &Path, verify: bool) -> Result<Self, Error> {
        let mut report = Diagnostics::default();
        let data = SeasonData::read(folder, &mut report);
        if let Some(event) = data.events.first() {
            let message = "scenarios are held against a season before anything has happened";
            let fault = Diagnostic::new(Code::FaultyScenario, "events.csv", message);
            let hint = "take events.csv out of the folder for the simulation";
            report.push(fault.line(u64::from(event.line)).hint(hint));
        }
        let read = (data.clone(), report);
        let season = Season::prepare(folder, read, Continuation::default(), Instant::now())?;
        let assessment = season.assessment();
        let place = season.place(&assessment)?;
        if verify {
            season.admit()?;
        }
        let categories = Categories::new(&season, &assessment);
        let placed = place.matched();
        let seats = seats_of(&season, &Ceiling::new());
        let schools = Schools::of(&season);
        let cast = AsStated { assessment: &assessment, origin: None };
        let sheet =
            Sheet::new(&assessment, &cast, (&categories, None), &schools, &seats, |applicant| {
                placed.held(applicant)
            });
        drop(placed);
        let rulings = season.rulings.of_choice.iter().zip(&season.data.choices.programme);
        let by_hand = rulings.filter(|(ruling, _)| ruling.goes_first()).map(|(_, at)| *at);
        let by_hand = by_hand.collect();
        Ok(Self { data, categories, schools, sheet, by_hand, season })
    }

    /// Applies the scenarios to the offers and gives where seats are other, for those that change
    /// nothing else; what cannot be is reported.
    pub(super) fn check(
        &self,
        scenarios: &[Scenario],
        report: &mut Diagnostics,
    ) -> Vec<Option<Vec<Seats>>> {
        let rules = self.season.rule_set();
        let draft = |scenario| Draft::new(&self.data, rules, scenario, report).seats_alone();
        scenarios.iter().map(draft).collect()
    }

    /// Whether a matching can go on to other seats without more ado: where officials have placed
    /// somebody, fewer may be too few for them, which the season that it makes has to show.
    pub(super) fn is_free(&self, seats: &[Seats]) -> bool {
        !seats.iter().any(|(programme, ..)| self.by_hand.contains(programme))
    }

    /// The season that a scenario makes, with the faults that any season may have.
    pub(super) fn edited(
        &self,
        folder: &Path,
        scenario: &Scenario,
        report: &mut Diagnostics,
    ) -> Result<Edited, Error> {
        let draft = Draft::new(&self.data, self.season.rule_set(), scenario, report);
        let EditedSeason { season, offer, applicant, choice } = people::edited(&self.data, draft);
        let mut same = choice.clone();
        for (number, (source, _)) in applicant.iter().enumerate() {
            let listed = self.data.choices.of(*source as usize);
            for row in season.choices.of(number) {
                let before = offer[season.choices.programme[row] as usize];
                let mut own = listed.clone();
                let own = own.find(|own| Some(self.data.choices.programme[*own]) == before);
                same[row] = own.map_or(same[row], |own| (own as u32, Listed::Itself));
            }
        }
        let read = (season, Diagnostics::default());
        let season = Season::prepare(folder, read, Continuation::default(), Instant::now())?;
        Ok(Edited { season, offer, applicant, choice, same })
    }
}

/// Faults of the season that a scenario makes, as faults of the scenario; then there is no result.
pub(super) fn as_faults_of<T>(
    scenario: &Scenario,
    result: Result<T, Error>,
    report: &mut Diagnostics,
) -> Result<Option<T>, Error> {
    let faults = match result {
        Ok(made) => return Ok(Some(made)),
        Err(Error::Rejected(faults)) => faults,
        Err(error) => return Err(error),
    };
    for fault in faults.iter().filter(|fault| fault.severity == crate::Severity::Error) {
        let message = format!("the season would no longer be sound: {fault}");
        let told = Diagnostic::new(Code::FaultyScenario, scenario.file.clone(), message);
        let told = match keys_of(scenario) {
            Some((keys, spot)) if matches!(fault.code, Code::FaultyChain | Code::UnresolvedTie) => {
                let keys: Vec<&str> = keys.iter().map(|key| key.text.as_str()).collect();
                told.at(spot).column("ranking.keys").value(&keys.join(", "))
            }
            _ => told.at(scenario.spot).column("scenario").value(&scenario.name.text),
        };
        report.push(told.hint(fault.hint.clone()));
    }
    Ok(None)
}

/// The tie-break chain that a scenario sets, and where.
fn keys_of(scenario: &Scenario) -> Option<(&[Setting], Spot)> {
    scenario.operations.iter().find_map(|operation| match operation {
        Operation::Keys(keys, spot) => Some((keys.as_slice(), *spot)),
        _ => None,
    })
}
