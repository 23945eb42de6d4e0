//! Top trading cycles.

use super::Assignment;
use crate::{ApplicantIx, Market, ProgrammeIx};

/// Each applicant points to the best choice that has a seat left, each programme to the best of
/// those left who list it; whoever is on a cycle gets what they point to and leaves with the seat.
///
/// Nobody gains by another list, and nobody can be made better off without another being made worse
/// off; the price is justified envy.
///
/// # Panics
///
/// When the market has quota groups.
///
/// # Complexity
///
/// O(choices).
///
/// # Reference
///
/// L. Shapley and H. Scarf, *On Cores and Indivisibility*, Journal of Mathematical Economics 1
/// (1974); for schools Abdulkadiroğlu and Sönmez (2003).
#[must_use]
pub fn top_trading_cycles(market: &Market) -> Assignment {
    market.assert_plain();
    let mut trade = Trade::new(market);
    for applicant in 0..market.applicants() {
        trade.begin_with(applicant);
    }
    trade.assignment
}

struct Trade {
    assignment: Assignment,
    left: Vec<u32>,
    /// By applicant, the position that they point to or have come to.
    wants: Vec<usize>,
    lists: Vec<Vec<ProgrammeIx>>,
    /// By programme, its ranking and how far down it nobody is left.
    rankings: Vec<Vec<ApplicantIx>>,
    points_at: Vec<usize>,
    is_gone: Vec<bool>,
    is_on_path: Vec<bool>,
}

impl Trade {
    fn new(market: &Market) -> Self {
        let applicants = || (0..market.applicants() as u32).map(ApplicantIx::new);
        let programmes = || (0..market.programmes() as u32).map(ProgrammeIx::new);
        Self {
            assignment: Assignment::nobody(market),
            left: programmes().map(|programme| market.seats(programme)).collect(),
            wants: vec![0; market.applicants()],
            lists: applicants().map(|applicant| market.list(applicant).collect()).collect(),
            rankings: programmes()
                .map(|programme| market.ranking(programme).map(|(who, _)| who).collect())
                .collect(),
            points_at: vec![0; market.programmes()],
            is_gone: vec![false; market.applicants()],
            is_on_path: vec![false; market.applicants()],
        }
    }

    /// Follows the pointers from an applicant until they have left.
    fn begin_with(&mut self, applicant: usize) {
        let mut path = Vec::new();
        let mut at = applicant;
        while !self.is_gone[applicant] {
            let Some(programme) = self.wanted(at) else {
                // Nothing is left that they list: they leave, and whoever pointed to them through
                // a programme points anew.
                self.is_gone[at] = true;
                match path.pop() {
                    Some(before) => at = before,
                    None => break,
                }
                self.is_on_path[at] = false;
                continue;
            };
            path.push(at);
            self.is_on_path[at] = true;
            at = self.best_of(programme);
            if self.is_on_path[at] {
                self.close(&mut path, at);
                match path.pop() {
                    Some(before) => at = before,
                    None => break,
                }
                self.is_on_path[at] = false;
            }
        }
    }

    /// The best choice with a seat left.
    fn wanted(&mut self, applicant: usize) -> Option<usize> {
        let list = &self.lists[applicant];
        let wants = &mut self.wants[applicant];
        while let Some(programme) = list.get(*wants) {
            if self.left[programme.index()] > 0 {
                return Some(programme.index());
            }
            *wants += 1;
        }
        None
    }

    /// The best of those left who list a programme: whoever points to it is one of them.
    fn best_of(&mut self, programme: usize) -> usize {
        let at = &mut self.points_at[programme];
        let ranking = &self.rankings[programme];
        while self.is_gone[ranking[*at].index()] {
            *at += 1;
        }
        ranking[*at].index()
    }

    /// Gives everybody on the cycle that ends at `from` what they point to.
    fn close(&mut self, path: &mut Vec<usize>, from: usize) {
        loop {
            let Some(applicant) = path.pop() else { return };
            self.is_on_path[applicant] = false;
            let position = self.wants[applicant];
            self.assignment.place(applicant, position);
            self.left[self.lists[applicant][position].index()] -= 1;
            self.is_gone[applicant] = true;
            if applicant == from {
                return;
            }
        }
    }
}
