//! A new offer in a scenario.

use std::borrow::Cow;

use antagning_formats::{
    Code, Diagnostics, EditedOffer, Operation, Provider, Setting, Taste, TextColumn,
};

use crate::planning::simulation::draft::{Draft, ListChange, name_of};
use crate::planning::simulation::taste::Weighed;

/// What to do where the season's lists tell nothing.
const NO_BASIS: &str = "give like and share in place of taste";

impl<'b> Draft<'b> {
    /// Opens an offer; what cannot be is reported.
    pub(super) fn open(&mut self, operation: &'b Operation, report: &mut Diagnostics) {
        let Operation::Open { id, seats, cells, provider, taste, seed, .. } = operation else {
            return;
        };
        let named = id.as_ref().filter(|id| !self.offers.iter().any(|offer| offer.id == id.text));
        if let (Some(id), None) = (id, named) {
            let message = "there is such an offer already";
            report.push(self.at(Code::DuplicateId, id, "open.id", message));
        }
        let mut alike = None;
        match taste {
            Some(Taste::Model(taste)) => self.check_basis(taste, cells, report),
            Some(Taste::Share { like: Some(like), .. }) => {
                alike = self.season.programmes.ids.find(&like.text);
                if alike.is_none() {
                    let fault = self.at(Code::UnknownProgramme, like, "open.like", "no such offer");
                    report.push(fault.hint("name an offer of programmes.csv"));
                }
            }
            Some(Taste::Share { like: None, .. }) | None => {}
        }
        let like = alike.map(|alike| &self.offers[alike as usize]);
        let own_provider = match provider {
            None => like.and_then(|like| like.provider),
            Some(text) => {
                let known = [Provider::Municipal, Provider::Independent, Provider::Regional];
                let found = known.into_iter().find(|provider| name_of(*provider) == text.text);
                if found.is_none() {
                    let message = "no such kind of provider";
                    report.push(self.at(Code::UnknownProvider, text, "open.provider", message));
                }
                found
            }
        };
        let cell = |at: usize, of_like: Option<&Cow<'b, str>>| match &cells[at] {
            Some(setting) => Cow::Borrowed(setting.text.as_str()),
            None => of_like.cloned().unwrap_or_default(),
        };
        // What comes later in the file may name the offer also where something else of it is wrong.
        let Some(id) = named else { return };
        let opened = EditedOffer {
            id: Cow::Borrowed(&id.text),
            source: None,
            seats: seats.unwrap_or_default(),
            name: cell(0, like.map(|like| &like.name)),
            school: cell(1, like.map(|like| &like.school)),
            municipality_code: cell(2, like.map(|like| &like.municipality_code)),
            study_path_code: cell(3, like.map(|like| &like.study_path_code)),
            provider: own_provider,
            groups: Vec::new(),
        };
        let offer = self.offers.len() as u32;
        self.offers.push(opened);
        self.gone.push(false);
        self.lists.push(match (taste, alike) {
            (Some(Taste::Share { share: Some(share), .. }), Some(like)) => {
                ListChange::Open { offer, like, share: *share, seed }
            }
            // What moves, merges or changes its seats later in the scenario is weighed as it was.
            (Some(Taste::Model(_)), _) => ListChange::Taste {
                offer,
                weighed: self.offers.iter().map(Weighed::new).collect(),
                seed,
            },
            _ => return,
        });
    }

    /// Reports what the season's lists tell nothing of.
    fn check_basis(&self, taste: &Setting, cells: &[Option<Setting>; 4], report: &mut Diagnostics) {
        let programmes = &self.season.programmes;
        let mut check = |wanted: &Option<Setting>, key: &str, codes: &TextColumn, of: &str| {
            let Some(wanted) = wanted else { return };
            let mut listed = self.season.choices.programme.iter();
            if !listed.any(|programme| codes.get(*programme as usize) == wanted.text) {
                let message = format!("nobody lists an offer {of}, so the model cannot tell");
                report.push(self.at(Code::NothingSelected, wanted, key, message).hint(NO_BASIS));
            }
        };
        let [_, _, municipality, study_path] = cells;
        let (key, codes) = ("open.municipality_code", &programmes.municipality_code);
        check(municipality, key, codes, "in this municipality");
        let (key, codes) = ("open.study_path_code", &programmes.study_path_code);
        check(study_path, key, codes, "of this study path");
        let homes = self.season.applicants.as_ref().map(|known| &known.home_municipality);
        if !homes.is_some_and(|homes| homes.iter().any(|home| !home.is_empty())) {
            let message = "nobody's home municipality is known, so the model cannot tell";
            report.push(self.at(Code::FaultyScenario, taste, "open.taste", message).hint(NO_BASIS));
        }
    }
}
