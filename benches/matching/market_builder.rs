//! Checking a market and building its index, once per season.

#![allow(missing_docs, reason = "criterion's macros make public items")]

mod checked;
mod generator;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use antagning_matching::deferred_acceptance;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn bench(criterion: &mut Criterion) {
    let instance = generator::season();
    let market = instance.market().expect("a sound market");
    checked::assert_placements(&deferred_acceptance(&market), &instance.deferred_acceptance());

    let mut group = criterion.benchmark_group("market_builder");
    group.sample_size(20);
    group.throughput(Throughput::Elements(market.choices() as u64));
    group.bench_function("add_and_build", |bencher| bencher.iter(|| instance.market()));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
