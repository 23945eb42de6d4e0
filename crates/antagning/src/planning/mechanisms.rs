//! The same season by other mechanisms: what the debate about school choice is about.

use std::fmt::Write as _;

use antagning_matching::{
    ApplicantIx, Assignment, Market, ProgrammeIx, deferred_acceptance, immediate_acceptance,
    programme_proposing, serial_dictatorship, top_trading_cycles,
    who_gains_under_immediate_acceptance,
};
use serde::Serialize;

use crate::aligned::aligned;
use crate::error::Error;
use crate::language::Language;
use crate::market::Place;
use crate::season::Season;

/// A season by deferred acceptance and by four other mechanisms, with the lists as they are.
///
/// Working material. Quota groups have no settled meaning in other mechanisms: an offer's seats
/// count together, ranked as its last group ranks (first hand before second hand), and whoever that
/// group is not open to does not take part there. The lists were made for deferred acceptance; under
/// a mechanism where honesty costs, people would write others.
#[derive(Clone, Debug, Serialize)]
pub struct MechanismComparison {
    /// What the figures are: never a decision.
    pub status: &'static str,
    /// Applicants with at least one choice that takes part.
    pub applicants: usize,
    /// Offers whose quota groups were put together.
    pub offers_simplified: usize,
    /// A row a mechanism, deferred acceptance first.
    pub mechanisms: Vec<MechanismFigures>,
}

/// What a mechanism makes of a season.
#[derive(Clone, Debug, Serialize)]
pub struct MechanismFigures {
    /// `deferred_acceptance`, `programme_proposing`, `immediate_acceptance`,
    /// `serial_dictatorship` (by score, then by lot), `top_trading_cycles`.
    pub mechanism: &'static str,
    /// Applicants who are placed.
    pub placed: usize,
    /// Applicants placed at the first choice that takes part.
    pub first_choices: usize,
    /// The sum of the placed applicants' choice ranks, counted among the choices that take part.
    pub ranks_of_placed: usize,
    /// Applicants who want a seat more than what they have that is empty or that somebody behind
    /// them has.
    pub with_a_claim: usize,
    /// Applicants who would gain by another list if everybody else were truthful. Exact: 0 where
    /// that is a theorem, counted otherwise.
    pub gain_by_misreporting: usize,
    /// Their share of `applicants`; 0 where nobody takes part.
    pub share_gaining: f64,
    /// Applicants placed otherwise than by deferred acceptance.
    pub placed_otherwise: usize,
}

impl MechanismComparison {
    /// Runs every mechanism on a season. O(choices · log(choices)).
    ///
    /// # Errors
    /// [`Error::Rejected`] when the tie-break chain leaves applicants equal, and
    /// [`Error::NeedsStrictOrder`] when equals are admitted or rejected together.
    pub fn new(season: &Season) -> Result<Self, Error> {
        let assessment = season.assessment();
        let Place::Strict(market) = season.place(&assessment)? else {
            return Err(Error::NeedsStrictOrder);
        };
        let programmes = (0..market.programmes() as u32).map(ProgrammeIx::new);
        let offers_simplified =
            programmes.filter(|programme| !market.groups(*programme).is_empty()).count();
        // In the market every tier of people, first hand before second hand, has groups of its own.
        let last_of_each_tier = |programme: ProgrammeIx| {
            let groups = season.selection.quotas.of(programme.index()).len();
            (groups - 1..market.groups(programme).len()).step_by(groups)
        };
        let market = match offers_simplified {
            0 => market,
            _ => market.without_groups(last_of_each_tier),
        };
        let entrants = assessment.entrants();
        let best = |applicant: &ApplicantIx| {
            let number = applicant.index();
            let own = &entrants.score[entrants.offsets[number]..entrants.offsets[number + 1]];
            let lot = season.plan.lottery.number(season.data.applicant_ids.get(number), "");
            // Ids part those whom a lottery of 64 bits does not.
            (std::cmp::Reverse(own.iter().max().copied()), lot, number)
        };
        let mut order: Vec<_> = applicants(&market).collect();
        order.sort_by_cached_key(best);
        let stable = Assignment::from(&deferred_acceptance(&market));
        let worst = Assignment::from(&programme_proposing(&market));
        let taking_part = applicants(&market).filter(|who| market.list(*who).len() > 0).count();
        let figures = |mechanism, assignment: &Assignment, gain_by_misreporting| {
            let placed = || applicants(&market).filter_map(|who| assignment.choice_of(who));
            let differs = |who: &ApplicantIx| assignment.choice_of(*who) != stable.choice_of(*who);
            MechanismFigures {
                mechanism,
                placed: placed().count(),
                first_choices: placed().filter(|position| *position == 0).count(),
                ranks_of_placed: placed().map(|position| position + 1).sum(),
                with_a_claim: assignment.applicants_with_a_claim(&market),
                gain_by_misreporting,
                share_gaining: gain_by_misreporting as f64 / taking_part.max(1) as f64,
                placed_otherwise: applicants(&market).filter(differs).count(),
            }
        };
        // Whoever the programmes' optimum serves worse gains by a shorter list (Demange, Gale and
        // Sotomayor 1987), and nobody else.
        let differ =
            applicants(&market).filter(|who| worst.choice_of(*who) != stable.choice_of(*who));
        let mechanisms = vec![
            figures("deferred_acceptance", &stable, 0),
            figures("programme_proposing", &worst, differ.count()),
            figures(
                "immediate_acceptance",
                &immediate_acceptance(&market),
                who_gains_under_immediate_acceptance(&market).len(),
            ),
            figures("serial_dictatorship", &serial_dictatorship(&market, order), 0),
            figures("top_trading_cycles", &top_trading_cycles(&market), 0),
        ];
        Ok(Self {
            status: "working material",
            applicants: taking_part,
            offers_simplified,
            mechanisms,
        })
    }

    /// The comparison as people read it.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let pick = |sv, en| language.pick(sv, en);
        let head = [
            "",
            pick("antagna", "placed"),
            pick("första val", "first choice"),
            pick("medelrang", "mean rank"),
            pick("med anspråk", "with a claim"),
            pick("vinner på att ljuga", "gain by misreporting"),
            pick("annorlunda", "otherwise"),
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for row in &self.mechanisms {
            let name = match row.mechanism {
                "deferred_acceptance" => pick("uppskjuten antagning", "deferred acceptance"),
                "programme_proposing" => pick("skolorna föreslår", "programmes propose"),
                "immediate_acceptance" => pick("omedelbar antagning", "immediate acceptance"),
                "serial_dictatorship" => pick("en i taget efter poäng", "in turn by score"),
                _ => pick("byten i ringar", "top trading cycles"),
            };
            // Hundredths, rounded half up.
            let mean = (200 * row.ranks_of_placed + row.placed) / (2 * row.placed.max(1));
            let count = |count: usize| language.count(count as u64);
            rows.push(vec![
                name.to_owned(),
                count(row.placed),
                count(row.first_choices),
                language.score(mean as u64 * 100),
                count(row.with_a_claim),
                format!(
                    "{} ({})",
                    count(row.gain_by_misreporting),
                    language.share(row.gain_by_misreporting as u64, self.applicants as u64)
                ),
                count(row.placed_otherwise),
            ]);
        }
        let mut text = aligned(&rows, 1);
        // Writing to a string cannot fail.
        let _ = match language {
            Language::Sv => writeln!(
                text,
                "\n{} sökande har val som deltar. Första val och medelrang räknas bland dessa val; run och \
                 simulate\nräknar bland alla angivna val. Andel som vinner: av de sökande som deltar.\n\
                 Utbildningar vars urvalsgrupper räknats ihop: {}. Arbetsmaterial, inget beslut.",
                language.count(self.applicants as u64),
                self.offers_simplified
            ),
            Language::En => writeln!(
                text,
                "\n{} applicants have choices that take part. First choice and mean rank count among \
                 these choices;\nrun and simulate count among all stated choices. Share who gain: of the \
                 applicants who take part.\n\
                 Offers whose quota groups were put together: {}. Working material, no decision.",
                language.count(self.applicants as u64),
                self.offers_simplified
            ),
        };
        text
    }
}

fn applicants(market: &Market) -> impl Iterator<Item = ApplicantIx> + use<> {
    (0..market.applicants() as u32).map(ApplicantIx::new)
}
