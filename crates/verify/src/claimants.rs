//! The claimant graph and the improvement cycles in it.

use std::collections::BTreeMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::case::Case;
use crate::columns::ClaimKey;
use crate::division::Division;
use crate::groups::Groups;
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
///
/// # Quota groups
///
/// Whom a programme q with groups would take next depends on who leaves, so there is an edge for
/// the first claimant of each of its groups within each tier. Then **without a cycle the admission
/// is the best**, and with one it may be or not:
///
/// Suppose a better stable admission, in which everybody is at least as well off, and let B be
/// those who are better off. Choosing is substitutable, consistent and size-monotone, so the same
/// people are placed in both, and equally many at each programme (Hatfield & Milgrom 2005, theorem
/// 8). Let q gain somebody, b, whom group g takes in tier t; b is in B and claims q now. The first
/// claimant of g in t, w, is in B as well: otherwise w still claims q in the better admission, and
/// g would take w there before b. So w is placed now, at a programme p that w leaves; p loses w,
/// hence gains somebody too. An edge leads from q to p, and so on from programme to programme
/// without an end, which needs a cycle.
pub(crate) struct ClaimantGraph {
    /// The move that the first claimant of each programme without groups would make.
    claim: Vec<Option<Step>>,
    /// The moves that first claimants of groups would make.
    of_groups: Vec<Step>,
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
        let first_of_groups = |groups| {
            case.divisions.iter().flat_map(move |division| first_claimants(groups, division))
        };
        let of_groups = case.groups.iter().flat_map(first_of_groups);
        let of_groups = of_groups.filter_map(|choice| {
            let (applicant, to) = (case.applicant_of(choice), case.programme_of(choice));
            let from = case.placement[applicant]? as usize;
            Some(Step { applicant, from, to })
        });
        Self { claim, of_groups: of_groups.collect() }
    }

    /// The number of edges.
    pub(crate) fn edges(&self) -> usize {
        self.claim.iter().flatten().count() + self.of_groups.len()
    }

    /// Whether there is any cycle.
    pub(crate) fn has_cycle(&self) -> bool {
        self.components().iter().any(|component| component.len() > 1)
    }

    /// All cycles when there are no groups, each from its lowest programme on, in the order of
    /// these programmes.
    ///
    /// Every programme has at most one edge then, so a strongly connected component of more than
    /// one programme is a cycle, and the cycles are disjoint.
    pub(crate) fn improvement_cycles(&self) -> Vec<Violation> {
        let mut starts: Vec<usize> = self
            .components()
            .iter()
            .filter(|component| component.len() > 1)
            .filter_map(|component| component.iter().map(|node| node.index()).min())
            .collect();
        starts.sort_unstable();
        starts.into_iter().map(|start| self.cycle_from(start)).collect()
    }

    /// The strongly connected components. No edge leads back to where it starts: nobody claims
    /// the place they have. Kosaraju's algorithm keeps its own stack, where petgraph's form of
    /// Tarjan's recurses, and chains of claims can be as long as there are programmes.
    fn components(&self) -> Vec<Vec<NodeIndex>> {
        let mut graph = DiGraph::<(), ()>::with_capacity(self.claim.len(), self.edges());
        for _ in &self.claim {
            graph.add_node(());
        }
        for step in self.claim.iter().flatten().chain(&self.of_groups) {
            graph.add_edge(NodeIndex::new(step.to), NodeIndex::new(step.from), ());
        }
        kosaraju_scc(&graph)
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

/// The claimants with the highest priority of each group within each tier, as choices; several
/// where priorities are equal.
fn first_claimants(groups: &Groups<'_>, division: &Division) -> Vec<usize> {
    let columns = &groups.columns;
    let claims = division.waiting.iter().flat_map(|&choice| {
        let tier = columns.tier[choice as usize];
        groups.claims(choice as usize).map(move |claim| (choice as usize, tier, claim))
    });
    let mut first: BTreeMap<(u32, u32), (&ClaimKey, Vec<usize>)> = BTreeMap::new();
    for (choice, tier, claim) in claims {
        let key = &columns.claim_key[claim];
        let (highest, choices) =
            first.entry((tier, columns.claim_group[claim])).or_insert((key, Vec::new()));
        if key > *highest {
            choices.clear();
            *highest = key;
        }
        if key == *highest {
            choices.push(choice);
        }
    }
    first.into_values().flat_map(|(_, choices)| choices).collect()
}
