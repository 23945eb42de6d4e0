//! Step by step, each where it gains the most.

use super::allocation::Allocation;

/// Adds steps where each gains the most, until there is no room or nothing to gain; and gives the
/// options in that order. Per step O(options) and a few tries.
///
/// What a single seat more would gain is known exactly of all. Other steps are tried, the one with
/// the greatest gain seen so far first, until it is the one tried: as the gains of most steps only
/// shrink while others are added, few need more than one try.
///
/// With `by_cost`, gains are compared for each unit of cost.
pub(super) fn fill(allocation: &mut Allocation<'_>, by_cost: bool) -> Vec<usize> {
    let mut order = Vec::new();
    while let Some(best) =
        best(allocation, by_cost, |allocation, option| allocation.has_room(option))
        && (allocation.estimate(best) > 0 || !allocation.must_gain())
    {
        allocation.add_as_estimated(best);
        order.push(best);
    }
    order
}

/// Adds just these steps (by option), where each next one gains the most; and gives the options in
/// that order.
pub(super) fn fill_up_to(allocation: &mut Allocation<'_>, steps: &[u32]) -> Vec<usize> {
    let mut order = Vec::new();
    let lacking =
        |allocation: &Allocation<'_>, option: usize| allocation.steps(option) < steps[option];
    while let Some(best) = best(allocation, false, lacking) {
        allocation.add_as_estimated(best);
        order.push(best);
    }
    order
}

/// The option whose next step gains the most, or the first of these.
fn best(
    allocation: &mut Allocation<'_>,
    by_cost: bool,
    allowed: impl Fn(&Allocation<'_>, usize) -> bool,
) -> Option<usize> {
    allocation.update_single_seats();
    loop {
        let mut best: Option<(i64, usize)> = None;
        for option in 0..allocation.options() {
            let gain = allocation.estimate(option);
            let is_better = best.is_none_or(|(most, other)| match by_cost {
                true => gains_more_for_cost(allocation, (gain, option), (most, other)),
                false => gain > most,
            });
            if is_better && allowed(allocation, option) {
                best = Some((gain, option));
            }
        }
        let (_, option) = best?;
        if allocation.is_exact(option) {
            return Some(option);
        }
        allocation.try_step(option);
    }
}

/// Whether an option gains more than another one for each unit of cost.
fn gains_more_for_cost(
    allocation: &Allocation<'_>,
    (gain, option): (i64, usize),
    (most, other): (i64, usize),
) -> bool {
    let cost = |option| i128::from(allocation.cost_of(option).max(1));
    i128::from(gain).saturating_mul(cost(other)) > i128::from(most).saturating_mul(cost(option))
}
