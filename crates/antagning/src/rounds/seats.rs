//! The seats of this round: those of the files, what events add and take away, and never fewer than
//! are held.

use std::collections::BTreeMap;

use antagning_formats::{Code, Diagnostic, Diagnostics, Event, OwnSeats, QuotaGroups, Season};

use crate::rounds::lists::{Mark, Marks};
use crate::rounds::reader::MOST_SEATS;
use crate::rounds::replay::Replayed;

/// How many have a claim on each programme, and on each row of its quota groups, that nobody goes
/// before.
struct Claims {
    programmes: Vec<u32>,
    groups: Vec<u32>,
}

/// Changes the seats of the season; where more seats are held than there are, they are raised and
/// a warning says so. Placements by hand raise nothing: whoever places somebody adds the seat.
/// Gives the season's own seats where they are others.
pub(super) fn apply(
    season: &mut Season,
    replayed: &Replayed,
    marks: &Marks,
    report: &mut Diagnostics,
) -> Vec<OwnSeats> {
    add(season, &replayed.seats);
    let mut own = (season.programmes.capacity.clone(), season.quota_groups.seats.clone());
    let claims = Claims::count(season, marks, |_| true);
    let held = Claims::count(season, marks, |mark| mark.holds);
    let mut warnings = Diagnostics::default();
    for &programme in &replayed.closed {
        let programme = programme as usize;
        season.programmes.capacity[programme] = claims.programmes[programme];
        // What becomes free in an offer that is closed is nobody's.
        own.0[programme] = 0;
        for row in season.quota_groups.of(programme) {
            own.1[row] = 0;
            season.quota_groups.seats[row] = claims.groups[row];
        }
    }
    for programme in 0..season.programmes.ids.len() {
        match season.quota_groups.of(programme).is_empty() {
            true => raise_plain(season, programme, &held, &mut warnings),
            false => raise_groups(season, programme, &held, &claims, &mut warnings),
        }
    }
    // What may merely follow from a faulty event is passed over.
    if !report.has_error_in(Event::FILE) {
        report.append(warnings);
    }
    others(season, &own.0, &own.1)
}

/// The seats of programmes and of groups that are others now.
fn others(season: &Season, programmes: &[u32], groups: &[u32]) -> Vec<OwnSeats> {
    let mut others = Vec::new();
    for (programme, &own) in programmes.iter().enumerate() {
        let programme_id = || season.programmes.ids.get(programme).to_owned();
        let rows = season.quota_groups.of(programme);
        if rows.is_empty() && own != season.programmes.capacity[programme] {
            let quota_group = String::new();
            others.push(OwnSeats { programme_id: programme_id(), quota_group, seats: own });
        }
        for row in rows.filter(|row| groups[*row] != season.quota_groups.seats[*row]) {
            let quota_group = season.quota_groups.name.get(row).to_owned();
            others.push(OwnSeats { programme_id: programme_id(), quota_group, seats: groups[row] });
        }
    }
    others
}

fn add(season: &mut Season, changes: &BTreeMap<(u32, Option<usize>), i64>) {
    let changed = |seats: u32, change: i64| (i64::from(seats) + change).clamp(0, MOST_SEATS) as u32;
    for (&(programme, row), &change) in changes {
        let seats = &mut season.programmes.capacity[programme as usize];
        let Some(row) = row else {
            *seats = changed(*seats, change);
            continue;
        };
        let of_group = &mut season.quota_groups.seats[row];
        let before = *of_group;
        *of_group = changed(before, change);
        *seats = *seats - before + *of_group;
    }
}

impl Claims {
    /// Counts the most wanted claim of each applicant, below which nobody takes a seat, where it is
    /// of that kind.
    fn count(season: &Season, marks: &Marks, is_counted: impl Fn(&Mark) -> bool) -> Self {
        let mut claims = Self {
            programmes: vec![0; season.programmes.ids.len()],
            groups: vec![0; season.quota_groups.seats.len()],
        };
        let mut end = 0;
        for (choice, mark) in marks.0.iter().filter(|(_, mark)| mark.goes_first()) {
            if *choice < end {
                continue;
            }
            let offsets = &season.choices.offsets;
            end = offsets[offsets.partition_point(|start| start <= choice)];
            if is_counted(mark) {
                claims.add(season, *choice, mark);
            }
        }
        claims
    }

    fn add(&mut self, season: &Season, choice: u32, mark: &Mark) {
        let programme = season.choices.programme[choice as usize] as usize;
        self.programmes[programme] += 1;
        let rows = season.quota_groups.of(programme);
        let row = mark.group.map(|group| rows.start + usize::from(group));
        if let Some(row) = row.or(rows.last()) {
            self.groups[row] += 1;
        }
    }
}

fn raise_plain(season: &mut Season, programme: usize, held: &Claims, report: &mut Diagnostics) {
    let (seats, held) = (season.programmes.capacity[programme], held.programmes[programme]);
    if held > seats {
        season.programmes.capacity[programme] = held;
        let id = season.programmes.ids.get(programme);
        let warning = raised("programmes.csv", season.programmes.line[programme], id, held, seats);
        report.push(warning.column("capacity").value(&seats.to_string()));
    }
}

/// Raises the seats of a programme with quota groups to those that are held. Whoever is placed by
/// hand may take a seat that passes on, as whoever holds one.
fn raise_groups(
    season: &mut Season,
    programme: usize,
    held: &Claims,
    claims: &Claims,
    report: &mut Diagnostics,
) {
    let groups = &mut season.quota_groups;
    let rows = groups.of(programme);
    let later = &groups.unfilled_to[rows.clone()];
    let own = groups.seats[rows.clone()].to_vec();
    let mut for_holders = own.clone();
    let raised_by = keep_held(&mut for_holders, &held.groups[rows.clone()], later);
    let mut for_all: Vec<u32> = own.iter().zip(&raised_by).map(|(own, more)| own + more).collect();
    let lacking = keep_held(&mut for_all, &claims.groups[rows.clone()], later);
    let suffices = lacking.iter().all(|lacking| *lacking == 0);
    groups.seats[rows.clone()].copy_from_slice(if suffices { &for_all } else { &for_holders });
    for (row, more) in rows.zip(raised_by).filter(|(_, more)| *more > 0) {
        season.programmes.capacity[programme] += more;
        let id = format!("{}, {}", season.programmes.ids.get(programme), groups.name.get(row));
        let (held, seats) = (held.groups[row], held.groups[row] - more);
        let warning = raised(QuotaGroups::FILE, groups.line[row], &id, held, seats);
        report.push(warning.column("seats").value(&seats.to_string()));
    }
}

/// Changes the seats of a programme's groups so that each has as many as are held in it. Seats
/// that passed on from an earlier group and are held in a later one stay there; only where that
/// does not suffice are there more. Gives how many more, group by group. O(groups³).
pub(crate) fn keep_held(seats: &mut [u32], held: &[u32], unfilled_to: &[Option<u32>]) -> Vec<u32> {
    let mut raised = Vec::with_capacity(seats.len());
    for group in 0..seats.len() {
        let mut missing = held[group].saturating_sub(seats[group]);
        for earlier in (0..group).filter(|earlier| passes_on(unfilled_to, *earlier, group)) {
            let passed = seats[earlier].saturating_sub(held[earlier]).min(missing);
            seats[earlier] -= passed;
            seats[group] += passed;
            missing -= passed;
        }
        seats[group] += missing;
        raised.push(missing);
    }
    raised
}

/// Whether unfilled seats of one group reach another, step by step.
pub(crate) fn passes_on(unfilled_to: &[Option<u32>], from: usize, to: usize) -> bool {
    let next = |group: &usize| unfilled_to[*group].map(|later| later as usize);
    std::iter::successors(Some(from), next).any(|group| group == to)
}

fn raised(file: &'static str, line: u32, id: &str, held: u32, seats: u32) -> Diagnostic {
    let message = format!(
        "{held} applicants hold seats at {id}, and there are {seats}: raised by {}",
        held - seats
    );
    Diagnostic::new(Code::SeatsRaised, file, message).line(u64::from(line))
}
