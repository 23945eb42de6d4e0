//! What no plan can pass.

use antagning_matching::{Incremental, SeatChange, SeatProblem};

use crate::planning::seat_plan::objective::{Figures, Valuer};

/// The value with as many seats at every option as the limits allow each by itself, and, of those
/// placed, no more than a seat each more. `None` where more seats may be worse for the objective.
/// Taking seats makes nothing better.
///
/// With a seat more nobody is worse off (Crawford 1991), so the value grows with every seat; and one
/// more seat places one more applicant at most. O(options + moves).
pub(super) fn of(valuer: &Valuer<'_>, problem: &SeatProblem, before: Figures) -> Option<i64> {
    let objective = valuer.objective();
    if !objective.grows_with_seats() {
        return None;
    }
    if problem.change == SeatChange::Take {
        return Some(objective.value(before));
    }
    let mut matching = Incremental::new(&problem.market);
    let mut after = before;
    for option in &problem.options {
        for _ in 0..option.most * option.step {
            let moves = match option.group {
                None => matching.add_seat(option.programme),
                Some(group) => matching.add_group_seat(option.programme, group),
            };
            let net = moves.net();
            matching.keep();
            // Where nobody wants a seat more, nobody will want the next, nor once others have more.
            if net.is_empty() {
                break;
            }
            after = valuer.moved(after, &net);
        }
    }
    after.placed = after.placed.min(before.placed + u64::from(problem.seats));
    Some(objective.value(after))
}
