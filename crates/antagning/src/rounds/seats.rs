//! The seats of this round: those of the files, what events add and take away, and never fewer than
//! are held.

use std::collections::BTreeMap;

use antagning_formats::{Code, Diagnostic, Diagnostics, Event, QuotaGroups, Season};

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
pub(super) fn apply(
    season: &mut Season,
    replayed: &Replayed,
    marks: &Marks,
    report: &mut Diagnostics,
) {
    add(season, &replayed.seats);
    let claims = Claims::count(season, marks, |_| true);
    let held = Claims::count(season, marks, |mark| mark.holds);
    let mut warnings = Diagnostics::default();
    for &programme in &replayed.closed {
        let programme = programme as usize;
        season.programmes.capacity[programme] = claims.programmes[programme];
        for row in season.quota_groups.of(programme) {
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

/// Seats that passed on from an earlier group and are held in a later one stay there; only where
/// that does not suffice are there more.
fn raise_groups(
    season: &mut Season,
    programme: usize,
    held: &Claims,
    claims: &Claims,
    report: &mut Diagnostics,
) {
    let groups = &mut season.quota_groups;
    let rows = groups.of(programme);
    for row in rows.clone() {
        let mut missing = held.groups[row].saturating_sub(groups.seats[row]);
        for earlier in rows.start..row {
            if passes_on(groups, rows.start, earlier, row) {
                let unused = groups.seats[earlier].saturating_sub(claims.groups[earlier]);
                let passed = unused.min(missing);
                groups.seats[earlier] -= passed;
                groups.seats[row] += passed;
                missing -= passed;
            }
        }
        if missing > 0 {
            let (held, seats) = (held.groups[row], groups.seats[row]);
            groups.seats[row] = held;
            season.programmes.capacity[programme] += missing;
            let id = format!("{}, {}", season.programmes.ids.get(programme), groups.name.get(row));
            let warning = raised(QuotaGroups::FILE, groups.line[row], &id, held, seats);
            report.push(warning.column("seats").value(&seats.to_string()));
        }
    }
}

/// Whether unfilled seats of one group reach another, step by step.
fn passes_on(groups: &QuotaGroups, first: usize, from: usize, to: usize) -> bool {
    let next = |row: &usize| groups.unfilled_to[*row].map(|later| first + later as usize);
    std::iter::successors(Some(from), next).any(|row| row == to)
}

fn raised(file: &'static str, line: u32, id: &str, held: u32, seats: u32) -> Diagnostic {
    let message = format!(
        "{held} applicants hold seats at {id}, and there are {seats}: raised by {}",
        held - seats
    );
    Diagnostic::new(Code::SeatsRaised, file, message).line(u64::from(line))
}
