//! Random problems, and what a plan is worth by the textbook.

use antagning_matching::{
    ApplicantIx, Market, ProgrammeIx, SeatChange, SeatOption, SeatProblem, Worth,
};

use crate::grouped::textbook::GroupedInstance;
use crate::instances::draw;

/// What placements are worth, by a position in a list of some length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    Placed,
    Ranks,
    FirstChoices,
    /// A number for each programme, some of them 0.
    ByProgramme,
}

impl Aim {
    pub(crate) const ALL: [Self; 4] =
        [Self::Placed, Self::Ranks, Self::FirstChoices, Self::ByProgramme];

    /// Ranks part what is alike otherwise.
    fn worth(self, placement: Option<(usize, usize)>, length: usize) -> i64 {
        let worth = match (self, placement) {
            (Self::Ranks, _) | (_, None) => 0,
            (Self::Placed, _) => 1,
            (Self::FirstChoices, Some((position, _))) => i64::from(position == 0),
            (Self::ByProgramme, Some((_, programme))) => (programme as i64 * 7 + 3) % 5,
        };
        1_000 * worth - placement.map_or(length, |(position, _)| position) as i64
    }

    /// For the library.
    pub(crate) fn of(self, market: &Market) -> Worth {
        Worth::new(market, |applicant: ApplicantIx, placement| {
            let placement = placement.map(|(position, at)| (position, at.index()));
            self.worth(placement, market.list(applicant).len())
        })
    }

    /// What the textbook's matching is worth.
    pub(crate) fn by_textbook(self, instance: &GroupedInstance) -> i64 {
        let placed = instance.deferred_acceptance();
        let worth = |(list, at): (&Vec<(usize, _)>, Option<usize>)| {
            self.worth(at.map(|at| (at, list[at].0)), list.len())
        };
        instance.lists.iter().zip(placed).map(worth).sum()
    }
}

/// A problem, and the instance that it is about.
pub(crate) struct Case {
    pub(crate) instance: GroupedInstance,
    pub(crate) aim: Aim,
    pub(crate) problem: SeatProblem,
}

impl Case {
    /// One seat at a time anywhere, and no limits but the number of seats.
    pub(crate) fn free(
        instance: GroupedInstance,
        aim: Aim,
        change: SeatChange,
        seats: u32,
    ) -> Self {
        let market = instance.market().expect("a sound market");
        let options = places(&instance).into_iter().map(|(programme, group)| SeatOption {
            programme,
            group,
            step: 1,
            least: 0,
            most: seats,
            cost: 0,
            areas: vec![],
        });
        let options = options.collect();
        let worth = aim.of(&market);
        let problem =
            SeatProblem { market, worth, change, seats, options, areas: vec![], budget: None };
        Self { instance, aim, problem }
    }

    /// Classes of seats, least and most steps, areas and costs by lot.
    pub(crate) fn limited(mut self, state: &mut u64) -> Self {
        let mut below = |bound: u64| (draw(state) % bound) as u32;
        let problem = &mut self.problem;
        problem.areas = (0..2).map(|_| 1 + below(6)).collect();
        problem.budget = Some(u64::from(3 + below(12)));
        for option in &mut problem.options {
            option.step = 1 + below(2);
            option.least = u32::from(below(9) == 0);
            option.most = option.least + below(4);
            option.cost = u64::from(1 + below(3));
            option.areas = (0..2).filter(|_| below(2) == 0).collect();
        }
        self
    }

    /// What the library says that its plan gains must be what the textbook says.
    pub(crate) fn gain_by_textbook(&self, steps: &[u32]) -> i64 {
        let before = self.aim.by_textbook(&self.instance);
        let mut changed = self.instance.clone();
        for (option, &steps) in self.problem.options.iter().zip(steps) {
            let groups = &mut changed.programmes[option.programme.index()].groups;
            let seats = &mut groups[option.group.unwrap_or(0)].0;
            match self.problem.change {
                SeatChange::Add => *seats += option.step * steps,
                SeatChange::Take => *seats -= option.step * steps,
            }
        }
        self.aim.by_textbook(&changed) - before
    }

    /// Steps by option.
    pub(crate) fn steps(&self, order: &[usize]) -> Vec<u32> {
        let mut steps = vec![0; self.problem.options.len()];
        order.iter().for_each(|&option| steps[option] += 1);
        steps
    }

    pub(crate) fn seats(&self, steps: &[u32]) -> u32 {
        self.problem.options.iter().zip(steps).map(|(option, steps)| option.step * steps).sum()
    }

    /// Whether all limits but the least steps are kept.
    pub(crate) fn is_within(&self, steps: &[u32]) -> bool {
        let problem = &self.problem;
        let each = || problem.options.iter().zip(steps);
        let cost: u64 =
            each().map(|(o, steps)| o.cost * u64::from(o.step) * u64::from(*steps)).sum();
        let of_area = |area: usize| -> u32 {
            let counted = each().filter(|(option, _)| option.areas.contains(&area));
            counted.map(|(option, steps)| option.step * steps).sum()
        };
        let own = |option: &SeatOption| {
            let groups = &self.instance.programmes[option.programme.index()].groups;
            groups[option.group.unwrap_or(0)].0
        };
        self.seats(steps) <= problem.seats
            && each().all(|(option, steps)| *steps <= option.most)
            && problem.budget.is_none_or(|budget| cost <= budget)
            && problem.areas.iter().enumerate().all(|(area, most)| of_area(area) <= *most)
            && (problem.change == SeatChange::Add
                || each().all(|(option, steps)| option.step * steps <= own(option)))
    }
}

fn places(instance: &GroupedInstance) -> Vec<(ProgrammeIx, Option<usize>)> {
    let of_programme = |(number, programme): (usize, &crate::grouped::textbook::Programme)| {
        let index = ProgrammeIx::new(number as u32);
        let groups = 0..programme.groups.len();
        let plain = programme.plain;
        groups.map(move |group| (index, (!plain).then_some(group))).collect::<Vec<_>>()
    };
    instance.programmes.iter().enumerate().flat_map(of_programme).collect()
}
