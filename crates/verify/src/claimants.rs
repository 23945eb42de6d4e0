//! The claimant graph and the improvement cycles in it.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::case::Case;
use crate::violation::{Step, Violation};

/// For every full programme an edge to where its first claimant is placed now.
///
/// The first claimant D(q) of programme q is the one with the highest priority among all, placed
/// or not, who prefer q to what they have. If D(q) is placed, the edge leads from q to D(q)'s
/// programme. Otherwise q has none: who is unplaced in one stable admission is so in all of them
/// (Roth 1986), and any lower claimant who took a seat at q would pass D(q) over. A programme
/// with a vacant seat has no claimants, hence no edge.
///
/// ```text
///        q ──► p     D(q) sits at p and would rather be at q
///        ▲     │
///        └─────┘     D(p) sits at q and would rather be at p: they trade
/// ```
pub(crate) struct ClaimantGraph {
    /// The move that each programme's first claimant would make.
    claim: Vec<Option<Step>>,
}

impl ClaimantGraph {
    /// Draws the graph of a stable admission.
    pub(crate) fn draw<K: Ord>(case: &Case<'_, K>) -> Self {
        let claim = case
            .standings
            .iter()
            .enumerate()
            .map(|(to, at)| {
                let applicant = case.applicant_of(at.first()?);
                let from = case.placement[applicant]? as usize;
                Some(Step { applicant, from, to })
            })
            .collect();
        Self { claim }
    }

    /// The number of edges.
    pub(crate) fn edges(&self) -> usize {
        self.claim.iter().flatten().count()
    }

    /// All cycles, each from its lowest programme on, in the order of these programmes.
    ///
    /// Every programme has at most one edge, so a strongly connected component of more than one
    /// programme is a cycle, and the cycles are disjoint. Kosaraju's algorithm keeps its own
    /// stack, where petgraph's form of Tarjan's recurses, and chains of claims can be as long as
    /// there are programmes.
    pub(crate) fn improvement_cycles(&self) -> Vec<Violation> {
        let mut graph = DiGraph::<(), ()>::with_capacity(self.claim.len(), self.claim.len());
        for _ in &self.claim {
            graph.add_node(());
        }
        for step in self.claim.iter().flatten() {
            graph.add_edge(NodeIndex::new(step.to), NodeIndex::new(step.from), ());
        }
        let components = kosaraju_scc(&graph);
        let mut starts: Vec<usize> = components
            .iter()
            .filter(|component| component.len() > 1)
            .filter_map(|component| component.iter().map(|node| node.index()).min())
            .collect();
        starts.sort_unstable();
        starts.into_iter().map(|start| self.cycle_from(start)).collect()
    }

    fn cycle_from(&self, start: usize) -> Violation {
        let mut steps = Vec::new();
        let mut programme = start;
        while let Some(step) = self.claim[programme] {
            steps.push(step);
            programme = step.from;
            if programme == start {
                break;
            }
        }
        Violation::ImprovementCycle { steps }
    }
}
