//! Markets with nothing to draw, and what scratch memory promises.

use antagning_matching::{
    ApplicantIx, Cutoff, Lotteries, LotteryDraw, MarketBuilder, ProgrammeIx, SplitMixLottery,
    TieBreaking,
};

use super::broken::lotteries;
use crate::textbook::Instance;
use crate::tied::instances::in_classes;

const LOTTERY: TieBreaking = TieBreaking::Multiple;

#[test]
fn an_empty_market_has_nothing_to_draw() {
    let lotteries = lotteries(&Instance { seats: Vec::new(), lists: Vec::new() });
    let mut scratch = LotteryDraw::new(&lotteries);
    assert_eq!(scratch.run(&lotteries, SplitMixLottery::new(1, 0, LOTTERY)).moved().len(), 0);
}

#[test]
fn programmes_without_seats_or_applicants_and_empty_lists() {
    let lists = vec![vec![(0, 1)], vec![], vec![(0, 1)]];
    let lotteries = lotteries(&Instance { seats: vec![0, 3], lists });
    let mut scratch = LotteryDraw::new(&lotteries);
    let matching = scratch.run(&lotteries, SplitMixLottery::new(1, 0, LOTTERY));
    assert!((0..3).all(|applicant| matching.choice_of(ApplicantIx::new(applicant)).is_none()));
    let [none, empty] = [0, 1].map(ProgrammeIx::new);
    assert_eq!(matching.cutoff(none, None), Cutoff::NoneAdmitted);
    assert!(matching.is_full(none, None) && !matching.is_full(empty, None));
    assert_eq!(matching.last_admitted(empty, None), None);
}

/// One class longer than a word of the bitmap, and the wide words of a very long ranking.
#[test]
fn very_long_classes() {
    let applicants = 70_000;
    let mut builder = MarketBuilder::new();
    let programme = builder.add_programme(10_000);
    (0..applicants).for_each(|_| _ = builder.add_applicant([(programme, 0)]));
    let lotteries = Lotteries::new(&builder.build_with_ties().expect("a sound market"));
    let mut scratch = LotteryDraw::new(&lotteries);
    let lottery = SplitMixLottery::new(3, 0, LOTTERY);
    let matching = scratch.run(&lotteries, lottery);
    let number = |applicant| matching.number(ApplicantIx::new(applicant), programme);
    let last = matching.last_admitted(programme, None).expect("10 000 are admitted");
    let last = matching.number(last, programme);
    let admitted = (0..applicants).filter(|&a| matching.choice_of(ApplicantIx::new(a)).is_some());
    assert_eq!(admitted.clone().count(), 10_000);
    assert!(admitted.clone().all(|applicant| number(applicant) <= last));
    assert_eq!((0..applicants).filter(|&applicant| number(applicant) <= last).count(), 10_000);
}

#[test]
fn nothing_is_allocated_from_the_second_draw_on() {
    let lotteries = lotteries(&in_classes(900, 40, [300, 100]));
    let mut scratch = LotteryDraw::new(&lotteries);
    scratch.run(&lotteries, SplitMixLottery::new(1, 0, LOTTERY));
    let mut moved = 0;
    let allocated = allocation_counter::measure(|| {
        for draw in 1..50 {
            moved += scratch.run(&lotteries, SplitMixLottery::new(1, draw, LOTTERY)).moved().len();
        }
    });
    assert_eq!(allocated.count_total, 0);
    assert!(moved > 0);
}
