//! The class at the cutoff admitted whole or rejected whole, beside the lottery: the season with
//! its lots, and the same without them, where merit in steps of 2.5 ties nearly everybody.
//!
//! Times on a shared machine vary by half from run to run; read ratios within one run.

#![allow(missing_docs, reason = "criterion's macros make public items")]

mod checked;
mod generator;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;
#[path = "../../tests/matching/tied/textbook.rs"]
mod tied_textbook;

use std::hint::black_box;
use std::time::Duration;

use antagning_matching::{ApplicantIx, DeferredAcceptance, TieRule, TiedDeferredAcceptance};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn bench(criterion: &mut Criterion) {
    let lottery = generator::season();
    let mut merit = lottery.clone();
    merit.lists.iter_mut().flatten().for_each(|(_, key)| *key >>= 32);
    let strict = lottery.market().expect("a sound market");
    let tied = merit.builder().build_with_ties().expect("a sound market");

    let mut group = criterion.benchmark_group("tied");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::Elements(tied.choices() as u64));
    let mut scratch = DeferredAcceptance::new(&strict);
    checked::assert_placements(&scratch.run(&strict), &lottery.deferred_acceptance());
    group.bench_function("run/lottery", |bencher| {
        bencher.iter(|| {
            black_box(scratch.run(&strict));
        });
    });
    let mut scratch = TiedDeferredAcceptance::new(&tied);
    for (name, rule) in [("admit_all", TieRule::AdmitAll), ("reject_all", TieRule::RejectAll)] {
        let matching = scratch.run(&tied, rule);
        let applicants = (0..tied.applicants() as u32).map(ApplicantIx::new);
        let found: Vec<_> = applicants.map(|applicant| matching.choice_of(applicant)).collect();
        let expected = tied_textbook::tied_deferred_acceptance(&merit, rule);
        assert!(found == expected, "{name} differs from the textbook");
        group.bench_function(format!("run/{name}"), |bencher| {
            bencher.iter(|| {
                black_box(scratch.run(&tied, rule));
            });
        });
    }
    group.bench_function("add_and_build/lottery", |bencher| bencher.iter(|| lottery.market()));
    group.bench_function("add_and_build/ties", |bencher| {
        bencher.iter(|| merit.builder().build_with_ties());
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
