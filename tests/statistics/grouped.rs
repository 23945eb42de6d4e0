//! Folders of random seasons with quota groups against the adversary.

use std::path::Path;

use crate::attacker::{breaches, rows};
use crate::folder::assert_no_small_count_is_shown;
use crate::groups::write_grouped;
use crate::seasons::publish;

/// Seasons for each threshold, unless `ANTAGNING_TRIALS` asks for another number.
const TRIALS: u64 = 350;

fn trials() -> u64 {
    std::env::var("ANTAGNING_TRIALS").map_or(TRIALS, |trials| trials.parse().unwrap())
}

/// The season of a seed; the higher the threshold, the larger the offers.
fn write_season(season: &Path, seed: u64, threshold: u32) {
    let applicants = 60 + 9 * (seed as usize % 79);
    write_grouped(season, seed, applicants, 3 + seed as usize % (40 / threshold as usize));
}

fn is_of_group(row: &&Vec<String>) -> bool {
    !row[1].is_empty()
}

fn assert_that_nothing_is_told(threshold: u32, seeds: std::ops::Range<u64>) {
    let (mut of_groups, mut shown, mut with_reserves) = (0, 0, 0);
    for seed in seeds {
        let folder = tempfile::tempdir().unwrap();
        let season = folder.path().join("season");
        write_season(&season, seed, threshold);
        let out = folder.path().join("tables");
        publish(&season, &out, threshold);
        assert_eq!(breaches(&out, &season, threshold), [], "seed {seed}, threshold {threshold}");
        assert_no_small_count_is_shown(&out, threshold.into());
        assert_all_or_nothing(&out);
        assert_an_offer_a_row(&out, &season);
        let table = rows(&out.join("programmes.csv"));
        of_groups += table.iter().filter(is_of_group).count();
        shown += table.iter().filter(is_of_group).filter(|row| row[5] != "..").count();
        with_reserves += table.iter().filter(is_of_group).filter(|row| row[7] != "..").count();
    }
    // Hiding everything would be safe too, and worth nothing.
    assert!(6 * shown > of_groups, "{shown} of {of_groups} groups shown");
    assert!(7 * with_reserves > of_groups, "{with_reserves} of {of_groups} with reserves");
}

#[test]
fn the_adversary_can_tell_no_group_below_three() {
    assert_that_nothing_is_told(3, 0..trials());
}

#[test]
fn the_adversary_can_tell_no_group_below_five() {
    assert_that_nothing_is_told(5, 10_000..10_000 + trials());
}

#[test]
fn the_adversary_can_tell_no_group_below_ten() {
    assert_that_nothing_is_told(10, 20_000..20_000 + trials());
}

/// The groups of an offer are published together, and only where the offer is.
fn assert_all_or_nothing(out: &Path) {
    let table = rows(&out.join("programmes.csv"));
    for row in &table {
        let of_offer = |other: &&Vec<String>| other[0] == row[0];
        let whole = table.iter().find(of_offer).unwrap();
        if is_of_group(&row) {
            let hidden = row[5..12].iter().filter(|cell| *cell == "..").count();
            assert!(whole[5] != ".." || hidden == 6, "{row:?}");
            assert!(whole[7] != ".." || row[7] == "..", "{row:?}");
            let alike = table.iter().filter(of_offer).filter(is_of_group);
            alike.for_each(|other| {
                assert_eq!([5, 7].map(|c| other[c] == ".."), [5, 7].map(|c| row[c] == ".."));
            });
            // Where humans made the order, no score is published.
            if row[8] == "manual" {
                assert_eq!(row[9..12], ["", "", ""], "{row:?}");
            }
        } else if table.iter().filter(of_offer).count() > 2 && row[5] != ".." {
            assert_eq!(row[9..12], ["", "", ""], "scores of different kinds are mixed");
        }
    }
}

/// The lists of the offices have a row an offer, with the figures of the offer's own row.
fn assert_an_offer_a_row(out: &Path, season: &Path) {
    let (merits, lists) = (rows(&out.join("skanegy.csv")), rows(&out.join("storsthlm.csv")));
    let offers = rows(&season.join("programmes.csv"));
    assert_eq!([merits.len(), lists.len()], [offers.len(); 2]);
    for row in rows(&out.join("programmes.csv")).iter().filter(|row| !is_of_group(row)) {
        let offer = offers.iter().find(|offer| offer[0] == row[0]).unwrap();
        let merit = merits.iter().find(|m| m[2..4] == [&*offer[3], &*offer[2]]).unwrap();
        let list = lists.iter().find(|l| [&l[2], &l[5]] == [&offer[3], &offer[2]]).unwrap();
        assert_eq!(merit[7], row[9], "{row:?}");
        assert_eq!(merit[8] == "..", row[11] == "..", "{row:?}");
        assert_eq!(list[6], if row[9].is_empty() { "0" } else { &row[9] }, "{row:?}");
        assert_eq!([&list[7], &list[8], &list[9]], [&row[10], &row[2], &row[5]]);
        assert_eq!([&list[10], &list[11]], [&row[7], &row[6]]);
    }
}

#[test]
fn groups_with_only_small_numbers_hidden_would_be_told() {
    // The adversary is worth something: the rows of the offers are protected as they are always,
    // and in those of the groups nothing is hidden but small numbers.
    let mut told = Vec::new();
    for seed in 0..120 {
        let folder = tempfile::tempdir().unwrap();
        let season = folder.path().join("season");
        write_season(&season, seed, 5);
        let [out, plain] = ["tables", "plain"].map(|name| folder.path().join(name));
        publish(&season, &out, 5);
        publish(&season, &plain, 0);
        let [protected, plain] = [&out, &plain].map(|folder| rows(&folder.join("programmes.csv")));
        let mut writer = csv::Writer::from_path(out.join("programmes.csv")).unwrap();
        writer.write_record(["id"; 12]).unwrap();
        for (protected, plain) in protected.into_iter().zip(plain) {
            let row = if is_of_group(&&plain) { with_small_hidden(plain) } else { protected };
            writer.write_record(row).unwrap();
        }
        drop(writer);
        told.extend(breaches(&out, &season, 5));
    }
    let of = |what: &str| told.iter().filter(|(name, _)| name.starts_with(what)).count();
    let of_groups = |what: &str| {
        told.iter().filter(|(name, _)| name.starts_with(what) && name.contains('/')).count()
    };
    // Groups from the other groups and the total; offers from their groups; differences of lists.
    assert!(of_groups("admitted") > 200, "{told:?}");
    assert!(of("admitted") > of_groups("admitted"), "{told:?}");
    assert!(of("waiting") > 5, "{told:?}");
}

/// The counts and figures of a row hidden when it admits few, its reserves when they are few.
fn with_small_hidden(mut row: Vec<String>) -> Vec<String> {
    let small = |cell: &String| matches!(cell.parse::<u64>(), Ok(1..5));
    if small(&row[5]) {
        row[5..12].fill("..".to_owned());
        row[8] = "suppressed".to_owned();
    } else if small(&row[7]) {
        row[7] = "..".to_owned();
    }
    row
}
