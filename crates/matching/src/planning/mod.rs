//! Where to add or take seats: greedy at once, then a local search that can be stopped at any time.
//!
//! What a plan is worth is not the sum of what its seats are worth alone. Two seats can stand in for
//! each other, when both would go to the same applicant at last; and they can complete each other,
//! when one moves somebody on who was the other's first reserve and would have left an empty seat.
//! So there is no greedy guarantee, and an exact plan is as hard as knapsack; the search therefore
//! goes on from the greedy plan with exact gains, which an [`Incremental`](crate::Incremental)
//! matching tells cheaply.

mod abreast;
mod allocation;
mod annealing;
mod greedy;
mod problem;
mod random;
mod worth;

use allocation::Allocation;
use annealing::{Annealing, Found, Plan};

pub use problem::{SeatChange, SeatOption, SeatPlan, SeatProblem};
pub use worth::Worth;

/// How far a search for a plan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchProgress {
    /// Rounds so far of each of two searches side by side; in a round a step or two are exchanged.
    pub rounds: u64,
    /// What the best plan of the first of them gains so far.
    pub gain: i64,
}

/// What planning came to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedSeats {
    /// The plan that adds each step where it gains the most (or takes it where it loses the least).
    pub greedy: SeatPlan,
    /// The best plan that was found, at least as good as the greedy one.
    pub best: SeatPlan,
    /// Rounds of each of the two local searches.
    pub rounds: u64,
}

/// Plans seats, greedily and then by a local search from the greedy plan.
///
/// Two searches go on side by side, in two threads and with as many rounds, and the better plan
/// counts. They go on until `go_on` says `false`, or until nothing can be exchanged; it is asked before
/// every round. The same problem, seed and number of rounds give the same plan on every machine.
///
/// Steps that an option has at [least](SeatOption::least) come first, as far as the other limits
/// allow. A plan never has a step that gains nothing beyond these, unless seats are taken.
///
/// O(choices) to begin with. A single seat that is added costs O(options + groups), a few chains and
/// a pass over the programmes; any other step so many chains for each option that is tried.
///
/// ```
/// use antagning_matching::{
///     MarketBuilder, SeatChange, SeatOption, SeatProblem, Worth, plan_seats,
/// };
///
/// let mut builder = MarketBuilder::new();
/// let [arts, science] = [1, 1].map(|seats| builder.add_programme(seats));
/// builder.add_applicant([(arts, 300)]);
/// builder.add_applicant([(arts, 280), (science, 280)]);
/// builder.add_applicant([(science, 250)]);
/// let market = builder.build()?;
/// let option = |programme| SeatOption {
///     programme,
///     group: None,
///     step: 1,
///     least: 0,
///     most: 1,
///     cost: 0,
///     areas: vec![],
/// };
/// // A seat in arts moves one applicant up, who leaves a seat in science to another.
/// let problem = SeatProblem {
///     worth: Worth::new(&market, |_, placement| match placement {
///         Some((position, _)) => -(position as i64),
///         None => -2,
///     }),
///     market,
///     change: SeatChange::Add,
///     seats: 1,
///     options: vec![option(science), option(arts)],
///     areas: vec![],
///     budget: None,
/// };
/// let planned = plan_seats(&problem, 1, |progress| progress.rounds < 100);
/// assert_eq!(planned.best.order, [1]);
/// assert_eq!(planned.best.gain, 3);
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
///
/// # Panics
///
/// When an option is not of the market, has a group where there are none or none where there are
/// groups, or names an area that the problem does not have.
///
/// # Reference
///
/// * S. Geman and D. Geman, *Stochastic Relaxation, Gibbs Distributions, and the Bayesian
///   Restoration of Images*, IEEE Transactions on Pattern Analysis and Machine Intelligence 6 (1984).
/// * F. Bobbio, M. Carvalho, A. Lodi, I. Rios and A. Torrico, *Capacity Planning in Stable Matching:
///   An Application to School Choice*, ACM Conference on Economics and Computation (2023), for the
///   problem and its hardness.
pub fn plan_seats(
    problem: &SeatProblem,
    seed: u64,
    go_on: impl FnMut(SearchProgress) -> bool,
) -> PlannedSeats {
    let mut allocation = Allocation::new(problem);
    let mut order = allocation.add_least();
    let mut by_cost = problem.budget.map(|_| (allocation.clone(), order.clone()));
    order.extend(greedy::fill(&mut allocation, false));
    // Whether each seat or each unit of cost is to gain the most, only trying can tell.
    if let Some((by_cost, mut its_order)) = by_cost.take() {
        let mut by_cost = by_cost;
        its_order.extend(greedy::fill(&mut by_cost, true));
        if by_cost.score() > allocation.score() {
            (allocation, order) = (by_cost, its_order);
        }
    }
    let greedy = SeatPlan { order, gain: allocation.gain() };
    let steps = greedy.order.len().max(1) as i64;
    // Where most steps gain nothing, exchanges are worth what one gains that does.
    let mean_gain = (greedy.gain.abs().max(steps), steps as u64);
    let mean_cost = problem.budget.map(|_| mean_cost(&allocation));
    let mut beside = allocation.clone();
    let annealing = |allocation, seed| Annealing::new(allocation, seed, mean_gain, mean_cost);
    let (first, second) = (annealing(&mut allocation, seed), annealing(&mut beside, !seed));
    let Found { best: Plan { steps, .. }, rounds } = abreast::search(first, second, go_on);
    let best =
        if steps == steps_of(problem, &greedy) { greedy.clone() } else { pruned(problem, &steps) };
    PlannedSeats { greedy, best, rounds }
}

/// Steps by option.
fn steps_of(problem: &SeatProblem, plan: &SeatPlan) -> Vec<u32> {
    let mut steps = vec![0; problem.options.len()];
    plan.order.iter().for_each(|&option| steps[option] += 1);
    steps
}

/// The plan of these steps, without those that gain nothing, and with those for which there is room
/// then.
fn pruned(problem: &SeatProblem, steps: &[u32]) -> SeatPlan {
    let mut allocation = Allocation::new(problem);
    greedy::fill_up_to(&mut allocation, steps);
    allocation.prune();
    greedy::fill(&mut allocation, false);
    let steps = allocation.all_steps();
    let mut allocation = Allocation::new(problem);
    let order = greedy::fill_up_to(&mut allocation, &steps);
    SeatPlan { order, gain: allocation.gain() }
}

/// What a step at an option costs in the mean.
fn mean_cost(allocation: &Allocation<'_>) -> u64 {
    let options = 0..allocation.options();
    let sum: u128 = options.map(|option| u128::from(allocation.cost_of(option))).sum();
    u64::try_from(sum / allocation.options().max(1) as u128).unwrap_or(u64::MAX)
}
