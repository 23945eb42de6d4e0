#![allow(warnings)]
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

pub struct Random(pub u64);
impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }
}

use antagning_matching::*;
use std::time::{Duration, Instant};
use textbook::Instance;

fn market(seed: u64) -> (Market, u32, String) {
    let mut r = Random(seed.wrapping_mul(77) + 5);
    let programmes = 20 + r.below(41) as usize;
    let applicants = 500 + r.below(501) as usize;
    let kind = r.below(4);
    let fill = 40 + r.below(70); // seats per cent of applicants
    let mean = applicants as u64 * fill / 100 / programmes as u64;
    let seats: Vec<u32> = (0..programmes)
        .map(|_| match kind {
            3 => 1 + r.below(2 * mean.max(1)) as u32,
            _ => (mean / 2 + r.below(mean.max(1) + 1)) as u32,
        })
        .collect();
    let pop: Vec<u64> = (0..programmes)
        .map(|p| match kind {
            0 => 1,
            1 => 1 + r.below(8),
            _ => 1 + 60 / (1 + p as u64),
        })
        .collect();
    let total: u64 = pop.iter().sum();
    let common = r.below(3); // 0 own random, 1 common, 2 mix
    let lists = (0..applicants)
        .map(|a| {
            let len = 2 + r.below(3) as usize;
            let merit = r.below(1000);
            let mut l: Vec<(usize, u64)> = vec![];
            while l.len() < len {
                let mut x = r.below(total);
                let mut p = 0;
                while x >= pop[p] {
                    x -= pop[p];
                    p += 1;
                }
                if l.iter().all(|&(q, _)| q != p) {
                    let own = r.below(1000);
                    let s = match common {
                        0 => own,
                        1 => merit,
                        _ => merit + own,
                    };
                    l.push((p, s << 32 | a as u64));
                }
            }
            l
        })
        .collect();
    let n = 1 + r.below(60) as u32;
    (
        Instance { seats, lists }.market().unwrap(),
        n,
        format!("k{kind} c{common} p{programmes} a{applicants} f{fill} n{n}"),
    )
}

fn problem(market: Market, n: u32) -> SeatProblem {
    let worth = Worth::new(&market, |a, p| match p {
        Some((pos, _)) => -(pos as i64 + 1),
        None => -(market.list(a).len() as i64 + 1),
    });
    let options = (0..market.programmes() as u32)
        .map(|p| SeatOption {
            programme: ProgrammeIx::new(p),
            group: None,
            step: 1,
            least: 0,
            most: n,
            cost: 0,
            areas: vec![],
        })
        .collect();
    SeatProblem {
        market,
        worth,
        change: SeatChange::Add,
        seats: n,
        options,
        areas: vec![],
        budget: None,
    }
}

fn load() -> std::collections::BTreeMap<u64, i64> {
    let t = std::fs::read_to_string("/tmp/plan-best.txt").unwrap_or_default();
    t.lines()
        .map(|l| {
            let mut w = l.split_whitespace();
            (w.next().unwrap().parse().unwrap(), w.next().unwrap().parse().unwrap())
        })
        .collect()
}
fn save(m: u64, best: i64) {
    let mut b = load();
    let e = b.entry(m).or_insert(i64::MIN);
    if best <= *e {
        return;
    }
    *e = best;
    let t: String = b.iter().map(|(k, v)| format!("{k} {v}\n")).collect();
    std::fs::write("/tmp/plan-best.txt", t).unwrap();
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let get = |i: usize, d: f64| args.get(i).and_then(|s| s.parse().ok()).unwrap_or(d);
    // exp MAXSTEPS SEEDS lists;of;params  markets...
    let max = get(1, 300_000.) as u64;
    let seeds = get(2, 3.) as u64;
    let configs = vec![args[3].clone()];
    let markets: Vec<u64> = match args[4].as_str() {
        "hard" => vec![0, 4, 25, 42, 43, 44, 86, 116, 118, 132, 138],
        r => {
            let (a, b) = r.split_once('-').unwrap();
            (a.parse().unwrap()..b.parse().unwrap()).collect()
        }
    };
    let mut sums = vec![(0i64, 0f64, 0f64, 0u64, 0u64); configs.len()];
    for &m in &markets {
        let (market, n, name) = market(m);
        let matching = deferred_acceptance(&market);
        let p = problem(market.clone(), n);
        let before = p.worth.of(&matching);
        print!("{m} {name} ");
        for (i, c) in configs.iter().enumerate() {
            print!(" |");
            for seed in 0..seeds {
                let start = Instant::now();
                let mut last = (i64::MIN, 0);
                let planned = plan_seats(&p, m + 99 + 1000 * seed, |g| {
                    if g.gain > last.0 {
                        last = (g.gain, g.rounds);
                    }
                    g.rounds < max
                });
                let e = planned.best;
                let e_gain = e.gain;
                save(m, before + e_gain);
                let best = load()[&m];
                let gap = best - before - e_gain;
                let t = start.elapsed().as_secs_f64();
                sums[i].0 += gap;
                let rel = gap as f64 / -best as f64;
                sums[i].1 = sums[i].1.max(rel);
                sums[i].2 += t;
                sums[i].3 += (rel > 0.001) as u64;
                sums[i].4 += (gap > 0) as u64;
                print!(" {gap}@{}k", last.1 / 1000);
            }
        }
        println!(" best {}", -load()[&m]);
    }
    for (i, s) in sums.iter().enumerate() {
        println!(
            "{}: sum gap {} max rel {:.4} over0.1% {} missed {} of {}  time {:.2}",
            configs[i],
            s.0,
            s.1,
            s.3,
            s.4,
            seeds * markets.len() as u64,
            s.2 / (seeds as f64 * markets.len() as f64)
        );
    }
}
