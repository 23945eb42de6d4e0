//! A season as it was read, with something decided otherwise about one applicant.

use std::collections::BTreeSet;

use antagning_formats::{Code, Decision, Diagnostic, Diagnostics, Event};

use crate::decisions::{concerned, exclude, place_on_list};
use crate::error::Error;
use crate::season::Season;
use crate::what_if::list;
use crate::what_if::supposition::{Replaced, Supposition};

/// Whatever date a run without one has; no event is dated before it.
const LONG_AGO: &str = "0001-01-01";

/// Puts what is supposed into a season, and tells what does not stand beside it.
pub(super) struct Draft<'a> {
    pub(super) data: antagning_formats::Season,
    report: Diagnostics,
    /// What is wrong with what is supposed.
    pub(super) faults: Diagnostics,
    pub(super) applicant: u32,
    date: &'a str,
    /// The programmes that the applicant asks for.
    pub(super) list: Vec<u32>,
    /// Whether events have made it another than that of `choices.csv`.
    pub(super) list_is_of_events: bool,
    /// Which lists and scores are supposed: each once.
    pub(super) settled: BTreeSet<String>,
    supposed: Vec<Decision>,
    replaced: Vec<Replaced>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        base: &'a Season,
        (data, report): (antagning_formats::Season, Diagnostics),
        applicant: u32,
        date: Option<&'a str>,
    ) -> Self {
        let choices = &base.data.choices;
        let list = choices.programme[choices.of(applicant as usize)].to_vec();
        let list_is_of_events = data.choices.programme[data.choices.of(applicant as usize)] != list;
        Self {
            data,
            report,
            faults: Diagnostics::default(),
            applicant,
            date: date.unwrap_or(LONG_AGO),
            list,
            list_is_of_events,
            settled: BTreeSet::new(),
            supposed: Vec::new(),
            replaced: Vec::new(),
        }
    }

    /// Applies one thing supposed, or reports why it cannot be.
    pub(super) fn suppose(&mut self, supposition: &Supposition) {
        let programme = match &supposition.programme_id {
            None => None,
            Some(id) => {
                let found = self.data.programmes.ids.find(id);
                if found.is_none() {
                    let fault = self.fault(Code::UnknownProgramme, "no such programme");
                    return self.faults.push(fault.column("programme_id").value(id));
                }
                found
            }
        };
        let decision = Decision {
            applicant: self.applicant,
            programme,
            kind: supposition.decision.clone(),
            value: supposition.value.clone(),
            reason: "supposed".to_owned(),
            date: String::new(),
            line: 0,
        };
        if let Some(kind) = supposition.decision.strip_prefix("without ") {
            return self.take_back(&Decision { kind: kind.to_owned(), ..decision });
        }
        match supposition.decision.as_str() {
            "appeal_won" => self.win_appeal(&decision),
            "choices" => list::replace(self, &decision),
            "score" => list::score(self, &decision),
            _ => self.decide(decision),
        }
    }

    /// The season with everything that is supposed, and the decisions that no longer stand.
    ///
    /// # Errors
    /// [`Error::Rejected`] with everything that cannot be.
    pub(super) fn finish(
        mut self,
    ) -> Result<((antagning_formats::Season, Diagnostics), Vec<Replaced>), Error> {
        if self.faults.error_count() > 0 {
            return Err(Error::Rejected(self.faults));
        }
        self.data.decisions.append(&mut self.supposed);
        self.data.decisions.sort_by(|a, b| {
            (a.applicant, a.programme, &a.kind, a.line).cmp(&(
                b.applicant,
                b.programme,
                &b.kind,
                b.line,
            ))
        });
        Ok(((self.data, self.report), self.replaced))
    }

    /// A finding about what is supposed.
    pub(super) fn fault(&self, code: Code, message: &str) -> Diagnostic {
        let id = self.data.applicant_ids.get(self.applicant as usize);
        Diagnostic::new(code, Decision::FILE, format!("{message} (applicant {id}, supposed)"))
    }

    /// That something else is supposed beside which a decision cannot stand.
    pub(super) fn excluded(&self, decision: &Decision) -> Diagnostic {
        let message = "something else is supposed that excludes it";
        self.fault_of(Code::ContradictoryDecision, decision, message)
    }

    pub(super) fn fault_of(&self, code: Code, decision: &Decision, message: &str) -> Diagnostic {
        self.fault(code, message).column("decision").value(&decision.kind)
    }

    /// Takes a decision of any kind in the place of those that it excludes.
    fn decide(&mut self, decision: Decision) {
        let about = concerned(&self.data, &self.list, &decision);
        let clashes = |other: &Decision| {
            exclude(other, &decision)
                && !concerned(&self.data, &self.list, other).is_disjoint(&about)
        };
        if self.supposed.iter().any(clashes) {
            return self.faults.push(self.excluded(&decision));
        }
        let place = place_on_list(&decision);
        let same_place = |other: &&Decision| {
            other.applicant != self.applicant && place.is_some() && place_on_list(other) == place
        };
        if let Some(other) = self.data.decisions.iter().find(same_place) {
            let message = format!("line {} gives the same place to somebody else", other.line);
            let fault = self.fault_of(Code::ContradictoryDecision, &decision, &message);
            return self.faults.push(fault.hint("suppose a place that nobody has"));
        }
        self.remove(|other| exclude(other, &decision), &about);
        self.supposed.push(decision);
    }

    /// Takes decisions of a kind out, as far as they are about the programme where one is named.
    fn take_back(&mut self, decision: &Decision) {
        let about = concerned(&self.data, &self.list, decision);
        let is_meant = |other: &Decision| {
            let value = decision.value.trim();
            other.kind == decision.kind
                && (value.is_empty() || other.value.trim().eq_ignore_ascii_case(value))
        };
        if !self.remove(is_meant, &about) {
            let message = "there is no such decision to take back";
            self.faults.push(self.fault_of(Code::OrphanedDecision, decision, message));
        }
    }

    /// Removes the applicant's decisions of a kind where they are about these programmes; elsewhere
    /// they hold as before. Whether there were any.
    pub(super) fn remove(
        &mut self,
        is_meant: impl Fn(&Decision) -> bool,
        programmes: &BTreeSet<u32>,
    ) -> bool {
        let mut found = false;
        for decision in std::mem::take(&mut self.data.decisions) {
            let about = match decision.applicant == self.applicant && is_meant(&decision) {
                true => concerned(&self.data, &self.list, &decision),
                false => BTreeSet::new(),
            };
            if about.is_disjoint(programmes) {
                self.data.decisions.push(decision);
                continue;
            }
            found = true;
            self.tell_replaced(&decision, about.intersection(programmes).copied());
            let elsewhere = about.difference(programmes);
            self.data
                .decisions
                .extend(elsewhere.map(|p| Decision { programme: Some(*p), ..decision.clone() }));
        }
        found
    }

    /// Drops the applicant's decisions about programmes that the list no longer has.
    pub(super) fn drop_unlisted(&mut self) {
        for decision in std::mem::take(&mut self.data.decisions) {
            let unlisted = decision.programme.filter(|p| !self.list.contains(p));
            match unlisted.filter(|_| decision.applicant == self.applicant) {
                Some(programme) => self.tell_replaced(&decision, [programme].into_iter()),
                None => self.data.decisions.push(decision),
            }
        }
    }

    fn tell_replaced(&mut self, decision: &Decision, programmes: impl Iterator<Item = u32>) {
        let ids = &self.data.programmes.ids;
        self.replaced.push(Replaced {
            decision: decision.kind.clone(),
            programme_ids: programmes.map(|p| ids.get(p as usize).to_owned()).collect(),
            value: decision.value.clone(),
            line: decision.line,
        });
    }

    /// Adds the event by which the applicant is eligible and received at the programme.
    fn win_appeal(&mut self, decision: &Decision) {
        let fault = match decision.programme {
            None => self
                .fault_of(Code::MissingValue, decision, "an appeal is about one programme")
                .column("programme_id")
                .value(""),
            Some(programme) if !self.list.contains(&programme) => {
                let message = "the applicant has not chosen the programme";
                self.fault_of(Code::OrphanedDecision, decision, message)
            }
            Some(programme) => {
                let about = (Some(self.applicant), Some(programme));
                let won = |event: &Event| {
                    event.kind == decision.kind && (event.applicant, event.programme) == about
                };
                if !self.data.events.iter().any(won) {
                    self.data.events.push(Event {
                        date: self.date.to_owned(),
                        kind: decision.kind.clone(),
                        applicant: about.0,
                        programme: about.1,
                        value: String::new(),
                        source: decision.reason.clone(),
                        reason: String::new(),
                        // Whatever the run before knew, this it did not.
                        line: u32::MAX,
                    });
                }
                return;
            }
        };
        self.faults.push(fault);
    }
}
