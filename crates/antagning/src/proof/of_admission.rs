//! Verifies an admission in memory, before anything is written.

use antagning_matching::TieRule;
use antagning_rules::{
    Assessment, Claims, CutoffKind, Outcomes, Priority, ProgrammeResult, QuotaGroup, Score, Status,
};
use antagning_verify::{
    Applications, Case, Columns, GroupColumns, Published, PublishedProgramme, ShapeError, Ties,
    Verdict, check, check_published, check_published_before_moves,
};

use crate::proof::{Proof, VIOLATED};
use crate::season::Season;

/// Hands the verifier seats, keys and placements as plain columns, and every figure as a claim.
///
/// `matched` is given where nobody is moved without being asked by phone: it is what must be
/// stable and best, while `outcomes` are what holds until then.
pub(crate) fn of_admission(
    season: &Season,
    assessment: &Assessment<'_>,
    outcomes: &Outcomes,
    matched: Option<&Outcomes>,
) -> Proof {
    let mut proof = Proof::default();
    match verdict(season, assessment, outcomes, matched) {
        Ok(verdict) => proof.add(&verdict, season),
        Err(error) => proof.add_check("shape", 1, vec![format!("{VIOLATED}: {error}")]),
    }
    if season.standing.link.predecessor.is_some() {
        let held: Vec<_> = season.held_seats().collect();
        let lost = [Some(outcomes), matched].into_iter().flatten();
        let lost = lost.flat_map(|outcomes| lost_seats(season, &held, outcomes)).collect();
        proof.add_check("held_seats", held.len(), lost);
    }
    proof
}

/// Holders who would get nothing, or something that they want less than their seat.
fn lost_seats(season: &Season, held: &[(u32, u32)], outcomes: &Outcomes) -> Vec<String> {
    let choices = &season.data.choices;
    let lost = held.iter().filter(|(applicant, choice)| {
        let rank = outcomes.placed_rank[*applicant as usize];
        rank == 0 || choices.offsets[*applicant as usize] + rank - 1 > *choice
    });
    lost.map(|(applicant, choice)| {
        let id = season.data.applicant_ids.get(*applicant as usize);
        let programme = choices.programme[*choice as usize] as usize;
        format!("{id} would lose the seat at {}", season.data.programmes.ids.get(programme))
    })
    .collect()
}

fn verdict(
    season: &Season,
    assessment: &Assessment<'_>,
    outcomes: &Outcomes,
    matched: Option<&Outcomes>,
) -> Result<Verdict, ShapeError> {
    let rulings = assessment.dossiers().rulings;
    let by_hand = assessment.entrants().choice.iter();
    let by_hand: Vec<bool> = match rulings.is_empty() {
        true => Vec::new(),
        false => by_hand.map(|choice| rulings[*choice as usize].placed_by_hand).collect(),
    };
    let stable = matched.unwrap_or(outcomes);
    let groups = Groups::of(assessment, stable);
    let case = case(season, assessment, stable, groups.as_ref(), &by_hand)?;
    let verdict = check(&case);
    let Some(_) = matched else {
        return Ok(verdict.and(published(season, assessment, outcomes, |published| {
            check_published(&case, published)
        })?));
    };
    let groups = Groups::of(assessment, outcomes);
    let case = self::case(season, assessment, outcomes, groups.as_ref(), &by_hand)?;
    Ok(verdict.and(published(season, assessment, outcomes, |published| {
        check_published_before_moves(&case, published)
    })?))
}

/// The entrants with their keys, as they are placed.
fn case<'c>(
    season: &'c Season,
    assessment: &'c Assessment<'_>,
    outcomes: &'c Outcomes,
    groups: Option<&'c Groups<'_>>,
    by_hand: &'c [bool],
) -> Result<Case<'c, Priority>, ShapeError> {
    let entrants = assessment.entrants();
    Case::new(Columns {
        seats: &season.data.programmes.capacity,
        offsets: &entrants.offsets,
        programme: &entrants.programme,
        key: &entrants.priority,
        score: &entrants.score,
        placement: &outcomes.placement,
        by_hand,
        ties: match season.plan.at_cutoff {
            None => Ties::Strict,
            Some(TieRule::AdmitAll) => Ties::AdmitAll,
            Some(TieRule::RejectAll) => Ties::RejectAll,
        },
        groups: groups.map(Groups::columns),
    })
}

/// Has everything that is published checked.
fn published(
    season: &Season,
    assessment: &Assessment<'_>,
    outcomes: &Outcomes,
    check: impl FnOnce(&Published<'_>) -> Result<Verdict, ShapeError>,
) -> Result<Verdict, ShapeError> {
    let entrants = assessment.entrants();
    let of_entrant = |choice: &u32| &outcomes.choices[*choice as usize];
    let status: Vec<_> = entrants.choice.iter().map(|c| status(of_entrant(c).status)).collect();
    let position = |choice| Some(of_entrant(choice).reserve_position).filter(|p| *p > 0);
    let positions: Vec<_> = entrants.choice.iter().map(position).collect();
    let group: Vec<_> =
        entrants.choice.iter().map(|c| of_entrant(c).group.map(u32::from)).collect();
    let choices = &season.data.choices;
    let first_application: Vec<bool> = entrants
        .offsets
        .windows(2)
        .zip(&choices.offsets)
        .flat_map(|(list, first)| entrants.choice[list[0]..list[1]].iter().map(move |c| c == first))
        .collect();
    let applications = (0..season.data.applicant_ids.len()).flat_map(|applicant| {
        let list = choices.of(applicant);
        let first = list.start;
        list.map(move |choice| (choices.programme[choice], choice == first))
    });
    let applications = Applications::count(season.data.programmes.ids.len(), applications)?;
    let programmes = all_figures(assessment, outcomes);
    check(&Published {
        programmes: &programmes,
        status: &status,
        reserve_position: &positions,
        group: &group,
        first_application: &first_application,
        applications: &applications,
    })
}

/// The figures of every programme and of every quota group.
fn all_figures(assessment: &Assessment<'_>, outcomes: &Outcomes) -> Vec<PublishedProgramme> {
    let quotas = assessment.dossiers().quotas;
    let mut published = Vec::with_capacity(outcomes.programmes.len() + outcomes.groups.len());
    for (result, programme) in outcomes.programmes.iter().zip(0..) {
        published.push(figures(result, programme, None));
        let groups = &outcomes.groups[quotas.range(programme as usize)];
        published
            .extend(groups.iter().zip(0..).map(|(r, group)| figures(r, programme, Some(group))));
    }
    published
}

fn figures(result: &ProgrammeResult, programme: u32, group: Option<u32>) -> PublishedProgramme {
    PublishedProgramme {
        programme,
        group,
        seats: result.seats.into(),
        applicants: result.applicants.into(),
        first_choice_applicants: result.first_choice_applicants.into(),
        admitted: result.admitted.into(),
        vacant: result.vacant.into(),
        reserves: result.reserves.into(),
        cutoff_kind: cutoff_kind(result.cutoff),
        cutoff: result.cutoff.score().map(Score::ten_thousandths),
        median: result.median.map(Score::ten_thousandths),
        mean: result.mean.map(Score::ten_thousandths),
    }
}

/// The quota groups and the claims on them, as the verifier's columns.
struct Groups<'a> {
    offsets: Vec<usize>,
    seats: Vec<u32>,
    unfilled_to: Vec<Option<u32>>,
    ranked_by_hand: Vec<bool>,
    tiers: u32,
    tier: Vec<u32>,
    claim_offsets: Vec<usize>,
    claim_group: Vec<u32>,
    claims: &'a Claims,
    placement_group: Vec<Option<u32>>,
}

impl<'a> Groups<'a> {
    /// `None` when no programme has a group.
    fn of(assessment: &'a Assessment<'_>, outcomes: &Outcomes) -> Option<Self> {
        let (dossiers, entrants) = (assessment.dossiers(), assessment.entrants());
        let (quotas, claims) = (dossiers.quotas, &entrants.claims);
        if quotas.is_empty() {
            return None;
        }
        let programmes = 0..dossiers.seats.len();
        let groups = || programmes.clone().flat_map(|programme| quotas.of(programme));
        let (mut tier, mut claim_offsets) = (vec![0; entrants.choice.len()], vec![0]);
        let mut next = 0;
        for (entrant, tier) in tier.iter_mut().enumerate() {
            let mut end = claim_offsets[entrant];
            if claims.entrant.get(next) == Some(&(entrant as u32)) {
                *tier = claims.tier[next];
                end = claims.at(next).end;
                next += 1;
            }
            claim_offsets.push(end);
        }
        let placed = outcomes.placed_rank.iter().zip(dossiers.offsets);
        let placement_group = placed.map(|(rank, first)| {
            let choice = rank.checked_sub(1).map(|position| first + position)?;
            outcomes.choices[choice as usize].group.map(u32::from)
        });
        Some(Self {
            offsets: programmes
                .clone()
                .map(|programme| quotas.range(programme).start)
                .chain([quotas.len()])
                .collect(),
            seats: groups().map(|group| group.seats).collect(),
            unfilled_to: groups().map(|group| group.unfilled_to).collect(),
            ranked_by_hand: groups().map(QuotaGroup::is_ranked_by_hand).collect(),
            tiers: assessment.chain().tiers(),
            tier,
            claim_offsets,
            claim_group: claims.group.iter().copied().map(u32::from).collect(),
            claims,
            placement_group: placement_group.collect(),
        })
    }

    fn columns(&self) -> GroupColumns<'_> {
        GroupColumns {
            offsets: &self.offsets,
            seats: &self.seats,
            unfilled_to: &self.unfilled_to,
            ranked_by_hand: &self.ranked_by_hand,
            tiers: self.tiers,
            tier: &self.tier,
            claim_offsets: &self.claim_offsets,
            claim_group: &self.claim_group,
            claim_key: &self.claims.keys,
            claim_score: &self.claims.score,
            placement_group: &self.placement_group,
        }
    }
}

fn status(status: Status) -> antagning_verify::Status {
    match status {
        Status::Admitted => antagning_verify::Status::Admitted,
        Status::Reserve => antagning_verify::Status::Reserve,
        Status::Struck => antagning_verify::Status::Struck,
        Status::Ineligible | Status::NotReceived | Status::Withdrawn => {
            antagning_verify::Status::Other
        }
    }
}

fn cutoff_kind(kind: CutoffKind) -> antagning_verify::CutoffKind {
    match kind {
        CutoffKind::Value(_) => antagning_verify::CutoffKind::Value,
        CutoffKind::AllEligibleAdmitted => antagning_verify::CutoffKind::AllEligibleAdmitted,
        CutoffKind::NoneAdmitted => antagning_verify::CutoffKind::NoneAdmitted,
        CutoffKind::Manual => antagning_verify::CutoffKind::Manual,
        CutoffKind::ByGroup => antagning_verify::CutoffKind::ByGroup,
    }
}
