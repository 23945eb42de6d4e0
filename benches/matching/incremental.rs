//! Small changes beside full runs: each change timed by itself, with its undoing.
//!
//! `cargo bench -p antagning-matching --bench incremental` fails when a median is above what is
//! claimed, or when it costs more than a full run to say what a seat more and a seat less would do
//! at every programme of the plain market, or more than a twentieth of one to say it of a seat more,
//! be it asked for the first time or after a seat has been added; or when a matching takes more full
//! runs to be made ready for all this than it may. With `ANTAGNING_BENCH_TIMES=report` it only tells.
//! Changes come in random order, so that each finds its data where the others left it.
//! The clock's own time is in every figure, and told.

#![allow(clippy::print_stdout, reason = "a program for people to read")]

mod generator;
mod grouped_generator;
#[path = "../../tests/matching/grouped/textbook.rs"]
mod grouped_textbook;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use antagning_matching::{ApplicantIx, DeferredAcceptance, Incremental, Market, ProgrammeIx};

/// The most that the median of a seat added and undone may take.
const MOST_SEAT: Duration = Duration::from_micros(1);
/// The most that the median of any change may take.
const MOST_CHANGE: Duration = Duration::from_micros(10);
/// The most that the effects of all seats more and less may take in the plain market, in full runs.
const MOST_EFFECTS: f64 = 1.0;
/// The most that the effects of all seats more may take in the plain market, in full runs.
const MOST_MORE: f64 = 0.05;
/// The most that it may take to match the plain market and to make the matching ready for changes
/// and questions, in full runs.
const MOST_READY: f64 = 4.0;
/// So many applicants change, of 55 000.
const APPLICANTS: usize = 5_000;
const ROUNDS: usize = 20;

/// A unit of the market that has seats: a programme, or a group of one.
type Unit = (ProgrammeIx, Option<usize>);

struct Subject {
    market: Market,
    matching: Incremental,
    /// As it was before anything was asked.
    begun: Incremental,
    units: Vec<Unit>,
    applicants: Vec<ApplicantIx>,
}

impl Subject {
    /// Holds the matching against the textbook's before anything is timed.
    fn new(market: Market, expected: &[Option<usize>]) -> Self {
        let programmes = (0..market.programmes() as u32).map(ProgrammeIx::new);
        let units = programmes.flat_map(|programme| {
            let groups = market.groups(programme).len();
            let plain = (groups == 0).then_some((programme, None));
            plain.into_iter().chain((0..groups).map(move |group| (programme, Some(group))))
        });
        let units = shuffled(units.collect());
        let applicants = (0..market.applicants() as u32).map(ApplicantIx::new).collect();
        let mut applicants = shuffled(applicants);
        applicants.truncate(APPLICANTS);
        let mut matching = Incremental::without_applicants(&market);
        (0..expected.len() as u32).for_each(|number| {
            matching.restore(ApplicantIx::new(number));
        });
        matching.keep();
        let found = (0..expected.len() as u32).map(ApplicantIx::new);
        let found: Vec<_> = found.map(|applicant| matching.choice_of(applicant)).collect();
        assert!(found == expected, "the matching differs from the textbook's");
        assert!(matching == Incremental::new(&market), "the order of arrival left a trace");
        let begun = matching.clone();
        Self { market, matching, begun, units, applicants }
    }

    /// The least time of a full run with scratch memory.
    fn full_run(&self) -> Duration {
        let mut scratch = DeferredAcceptance::new(&self.market);
        let run = || {
            let start = Instant::now();
            black_box(scratch.run(&self.market));
            start.elapsed()
        };
        std::iter::repeat_with(run).take(ROUNDS).min().unwrap_or_default()
    }

    /// The least time of all units, each with a seat more and then one less.
    fn sweep(&mut self) -> Duration {
        let mut sweep = || {
            let start = Instant::now();
            for &unit in &self.units {
                add(&mut self.matching, unit);
                self.matching.undo();
                if remove(&mut self.matching, unit) {
                    self.matching.undo();
                }
            }
            start.elapsed()
        };
        std::iter::repeat_with(&mut sweep).take(ROUNDS).min().unwrap_or_default()
    }

    /// The least time to make the matching of the market, of the effects of a seat more at every unit
    /// there, the median after one more seat that stays, and the least of the effects of a seat less.
    fn effects(&mut self) -> [Duration; 4] {
        let [mut ready, mut first, mut less] = [Duration::MAX; 3];
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let mut unasked = Incremental::new(&self.market);
            ready = ready.min(start.elapsed());
            let start = Instant::now();
            black_box(unasked.effects_of_seats_more());
            first = first.min(start.elapsed());
            let start = Instant::now();
            black_box(unasked.effects_of_seats_less());
            less = less.min(start.elapsed());
        }
        let mut again = Vec::with_capacity(self.units.len());
        for &unit in &self.units {
            add(&mut self.matching, unit);
            let start = Instant::now();
            black_box(self.matching.effects_of_seats_more());
            again.push(start.elapsed());
        }
        while self.matching.undo() {}
        again.sort_unstable();
        [ready, first, again[again.len() / 2], less]
    }

    /// Prints the figures, and says whether all are as claimed.
    fn judge(&mut self, name: &str, judges_effects: bool) -> bool {
        let run = self.full_run();
        println!("{name}: full run {run:?}");

        let units = self.units.clone();
        let applicants = self.applicants.clone();
        let matching = &mut self.matching;
        let mut within = told("seat more, undone", MOST_SEAT, matching, &units, add_and_undo);
        within &= told("seat more", MOST_CHANGE, matching, &units, add);
        within &= told("seat less", MOST_CHANGE, matching, &units, |matching, unit| {
            remove(matching, unit);
        });
        within &= told("withdrawal", MOST_CHANGE, matching, &applicants, |matching, applicant| {
            matching.withdraw(applicant);
        });
        applicants.iter().for_each(|&applicant| _ = matching.withdraw(applicant));
        within &= told("arrival", MOST_CHANGE, matching, &applicants, |matching, applicant| {
            matching.restore(applicant);
        });
        while matching.undo() {}
        assert!(*matching == self.begun, "something was not undone");

        let in_runs = |time: Duration| time.as_secs_f64() / run.as_secs_f64();
        let [ready, first, again, less] = self.effects().map(in_runs);
        println!(
            "  matched and made ready for changes: {ready:.2} full runs\n  \
             what every seat more would do: {first:.3} full runs, after a seat more median {again:.3}\n  \
             what every seat less would do: {less:.2} full runs"
        );
        if judges_effects {
            within &= first + less <= MOST_EFFECTS && first.max(again) <= MOST_MORE;
            within &= ready <= MOST_READY;
            println!(
                "  (at most {MOST_READY}, {MOST_MORE} each, more and less together {MOST_EFFECTS})"
            );
        }
        let tried = in_runs(self.sweep());
        println!(
            "  all {} seats more and less, tried and undone: {tried:.2} full runs",
            units.len()
        );
        within
    }
}

fn add(matching: &mut Incremental, (programme, group): Unit) {
    black_box(match group {
        None => matching.add_seat(programme),
        Some(group) => matching.add_group_seat(programme, group),
    });
}

fn add_and_undo(matching: &mut Incremental, unit: Unit) {
    add(matching, unit);
    matching.undo();
}

fn remove(matching: &mut Incremental, (programme, group): Unit) -> bool {
    black_box(match group {
        None => matching.remove_seat(programme),
        Some(group) => matching.remove_group_seat(programme, group),
    })
    .is_some()
}

/// Times a change for each item, undoing whatever is left to undo, prints the distribution and says
/// whether the median is at most so long.
fn told<T: Copy>(
    name: &str,
    most: Duration,
    matching: &mut Incremental,
    items: &[T],
    mut change: impl FnMut(&mut Incremental, T),
) -> bool {
    let before = matching.changes();
    let mut times = Vec::with_capacity(items.len() * ROUNDS);
    for _ in 0..ROUNDS {
        for &item in items {
            let start = Instant::now();
            change(matching, item);
            times.push(start.elapsed());
            while matching.changes() > before {
                matching.undo();
            }
        }
    }
    times.sort_unstable();
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100];
    println!(
        "  {name}: median {:?} (at most {most:?}), 99 of 100 within {:?}, longest {:?}",
        at(50),
        at(99),
        at(100)
    );
    at(50) <= most
}

/// In an order that depends on nothing but the number of items.
fn shuffled<T>(mut items: Vec<T>) -> Vec<T> {
    let mut state = 1_u64;
    for last in (1..items.len()).rev() {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, ((state >> 33) % (last as u64 + 1)) as usize);
    }
    items
}

fn main() -> ExitCode {
    let mut clock: Vec<_> = (0..1_000).map(|_| Instant::now().elapsed()).collect();
    clock.sort_unstable();
    println!("the clock: {:?}", clock[clock.len() / 2]);
    let plain = generator::season();
    let market = plain.market().expect("a sound market");
    let expected = plain.deferred_acceptance();
    let mut within = Subject::new(market, &expected).judge("plain", true);
    for (name, every) in [("a tenth grouped", 10), ("all grouped", 1)] {
        let grouped = grouped_generator::grouped(&plain, every);
        let market = grouped.market().expect("a sound market");
        within &= Subject::new(market, &grouped.deferred_acceptance()).judge(name, false);
    }
    let reported = std::env::var("ANTAGNING_BENCH_TIMES").is_ok_and(|value| value == "report");
    println!("{}", if within { "within" } else { "TOO SLOW" });
    if within || reported { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
