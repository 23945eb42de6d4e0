//! The best stable admission, computed anew from nothing.

use std::cmp::{Ordering, Reverse};
use std::mem;

use crate::case::{Case, NONE};
use crate::columns::Ties;
use crate::division::choose;

/// The choice that each applicant is granted in the best stable admission; `NONE` for those whom
/// it leaves without a place.
///
/// Applicant-proposing deferred acceptance in rounds (Gale & Shapley 1962): whoever has no place
/// asks for the next choice on the list, and every programme that is asked keeps, of those it
/// holds and those who ask, whom it chooses. Who is turned away by a programme has no place there
/// in any stable admission, because all its ways of choosing are substitutable: who is not taken
/// is not taken when more apply (Roth & Sotomayor 1990, ch. 6; Biró & Kiselgof 2015 for ties that
/// are admitted or rejected together). Equal keys that are not to be kept together go by the
/// order of applicants.
///
/// O(choices · log seats) at programmes without groups, moving whom they hold aside, and a choice
/// among seats and askers per round at those with groups.
pub(crate) fn best_admission<K: Ord>(case: &Case<'_, K>) -> Vec<u32> {
    let mut admission = Admission::empty(case);
    let mut free: Vec<u32> = (0..case.applicants() as u32).collect();
    let mut asked = Vec::new();
    while !free.is_empty() {
        for applicant in free.drain(..) {
            if let Some(programme) = admission.ask(applicant as usize) {
                asked.push(programme);
            }
        }
        for programme in asked.drain(..) {
            admission.answer(programme, &mut free);
        }
    }
    admission.granted()
}

struct Admission<'c, 'a, K> {
    case: &'c Case<'a, K>,
    /// The choice that each applicant asks for next.
    next: Vec<u32>,
    programmes: Vec<Programme>,
}

#[derive(Clone)]
struct Programme {
    /// The choices that are kept; in falling priority when the programme has no groups.
    held: Vec<u32>,
    /// The choices that ask in this round.
    askers: Vec<u32>,
    /// A choice that was rejected together with its equals: whoever is not ahead of it is too.
    limit: u32,
}

impl<'c, 'a, K: Ord> Admission<'c, 'a, K> {
    fn empty(case: &'c Case<'a, K>) -> Self {
        let programme = Programme { held: Vec::new(), askers: Vec::new(), limit: NONE };
        let next = case.offsets[..case.applicants()].iter().map(|&first| first as u32);
        Self { case, next: next.collect(), programmes: vec![programme; case.programmes()] }
    }

    /// Lets the applicant ask for the next choice; the programme, when it is the first to ask
    /// there in this round.
    fn ask(&mut self, applicant: usize) -> Option<usize> {
        let choice = self.next[applicant];
        if !self.case.list_of(applicant).contains(&(choice as usize)) {
            return None;
        }
        self.next[applicant] += 1;
        let programme = self.case.programme_of(choice as usize);
        let askers = &mut self.programmes[programme].askers;
        askers.push(choice);
        (askers.len() == 1).then_some(programme)
    }

    /// Lets the programme choose; those whom it turns away are free again.
    fn answer(&mut self, programme: usize, free: &mut Vec<u32>) {
        let case = self.case;
        let at = &mut self.programmes[programme];
        let askers = mem::take(&mut at.askers);
        let mut turned_away = Vec::new();
        if let Some(groups) = case.groups.as_ref().filter(|groups| groups.has(programme)) {
            at.held.extend(askers);
            let chosen = choose(groups, programme, &at.held);
            for (choice, group) in mem::take(&mut at.held).into_iter().zip(chosen.group) {
                let to = if group.is_some() { &mut at.held } else { &mut turned_away };
                to.push(choice);
            }
        } else {
            for choice in askers {
                at.take(case, choice, case.seats[programme] as usize, &mut turned_away);
            }
        }
        free.extend(turned_away.iter().map(|&choice| case.applicant_of(choice as usize) as u32));
    }

    fn granted(self) -> Vec<u32> {
        let mut granted = vec![NONE; self.case.applicants()];
        for choice in self.programmes.into_iter().flat_map(|at| at.held) {
            granted[self.case.applicant_of(choice as usize)] = choice;
        }
        granted
    }
}

impl Programme {
    /// Takes one more at a programme without groups, and turns away whom the seats and the rule
    /// for ties then leave no place.
    fn take<K: Ord>(
        &mut self,
        case: &Case<'_, K>,
        choice: u32,
        seats: usize,
        turned_away: &mut Vec<u32>,
    ) {
        let key = |choice: u32| &case.key[choice as usize];
        if self.limit != NONE && key(choice) <= key(self.limit) {
            turned_away.push(choice);
            return;
        }
        let ahead = self.held.partition_point(|&other| {
            Reverse(key(other)).cmp(&Reverse(key(choice))).then(other.cmp(&choice))
                == Ordering::Less
        });
        self.held.insert(ahead, choice);
        let Some(&last) = self.held.last() else { return };
        let above = |held: &[u32]| held.partition_point(|&other| key(other) > key(last));
        match case.ties {
            Ties::Strict if self.held.len() > seats => {
                self.held.pop();
                turned_away.push(last);
            }
            Ties::AdmitAll if above(&self.held) >= seats => {
                turned_away.extend(self.held.drain(above(&self.held)..));
            }
            Ties::RejectAll if self.held.len() > seats => {
                turned_away.extend(self.held.drain(above(&self.held)..));
                self.limit = last;
            }
            _ => {}
        }
    }
}
