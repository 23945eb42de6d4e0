//! Random seasons, plain and with quota groups, through random events.

use std::collections::BTreeMap;

use antagning::diff::Link;
use antagning::{Diff, Run};

use crate::invariants::{examine, placements};
use crate::scene::{EVENTS, Scene, written};

/// Numbers that look random and are the same everywhere (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % sides as u64) as usize
    }
}

/// A season in plain vectors.
struct Market {
    seats: Vec<usize>,
    lists: Vec<Vec<usize>>,
    grouped: bool,
}

impl Market {
    fn roll(dice: &mut Dice, grouped: bool) -> Self {
        let programmes = 3 + dice.roll(5);
        let seats = (0..programmes).map(|_| 1 + dice.roll(4)).collect();
        let applicants = 8 + dice.roll(25);
        let list = |dice: &mut Dice| {
            let mut all: Vec<usize> = (0..programmes).collect();
            let length = 1 + dice.roll(programmes);
            (0..length).map(|_| all.remove(dice.roll(all.len()))).collect()
        };
        let lists = (0..applicants).map(|_| list(dice)).collect();
        Self { seats, lists, grouped }
    }

    /// Writes the season with new scores; rows in this order or the other way round.
    fn write(&self, scene: &Scene, scores: &mut Dice, backwards: bool) {
        let rows = |header: &str, mut rows: Vec<String>| {
            if backwards {
                rows.reverse();
            }
            header.to_owned() + "\n" + &rows.join("\n") + "\n"
        };
        let programmes = self.seats.iter().enumerate().map(|(p, s)| format!("P{p},{s}")).collect();
        scene.write("programmes.csv", &rows("programme_id,capacity", programmes));
        let (mut choices, mut tests) = (Vec::new(), Vec::new());
        for (a, list) in self.lists.iter().enumerate() {
            for (programme, rank) in list.iter().zip(1..) {
                let (score, points) = (scores.roll(6), scores.roll(5));
                choices.push(format!("a{a:02},{rank},P{programme},{score}"));
                if points > 2 && self.grouped && programme % 2 == 0 {
                    tests.push(format!("a{a:02},P{programme},{points},1"));
                }
            }
        }
        scene.write("choices.csv", &rows("applicant_id,choice_rank,programme_id,score", choices));
        if self.grouped {
            let header = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to";
            let even = self.seats.iter().enumerate().step_by(2);
            let groups = even.flat_map(|(p, seats)| {
                let rest = seats - 1;
                [format!("P{p},prov,1,1,test,test,rest"), format!("P{p},rest,2,{rest},,,")]
            });
            scene.write("quota_groups.csv", &rows(header, groups.collect()));
            let header = "applicant_id,programme_id,points,passed";
            scene.write("test_scores.csv", &rows(header, tests));
        }
        scene.round("final");
    }

    /// Events that those who hold a seat now may be told of, no two about the same.
    fn events(&self, dice: &mut Dice, run: &Run, day: usize) -> String {
        let date = format!("2025-07-{day:02}");
        let mut text = String::new();
        for (id, programme) in placements(run) {
            let event = match (dice.roll(8), programme.is_empty()) {
                (0, _) => format!("withdrawal,{id},,"),
                (1, false) => format!("answer,{id},,decline"),
                (2, false) => format!("answer,{id},,accept"),
                (3, false) => format!("no_show,{id},,"),
                _ => continue,
            };
            text += &format!("{date},{event},office\n");
        }
        let programme = dice.roll(self.seats.len());
        if !self.grouped || programme % 2 == 1 {
            let event = ["seats,,P,+1", "seats,,P,+2", "offer_closed,,P,"][dice.roll(3)];
            text += &format!("{date},{},office\n", event.replace('P', &format!("P{programme}")));
        }
        text
    }
}

/// Whether everything that moved somebody is known: no seat is taken from anybody in a reserve
/// round, and whoever moves up takes a seat that somebody left or that was added.
#[test]
fn every_move_of_reserve_rounds_has_its_cause() {
    let (mut moves, mut links) = (0, BTreeMap::new());
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let market = Market::roll(&mut dice, seed % 3 == 0);
        let scene = Scene::new(&[]);
        market.write(&scene, &mut dice, false);
        let mut run = scene.run(None, "run-0");
        scene.round("reserve");
        let mut events = EVENTS.to_owned();
        for round in 1..=3 {
            events += &market.events(&mut dice, &run, round);
            scene.write("events.csv", &events);
            let next = match scene.try_run(Some(&run), &format!("run-{round}")) {
                Ok(next) => next,
                // What was rolled contradicts what the run before knew; other seeds go on.
                Err(_) => break,
            };
            let transition = examine(&run, &next);
            for chain in &transition.chains {
                assert!(
                    !["unexplained", "settings"].contains(&chain.root.cause),
                    "{seed} {chain:?}"
                );
                for step in &chain.steps {
                    *links.entry(step.link.name()).or_insert(0) += 1;
                }
            }
            assert_eq!(transition.counts.movements["lost_seat"], 0);
            moves += transition.moves.len();
            run = next;
        }
    }
    assert!(moves > 500, "{moves} moves are too few to tell anything");
    for link in [Link::OwnAct, Link::TookSeatOf, Link::TookSeat] {
        assert!(links.get(link.name()).is_some_and(|count| *count > 10), "{links:?}");
    }
}

/// New scores for everybody between two runs, which bind nothing.
#[test]
fn every_move_between_free_runs_is_in_one_chain() {
    let mut links = BTreeMap::new();
    for seed in 1_000..1_080 {
        let mut dice = Dice(seed);
        let mut market = Market::roll(&mut dice, seed % 3 == 0);
        let scene = Scene::new(&[]);
        let scores = dice.roll(1 << 30) as u64;
        market.write(&scene, &mut Dice(scores), false);
        let first = scene.run(None, "first");
        // Some seeds change the scores, some the seats, some a few lists.
        let scores = if seed % 4 == 0 { dice.roll(1 << 30) as u64 } else { scores };
        if seed % 4 == 1 {
            let programme = dice.roll(market.seats.len());
            market.seats[programme] = 1 + dice.roll(5);
        }
        if seed % 4 == 2 {
            let applicant = dice.roll(market.lists.len());
            market.lists[applicant].reverse();
        }
        if seed % 4 == 3 {
            market.lists.truncate(market.lists.len() - 1 - dice.roll(3));
        }
        market.write(&scene, &mut Dice(scores), false);
        let second = scene.run(None, "second");
        let transition = examine(&first, &second);
        for step in transition.chains.iter().flat_map(|chain| &chain.steps) {
            *links.entry(step.link.name()).or_insert(0) += 1;
        }
    }
    for link in
        [Link::OwnAct, Link::TookSeatOf, Link::DisplacedBy, Link::TookSeat, Link::SeatRemoved]
    {
        assert!(links.get(link.name()).is_some_and(|count| *count > 5), "{links:?}");
    }
}

#[test]
fn a_run_and_itself_differ_in_nothing() {
    for seed in 0..10 {
        let mut dice = Dice(seed);
        let scene = Scene::new(&[]);
        Market::roll(&mut dice, seed % 2 == 0).write(&scene, &mut dice, false);
        let run = scene.run(None, "run");
        let transition = examine(&run, &run);
        assert!(transition.moves.is_empty() && transition.chains.is_empty());
    }
}

#[test]
fn the_order_of_rows_decides_nothing_and_the_bytes_are_the_same_twice() {
    for seed in 0..12 {
        let mut dice = Dice(seed);
        let market = Market::roll(&mut dice, seed % 2 == 0);
        let scene = Scene::new(&[]);
        let run = |scores: u64, backwards: bool, out: &str| {
            market.write(&scene, &mut Dice(scores), backwards);
            scene.run(None, out)
        };
        let runs = [run(1, false, "a"), run(2, false, "b")];
        let shuffled = [run(1, true, "c"), run(2, true, "d")];
        let tables = |runs: &[Run], out: &str| {
            let diff = Diff::new(runs, None).expect("runs");
            let mut files = written(&diff, &scene.path(out));
            // It names the digests of the manifests, which list the files that were read.
            files.retain(|(name, _)| name != "diff.json");
            (files, diff.to_text(antagning::Language::En))
        };
        let first = tables(&runs, "out-1");
        assert!(first == tables(&runs, "out-2"));
        assert!(first == tables(&shuffled, "out-3"), "seed {seed}");
    }
}
