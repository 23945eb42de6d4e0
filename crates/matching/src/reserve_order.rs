//! In which order the reserves of a grouped programme would get in.

use std::collections::BTreeMap;

use crate::ProgrammeIx;
use crate::grouping::Grouping;
use crate::market::Index;

/// A grouped programme that gets more and more seats, while all others stay as they are.
///
/// More seats let groups take more, and a later group only gives up whom an earlier one takes. So
/// what a group has passed over once it can pass over for good, and each ranking is read once.
pub(crate) struct ReserveOrder<'a> {
    index: &'a Index,
    grouping: &'a Grouping,
    programme: ProgrammeIx,
    /// The choice that each place holds in the matching.
    held: &'a [u32],
    /// The choice that each place holds now, if it is another.
    moved: BTreeMap<u32, u32>,
    /// The next entry in the ranking of each group.
    next: Vec<usize>,
    /// The entries by which reserves got in.
    admitted: Vec<usize>,
}

impl<'a> ReserveOrder<'a> {
    pub(crate) fn new(
        index: &'a Index,
        grouping: &'a Grouping,
        programme: ProgrammeIx,
        held: &'a [u32],
    ) -> Self {
        let next = grouping.units(programme).map(|unit| index.entries(unit).start).collect();
        let (moved, admitted) = (BTreeMap::new(), Vec::new());
        Self { index, grouping, programme, held, moved, next, admitted }
    }

    /// An entry for each of those who wait, given in the order of the ranking, in the order in
    /// which they would get in.
    pub(crate) fn entries(mut self, waiting: Vec<usize>) -> Vec<usize> {
        let groups = self.grouping.layout.groups(self.programme);
        loop {
            let mut moved = false;
            for group in (0..groups.len()).filter(|&group| groups[group].seats > 0) {
                moved |= self.seat_more(group);
            }
            if !moved {
                break;
            }
        }
        let Self { index, moved, mut admitted, .. } = self;
        let rest = waiting.iter().filter(|&&entry| !moved.contains_key(&index.holder[entry]));
        admitted.extend(rest);
        admitted
    }

    /// Fills one seat more in a group, and whether anybody moved for it.
    fn seat_more(&mut self, group: usize) -> bool {
        let mut moved = false;
        let mut free = Some(group);
        while let Some(group) = free {
            let Some(entry) = self.taken_by(group) else {
                free = self.grouping.layout.groups(self.programme)[group].unfilled_to;
                continue;
            };
            moved = true;
            let left = self.current(entry);
            self.moved.insert(self.place(entry), self.index.choice_at[entry]);
            free = match self.index.group_at(left as usize) {
                (programme, group) if programme == self.programme.index() => group,
                _ => {
                    self.admitted.push(entry);
                    None
                }
            };
        }
        moved
    }

    /// The best whom a group does not have and no earlier one either, among those who want the
    /// programme.
    fn taken_by(&mut self, group: usize) -> Option<usize> {
        let end = self.index.entries(self.index.group(self.programme, group)).end;
        let entry = (self.next[group]..end)
            .find(|&entry| self.index.choice_at[entry] < self.current(entry));
        self.next[group] = entry.map_or(end, |entry| entry + 1);
        entry
    }

    fn current(&self, entry: usize) -> u32 {
        let place = self.place(entry);
        self.moved.get(&place).copied().unwrap_or(self.held[place as usize])
    }

    fn place(&self, entry: usize) -> u32 {
        self.index.holder[entry]
    }
}
