//! What the index of a market with grouped programmes knows beyond that of a plain one.

use std::num::NonZeroU32;
use std::ops::Range;

use crate::ProgrammeIx;
use crate::expansion::{Layout, offsets};
use crate::market::Index;

/// The way from units and expanded choices back to programmes and lists.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Grouping {
    pub(crate) layout: Layout,
    /// The group that each group's unfilled seats pass on to, all groups of the market counted from
    /// 0. A later group is never the first.
    pub(crate) passes_to: Vec<Option<NonZeroU32>>,
    /// Where the list of each place begins in `first_at`; one more entry than places.
    lists: Vec<u32>,
    /// The first of the choices that each programme of a list was expanded to.
    first_at: Vec<u32>,
    /// Where the applicants of each programme begin in `everyone`; one more entry than programmes.
    ranked: Vec<u32>,
    /// For each applicant of a grouped programme the entry in the ranking of the first group that
    /// is open to them; by group, and then by rank.
    everyone: Vec<u32>,
}

impl Grouping {
    pub(crate) fn new(layout: Layout, index: &Index) -> Self {
        let unit_at = |choice| layout.group_of(index.choices.unit(choice));
        let is_first = |place: usize, choice: usize| {
            let (programme, group) = unit_at(choice);
            group.is_none()
                || choice == index.starts[place] as usize
                || programme != unit_at(choice - 1).0
        };
        let places = index.applicant_in.len();
        let mut lists = Vec::with_capacity(places + 1);
        lists.push(0);
        let mut first_at = Vec::new();
        for place in 0..places {
            let choices = index.expanded(place);
            first_at.extend(choices.filter(|&at| is_first(place, at)).map(|at| at as u32));
            lists.push(first_at.len() as u32);
        }
        let mut everyone = Vec::new();
        let mut lengths = vec![0; layout.programmes()];
        for (unit, _, _) in layout.passing() {
            let before = everyone.len();
            everyone.extend((index.rankings[unit]..index.rankings[unit + 1]).filter(|&entry| {
                let entry = entry as usize;
                is_first(index.holder[entry] as usize, index.choice_at[entry] as usize)
            }));
            lengths[layout.group_of(unit).0] += (everyone.len() - before) as u32;
        }
        let first = layout.programmes();
        let later = |to: Option<usize>| NonZeroU32::new((to? - first) as u32);
        let passes_to = layout.passing().map(|(_, _, to)| later(to)).collect();
        let ranked = offsets(lengths.into_iter());
        Self { layout, passes_to, lists, first_at, ranked, everyone }
    }

    /// Number of choices, each grouped programme counted once.
    pub(crate) fn choices(&self) -> usize {
        self.first_at.len()
    }

    /// For each programme in the list of a place the first choice that it was expanded to.
    pub(crate) fn list(&self, place: usize) -> &[u32] {
        &self.first_at[self.lists[place] as usize..self.lists[place + 1] as usize]
    }

    /// The entries that stand for the applicants of a grouped programme.
    pub(crate) fn everyone(&self, programme: ProgrammeIx) -> &[u32] {
        let programme = programme.index();
        &self.everyone[self.ranked[programme] as usize..self.ranked[programme + 1] as usize]
    }

    /// The units of a programme's groups; none when it is plain.
    pub(crate) fn units(&self, programme: ProgrammeIx) -> Range<usize> {
        match self.layout.groups(programme).len() {
            0 => 0..0,
            groups => {
                let first = self.layout.unit(programme, 0);
                first..first + groups
            }
        }
    }

    /// The unit that the unfilled seats of a unit pass on to.
    pub(crate) fn passes_to(&self, unit: usize) -> Option<usize> {
        let first = self.layout.programmes();
        Some(first + self.passes_to[unit.checked_sub(first)?]?.get() as usize)
    }

    /// Sets the seats of each group to its own, without what may be passed on to it.
    pub(crate) fn own_seats(&self, seats: &mut [u32]) {
        for (unit, group, _) in self.layout.passing() {
            seats[unit] = group.seats;
        }
    }

    /// Sets the vacancies of grouped programmes from what their groups left: seats that were
    /// passed on are vacant only where they were left at last.
    pub(crate) fn sum_vacancies(&self, vacant: &mut [u32]) {
        for (unit, _, passes_to) in self.layout.passing() {
            let programme = self.layout.group_of(unit).0;
            if unit == self.units(ProgrammeIx::new(programme as u32)).start {
                vacant[programme] = 0;
            }
            if passes_to.is_none() {
                vacant[programme] += vacant[unit];
            }
        }
    }
}
