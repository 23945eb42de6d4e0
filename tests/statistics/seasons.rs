//! Small random seasons with everything that statistics tell apart.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A sequence of numbers that is the same everywhere (xorshift).
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}

/// The subjects of a sheet of grades.
pub(crate) const SUBJECTS: [&str; 13] =
    ["SV", "EN", "MA", "BI", "FY", "KE", "GE", "HI", "RE", "SH", "BL", "IDH", "MU"];
const PATHS: [&str; 6] = ["NA", "SA", "BA", "EE", "ES", "VO"];

/// Writes a season with so many applicants and offers; the last applicant may be left out.
pub(crate) fn write(
    folder: &Path,
    seed: u64,
    applicants: usize,
    offers: usize,
    without_last: bool,
) {
    let mut numbers = Numbers::new(seed);
    fs::create_dir_all(folder).unwrap();
    let mut programmes =
        "programme_id,capacity,name,school,municipality_code,study_path_code,provider\n".to_owned();
    for offer in 0..offers {
        let capacity = 1 + numbers.below(2 * applicants / offers + 2);
        let area = numbers.below(3).min(numbers.below(4));
        let path = PATHS[numbers.below(PATHS.len())];
        let _ = writeln!(
            programmes,
            "P{offer:02},{capacity},{path} {offer},School {area},128{area},{path},municipal"
        );
    }
    let mut people = "applicant_id,home_municipality,birth_year,sex,protected\n".to_owned();
    let mut choices = "applicant_id,choice_rank,programme_id\n".to_owned();
    let mut grades = format!("applicant_id,{}\n", SUBJECTS.join(","));
    for applicant in 0..applicants {
        let home = numbers.below(4).min(numbers.below(6));
        let sex = ["F", "M", "F", "M", "F", "M", ""][numbers.below(7)];
        let protected = u8::from(numbers.below(40) == 0);
        let length = numbers.below(5).min(4);
        let first = numbers.below(offers).min(numbers.below(offers));
        let level = numbers.below(5);
        let cells: Vec<&str> = SUBJECTS
            .iter()
            .map(|_| ["A", "B", "C", "D", "E", "F"][(level + numbers.below(3)).min(5)])
            .collect();
        if without_last && applicant + 1 == applicants {
            continue;
        }
        let _ = writeln!(people, "A{applicant:04},128{home},2009,{sex},{protected}");
        let _ = writeln!(grades, "A{applicant:04},{}", cells.join(","));
        for rank in 0..length.min(offers) {
            let offer = (first + rank * (1 + offers / 3)) % offers;
            let line = format!("A{applicant:04},{},P{offer:02}\n", rank + 1);
            // A stride may come back to an offer: the list ends there.
            if choices.contains(&format!("A{applicant:04},")) && repeats(first, rank, offers) {
                break;
            }
            choices += &line;
        }
    }
    for (name, text) in [
        ("programmes.csv", programmes),
        ("applicants.csv", people),
        ("choices.csv", choices),
        ("grades.csv", grades),
        (
            "rules.toml",
            "[ranking]\nkeys = [\"merit\", \"lottery\"]\n[lottery]\nseed = \"s\"\n".into(),
        ),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn repeats(first: usize, rank: usize, offers: usize) -> bool {
    let at = |rank: usize| (first + rank * (1 + offers / 3)) % offers;
    (0..rank).any(|earlier| at(earlier) == at(rank))
}

/// Runs the season in `folder` and writes its statistics beside it.
pub(crate) fn publish(folder: &Path, out: &Path, threshold: u32) -> antagning::Statistics {
    let season = antagning::Season::open(folder).unwrap();
    let run = out.with_extension("run");
    let run = antagning::Run::open(&run).or_else(|_| season.run(&run)).unwrap();
    let suppression = antagning::Suppression::below(threshold);
    let statistics = antagning::Statistics::new(&season, &run, suppression).unwrap();
    statistics.write(out).unwrap();
    statistics
}
