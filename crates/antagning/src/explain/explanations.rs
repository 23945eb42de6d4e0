//! The explanations of a whole run, its files read once.

use antagning_formats::{Manifest, OutcomeTable, RunFiles};
use antagning_rules::Reason;

use crate::error::Error;
use crate::explain::choice::Choice;
use crate::explain::letter::{Letter, Place};
use crate::explain::messages as m;
use crate::explain::records::{Records, rows_of};
use crate::explain::{ChoiceExplanation, Explanation};
use crate::language::Language;

/// A run that is ready to explain any of its applicants.
#[derive(Debug)]
pub struct Explanations<'r>(Records<'r>);

impl<'r> Explanations<'r> {
    /// `before` is what a run before, which bound, said of every choice. O(choices).
    pub(crate) fn new(
        manifest: &'r Manifest,
        files: RunFiles,
        before: Option<OutcomeTable>,
        language: Language,
    ) -> Self {
        Self(Records::new(manifest, files, before, language))
    }

    /// The outcome of each choice of one applicant.
    ///
    /// O(log choices + own choices).
    ///
    /// # Errors
    /// [`Error::UnknownApplicant`].
    pub fn of(&self, applicant: &str) -> Result<Explanation, Error> {
        let placements = &self.0.files.placements.applicant_id;
        let row = rows_of(placements, applicant).next();
        let row = row.ok_or_else(|| Error::UnknownApplicant(applicant.to_owned()))?;
        let choices = self.choices(applicant);
        let placed =
            Some(self.0.files.placements.programme_id.get(row)).filter(|id| !id.is_empty());
        Ok(Explanation {
            applicant_id: applicant.to_owned(),
            round: self.0.manifest.round.clone(),
            rule_set: self.0.manifest.rule_set.clone(),
            placed: placed.map(str::to_owned),
            text: self.headline(&choices),
            notices: self.notices(),
            choices,
        })
    }

    /// A letter to every applicant, by id. Each is made when it is asked for, in O(log choices +
    /// own choices).
    pub fn letters(&self) -> impl Iterator<Item = Letter> + '_ {
        (0..self.0.files.placements.applicant_id.len()).map(|row| self.letter(row))
    }

    fn letter(&self, row: usize) -> Letter {
        let placements = &self.0.files.placements;
        let applicant = placements.applicant_id.get(row);
        let choices = self.choices(applicant);
        let texts = |messages: &[m::Message]| -> Vec<String> {
            messages.iter().map(|text| text.text(self.0.language).to_owned()).collect()
        };
        let appeal: &[m::Message] =
            if self.0.rules().is_some() { &[m::APPEAL, m::NO_APPEAL] } else { &[] };
        Letter {
            applicant_id: applicant.to_owned(),
            language: self.0.language.pick("sv", "en"),
            status: self.0.manifest.status.clone(),
            round: self.0.manifest.round.clone(),
            rule_set: self.0.manifest.rule_set.clone(),
            manifest_sha256: self.0.manifest.manifest_sha256.clone(),
            headline: self.headline(&choices),
            placed: self.place(row),
            notices: self.notices(),
            appeal: texts(appeal),
            choices,
        }
    }

    fn place(&self, row: usize) -> Option<Place> {
        let placements = &self.0.files.placements;
        let programme_id = placements.programme_id.get(row);
        if programme_id.is_empty() {
            return None;
        }
        let offer = self.0.offer(programme_id);
        let programmes = &self.0.files.programmes;
        let group = placements.quota_group.get(row);
        Some(Place {
            programme_id: programme_id.to_owned(),
            programme: self.0.cell(&programmes.name, &offer),
            school: self.0.cell(&programmes.school, &offer),
            quota_group: Some(group.to_owned()).filter(|group| !group.is_empty()),
            choice_rank: placements.choice_rank[row],
        })
    }

    fn choices(&self, applicant: &str) -> Vec<ChoiceExplanation> {
        let rows = rows_of(&self.0.files.outcomes.applicant_id, applicant);
        let merit = self.0.merit(rows.clone());
        rows.map(|row| Choice::new(&self.0, row).explain(merit.as_deref())).collect()
    }

    fn headline(&self, choices: &[ChoiceExplanation]) -> String {
        let language = self.0.language;
        match choices.iter().find(|choice| choice.status == "admitted") {
            Some(choice) if choice.reason == Reason::HoldsSeat.name() => {
                m::KEEPS.fill(language, &[("title", &choice.title)])
            }
            Some(choice) => m::PLACED.fill(language, &[("title", &choice.title)]),
            None if choices.is_empty() => m::NO_CHOICES.text(language).to_owned(),
            None => m::NOT_PLACED.text(language).to_owned(),
        }
    }

    fn notices(&self) -> Vec<String> {
        let preliminary = match (self.0.manifest.round.as_str(), self.0.rules()) {
            ("preliminary", Some(_)) => Some(m::PRELIMINARY_GRADED),
            ("preliminary", None) => Some(m::PRELIMINARY),
            _ => None,
        };
        let messages = preliminary.into_iter().chain([m::PROPOSAL]);
        messages.map(|message| message.text(self.0.language).to_owned()).collect()
    }
}
