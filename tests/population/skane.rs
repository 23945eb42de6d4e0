//! The Skåne 2025 season, as it is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use antagning_population::{PopulationError, Published, Recipe, skane};

use crate::season::{Admitted, Season, bytes, rows};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/skane-2025")
}

struct Committed {
    season: Season,
    got: Vec<Option<usize>>,
    admitted: Vec<Admitted>,
    /// Programme id to (lowest, mean, decided by merit alone).
    published: BTreeMap<String, (Option<f64>, f64, bool)>,
}

static COMMITTED: LazyLock<Committed> = LazyLock::new(|| {
    let season = Season::read(&data());
    let (got, admitted) = season.admit();
    let published = rows(&data().join("published.csv"))
        .into_iter()
        .map(|row| {
            let figures = (
                row["min_merit"].parse().ok(),
                row["mean_merit"].parse().unwrap(),
                row["decided_by"] == "merit",
            );
            (row["programme_id"].clone(), figures)
        })
        .collect();
    Committed { season, got, admitted, published }
});

impl Committed {
    /// Merits of those admitted, lowest first.
    fn merits(&self, programme: usize) -> Vec<f64> {
        let admitted = &self.admitted[programme].applicants;
        let mut merits: Vec<f64> =
            admitted.iter().map(|applicant| self.season.applicants[*applicant].merit).collect();
        merits.sort_by(f64::total_cmp);
        merits
    }

    /// Programmes decided on merit alone: index, published lowest, published mean.
    fn on_merit(&self) -> impl Iterator<Item = (usize, Option<f64>, f64)> {
        self.season.programmes.iter().enumerate().filter_map(|(index, programme)| {
            let (lowest, mean, on_merit) = self.published[&programme.id];
            on_merit.then_some((index, lowest, mean))
        })
    }
}

#[test]
fn the_committed_season_is_what_the_generator_makes_with_any_number_of_threads() {
    let published = Published::open(&data()).unwrap();
    let committed = bytes(&data());
    assert_eq!(committed.len(), 6);
    for threads in [1, 2, 8] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("season");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let make = || skane(&published, Recipe::DEFAULT_SEED, &out, &mut |_| ());
        pool.install(make).unwrap();
        assert!(bytes(&out) == committed, "another season with {threads} threads");
    }
    let size: usize = committed.values().map(Vec::len).sum();
    assert!(size < 6_000_000, "{size} bytes");
}

#[test]
fn every_published_offer_is_there_and_marked() {
    let programmes = rows(&data().join("programmes.csv"));
    assert_eq!(programmes.len(), 601);
    assert_eq!(COMMITTED.published.len(), 601);
    let on_merit = COMMITTED.on_merit().count();
    let with_lowest = COMMITTED.on_merit().filter(|(_, lowest, _)| lowest.is_some()).count();
    assert_eq!((on_merit, with_lowest), (573, 346));
    for programme in &programmes {
        let (lowest, mean, on_merit) = COMMITTED.published[&programme["programme_id"]];
        let name = programme["name"].to_lowercase();
        let selection = ["spetsutbildning", "särskild variant"].iter().any(|w| name.contains(w));
        let beyond = mean > 340.0 || lowest.is_some_and(|lowest| lowest > 340.0);
        assert_eq!(on_merit, !selection && !beyond, "{name}");
    }
}

#[test]
fn admission_gives_back_the_published_lowest_merits() {
    for (programme, lowest, _) in COMMITTED.on_merit() {
        let id = &COMMITTED.season.programmes[programme].id;
        let admitted = &COMMITTED.admitted[programme];
        match lowest {
            Some(lowest) => {
                assert_eq!(COMMITTED.merits(programme)[0], lowest, "{id}");
                assert!(admitted.vacancies == 0 && admitted.reserves > 0, "{id} has no cutoff");
            }
            None => assert_eq!(admitted.reserves, 0, "{id} turns somebody away"),
        }
    }
}

#[test]
fn admission_gives_back_the_published_means() {
    for (programme, _, mean) in COMMITTED.on_merit() {
        let merits = COMMITTED.merits(programme);
        let found = merits.iter().sum::<f64>() / merits.len() as f64;
        let id = &COMMITTED.season.programmes[programme].id;
        // Published means are cut to whole points.
        assert_eq!(found.trunc(), mean, "{id}: {found}");
    }
}

#[test]
fn the_cohort_looks_like_the_published_statistics() {
    let season = &COMMITTED.season;
    assert_eq!(season.applicants.len(), 20_000);
    let (mean, deviation) = (season.mean_merit(), season.deviation());
    assert!((220.0..232.0).contains(&mean), "mean merit {mean}");
    assert!((60.0..72.0).contains(&deviation), "standard deviation {deviation}");
    let eligible = season.eligible_share();
    assert!((0.82..0.86).contains(&eligible), "eligible {eligible}");
    let choices = season.mean_list();
    assert!((4.8..5.2).contains(&choices), "choices {choices}");
    assert!(season.applicants.iter().all(|a| (1..=8).contains(&a.list.len())));
    let homes: BTreeSet<&str> = season.applicants.iter().map(|a| a.home.as_str()).collect();
    assert_eq!(homes.len(), 38);
}

#[test]
fn first_choices_seats_and_unplaced_are_plausible() {
    let Committed { season, got, admitted, .. } = &*COMMITTED;
    let placed = got.iter().flatten().count();
    let first = got.iter().flatten().filter(|choice| **choice == 0).count();
    let share = first as f64 / placed as f64;
    assert!((0.70..0.85).contains(&share), "first choices {share}");
    let seats: u32 = season.programmes.iter().map(|programme| programme.seats).sum();
    let ratio = f64::from(seats) / placed as f64;
    assert!((1.05..1.15).contains(&ratio), "seats per placed {ratio}");
    let eligible = season.applicants.iter().filter(|a| !a.eligible.is_empty()).count();
    assert!((100..600).contains(&(eligible - placed)), "{} unplaced", eligible - placed);
    assert!(season.programmes.iter().all(|programme| programme.seats <= 102));
    let drawn = admitted.iter().filter(|programme| programme.lost_the_draw > 0).count();
    assert!(drawn > 100, "the lottery decides at {drawn} offers");
}

/// Pupils from Lomma, Vellinge and Burlöv mostly go to school in Malmö, Lund or Vellinge.
#[test]
fn pupils_go_to_schools_near_home() {
    let Committed { season, got, .. } = &*COMMITTED;
    let towns: Vec<String> = rows(&data().join("programmes.csv"))
        .into_iter()
        .map(|row| row["municipality_code"].clone())
        .collect();
    let share = |homes: &[&str], schools: &[&str]| {
        let placed: Vec<&str> = season
            .applicants
            .iter()
            .zip(got)
            .filter(|(applicant, _)| homes.contains(&applicant.home.as_str()))
            .filter_map(|(applicant, got)| Some(towns[applicant.list[(*got)?]].as_str()))
            .collect();
        let near = placed.iter().filter(|town| schools.contains(town)).count();
        near as f64 / placed.len() as f64
    };
    assert!(share(&["1262", "1233", "1231"], &["1280", "1281", "1233"]) > 0.8);
    assert!(share(&["1283"], &["1283"]) > 0.7);
    assert!(share(&["1290"], &["1280", "1281"]) < 0.15);
}

#[test]
fn missing_and_broken_tables_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = Published::open(folder.path()).unwrap_err();
    assert!(matches!(error, PopulationError::Table { .. }), "{error}");

    for part in ["published", "assumed"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
        for entry in std::fs::read_dir(data().join(part)).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), folder.path().join(part).join(entry.file_name())).unwrap();
        }
    }
    assert!(Published::open(folder.path()).is_ok());
    let table = folder.path().join("published/final-admission.csv");
    let text = std::fs::read_to_string(&table).unwrap();
    for (from, to, reason) in [
        ("min_merit", "lowest", "no column min_merit"),
        (";232.5;269", ";many;269", "no number"),
        ("2025;Båstad;", "2025;Atlantis;", "unknown municipality Atlantis"),
    ] {
        assert!(text.contains(from));
        std::fs::write(&table, text.replacen(from, to, 2)).unwrap();
        let error = Published::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains("final-admission.csv") && error.contains(reason), "{error}");
    }
}
