//! Reads decisions one by one.

use std::collections::BTreeMap;

use antagning_formats::{Code, Decision, Diagnostic, Diagnostics, Provider};
use antagning_rules::{Closed, Condition, QuotaGroup, Quotas, Reception, Ruling};

use crate::decisions::kind::Kind;
use crate::decisions::{Rulings, joined};
use crate::dossier::{Ground, NewGradeFault};
use crate::plan::Plan;

pub(super) struct Reader<'a> {
    season: &'a antagning_formats::Season,
    plan: &'a Plan,
    quotas: &'a Quotas,
    ground: &'a mut Ground,
    report: &'a mut Diagnostics,
    rulings: Vec<Ruling>,
    dancers: Vec<u32>,
    /// The line that decided on each choice's reception.
    received: Vec<Option<u32>>,
    /// The line of each place on a free quota's list.
    free_quota: BTreeMap<(u32, u32), u32>,
    /// Lines with such a place in a round that does not use it.
    too_early: usize,
    /// The line of each decision, by choice and kind.
    kinds: BTreeMap<(u32, String), u32>,
}

/// What a decision says beside its kind.
#[derive(Clone, Copy, Default)]
struct Value {
    /// Subjects that count as passed.
    passed: u64,
    /// Place on the free quota's list.
    rank: u32,
    /// Quota group, counted within the programme.
    group: Option<u16>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        season: &'a antagning_formats::Season,
        plan: &'a Plan,
        quotas: &'a Quotas,
        ground: &'a mut Ground,
        report: &'a mut Diagnostics,
    ) -> Self {
        let choices = season.choices.programme.len();
        Self {
            season,
            plan,
            quotas,
            ground,
            report,
            rulings: vec![Ruling::default(); choices],
            dancers: Vec::new(),
            received: vec![None; choices],
            free_quota: BTreeMap::new(),
            too_early: 0,
            kinds: BTreeMap::new(),
        }
    }

    /// Closes every choice of an applicant.
    pub(super) fn close(&mut self, applicant: usize, closed: Closed) {
        for choice in self.season.choices.of(applicant) {
            self.rulings[choice].closed = Some(closed);
        }
    }

    pub(super) fn read(mut self) -> Rulings {
        let season = self.season;
        season.decisions.iter().for_each(|decision| self.apply(decision));
        self.check_together();
        if self.too_early > 0 {
            let message = format!(
                "the free quota is decided on in the final round: {} places on its lists are not \
                 used in this one",
                self.too_early
            );
            self.report.push(Diagnostic::new(Code::FreeQuotaTooEarly, Decision::FILE, message));
        }
        let Self { rulings, mut dancers, kinds, .. } = self;
        dancers.sort_unstable();
        dancers.dedup();
        Rulings { of_choice: rulings, dancers, kinds: joined(kinds) }
    }

    fn apply(&mut self, decision: &Decision) {
        let Some(kind) = Kind::parse(&decision.kind) else {
            let fault = self.fault(Code::UnknownDecision, decision, "there is no such decision");
            self.report.push(fault.hint(format!("write one of {}", Kind::names())));
            return;
        };
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
        if kind.is_about_grades() && decision.programme.is_some() {
            let message = "grades are the same for every programme: leave programme_id empty";
            let fault = self.fault(Code::ContradictoryDecision, decision, message);
            return self.report.push(fault);
        }
        let Some(value) = self.value(kind, decision) else { return };
        for choice in concerned {
            if !self.is_left_alone(choice, kind, decision) {
                self.apply_to(choice, kind, value, decision);
            }
        }
    }

    fn apply_to(&mut self, choice: usize, kind: Kind, value: Value, decision: &Decision) {
        let entry = (choice as u32, decision.kind.clone());
        let before = self.kinds.insert(entry, decision.line);
        if before.is_some() && !kind.is_by_subject() {
            let fault =
                self.fault(Code::ContradictoryDecision, decision, "the same decision stands twice");
            return self.report.push(fault);
        }
        let ruling = &mut self.rulings[choice];
        ruling.passed |= value.passed;
        match kind {
            Kind::Withdrawal => ruling.withdrawn = true,
            Kind::LateApplication => ruling.late = true,
            Kind::ManualPlacement => {
                ruling.placed_by_hand = true;
                ruling.hand_group = value.group;
            }
            Kind::FreeQuotaRank => ruling.free_quota_rank = value.rank,
            Kind::SportApproval => ruling.sport_approved = true,
            Kind::Receive(reception) => {
                ruling.reception = reception;
                self.receive(choice, reception, decision);
            }
            Kind::FinishedProgramme => ruling.closed = Some(Closed::FinishedProgramme),
            Kind::EnglishExemption
            | Kind::EquivalentKnowledge
            | Kind::NordicApplicant
            | Kind::NewGrade
            | Kind::DanceTraining => {}
        }
    }

    /// A decision on how the whole application is received says nothing about independent
    /// providers (SkolL 15 kap. 33 §).
    fn is_left_alone(&self, choice: usize, kind: Kind, decision: &Decision) -> bool {
        matches!(kind, Kind::Receive(_))
            && decision.programme.is_none()
            && self.is_independent(choice)
    }

    fn is_independent(&self, choice: usize) -> bool {
        let programme = self.season.choices.programme[choice] as usize;
        self.season.programmes.provider[programme] == Some(Provider::Independent)
    }

    /// One decision on reception a choice, and none that an independent provider cannot take.
    fn receive(&mut self, choice: usize, reception: Reception, decision: &Decision) {
        if let Some(line) = self.received[choice].replace(decision.line) {
            let message = format!("line {line} has decided otherwise on the same choice");
            let fault = self.fault(Code::ContradictoryDecision, decision, &message);
            self.report.push(fault);
        }
        if reception == Reception::SecondHand && self.is_independent(choice) {
            let message = "an independent provider knows no first and second hand";
            let fault = self.fault(Code::ContradictoryDecision, decision, message);
            self.report.push(fault);
        }
    }

    /// What the decision says beside its kind; `None` when it cannot be read.
    fn value(&mut self, kind: Kind, decision: &Decision) -> Option<Value> {
        match kind {
            Kind::EnglishExemption => self.passed("EN", decision),
            Kind::NordicApplicant => self.passed("SV", decision),
            Kind::EquivalentKnowledge => self.passed(&decision.value, decision),
            Kind::NewGrade => self.new_grade(decision),
            Kind::DanceTraining => {
                self.grades(decision)?;
                self.dancers.push(decision.applicant);
                Some(Value::default())
            }
            Kind::FreeQuotaRank => self.free_quota_rank(decision),
            Kind::SportApproval => {
                let asks = |group: &QuotaGroup| group.open_to.contains(&Condition::SportApproval);
                let message = "no quota group of the programme asks for the approval";
                self.groups_that(asks, decision, message).map(|_| Value::default())
            }
            Kind::ManualPlacement => self.hand_group(decision),
            _ => Some(Value::default()),
        }
    }

    fn grades(&mut self, decision: &Decision) -> Option<()> {
        if let Ground::Grades { .. } = self.ground {
            return Some(());
        }
        let message = "a market season has no eligibility to decide on";
        let fault = self.fault(Code::OrphanedDecision, decision, message);
        self.report.push(fault);
        None
    }

    fn passed(&mut self, code: &str, decision: &Decision) -> Option<Value> {
        self.grades(decision)?;
        let Some(passed) = self.ground.subject_mask(code) else {
            let fault = self.fault(Code::UnknownSubject, decision, "the value names no subject");
            self.report.push(fault.column("value").value(code));
            return None;
        };
        Some(Value { passed, ..Value::default() })
    }

    /// A grade gained after the final grades, `MA=C` (GyF 7 kap. 4 §, last paragraph).
    fn new_grade(&mut self, decision: &Decision) -> Option<Value> {
        self.grades(decision)?;
        let (code, message) = match self.ground.set_grade(decision.applicant, &decision.value) {
            Ok(()) => return Some(Value::default()),
            Err(NewGradeFault::Unreadable) => {
                (Code::UnknownSubject, "the value is no subject and grade such as MA=C")
            }
            Err(NewGradeFault::NoColumn) => {
                (Code::UnknownSubject, "grades.csv has no column for the subject")
            }
            Err(NewGradeFault::NotBetter) => (
                Code::ContradictoryDecision,
                "the applicant has that grade or a better one already",
            ),
        };
        let fault = self.fault(code, decision, message);
        self.report.push(fault.column("value").value(&decision.value));
        None
    }

    fn free_quota_rank(&mut self, decision: &Decision) -> Option<Value> {
        let asks = |group: &QuotaGroup| {
            group.ranking.uses_free_quota() || group.open_to.contains(&Condition::FreeQuota)
        };
        self.groups_that(asks, decision, "no quota group of the programme is the free quota")?;
        let Some(rank) = decision.value.parse().ok().filter(|rank| (1..u32::MAX).contains(rank))
        else {
            let message = "the place on the free quota's list is no whole number from 1";
            let fault = self.fault(Code::NotAWholeNumber, decision, message);
            self.report.push(fault.column("value").value(&decision.value));
            return None;
        };
        if self.plan.round == Plan::PRELIMINARY {
            self.too_early += 1;
            return Some(Value::default());
        }
        let place = (decision.programme.unwrap_or(0), rank);
        if let Some(line) = self.free_quota.insert(place, decision.line) {
            let message = format!("line {line} gives the same place on the list");
            let fault = self.fault(Code::ContradictoryDecision, decision, &message);
            self.report.push(fault.column("value").value(&decision.value));
        }
        Some(Value { rank, ..Value::default() })
    }

    /// The quota group that a placement by hand names, if it names one.
    fn hand_group(&mut self, decision: &Decision) -> Option<Value> {
        if decision.value.is_empty() {
            return Some(Value::default());
        }
        let groups = self.quotas.of(decision.programme.unwrap_or(0) as usize);
        let group = groups.iter().position(|group| group.name == decision.value);
        let Some(group) = group.and_then(|group| u16::try_from(group).ok()) else {
            let message = "the programme has no such quota group";
            let fault = self.fault(Code::UnknownGroup, decision, message);
            let fault = fault.column("value").value(&decision.value);
            self.report
                .push(fault.hint("name a group of quota_groups.csv or leave the value empty"));
            return None;
        };
        Some(Value { group: Some(group), ..Value::default() })
    }

    fn groups_that(
        &mut self,
        asks: impl Fn(&QuotaGroup) -> bool,
        decision: &Decision,
        otherwise: &str,
    ) -> Option<()> {
        let groups = self.quotas.of(decision.programme.unwrap_or(0) as usize);
        if groups.iter().any(asks) {
            return Some(());
        }
        let fault = self.fault(Code::OrphanedDecision, decision, otherwise);
        self.report.push(fault);
        None
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
            let decided = self.kinds.range((choice as u32, String::new())..);
            let decided = decided.take_while(|((about, _), _)| *about as usize == choice);
            let line = decided.map(|(_, line)| *line).max();
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
