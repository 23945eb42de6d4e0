//! What holds of every comparison, recounted from the files of the two runs alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use antagning::diff::{Link, Movement, Transition};
use antagning::{Diff, Run};

/// Who has a seat where, by `placements.csv`.
pub(crate) fn placements(run: &Run) -> BTreeMap<String, String> {
    let text = fs::read_to_string(run.folder().join("placements.csv")).expect("placements");
    let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.map(|cells| (cells[0].to_owned(), cells[1].to_owned())).collect()
}

/// Admitted by `programmes.csv`, for each programme as a whole.
fn admitted(run: &Run) -> BTreeMap<String, i64> {
    let text = fs::read_to_string(run.folder().join("programmes.csv")).expect("programmes");
    let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let whole = rows.filter(|cells| cells[1].is_empty());
    whole.map(|cells| (cells[0].to_owned(), cells[5].parse().expect("a count"))).collect()
}

/// Compares two runs and checks what must hold; gives the transition for more.
pub(crate) fn examine(before: &Run, after: &Run) -> Transition {
    let diff = Diff::new(&[before.clone(), after.clone()], None).expect("runs");
    let transition = diff.transitions.into_iter().next().expect("a transition");
    movers_are_those_who_moved(&transition, before, after);
    every_mover_is_in_one_chain(&transition);
    links_are_at_one_programme(&transition);
    arrivals_less_departures_are_the_change(&transition, before, after);
    the_other_way_round(&transition, before, after);
    transition
}

fn movers_are_those_who_moved(transition: &Transition, before: &Run, after: &Run) {
    let (were, are) = (placements(before), placements(after));
    let ids: BTreeSet<&String> = were.keys().chain(are.keys()).collect();
    let of = |map: &BTreeMap<String, String>, id: &str| map.get(id).cloned().unwrap_or_default();
    let moved: Vec<&str> =
        ids.into_iter().filter(|id| of(&were, id) != of(&are, id)).map(|id| &**id).collect();
    let movers = transition.moves.iter().filter(|m| m.movement.moves());
    assert_eq!(movers.map(|m| &*m.applicant_id).collect::<Vec<_>>(), moved);
    for a_move in &transition.moves {
        let programme = |seat: &Option<antagning::diff::Seat>| {
            seat.as_ref().map_or(String::new(), |seat| seat.programme_id.clone())
        };
        assert_eq!(programme(&a_move.from), of(&were, &a_move.applicant_id));
        assert_eq!(programme(&a_move.to), of(&are, &a_move.applicant_id));
    }
    let all: u64 = transition.counts.movements.values().sum();
    assert_eq!(all as usize, were.keys().chain(are.keys()).collect::<BTreeSet<_>>().len());
}

fn every_mover_is_in_one_chain(transition: &Transition) {
    let movers = transition.moves.iter().filter(|m| m.movement.moves());
    let mut places: Vec<(String, (u32, u32))> =
        movers.map(|m| (m.applicant_id.clone(), m.chain.expect("a mover has a chain"))).collect();
    let mut steps = Vec::new();
    for (chain, number) in transition.chains.iter().zip(1..) {
        assert_eq!(chain.chain, number);
        assert!(!chain.steps.is_empty());
        for (step, place) in chain.steps.iter().zip(1..) {
            steps.push((step.applicant_id.clone(), (number, place)));
        }
    }
    places.sort();
    steps.sort();
    assert_eq!(places, steps);
}

fn links_are_at_one_programme(transition: &Transition) {
    let mut given = BTreeSet::new();
    for chain in &transition.chains {
        let mut known: BTreeMap<&str, &antagning::diff::ChainStep> = BTreeMap::new();
        let of_all: BTreeMap<&str, _> =
            chain.steps.iter().map(|step| (&*step.applicant_id, step)).collect();
        for (number, step) in chain.steps.iter().enumerate() {
            let by = step.by.as_deref().map(|by| of_all[by]);
            match step.link {
                Link::TookSeatOf => {
                    assert_eq!(step.at, step.to);
                    assert_eq!(step.at, by.expect("who left").from);
                }
                Link::DisplacedBy => {
                    assert_eq!(step.at, step.from);
                    assert_eq!(step.at, by.expect("who came").to);
                }
                Link::TookSeat => assert_eq!((&step.at, &step.by), (&step.to, &None)),
                Link::SeatRemoved => assert_eq!((&step.at, &step.by), (&step.from, &None)),
                _ => assert_eq!(step.by, None),
            }
            if let Some(by) = by {
                let comes_after = known.contains_key(&*by.applicant_id);
                assert!(comes_after || number == 0 && chain.is_cycle, "{chain:?}");
                // One seat is left once, and whoever comes displaces one at most.
                assert!(given.insert((by.applicant_id.clone(), step.link.name())), "{chain:?}");
            }
            known.insert(&step.applicant_id, step);
        }
    }
}

fn arrivals_less_departures_are_the_change(transition: &Transition, before: &Run, after: &Run) {
    let (were, are) = (admitted(before), admitted(after));
    let mut change: BTreeMap<&str, i64> = BTreeMap::new();
    for step in transition.chains.iter().flat_map(|chain| &chain.steps) {
        for (programme, sign) in [(&step.to, 1), (&step.from, -1)] {
            if let Some(programme) = programme {
                *change.entry(programme).or_default() += sign;
            }
        }
    }
    for programme in were.keys().chain(are.keys()) {
        let count = |map: &BTreeMap<String, i64>| map.get(programme).copied().unwrap_or(0);
        let told = change.get(&**programme).copied().unwrap_or(0);
        assert_eq!(told, count(&are) - count(&were), "{programme}");
    }
}

fn the_other_way_round(transition: &Transition, before: &Run, after: &Run) {
    let back = Diff::new(&[after.clone(), before.clone()], None).expect("runs");
    let back = &back.transitions[0];
    assert_eq!(back.moves.len(), transition.moves.len());
    for (there, back) in transition.moves.iter().zip(&back.moves) {
        assert_eq!(
            (&there.applicant_id, &there.from, &there.to),
            (&back.applicant_id, &back.to, &back.from)
        );
        let expected: &[Movement] = match there.movement {
            Movement::NewlyPlaced => &[Movement::LostSeat, Movement::Left],
            Movement::LostSeat | Movement::Left => &[Movement::NewlyPlaced],
            Movement::MovedUp => &[Movement::MovedDown],
            Movement::MovedDown => &[Movement::MovedUp],
            ref same => std::slice::from_ref(same),
        };
        assert!(expected.contains(&back.movement), "{there:?} and {back:?}");
    }
}
