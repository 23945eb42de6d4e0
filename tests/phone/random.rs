//! Random sessions on small dense seasons, against the oracle after every command.

use antagning::PhoneSession;
use serde_json::Value;

use crate::model::{Model, Move};
use crate::scene::{DAY, Scene, everything, json, placements};
use crate::season::{Kind, Random, RandomSeason};

/// How often each thing happened, so that nothing is proven of what never does.
#[derive(Debug, Default)]
struct Seen {
    accepted: usize,
    trades: usize,
    agreed: usize,
    undone: usize,
    refused: usize,
    previews: usize,
    placed_otherwise: usize,
}

#[test]
fn plain_sessions_follow_the_oracle() {
    let seen = play(0..150, Kind::Plain);
    assert!(seen.accepted > 150 && seen.undone > 50 && seen.refused > 100, "{seen:?}");
    assert!(seen.previews > 100 && seen.placed_otherwise > 100, "{seen:?}");
}

#[test]
fn grouped_sessions_follow_the_oracle() {
    let seen = play(0..150, Kind::Grouped);
    assert!(seen.accepted > 150 && seen.undone > 50 && seen.refused > 100, "{seen:?}");
    assert!(seen.previews > 100 && seen.placed_otherwise > 100, "{seen:?}");
}

#[test]
fn sessions_with_second_hand_reception_follow_the_oracle() {
    let seen = play(0..150, Kind::Received);
    assert!(seen.accepted > 150 && seen.undone > 50 && seen.refused > 100, "{seen:?}");
    assert!(seen.previews > 100 && seen.placed_otherwise > 100, "{seen:?}");
}

fn play(seeds: std::ops::Range<u64>, kind: Kind) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let season = RandomSeason::new(seed, kind);
        let files = season.files("final");
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (*name, &text[..])).collect();
        Game { seed, random: Random(!seed), scene: Scene::new(&files), season, seen: &mut seen }
            .play();
    }
    seen
}

struct Game<'a> {
    seed: u64,
    random: Random,
    scene: Scene,
    season: RandomSeason,
    seen: &'a mut Seen,
}

impl Game<'_> {
    fn play(&mut self) {
        let mut session = self.scene.session();
        let mut model = Model::new(&self.season, &placements(&session));
        let before = placements(&session);
        let mut stack: Vec<(u64, Model)> = Vec::new();
        self.examine(&mut session, &model);
        let mut day = 1;
        for _ in 0..14 {
            let command = self.command(&model);
            let held = placements(&session);
            let answer = json(&session.answer(&command));
            let record = &answer["record"];
            if record.is_null() {
                self.seen.refused += 1;
                assert_eq!(answer["ok"], false, "{command}");
            } else if let Some(undoes) = record["undoes"].as_u64() {
                let (number, earlier) = stack.pop().expect("something to undo");
                assert_eq!(number, undoes);
                model = earlier;
                self.seen.undone += 1;
            } else {
                stack.push((record["seq"].as_u64().expect("a number"), model.clone()));
                model.apply(&self.season, record);
                self.count(record);
                self.nobody_else_lost_a_seat(&held, &session, record);
            }
            self.examine(&mut session, &model);
            if self.random.below(3) == 0 {
                self.preview(&mut session);
            }
            if self.random.below(4) == 0 {
                let told = everything(&mut session);
                drop(session);
                let is_later = self.random.below(3) == 0;
                day += usize::from(is_later);
                session = self.scene.open("run", &format!("2025-09-{day:02}")).expect("a session");
                if is_later {
                    // What was not answered on another day is asked again.
                    let earlier = stack.iter_mut().map(|(_, model)| model);
                    earlier.chain([&mut model]).for_each(|model| model.unanswered.clear());
                    self.examine(&mut session, &model);
                } else {
                    assert_eq!(everything(&mut session), told, "seed {}", self.seed);
                }
            }
        }
        drop(session);
        self.continues(&mut model, &before);
    }

    /// The session has the model's holdings, and offers what the oracle says.
    fn examine(&self, session: &mut PhoneSession, model: &Model) {
        let seed = self.seed;
        assert_eq!(placements(session), model.placements(&self.season), "seed {seed}");
        let calls = json(&session.answer("calls"))["calls"].take();
        assert_eq!(all_moves(&calls), model.moves(&self.season), "seed {seed}");
        for call in calls.as_array().expect("calls") {
            let steps = call["chain"].as_array().expect("steps");
            // Each takes what the one before left; in a trade the last leaves what the first takes.
            let pairs = steps.windows(2).map(|pair| (&pair[0], &pair[1]));
            let closing =
                (call["begins_with"] == "trade").then(|| (&steps[steps.len() - 1], &steps[0]));
            for (leaves, takes) in pairs.chain(closing) {
                assert_eq!(leaves["leaves_programme_id"], takes["programme_id"], "seed {seed}");
            }
        }
    }

    /// What one more seat would do is what it does; and undoing it leaves everything as it was.
    fn preview(&mut self, session: &mut PhoneSession) {
        let (place, seed) = (self.place(), self.seed);
        let told = json(&session.answer(&format!("next {place}")));
        if told["seat"] != "one_more" {
            return;
        }
        self.seen.previews += 1;
        let (holders, [before, free, _]) = everything(session);
        assert_eq!(json(&session.answer(&format!("seats {place} +1")))["ok"], true);
        let after = json(&session.answer("calls"));
        let programme = place.split(':').next().expect("a programme");
        let told = told["calls"].as_array().expect("calls");
        let begins_here = |call: &Value| {
            call["begins_with"] == "vacancy" && call["chain"][0]["programme_id"] == programme
        };
        let calls = |answer: &Value| answer["calls"].as_array().expect("calls").clone();
        let new = calls(&after).into_iter().filter(begins_here);
        let new: Vec<Value> = new.filter(|call| !calls(&before).contains(call)).collect();
        assert_eq!(told.is_empty(), new.is_empty(), "seed {seed}: {place}");
        assert!(told.iter().all(|call| new.contains(call)), "seed {seed}: {told:?} of {new:?}");
        assert_eq!(json(&session.answer("undo"))["ok"], true);
        let (now, [calls, vacant, _]) = everything(session);
        assert_eq!((now, calls, vacant), (holders, before, free), "seed {seed}");
    }

    fn count(&mut self, record: &Value) {
        let moves = record["moves"].as_array().map_or(0, Vec::len);
        self.seen.accepted += moves;
        self.seen.trades += usize::from(moves > 1);
        self.seen.agreed += usize::from(record["record"] == "agree");
    }

    fn nobody_else_lost_a_seat(
        &self,
        held: &[(String, String, String)],
        session: &PhoneSession,
        record: &Value,
    ) {
        let now = placements(session);
        let text = record.to_string();
        for seat in held.iter().filter(|seat| !text.contains(&seat.0)) {
            assert!(now.contains(seat), "seed {}: {seat:?} after {text}", self.seed);
        }
    }

    /// The run after the session places everybody as it ended, and offers what is still open.
    fn continues(&mut self, model: &mut Model, before: &[(String, String, String)]) {
        let later = self.scene.open("run", "2025-09-29").expect("a session of another day");
        let held = placements(&later);
        drop(later);
        model.unanswered.clear();
        self.seen.placed_otherwise += usize::from(held != before);
        let rules = self.season.files("reserve");
        let rules = rules.iter().find(|(name, _)| *name == "rules.toml").expect("rules");
        std::fs::write(self.scene.path("season").join("rules.toml"), &rules.1).expect("rules");
        let run = self.scene.run_after("run", "reserve-1", "2025-09-30");
        assert!(run.verify().holds(), "seed {}", self.seed);
        assert_eq!(self.scene.placements("reserve-1"), held, "seed {}", self.seed);
        let offered = self.offered_by("reserve-1");
        assert_eq!(offered, model.moves(&self.season), "seed {}", self.seed);
        // A session on the next run goes on with the same offers.
        let mut next = self.scene.open("reserve-1", "2025-09-30").expect("a session");
        assert_eq!(placements(&next), held, "seed {}", self.seed);
        let calls = json(&next.answer("calls"))["calls"].take();
        assert_eq!(all_moves(&calls), offered, "seed {}", self.seed);
        self.goes_on(next);
    }

    /// What is answered about the offers of the next run leads to the run after that.
    fn goes_on(&mut self, mut session: PhoneSession) {
        for _ in 0..4 {
            let holders = placements(&session);
            let call = json(&session.answer("calls"))["follows"].take();
            let command = match (call["applicant_id"].as_str(), self.random.below(3)) {
                (Some(id), 0..=1) => {
                    format!("accept {id} {}", call["programme_id"].as_str().expect("a programme"))
                }
                _ if holders.is_empty() => "calls".to_owned(),
                _ => format!("no-show {}", holders[self.random.below(holders.len())].0),
            };
            assert!(session.answer(&command).ok, "seed {}: {command}", self.seed);
        }
        let held = placements(&session);
        let calls = json(&session.answer("calls"))["calls"].take();
        drop(session);
        self.scene.run_after("reserve-1", "reserve-2", "2025-10-01");
        assert_eq!(self.scene.placements("reserve-2"), held, "seed {}", self.seed);
        assert_eq!(self.offered_by("reserve-2"), all_moves(&calls), "seed {}", self.seed);
    }

    /// The moves that a run offers, in the order of applicants.
    fn offered_by(&self, run: &str) -> Vec<Move> {
        let columns = ["applicant_id", "programme_id", "quota_group", "leaves_programme_id"];
        let rows = self.scene.table(&format!("{run}/proposals.csv"), &columns).into_iter();
        let mut offered: Vec<Move> = rows
            .map(|row| {
                let left = Some(row[3].clone()).filter(|left| !left.is_empty());
                (row[0].clone(), row[1].clone(), row[2].clone(), left)
            })
            .collect();
        offered.sort();
        offered
    }

    fn place(&mut self) -> String {
        let programme = self.random.below(self.season.programmes.len());
        let group = self.random.below(self.season.programmes[programme].len());
        match self.season.group_name(programme, group).as_str() {
            "" => RandomSeason::programme_id(programme),
            name => format!("{}:{name}", RandomSeason::programme_id(programme)),
        }
    }

    /// Mostly what an official would do; now and then anything.
    fn command(&mut self, model: &Model) -> String {
        let applicant = self.random.below(self.season.lists.len());
        let position = self.random.below(self.season.lists[applicant].len());
        let programme = self.season.lists[applicant][position].programme;
        let id = RandomSeason::applicant_id(applicant);
        let at = RandomSeason::programme_id(programme);
        let moves = model.moves(&self.season);
        let offered = (!moves.is_empty()).then(|| &moves[self.random.below(moves.len())]);
        match (self.random.below(20), offered) {
            (0..=8, Some((id, at, ..))) => format!("accept {id} {at}"),
            (9, Some((id, at, ..))) => format!("decline {id} {at}"),
            (10, Some((id, at, ..))) => format!("no-answer {id} {at}"),
            (0..=2, None) => format!("withdraw {id}"),
            (3..=4 | 10, None) | (18, _) => format!("decline {id} {at}"),
            (5, None) | (11, _) => format!("decline {id}"),
            (6, None) | (12, _) => format!("no-show {id}"),
            (7..=9, None) | (13, _) => format!("seats {} +1", self.place()),
            (14, _) => format!("seats {} -1", self.place()),
            (15, _) => format!("fill {} 1", self.place()),
            (16, _) => format!("withdraw {id}"),
            (17, _) => format!("accept {id} {at}"),
            _ => "undo".to_owned(),
        }
    }
}

/// All moves of some calls, in the order of applicants.
fn all_moves(calls: &Value) -> Vec<Move> {
    let text = |step: &Value, name: &str| step[name].as_str().map(str::to_owned);
    let calls = calls.as_array().expect("calls").iter();
    let steps = calls.flat_map(|call| call["chain"].as_array().expect("steps"));
    let mut moves: Vec<Move> = steps
        .map(|step| {
            let cell = |name| text(step, name).unwrap_or_default();
            let left = text(step, "leaves_programme_id");
            (cell("applicant_id"), cell("programme_id"), cell("quota_group"), left)
        })
        .collect();
    moves.sort();
    moves
}

#[test]
fn a_day_ends_and_unanswered_offers_come_back() {
    let season = [
        ("programmes.csv", "programme_id,capacity\nP,1\n"),
        (
            "choices.csv",
            "applicant_id,choice_rank,programme_id,score\nann,1,P,3\nbea,1,P,2\ncim,1,P,1\n",
        ),
    ];
    let scene = Scene::new(&season);
    let mut session = scene.session();
    session.answer("withdraw ann");
    assert_eq!(json(&session.answer("no-answer bea P"))["follows"]["applicant_id"], "cim");
    drop(session);
    let mut same_day = scene.open("run", DAY).expect("the same day");
    assert_eq!(json(&same_day.answer("next P"))["calls"][0]["applicant_id"], "cim");
    drop(same_day);
    let mut next_day = scene.open("run", "2025-09-02").expect("the next day");
    assert_eq!(json(&next_day.answer("next P"))["calls"][0]["applicant_id"], "bea");
}
