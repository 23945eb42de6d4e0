//! The published reserve order, proven without sorting where priorities are strict.

use crate::case::{Case, NONE};
use crate::columns::Ties;
use crate::shared_positions::{check_group_orders, check_shared_positions};
use crate::violation::Violation;

/// Compares published reserve positions with the order of priorities.
///
/// Where priorities are strict, the positions themselves say how to lay the claimants out. If that fills every place and the
/// keys then fall strictly, they are right: O(choices), without a sort. Only programmes where it
/// fails are sorted, so as to say which positions are wrong and what they should be.
pub(crate) fn check_reserve_order<K: Ord>(
    case: &Case<'_, K>,
    published: &[Option<u32>],
) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let laid_out = |programme| case.ties == Ties::Strict && !case.has_groups(programme);
    let mut order = Order::blank(case, laid_out);
    for applicant in 0..case.applicants() {
        let claims = case.claims_of(applicant);
        for choice in case.list_of(applicant) {
            if choice < claims.end {
                if laid_out(case.programme_of(choice)) {
                    order.lay(case.programme_of(choice), choice, published[choice]);
                }
            } else if published[choice].is_some() {
                wrong.push(Violation::WrongReservePosition {
                    applicant,
                    choice,
                    programme: case.programme_of(choice),
                    published: published[choice],
                    found: None,
                });
            }
        }
    }
    let in_doubt: Vec<bool> =
        (0..case.programmes()).map(|programme| !order.falls_strictly(case, programme)).collect();
    if in_doubt.contains(&true) {
        for (programme, mut claimants) in claimants_of(case, &in_doubt) {
            // Equal keys are a violation of their own; any order among them is let pass.
            claimants.sort_by(|&a, &b| {
                case.key[b].cmp(&case.key[a]).then(published[a].cmp(&published[b]))
            });
            name_ties(case, programme, &claimants, &mut wrong);
            name_wrong_positions(case, programme, &claimants, published, &mut wrong);
        }
    }
    if case.ties != Ties::Strict {
        let all = vec![true; case.programmes()];
        for (_, claimants) in claimants_of(case, &all) {
            check_shared_positions(case, claimants, published, &mut wrong);
        }
    }
    check_group_orders(case, published, &mut wrong);
    wrong
}

/// The claimants of every programme, laid out by their published positions.
struct Order {
    offsets: Vec<usize>,
    choice_at: Vec<u32>,
}

impl Order {
    /// With places for the claimants of the programmes that are to be laid out.
    fn blank<K>(case: &Case<'_, K>, laid_out: impl Fn(usize) -> bool) -> Self {
        let standings = &case.standings;
        let mut offsets = Vec::with_capacity(standings.len() + 1);
        let mut total = 0;
        offsets.push(total);
        for (programme, at) in standings.iter().enumerate() {
            if laid_out(programme) {
                total += at.claims as usize;
            }
            offsets.push(total);
        }
        Self { offsets, choice_at: vec![NONE; total] }
    }

    /// A position that is absent, out of range or taken twice leaves a place unfilled elsewhere.
    fn lay(&mut self, programme: usize, choice: usize, position: Option<u32>) {
        let places = &mut self.choice_at[self.offsets[programme]..self.offsets[programme + 1]];
        let index = position.and_then(|p| p.checked_sub(1)).map(|index| index as usize);
        if let Some(place) = index.and_then(|index| places.get_mut(index)) {
            *place = choice as u32;
        }
    }

    fn falls_strictly<K: Ord>(&self, case: &Case<'_, K>, programme: usize) -> bool {
        let places = &self.choice_at[self.offsets[programme]..self.offsets[programme + 1]];
        places.iter().all(|&choice| choice != NONE)
            && places.windows(2).all(|pair| case.key[pair[0] as usize] > case.key[pair[1] as usize])
    }
}

/// The claims on each programme in doubt, as choices, in the order of programmes.
fn claimants_of<K: Ord>(case: &Case<'_, K>, in_doubt: &[bool]) -> Vec<(usize, Vec<usize>)> {
    let mut claimants: Vec<Vec<usize>> = vec![Vec::new(); case.programmes()];
    for choice in (0..case.applicants()).flat_map(|applicant| case.claims_of(applicant)) {
        if in_doubt[case.programme_of(choice)] {
            claimants[case.programme_of(choice)].push(choice);
        }
    }
    claimants.into_iter().enumerate().filter(|(programme, _)| in_doubt[*programme]).collect()
}

/// A tie for the first place decides a claimant graph too, and is named by the check of it.
fn name_ties<K: Ord>(
    case: &Case<'_, K>,
    programme: usize,
    claimants: &[usize],
    wrong: &mut Vec<Violation>,
) {
    let groups = claimants.chunk_by(|&a, &b| case.key[a] == case.key[b]);
    for group in groups.skip(1).filter(|group| group.len() > 1) {
        let mut applicants: Vec<usize> = group.iter().map(|&c| case.applicant_of(c)).collect();
        applicants.sort_unstable();
        wrong.push(Violation::EqualKeys { programme, applicants });
    }
}

fn name_wrong_positions<K: Ord>(
    case: &Case<'_, K>,
    programme: usize,
    claimants: &[usize],
    published: &[Option<u32>],
    wrong: &mut Vec<Violation>,
) {
    for (&choice, position) in claimants.iter().zip(1..) {
        if published[choice] != Some(position) {
            wrong.push(Violation::WrongReservePosition {
                applicant: case.applicant_of(choice),
                choice,
                programme,
                published: published[choice],
                found: Some(position),
            });
        }
    }
}
