//! The best stable admission, computed anew from nothing.

use crate::case::{Case, NONE};
use crate::columns::Ties;
use crate::division::choose;
use crate::groups::Groups;

/// The choice that each applicant is granted in the best stable admission; `NONE` for those whom
/// it leaves without a place.
///
/// Applicant-proposing deferred acceptance (Gale & Shapley 1962): whoever has no place asks for
/// the next choice on the list. A programme without groups answers at once, and those with groups
/// when nobody else is left to ask: each keeps, of those it holds and those who ask, whom it
/// chooses. Whom a programme turns away has no place there in any stable admission, because all
/// ways of choosing are substitutable: who is not taken is not taken when more apply either (Roth
/// & Sotomayor 1990, ch. 6; Biró & Kiselgof 2015 for ties that are admitted or rejected together).
/// So the order in which applicants ask decides nothing. Equal keys that are not kept together go
/// by the order of applicants.
///
/// O(choices · log seats) at programmes without groups, moving whom they hold aside, and a choice
/// among those held and those who ask each time that one with groups answers.
pub(crate) fn best_admission<K: Ord>(case: &Case<'_, K>) -> Vec<u32> {
    let mut admission = Admission::empty(case);
    let mut free: Vec<u32> = (0..case.applicants() as u32).rev().collect();
    let mut asked = Vec::new();
    loop {
        while let Some(applicant) = free.pop() {
            if let Some(choice) = admission.next_choice(applicant as usize) {
                let programme = case.programme_of(choice as usize);
                let at = &mut admission.programmes[programme];
                if case.has_groups(programme) {
                    at.askers.push(choice);
                    asked.push(programme);
                } else {
                    at.take(case, choice, case.seats[programme] as usize, |choice| {
                        free.push(admission.owner[choice as usize]);
                    });
                }
            }
        }
        let Some(groups) = case.groups.as_ref().filter(|_| !asked.is_empty()) else { break };
        for programme in asked.drain(..) {
            admission.programmes[programme].choose(groups, programme, |choice| {
                free.push(admission.owner[choice as usize]);
            });
        }
    }
    admission.granted()
}

struct Admission<'c, 'a, K> {
    case: &'c Case<'a, K>,
    /// Whose each choice is.
    owner: Vec<u32>,
    /// The choice that each applicant asks for next.
    next: Vec<u32>,
    programmes: Vec<Programme>,
}

impl<'c, 'a, K: Ord> Admission<'c, 'a, K> {
    fn empty(case: &'c Case<'a, K>) -> Self {
        let owned = |applicant| case.list_of(applicant).map(move |_| applicant as u32);
        let next = case.offsets[..case.applicants()].iter().map(|&first| first as u32);
        Self {
            case,
            owner: (0..case.applicants()).flat_map(owned).collect(),
            next: next.collect(),
            programmes: vec![Programme::default(); case.programmes()],
        }
    }

    /// What the applicant asks for now, unless the list is at its end.
    fn next_choice(&mut self, applicant: usize) -> Option<u32> {
        let choice = self.next[applicant];
        let listed = self.case.list_of(applicant).contains(&(choice as usize));
        self.next[applicant] += u32::from(listed);
        listed.then_some(choice)
    }

    fn granted(self) -> Vec<u32> {
        let mut granted = vec![NONE; self.case.applicants()];
        for choice in self.programmes.into_iter().flat_map(|at| at.held) {
            granted[self.owner[choice as usize] as usize] = choice;
        }
        granted
    }
}

#[derive(Clone, Default)]
struct Programme {
    /// The choices that are kept; in falling priority when the programme has no groups.
    held: Vec<u32>,
    /// The choices that wait for an answer.
    askers: Vec<u32>,
    /// A choice that was rejected together with its equals: whoever is not ahead of it is too.
    limit: Option<u32>,
}

impl Programme {
    /// Takes one more at a programme without groups, and turns away whom the seats and the rule
    /// for ties then leave no place.
    fn take<K: Ord>(
        &mut self,
        case: &Case<'_, K>,
        choice: u32,
        seats: usize,
        mut turn_away: impl FnMut(u32),
    ) {
        let key = |choice: u32| &case.key[choice as usize];
        if self.limit.is_some_and(|limit| key(choice) <= key(limit)) {
            return turn_away(choice);
        }
        let is_before = |&other: &u32| key(choice).cmp(key(other)).then(other.cmp(&choice)).is_lt();
        self.held.insert(self.held.partition_point(is_before), choice);
        let last = self.held[self.held.len() - 1];
        let is_ahead_of_last = |&other: &u32| key(other) > key(last);
        let kept = match case.ties {
            Ties::Strict => self.held.len().min(seats),
            Ties::AdmitAll | Ties::RejectAll if self.held.len() <= seats => self.held.len(),
            Ties::AdmitAll => match self.held.partition_point(is_ahead_of_last) {
                ahead if ahead < seats => self.held.len(),
                ahead => ahead,
            },
            Ties::RejectAll => {
                self.limit = Some(last);
                self.held.partition_point(is_ahead_of_last)
            }
        };
        self.held.drain(kept..).for_each(turn_away);
    }

    /// Lets a programme with groups choose among those it holds and those who ask.
    fn choose(&mut self, groups: &Groups<'_>, programme: usize, mut turn_away: impl FnMut(u32)) {
        if self.askers.is_empty() {
            return;
        }
        self.held.append(&mut self.askers);
        let chosen = choose(groups, programme, &self.held);
        let mut group = chosen.group.iter();
        self.held.retain(|&choice| {
            let is_chosen = group.next().is_some_and(Option::is_some);
            if !is_chosen {
                turn_away(choice);
            }
            is_chosen
        });
    }
}
