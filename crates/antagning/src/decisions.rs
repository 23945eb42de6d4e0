//! From what humans decided to rulings on choices.

use std::collections::BTreeMap;

use antagning_formats::{Code, Decision, Diagnostic, Diagnostics, Provider};
use antagning_rules::{Assessment, Bar, Closed, RankingKey, Reception, Ruling};

use crate::dossier::Ground;
use crate::plan::Plan;

/// The rulings of a season, and what was decided about each choice in words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rulings {
    /// A row a choice, or empty when nothing was decided.
    pub(crate) of_choice: Vec<Ruling>,
    /// Choice and kinds of decision, in the order of choices.
    kinds: Vec<(u32, String)>,
}

/// A kind of decision and what it does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    EnglishExemption,
    EquivalentKnowledge,
    NordicApplicant,
    FinishedProgramme,
    Receive(Reception),
    Withdrawal,
    LateApplication,
    ManualPlacement,
    NotYet,
}

impl Kind {
    const NAMES: [(&'static str, Self); 12] = [
        ("english_exemption", Self::EnglishExemption),
        ("equivalent_knowledge", Self::EquivalentKnowledge),
        ("nordic_applicant", Self::NordicApplicant),
        ("finished_programme", Self::FinishedProgramme),
        ("first_hand", Self::Receive(Reception::FirstHand)),
        ("second_hand", Self::Receive(Reception::SecondHand)),
        ("not_received", Self::Receive(Reception::NotReceived)),
        ("withdrawal", Self::Withdrawal),
        ("late_application", Self::LateApplication),
        ("manual_placement", Self::ManualPlacement),
        ("free_quota_rank", Self::NotYet),
        ("sport_approval", Self::NotYet),
    ];

    fn parse(text: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind)
    }

    /// Decisions that a provider takes for one programme (SkolL 16 kap. 32 and 36 §§).
    fn needs_programme(self) -> bool {
        matches!(self, Self::EnglishExemption | Self::ManualPlacement)
    }
}

impl Rulings {
    /// Applies the decisions; contradictory and orphaned ones are reported.
    pub(crate) fn read(
        season: &antagning_formats::Season,
        plan: &Plan,
        ground: &Ground,
        report: &mut Diagnostics,
    ) -> Self {
        let too_old = too_old(season, plan);
        if season.decisions.is_empty() && too_old.is_empty() {
            return Self::default();
        }
        let choices = season.choices.programme.len();
        let mut reader = Reader {
            season,
            ground,
            report,
            rulings: vec![Ruling::default(); choices],
            received: vec![None; choices],
            kinds: Vec::new(),
        };
        for applicant in too_old {
            for choice in season.choices.of(applicant) {
                reader.rulings[choice].closed = Some(Closed::TooOld);
            }
        }
        season.decisions.iter().for_each(|decision| reader.apply(decision));
        reader.check_together();
        let Reader { rulings, mut kinds, .. } = reader;
        kinds.sort();
        check_chain(plan, &rulings, report);
        Self { of_choice: rulings, kinds: joined(kinds) }
    }

    /// Placements by hand that cannot be: where the applicant takes no part, or beyond the seats.
    pub(crate) fn check_placements(
        &self,
        season: &antagning_formats::Season,
        assessment: &Assessment<'_>,
    ) -> Diagnostics {
        let mut report = Diagnostics::default();
        let mut placed = BTreeMap::new();
        let by_hand = self.of_choice.iter().enumerate().filter(|(_, ruling)| ruling.placed_by_hand);
        for (choice, _) in by_hand {
            let programme = season.choices.programme[choice];
            *placed.entry(programme).or_insert(0) += 1;
            if let Some(Bar::Ineligible(_) | Bar::Closed(_)) = assessment.bar(choice) {
                let applicant =
                    season.choices.offsets.partition_point(|start| *start as usize <= choice) - 1;
                let applicant = season.applicant_ids.get(applicant);
                let id = season.programmes.ids.get(programme as usize);
                let message = format!(
                    "applicant {applicant} is placed by hand at {id} without being eligible there"
                );
                let fault = Diagnostic::new(Code::ContradictoryDecision, Decision::FILE, message);
                report.push(fault.hint("decide on eligibility too, or take back the placement"));
            }
        }
        for (programme, count) in placed {
            let seats = season.programmes.capacity[programme as usize];
            if count > seats {
                let id = season.programmes.ids.get(programme as usize);
                let message =
                    format!("{count} applicants are placed by hand at {id}, seats: {seats}");
                report.push(Diagnostic::new(Code::PlacedBeyondSeats, Decision::FILE, message));
            }
        }
        report
    }

    /// The kinds of decision about a choice, parted by a space.
    pub(crate) fn kinds(&self, choice: usize) -> &str {
        let found = self.kinds.binary_search_by_key(&(choice as u32), |(choice, _)| *choice);
        found.map_or("", |at| self.kinds[at].1.as_str())
    }
}

struct Reader<'a> {
    season: &'a antagning_formats::Season,
    ground: &'a Ground,
    report: &'a mut Diagnostics,
    rulings: Vec<Ruling>,
    /// The line that decided on each choice's reception.
    received: Vec<Option<u32>>,
    kinds: Vec<(u32, String, u32)>,
}

impl Reader<'_> {
    fn apply(&mut self, decision: &Decision) {
        let Some(kind) = Kind::parse(&decision.kind) else {
            let carried = Kind::NAMES.iter().filter(|(_, kind)| *kind != Kind::NotYet);
            let names: Vec<_> = carried.map(|(name, _)| *name).collect();
            let fault = self.fault(Code::UnknownDecision, decision, "there is no such decision");
            self.report.push(fault.hint(format!("write one of {}", names.join(", "))));
            return;
        };
        if kind == Kind::NotYet {
            let fault =
                self.fault(Code::NotSupportedYet, decision, "quota groups are not carried yet");
            return self.report.push(fault);
        }
        if kind.needs_programme() && decision.programme.is_none() {
            let message = "the decision is about one programme, but none is named";
            let fault =
                self.fault(Code::MissingValue, decision, message).column("programme_id").value("");
            return self.report.push(fault);
        }
        if decision.reason.is_empty() {
            let fault =
                self.fault(Code::DecisionWithoutReason, decision, "the decision has no reason");
            self.report.push(fault.column("reason").value(""));
        }
        let concerned: Vec<usize> = self
            .season
            .choices
            .of(decision.applicant as usize)
            .filter(|choice| {
                decision.programme.is_none_or(|p| self.season.choices.programme[*choice] == p)
            })
            .collect();
        if concerned.is_empty() {
            let message = match decision.programme {
                Some(_) => "the applicant has not chosen the programme",
                None => "the applicant has no choices",
            };
            let fault = self.fault(Code::OrphanedDecision, decision, message);
            return self.report.push(fault);
        }
        let Some(passed) = self.passed(kind, decision) else { return };
        for choice in concerned {
            self.apply_to(choice, kind, passed, decision);
        }
    }

    fn apply_to(&mut self, choice: usize, kind: Kind, passed: u64, decision: &Decision) {
        let entry = (choice as u32, decision.kind.clone());
        let again = self.kinds.iter().any(|(c, k, _)| (*c, k) == (entry.0, &entry.1))
            && kind != Kind::EquivalentKnowledge;
        if again {
            let fault =
                self.fault(Code::ContradictoryDecision, decision, "the same decision stands twice");
            return self.report.push(fault);
        }
        self.kinds.push((entry.0, entry.1, decision.line));
        let ruling = &mut self.rulings[choice];
        ruling.passed |= passed;
        match kind {
            Kind::Withdrawal => ruling.withdrawn = true,
            Kind::LateApplication => ruling.late = true,
            Kind::ManualPlacement => ruling.placed_by_hand = true,
            Kind::Receive(reception) => {
                ruling.reception = reception;
                self.receive(choice, reception, decision);
            }
            Kind::FinishedProgramme => ruling.closed = Some(Closed::FinishedProgramme),
            Kind::EnglishExemption
            | Kind::EquivalentKnowledge
            | Kind::NordicApplicant
            | Kind::NotYet => {}
        }
    }

    /// One decision on reception a choice, and none that an independent provider cannot take
    /// (SkolL 15 kap. 33 §).
    fn receive(&mut self, choice: usize, reception: Reception, decision: &Decision) {
        if let Some(line) = self.received[choice].replace(decision.line) {
            let message = format!("line {line} has decided otherwise on the same choice");
            let fault = self.fault(Code::ContradictoryDecision, decision, &message);
            self.report.push(fault);
        }
        let programme = self.season.choices.programme[choice] as usize;
        let independent = self.season.programmes.provider[programme] == Some(Provider::Independent);
        if independent && reception == Reception::SecondHand && decision.programme.is_some() {
            let message = "an independent provider knows no first and second hand";
            let fault = self.fault(Code::ContradictoryDecision, decision, message);
            self.report.push(fault);
        }
        if independent && decision.programme.is_none() {
            // A decision on the whole application says nothing about independent providers.
            self.rulings[choice].reception = Reception::FirstHand;
        }
    }

    /// The subjects that count as passed; `None` when the decision cannot be read.
    fn passed(&mut self, kind: Kind, decision: &Decision) -> Option<u64> {
        let code = match kind {
            Kind::EnglishExemption => "EN",
            Kind::NordicApplicant => "SV",
            Kind::EquivalentKnowledge => decision.value.as_str(),
            _ => return Some(0),
        };
        let Ground::Grades { assessor, .. } = self.ground else {
            let message = "a market season has no eligibility to decide on";
            let fault = self.fault(Code::OrphanedDecision, decision, message);
            self.report.push(fault);
            return None;
        };
        let mask = assessor.subject_mask(code);
        if mask.is_none() {
            let fault = self.fault(Code::UnknownSubject, decision, "the value names no subject");
            self.report.push(fault.column("value").value(code));
        }
        mask
    }

    /// Decisions of different kinds on one choice that cannot both hold.
    fn check_together(&mut self) {
        for (choice, ruling) in self.rulings.iter().enumerate() {
            let clash = match ruling {
                Ruling { placed_by_hand: true, withdrawn: true, .. } => {
                    "placed by hand and withdrawn"
                }
                Ruling { placed_by_hand: true, reception: Reception::NotReceived, .. } => {
                    "placed by hand and not received"
                }
                _ => continue,
            };
            let line = self
                .kinds
                .iter()
                .filter(|(c, ..)| *c as usize == choice)
                .map(|(.., line)| *line)
                .max();
            let message = format!("the choice is {clash}");
            let fault = Diagnostic::new(Code::ContradictoryDecision, Decision::FILE, message);
            self.report.push(fault.line(u64::from(line.unwrap_or(0))));
        }
    }

    fn fault(&self, code: Code, decision: &Decision, message: &str) -> Diagnostic {
        let applicant = self.season.applicant_ids.get(decision.applicant as usize);
        let fault =
            Diagnostic::new(code, Decision::FILE, format!("{message} (applicant {applicant})"));
        fault.line(u64::from(decision.line)).column("decision").value(&decision.kind)
    }
}

/// Applicants who are older than the law allows. Without a year of birth nobody is.
fn too_old(season: &antagning_formats::Season, plan: &Plan) -> Vec<usize> {
    let Some(applicants) = &season.applicants else { return Vec::new() };
    let years = applicants.birth_year.iter().enumerate();
    let too_old = years.filter(|(_, year)| year.is_some_and(|year| plan.rule_set.is_too_old(year)));
    too_old.map(|(applicant, _)| applicant).collect()
}

/// Second hand and lateness only have an effect through the chain.
fn check_chain(plan: &Plan, rulings: &[Ruling], report: &mut Diagnostics) {
    let has = |key| plan.chain.keys().contains(&key);
    let second = rulings.iter().filter(|ruling| ruling.reception == Reception::SecondHand).count();
    if second > 0 && !has(RankingKey::Reception) {
        let message =
            format!("{second} choices are received in second hand, but the chain lacks reception");
        let fault =
            Diagnostic::new(Code::FaultyChain, "rules.toml", message).column("ranking.keys");
        report.push(fault.hint("put reception before merit (SkolL 16 kap. 47 §)"));
    }
    let late = rulings.iter().filter(|ruling| ruling.late).count();
    if late > 0 && !has(RankingKey::OnTime) {
        let message = format!(
            "{late} choices came late, but the chain lacks on_time: lateness changes nothing"
        );
        report.push(
            Diagnostic::new(Code::LatenessUnused, "rules.toml", message).column("ranking.keys"),
        );
    }
}

/// The kinds of each choice in one text.
fn joined(kinds: Vec<(u32, String, u32)>) -> Vec<(u32, String)> {
    let mut joined: Vec<(u32, String)> = Vec::new();
    for (choice, kind, _) in kinds {
        match joined.last_mut() {
            Some((last, text)) if *last == choice => {
                if !text.split(' ').any(|known| known == kind) {
                    *text += " ";
                    *text += &kind;
                }
            }
            _ => joined.push((choice, kind)),
        }
    }
    joined
}
