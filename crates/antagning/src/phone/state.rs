//! Who holds what and which wishes are alive, after some records.

use std::collections::{BTreeMap, BTreeSet};

use crate::phone::record::{Deed, Record};
use crate::proof::Holdings;
use crate::rounds::{Room, Seat};

/// Holdings and wishes, and what the records of today say of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// The wish through which each applicant holds a seat, and the seat.
    pub(super) held: Vec<Option<(u32, Seat)>>,
    /// The wishes that are alive.
    pub(super) alive: Vec<bool>,
    pub(super) room: Room,
    /// Offers that were not answered today.
    pub(super) unanswered: BTreeSet<u32>,
    /// Trades agreed to today.
    pub(super) agreed: BTreeSet<u32>,
    /// What was told of each applicant, for the events.
    pub(super) told: BTreeMap<u32, Told>,
    /// Seats changed and filled, by place in the room.
    pub(super) changes: BTreeMap<usize, Changes>,
}

/// What the records tell of one applicant. Numbers of records stand for the records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// The last record.
    pub(super) last: u64,
    /// The last record that gave a seat.
    pub(super) taken: u64,
    /// Wishes that were declined one by one.
    pub(super) declined: BTreeMap<u32, u64>,
    /// Why nothing is held or waited for any more.
    pub(super) gone: Option<Gone>,
}

/// Why an applicant has nothing left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    Declined,
    Withdrawn,
    NoShow,
}

/// What the records tell of the seats of a programme or quota group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub(super) change: i64,
    /// The records that changed seats.
    pub(super) changed: Vec<u64>,
    pub(super) filled: u32,
    /// The last record that filled any.
    pub(super) last_filled: u64,
}

impl State {
    /// What the run left.
    pub(super) fn new(holdings: &Holdings) -> Self {
        Self {
            held: holdings.held.clone(),
            alive: holdings.wishes.iter().map(|wish| wish.open).collect(),
            room: holdings.room.clone(),
            unanswered: BTreeSet::new(),
            agreed: BTreeSet::new(),
            told: BTreeMap::new(),
            changes: BTreeMap::new(),
        }
    }

    /// What the run and the records left that were not taken back. `today` is the day whose
    /// unanswered offers and agreements count.
    ///
    /// # Errors
    /// The number of the first record that tells of something that the run does not have.
    pub(super) fn after(holdings: &Holdings, records: &[Record], today: &str) -> Result<Self, u64> {
        let mut state = Self::new(holdings);
        for record in standing(records)? {
            let is_today = record.date == today;
            state.apply(holdings, record, is_today).ok_or(record.seq)?;
        }
        Ok(state)
    }

    /// Applies a record; `None` when it names what the run does not have.
    pub(super) fn apply(
        &mut self,
        holdings: &Holdings,
        record: &Record,
        is_today: bool,
    ) -> Option<()> {
        let wish = |applicant_id: &str, programme_id: &str| {
            let applicant = holdings.applicant(applicant_id)?;
            let wish = holdings.wish(applicant, holdings.programme(programme_id)?)?;
            Some((applicant, wish))
        };
        match &record.deed {
            Deed::Accept { moves } => {
                for taken in moves {
                    let (applicant, wish) = wish(&taken.applicant_id, &taken.programme_id)?;
                    let seat = seat(holdings, &taken.programme_id, &taken.quota_group)?;
                    self.seat(holdings, applicant, Some((wish, seat)));
                    self.told(applicant, record.seq).taken = record.seq;
                    self.agreed.remove(&wish);
                }
            }
            Deed::Agree { applicant_id, programme_id } => {
                let (_, wish) = wish(applicant_id, programme_id)?;
                if is_today {
                    self.agreed.insert(wish);
                }
            }
            Deed::NoAnswer { applicant_id, programme_id } => {
                let (_, wish) = wish(applicant_id, programme_id)?;
                if is_today {
                    self.unanswered.insert(wish);
                    self.agreed.remove(&wish);
                }
            }
            Deed::Decline { applicant_id, programme_id } => {
                let (applicant, wish) = wish(applicant_id, programme_id)?;
                if self.held[applicant as usize].is_some_and(|(held, _)| held == wish) {
                    self.seat(holdings, applicant, None);
                }
                self.kill(wish);
                self.told(applicant, record.seq).declined.insert(wish, record.seq);
            }
            Deed::DeclineAll { applicant_id } => {
                self.leave(holdings, applicant_id, Gone::Declined, record.seq)?;
            }
            Deed::Withdraw { applicant_id } => {
                self.leave(holdings, applicant_id, Gone::Withdrawn, record.seq)?;
            }
            Deed::NoShow { applicant_id } => {
                self.leave(holdings, applicant_id, Gone::NoShow, record.seq)?;
            }
            Deed::Seats { programme_id, quota_group, change } => {
                let unit = self.room.unit(seat(holdings, programme_id, quota_group)?);
                let seats = i64::from(self.room.seats[unit]).checked_add(*change)?;
                self.room.seats[unit] = u32::try_from(seats).ok()?;
                let changes = self.changes.entry(unit).or_default();
                changes.change += change;
                changes.changed.push(record.seq);
            }
            Deed::Fill { programme_id, quota_group, seats } => {
                let unit = self.room.unit(seat(holdings, programme_id, quota_group)?);
                self.room.seats[unit] = self.room.seats[unit].checked_sub(*seats)?;
                let changes = self.changes.entry(unit).or_default();
                changes.filled = changes.filled.checked_add(*seats)?;
                changes.last_filled = record.seq;
            }
            Deed::Undo { .. } => {}
        }
        Some(())
    }

    /// Whether an applicant holds a seat or waits for one.
    pub(super) fn asks(&self, holdings: &Holdings, applicant: u32) -> bool {
        holdings.list(applicant).any(|wish| self.alive[wish as usize])
    }

    /// The wishes that an applicant waits for: alive, and wanted more than the seat held.
    pub(super) fn waits_for(
        &self,
        holdings: &Holdings,
        applicant: u32,
    ) -> impl Iterator<Item = u32> + '_ {
        let mut list = holdings.list(applicant);
        if let Some((held, _)) = self.held[applicant as usize] {
            list.end = held;
        }
        list.filter(|wish| self.alive[*wish as usize])
    }

    /// Gives an applicant a seat in the place of the one held; below it nothing is wanted.
    fn seat(&mut self, holdings: &Holdings, applicant: u32, seat: Option<(u32, Seat)>) {
        let before = std::mem::replace(&mut self.held[applicant as usize], seat);
        if let Some((wish, before)) = before {
            let unit = self.room.unit(before);
            self.room.held[unit] -= 1;
            self.kill_from(holdings, applicant, wish);
        }
        if let Some((wish, seat)) = seat {
            let unit = self.room.unit(seat);
            self.room.held[unit] += 1;
            self.kill_from(holdings, applicant, wish + 1);
            self.alive[wish as usize] = true;
        }
    }

    fn leave(
        &mut self,
        holdings: &Holdings,
        applicant_id: &str,
        gone: Gone,
        record: u64,
    ) -> Option<()> {
        let applicant = holdings.applicant(applicant_id)?;
        self.seat(holdings, applicant, None);
        self.kill_from(holdings, applicant, holdings.list(applicant).start);
        self.told(applicant, record).gone = Some(gone);
        Some(())
    }

    fn kill_from(&mut self, holdings: &Holdings, applicant: u32, first: u32) {
        (first..holdings.list(applicant).end).for_each(|wish| self.kill(wish));
    }

    fn kill(&mut self, wish: u32) {
        self.alive[wish as usize] = false;
        self.agreed.remove(&wish);
        self.unanswered.remove(&wish);
    }

    fn told(&mut self, applicant: u32, record: u64) -> &mut Told {
        let told = self.told.entry(applicant).or_default();
        told.last = record;
        told
    }
}

/// A programme's seat in the group of that name.
pub(super) fn seat(holdings: &Holdings, programme_id: &str, group: &str) -> Option<Seat> {
    let programme = holdings.programme(programme_id)?;
    let groups = &holdings.programmes[programme as usize].groups;
    let found = match groups.is_empty() {
        true => group.is_empty().then_some(0),
        false => groups.iter().position(|name| name == group),
    };
    found.map(|group| Seat { programme, group: group as u16 })
}

/// The records that were not taken back; the number of one that takes back what is not the last.
pub(super) fn standing(records: &[Record]) -> Result<Vec<&Record>, u64> {
    let mut standing: Vec<&Record> = Vec::new();
    for record in records {
        match record.deed {
            Deed::Undo { undoes } => {
                let last = standing.pop();
                if last.is_none_or(|last| last.seq != undoes) {
                    return Err(record.seq);
                }
            }
            _ => standing.push(record),
        }
    }
    Ok(standing)
}
