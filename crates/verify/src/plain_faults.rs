//! What is wrong at claimed programmes without quota groups.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::case::Case;
use crate::columns::Ties;
use crate::standing::Standing;
use crate::violation::Violation;

/// Wasted seats, envy and ties that decide, or that are torn apart where they may not be.
#[derive(Default)]
pub(crate) struct PlainFaults {
    pub(crate) wasted: Vec<Violation>,
    pub(crate) envious: Vec<Violation>,
    pub(crate) tied: Vec<Violation>,
}

/// Applicants of one programme with equal keys that decide something.
#[derive(Default)]
struct DecidingTies {
    /// Claimants with the key of the lowest holder.
    at_the_cutoff: Vec<usize>,
    /// Claimants with the key of the first in reserve.
    first_in_reserve: Vec<usize>,
}

impl PlainFaults {
    /// The first claimants tell whether anything is wrong at all, which spares a right admission
    /// the look at every claim.
    pub(crate) fn find<K: Ord>(case: &Case<'_, K>) -> Self {
        let at_fault: Vec<bool> = case
            .standings
            .iter()
            .zip(case.seats)
            .map(|(at, &seats)| {
                at.first().is_some_and(|first| {
                    let passed_over = |held: usize| case.key[first] >= case.key[held];
                    vacancy(case.ties, at, seats).is_some()
                        || case.ties == Ties::Strict && at.first_is_tied()
                        || at.lowest().is_some_and(passed_over)
                })
            })
            .collect();
        if at_fault.contains(&true) { Self::list(case, &at_fault) } else { Self::default() }
    }

    fn list<K: Ord>(case: &Case<'_, K>, at_fault: &[bool]) -> Self {
        let mut faults = Self::default();
        let mut ties: BTreeMap<usize, DecidingTies> = BTreeMap::new();
        for applicant in 0..case.applicants() {
            for choice in case.claims_of(applicant) {
                let programme = case.programme_of(choice);
                if !at_fault[programme] {
                    continue;
                }
                let at = &case.standings[programme];
                let is_first = at.first().is_some_and(|f| case.key[choice] == case.key[f]);
                if let Some(vacant) = vacancy(case.ties, at, case.seats[programme])
                    && (is_first || case.ties != Ties::RejectAll)
                {
                    faults.wasted.push(Violation::WastedSeat { applicant, programme, vacant });
                    continue;
                }
                if case.ties == Ties::Strict && at.first_is_tied() && is_first {
                    ties.entry(programme).or_default().first_in_reserve.push(applicant);
                }
                let Some(lowest) = at.lowest() else { continue };
                match case.key[choice].cmp(&case.key[lowest]) {
                    Ordering::Greater => {
                        let holder = case.applicant_of(lowest);
                        let envy = Violation::JustifiedEnvy { applicant, programme, holder };
                        faults.envious.push(envy);
                    }
                    Ordering::Equal if case.ties != Ties::Strict => {
                        let holder = case.applicant_of(lowest);
                        let unequal = Violation::UnequalTreatment { applicant, programme, holder };
                        faults.tied.push(unequal);
                    }
                    Ordering::Equal => {
                        ties.entry(programme).or_default().at_the_cutoff.push(applicant);
                    }
                    Ordering::Less => {}
                }
            }
        }
        faults.tied.extend(Self::name_ties(case, ties));
        faults
    }

    /// Adds the holders who are part of a tie, and joins two ties that are one and the same.
    fn name_ties<K: Ord>(
        case: &Case<'_, K>,
        mut ties: BTreeMap<usize, DecidingTies>,
    ) -> Vec<Violation> {
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
        for (programme, DecidingTies { mut at_the_cutoff, first_in_reserve }) in ties {
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

/// The vacant seats of a programme, where its first claimants ought to have them.
fn vacancy(ties: Ties, at: &Standing, seats: u32) -> Option<u32> {
    let vacant = seats.checked_sub(at.admitted).filter(|&vacant| vacant > 0)?;
    (ties != Ties::RejectAll || at.as_high <= vacant).then_some(vacant)
}
