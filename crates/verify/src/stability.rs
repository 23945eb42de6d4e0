//! Feasible, stable, and the best stable one for the applicants.

use crate::case::{Case, NONE};
use crate::claimants::ClaimantGraph;
use crate::columns::Ties;
use crate::group_faults::GroupFaults;
use crate::plain_faults::PlainFaults;
use crate::recomputation::best_admission;
use crate::verdict::{Property, Verdict};
use crate::violation::Violation;

/// Proves an admission right, or names everything that is wrong with it.
///
/// An applicant *claims* a programme that they prefer to what they have. The admission is
///
/// - feasible when no programme admits more than its seats and nobody is placed off their list;
/// - stable (Gale & Shapley 1962) when, further, no programme with a vacant seat is claimed and
///   no claimant has a higher priority than somebody who holds a seat;
/// - applicant-optimal when no stable admission gives anybody a place that they prefer. For a
///   stable admission with strict priorities that is so exactly when its *claimant graph* has no
///   cycle (Erdil & Ergin 2008, stable improvement cycles).
///
/// Equal keys are a violation where they decide something: between a holder and a claimant, or
/// between claimants for the first place in reserve. Equal keys among holders, or with choices
/// that nobody claims, change neither the outcome nor its proof. Further down the reserve order
/// [`check_published`](crate::check_published) reports them.
///
/// A holder who never listed the programme has no priority there, so nobody's envy is held
/// against them; [`Violation::OffList`] names them.
///
/// # Quota groups
///
/// A programme with groups is stable when, given all who hold a place there and all who claim
/// one, it chooses just those who hold one, each in the group that is stated: see
/// [`GroupColumns`](crate::GroupColumns) for how it chooses. Who should have a place and who
/// should not are paired off as envy; what is left over is a wasted seat or a wrong group. With a
/// holder off their list the programme is left at that. Equal keys are a violation where a group
/// takes one of their bearers and turns another away, or turns them away before all others.
///
/// In a market with groups the claimant graph has an edge for each group and tier, and without a
/// cycle the admission is the best. A cycle proves nothing, since whom a programme would take
/// next depends on who leaves. Then the best stable admission is computed anew, by
/// applicant-proposing deferred acceptance, and must be the one that is examined.
///
/// # Ties that are kept together
///
/// With [`Ties::AdmitAll`] a programme may admit more than its seats as long as those with the
/// lowest key are not all beyond them; with [`Ties::RejectAll`] a seat is wasted only if the whole
/// first class of claimants with one key would fit. Either way nobody may be turned away whose
/// key an admitted person has. The best admission is always computed anew.
///
/// # Complexity
///
/// O(applicants + programmes + claims on groups) when all is well and priorities are strict, since
/// the case already knows who holds and who claims what; a pass over the choices lists the
/// counter-examples otherwise. The best admission anew is O(choices · log seats), and with groups
/// a choice among those held and those who ask each time that a programme with groups answers.
pub fn check<K: Ord>(case: &Case<'_, K>) -> Verdict {
    let claims = case.standings.iter().map(|at| at.claims as usize).sum();
    let placed = case.standings.iter().map(|at| at.admitted as usize).sum();
    let mut plain = PlainFaults::find(case);
    let groups = GroupFaults::find(case);
    plain.wasted.extend(groups.wasted);
    plain.envious.extend(groups.envious);
    plain.tied.extend(groups.tied);

    let mut verdict = Verdict::default();
    verdict.record(Property::Capacity, case.programmes(), over_capacity(case));
    verdict.record(Property::OnList, placed, off_list(case));
    verdict.record(Property::NoWastedSeat, claims, plain.wasted);
    verdict.record(Property::NoJustifiedEnvy, claims, plain.envious);
    let of_ties = match case.ties {
        Ties::Strict => Property::StrictPriorities,
        Ties::AdmitAll | Ties::RejectAll => Property::EqualTreatment,
    };
    verdict.record(of_ties, claims, plain.tied);
    if case.groups.is_some() {
        verdict.record(Property::QuotaGroups, case.applicants(), groups.misplaced);
    }
    if !verdict.holds() {
        verdict.leave_out(Property::ApplicantOptimal);
    } else {
        let (examined, better) = better_admissions(case);
        verdict.record(Property::ApplicantOptimal, examined, better);
    }
    verdict
}

/// How many edges or applicants were looked at, and what shows a stable admission not to be best.
fn better_admissions<K: Ord>(case: &Case<'_, K>) -> (usize, Vec<Violation>) {
    if case.ties == Ties::Strict {
        let graph = ClaimantGraph::draw(case);
        if case.groups.is_none() {
            return (graph.edges(), graph.improvement_cycles());
        }
        if !graph.has_cycle() {
            return (graph.edges(), Vec::new());
        }
    }
    (case.applicants(), better_admission(case).into_iter().collect())
}

fn over_capacity<K: Ord>(case: &Case<'_, K>) -> Vec<Violation> {
    let programmes = case.seats.iter().zip(&case.standings).enumerate();
    programmes
        .filter_map(|(programme, (&seats, at))| {
            let admitted = at.admitted;
            let ahead = admitted - at.as_low;
            let excused = case.ties == Ties::AdmitAll && seats > 0;
            if admitted <= seats || excused && ahead < seats {
                None
            } else if excused {
                Some(Violation::BeyondTheTie { programme, seats, admitted, ahead })
            } else {
                Some(Violation::OverCapacity { programme, seats, admitted })
            }
        })
        .collect()
}

fn off_list<K: Ord>(case: &Case<'_, K>) -> Vec<Violation> {
    let placements = case.placement.iter().enumerate();
    placements
        .filter(|&(applicant, _)| case.held(applicant).is_none())
        .filter_map(|(applicant, placement)| {
            placement.map(|q| Violation::OffList { applicant, programme: q as usize })
        })
        .collect()
}

/// Compares a stable admission with the best one, in which nobody is worse off.
fn better_admission<K: Ord>(case: &Case<'_, K>) -> Option<Violation> {
    let best = best_admission(case);
    let differs = |&applicant: &usize| {
        let held = case.held(applicant).map_or(NONE, |held| held as u32);
        best[applicant] != held
    };
    let applicant = (0..case.applicants()).find(differs)?;
    let better_off = (applicant..case.applicants()).filter(differs).count();
    let programme = case.programme_of(best[applicant] as usize);
    Some(Violation::BetterAdmission { applicant, programme, better_off })
}
