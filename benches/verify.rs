//! The independent checker on a season of 55 000 applicants and 1 500 programmes.
//!
//! The admission that is checked is right, which is what every run pays for. Applicants and
//! programmes are drawn with a skewed popularity, so that some programmes have long reserve lists
//! and others vacant seats. It is checked without quota groups, with one programme in ten divided
//! among groups, and with ties admitted or rejected as a whole; the last two compute the best
//! admission anew, where the first draws a graph. Times depend on the machine and on how much else it does: compare
//! them with each other within one run.

#![allow(missing_docs)] // the macros of criterion make public items

#[path = "verify/grouped.rs"]
mod grouped;
#[path = "../tests/verify/textbook.rs"]
mod textbook;
#[path = "verify/tied.rs"]
mod tied;

use std::hint::black_box;

use antagning_verify::{
    Applications, Case, Columns, CutoffKind, FigureValue, Published, PublishedProgramme, Status,
    Ties, Verdict, Violation, check, check_published,
};
use criterion::{Criterion, criterion_group, criterion_main};

use crate::grouped::{Groups, grouped};
use crate::textbook::applicant_proposing;

const APPLICANTS: usize = 55_000;
const PROGRAMMES: usize = 1_500;

/// A small generator of numbers that look random: Steele, Lea & Flood 2014 (SplitMix).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// A row that nothing is known of yet.
fn blank(programme: u32, group: Option<u32>) -> PublishedProgramme {
    PublishedProgramme {
        programme,
        group,
        seats: 0,
        applicants: 0,
        first_choice_applicants: 0,
        admitted: 0,
        vacant: 0,
        reserves: 0,
        cutoff_kind: CutoffKind::Other,
        cutoff: None,
        median: None,
        mean: None,
    }
}

struct Season<K> {
    seats: Vec<u32>,
    offsets: Vec<usize>,
    programme: Vec<u32>,
    key: Vec<K>,
    score: Vec<u64>,
    placement: Vec<Option<u32>>,
    ties: Ties,
    groups: Option<Groups>,
    group: Vec<Option<u32>>,
    first_application: Vec<bool>,
    status: Vec<Status>,
    reserve_position: Vec<Option<u32>>,
    applications: Applications,
    programmes: Vec<PublishedProgramme>,
}

impl<K: Ord + Copy> Season<K> {
    /// `key` makes a priority of merit and lottery number, `place` a placement of seats and lists.
    fn draw(
        ties: Ties,
        key: impl Fn(u64, u64) -> K,
        place: impl Fn(&[u32], &[Vec<(u32, K)>]) -> Vec<Option<u32>>,
    ) -> Self {
        let mut numbers = Numbers(2025);
        let seats: Vec<u32> = (0..PROGRAMMES).map(|_| 13 + numbers.below(52) as u32).collect();
        let (mut lists, mut score, mut offsets) = (Vec::new(), Vec::new(), vec![0]);
        for _ in 0..APPLICANTS {
            // Most merits lie between 180 and 280, in steps of 2.5, as ten-thousandths.
            let merit = 25_000 * (40 + (0..4).map(|_| numbers.below(24) as u64).sum::<u64>());
            let lot = numbers.next();
            let mut list: Vec<(u32, K)> = Vec::new();
            let length = 3 + numbers.below(5);
            while list.len() < length {
                // The lesser of two draws makes low numbers popular.
                let q = numbers.below(PROGRAMMES).min(numbers.below(PROGRAMMES)) as u32;
                if list.iter().all(|&(listed, _)| listed != q) {
                    list.push((q, key(merit, lot)));
                    score.push(merit);
                }
            }
            lists.push(list);
            offsets.push(score.len());
        }
        let placement = place(&seats, &lists);
        let programme: Vec<u32> = lists.iter().flatten().map(|&(q, _)| q).collect();
        let applications = Applications::count(PROGRAMMES, programme.iter().map(|&q| (q, false)));
        let mut season = Self {
            seats,
            offsets,
            ties,
            groups: None,
            group: vec![None; programme.len()],
            first_application: vec![false; programme.len()],
            status: vec![Status::Other; programme.len()],
            reserve_position: vec![None; programme.len()],
            programme,
            key: lists.iter().flatten().map(|&(_, key)| key).collect(),
            score,
            placement,
            applications: applications.expect("programmes are drawn in range"),
            programmes: (0..PROGRAMMES as u32).map(|programme| blank(programme, None)).collect(),
        };
        season.publish_what_the_checker_finds();
        season
    }

    /// A publication that is right to the last cell, by taking every correction.
    fn publish_what_the_checker_finds(&mut self) {
        let corrections = self.check_published(&self.case());
        for violation in corrections.violations() {
            match *violation {
                Violation::WrongStatus { choice, found, .. } => self.status[choice] = found,
                Violation::WrongReservePosition { choice, found, .. } => {
                    self.reserve_position[choice] = found;
                }
                Violation::WrongStatedGroup { choice, found, .. } => self.group[choice] = found,
                Violation::WrongFigure { programme, group, figure, found, .. } => {
                    let mut rows = self.programmes.iter_mut();
                    let is = |row: &&mut PublishedProgramme| {
                        (row.programme as usize, row.group) == (programme, group)
                    };
                    let row = rows.find(is).expect("every row is there");
                    match (figure, found) {
                        ("seats", FigureValue::Count(count)) => row.seats = count,
                        ("applicants", FigureValue::Count(count)) => row.applicants = count,
                        ("admitted", FigureValue::Count(count)) => row.admitted = count,
                        ("vacant", FigureValue::Count(count)) => row.vacant = count,
                        ("reserves", FigureValue::Count(count)) => row.reserves = count,
                        ("cutoff_kind", FigureValue::Kind(kind)) => row.cutoff_kind = kind,
                        ("cutoff", found) => row.cutoff = score(found),
                        ("median", found) => row.median = score(found),
                        ("mean", found) => row.mean = score(found),
                        other => panic!("no such correction: {other:?}"),
                    }
                }
                ref other => panic!("the season is not right: {other:?}"),
            }
        }
        let case = self.case();
        assert!(check(&case).and(self.check_published(&case)).holds());
    }

    fn case(&self) -> Case<'_, K> {
        Case::new(Columns {
            seats: &self.seats,
            offsets: &self.offsets,
            programme: &self.programme,
            key: &self.key,
            score: &self.score,
            placement: &self.placement,
            by_hand: &[],
            ties: self.ties,
            groups: self.groups.as_ref().map(Groups::columns),
        })
        .expect("the columns fit")
    }

    fn check_published(&self, case: &Case<'_, K>) -> Verdict {
        let published = Published {
            programmes: &self.programmes,
            status: &self.status,
            reserve_position: &self.reserve_position,
            group: &self.group,
            first_application: &self.first_application,
            applications: &self.applications,
        };
        check_published(case, &published).expect("the claims fit the case")
    }
}

fn score(found: FigureValue) -> Option<u64> {
    match found {
        FigureValue::Score(score) => Some(score),
        _ => None,
    }
}

fn bench_keys<K: Ord + Copy>(criterion: &mut Criterion, keys: &str, season: &Season<K>) {
    let mut group = criterion.benchmark_group(format!("verify/55000x1500/{keys}"));
    group.bench_function("shape", |b| b.iter(|| black_box(season).case()));
    let case = season.case();
    group.bench_function("check", |b| b.iter(|| check(black_box(&case))));
    group.bench_function("check_published", |b| {
        b.iter(|| season.check_published(black_box(&case)));
    });
    group.bench_function("all", |b| {
        b.iter(|| {
            let case = black_box(season).case();
            check(&case).and(season.check_published(&case))
        });
    });
    group.finish();
}

fn benches(criterion: &mut Criterion) {
    let with_lottery = |merit, lot| u128::from(merit) << 64 | u128::from(lot);
    let season = Season::draw(Ties::Strict, with_lottery, applicant_proposing);
    bench_keys(criterion, "u128", &season);
    bench_keys(criterion, "grouped", &grouped(season, 10));
    let in_bytes = |merit: u64, lot: u64| {
        let mut key = [0_u8; 32];
        key[8..16].copy_from_slice(&merit.to_be_bytes());
        key[16..24].copy_from_slice(&lot.to_be_bytes());
        key
    };
    bench_keys(criterion, "bytes", &Season::draw(Ties::Strict, in_bytes, applicant_proposing));
    for (name, ties) in [("admit_all", Ties::AdmitAll), ("reject_all", Ties::RejectAll)] {
        let place = |seats: &[u32], lists: &[Vec<(u32, u64)>]| tied::placement(seats, lists, ties);
        bench_keys(criterion, name, &Season::draw(ties, |merit, _| merit, place));
    }
}

criterion_group!(verify, benches);
criterion_main!(verify);
