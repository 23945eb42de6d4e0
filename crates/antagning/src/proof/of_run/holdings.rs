//! What a finished run leaves: who holds which seat, and who waits for what, in which order.

use std::collections::BTreeMap;
use std::ops::Range;

use antagning_formats::{Manifest, OwnSeats, RunFiles, TextColumn};

use crate::proof::of_run::keys::{chain, marks};
use crate::proof::of_run::offers::Offers;
use crate::proof::of_run::rows::Rows;
use crate::proof::of_run::verdict::Entrants;
use crate::rounds::{Room, Seat};

/// The seats, holders and wishes of a run, as the keys that its files state tell.
#[derive(Clone, Debug)]
pub(crate) struct Holdings {
    /// The applicants, in the order of ids.
    pub(crate) applicant_ids: TextColumn,
    /// Where the wishes of each applicant begin, one more entry than applicants.
    pub(crate) starts: Vec<u32>,
    /// The choices that took part, by applicant, most wanted first.
    pub(crate) wishes: Vec<Wish>,
    /// What applicants bring to the programmes that they chose.
    pub(crate) claims: Vec<Claim>,
    /// The wish through which each applicant holds a seat, and the seat.
    pub(crate) held: Vec<Option<(u32, Seat)>>,
    /// The programmes, in the order of the run's table.
    pub(crate) programmes: Vec<Offer>,
    /// The number of each programme.
    numbers: BTreeMap<String, u32>,
    /// The seats of the programmes and their groups.
    pub(crate) room: Room,
    /// How many tiers the chain can make.
    pub(crate) tiers: u32,
}

/// A choice that took part in the run.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) programme: u32,
    /// The rank that the applicant gave it.
    pub(crate) choice_rank: u32,
    /// Whether the run left it open: a seat held, or waited for.
    pub(crate) open: bool,
    /// Reception and lateness, greater first; 0 at a programme without groups.
    pub(crate) tier: u32,
    /// The claims that it consists of.
    pub(crate) claims: Range<u32>,
}

/// A claim of an applicant on a quota group, or on a programme without groups.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// The group, counted within the programme; 0 without groups.
    pub(crate) group: u16,
    /// The place among all who claim the same: greater goes first, and nobody has the same.
    pub(crate) rank: u32,
}

/// A programme of the run.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) id: String,
    /// The names of its quota groups, in order of precedence.
    pub(crate) groups: Vec<String>,
}

impl Holdings {
    /// Reads a run that was found to hold; `None` when its tables do not fit together.
    pub(crate) fn read(manifest: &Manifest, files: &RunFiles) -> Option<Self> {
        let mut faults = Vec::new();
        let rows = Rows::tie(files, manifest, &mut faults)?;
        if !faults.is_empty() {
            return None;
        }
        let entrants = Entrants::new(&rows, manifest);
        let numbers = rows.offers.number.iter();
        let mut holdings = Self {
            applicant_ids: files.placements.applicant_id.clone(),
            starts: vec![0],
            wishes: Vec::with_capacity(entrants.rows.len()),
            claims: Vec::new(),
            held: Vec::with_capacity(rows.lists.len()),
            programmes: programmes(&rows.offers, files),
            numbers: numbers.map(|(id, number)| ((*id).to_owned(), *number)).collect(),
            room: room(&rows.offers, files, manifest),
            tiers: 1 << marks(&chain(manifest)),
        };
        let ranks = Ranks::new(&rows, &entrants);
        for (applicant, bounds) in entrants.offsets.windows(2).enumerate() {
            let placed = rows.placement[applicant];
            let mut held = None;
            for at in bounds[0]..bounds[1] {
                let row = entrants.rows[at];
                let programme = rows.of_row[row];
                if placed == Some(programme) {
                    let group = rows.placement_group[applicant].unwrap_or(0) as u16;
                    // The files number choices with 32 bits.
                    held = Some((holdings.wishes.len() as u32, Seat { programme, group }));
                }
                let claims = ranks.of(at, &entrants);
                holdings.push(files, row, programme, entrants.keys.tier.get(at), claims);
            }
            holdings.held.push(held);
            holdings.starts.push(holdings.wishes.len() as u32);
        }
        for (_, seat) in holdings.held.iter().flatten() {
            let unit = holdings.room.unit(*seat);
            holdings.room.held[unit] += 1;
        }
        Some(holdings)
    }

    fn push(
        &mut self,
        files: &RunFiles,
        row: usize,
        programme: u32,
        tier: Option<&u32>,
        claims: impl Iterator<Item = Claim>,
    ) {
        let first = self.claims.len() as u32;
        self.claims.extend(claims);
        self.wishes.push(Wish {
            programme,
            choice_rank: files.outcomes.choice_rank[row],
            open: matches!(files.outcomes.status.get(row), "admitted" | "reserve"),
            tier: tier.copied().unwrap_or(0),
            claims: first..self.claims.len() as u32,
        });
    }

    /// The wishes of an applicant.
    pub(crate) fn list(&self, applicant: u32) -> Range<u32> {
        self.starts[applicant as usize]..self.starts[applicant as usize + 1]
    }

    /// The number of an applicant. O(log applicants).
    pub(crate) fn applicant(&self, id: &str) -> Option<u32> {
        let ids = &self.applicant_ids;
        let (mut low, mut high) = (0, ids.len());
        while low < high {
            let middle = low.midpoint(high);
            if ids.get(middle) < id {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < ids.len() && ids.get(low) == id).then_some(low as u32)
    }

    /// The number of a programme. O(log programmes).
    pub(crate) fn programme(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// The wish of an applicant for a programme.
    pub(crate) fn wish(&self, applicant: u32, programme: u32) -> Option<u32> {
        self.list(applicant).find(|wish| self.wishes[*wish as usize].programme == programme)
    }

    /// The name of a seat's quota group; empty without groups.
    pub(crate) fn group_name(&self, seat: Seat) -> &str {
        let groups = &self.programmes[seat.programme as usize].groups;
        groups.get(usize::from(seat.group)).map_or("", String::as_str)
    }
}

fn programmes(offers: &Offers<'_>, files: &RunFiles) -> Vec<Offer> {
    let offer = |(programme, row): (u32, &usize)| {
        let groups = &offers.groups[offers.groups_of(programme)];
        Offer {
            id: files.programmes.programme_id.get(*row).to_owned(),
            groups: groups.iter().map(|group| group.name.to_owned()).collect(),
        }
    };
    (0..).zip(&offers.row).map(offer).collect()
}

/// The season's own seats, as the run after this one begins with them.
fn room(offers: &Offers<'_>, files: &RunFiles, manifest: &Manifest) -> Room {
    let mut room = Room { offsets: vec![0], ..Room::default() };
    let key = |own: &OwnSeats| (own.programme_id.clone(), own.quota_group.clone());
    let others: BTreeMap<_, _> =
        manifest.own_seats.iter().map(|own| (key(own), own.seats)).collect();
    let own = |row: usize| {
        let (id, group) = (&files.programmes.programme_id, &files.programmes.quota_group);
        let other = others.get(&(id.get(row).to_owned(), group.get(row).to_owned()));
        other.copied().unwrap_or(files.programmes.counts[row][0])
    };
    for (programme, row) in (0..).zip(&offers.row) {
        let groups = &offers.groups[offers.groups_of(programme)];
        if groups.is_empty() {
            room.seats.push(own(*row));
            room.unfilled_to.push(None);
        }
        room.seats.extend(groups.iter().map(|group| own(group.row)));
        room.unfilled_to.extend(groups.iter().map(|group| group.unfilled_to));
        room.offsets.push(room.seats.len() as u32);
    }
    room.held = vec![0; room.seats.len()];
    room
}

/// The places of all entrants' claims.
struct Ranks {
    plain: Vec<u32>,
    of_claim: Vec<u32>,
    grouped: Vec<bool>,
}

impl Ranks {
    fn new(rows: &Rows<'_>, entrants: &Entrants) -> Self {
        let keys = &entrants.keys;
        let programme = |at: usize| rows.of_row[entrants.rows[at]];
        let is_grouped = |at: usize| !rows.offers.groups_of(programme(at)).is_empty();
        let entered = 0..entrants.rows.len();
        let grouped: Vec<bool> = entered.clone().map(is_grouped).collect();
        let plain = entered.clone().filter(|at| !grouped[*at]);
        let plain = plain.map(|at| ((programme(at), 0), &keys.plain[at], at)).collect();
        let mut claims = Vec::with_capacity(keys.claim_key.len());
        for at in entered {
            let of_entrant = keys.claim_offsets[at]..keys.claim_offsets[at + 1];
            claims.extend(of_entrant.map(|claim| {
                ((programme(at), keys.claim_group[claim]), &keys.claim_key[claim], claim)
            }));
        }
        Self {
            plain: ranks(plain, grouped.len()),
            of_claim: ranks(claims, keys.claim_key.len()),
            grouped,
        }
    }

    fn of(&self, at: usize, entrants: &Entrants) -> impl Iterator<Item = Claim> {
        let keys = &entrants.keys;
        let claims = keys.claim_offsets[at]..keys.claim_offsets[at + 1];
        let of_groups = claims.map(|claim| Claim {
            group: keys.claim_group[claim] as u16,
            rank: self.of_claim[claim],
        });
        let plain = (!self.grouped[at]).then(|| Claim { group: 0, rank: self.plain[at] });
        plain.into_iter().chain(of_groups)
    }
}

/// The place of each key among those of its unit, from 0.
fn ranks<K: Ord>(mut order: Vec<((u32, u32), K, usize)>, count: usize) -> Vec<u32> {
    order.sort_unstable();
    let (mut ranks, mut rank, mut last) = (vec![0; count], 0, None);
    for (unit, _, at) in order {
        rank = if last == Some(unit) { rank + 1 } else { 0 };
        last = Some(unit);
        ranks[at] = rank;
    }
    ranks
}
