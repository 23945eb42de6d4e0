//! A market like a real season's, from a seed: whole numbers only, the same on every machine.
//!
//! Lists of 1 to 8 choices (mean 5), half of them in the applicant's own region of 50 programmes;
//! some programmes are wanted far more than others, and those with high merit want them more.
//! Merit comes in steps of 2.5 and a lottery number parts equals. One programme in 25 adds a test
//! score of its own. Seats come to 1.05 × applicants, most of them where the demand is.

use super::textbook::Instance;

const REGION: usize = 50;
/// Lists by length: of every eight applicants, so many choices. Mean 5.
const LENGTHS: [usize; 8] = [1, 3, 4, 5, 5, 6, 8, 8];
/// The merit of a grade-A student in every subject, in steps of 2.5.
const TOP_MERIT: u64 = 136;

/// The published generator SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }
}

/// The size of the season that the targets speak of, multiplied by `ANTAGNING_BENCH_SCALE`
/// (1 when unset; 10 and 100 stand in the documentation).
pub(crate) fn season() -> Instance {
    let scale = match std::env::var("ANTAGNING_BENCH_SCALE") {
        Ok(text) => text.parse().expect("ANTAGNING_BENCH_SCALE is a whole number"),
        Err(_) => 1,
    };
    generate(55_000 * scale, 1_500 * scale, 2025)
}

fn generate(applicants: usize, programmes: usize, seed: u64) -> Instance {
    let mut random = Random(seed);
    let mut lottery: Vec<u64> = (0..applicants as u64).collect();
    for last in (1..applicants).rev() {
        lottery.swap(last, random.below(last as u64 + 1) as usize);
    }
    let lists: Vec<_> = lottery
        .iter()
        .map(|&lot| {
            // The sum of four dice is a bell: most are in the middle, few at the ends.
            let merit = 32 + (0..4).map(|_| random.below(27)).sum::<u64>();
            list(&mut random, programmes, merit.min(TOP_MERIT), lot)
        })
        .collect();
    let mut wanted = vec![0; programmes];
    for &(programme, _) in lists.iter().filter_map(|list| list.first()) {
        wanted[programme] += 1;
    }
    // Four fifths of the seats follow the first choices, the rest is spread evenly.
    let seats = wanted
        .iter()
        .map(|&first: &usize| (first * 84 / 100 + applicants * 21 / (programmes * 100)) as u32)
        .collect();
    Instance { seats, lists }
}

fn list(random: &mut Random, programmes: usize, merit: u64, lot: u64) -> Vec<(usize, u64)> {
    let length = LENGTHS[random.below(8) as usize].min(programmes);
    let home = random.below(programmes as u64) as usize / REGION * REGION;
    let mut list: Vec<(usize, u64)> = Vec::with_capacity(length);
    while list.len() < length {
        // The lower the number in its region, the more wanted: the least of two or three draws,
        // three for those whose merit is above the middle.
        let draws = if merit + random.below(40) > 104 { 3 } else { 2 };
        let within = (0..draws).map(|_| random.below(REGION as u64)).min().unwrap_or(0) as usize;
        let region = if random.below(2) == 0 {
            home
        } else {
            random.below(programmes as u64) as usize / REGION * REGION
        };
        let programme = (region + within).min(programmes - 1);
        if list.iter().all(|&(other, _)| other != programme) {
            let test = if programme % 25 == 7 { random.below(60) } else { 0 };
            list.push((programme, (merit + test) << 32 | lot));
        }
    }
    list
}
