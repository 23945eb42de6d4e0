//! Feasible, stable, and the best stable one for the applicants.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::case::Case;
use crate::claimants::ClaimantGraph;
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
/// # Complexity
///
/// O(applicants + programmes) when all is well, since the case already knows who holds and who
/// claims what; a pass over the choices lists the counter-examples otherwise.
pub fn check<K: Ord>(case: &Case<'_, K>) -> Verdict {
    let claims = case.standings.iter().map(|at| at.claims as usize).sum();
    let placed = case.standings.iter().map(|at| at.admitted as usize).sum();
    let faults = Faults::find(case);

    let mut verdict = Verdict::default();
    verdict.record(Property::Capacity, case.programmes(), over_capacity(case));
    verdict.record(Property::OnList, placed, off_list(case));
    verdict.record(Property::NoWastedSeat, claims, faults.wasted);
    verdict.record(Property::NoJustifiedEnvy, claims, faults.envious);
    verdict.record(Property::StrictPriorities, claims, faults.tied);
    if verdict.holds() {
        let graph = ClaimantGraph::draw(case);
        verdict.record(Property::ApplicantOptimal, graph.edges(), graph.improvement_cycles());
    } else {
        verdict.leave_out(Property::ApplicantOptimal);
    }
    verdict
}

fn over_capacity<K: Ord>(case: &Case<'_, K>) -> Vec<Violation> {
    let programmes = case.seats.iter().zip(&case.standings).enumerate();
    programmes
        .filter(|(_, (seats, at))| at.admitted > **seats)
        .map(|(programme, (&seats, at))| Violation::OverCapacity {
            programme,
            seats,
            admitted: at.admitted,
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

/// What is wrong with programmes that are claimed.
#[derive(Default)]
struct Faults {
    wasted: Vec<Violation>,
    envious: Vec<Violation>,
    tied: Vec<Violation>,
}

/// Applicants of one programme with equal keys that decide something.
#[derive(Default)]
struct Ties {
    /// Claimants with the key of the lowest holder.
    at_the_cutoff: Vec<usize>,
    /// Claimants with the key of the first in reserve.
    first_in_reserve: Vec<usize>,
}

impl Faults {
    /// The first claimants tell whether anything is wrong at all, which spares a right admission
    /// the look at every claim.
    fn find<K: Ord>(case: &Case<'_, K>) -> Self {
        let at_fault: Vec<bool> = case
            .standings
            .iter()
            .zip(case.seats)
            .map(|(at, &seats)| {
                at.first().is_some_and(|first| {
                    let passed_over = |held: usize| case.key[first] >= case.key[held];
                    at.admitted < seats || at.first_is_tied || at.lowest().is_some_and(passed_over)
                })
            })
            .collect();
        if at_fault.contains(&true) { Self::list(case, &at_fault) } else { Self::default() }
    }

    fn list<K: Ord>(case: &Case<'_, K>, at_fault: &[bool]) -> Self {
        let mut faults = Self::default();
        let mut ties: BTreeMap<usize, Ties> = BTreeMap::new();
        for applicant in 0..case.applicants() {
            for choice in case.claims_of(applicant) {
                let programme = case.programme_of(choice);
                if !at_fault[programme] {
                    continue;
                }
                let at = &case.standings[programme];
                if let Some(vacant @ 1..) = case.seats[programme].checked_sub(at.admitted) {
                    faults.wasted.push(Violation::WastedSeat { applicant, programme, vacant });
                    continue;
                }
                if at.first_is_tied && at.first().is_some_and(|f| case.key[choice] == case.key[f]) {
                    ties.entry(programme).or_default().first_in_reserve.push(applicant);
                }
                let Some(lowest) = at.lowest() else { continue };
                match case.key[choice].cmp(&case.key[lowest]) {
                    Ordering::Greater => {
                        let holder = case.applicant_of(lowest);
                        faults.envious.push(Violation::JustifiedEnvy {
                            applicant,
                            programme,
                            holder,
                        });
                    }
                    Ordering::Equal => {
                        ties.entry(programme).or_default().at_the_cutoff.push(applicant);
                    }
                    Ordering::Less => {}
                }
            }
        }
        faults.tied = Self::name_ties(case, ties);
        faults
    }

    /// Adds the holders who are part of a tie, and joins two ties that are one and the same.
    fn name_ties<K: Ord>(case: &Case<'_, K>, mut ties: BTreeMap<usize, Ties>) -> Vec<Violation> {
        for applicant in 0..case.applicants() {
            let Some(held) = case.held(applicant) else { continue };
            let programme = case.programme_of(held);
            if let Some(tie) = ties.get_mut(&programme)
                && !tie.at_the_cutoff.is_empty()
                && case.standings[programme].lowest().is_some_and(|l| case.key[l] == case.key[held])
            {
                tie.at_the_cutoff.push(applicant);
            }
        }
        let mut named = Vec::new();
        for (programme, Ties { mut at_the_cutoff, first_in_reserve }) in ties {
            let at = &case.standings[programme];
            let both = at.first().zip(at.lowest());
            let are_one = both.is_some_and(|(first, lowest)| case.key[first] == case.key[lowest]);
            if !first_in_reserve.is_empty() && !are_one {
                named.push(Violation::EqualKeys { programme, applicants: first_in_reserve });
            }
            if !at_the_cutoff.is_empty() {
                at_the_cutoff.sort_unstable();
                named.push(Violation::EqualKeys { programme, applicants: at_the_cutoff });
            }
        }
        named
    }
}
