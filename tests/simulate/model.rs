//! A season that is easy to change, and what a run of it comes to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use antagning::{Season, Simulation};
use tempfile::TempDir;

/// A market season in plain vectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    /// Id, seats, school, municipality, study path, provider.
    pub(crate) programmes: Vec<(String, u32, [String; 4])>,
    /// Id, home, sex.
    pub(crate) applicants: Vec<(String, [String; 2])>,
    /// By applicant: offers with scores.
    pub(crate) lists: BTreeMap<String, Vec<(String, u64)>>,
    /// Rows of quota_groups.csv.
    pub(crate) groups: Vec<String>,
    /// Applicant, programme, kind.
    pub(crate) decisions: Vec<[String; 3]>,
    pub(crate) rules: String,
}

pub(crate) fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

impl Model {
    pub(crate) const RULES: &str = "rule_set = \"market\"\n\n[ranking]\n\
        keys = [\"score\", \"lottery\"]\n\n[lottery]\nseed = \"s\"\n";

    /// A market by lot, seats scarce; scores tie now and then.
    pub(crate) fn random(applicants: u64, programmes: u64, seed: u64) -> Self {
        let state = &mut { seed };
        let mut model = Self { rules: Self::RULES.to_owned(), ..Self::default() };
        for number in 0..programmes {
            let cells = [
                format!("S{}", number % 5),
                format!("{}", 1280 + number % 3),
                ["NA", "EE", "ESEST"][number as usize % 3].to_owned(),
                ["municipal", "independent"][number as usize % 2].to_owned(),
            ];
            let seats = (draw(state) % (2 * applicants / programmes + 1)) as u32;
            model.programmes.push((format!("P{number:02}"), seats, cells));
        }
        for number in 0..applicants {
            let id = format!("A{number:04}");
            let mut open: Vec<u64> = (0..programmes).collect();
            let mut list = Vec::new();
            for _ in 0..=(draw(state) % 4).min(programmes - 1) {
                let length = open.len() as u64;
                let at = (draw(state) % length).min(draw(state) % length);
                list.push((format!("P{:02}", open.remove(at as usize)), draw(state) % 300));
            }
            if draw(state).is_multiple_of(9) {
                let kind = "not_received".to_owned();
                model.decisions.push([id.clone(), list[0].0.clone(), kind]);
            }
            let home = format!("{}", 1280 + draw(state) % 4);
            let sex = ["F", "M", ""][(draw(state) % 3) as usize].to_owned();
            model.applicants.push((id.clone(), [home, sex]));
            model.lists.insert(id, list);
        }
        model
    }

    /// Divides the seats of an offer among a group for few and one for all.
    pub(crate) fn divide(&mut self, id: &str, first: u32) {
        let seats = self.programmes.iter().find(|(known, ..)| known == id).unwrap().1;
        assert!(first <= seats);
        self.groups.push(format!("{id},kvot,1,{first},score,sport_approval,alla"));
        self.groups.push(format!("{id},alla,2,{},score,,", seats - first));
    }

    pub(crate) fn seats(&mut self, id: &str) -> &mut u32 {
        &mut self.programmes.iter_mut().find(|(known, ..)| known == id).unwrap().1
    }

    /// The offer is gone from the files.
    pub(crate) fn close(&mut self, id: &str) {
        self.programmes.retain(|(known, ..)| known != id);
        self.lists.values_mut().for_each(|list| list.retain(|(known, _)| known != id));
        self.decisions.retain(|[_, programme, _]| programme != id);
    }

    /// The applicant is gone from the files.
    pub(crate) fn withdraw(&mut self, id: &str) {
        self.applicants.retain(|(known, _)| known != id);
        self.lists.remove(id);
        self.decisions.retain(|[applicant, ..]| applicant != id);
    }

    pub(crate) fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        let write = |name: &str, header: &str, rows: Vec<String>| {
            fs::write(folder.join(name), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
        };
        let programmes = self.programmes.iter();
        let programmes =
            programmes.map(|(id, seats, cells)| format!("{id},{seats},{}", cells.join(",")));
        let header = "programme_id,capacity,school,municipality_code,study_path_code,provider";
        write("programmes.csv", header, programmes.collect());
        let applicants = self.applicants.iter();
        let applicants = applicants.map(|(id, cells)| format!("{id},{}", cells.join(",")));
        write("applicants.csv", "applicant_id,home_municipality,sex", applicants.collect());
        let choice = |id: &str, rank: usize, (programme, score): &(String, u64)| {
            format!("{id},{},{programme},{score}", rank + 1)
        };
        let lists = self.lists.iter().flat_map(|(id, list)| {
            list.iter().enumerate().map(move |(rank, listed)| choice(id, rank, listed))
        });
        write("choices.csv", "applicant_id,choice_rank,programme_id,score", lists.collect());
        if !self.decisions.is_empty() {
            let rows = self.decisions.iter().map(|row| format!("{},beslut", row.join(",")));
            write("decisions.csv", "applicant_id,programme_id,decision,reason", rows.collect());
        }
        if !self.groups.is_empty() {
            let header = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to";
            write("quota_groups.csv", header, self.groups.clone());
        }
        fs::write(folder.join("rules.toml"), &self.rules).unwrap();
    }
}

/// Seats, admitted, kind of limit and limit.
type Offer = (u32, u32, String, Option<f64>);

/// What a run comes to, whoever counts.
#[derive(Debug, PartialEq)]
pub(crate) struct Came {
    /// Placed, first choices, sum of ranks.
    pub(crate) figures: [u64; 3],
    /// By offer and quota group.
    pub(crate) offers: BTreeMap<(String, String), Offer>,
    /// How many live where and go to school where.
    pub(crate) flows: BTreeMap<(String, String), u32>,
}

/// A season folder and scenario files beside it.
pub(crate) struct Scene(TempDir);

impl Scene {
    pub(crate) fn new(model: &Model) -> Self {
        let scene = Self(TempDir::new().unwrap());
        model.write(&scene.season());
        scene
    }

    pub(crate) fn season(&self) -> PathBuf {
        self.0.path().join("season")
    }

    /// Writes a scenario file and gives its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Runs one file of scenarios.
    pub(crate) fn simulate(&self, text: &str) -> Simulation {
        let file = self.file("scenario.toml", text);
        match Simulation::new(self.season(), &[file], false) {
            Ok(simulation) => simulation,
            Err(antagning::Error::Rejected(faults)) => {
                panic!("{}", faults.iter().map(|f| format!("{f}\n")).collect::<String>())
            }
            Err(error) => panic!("{error}"),
        }
    }
}

impl Came {
    /// A whole run of a season with the change in its files. `takes_part` are applicants whose
    /// choices are all gone.
    pub(crate) fn of(model: &Model, emptied: u64) -> Self {
        let scene = Scene::new(model);
        let season = Season::open(scene.season()).unwrap();
        let admission = season.admit().unwrap();
        let outcomes = admission.outcomes();
        let mut people: Vec<_> = model.applicants.iter().collect();
        people.sort();
        let mut programmes: Vec<_> = model.programmes.iter().collect();
        programmes.sort();
        let mut figures = [0, 0, emptied];
        let mut flows = BTreeMap::new();
        for (number, (id, cells)) in people.iter().enumerate() {
            let rank = u64::from(outcomes.placed_rank[number]);
            figures[0] += u64::from(rank > 0);
            figures[1] += u64::from(rank == 1);
            let length = model.lists.get(id).map_or(0, Vec::len) as u64;
            figures[2] += match (rank, length) {
                (0, 0) => 0,
                (0, length) => length + 1,
                (rank, _) => rank,
            };
            if let Some(programme) = outcomes.placement[number] {
                let school = programmes[programme as usize].2[1].clone();
                *flows.entry((cells[0].clone(), school)).or_insert(0) += 1;
            }
        }
        let mut offers = BTreeMap::new();
        let mut groups = outcomes.groups.iter();
        for ((id, ..), result) in programmes.iter().zip(&outcomes.programmes) {
            let told = |result: &antagning_rules::ProgrammeResult| {
                let cutoff = result.cutoff.score().map(|s| s.ten_thousandths() as f64 / 1e4);
                (result.seats, result.admitted, result.cutoff.name().to_owned(), cutoff)
            };
            offers.insert((id.clone(), String::new()), told(result));
            let mut own: Vec<Vec<&str>> =
                model.groups.iter().map(|row| row.split(',').collect()).collect();
            own.retain(|row| row[0] == id);
            own.sort_by_key(|row| row[2].parse::<u32>().unwrap());
            for row in own {
                let result = groups.next().unwrap();
                offers.insert((id.clone(), row[1].to_owned()), told(result));
            }
        }
        Self { figures, offers, flows }
    }

    /// What a simulation says of its n-th scenario.
    pub(crate) fn told(simulation: &Simulation, scenario: usize) -> Self {
        let (base, run) = (&simulation.base, &simulation.scenarios[scenario]);
        let figures = &run.figures;
        let mut offers = BTreeMap::new();
        for row in base.offers.iter().chain(&run.offers) {
            let key = (row.programme_id.clone(), row.quota_group.clone());
            let known = offers.remove(&key);
            if row.before.is_some() {
                assert_eq!(known, row.before, "{key:?}");
            }
            offers.extend(row.after.map(|after| (key, after)));
        }
        let told = |(key, offer): (_, antagning::OfferFigures)| {
            let kind = offer.cutoff_kind.to_owned();
            (key, (offer.seats, offer.admitted, kind, offer.cutoff))
        };
        let mut flows = BTreeMap::new();
        for flow in base.flows.iter().chain(&run.flows) {
            let key = (flow.home_municipality.clone(), flow.school_municipality.clone());
            let known = flows.remove(&key);
            if let Some(before) = flow.before {
                assert_eq!(known.unwrap_or(0), before, "{key:?}");
            }
            flows.extend((flow.placed > 0).then_some((key, flow.placed)));
        }
        Self {
            figures: [figures.placed, figures.first_choices, figures.ranks],
            offers: offers.into_iter().map(told).collect(),
            flows,
        }
    }
}
