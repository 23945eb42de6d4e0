//! Verifies an admission in memory, before anything is written.

use antagning_rules::{Assessment, CutoffKind, Outcomes, Score, Status};
use antagning_verify::{
    Applications, Case, Columns, Published, PublishedProgramme, ShapeError, Ties, Verdict, check,
    check_published,
};

use crate::proof::{Proof, VIOLATED};
use crate::season::Season;

/// Hands the verifier seats, keys and placements as plain columns, and every figure as a claim.
pub(crate) fn of_admission(
    season: &Season,
    assessment: &Assessment<'_>,
    outcomes: &Outcomes,
) -> Proof {
    let mut proof = Proof::default();
    match verdict(season, assessment, outcomes) {
        Ok(verdict) => proof.add(&verdict, season),
        Err(error) => proof.add_check("shape", 1, vec![format!("{VIOLATED}: {error}")]),
    }
    proof
}

fn verdict(
    season: &Season,
    assessment: &Assessment<'_>,
    outcomes: &Outcomes,
) -> Result<Verdict, ShapeError> {
    let entrants = assessment.entrants();
    let case = Case::new(Columns {
        seats: &season.data.programmes.capacity,
        offsets: &entrants.offsets,
        programme: &entrants.programme,
        key: &entrants.priority,
        score: &entrants.score,
        placement: &outcomes.placement,
        by_hand: &[],
        ties: Ties::Strict,
        groups: None,
    })?;
    let of_entrant = |choice: &u32| &outcomes.choices[*choice as usize];
    let status: Vec<_> = entrants.choice.iter().map(|c| status(of_entrant(c).status)).collect();
    let position = |choice| Some(of_entrant(choice).reserve_position).filter(|p| *p > 0);
    let positions: Vec<_> = entrants.choice.iter().map(position).collect();
    let choices = &season.data.choices;
    let applications = (0..season.data.applicant_ids.len()).flat_map(|applicant| {
        let list = choices.of(applicant);
        let first = list.start;
        list.map(move |choice| (choices.programme[choice], choice == first))
    });
    let applications = Applications::count(season.data.programmes.ids.len(), applications)?;
    let programmes: Vec<_> = outcomes
        .programmes
        .iter()
        .zip(0..)
        .map(|(result, programme)| PublishedProgramme {
            programme,
            group: None,
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
        })
        .collect();
    let published = Published {
        programmes: &programmes,
        status: &status,
        reserve_position: &positions,
        group: &vec![None; status.len()],
        first_application: &vec![false; status.len()],
        applications: &applications,
    };
    Ok(check(&case).and(check_published(&case, &published)?))
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
    }
}
