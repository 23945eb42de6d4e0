//! Moves put together to chains, each with what it began with.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use crate::diff::cause::{Link, Root};
use crate::diff::pairing::Parent;

/// Moves that follow from one another, from one cause. Every mover belongs to exactly one chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoveChain {
    /// Its number, from 1.
    pub chain: u32,
    /// What it began with.
    pub root: Root,
    /// Everybody in it gave the seat that another took: nobody could move without all of them.
    pub is_cycle: bool,
    /// The moves, each after the one that it follows from.
    pub steps: Vec<ChainStep>,
}

/// One move of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChainStep {
    /// The applicant.
    pub applicant_id: String,
    /// The programme that they left, if they had a seat.
    pub from: Option<String>,
    /// The programme that they came to, if they have a seat.
    pub to: Option<String>,
    /// What the move follows from.
    pub link: Link,
    /// The programme at which it follows: the one that was left or taken.
    pub at: Option<String>,
    /// The mover that it follows from.
    pub by: Option<String>,
}

/// The movers of each chain, in the order of steps. Chains are in the order of the first id in
/// each; a chain begins with the mover that follows from no other, a cycle with its first id.
pub(super) fn components(parents: &[Parent], cycles: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, parent) in parents.iter().enumerate() {
        if let Parent::Mover(by) = parent {
            children.entry(*by).or_default().push(number);
        }
    }
    let heads = (0..parents.len()).filter(|number| !matches!(parents[*number], Parent::Mover(_)));
    let heads = heads.chain(cycles.iter().map(|cycle| cycle[0]));
    let mut components: Vec<Vec<usize>> = heads
        .map(|head| {
            let (mut steps, mut queue) = (Vec::new(), VecDeque::from([head]));
            while let Some(next) = queue.pop_front() {
                steps.push(next);
                let follow = children.get(&next).into_iter().flatten();
                queue.extend(follow.filter(|follower| **follower != head));
            }
            steps
        })
        .collect();
    components.sort_by_key(|steps| steps.iter().min().copied());
    components
}

#[cfg(test)]
mod tests {
    use super::components;
    use crate::diff::pairing::{Parent, cycles};

    #[test]
    fn every_mover_stands_in_one_chain_after_what_it_follows_from() {
        use Parent::{Act, Mover, Nothing};
        let parents = [Mover(3), Mover(2), Mover(1), Act, Mover(3), Nothing, Mover(0)];
        let chains = components(&parents, &cycles(&parents));
        assert_eq!(chains, [vec![3, 0, 4, 6], vec![1, 2], vec![5]]);
    }
}
