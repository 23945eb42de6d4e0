//! A market that changes, in plain vectors, beside the library's.

use antagning_matching::{
    ApplicantIx, Incremental, Matching, Move, Placement, ProgrammeIx, deferred_acceptance,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::grouped::instances as grouped;
use crate::grouped::textbook::{Group, GroupedInstance, Programme};
use crate::instances::{draw, uniform};
use crate::textbook::Instance;

/// One change of any kind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    AddSeat {
        programme: usize,
        group: usize,
    },
    RemoveSeat {
        programme: usize,
        group: usize,
    },
    Withdraw(usize),
    Restore(usize),
    /// One bit a choice.
    List(usize, u64),
    Replace(usize, usize),
}

/// Where everybody is placed, and how many seats of each programme are vacant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) placements: Vec<Option<Placement>>,
    pub(crate) vacancies: Vec<u32>,
}

/// The changed market.
#[derive(Clone, Debug)]
pub(crate) struct Season {
    /// With all choices, live or not, and the seats of today.
    pub(crate) instance: GroupedInstance,
    /// By applicant and position.
    pub(crate) live: Vec<Vec<bool>>,
}

impl Season {
    /// Every choice is live.
    pub(crate) fn new(instance: GroupedInstance) -> Self {
        let live = instance.lists.iter().map(|list| vec![true; list.len()]).collect();
        Self { instance, live }
    }

    /// The library's matching of the season as it began.
    pub(crate) fn incremental(&self) -> Incremental {
        Incremental::new(&self.instance.market().expect("a sound market"))
    }

    /// The change that a number stands for.
    pub(crate) fn change(&self, drawn: u64) -> Change {
        let part = |shift: u64, bound: usize| (drawn >> shift) as usize % 65_536 % bound;
        let applicant = part(16, self.live.len());
        let programme = part(16, self.instance.programmes.len());
        let group = part(32, self.instance.programmes[programme].groups.len());
        match drawn % 8 {
            0 | 1 => Change::AddSeat { programme, group },
            2 | 3 => Change::RemoveSeat { programme, group },
            4 => Change::Withdraw(applicant),
            5 => Change::Restore(self.next_without_some_choice(applicant)),
            6 => Change::List(applicant, drawn >> 32),
            _ => Change::Replace(applicant, part(32, self.live.len())),
        }
    }

    /// From an applicant on, the first some of whose choices are not live.
    fn next_without_some_choice(&self, applicant: usize) -> usize {
        let mut following = (applicant..self.live.len()).chain(0..applicant);
        let lacking = |&other: &usize| self.live[other].contains(&false);
        following.find(lacking).unwrap_or(applicant)
    }

    /// Changes the plain vectors.
    pub(crate) fn apply(&mut self, change: Change) {
        match change {
            Change::AddSeat { programme, group } => *self.seats(programme, group) += 1,
            Change::RemoveSeat { programme, group } => {
                let seats = self.seats(programme, group);
                *seats = seats.saturating_sub(1);
            }
            Change::Withdraw(applicant) => self.live[applicant].fill(false),
            Change::Restore(applicant) => self.live[applicant].fill(true),
            Change::List(applicant, mask) => {
                let live = self.live[applicant].iter_mut().enumerate();
                live.for_each(|(position, live)| *live = mask >> position & 1 == 1);
            }
            Change::Replace(old, new) => {
                self.live[old].fill(false);
                self.live[new].fill(true);
            }
        }
    }

    fn seats(&mut self, programme: usize, group: usize) -> &mut u32 {
        &mut self.instance.programmes[programme].groups[group].0
    }

    /// The market as it is now, without what is not live.
    pub(crate) fn today(&self) -> GroupedInstance {
        let live = |(list, live): (&Vec<_>, &Vec<bool>)| {
            let live = list.iter().zip(live).filter(|&(_, &live)| live);
            live.map(|(choice, _)| Clone::clone(choice)).collect()
        };
        GroupedInstance {
            programmes: self.instance.programmes.clone(),
            lists: self.instance.lists.iter().zip(&self.live).map(live).collect(),
        }
    }

    /// The outcome of a full run on the market as it is now.
    pub(crate) fn rerun(&self) -> Outcome {
        let matching = deferred_acceptance(&self.today().market().expect("a sound market"));
        self.outcome(&matching)
    }

    pub(crate) fn outcome(&self, matching: &Matching<'_>) -> Outcome {
        let placement = |(applicant, live): (usize, &Vec<bool>)| {
            let applicant = ApplicantIx::new(applicant as u32);
            let choice = matching.choice_of(applicant)?;
            let mut positions = (0..live.len()).filter(|&position| live[position]);
            Some(Placement {
                programme: matching.programme_of(applicant)?,
                group: matching.group_of(applicant),
                choice: positions.nth(choice)?,
            })
        };
        let vacancies = |programme| matching.vacancies(ProgrammeIx::new(programme as u32));
        Outcome {
            placements: self.live.iter().enumerate().map(placement).collect(),
            vacancies: (0..self.instance.programmes.len()).map(vacancies).collect(),
        }
    }
}

/// Changes the library's matching, and gives the moves that it tells of.
pub(crate) fn apply(
    change: Change,
    season: &Season,
    matching: &mut Incremental,
) -> (Vec<Move>, Vec<Move>) {
    let applicant = |number: usize| ApplicantIx::new(number as u32);
    let at = |programme: usize| {
        (ProgrammeIx::new(programme as u32), season.instance.programmes[programme].plain)
    };
    let moves = match change {
        Change::AddSeat { programme, group } => Some(match at(programme) {
            (programme, true) => matching.add_seat(programme),
            (programme, false) => matching.add_group_seat(programme, group),
        }),
        Change::RemoveSeat { programme, group } => match at(programme) {
            (programme, true) => matching.remove_seat(programme),
            (programme, false) => matching.remove_group_seat(programme, group),
        },
        Change::Withdraw(number) => Some(matching.withdraw(applicant(number))),
        Change::Restore(number) => Some(matching.restore(applicant(number))),
        Change::List(number, mask) => {
            Some(matching.change_list(applicant(number), |position| mask >> position & 1 == 1))
        }
        Change::Replace(old, new) => Some(matching.replace(applicant(old), applicant(new))),
    };
    moves.map_or_else(Default::default, |moves| (moves.iter().collect(), moves.net()))
}

/// The library's outcome, asked one by one.
pub(crate) fn outcome(matching: &Incremental) -> Outcome {
    let applicants = (0..matching.market().applicants() as u32).map(ApplicantIx::new);
    let programmes = (0..matching.market().programmes() as u32).map(ProgrammeIx::new);
    Outcome {
        placements: applicants.map(|applicant| matching.placement_of(applicant)).collect(),
        vacancies: programmes.map(|programme| matching.vacancies(programme)).collect(),
    }
}

/// A plain market as one whose programmes have a group each.
pub(crate) fn plain(instance: &Instance) -> GroupedInstance {
    let programme = |&seats: &u32| Programme { groups: vec![(seats, None)], plain: true };
    let choice = |&(programme, key): &(usize, u64)| (programme, vec![(0, key)]);
    GroupedInstance {
        programmes: instance.seats.iter().map(programme).collect(),
        lists: instance.lists.iter().map(|list| list.iter().map(choice).collect()).collect(),
    }
}

/// Random markets without end, the same each time: of every eight, three are plain and so dense that
/// both optima mostly differ, two are grouped and as dense, two are grouped and small, and one has
/// rankings longer than a word.
pub(crate) fn markets() -> impl Iterator<Item = GroupedInstance> {
    let mut runner = TestRunner::deterministic();
    (0..).map(move |number: u32| {
        let mut drawn = |instances: BoxedStrategy<GroupedInstance>| {
            instances.new_tree(&mut runner).expect("nothing is filtered").current()
        };
        match number % 8 {
            0..3 => {
                let applicants = 3 + (number / 8 % 6) as usize;
                let programmes = 2 + (number / 48 % 5) as usize;
                let mut instance = uniform(applicants, programmes, number);
                if number.is_multiple_of(4) {
                    instance.seats[0] += 1;
                }
                plain(&instance)
            }
            3 | 4 => tight(number),
            5 => drawn(grouped::dense().boxed()),
            6 => drawn(passing().boxed()),
            _ => drawn(grouped::sparse().boxed()),
        }
    })
}

/// Dense markets in which most groups pass unfilled seats on.
pub(crate) fn passing() -> impl Strategy<Value = GroupedInstance> {
    grouped::dense().prop_map(|mut instance| {
        for programme in instance.programmes.iter_mut().filter(|programme| !programme.plain) {
            let last = programme.groups.len() - 1;
            let pass_on = |(group, passing): (usize, &mut Group)| {
                passing.1 = passing.1.or(Some(group + 1)).filter(|_| group < last);
            };
            programme.groups.iter_mut().enumerate().for_each(pass_on);
        }
        instance
    })
}

/// A market in which all list all programmes, in any order; each programme has a seat or two, in a
/// group that passes them on to another, and each applicant is open to one group or both.
fn tight(number: u32) -> GroupedInstance {
    let mut state = u64::from(number);
    let programmes = 2 + (number / 8 % 3) as usize;
    let lists = uniform(4 + (number / 24 % 5) as usize, programmes, number).lists.into_iter();
    let groups = |open: u64, key: u64| match open % 5 {
        0 | 1 => vec![(0, key)],
        2 | 3 => vec![(1, key)],
        _ => vec![(0, open << 32 | key), (1, key)],
    };
    let mut claim = |(programme, key)| (programme, groups(draw(&mut state) >> 32, key));
    let lists = lists.map(|list| list.into_iter().map(&mut claim).collect()).collect();
    let programme = |_| Programme {
        groups: vec![(1, Some(1)), (u32::from(draw(&mut state).is_multiple_of(3)), None)],
        plain: false,
    };
    GroupedInstance { programmes: (0..programmes).map(programme).collect(), lists }
}
