//! A matching in plain vectors, and what must hold of every one.

use antagning_matching::{
    ApplicantIx, DeferredAcceptance, Matching, ProgrammeIx, deferred_acceptance,
};

use crate::textbook::Instance;

/// The position of each applicant's placement in their list.
pub(crate) type Placements = Vec<Option<usize>>;

/// The library's applicant-optimal matching.
pub(crate) fn optimal(instance: &Instance) -> Placements {
    placements(&deferred_acceptance(&instance.market().expect("a sound market")))
}

/// The library's result, asked one applicant at a time.
pub(crate) fn placements(matching: &Matching<'_>) -> Placements {
    applicants(matching).map(|applicant| matching.choice_of(applicant)).collect()
}

/// All applicants of a matching.
pub(crate) fn applicants(matching: &Matching<'_>) -> impl Iterator<Item = ApplicantIx> + use<> {
    (0..matching.market().applicants() as u32).map(ApplicantIx::new)
}

/// All programmes of a matching.
pub(crate) fn programmes(matching: &Matching<'_>) -> impl Iterator<Item = ProgrammeIx> + use<> {
    (0..matching.market().programmes() as u32).map(ProgrammeIx::new)
}

/// The matching of an instance, from scratch memory that has served another market before.
pub(crate) fn with_used_scratch(instance: &Instance, before: &Instance) -> Placements {
    let before = before.market().expect("a sound market");
    let mut scratch = DeferredAcceptance::new(&before);
    scratch.run(&before);
    placements(&scratch.run(&instance.market().expect("a sound market")))
}

/// Whether everybody but applicant `except` is at least as well off with `after` as with `before`.
pub(crate) fn nobody_worse(before: &Placements, after: &Placements, except: usize) -> bool {
    let rank = |placement: &Option<usize>| placement.unwrap_or(usize::MAX);
    before
        .iter()
        .zip(after)
        .enumerate()
        .all(|(applicant, (before, after))| applicant == except || rank(after) <= rank(before))
}

/// Nobody is excepted.
pub(crate) const NOBODY: usize = usize::MAX;

/// Whether nobody holds more than there is, and no applicant wants a seat that is free or that
/// somebody with lower priority holds. Straight from the definition.
pub(crate) fn is_stable(instance: &Instance, placements: &Placements) -> bool {
    let mut holders = vec![Vec::new(); instance.seats.len()];
    for (list, placement) in instance.lists.iter().zip(placements) {
        if let Some(position) = placement {
            let (programme, priority) = list[*position];
            holders[programme].push(priority);
        }
    }
    let feasible =
        holders.iter().zip(&instance.seats).all(|(held, &seats)| held.len() <= seats as usize);
    feasible
        && instance.lists.iter().zip(placements).all(|(list, placement)| {
            list[..placement.unwrap_or(list.len())].iter().all(|&(programme, priority)| {
                holders[programme].len() == instance.seats[programme] as usize
                    && holders[programme].iter().all(|&held| held > priority)
            })
        })
}
