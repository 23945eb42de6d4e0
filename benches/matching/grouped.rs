//! Deferred acceptance with quota groups: the season without any, with one programme in ten divided
//! among two to four groups, and with all of them divided; building the market, and asking for
//! every reserve list.
//!
//! Times on a shared machine vary by half from run to run; read ratios within one run.

#![allow(missing_docs, reason = "criterion's macros make public items")]

mod checked;
mod generator;
mod grouped_generator;
#[path = "../../tests/matching/grouped/textbook.rs"]
mod grouped_textbook;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use std::hint::black_box;
use std::time::Duration;

use antagning_matching::{
    DeferredAcceptance, ProgrammeIx, deferred_acceptance, programme_proposing,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn bench(criterion: &mut Criterion) {
    let plain = generator::season();
    let tenth = grouped_generator::grouped(&plain, 10);
    let all = grouped_generator::grouped(&plain, 1);
    let expected =
        [plain.deferred_acceptance(), tenth.deferred_acceptance(), all.deferred_acceptance()];

    let mut group = criterion.benchmark_group("grouped");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    let markets = [("none", plain.market()), ("tenth", tenth.market()), ("all", all.market())];
    for ((name, market), expected) in markets.into_iter().zip(expected) {
        let market = market.expect("a sound market");
        group.throughput(Throughput::Elements(market.choices() as u64));
        let mut scratch = DeferredAcceptance::new(&market);
        checked::assert_placements(&scratch.run(&market), &expected);
        group.bench_function(format!("run/{name}"), |bencher| {
            bencher.iter(|| {
                black_box(scratch.run(&market));
            });
        });
        group.bench_function(format!("programme_proposing/{name}"), |bencher| {
            bencher.iter(|| programme_proposing(&market));
        });
        let matching = deferred_acceptance(&market);
        let programmes = (0..market.programmes() as u32).map(ProgrammeIx::new);
        group.bench_function(format!("reserves/{name}"), |bencher| {
            bencher
                .iter(|| programmes.clone().map(|q| matching.reserves(q).count()).sum::<usize>());
        });
    }
    group.bench_function("add_and_build/none", |bencher| bencher.iter(|| plain.market()));
    group.bench_function("add_and_build/tenth", |bencher| bencher.iter(|| tenth.market()));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
