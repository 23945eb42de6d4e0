//! What a session should know, kept by the plainest means.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::oracle::{Place, own_seats, stable};
use crate::season::RandomSeason;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Model {
    pub(crate) held: Vec<Place>,
    pub(crate) alive: Vec<Vec<bool>>,
    /// By programme and group.
    pub(crate) seats: Vec<Vec<u32>>,
    /// Applicant and position: not answered today.
    pub(crate) unanswered: BTreeSet<(usize, usize)>,
}

/// A move: applicant, programme, quota group, what they leave.
pub(crate) type Move = (String, String, String, Option<String>);

impl Model {
    /// As a run leaves it that placed everybody so.
    pub(crate) fn new(season: &RandomSeason, placements: &[(String, String, String)]) -> Self {
        let seats = season.programmes.iter();
        let seats = seats.map(|groups| groups.iter().map(|group| group.seats).collect()).collect();
        let mut model = Self {
            held: vec![None; season.lists.len()],
            alive: season.lists.iter().map(|list| vec![true; list.len()]).collect(),
            seats,
            unanswered: BTreeSet::new(),
        };
        for (id, programme, group) in placements {
            let (applicant, position) = model.wish(season, id, programme);
            let of = season.lists[applicant][position].programme;
            model.give(applicant, position, group_number(season, of, group));
        }
        model
    }

    pub(crate) fn wish(&self, season: &RandomSeason, id: &str, programme: &str) -> (usize, usize) {
        let applicant = id[1..].parse::<usize>().expect("an applicant");
        let is_it = |position: &usize| {
            RandomSeason::programme_id(season.lists[applicant][*position].programme) == programme
        };
        let position = (0..season.lists[applicant].len()).find(is_it).expect("a choice");
        (applicant, position)
    }

    /// Gives somebody a seat; what they want less is dead.
    fn give(&mut self, applicant: usize, position: usize, group: usize) {
        self.held[applicant] = Some((position, group));
        self.alive[applicant][position + 1..].fill(false);
    }

    pub(crate) fn held_in(&self, season: &RandomSeason, programme: usize, group: usize) -> u32 {
        let here = |(applicant, held): (usize, &Place)| {
            held.is_some_and(|(position, in_group)| {
                (season.lists[applicant][position].programme, in_group) == (programme, group)
            })
        };
        self.held.iter().enumerate().filter(|of| here(*of)).count() as u32
    }

    /// The positions that somebody asks for: alive and wanted more than the seat held, and that.
    pub(crate) fn asks_for(&self, season: &RandomSeason, applicant: usize) -> Vec<usize> {
        let held = self.held[applicant].map(|(position, _)| position);
        let asked = |position: &usize| {
            Some(*position) == held
                || self.alive[applicant][*position]
                    && !self.unanswered.contains(&(applicant, *position))
                    && held.is_none_or(|held| *position < held)
        };
        (0..season.lists[applicant].len()).filter(asked).collect()
    }

    /// All moves that are to be offered, in the order of applicants.
    pub(crate) fn moves(&self, season: &RandomSeason) -> Vec<Move> {
        let stable = stable(season, self);
        let at = |applicant: usize, position: usize| season.lists[applicant][position].programme;
        let moved = (0..stable.len()).filter_map(|applicant| {
            let (position, group) = stable[applicant]?;
            let held = self.held[applicant].map(|(position, _)| position);
            (held != Some(position)).then(|| {
                let programme = at(applicant, position);
                let id = RandomSeason::programme_id;
                let left = held.map(|held| id(at(applicant, held)));
                let group = season.group_name(programme, group);
                (RandomSeason::applicant_id(applicant), id(programme), group, left)
            })
        });
        moved.collect()
    }

    /// Does what a record says. A seat that is taken must have been offered, and be there.
    pub(crate) fn apply(&mut self, season: &RandomSeason, record: &Value) {
        let text = |name: &str| record[name].as_str().unwrap_or_default();
        let number = |id: &str| id[1..].parse::<usize>().expect("a number");
        match text("record") {
            "accept" => {
                let offered = self.moves(season);
                for taken in record["moves"].as_array().expect("moves") {
                    let cell = |name: &str| taken[name].as_str().unwrap_or_default();
                    let (id, programme) = (cell("applicant_id"), cell("programme_id"));
                    let (group, left) = (cell("quota_group"), cell("leaves_programme_id"));
                    let left = Some(left.to_owned()).filter(|left| !left.is_empty());
                    let a_move = (id.to_owned(), programme.to_owned(), group.to_owned(), left);
                    assert!(offered.contains(&a_move), "{a_move:?} was not offered");
                    let (applicant, position) = self.wish(season, id, programme);
                    let of = season.lists[applicant][position].programme;
                    self.give(applicant, position, group_number(season, of, group));
                }
                for programme in 0..season.programmes.len() {
                    assert!(own_seats(season, self, programme).is_some(), "seats at P{programme}");
                }
            }
            "agree" => {}
            "no_answer" => {
                let wish = self.wish(season, text("applicant_id"), text("programme_id"));
                self.unanswered.insert(wish);
            }
            "decline" => {
                let (applicant, position) =
                    self.wish(season, text("applicant_id"), text("programme_id"));
                self.alive[applicant][position] = false;
                if self.held[applicant].is_some_and(|(held, _)| held == position) {
                    self.held[applicant] = None;
                    self.alive[applicant][position..].fill(false);
                }
            }
            "decline_all" | "withdraw" | "no_show" => {
                let applicant = number(text("applicant_id"));
                self.held[applicant] = None;
                self.alive[applicant].fill(false);
            }
            kind @ ("seats" | "fill") => {
                let programme = number(text("programme_id"));
                let group = group_number(season, programme, text("quota_group"));
                let change = match kind {
                    "seats" => record["change"].as_i64().expect("a change"),
                    _ => -record["seats"].as_i64().expect("seats"),
                };
                let seats = &mut self.seats[programme][group];
                *seats = u32::try_from(i64::from(*seats) + change).expect("no seats below none");
                assert!(own_seats(season, self, programme).is_some(), "seats at P{programme}");
            }
            kind => panic!("a record {kind}"),
        }
    }

    pub(crate) fn placements(&self, season: &RandomSeason) -> Vec<(String, String, String)> {
        let held = self.held.iter().enumerate();
        let held = held.filter_map(|(applicant, held)| {
            let (position, group) = (*held)?;
            let programme = season.lists[applicant][position].programme;
            let group = season.group_name(programme, group);
            let id = RandomSeason::applicant_id(applicant);
            Some((id, RandomSeason::programme_id(programme), group))
        });
        held.collect()
    }
}

fn group_number(season: &RandomSeason, programme: usize, name: &str) -> usize {
    let groups = 0..season.programmes[programme].len();
    groups.into_iter().find(|g| season.group_name(programme, *g) == name).expect("a group")
}
