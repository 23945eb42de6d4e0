//! The season of Skåne, with grades, second hand and placements by hand: lists and no-shows written
//! into its files. The published lots stay, so the whole run draws the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use antagning::{Season, Variation};
use tempfile::TempDir;

use crate::oracle::Draw;
use crate::study::{part, request, rows};

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/skane-2025");

/// The text of a file with the rows of those whom `keep` leaves out gone.
fn kept(text: &str, keep: impl Fn(&str) -> bool) -> String {
    let (header, rows) = text.split_once('\n').expect("a header");
    assert!(header.starts_with("applicant_id,"), "{header}");
    let stays = |row: &&str| row.split(',').next().is_some_and(&keep);
    let rows = rows.lines().filter(stays).map(|row| format!("{row}\n"));
    format!("{header}\n{}", rows.collect::<String>())
}

#[test]
fn lists_and_no_shows_are_those_of_a_written_season() {
    let variation = Variation { seed: 3, lottery: false, cohort: false, tastes: 35, no_shows: 12 };
    let out = TempDir::new().unwrap();
    let folder = out.path().join("part");
    let season = Path::new(SEASON);
    part(&request(season, &[], 5, variation), 3, 5, &folder);
    let draw = Draw::new(variation, 2);
    let written = out.path().join("season");
    fs::create_dir(&written).unwrap();
    let comes = |id: &str| !draw.present(id, false).is_empty();
    for entry in fs::read_dir(season).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let text = match name {
            "choices.csv" => choices(&kept(&text, comes), &draw),
            "applicants.csv" | "grades.csv" | "decisions.csv" | "test_scores.csv" => {
                kept(&text, comes)
            }
            _ => text,
        };
        fs::write(written.join(name), text).unwrap();
    }
    let season = Season::open(&written).unwrap();
    let admission = season.admit().unwrap();
    let outcomes = admission.outcomes();
    let told = &rows(&folder.join("draws.csv"))[0];
    let placed = outcomes.placed_rank.iter().filter(|rank| **rank > 0).count();
    let first = outcomes.placed_rank.iter().filter(|rank| **rank == 1).count();
    let ranks: u32 = outcomes.placed_rank.iter().sum();
    let found = [placed, first, ranks as usize].map(|count| count.to_string());
    assert_eq!(["placed", "first_choices", "placed_ranks"].map(|name| told[name].clone()), found);
    let mut offers = BTreeMap::new();
    for row in rows(&folder.join("tallies.csv")).iter().filter(|row| row["kind"] == "offer") {
        let value: u64 = row["value"].parse().unwrap();
        let key = (row["name"].clone(), row["part"].clone(), row["figure"].clone());
        assert_eq!(offers.insert(key, value), None);
    }
    let programmes = rows(&written.join("programmes.csv"));
    let mut ids: Vec<_> = programmes.iter().map(|row| row["programme_id"].clone()).collect();
    ids.sort();
    let mut cutoffs = 0;
    for (id, result) in ids.iter().zip(&outcomes.programmes) {
        let told =
            |figure: &str| offers.get(&(id.clone(), String::new(), figure.to_owned())).copied();
        assert_eq!(told("admitted"), Some(u64::from(result.admitted)), "{id}");
        let cutoff = result.cutoff.score().map(|score| score.ten_thousandths());
        assert_eq!(told("cutoff"), cutoff, "{id}");
        cutoffs += u32::from(cutoff.is_some());
    }
    assert!(cutoffs > 100, "{cutoffs}");
}

/// The lists in the order drawn.
fn choices(text: &str, draw: &Draw) -> String {
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let columns: Vec<&str> = header.split(',').collect();
    let column = |name: &str| columns.iter().position(|column| *column == name).expect("a column");
    let (rank, programme) = (column("choice_rank"), column("programme_id"));
    let mut lists: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let list = lists.entry(cells[0]).or_default();
        list.push((cells[rank].parse().unwrap(), cells[programme]));
    }
    let mut text = "applicant_id,choice_rank,programme_id\n".to_owned();
    for (id, list) in &mut lists {
        list.sort_unstable();
        for (rank, at) in draw.order(id, 0, list.len()).into_iter().enumerate() {
            text += &format!("{id},{},{}\n", rank + 1, list[at].1);
        }
    }
    text
}
