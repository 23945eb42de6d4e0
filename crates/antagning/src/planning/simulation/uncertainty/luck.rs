//! The luck of a person in a draw: numbers that follow from what they are for, and from nothing else.

use antagning_matching::split_mix;
use antagning_rules::{Lottery, LotteryScope};

/// What numbers are drawn for; each has a stream of its own.
#[derive(Clone, Copy, Debug)]
enum Purpose {
    Lot,
    Copies,
    List,
    NoShow,
}

/// Turns ids into the numbers that they are drawn by.
#[derive(Debug)]
pub(super) struct Hash(Lottery);

impl Hash {
    pub(super) fn new() -> Self {
        Self(Lottery::new("", LotteryScope::Applicant))
    }

    /// The first 8 bytes of SHA-256 over a line feed and the id, whatever else there is.
    pub(super) fn of(&self, id: &str) -> u64 {
        self.0.number(id, "")
    }
}

/// The number of somebody who stands in a draw more than once: 0 is the applicant.
pub(super) fn copy_of(person: u64, copy: u32) -> u64 {
    match copy {
        0 => person,
        copy => split_mix(person, u64::from(copy)),
    }
}

/// All luck of one draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Luck {
    stream: u64,
}

/// 2⁶⁴ · e⁻¹ · (1/0! + … + 1/k!), rounded down, for k = 0, 1, 2 …: below the first there is nobody,
/// below the second one, and so on.
const POISSON: [u64; 20] = [
    0x5e2d_58d8_b3bc_df1a,
    0xbc5a_b1b1_6779_be35,
    0xeb71_5e1d_c158_2dc2,
    0xfb23_9797_34a2_52f1,
    0xff10_25f5_9174_dc3d,
    0xffd9_0f3b_a405_5e19,
    0xfffa_8b71_fc72_c913,
    0xffff_540c_0914_b3c9,
    0xffff_ed1f_4aa8_f120,
    0xffff_fe21_6e64_1462,
    0xffff_ffd4_d85d_3183,
    0xffff_fffc_6da2_62b4,
    0xffff_ffff_ba12_d178,
    0xffff_ffff_fb07_c64c,
    0xffff_ffff_ffab_8ea5,
    0xffff_ffff_fffa_be22,
    0xffff_ffff_ffff_b11a,
    0xffff_ffff_ffff_fba1,
    0xffff_ffff_ffff_ffc5,
    0xffff_ffff_ffff_fffd,
];

impl Luck {
    pub(super) fn new(seed: u64, draw: u64) -> Self {
        Self { stream: split_mix(seed, draw) }
    }

    fn stream(self, purpose: Purpose) -> u64 {
        split_mix(self.stream, purpose as u64)
    }

    fn number(self, purpose: Purpose, person: u64) -> u64 {
        split_mix(self.stream(purpose), person)
    }

    /// The lottery numbers, lower first: one number a person, or with the number of a programme one
    /// for each. Different persons have different ones.
    pub(super) fn lots(self, programme: Option<u64>) -> impl Fn(u64) -> u64 + Copy {
        let stream = self.stream(Purpose::Lot);
        let stream = programme.map_or(stream, |programme| split_mix(stream, programme));
        move |person| split_mix(stream, person)
    }

    /// How often an applicant is there: Poisson with mean 1.
    pub(super) fn copies(self, person: u64) -> u32 {
        let number = self.number(Purpose::Copies, person);
        POISSON.partition_point(|threshold| *threshold <= number) as u32
    }

    /// The numbers that a person's list is drawn by.
    pub(super) fn list(self, person: u64) -> impl Fn(u64) -> u64 {
        let stream = self.number(Purpose::List, person);
        move |step| split_mix(stream, step)
    }

    /// Whether a person does not turn up, of whom so many in a hundred do not.
    pub(super) fn stays_away(self, person: u64, percent: u32) -> bool {
        below(self.number(Purpose::NoShow, person), 100) < u128::from(percent)
    }
}

/// A number from 0 up to but not including a bound of at most 2⁶⁴, from one of 64 bits.
pub(super) fn below(number: u64, bound: u128) -> u128 {
    (u128::from(number) * bound) >> 64
}

#[cfg(test)]
mod tests {
    use super::{Hash, Luck, POISSON, below, copy_of};

    #[test]
    fn the_thresholds_are_those_of_the_formula() {
        let (mut sum, mut term) = (0.0_f64, (-1.0_f64).exp());
        for (k, threshold) in (1..).zip(POISSON) {
            sum += term;
            term /= f64::from(k);
            assert!((threshold as f64 / 2_f64.powi(64) - sum).abs() < 1e-15, "{k}");
        }
        assert!(term < 2_f64.powi(-60));
        assert!(POISSON.is_sorted());
    }

    /// χ² with six classes (0, 1, 2, 3, 4, more): 5 degrees of freedom, 99.9 % below 20.5.
    #[test]
    fn copies_come_as_often_as_poisson_says() {
        let chi = |copies: &dyn Fn(u64) -> u32| {
            let mut seen = [0_u32; 6];
            (0..60_000).for_each(|person| seen[copies(person).min(5) as usize] += 1);
            let one = (-1.0_f64).exp();
            let mut share = [one, one, one / 2.0, one / 6.0, one / 24.0, 0.0];
            share[5] = 1.0 - share.iter().sum::<f64>();
            let part = |(seen, share): (u32, f64)| {
                let expected = 60_000.0 * share;
                (f64::from(seen) - expected).powi(2) / expected
            };
            seen.into_iter().zip(share).map(part).sum::<f64>()
        };
        for draw in 0..3 {
            let luck = Luck::new(7, draw);
            let found = chi(&|person| luck.copies(person));
            assert!(found < 20.5, "{found}");
        }
        // Drawing with replacement from two would be too even.
        let luck = Luck::new(7, 0);
        assert!(chi(&|person| luck.copies(person).min(2)) > 1_000.0);
    }

    #[test]
    fn so_many_in_a_hundred_stay_away() {
        let luck = Luck::new(1, 1);
        let away = |percent| (0..100_000).filter(|p| luck.stays_away(*p, percent)).count();
        assert_eq!((away(0), away(100)), (0, 100_000));
        let some = away(7);
        // Four standard deviations.
        assert!(some.abs_diff(7_000) < 4 * 81, "{some}");
        // Whoever stays away of few stays away of many.
        assert!((0..9_999).all(|p| !luck.stays_away(p, 3) || luck.stays_away(p, 8)));
    }

    #[test]
    fn luck_follows_from_what_it_is_for_alone() {
        let (one, other) = (Luck::new(3, 4), Luck::new(3, 5));
        let lots = one.lots(None);
        assert_eq!(lots(9), Luck::new(3, 4).lots(None)(9));
        assert_ne!(lots(9), other.lots(None)(9));
        assert_ne!(lots(9), one.lots(Some(1))(9));
        assert_ne!(one.list(9)(0), one.list(9)(1));
        assert_eq!(copy_of(9, 0), 9);
        assert_ne!(copy_of(9, 1), copy_of(9, 2));
        // printf '\nA17' | sha256sum | cut -c1-16
        assert_eq!(format!("{:016x}", Hash::new().of("A17")), "e24e8d5cb8c53c23");
        assert_eq!([below(0, 10), below(u64::MAX, 10)], [0, 9]);
    }
}
