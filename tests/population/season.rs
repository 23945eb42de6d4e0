//! A season read back from disk, checked against the contract and admitted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use antagning_matching::{MarketBuilder, deferred_acceptance};
use antagning_rules::{DanceRounding, Grade, Lottery, LotteryScope, RuleSet};

/// A row of a CSV file, from column to field.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a CSV file.
pub(crate) fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let fields = |record: csv::StringRecord| {
        headers.iter().map(String::from).zip(record.iter().map(String::from)).collect()
    };
    reader.records().map(|record| fields(record.unwrap())).collect()
}

/// The content of every file of a season, in order of their names.
pub(crate) fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file() && !path.ends_with("README.md"));
    files.map(|path| (path.file_name().unwrap().into(), std::fs::read(&path).unwrap())).collect()
}

pub(crate) struct Programme {
    pub(crate) id: String,
    pub(crate) seats: u32,
    pub(crate) code: String,
}

pub(crate) struct Applicant {
    pub(crate) id: String,
    pub(crate) home: String,
    pub(crate) sex: String,
    /// Merit in points.
    pub(crate) merit: f64,
    /// The eligibility rules of national programmes that they fulfil.
    pub(crate) eligible: Vec<usize>,
    /// Indices of programmes in the order of choice.
    pub(crate) list: Vec<usize>,
}

pub(crate) struct Season {
    pub(crate) programmes: Vec<Programme>,
    pub(crate) applicants: Vec<Applicant>,
    lottery_seed: String,
}

/// Which applicants a programme admits, and whether it turned an eligible one away.
#[derive(Default)]
pub(crate) struct Admitted {
    pub(crate) applicants: Vec<usize>,
    pub(crate) reserves: usize,
    pub(crate) vacancies: u32,
    /// Reserves with the same merit as the last admitted.
    pub(crate) lost_the_draw: usize,
}

impl Season {
    /// Reads a season and asserts what the contract asks of it.
    pub(crate) fn read(folder: &Path) -> Self {
        let rules = RuleSet::built_in("gymnasium-2025").unwrap();
        let rules = rules.grades().unwrap();
        let programmes: Vec<Programme> = rows(&folder.join("programmes.csv"))
            .iter()
            .map(|row| {
                assert!(rules.study_path(&row["study_path_code"]).is_some(), "{row:?}");
                assert_eq!(row["municipality_code"].len(), 4, "{row:?}");
                assert!(["municipal", "independent"].contains(&row["provider"].as_str()));
                Programme {
                    id: row["programme_id"].clone(),
                    seats: row["capacity"].parse().unwrap(),
                    code: row["study_path_code"].clone(),
                }
            })
            .collect();
        assert!(programmes.is_sorted_by(|a, b| a.id < b.id), "ids sort as text and repeat never");

        let mut lists: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in rows(&folder.join("choices.csv")) {
            let programme =
                programmes.binary_search_by(|p| p.id.as_str().cmp(&row["programme_id"]));
            let list = lists.entry(row["applicant_id"].clone()).or_default();
            list.push(programme.unwrap_or_else(|_| panic!("unknown programme in {row:?}")));
            assert_eq!(row["choice_rank"], list.len().to_string(), "ranks without gaps");
        }

        // Applicants from other Nordic countries have no grade in Swedish.
        let decisions = folder.join("decisions.csv");
        let decisions = if decisions.exists() { rows(&decisions) } else { Vec::new() };
        let nordic: BTreeSet<&str> = decisions
            .iter()
            .filter(|row| row["decision"] == "nordic_applicant")
            .map(|row| row["applicant_id"].as_str())
            .collect();

        let grades = std::fs::read_to_string(folder.join("grades.csv")).unwrap();
        let columns: Vec<&str> = grades.lines().next().unwrap().split(',').skip(1).collect();
        let assessor = rules.assessor(&columns, DanceRounding::default());
        let grades = rows(&folder.join("grades.csv"));
        let people = rows(&folder.join("applicants.csv"));
        assert_eq!(grades.len(), people.len());
        let applicants: Vec<Applicant> = people
            .iter()
            .zip(&grades)
            .map(|(row, grades)| {
                let id = row["applicant_id"].clone();
                assert_eq!(id, grades["applicant_id"]);
                let swedish = ["SV", "SVA"].iter().filter(|code| !grades[**code].is_empty());
                let wanted = usize::from(!nordic.contains(&*id));
                assert_eq!(swedish.count(), wanted, "{id}: SV or SVA");
                let letters: Vec<Grade> = columns
                    .iter()
                    .map(|column| match grades[*column].as_str() {
                        "" => Grade::NONE,
                        letter => rules.scale().grade(letter).unwrap(),
                    })
                    .collect();
                let assessed = assessor.assess(&letters, false);
                let list = lists.remove(&id).unwrap_or_else(|| panic!("{id} has no choices"));
                let different: BTreeSet<_> = list.iter().collect();
                assert_eq!(different.len(), list.len(), "{id}: a programme twice");
                assert!(["F", "M"].contains(&row["sex"].as_str()));
                assert!(["0", "1"].contains(&row["protected"].as_str()));
                assert!((2005..=2011).contains(&row["birth_year"].parse::<u32>().unwrap()));
                assert_eq!(row["home_municipality"].len(), 4);
                Applicant {
                    id,
                    home: row["home_municipality"].clone(),
                    sex: row["sex"].clone(),
                    merit: assessed.merit.score.to_string().parse().unwrap(),
                    eligible: (0..rules.eligibility().len())
                        .filter(|rule| !rules.eligibility()[*rule].is_introductory())
                        .filter(|rule| assessor.shortfall(&assessed, *rule).is_none())
                        .collect(),
                    list,
                }
            })
            .collect();
        assert!(lists.is_empty(), "choices of unknown applicants");
        assert!(applicants.is_sorted_by(|a, b| a.id < b.id), "ids sort as text and repeat never");
        let settings = std::fs::read_to_string(folder.join("rules.toml")).unwrap();
        let seed = settings.split("seed = \"").nth(1).and_then(|rest| rest.split('"').next());
        Self { programmes, applicants, lottery_seed: seed.unwrap().to_owned() }
    }

    /// Deferred acceptance over merit and then the lottery; by applicant the position of the choice
    /// that they get, by programme whom it admits.
    pub(crate) fn admit(&self) -> (Vec<Option<usize>>, Vec<Admitted>) {
        let rules = RuleSet::built_in("gymnasium-2025").unwrap();
        let rules = rules.grades().unwrap();
        let rule_of: Vec<usize> = self
            .programmes
            .iter()
            .map(|programme| rules.study_path(&programme.code).unwrap().rule)
            .collect();
        let lottery = Lottery::new(&self.lottery_seed, LotteryScope::Applicant);
        let mut builder = MarketBuilder::new();
        let indices: Vec<_> = self
            .programmes
            .iter()
            .map(|programme| builder.add_programme(programme.seats))
            .collect();
        let mut eligible_choices = Vec::new();
        for applicant in &self.applicants {
            let priority =
                ((applicant.merit * 2.0) as u32, u64::MAX - lottery.number(&applicant.id, ""));
            let choices: Vec<usize> = (0..applicant.list.len())
                .filter(|choice| applicant.eligible.contains(&rule_of[applicant.list[*choice]]))
                .collect();
            builder.add_applicant(
                choices.iter().map(|choice| (indices[applicant.list[*choice]], priority)),
            );
            eligible_choices.push(choices);
        }
        let market = builder.build().unwrap();
        let matching = deferred_acceptance(&market);
        let mut admitted: Vec<Admitted> =
            self.programmes.iter().map(|_| Admitted::default()).collect();
        for (programme, index) in admitted.iter_mut().zip(&indices) {
            programme.vacancies = matching.vacancies(*index);
            for reserve in matching.reserves(*index) {
                let merit = |applicant: antagning_matching::ApplicantIx| {
                    self.applicants[applicant.index()].merit
                };
                let last = matching.last_admitted(*index).map(merit);
                programme.reserves += 1;
                programme.lost_the_draw += usize::from(last == Some(merit(reserve)));
            }
            programme.applicants =
                matching.admitted_to(*index).map(|applicant| applicant.index()).collect();
        }
        let mut got = vec![None; self.applicants.len()];
        for programme in &admitted {
            for &applicant in &programme.applicants {
                let index = antagning_matching::ApplicantIx::new(applicant as u32);
                got[applicant] = matching.choice_of(index).map(|c| eligible_choices[applicant][c]);
            }
        }
        (got, admitted)
    }

    pub(crate) fn mean_merit(&self) -> f64 {
        let sum: f64 = self.applicants.iter().map(|applicant| applicant.merit).sum();
        sum / self.applicants.len() as f64
    }

    /// The standard deviation of merit.
    pub(crate) fn deviation(&self) -> f64 {
        let mean = self.mean_merit();
        let squares: f64 = self.applicants.iter().map(|a| (a.merit - mean).powi(2)).sum();
        (squares / self.applicants.len() as f64).sqrt()
    }

    /// The share of applicants eligible for some national programme.
    pub(crate) fn eligible_share(&self) -> f64 {
        let eligible = self.applicants.iter().filter(|a| !a.eligible.is_empty()).count();
        eligible as f64 / self.applicants.len() as f64
    }

    pub(crate) fn mean_list(&self) -> f64 {
        let choices: usize = self.applicants.iter().map(|applicant| applicant.list.len()).sum();
        choices as f64 / self.applicants.len() as f64
    }
}
