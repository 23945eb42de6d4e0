//! Programme-proposing deferred acceptance.

#![allow(missing_docs, reason = "criterion's macros make public items")]

mod checked;
mod generator;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use antagning_matching::{ApplicantIx, deferred_acceptance, programme_proposing};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn bench(criterion: &mut Criterion) {
    let instance = generator::season();
    let market = instance.market().expect("a sound market");
    let optimal = deferred_acceptance(&market);
    checked::assert_placements(&optimal, &instance.deferred_acceptance());
    let matching = programme_proposing(&market);
    // The textbook proposes from the other side, so this can only be compared by theorem: the same
    // applicants are placed, and nobody is better off.
    for applicant in (0..market.applicants()).map(|number| ApplicantIx::new(number as u32)) {
        let (best, worst) = (optimal.choice_of(applicant), matching.choice_of(applicant));
        assert!(best.is_some() == worst.is_some() && best <= worst);
    }

    let mut group = criterion.benchmark_group("programme_proposing");
    group.sample_size(20);
    group.throughput(Throughput::Elements(market.choices() as u64));
    group.bench_function("ranking", |bencher| bencher.iter(|| programme_proposing(&market)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
