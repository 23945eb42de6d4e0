//! Applicant-proposing deferred acceptance: the streaming floor, the library with and without its
//! scratch memory, and the textbook.
//!
//! Times on a shared machine vary by half from run to run; read ratios within one run.
//! `ANTAGNING_BENCH_SCALE=10` and `=100` measure larger seasons.

#![allow(missing_docs, reason = "criterion's macros make public items")]

mod checked;
mod floor;
mod generator;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use std::hint::black_box;
use std::time::Duration;

use antagning_matching::{DeferredAcceptance, deferred_acceptance};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn bench(criterion: &mut Criterion) {
    let instance = generator::season();
    let market = instance.market().expect("a sound market");
    let expected = instance.deferred_acceptance();
    let matching = deferred_acceptance(&market);
    checked::assert_placements(&matching, &expected);
    let mut scratch = DeferredAcceptance::new(&market);
    checked::assert_placements(&scratch.run(&market), &expected);
    let floor = floor::Floor::new(&matching);

    let mut group = criterion.benchmark_group("deferred_acceptance");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::Elements(market.choices() as u64));
    group.bench_function("floor", |bencher| bencher.iter(|| floor.measured_floor()));
    group.bench_function("bitmap_with_scratch", |bencher| {
        bencher.iter(|| {
            black_box(scratch.run(&market));
        });
    });
    group.bench_function("bitmap", |bencher| bencher.iter(|| deferred_acceptance(&market)));
    group.bench_function("textbook", |bencher| bencher.iter(|| instance.deferred_acceptance()));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
