//! Grade sheets of pupils who leave compulsory school.

use antagning_rules::EligibilityRule;

use crate::random::Draws;

/// The columns of `grades.csv`.
pub(crate) const SUBJECTS: [&str; 19] = [
    "BI", "BL", "EN", "FY", "GE", "HI", "HKK", "IDH", "KE", "M1", "MA", "ML", "MU", "RE", "SH",
    "SL", "SV", "SVA", "TK",
];
pub(crate) const EN: usize = 2;
const HKK: usize = 6;
const M1: usize = 9;
const MA: usize = 10;
const ML: usize = 11;
const SL: usize = 15;
pub(crate) const SV: usize = 16;
pub(crate) const SVA: usize = 17;

/// Merit is counted in steps of 2.5 points, the smallest difference that grades can make.
pub(crate) const STEP: f64 = 2.5;
/// The most steps that sixteen grades give: above it a language choice is needed.
const SIXTEEN_A: u32 = 128;
/// Steps of an E.
const PASS: u32 = 4;
/// How much harder a subject is than the average one, in grades' standard deviations.
const HARDNESS: [f64; 19] = [
    0.05, -0.2, -0.05, 0.12, 0.05, 0.05, -0.25, -0.3, 0.12, 0.25, 0.3, -0.4, -0.25, 0.0, 0.05,
    -0.2, 0.0, 0.35, 0.05,
];
/// Where F ends and E, D, C, B begin, on the scale of ability.
const LIMITS: [f64; 5] = [-1.78, -0.7, -0.05, 0.63, 1.28];

/// What an eligibility rule asks for, beside a pass in Swedish.
#[derive(Debug)]
pub(crate) struct Needs {
    subjects: Vec<usize>,
    passes: u32,
}

impl Needs {
    pub(crate) fn of(rule: &EligibilityRule) -> Self {
        let column = |code: &String| SUBJECTS.iter().position(|subject| subject == code);
        let subjects = rule
            .required
            .iter()
            .filter_map(|group| column(group.first()?))
            .filter(|subject| *subject != SV)
            .collect();
        Self { subjects, passes: rule.passes }
    }

    /// The subjects asked for by name, as columns.
    pub(crate) fn subjects(&self) -> &[usize] {
        &self.subjects
    }

    /// The least merit of an eligible applicant, in steps.
    pub(crate) fn least_steps(&self) -> u32 {
        PASS * self.passes
    }
}

/// One pupil's grades, a level a subject: 0 none, 1 F, 2 E, … 6 A.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sheet([u8; 19]);

impl Sheet {
    /// The levels in the order of [`SUBJECTS`].
    pub(crate) fn levels(&self) -> [u8; 19] {
        self.0
    }

    const EMPTY: Self = Self([0; 19]);

    /// The letters in the order of [`SUBJECTS`].
    pub(crate) fn letters(&self) -> impl Iterator<Item = Option<char>> {
        self.0.iter().map(|level| match level {
            0 => None,
            1 => Some('F'),
            level => Some(char::from(b'G' - level)),
        })
    }

    /// The sheet of a pupil drawn from the whole cohort, with their merit roughly (in points),
    /// which tastes go by.
    pub(crate) fn of_anyone(draws: &mut Draws, girl: bool) -> (Self, f64) {
        let mut sheet = Self::EMPTY;
        // One in twenty came to the country late and has few grades.
        let newcomer = draws.chance(0.05);
        let by_sex = if girl { 0.21 } else { -0.21 };
        let ability = 0.86 * draws.bell() + by_sex - if newcomer { 1.3 } else { 0.0 };
        let second_language = newcomer || draws.chance(if ability < -0.8 { 0.22 } else { 0.07 });
        let language_choice = draws.chance(if ability < -1.0 { 0.45 } else { 0.9 });
        let mother_tongue = draws.chance(if second_language { 0.4 } else { 0.08 });
        let mut merit = 0.0;
        for (subject, hardness) in HARDNESS.iter().enumerate() {
            let taken = match subject {
                SV => !second_language,
                SVA => second_language,
                M1 => language_choice,
                ML => mother_tongue,
                _ => !(newcomer && draws.chance(0.25)),
            };
            if !taken {
                continue;
            }
            let shown = ability + 0.55 * draws.bell() - hardness;
            let level = 1 + LIMITS.iter().filter(|limit| shown > **limit).count();
            sheet.0[subject] = level as u8;
            if level > 1 && subject != ML {
                merit += 10.0 + STEP * (level - 2) as f64;
            }
        }
        (sheet, merit)
    }

    /// The sheet of a pupil with exactly that merit who fulfils the needs.
    ///
    /// `steps` lies between the least merit of an eligible applicant and 136 (340 points); without
    /// some subjects at most eight times the number of others.
    pub(crate) fn with_merit(
        draws: &mut Draws,
        steps: u32,
        needs: &Needs,
        without: &[usize],
    ) -> Self {
        let swedish = if draws.chance(0.24 - 0.0017 * f64::from(steps)) { SVA } else { SV };
        let language_choice =
            steps > SIXTEEN_A || draws.chance((0.25 + f64::from(steps) / 110.0).min(0.93));
        let mother_tongue =
            draws.chance(if swedish == SVA { 0.35 } else { 0.07 }) && without.is_empty();
        // Sixteen grades count, and the language choice on top. With a mother-tongue grade there
        // are seventeen, so one of those that no rule asks for stays outside, no better than the
        // worst that counts.
        let mut counting: Vec<usize> = (0..SUBJECTS.len())
            .filter(|subject| match *subject {
                _ if without.contains(subject) => false,
                SV | SVA => *subject == swedish,
                M1 => language_choice,
                ML => mother_tongue,
                _ => true,
            })
            .collect();
        let optional = |subject: usize| {
            subject != swedish && subject != M1 && !needs.subjects.contains(&subject)
        };
        let outside = mother_tongue.then(|| {
            let free: Vec<usize> =
                counting.iter().copied().filter(|subject| optional(*subject)).collect();
            free[draws.below(free.len())]
        });
        counting.retain(|subject| Some(*subject) != outside);
        let passed = Self::choose_passes(draws, steps, needs, &mut counting, swedish);

        let mut sheet = Self::EMPTY;
        for subject in &counting {
            sheet.0[*subject] = 1;
        }
        let mut extra = steps - PASS * passed.len() as u32;
        for subject in &passed {
            sheet.0[*subject] = 2;
        }
        while extra > 0 {
            let subject = passed[draws.below(passed.len())];
            // Pupils do worse in hard subjects: of two candidates the easier one wins mostly.
            let other = passed[draws.below(passed.len())];
            let easier = if HARDNESS[other] < HARDNESS[subject] { other } else { subject };
            let subject = if draws.chance(0.4) { easier } else { subject };
            if sheet.0[subject] < 6 {
                sheet.0[subject] += 1;
                extra -= 1;
            }
        }
        if let Some(outside) = outside {
            let worst = counting
                .iter()
                .filter(|subject| **subject != M1)
                .map(|subject| sheet.0[*subject])
                .min()
                .unwrap_or(1);
            sheet.0[outside] =
                if worst < 2 { 1 } else { 2 + draws.below(worst as usize - 1) as u8 };
        }
        sheet.forget_some_failures(draws, if steps < 60 { 0.35 } else { 0.1 });
        sheet
    }

    /// The sheet of a pupil from preparatory dance education, with fourteen grades that the dance
    /// rule scales up to that merit. `steps` is a multiple of eight from 80.
    pub(crate) fn of_dancer(draws: &mut Draws, steps: u32, needs: &Needs) -> Self {
        Self::with_merit(draws, steps / 8 * 7, needs, &[HKK, SL, M1, ML])
    }

    /// The sheet with at least an E in that subject.
    pub(crate) fn with_pass(mut self, subject: usize) -> Self {
        self.0[subject] = self.0[subject].max(2);
        self
    }

    /// The letter in a subject, when it has one.
    pub(crate) fn letter(&self, subject: usize) -> Option<char> {
        self.letters().nth(subject).flatten()
    }

    /// The sheet as it was while that subject was not passed.
    pub(crate) fn before_passing(mut self, subject: usize) -> Self {
        self.0[subject] = 1;
        self
    }

    /// Which of the counting subjects are passed.
    fn choose_passes(
        draws: &mut Draws,
        steps: u32,
        needs: &Needs,
        counting: &mut [usize],
        swedish: usize,
    ) -> Vec<usize> {
        let least = needs.passes.max(steps.div_ceil(8));
        let most = (steps / PASS).min(counting.len() as u32);
        let steps_each = 4.35 + 0.6 * draws.unit();
        let wanted = (f64::from(steps) / steps_each) as u32;
        let count = wanted.max(least).min(most) as usize;
        // Needed subjects first, then in order of how well the pupil manages them.
        let mut order: Vec<(bool, f64, usize)> = counting
            .iter()
            .map(|&subject| {
                let needed = subject == swedish || needs.subjects.contains(&subject);
                // A language choice must not be lost where only it lifts the merit high enough.
                let needed = needed || subject == M1 && steps > SIXTEEN_A;
                (!needed, HARDNESS[subject] + 0.35 * draws.bell(), subject)
            })
            .collect();
        order.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        order.truncate(count);
        order.into_iter().map(|(_, _, subject)| subject).collect()
    }

    /// The sheet of a pupil who is eligible for no national programme.
    pub(crate) fn of_ineligible(draws: &mut Draws) -> Self {
        let mut sheet = Self::EMPTY;
        let swedish = if draws.chance(0.45) { SVA } else { SV };
        let mut failed =
            [(MA, draws.chance(0.78)), (EN, draws.chance(0.42)), (swedish, draws.chance(0.45))];
        if failed.iter().all(|(_, failed)| !failed) {
            failed[0].1 = true;
        }
        let weak = draws.chance(0.2);
        let pass = if weak { 0.12 + 0.4 * draws.unit() } else { 0.55 + 0.45 * draws.unit() };
        let better = if weak { 0.08 } else { 0.26 + 0.3 * draws.unit() };
        let language_choice = draws.chance(0.45);
        let mother_tongue = draws.chance(if swedish == SVA { 0.4 } else { 0.08 });
        for (subject, hardness) in HARDNESS.iter().enumerate() {
            let passed = match subject {
                SV | SVA if subject != swedish => continue,
                M1 if !language_choice => continue,
                ML if !mother_tongue => continue,
                _ => match failed.iter().find(|(core, _)| *core == subject) {
                    Some((_, failed)) => !failed,
                    None => draws.chance(pass - 0.15 * hardness),
                },
            };
            let mut level = if passed { 2 } else { 1 };
            while passed && level < 6 && draws.chance(better) {
                level += 1;
            }
            sheet.0[subject] = level;
        }
        sheet.forget_some_failures(draws, 0.3);
        sheet
    }

    /// Some subjects that a pupil did not pass have no grade at all.
    fn forget_some_failures(&mut self, draws: &mut Draws, share: f64) {
        for (subject, level) in self.0.iter_mut().enumerate() {
            // Swedish stays, so that every pupil has a column of the two filled.
            if *level == 1 && subject != SV && subject != SVA && draws.chance(share) {
                *level = 0;
            }
        }
    }
}
