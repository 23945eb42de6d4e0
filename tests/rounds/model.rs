//! A small random season in plain vectors, and its files.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The seed of every lottery.
pub(crate) const SEED: &str = "kastanj";

/// The sixteen subjects that everybody has a grade in.
pub(crate) const SUBJECTS: [&str; 16] = [
    "SV", "EN", "MA", "BI", "FY", "KE", "TK", "GE", "HI", "RE", "SH", "BL", "HKK", "IDH", "MU",
    "SL",
];

/// Numbers that a seed decides (Steele, Lea and Flood, *Fast Splittable Pseudorandom Number
/// Generators*, 2014: SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % sides as u64) as usize
    }

    /// Whether something happens that does so in `of` times out of a hundred.
    pub(crate) fn happens(&mut self, of: usize) -> bool {
        self.roll(100) < of
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    /// The numbers below `count` in an order by chance.
    pub(crate) fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        (1..count).rev().for_each(|last| order.swap(last, self.roll(last + 1)));
        order
    }
}

/// What no answer stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    Wait,
    Accept,
    Decline,
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) no_answer: NoAnswer,
    pub(crate) programmes: Vec<Programme>,
    pub(crate) applicants: Vec<Applicant>,
}

#[derive(Clone, Debug)]
pub(crate) struct Programme {
    pub(crate) seats: u32,
    /// A group by test, of a seat at most, before the rest; what it does not fill passes on.
    pub(crate) is_grouped: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Applicant {
    pub(crate) grades: [char; 16],
    /// By number, most wanted first; empty for those who apply late, if ever.
    pub(crate) list: Vec<usize>,
    /// Received in second hand everywhere.
    pub(crate) second_hand: bool,
    /// Points in every test.
    pub(crate) points: usize,
}

impl Model {
    /// A season of a handful of applicants to some three programmes.
    pub(crate) fn new(dice: &mut Dice, with_groups: bool) -> Self {
        let programme = |dice: &mut Dice| Programme {
            seats: 1 + dice.roll(2) as u32,
            is_grouped: with_groups && dice.happens(60),
        };
        let programmes: Vec<_> = (0..2 + dice.roll(3)).map(|_| programme(dice)).collect();
        let applicant = |dice: &mut Dice| {
            let mut grades = [dice.pick(&['A', 'B', 'C', 'C', 'D', 'E']); 16];
            if dice.happens(25) {
                grades[dice.roll(3)] = 'F';
            }
            grades[3 + dice.roll(13)] = dice.pick(&['A', 'C', 'E']);
            let mut list = dice.shuffled(programmes.len());
            list.truncate(if dice.happens(20) { 0 } else { programmes.len() - dice.roll(2) });
            let second_hand = dice.happens(20) && !list.is_empty();
            Applicant { grades, list, second_hand, points: dice.roll(10) }
        };
        // Somebody has a list: a file without a row is a fault.
        let mut applicants: Vec<_> = (0..5 + dice.roll(8)).map(|_| applicant(dice)).collect();
        applicants[0].list = vec![0];
        let no_answer =
            dice.pick(&[NoAnswer::Wait, NoAnswer::Wait, NoAnswer::Accept, NoAnswer::Decline]);
        Self { no_answer, programmes, applicants }
    }

    /// Writes every file but `rules.toml` and `events.csv`.
    pub(crate) fn write(&self, season: &Path) {
        let mut programmes = "programme_id,capacity,study_path_code\n".to_owned();
        let mut groups =
            "programme_id,quota_group,precedence,seats,ranked_by,unfilled_to\n".to_owned();
        for (p, programme) in self.programmes.iter().enumerate() {
            writeln!(programmes, "p{p},{},NA", programme.seats).unwrap();
            if programme.is_grouped {
                let rest = programme.seats - 1;
                write!(groups, "p{p},test,1,1,test,merit\np{p},merit,2,{rest},merit,\n").unwrap();
            }
        }
        let mut applicants = "applicant_id\n".to_owned();
        let mut choices = "applicant_id,choice_rank,programme_id\n".to_owned();
        let mut grades = format!("applicant_id,{}\n", SUBJECTS.join(","));
        let mut decisions = "applicant_id,decision,reason\n".to_owned();
        let mut tests = "applicant_id,programme_id,points\n".to_owned();
        for (a, applicant) in self.applicants.iter().enumerate() {
            writeln!(applicants, "a{a}").unwrap();
            let cells = applicant.grades.map(String::from);
            writeln!(grades, "a{a},{}", cells.join(",")).unwrap();
            for (rank, programme) in (1..).zip(&applicant.list) {
                writeln!(choices, "a{a},{rank},p{programme}").unwrap();
            }
            if applicant.second_hand {
                writeln!(decisions, "a{a},second_hand,far").unwrap();
            }
            for (p, programme) in self.programmes.iter().enumerate() {
                if programme.is_grouped && applicant.points > 3 {
                    writeln!(tests, "a{a},p{p},{}", applicant.points).unwrap();
                }
            }
        }
        let write = |name: &str, text: String| {
            if text.lines().count() > 1 {
                fs::write(season.join(name), text).unwrap();
            }
        };
        write("programmes.csv", programmes);
        write("quota_groups.csv", groups);
        write("applicants.csv", applicants);
        write("choices.csv", choices);
        write("grades.csv", grades);
        write("decisions.csv", decisions);
        write("test_scores.csv", tests);
    }

    /// `rules.toml` of a round.
    pub(crate) fn rules(&self, round: &str) -> String {
        let no_answer = match self.no_answer {
            NoAnswer::Wait => "keep_and_wait",
            NoAnswer::Accept => "accept",
            NoAnswer::Decline => "decline",
        };
        format!(
            "round = \"{round}\"\n[ranking]\nkeys = [\"on_time\", \"reception\", \"merit\", \
             \"lottery\"]\n[lottery]\nseed = \"{SEED}\"\n[reserve]\nno_answer = \"{no_answer}\"\n\
             phone_from = \"2025-08-15\"\n"
        )
    }
}
