//! Which numbers of admitted are hidden: of offers within their school area, of quota groups
//! within their offer.

use crate::statistics::areas::Areas;
use crate::statistics::count_table::CountTable;
use crate::statistics::groups::known_full;
use crate::statistics::offers::Offer;
use crate::statistics::suppression::Suppression;

/// Hides numbers of admitted, with the sum of each school area taken as known. Gives the areas
/// whose sum would tell a hidden number whatever else is hidden.
///
/// An offer's number is the sum of its groups', and a published one ties them together; where
/// groups pass seats on, together they have no more than their seats. All of that is one table.
pub(super) fn protect_admitted(
    offers: &mut [Offer],
    areas: &Areas,
    suppression: Suppression,
) -> Result<CountTable, Vec<usize>> {
    loop {
        let mut table = Table::new(offers, areas);
        let Err(pinned) = table.counts.protect(suppression) else {
            table.mark(offers);
            return Ok(table.counts);
        };
        let mut pinned: Vec<usize> = pinned.iter().map(|cell| table.area_of[*cell]).collect();
        pinned.sort_unstable();
        pinned.dedup();
        // What is known of full groups may be what pins the number.
        let mut freed = false;
        for (offer, cells) in offers.iter_mut().zip(&table.of) {
            let within = pinned.binary_search(&table.area_of[cells.total]).is_ok();
            if within && !offer.hides_waiting && known_full(&offer.groups).contains(&true) {
                offer.hide_waiting();
                freed = true;
            }
        }
        if !freed {
            return Err(pinned);
        }
    }
}

/// Hides whether somebody waits for an offer where it would tell how many a group admitted, the
/// number of the whole offer being published.
pub(super) fn protect_waiting(offer: &mut Offer, suppression: Suppression) {
    if !known_full(&offer.groups).contains(&true) {
        return;
    }
    let mut table = CountTable::new(1, 1 + offer.groups.len());
    push_groups(&mut table, offer, 0, 0);
    // A small number will be hidden as it is, and whether somebody waits with it.
    if suppression.hides(offer.total.admitted) || table.protect(suppression).is_err() {
        offer.hide_waiting();
    }
}

/// The table, and where the figures of each offer stand in it.
struct Table {
    counts: CountTable,
    /// The area of each cell.
    area_of: Vec<usize>,
    /// The cells of each offer.
    of: Vec<Cells>,
}

/// The cells of one offer.
struct Cells {
    total: usize,
    groups: Vec<GroupCells>,
}

/// The cells of one group.
struct GroupCells {
    /// Those whom it admitted.
    own: usize,
    /// Together with the groups that pass seats on to it, where there are any.
    with_earlier: Option<usize>,
}

impl Table {
    /// A row an area; a column an area, an offer with groups, and a group that others pass seats
    /// on to.
    fn new(offers: &[Offer], areas: &Areas) -> Self {
        let of_groups = offers.iter().filter(|offer| !offer.groups.is_empty());
        let columns: usize = of_groups.map(|offer| 1 + offer.groups.len()).sum();
        let mut counts = CountTable::new(areas.len(), areas.len() + columns);
        let mut column = areas.len();
        let (mut area_of, mut of) = (Vec::new(), Vec::new());
        for (offer, &area) in offers.iter().zip(&areas.of) {
            let (admitted, room) = (offer.total.admitted, offer.room_for_admitted());
            let cells = if offer.groups.is_empty() {
                let total = counts.push_with_room(area, area, admitted, room);
                Cells { total, groups: Vec::new() }
            } else {
                let groups = push_groups(&mut counts, offer, area, column);
                let total = counts.push_sum(column, area, admitted, room);
                column += 1 + offer.groups.len();
                Cells { total, groups }
            };
            area_of.resize(cells.total + 1, area);
            of.push(cells);
        }
        Self { counts, area_of, of }
    }

    /// Marks what is hidden.
    fn mark(&self, offers: &mut [Offer]) {
        let hidden = |cell: usize| self.counts.is_hidden(cell);
        for (offer, cells) in offers.iter_mut().zip(&self.of) {
            offer.total.hides_admitted = hidden(cells.total);
            for (group, cells) in offer.groups.iter_mut().zip(&cells.groups) {
                let GroupCells { own, with_earlier } = cells;
                group.figures.hides_admitted = hidden(*own) || with_earlier.is_some_and(hidden);
            }
        }
    }
}

/// Adds the groups of an offer: `column` is the offer's, the next ones are the groups'.
fn push_groups(
    table: &mut CountTable,
    offer: &Offer,
    row: usize,
    column: usize,
) -> Vec<GroupCells> {
    let groups = &offer.groups;
    let mut admitted: Vec<u64> = groups.iter().map(|group| group.figures.admitted).collect();
    let mut seats: Vec<u64> = groups.iter().map(|group| group.figures.seats).collect();
    let mut receives = vec![false; groups.len()];
    for (number, group) in groups.iter().enumerate() {
        if let Some(later) = group.later {
            admitted[later] += admitted[number];
            seats[later] += seats[number];
            receives[later] = true;
        }
    }
    let full = match offer.hides_waiting {
        true => vec![false; groups.len()],
        false => known_full(groups),
    };
    let mut cells = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        let own = group.figures.admitted;
        let onwards = group.later.map_or(column, |later| column + 1 + later);
        let room = u64::MAX - seats[number].saturating_sub(admitted[number]);
        let of_group = if receives[number] {
            let own = table.push(row, column + 1 + number, own);
            let sum = table.push_sum(column + 1 + number, onwards, admitted[number], room);
            GroupCells { own, with_earlier: Some(sum) }
        } else {
            GroupCells { own: table.push_with_room(row, onwards, own, room), with_earlier: None }
        };
        let filled = of_group.with_earlier.unwrap_or(of_group.own);
        if full[number] {
            table.fix(filled);
        }
        if offer.hides_waiting {
            table.hide(of_group.own);
            table.hide(filled);
        }
        cells.push(of_group);
    }
    cells
}
