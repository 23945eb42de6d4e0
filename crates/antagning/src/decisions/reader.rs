//! Reads decisions one by one.

use std::collections::{BTreeMap, BTreeSet};

use antagning_formats::{Code, Decision, Diagnostic, Diagnostics, Grades, Provider, QuotaGroups};
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
    /// What has been decided about each choice, with the subject where the kind has one.
    seen: BTreeSet<(usize, Kind, u64)>,
    /// The line that decided on each choice's reception.
    received: Vec<Option<u32>>,
    /// The line of each place on a free quota's list.
    free_quota: BTreeMap<(u32, u32), u32>,
    /// Lines with such a place in a round that does not use it.
    too_early: usize,
    kinds: Vec<(u32, String, u32)>,
}

/// What a decision says beside its kind.
#[derive(Clone, Copy, Default)]
struct Value {
    /// The subject that it is about, as a set of its own.
    subject: u64,
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
            seen: BTreeSet::new(),
            received: vec![None; choices],
            free_quota: BTreeMap::new(),
            too_early: 0,
            kinds: Vec::new(),
        }
    }

    /// Closes every choice of an applicant.
    pub(super) fn close(&mut self, applicant: usize, closed: Closed) {
        for choice in self.season.choices.of(applicant) {
            self.rulings[choice].close(closed);
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
        let Self { rulings, mut dancers, mut kinds, .. } = self;
        kinds.sort();
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
        let mut concerned: Vec<usize> = self
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
        if let (Kind::Receive(_), None) = (kind, decision.programme) {
            // How the whole application is received says nothing about independent providers
            // (SkolL 15 kap. 33 §).
            concerned.retain(|choice| !self.is_independent(*choice));
        }
        if !kind.is_by_subject() && self.is_repeated(&concerned, kind, 0, decision) {
            return;
        }
        let Some(value) = self.value(kind, &concerned, decision) else { return };
        if let Kind::Receive(_) = kind {
            self.receive(&concerned, decision);
        }
        for choice in concerned {
            self.seen.insert((choice, kind, value.subject));
            self.kinds.push((choice as u32, decision.kind.clone(), decision.line));
            self.apply_to(choice, kind, value, decision);
        }
    }

    /// Whether the same has been decided about one of the choices, which is told once.
    fn is_repeated(
        &mut self,
        concerned: &[usize],
        kind: Kind,
        subject: u64,
        decision: &Decision,
    ) -> bool {
        let repeated = concerned.iter().any(|choice| self.seen.contains(&(*choice, kind, subject)));
        if repeated {
            let message = match kind.is_by_subject() {
                true => "the same is decided about the same subject twice",
                false => "the same decision stands twice",
            };
            self.report.push(self.fault(Code::ContradictoryDecision, decision, message));
        }
        repeated
    }

    fn apply_to(&mut self, choice: usize, kind: Kind, value: Value, decision: &Decision) {
        let independent = self.is_independent(choice);
        let ruling = &mut self.rulings[choice];
        match kind {
            Kind::Withdrawal => ruling.withdrawn = true,
            Kind::LateApplication => ruling.late = true,
            Kind::ManualPlacement => {
                ruling.placed_by_hand = true;
                ruling.hand_group = value.group;
            }
            Kind::FreeQuotaRank => ruling.free_quota_rank = value.rank,
            Kind::SportApproval => ruling.sport_approved = true,
            Kind::Receive(reception) => ruling.reception = reception,
            Kind::RhAdapted => ruling.closed = ruling.closed.filter(|c| *c != Closed::TooOld),
            Kind::UnfinishedCompulsorySchool => {
                ruling.close(Closed::UnfinishedCompulsorySchool);
            }
            Kind::NoRightToEducation => ruling.close(Closed::NoRightToEducation),
            Kind::FinishedProgramme => ruling.close(Closed::FinishedProgramme),
            Kind::EnglishExemption | Kind::EquivalentKnowledge | Kind::NordicApplicant => {
                ruling.passed |= value.subject;
            }
            Kind::NewGrade | Kind::DanceTraining => {}
        }
        let second_hand = kind == Kind::Receive(Reception::SecondHand);
        if independent && second_hand {
            let message = "an independent provider knows no first and second hand";
            self.report.push(self.fault(Code::ContradictoryDecision, decision, message));
        }
    }

    fn is_independent(&self, choice: usize) -> bool {
        let programme = self.season.choices.programme[choice] as usize;
        self.season.programmes.provider[programme] == Some(Provider::Independent)
    }

    /// One decision on reception a choice; what contradicts an earlier one is told once.
    fn receive(&mut self, concerned: &[usize], decision: &Decision) {
        let earlier: Vec<u32> = concerned
            .iter()
            .filter_map(|choice| self.received[*choice].replace(decision.line))
            .collect();
        if let Some(line) = earlier.first() {
            let message = format!("line {line} has decided otherwise on the same choice");
            self.report.push(self.fault(Code::ContradictoryDecision, decision, &message));
        }
    }

    /// What the decision says beside its kind; `None` when it cannot be read.
    fn value(&mut self, kind: Kind, concerned: &[usize], decision: &Decision) -> Option<Value> {
        match kind {
            Kind::EnglishExemption => self.subject("EN", decision),
            Kind::NordicApplicant => self.subject("SV", decision),
            Kind::EquivalentKnowledge => {
                let value = self.subject(&decision.value, decision)?;
                let repeated = self.is_repeated(concerned, kind, value.subject, decision);
                (!repeated).then_some(value)
            }
            Kind::NewGrade => self.new_grade(concerned, decision),
            Kind::DanceTraining => {
                self.grades(decision)?;
                self.dancers.push(decision.applicant);
                Some(Value::default())
            }
            Kind::RhAdapted => self.rh_adapted(decision),
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

    fn subject(&mut self, code: &str, decision: &Decision) -> Option<Value> {
        self.grades(decision)?;
        let Some(subject) = self.ground.subject_mask(code) else {
            let fault = self.fault(Code::UnknownSubject, decision, "the value names no subject");
            self.report.push(fault.column("value").value(code));
            return None;
        };
        Some(Value { subject, ..Value::default() })
    }

    /// A grade gained after the final grades, `MA=C` (GyF 7 kap. 4 §, last paragraph).
    fn new_grade(&mut self, concerned: &[usize], decision: &Decision) -> Option<Value> {
        self.grades(decision)?;
        let code = decision.value.split('=').next().unwrap_or_default().trim();
        let subject = self.ground.subject_mask(code).unwrap_or_default();
        if self.is_repeated(concerned, Kind::NewGrade, subject, decision) {
            return None;
        }
        let (code, message) = match self.ground.set_grade(decision.applicant, &decision.value) {
            Ok(()) => return Some(Value { subject, ..Value::default() }),
            Err(NewGradeFault::Unreadable) => {
                (Code::UnknownSubject, "the value is no subject and grade such as MA=C")
            }
            // The column may be in a file that could not be read.
            Err(NewGradeFault::NoColumn) if self.report.has_error_in(Grades::FILE) => return None,
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

    /// That the higher limit of age can do something for the applicant, whose year of birth may
    /// not be known.
    fn rh_adapted(&mut self, decision: &Decision) -> Option<Value> {
        let rules = &self.plan.rule_set;
        if !rules.has_age_limit() {
            let message = "the rule set has no limit of age";
            self.report.push(self.fault(Code::OrphanedDecision, decision, message));
            return None;
        }
        let applicants = self.season.applicants.as_ref();
        let born = applicants.and_then(|a| a.birth_year[decision.applicant as usize]);
        if born.is_some_and(|year| rules.is_too_old_for_rh_adapted(year)) {
            let message = "the applicant is too old for Rh-adapted education as well";
            self.report.push(self.fault(Code::ContradictoryDecision, decision, message));
            return None;
        }
        Some(Value::default())
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
        let place = (decision.programme.unwrap_or(0), rank);
        if let Some(line) = self.free_quota.insert(place, decision.line) {
            let message = format!("line {line} gives the same place on the list");
            let fault = self.fault(Code::ContradictoryDecision, decision, &message);
            self.report.push(fault.column("value").value(&decision.value));
        }
        if self.plan.round == Plan::PRELIMINARY {
            self.too_early += 1;
            return Some(Value::default());
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
            if self.report.has_error_in(QuotaGroups::FILE) {
                return None;
            }
            let message = "the programme has no such quota group";
            let fault = self.fault(Code::UnknownGroup, decision, message);
            let fault = fault.column("value").value(&decision.value);
            self.report
                .push(fault.hint("name a group of quota_groups.csv or leave the value empty"));
            return None;
        };
        Some(Value { group: Some(group), ..Value::default() })
    }

    /// That a group of the programme is of that kind, unless it may be one that could not be read.
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
        if !self.report.has_error_in(QuotaGroups::FILE) {
            self.report.push(self.fault(Code::OrphanedDecision, decision, otherwise));
        }
        None
    }

    /// Decisions of different kinds on one choice that cannot both hold.
    fn check_together(&mut self) {
        for (choice, ruling) in self.rulings.iter().enumerate() {
            let unfinished = (choice, Kind::UnfinishedCompulsorySchool, 0);
            let clash = match ruling {
                Ruling { closed: Some(Closed::FinishedProgramme), .. }
                    if self.seen.contains(&unfinished) =>
                {
                    "of somebody who has finished a programme and not compulsory school"
                }
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
